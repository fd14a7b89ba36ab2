//! The lines of one paragraph.

use super::super::lines::{self, Start};
use super::super::mends::{Line, stop};
use super::super::tables;
use super::Walk;

/// What a sentence of a list ends with.
const ENDS: [char; 7] = ['。', '；', '！', '？', ';', '!', '?'];

/// What the lines of a paragraph before the next one have been.
#[derive(Debug, Default)]
struct SoFar {
    is_begun: bool,
    /// Whether one began with a number that became an item.
    has_numbers: bool,
    /// Whether one began with a number or sign that stays as it is typed.
    has_typed: bool,
    /// Whether the last ended a sentence.
    has_ended: bool,
}

impl Walk<'_> {
    /// Mends the lines of the paragraph that ends here.
    pub(super) fn end_leaf(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        self.is_line_begin = true;
        self.within = 0;
        if tables::mend(self.text, &lines, &mut self.mends) {
            return;
        }
        let mut so_far = SoFar::default();
        for line in &lines {
            if !line.is_within {
                self.line(line, &mut so_far);
            }
            let words = &self.text[line.range.clone()];
            so_far.has_typed |= lines::is_typed(words.trim_start_matches(lines::is_blank));
            so_far.has_ended = words.trim_end().ends_with(ENDS);
            so_far.is_begun = true;
        }
    }

    fn line(&mut self, line: &Line, so_far: &mut SoFar) {
        let is_first = !so_far.is_begun;
        let content = &self.text[line.range.clone()];
        let lead = lines::lead(content);
        let words = &content[lead..];
        let start = line.range.start;
        let found = lines::start(words);
        let with = match found {
            None => return self.plain(line, lead, so_far),
            Some(Start::Heading { level, .. }) => format!("{} ", "#".repeat(level)),
            Some(Start::Rule) => {
                self.mends.replace(start..line.range.end, "***");
                return;
            }
            Some(Start::Task { .. }) if line.has_box => return,
            Some(Start::Task { is_done, .. }) => {
                let sign =
                    if words.starts_with(['-', '*', '+']) || !self.begins_item(start, is_first) {
                        "- "
                    } else {
                        ""
                    };
                format!("{sign}[{}] ", if is_done { 'x' } else { ' ' })
            }
            Some(Start::Bullet { .. }) => "- ".to_owned(),
            Some(Start::Ordered {
                number, is_proper, ..
            }) => {
                let stays = is_first && is_proper;
                let continues =
                    is_first || number == 1 || so_far.has_numbers || self.continues_list(start);
                so_far.has_numbers = true;
                if stays || (is_proper && continues) {
                    if lead > 0 {
                        self.mends.replace(start..start + lead, "");
                    }
                    return;
                }
                let stop = if continues {
                    String::new()
                } else {
                    self.stop_at(start)
                };
                format!("{stop}{number}. ")
            }
        };
        let length = match found {
            Some(
                Start::Heading { length, .. }
                | Start::Ordered { length, .. }
                | Start::Bullet { length }
                | Start::Task { length, .. },
            ) => length,
            _ => 0,
        };
        self.mends.replace(start..start + lead + length, with);
        if let Some(Start::Heading { .. }) = found {
            self.close_heading(&words[length..], line.range.end);
        }
    }

    /// Tells whether the words at `at` are the first of an item.
    fn begins_item(&self, at: usize, is_first: bool) -> bool {
        let (marks, _) = self.before(at);
        is_first && !self.items.is_empty() && marks.ends_with(['-', '*', '+', '.', ')'])
    }

    /// Tells whether a number at `at` goes on with the list around it: it stands no deeper.
    fn continues_list(&self, at: usize) -> bool {
        self.items.last() == Some(&true) && self.before(at).1.len() < 2
    }

    /// Ends the closing marks of a heading with a blank before them: `##注意##`.
    fn close_heading(&mut self, words: &str, end: usize) {
        let inner = words.trim_end().trim_end_matches(['#', '＃']);
        let closes = words.trim_end().len() - inner.len();
        if closes > 1 && !inner.ends_with(' ') {
            let from = end - (words.len() - inner.len());
            self.mends.replace(from..end, " ##");
        }
    }

    /// Takes blanks of any width away from the beginning of a line. A paragraph begins there where
    /// they are an indent, and where the line stands outside a list whose last line has ended.
    fn plain(&mut self, line: &Line, lead: usize, so_far: &SoFar) {
        let start = line.range.start;
        let (marks, blanks) = self.before(start);
        let columns: usize = blanks.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
        let is_outside = self.items.is_empty();
        let is_typed = lines::is_typed(&self.text[start + lead..line.range.end]);
        let is_at_edge = columns < 2;
        let begins = match is_typed {
            // A typed number at the edge is no part of the item above it.
            true => !is_outside && is_at_edge,
            false => {
                let has_list = so_far.has_typed || so_far.has_numbers || !is_outside;
                lead > 0
                    || (columns >= 4 && is_outside)
                    || (has_list && so_far.has_ended && is_at_edge)
            }
        };
        if !so_far.is_begun || !begins {
            if lead > 0 {
                self.mends.replace(start..start + lead, "");
            }
            return;
        }
        let kept = if is_outside { "" } else { blanks };
        let from = start - (blanks.len() - kept.len());
        let stop = stop(self.mark);
        self.mends
            .replace(from..start + lead, format!("{stop}\n{marks}{kept}"));
    }

    /// Returns what ends the paragraph before the line that begins at `at`.
    pub(super) fn stop_at(&self, at: usize) -> String {
        let (marks, blanks) = self.before(at);
        format!("{}\n{marks}{blanks}", stop(self.mark))
    }
}
