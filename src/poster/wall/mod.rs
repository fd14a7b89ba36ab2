//! The wall: which skeleton and ground each sheet has, so that neighbours on a board share neither,
//! and a board is neither all paper nor all of one shade.
//!
//! A page has one design for each size of sheet, as a sheet moves from board to board. It is decided
//! board by board in the order of days, so that what is planned later never changes a sheet that hung or
//! was published; what is only planned is then looked over as a whole, so that a year's sheets differ too.
//! The words of official notices stay on white paper; sheets that show bins stay plain and count as white.

mod solve;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::rotation::{Origin, Plan};
use crate::site::{Area, Page, PosterWish, Site, Slot};
use crate::theme::Theme;
use crate::typeset::{BigFigure, Design, Designs, Ground, Shade, SheetSize, hue, sheet_size};

/// Slots farther apart than this share of the smaller one's side are no neighbours.
const NEAR: f64 = 0.35;
/// What it costs that two neighbours are of one skeleton, of one ground.
const SAME_SKELETON: u32 = 40;
const SAME_GROUND: u32 = 32;
/// What each white sheet over half of a board's costs, and that no sheet is dark, none bright.
const WHITE_OVER: u32 = 24;
const NONE_SUCH: u32 = 16;
/// What a white ground costs of itself: official notices and bins are white enough.
const WHITE: u32 = 8;
/// What it costs to set a page as another was: in its skeleton, on its ground or one of the same hues.
const SAME_PAIR: u32 = 14;
/// What it costs that a page has another design on a sheet of another size.
const NEW_PAIR: u32 = 4;
/// Where a layout sets a sheet in its own way: it does so on no dark ground.
const CALM: &str = "calm";
/// How what offices say in their own name is built: on paper alone, or with its kind on a block over or
/// beside the words.
const OFFICIAL: [&str; 3] = ["letter", "head", "column"];
/// Those that are one figure or one photo.
const IMAGES: [&str; 2] = ["figure", "photo"];
/// The plainest of the official ones, and what it costs: it stops nobody.
const PLAIN: &str = OFFICIAL[0];
const UNSEEN: u32 = 10;
/// A skeleton with a large field in it wants a text of at most so many bytes.
const BRIEF: usize = 240;
/// What it costs that a figure or a photo is not used that a page has: nothing else stops more people.
const UNUSED: u32 = 10;
/// Those with a field of colour over the words, which look alike from afar.
const TOPS: [&str; 2] = ["above", "below"];
/// Titles up to so many characters can stand upright.
const UPRIGHT: usize = 8;
/// How many notable shares there are in a preference by chance.
const CHANCE: u32 = 4;
/// What is planned is looked over at most so often.
const SWEEPS: usize = 12;

/// What a theme offers.
struct Offer<'a> {
    theme: &'a Theme,
    grounds: Vec<Ground>,
    skeletons: Vec<String>,
    /// Of each ground, those of its hues, itself among them.
    nearly: Vec<Vec<u8>>,
}

/// Gives every poster of the plan its design, one for each size of sheet, so that a sheet can move from
/// board to board.
pub fn designs(site: &Site, plan: &Plan, theme: &Theme) -> Designs {
    let grounds = Ground::all(&theme.tokens);
    let offer = Offer {
        theme,
        nearly: grounds.iter().map(|one| nearly(one, &grounds)).collect(),
        grounds,
        skeletons: theme.skeletons(),
    };
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

/// A page on sheets of one size.
struct Kind {
    key: (String, SheetSize),
    /// Skeletons and grounds that it may have, with what each costs of itself; none: it stays plain.
    skeletons: Vec<(u8, u32)>,
    grounds: Vec<(u8, u32)>,
    design: Option<Design>,
    /// Whether it hung or was published before it was planned: then it stays as it is.
    is_settled: bool,
}

impl Kind {
    /// What a design costs of itself.
    fn wish(&self, design: Design) -> u32 {
        let of = |wishes: &[(u8, u32)], name: u8| {
            let found = wishes.iter().find(|(it, _)| *it == name);
            found.map_or(0, |(_, cost)| *cost)
        };
        of(&self.skeletons, design.skeleton) + of(&self.grounds, design.ground)
    }
}

/// What has been decided so far.
struct Made {
    walls: Vec<Wall>,
    kinds: Vec<Kind>,
    /// How often each skeleton, ground and pair of both was taken.
    skeletons: BTreeMap<u8, u32>,
    grounds: BTreeMap<u8, u32>,
    pairs: BTreeMap<Design, BTreeMap<String, u32>>,
}

impl Made {
    /// Finds all walls: each board of paper on each day on which something new comes up, in order.
    fn of(offer: &Offer, site: &Site, plan: &Plan) -> Self {
        let mut made = Self {
            walls: Vec::new(),
            kinds: Vec::new(),
            skeletons: BTreeMap::new(),
            grounds: BTreeMap::new(),
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
        let used = |of: &BTreeMap<u8, u32>, name: u8, n: usize| {
            let all: u32 = of.values().sum();
            let share = of.get(&name).copied().unwrap_or(0) * u32::try_from(n).unwrap_or(1);
            (8 * share / all.max(4)).min(16)
        };
        let wishes = wall.sheets.iter().map(|at| match self.kinds[*at].design {
            Some(design) => vec![(design.skeleton, 0)],
            None => {
                let wishes = &self.kinds[*at].skeletons;
                let cost = |(name, cost): &(u8, u32)| {
                    (*name, cost + used(&self.skeletons, *name, wishes.len()))
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
                        cost + pair + used(&self.grounds, *ground, wishes.len()),
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
        *self.skeletons.entry(design.skeleton).or_default() += 1;
        *self.grounds.entry(design.ground).or_default() += 1;
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

impl Offer<'_> {
    /// Those that look from afar like `skeleton`, itself among them.
    fn alike(&self, skeleton: u8) -> Vec<u8> {
        let is_top = |at: u8| TOPS.contains(&self.skeletons[usize::from(at)].as_str());
        if !is_top(skeleton) {
            return vec![skeleton];
        }
        let tops = (0u8..).zip(&self.skeletons).map(|(at, _)| at);
        tops.filter(|at| is_top(*at)).collect()
    }

    /// What may become of a page on sheets of one size.
    fn kind(&self, key: (String, SheetSize), page: &Page, glass: bool) -> Kind {
        let skeletons = self.skeletons_of(page);
        let is_calm = skeletons.iter().all(|(_, name)| *name == CALM);
        let is_official = is_official(page);
        let fits = |ground: &Ground| {
            self.suits(ground, page, glass)
                && !(is_calm && ground.shade == Shade::Dark)
                && is_official == ground.is_quiet()
        };
        let grounds = (0u8..).zip(&self.grounds);
        let grounds = grounds.filter(|(_, ground)| fits(ground));
        let cost = |ground: &Ground| {
            let common = if ground.for_days.is_empty() { 4 } else { 0 };
            let white = u32::from(ground.shade == Shade::White) * WHITE;
            chance(&page.id, &ground.name) + common + white
        };
        let grounds = grounds.map(|(at, ground)| (at, cost(ground)));
        let has_image = skeletons.iter().any(|(_, name)| IMAGES.contains(name));
        let cost_of = |name: &str| {
            let plain = u32::from(name == PLAIN) * UNSEEN;
            let unused = u32::from(has_image && !IMAGES.contains(&name)) * UNUSED;
            chance(&page.id, name) + plain + unused
        };
        Kind {
            grounds: match skeletons.is_empty() {
                true => Vec::new(),
                false => grounds.collect(),
            },
            skeletons: (skeletons.iter())
                .map(|(at, name)| (*at, cost_of(name)))
                .collect(),
            key,
            design: None,
            is_settled: false,
        }
    }

    /// What the shades of a board's sheets cost; `None` is a plain one, which is white.
    fn shade_cost(&self, chosen: &[Option<u8>]) -> u32 {
        let shade =
            |it: &Option<u8>| it.map_or(Shade::White, |at| self.grounds[usize::from(at)].shade);
        let count = |wanted: Shade| chosen.iter().filter(|it| shade(it) == wanted).count();
        let over = count(Shade::White).saturating_sub(chosen.len() / 2);
        let free = chosen.iter().filter(|it| it.is_some()).count();
        let none = |shade: Shade| u32::from(count(shade) == 0) * NONE_SUCH;
        let lacking = match free {
            0 => 0,
            1 => none(Shade::Dark).min(none(Shade::Bright)),
            _ => none(Shade::Dark) + none(Shade::Bright),
        };
        u32::try_from(over).unwrap_or(0) * WHITE_OVER + lacking
    }

    /// Tells whether a page may have the ground: not a full dark one behind glass, which mirrors, and
    /// one for certain topics or days only for these.
    fn suits(&self, ground: &Ground, page: &Page, glass: bool) -> bool {
        let named = |name: &String| {
            page.topics.iter().any(|topic| topic == name) || page.title.contains(name.as_str())
        };
        let is_for = ground.for_days.is_empty() || ground.for_days.iter().any(named);
        is_for && !(glass && ground.shade == Shade::Dark)
    }

    /// The skeletons that a page's layout has and that there is enough for: a figure, a photo, a
    /// short title. None for a page that stays plain.
    fn skeletons_of(&self, page: &Page) -> Vec<(u8, &str)> {
        let Some(wish) = &page.poster else {
            return Vec::new();
        };
        let layout = wish.layout.as_ref().map(|layout| layout.value.as_str());
        let info = layout.and_then(|layout| self.theme.layouts.get(layout));
        let is_official = is_official(page);
        let Some(info) = info.filter(|_| page.bin.is_none()) else {
            return Vec::new();
        };
        let file = page.picture.as_ref().map(|picture| picture.file.as_str());
        let has = |name: &str| match name {
            "column" => is_official && page.event.is_none(),
            _ if is_official || OFFICIAL.contains(&name) => is_official && OFFICIAL.contains(&name),
            "figure" => page.event.is_some() || BigFigure::of(page, wish).is_some(),
            "photo" => file.is_some_and(|file| !file.ends_with(".svg")),
            "upright" => {
                let title = &page.title;
                let is_short = title.chars().count() <= UPRIGHT && title.chars().all(is_han);
                is_short && length(page, wish) <= BRIEF
            }
            "word" => page.notice.is_some(),
            _ => true,
        };
        let names = (0u8..).zip(&self.skeletons);
        let names = names.filter(|(_, name)| info.skeletons.contains(name) && has(name));
        names.map(|(at, name)| (at, name.as_str())).collect()
    }
}

/// Tells whether an office says it in its own name.
fn is_official(page: &Page) -> bool {
    (page.notice.as_ref()).is_some_and(|notice| notice.posting.is_some() || notice.kind.is_formal())
}

/// How long the text is that a poster shows, in bytes.
fn length(page: &Page, wish: &PosterWish) -> usize {
    let blocks = &page.body.blocks;
    let all = || Some(blocks.last()?.range.end - blocks.first()?.range.start);
    let part = wish.part.as_ref().map(std::ops::Range::len);
    part.or_else(all).unwrap_or(0)
}

/// The numbers of those `grounds` that have the hue of `one`: of the field, where the sheets are white.
fn nearly(one: &Ground, grounds: &[Ground]) -> Vec<u8> {
    let hue_of = |it: &Ground| {
        let base = hue(it.base);
        let is_white = it.shade == Shade::White;
        (is_white, if is_white { hue(it.block) } else { base })
    };
    let numbered = (0u8..).zip(grounds);
    let alike = numbered.filter(|(_, it)| hue_of(it) == hue_of(one));
    alike.map(|(at, _)| at).collect()
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}')
}

/// A small cost that follows from the names alone.
fn chance(page: &str, name: &str) -> u32 {
    let digest = Sha256::digest(format!("{page}\0{name}"));
    u32::from(digest[0]) % CHANCE
}

/// Which slots lie beside or over each other with little between: pairs of their places in `slots`.
fn neighbours(slots: &[&Slot]) -> Vec<(usize, usize)> {
    let near = |a: &Slot, b: &Slot| {
        let (one, other) = (a.area.size(), b.area.size());
        let apart =
            |from: f64, length: f64, to: f64, more: f64| (to - from - length).max(from - to - more);
        let across = apart(a.at.0, one.width, b.at.0, other.width);
        let down = apart(a.at.1, one.height, b.at.1, other.height);
        let wide = NEAR * one.width.min(other.width);
        let high = NEAR * one.height.min(other.height);
        (across < wide && down < 0.0) || (down < high && across < 0.0)
    };
    let mut pairs = Vec::new();
    for (at, slot) in slots.iter().enumerate() {
        let others = slots.iter().enumerate().skip(at + 1);
        pairs.extend(
            others
                .filter(|(_, it)| near(slot, it))
                .map(|(to, _)| (at, to)),
        );
    }
    pairs
}
