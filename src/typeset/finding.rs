//! What preflight finds on a sheet, and how it is said.

use crate::diag::Language;
use crate::site::Millimetres;

/// Something that is not as it must be on a finished sheet.
#[derive(Debug, Clone, PartialEq)]
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
    pub fn say(&self, language: Language) -> String {
        let chinese = language == Language::Chinese;
        match self {
            Self::Outside { text } if chinese => format!("“{text}”离边太近，会被裁掉或压住"),
            Self::Outside { text } => format!("“{text}” is too near the edge"),
            Self::Overlap { lower, upper } if chinese => format!("“{upper}”叠在“{lower}”上"),
            Self::Overlap { lower, upper } => format!("“{upper}” lies on “{lower}”"),
            Self::OnPicture { text } if chinese => format!("“{text}”压在图上，看不清"),
            Self::OnPicture { text } => format!("“{text}” lies on a picture"),
            Self::Faint { text, contrast } if chinese => {
                format!("“{text}”和底色太接近，对比度只有 {contrast:.1}")
            }
            Self::Faint { text, contrast } => {
                format!("“{text}” stands out too little: contrast {contrast:.1}")
            }
            Self::Tiny { text, height } if chinese => format!("“{text}”只有 {height:.1} 毫米高"),
            Self::Tiny { text, height } => format!("“{text}” is only {height:.1} mm high"),
            Self::Size { width, height } if chinese => {
                format!("纸面是 {width:.1}×{height:.1} mm，和版面的尺寸不一样")
            }
            Self::Size { width, height } => {
                format!("the sheet is {width:.1}×{height:.1} mm, which is not the slot's size")
            }
            Self::FineCode { module } if chinese => {
                format!("二维码太小，一个小方块只有 {module:.2} 毫米，扫不出来")
            }
            Self::FineCode { module } => {
                format!("the QR code is too small: modules of {module:.2} mm")
            }
            Self::CoveredCode { text } if chinese => {
                format!("“{text}”压住了二维码或它四周的白边")
            }
            Self::CoveredCode { text } => format!("“{text}” lies on the QR code"),
            Self::Coarse { alt, dpi, .. } if chinese => format!("“{alt}”每英寸只有 {dpi:.0} 点"),
            Self::Coarse { alt, dpi, .. } => format!("“{alt}” has {dpi:.0} dots an inch"),
        }
    }
}
