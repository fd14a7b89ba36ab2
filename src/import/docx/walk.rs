//! Where the walk through a document is, and what it has gathered.

use std::collections::BTreeMap;

use super::fields::Field;
use super::numbers::Numbers;
use super::package::Relation;
use super::spoken;
use super::styles::Styles;
use crate::diag::words;
use crate::import::losses::{Place, counted, quoted};
use crate::import::model::{Doc, Piece};
use crate::import::xml::Element;

/// What the text is read with.
pub(super) struct Source {
    pub styles: Styles,
    pub footnotes: Option<Element>,
    pub endnotes: Option<Element>,
    pub relations: BTreeMap<String, Relation>,
}

/// The walk.
pub(super) struct Walk<'s> {
    pub source: &'s Source,
    pub numbers: Numbers,
    pub doc: Doc,
    /// Pictures by their index, and the parts that hold them.
    pub wanted: Vec<(usize, String)>,
    /// Fields that have begun, outermost first.
    pub fields: Vec<Field>,
    /// Where the walk is.
    pub place: Place,
    /// How many paragraphs there have been, of any kind.
    pub n_paragraphs: usize,
    /// How many outside tables and boxes.
    pub n_counted: usize,
    pub n_tables: usize,
    pub n_cells: usize,
    /// How deep in tables and boxes it is.
    pub depth: usize,
    /// Whether the words may lie on a ground that only the table knows.
    pub is_shaded: bool,
    /// Notes met: whether at the end, and the id.
    pub notes: Vec<(bool, String)>,
    /// Pieces of a paragraph whose end was deleted.
    pub carried: Vec<Piece>,
    /// Boxes of text met beside the paragraph; they are read after it.
    pub boxes: Vec<&'s Element>,
    /// The paragraph and the number of its pieces where a link begins: words after it stand apart from
    /// those before.
    pub apart: (usize, usize),
    /// Whether the walk is in a note: there are no notes in notes.
    pub is_note: bool,
    /// How many changes were neither accepted nor rejected.
    pub n_added: usize,
}

impl<'s> Walk<'s> {
    pub fn new(source: &'s Source, numbers: Numbers) -> Self {
        Self {
            source,
            numbers,
            doc: Doc::default(),
            wanted: Vec::new(),
            fields: Vec::new(),
            place: Place::Whole,
            n_paragraphs: 0,
            n_counted: 0,
            n_tables: 0,
            n_cells: 0,
            depth: 0,
            is_shaded: false,
            notes: Vec::new(),
            carried: Vec::new(),
            boxes: Vec::new(),
            apart: (0, 0),
            is_note: false,
            n_added: 0,
        }
    }

    /// Tells whether a control holds nothing of the text, and lists it.
    pub fn is_left_out(&mut self, control: &Element) -> bool {
        let Some(properties) = control.child("sdtPr") else {
            return false;
        };
        let gallery = properties
            .find("docPartGallery")
            .and_then(|it| it.get("val"));
        let what = match gallery {
            Some("Table of Contents") => words("import-contents"),
            _ if properties.flag("showingPlcHdr") == Some(true) => {
                quoted("import-placeholder", &spoken(control))
            }
            _ => return false,
        };
        let place = self.place.clone();
        self.doc.losses.left_out(what, &place);
        true
    }

    /// Lists words that were deleted and are still there.
    pub fn deleted(&mut self, element: &Element) {
        let mut text = String::new();
        element.each(&mut |it| {
            if matches!(&*it.name, "delText" | "t") {
                text.push_str(&it.text);
            }
            true
        });
        if !text.trim().is_empty() {
            let place = self.place.clone();
            self.doc
                .losses
                .left_out(quoted("import-deleted", &text), &place);
        }
    }

    /// Lists how many shapes without words are left out at the place.
    pub fn lost_shapes(&mut self, n: usize) {
        let place = self.place.clone();
        self.doc.losses.lost(counted("import-shapes", n), &place);
    }
}
