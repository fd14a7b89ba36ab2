//! Stage 3: which poster can be set legibly in which kind of slot.
//!
//! In: the [`Site`](crate::site::Site) and the theme. Out: [`Fits`]. It runs before the planner,
//! so that a plan never holds a sheet that cannot be set.

use std::collections::BTreeMap;

/// Which poster fits which slot.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fits(pub BTreeMap<(String, String, String), Fit>);

/// How a poster fits a slot.
#[derive(Debug, Clone, PartialEq)]
pub enum Fit {
    /// It can be set at the floor or above.
    Fits,
    /// It is too long by about that many characters.
    TooLong {
        /// Characters to cut.
        cut: usize,
        /// The first words that found no room.
        from: String,
    },
    /// It wants another size of sheet, or is a finished file of another size.
    WrongSize,
}

impl Fits {
    /// Tells whether the page `poster` can hang in slot `slot` of board `board`.
    pub fn fits(&self, poster: &str, board: &str, slot: &str) -> bool {
        self.get(poster, board, slot) == Some(&Fit::Fits)
    }

    /// Returns how the page `poster` fits slot `slot` of board `board`; `None` where it was not
    /// measured because page or slot rule each other out.
    pub fn get(&self, poster: &str, board: &str, slot: &str) -> Option<&Fit> {
        self.0
            .get(&(poster.to_owned(), board.to_owned(), slot.to_owned()))
    }
}
