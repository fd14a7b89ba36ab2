//! What a theme offers, what of it suits a page, and what that costs of itself.

use sha2::{Digest, Sha256};

use super::hung::{COLOURWAYS, Manner};
use crate::site::{Notice, NoticeKind, Page, PosterWish};
use crate::theme::Theme;
use crate::typeset::{BigFigure, Design, Ground, Shade, SheetSize, hue};

/// What each white sheet over half of a board's costs, that no sheet is dark, none bright, and each colourway
/// over what a board may have: more than all that is only a wish.
const WHITE_OVER: u32 = 240;
const NONE_SUCH: u32 = 160;
/// What a white ground costs of itself: official notices and bins are white enough.
const WHITE: u32 = 8;
/// Where a layout sets a sheet in its own way: it does so on no dark ground.
const CALM: &str = "calm";
/// How what offices say in their own name is built: on paper alone, or with its kind on a block over or
/// beside the words.
pub(super) const OFFICIAL: [&str; 3] = ["letter", "head", "column"];
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

/// What a theme offers.
pub(super) struct Offer<'a> {
    theme: &'a Theme,
    pub(super) grounds: Vec<Ground>,
    pub(super) skeletons: Vec<String>,
    /// Of each ground, those of its hues, itself among them.
    pub(super) nearly: Vec<Vec<u8>>,
}

/// A page on sheets of one size.
pub(super) struct Kind {
    pub(super) key: (String, SheetSize),
    /// Skeletons and grounds that it may have, with what each costs of itself; none: it stays plain.
    pub(super) skeletons: Vec<(u8, u32)>,
    pub(super) grounds: Vec<(u8, u32)>,
    pub(super) design: Option<Design>,
    /// Whether it hung or was published before it was planned: then it stays as it is.
    pub(super) is_settled: bool,
    pub(super) manner: Manner,
    pub(super) layout: String,
}

impl<'a> Offer<'a> {
    pub(super) fn of(theme: &'a Theme) -> Self {
        let grounds = Ground::all(&theme.tokens);
        Self {
            theme,
            nearly: grounds.iter().map(|one| nearly(one, &grounds)).collect(),
            grounds,
            skeletons: theme.skeletons(),
        }
    }

    /// Those that look from afar like `skeleton`, itself among them.
    pub(super) fn alike(&self, skeleton: u8) -> Vec<u8> {
        let is_top = |at: u8| TOPS.contains(&self.skeletons[usize::from(at)].as_str());
        if !is_top(skeleton) {
            return vec![skeleton];
        }
        let tops = (0u8..).zip(&self.skeletons).map(|(at, _)| at);
        tops.filter(|at| is_top(*at)).collect()
    }

    /// What may become of a page on sheets of one size.
    pub(super) fn kind(&self, key: (String, SheetSize), page: &Page, glass: bool) -> Kind {
        let skeletons = self.skeletons_of(page);
        let is_calm = skeletons.iter().all(|(_, name)| *name == CALM);
        let is_official = page.notice.as_ref().is_some_and(Notice::is_official);
        let layout = page.poster.as_ref().and_then(|wish| wish.layout.as_ref());
        let layout = layout.map(|layout| layout.value.clone());
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
            manner: match page.poster.as_ref() {
                Some(wish) if wish.layout.is_some() => match skeletons.is_empty() || is_official {
                    true => Manner::Plain,
                    false if is_calm => Manner::Calm,
                    false => Manner::Free,
                },
                _ => Manner::Finished,
            },
            layout: layout.unwrap_or_default(),
        }
    }

    /// What the shades of a board's sheets cost; `None` is a plain one, which is white.
    pub(super) fn shade_cost(&self, chosen: &[Option<u8>]) -> u32 {
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
        let mut special: Vec<u8> = (chosen.iter().flatten())
            .filter(|at| !self.grounds[usize::from(**at)].for_days.is_empty())
            .copied()
            .collect();
        special.sort_unstable();
        special.dedup();
        let ways = special.len().saturating_sub(COLOURWAYS);
        let times = |n: usize| u32::try_from(n).unwrap_or(0);
        times(over) * WHITE_OVER + lacking + times(ways) * NONE_SUCH
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
        let is_official = page.notice.as_ref().is_some_and(Notice::is_official);
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
            // That it is a reminder tells a passer-by nothing: its title does.
            "word" => {
                let kind = page.notice.as_ref().map(|notice| notice.kind);
                !matches!(kind, None | Some(NoticeKind::Reminder | NoticeKind::Hint))
            }
            _ => true,
        };
        let names = (0u8..).zip(&self.skeletons);
        let names = names.filter(|(_, name)| info.skeletons.contains(name) && has(name));
        names.map(|(at, name)| (at, name.as_str())).collect()
    }
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
