//! A plan with its counters: what a change gains is read off them, never by scoring anew.
//!
//! Scoring M's plan takes some 100 µs; reading a gain off counters takes 0.05 µs. The counters:
//!
//! - for each board and item the periods in which it hangs, as bits: one `&` tells whether it
//!   hangs too near, and 0 means that the board never showed it;
//! - for each board and topic the same, and how often it was shown;
//! - for each item and paper how many copies are in use in every atom, the most, and in how many
//!   atoms so many are;
//! - for each item how much of its coverage it has.

use super::facts::{Facts, NONE, Periods, SEEN, SETTLED, Spot};
use super::instance::{Assignment, ItemNo};

/// A plan and its counters.
#[derive(Debug, Clone)]
pub(super) struct State<'f> {
    pub(super) facts: &'f Facts<'f>,
    /// By spot; [`NONE`] is empty.
    shown: Vec<u32>,
    /// By board and item.
    hangs: Vec<Periods>,
    /// By board and topic.
    pub(super) topic_in: Vec<Periods>,
    /// By board and topic.
    pub(super) topic_total: Vec<u32>,
    /// Copies in use by item, paper and atom.
    in_use: Vec<u32>,
    /// By item and paper.
    pub(super) sheets: Vec<Sheets>,
    /// Coverage that an item has.
    covered: Vec<i64>,
    /// Days shown by quarter and topic, where floors are asked for.
    pub(super) days_shown: Vec<i64>,
}

/// Copies of an item on one paper.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sheets {
    /// The most in use in an atom.
    pub(super) most: u32,
    /// In how many atoms so many are in use.
    pub(super) n_most: u32,
    /// How many cost nothing.
    owned: u32,
}

impl<'f> State<'f> {
    /// Begins with empty cells and what is held.
    pub(super) fn new(facts: &'f Facts<'f>) -> Self {
        let instance = facts.instance;
        let (n_boards, n_items) = (instance.boards.len(), facts.n_items);
        let mut state = Self {
            facts,
            shown: vec![NONE; facts.spots.len()],
            hangs: vec![0; n_boards * n_items],
            topic_in: vec![0; n_boards * facts.n_topics],
            topic_total: vec![0; n_boards * facts.n_topics],
            in_use: vec![0; n_items * facts.n_papers * instance.atoms],
            sheets: vec![Sheets::default(); n_items * facts.n_papers],
            covered: vec![0; n_items],
            days_shown: vec![0; facts.floors.len()],
        };
        state.settle_coverage();
        state.hold();
        state.count_sheets();
        state
    }

    /// Begins with a plan; what breaks a rule in it is left out.
    pub(super) fn with(facts: &'f Facts<'f>, plan: &[Option<ItemNo>]) -> Self {
        let mut state = Self::new(facts);
        for (spot, &cell) in facts.cells.iter().enumerate() {
            if let Some(item) = plan[cell as usize]
                && state.may_hang(&facts.spots[spot], item)
            {
                state.put(spot, item);
            }
        }
        state
    }

    /// Marks the boards whose showings a coverage does not count.
    fn settle_coverage(&mut self) {
        let facts = self.facts;
        for (item, facts_of) in facts.instance.items.iter().enumerate() {
            let Some(coverage) = &facts_of.coverage else {
                continue;
            };
            if facts.by_showing[item] {
                continue;
            }
            for board in 0..facts.instance.boards.len() {
                if coverage.able.binary_search(&(board as u32)).is_err() {
                    self.hangs[board * facts.n_items + item] |= SETTLED;
                }
            }
        }
    }

    fn hold(&mut self) {
        let facts = self.facts;
        for (number, board) in facts.instance.boards.iter().enumerate() {
            for &(item, period) in &board.held {
                let hangs = &mut self.hangs[number * facts.n_items + item as usize];
                *hangs |= SEEN;
                if !board.plans(period) {
                    continue;
                }
                let newly = *hangs & SETTLED == 0;
                *hangs |= SETTLED;
                self.covered[item as usize] += i64::from(newly || facts.by_showing[item as usize]);
                let topic = facts.topics[item as usize];
                if topic != NONE {
                    self.topic_total[number * facts.n_topics + topic as usize] += 1;
                }
            }
            for &(topic, period) in &board.topics_held {
                if board.plans(period) {
                    self.topic_total[number * facts.n_topics + topic as usize] += 1;
                }
            }
        }
    }

    fn count_sheets(&mut self) {
        let facts = self.facts;
        let atoms = facts.instance.atoms;
        for used in &facts.instance.in_use {
            let row = used.item as usize * facts.n_papers + used.paper;
            for in_use in &mut self.in_use[row * atoms + used.first..=row * atoms + used.last] {
                *in_use += u32::from(used.copies);
            }
        }
        for owned in &facts.instance.owned {
            let row = owned.item as usize * facts.n_papers + owned.paper;
            self.sheets[row].owned += u32::from(owned.sheets);
        }
        for row in 0..self.sheets.len() {
            self.find_most(row);
        }
    }

    /// Returns the plan.
    pub(super) fn plan(&self) -> Assignment {
        let mut plan = vec![None; self.shown.len()];
        for (&cell, &item) in self.facts.cells.iter().zip(&self.shown) {
            plan[cell as usize] = (item != NONE).then_some(item);
        }
        plan
    }

    /// Returns what a spot shows, or [`NONE`].
    #[inline]
    pub(super) fn shows(&self, at: usize) -> u32 {
        self.shown[at]
    }

    /// Returns in which periods a board shows an item, and the two marks.
    pub(super) fn hangs_of(&self, board: usize, item: usize) -> Periods {
        self.hangs[board * self.facts.n_items + item]
    }

    /// Returns how many boards and items have been shown to each other.
    pub(super) fn n_seen(&self) -> i64 {
        self.hangs
            .iter()
            .filter(|&&hangs| hangs & !SETTLED != 0)
            .count() as i64
    }

    /// Returns how often a board shows a topic.
    pub(super) fn topic_total(&self, board: usize, topic: usize) -> u32 {
        self.topic_total[board * self.facts.n_topics + topic]
    }

    /// Returns how many sheets cost nothing, by row of item and paper.
    pub(super) fn owned(&self, row: usize) -> i64 {
        i64::from(self.sheets[row].owned)
    }

    /// Returns what an item's coverage lacks; less than 0 is more than asked for.
    pub(super) fn lacks(&self, item: usize) -> i64 {
        self.facts.wanted[item] - self.covered[item]
    }

    #[inline]
    pub(super) fn hangs(&self, spot: &Spot, item: u32) -> Periods {
        self.hangs[spot.board as usize * self.facts.n_items + item as usize]
    }

    /// Returns the topic of an item; [`NONE`] has none.
    #[inline]
    pub(super) fn topic_of(&self, item: u32) -> u32 {
        let topics = &self.facts.topics;
        topics.get(item as usize).copied().unwrap_or(NONE)
    }

    /// Returns where a topic's counters stand; the topic is one.
    #[inline]
    pub(super) fn topic_row(&self, spot: &Spot, topic: u32) -> usize {
        spot.board as usize * self.facts.n_topics + topic as usize
    }

    #[inline]
    pub(super) fn sheets_row(&self, spot: &Spot, item: u32) -> usize {
        item as usize * self.facts.n_papers + spot.paper as usize
    }

    /// Returns the copies in use in each atom, by row of item and paper.
    #[inline]
    pub(super) fn atoms(&self, row: usize) -> &[u32] {
        let atoms = self.facts.instance.atoms;
        &self.in_use[row * atoms..(row + 1) * atoms]
    }

    /// Puts an item into an empty spot and counts it.
    pub(super) fn put(&mut self, at: usize, item: u32) {
        let facts = self.facts;
        let spot = &facts.spots[at];
        debug_assert_eq!(self.shown[at], NONE);
        self.covered[item as usize] += self.covers(spot, item);
        self.shown[at] = item;
        self.hangs[spot.board as usize * facts.n_items + item as usize] |= 1 << spot.period;
        let topic = facts.topics[item as usize];
        if topic != NONE {
            let row = self.topic_row(spot, topic);
            self.topic_in[row] |= 1 << spot.period;
            self.topic_total[row] += 1;
            self.count_days(spot, topic, i64::from(spot.days));
        }
        self.use_more(spot, item);
    }

    /// Empties a spot and returns what it showed.
    pub(super) fn take(&mut self, at: usize) -> u32 {
        let facts = self.facts;
        let spot = &facts.spots[at];
        let item = std::mem::replace(&mut self.shown[at], NONE);
        if item == NONE {
            return NONE;
        }
        self.covered[item as usize] += self.uncovers(spot, item);
        self.hangs[spot.board as usize * facts.n_items + item as usize] &= !(1 << spot.period);
        let topic = facts.topics[item as usize];
        if topic != NONE {
            let row = self.topic_row(spot, topic);
            self.topic_in[row] &= !(1 << spot.period);
            self.topic_total[row] -= 1;
            self.count_days(spot, topic, -i64::from(spot.days));
        }
        self.use_less(spot, item);
        item
    }

    pub(super) fn use_more(&mut self, spot: &Spot, item: u32) {
        let row = self.sheets_row(spot, item);
        let begin = row * self.facts.instance.atoms;
        let sheets = &mut self.sheets[row];
        if spot.copies == 0 {
            return;
        }
        let span = begin + spot.first as usize..=begin + spot.last as usize;
        for in_use in &mut self.in_use[span] {
            *in_use += spot.copies;
            if *in_use > sheets.most {
                sheets.most = *in_use;
                sheets.n_most = 0;
            }
            sheets.n_most += u32::from(*in_use == sheets.most);
        }
    }

    pub(super) fn use_less(&mut self, spot: &Spot, item: u32) {
        let row = self.sheets_row(spot, item);
        let begin = row * self.facts.instance.atoms;
        let sheets = &mut self.sheets[row];
        if spot.copies == 0 {
            return;
        }
        let span = begin + spot.first as usize..=begin + spot.last as usize;
        for in_use in &mut self.in_use[span] {
            sheets.n_most -= u32::from(*in_use == sheets.most);
            *in_use -= spot.copies;
        }
        if sheets.n_most == 0 {
            self.find_most(row);
        }
    }

    fn find_most(&mut self, row: usize) {
        let most = self.atoms(row).iter().copied().max().unwrap_or(0);
        let n_most = self.atoms(row).iter().filter(|&&n| n == most).count();
        let sheets = &mut self.sheets[row];
        sheets.most = most;
        sheets.n_most = n_most as u32;
    }
}

impl Sheets {
    /// Returns how many sheets are printed where `most` are in use at a time.
    #[inline]
    pub(super) fn printed(self, most: u32) -> i64 {
        i64::from(most.saturating_sub(self.owned))
    }
}
