//! Mends what writers type a little otherwise than Markdown's grammar has it, in the copy that the
//! parser reads: `##注意`, `1.甲`, `-空桶`, a paragraph begun with blanks, a rule right below a
//! sentence.
//!
//! The events of a first reading tell where lines begin, what holds them and what is code; each
//! mend is an edit. One may bring to light what wants another (`    ##注意`), so the text is read
//! until nothing is left to mend.

mod paragraph;
#[cfg(test)]
mod tests;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::lines;
use super::marked::Events;
use super::mends::{Line, Mends, stop};
use super::{links, tables};

/// How often a text is read at most for the sake of mends.
pub(super) const ROUNDS: usize = 5;

/// The most characters of a term that is explained.
const LONGEST_TERM: usize = 24;

/// Returns the mends of `text`, whose events are `events`.
pub(super) fn mend(text: &str, events: &Events, mark: char) -> Mends {
    let mut walk = Walk::new(text, mark);
    for (event, range) in events {
        walk.event(event, range);
    }
    walk.end_leaf();
    let Walk {
        mut mends,
        verbatim,
        ..
    } = walk;
    links::mend(text, &verbatim, &mut mends);
    mends
}

struct Walk<'a> {
    text: &'a str,
    mark: char,
    mends: Mends,
    /// Code, HTML and links, in order.
    verbatim: Vec<Range<usize>>,
    /// The lists and items around, each with whether it is numbered.
    items: Vec<bool>,
    lists: Vec<bool>,
    /// The lines of the paragraph that is open.
    lines: Vec<Line>,
    is_line_begin: bool,
    has_box: bool,
    /// How many inlines that hold others are open.
    within: usize,
    /// How many headings, cells, blocks of code or HTML are open: their lines are no paragraph's.
    apart: usize,
    /// The columns of the table that is open.
    columns: usize,
    /// The widest row of the table that is open.
    widest: usize,
    head: Range<usize>,
    /// The bytes of the last term that may be explained.
    term: Range<usize>,
    /// The last line of a block of indented code.
    indented: Option<Range<usize>>,
    is_indented: bool,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str, mark: char) -> Self {
        Self {
            text,
            mark,
            mends: Mends::default(),
            verbatim: Vec::new(),
            items: Vec::new(),
            lists: Vec::new(),
            lines: Vec::new(),
            is_line_begin: true,
            has_box: false,
            within: 0,
            apart: 0,
            columns: 0,
            widest: 0,
            head: 0..0,
            term: 0..0,
            indented: None,
            is_indented: false,
        }
    }

    fn event(&mut self, event: &Event, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            Event::SoftBreak | Event::HardBreak => self.is_line_begin = true,
            Event::Text(_) if self.is_indented => self.dedent(range),
            Event::Text(_) | Event::FootnoteReference(_) => self.inline(range),
            Event::Code(_) | Event::InlineHtml(_) => {
                self.inline(range);
                self.verbatim.push(range.clone());
            }
            Event::TaskListMarker(_) => self.has_box = true,
            Event::Rule => self.end_leaf(),
            _ => {}
        }
    }

    /// Notes an inline, with which a line may begin.
    fn inline(&mut self, range: &Range<usize>) {
        if self.apart > 0 || !std::mem::take(&mut self.is_line_begin) {
            return;
        }
        let end = self.line_end(range.start);
        self.lines.push(Line {
            range: range.start..end,
            is_within: self.within > 0,
            has_box: std::mem::take(&mut self.has_box),
        });
    }

    fn start(&mut self, tag: &Tag, range: &Range<usize>) {
        match tag {
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::Image { .. } => {
                self.inline(range);
                self.within += 1;
                if matches!(tag, Tag::Link { .. } | Tag::Image { .. }) {
                    self.verbatim.push(range.clone());
                }
                return;
            }
            _ => self.end_leaf(),
        }
        match tag {
            Tag::Heading { .. } => {
                self.apart += 1;
                self.underline(range);
            }
            Tag::CodeBlock(kind) => {
                self.apart += 1;
                self.verbatim.push(range.clone());
                match kind {
                    CodeBlockKind::Indented => self.is_indented = true,
                    CodeBlockKind::Fenced(_) => self.fenced(range),
                }
            }
            Tag::HtmlBlock => {
                self.apart += 1;
                self.verbatim.push(range.clone());
                self.breaks(range);
            }
            Tag::TableCell => self.apart += 1,
            Tag::DefinitionListTitle => {
                self.apart += 1;
                self.term = range.clone();
            }
            Tag::DefinitionListDefinition => self.definition(range),
            Tag::List(start) => self.lists.push(start.is_some()),
            Tag::Item => {
                let is_ordered = self.lists.last().copied().unwrap_or(false);
                self.items.push(is_ordered);
            }
            Tag::Table(alignments) => {
                self.columns = alignments.len();
                self.widest = 0;
            }
            Tag::TableHead => self.head = range.clone(),
            Tag::TableRow => self.row(range),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image => {
                self.within = self.within.saturating_sub(1);
                return;
            }
            _ => self.end_leaf(),
        }
        match tag {
            TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::TableCell
            | TagEnd::DefinitionListTitle => {
                self.apart = self.apart.saturating_sub(1);
                self.is_indented = false;
                self.indented = None;
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Item => {
                self.items.pop();
                self.has_box = false;
            }
            TagEnd::Table => {
                let more = self.widest.saturating_sub(self.columns);
                tables::widen(self.text, self.head.start, more, &mut self.mends);
            }
            _ => {}
        }
    }

    fn line_end(&self, at: usize) -> usize {
        self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |end| at + end)
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |start| start + 1)
    }

    /// Returns what stands before a line: quotation and list marks, then blanks.
    fn before(&self, at: usize) -> (&'a str, &'a str) {
        let before = &self.text[self.line_start(at)..at];
        let marks = before.trim_end_matches([' ', '\t']);
        before.split_at(marks.len())
    }

    /// Makes a rule of the line that would make a heading of the sentence above it.
    fn underline(&mut self, range: &Range<usize>) {
        if self.text[range.start..].trim_start().starts_with('#') {
            return;
        }
        let lines = self.text[range.start..].split_inclusive('\n');
        let mut at = range.start;
        for line in lines {
            let content = line.trim_start_matches([' ', '\t', '>']).trim_end();
            let start = at + line.len() - line.trim_start_matches([' ', '\t', '>']).len();
            let is_line = |c| content.chars().all(|it| it == c);
            if at > range.start && !content.is_empty() && (is_line('-') || is_line('=')) {
                let end = start + content.len();
                match content.len() {
                    1 | 2 => self.mends.replace(start..start, self.mark),
                    _ => self.mends.replace(start..end, "***"),
                }
                return;
            }
            at += line.len();
            if at > range.end + 1 {
                return;
            }
        }
    }

    /// Makes a rule of a line of `~~~~` that ends nowhere; other code that never ends is told.
    fn fenced(&mut self, range: &Range<usize>) {
        let code = self.text[range.clone()].trim_end();
        let fence = |line: &str| {
            line.trim_start_matches([' ', '\t', '>'])
                .trim_end()
                .to_owned()
        };
        let first = code.lines().next().map(fence).unwrap_or_default();
        let Some(sign) = first.chars().next() else {
            return;
        };
        let length = first.chars().take_while(|c| *c == sign).count();
        let closes = |line: String| line.len() >= length && line.chars().all(|c| c == sign);
        if code.lines().skip(1).last().map(fence).is_some_and(closes) {
            return;
        }
        let line = range.start..range.start + first.len();
        if sign == '~' && length == first.len() {
            self.mends.replace(line, "***");
        } else {
            self.mends.open_code.push(line);
        }
    }

    /// Takes line breaks away that HTML begins with: what follows them is Markdown.
    fn breaks(&mut self, range: &Range<usize>) {
        let html = &self.text[range.clone()];
        let mut rest = html.trim_start();
        while let Some(inner) = rest.strip_prefix('<') {
            let name = inner.trim_start_matches('/');
            let is_break = name
                .get(..2)
                .is_some_and(|it| it.eq_ignore_ascii_case("br"))
                && name[2..].starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '>'));
            match inner.find('>').filter(|_| is_break) {
                Some(end) => rest = inner[end + 1..].trim_start_matches(lines::is_blank),
                None => return,
            }
            if rest.starts_with('\n') || rest.is_empty() {
                let start = range.start + html.len() - html.trim_start().len();
                let end = range.end - rest.len();
                return self.mends.replace(start..end, stop(self.mark));
            }
        }
    }

    /// Makes a paragraph of an indented line: nobody writes code by indenting.
    fn dedent(&mut self, range: &Range<usize>) {
        let line = &self.text[range.clone()];
        let words = line.trim_start_matches(lines::is_blank);
        let before = self.indented.replace(range.clone());
        if words.trim().is_empty() {
            self.indented = None;
            return;
        }
        let (marks, blanks) = self.before(range.start);
        let mut kept = blanks.len();
        let mut columns = 0;
        while kept > 0 && (columns < 4 || self.items.is_empty()) {
            kept -= 1;
            columns += if blanks.as_bytes()[kept] == b'\t' {
                4
            } else {
                1
            };
        }
        let from = range.start - (blanks.len() - kept);
        let to = range.end - words.len();
        let begins = lines::is_typed(words) || lines::start(words).is_some();
        let with = match before {
            Some(_) if !begins => format!("{}\n{marks}{}", stop(self.mark), &blanks[..kept]),
            _ => String::new(),
        };
        self.mends.replace(from..to.max(from), with);
    }

    /// Keeps a line that begins with a colon from explaining what stands above it, unless it is of
    /// the form `: 解释` below a term.
    fn definition(&mut self, range: &Range<usize>) {
        let line = &self.text[range.start..];
        let at = range.start + line.len() - line.trim_start_matches([' ', '\t']).len();
        let Some(behind) = self.text[at..].strip_prefix(':') else {
            return;
        };
        let term = self.text[self.term.clone()].trim();
        let is_term = !term.contains('\n')
            && term.chars().count() <= LONGEST_TERM
            && !term.ends_with(['。', '！', '？', '；', '：', ':', '，', '、']);
        if !(behind.starts_with([' ', '\t']) && is_term) {
            self.mends.replace(at..at, self.mark);
        }
    }

    fn row(&mut self, range: &Range<usize>) {
        let line = range.start..self.line_end(range.start);
        let cells = tables::cells(&self.text[line.clone()]);
        if cells == 0 {
            let stop = self.stop_at(range.start);
            return self.mends.replace(range.start..range.start, stop);
        }
        if cells > self.columns {
            self.widest = self.widest.max(cells);
            self.mends.wide_rows.push((line, cells, self.columns));
        }
    }
}
