//! What a change gains, term by term, read off the counters; and whether a rule forbids it.

use super::facts::{NONE, SEEN, SETTLED, Spot};
use super::state::State;

impl State<'_> {
    /// Tells whether the item keeps its distance in the spot.
    #[inline]
    pub(super) fn is_far(&self, spot: &Spot, item: u32) -> bool {
        self.hangs(spot, item) & self.facts.near(spot) == 0
    }

    /// Tells whether the item keeps its distance in the spot once it has left `period`.
    #[inline]
    pub(super) fn is_far_after(&self, spot: &Spot, item: u32, period: u32) -> bool {
        self.hangs(spot, item) & self.facts.near(spot) & !(1 << period) == 0
    }

    /// Tells whether the topic is free on the board in the spot's period.
    #[inline]
    pub(super) fn is_topic_free(&self, spot: &Spot, topic: u32) -> bool {
        topic == NONE || self.topic_in[self.topic_row(spot, topic)] >> spot.period & 1 == 0
    }

    /// Tells whether no rule keeps an item off an empty cell.
    #[inline]
    pub(super) fn may_hang(&self, spot: &Spot, item: u32) -> bool {
        self.facts.pools.has(spot.pool, item)
            && self.is_far(spot, item)
            && self.is_topic_free(spot, self.facts.topics[item as usize])
    }

    /// Returns the gain of showing the item on the board for the first time; 0 if it was shown.
    #[inline]
    pub(super) fn first_show(&self, spot: &Spot, item: u32) -> i64 {
        let is_new = self.hangs(spot, item) & !SETTLED == 0;
        i64::from(is_new) * self.facts.instance.weights.first_show
    }

    /// Returns the loss of the first show by taking the only showing down; 0 if there are more.
    #[inline]
    pub(super) fn last_show(&self, spot: &Spot, item: u32) -> i64 {
        let is_only = self.hangs(spot, item) & !SETTLED == 1 << spot.period;
        i64::from(is_only) * -self.facts.instance.weights.first_show
    }

    /// Returns by how much a showing more changes what the coverage counts.
    #[inline]
    pub(super) fn covers(&self, spot: &Spot, item: u32) -> i64 {
        let facts = self.facts;
        i64::from(facts.by_showing[item as usize] || self.hangs(spot, item) & !SEEN == 0)
    }

    /// Returns by how much a showing less changes what the coverage counts.
    #[inline]
    pub(super) fn uncovers(&self, spot: &Spot, item: u32) -> i64 {
        let only = self.hangs(spot, item) & !SEEN == 1 << spot.period;
        -i64::from(self.facts.by_showing[item as usize] || only)
    }

    /// Returns the gain of a change of what a coverage counts.
    #[inline]
    fn coverage(&self, item: u32, change: i64) -> i64 {
        let lacks = self.lacks(item as usize);
        (lacks.max(0) - (lacks - change).max(0)) * self.facts.instance.weights.uncovered
    }

    /// Returns the gain in coverage of a showing more.
    #[inline]
    pub(super) fn coverage_gain(&self, spot: &Spot, item: u32) -> i64 {
        if self.facts.wanted[item as usize] == 0 {
            return 0;
        }
        self.coverage(item, self.covers(spot, item))
    }

    #[inline]
    fn coverage_loss(&self, spot: &Spot, item: u32) -> i64 {
        if self.facts.wanted[item as usize] == 0 {
            return 0;
        }
        self.coverage(item, self.uncovers(spot, item))
    }

    /// Returns the gain in coverage of a move to another board.
    #[inline]
    pub(super) fn coverage_of_move(&self, from: &Spot, to: &Spot, item: u32) -> i64 {
        if self.facts.wanted[item as usize] == 0 {
            return 0;
        }
        self.coverage(item, self.uncovers(from, item) + self.covers(to, item))
    }

    /// Returns the gain, 0 or less, of one more showing of a topic on the board.
    #[inline]
    pub(super) fn topic_gain(&self, spot: &Spot, topic: u32) -> i64 {
        if topic == NONE {
            return 0;
        }
        let too_many = self.topic_total[self.topic_row(spot, topic)] >= spot.topic_high;
        i64::from(too_many) * -self.facts.instance.weights.topic_excess
    }

    /// Returns the gain, 0 or more, of one showing of a topic less.
    #[inline]
    fn topic_relief(&self, spot: &Spot, topic: u32) -> i64 {
        if topic == NONE {
            return 0;
        }
        let too_many = self.topic_total[self.topic_row(spot, topic)] > spot.topic_high;
        i64::from(too_many) * self.facts.instance.weights.topic_excess
    }

    /// Returns the gain in topics of one item in place of another.
    #[inline]
    pub(super) fn topic_change(&self, spot: &Spot, old: u32, new: u32) -> i64 {
        if old == new {
            return 0;
        }
        self.topic_relief(spot, old) + self.topic_gain(spot, new)
    }

    /// Returns the gain, 0 or less, of using the spot's copies more.
    #[inline]
    pub(super) fn printing_gain(&self, spot: &Spot, item: u32) -> i64 {
        let row = self.sheets_row(spot, item);
        let sheets = self.sheets[row];
        let used = &self.atoms(row)[spot.first as usize..=spot.last as usize];
        let most = used.iter().max().map_or(0, |most| most + spot.copies);
        -self.price(
            spot,
            sheets.printed(most.max(sheets.most)) - sheets.printed(sheets.most),
        )
    }

    /// Returns the gain, 0 or more, of using the spot's copies less.
    #[inline]
    pub(super) fn printing_relief(&self, spot: &Spot, item: u32) -> i64 {
        let row = self.sheets_row(spot, item);
        let sheets = self.sheets[row];
        let (first, last) = (spot.first as usize, spot.last as usize);
        let atoms = self.atoms(row);
        let used = &atoms[first..=last];
        let at_most = used.iter().filter(|&&used| used == sheets.most).count();
        if at_most < sheets.n_most as usize {
            return 0;
        }
        let rest = atoms[..first].iter().chain(&atoms[last + 1..]).max();
        let inside = used.iter().max().map_or(0, |most| most - spot.copies);
        let most = inside.max(rest.copied().unwrap_or(0));
        self.price(spot, sheets.printed(sheets.most) - sheets.printed(most))
    }

    #[inline]
    fn price(&self, spot: &Spot, sheets: i64) -> i64 {
        sheets * self.facts.instance.papers[spot.paper as usize]
    }

    /// Returns the bonus of a cell that keeps what was published.
    #[inline]
    pub(super) fn keep(&self, spot: &Spot, item: u32) -> i64 {
        i64::from(spot.kept == item && item != NONE) * spot.keep
    }

    /// Returns the gain of putting an item that may hang into an empty cell, but for its topic.
    #[inline]
    fn put_gain(&self, spot: &Spot, item: u32) -> i64 {
        spot.empty
            + self.facts.value(spot, item)
            + self.first_show(spot, item)
            + self.coverage_gain(spot, item)
            + self.printing_gain(spot, item)
            + self.keep(spot, item)
    }

    /// Returns the gain of emptying a cell of its item, but for its topic.
    #[inline]
    fn take_gain(&self, spot: &Spot, item: u32) -> i64 {
        -spot.empty - self.facts.value(spot, item)
            + self.last_show(spot, item)
            + self.coverage_loss(spot, item)
            + self.printing_relief(spot, item)
            - self.keep(spot, item)
    }

    /// Returns the gain of one item in place of another, either of which may be [`NONE`], in a
    /// cell that shows `old` and could show `new` after it.
    #[inline]
    pub(super) fn replace_gain(&self, spot: &Spot, old: u32, new: u32) -> i64 {
        let topics = (self.topic_of(old), self.topic_of(new));
        let mut gain = self.topic_change(spot, topics.0, topics.1)
            + self.share_of_replace(spot, topics.0, topics.1);
        if old != NONE {
            gain += self.take_gain(spot, old);
        }
        if new != NONE {
            gain += self.put_gain(spot, new);
        }
        gain
    }
}
