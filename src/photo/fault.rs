//! Why a picture cannot be used.

use super::Format;

/// Why a picture cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The file holds nothing.
    Empty,
    /// The file ends before the picture does.
    Cut,
    /// It is damaged, or no picture; in the decoder's words.
    Broken(String),
    /// It has more pixels than can be decoded.
    TooLarge {
        /// Width and height that it says it has.
        size: (u32, u32),
        /// About how many pixels one of its kind may have.
        most: u64,
    },
    /// A format that neither browsers nor printing take.
    Format(Format),
    /// A kind of JPEG that hardly anything reads.
    Rare,
}

impl From<String> for Fault {
    fn from(cause: String) -> Self {
        Self::Broken(cause)
    }
}
