//! A page's own words: its title and what its text says, block by block.
//!
//! What a page shows besides, such as lists, paths and links to neighbours, tells of other pages
//! and changes with them; it is searched where it is said.

use std::ops::Range;

use super::text::shown;
use crate::site::markdown::{BlockKind, Inline, InlineKind, markup, walk_blocks};
use crate::site::{Page, Shortcode, ShortcodeKind};

/// The words of a page, each block as [`shown`] writes it. No phrase runs from one to the next.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::render::web) struct Words {
    pub title: String,
    pub headings: Vec<String>,
    pub text: Vec<String>,
}

impl Words {
    /// Reads the words of `page`; what its `:::` blocks tell of other pages or reckon is none.
    pub(in crate::render::web) fn of(page: &Page) -> Self {
        let mut words = Self {
            title: shown(&page.title),
            ..Self::default()
        };
        let mut passed: Vec<Range<usize>> = Vec::new();
        walk_blocks(&page.body, &mut |block| {
            let start = block.range.start;
            if page.shortcodes.get(&start).is_some_and(is_of_others) {
                passed.push(block.range.clone());
            }
            if !passed.iter().any(|range| range.contains(&start)) {
                words.block(&block.kind);
            }
        });
        words
    }

    fn block(&mut self, kind: &BlockKind) {
        match kind {
            BlockKind::Heading { inlines, .. } => push(&mut self.headings, &plain(inlines)),
            BlockKind::Paragraph { inlines } => {
                push(&mut self.text, caption(inlines).unwrap_or(&plain(inlines)));
            }
            BlockKind::Table { head, rows, .. } => {
                let cells = head.iter().chain(rows.iter().flatten());
                cells.for_each(|cell| push(&mut self.text, &plain(cell)));
            }
            BlockKind::Definitions { entries } => {
                let terms = entries.iter();
                terms.for_each(|entry| push(&mut self.text, &plain(&entry.term)));
            }
            BlockKind::Html { text } => push(&mut self.text, &markup::words(text)),
            BlockKind::Code { text, .. } => push(&mut self.text, &text.replace('\n', " ")),
            _ => {}
        }
    }
}

/// Tells whether a block tells of other pages, or what changes by itself.
fn is_of_others(block: &Shortcode) -> bool {
    matches!(
        block.kind,
        ShortcodeKind::Qr { .. }
            | ShortcodeKind::Item(_)
            | ShortcodeKind::Board(_)
            | ShortcodeKind::Countdown(_)
            | ShortcodeKind::Timeline(_)
    )
}

/// Returns the title of a picture that stands alone, which is its caption.
fn caption(inlines: &[Inline]) -> Option<&str> {
    match inlines {
        [only] => match &only.kind {
            InlineKind::Image { title, .. } => Some(title),
            _ => None,
        },
        _ => None,
    }
}

/// Adds the lines of `words` that say something.
fn push(blocks: &mut Vec<String>, words: &str) {
    let lines = words.split('\n').map(shown);
    blocks.extend(lines.filter(|line| !line.is_empty()));
}

/// Returns the words of `inlines`, each line of theirs in one; what stands in for a picture is
/// not seen.
fn plain(inlines: &[Inline]) -> String {
    let mut words = String::new();
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text { text } | InlineKind::Code { text } => {
                words.push_str(&text.replace('\n', " "));
            }
            InlineKind::Emphasis { inlines }
            | InlineKind::Strong { inlines }
            | InlineKind::Strikethrough { inlines }
            | InlineKind::Link { inlines, .. } => words.push_str(&plain(inlines)),
            InlineKind::LineBreak => words.push('\n'),
            InlineKind::Image { .. }
            | InlineKind::FootnoteMark { .. }
            | InlineKind::Html { .. } => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Diagnostics, SitePath, Source};
    use crate::site::markdown::parse;

    fn words(text: &str) -> Words {
        let mut words = Words::default();
        let source = Source::new(SitePath::fixed("content/page.md"), text);
        let document = parse(&source, 0..text.len(), &mut Diagnostics::default());
        walk_blocks(&document, &mut |block| words.block(&block.kind));
        words
    }

    #[test]
    fn a_phrase_runs_through_what_is_set_off_and_ends_with_its_line() {
        let text =
            "充电**电池**投[红桶](a.md)。  \n末`码`\n\n- 项\n\n| 头 |\n|-|\n| 格 |\n\n词\n: 义";
        assert_eq!(
            words(text).text,
            ["充电电池投红桶。", "末码", "项", "头", "格", "词", "义"]
        );
    }

    #[test]
    fn captions_and_headings_are_words_and_what_stands_in_for_a_picture_is_none() {
        let shown = words(
            "## 先[看](a.md)\n\n![替](a.png \"图注\")\n\n见![替](a.png)到\n\n<p>网页<b>码</b><!-- 注 -->",
        );
        assert_eq!(shown.headings, ["先看"]);
        assert_eq!(shown.text, ["图注", "见到", "网页码"]);
    }
}
