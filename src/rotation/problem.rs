//! What is to be planned, with ids turned into numbers and days into day numbers.
//!
//! A [`Problem`] holds what the solver may know and nothing else. Boards stand in walking order
//! and posters by id, whatever the order of the input, so that equal sites are equal problems.
//!
//! The planned days are the calendar year of today, extended to the end of the month after next:
//! in December the next change-overs are planned too, and a year planned in June is the same as
//! one planned in May.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::instructions::{self, Instruction, Kind};
use super::plan::Hanging;
use super::published::today_s_id;
use super::puzzle::POINT;
use super::recorded::recorded;
use super::{Aim, Origin, Records, ledger};
use crate::area::Area;
use crate::calendar::{Cadence, Period};
use crate::diag::Diagnostics;
use crate::measure::{Fit, Fits};
use crate::site::{
    Approval, Board, BoardKind, NoticeKind, Page, Prices, Site, Slot, Weights, topic::Topic,
};

/// A day, counted from 1970-01-01.
pub(super) type Day = i32;

/// How long a dated poster may be current and still be a notice that hangs as long as it is
/// current; what is current for longer rotates within its dates like an evergreen.
const LONGEST_NOTICE: Day = 62;

/// The shortest time for which it is worth the walk to hang a sheet that nobody asked for.
const SHORTEST_ON_PAPER: Day = 7;

/// The highest priority.
const HIGHEST: u8 = 3;

/// A notice of the highest priority that is current for fewer days is urgent by itself.
const URGENT_DAYS: Day = 7;

/// What the planner works on.
#[derive(Debug)]
pub struct Problem<'a> {
    /// First planned day.
    pub first: Date,
    /// Last planned day.
    pub last: Date,
    /// Today's number.
    pub(super) today: Day,
    /// Boards in walking order.
    pub(super) boards: Vec<BoardFacts<'a>>,
    /// Posters by id.
    pub(super) posters: Vec<PosterFacts<'a>>,
    /// What ledger and published plan say, ids as they are today.
    pub(super) recorded: Vec<Hanging>,
    /// What the published plan says of days to come, where the plan may change it.
    pub(super) kept: Vec<Hanging>,
    /// What is pinned.
    pub(super) pins: Vec<Hanging>,
    /// What is off and what is out of use.
    pub(super) changes: Vec<Change>,
    /// How many sheets of each poster were lost.
    pub(super) lost: Vec<i64>,
    /// Whether anything at all is on record.
    pub(super) has_records: bool,
    /// What the site weighs.
    pub(super) weights: Weights,
    /// What sheets cost.
    pub(super) prices: &'a Prices,
    /// The site's topics by name.
    pub(super) topics: &'a [Topic],
    /// The campaigns, by their first day.
    pub(super) campaigns: Vec<&'a Page>,
}

/// What matters about a board.
#[derive(Debug)]
pub(super) struct BoardFacts<'a> {
    pub(super) board: &'a Board,
    /// Its planned periods in order.
    pub(super) periods: Vec<PeriodFacts>,
    /// The slots that the plan may fill, in the file's order.
    pub(super) slots: Vec<SlotFacts<'a>>,
    /// In how many periods after it came down a poster may not return.
    pub(super) repeat_after: i32,
    /// The shortest time for which anything that is not a notice hangs.
    pub(super) shortest: Day,
    /// Sheets that one hanging takes: one a place; none on a screen.
    pub(super) copies: i64,
}

/// One period of a board.
#[derive(Debug, Clone, Copy)]
pub(super) struct PeriodFacts {
    pub(super) period: Period,
    pub(super) ordinal: i32,
    pub(super) first: Day,
    pub(super) last: Day,
}

/// What matters about a slot.
#[derive(Debug)]
pub(super) struct SlotFacts<'a> {
    pub(super) slot: &'a Slot,
    /// Its area in mm².
    pub(super) area: i64,
    /// Whether the poster of that number may hang here: legible, and welcome on the board.
    pub(super) takes: Vec<bool>,
    /// How many rotating posters it takes.
    pub(super) choices: usize,
}

/// What matters about a poster.
#[derive(Debug)]
pub(super) struct PosterFacts<'a> {
    pub(super) page: &'a Page,
    /// Its topic's number; a poster without a topic has a number of its own.
    pub(super) topic: usize,
    /// Whether the one-per-topic rule leaves it alone: that is for guides alone.
    pub(super) exempt: bool,
    /// Whether all but posting periods gives way to it.
    pub(super) urgent: bool,
    /// 0 to 3.
    pub(super) priority: i64,
    /// How long it hangs.
    pub(super) stay: Stay,
    /// The stretches of days that are in its season, none of which meets another; any day
    /// where absent.
    pub(super) season: Option<Vec<(Day, Day)>>,
    /// Where it must hang.
    pub(super) demand: Demand,
    /// On how many boards it must hang at least.
    pub(super) at_least: usize,
}

/// How long a poster hangs once it is up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stay {
    /// Exactly these days.
    Exactly(Day, Day),
    /// While it is current, within these days.
    While(Day, Day),
    /// For a period, or what a notice leaves of one, within these days.
    Rotating(Day, Day),
}

/// Where a poster must hang.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Demand {
    /// On every board that its page names, or that can take it.
    Every,
    /// On one board at least.
    Somewhere,
    /// Nowhere.
    Nowhere,
}

impl<'a> Problem<'a> {
    /// Puts a problem together; what is wrong in the ledger is reported.
    pub fn new(
        site: &'a Site,
        fits: &Fits,
        records: &Records,
        aim: Aim,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let (first, last) = planned_days(site.today);
        let has_records = !records.ledger.is_empty() || records.published.is_some();
        let mut recorded = recorded(site, records, diagnostics);
        let pins = instructions::obey(&records.changes, &mut recorded, site.today);
        let may_change = |hanging: &Hanging| {
            let Aim::Anew(period) = aim else {
                return false;
            };
            let within = |period: Period| period.overlaps(hanging.from, hanging.to);
            hanging.origin == Origin::Published
                && hanging.from > site.today
                && !pins.contains(hanging)
                && period.is_none_or(within)
        };
        let (kept, recorded) = recorded.into_iter().partition(may_change);
        let mut topics = Topics::default();
        let mut pages: Vec<&Page> = site.pages.iter().collect();
        pages.sort_by(|a, b| a.id.cmp(&b.id));
        let posters: Vec<PosterFacts> = pages
            .into_iter()
            .filter_map(|page| poster_facts(page, site, &mut topics, (first, last)))
            .collect();
        let numbers: BTreeMap<&str, usize> = posters
            .iter()
            .enumerate()
            .map(|(number, poster)| (poster.page.id.as_str(), number))
            .collect();
        let legible = Legible::new(fits, &numbers);
        let first = match has_records {
            true => first,
            false => first.max(begins(site, &posters)),
        };
        let mut boards: Vec<BoardFacts> = site
            .boards
            .iter()
            .map(|board| board_facts(board, &posters, &legible, (first, last)))
            .collect();
        boards.sort_by(|a, b| (a.board.order, &a.board.id).cmp(&(b.board.order, &b.board.id)));
        if let Some(begins) = said_begins(site).filter(|_| !has_records) {
            for period in boards
                .iter_mut()
                .filter_map(|board| board.periods.first_mut())
            {
                period.first = period.first.max(day_number(begins));
            }
        }
        Self {
            first,
            last,
            today: day_number(site.today),
            campaigns: campaigns(site),
            weights: site.settings.rotation.weights,
            prices: &site.settings.printing.prices,
            topics: &site.settings.topics,
            lost: posters
                .iter()
                .map(|poster| lost(site, records, poster))
                .collect(),
            has_records,
            changes: changes(&records.changes, &posters),
            pins,
            boards,
            posters,
            recorded,
            kept,
        }
    }

    /// Returns the number of the poster with the page id `id`.
    pub(super) fn poster(&self, id: &str) -> Option<usize> {
        self.posters
            .binary_search_by(|poster| poster.page.id.as_str().cmp(id))
            .ok()
    }

    /// Counts the published hangings of other topics that a sheet in the slot would push aside.
    pub(super) fn n_pushed(&self, slot: (&str, &str), poster: usize, from: Day, to: Day) -> usize {
        let pushed = |kept: &&Hanging| {
            (kept.board.as_str(), kept.slot.as_str()) == slot
                && day_number(kept.from) <= to
                && from <= day_number(kept.to)
                && (self.poster(&kept.poster))
                    .is_some_and(|other| self.posters[other].topic != self.posters[poster].topic)
        };
        self.kept.iter().filter(pushed).count()
    }

    /// Tells whether a period is past and closed: where a site keeps records, nobody plans what
    /// hung in days gone by.
    pub(super) fn is_closed(&self, period: &PeriodFacts) -> bool {
        period.last < self.today && self.has_records
    }

    /// Tells whether staff said that the poster hangs nowhere, or not on the board, on one of the
    /// days.
    pub(super) fn is_off(&self, board: &BoardFacts, poster: usize, from: Day, to: Day) -> bool {
        self.changes.iter().any(|change| {
            let here = change.board.as_ref().is_none_or(|id| *id == board.board.id);
            let days = change.from <= to && from <= change.to;
            change.poster == Some(poster) && here && days
        })
    }

    /// Returns when a board's slots are out of use: slot and days; all slots where `None`.
    pub(super) fn closed<'p>(
        &'p self,
        board: &'p BoardFacts,
    ) -> impl Iterator<Item = (Option<&'p str>, Day, Day)> {
        let here = |change: &&Change| {
            change.poster.is_none() && change.board.as_ref() == Some(&board.board.id)
        };
        let closed = self.changes.iter().filter(here);
        closed.map(|change| (change.slot.as_deref(), change.from, change.to))
    }

    /// Tells whether something is pinned in the slot on one of the days.
    pub(super) fn is_pinned(&self, (board, slot): (&str, &str), from: Day, to: Day) -> bool {
        self.pins.iter().any(|pin| {
            let days = day_number(pin.from) <= to && from <= day_number(pin.to);
            (pin.board.as_str(), pin.slot.as_str()) == (board, slot) && days
        })
    }

    /// Finds the campaign that pulls the poster forward on some of the days `from..=to`.
    pub(super) fn campaign(&self, poster: usize, from: Day, to: Day) -> Option<&'a Page> {
        let page = self.posters[poster].page;
        let pulls = |campaign: &&&Page| {
            campaign.campaign.as_ref().is_some_and(|it| {
                day_number(it.from) <= to && from <= day_number(it.to) && it.pulls(page)
            })
        };
        self.campaigns.iter().find(pulls).copied()
    }

    /// Returns what a guide is worth for a period on the days `from..=to`. Out of its season it
    /// is worth next to nothing, whoever pulls it forward.
    pub(super) fn worth(&self, poster: usize, from: Day, to: Day) -> Worth {
        let weights = self.weights;
        let base = self.posters[poster].priority * weights.priority * POINT;
        let days = i64::from(to - from + 1);
        let off = i64::from(self.posters[poster].days_off(from, to));
        let pulled = off * 2 <= days && self.campaign(poster, from, to).is_some();
        Worth {
            priority: base,
            campaign: if pulled {
                base * (weights.season - 1)
            } else {
                0
            },
            season: -(base + weights.off_season * POINT) * off / days,
        }
    }
}

/// A poster that is off, or a board that is out of use, on some days.
#[derive(Debug)]
pub(super) struct Change {
    /// `None` where a board is out of use.
    poster: Option<usize>,
    board: Option<String>,
    slot: Option<String>,
    from: Day,
    to: Day,
}

fn changes(all: &[Instruction], posters: &[PosterFacts]) -> Vec<Change> {
    let change = |it: &Instruction| {
        let number = |id: &String| posters.iter().position(|poster| poster.page.id == *id);
        let poster = match it.kind {
            Kind::Pin => return None,
            Kind::Off => Some(it.poster.as_ref().and_then(number)?),
            Kind::Closed => None,
        };
        Some(Change {
            poster,
            board: it.board.clone(),
            slot: it.slot.clone(),
            from: day_number(it.from),
            to: day_number(it.to),
        })
    };
    all.iter().filter_map(change).collect()
}

/// What a guide is worth, in hundredths of points.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Worth {
    /// By its priority.
    pub(super) priority: i64,
    /// As a campaign pulls it forward.
    pub(super) campaign: i64,
    /// For days out of its season: nothing or less.
    pub(super) season: i64,
}

impl Worth {
    /// Returns all of it.
    pub(super) fn sum(self) -> i64 {
        self.priority + self.campaign + self.season
    }
}

impl PosterFacts<'_> {
    /// Counts the days that are out of its season.
    pub(super) fn days_off(&self, from: Day, to: Day) -> Day {
        let Some(season) = &self.season else {
            return 0;
        };
        let within = season
            .iter()
            .map(|&(first, last)| (first.max(from), last.min(to)));
        let within: Day = within.map(|(first, last)| (last - first + 1).max(0)).sum();
        (to - from + 1 - within).max(0)
    }

    /// Tells whether it is an evergreen, which hangs for a period at a time.
    pub(super) fn rotates(&self) -> bool {
        matches!(self.stay, Stay::Rotating(..))
    }
}

impl BoardFacts<'_> {
    /// Returns the number in time of the period that holds `day`.
    pub(super) fn ordinal(&self, day: Day) -> i32 {
        match self.board.cadence {
            // 1970-01-05 was a Monday.
            Cadence::Week => (day - 4).div_euclid(7),
            cadence => Period::containing(cadence, date(day)).ordinal(),
        }
    }
}

/// Returns the day's number.
pub(super) fn day_number(date: Date) -> Day {
    (date - Date::constant(1970, 1, 1)).get_days()
}

/// Returns the date of a day's number.
pub(super) fn date(day: Day) -> Date {
    Date::constant(1970, 1, 1)
        // Farther than the calendar reaches, yet within what a span of days may be.
        .saturating_add(day.clamp(-5_000_000, 5_000_000).days())
}

/// Returns the planned days for a plan made on `today`.
pub fn planned_days(today: Date) -> (Date, Date) {
    let last = today
        .first_of_month()
        .checked_add(2.months())
        .map_or(today, Date::last_of_month);
    (
        today.first_of_year(),
        last.max(Date::constant(today.year(), 12, 31)),
    )
}

/// Numbers for topics: shared ones by name, and one each for posters without.
#[derive(Default)]
struct Topics {
    names: BTreeMap<String, usize>,
    next: usize,
}

impl Topics {
    fn number(&mut self, name: Option<&str>) -> usize {
        let next = self.next;
        let number = match name {
            Some(name) => *self.names.entry(name.to_owned()).or_insert(next),
            None => next,
        };
        self.next += usize::from(number == next);
        number
    }
}

fn poster_facts<'a>(
    page: &'a Page,
    site: &Site,
    topics: &mut Topics,
    planned: (Date, Date),
) -> Option<PosterFacts<'a>> {
    let wish = page.poster.as_ref()?;
    if page.approval != Approval::Approved {
        return None;
    }
    let posting = page.notice.as_ref().and_then(|notice| notice.posting);
    let stay = match posting {
        Some(posting) => Stay::Exactly(day_number(posting.first), day_number(posting.last)),
        None => stay(page),
    };
    let urgent = is_urgent(page, stay);
    let demand = match posting {
        Some(_) if wish.boards.is_empty() && !wish.everywhere => Demand::Somewhere,
        Some(_) => Demand::Every,
        None if wish.everywhere && !urgent => Demand::Every,
        None => Demand::Nowhere,
    };
    let exempt = page.is_public_notice() || !matches!(stay, Stay::Rotating(..));
    Some(PosterFacts {
        page,
        topic: topics.number(if exempt { None } else { page.topic() }),
        exempt,
        urgent,
        priority: i64::from(wish.priority),
        stay,
        season: stretches(page, site, planned),
        demand,
        at_least: wish.at_least,
    })
}

/// Tells whether a notice is urgent: its page says so, or it is of the highest priority and over
/// within a week.
fn is_urgent(page: &Page, stay: Stay) -> bool {
    let Stay::While(from, to) = stay else {
        return false;
    };
    let wish = page.poster.as_ref();
    let important = wish.is_some_and(|wish| wish.priority >= HIGHEST);
    let invites = page.event.is_some()
        || (page.notice.as_ref()).is_some_and(|notice| notice.kind == NoticeKind::Activity);
    (page.urgent).unwrap_or(important && !invites && to - from < URGENT_DAYS)
}

/// Returns the day on which the settings say that the site began; one that is to come has not
/// begun yet, and is looked at before.
fn said_begins(site: &Site) -> Option<Date> {
    (site.settings.rotation.begins).filter(|begins| *begins <= site.today)
}

/// Returns the day on which a site without records began: the one that its settings name; else
/// the first of the month of its first notice; else of this month.
fn begins(site: &Site, posters: &[PosterFacts]) -> Date {
    if let Some(begins) = said_begins(site) {
        return begins;
    }
    let notices = posters.iter().filter(|poster| !poster.rotates());
    let dates = notices.filter_map(|poster| poster.page.date);
    let first = dates.filter(|date| *date <= site.today).min();
    first.unwrap_or(site.today).first_of_month()
}

/// Counts the sheets of a poster that were lost or spoilt.
fn lost(site: &Site, records: &Records, poster: &PosterFacts) -> i64 {
    let lost = ledger::lost(&records.ledger).into_iter();
    lost.filter(|lost| today_s_id(site, &lost.poster) == poster.page.id)
        .map(|lost| i64::from(lost.copies))
        .sum()
}

/// Decides whether a poster without a posting period is a notice or rotates.
fn stay(page: &Page) -> Stay {
    let from = page.date.map(day_number);
    match (from, page.last_day().map(day_number)) {
        (Some(from), Some(to)) if to - from < LONGEST_NOTICE => Stay::While(from, to),
        (from, to) => Stay::Rotating(from.unwrap_or(Day::MIN), to.unwrap_or(Day::MAX)),
    }
}

/// Which poster is legible where, by board and slot.
struct Legible<'f>(BTreeMap<(&'f str, &'f str), BTreeSet<usize>>);

impl<'f> Legible<'f> {
    fn new(fits: &'f Fits, numbers: &BTreeMap<&str, usize>) -> Self {
        let mut legible: BTreeMap<(&str, &str), BTreeSet<usize>> = BTreeMap::new();
        for ((poster, board, slot), fit) in &fits.0 {
            if let (Fit::Fits, Some(&number)) = (fit, numbers.get(poster.as_str())) {
                legible.entry((board, slot)).or_default().insert(number);
            }
        }
        Self(legible)
    }
}

fn board_facts<'a>(
    board: &'a Board,
    posters: &[PosterFacts],
    legible: &Legible,
    (first, last): (Date, Date),
) -> BoardFacts<'a> {
    let welcome = |poster: &PosterFacts| {
        let wish = poster.page.poster.as_ref();
        wish.is_some_and(|wish| wish.welcomes(board))
    };
    let slots = board.free_slots().map(|slot| {
        let set = legible.0.get(&(board.id.as_str(), slot.id.as_str()));
        let takes: Vec<bool> = posters
            .iter()
            .enumerate()
            .map(|(number, poster)| set.is_some_and(|set| set.contains(&number)) && welcome(poster))
            .collect();
        let rotates = |(poster, takes): (&PosterFacts, &bool)| {
            *takes && matches!(poster.stay, Stay::Rotating(..))
        };
        SlotFacts {
            slot,
            area: square_millimetres(&slot.area),
            choices: posters
                .iter()
                .zip(&takes)
                .filter(|&pair| rotates(pair))
                .count(),
            takes,
        }
    });
    let periods = Period::overlapping(board.cadence, first, last);
    let screen = board.kind == BoardKind::Screen;
    BoardFacts {
        board,
        periods: periods.into_iter().map(period_facts).collect(),
        slots: slots.collect(),
        repeat_after: i32::try_from(board.repeat_after).unwrap_or(i32::MAX / 4),
        shortest: if screen { 1 } else { SHORTEST_ON_PAPER },
        copies: if screen {
            0
        } else {
            i64::try_from(board.places.len().max(1)).unwrap_or(i64::MAX)
        },
    }
}

fn period_facts(period: Period) -> PeriodFacts {
    PeriodFacts {
        period,
        ordinal: period.ordinal(),
        first: day_number(period.first()),
        last: day_number(period.last()),
    }
}

/// Whole numbers, so that no decision hangs on how a machine rounds.
#[expect(
    clippy::cast_possible_truncation,
    reason = "an area of a board in mm² is far below 2^63"
)]
fn square_millimetres(area: &Area) -> i64 {
    let size = area.size();
    (size.width.round() as i64) * (size.height.round() as i64)
}

/// Returns the days of the season of a page, or of its topic, around the planned ones.
fn stretches(page: &Page, site: &Site, (first, last): (Date, Date)) -> Option<Vec<(Day, Day)>> {
    let topic = page.topic().and_then(|id| {
        let topics = &site.settings.topics;
        topics.iter().find(|topic| topic.id == id)
    });
    let season = (page.season.as_ref()).or(topic.and_then(|topic| topic.season.as_ref()))?;
    let mut stretches: Vec<(Day, Day)> = Vec::new();
    for span in season.between(
        first.saturating_sub(31.days()),
        last.saturating_add(31.days()),
    ) {
        let (first, last) = (day_number(span.first), day_number(span.last));
        match stretches.last_mut() {
            Some(before) if first <= before.1 + 1 => before.1 = before.1.max(last),
            _ => stretches.push((first, last)),
        }
    }
    Some(stretches)
}

fn campaigns(site: &Site) -> Vec<&Page> {
    let mut found: Vec<&Page> = (site.pages.iter())
        .filter(|page| page.campaign.is_some() && page.is_approved())
        .collect();
    found.sort_by_key(|page| (page.campaign.as_ref().map(|it| it.from), &page.id));
    found
}
