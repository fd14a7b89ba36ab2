//! Looking over what was decided wall by wall: each planned sheet takes what is the cheapest beside all its
//! neighbours, and walls that lack a dark or a bright sheet are given one.

use std::collections::BTreeSet;

use super::hung::Manner;
use super::offer::{Kind, Offer};
use super::{Made, SAME_GROUND, SAME_SKELETON, Wall};
use crate::typeset::{Design, Shade};

/// What is planned is looked over at most so often.
const SWEEPS: usize = 12;

impl Made {
    /// Looks over what is only planned: a sheet may have new neighbours later in the year.
    pub(super) fn improve(&mut self, offer: &Offer) {
        let mut walls_of: Vec<Vec<usize>> = vec![Vec::new(); self.kinds.len()];
        for (at, wall) in self.walls.iter().enumerate() {
            wall.sheets.iter().for_each(|kind| walls_of[*kind].push(at));
        }
        let planned = (0..self.kinds.len()).filter(|at| !self.kinds[*at].is_settled);
        let planned: Vec<usize> = planned.collect();
        self.better(offer, &planned, &|at| walls_of[at].clone());
        for at in 0..self.walls.len() {
            for shade in [Shade::Dark, Shade::Bright] {
                self.mend(offer, at, shade, &walls_of);
            }
        }
    }

    /// Gives a wall without a sheet of the shade one, where what hangs beside that sheet elsewhere can
    /// follow: a step that no sheet takes by itself.
    fn mend(&mut self, offer: &Offer, at: usize, shade: Shade, walls_of: &[Vec<usize>]) {
        let shade_of = |ground: u8| offer.grounds[usize::from(ground)].shade;
        let is_free = |kind: &Kind| !kind.is_settled && kind.manner != Manner::Plain;
        let has = |kind: &Kind| kind.design.is_some_and(|it| shade_of(it.ground) == shade);
        let sheets = self.walls[at].sheets.clone();
        if sheets.len() < 2 || sheets.iter().any(|sheet| has(&self.kinds[*sheet])) {
            return;
        }
        for sheet in sheets {
            if !is_free(&self.kinds[sheet]) {
                continue;
            }
            let (Some(now), walls) = (self.kinds[sheet].design, &walls_of[sheet]) else {
                continue;
            };
            self.count(sheet, now, false);
            let found = self.cheapest(offer, sheet, walls, None, &|it| shade_of(it) == shade);
            self.count(sheet, now, true);
            let Some(found) = found else { continue };
            let ring: BTreeSet<usize> = (walls.iter())
                .flat_map(|wall| self.walls[*wall].sheets.iter().copied())
                .filter(|other| *other != sheet && !self.kinds[*other].is_settled)
                .collect();
            let ring: Vec<usize> = ring.into_iter().collect();
            let touched = ring.iter().chain([&sheet]);
            let touched: BTreeSet<usize> = touched.flat_map(|it| walls_of[*it].clone()).collect();
            let before: Vec<_> = ring
                .iter()
                .map(|it| (*it, self.kinds[*it].design))
                .collect();
            let cost = self.broken(offer, &touched);
            self.change(sheet, Some(found));
            self.better(offer, &ring, &|at| walls_of[at].clone());
            if self.broken(offer, &touched) < cost {
                return;
            }
            self.change(sheet, Some(now));
            for (other, design) in before {
                self.change(other, design);
            }
        }
    }

    fn change(&mut self, at: usize, design: Option<Design>) {
        if let Some(now) = self.kinds[at].design {
            self.count(at, now, false);
        }
        self.kinds[at].design = design;
        if let Some(design) = design {
            self.count(at, design, true);
        }
    }

    /// What is broken of the rule on these walls.
    fn broken(&self, offer: &Offer, walls: &BTreeSet<usize>) -> u32 {
        let alike = |wall: &Wall, same: &dyn Fn(Design, Design) -> bool| {
            let design = |sheet: usize| self.kinds[wall.sheets[sheet]].design;
            let both = |(a, b): &&(usize, usize)| {
                wall.sheets[*a] != wall.sheets[*b]
                    && design(*a).zip(design(*b)).is_some_and(|(a, b)| same(a, b))
            };
            u32::try_from(wall.near.iter().filter(both).count()).unwrap_or(0)
        };
        let cost = |at: &usize| {
            let wall = &self.walls[*at];
            alike(wall, &|a, b| a.skeleton == b.skeleton) * SAME_SKELETON
                + alike(wall, &|a, b| a.ground == b.ground) * SAME_GROUND
                + self.shades(offer, wall, None)
        };
        walls.iter().map(cost).sum()
    }

    /// Gives each of `which` the design that is the cheapest beside what the others have, on the walls that
    /// `walls` names for it, until none finds a better one.
    pub(super) fn better(
        &mut self,
        offer: &Offer,
        which: &[usize],
        walls: &dyn Fn(usize) -> Vec<usize>,
    ) {
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
        let best = self.cheapest(offer, at, walls, Some(now), &|_| true);
        let best = best.unwrap_or(now);
        self.kinds[at].design = Some(best);
        self.count(at, best, true);
        best
    }

    /// The cheapest of the designs whose ground is `wanted`, on these walls beside what the others have;
    /// `first` where none is cheaper.
    fn cheapest(
        &self,
        offer: &Offer,
        at: usize,
        walls: &[usize],
        first: Option<Design>,
        wanted: &dyn Fn(u8) -> bool,
    ) -> Option<Design> {
        let kind = &self.kinds[at];
        let each = |cost: &dyn Fn(&Wall) -> u32| -> u32 {
            walls.iter().map(|wall| cost(&self.walls[*wall])).sum()
        };
        let skeletons = kind.skeletons.iter().map(|(skeleton, wish)| {
            let alike = |wall: &Wall| self.clashes(wall, at, &|it| it.skeleton == *skeleton);
            (*skeleton, wish + each(&alike) * SAME_SKELETON)
        });
        let skeletons: Vec<(u8, u32)> = skeletons.collect();
        let grounds = kind.grounds.iter().filter(|(ground, _)| wanted(*ground));
        let grounds = grounds.map(|(ground, wish)| {
            let cost = |wall: &Wall| {
                self.clashes(wall, at, &|it| it.ground == *ground) * SAME_GROUND
                    + self.shades(offer, wall, Some((at, *ground)))
            };
            (*ground, wish + each(&cost))
        });
        let grounds: Vec<(u8, u32)> = grounds.collect();
        let of = |costs: &[(u8, u32)], name: u8| {
            let found = costs.iter().find(|(it, _)| *it == name);
            found.map_or(0, |(_, cost)| *cost)
        };
        let cost = |way: Design| {
            let pair = self.pair(offer, &kind.key.0, way);
            of(&skeletons, way.skeleton) + of(&grounds, way.ground) + pair
        };
        let mut best = first.map(|first| (cost(first), first));
        for &(skeleton, _) in &skeletons {
            for &(ground, _) in &grounds {
                let way = Design { skeleton, ground };
                let cost = cost(way);
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, way));
                }
            }
        }
        best.map(|(_, best)| best)
    }

    /// How many neighbours of the kind `at` on a wall are `same`.
    fn clashes(&self, wall: &Wall, at: usize, same: &dyn Fn(Design) -> bool) -> u32 {
        let is_same = |(a, b): &&(usize, usize)| {
            let other = match (wall.sheets[*a], wall.sheets[*b]) {
                (a, b) if a == at && b != at => b,
                (a, b) if b == at && a != at => a,
                _ => return false,
            };
            self.kinds[other].design.is_some_and(same)
        };
        u32::try_from(wall.near.iter().filter(is_same).count()).unwrap_or(u32::MAX)
    }

    /// What the shades of a wall cost, with one kind on another ground.
    fn shades(&self, offer: &Offer, wall: &Wall, other: Option<(usize, u8)>) -> u32 {
        let ground_of = |kind: &usize| match other {
            Some((at, ground)) if *kind == at => Some(ground),
            _ => self.kinds[*kind].design.map(|it| it.ground),
        };
        offer.shade_cost(&wall.sheets.iter().map(ground_of).collect::<Vec<_>>())
    }
}
