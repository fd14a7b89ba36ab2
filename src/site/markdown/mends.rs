//! What a text is mended by: edits of the copy that the parser reads.

use std::ops::Range;

use super::marked::Edit;

/// What is to be changed in the copy, and what is to be told.
#[derive(Debug, Default)]
pub(super) struct Mends {
    pub edits: Vec<Edit>,
    /// Rows of tables with more cells than the head, their cells and those of the head.
    pub wide_rows: Vec<(Range<usize>, usize, usize)>,
    /// Lines that begin code which never ends.
    pub open_code: Vec<Range<usize>>,
}

impl Mends {
    pub(super) fn replace(&mut self, range: Range<usize>, with: impl Into<String>) {
        let with = with.into();
        self.edits.push(Edit { range, with });
    }
}

/// Returns what ends a paragraph and leaves no trace: a line of its own that the builder drops.
pub(super) fn stop(mark: char) -> String {
    format!("<?{mark}{mark}?>")
}

/// Tells whether `html` is such a line.
pub(super) fn is_stop(html: &str, mark: char) -> bool {
    let inner = html
        .trim()
        .strip_prefix("<?")
        .and_then(|it| it.strip_suffix("?>"));
    inner.is_some_and(|inner| inner.chars().eq([mark, mark]))
}

/// A line of a paragraph.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its bytes, without blanks, quotation and list marks before it.
    pub range: Range<usize>,
    /// Whether it begins within emphasis or a link.
    pub is_within: bool,
    /// Whether a box of a task stands before it.
    pub has_box: bool,
}
