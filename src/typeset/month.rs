//! The days of a month as a sheet shows them, with what falls on each.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::day::Day;
use crate::site::{Page, Site};

/// A month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonthData {
    /// Year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// The weekday of the first day: 1 for Monday to 7 for Sunday.
    pub first_weekday: i8,
    /// Every day of it.
    pub days: Vec<MonthDay>,
}

/// A day of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonthDay {
    /// The day.
    pub date: Day,
    /// Whether people work on it.
    pub works: bool,
    /// What falls on it: the site's own first.
    pub marks: Vec<Mark>,
}

/// Something that falls on a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Mark {
    /// What it is.
    pub kind: MarkKind,
    /// Its name.
    pub title: String,
    /// The hour, as written.
    pub time: Option<String>,
    /// Where.
    pub place: Option<String>,
}

/// What falls on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MarkKind {
    /// Something takes place.
    Event,
    /// A campaign begins.
    Campaign,
    /// A posting period ends.
    Posting,
    /// An environmental or local day.
    Observance,
}

impl MonthData {
    /// Describes the month that `date` falls in.
    pub fn of(site: &Site, date: Date) -> Self {
        let first = date.first_of_month();
        let language = site.settings.message_language();
        let mut marks = marks(site, first, first.last_of_month());
        let days = first
            .series(1.day())
            .take_while(|day| day.month() == first.month())
            .map(|day| MonthDay {
                date: Day::of(day, language),
                works: site.calendar.works(day),
                marks: marks.remove(&day).unwrap_or_default(),
            });
        Self {
            year: first.year(),
            month: first.month(),
            first_weekday: first.weekday().to_monday_one_offset(),
            days: days.collect(),
        }
    }
}

/// Returns what falls on the days `first..=last`; what lasts longer stands on its first day.
fn marks(site: &Site, first: Date, last: Date) -> BTreeMap<Date, Vec<Mark>> {
    let mut marks: BTreeMap<Date, Vec<Mark>> = BTreeMap::new();
    let pages = site.pages.iter().filter(|page| page.is_approved());
    for (day, mark) in pages.flat_map(marks_of) {
        marks.entry(day).or_default().push(mark);
    }
    for known in site.calendar.between(first, last) {
        let mark = Mark::plain(MarkKind::Observance, known.title);
        marks.entry(known.span.first).or_default().push(mark);
    }
    for marks in marks.values_mut() {
        marks.sort();
        marks.dedup();
    }
    marks
}

/// Returns what of `page` falls on days; of several on one day the first counts.
fn marks_of(page: &Page) -> BTreeMap<Date, Mark> {
    let plain = |kind| Mark::plain(kind, page.title.clone());
    let posting = page.notice.as_ref().and_then(|notice| notice.posting);
    let posting = posting.map(|posting| (posting.last, plain(MarkKind::Posting)));
    let campaign = page.campaign.as_ref();
    let campaign = campaign.map(|campaign| (campaign.from, plain(MarkKind::Campaign)));
    let event = page.event.as_ref().map(|event| {
        let mark = Mark {
            time: event.time.clone(),
            place: event.place.clone(),
            ..plain(MarkKind::Event)
        };
        (event.date, mark)
    });
    [posting, campaign, event].into_iter().flatten().collect()
}

impl Mark {
    fn plain(kind: MarkKind, title: String) -> Self {
        Self {
            kind,
            title,
            time: None,
            place: None,
        }
    }
}
