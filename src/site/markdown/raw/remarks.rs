//! Remarks (`<!-- … -->`): notes of writers to each other, which never leave the site.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::super::marked::{Edit, Events, MarkedText};
use super::super::markup::aside;
use super::Settler;
use crate::diag::Code;

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// What a remark of its own meaning says: where the poster's part of a text begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PosterMark {
    /// `<!-- poster -->`.
    Start,
    /// `<!-- /poster -->`.
    End,
}

/// Reads a remark as a mark of the poster's part.
pub fn poster_mark(remark: &str) -> Option<PosterMark> {
    let inner = remark.trim().strip_prefix(OPEN)?.strip_suffix(CLOSE)?;
    match &*inner.trim().to_ascii_lowercase().replace('／', "/") {
        "poster" | "海报" => Some(PosterMark::Start),
        "/poster" | "/海报" => Some(PosterMark::End),
        _ => None,
    }
}

/// Returns the edits that take remarks away before words on the same line: to Markdown, whatever
/// follows a remark that begins a line is raw HTML and no text.
pub(in super::super) fn before_words(
    text: &str,
    marked: &MarkedText,
    events: &Events,
) -> Vec<Edit> {
    let begins = |(event, range): &(Event, Range<usize>)| match event {
        Event::Start(Tag::HtmlBlock) => {
            let start = marked.original(range.start);
            let end = marked.original(range.end);
            remarks_before_words(text.get(start..end)?).map(|end| Edit {
                range: start + leading(&text[start..])..start + end,
                with: String::new(),
            })
        }
        _ => None,
    };
    events.iter().filter_map(begins).collect()
}

/// Returns where the words begin that follow remarks on their last line.
fn remarks_before_words(html: &str) -> Option<usize> {
    let mut end = leading(html);
    loop {
        let close = html[end..].strip_prefix(OPEN)?.find(CLOSE)?;
        let length = OPEN.len() + close + CLOSE.len();
        if poster_mark(&html[end..end + length]).is_some() {
            return None;
        }
        end += length;
        let line = html[end..].lines().next().unwrap_or_default();
        let blank = leading(line);
        match line[blank..].chars().next() {
            None => return None,
            Some('<') if line[blank..].starts_with(OPEN) => end += blank,
            // An element goes on as raw HTML.
            Some('<') => return None,
            Some(_) => return Some(end + blank),
        }
    }
}

fn leading(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

impl Settler<'_> {
    /// Reports a remark that does not end, or that holds the beginning of another: its own end was
    /// forgotten, and it swallows what stands between. Marks of the poster's part count on lines of
    /// their own, outside lists and quotations; those are gone by now.
    pub(super) fn remark(&mut self, text: &str, at: &Range<usize>) {
        if poster_mark(text).is_some() {
            return self.report(Code::PosterMark, at, |d| d);
        }
        let Some((open, close)) = aside(text) else {
            return;
        };
        let ends = text.len() > open.len() && text.ends_with(close);
        if !ends || text[open.len()..].contains(open) {
            self.open_end(open, close, at);
        }
    }

    /// Reports what begins a remark and stands among the words that everybody reads: `<!--` without
    /// an end, and what an input method makes of it.
    pub(super) fn look_for_remarks(&mut self, range: &Range<usize>) {
        let source = self.source.clone();
        let words = source.text.get(range.clone()).unwrap_or_default();
        for (at, _) in words.match_indices(['<', '＜']) {
            if let Some(length) = begin_of_remark(&words[at..])
                && !source.text[..range.start + at].ends_with('\\')
            {
                let start = range.start + at;
                let open = &words[at..at + length];
                self.open_end(open, CLOSE, &(start..start + length));
            }
        }
    }

    pub(super) fn open_end(&mut self, open: &str, close: &str, at: &Range<usize>) {
        self.report(Code::RemarkOpen, at, |d| {
            d.with("open", open).with("close", close)
        });
    }
}

/// Returns the length of `<!--`, or of what was meant by it, where `words` begin with it.
fn begin_of_remark(words: &str) -> Option<usize> {
    let inner = words.strip_prefix(['<', '＜'])?;
    let dashes = inner.strip_prefix(['!', '！'])?;
    let dash = |c: char| matches!(c, '-' | '—' | '–' | '－');
    let rest = dashes.trim_start_matches(dash);
    (rest.len() < dashes.len()).then(|| words.len() - rest.len())
}
