//! How a plan is carried out: what comes down on which day, where its copies go, and what has to
//! be printed.
//!
//! Paper wanders: a copy that comes down on one board hangs on another the same day, or lies in
//! the store until it is needed again. Copies of one poster on one format of sheet are alike, so
//! that as many are printed as hang at one time at most, less what came finished from outside.
//! Which copy goes where is chosen for the shortest way of a keeper who walks from board to
//! board in their order: exactly, by the Hungarian method, as long as the copies of a day
//! are few enough.

mod loss;
mod lot;
mod route;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Hanging, Origin, Plan, Portions};
use crate::area::Size;
use crate::calendar::Period;
use crate::site::{Board, BoardKind, Make, Site};
use crate::typeset::Portion;

/// What is printed alike: a poster on a format of sheet, or one of its several sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind<'a> {
    /// The page's id.
    pub poster: &'a str,
    /// The sheet.
    pub format: Format,
    /// Which of several sheets of the poster.
    pub portion: Option<Portion>,
    /// What it is made of: a KT板 fits no light box.
    pub make: &'a Make,
}

/// A sheet's width and height in tenths of a millimetre, as it hangs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Format {
    width: u32,
    height: u32,
}

impl Format {
    /// Rounds a size to tenths of a millimetre.
    pub fn of(size: Size) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "sheets are at most 20 m long"
        )]
        let tenths = |length: f64| (length * 10.0).round() as u32;
        Self {
            width: tenths(size.width),
            height: tenths(size.height),
        }
    }

    /// Returns the size in mm.
    pub fn size(self) -> Size {
        Size::new(f64::from(self.width) / 10.0, f64::from(self.height) / 10.0)
    }
}

/// A poster in one slot from the day it goes up to the day it comes down. Hangings that follow
/// each other with the same poster are one stay: nobody touches it in between.
#[derive(Debug, Clone)]
pub struct Stay<'a> {
    /// The hanging with which it begins.
    pub hanging: &'a Hanging,
    /// The first day: a later one of the hanging where the notice grew to several sheets while it hung.
    from: Date,
    /// The board.
    pub board: &'a Board,
    /// The last day.
    pub to: Date,
    /// Sheets that it takes: one a place, none on a screen.
    pub copies: usize,
    /// Where its copies come from; as many as it takes.
    pub sources: Vec<(Source, usize)>,
    /// Copies that were lost while it hung and are printed again: the day, and how many.
    pub replaced: Vec<(Date, usize)>,
    /// Where its copies go; as many as it takes.
    pub onward: Vec<(Onward, usize)>,
    kind: Kind<'a>,
    /// The board's place in the walking order.
    stop: usize,
}

impl<'a> Stay<'a> {
    /// Returns the first day.
    pub fn from(&self) -> Date {
        self.from
    }

    /// Returns what its copies are.
    pub fn kind(&self) -> Kind<'a> {
        self.kind
    }

    /// Returns the day on which it comes down.
    pub fn down(&self) -> Date {
        self.to.saturating_add(1.day())
    }

    /// Returns how many of its copies come from `source`.
    pub fn copies_from(&self, source: Source) -> usize {
        let of = |(from, n): &(Source, usize)| if *from == source { *n } else { 0 };
        self.sources.iter().map(of).sum()
    }
}

/// Where copies come from; numbers are those of [`Carriage::stays`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// 移来: they come down there on the same day.
    Moved(usize),
    /// 库存: they hung there before and have been lying in the store.
    Stored(usize),
    /// They came finished from outside.
    Received,
    /// 新印.
    Printed,
    /// They would have to come from outside, and there are not enough.
    Missing,
}

/// Where copies go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Onward {
    /// They go up there on the same day.
    Moved(usize),
    /// They are kept for there.
    Kept(usize),
    /// No one needs them any more.
    Done,
}

/// What is done at one board on one day; numbers are those of [`Carriage::stays`], in the order
/// of the board's slots.
#[derive(Debug, Clone)]
pub struct ChangeOver<'a> {
    /// The board.
    pub board: &'a Board,
    /// The day.
    pub day: Date,
    /// 取下: what comes down.
    pub down: Vec<usize>,
    /// 移来, 新印: what goes up.
    pub up: Vec<usize>,
    /// 不动: what stays.
    pub stays: Vec<usize>,
}

impl ChangeOver<'_> {
    /// Tells whether the day is within a period of the board: an extra way.
    pub fn is_extra(&self) -> bool {
        Period::containing(self.board.cadence, self.day).first() != self.day
    }
}

/// A plan as it is carried out.
#[derive(Debug, Clone, Default)]
pub struct Carriage<'a> {
    /// All stays in the order of days, boards in walking order and slots.
    pub stays: Vec<Stay<'a>>,
    /// All change-overs, in the order of days and the walking order.
    pub changes: Vec<ChangeOver<'a>>,
}

/// Copies to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print<'a> {
    /// What they are.
    pub kind: Kind<'a>,
    /// How many.
    pub copies: usize,
    /// The stays that they are printed for, with how many of them.
    pub stays: Vec<(usize, usize)>,
}

impl<'a> Carriage<'a> {
    /// Works out how `plan` is carried out. What hung on boards or in slots that are gone is left
    /// out: nobody knows which sheets those were.
    pub fn new(site: &'a Site, plan: &'a Plan) -> Self {
        let portions = plan.portions(site);
        let mut stays = stays(site, plan, &portions);
        let mut kinds: BTreeMap<Kind, Vec<usize>> = BTreeMap::new();
        for (number, stay) in stays.iter().enumerate() {
            if stay.copies > 0 {
                kinds.entry(stay.kind).or_default().push(number);
            }
        }
        let mut received: BTreeMap<&str, usize> = BTreeMap::new();
        for (kind, numbers) in &kinds {
            let wish = site.page(kind.poster).and_then(|page| page.poster.as_ref());
            let given = wish.and_then(|wish| wish.received);
            let given = given.map(|n| usize::try_from(n).unwrap_or(usize::MAX));
            // What came finished is there once, whatever the formats of the slots that take it.
            let left = given.map(|n| received.entry(kind.poster).or_insert(n));
            let mut lost = loss::losses(plan, &portions, kind);
            loss::replace(&mut stays, numbers, &mut lost);
            route::route(&mut stays, numbers, left, &mut lost);
        }
        let last = plan.span().map_or(Date::MIN, |(_, last)| last);
        let changes = changes(&stays, last);
        Self { stays, changes }
    }

    /// Returns what is printed for the days `first..=last`: by format from the largest to the
    /// smallest, then by the poster's id.
    pub fn prints(&self, first: Date, last: Date) -> Vec<Print<'a>> {
        self.counted(Source::Printed, first, last)
    }

    /// Returns what has to come from outside for these days and is not there.
    pub fn missing(&self, first: Date, last: Date) -> Vec<Print<'a>> {
        self.counted(Source::Missing, first, last)
    }

    fn counted(&self, source: Source, first: Date, last: Date) -> Vec<Print<'a>> {
        let mut by_kind: BTreeMap<Kind, Print> = BTreeMap::new();
        for (number, stay) in self.stays.iter().enumerate() {
            let within = |day: Date| first <= day && day <= last;
            let mut n = match within(stay.from()) {
                true => stay.copies_from(source),
                false => 0,
            };
            if source == Source::Printed {
                let again = stay.replaced.iter().filter(|(day, _)| within(*day));
                n += again.map(|(_, n)| n).sum::<usize>();
            }
            if n == 0 {
                continue;
            }
            let print = by_kind.entry(stay.kind).or_insert_with(|| Print {
                kind: stay.kind,
                copies: 0,
                stays: Vec::new(),
            });
            print.copies += n;
            print.stays.push((number, n));
        }
        let mut prints: Vec<Print> = by_kind.into_values().collect();
        let area = |print: &Print| {
            let Format { width, height } = print.kind.format;
            u64::from(width) * u64::from(height)
        };
        prints.sort_by_key(|print| (std::cmp::Reverse(area(print)), print.kind.format));
        prints
    }

    /// Returns the change-overs of the days `first..=last`.
    pub fn within(&self, first: Date, last: Date) -> impl Iterator<Item = &ChangeOver<'a>> {
        let changes = self.changes.iter();
        changes.filter(move |change| first <= change.day && change.day <= last)
    }

    /// Returns where the keeper goes next on the day of `change`.
    pub fn next_stop(&self, change: &ChangeOver) -> Option<&ChangeOver<'a>> {
        let mut today = self.changes.iter().filter(|it| it.day == change.day);
        today.find(|it| it.board.id == change.board.id)?;
        today.next()
    }
}

/// Returns what hangs, hangings of one poster that follow each other as one.
fn stays<'a>(site: &'a Site, plan: &'a Plan, portions: &Portions) -> Vec<Stay<'a>> {
    let stops: BTreeMap<&str, usize> = site
        .boards
        .iter()
        .enumerate()
        .map(|(stop, board)| (board.id.as_str(), stop))
        .collect();
    let mut hangings: Vec<(usize, usize, &Hanging)> = Vec::new();
    for hanging in &plan.hangings {
        let Some(&stop) = stops.get(hanging.board.as_str()) else {
            continue;
        };
        let slots = &site.boards[stop].slots;
        if let Some(slot) = slots.iter().position(|slot| slot.id == hanging.slot) {
            hangings.push((stop, slot, hanging));
        }
    }
    hangings.sort_by_key(|(stop, slot, hanging)| (*stop, *slot, hanging.from));
    let mut stays: Vec<(usize, Stay)> = Vec::new();
    let parts = hangings.into_iter().flat_map(|(stop, slot, hanging)| {
        let parts = parts(plan, portions, hanging).into_iter();
        parts.map(move |part| (stop, slot, hanging, part))
    });
    for (stop, slot, hanging, (from, to, portion)) in parts {
        if let Some((last_slot, last)) = stays.last_mut()
            && (last.stop, *last_slot) == (stop, slot)
            && last.hanging.poster == hanging.poster
            && last.kind.portion == portion
            && from <= last.down()
        {
            last.to = last.to.max(to);
            continue;
        }
        let board = &site.boards[stop];
        stays.push((
            slot,
            Stay {
                hanging,
                from,
                board,
                to,
                copies: match board.kind {
                    BoardKind::Screen => 0,
                    BoardKind::Board | BoardKind::Window => board.places.len(),
                },
                sources: Vec::new(),
                replaced: Vec::new(),
                onward: Vec::new(),
                kind: Kind {
                    poster: &hanging.poster,
                    format: Format::of(board.slots[slot].area.size()),
                    portion,
                    make: &board.make,
                },
                stop,
            },
        ));
    }
    stays.sort_by_key(|(slot, stay)| (stay.from(), stay.stop, *slot));
    stays.into_iter().map(|(_, stay)| stay).collect()
}

/// Returns the days of a hanging, each with the sheet that hangs then: a notice that grew to several sheets while it
/// hung was one sheet before, which comes down for the new one.
fn parts(
    plan: &Plan,
    portions: &Portions,
    hanging: &Hanging,
) -> Vec<(Date, Date, Option<Portion>)> {
    let Hanging { from, to, .. } = *hanging;
    let portion = portions.of(hanging);
    let whole = portions.whole_from(hanging).filter(|whole| from < *whole);
    let key = (hanging.board.clone(), hanging.slot.clone(), from);
    // Where the ledger has the same text, one of the others was late, or was not hung.
    let grew = hanging.origin != Origin::Ledger || plan.changed.contains(&key);
    match whole.filter(|_| grew) {
        Some(whole) => vec![
            (from, whole.saturating_sub(1.day()), None),
            (whole, to, portion),
        ],
        None => vec![(from, to, portion)],
    }
}

/// Returns what is done where on which day, up to the `last` planned one: what comes after that
/// no one knows yet.
fn changes<'a>(stays: &[Stay<'a>], last: Date) -> Vec<ChangeOver<'a>> {
    let mut changes: BTreeMap<(Date, usize), ChangeOver> = BTreeMap::new();
    let mut at = |stay: &Stay<'a>, day: Date, number: usize, up: bool| {
        let change = changes
            .entry((day, stay.stop))
            .or_insert_with(|| ChangeOver {
                board: stay.board,
                day,
                down: Vec::new(),
                up: Vec::new(),
                stays: Vec::new(),
            });
        match up {
            true => change.up.push(number),
            false => change.down.push(number),
        }
    };
    let mut by_stop: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, stay) in stays.iter().enumerate() {
        by_stop.entry(stay.stop).or_default().push(number);
        at(stay, stay.from(), number, true);
        if stay.down() <= last {
            at(stay, stay.down(), number, false);
        }
    }
    for ((day, stop), change) in &mut changes {
        let of_board = by_stop.get(stop).map_or(&[][..], Vec::as_slice);
        let hangs_on = |&&number: &&usize| stays[number].from() < *day && *day <= stays[number].to;
        change.stays = of_board.iter().filter(hangs_on).copied().collect();
        let slot = |number: &usize| {
            let hanging = stays[*number].hanging;
            let mut slots = change.board.slots.iter();
            slots.position(|slot| slot.id == hanging.slot)
        };
        change.down.sort_by_key(slot);
        change.up.sort_by_key(slot);
        change.stays.sort_by_key(slot);
    }
    changes.into_values().collect()
}

#[cfg(test)]
mod tests;
