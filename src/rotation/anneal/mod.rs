//! The solver: from a start, a better plan by annealing, in whole numbers.
//!
//! In: an [`Instance`] (its page says what is sought) and a plan to start from. Out: a plan that
//! breaks no rule and is worth as much as the start or more. Pure: no clock, no I/O, and chance
//! comes from a generator with a fixed seed. The number of moves follows from the number of
//! cells, never from the time that they take. So equal instances give equal plans on every
//! machine, on any number of threads.
//!
//! - [`greedy()`] makes a start;
//! - [`solve()`] betters it;
//! - [`repair()`] mends one out of which something fell, around that;
//! - [`score()`] counts afresh what a plan is worth and which rules it breaks, and shares no code
//!   with the above;
//! - [`bound()`] tells what no plan can exceed;
//! - [`explain()`] tells what each candidate of a cell would gain, or which rule forbids it.

mod bound;
mod chain;
mod chance;
mod explain;
mod facts;
mod floor;
mod gains;
mod instance;
mod neighbours;
mod repair;
mod score;
mod search;
mod start;
mod state;
mod swap;
#[cfg(test)]
mod tests;

pub use bound::bound;
pub use explain::{Choice, Refusal, explain};
pub use instance::{
    Assignment, Board, BoardNo, Cell, Coverage, Floor, InUse, Instance, Item, ItemNo, MOST_PERIODS,
    Owned, Place, TopicNo, Wanted, Weights,
};
pub use repair::Hit;
pub use score::{Parts, Score, Violation, score};
pub use start::greedy;

use serde::{Deserialize, Serialize};

use facts::Facts;

/// How long to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Effort {
    /// A plan that is nearly as good, for every build: some tenths of a second.
    Quick,
    /// A plan to publish: seconds for a small site, about a minute for a thousand boards.
    Thorough,
    /// So many moves.
    Moves(u64),
}

/// A plan, and what it is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Solution {
    /// What each cell shows.
    pub assignment: Assignment,
    /// Its objective, as [`score()`] counts it.
    pub objective: i64,
}

/// Betters a plan. What breaks a rule in the start is left out first; an empty start, or one by
/// [`greedy()`], will do.
///
/// # Panics
/// If the instance is none: a number in it points nowhere, a board has more than
/// [`MOST_PERIODS`] periods, or the start has not one entry for each cell.
#[must_use]
pub fn solve(instance: &Instance, start: &[Option<ItemNo>], effort: Effort) -> Solution {
    assert_eq!(start.len(), instance.cells.len(), "one entry for each cell");
    let facts = Facts::new(instance);
    let n_moves = effort.n_moves(instance.cells.len());
    let assignment = search::search(&facts, start, n_moves);
    let objective = score(instance, &assignment).objective;
    Solution {
        assignment,
        objective,
    }
}

/// Mends a plan: `start` is what is left of it, `hit` what a change touched. What breaks a rule in
/// the start is left out first.
///
/// # Panics
/// As [`solve()`]; or if `hit` names a cell or an item that there is not.
#[must_use]
pub fn repair(instance: &Instance, start: &[Option<ItemNo>], hit: Hit) -> Solution {
    assert_eq!(start.len(), instance.cells.len(), "one entry for each cell");
    let facts = Facts::new(instance);
    let assignment = repair::mend(&facts, start, hit);
    let objective = score(instance, &assignment).objective;
    Solution {
        assignment,
        objective,
    }
}

impl Effort {
    /// Returns how many moves are made: more for more cells, up to what anybody waits for.
    fn n_moves(self, n_cells: usize) -> u64 {
        let n_cells = n_cells as u64;
        match self {
            Self::Quick => (n_cells * 5_000).clamp(20_000, 20_000_000),
            Self::Thorough => (n_cells * 60_000).clamp(1_000_000, 250_000_000),
            Self::Moves(n) => n,
        }
    }
}
