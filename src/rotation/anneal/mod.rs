//! The solver: from a start, a better plan by annealing, in whole numbers.
//!
//! Pure: no clock, no I/O, nothing random but a generator with a fixed seed. See [`Instance`]
//! for what is solved.

mod bound;
mod chance;
mod facts;
mod instance;
mod neighbours;
mod score;
pub mod search;
mod start;
mod state;
mod swap;

pub use bound::bound;
pub use instance::{
    Assignment, Board, BoardNo, Cell, Coverage, InUse, Instance, Item, ItemNo, MOST_PERIODS, Owned,
    Place, TopicNo, Wanted, Weights,
};
pub use score::{Parts, Score, Violation, score};
pub use start::greedy;
