//! Typesetting: layouts of the theme and content of the site into sheets.
//!
//! The [`Engine`] holds what all sheets share: Typst's library, the fonts, the theme's files.
//! A [`Manuscript`] is a page made ready to be set, a [`Spot`] the kind of place it is set for;
//! together they give the data that a layout walks. Content reaches Typst as data alone, so
//! nothing in it can be read as code, and nothing outside its own files can be read from there.
//! What was set is kept in the [`Cache`](crate::cache::Cache) under the key of what went in.
//!
//! [`measure`](crate::measure), [`poster`](crate::poster) and
//! [`render::print`](crate::render::print) are built on this.

mod body;
mod break_costs;
mod brush;
mod compile;
mod cut;
pub mod data;
mod day;
mod design;
mod drawings;
mod engine;
mod failure;
mod figure;
mod finding;
mod glyphs;
mod grey;
mod inked;
mod inks;
mod inspect;
mod inventory;
mod known;
mod lines;
mod long;
mod manuscript;
mod month;
mod outlines;
mod outside;
mod paint;
mod picture;
mod pictures;
mod press;
mod qr;
mod raster;
mod redrawn;
mod reduced;
mod seen;
mod setting;
mod share;
mod sheet;
mod shop;
mod signs;
mod spot;
#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;
mod told;
mod wanted;
mod words;
mod world;

pub(crate) use body::poster_part;
pub use compile::{Compiled, Files, FitReport, Part, WideTable, forget};
pub use cut::{Cut, Shown, tell};
pub use design::{Design, Designs, Ground, HUES, Shade, SheetSize, hue, sheet_size};
pub use drawings::missing_in_drawings;
pub use engine::{Engine, words_of};
pub use failure::Failure;
pub use figure::BigFigure;
pub use finding::Finding;
pub use glyphs::{missing_glyphs, missing_in_settings};
pub use grey::greyed;
pub use inked::Form;
pub use lines::{lexicon, phrases};
pub use long::{LONG_WIDTH, LongPart, long};
pub use manuscript::Manuscript;
pub use manuscript::output::Paper;
pub use outside::{Outside, OutsideError, fonts_left_out};
pub use press::Press;
pub use raster::Png;
pub use setting::{STAMPED, Setting, unknown_layout};
pub use share::{CardShape, ShareCard, ShareSetting};
pub use sheet::{PREVIEW_WIDTH, PREVIEW_WIDTH_LANDSCAPE, Sheet};
pub use spot::{Edition, Look, Portion, Spot};
pub use wanted::{missing_families, wanted_fonts};
