//! A table's head and rows, whichever kind of file they stand in.

use serde_json::{Map, Value};

use super::{Fault, Place};
use crate::diag::words;

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
                .map(|cell| cell.trim().to_owned())
                .filter(|cell| !cell.is_empty());
            if name.is_some() && names.contains(&name) {
                let name = name.unwrap_or_default();
                let advice = words("data-same-head").with("name", name);
                return Err(Fault::told(place(at), advice));
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
                None => return Err(Fault::told(place(at), words("data-no-head"))),
            }
        }
        let rest = self.0.len();
        match cells.position(|cell| !is_empty(&cell)) {
            Some(more) => Err(Fault::told(
                place(rest + more),
                words("data-more-cells").with("n", rest),
            )),
            None => Ok(Some(Value::Object(row))),
        }
    }
}
