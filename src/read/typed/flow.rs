//! Lists and mappings in brackets, as people type them: `{ 时间：8:30，地点：广场 #3楼前 }`.

use super::Out;
use super::cells::{Cell, is_blank, is_comment, key_at, quoted_end, trim};

/// How deep brackets may lie in each other.
const DEPTH: usize = 40;

/// The last bracket is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Open;

/// Why writing stopped.
enum Stop {
    Open,
    TooDeep,
}

/// Writes a list or mapping.
pub(super) struct Flow<'a> {
    cells: &'a [Cell],
    at: usize,
    out: &'a mut Out,
    depth: usize,
}

impl<'a> Flow<'a> {
    /// Writes the list or mapping with which `cells` begin, and returns where it ends; `None`
    /// where brackets lie too deep in each other.
    pub(super) fn write(cells: &'a [Cell], out: &'a mut Out) -> Option<Result<usize, Open>> {
        let mut flow = Self {
            cells,
            at: 0,
            out,
            depth: 0,
        };
        match flow.collection() {
            Ok(()) => Some(Ok(flow.at)),
            Err(Stop::Open) => Some(Err(Open)),
            Err(Stop::TooDeep) => None,
        }
    }

    fn peek(&self) -> Option<char> {
        self.cells.get(self.at).map(|cell| cell.0)
    }

    /// Writes the next character; the end of a line as a blank.
    fn copy(&mut self) {
        match self.cells[self.at] {
            ('\n', at) => self.out.sign(' ', at),
            cell => self.out.cell(cell),
        }
        self.at += 1;
    }

    fn collection(&mut self) -> Result<(), Stop> {
        if self.depth == DEPTH {
            return Err(Stop::TooDeep);
        }
        self.depth += 1;
        let is_map = self.peek() == Some('{');
        let close = if is_map { '}' } else { ']' };
        self.copy();
        loop {
            self.blanks();
            match self.peek().ok_or(Stop::Open)? {
                c if c == close => {
                    self.copy();
                    self.depth -= 1;
                    return Ok(());
                }
                ',' => self.copy(),
                _ if is_map && self.is_separator() => {
                    self.out.sign(',', self.cells[self.at].1);
                    self.out.cell((' ', self.cells[self.at].1));
                    self.at += 1;
                }
                _ if is_map => self.pair()?,
                _ => self.value(close)?,
            }
        }
    }

    /// Writes blanks and line ends, and leaves out remarks.
    fn blanks(&mut self) {
        while let Some(c) = self.peek() {
            let begins_line = |cell: Option<&Cell>| cell.is_none_or(|cell| cell.0 == '\n');
            let before = &self.cells[..self.at];
            let blank = before
                .iter()
                .rev()
                .take_while(|cell| is_blank(cell.0))
                .count();
            let is_remark = c == '#' && begins_line(before.iter().rev().nth(blank));
            match c {
                _ if c == '\n' || is_blank(c) => {
                    self.out.sign(' ', self.cells[self.at].1);
                    self.at += 1;
                }
                _ if is_remark || self.is_remark() => self.skip_line(),
                _ => return,
            }
        }
    }

    /// Tells whether a remark begins here, with no bracket behind it that closes something.
    fn is_remark(&self) -> bool {
        let rest = &self.cells[self.at..];
        let line = rest.iter().take_while(|cell| cell.0 != '\n');
        let after_blank = self.at > 0 && is_blank(self.cells[self.at - 1].0);
        is_comment(rest) && after_blank && line.clone().all(|cell| !"]}".contains(cell.0))
    }

    fn skip_line(&mut self) {
        while self.peek().is_some_and(|c| c != '\n') {
            self.at += 1;
        }
    }

    /// Tells whether a Chinese comma stands here with the next key behind it.
    fn is_separator(&self) -> bool {
        let is_comma = self.peek().is_some_and(|c| "，、；;".contains(c));
        let rest = &self.cells[self.at.min(self.cells.len())..];
        let line = rest.split(|cell| cell.0 == '\n').next().unwrap_or_default();
        is_comma && key_at(trim(&line[1..])).is_some()
    }

    fn pair(&mut self) -> Result<(), Stop> {
        let rest = &self.cells[self.at..];
        let line = rest.split(|cell| cell.0 == '\n').next().unwrap_or_default();
        let Some((key, colon)) = key_at(line).or_else(|| any_key(line)) else {
            return self.value('}');
        };
        self.out.cells(key);
        self.out.cell((':', line[colon].1));
        self.out.sign(' ', line[colon].1);
        self.at += colon + 1;
        self.blanks();
        match self.peek().ok_or(Stop::Open)? {
            ',' | '}' => Ok(()),
            _ => self.value('}'),
        }
    }

    /// Writes a value up to a comma or to `close`.
    fn value(&mut self, close: char) -> Result<(), Stop> {
        let (start, mark) = (self.at, self.out.mark());
        match self.peek() {
            Some('[' | '{') => {
                self.collection()?;
                if self.is_done(close) {
                    return Ok(());
                }
            }
            Some('"' | '\'') => {
                let end = quoted_end(&self.cells[self.at..]).ok_or(Stop::Open)?;
                (0..end).for_each(|_| self.copy());
                if self.is_done(close) {
                    return Ok(());
                }
            }
            _ => {}
        }
        self.at = start;
        self.out.reset(mark);
        self.words(close);
        Ok(())
    }

    /// Tells whether nothing of a value follows.
    fn is_done(&self, close: char) -> bool {
        let rest = &self.cells[self.at..];
        let next = rest.iter().position(|cell| !is_blank(cell.0));
        let Some(next) = next.map(|at| self.at + at) else {
            return true;
        };
        let here = Flow {
            cells: self.cells,
            at: next,
            out: &mut Out::default(),
            depth: 0,
        };
        let c = self.cells[next].0;
        matches!(c, ',' | '\n') || c == close || here.is_separator() || here.is_remark()
    }

    fn words(&mut self, close: char) {
        let open = if close == '}' { '{' } else { '[' };
        let start = self.at;
        let mut nested = 0_usize;
        while let Some(c) = self.peek() {
            let ends = nested == 0 && (c == ',' || c == close);
            let separates = nested == 0 && close == '}' && self.is_separator();
            if ends || separates || self.is_remark() {
                break;
            }
            nested += usize::from(c == open);
            nested -= usize::from(c == close);
            self.at += 1;
        }
        let words = &self.cells[start..self.at];
        let line = |cell: &Cell| if cell.0 == '\n' { (' ', cell.1) } else { *cell };
        let words: Vec<Cell> = words.iter().map(line).collect();
        self.out.words(trim(&words), true);
    }
}

/// Returns a key of any characters, with a colon and a blank behind it.
fn any_key(cells: &[Cell]) -> Option<(&[Cell], usize)> {
    let colon = (0..cells.len())
        .find(|at| cells[*at].0 == ':' && cells.get(at + 1).is_none_or(|next| is_blank(next.0)))?;
    let key = trim(&cells[..colon]);
    let usable = !key.is_empty() && key.iter().all(|cell| !"[]{},\"'#".contains(cell.0));
    usable.then_some((key, colon))
}
