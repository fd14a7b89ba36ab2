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

use super::chain::Chain;
use super::chance::{Chance, LOSS_BITS, Losses, below};
use super::facts::{Facts, NONE};
use super::instance::Assignment;
use super::neighbours::Neighbours;
use super::state::State;

/// The longest bout: moves on one board before the next one's turn.
const LONGEST_BOUT: usize = 512;

/// The shortest bout. A small instance lies in the cache as a whole, and taking turns more often
/// lets boards find to each other.
const SHORTEST_BOUT: usize = 16;

/// Bits behind the point of a heat.
const HEAT_BITS: u32 = 8;

/// Moves tried to learn how much moves gain and lose.
const N_SAMPLES: usize = 4096;

/// The heat at the start and toward the end, in thousandths of a usual gain.
const HOT: i64 = 150;
const COLD: i64 = 40;

/// The last part of the bouts, one in so many, takes no loss at all.
const SETTLING: u64 = 50;

/// Of a hundred moves, how many think of another item, and how many of a swap between boards;
/// the rest are swaps on one board.
const ITEM_MOVES: usize = 60;
const BOARD_SWAPS: usize = 20;

/// Of the moves that a rule forbids, one in so many becomes a chain.
const CHAINS: u32 = 16;

/// Instances of so few cells are searched in several runs: one run may end in the wrong one of
/// two good plans with nothing between them, and more runs cost nothing there.
const FEW_CELLS: usize = 64;

/// The runs for few cells; every other begins hotter.
const N_RUNS: u64 = 8;

/// A search under way.
pub(super) struct Search<'f> {
    pub(super) state: State<'f>,
    pub(super) neighbours: Neighbours,
    losses: Losses,
    chance: Chance,
    chain: Chain,
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

/// Betters a plan; returns the best that was found, which may be the start.
pub(super) fn search(facts: &Facts, start: &[Option<u32>], n_moves: u64) -> Assignment {
    if facts.spots.len() > FEW_CELLS {
        return anneal(facts, start, n_moves, (1, HOT)).0;
    }
    let hotness = |run: u64| HOT << (run % 4);
    let runs = (0..N_RUNS).map(|run| anneal(facts, start, n_moves / N_RUNS, (run, hotness(run))));
    let best = runs.reduce(|best, other| if other.1 > best.1 { other } else { best });
    best.map_or_else(Vec::new, |best| best.0)
}

/// Anneals once, from a seed and a heat; returns the best that was found and what it gained.
///
/// Plans of different seeds differ by some tenths of a percent.
fn anneal(
    facts: &Facts,
    start: &[Option<u32>],
    n_moves: u64,
    (seed, hot): (u64, i64),
) -> (Assignment, i64) {
    let mut search = Search::new(facts, start, seed);
    let mut best = (search.state.plan(), 0);
    if facts.spots.is_empty() {
        return best;
    }
    let scale = search.scale();
    let n_cells = facts.spots.len();
    let bout = (n_cells / 16).clamp(SHORTEST_BOUT, LONGEST_BOUT);
    // Copying the plan costs as much as some moves a cell.
    let look_after = (4 * n_cells / bout).max(1) as u64;
    let n_bouts = n_moves.div_ceil(bout as u64).max(1);
    for left in (0..n_bouts).rev() {
        search.heat = heat(scale, hot, (left, n_bouts));
        search.bout(bout);
        if left % look_after == 0 && search.gained > best.1 {
            best = (search.state.plan(), search.gained);
        }
    }
    best
}

/// Returns the heat with `left` of `n` bouts to go: quadratically down, and nothing at the end.
fn heat(scale: i64, hot: i64, (left, n): (u64, u64)) -> i64 {
    if left < n / SETTLING {
        return 0;
    }
    let (left, n) = (i128::from(left), i128::from(n));
    let share = |thousandths: i64| i128::from(scale) * i128::from(thousandths) / 1000;
    (share(COLD) + share(hot - COLD) * left * left / (n * n)) as i64
}

impl<'f> Search<'f> {
    pub(super) fn new(facts: &'f Facts<'f>, start: &[Option<u32>], seed: u64) -> Self {
        Self {
            state: State::with(facts, start),
            neighbours: Neighbours::new(facts),
            losses: Losses::new(),
            chance: Chance::new(seed),
            chain: Chain::default(),
            heat: 0,
            gained: 0,
        }
    }

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

    /// Betters the plan by moves that begin at some spots, from a low heat soon down to none; returns
    /// the best that was found.
    pub(super) fn settle(&mut self, spots: &[u32], n_moves: u64) -> Assignment {
        let scale = self.scale();
        let mut best = (self.state.plan(), 0);
        // Copying the plan costs as much as some moves a cell.
        let look_after = 4 * self.state.facts.spots.len() as u64;
        let n_warm = n_moves * 2 / 3;
        for made in 0..n_moves {
            let left = n_warm.saturating_sub(made);
            self.heat = (i128::from(heat(scale, COLD, (n_warm, n_warm)))
                * i128::from(left)
                * i128::from(left)
                / (i128::from(n_warm) * i128::from(n_warm)).max(1)) as i64;
            let (random, other) = self.chance.two();
            let at = spots[below(random, spots.len())] as usize;
            let same_time = self.neighbours.at_time_of(at);
            let partner = same_time[below(other, same_time.len())] as usize;
            let (_, loss) = self.chance.two();
            self.step(at, self.state.facts.spots[partner].board, loss);
            let is_last = made + 1 == n_moves;
            if (is_last || made % look_after == 0) && self.gained > best.1 {
                best = (self.state.plan(), self.gained);
            }
        }
        best.0
    }

    /// Makes some moves on one board, and swaps between it and another.
    fn bout(&mut self, n_moves: usize) {
        let (at, partner) = self.pair();
        let board = self.state.facts.spots[at].board;
        let own = self.neighbours.of_board(board);
        for _ in 0..n_moves {
            let (random, loss) = self.chance.two();
            let at = own.start + below(random, own.len());
            self.step(at, partner, loss);
        }
    }

    /// Tries one move that begins at a spot.
    #[inline]
    fn step(&mut self, at: usize, partner: u32, loss: u32) {
        let borne = (self.heat * self.losses.pick(loss)) >> (HEAT_BITS + LOSS_BITS);
        let Some(change) = self.propose(at, partner) else {
            if (loss >> 16).is_multiple_of(CHAINS) {
                self.chain(at, borne);
            }
            return;
        };
        let gain = self.gain(change);
        if gain + borne >= 0 {
            self.make(change);
            self.gained += gain;
        }
    }

    /// Tries a chain that begins at a spot.
    fn chain(&mut self, at: usize, borne: i64) {
        let (random, other) = self.chance.two();
        let facts = self.state.facts;
        let choices = facts.pools.choices(facts.spots[at].pool);
        if choices.is_empty() {
            return;
        }
        let new = choices[below(random, choices.len())];
        let gain = self
            .chain
            .pull(&mut self.state, &self.neighbours, at, new, other);
        if gain + borne >= 0 {
            self.gained += gain;
        } else {
            self.chain.undo(&mut self.state);
        }
    }

    /// Puts an item into a spot, and what is in its way into other places; where it does not gain,
    /// or shall only be tried, all is as it was afterwards. Returns the gain.
    pub(super) fn let_in(&mut self, at: usize, item: u32, only_try: bool) -> i64 {
        let Self {
            state,
            neighbours,
            chain,
            ..
        } = self;
        chain.pull(state, neighbours, at, item, 0);
        let gain = chain.rehome(state, neighbours);
        if only_try || gain <= 0 {
            chain.undo(state);
        }
        gain
    }

    /// Thinks of a move that begins at a spot; `None` if a rule forbids what it thought of.
    #[inline]
    fn propose(&mut self, at: usize, partner: u32) -> Option<Move> {
        let (kind, random) = self.chance.two();
        let kind = below(kind, 100);
        if kind < ITEM_MOVES {
            self.propose_item(at, random)
        } else if kind < ITEM_MOVES + BOARD_SWAPS {
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
        let mut mates = self.neighbours.of_period(spot.board, spot.period);
        let rival = mates.find(|&mate| self.state.topic_of(self.state.shows(mate)) == topic)?;
        let may = facts.pools.has(facts.spots[rival].pool, new);
        may.then_some(Move::Replace(rival, new))
    }

    /// Thinks of a swap with one of some spots.
    #[inline]
    fn propose_swap(&self, at: usize, others: std::ops::Range<usize>, random: u32) -> Option<Move> {
        let other = others.start + below(random, others.len());
        if others.is_empty() {
            return None;
        }
        let (shown, other_shown) = (self.state.shows(at), self.state.shows(other));
        let spots = &self.state.facts.spots;
        let may = shown != other_shown
            && self
                .state
                .may_swap(&spots[at], &spots[other], shown, other_shown);
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

/// Makes moves at random and compares each gain with the scores of the plans before and after;
/// returns the first that differs.
#[cfg(test)]
pub(super) fn first_wrong_gain(
    facts: &Facts,
    start: &[Option<u32>],
    seed: u64,
) -> Option<(i64, i64)> {
    if facts.spots.is_empty() {
        return None;
    }
    let mut search = Search::new(facts, start, seed);
    let score = |search: &Search| super::score(facts.instance, &search.state.plan()).objective;
    let mut before = score(&search);
    for _ in 0..60 {
        let (at, partner) = search.pair();
        let Some(change) = search.propose(at, partner) else {
            continue;
        };
        let gain = search.gain(change);
        search.make(change);
        let after = score(&search);
        if after - before != gain {
            return Some((gain, after - before));
        }
        before = after;
    }
    None
}
