//! XLSX as lists of rows: one sheet is a list, several are a mapping from their names.
//!
//! What the office program shows is what is read: numbers in their formats, merged cells filled,
//! nothing of what is hidden. Cells are read one after another, so that one that stands ten
//! thousand columns away costs no memory.

mod figures;
mod layout;
mod shown;
mod unseen;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use serde_json::{Map, Value};

use super::levels;
use super::rows::{Head, column_name};
use super::{Args, Fault, Found, Place};
use crate::diag::{Code, Fills, Value as Said};
use layout::{Broken, Layout, Merge};
use shown::Formats;

/// How far a table may reach.
const MOST_ROWS: u32 = 100_000;
const MOST_COLUMNS: u32 = 500;
/// How many cells or rows a message names.
const NAMED: usize = 8;

/// The cells of a sheet by row and column, both from 0.
type Cells = BTreeMap<u32, BTreeMap<u32, Value>>;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Found, Fault> {
    if !bytes.starts_with(b"PK") {
        return Err(Fault::told(Place::Byte(0), "sealed", "xlsx"));
    }
    // Before the reader of cells, which trusts sizes.
    let layouts = layout::layouts(bytes).map_err(|broken| match broken {
        Broken::TooLarge(megabytes) => Fault::told(Place::Byte(0), "megabytes", megabytes),
        Broken::Parts => Fault::grammar(Place::Byte(0), "data-xlsx"),
    })?;
    let mut book =
        Xlsx::new(Cursor::new(bytes)).map_err(|_| Fault::grammar(Place::Byte(0), "data-xlsx"))?;
    let mut formats = Formats::new(book.has_1904_epoch());
    let mut notes = Notes::default();
    let mut tables = Vec::new();
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        if sheet.visible != SheetVisible::Visible {
            notes.hidden_sheets.push(sheet.name);
            continue;
        }
        let Some(layout) = layouts.get(&sheet.name) else {
            let start = cell(&sheet.name, 0, 0);
            return Err(Fault::grammar(start, "data-xlsx"));
        };
        let mut sheet = Sheet {
            name: sheet.name,
            layout,
            cells: Cells::new(),
            bare: Vec::new(),
            unseen: Vec::new(),
            clocks: BTreeSet::new(),
        };
        sheet.fill(&mut book, &mut formats)?;
        sheet.merge();
        sheet.hide(&mut notes);
        sheet.guess_times(&mut formats, &mut notes);
        notes.bare(&sheet);
        let name = sheet.name.clone();
        if let Some((rows, places)) = sheet.table(&mut notes)? {
            tables.push((name, rows, places));
        }
    }
    let is_alone = tables.len() < 2;
    let mut found = Found {
        alone: tables.first().filter(|_| is_alone).map(|it| it.0.clone()),
        ..Found::default()
    };
    let mut sheets = Map::new();
    for (name, rows, places) in tables {
        found
            .tables
            .push(((!is_alone).then(|| name.clone()), places));
        sheets.insert(name, Value::Array(rows));
    }
    found.value = match is_alone {
        true => sheets
            .into_iter()
            .next()
            .map_or(Value::Array(Vec::new()), |(_, rows)| rows),
        false => Value::Object(sheets),
    };
    found.notes = notes.finish();
    Ok(found)
}

/// What is worth saying of a workbook, gathered over its sheets.
#[derive(Default)]
struct Notes {
    hidden_sheets: Vec<String>,
    hidden_rows: Vec<String>,
    hidden_columns: Vec<String>,
    unseen: Vec<String>,
    bare: Vec<String>,
    clocks: Vec<String>,
    titles: Vec<String>,
}

impl Notes {
    fn bare(&mut self, sheet: &Sheet) {
        let cells = sheet
            .bare
            .iter()
            .filter(|(row, column, _)| sheet.shows(*row, *column));
        self.bare.extend(cells.map(|(row, column, code)| {
            let place = format!("{} {}", sheet.name, cell_name(*row, *column));
            match code.is_empty() || code == "General" {
                true => place,
                false => format!("{place} ({code})"),
            }
        }));
    }

    fn finish(self) -> Vec<(Code, Args)> {
        let listed = |name, items: Vec<String>| {
            (!items.is_empty()).then(|| (name, Said::first_of(NAMED, items)))
        };
        let hidden = [
            self.hidden_sheets,
            self.hidden_rows,
            self.hidden_columns,
            self.unseen,
        ]
        .concat();
        let hidden = listed("places", hidden);
        let bare = listed("cells", self.bare);
        let clocks = listed("cells", self.clocks);
        let titles = self
            .titles
            .into_iter()
            .map(|title| (Code::TableTitle, vec![("title", title.value())]));
        let said = |code, list: Option<_>| list.map(|list| (code, vec![list]));
        said(Code::HiddenData, hidden)
            .into_iter()
            .chain(said(Code::BareNumber, bare))
            .chain(said(Code::GuessedTime, clocks))
            .chain(titles)
            .collect()
    }
}

/// A sheet on its way to a table.
struct Sheet<'a> {
    name: String,
    layout: &'a Layout,
    cells: Cells,
    /// Cells whose format is beyond us, with its code.
    bare: Vec<(u32, u32, String)>,
    /// Cells whose letters nobody sees.
    unseen: Vec<(u32, u32)>,
    /// Columns with times of day.
    clocks: BTreeSet<u32>,
}

/// Rows as mappings, and the number of each from 0.
type Rows = (Vec<Value>, Vec<usize>);

impl Sheet<'_> {
    fn shows(&self, row: u32, column: u32) -> bool {
        !self.layout.hides_row(row) && !self.layout.hides_column(column)
    }

    /// Reads the cells, also those that do not show: one merged over others may begin there.
    fn fill(&mut self, book: &mut Xlsx<Cursor<&[u8]>>, formats: &mut Formats) -> Result<(), Fault> {
        let broken = |_| Fault::grammar(cell(&self.name, 0, 0), "data-xlsx");
        let mut reader = book.worksheet_cells_reader(&self.name).map_err(broken)?;
        let mut errors = Vec::new();
        while let Some((found, style)) = reader.next_cell_with_style_id().map_err(broken)? {
            let (row, column) = found.get_position();
            let style = reader.styles().get(style);
            let format = style.and_then(|it| it.number_format.as_ref());
            let code = format.map_or("General", |it| {
                shown::code_of(it.format_id, &it.format_code)
            });
            let mut number = |number: f64| {
                if shown::is_clock(code) {
                    self.clocks.insert(column);
                }
                let shown = formats.number(number, code);
                if shown.is_bare {
                    self.bare.push((row, column, code.to_owned()));
                }
                shown.value
            };
            let value = match found.get_value() {
                DataRef::Empty => continue,
                DataRef::Int(whole) => number(*whole as f64),
                DataRef::Float(value) => number(*value),
                DataRef::DateTime(time) => number(time.as_f64()),
                DataRef::String(text) => words(text, code, formats),
                DataRef::SharedString(text) => words(text, code, formats),
                DataRef::Bool(flag) => if *flag { "TRUE" } else { "FALSE" }.into(),
                DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.as_str().into(),
                DataRef::Error(error) if self.shows(row, column) => {
                    errors.push((row, column, format!(" ({error})")));
                    continue;
                }
                DataRef::Error(_) => continue,
            };
            if value.as_str() == Some("") {
                continue;
            }
            if style.is_some_and(unseen::is_unseen) && !self.layout.is_painted(row, column) {
                self.unseen.push((row, column));
                continue;
            }
            if self.shows(row, column) && (row >= MOST_ROWS || column >= MOST_COLUMNS) {
                let far = Fault::told(cell(&self.name, row, column), "most_rows", MOST_ROWS);
                return Err(far.with("most_columns", MOST_COLUMNS));
            }
            self.cells.entry(row).or_default().insert(column, value);
        }
        let uncounted = self
            .layout
            .uncounted
            .iter()
            .filter(|(row, column)| self.shows(*row, *column));
        let uncounted = uncounted.map(|(row, column)| (*row, *column, String::new()));
        self.refuse("errors", errors)?;
        self.refuse("uncounted", uncounted.collect())
    }

    /// Refuses the sheet because of `cells`, each with what there is to say of it.
    fn refuse(&self, name: &'static str, cells: Vec<(u32, u32, String)>) -> Result<(), Fault> {
        let Some((row, column, _)) = cells.first() else {
            return Ok(());
        };
        let named = (cells.iter()).map(|(row, column, what)| cell_name(*row, *column) + what);
        let list = Said::first_of(NAMED, named);
        Err(Fault::told(cell(&self.name, *row, *column), name, list))
    }

    /// Gives the value of a merged cell to all the places that it takes; what lies beneath it in
    /// the file does not show.
    fn merge(&mut self) {
        let columns = || self.cells.values().filter_map(|row| row.last_key_value());
        let width = columns().map(|(column, _)| *column).max().unwrap_or(0);
        let last = self.cells.last_key_value().map_or(0, |(row, _)| *row);
        for merge in &self.layout.merges {
            let first = self.cells.get(&merge.rows.0);
            let value = first.and_then(|row| row.get(&merge.columns.0)).cloned();
            for row in merge.rows.0..=merge.rows.1.min(last) {
                let place = self.cells.entry(row).or_default();
                for column in merge.columns.0..=merge.columns.1.min(width) {
                    match &value {
                        Some(value) => place.insert(column, value.clone()),
                        None => place.remove(&column),
                    };
                }
            }
        }
    }

    /// Takes away what does not show, and notes it where there was something.
    fn hide(&mut self, notes: &mut Notes) {
        let layout = self.layout;
        let gone: Vec<u32> = self
            .cells
            .keys()
            .copied()
            .filter(|row| layout.hides_row(*row))
            .collect();
        let mut columns = Vec::new();
        for row in &gone {
            self.cells.remove(row);
        }
        for row in self.cells.values_mut() {
            row.retain(|column, _| {
                let is_hidden = layout.hides_column(*column);
                if is_hidden && !columns.contains(column) {
                    columns.push(*column);
                }
                !is_hidden
            });
        }
        self.cells.retain(|_, row| !row.is_empty());
        columns.sort_unstable();
        let list = |items: Vec<String>| format!("{} {}", self.name, items.join(" "));
        if !gone.is_empty() {
            notes
                .hidden_rows
                .push(list(spans(&gone, |row| (row + 1).to_string())));
        }
        let unseen = (self.unseen.iter()).filter(|(row, column)| self.shows(*row, *column));
        let unseen: Vec<String> = unseen
            .map(|(row, column)| cell_name(*row, *column))
            .collect();
        if !unseen.is_empty() {
            notes.unseen.push(list(unseen));
        }
        if !columns.is_empty() {
            notes.hidden_columns.push(list(spans(&columns, letters)));
        }
    }

    /// Shows parts of a day as times where a column holds times and no other numbers: programs
    /// lose the formats of other countries' times.
    fn guess_times(&mut self, formats: &mut Formats, notes: &mut Notes) {
        let is_part = |value: &Value| value.as_f64().is_some_and(|it| it > 0.0 && it < 1.0);
        for column in &self.clocks {
            let cells = || self.cells.values().filter_map(|row| row.get(column));
            if !cells().filter(|value| value.is_number()).all(is_part) {
                continue;
            }
            for (row, cells) in &mut self.cells {
                let Some(value) = cells.get_mut(column) else {
                    continue;
                };
                if let Some(part) = value.as_f64() {
                    *value = formats.number(part, "h:mm").value;
                    let place = format!("{} {}", self.name, cell_name(*row, *column));
                    notes.clocks.push(place);
                }
            }
        }
    }

    /// Makes rows of the cells; the first row with words is the head, but for a title above it.
    fn table(mut self, notes: &mut Notes) -> Result<Option<Rows>, Fault> {
        let widest = self.cells.values().filter_map(|row| row.last_key_value());
        let width = widest.map(|(column, _)| column + 1).max().unwrap_or(0);
        self.take_titles(notes);
        let Some((first, mut head)) = self.cells.pop_first() else {
            return Ok(None);
        };
        let below = self.head_below(first);
        let rest = self.cells.split_off(&(below + 1));
        for (column, value) in std::mem::replace(&mut self.cells, rest)
            .into_values()
            .flatten()
        {
            let above = head.get(&column).map(plain).unwrap_or_default();
            let name = levels::joined([above.as_str(), &plain(&value)]);
            head.insert(column, name.into());
        }
        let place = |row: u32| {
            let name = self.name.clone();
            move |column: usize| cell(&name, row, u32::try_from(column).unwrap_or(u32::MAX))
        };
        let names = (0..width).map(|column| head.get(&column).map(plain));
        let head = Head::new(names.collect(), place(first))?;
        let (mut rows, mut places) = (Vec::new(), Vec::new());
        for (row, found) in &self.cells {
            let mut found = found.clone();
            // A remark across the whole table is said once.
            if self.is_one(*row, &found) {
                found = found.into_iter().take(1).collect();
            }
            let cells = (0..width).map(|column| found.remove(&column).unwrap_or_default());
            if let Some(made) = head.row(cells.collect(), place(*row))? {
                rows.push(made);
                places.push(usize::try_from(*row).unwrap_or(0));
            }
        }
        Ok(Some((rows, places)))
    }

    /// Takes titles away: rows above the head that are one merged cell.
    fn take_titles(&mut self, notes: &mut Notes) {
        while self.cells.len() > 1
            && let Some((row, cells)) = self.cells.first_key_value()
            && let Some(merge) = self.spanning(*row, cells)
        {
            let (title, last) = (cells.values().next().map(plain), merge.rows.1);
            let title = title.unwrap_or_default();
            notes
                .titles
                .push(title.split_whitespace().collect::<Vec<_>>().join(" "));
            self.cells.retain(|row, _| *row > last);
        }
    }

    /// Finds the merged cell of several columns that is all there is in a row.
    fn spanning(&self, row: u32, cells: &BTreeMap<u32, Value>) -> Option<&Merge> {
        let (first, last) = (cells.first_key_value()?.0, cells.last_key_value()?.0);
        let spans = |merge: &&Merge| {
            (merge.rows.0..=merge.rows.1).contains(&row)
                && merge.columns.0 < merge.columns.1
                && merge.columns.0 <= *first
                && *last <= merge.columns.1
        };
        self.layout.merges.iter().find(spans)
    }

    /// Tells whether a row of several cells is one merged cell.
    fn is_one(&self, row: u32, cells: &BTreeMap<u32, Value>) -> bool {
        cells.len() > 1 && self.spanning(row, cells).is_some()
    }

    /// Returns the last row of a head that begins in the row `first`: where one of its cells
    /// takes two rows, the others have names of two parts.
    fn head_below(&self, first: u32) -> u32 {
        let begins = self
            .layout
            .merges
            .iter()
            .filter(|merge| merge.rows.0 == first);
        let shows = |merge: &&Merge| {
            (merge.columns.0..=merge.columns.1).any(|it| !self.layout.hides_column(it))
        };
        begins
            .filter(shows)
            .map(|merge| merge.rows.1)
            .max()
            .unwrap_or(first)
    }
}

fn words(text: &str, code: &str, formats: &mut Formats) -> Value {
    let text = text.replace("_x000D_", "").replace('\r', "");
    let shown = formats.words(text.trim(), code);
    Value::String(shown)
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Names numbers in order, those in a row as from–to.
fn spans(numbers: &[u32], name: impl Fn(u32) -> String) -> Vec<String> {
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => spans.push((number, number)),
        }
    }
    let named = |(first, last)| match first == last {
        true => name(first),
        false => format!("{}–{}", name(first), name(last)),
    };
    spans.into_iter().map(named).collect()
}

fn letters(column: u32) -> String {
    column_name(usize::try_from(column).unwrap_or(usize::MAX))
}

fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", letters(column), u64::from(row) + 1)
}

/// Names a cell as the office program does: `价目 B3`.
fn cell(sheet: &str, row: u32, column: u32) -> Place {
    Place::Cell {
        row: usize::try_from(row).unwrap_or(0) + 1,
        name: format!("{sheet} {}", cell_name(row, column)),
    }
}

#[cfg(test)]
mod tests;
