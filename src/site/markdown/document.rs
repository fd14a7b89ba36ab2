//! What a parsed text consists of.

use std::ops::Range;

use serde::Serialize;

/// A text, parsed.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Document {
    /// Its blocks in order.
    pub blocks: Vec<Block>,
    /// Its footnotes in the order in which the text first cites them.
    pub footnotes: Vec<Footnote>,
}

/// One block and the bytes that it came from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Block {
    /// What it is.
    #[serde(flatten)]
    pub kind: BlockKind,
    /// Its bytes in the source.
    #[serde(skip)]
    pub range: Range<usize>,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum BlockKind {
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its anchor, unique in the document; works for Chinese titles.
        id: String,
        /// Classes from `{.class}`.
        classes: Vec<String>,
        /// Its words.
        inlines: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        inlines: Vec<Inline>,
    },
    /// A list.
    List {
        /// The first number of an ordered list; `None` for bullets.
        start: Option<u64>,
        /// Whether numbers or signs that Markdown does not know stand in the words of its items, so
        /// that nothing is set before them: `（1）`, `一、`.
        typed: bool,
        /// Whether its items stand close together.
        tight: bool,
        /// Its items.
        items: Vec<ListItem>,
    },
    /// A quotation.
    Quote {
        /// Its blocks.
        blocks: Vec<Block>,
    },
    /// An alert such as `> [!WARNING]`.
    Alert {
        /// Which one.
        kind: AlertKind,
        /// Its blocks.
        blocks: Vec<Block>,
    },
    /// Code.
    Code {
        /// The language after the fence, or the empty text.
        language: String,
        /// The code.
        text: String,
    },
    /// A table.
    Table {
        /// Alignment by column.
        alignments: Vec<Alignment>,
        /// The cells of its head.
        head: Vec<Vec<Inline>>,
        /// The cells of its rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A definition list.
    Definitions {
        /// Terms with their definitions.
        entries: Vec<Definition>,
    },
    /// A line between parts.
    Rule,
    /// Raw HTML, kept for the web; see [`settle`](super::settle).
    Html {
        /// The HTML.
        text: String,
    },
    /// A `:::name{key=value}` block.
    Directive {
        /// Its name, one of those that exist.
        name: String,
        /// Its attributes as written.
        attributes: Vec<Attribute>,
        /// Of a box, what kind it is, once the site is understood.
        tone: Option<AlertKind>,
        /// Its blocks. Of one that stands for something else, what it stands for in plain blocks,
        /// once the site is understood.
        blocks: Vec<Block>,
    },
}

/// An attribute of a `:::` block, with its place in the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attribute {
    /// The key as written.
    pub key: String,
    /// The value; `None` for a key alone.
    pub value: Option<String>,
    /// The bytes of the key.
    #[serde(skip)]
    pub key_range: Range<usize>,
    /// The bytes of the value.
    #[serde(skip)]
    pub value_range: Range<usize>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListItem {
    /// Whether it is ticked, in a task list.
    pub task: Option<bool>,
    /// Its number in an ordered list, as typed.
    pub number: Option<u64>,
    /// Its blocks; a tight item's words are one paragraph.
    pub blocks: Vec<Block>,
}

/// A term and what it means.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Definition {
    /// The term.
    pub term: Vec<Inline>,
    /// Its definitions.
    pub definitions: Vec<Vec<Block>>,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Footnote {
    /// The label as written.
    pub label: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// The kinds of alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertKind {
    /// Worth knowing.
    Note,
    /// A help.
    Tip,
    /// Must be known.
    Important,
    /// Danger.
    Warning,
    /// Care.
    Caution,
}

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alignment {
    /// As the language has it.
    None,
    /// Left.
    Left,
    /// Centred.
    Center,
    /// Right.
    Right,
}

/// A piece of text within a block and the bytes that it came from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Inline {
    /// What it is.
    #[serde(flatten)]
    pub kind: InlineKind,
    /// Its bytes in the source.
    #[serde(skip)]
    pub range: Range<usize>,
}

/// What a piece of text is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum InlineKind {
    /// Words. A line end between Chinese characters has gone; others are a space.
    Text {
        /// The words.
        text: String,
    },
    /// Emphasis.
    Emphasis {
        /// What is emphasised.
        inlines: Vec<Inline>,
    },
    /// Strong emphasis.
    Strong {
        /// What is emphasised.
        inlines: Vec<Inline>,
    },
    /// Struck out.
    Strikethrough {
        /// What is struck out.
        inlines: Vec<Inline>,
    },
    /// Code.
    Code {
        /// The code.
        text: String,
    },
    /// A link.
    Link {
        /// The address as written.
        target: String,
        /// Its title, or the empty text.
        title: String,
        /// What is linked.
        inlines: Vec<Inline>,
    },
    /// An image.
    Image {
        /// The address as written.
        target: String,
        /// Its title, or the empty text.
        title: String,
        /// The words for those who cannot see it.
        alt: String,
    },
    /// A footnote's mark.
    FootnoteMark {
        /// The footnote's label.
        label: String,
        /// The footnote's number, from 1.
        number: usize,
    },
    /// A forced line end.
    LineBreak,
    /// Raw HTML, kept for the web; see [`settle`](super::settle).
    Html {
        /// The HTML.
        text: String,
    },
}

/// Returns the anchor of the footnote of this number.
pub fn footnote_id(number: usize) -> String {
    format!("fn-{number}")
}

/// Returns the anchor of the first mark that cites the footnote of this number.
pub fn footnote_mark_id(number: usize) -> String {
    format!("fnref-{number}")
}
