//! The kind of place that a poster is set for.

use crate::site::{Area, Board, Light, Slot};

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
}

impl Spot {
    /// Describes `slot` of `board`.
    pub fn of(board: &Board, slot: &Slot) -> Self {
        Self {
            area: slot.area,
            distance: board.distance,
            light: board.light,
            glass: board.glass,
        }
    }
}
