//! How good a plan could be at most: a bound by Lagrange's method.
//!
//! The rules that tie posters to each other are lifted and priced instead: a place in a period of
//! a board, a topic's turn there, a showing of a topic on a board, a copy in use in an atom, a
//! showing that coverage lacks. At given prices each poster on each board is planned by itself,
//! exactly: in which periods, far enough apart, does it pay? What all of them gain, plus the
//! prices of all there is, is never less than what the best plan gains. Prices move toward what
//! is wanted too much (a subgradient step), a fixed number of times, and the lowest sum counts.
//!
//! The bound is honest and no more: on large instances it lies a few percent above the best plan
//! known, on small ones far above. With few boards a sheet counts as printed in part by every
//! atom in which it hangs, and a part is cheap. A gap on a small site says nothing about its plan.
//!
//! Whole numbers throughout: prices are in 2^−[`SCALE`] of a point. Whatever the prices are, the
//! sum is a bound; rounding can only make it a worse one.

mod board;
mod layout;

use super::facts::Facts;
use super::instance::Instance;
use board::Boards;
use layout::Layout;

/// Bits behind the point of a price.
const SCALE: u32 = 12;

/// How often prices are moved.
const ROUNDS: usize = 250;

/// The longest step, and by how many rounds without success it is halved.
const LONGEST: i64 = 64;
const PATIENCE: usize = 6;

/// Bits behind the point of a direction.
const FINE: u32 = 4;

/// Returns a number that no plan's objective exceeds.
///
/// `reached` is the objective of a plan that is known, from which follows how far prices move;
/// any number is safe, and a good one makes the bound better.
///
/// # Panics
/// As [`solve`](super::solve()).
#[must_use]
pub fn bound(instance: &Instance, reached: i64) -> i64 {
    let facts = Facts::new(instance);
    let layout = Layout::new(&facts);
    let mut market = Market::new(&layout);
    let mut best = market.round();
    let mut best_prices = market.prices.clone();
    let (mut reach, mut failures) = (LONGEST, 0);
    for _ in 0..ROUNDS {
        market.step(reach, (best - (reached << SCALE)).max(1));
        let sum = market.round();
        if sum < best {
            best = sum;
            best_prices.copy_from_slice(&market.prices);
            failures = 0;
        } else {
            failures += 1;
        }
        if failures == PATIENCE {
            market.prices.copy_from_slice(&best_prices);
            market.round();
            market.direction.fill(0);
            reach = (reach / 2).max(1);
            failures = 0;
        }
    }
    best.div_euclid(1 << SCALE)
}

/// Prices and what is used at them.
struct Market<'l> {
    layout: &'l Layout<'l>,
    boards: Boards,
    prices: Vec<i64>,
    used: Vec<i64>,
    /// Where prices go: what is wanted too much, and some of where they went before.
    direction: Vec<i64>,
}

impl<'l> Market<'l> {
    fn new(layout: &'l Layout<'l>) -> Self {
        let n = layout.supply.len();
        let mut market = Self {
            layout,
            boards: Boards::default(),
            prices: vec![0; n],
            used: vec![0; n],
            direction: vec![0; n],
        };
        market.spread();
        market
    }

    /// Begins with each sheet's price spread evenly over the atoms.
    fn spread(&mut self) {
        let facts = self.layout.state.facts;
        for item in 0..facts.n_items {
            for (paper, price) in facts.instance.papers.iter().enumerate() {
                let row = self.layout.copies(item, paper);
                let open: Vec<usize> = row.filter(|&at| self.layout.is_open[at]).collect();
                for &at in &open {
                    self.prices[at] = (price << SCALE) / open.len() as i64;
                }
            }
        }
    }

    /// Plans all boards at the prices; returns the bound in 2^−[`SCALE`].
    fn round(&mut self) -> i64 {
        self.used.fill(0);
        let mut sum = self.layout.base << SCALE;
        for board in 0..self.layout.boards.len() - 1 {
            sum += self
                .boards
                .plan(self.layout, &self.prices, board, &mut self.used);
        }
        let supply = self.prices.iter().zip(&self.layout.supply);
        sum + supply.map(|(price, supply)| price * supply).sum::<i64>()
    }

    /// Moves the prices, `reach` / [`LONGEST`] of Polyak's step for a gap.
    fn step(&mut self, reach: i64, gap: i64) {
        self.turn();
        let norm: i128 = self.direction.iter().map(|&d| i128::from(d * d)).sum();
        let length = ((i128::from(gap) * i128::from(reach)) << (20 + FINE))
            / (norm.max(1) * i128::from(LONGEST));
        for (price, direction) in self.prices.iter_mut().zip(&self.direction) {
            *price += ((i128::from(*direction) * length) >> 20) as i64;
        }
        self.confine();
    }

    /// Finds the new direction.
    fn turn(&mut self) {
        let wanted = self.used.iter().zip(&self.layout.supply);
        for ((direction, (used, supply)), price) in
            self.direction.iter_mut().zip(wanted).zip(&self.prices)
        {
            *direction = ((used - supply) << FINE) + *direction * 11 / 16;
            // Nothing is cheaper than free.
            if *price == 0 && *direction < 0 {
                *direction = 0;
            }
        }
        self.level_copies();
    }

    /// A sheet's price is shared by the atoms: where it is used up, one atom's share grows only
    /// at the cost of others.
    fn level_copies(&mut self) {
        let facts = self.layout.state.facts;
        for item in 0..facts.n_items {
            for (paper, price) in facts.instance.papers.iter().enumerate() {
                let row = self.layout.copies(item, paper);
                let spent: i64 = self.prices[row.clone()].iter().sum();
                let open = row.clone().filter(|&at| self.layout.is_open[at]);
                let n = open.clone().count() as i64;
                if n == 0 {
                    self.direction[row].fill(0);
                    continue;
                }
                let mean = open.clone().map(|at| self.direction[at]).sum::<i64>() / n;
                let is_spent = spent + n >= price << SCALE;
                if is_spent && mean > 0 {
                    for at in open {
                        self.direction[at] -= mean;
                    }
                }
            }
        }
    }

    /// Brings prices back to where they may be.
    fn confine(&mut self) {
        let layout = self.layout;
        let facts = layout.state.facts;
        let weights = facts.instance.weights;
        for price in &mut self.prices {
            *price = (*price).max(0);
        }
        for price in &mut self.prices[layout.all_loads()] {
            *price = (*price).min(weights.topic_excess << SCALE);
        }
        for price in &mut self.prices[layout.all_covers()] {
            *price = (*price).min(weights.uncovered << SCALE);
        }
        let mut scratch = Vec::new();
        for item in 0..facts.n_items {
            for (paper, price) in facts.instance.papers.iter().enumerate() {
                let row = &mut self.prices[layout.copies(item, paper)];
                share(row, price << SCALE, &mut scratch);
            }
        }
    }
}

/// Takes the same from all shares that are left above 0, so that their sum is `most` or less.
fn share(shares: &mut [i64], most: i64, scratch: &mut Vec<i64>) {
    if shares.iter().sum::<i64>() <= most {
        return;
    }
    scratch.clear();
    scratch.extend_from_slice(shares);
    scratch.sort_unstable_by(|a, b| b.cmp(a));
    let (mut sum, mut cut) = (0, 0);
    for (n, share) in (1..).zip(scratch.iter()) {
        sum += share;
        let next = (sum - most).div_euclid(n) + 1;
        if n > 1 && *share <= next {
            break;
        }
        cut = next;
    }
    for share in shares {
        *share = (*share - cut).max(0);
    }
}
