//! CSV as a list of rows. Cells stay as they are written: `0.80` is no `0.8`, and `0571` no `571`.
//!
//! Read here and not by a library, which takes a quote left open for a cell of many lines and
//! melts the rows behind it without a word.

use serde_json::Value;

use super::rows::Head;
use super::{Fault, Found, Place};

/// Reads CSV whose first line is the head; what stands between cells is as in the head.
pub(super) fn read(text: &str) -> Result<Found, Fault> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let (mark, start) = separator(text, start);
    let mut scanner = Scanner {
        text,
        at: start,
        mark,
    };
    let mut head: Option<(Head, usize)> = None;
    let (mut rows, mut places) = (Vec::new(), Vec::new());
    while scanner.at < text.len() {
        let at = scanner.at;
        let cells = scanner.record();
        if let Some(cell) = cells.iter().find(|cell| cell.is_melted) {
            return Err(cell.fault());
        }
        let place = |_| Place::Byte(at);
        let texts = cells.iter().map(|cell| cell.text.trim().to_owned());
        match &head {
            None => {
                let names: Vec<_> = texts.map(Some).collect();
                if names.iter().flatten().all(String::is_empty) {
                    continue;
                }
                let width = names.len();
                head = Some((Head::new(names, place)?, width));
            }
            Some((head, width)) => {
                let is_short = cells.len() < *width;
                let swallows = |cell: &&Cell| cell.swallows(mark, *width, is_short);
                if let Some(cell) = cells.iter().find(swallows) {
                    return Err(cell.fault());
                }
                if let Some(row) = head.row(texts.map(Value::String).collect(), place)? {
                    rows.push(row);
                    places.push(at);
                }
            }
        }
    }
    Ok(Found {
        value: Value::Array(rows),
        tables: vec![(None, places)],
        ..Found::default()
    })
}

/// A cell as it is written.
struct Cell {
    text: String,
    /// The byte at which it begins.
    at: usize,
    /// Whether its quote is never closed, or closed in the middle of a later row.
    is_melted: bool,
}

impl Cell {
    /// Tells whether rows stand in this cell that were none of its own: a line of it holds as
    /// many marks as a row has, or the row lacks the cells that stand in it.
    fn swallows(&self, mark: char, width: usize, is_short: bool) -> bool {
        let marks = |line: &str| line.matches(mark).count();
        let row = width.saturating_sub(1).max(1);
        self.text.contains('\n')
            && (self.text.lines().skip(1).any(|line| marks(line) >= row)
                || is_short && self.text.contains(mark))
    }

    fn fault(&self) -> Fault {
        let line = self.text.lines().next().unwrap_or_default();
        let begins: String = line.chars().take(12).collect();
        Fault::told(Place::Byte(self.at), "quoted", begins)
    }
}

/// Goes through the text, record by record.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
    mark: char,
}

impl<'a> Scanner<'a> {
    /// Reads the cells up to the end of the record.
    fn record(&mut self) -> Vec<Cell> {
        let mut cells = Vec::new();
        loop {
            cells.push(self.cell());
            let Some(end) = self.text[self.at..].chars().next() else {
                return cells;
            };
            self.at += end.len_utf8();
            if end == '\n' {
                return cells;
            }
        }
    }

    /// Reads a cell up to the mark or line end behind it.
    fn cell(&mut self) -> Cell {
        let at = self.at;
        let is_space = |c: char| c != self.mark && (c == ' ' || c == '\t');
        let rest = self.text[at..].trim_start_matches(is_space);
        let (text, is_melted) = match rest.starts_with('"') {
            true => {
                self.at = self.text.len() - rest.len() + 1;
                self.quoted(self.at - 1)
            }
            false => (self.plain().to_owned(), false),
        };
        Cell {
            text,
            at,
            is_melted,
        }
    }

    fn plain(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let end = rest.find([self.mark, '\n']).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Reads on behind an opening quote, which stands at `start`.
    fn quoted(&mut self, start: usize) -> (String, bool) {
        let mut text = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(end) = rest.find('"') else {
                text.push_str(rest);
                self.at = self.text.len();
                return (text, true);
            };
            text.push_str(&rest[..end]);
            self.at += end + 1;
            if !self.text[self.at..].starts_with('"') {
                break;
            }
            text.push('"');
            self.at += 1;
        }
        match self.plain().trim().is_empty() {
            true => (text, false),
            // `"大号"沙发` means its quotes; where more than words stand in them, one is missing.
            false => {
                let is_melted = text.contains(['\n', self.mark]);
                let written = self.text[start..self.at].to_owned();
                (if is_melted { text } else { written }, is_melted)
            }
        }
    }
}

/// Returns what stands between the cells, and where the head begins: behind `sep=;`, which
/// Excel writes to itself. A Chinese comma counts where there is no other mark.
fn separator(text: &str, start: usize) -> (char, usize) {
    let head = text[start..].lines().next().unwrap_or_default();
    if let Some(mark) = head.strip_prefix("sep=").and_then(|it| it.chars().next()) {
        return (mark, (start + head.len() + 1).min(text.len()));
    }
    let count = |mark: char| head.matches(mark).count();
    let most = [',', '\t', ';']
        .into_iter()
        .max_by_key(|&mark| (count(mark), mark == ','));
    match most.filter(|&mark| count(mark) > 0) {
        Some(mark) => (mark, start),
        None => ([',', '，'][usize::from(count('，') > 0)], start),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Language;

    /// Reads CSV and tells its rows, or the line and beginning of the cell that is wrong.
    fn told(text: &str) -> String {
        match read(text) {
            Ok(found) => found.value.to_string(),
            Err(Fault {
                place: Place::Byte(at),
                args,
            }) => {
                let said = args[0].1.say(Language::Chinese);
                format!(
                    "{} {} {said}",
                    text[..at].matches('\n').count() + 1,
                    args[0].0
                )
            }
            Err(other) => format!("{other:?}"),
        }
    }

    #[test]
    fn the_head_says_what_stands_between_cells() {
        for mark in [",", "\t", ";", "，"] {
            let text = format!("甲{mark}乙\n1{mark}2\n");
            assert_eq!(told(&text), r#"[{"甲":"1","乙":"2"}]"#, "{mark}");
        }
        assert_eq!(told("sep=;\n甲;乙\n1,5;2\n"), r#"[{"甲":"1,5","乙":"2"}]"#);
        assert_eq!(told("甲\n1\n"), r#"[{"甲":"1"}]"#);
    }

    #[test]
    fn quotes_hold_marks_quotes_and_line_breaks() {
        insta::assert_snapshot!(told("甲,乙\n\"一,二\",\"他说\"\"好\"\"\"\n\"上行\n下行\", \"x\"\n"), @r#"[{"甲":"一,二","乙":"他说\"好\""},{"甲":"上行\n下行","乙":"x"}]"#);
        // Words in quotes by hand are no quoted cell.
        assert_eq!(
            told("甲,乙\n\"大号\"沙发,5\"屏\n"),
            r#"[{"甲":"\"大号\"沙发","乙":"5\"屏"}]"#
        );
    }

    #[test]
    fn a_quote_left_open_is_told_where_it_stands() {
        // To the end of the file; into the next quoted cell; up to the next quote.
        for text in [
            "甲,乙\n沙发,30\n\"床,50\n柜,60\n",
            "甲,乙\n沙发,30\n\"床,50\n\"柜\",60\n",
            "甲,乙\n沙发,30\n\"床,50\n柜,60\"\n",
            "甲,乙\n沙发,30\n\"床,\"50\"\n柜,60\n桌,\"70\"\n",
        ] {
            let said = told(text);
            assert!(said.starts_with("3 quoted 床"), "{text}{said}");
        }
        assert_eq!(
            told("甲,乙,丙\n沙发,\"30,大\n床,50,小\n柜,60,\"中\"\n"),
            "2 quoted 30,大"
        );
    }
}
