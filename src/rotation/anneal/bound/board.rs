//! One board at given prices: for each item the periods in which showing it pays.

use super::super::facts::{Facts, SEEN, SETTLED};
use super::SCALE;
use super::layout::{Group, Layout, topic};

/// No item hangs here.
const NEVER: i64 = i64::MIN / 4;

/// Plans boards, one after the other.
#[derive(Debug, Default)]
pub(super) struct Boards {
    /// By item and period, what the best place gains.
    gains: Vec<i64>,
    /// By item and period, the group that has it.
    groups: Vec<u32>,
    /// Scratch: the most that the periods before can gain.
    sums: Vec<i64>,
}

impl Boards {
    /// Adds what the board's items use to `used`, and returns what they gain, in
    /// 2^−[`SCALE`].
    pub(super) fn plan(
        &mut self,
        layout: &Layout,
        prices: &[i64],
        board: usize,
        used: &mut [i64],
    ) -> i64 {
        let facts = layout.state.facts;
        let periods = facts.instance.boards[board].periods;
        self.gains.clear();
        self.gains.resize(facts.n_items * periods, NEVER);
        self.groups.resize(facts.n_items * periods, 0);
        for number in layout.boards[board].0..layout.boards[board + 1].0 {
            self.offer(layout, prices, number, periods);
        }
        (0..facts.n_items)
            .map(|item| self.plan_item(layout, prices, (board, item), used))
            .sum()
    }

    /// Offers a group's places to all items that may hang there.
    fn offer(&mut self, layout: &Layout, prices: &[i64], number: usize, periods: usize) {
        let facts = layout.state.facts;
        let group = &layout.groups[number];
        let spot = &group.spot;
        let place = (spot.empty << SCALE) - prices[number];
        for &item in facts.pools.choices(spot.pool) {
            let number_of = item as usize;
            let gain = place + ((facts.value(spot, item) + layout.state.keep(spot, item)) << SCALE)
                - showing_price(layout, prices, group, number_of);
            let at = number_of * periods + spot.period as usize;
            if gain > self.gains[at] {
                self.gains[at] = gain;
                self.groups[at] = number as u32;
            }
        }
    }

    /// Finds the periods in which an item pays best, each far enough from the next.
    fn plan_item(
        &mut self,
        layout: &Layout,
        prices: &[i64],
        (board, item): (usize, usize),
        used: &mut [i64],
    ) -> i64 {
        let facts = layout.state.facts;
        let (periods, repeat_after) = {
            let board = &facts.instance.boards[board];
            (board.periods, board.repeat_after)
        };
        let row = item * periods;
        let gains = &self.gains[row..row + periods];
        if gains.iter().all(|&gain| gain == NEVER) {
            return 0;
        }
        // sums[p]: the most that periods before p gain.
        self.sums.clear();
        self.sums.push(0);
        let (mut best, mut last) = (NEVER, 0);
        for (period, gain) in gains.iter().enumerate() {
            let with = gain + self.sums[period.saturating_sub(repeat_after)];
            if with > best {
                (best, last) = (with, period);
            }
            self.sums.push(self.sums[period].max(with));
        }
        let (bonus, covers) = once(layout, prices, board, item);
        if best + bonus <= 0 {
            return 0;
        }
        if covers {
            used[layout.cover(item)] -= 1;
        }
        self.use_up(layout, (row, last, repeat_after), item, used);
        best + bonus
    }

    /// Walks the chosen periods back from the last one and counts what they use.
    fn use_up(
        &self,
        layout: &Layout,
        (row, last, repeat_after): (usize, usize, usize),
        item: usize,
        used: &mut [i64],
    ) {
        let mut period = last;
        loop {
            let number = self.groups[row + period] as usize;
            use_place(layout, &layout.groups[number], number, item, used);
            let mut before = period.saturating_sub(repeat_after);
            while before > 0 && self.sums[before] == self.sums[before - 1] {
                before -= 1;
            }
            if before == 0 {
                return;
            }
            period = before - 1;
        }
    }
}

/// Returns what an item gains once by being shown on a board at all, and whether that counts in
/// its coverage by boards.
fn once(layout: &Layout, prices: &[i64], board: usize, item: usize) -> (i64, bool) {
    let facts = layout.state.facts;
    let weights = facts.instance.weights;
    let hangs = layout.state.hangs_of(board, item);
    let mut bonus = 0;
    if hangs & SEEN == 0 {
        bonus += weights.first_show << SCALE;
    }
    let counts = facts.wanted[item] > 0 && !facts.by_showing[item] && hangs & SETTLED == 0;
    if counts && layout.is_wanted_everywhere(item) {
        return (bonus + (weights.uncovered << SCALE), false);
    }
    if counts {
        bonus += prices[layout.cover(item)];
    }
    (bonus, counts)
}

/// Returns the price of a showing, but for the place: topic and copies, less its coverage.
fn showing_price(layout: &Layout, prices: &[i64], group: &Group, item: usize) -> i64 {
    let facts: &Facts = layout.state.facts;
    let spot = &group.spot;
    let mut price = 0;
    if let Some(topic) = topic(facts.topics[item]) {
        price += prices[layout.turn(group.turn, topic)];
        price += prices[layout.load(spot.board as usize, topic)];
    }
    if spot.copies > 0 {
        let copies = layout.copies(item, spot.paper as usize);
        let atoms = &prices[copies][spot.first as usize..=spot.last as usize];
        price += atoms.iter().sum::<i64>() * i64::from(spot.copies);
    }
    if facts.by_showing[item] {
        price -= prices[layout.cover(item)];
    }
    price
}

fn use_place(layout: &Layout, group: &Group, number: usize, item: usize, used: &mut [i64]) {
    let facts = layout.state.facts;
    let spot = &group.spot;
    used[number] += 1;
    if let Some(topic) = topic(facts.topics[item]) {
        used[layout.turn(group.turn, topic)] += 1;
        used[layout.load(spot.board as usize, topic)] += 1;
    }
    let copies = layout.copies(item, spot.paper as usize);
    for used in &mut used[copies][spot.first as usize..=spot.last as usize] {
        *used += i64::from(spot.copies);
    }
    if facts.by_showing[item] {
        used[layout.cover(item)] -= 1;
    }
}
