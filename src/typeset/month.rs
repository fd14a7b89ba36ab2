//! The days of a month as a sheet shows them, with what falls on each.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::data::works;
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
        let days = first
            .series(1.day())
            .take_while(|day| day.month() == first.month())
            .map(|day| MonthDay {
                date: Day::of(day, language),
                works: works(site, day),
                marks: marks(site, day),
            });
        Self {
            year: first.year(),
            month: first.month(),
            first_weekday: first.weekday().to_monday_one_offset(),
            days: days.collect(),
        }
    }
}

/// Returns what falls on `day`; what lasts longer stands on its first day.
fn marks(site: &Site, day: Date) -> Vec<Mark> {
    let approved = |page: &&Page| page.is_approved();
    let pages = site.pages.iter().filter(approved);
    let mut marks: Vec<Mark> = pages.filter_map(|page| mark_of(page, day)).collect();
    let known = site.calendar.between(day, day).into_iter();
    let begins = known.filter(|known| known.span.first == day);
    marks.extend(begins.map(|known| Mark::plain(MarkKind::Observance, known.title)));
    marks.sort();
    marks.dedup();
    marks
}

fn mark_of(page: &Page, day: Date) -> Option<Mark> {
    if let Some(event) = page.event.as_ref().filter(|event| event.date == day) {
        return Some(Mark {
            time: event.time.clone(),
            place: event.place.clone(),
            ..Mark::plain(MarkKind::Event, page.title.clone())
        });
    }
    let posting = page.notice.as_ref().and_then(|notice| notice.posting);
    let kind = if page.campaign.as_ref().is_some_and(|it| it.from == day) {
        MarkKind::Campaign
    } else if posting.is_some_and(|posting| posting.last == day) {
        MarkKind::Posting
    } else {
        return None;
    };
    Some(Mark::plain(kind, page.title.clone()))
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
