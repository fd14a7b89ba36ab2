//! What is written into a sheet, as edits of its text.

use std::collections::BTreeMap;
use std::ops::Range;

use super::cells::{At, name_of};
use super::sheet::{Cell, Sheet, Written};

impl Sheet {
    /// Returns the sheet with what was written; results of formulas go, so that whoever opens it
    /// computes them anew. `None` where nothing changes.
    pub fn edited(&self) -> Option<String> {
        let stale = |cell: &&Cell| cell.result.is_some();
        if self.written.is_empty() && !self.cells.values().any(|cell| stale(&cell)) {
            return None;
        }
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for cell in self.cells.values() {
            edits.extend(cell.result.clone().map(|range| (range, String::new())));
        }
        let mut new: BTreeMap<u32, Vec<(u32, String)>> = BTreeMap::new();
        for (at, written) in &self.written {
            let cell = self.cells.get(at);
            let style = cell.and_then(|cell| cell.style.as_deref());
            let element = element(*at, style, written);
            match cell {
                Some(cell) => edits.push((cell.range.clone(), element)),
                None => new.entry(at.0).or_default().push((at.1, element)),
            }
        }
        for (row, cells) in new {
            edits.extend(self.added(row, cells)?);
        }
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut xml = String::with_capacity(self.xml.len() + 4096);
        let mut at = 0;
        for (range, text) in edits {
            xml.push_str(self.xml.get(at..range.start)?);
            xml.push_str(&text);
            at = range.end;
        }
        xml.push_str(self.xml.get(at..)?);
        Some(xml)
    }

    /// Returns the edits that put cells into a row that lacks them.
    fn added(&self, row: u32, cells: Vec<(u32, String)>) -> Option<Vec<(Range<usize>, String)>> {
        let all: String = cells.iter().map(|(_, cell)| cell.as_str()).collect();
        let Some((range, has_end)) = self.rows.get(&row) else {
            let after = self
                .rows
                .range(row..)
                .next()
                .map(|(_, (range, _))| range.start);
            let place = after.or(self.end)?;
            return Some(vec![(
                place..place,
                format!("<row r=\"{}\">{all}</row>", row + 1),
            )]);
        };
        if !has_end {
            let tag = self.xml.get(range.clone())?.trim_end_matches("/>");
            return Some(vec![(range.clone(), format!("{tag}>{all}</row>"))]);
        }
        let before = |column: u32| {
            let mut later = self.cells.range((row, column)..(row + 1, 0));
            later.next().map_or(range.end, |(_, cell)| cell.range.start)
        };
        Some(
            cells
                .into_iter()
                .map(|(column, cell)| (before(column)..before(column), cell))
                .collect(),
        )
    }
}

fn element(at: At, style: Option<&str>, written: &Written) -> String {
    let name = name_of(at);
    let style = style
        .map(|style| format!(" s=\"{style}\""))
        .unwrap_or_default();
    match written {
        Written::Number(number) => format!("<c r=\"{name}\"{style}><v>{number}</v></c>"),
        Written::Text(text) => {
            let text = quick_xml::escape::escape(text);
            format!(
                "<c r=\"{name}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
            )
        }
    }
}
