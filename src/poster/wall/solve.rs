//! The cheapest choice for a board's sheets, by branch and bound.

/// So many partial choices are looked at; what was best by then is taken. A board of twelve sheets
/// needs some thousands.
const MOST: usize = 200_000;

/// Chooses for each sheet one of its `wishes`, a number and its cost, so that all together costs least:
/// `same` for each of the pairs `near` that share a number, and what `all` says of the whole.
///
/// A sheet without wishes has none. `all` never falls below what it says of the part that is chosen.
pub(super) fn cheapest(
    wishes: &[Vec<(u8, u32)>],
    near: &[(usize, usize)],
    same: u32,
    all: &dyn Fn(&[Option<u8>]) -> u32,
) -> Vec<Option<u8>> {
    let sorted = wishes.iter().map(|wishes| {
        let mut wishes = wishes.clone();
        wishes.sort_by_key(|(name, cost)| (*cost, *name));
        wishes
    });
    let mut search = Search {
        wishes: sorted.collect(),
        near,
        same,
        all,
        chosen: vec![None; wishes.len()],
        best: None,
        looks: 0,
    };
    search.from(0, 0);
    let best = search.best.map(|(_, best)| best);
    best.unwrap_or_else(|| vec![None; wishes.len()])
}

struct Search<'a> {
    wishes: Vec<Vec<(u8, u32)>>,
    near: &'a [(usize, usize)],
    same: u32,
    all: &'a dyn Fn(&[Option<u8>]) -> u32,
    chosen: Vec<Option<u8>>,
    best: Option<(u32, Vec<Option<u8>>)>,
    looks: usize,
}

impl Search<'_> {
    /// Chooses for the sheets from `at` on, the earlier ones costing `so_far`.
    fn from(&mut self, at: usize, so_far: u32) {
        self.looks += 1;
        let rest: u32 = self.wishes[at..]
            .iter()
            .filter_map(|it| it.first())
            .map(|it| it.1)
            .sum();
        let is_hopeless = |best: u32| so_far + rest >= best || self.looks > MOST;
        if self
            .best
            .as_ref()
            .is_some_and(|(best, _)| is_hopeless(*best))
        {
            return;
        }
        if at == self.wishes.len() {
            let cost = so_far + (self.all)(&self.chosen);
            if self.best.as_ref().is_none_or(|(best, _)| cost < *best) {
                self.best = Some((cost, self.chosen.clone()));
            }
            return;
        }
        if self.wishes[at].is_empty() {
            return self.from(at + 1, so_far);
        }
        let mut ways: Vec<(u32, u8)> = self.wishes[at]
            .iter()
            .map(|(name, cost)| (cost + self.clash(at, *name), *name))
            .collect();
        ways.sort_unstable();
        for (cost, name) in ways {
            self.chosen[at] = Some(name);
            self.from(at + 1, so_far + cost);
        }
        self.chosen[at] = None;
    }

    /// What the sheet `at` costs for neighbours that have `name` already.
    fn clash(&self, at: usize, name: u8) -> u32 {
        let of = |(a, b): &(usize, usize)| match (*a == at, *b == at) {
            (true, _) => Some(*b),
            (_, true) => Some(*a),
            _ => None,
        };
        let others = self.near.iter().filter_map(of).filter(|other| *other < at);
        let alike = others
            .filter(|other| self.chosen[*other] == Some(name))
            .count();
        u32::try_from(alike).unwrap_or(0) * self.same
    }
}
