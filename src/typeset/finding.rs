//! What preflight finds on a sheet, and how it is said.

use serde::{Deserialize, Serialize};

use crate::diag::{Words, words};
use crate::site::Millimetres;

/// Something that is not as it must be on a finished sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Finding {
    /// Type reaches out of what can safely be seen.
    Outside {
        /// The words.
        text: String,
    },
    /// Two runs of type lie on each other.
    Overlap {
        /// The words below.
        lower: String,
        /// The words above.
        upper: String,
    },
    /// Type lies on a picture, or under one.
    OnPicture {
        /// The words.
        text: String,
    },
    /// Type stands out too little from its ground.
    Faint {
        /// The words.
        text: String,
        /// The contrast, from 1 to 21.
        contrast: f64,
    },
    /// Type too small to be read at all.
    Tiny {
        /// The words.
        text: String,
        /// The height of a character in mm.
        height: Millimetres,
    },
    /// The sheet has another size than its slot, in mm.
    Size {
        /// Its width.
        width: Millimetres,
        /// Its height.
        height: Millimetres,
    },
    /// A QR code whose modules are too small to be scanned.
    FineCode {
        /// The side of a module in mm.
        module: Millimetres,
    },
    /// Words on a QR code or in the white round it.
    CoveredCode {
        /// The words.
        text: String,
    },
    /// A picture of too few pixels for its size.
    Coarse {
        /// What it shows.
        alt: String,
        /// Its pixels side by side and below each other.
        pixels: (u32, u32),
        /// Those wanted.
        wanted: (u32, u32),
        /// Its resolution on the sheet, in dots an inch.
        dpi: f64,
    },
}

impl Finding {
    /// Says it in words.
    pub fn words(&self) -> Words {
        match self {
            Self::Outside { text } => words("near-edge").with("text", text),
            Self::Overlap { lower, upper } => {
                words("lies-on").with("upper", upper).with("lower", lower)
            }
            Self::OnPicture { text } => words("on-picture").with("text", text),
            Self::Faint { text, contrast } => words("faint")
                .with("text", text)
                .with("contrast", format!("{contrast:.1}")),
            Self::Tiny { text, height } => words("tiny")
                .with("text", text)
                .with("height", format!("{height:.1}")),
            Self::Size { width, height } => words("not-its-size")
                .with("width", format!("{width:.1}"))
                .with("height", format!("{height:.1}")),
            Self::FineCode { module } => words("fine-code").with("module", format!("{module:.2}")),
            Self::CoveredCode { text } => words("covered-code").with("text", text),
            Self::Coarse { alt, dpi, .. } => words("coarse")
                .with("alt", alt)
                .with("dpi", format!("{dpi:.0}")),
        }
    }
}
