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

/// TEMPORARY until the solver's own.
#[derive(Debug, Clone, Copy)]
pub enum Effort { Usual }
/// TEMPORARY
#[derive(Debug)]
pub struct Solution { #[allow(missing_docs)] pub assignment: Assignment, #[allow(missing_docs)] pub objective: i64 }
/// TEMPORARY
pub fn solve(instance: &Instance, start: &[Option<ItemNo>], _: Effort) -> Solution {
    let (assignment, objective) = search::run(instance, start, 300_000, 1);
    Solution { assignment, objective }
}
