//! The wall: which skeleton and ground each sheet has, so that neighbours on a board share neither,
//! and a board is neither all paper nor all of one shade.
//!
//! A page has one design for each size of sheet, as a sheet moves from board to board. It is decided
//! board by board in the order of days, so that what is planned later never changes a sheet that hung or
//! was published; what is only planned is then looked over as a whole, so that a year's sheets differ too.
//! The words of official notices stay on white paper; sheets that show bins stay plain and count as white.

mod neighbours;
mod offer;
mod solve;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use self::neighbours::neighbours;
use self::offer::{Kind, Offer};
use crate::rotation::{Origin, Plan};
use crate::site::{Area, Site};
use crate::theme::Theme;
use crate::typeset::{Design, Designs, sheet_size};

/// What it costs that two neighbours are of one skeleton, of one ground.
const SAME_SKELETON: u32 = 40;
const SAME_GROUND: u32 = 32;
/// What it costs to set a page as another was: in its skeleton, on its ground or one of the same hues.
const SAME_PAIR: u32 = 14;
/// What it costs that a page has another design on a sheet of another size.
const NEW_PAIR: u32 = 4;
/// What is planned is looked over at most so often.
const SWEEPS: usize = 12;

/// Gives every poster of the plan its design, one for each size of sheet, so that a sheet can move from
/// board to board.
pub fn designs(site: &Site, plan: &Plan, theme: &Theme) -> Designs {
    let offer = Offer::of(theme);
    if offer.grounds.is_empty() || offer.skeletons.is_empty() {
        return Designs::new();
    }
    let mut made = Made::of(&offer, site, plan);
    for at in 0..made.walls.len() {
        made.hang(&offer, at);
    }
    made.improve(&offer);
    let kinds = made.kinds.into_iter();
    kinds
        .filter_map(|kind| Some((kind.key, kind.design?)))
        .collect()
}

/// A board as it hangs from a day on.
struct Wall {
    /// Its sheets, by the numbers of their kinds.
    sheets: Vec<usize>,
    /// Pairs of neighbours among them.
    near: Vec<(usize, usize)>,
}

/// What has been decided so far.
struct Made {
    walls: Vec<Wall>,
    kinds: Vec<Kind>,
    /// How often each page has each design.
    pairs: BTreeMap<Design, BTreeMap<String, u32>>,
}

impl Made {
    /// Finds all walls: each board of paper on each day on which something new comes up, in order.
    fn of(offer: &Offer, site: &Site, plan: &Plan) -> Self {
        let mut made = Self {
            walls: Vec::new(),
            kinds: Vec::new(),
            pairs: BTreeMap::new(),
        };
        let mut numbers = BTreeMap::new();
        let turns: BTreeSet<_> = plan
            .hangings
            .iter()
            .map(|it| (it.from, it.board.as_str()))
            .collect();
        for (day, board) in turns {
            let Some(board) = site.board(board) else {
                continue;
            };
            let mut sheets = Vec::new();
            let mut slots = Vec::new();
            for hanging in plan.on(board, day) {
                let found = board.slot(&hanging.slot).zip(site.page(&hanging.poster));
                let Some((slot, page)) = found else { continue };
                let Area::Sheet { size, .. } = slot.area else {
                    continue;
                };
                let key = (page.id.clone(), sheet_size(size));
                let number = *numbers.entry(key.clone()).or_insert_with(|| {
                    made.kinds.push(offer.kind(key, page, board.glass));
                    made.kinds.len() - 1
                });
                made.kinds[number].is_settled |= hanging.origin != Origin::Planned;
                sheets.push(number);
                slots.push(slot);
            }
            let near = neighbours(&slots);
            made.walls.push(Wall { sheets, near });
        }
        made
    }

    /// Decides what is new on a wall.
    fn hang(&mut self, offer: &Offer, at: usize) {
        let wall = &self.walls[at];
        let taken = || self.kinds.iter().filter_map(|kind| kind.design);
        let of_skeletons = Usage::of(taken().map(|design| design.skeleton));
        let of_grounds = Usage::of(taken().map(|design| design.ground));
        let wishes = wall.sheets.iter().map(|at| match self.kinds[*at].design {
            Some(design) => vec![(design.skeleton, 0)],
            None => {
                let wishes = &self.kinds[*at].skeletons;
                let cost = |(name, cost): &(u8, u32)| {
                    (*name, cost + of_skeletons.cost(*name, wishes.len()))
                };
                wishes.iter().map(cost).collect()
            }
        });
        let wishes: Vec<Vec<(u8, u32)>> = wishes.collect();
        let skeletons = solve::cheapest(&wishes, &wall.near, SAME_SKELETON, &|_| 0);
        let wishes = wall.sheets.iter().zip(&skeletons);
        let wishes = wishes.map(|(at, skeleton)| match self.kinds[*at].design {
            Some(design) => vec![(design.ground, 0)],
            None => {
                let wishes = &self.kinds[*at].grounds;
                let cost = |(ground, cost): &(u8, u32)| {
                    let pair = skeleton.map_or(0, |skeleton| {
                        let ground = *ground;
                        self.pair(offer, &self.kinds[*at].key.0, Design { skeleton, ground })
                    });
                    (
                        *ground,
                        cost + pair + of_grounds.cost(*ground, wishes.len()),
                    )
                };
                wishes.iter().map(cost).collect()
            }
        });
        let wishes: Vec<Vec<(u8, u32)>> = wishes.collect();
        let shades = |chosen: &[Option<u8>]| offer.shade_cost(chosen);
        let grounds = solve::cheapest(&wishes, &wall.near, SAME_GROUND, &shades);
        let found = wall
            .sheets
            .clone()
            .into_iter()
            .zip(skeletons.into_iter().zip(grounds));
        let mut new = Vec::new();
        for (at, both) in found {
            if let (Some(skeleton), Some(ground)) = both
                && self.kinds[at].design.is_none()
            {
                self.take(at, Design { skeleton, ground });
                new.push(at);
            }
        }
        self.better(offer, &new, &|_| vec![at]);
    }

    /// What it costs that other pages have this design, or one that looks much like it, and that `page` has
    /// none on sheets of other sizes but others.
    fn pair(&self, offer: &Offer, page: &str, design: Design) -> u32 {
        let count = |skeleton: u8, ground: u8| {
            let other = Design { skeleton, ground };
            let pages = self.pairs.get(&other).into_iter().flat_map(BTreeMap::keys);
            pages.filter(|it| *it != page).count()
        };
        let grounds = &offer.nearly[usize::from(design.ground)];
        let alike = offer.alike(design.skeleton);
        let each = alike.iter().map(|skeleton| {
            let counts = grounds.iter().map(|ground| count(*skeleton, *ground));
            counts.sum::<usize>()
        });
        let others: usize = each.sum();
        let own = self.pairs.get(&design);
        let is_own = own.is_some_and(|pages| pages.contains_key(page));
        u32::try_from(others).unwrap_or(0) * SAME_PAIR + u32::from(!is_own) * NEW_PAIR
    }

    /// Counts a page's design, or no more.
    fn count(&mut self, at: usize, design: Design, is_more: bool) {
        let page = &self.kinds[at].key.0;
        let pages = self.pairs.entry(design).or_default();
        match (is_more, pages.get_mut(page)) {
            (true, Some(count)) => *count += 1,
            (true, None) => {
                pages.insert(page.clone(), 1);
            }
            (false, Some(count)) if *count > 1 => *count -= 1,
            (false, _) => {
                pages.remove(page);
            }
        }
    }

    fn take(&mut self, at: usize, design: Design) {
        self.kinds[at].design = Some(design);
        self.count(at, design, true);
    }

    /// Looks over what is only planned: a sheet may have new neighbours later in the year.
    fn improve(&mut self, offer: &Offer) {
        let mut walls_of: Vec<Vec<usize>> = vec![Vec::new(); self.kinds.len()];
        for (at, wall) in self.walls.iter().enumerate() {
            wall.sheets.iter().for_each(|kind| walls_of[*kind].push(at));
        }
        let planned = (0..self.kinds.len()).filter(|at| !self.kinds[*at].is_settled);
        let planned: Vec<usize> = planned.collect();
        self.better(offer, &planned, &|at| walls_of[at].clone());
    }

    /// Gives each of `which` the design that is the cheapest beside what the others have, on the walls that
    /// `walls` names for it, until none finds a better one.
    fn better(&mut self, offer: &Offer, which: &[usize], walls: &dyn Fn(usize) -> Vec<usize>) {
        for _ in 0..SWEEPS {
            let mut is_better = false;
            for at in which {
                let Some(now) = self.kinds[*at].design else {
                    continue;
                };
                let best = self.best(offer, *at, now, &walls(*at));
                is_better |= best != now;
            }
            if !is_better {
                break;
            }
        }
    }

    /// Gives one the cheapest design, `now` where none is cheaper.
    fn best(&mut self, offer: &Offer, at: usize, now: Design, walls: &[usize]) -> Design {
        // Without it, as it is to be compared with others.
        self.count(at, now, false);
        let cost = |made: &Self, way: Design| -> u32 {
            let walls = walls.iter().map(|wall| made.cost(offer, *wall));
            let kind = &made.kinds[at];
            walls.sum::<u32>() + made.pair(offer, &kind.key.0, way) + kind.wish(way)
        };
        let mut best = (cost(self, now), now);
        let ways: Vec<Design> = self.ways(at).collect();
        for way in ways {
            self.kinds[at].design = Some(way);
            let cost = cost(self, way);
            if cost < best.0 {
                best = (cost, way);
            }
        }
        self.kinds[at].design = Some(best.1);
        self.count(at, best.1, true);
        best.1
    }

    /// All designs of a kind.
    fn ways(&self, at: usize) -> impl Iterator<Item = Design> {
        let kind = &self.kinds[at];
        kind.skeletons.iter().flat_map(move |(skeleton, _)| {
            let grounds = kind.grounds.iter();
            grounds.map(|(ground, _)| Design {
                skeleton: *skeleton,
                ground: *ground,
            })
        })
    }

    /// What a wall costs as it is.
    fn cost(&self, offer: &Offer, at: usize) -> u32 {
        let wall = &self.walls[at];
        let design = |sheet: usize| self.kinds[wall.sheets[sheet]].design;
        let alike = |(a, b): &(usize, usize)| {
            let (Some(a), Some(b)) = (design(*a), design(*b)) else {
                return 0;
            };
            u32::from(a.skeleton == b.skeleton) * SAME_SKELETON
                + u32::from(a.ground == b.ground) * SAME_GROUND
        };
        let grounds = (0..wall.sheets.len()).map(|sheet| design(sheet).map(|it| it.ground));
        wall.near.iter().map(alike).sum::<u32>() + offer.shade_cost(&grounds.collect::<Vec<_>>())
    }
}

/// How often each skeleton, or each ground, is taken.
struct Usage(BTreeMap<u8, u32>);

impl Usage {
    fn of(names: impl Iterator<Item = u8>) -> Self {
        let mut counts = BTreeMap::new();
        names.for_each(|name| *counts.entry(name).or_default() += 1);
        Self(counts)
    }

    /// What it costs to take `name` once more, of `n` that one may take.
    fn cost(&self, name: u8, n: usize) -> u32 {
        let all: u32 = self.0.values().sum();
        let share = self.0.get(&name).copied().unwrap_or(0) * u32::try_from(n).unwrap_or(1);
        (8 * share / all.max(4)).min(16)
    }
}
