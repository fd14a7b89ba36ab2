//! Stage 5: posters, rendered once for web and print.
//!
//! In: site, theme, plan and the months to print. Out: [`Posters`], each a one-page PDF with
//! its picture. Who wants a poster borrows it from here.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::site::Size;

/// What is set: a page in a slot. Equal slots share one [`Poster`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Variant {
    /// The page's id.
    pub page: String,
    /// The board's id.
    pub board: String,
    /// The slot's id.
    pub slot: String,
}

/// A poster, set.
#[derive(Debug)]
pub struct Poster {
    /// The PDF: one page of the slot's whole size.
    pub pdf: Arc<[u8]>,
    /// A PNG, `PREVIEW_WIDTH` pixels wide; of the visible part only.
    pub preview: Arc<[u8]>,
    /// A screen's PNG at its own pixels.
    pub screen: Option<Arc<[u8]>>,
    /// The whole size in mm.
    pub size: Size,
    /// The preview's size in pixels.
    pub preview_px: (u32, u32),
    /// The name of what went in: twelve hexadecimal digits.
    pub hash: String,
    /// The height of body type in mm; `None` for finished files.
    pub body_height: Option<f64>,
}

/// All posters of a run.
#[derive(Debug, Default)]
pub struct Posters(pub BTreeMap<Variant, Arc<Poster>>);

impl Posters {
    /// Returns the poster of `page` in slot `slot` of board `board`.
    pub fn get(&self, page: &str, board: &str, slot: &str) -> Option<&Arc<Poster>> {
        self.0.get(&Variant {
            page: page.into(),
            board: board.into(),
            slot: slot.into(),
        })
    }
}
