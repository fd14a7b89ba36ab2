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

use super::plan::Hanging;
use super::published::today_s_id;
use super::recorded::recorded;
use super::{Aim, Origin, Records, ledger};
use crate::area::Area;
use crate::calendar::{Cadence, Period};
use crate::diag::Diagnostics;
use crate::measure::{Fit, Fits};
use crate::site::{Approval, Board, BoardKind, Page, Prices, Site, Slot, Weights, topic::Topic};

/// A day, counted from 1970-01-01.
pub(super) type Day = i32;

/// How long a dated poster may be current and still be a notice that hangs as long as it is
/// current; what is current for longer rotates within its dates like an evergreen.
const LONGEST_NOTICE: Day = 62;

/// The shortest time for which it is worth the walk to hang a sheet that nobody asked for.
const SHORTEST_ON_PAPER: Day = 7;

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
    /// For each topic the days on which campaigns pull it forward.
    seasons: Vec<Vec<(Day, Day)>>,
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
    /// Whether the one-per-topic rule leaves it alone.
    pub(super) exempt: bool,
    /// 0 to 3.
    pub(super) priority: i64,
    /// How long it hangs.
    pub(super) stay: Stay,
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
        let recorded = recorded(site, records, diagnostics);
        let may_change = |hanging: &Hanging| {
            let Aim::Propose(period) = aim else {
                return false;
            };
            let within = |period: Period| period.overlaps(hanging.from, hanging.to);
            hanging.origin == Origin::Published
                && hanging.from > site.today
                && period.is_none_or(within)
        };
        let (kept, recorded) = recorded.into_iter().partition(may_change);
        let mut topics = Topics::default();
        let mut pages: Vec<&Page> = site.pages.iter().collect();
        pages.sort_by(|a, b| a.id.cmp(&b.id));
        let posters: Vec<PosterFacts> = pages
            .into_iter()
            .filter_map(|page| poster_facts(page, &mut topics))
            .collect();
        let numbers: BTreeMap<&str, usize> = posters
            .iter()
            .enumerate()
            .map(|(number, poster)| (poster.page.id.as_str(), number))
            .collect();
        let legible = Legible::new(fits, &numbers);
        let mut boards: Vec<BoardFacts> = site
            .boards
            .iter()
            .map(|board| board_facts(board, &posters, &legible, (first, last)))
            .collect();
        boards.sort_by(|a, b| (a.board.order, &a.board.id).cmp(&(b.board.order, &b.board.id)));
        Self {
            first,
            last,
            today: day_number(site.today),
            seasons: seasons(site, &topics),
            weights: site.settings.rotation.weights,
            prices: &site.settings.printing.prices,
            topics: &site.settings.topics,
            lost: posters
                .iter()
                .map(|poster| lost(site, records, poster))
                .collect(),
            has_records: !records.ledger.is_empty() || records.published.is_some(),
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

    /// Tells whether a campaign pulls the poster's topic forward within the days `from..=to`.
    pub(super) fn in_season(&self, poster: usize, from: Day, to: Day) -> bool {
        self.seasons
            .get(self.posters[poster].topic)
            .is_some_and(|spans| {
                spans
                    .iter()
                    .any(|&(first, last)| first <= to && from <= last)
            })
    }
}

impl PosterFacts<'_> {
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

fn poster_facts<'a>(page: &'a Page, topics: &mut Topics) -> Option<PosterFacts<'a>> {
    let wish = page.poster.as_ref()?;
    if page.approval != Approval::Approved {
        return None;
    }
    let exempt = page.is_public_notice();
    let posting = page.notice.as_ref().and_then(|notice| notice.posting);
    let stay = match posting {
        Some(posting) => Stay::Exactly(day_number(posting.first), day_number(posting.last)),
        None => stay(page),
    };
    let demand = match posting {
        Some(_) if wish.boards.is_empty() && !wish.everywhere => Demand::Somewhere,
        Some(_) => Demand::Every,
        None if wish.everywhere => Demand::Every,
        None => Demand::Nowhere,
    };
    Some(PosterFacts {
        page,
        topic: topics.number(if exempt { None } else { page.topic() }),
        exempt,
        priority: i64::from(wish.priority),
        stay,
        demand,
        at_least: wish.at_least,
    })
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
    match (from, last_day(page).map(day_number)) {
        (Some(from), Some(to)) if to - from < LONGEST_NOTICE => Stay::While(from, to),
        (from, to) => Stay::Rotating(from.unwrap_or(Day::MIN), to.unwrap_or(Day::MAX)),
    }
}

/// Returns the last day on which a page has something to say: an invitation or a campaign ends
/// by itself.
fn last_day(page: &Page) -> Option<Date> {
    let event = page.event.as_ref();
    page.expires
        .or_else(|| page.campaign.as_ref().map(|campaign| campaign.to))
        .or_else(|| event.map(|event| event.until.unwrap_or(event.date)))
        .or_else(|| page.assumed_end())
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

fn seasons(site: &Site, topics: &Topics) -> Vec<Vec<(Day, Day)>> {
    let mut seasons = vec![Vec::new(); topics.next];
    for campaign in site.pages.iter().filter_map(|page| page.campaign.as_ref()) {
        for topic in &campaign.pulls {
            if let Some(&number) = topics.names.get(topic) {
                seasons[number].push((day_number(campaign.from), day_number(campaign.to)));
            }
        }
    }
    seasons
}
