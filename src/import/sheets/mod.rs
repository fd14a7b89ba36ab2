//! Workbooks and tables of values: things people look up, boards, a year's duties, a month's plan, or a
//! table of data, told apart by the heads of their columns.
//!
//! What the office program shows is taken: its numbers as it shows them, nothing of what is hidden.

mod boards;
mod extras;
mod kinds;
mod work;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::losses::{Losses, Place};
use super::{As, Brought, Planned, Wish};
use crate::diag::{Code, Diagnostic, Position, SitePath, words};
use crate::read::{MemoryInputs, read, values};
use kinds::Kind;

/// The name by which a table is read.
const NAME: &str = "table";

/// A table: the heads of its columns and rows of as many cells.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    /// The sheet's name, where there are several.
    pub sheet: Option<String>,
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Finds the column that has one of `names` for its head, or one that begins with it.
    fn column(&self, names: &[&str]) -> Option<usize> {
        let plain: Vec<String> = self.head.iter().map(|it| plain(it)).collect();
        let exact = plain.iter().position(|it| names.contains(&it.as_str()));
        exact.or_else(|| {
            let begins = |it: &String| {
                names
                    .iter()
                    .any(|name| name.chars().count() > 1 && it.starts_with(name))
            };
            plain.iter().position(begins)
        })
    }

    /// Returns a cell without blanks around.
    fn cell<'t>(&self, row: &'t [String], column: Option<usize>) -> &'t str {
        column.and_then(|at| row.get(at)).map_or("", |it| it.trim())
    }
}

fn plain(head: &str) -> String {
    let head = head.split(['（', '(']).next().unwrap_or(head);
    let head = head.chars().filter(|c| !c.is_whitespace());
    head.collect::<String>().to_lowercase()
}

/// Makes of a workbook (`ending` is `xlsx`) or of comma-separated values what they are.
pub(super) fn bring(bytes: &[u8], ending: &str, name: &str, wish: &Wish) -> Brought {
    let inputs = MemoryInputs::new(wish.site.today)
        .with("greenboard.yaml", "format: 1\ntitle: x\n")
        .with(&format!("data/{NAME}.{ending}"), bytes);
    let tree = read(&inputs);
    let mut told: Vec<Diagnostic> = Vec::new();
    for mut one in tree.diagnostics.sorted() {
        // The place is in a file of another name.
        let refuses = one.severity() == crate::diag::Severity::Error;
        one.at = one.at.filter(|_| refuses).map(|at| renamed(at, name));
        told.push(one);
    }
    let brought = Brought {
        told,
        ..Brought::default()
    };
    if brought.is_refused() {
        return brought;
    }
    let value = tree.value.and_then(|tree| tree.values.get(NAME).cloned());
    let tables = tables(value.unwrap_or(Value::Null));
    if tables.iter().all(|table| table.rows.is_empty()) {
        return Brought::refused(Diagnostic::new(Code::NothingToImport).with("file", name));
    }
    let mut losses = Losses(brought.told);
    if ending == "xlsx" {
        extras::tell(bytes, &mut losses);
    }
    let stem = stem(name);
    let mut files = Vec::new();
    // A sheet of one line says something to who fills the book in.
    let (tables, bare): (Vec<Table>, Vec<Table>) =
        tables.into_iter().partition(|table| !table.rows.is_empty());
    let bare: Vec<String> = bare.into_iter().filter_map(|table| table.sheet).collect();
    tell_rows(&mut losses, "import-bare-sheets", &bare);
    let n_tables = tables.len();
    for table in &tables {
        let kind = match wish.kind {
            Some(As::Items) => Kind::Items,
            Some(As::Data) => Kind::Data,
            _ => kinds::kind(table),
        };
        let title = match &table.sheet {
            Some(sheet) if n_tables > 1 => format!("{stem} {sheet}"),
            _ => stem.clone(),
        };
        match kind {
            Kind::Items => files.extend(kinds::items(table, wish, &mut losses)),
            Kind::Boards => files.extend(boards::boards(table, wish, &mut losses)),
            Kind::Duties => files.extend(work::duties(table, &title, wish, &mut losses)),
            Kind::Plan => files.extend(work::plan(table, &title, wish, &mut losses)),
            Kind::Data => {
                let named = if n_tables > 1 {
                    table.sheet.as_deref()
                } else {
                    None
                };
                files.extend(data(table, &stem, named, wish));
            }
        }
    }
    let mut seen: BTreeMap<SitePath, ()> = BTreeMap::new();
    files.retain(|it| seen.insert(it.path.clone(), ()).is_none());
    if files.is_empty() {
        return Brought::refused(Diagnostic::new(Code::NothingToImport).with("file", name));
    }
    Brought {
        files,
        told: losses.0,
        has_seal: false,
    }
}

fn renamed(at: Position, name: &str) -> Position {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let path = SitePath::new(last).unwrap_or_else(|| at.path().clone());
    at.in_file(path)
}

fn stem(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem).trim();
    match stem.is_empty() {
        true => "表格".to_owned(),
        false => stem.to_owned(),
    }
}

/// Returns the tables that the reader of data made.
fn tables(value: Value) -> Vec<Table> {
    match value {
        Value::Array(rows) => vec![table(None, rows)],
        Value::Object(sheets) => (sheets.into_iter())
            .filter_map(|(sheet, rows)| match rows {
                Value::Array(rows) => Some(table(Some(sheet), rows)),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn table(sheet: Option<String>, rows: Vec<Value>) -> Table {
    let maps: Vec<Map<String, Value>> = (rows.into_iter())
        .filter_map(|row| match row {
            Value::Object(row) => Some(row),
            _ => None,
        })
        .collect();
    let head: Vec<String> = maps
        .first()
        .map_or_else(Vec::new, |row| row.keys().cloned().collect());
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let row = |row: &Map<String, Value>| {
        head.iter()
            .map(|key| row.get(key).map(text).unwrap_or_default())
            .collect()
    };
    let rows = maps.iter().map(row).collect();
    Table { sheet, head, rows }
}

/// Plans a file of data.
fn data(table: &Table, stem: &str, sheet: Option<&str>, wish: &Wish) -> Option<Planned> {
    let clean = |name: &str| -> String {
        let name = name.chars().map(|c| {
            if c.is_alphanumeric() || "-_".contains(c) {
                c
            } else {
                '-'
            }
        });
        name.collect::<String>().trim_matches('-').to_owned()
    };
    let own = wish.slug.map_or_else(|| clean(stem), str::to_owned);
    let parts: Vec<String> = std::iter::once(own)
        .chain(sheet.map(clean))
        .filter(|it| !it.is_empty())
        .collect();
    let path = SitePath::new(&format!("data/{}.csv", parts.join("/")))?;
    let mut rows = vec![table.head.clone()];
    rows.extend(table.rows.iter().cloned());
    Some(Planned {
        path,
        bytes: csv(&rows).into_bytes(),
        what: words("import-is-data")
            .with("rows", table.rows.len())
            .with("name", parts.join(".")),
        is_frame: false,
    })
}

/// Writes comma-separated values.
fn csv(rows: &[Vec<String>]) -> String {
    let cell = |text: &String| {
        let quoted = text.contains([',', '"', '\n', '\r', ';', '\t']) || text.trim() != text;
        match quoted {
            true => format!("\"{}\"", text.replace('"', "\"\"")),
            false => text.clone(),
        }
    };
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(",") + "\n";
    rows.iter().map(line).collect()
}

/// Reads a day, of several the last; one without its year is the next of that name, or of `year`.
fn day(text: &str, year: Option<i16>, today: Date) -> Option<Date> {
    let one = |text: &str| {
        let text = text.trim();
        values::date(text).or_else(|| {
            let (month, day) = values::without_year(text)?;
            match year {
                Some(year) => Date::new(year, month, day).ok(),
                None => values::next_on((month, day), today),
            }
        })
    };
    let near = year
        .and_then(|year| Date::new(year, 1, 1).ok())
        .or(Some(today));
    one(text).or_else(|| match values::days_between(text, near) {
        Some(Ok((_, last))) => Some(last),
        _ => one(text.rsplit(['至', '~', '～', '到', '—']).next()?),
    })
}

/// Lists rows that could not be used.
fn tell_rows(losses: &mut Losses, key: &'static str, rows: &[String]) {
    if !rows.is_empty() {
        losses.lost(super::losses::listed(key, rows), &Place::Whole);
    }
}
