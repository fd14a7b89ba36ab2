//! What matters about boards, slots and posters, read off the site for the planner: ids turned into
//! numbers, dates into day numbers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::anneal::ItemNo;
use crate::area::Area;
use crate::calendar::{Cadence, Period};
use crate::measure::{Fit, Fits};
use crate::site::{Approval, Board, BoardKind, NoticeKind, Page, Site, Slot};

/// A day, counted from 1970-01-01.
pub(super) type Day = i32;

/// Hundredths in a point.
pub(super) const POINT: i64 = 100;

/// How long a dated poster may be current and still be a notice that hangs as long as it is
/// current; what is current for longer rotates within its dates like an evergreen.
const LONGEST_NOTICE: Day = 62;

/// The shortest time for which it is worth the walk to hang a sheet that nobody asked for.
const SHORTEST_ON_PAPER: Day = 7;

/// The shortest time for which a screen shows what nobody asked for.
const SHORTEST_ON_SCREEN: Day = 4;

/// The shortest time on paper between two notices: somebody comes by on both days.
const SHORTEST_BETWEEN: Day = 4;

/// How many days after its first a guide hangs that takes several sheets.
const ON_SEVERAL: i64 = 29;

/// The highest priority.
const HIGHEST: u8 = 3;

/// A notice of the highest priority that is current for fewer days is urgent by itself.
const URGENT_DAYS: Day = 7;

/// What matters about a board.
#[derive(Debug)]
pub(super) struct BoardFacts<'a> {
    pub(super) board: &'a Board,
    /// Its planned periods in order.
    pub(super) periods: Vec<PeriodFacts>,
    /// The slots that the plan may fill, in the file's order.
    pub(super) slots: Vec<SlotFacts<'a>>,
    /// Where posters of several sheets may hang: what no single slot takes.
    pub(super) runs: Vec<Run>,
    /// In how many periods after it came down a poster may not return.
    pub(super) repeat_after: i32,
    /// The shortest time for which anything that is not a notice hangs.
    pub(super) shortest: Day,
    /// The same between two notices.
    pub(super) shortest_between: Day,
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

/// Slots side by side that take a poster of several sheets.
#[derive(Debug, Clone)]
pub(super) struct Run {
    /// The poster's number.
    pub(super) poster: usize,
    /// The slots, from left to right.
    pub(super) rows: Vec<usize>,
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

impl PosterFacts<'_> {
    /// Tells whether most of the days are out of its season.
    pub(super) fn is_off(&self, from: Day, to: Day) -> bool {
        self.days_off(from, to) * 2 > to - from + 1
    }

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
    /// Returns where on the board the poster may hang on several sheets.
    pub(super) fn runs_of(&self, poster: usize) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(move |run| run.poster == poster)
    }

    /// Tells whether nothing but several sheets shows the poster on the board.
    pub(super) fn takes_several(&self, poster: usize) -> bool {
        self.runs_of(poster).next().is_some()
    }

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

/// Returns the number of a poster as the solver has it.
pub(super) fn number(poster: usize) -> ItemNo {
    ItemNo::try_from(poster).expect("nobody writes 2^32 pages")
}

/// Numbers for topics: shared ones by name, and one each for posters without.
#[derive(Default)]
pub(super) struct Topics {
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

/// Tells whether nothing but several sheets shows the poster of `page` on paper.
fn is_on_several(page: &Page, site: &Site, fits: &Fits) -> bool {
    let from = (page.id.clone(), String::new(), String::new());
    let fits = fits.0.range(from..);
    let fits = fits.take_while(|((poster, ..), _)| *poster == page.id);
    let mut is_several = false;
    for ((_, board, _), fit) in fits {
        let paper = site.board(board).filter(|it| it.kind != BoardKind::Screen);
        match fit {
            Fit::Fits if paper.is_some() => return false,
            Fit::Several(_) => is_several = true,
            _ => {}
        }
    }
    is_several
}

/// How long a guide hangs that takes several sheets: once a year, for a month from its day on, as a notice does.
/// Sheets side by side do not change places with single ones.
fn once_a_year(page: &Page, rotating: Stay, first: Date) -> Stay {
    let (Stay::Rotating(_, to), Some(mut from)) = (rotating, page.date) else {
        return rotating;
    };
    let end = |from: Date| from.saturating_add(ON_SEVERAL.days());
    while end(from) < first {
        from = from.saturating_add(1.year());
    }
    let day = day_number(from);
    if day > to {
        return rotating;
    }
    Stay::While(day, day_number(end(from)).min(to))
}

/// Reads off what matters about the poster of `page`; `None` where it has none that may hang.
pub(super) fn poster_facts<'a>(
    page: &'a Page,
    site: &Site,
    fits: &Fits,
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
        None if is_on_several(page, site, fits) => once_a_year(page, stay(page), planned.0),
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

/// Decides whether a poster without a posting period is a notice or rotates.
fn stay(page: &Page) -> Stay {
    let from = page.date.map(day_number);
    match (from, page.last_day().map(day_number)) {
        (Some(from), Some(to)) if to - from < LONGEST_NOTICE => Stay::While(from, to),
        (from, to) => Stay::Rotating(from.unwrap_or(Day::MIN), to.unwrap_or(Day::MAX)),
    }
}

/// Which poster is legible where, by board and slot.
pub(super) struct Legible<'f> {
    /// On one sheet.
    whole: BTreeMap<(&'f str, &'f str), BTreeSet<usize>>,
    /// On so many, from this slot on.
    several: BTreeMap<(&'f str, &'f str), BTreeMap<usize, usize>>,
}

impl<'f> Legible<'f> {
    /// Numbers the posters that `fits` names.
    pub(super) fn new(fits: &'f Fits, numbers: &BTreeMap<&str, usize>) -> Self {
        let mut legible = Self {
            whole: BTreeMap::new(),
            several: BTreeMap::new(),
        };
        for ((poster, board, slot), fit) in &fits.0 {
            let Some(&number) = numbers.get(poster.as_str()) else {
                continue;
            };
            let place = (board.as_str(), slot.as_str());
            match fit {
                Fit::Fits => {
                    legible.whole.entry(place).or_default().insert(number);
                }
                Fit::Several(n) => {
                    let several = legible.several.entry(place).or_default();
                    several.insert(number, *n);
                }
                Fit::TooLong(_) | Fit::WrongSize => {}
            }
        }
        legible
    }

    /// Finds where posters that no single slot of the board takes may hang on several sheets.
    fn runs(
        &self,
        board: &Board,
        slots: &[SlotFacts],
        welcome: &dyn Fn(usize) -> bool,
    ) -> Vec<Run> {
        let row = |wanted: &Slot| slots.iter().position(|slot| slot.slot.id == wanted.id);
        let mut runs = Vec::new();
        for slot in board.free_slots() {
            let several = self.several.get(&(board.id.as_str(), slot.id.as_str()));
            for (&poster, &n) in several.into_iter().flatten() {
                let alone = slots.iter().any(|slot| slot.takes[poster]);
                let run = board.run(slot, n).filter(|_| !alone && welcome(poster));
                let rows = run.and_then(|run| run.into_iter().map(row).collect());
                runs.extend(rows.map(|rows| Run { poster, rows }));
            }
        }
        runs
    }
}

/// Reads off what matters about `board` in the planned days.
pub(super) fn board_facts<'a>(
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
        let set = legible.whole.get(&(board.id.as_str(), slot.id.as_str()));
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
    let slots: Vec<SlotFacts> = slots.collect();
    // What goes round is one sheet: it would keep two slots from two others.
    let several = |number: usize| welcome(&posters[number]) && !posters[number].rotates();
    let runs = legible.runs(board, &slots, &several);
    let periods = Period::overlapping(board.cadence, first, last);
    let screen = board.kind == BoardKind::Screen;
    BoardFacts {
        board,
        periods: periods.into_iter().map(period_facts).collect(),
        slots,
        runs,
        repeat_after: i32::try_from(board.repeat_after).unwrap_or(i32::MAX / 4),
        shortest: if screen {
            SHORTEST_ON_SCREEN
        } else {
            SHORTEST_ON_PAPER
        },
        shortest_between: if screen { 1 } else { SHORTEST_BETWEEN },
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
