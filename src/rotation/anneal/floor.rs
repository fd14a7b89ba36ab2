//! What a topic should have of a quarter at least: days that it lacks cost.

use super::facts::{NONE, Spot};
use super::instance::Instance;
use super::state::State;

/// Returns on how many days each topic should be shown, by quarter and topic; nothing where none
/// is asked for.
pub(super) fn table(instance: &Instance) -> Vec<i64> {
    if instance.floors.is_empty() || instance.weights.share == 0 {
        return Vec::new();
    }
    let of_cells = instance.cells.iter().map(|cell| cell.quarter);
    let of_floors = instance.floors.iter().map(|floor| floor.quarter);
    let n_quarters = of_cells.chain(of_floors).max().map_or(0, |last| last + 1);
    let n_topics = instance.n_topics();
    let mut table = vec![0; n_quarters * n_topics];
    for floor in &instance.floors {
        table[floor.quarter * n_topics + floor.topic as usize] += floor.days;
    }
    table
}

impl State<'_> {
    /// Counts days on which a topic is shown; floors may be asked for or not.
    #[inline]
    pub(super) fn count_days(&mut self, spot: &Spot, topic: u32, days: i64) {
        let row = self.floor_row(spot, topic);
        if let Some(shown) = self.days_shown.get_mut(row) {
            *shown += days;
        }
    }

    #[inline]
    fn floor_row(&self, spot: &Spot, topic: u32) -> usize {
        spot.quarter as usize * self.facts.n_topics + topic as usize
    }

    /// Returns the gain of so many days more of a topic in the spot's quarter.
    #[inline]
    pub(super) fn share_gain(&self, spot: &Spot, topic: u32, days: i64) -> i64 {
        if topic == NONE || self.days_shown.is_empty() {
            return 0;
        }
        let row = self.floor_row(spot, topic);
        let lacks = self.facts.floors[row] - self.days_shown[row];
        (lacks.max(0) - (lacks - days).max(0)) * self.facts.instance.weights.share
    }

    /// Returns the gain in shares of one topic in place of another in a spot.
    #[inline]
    pub(super) fn share_of_replace(&self, spot: &Spot, old: u32, new: u32) -> i64 {
        if old == new {
            return 0;
        }
        let days = i64::from(spot.days);
        self.share_gain(spot, old, -days) + self.share_gain(spot, new, days)
    }

    /// Returns the gain in shares where two spots exchange their topics.
    #[inline]
    pub(super) fn share_of_swap(&self, a: &Spot, b: &Spot, of_a: u32, of_b: u32) -> i64 {
        if of_a == of_b || (a.quarter, a.days) == (b.quarter, b.days) {
            return 0;
        }
        self.share_of_move(a, b, of_a) + self.share_of_move(b, a, of_b)
    }

    #[inline]
    fn share_of_move(&self, from: &Spot, to: &Spot, topic: u32) -> i64 {
        let (less, more) = (i64::from(from.days), i64::from(to.days));
        match from.quarter == to.quarter {
            true => self.share_gain(to, topic, more - less),
            false => self.share_gain(from, topic, -less) + self.share_gain(to, topic, more),
        }
    }
}
