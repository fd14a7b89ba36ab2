//! What people type, as YAML that means the same.
//!
//! Staff write in Notepad and think of a value as words: `[紧急]停水`, `注意: 停水`, `物业 #2服务站`.
//! Each value that is words is put in quotes before the parser sees it; full-width colons, blanks
//! and tabs become their usual forms, and characters that nobody sees vanish. Every character of
//! the result knows its bytes in the file. What cannot be understood is told here, in the terms of
//! who typed it.

use std::ops::Range;

use super::bad_yaml::{Cause, YamlError};
use super::values::is_wide;

mod cells;
mod flow;
#[cfg(test)]
mod tests;

use cells::{
    Cell, dash_at, escapes_are_known, is_block_header, is_comment, is_marker, key_at, needs_quotes,
    quoted_end, seen, trim, trim_start, without_comment,
};
use flow::Flow;

/// YAML made of what was typed.
pub(super) struct Typed {
    /// The YAML.
    pub yaml: String,
    /// The bytes in the file of each of its characters.
    bytes: Vec<Range<usize>>,
    /// The end of what was typed.
    end: usize,
    /// What could not be understood.
    pub faults: Vec<YamlError>,
}

impl Typed {
    /// Returns the byte in the file of the character `index`.
    pub fn start(&self, index: usize) -> usize {
        self.bytes.get(index).map_or(self.end, |byte| byte.start)
    }

    /// Returns the byte in the file behind the character before `index`.
    pub fn end(&self, index: usize) -> usize {
        let before = index.checked_sub(1).and_then(|at| self.bytes.get(at));
        before.map_or(self.end, |byte| byte.end)
    }
}

/// Reads the bytes `range` of `text`.
pub(super) fn as_yaml(text: &str, range: Range<usize>) -> Typed {
    let mut typist = Typist {
        text,
        lines: lines(text, range.clone()),
        next: 0,
        out: Out::default(),
        above: None,
        levels: Vec::new(),
        in_stray: false,
        faults: Vec::new(),
    };
    while typist.next < typist.lines.len() {
        typist.next += 1;
        typist.line(typist.next - 1);
    }
    Typed {
        yaml: typist.out.text,
        bytes: typist.out.bytes,
        end: range.end,
        faults: typist.faults,
    }
}

/// A line without what nobody sees.
struct Line {
    /// All its characters but the line's end.
    cells: Vec<Cell>,
    /// The byte of its end.
    end: usize,
}

impl Line {
    /// Returns how far it is indented and what stands there, without blanks at its end.
    fn parts(&self) -> (usize, &[Cell]) {
        let content = trim(&self.cells);
        let first = self.cells.len() - trim_start(&self.cells).len();
        let width = |(c, _): &Cell| if *c == ' ' { 1 } else { 2 };
        (self.cells[..first].iter().map(width).sum(), content)
    }

    fn start(&self) -> usize {
        self.cells.first().map_or(self.end, |cell| cell.1)
    }
}

fn lines(text: &str, range: Range<usize>) -> Vec<Line> {
    let mut start = range.start;
    let mut lines = Vec::new();
    for line in text[range].split_inclusive('\n') {
        let shown = line.strip_suffix('\n').unwrap_or(line);
        lines.push(Line {
            cells: seen(shown, start),
            end: start + shown.len(),
        });
        start += line.len();
    }
    lines
}

/// YAML as it grows.
#[derive(Default)]
struct Out {
    text: String,
    bytes: Vec<Range<usize>>,
}

impl Out {
    fn push(&mut self, c: char, bytes: Range<usize>) {
        self.text.push(c);
        self.bytes.push(bytes);
    }

    fn cell(&mut self, (c, at): Cell) {
        self.push(c, at..at + c.len_utf8());
    }

    /// Writes what is there though nobody typed it at that place.
    fn sign(&mut self, c: char, at: usize) {
        self.push(c, at..at);
    }

    fn cells(&mut self, cells: &[Cell]) {
        cells.iter().for_each(|cell| self.cell(*cell));
    }

    /// Writes words, in quotes where their signs would mean something.
    fn words(&mut self, words: &[Cell], in_flow: bool) {
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return;
        };
        if !needs_quotes(words, in_flow) {
            return self.cells(words);
        }
        self.sign('\'', first.1);
        for cell in words {
            if cell.0 == '\'' {
                self.sign('\'', cell.1);
            }
            self.cell(*cell);
        }
        self.sign('\'', last.1 + last.0.len_utf8());
    }

    fn mark(&self) -> (usize, usize) {
        (self.text.len(), self.bytes.len())
    }

    fn reset(&mut self, (text, bytes): (usize, usize)) {
        self.text.truncate(text);
        self.bytes.truncate(bytes);
    }
}

/// Where keys, or dashes, of one list or mapping stand.
#[derive(Clone, Copy)]
struct Level {
    column: usize,
    is_dash: bool,
}

/// Goes through the lines.
struct Typist<'a> {
    text: &'a str,
    lines: Vec<Line>,
    next: usize,
    out: Out,
    /// Where the last key or dash stands, and whether its value is complete.
    above: Option<(usize, bool)>,
    /// The columns of the keys and dashes within which the next line may stand.
    levels: Vec<Level>,
    /// Whether the line above was told to be out of place.
    in_stray: bool,
    faults: Vec<YamlError>,
}

impl Typist<'_> {
    fn line(&mut self, index: usize) {
        let (indent, content) = self.lines[index].parts();
        let content = content.to_vec();
        let start = self.lines[index].start();
        let Some((first, at)) = content.first().copied() else {
            return self.end_line(index);
        };
        if first == '#' || (indent == 0 && is_marker(&content)) {
            self.out.cells(&content);
            return self.end_line(index);
        }
        let deeper = self.above.is_none_or(|(base, _)| indent > base);
        if deeper && self.above.is_some_and(|(_, is_full)| is_full) {
            self.stray(&content, at);
            return self.end_line(index);
        }
        let mut column = self.column(indent, dash_at(&content).is_some());
        (0..column).for_each(|_| self.out.sign(' ', start));
        let (mut rest, mut dash) = (&content[..], None);
        while let Some(length) = dash_at(rest) {
            let (typed, at) = rest[0];
            self.out.push('-', at..at + typed.len_utf8());
            let after = trim_start(&rest[length..]);
            let blanks = rest.len() - length - after.len();
            let blanks = blanks.max(1) + usize::from(typed == '－');
            (0..blanks).for_each(|_| self.out.sign(' ', at));
            dash = Some(column);
            self.enter(column, true);
            column += 1 + blanks;
            rest = after;
        }
        let is_value = dash.is_some()
            || match self.above {
                Some(_) => deeper,
                None => "[{\"'".contains(first) || self.is_last(),
            };
        match key_at(rest) {
            Some((key, colon)) => {
                self.enter(column, false);
                self.out.cells(key);
                self.out.cell((':', rest[colon].1));
                self.out.sign(' ', rest[colon].1);
                self.value(index, trim(&rest[colon + 1..]), column);
            }
            None if is_value => {
                let base = dash.or(self.above.map(|(base, _)| base)).unwrap_or(0);
                self.value(index, rest, base);
            }
            None => {
                self.stray(rest, at);
                self.end_line(index);
            }
        }
    }

    /// Returns the column in which a line belongs that is indented so far: one that stands between
    /// two levels, since blanks and tabs were mixed, can only be of the inner one.
    fn column(&mut self, indent: usize, is_dash: bool) -> usize {
        let mut inner = None;
        while self
            .levels
            .last()
            .is_some_and(|level| level.column > indent)
        {
            inner = self.levels.pop();
        }
        match (self.levels.last(), inner) {
            (Some(level), _) if level.column == indent => indent,
            (Some(level), Some(_)) if is_dash && level.is_dash => level.column,
            (_, Some(inner)) => inner.column,
            (_, None) => indent,
        }
    }

    fn enter(&mut self, column: usize, is_dash: bool) {
        if self
            .levels
            .last()
            .is_none_or(|level| level.column != column)
        {
            self.levels.push(Level { column, is_dash });
        }
    }

    /// Tells whether only blank lines follow.
    fn is_last(&self) -> bool {
        let mut rest = self.lines[self.next..].iter();
        rest.all(|line| trim(&line.cells).is_empty())
    }

    fn end_line(&mut self, index: usize) {
        let end = self.lines[index].end;
        self.out.push('\n', end..self.text.len().min(end + 1));
    }

    fn fault(&mut self, cause: Cause, at: usize) {
        self.faults.push(YamlError { cause, at });
    }

    /// Tells of a line that belongs to nothing; of several together, of the first.
    fn stray(&mut self, content: &[Cell], at: usize) {
        if !std::mem::replace(&mut self.in_stray, true) {
            let is_own = key_at(content).is_some() || dash_at(content).is_some();
            let cause = if is_own {
                Cause::Indented
            } else {
                Cause::NoKey
            };
            self.fault(cause, at);
        }
    }

    /// Writes the value of a key or dash in the column `base`, to the end of its lines.
    fn value(&mut self, index: usize, cells: &[Cell], base: usize) {
        self.in_stray = false;
        let is_empty = cells.is_empty() || is_comment(cells);
        self.above = Some((base, !is_empty));
        match cells.first().map(|cell| cell.0) {
            _ if is_empty => {}
            Some('|' | '>') if is_block_header(cells) => {
                self.out.cells(cells);
                return self.block(index, base);
            }
            Some('"' | '\'') => return self.quoted(index, cells, base),
            Some('[' | '{') => return self.flow(index, cells, base),
            Some('｛') if cells.last().is_some_and(|cell| cell.0 == '｝') => {
                let mut cells = cells.to_vec();
                cells[0].0 = '{';
                cells.last_mut().expect("it has a first").0 = '}';
                return self.flow(index, &cells, base);
            }
            _ => return self.words(index, cells, base),
        }
        self.end_line(index);
    }

    /// Writes words and the lines on which they go on.
    fn words(&mut self, index: usize, cells: &[Cell], base: usize) {
        let shown = without_comment(cells);
        let mut words = shown.to_vec();
        while shown.len() == cells.len() {
            let more = self.lines[self.next..].iter().map(Line::parts);
            let blank = more.clone().take_while(|(_, it)| it.is_empty()).count();
            let Some((indent, content)) = more.clone().nth(blank) else {
                break;
            };
            let is_own = content[0].0 == '#' || dash_at(content).is_some();
            if indent <= base || is_own || key_at(content).is_some() {
                break;
            }
            let last = words[words.len() - 1];
            if !is_wide(last.0) && !is_wide(content[0].0) {
                words.push((' ', last.1 + last.0.len_utf8()));
            }
            words.extend_from_slice(content);
            self.next += blank + 1;
        }
        self.out.words(&words, false);
        self.end_line(index);
    }

    /// Writes a block of lines below `|` or `>` as they are.
    fn block(&mut self, index: usize, base: usize) {
        self.end_line(index);
        while let Some(line) = self.lines.get(self.next) {
            let (indent, content) = line.parts();
            if !content.is_empty() && indent <= base {
                break;
            }
            // Full-width blanks behind others are the paragraph's.
            let is_own = |c: char| c.is_ascii_whitespace();
            let own = line.cells.iter().take_while(|cell| is_own(cell.0)).count();
            let own = if own > 0 {
                own
            } else {
                line.cells.len() - trim_start(&line.cells).len()
            };
            let (blanks, rest) = line.cells.split_at(own);
            for (c, at) in blanks {
                let width = if *c == ' ' { 1 } else { 2 };
                (0..width).for_each(|_| self.out.sign(' ', *at));
            }
            let rest = if content.is_empty() { &[][..] } else { rest };
            self.out.cells(rest);
            self.next += 1;
            self.end_line(self.next - 1);
        }
    }

    /// Writes a value that begins with a quote: in quotes, or words of which some are.
    fn quoted(&mut self, index: usize, cells: &[Cell], base: usize) {
        if let Some(close) = quoted_end(cells) {
            let rest = trim(&cells[close..]);
            if !rest.is_empty() && rest[0].0 != '#' {
                return self.words(index, cells, base);
            }
            if cells[0].0 == '"' && !escapes_are_known(&cells[..close]) {
                self.out.words(&cells[1..close - 1], false);
            } else {
                self.out.cells(&cells[..close]);
            }
            return self.end_line(index);
        }
        let mut whole = cells.to_vec();
        for more in self.next..self.lines.len() {
            let (indent, content) = self.lines[more].parts();
            if !content.is_empty() && (indent <= base || key_at(content).is_some()) {
                break;
            }
            whole.push(('\n', self.lines[more].start()));
            whole.extend((0..indent).map(|_| (' ', self.lines[more].start())));
            whole.extend_from_slice(content);
            if quoted_end(&whole).is_some_and(|close| trim(&whole[close..]).is_empty()) {
                self.out.cells(&whole);
                self.next = more + 1;
                return self.end_line(index);
            }
        }
        let line = self.mended(index, cells, cells[0].0);
        self.fault(Cause::Quote { line }, cells[0].1);
        self.end_line(index);
    }

    /// Writes a list or mapping in brackets; what only begins with one is words.
    fn flow(&mut self, index: usize, cells: &[Cell], base: usize) {
        let mark = self.out.mark();
        let mut whole = cells.to_vec();
        let mut written = Flow::write(&whole, &mut self.out);
        if written == Some(Err(flow::Open)) {
            for more in &self.lines[self.next..] {
                let (indent, content) = more.parts();
                let closes = content.first().is_none_or(|cell| "]}".contains(cell.0));
                if indent <= base && !closes {
                    break;
                }
                whole.push(('\n', more.start()));
                whole.extend_from_slice(content);
            }
            self.out.reset(mark);
            written = Flow::write(&whole, &mut self.out);
        }
        match written {
            Some(Ok(end)) => {
                let behind = whole[end..].iter().position(|cell| cell.0 == '\n');
                let behind = &whole[end..behind.map_or(whole.len(), |at| end + at)];
                let more = whole[..end].iter().filter(|cell| cell.0 == '\n').count();
                let behind = trim(behind);
                if behind.is_empty() || behind[0].0 == '#' {
                    self.next += more;
                    return self.end_line(index);
                }
                self.out.reset(mark);
                if more == 0 {
                    return self.words(index, cells, base);
                }
            }
            // Too deep for anyone to have written it: the parser says so.
            None => {
                self.out.reset(mark);
                self.out.cells(cells);
                return self.end_line(index);
            }
            Some(Err(flow::Open)) => self.out.reset(mark),
        }
        let close = if cells[0].0 == '[' { ']' } else { '}' };
        let line = self.mended(index, cells, close);
        let (open, quoted) = (cells[0].0, self.in_quotes(index, cells));
        let cause = Cause::Bracket {
            open,
            close,
            line,
            quoted,
        };
        self.fault(cause, cells[0].1);
        self.end_line(index);
    }

    /// Returns the line with `close` behind it, in the place of a sign that looks like it.
    fn mended(&self, index: usize, cells: &[Cell], close: char) -> String {
        let line = &self.text[self.lines[index].start()..self.lines[index].end];
        let shown = without_comment(cells);
        let end = shown.last().map_or(line.len(), |last| {
            last.1 + last.0.len_utf8() - self.lines[index].start()
        });
        let alike: &[char] = match close {
            '"' => &['”', '“', '＂'],
            '\'' => &['’', '‘', '＇'],
            ']' => &['］', '】', '}'],
            _ => &['｝', ']'],
        };
        let shown = line[..end].trim();
        format!("{}{close}", shown.strip_suffix(alike).unwrap_or(shown))
    }

    /// Returns the line with its value in quotes.
    fn in_quotes(&self, index: usize, cells: &[Cell]) -> String {
        let before = self.text[self.lines[index].start()..cells[0].1].trim();
        let value: String = without_comment(cells).iter().map(|cell| cell.0).collect();
        let quote = if value.contains('"') { '\'' } else { '"' };
        format!("{before} {quote}{value}{quote}")
    }
}
