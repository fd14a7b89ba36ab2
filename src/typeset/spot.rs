//! The kind of place that a poster is set for.

use super::Design;
use crate::diag::Language;
use crate::site::{Area, Board, Light, Millimetres, Size, Slot};

/// On more sheets than that nobody reads on.
pub(super) const MOST_SHEETS: usize = 4;

/// All of a slot that decides how a poster is set for it; equal spots share one sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// The sheet or screen.
    pub area: Area,
    /// How far away people stand, in metres.
    pub distance: f64,
    /// How well it is lit.
    pub light: Light,
    /// Whether it is behind glass.
    pub glass: bool,
    /// What it is printed for.
    pub look: Look,
    /// What sets it apart from its neighbours; by the page's id where nobody decided.
    pub design: Option<Design>,
    /// Which of several sheets of one poster hangs here; `None` where the poster is one sheet.
    pub portion: Option<Portion>,
}

/// One of several sheets of a poster, which hang side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Portion {
    /// Which one, from 1, from left to right.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

impl Portion {
    /// Says which one it is, for lists: 第1/2张.
    pub fn words(self, language: Language) -> String {
        let Self { number, of } = self;
        match language {
            Language::Chinese => format!("第{number}/{of}张"),
            Language::English => format!("sheet {number} of {of}"),
        }
    }

    /// Puts it behind the title of the poster, where that has several sheets.
    pub fn behind(portion: Option<Self>, title: &str, language: Language) -> String {
        match (portion.map(|it| it.words(language)), language) {
            (None, _) => title.to_owned(),
            (Some(which), Language::Chinese) => format!("{title}（{which}）"),
            (Some(which), Language::English) => format!("{title} ({which})"),
        }
    }
}

/// How a sheet is printed, as far as its layout has to know.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Look {
    /// How far the ground runs on beyond the cut on each side, in mm; none on screens.
    pub bleed: Millimetres,
    /// For whom.
    pub edition: Edition,
}

/// The edition of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Edition {
    /// As designed.
    #[default]
    Colour,
    /// For an office printer: white ground, little ink, right in black and white.
    Office,
}

impl Spot {
    /// A sheet in the hand: the paper `size`, read from a forearm away.
    pub fn in_hand(size: Size) -> Self {
        Self {
            area: Area::Sheet {
                size,
                visible: size,
            },
            distance: 0.35,
            light: Light::Good,
            glass: false,
            look: Look::default(),
            design: None,
            portion: None,
        }
    }

    /// Describes `slot` of `board`.
    pub fn of(board: &Board, slot: &Slot) -> Self {
        Self {
            area: slot.area,
            distance: board.distance,
            light: board.light,
            glass: board.glass,
            look: Look::default(),
            design: None,
            portion: None,
        }
    }

    /// Describes `slot` of `board` as the first of as many as may be read as one there.
    pub fn at_most(board: &Board, slot: &Slot) -> Self {
        let of = board.longest_run(MOST_SHEETS);
        Self {
            portion: (of > 1).then_some(Portion { number: 1, of }),
            ..Self::of(board, slot)
        }
    }

    /// The same spot for a poster on one sheet.
    pub fn alone(self) -> Self {
        Self {
            portion: None,
            ..self
        }
    }

    /// The same spot, printed otherwise; a screen stays as it is.
    pub fn with(self, look: Look) -> Self {
        match self.area {
            Area::Sheet { .. } => Self { look, ..self },
            Area::Screen { .. } => self,
        }
    }
}
