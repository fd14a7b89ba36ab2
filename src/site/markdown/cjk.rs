//! Emphasis beside Chinese: the rules of the markdown-cjk-friendly specification.
//!
//! CommonMark was written for languages with spaces: in `**注意：**请` the closing asterisks stand
//! between punctuation and a letter, and so close nothing. The amended rules let a run of `*`
//! open and close wherever it touches a Chinese, Japanese or Korean character and no space. The
//! parser does not know them yet. Punctuation on both sides of a run comes to the same by the old
//! rules, so [`mend`] puts a mark that counts as punctuation on the side that has none. All else
//! keeps to CommonMark.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::marked::Edit;
pub(super) use super::script::{is_cjk, is_shared_punctuation, joins_lines};
use super::stars;

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

/// Returns the insertions that make emphasis work beside Chinese, and those that keep what is no
/// emphasis as it is typed. `events` are those of `text`.
pub(super) fn mend(text: &str, events: &[(Event, Range<usize>)], mark: char) -> Vec<Edit> {
    if !text.bytes().any(|byte| matches!(byte, b'*' | b'_' | b'~')) {
        return Vec::new();
    }
    let mut scan = Scan::default();
    for (event, range) in events {
        scan.event(text, event, range);
    }
    scan.end_stretch(true);
    let insert = |at: usize, with: String| Edit {
        range: at..at,
        with,
    };
    let mut edits = Vec::new();
    for run in scan.runs() {
        if stars::is_literal(text, &run.bytes) {
            edits.extend(run.bytes.map(|at| insert(at, "\\".to_owned())));
        } else if let Some(at) = run.wants_mark(text) {
            edits.push(insert(at, mark.into()));
        }
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
    /// Returns the place where punctuation would make the run open or close as it should.
    ///
    /// It is never between two runs, so that no mark changes what its neighbour does.
    fn wants_mark(&self, text: &str) -> Option<usize> {
        let mut back = text[..self.bytes.start].chars().rev();
        let before = back.next().filter(|_| !self.is_first)?;
        let after = text[self.bytes.end..].chars().next();
        let after = after.filter(|_| !self.is_last)?;
        let delimiter = &text[self.bytes.clone()];
        // One tilde is a range such as 3~5 rather than a line through words.
        if before.is_whitespace() || after.is_whitespace() || delimiter == "~" {
            return None;
        }
        // What a selector belongs to counts, not the selector.
        let base = if is_selector(before) {
            back.next().unwrap_or('\n')
        } else {
            before
        };
        if base != before && is_punctuation(base) && delimiter.starts_with('_') {
            return Some(self.bytes.start);
        }
        let is_full_width_quote = before == '\u{FE01}' && matches!(base, '“' | '”' | '‘' | '’');
        let beside_cjk =
            is_cjk(base) || is_full_width_quote || is_ideographic_selector(before) || is_cjk(after);
        match (is_punctuation(before), is_punctuation(after)) {
            _ if delimiter.starts_with('_') => None,
            (true, false) if beside_cjk => Some(self.bytes.end),
            (false, true) if beside_cjk => Some(self.bytes.start),
            _ if !beside_cjk && base != before && is_punctuation(base) => Some(self.bytes.start),
            _ => None,
        }
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
        for (at, &byte) in text.as_bytes()[bytes.clone()].iter().enumerate() {
            if matches!(byte, b'*' | b'_' | b'~') {
                self.delimiters.push((bytes.start + at, byte, stretch));
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
        options.render.r#unsafe = true;
        let html = comrak::markdown_to_html(text, &options);
        let html = html
            .trim_end()
            .trim_start_matches("<p>")
            .trim_end_matches("</p>");
        html.replace("<a href=\"u\">", "<a u \"\">")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
    }

    #[test]
    fn bold_works_beside_chinese_punctuation() {
        assert_eq!(line("**注意：**请"), "<strong>注意：</strong>请");
        assert_eq!(line("请看**《…》**一书"), "请看<strong>《…》</strong>一书");
        assert_eq!(line("**「重点」**内容"), "<strong>「重点」</strong>内容");
        assert_eq!(
            line("税后**￥100（含税）**可退"),
            "税后<strong>￥100（含税）</strong>可退"
        );
        assert_eq!(line("电话**(0571)**转"), "电话<strong>(0571)</strong>转");
    }

    #[test]
    fn emphasis_and_strikethrough_work_beside_chinese_punctuation() {
        assert_eq!(line("请*（务必）*到场"), "请<em>（务必）</em>到场");
        assert_eq!(line("原定~~周一。~~周二"), "原定<del>周一。</del>周二");
        assert_eq!(line("原定~~“周一”~~周二"), "原定<del>“周一”</del>周二");
        assert_eq!(line("__注意__：请"), "<strong>注意</strong>：请");
        assert_eq!(line("***「急」***办"), "<em><strong>「急」</strong></em>办");
    }

    #[test]
    fn selectors_belong_to_the_character_before_them() {
        assert_eq!(
            line("大塚\u{FE00}**(U+585A)**"),
            "大塚\u{FE00}<strong>(U+585A)</strong>"
        );
        assert_eq!(
            line("禰\u{E0100}**(ね)**豆子"),
            "禰\u{E0100}<strong>(ね)</strong>豆子"
        );
        assert_eq!(line("正體。\u{FE01}_trad_"), "正體。\u{FE01}<em>trad</em>");
        assert_eq!(
            line("“\u{FE01}a”\u{FE01}__b__"),
            "“\u{FE01}a”\u{FE01}<strong>b</strong>"
        );
    }

    #[test]
    fn what_is_no_emphasis_stays_as_written() {
        for text in [
            "3~5天，（2~4）次",
            "面积 3*4 米",
            "文件_名_称",
            "**没有关上",
            "中 ** 文 **",
            r"\*\*注意：\*\*请",
        ] {
            assert_eq!(line(text), text.replace('\\', ""));
        }
    }

    #[test]
    fn code_and_addresses_get_no_marks() {
        assert_eq!(line("看`**：**字`"), "看<code>**：**字</code>");
        assert_eq!(
            line("<https://a.b/字**（c）**>"),
            "<a https://a.b/字**（c）** \"\">https://a.b/字**（c）**</a>"
        );
        assert_eq!(
            line("[a](/字**（c）**字)**（b）**字"),
            "<a /字**（c）**字 \"\">a</a><strong>（b）</strong>字"
        );
        assert_eq!(
            line("**：**字<b title='**：**字'>"),
            "<strong>：</strong>字<b title='**：**字'>"
        );
    }

    #[test]
    fn a_reference_is_found_although_its_label_is_mended() {
        let text = "[**注意：**请]\n\n[**注意：**请]: /a \"t\"";
        assert_eq!(line(text), "<a /a \"t\"><strong>注意：</strong>请</a>");
    }

    #[test]
    fn every_line_of_a_quotation_begins_anew() {
        let (document, _) = parsed("> 甲\n>**（见）**乙\n>**：丙");
        let BlockKind::Quote { blocks } = &document.blocks[0].kind else {
            panic!("{document:?}")
        };
        let BlockKind::Paragraph { inlines: words } = &blocks[0].kind else {
            panic!("{document:?}")
        };
        assert_eq!(inlines(words), "甲<strong>（见）</strong>乙 **：丙");
    }

    /// Strings of these tokens, within a paragraph.
    fn strings(tokens: &'static [&'static str]) -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(tokens), 1..20)
            .prop_map(|tokens| format!("x{}x", tokens.concat()))
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None,
            max_global_rejects: 1_000_000,
            ..ProptestConfig::with_cases(4_000)
        })]

        #[test]
        fn emphasis_agrees_with_comrak(text in strings(&[
            "*", "**", "***", "_", "__", "*", "**", "中", "文", "。", "：", "「", "」", "《", "》", "한",
            "(", ")", ".", "a", "b", " ", "“", "”", "\u{FE00}", "\u{FE01}", "\u{E0100}", "\\", "`中`", "`*`",
            "[", "](u)", "<b>", "&amp;",
        ])) {
            // Unequal runs of backticks are read differently, and are none of our business.
            prop_assume!(!text.contains("``") && !text.contains("\\`"));
            prop_assume!(!stars::has_literal(&text));
            prop_assert_eq!(line(&text), judged(&text));
        }

        #[test]
        fn strikethrough_agrees_with_comrak_beside_chinese(text in strings(&[
            "~~", "~~", "中", "文", "。", "：", "「", "」", "~~（", "）~~", "文)~~中", "文~~(中", "a", " ",
        ])) {
            prop_assume!(!text.contains("~~~") && !stars::has_literal(&text));
            prop_assert_eq!(line(&text), judged(&text));
        }

        #[test]
        fn other_scripts_get_no_marks(text in strings(&[
            "*", "**", "_", "__", "~~", "a", "é", "я", "“", "”", "—", "(", ").", " ", "😀", "\\", "[", "](u)",
        ])) {
            prop_assume!(!stars::has_literal(&text));
            let events: Vec<_> = pulldown_cmark::Parser::new(&text).into_offset_iter().collect();
            prop_assert_eq!(mend(&text, &events, '⠁'), []);
        }

        #[test]
        fn emphasis_is_the_same_in_every_kind_of_block(text in strings(&[
            "*", "**", "_", "~~", "中", "文", "。", "：", "（", "）", "(", "a", " ", "\\", "`中`",
        ])) {
            let alone = line(&text);
            // What is long explains nothing.
            prop_assume!(text.chars().count() <= 20);
            for text in [
                format!("# {text}"),
                format!("- {text}"),
                format!(">{text}"),
                format!("| {text} |\n|-|"),
                format!("|{text}|\n|-|"),
                format!("{text}\n: 释义"),
                format!(":::note\n{text}\n:::"),
                format!("甲[^1]\n\n[^1]: {text}"),
            ] {
                let (document, _) = parsed(&text);
                let mut found = Vec::new();
                super::super::walk_blocks(&document, &mut |block| match &block.kind {
                    BlockKind::Paragraph { inlines: words } | BlockKind::Heading { inlines: words, .. } => {
                        found.push(inlines(words));
                    }
                    BlockKind::Table { head, .. } => found.push(inlines(&head[0])),
                    BlockKind::Definitions { entries } => found.push(inlines(&entries[0].term)),
                    _ => {}
                });
                prop_assert!(found.contains(&alone), "{text}: {alone} {found:?}");
            }
        }
    }
}
