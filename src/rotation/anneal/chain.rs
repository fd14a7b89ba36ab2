//! A poster put where rules keep it off: what is in its way makes room and is replaced.
//!
//! Where posters are few, nearly every single change breaks a rule, and a search that only makes
//! lawful ones stands still. A chain puts an item into a spot, takes down what it must not hang
//! beside (itself in periods too near, another of its topic), and fills each spot that fell
//! empty with the best of some items that may hang there then. It counts as one move.

use super::chance::below;
use super::facts::{Facts, NONE};
use super::neighbours::Neighbours;
use super::state::State;

/// How many items a spot that fell empty looks at.
const N_LOOKS: usize = 12;

/// Changes that can be undone.
#[derive(Debug, Default)]
pub(super) struct Chain {
    /// Each change: the spot, and what it showed before.
    changes: Vec<(usize, u32)>,
    gain: i64,
}

impl Chain {
    /// Puts an item into a spot that may show it but for what is there now; returns the gain.
    /// The chain stays in place until it is undone.
    pub(super) fn pull(
        &mut self,
        state: &mut State,
        neighbours: &Neighbours,
        at: usize,
        new: u32,
        random: u32,
    ) -> i64 {
        self.changes.clear();
        self.gain = 0;
        self.clear_the_way(state, neighbours, at, new);
        let n_cleared = self.changes.len();
        self.change(state, at, new);
        for n in 0..n_cleared {
            let (cleared, _) = self.changes[n];
            if cleared != at
                && let Some(item) = best_of_some(state, cleared, random)
            {
                self.change(state, cleared, item);
            }
        }
        self.gain
    }

    /// Finds another place on its board for each item that a pull took down and that hangs there no
    /// more, where that gains; returns the gain of all.
    pub(super) fn rehome(&mut self, state: &mut State, neighbours: &Neighbours) -> i64 {
        for n in 0..self.changes.len() {
            let (at, item) = self.changes[n];
            if item == NONE || self.changes[..n].iter().any(|change| change.1 == item) {
                continue;
            }
            let board = neighbours.of_board(state.facts.spots[at].board);
            let best = (board.filter_map(|other| Some((gain_there(state, other, item)?, other))))
                .reduce(|best, other| if other.0 > best.0 { other } else { best });
            if let Some((_, other)) = best.filter(|best| best.0 > 0) {
                self.change(state, other, item);
            }
        }
        self.gain
    }

    /// Takes everything back.
    pub(super) fn undo(&mut self, state: &mut State) {
        while let Some((at, old)) = self.changes.pop() {
            state.take(at);
            if old != NONE {
                state.put(at, old);
            }
        }
    }

    fn clear_the_way(&mut self, state: &mut State, neighbours: &Neighbours, at: usize, new: u32) {
        let facts: &Facts = state.facts;
        let spot = &facts.spots[at];
        self.change(state, at, NONE);
        let mut near = state.hangs_of(spot.board as usize, new as usize) & facts.near(spot);
        while near != 0 {
            let period = near.trailing_zeros();
            near &= near - 1;
            let mut spots = neighbours.of_period(spot.board, period);
            if let Some(other) = spots.find(|&other| state.shows(other) == new) {
                self.change(state, other, NONE);
            }
        }
        let topic = facts.topics[new as usize];
        if !state.is_topic_free(spot, topic) {
            let mut mates = neighbours.of_period(spot.board, spot.period);
            if let Some(rival) = mates.find(|&mate| state.topic_of(state.shows(mate)) == topic) {
                self.change(state, rival, NONE);
            }
        }
    }

    fn change(&mut self, state: &mut State, at: usize, new: u32) {
        let old = state.shows(at);
        if old == new {
            return;
        }
        self.gain += state.replace_gain(&state.facts.spots[at], old, new);
        self.changes.push((at, old));
        state.take(at);
        if new != NONE {
            state.put(at, new);
        }
    }
}

/// Returns the gain of an item in a spot, in place of what it shows; `None` where a rule keeps it off.
fn gain_there(state: &State, at: usize, item: u32) -> Option<i64> {
    let facts = state.facts;
    let spot = &facts.spots[at];
    let old = state.shows(at);
    let topic = facts.topics[item as usize];
    let is_free = state.is_topic_free(spot, topic) || topic == state.topic_of(old);
    let may =
        old != item && facts.pools.has(spot.pool, item) && state.is_far(spot, item) && is_free;
    may.then(|| state.replace_gain(spot, old, item))
}

/// Returns the best of some items for an empty spot, if any gains more than leaving it empty.
fn best_of_some(state: &State, at: usize, random: u32) -> Option<u32> {
    let facts = state.facts;
    let spot = &facts.spots[at];
    let choices = facts.pools.choices(spot.pool);
    let (before, after) = choices.split_at(below(random, choices.len()));
    let gains = after
        .iter()
        .chain(before)
        .take(N_LOOKS)
        .filter_map(|&item| {
            let may =
                state.is_far(spot, item) && state.is_topic_free(spot, facts.topics[item as usize]);
            may.then(|| (state.replace_gain(spot, NONE, item), item))
        });
    let best = gains.reduce(|best, other| if other.0 > best.0 { other } else { best })?;
    (best.0 > 0).then_some(best.1)
}
