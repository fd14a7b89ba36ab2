//! A plan out of which something fell: mended around that, and nothing else touched that need not
//! be.
//!
//! After a change nearly all of a plan is as good as before. What is *touched* are cells that do
//! not show what they showed ([`Cell::kept`](super::Cell::kept)), those that came free, and the best
//! openings of items that lost their cell or are new. The search moves within reach of these, on their boards and at
//! their time elsewhere, from the least heat of a whole search down to none. Each change has to gain
//! more than [`Cell::keep`](super::Cell::keep), so that at a price of 0 more changes than
//! need be.

use super::facts::{Facts, NONE};
use super::instance::{Assignment, ItemNo};
use super::neighbours::Neighbours;
use super::search::Search;
use super::start::best;
use super::state::State;

/// How many openings of an item are looked into.
const N_OPENINGS: usize = 40;

/// Moves for each cell within reach, and how many at least and most.
const MOVES_A_CELL: u64 = 200;
const FEWEST_MOVES: u64 = 4_000;
const MOST_MOVES: u64 = 300_000;

/// What a change touched, besides cells that do not show what is kept there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hit<'h> {
    /// Cells that came free.
    pub cells: &'h [usize],
    /// Items to find room for: those that lost their cell, and new ones.
    pub homeless: &'h [ItemNo],
}

/// Mends what is left of a plan, `start`.
pub(super) fn mend(facts: &Facts, start: &[Option<ItemNo>], hit: Hit) -> Assignment {
    let mut search = Search::new(facts, start, 1);
    let mut is_hit = vec![false; start.len()];
    for &cell in hit.cells {
        is_hit[cell] = true;
    }
    let moved = |at: usize| search.state.shows(at) != facts.spots[at].kept;
    let mut touched: Vec<usize> = (0..facts.spots.len())
        .filter(|&at| is_hit[facts.cells[at] as usize] || moved(at))
        .collect();
    fill(&mut search.state, &touched);
    for &item in hit.homeless {
        touched.extend(let_in(&mut search, item));
    }
    touched.sort_unstable();
    touched.dedup();
    if touched.is_empty() {
        return search.state.plan();
    }
    let reach = reach(&search.neighbours, facts, &touched);
    let n_moves = MOVES_A_CELL * reach.len() as u64;
    search.settle(&reach, n_moves.clamp(FEWEST_MOVES, MOST_MOVES))
}

/// Fills what is empty of some spots, the best gain first.
fn fill(state: &mut State, spots: &[usize]) {
    let mut open: Vec<usize> = spots.to_vec();
    loop {
        open.retain(|&at| state.shows(at) == NONE);
        let gains = open
            .iter()
            .filter_map(|&at| best(state, at).map(|best| (at, best)));
        let dearest = gains.reduce(|dearest, other| match other.1.1 > dearest.1.1 {
            true => other,
            false => dearest,
        });
        match dearest {
            Some((at, (item, gain))) if gain >= 0 => state.put(at, item),
            _ => return,
        }
    }
}

/// Puts an item wherever that gains, the best of its openings first; returns them all.
fn let_in(search: &mut Search, item: ItemNo) -> Vec<usize> {
    let openings = openings(&search.state, item).into_iter();
    let tried = openings.map(|at| (search.let_in(at, item, true), at));
    let mut tried: Vec<(i64, usize)> = tried.collect();
    tried.sort_unstable_by_key(|&(gain, at)| (std::cmp::Reverse(gain), at));
    for &(gain, at) in &tried {
        let spot = &search.state.facts.spots[at];
        if gain > 0 && search.state.shows(at) != item && search.state.is_far(spot, item) {
            search.let_in(at, item, false);
        }
    }
    tried.into_iter().map(|(_, at)| at).collect()
}

/// Returns the spots in which an item would gain most, whatever they show now.
fn openings(state: &State, item: ItemNo) -> Vec<usize> {
    let facts = state.facts;
    let mut found: Vec<(i64, usize)> = Vec::new();
    for (at, spot) in facts.spots.iter().enumerate() {
        let old = state.shows(at);
        // What keeps its topic off may make room.
        if old == item || !facts.pools.has(spot.pool, item) || !state.is_far(spot, item) {
            continue;
        }
        found.push((state.replace_gain(spot, old, item), at));
    }
    found.sort_unstable_by_key(|&(gain, at)| (std::cmp::Reverse(gain), at));
    found.truncate(N_OPENINGS);
    found.into_iter().map(|(_, at)| at).collect()
}

/// Returns all spots of the boards of `touched`, and those at its times on other boards.
fn reach(neighbours: &Neighbours, facts: &Facts, touched: &[usize]) -> Vec<u32> {
    let mut reach: Vec<u32> = Vec::new();
    for &at in touched {
        let board = neighbours.of_board(facts.spots[at].board);
        reach.extend(board.map(|at| at as u32));
        reach.extend(neighbours.at_time_of(at));
    }
    reach.sort_unstable();
    reach.dedup();
    reach
}
