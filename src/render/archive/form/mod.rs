//! The office's own form: a workbook of theirs, filled and not redrawn.
//!
//! A cell is meant by its name in the workbook, by `{活动场次}` in it, or by the head to its left; a
//! list by two heads or more in one row, with free rows below; a scoring table by the number of each
//! indicator. Everything else in the file stays
//! byte for byte, but for results of formulas, which are taken out to be computed anew. What was
//! written where, and from which lines of the book, stands in a text beside it; what found no place
//! is told.

mod book;
mod cells;
mod edit;
mod public;
mod score;
mod sheet;
mod styles;
#[cfg(test)]
mod tests;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use super::kept::{Evidence, Wording};
use crate::diag::{Code, Diagnostic, Diagnostics, Value};
use book::Book;
pub use book::Form;
use cells::{At, name_of};
use sheet::{Sheet, Written, percent};
use values::{List, Values, plain, values};

pub use public::{names, public};

/// How many free rows are filled where nothing ends a list.
const MOST_ROWS: u32 = 200;

/// A filled form.
#[derive(Debug, Clone)]
pub struct Filled {
    /// The workbook.
    pub bytes: Vec<u8>,
    /// What was written where, and from what, a line each.
    pub sources: String,
}

/// Returns what the scoring tables among the forms say of each indicator, by its number; of two
/// tables the first counts.
pub fn wordings(forms: &[Form]) -> BTreeMap<String, Wording> {
    let mut found = BTreeMap::new();
    for form in forms {
        let sheets = Book::read(&form.bytes).map_or(Vec::new(), |book| book.sheets);
        for sheet in &sheets {
            let table = score::table(sheet);
            for wording in table.map_or(Vec::new(), |table| score::wordings(sheet, &table)) {
                found.entry(wording.0).or_insert(wording.1);
            }
        }
    }
    found
}

/// Fills a form from the evidence of a month or a year.
pub fn fill(form: &Form, evidence: &Evidence, diagnostics: &mut Diagnostics) -> Option<Filled> {
    let Some(book) = Book::read(&form.bytes) else {
        diagnostics.push(Diagnostic::new(Code::BadForm).with("path", &form.name));
        return None;
    };
    let mut filler = Filler {
        book,
        values: values(evidence),
        lines: Vec::new(),
        used: BTreeSet::new(),
        unknown: Vec::new(),
        short: Vec::new(),
        bare: Vec::new(),
        over: Vec::new(),
        is_scoring: false,
    };
    filler.names();
    for number in 0..filler.book.sheets.len() {
        filler.marks(number);
        if let Some(table) = score::table(&filler.book.sheets[number]) {
            let scored = score::fill(&mut filler.book.sheets[number], &table, evidence);
            filler.lines.extend(scored.lines);
            filler.bare.extend(scored.bare);
            filler.over.extend(scored.over);
            filler.is_scoring = true;
            continue;
        }
        let heads = filler.lists(number);
        filler.heads(number, &heads);
    }
    filler.told(form, diagnostics);
    if filler.lines.is_empty() {
        let none = Diagnostic::new(Code::FormUntouched).with("path", &form.name);
        diagnostics.push(none.with("mark", "{活动场次}"));
        return None;
    }
    let bytes = filler.book.write();
    if bytes.is_none() {
        diagnostics.push(Diagnostic::new(Code::BadForm).with("path", &form.name));
    }
    Some(Filled {
        bytes: bytes?,
        sources: filler.lines.join("\n") + "\n",
    })
}

struct Filler<'a> {
    book: Book<'a>,
    values: Values,
    lines: Vec<String>,
    used: BTreeSet<String>,
    unknown: Vec<String>,
    /// Lists with more rows than the form has.
    short: Vec<(String, usize)>,
    /// Indicators of a scoring table for which there is nothing.
    bare: Vec<String>,
    /// Indicators whose own score is more than there are points.
    over: Vec<String>,
    /// Whether it has a scoring table, which asks for no figures.
    is_scoring: bool,
}

impl Filler<'_> {
    /// Writes a single value, and remembers from what; `false` where there is none of that name.
    fn write(&mut self, number: usize, at: At, name: &str) -> bool {
        let Some(known) = self.values.single.get(&plain(name)) else {
            return false;
        };
        let said = match &known.written {
            Written::Text(text) => text.clone(),
            Written::Number(number) => number.to_string(),
            Written::Share(share) => percent(*share),
        };
        let from = match known.from.is_empty() {
            true => String::new(),
            false => format!(" ← {}", known.from.join("、")),
        };
        let sheet = &mut self.book.sheets[number];
        let place = format!("{}!{}", sheet.name, name_of(at));
        self.lines.push(format!("{place} {name} = {said}{from}"));
        sheet.put(at, known.written.clone());
        self.used.insert(plain(name));
        true
    }

    /// Fills cells that have a name.
    fn names(&mut self) {
        for (name, sheet, at) in self.book.names.clone() {
            let mut sheets = self.book.sheets.iter();
            let number = sheets.position(|it| it.name == sheet);
            if let Some(number) = number.filter(|&n| self.book.sheets[n].is_free(at)) {
                self.write(number, at, &name);
            }
        }
    }

    /// Fills cells that hold a name in braces.
    fn marks(&mut self, number: usize) {
        for (at, text) in self.book.sheets[number].spoken() {
            let Some(name) = text.strip_prefix('{').and_then(|it| it.strip_suffix('}')) else {
                continue;
            };
            let name = name.trim_matches(['{', '}', ' ']).to_owned();
            if !self.write(number, at, &name) {
                self.unknown.push(name);
            }
        }
    }

    /// Fills the lists of a sheet; returns the rows of their heads.
    fn lists(&mut self, number: usize) -> BTreeSet<u32> {
        let mut heads = BTreeSet::new();
        for row in self.book.sheets[number].spoken_rows() {
            let sheet = &self.book.sheets[number];
            let best = self
                .values
                .lists
                .iter()
                .max_by_key(|list| columns(sheet, row, list).len());
            let Some(list) = best.cloned() else { continue };
            let found = columns(sheet, row, &list);
            if found.len() >= 2 && found.iter().any(|(column, _)| *column == 0) {
                heads.insert(row);
                self.list(number, row, &list, &found);
            }
        }
        heads
    }

    fn list(&mut self, number: usize, head: u32, list: &List, found: &[(usize, u32)]) {
        let name = list.name;
        let sheet = &mut self.book.sheets[number];
        let last = sheet.last_row().max(head + 1);
        let is_free = |sheet: &Sheet, row| found.iter().all(|(_, at)| sheet.is_free((row, *at)));
        let mut free = (head + 1..head + 1 + MOST_ROWS).take_while(|row| is_free(sheet, *row));
        // Below the form's last row begins what nobody drew.
        let free: Vec<u32> = free.by_ref().take_while(|row| *row <= last).collect();
        for ((cells, from), row) in list.rows.iter().zip(&free) {
            for (column, at) in found {
                if let Some(written) = &cells[*column] {
                    sheet.put((*row, *at), written.clone());
                }
            }
            let at = name_of((*row, found[0].1));
            self.lines
                .push(format!("{}!{at} {name} ← {from}", sheet.name));
        }
        if list.rows.len() > free.len() {
            self.short
                .push((name.to_owned(), list.rows.len() - free.len()));
        }
    }

    /// Fills free cells to the right of a head.
    fn heads(&mut self, number: usize, lists: &BTreeSet<u32>) {
        for (at, text) in self.book.sheets[number].spoken() {
            let sheet = &self.book.sheets[number];
            let right = sheet.right_of(at);
            if !lists.contains(&at.0) && sheet.is_free(right) {
                self.write(number, right, &text);
            }
        }
    }

    fn told(&mut self, form: &Form, diagnostics: &mut Diagnostics) {
        let file = |code| Diagnostic::new(code).with("path", &form.name);
        if !self.unknown.is_empty() {
            let names = Value::list(self.unknown.clone());
            diagnostics.push(file(Code::FormUnknown).with("names", names));
        }
        for (code, names) in [(Code::ScoreBare, &self.bare), (Code::ScoreOver, &self.over)] {
            if !names.is_empty() {
                let told = file(code).with("names", Value::list(names.clone()));
                diagnostics.push(told.with("first", &names[0]));
            }
        }
        for (list, n) in &self.short {
            diagnostics.push(file(Code::FormShort).with("list", list).with("n", *n));
        }
        let left = self
            .values
            .counted
            .iter()
            .filter(|name| !self.used.contains(&plain(name)));
        let left: Vec<String> = left.cloned().collect();
        if !left.is_empty() && !self.is_scoring {
            diagnostics.push(file(Code::FormLeft).with("names", Value::list(left)));
        }
    }
}

/// Finds the columns of a list among the heads of a row, each as its number and the sheet's column.
fn columns(sheet: &Sheet, row: u32, list: &List) -> Vec<(usize, u32)> {
    let spoken = sheet.spoken();
    let heads = spoken.iter().filter(|(at, _)| at.0 == row);
    let mut found: Vec<(usize, u32)> = Vec::new();
    for (at, text) in heads {
        let text = plain(text);
        let mut all = list.heads.iter();
        let column = all.position(|names| names.contains(&text.as_str()));
        if let Some(column) = column.filter(|column| found.iter().all(|(it, _)| it != column)) {
            found.push((column, at.1));
        }
    }
    found
}
