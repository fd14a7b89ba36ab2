//! What did not come along or came along as something else, each with its place.

use crate::diag::{Code, Diagnostic, Fills, Value, Words, words};

/// How many characters near a loss are quoted.
const NEAR: usize = 14;

/// Where something stands in a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Place {
    /// The document as a whole.
    #[default]
    Whole,
    /// A paragraph outside tables, counted from 1, and how it begins.
    Paragraph(usize, String),
    /// A cell: its table, row and column, each from 1.
    Cell(usize, usize, usize),
    /// A table, from 1.
    Table(usize),
    /// A part with a name, such as a header.
    Part(&'static str),
    /// A line of a text, from 1.
    Line(usize),
    /// A file.
    File(String),
}

impl Place {
    pub fn words(&self) -> Words {
        match self {
            Self::Whole => words("import-whole"),
            Self::Paragraph(n, near) if near.is_empty() => {
                words("import-paragraph-bare").with("n", n)
            }
            Self::Paragraph(n, near) => words("import-paragraph").with("n", n).with("near", near),
            Self::Cell(table, row, column) => words("import-cell")
                .with("table", table)
                .with("row", row)
                .with("column", column),
            Self::Table(n) => words("import-table").with("n", n),
            Self::Part(key) => words(key),
            Self::Line(n) => words("import-line").with("n", n),
            Self::File(name) => words("import-file").with("name", name),
        }
    }
}

/// What was left out or changed, in the order of the document.
#[derive(Debug, Default)]
pub(super) struct Losses(pub Vec<Diagnostic>);

impl Losses {
    /// Lists what is left out because nobody may see it, or because it does not belong to the text.
    pub fn left_out(&mut self, what: Words, place: &Place) {
        self.push(Code::LeftOut, what, place);
    }

    /// Lists what is lost because a page cannot hold it.
    pub fn lost(&mut self, what: Words, place: &Place) {
        self.push(Code::LostOnImport, what, place);
    }

    /// Lists what is there, but in another form.
    pub fn changed(&mut self, what: Words, place: &Place) {
        self.push(Code::ChangedOnImport, what, place);
    }

    fn push(&mut self, code: Code, what: Words, place: &Place) {
        let told = Diagnostic::new(code);
        self.0
            .push(told.with("what", what).with("place", place.words()));
    }
}

/// Quotes the beginning of `text` on one line.
pub(super) fn near(text: &str) -> String {
    let mut shown: String = text
        .trim_matches(super::blanks::is_blank)
        .chars()
        .map(|c| if c.is_control() || c == '`' { ' ' } else { c })
        .take(NEAR + 1)
        .collect();
    if shown.chars().count() > NEAR {
        shown = shown.chars().take(NEAR).collect::<String>() + "…";
    }
    shown
}

/// Names what a loss quotes: a phrase with `near` filled.
pub(super) fn quoted(key: &'static str, text: &str) -> Words {
    words(key).with("near", near(text))
}

/// Names a phrase that counts.
pub(super) fn counted(key: &'static str, n: usize) -> Words {
    words(key).with("n", n)
}

/// Names a phrase that lists.
pub(super) fn listed<V: Fills>(key: &'static str, names: impl IntoIterator<Item = V>) -> Words {
    words(key).with("names", Value::first_of(8, names))
}
