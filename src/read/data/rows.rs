//! A table's head and rows, whichever kind of file they stand in.

use serde_json::{Map, Value};

use super::{Fault, Place};

/// The heads of a table's columns; `None` for a column that the table does not use.
pub(super) struct Head(Vec<Option<String>>);

impl Head {
    /// Takes the cells of the head; `place` names the place of a column, from 0.
    ///
    /// # Errors
    /// Where two columns have one name.
    pub(super) fn new(
        cells: Vec<Option<String>>,
        place: impl Fn(usize) -> Place,
    ) -> Result<Self, Fault> {
        let mut names: Vec<Option<String>> = Vec::with_capacity(cells.len());
        for (at, cell) in cells.into_iter().enumerate() {
            let name = cell
                .map(|cell| on_one_line(&cell))
                .filter(|cell| !cell.is_empty());
            if name.is_some() && names.contains(&name) {
                return Err(Fault::told(place(at), "twice", name.unwrap_or_default()));
            }
            names.push(name);
        }
        Ok(Self(names))
    }

    /// Makes a row of its cells; `None` where all are empty.
    ///
    /// # Errors
    /// Where a cell stands in a column without a head.
    pub(super) fn row(
        &self,
        cells: Vec<Value>,
        place: impl Fn(usize) -> Place,
    ) -> Result<Option<Value>, Fault> {
        let is_empty = |value: &Value| value.is_null() || value.as_str() == Some("");
        if cells.iter().all(is_empty) {
            return Ok(None);
        }
        let mut cells = cells.into_iter();
        let mut row = Map::new();
        for (at, name) in self.0.iter().enumerate() {
            let cell = cells.next().unwrap_or(Value::Null);
            match name {
                Some(name) => {
                    row.insert(name.clone(), cell);
                }
                None if is_empty(&cell) => {}
                None => return Err(Fault::told(place(at), "headless", column_name(at))),
            }
        }
        let rest = self.0.len();
        match cells.position(|cell| !is_empty(&cell)) {
            Some(more) => Err(Fault::told(place(rest + more), "head", rest)),
            None => Ok(Some(Value::Object(row))),
        }
    }
}

/// Names a column as an office program does: A, B … Z, AA.
pub(super) fn column_name(at: usize) -> String {
    let mut letters = String::new();
    let mut rest = at + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters
}

/// Sets a head of several lines on one: `单价` over `（元）` is `单价（元）`.
fn on_one_line(cell: &str) -> String {
    let mut name = String::new();
    for line in cell.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let is_latin = |c: char| c.is_ascii_alphanumeric();
        if name.ends_with(is_latin) && line.starts_with(is_latin) {
            name.push(' ');
        }
        name.push_str(line);
    }
    name
}
