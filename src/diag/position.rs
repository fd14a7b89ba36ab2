//! Where something is wrong. While a site is read its texts are at hand; what is told in the end
//! holds paths and numbers alone, so that messages outlive the texts that they are about.

use std::fmt;
use std::ops::Range;

use super::{SitePath, Span};

/// Bytes of a file, with the lines and columns of both ends.
#[derive(Clone, PartialEq, Eq)]
pub struct Position(At);

#[derive(Clone, PartialEq, Eq)]
enum At {
    /// Its text is at hand.
    Read(Span),
    /// It is not.
    Settled {
        path: SitePath,
        range: Range<usize>,
        start: (usize, usize),
        end: (usize, usize),
    },
}

impl Position {
    /// Returns the file's path.
    pub fn path(&self) -> &SitePath {
        match &self.0 {
            At::Read(span) => span.path(),
            At::Settled { path, .. } => path,
        }
    }

    /// Returns the bytes of its text.
    pub fn range(&self) -> Range<usize> {
        match &self.0 {
            At::Read(span) => span.range.clone(),
            At::Settled { range, .. } => range.clone(),
        }
    }

    /// Returns line and column of the first character, from 1.
    pub fn line_column(&self) -> (usize, usize) {
        match &self.0 {
            At::Read(span) => span.line_column(),
            At::Settled { start, .. } => *start,
        }
    }

    /// Returns line and column of the character behind the last.
    pub fn end(&self) -> (usize, usize) {
        match &self.0 {
            At::Read(span) => span.source.line_column(span.range.end),
            At::Settled { end, .. } => *end,
        }
    }

    /// Returns it with its text, while that is at hand.
    pub fn span(&self) -> Option<&Span> {
        match &self.0 {
            At::Read(span) => Some(span),
            At::Settled { .. } => None,
        }
    }

    /// Lets go of the text.
    pub fn settled(self) -> Self {
        let path = self.path().clone();
        self.in_file(path)
    }

    /// Lets go of the text, and says that it is in the file `path`.
    pub fn in_file(self, path: SitePath) -> Self {
        Self(At::Settled {
            path,
            range: self.range(),
            start: self.line_column(),
            end: self.end(),
        })
    }
}

impl From<Span> for Position {
    fn from(span: Span) -> Self {
        Self(At::Read(span))
    }
}

impl fmt::Debug for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{:?}", self.path(), self.range())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::{Code, Diagnostic, Diagnostics, Language, Source};

    #[test]
    fn what_is_settled_says_the_same_and_holds_no_text() {
        let source = Source::new(SitePath::fixed("a.md"), "一\ntitel: 二\n");
        let told = Diagnostic::new(Code::UnknownKey)
            .at(Span::new(&source, 4..9))
            .meant("titel", ["title", "topics"]);
        let told = Diagnostics::from_iter([told]);
        let before = told.rendered(Language::Chinese);
        let settled = told.settled();
        assert_eq!(Arc::strong_count(&source), 1);
        assert_eq!(settled.rendered(Language::Chinese), before);
        assert_eq!((before[0].line, before[0].fix.len()), (Some(2), 1));
    }
}
