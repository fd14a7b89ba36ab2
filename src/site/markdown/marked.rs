//! A copy of the text with marks in it, from which every place leads back to the original.
//!
//! Two things that Markdown's grammar lacks are told to the parser by marks: the lines of `:::`
//! blocks, and emphasis beside Chinese punctuation. A mark is a character that the text itself
//! does not use, so that none is left over when the tree is built.

use std::borrow::Cow;
use std::ops::Range;

/// Chooses the character that the marks of `text` are made of: one that it does not contain.
pub(super) fn unused_mark(text: &str) -> char {
    // Braille patterns count as punctuation to the parser, and are hardly ever in anybody's text.
    // A text that has all of them may lose one.
    let mut patterns = '\u{2801}'..='\u{28FF}';
    patterns.find(|&c| !text.contains(c)).unwrap_or('\u{2801}')
}

/// A replacement of the original's bytes `range`; an insertion where `range` is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    /// What is replaced.
    pub range: Range<usize>,
    /// What stands there instead.
    pub with: String,
}

/// A text with edits applied.
#[derive(Debug)]
pub(super) struct MarkedText<'a> {
    /// The text with the edits.
    pub text: Cow<'a, str>,
    /// What each edit occupies in the copy, and what it replaces in the original.
    edits: Vec<(Range<usize>, Range<usize>)>,
}

impl<'a> MarkedText<'a> {
    /// Applies `edits`, which are in order and do not overlap, to `original`.
    pub(super) fn new(original: &'a str, edits: &[Edit]) -> Self {
        if edits.is_empty() {
            return Self {
                text: Cow::Borrowed(original),
                edits: Vec::new(),
            };
        }
        let mut text = String::with_capacity(original.len() + edits.len() * 8);
        let mut places = Vec::with_capacity(edits.len());
        let mut done = 0;
        for edit in edits {
            text.push_str(&original[done..edit.range.start]);
            let start = text.len();
            text.push_str(&edit.with);
            places.push((start..text.len(), edit.range.clone()));
            done = edit.range.end;
        }
        text.push_str(&original[done..]);
        Self {
            text: Cow::Owned(text),
            edits: places,
        }
    }

    /// Tells whether the copy differs from the original.
    pub(super) fn is_edited(&self) -> bool {
        !self.edits.is_empty()
    }

    /// Returns the place in the original of a place in the copy.
    pub(super) fn original(&self, at: usize) -> usize {
        let after = self.edits.partition_point(|(copy, _)| copy.start <= at);
        match after.checked_sub(1).map(|last| &self.edits[last]) {
            None => at,
            Some((copy, original)) if at >= copy.end => original.end + (at - copy.end),
            Some((_, original)) => original.start,
        }
    }

    /// Returns the bytes of the original for bytes of the copy.
    pub(super) fn original_range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.original(range.start);
        start..self.original(range.end).max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_original() {
        let edits = [
            Edit {
                range: 2..2,
                with: "++".into(),
            },
            Edit {
                range: 3..6,
                with: "-".into(),
            },
        ];
        let marked = MarkedText::new("abcdefgh", &edits);
        assert_eq!(marked.text, "ab++c-gh");
        let back: Vec<usize> = (0..=8).map(|at| marked.original(at)).collect();
        assert_eq!(back, [0, 1, 2, 2, 2, 3, 6, 7, 8]);
    }

    #[test]
    fn the_mark_is_a_character_that_the_text_does_not_use() {
        assert_eq!(unused_mark("⠁⠂"), '⠃');
    }
}
