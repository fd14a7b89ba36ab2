//! A paper for the office: titles, tables, photos and lines to sign, in no format yet.
//!
//! What is said is decided once, in `report`, `pack` and `handover`; `text`, `docx` and `pdf` only
//! give it a form. Papers are Chinese whatever the site's language: those who ask for them
//! (台账, 月报, 交接单) read nothing else.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

/// One paper.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Paper {
    /// What it is, such as 迎检材料; stands over the title and in the foot.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Who hands it in.
    pub organisation: String,
    /// Whether title and facts fill a page of their own, with the contents behind it.
    pub cover: bool,
    /// What one wants to know first.
    pub facts: Vec<Fact>,
    /// All else, in order.
    pub blocks: Vec<Block>,
}

/// A name and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// Such as 时间.
    pub name: String,
    /// Such as 2026年11月.
    pub value: String,
}

/// A part of a paper.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "block", rename_all = "lowercase")]
pub enum Block {
    /// A title within the paper.
    Heading(Heading),
    /// A paragraph.
    Text { text: String },
    /// A remark in small type.
    Note { text: String },
    /// A few figures, large.
    Numbers { numbers: Vec<Number> },
    /// A table.
    Table(Table),
    /// Photos side by side.
    Photos { photos: Vec<Photo> },
    /// What is missing, line by line.
    Gaps { lines: Vec<String> },
    /// A text as it hung, line by line.
    Verbatim { lines: Vec<String> },
    /// Lines to be signed.
    Sign { names: Vec<String> },
    /// What follows begins a page.
    Break,
}

/// A title within a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// 1 to 3.
    pub level: u8,
    /// The words.
    pub text: String,
    /// What cells cite it by; unique in the paper.
    pub anchor: String,
}

/// A figure, large.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Number {
    /// The figure.
    pub value: String,
    /// What it counts.
    pub label: String,
    /// Whether it tells of something missing.
    pub missing: bool,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its head.
    pub title: String,
    /// Its share of the table's width.
    pub share: u32,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Cell {
    /// Its words.
    pub text: String,
    /// How it is set.
    pub tone: Tone,
    /// The anchor of the heading that it leads to.
    pub link: Option<String>,
    /// Whether it shows the page of that heading in place of its words.
    pub page: bool,
}

/// How a cell is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// As usual.
    #[default]
    Plain,
    /// Bold.
    Strong,
    /// Something is missing here.
    Missing,
}

/// A photo with its caption.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Photo {
    /// Its name among [`Pictures`].
    pub name: String,
    /// Time, place and person.
    pub caption: String,
}

/// The pictures that papers show, by name.
pub type Pictures = BTreeMap<String, Picture>;

/// A picture as it is printed: a JPEG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file.
    pub bytes: Arc<[u8]>,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

impl Paper {
    /// Adds a title of `level` that cells cite as `anchor`.
    pub fn heading(&mut self, level: u8, text: impl Into<String>, anchor: impl Into<String>) {
        self.blocks.push(Block::Heading(Heading {
            level,
            text: text.into(),
            anchor: anchor.into(),
        }));
    }

    /// Adds the title of the next part, numbered, that cells cite as `anchor`.
    pub fn part(&mut self, title: &str, anchor: &str) {
        const NUMBERS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
        let n = self.headings().filter(|heading| heading.level == 1).count();
        let number = NUMBERS.get(n).copied().unwrap_or("附");
        self.heading(1, format!("{number}、{title}"), anchor);
    }

    /// Adds a paragraph.
    pub fn text(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Text { text: text.into() });
    }

    /// Adds a remark.
    pub fn note(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Note { text: text.into() });
    }

    /// Adds a table, or `otherwise` as a remark where it has no rows.
    pub fn table(&mut self, table: Table, otherwise: &str) {
        match table.rows.is_empty() {
            true => self.note(otherwise),
            false => self.blocks.push(Block::Table(table)),
        }
    }

    /// Adds what is missing, where anything is.
    pub fn gaps(&mut self, lines: Vec<String>) {
        if !lines.is_empty() {
            self.blocks.push(Block::Gaps { lines });
        }
    }

    /// Adds photos, where there are any.
    pub fn photos(&mut self, photos: Vec<Photo>) {
        if !photos.is_empty() {
            self.blocks.push(Block::Photos { photos });
        }
    }

    /// Adds a name and what it is to what one wants to know first.
    pub fn fact(&mut self, name: &str, value: impl Into<String>) {
        self.facts.push(Fact {
            name: name.to_owned(),
            value: value.into(),
        });
    }

    /// Returns the titles within the paper, in order.
    pub fn headings(&self) -> impl Iterator<Item = &Heading> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Heading(heading) => Some(heading),
            _ => None,
        })
    }
}

impl Table {
    /// Begins a table with columns of these titles and shares of the width.
    pub fn new(columns: &[(&str, u32)]) -> Self {
        let column = |(title, share): &(&str, u32)| Column {
            title: (*title).to_owned(),
            share: *share,
        };
        Self {
            columns: columns.iter().map(column).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub fn row<const N: usize>(&mut self, cells: [Cell; N]) {
        debug_assert_eq!(N, self.columns.len(), "a cell a column");
        self.rows.push(cells.into());
    }
}

impl Cell {
    /// Makes a bold cell.
    pub fn strong(text: impl Into<String>) -> Self {
        Self {
            tone: Tone::Strong,
            ..Self::from(text.into())
        }
    }

    /// Makes a cell that says what is missing.
    pub fn missing(text: impl Into<String>) -> Self {
        Self {
            tone: Tone::Missing,
            ..Self::from(text.into())
        }
    }

    /// Makes a cell of the words, which say that something is missing where there are none.
    pub fn or_missing(text: Option<impl Into<String>>, otherwise: &str) -> Self {
        match text {
            Some(text) => Self::from(text.into()),
            None => Self::missing(otherwise),
        }
    }

    /// Makes a cell that shows the page of the heading `anchor`.
    pub fn page_of(anchor: impl Into<String>) -> Self {
        Self {
            link: Some(anchor.into()),
            page: true,
            ..Self::default()
        }
    }

    /// Makes it lead to the heading `anchor`.
    pub fn leading_to(self, anchor: impl Into<String>) -> Self {
        Self {
            link: Some(anchor.into()),
            ..self
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}
