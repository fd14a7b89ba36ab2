//! The solver: from a start, a better plan by annealing, in whole numbers.
//!
//! Pure: no clock, no I/O, nothing random but a generator with a fixed seed. See [`Instance`]
//! for what is solved.

mod instance;

pub use instance::{
    Assignment, Board, BoardNo, Cell, Coverage, InUse, Instance, Item, ItemNo, MOST_PERIODS, Owned,
    Place, TopicNo, Wanted, Weights,
};
