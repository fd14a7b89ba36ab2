//! Footnotes: numbered in the order in which a reader meets them, each cited and each written.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;
use std::sync::Arc;

use super::walk::{walk_inlines, walk_inlines_mut};
use super::{Block, Document, Footnote, Inline, InlineKind};
use crate::diag::{Code, Diagnostic, Diagnostics, Source, Span};

/// A footnote as written, wherever it stands.
#[derive(Debug)]
pub(super) struct Written {
    pub label: String,
    pub blocks: Vec<Block>,
    pub range: Range<usize>,
}

/// Numbers the marks in `blocks` and puts the footnotes in their order.
pub(super) fn number(
    blocks: Vec<Block>,
    written: Vec<Written>,
    source: &Arc<Source>,
    diagnostics: &mut Diagnostics,
) -> Document {
    if !source.text.contains("[^") {
        // Most texts have no footnotes and need not be walked.
        return Document {
            blocks,
            footnotes: Vec::new(),
        };
    }
    let report = |code, range: &Range<usize>, label: &str| {
        let at = Span::new(source, range.clone());
        Diagnostic::new(code).at(at).with("label", label)
    };
    let mut by_label: BTreeMap<String, Written> = BTreeMap::new();
    for footnote in written {
        match by_label.entry(footnote.label.to_lowercase()) {
            Entry::Vacant(place) => {
                place.insert(footnote);
            }
            Entry::Occupied(_) => {
                let Written { label, range, .. } = footnote;
                diagnostics.push(report(Code::FootnoteTwice, &range, &label));
            }
        }
    }
    let mut numbers = Numbers::default();
    numbers.cite(&blocks);
    let mut footnotes: Vec<Footnote> = Vec::new();
    // A footnote may cite others, which then follow.
    while let Some(label) = numbers.order.get(footnotes.len()) {
        let Written { label, blocks, .. } = by_label.remove(label).unwrap_or_else(|| Written {
            label: label.clone(),
            blocks: Vec::new(),
            range: 0..0,
        });
        numbers.cite(&blocks);
        footnotes.push(Footnote { label, blocks });
    }
    for unused in by_label.values() {
        let label = &unused.label;
        diagnostics.push(report(Code::FootnoteUnused, &unused.range, label));
    }
    let mut document = Document { blocks, footnotes };
    numbers.write(&mut document);
    for range in unwritten(&document, source) {
        let label = &source.text[range.start + 2..range.end - 1];
        diagnostics.push(report(Code::Footnote, &range, label));
    }
    document
}

/// The numbers of the labels.
#[derive(Default)]
struct Numbers {
    order: Vec<String>,
    by_label: BTreeMap<String, usize>,
}

impl Numbers {
    fn cite(&mut self, blocks: &[Block]) {
        walk_inlines(blocks, &mut |inline| {
            if let InlineKind::FootnoteMark { label, .. } = &inline.kind {
                let key = label.to_lowercase();
                if !self.by_label.contains_key(&key) {
                    self.order.push(key.clone());
                    self.by_label.insert(key, self.order.len());
                }
            }
        });
    }

    fn write(&self, document: &mut Document) {
        let mut write = |inline: &mut Inline| {
            if let InlineKind::FootnoteMark { label, number } = &mut inline.kind {
                *number = self
                    .by_label
                    .get(&label.to_lowercase())
                    .copied()
                    .unwrap_or(0);
            }
        };
        walk_inlines_mut(&mut document.blocks, &mut write);
        for footnote in &mut document.footnotes {
            walk_inlines_mut(&mut footnote.blocks, &mut write);
        }
    }
}

/// Finds the marks that cite a footnote which nobody wrote; the parser leaves them as words.
fn unwritten(document: &Document, source: &Source) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    super::walk(document, &mut |inline| {
        let InlineKind::Text { text } = &inline.kind else {
            return;
        };
        if !text.contains("[^") {
            return;
        }
        let written = &source.text[inline.range.clone()];
        for (at, _) in written.match_indices("[^") {
            let label = &written[at + 2..];
            let end = label.find([']', '[', ' ', '\n', '`', '\\']);
            let is_label = end.is_some_and(|end| end > 0 && label[end..].starts_with(']'));
            if is_label && !written[..at].ends_with('\\') {
                let start = inline.range.start + at;
                found.push(start..start + 3 + end.unwrap_or(0));
            }
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::super::dump::dump;

    #[test]
    fn footnotes_are_numbered_as_first_cited() {
        let text = "[^甲]: 一[^c]\n[^b]: 二\n[^c]: 三\n\n字[^b]字[^甲]字[^B]";
        assert_snapshot!(dump(text), @"
        p: 字<fn b=1>字<fn 甲=2>字<fn B=1>
        [^b]
          p: 二
        [^甲]
          p: 一<fn c=3>
        [^c]
          p: 三
        ");
    }

    #[test]
    fn footnotes_hold_blocks() {
        assert_snapshot!(dump("字[^1]\n\n[^1]: 甲\n\n    乙\n\n    - 丙"), @"
        p: 字<fn 1=1>
        [^1]
          p: 甲
          p: 乙
          list
            item
              p: 丙
        ");
    }

    #[test]
    fn citing_what_is_not_written_is_reported() {
        assert_snapshot!(dump("甲[^1]乙**[^注]**\n\n不是：\\[^2]、`[^3]`、[^ 4]"), @"
        p: 甲[^1]乙<strong>[^注]</strong>
        p: 不是：[^2]、<code>[^3]</code>、[^ 4]
        ! 1:2 G219 脚注 `[^1]` 没有写内容
          ? 另起一行写上：[^1]: 脚注的内容
        ! 1:9 G219 脚注 `[^注]` 没有写内容
          ? 另起一行写上：[^注]: 脚注的内容
        ");
    }

    #[test]
    fn what_is_never_cited_and_what_is_written_twice_is_reported() {
        assert_snapshot!(dump("甲[^1]\n\n[^1]: 一\n\n[^1]: 二\n\n[^2]: 三"), @"
        p: 甲<fn 1=1>
        [^1]
          p: 一
        ! 5:1 G223 脚注 `[^1]` 写了两次内容
          ? 给其中一条换一个名字
        ! 7:1 G222 脚注 `[^2]` 没有被引用，不会显示
          ? 在正文要加注的地方写 [^2]，或删去这条脚注
        ");
    }
}
