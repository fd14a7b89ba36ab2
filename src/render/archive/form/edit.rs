//! What is written into a sheet, as edits of its text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::cells::{At, name_of};
use super::sheet::{Cell, Sheet, Written, percent};

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
            let element = element(*at, style, written, self.is_percent(*at));
            match cell {
                Some(cell) => edits.push((cell.range.clone(), element)),
                None => new.entry(at.0).or_default().push((at.1, element)),
            }
        }
        let rows: BTreeSet<u32> = self.written.keys().map(|at| at.0).collect();
        for row in rows {
            let cells = new.remove(&row).unwrap_or_default();
            edits.extend(self.row(row, cells)?);
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

    /// Returns the edits that put cells into a row that lacks them, and that make it as high as it
    /// must be.
    fn row(&self, row: u32, cells: Vec<(u32, String)>) -> Option<Vec<(Range<usize>, String)>> {
        let all: String = cells.iter().map(|(_, cell)| cell.as_str()).collect();
        let height = self.grown(row);
        let Some((range, has_end)) = self.rows.get(&row) else {
            let after = self
                .rows
                .range(row..)
                .next()
                .map(|(_, (range, _))| range.start);
            let place = after.or(self.end)?;
            return Some(vec![(
                place..place,
                format!(
                    "{}{all}</row>",
                    tag(&format!("<row r=\"{}\"", row + 1), height)
                ),
            )]);
        };
        if !has_end {
            let old = self.xml.get(range.clone())?.trim_end_matches("/>");
            let new = format!("{}{all}</row>", tag(old, height));
            return Some(vec![(range.clone(), new)]);
        }
        let begins = height.and_then(|_| {
            let end = range.start + self.xml.get(range.clone())?.find('>')?;
            let new = tag(self.xml.get(range.start..end)?, height);
            Some((range.start..end + 1, new))
        });
        let before = |column: u32| {
            let mut later = self.cells.range((row, column)..(row + 1, 0));
            later.next().map_or(range.end, |(_, cell)| cell.range.start)
        };
        let cells = cells.into_iter();
        let cells = cells.map(|(column, cell)| (before(column)..before(column), cell));
        Some(begins.into_iter().chain(cells).collect())
    }
}

/// Ends a row's start tag, with another height where one is given.
fn tag(open: &str, height: Option<f64>) -> String {
    let Some(height) = height else {
        return format!("{open}>");
    };
    let mut open = open.trim_end().to_owned();
    for name in [" ht=\"", " customHeight=\""] {
        if let Some(from) = open.find(name)
            && let Some(end) = open[from + name.len()..].find('"')
        {
            open.replace_range(from..=from + name.len() + end, "");
        }
    }
    format!("{open} ht=\"{height}\" customHeight=\"1\">")
}

fn element(at: At, style: Option<&str>, written: &Written, shows_percent: bool) -> String {
    let name = name_of(at);
    let style = style
        .map(|style| format!(" s=\"{style}\""))
        .unwrap_or_default();
    let text = match written {
        Written::Share(share) if !shows_percent => Some(percent(*share)),
        Written::Text(text) => Some(text.clone()),
        Written::Number(_) | Written::Share(_) => None,
    };
    match (written, text) {
        (Written::Number(number) | Written::Share(number), None) => {
            format!("<c r=\"{name}\"{style}><v>{number}</v></c>")
        }
        (_, text) => {
            let text = text.unwrap_or_default();
            let text = quick_xml::escape::escape(&text);
            format!(
                "<c r=\"{name}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
            )
        }
    }
}
