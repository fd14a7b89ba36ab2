//! What is priced, in one row of numbers: supply of each, and where it stands.

use super::super::facts::{Facts, NONE, Spot};
use super::super::instance::Wanted;
use super::super::state::State;

/// Spots of a board and period that are alike: one price for a place in any of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub(super) spot: Spot,
    pub(super) count: i64,
    /// The number of its board and period.
    pub(super) turn: usize,
}

/// Where prices stand: places of groups, then turns of topics, showings of topics, copies in
/// use, and coverage.
#[derive(Debug)]
pub(super) struct Layout<'f> {
    pub(super) state: State<'f>,
    pub(super) groups: Vec<Group>,
    /// By board, its first group and turn; one more at the end.
    pub(super) boards: Vec<(usize, usize)>,
    turns: usize,
    loads: usize,
    copies: usize,
    covers: usize,
    /// How much there is of each; less than 0 is owed.
    pub(super) supply: Vec<i64>,
    /// Whether a copy may be in use; for prices of other things it says nothing.
    pub(super) is_open: Vec<bool>,
    /// The objective of holding what is held and nothing else, but for what is priced.
    pub(super) base: i64,
}

impl<'f> Layout<'f> {
    pub(super) fn new(facts: &'f Facts<'f>) -> Self {
        let instance = facts.instance;
        let state = State::new(facts);
        let (groups, boards) = groups(facts);
        let turns = groups.len();
        let loads = turns + boards.last().map_or(0, |last| last.1) * facts.n_topics;
        let copies = loads + instance.boards.len() * facts.n_topics;
        let covers = copies + facts.n_items * facts.n_papers * instance.atoms;
        let mut layout = Self {
            supply: vec![0; covers + facts.n_items],
            is_open: vec![false; covers],
            base: base(facts, &state),
            state,
            groups,
            boards,
            turns,
            loads,
            copies,
            covers,
        };
        layout.count_supply();
        layout.open_copies();
        layout
    }

    fn count_supply(&mut self) {
        let facts = self.state.facts;
        for (place, group) in self.supply.iter_mut().zip(&self.groups) {
            *place = group.count;
        }
        self.supply[self.turns..self.loads].fill(1);
        for (number, board) in facts.instance.boards.iter().enumerate() {
            for topic in 0..facts.n_topics {
                let held = self.state.topic_total(number, topic);
                let load = self.load(number, topic);
                self.supply[load] = i64::from(board.topic_high) - i64::from(held);
            }
        }
        for row in 0..facts.n_items * facts.n_papers {
            let supply = &mut self.supply[self.copies + row * facts.instance.atoms..];
            for (supply, used) in supply.iter_mut().zip(self.state.atoms(row)) {
                *supply = self.state.owned(row) - i64::from(*used);
            }
        }
        for item in 0..facts.n_items {
            if !self.is_wanted_everywhere(item) {
                self.supply[self.covers + item] = -self.state.lacks(item);
            }
        }
    }

    fn open_copies(&mut self) {
        let facts = self.state.facts;
        for number in 0..self.groups.len() {
            let spot = self.groups[number].spot;
            for &item in facts.pools.choices(spot.pool) {
                let row = self.copies(item as usize, spot.paper as usize);
                self.is_open[row][spot.first as usize..=spot.last as usize].fill(true);
            }
        }
        for used in &facts.instance.in_use {
            let row = self.copies(used.item as usize, used.paper);
            self.is_open[row][used.first..=used.last].fill(true);
        }
    }

    /// Returns where the price of a topic's turn in a period of a board stands.
    pub(super) fn turn(&self, turn: usize, topic: usize) -> usize {
        self.turns + turn * self.state.facts.n_topics + topic
    }

    /// Returns where the price of a topic's showing on a board stands.
    pub(super) fn load(&self, board: usize, topic: usize) -> usize {
        self.loads + board * self.state.facts.n_topics + topic
    }

    /// Returns where the prices of an item's copies on a paper stand, by atom.
    pub(super) fn copies(&self, item: usize, paper: usize) -> std::ops::Range<usize> {
        let atoms = self.state.facts.instance.atoms;
        let start = self.copies + (item * self.state.facts.n_papers + paper) * atoms;
        start..start + atoms
    }

    /// Returns where the price of an item's coverage stands.
    pub(super) fn cover(&self, item: usize) -> usize {
        self.covers + item
    }

    /// Returns the prices of topics' showings.
    pub(super) fn all_loads(&self) -> std::ops::Range<usize> {
        self.loads..self.copies
    }

    /// Returns the prices of coverage.
    pub(super) fn all_covers(&self) -> std::ops::Range<usize> {
        self.covers..self.supply.len()
    }

    /// Tells whether an item must be shown on every board: each board counts that by itself, so
    /// that it needs no price.
    pub(super) fn is_wanted_everywhere(&self, item: usize) -> bool {
        let coverage = self.state.facts.instance.items[item].coverage.as_ref();
        coverage.is_some_and(|coverage| coverage.wanted == Wanted::EveryBoard)
    }
}

type Starts = Vec<(usize, usize)>;

/// Groups the spots; tells for each board where its groups and turns begin.
fn groups(facts: &Facts) -> (Vec<Group>, Starts) {
    let mut groups: Vec<Group> = Vec::new();
    let mut boards = vec![(0, 0)];
    let mut n_turns = 0;
    let mut spots = facts.spots.as_slice();
    for (number, board) in facts.instance.boards.iter().enumerate() {
        let n_own = spots.partition_point(|spot| spot.board as usize == number);
        let (own, rest) = spots.split_at(n_own);
        spots = rest;
        let first = groups.len();
        for spot in own {
            let turn = n_turns + spot.period as usize;
            let alike = |group: &&mut Group| group.turn == turn && is_alike(&group.spot, spot);
            match groups[first..].iter_mut().rev().find(alike) {
                Some(group) => group.count += 1,
                None => groups.push(Group {
                    spot: *spot,
                    count: 1,
                    turn,
                }),
            }
        }
        n_turns += board.periods;
        boards.push((groups.len(), n_turns));
    }
    (groups, boards)
}

fn is_alike(a: &Spot, b: &Spot) -> bool {
    let of = |spot: &Spot| (spot.pool, spot.first, spot.last, spot.paper);
    let kept = |spot: &Spot| (spot.kept, spot.keep);
    of(a) == of(b) && (a.span, a.empty) == (b.span, b.empty) && kept(a) == kept(b)
}

fn base(facts: &Facts, state: &State) -> i64 {
    let weights = facts.instance.weights;
    let empty: i64 = facts.spots.iter().map(|spot| spot.empty).sum();
    let items = facts.instance.items.iter().enumerate();
    let everywhere = items.filter(|(_, item)| {
        let coverage = item.coverage.as_ref();
        coverage.is_some_and(|coverage| coverage.wanted == Wanted::EveryBoard)
    });
    let missing: i64 = everywhere.map(|(item, _)| state.lacks(item)).sum();
    weights.first_show * state.n_seen() - empty - weights.uncovered * missing
}

/// Returns the topic, if it is one.
pub(super) fn topic(topic: u32) -> Option<usize> {
    (topic != NONE).then_some(topic as usize)
}
