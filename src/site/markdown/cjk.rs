//! Emphasis beside Chinese: the rules of the markdown-cjk-friendly specification.
//!
//! CommonMark was written for languages with spaces: in `**注意：**请` the closing asterisks stand
//! between punctuation and a letter, and so close nothing. The amended rules let a run of `*`
//! open and close wherever it touches a Chinese, Japanese or Korean character and no space. The
//! parser does not know them yet; [`mend`] gives each such run a mark on both sides that counts
//! as a letter, which comes to the same. All else keeps to CommonMark.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::marked::{Edit, MarkedText, Marks};

/// Tells whether `c` is a Chinese, Japanese or Korean character, punctuation included.
///
/// East Asian Width wide, full or half, without emoji, and all Hangul; Unicode 17. Unassigned
/// places within these blocks count too.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x11FF | 0x20A9 | 0x2329..=0x232A | 0x2630..=0x2637 | 0x268A..=0x268F
        | 0x2E80..=0x2E99 | 0x2E9B..=0x2EF3 | 0x2F00..=0x2FD5 | 0x2FF0..=0x303E
        | 0x3041..=0x3096 | 0x3099..=0x30FF | 0x3105..=0x312F | 0x3131..=0x318E
        | 0x3190..=0x31E5 | 0x31EF..=0x321E | 0x3220..=0x3247 | 0x3250..=0xA48C
        | 0xA490..=0xA4C6 | 0xA960..=0xA97C | 0xAC00..=0xD7A3 | 0xD7B0..=0xD7C6
        | 0xD7CB..=0xD7FB | 0xF900..=0xFAFF | 0xFE10..=0xFE19 | 0xFE30..=0xFE52
        | 0xFE54..=0xFE66 | 0xFE68..=0xFE6B | 0xFF01..=0xFFBE | 0xFFC2..=0xFFC7
        | 0xFFCA..=0xFFCF | 0xFFD2..=0xFFD7 | 0xFFDA..=0xFFDC | 0xFFE0..=0xFFE6
        | 0xFFE8..=0xFFEE | 0x16FE0..=0x16FE4 | 0x16FF0..=0x16FF6 | 0x17000..=0x18CD5
        | 0x18CFF..=0x18D1E | 0x18D80..=0x18DF2 | 0x1AFF0..=0x1AFF3 | 0x1AFF5..=0x1AFFB
        | 0x1AFFD..=0x1AFFE | 0x1B000..=0x1B122 | 0x1B132 | 0x1B150..=0x1B152 | 0x1B155
        | 0x1B164..=0x1B167 | 0x1B170..=0x1B2FB | 0x1D300..=0x1D356 | 0x1D360..=0x1D376
        | 0x1F200 | 0x1F202 | 0x1F210..=0x1F219 | 0x1F21B..=0x1F22E | 0x1F230..=0x1F231
        | 0x1F237 | 0x1F23B | 0x1F240..=0x1F248 | 0x1F260..=0x1F265 | 0x20000..=0x3FFFD)
}

/// Tells whether a line end beside `c` needs no space: Chinese or Japanese, but not Korean,
/// which is written with spaces.
pub(super) fn joins_lines(c: char) -> bool {
    is_cjk(c)
        && !matches!(u32::from(c),
            0x1100..=0x11FF | 0x20A9 | 0x3131..=0x318E | 0xA960..=0xA97C | 0xAC00..=0xD7FB
            | 0xFFA0..=0xFFDC | 0xFFE6)
}

/// Tells whether `c` is punctuation that Chinese shares with other scripts: quotes, dash, dots.
pub(super) fn is_shared_punctuation(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

fn is_punctuation(c: char) -> bool {
    matches!(
        c.general_category_group(),
        GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol
    )
}

/// Tells whether `c` chooses among the forms of the Chinese character before it.
fn is_ideographic_selector(c: char) -> bool {
    matches!(c, '\u{E0100}'..='\u{E01EF}')
}

/// Tells whether `c` chooses among the forms of the character before it, emoji aside.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0E}')
}

/// Returns the insertions that make emphasis work beside Chinese.
///
/// `events` are those of `marked`, a copy of `original`; the edits count in `original`.
pub(super) fn mend(
    original: &str,
    marked: &MarkedText,
    events: &[(Event, Range<usize>)],
    marks: Marks,
) -> Vec<Edit> {
    let has_delimiter = |text: &str| text.bytes().any(|byte| matches!(byte, b'*' | b'_' | b'~'));
    if original.is_ascii() || !has_delimiter(original) {
        return Vec::new();
    }
    let mut scan = Scan::default();
    for (event, range) in events {
        scan.event(&marked.text, event, range);
    }
    scan.end_stretch(true);
    let mut edits = Vec::new();
    for run in scan.runs() {
        let run = Run {
            bytes: marked.original_range(&run.bytes),
            ..run
        };
        let (before, after) = run.marks(original, marks);
        let mut insert = |at: usize, mark: Option<char>| {
            edits.extend(mark.map(|mark| Edit {
                range: at..at,
                with: mark.into(),
            }));
        };
        insert(run.bytes.start, before);
        insert(run.bytes.end, after);
    }
    edits
}

/// A run of `*`, `_` or `~` that may open or close emphasis.
#[derive(Debug, Clone)]
struct Run {
    bytes: Range<usize>,
    /// Whether a line or a cell begins with it.
    is_first: bool,
    /// Whether a line or a cell ends with it.
    is_last: bool,
}

impl Run {
    /// Returns the marks to put before and after the run.
    fn marks(&self, text: &str, marks: Marks) -> (Option<char>, Option<char>) {
        const NONE: (Option<char>, Option<char>) = (None, None);
        let mut back = text[..self.bytes.start].chars().rev();
        let mut ahead = text[self.bytes.end..].chars();
        let before = back.next().filter(|_| !self.is_first).unwrap_or('\n');
        let after = ahead.next().filter(|_| !self.is_last).unwrap_or('\n');
        if before.is_whitespace() || after.is_whitespace() {
            return NONE;
        }
        let delimiter = &text[self.bytes.clone()];
        // What a selector belongs to counts, not the selector.
        let base = if is_selector(before) {
            back.next().unwrap_or('\n')
        } else {
            before
        };
        if delimiter.starts_with('_') {
            let selected_punctuation = base != before && is_punctuation(base);
            return (selected_punctuation.then_some(marks.punctuation), None);
        }
        if delimiter == "~" {
            // One tilde is a range such as 3~5 rather than a line through words.
            return NONE;
        }
        let is_full_width_quote = before == '\u{FE01}' && matches!(base, '“' | '”' | '‘' | '’');
        let beside_cjk =
            is_cjk(base) || is_full_width_quote || is_ideographic_selector(before) || is_cjk(after);
        if beside_cjk && (is_punctuation(before) || is_punctuation(after)) {
            return (Some(marks.letter), Some(marks.letter));
        }
        if !beside_cjk && base != before && is_punctuation(base) {
            return (Some(marks.punctuation), None);
        }
        NONE
    }
}

/// Finds the runs in a stream of events.
#[derive(Default)]
struct Scan {
    /// Single delimiter characters in the order of the text, with their stretch.
    delimiters: Vec<(usize, u8, usize)>,
    /// Each unbroken stretch of a line or a cell, and whether its end counts as white space.
    stretches: Vec<(Range<usize>, bool)>,
    open: Option<Range<usize>>,
    /// Where the last event ended, to tell escaped characters.
    covered: usize,
    /// How many blocks of code or HTML, or links that show their address, are open.
    verbatim: usize,
}

impl Scan {
    fn event(&mut self, text: &str, event: &Event, range: &Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                self.end_stretch(true);
                self.verbatim += 1;
            }
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => self.verbatim -= 1,
            Event::Start(Tag::Link { link_type, .. }) => {
                self.extend(range.start..range.start);
                let shows_address = matches!(link_type, LinkType::Autolink | LinkType::Email);
                self.verbatim += usize::from(shows_address || self.verbatim > 0);
            }
            Event::End(TagEnd::Link) => {
                self.extend(range.end..range.end);
                self.verbatim = self.verbatim.saturating_sub(1);
            }
            Event::Start(Tag::Image { .. }) => self.extend(range.start..range.start),
            Event::End(TagEnd::Image) => self.extend(range.end..range.end),
            Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => {
                self.emphasis(text, event, range, 1);
            }
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => {
                self.emphasis(text, event, range, 2);
            }
            Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) => {
                let width = 1 + usize::from(text[range.clone()].starts_with("~~"));
                self.emphasis(text, event, range, width);
            }
            Event::Start(_) | Event::End(_) | Event::SoftBreak => self.end_stretch(true),
            Event::HardBreak => self.end_stretch(false),
            Event::Text(words) if self.verbatim == 0 => self.text(text, words, range),
            _ => self.extend(range.clone()),
        }
    }

    /// Notes the delimiters at one end of an emphasis.
    fn emphasis(&mut self, text: &str, event: &Event, range: &Range<usize>, width: usize) {
        let bytes = match event {
            Event::Start(_) => range.start..range.start + width,
            _ => range.end - width..range.end,
        };
        self.extend(bytes.clone());
        self.note(text, bytes);
    }

    /// Notes the delimiters that a piece of text shows as they are.
    fn text(&mut self, text: &str, words: &CowStr, range: &Range<usize>) {
        // The backslash of an escape belongs to no event.
        let is_escaped = range.start > self.covered && text.as_bytes()[range.start - 1] == b'\\';
        self.extend(range.clone());
        if text[range.clone()] != **words {
            return; // an entity such as `&#42;`
        }
        self.note(text, range.start + usize::from(is_escaped)..range.end);
    }

    fn note(&mut self, text: &str, bytes: Range<usize>) {
        let stretch = self.stretches.len();
        for at in bytes {
            let byte = text.as_bytes()[at];
            if matches!(byte, b'*' | b'_' | b'~') {
                self.delimiters.push((at, byte, stretch));
            }
        }
    }

    fn extend(&mut self, range: Range<usize>) {
        self.covered = self.covered.max(range.end);
        match &mut self.open {
            Some(open) => open.end = open.end.max(range.end),
            None => self.open = Some(range),
        }
    }

    fn end_stretch(&mut self, ends_in_space: bool) {
        if let Some(open) = self.open.take() {
            self.stretches.push((open, ends_in_space));
        }
    }

    /// Returns the runs: neighbours of one kind and one stretch.
    fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<(Run, u8, usize)> = Vec::new();
        for &(at, byte, stretch) in &self.delimiters {
            let (bytes, ends_in_space) = &self.stretches[stretch];
            match runs.last_mut() {
                Some((run, kind, of)) if run.bytes.end == at && (*kind, *of) == (byte, stretch) => {
                    run.bytes.end = at + 1;
                    run.is_last = at + 1 == bytes.end && *ends_in_space;
                }
                _ => {
                    let run = Run {
                        bytes: at..at + 1,
                        is_first: at == bytes.start,
                        is_last: at + 1 == bytes.end && *ends_in_space,
                    };
                    runs.push((run, byte, stretch));
                }
            }
        }
        runs.into_iter().map(|(run, ..)| run).collect()
    }
}

#[cfg(test)]
mod tests {
    use comrak::Options;
    use proptest::prelude::*;

    use super::super::dump::{inlines, parsed};
    use super::super::{Block, BlockKind};
    use super::*;

    /// Parses one paragraph and writes its inlines.
    fn line(text: &str) -> String {
        let (document, _) = parsed(text);
        match &document.blocks[..] {
            [
                Block {
                    kind: BlockKind::Paragraph { inlines: words },
                    ..
                },
            ] => inlines(words),
            other => format!("{other:?}"),
        }
    }

    /// What comrak makes of a paragraph, written alike.
    fn judged(text: &str) -> String {
        let mut options = Options::default();
        options.extension.strikethrough = true;
        options.extension.cjk_friendly_emphasis = true;
        let html = comrak::markdown_to_html(text, &options);
        let html = html
            .trim()
            .trim_start_matches("<p>")
            .trim_end_matches("</p>");
        html.replace("<a href=\"u\">", "<a u \"\">")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
    }

    #[test]
    fn bold_ends_after_chinese_punctuation() {
        assert_eq!(line("**注意：**请"), "<strong>注意：</strong>请");
        assert_eq!(line("请看**《…》**一书"), "请看<strong>《…》</strong>一书");
        assert_eq!(line("**「重点」**内容"), "<strong>「重点」</strong>内容");
    }

    fn text() -> impl Strategy<Value = String> {
        let token = prop::sample::select(vec![
            "*",
            "**",
            "***",
            "_",
            "__",
            "~~",
            "中",
            "文",
            "。",
            "：",
            "「",
            "」",
            "《",
            "》",
            "(",
            ")",
            ".",
            "a",
            "b",
            " ",
            "“",
            "”",
            "\u{FE01}",
            "\u{E0100}",
            "한",
            "\\",
            "`",
            "[",
            "](u)",
        ]);
        prop::collection::vec(token, 1..16).prop_map(|tokens| format!("x{}x", tokens.concat()))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn emphasis_agrees_with_comrak(text in text()) {
            prop_assert_eq!(line(&text), judged(&text));
        }
    }
}
