//! A copy of the text with marks in it, from which every place leads back to the original.
//!
//! What Markdown's grammar lacks is told to the parser by edits of a copy: the lines of `:::`
//! blocks, emphasis beside Chinese punctuation, and what writers type a little otherwise than the
//! grammar has it. Edits lie in layers, for what one of them brings to light may want another. The
//! mark of which many are made is a character that the text itself does not use, so that none is
//! left over when the tree is built.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::Event;

/// What the parser reported, with bytes of the marked text.
pub(super) type Events<'a> = Vec<(Event<'a>, Range<usize>)>;

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

/// A text with edits applied, layer upon layer.
#[derive(Debug)]
pub(super) struct MarkedText<'a> {
    /// The text with the edits.
    pub text: Cow<'a, str>,
    /// Of each layer what every edit occupies in the copy, and what it replaced in the text below.
    layers: Vec<Vec<(Range<usize>, Range<usize>)>>,
}

impl<'a> MarkedText<'a> {
    /// Takes `original` as it is.
    pub(super) fn new(original: &'a str) -> Self {
        Self {
            text: Cow::Borrowed(original),
            layers: Vec::new(),
        }
    }

    /// Applies `edits`, which count in the copy as it is; of two that overlap the first wins.
    pub(super) fn edit(&mut self, mut edits: Vec<Edit>) {
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let mut text = String::with_capacity(self.text.len() + edits.len() * 8);
        let mut places = Vec::with_capacity(edits.len());
        let mut done = 0;
        for edit in edits {
            if edit.range.start < done {
                continue;
            }
            text.push_str(&self.text[done..edit.range.start]);
            let start = text.len();
            text.push_str(&edit.with);
            places.push((start..text.len(), edit.range.clone()));
            done = edit.range.end;
        }
        if places.is_empty() {
            return;
        }
        text.push_str(&self.text[done..]);
        self.text = Cow::Owned(text);
        self.layers.push(places);
    }

    /// Tells whether the copy differs from the original.
    pub(super) fn is_edited(&self) -> bool {
        !self.layers.is_empty()
    }

    /// Returns the place in the original of a place in the copy.
    pub(super) fn original(&self, at: usize) -> usize {
        self.layers.iter().rev().fold(at, |at, edits| {
            let after = edits.partition_point(|(copy, _)| copy.start <= at);
            match after.checked_sub(1).map(|last| &edits[last]) {
                None => at,
                Some((copy, below)) if at >= copy.end => below.end + (at - copy.end),
                Some((_, below)) => below.start,
            }
        })
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
        let mut marked = MarkedText::new("abcdefgh");
        marked.edit(edits.into());
        assert_eq!(marked.text, "ab++c-gh");
        let back: Vec<usize> = (0..=8).map(|at| marked.original(at)).collect();
        assert_eq!(back, [0, 1, 2, 2, 2, 3, 6, 7, 8]);
        marked.edit(vec![Edit {
            range: 0..4,
            with: "x".into(),
        }]);
        assert_eq!(marked.text, "xc-gh");
        let back: Vec<usize> = (0..=5).map(|at| marked.original(at)).collect();
        assert_eq!(back, [0, 2, 3, 6, 7, 8]);
    }

    #[test]
    fn the_mark_is_a_character_that_the_text_does_not_use() {
        assert_eq!(unused_mark("⠁⠂"), '⠃');
    }
}
