//! The remedy that a message may carry: words to be put in the place of others in one file.

use std::ops::Range;

use super::{Position, SitePath, Span};
use crate::digest::digest;

/// Changes of one file, or new names of files, that mend what a message tells of, and nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fix {
    /// The changes, in the order of the file; none overlaps another.
    pub edits: Vec<Edit>,
    /// Files that get another name.
    pub renames: Vec<Rename>,
}

/// A file and the name that it is to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// The file.
    pub from: SitePath,
    /// Its new name.
    pub to: SitePath,
}

/// Bytes of a file and what is to stand in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes.
    pub at: Position,
    /// The digest of the whole text that they were found in; no other is to be changed.
    pub of: String,
    /// The new text.
    pub text: String,
}

impl Fix {
    /// Puts `text` in the place of the bytes `at`.
    pub fn put(at: Span, text: impl Into<String>) -> Self {
        let edit = Edit {
            of: digest(&at.source.text),
            at: Position::from(at).settled(),
            text: text.into(),
        };
        Self {
            edits: vec![edit],
            renames: Vec::new(),
        }
    }

    /// Puts `new` in the place of `old` within the bytes `at`; `None` where `old` does not stand
    /// there just once, as where the file writes it in another way.
    pub fn swap(at: &Span, old: &str, new: &str) -> Option<Self> {
        let text = at.source.text.get(at.range.clone())?;
        let mut found = text.match_indices(old);
        let (start, _) = found.next().filter(|_| !old.is_empty())?;
        if found.next().is_some() {
            return None;
        }
        let start = at.range.start + start;
        let range = start..start + old.len();
        Some(Self::put(Span::new(&at.source, range), new))
    }

    /// Returns the `text` of the file with the changes in it; `None` where it is another text.
    pub fn applied(&self, text: &str) -> Option<String> {
        let hash = digest(text);
        let edits = self.edits.iter();
        let is_of = edits.clone().all(|edit| edit.of == hash);
        let edits = edits.map(|edit| (edit.at.range(), edit.text.as_str()));
        apply(text, edits).filter(|_| is_of)
    }

    /// Shows each changed line as it was and as it becomes, for machines.
    pub(super) fn rendered(&self) -> Vec<RenderedEdit> {
        let edits = self.edits.iter().map(|edit| {
            let (line, column) = edit.at.line_column();
            let (end_line, end_column) = edit.at.end();
            RenderedEdit::Text {
                file: edit.at.path().to_string(),
                line,
                column,
                end_line,
                end_column,
                text: edit.text.clone(),
            }
        });
        let renames = self.renames.iter().map(|rename| RenderedEdit::Name {
            file: rename.from.to_string(),
            rename: rename.to.to_string(),
        });
        edits.chain(renames).collect()
    }
}

/// A change as JSON shows it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum RenderedEdit {
    /// A text for another, from line and column to line and column, both from 1, the last not among
    /// them.
    Text {
        /// The file.
        file: String,
        /// The line of the first character.
        line: usize,
        /// Its column.
        column: usize,
        /// The line of the character behind the last.
        end_line: usize,
        /// Its column.
        end_column: usize,
        /// What is to stand there.
        text: String,
    },
    /// A file's name for another.
    Name {
        /// The file.
        file: String,
        /// Its new name.
        rename: String,
    },
}

/// Puts each text in the place of its bytes; `None` where the bytes overlap or are no whole
/// characters.
pub fn apply<'a>(
    text: &str,
    edits: impl Iterator<Item = (Range<usize>, &'a str)>,
) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (range, new) in edits {
        out.push_str(text.get(done..range.start)?);
        text.get(range.clone())?;
        out.push_str(new);
        done = range.end;
    }
    out.push_str(text.get(done..)?);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{SitePath, Source};

    fn source(text: &str) -> Span {
        let source = Source::new(SitePath::fixed("a.md"), text);
        let end = source.text.len();
        Span::new(&source, 0..end)
    }

    #[test]
    fn a_word_is_swapped_where_it_stands_once() {
        let text = "titel: 停水 # 注\n";
        let fix = Fix::swap(&source(text), "titel", "title").expect("it is there");
        assert_eq!(fix.applied(text).as_deref(), Some("title: 停水 # 注\n"));
        assert_eq!(fix.applied("titel: 停水\n"), None);
        assert_eq!(Fix::swap(&source("a: a"), "a", "b"), None);
        assert_eq!(Fix::swap(&source("%E6"), "水", "b"), None);
    }

    #[test]
    fn edits_that_overlap_are_refused() {
        let apply = |edits: &[(Range<usize>, &'static str)]| {
            apply("停水", edits.iter().map(|(at, new)| (at.clone(), *new)))
        };
        assert_eq!(
            apply(&[(0..3, "来"), (6..6, "了")]).as_deref(),
            Some("来水了")
        );
        assert_eq!(apply(&[(0..6, ""), (3..6, "")]), None);
        assert_eq!(apply(&[(1..3, "")]), None);
    }
}
