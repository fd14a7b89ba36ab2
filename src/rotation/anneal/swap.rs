//! Two cells exchange what they show.
//!
//! On one board a poster comes earlier and another later; between boards sheets change places.
//! Most of a swap's terms cancel, which makes it cheaper than two replacements, and it reaches
//! plans that single replacements reach only through worse ones.

use super::facts::{NONE, Spot};
use super::state::State;

impl State<'_> {
    /// Tells whether two cells with different items, one of which may be [`NONE`], may exchange
    /// them.
    #[inline]
    pub(super) fn may_swap(&self, a: &Spot, b: &Spot, of_a: u32, of_b: u32) -> bool {
        self.may_move(a, b, of_a, of_b) && self.may_move(b, a, of_b, of_a)
    }

    /// Tells whether an item may go where another goes away.
    #[inline]
    fn may_move(&self, from: &Spot, to: &Spot, item: u32, other: u32) -> bool {
        if item == NONE {
            return true;
        }
        if !self.facts.pools.has(to.pool, item) {
            return false;
        }
        let topic = self.facts.topics[item as usize];
        let same_topic = other != NONE && topic == self.facts.topics[other as usize];
        if from.board != to.board {
            self.is_far(to, item) && (same_topic || self.is_topic_free(to, topic))
        } else if from.period != to.period {
            self.is_far_after(to, item, from.period)
                && (same_topic || self.is_topic_free(to, topic))
        } else {
            true
        }
    }

    /// Returns the gain of a swap that may be.
    #[inline]
    pub(super) fn swap_gain(&mut self, a: &Spot, b: &Spot, of_a: u32, of_b: u32) -> i64 {
        let mut gain = self.move_gain(a, b, of_a) + self.move_gain(b, a, of_b);
        let topic_a = self.topic_of(of_a);
        let topic_b = self.topic_of(of_b);
        gain += self.share_of_swap(a, b, topic_a, topic_b);
        if a.board != b.board {
            gain += self.topic_change(a, topic_a, topic_b) + self.topic_change(b, topic_b, topic_a);
        }
        if of_a == NONE {
            gain += a.empty - b.empty;
        } else if of_b == NONE {
            gain += b.empty - a.empty;
        }
        gain
    }

    /// Returns the gain of an item's move, but for its topic and for emptiness.
    #[inline]
    fn move_gain(&mut self, from: &Spot, to: &Spot, item: u32) -> i64 {
        if item == NONE {
            return 0;
        }
        let mut gain = self.keep(to, item) - self.keep(from, item);
        if from.span != to.span {
            gain += self.facts.value(to, item) - self.facts.value(from, item);
        }
        if from.board != to.board {
            gain += self.first_show(to, item) + self.last_show(from, item);
            gain += self.coverage_of_move(from, to, item);
        }
        let in_use = |spot: &Spot| (spot.paper, spot.copies, spot.first, spot.last);
        if in_use(from) != in_use(to) {
            gain += self.printing_of_move(from, to, item);
        }
        gain
    }

    fn printing_of_move(&mut self, from: &Spot, to: &Spot, item: u32) -> i64 {
        let relief = self.printing_relief(from, item);
        self.use_less(from, item);
        let gain = self.printing_gain(to, item);
        self.use_more(from, item);
        relief + gain
    }

    /// Exchanges what two cells show.
    pub(super) fn swap(&mut self, a: usize, b: usize) {
        let of_a = self.take(a);
        let of_b = self.take(b);
        if of_b != NONE {
            self.put(a, of_b);
        }
        if of_a != NONE {
            self.put(b, of_a);
        }
    }
}
