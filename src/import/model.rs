//! What is read of a document, whichever program wrote it: paragraphs as they look, tables with
//! their spans, pictures and notes.
//!
//! Readers fill it in and list what they leave out; [`page`](super::page) makes a page of it.

use super::blanks::is_blank;
use super::losses::{Losses, Place};

/// A document.
#[derive(Debug, Default)]
pub(super) struct Doc {
    /// Its blocks in order.
    pub blocks: Vec<Block>,
    /// The blocks of its notes; a [`Piece::Note`] names one by its index.
    pub notes: Vec<Vec<Block>>,
    /// Its pictures; a [`Piece::Picture`] names one by its index.
    pub pictures: Vec<Picture>,
    /// What was left out or changed.
    pub losses: Losses,
    /// The day on which it was published, where it says so outside its text.
    pub day: Option<jiff::civil::Date>,
}

/// A block.
#[derive(Debug, Clone)]
pub(super) enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
    /// A line between parts.
    Rule,
}

/// What a paragraph's style says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Role {
    /// Plain text.
    #[default]
    Body,
    /// The title of the whole.
    Title,
    /// A heading, 1 to 9.
    Heading(u8),
    /// A quotation.
    Quote,
    /// Words below a picture or above a table.
    Caption,
    /// Code, whose lines stay as they are.
    Code,
}

/// How a paragraph stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Align {
    /// At the left, or on both sides.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
}

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    /// Where it stands in the document.
    pub place: Place,
    /// What its style says that it is.
    pub role: Role,
    /// How it stands.
    pub align: Align,
    /// The size of its largest letters in points; 0 where nothing tells.
    pub size: f32,
    /// The number that the program sets before it.
    pub mark: Option<Mark>,
    /// How far its left edge is moved in, in points.
    pub indent: f32,
    /// Its words.
    pub pieces: Vec<Piece>,
}

/// The number or sign before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// The number as printed; of no meaning where it is a bullet.
    pub text: String,
    /// Whether it is a bullet.
    pub is_bullet: bool,
    /// How deep it lies in its list, from 0.
    pub level: u8,
}

/// A piece of a paragraph.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// Words of one look.
    Text(Run),
    /// A forced line end.
    Break,
    /// The picture of that index.
    Picture(usize),
    /// The note of that index.
    Note(usize),
    /// A link.
    Link {
        /// The address.
        target: String,
        /// What is linked.
        pieces: Vec<Piece>,
    },
    /// Characters with their sounds above.
    Ruby {
        /// The characters.
        base: String,
        /// The sounds.
        sound: String,
    },
}

/// Words of one look.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Run {
    /// The words.
    pub text: String,
    /// How they look.
    pub look: Look,
}

/// How words look.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Look {
    /// Heavy.
    pub bold: bool,
    /// Slanted.
    pub italic: bool,
    /// Struck out.
    pub struck: bool,
    /// Underlined.
    pub underlined: bool,
    /// Raised, or lowered.
    pub height: Height,
    /// Red.
    pub red: bool,
    /// Of any colour but black.
    pub coloured: bool,
    /// White, on a ground of some colour.
    pub on_ground: bool,
    /// As code.
    pub code: bool,
}

/// Whether words are raised or lowered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Height {
    /// On the line.
    #[default]
    Line,
    /// Raised: m².
    Raised,
    /// Lowered: CO₂.
    Lowered,
}

/// A table: rows of cells that may take several columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    /// Which one it is in the document, from 1.
    pub number: usize,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// How many columns it takes, at least 1.
    pub columns: usize,
    /// Whether it goes on from the row above.
    pub goes_on: bool,
}

/// A picture.
#[derive(Debug, Clone, Default)]
pub(super) struct Picture {
    /// Its file.
    pub bytes: Vec<u8>,
    /// Its address, where its bytes did not come along.
    pub address: Option<String>,
    /// Its name beside the page, where a program has saved it there too.
    pub beside: Option<String>,
    /// The words for those who cannot see it.
    pub alt: String,
    /// The words below it.
    pub caption: String,
    /// Where it stands.
    pub place: Place,
    /// What is cut off at the left, top, right and bottom, as parts of the whole.
    pub crop: [f32; 4],
    /// By how many quarters it is turned to the right.
    pub quarters: u8,
    /// Whether it is mirrored from left to right.
    pub mirrored: bool,
    /// Width and height in centimetres, where they are told.
    pub size: Option<(f32, f32)>,
}

impl Paragraph {
    /// Returns its words without looks, notes and pictures, its number first.
    pub fn text(&self) -> String {
        let mut text = match &self.mark {
            Some(mark) if !mark.is_bullet => mark.text.clone(),
            _ => String::new(),
        };
        words_of(&self.pieces, &mut text);
        text
    }

    /// Returns its words without blanks at both ends, its number not among them.
    pub fn words(&self) -> String {
        let mut text = String::new();
        words_of(&self.pieces, &mut text);
        text.trim_matches(is_blank).to_owned()
    }

    /// Tells whether nothing of it shows.
    pub fn is_empty(&self) -> bool {
        self.words().is_empty() && !self.pieces.iter().any(is_seen)
    }

    /// Calls `look` with the index of each picture in it.
    pub fn pictures(&self) -> Vec<usize> {
        let mut found = Vec::new();
        pictures_of(&self.pieces, &mut found);
        found
    }
}

fn is_seen(piece: &Piece) -> bool {
    match piece {
        Piece::Picture(_) | Piece::Note(_) => true,
        Piece::Link { pieces, .. } => pieces.iter().any(is_seen),
        _ => false,
    }
}

fn pictures_of(pieces: &[Piece], found: &mut Vec<usize>) {
    for piece in pieces {
        match piece {
            Piece::Picture(at) => found.push(*at),
            Piece::Link { pieces, .. } => pictures_of(pieces, found),
            _ => {}
        }
    }
}

/// Adds the words of `pieces` to `text`.
pub(super) fn words_of(pieces: &[Piece], text: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(run) => text.push_str(&run.text),
            Piece::Break => text.push('\n'),
            Piece::Link { pieces, .. } => words_of(pieces, text),
            Piece::Ruby { base, .. } => text.push_str(base),
            Piece::Picture(_) | Piece::Note(_) => {}
        }
    }
}
