//! What settings, boards and pages alike are given: pictures and options.

use crate::diag::{SitePath, Spanned};

/// A picture with its description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file.
    pub file: SitePath,
    /// What it shows.
    pub alt: String,
    /// Where what matters stands in it, from its left and its top, 0 to 1 each.
    pub focus: Option<Focus>,
}

/// A point of a picture, as shares of its width and height in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Focus {
    /// From the left.
    pub x: u16,
    /// From the top.
    pub y: u16,
}

/// A setting of a poster's layout, or an option of the theme, as it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenOption {
    /// Its name.
    pub name: Spanned<String>,
    /// Its value.
    pub value: Spanned<String>,
}
