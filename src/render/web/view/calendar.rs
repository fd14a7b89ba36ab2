//! The calendar: environmental days, campaigns, posting periods and events, month by month, with
//! today marked. Change-overs are the keepers' business and stand in `calendar.ics`.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::Serialize;
use tera::Context;

use crate::calendar::{Cadence, Period};
use crate::render::web::facts::on_web::OnWeb;
use crate::render::web::facts::website::Facts;
use crate::render::web::text::words::DateView;
use crate::render::web::view::values::{self, State};
use crate::site::Page;

/// The output file.
pub(in crate::render::web) const URL: &str = "calendar/index.html";
/// How many months after this one are shown at least.
const AHEAD: usize = 3;

pub(in crate::render::web) fn fill(context: &mut Context, facts: &Facts) {
    let months = months(facts.today());
    let (first, last) = match (months.first(), months.last()) {
        (Some(first), Some(last)) => (first.first(), last.last()),
        _ => return,
    };
    let entries = entries(facts, first, last);
    let views: Vec<MonthView> = months
        .iter()
        .map(|month| MonthView::new(*month, &entries, facts))
        .collect();
    let (past, present): (Vec<_>, Vec<_>) = views.into_iter().partition(|month| month.is_past);
    context.insert("months", &present);
    context.insert("past", &past);
    context.insert("today", &facts.words.date(facts.today()));
    context.insert("has_file", &!facts.site.boards.is_empty());
}

/// Returns the months of this year, and some of the next where this one ends soon.
fn months(today: Date) -> Vec<Period> {
    let mut end = Period::containing(Cadence::Month, today);
    for _ in 0..AHEAD {
        end = end.next();
    }
    let last = end.last().max(today.last_of_year());
    Period::overlapping(Cadence::Month, today.first_of_year(), last)
}

/// The kinds of entries, in the order in which they stand on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Event,
    Posting,
    Campaign,
    Day,
    Local,
}

/// Something on the calendar.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    first: Date,
    last: Date,
    kind: Kind,
    title: String,
    /// Its page below the root.
    url: Option<String>,
    /// The hour and the place.
    facts: Vec<String>,
    /// Whether the date is not announced yet.
    tentative: bool,
}

fn entries(facts: &Facts, first: Date, last: Date) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for day in facts.site.calendar.between(first, last) {
        entries.push(Entry {
            first: day.span.first,
            last: day.span.last,
            kind: if day.local { Kind::Local } else { Kind::Day },
            title: day.title,
            url: None,
            facts: Vec::new(),
            tentative: day.tentative,
        });
    }
    for page in facts.pages() {
        of_page(page, &mut entries);
    }
    entries.retain(|entry| entry.first <= last && first <= entry.last);
    entries.sort();
    drop_twice_told(&mut entries);
    entries
}

fn of_page(page: &Page, entries: &mut Vec<Entry>) {
    let entry = |first, last, kind, facts| Entry {
        first,
        last,
        kind,
        title: page.title.clone(),
        url: Some(values::address(page)),
        facts,
        tentative: false,
    };
    if let Some(event) = &page.event {
        let facts = event.time.iter().chain(&event.place).cloned().collect();
        let last = event.until.unwrap_or(event.date);
        entries.push(entry(event.date, last, Kind::Event, facts));
    }
    if let Some(posting) = values::posting(page) {
        entries.push(entry(
            posting.first,
            posting.last,
            Kind::Posting,
            Vec::new(),
        ));
    }
    if let Some(campaign) = &page.campaign {
        entries.push(entry(
            campaign.from,
            campaign.to,
            Kind::Campaign,
            Vec::new(),
        ));
    }
}

/// Leaves out a day whose name a campaign or an event of the same time has: that one has a page.
fn drop_twice_told(entries: &mut Vec<Entry>) {
    let with_page: Vec<(Date, Date, String)> = entries
        .iter()
        .filter(|entry| entry.url.is_some())
        .map(|entry| (entry.first, entry.last, entry.title.clone()))
        .collect();
    entries.retain(|entry| {
        let is_told = |(first, last, title): &(Date, Date, String)| {
            title.contains(&entry.title) && *first <= entry.last && entry.first <= *last
        };
        entry.url.is_some() || !with_page.iter().any(is_told)
    });
}

/// A month with its grid of days and its entries.
#[derive(Debug, Serialize)]
struct MonthView {
    /// `2026-11`.
    id: String,
    /// 11月.
    name: String,
    /// 2026年11月.
    title: String,
    is_now: bool,
    #[serde(skip)]
    is_past: bool,
    weeks: Vec<Vec<Option<CellView>>>,
    /// What began before and goes on.
    running: Vec<EntryView>,
    /// What begins, day by day.
    days: Vec<DayEntries>,
}

/// A day of the grid.
#[derive(Debug, Serialize)]
struct CellView {
    iso: String,
    day: i8,
    works: bool,
    /// Whether something falls on it.
    marked: bool,
    today: bool,
}

/// What begins on a day.
#[derive(Debug, Serialize)]
struct DayEntries {
    date: DateView,
    today: bool,
    entries: Vec<EntryView>,
}

#[derive(Debug, Serialize)]
struct EntryView {
    kind: Kind,
    title: String,
    url: Option<String>,
    facts: Vec<String>,
    /// The span in words, where it is longer than a day.
    span: Option<String>,
    tentative: bool,
    state: State,
}

impl MonthView {
    fn new(month: Period, entries: &[Entry], facts: &Facts) -> Self {
        let (first, last) = (month.first(), month.last());
        let today = facts.today();
        let here = |entry: &&Entry| entry.first <= last && first <= entry.last;
        let running = |entry: &&Entry| entry.first < first;
        let view = |entry: &Entry| EntryView::new(entry, facts);
        let here: Vec<&Entry> = entries.iter().filter(here).collect();
        let mut by_day: BTreeMap<Date, Vec<EntryView>> = BTreeMap::new();
        for entry in here.iter().filter(|entry| !running(entry)) {
            by_day.entry(entry.first).or_default().push(view(entry));
        }
        let marked = |day: Date| by_day.contains_key(&day);
        Self {
            id: month.to_string(),
            name: facts.words.month(first.month()),
            title: facts.words.month_of(first.year(), first.month()),
            is_now: first <= today && today <= last,
            is_past: last < today,
            weeks: weeks(month, facts, &marked),
            running: here
                .iter()
                .filter(|entry| running(entry))
                .map(|entry| view(entry))
                .collect(),
            days: by_day
                .into_iter()
                .map(|(day, entries)| DayEntries {
                    date: facts.words.date(day),
                    today: day == today,
                    entries,
                })
                .collect(),
        }
    }
}

/// Returns the weeks of a month from Monday on, with gaps before its first day and after its last.
fn weeks(
    month: Period,
    on_web: &OnWeb,
    marked: &dyn Fn(Date) -> bool,
) -> Vec<Vec<Option<CellView>>> {
    let cell = |day: Date| CellView {
        iso: day.to_string(),
        day: day.day(),
        works: on_web.site.calendar.works(day),
        marked: marked(day),
        today: day == on_web.today(),
    };
    let before = month.first().weekday().since(Weekday::Monday);
    let days = month
        .first()
        .series(1.day())
        .take_while(|day| *day <= month.last());
    let gaps = std::iter::repeat_with(|| None).take(usize::try_from(before).unwrap_or(0));
    let mut cells: Vec<Option<CellView>> = gaps.chain(days.map(|day| Some(cell(day)))).collect();
    while !cells.len().is_multiple_of(7) {
        cells.push(None);
    }
    let mut weeks = Vec::new();
    let mut rest = cells.into_iter().peekable();
    while rest.peek().is_some() {
        weeks.push(rest.by_ref().take(7).collect());
    }
    weeks
}

impl EntryView {
    fn new(entry: &Entry, facts: &Facts) -> Self {
        let long = entry.first != entry.last;
        let year = entry.first.year();
        Self {
            kind: entry.kind,
            title: entry.title.clone(),
            url: entry.url.clone(),
            facts: entry.facts.clone(),
            span: long.then(|| facts.words.span(entry.first, entry.last, year)),
            tentative: entry.tentative,
            state: State::of(entry.first, entry.last, facts.today()),
        }
    }
}
