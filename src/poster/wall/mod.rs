//! The wall: which skeleton and ground each sheet has, so that neighbours on a board share neither,
//! and a board is neither all paper nor all of one shade.
//!
//! A page has one design for each size of sheet, as a sheet moves from board to board. It is decided
//! board by board in the order of days, so that what is planned later never changes a sheet that hung or
//! was published; what is only planned is then looked over as a whole, so that a year's sheets differ too.
//! The words of official notices stay on white paper; sheets that show bins stay plain and count as white.

mod hung;
mod improve;
mod neighbours;
mod offer;
mod solve;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

pub use self::hung::{COLOURWAYS, Fault, Hung, HungSheet, Manner, told};
use self::neighbours::neighbours;
use self::offer::{Kind, Offer};
use crate::rotation::{Origin, Plan};
use crate::site::{Area, Site};
use crate::theme::Theme;
use crate::typeset::{Design, Designs, sheet_size};

/// What it costs that two neighbours are of one skeleton, of one ground: more than all that is only a wish,
/// as are the other costs of the rule ([`Offer::shade_cost`]).
const SAME_SKELETON: u32 = 400;
const SAME_GROUND: u32 = 320;
/// What it costs to set a page as another was: in its skeleton, on its ground or one of the same hues.
const SAME_PAIR: u32 = 14;
/// What it costs that a page has another design on a sheet of another size.
const NEW_PAIR: u32 = 4;

/// Gives every poster of the plan its design, one for each size of sheet, so that a sheet can move from
/// board to board.
pub fn designs(site: &Site, plan: &Plan, theme: &Theme) -> Designs {
    decided(site, plan, theme).designs
}

/// What was decided, and how the boards hang with it.
#[derive(Debug, Default)]
pub struct Decided {
    /// The designs.
    pub designs: Designs,
    /// Every board of paper on every day on which something comes up or down, in order.
    pub walls: Vec<Hung>,
}

/// Decides the designs of all posters of the plan, see [`designs`].
pub fn decided(site: &Site, plan: &Plan, theme: &Theme) -> Decided {
    let offer = Offer::of(theme);
    if offer.grounds.is_empty() || offer.skeletons.is_empty() {
        return Decided::default();
    }
    let mut made = Made::of(&offer, site, plan);
    for at in 0..made.walls.len() {
        made.hang(&offer, at);
    }
    made.improve(&offer);
    let walls = made.walls.iter().map(|wall| made.hung(wall)).collect();
    let kinds = made.kinds.into_iter();
    let designs = kinds.filter_map(|kind| Some((kind.key, kind.design?)));
    Decided {
        designs: designs.collect(),
        walls,
    }
}

/// A board as it hangs from a day on.
struct Wall {
    board: String,
    from: Date,
    to: Date,
    glass: bool,
    /// The slots of its sheets.
    slots: Vec<String>,
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
        for (board, from, to) in spans(plan) {
            let Some(board) = site.board(board) else {
                continue;
            };
            let mut sheets = Vec::new();
            let mut slots = Vec::new();
            for hanging in plan.on(board, from) {
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
            // Nothing hangs between two of its turns.
            if sheets.is_empty() {
                continue;
            }
            made.walls.push(Wall {
                board: board.id.clone(),
                from,
                to,
                glass: board.glass,
                slots: slots.iter().map(|slot| slot.id.clone()).collect(),
                sheets,
                near,
            });
        }
        made
    }

    /// A wall as it hangs.
    fn hung(&self, wall: &Wall) -> Hung {
        let sheet = |(at, slot): (&usize, &String)| {
            let kind = &self.kinds[*at];
            let names = |wishes: &[(u8, u32)]| wishes.iter().map(|(name, _)| *name).collect();
            HungSheet {
                page: kind.key.0.clone(),
                slot: slot.clone(),
                design: kind.design,
                skeletons: names(&kind.skeletons),
                grounds: names(&kind.grounds),
                is_settled: kind.is_settled,
                manner: kind.manner,
                layout: kind.layout.clone(),
            }
        };
        Hung {
            board: wall.board.clone(),
            from: wall.from,
            to: wall.to,
            sheets: wall.sheets.iter().zip(&wall.slots).map(sheet).collect(),
            near: wall.near.clone(),
            glass: wall.glass,
        }
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
}

/// The boards of a plan with the first and last day of each way in which they hang, in the order of days.
fn spans(plan: &Plan) -> Vec<(&str, Date, Date)> {
    let mut turns: BTreeMap<&str, BTreeSet<Date>> = BTreeMap::new();
    for hanging in &plan.hangings {
        let days = turns.entry(hanging.board.as_str()).or_default();
        days.insert(hanging.from);
        days.extend(hanging.to.tomorrow().ok());
    }
    let mut spans = Vec::new();
    for (board, days) in turns {
        let next = days.iter().skip(1).map(|day| day.yesterday().ok());
        let last = next.chain([None]);
        let span = |(from, to): (&Date, Option<Date>)| (board, *from, to.unwrap_or(*from));
        spans.extend(days.iter().zip(last).map(span));
    }
    spans.sort_by_key(|(board, from, _)| (*from, *board));
    spans
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
