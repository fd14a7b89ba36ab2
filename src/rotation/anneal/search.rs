//! The search: small changes by chance, fewer and fewer losses borne.
//!
//! A plan that only ever improves ends where no small change gains: a poor place. Annealing also
//! takes a change that loses, the more readily the higher the *heat* and the smaller the loss,
//! and cools down. Cooling quadratically, fast while everything is in flux and slowly at the
//! end, spends most moves where they decide something.
//!
//! Moves are made in *bouts*: some hundred on one board and on swaps between it and another. All
//! that they touch then stays in the processor's cache, without which a thousand boards would
//! run at a fraction of the speed.

use super::chance::{Chance, LOSS_BITS, Losses, below};
use super::facts::{Facts, NONE};
use super::instance::Assignment;
use super::neighbours::Neighbours;
use super::state::State;

/// Moves on one board before the next one's turn.
const BOUT: u64 = 512;

/// Bits behind the point of a heat.
const HEAT_BITS: u32 = 8;

/// Moves tried to learn how much moves gain and lose.
const N_SAMPLES: usize = 4096;

pub static mut PARAMS: [i64; 8] = [60, 20, 20, 600, 20, 0, 0, 0];

/// A search under way.
struct Search<'f> {
    state: State<'f>,
    neighbours: Neighbours,
    losses: Losses,
    chance: Chance,
    /// The loss that is borne on average, in 2^−[`HEAT_BITS`].
    heat: i64,
    /// What was gained since the start.
    gained: i64,
}

/// A move that breaks no rule.
#[derive(Clone, Copy)]
enum Move {
    /// Another item, or none, in a spot.
    Replace(usize, u32),
    /// Two spots exchange what they show.
    Swap(usize, usize),
}

/// Anneals a plan; returns the best that was found and what it gained.
pub(super) fn anneal(
    facts: &Facts,
    start: &[Option<u32>],
    n_moves: u64,
    seed: u64,
) -> (Assignment, i64) {
    let state = State::with(facts, start);
    let mut best = (state.plan(), 0);
    if facts.spots.is_empty() {
        return best;
    }
    let mut search = Search {
        state,
        neighbours: Neighbours::new(facts),
        losses: Losses::new(),
        chance: Chance::new(seed),
        heat: 0,
        gained: 0,
    };
    let scale = search.scale();
    // Copying the plan costs as much as a few moves a cell.
    let look_after = facts.spots.len() as u64 / BOUT + 1;
    let n_bouts = n_moves.div_ceil(BOUT).max(1);
    for left in (0..n_bouts).rev() {
        search.heat = heat(scale, left, n_bouts);
        search.bout();
        if left % look_after == 0 && search.gained > best.1 {
            best = (search.state.plan(), search.gained);
        }
    }
    best
}

/// Returns the heat with `left` of `n` bouts to go: quadratically down to nothing.
fn heat(scale: i64, left: u64, n: u64) -> i64 {
    let (left, n) = (i128::from(left), i128::from(n));
    let p = unsafe { PARAMS };
    let hot = i128::from(scale) * p[3] as i128 / 1000;
    let cold = i128::from(scale) * p[4] as i128 / 1000;
    let cold = if left * 50 < n { 0 } else { cold };
    (cold + (hot - cold) * left * left / (n * n)) as i64
}

impl Search<'_> {
    /// Returns the size of a usual gain or loss: the median of some moves at the start. A mean
    /// would be swept away by the few moves that break or mend coverage.
    fn scale(&mut self) -> i64 {
        let mut sizes: Vec<i64> = Vec::new();
        for _ in 0..N_SAMPLES {
            let (at, partner) = self.pair();
            if let Some(change) = self.propose(at, partner) {
                let gain = self.gain(change);
                if gain != 0 {
                    sizes.push(gain.abs());
                }
            }
        }
        sizes.sort_unstable();
        let median = sizes.get(sizes.len() / 2).copied().unwrap_or(1);
        median << HEAT_BITS
    }

    /// Picks a spot, and a board that has a spot of the same time: likely another one.
    fn pair(&mut self) -> (usize, u32) {
        let spots = &self.state.facts.spots;
        let (random, other) = self.chance.two();
        let at = below(random, spots.len());
        let same_time = self.neighbours.at_time_of(at);
        let other = same_time[below(other, same_time.len())];
        (at, spots[other as usize].board)
    }

    /// Makes some moves on one board, and swaps between it and another.
    fn bout(&mut self) {
        let (at, partner) = self.pair();
        let board = self.state.facts.spots[at].board;
        let own = self.neighbours.of_board(board);
        for _ in 0..BOUT {
            let (random, loss) = self.chance.two();
            let at = own.start + below(random, own.len());
            let Some(change) = self.propose(at, partner) else {
                continue;
            };
            let gain = self.gain(change);
            let borne = (self.heat * self.losses.pick(loss)) >> (HEAT_BITS + LOSS_BITS);
            if gain + borne >= 0 {
                self.make(change);
                self.gained += gain;
            }
        }
    }

    /// Thinks of a move that begins at a spot; `None` if a rule forbids what it thought of.
    #[inline]
    fn propose(&mut self, at: usize, partner: u32) -> Option<Move> {
        let p = unsafe { PARAMS };
        let (kind, random) = self.chance.two();
        let kind = below(kind, 100) as i64;
        if kind < p[0] {
            self.propose_item(at, random)
        } else if kind < p[0] + p[1] {
            self.propose_swap(at, self.neighbours.at_time_on(at, partner), random)
        } else {
            let board = self.state.facts.spots[at].board;
            self.propose_swap(at, self.neighbours.of_board(board), random)
        }
    }

    /// Thinks of another item for a spot. Where the item's topic stands in another spot of the
    /// board and period, the item is to replace that.
    #[inline]
    fn propose_item(&self, at: usize, random: u32) -> Option<Move> {
        let facts = self.state.facts;
        let spot = &facts.spots[at];
        let old = self.state.shows(at);
        let choices = facts.pools.choices(spot.pool);
        let Some(&new) = choices.get(below(random, choices.len() + 1)) else {
            return (old != NONE).then_some(Move::Replace(at, NONE));
        };
        if !self.state.is_far(spot, new) {
            return None;
        }
        let topic = facts.topics[new as usize];
        if self.state.is_topic_free(spot, topic) || topic == self.state.topic_of(old) {
            return Some(Move::Replace(at, new));
        }
        let mut mates = self.neighbours.mates(at);
        let rival = mates.find(|&mate| self.state.topic_of(self.state.shows(mate)) == topic)?;
        let may = facts.pools.has(facts.spots[rival].pool, new);
        may.then_some(Move::Replace(rival, new))
    }

    /// Thinks of a swap with one of some spots.
    #[inline]
    fn propose_swap(
        &self,
        at: usize,
        others: std::ops::Range<usize>,
        random: u32,
    ) -> Option<Move> {
        let other = others.start + below(random, others.len());
        if others.is_empty() {
            return None;
        }
        let (shown, other_shown) = (self.state.shows(at), self.state.shows(other));
        let spots = &self.state.facts.spots;
        let may = shown != other_shown
            && self.state.may_swap(&spots[at], &spots[other], shown, other_shown);
        may.then_some(Move::Swap(at, other))
    }

    #[inline]
    fn gain(&mut self, change: Move) -> i64 {
        let spots = &self.state.facts.spots;
        match change {
            Move::Replace(at, new) => {
                let old = self.state.shows(at);
                self.state.replace_gain(&spots[at], old, new)
            }
            Move::Swap(a, b) => {
                let (of_a, of_b) = (self.state.shows(a), self.state.shows(b));
                self.state.swap_gain(&spots[a], &spots[b], of_a, of_b)
            }
        }
    }

    fn make(&mut self, change: Move) {
        match change {
            Move::Replace(at, new) => {
                self.state.take(at);
                if new != NONE {
                    self.state.put(at, new);
                }
            }
            Move::Swap(a, b) => self.state.swap(a, b),
        }
    }
}
pub fn run(instance: &super::Instance, start: &[Option<u32>], n_moves: u64, seed: u64) -> (Assignment, i64) { anneal(&Facts::new(instance), start, n_moves, seed) }
