//! A first plan, as a person would make it: cell by cell in the order of time, the best at hand.

use super::facts::{Facts, NONE};
use super::instance::{Assignment, Instance};
use super::state::State;

/// Makes a plan quickly: no rule broken, nothing foreseen.
///
/// # Panics
/// As [`solve`](super::solve()).
#[must_use]
pub fn greedy(instance: &Instance) -> Assignment {
    let facts = Facts::new(instance);
    let mut state = State::new(&facts);
    fill(&mut state);
    state.plan()
}

/// Fills what is empty, in the order of time, where that gains anything.
pub(super) fn fill(state: &mut State) {
    let facts = state.facts;
    let mut order: Vec<usize> = (0..facts.spots.len()).collect();
    order.sort_by_key(|&at| facts.spots[at].first);
    for at in order {
        if state.shows(at) == NONE
            && let Some((item, gain)) = best(state, at)
            && gain >= 0
        {
            state.put(at, item);
        }
    }
}

/// Returns the best item for an empty cell, the first of equals.
pub(super) fn best(state: &State, at: usize) -> Option<(u32, i64)> {
    let spot = &state.facts.spots[at];
    let choices = state.facts.pools.choices(spot.pool).iter().copied();
    choices
        .filter(|&item| state.may_hang(spot, item))
        .map(|item| (item, state.replace_gain(spot, NONE, item)))
        .reduce(|best, other| if other.1 > best.1 { other } else { best })
}
