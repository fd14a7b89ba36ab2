//! CSV as a list of rows. Cells stay as they are written: `0.80` is no `0.8`, and `0571` no `571`.
//!
//! Read here and not by a library, which takes a quote left open for a cell of many lines and
//! melts the rows behind it without a word.

use serde_json::Value;

use super::rows::Head;
use super::{Fault, Found, Place};
use crate::diag::{Code, Fills};

/// Reads CSV whose first line is the head, but for titles above it; what stands between cells is as in the
/// first line that has such marks.
pub(super) fn read(text: &str) -> Result<Found, Fault> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let (mark, start) = separator(text, start);
    let mut scanner = Scanner {
        text,
        at: start,
        mark,
    };
    let mut records = Vec::new();
    while scanner.at < text.len() {
        let at = scanner.at;
        let cells = scanner.record();
        if let Some(cell) = cells.iter().find(|cell| cell.is_melted) {
            return Err(cell.fault());
        }
        if cells.iter().any(|cell| !cell.text.trim().is_empty()) {
            records.push((at, cells));
        }
    }
    let below = records.split_off(titles(&records));
    let notes = records.iter().map(|(_, cells)| {
        let title = cells[0].text.split_whitespace().collect::<Vec<_>>();
        (Code::TableTitle, vec![("title", title.join(" ").value())])
    });
    let notes = notes.collect();
    let (rows, places) = table(&below, mark)?;
    Ok(Found {
        value: Value::Array(rows),
        tables: vec![(None, places)],
        notes,
        ..Found::default()
    })
}

/// Parts a line by what stands between its cells, for who reads a table of another make line by
/// line.
pub fn parted(line: &str, mark: char) -> Vec<String> {
    let mut scanner = Scanner {
        text: line,
        at: 0,
        mark,
    };
    let cells = scanner.record().into_iter();
    cells
        .map(|cell| bare(cell.text.trim()).to_owned())
        .collect()
}

/// How many lines over a table may be titles: its name, its unit, its day.
const MOST_TITLES: usize = 3;

/// Counts the lines over the head that have one cell alone, as a title over a whole sheet is saved.
fn titles(records: &[(usize, Vec<Cell>)]) -> usize {
    let is_title = |(_, cells): &&(usize, Vec<Cell>)| {
        let filled = |cell: &Cell| !cell.text.trim().is_empty();
        filled(&cells[0]) && !cells[1..].iter().any(filled)
    };
    let n = records.iter().take_while(is_title).count();
    // Else a column only lacks its name.
    let is_head = |(_, cells): &(usize, Vec<Cell>)| !cells.iter().any(is_number);
    let has_head = records.get(n).is_some_and(is_head) && n + 1 < records.len();
    match n <= MOST_TITLES && has_head {
        true => n,
        false => 0,
    }
}

/// Tells whether a cell holds a number, as no head does.
fn is_number(cell: &Cell) -> bool {
    let text = cell.text.trim().trim_start_matches(['¥', '￥', '-']);
    let rest = text.trim_end_matches(['%', '元']);
    !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit() || ".,".contains(c))
}

/// Makes rows of records, the first of which is the head; says where each begins.
fn table(records: &[(usize, Vec<Cell>)], mark: char) -> Result<(Vec<Value>, Vec<usize>), Fault> {
    let (mut rows, mut places) = (Vec::new(), Vec::new());
    let texts = |cells: &[Cell]| -> Vec<String> {
        let texts = cells.iter().map(|cell| bare(cell.text.trim()).to_owned());
        texts.collect()
    };
    let Some(((at, names), rest)) = records.split_first() else {
        return Ok((rows, places));
    };
    let width = names.len();
    let names = texts(names).into_iter().map(Some).collect();
    let head = Head::new(names, |_| Place::Byte(*at))?;
    for (at, cells) in rest {
        let is_short = cells.len() < width;
        let swallows = |cell: &&Cell| cell.swallows(mark, width, is_short);
        if let Some(cell) = cells.iter().find(swallows) {
            return Err(cell.fault());
        }
        let cells = texts(cells).into_iter().map(Value::String).collect();
        if let Some(row) = head.row(cells, |_| Place::Byte(*at))? {
            rows.push(row);
            places.push(*at);
        }
    }
    Ok((rows, places))
}

/// Returns a cell without the sign by which Excel keeps figures as they are: `="0571"`.
fn bare(text: &str) -> &str {
    let inner = text.strip_prefix("=\"").and_then(|it| it.strip_suffix('"'));
    inner.filter(|it| !it.contains('"')).unwrap_or(text)
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
    let first = text[start..].lines().next().unwrap_or_default();
    let head = first;
    if let Some(mark) = head.strip_prefix("sep=").and_then(|it| it.chars().next()) {
        return (mark, (start + head.len() + 1).min(text.len()));
    }
    // A title over the table has none.
    let marks = [',', '\t', ';', '，'];
    let mut lines = text[start..].lines().take(MOST_TITLES + 2);
    let head = lines.find(|line| line.contains(marks)).unwrap_or(first);
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
    fn titles_over_a_table_are_none_of_its_rows() {
        let rows = r#"[{"甲":"1","乙":"0571"}]"#;
        for text in [
            "十一月收支,,\n,,\n甲,乙\n1,=\"0571\"\n",
            "十一月收支\n单位：元\n甲;乙\n1;0571\n",
        ] {
            let told = told(text);
            assert_eq!(told.replace(r#","":"""#, ""), rows, "{text}");
            let notes = read(text).expect("it is a table").notes;
            assert!(!notes.is_empty(), "{text}");
        }
        // A column without a name is told, and one column has no title.
        assert!(read("东西,\n沙发,30\n柜,40\n").is_err());
        assert_eq!(told("甲\n1\n2\n"), r#"[{"甲":"1"},{"甲":"2"}]"#);
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
