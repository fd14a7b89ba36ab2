//! What a picture's file tells at a glance: by its head and its end, without decoding it.

use super::dimensions::dimensions;
use super::paper::is_taken;
use super::{Fault, Format, Remarks, fault, is_moving, remarks, upright};

/// What is to be known of a file that should hold a picture. It follows from the file's bytes alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Glance {
    /// Whether it is a PDF, of which nothing else is told.
    pub is_pdf: bool,
    /// Why no page can show it.
    pub fault: Option<Fault>,
    /// How it is written, by its first bytes.
    pub format: Option<Format>,
    /// Whether the typesetter takes it as it is.
    pub is_taken: bool,
    /// Whether it has more frames than one.
    pub is_moving: bool,
    /// What of a drawing is missed on paper; nothing where it is none.
    pub remarks: Option<Remarks>,
    /// Width and height in CSS pixels, as it is seen; nothing where the file does not say.
    pub size: Option<(u32, u32)>,
}

impl Glance {
    /// Looks at a file's bytes.
    pub fn at(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"%PDF") {
            return Self {
                is_pdf: true,
                ..Self::default()
            };
        }
        let format = Format::by_mark(bytes);
        Self {
            is_pdf: false,
            fault: fault(bytes),
            format,
            is_taken: format.is_none_or(|format| is_taken(format, bytes)),
            is_moving: is_moving(bytes),
            remarks: remarks(bytes),
            size: dimensions(bytes).map(|size| upright(bytes, size)),
        }
    }
}
