//! A posting period as a bar of days.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use crate::site::{Posting, Site};

/// How many days a bar shows at most; a longer period is told by its two dates alone.
const MOST: usize = 31;

/// One day of the bar.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(in crate::render::web) struct DayView {
    /// `2026-11-03`.
    pub iso: String,
    /// Day of the month.
    pub day: i8,
    /// Whether people work on it.
    pub works: bool,
    /// Whether it is over.
    pub past: bool,
    /// Whether it is today.
    pub today: bool,
}

/// Returns the days of a posting period; none where there are too many.
pub(in crate::render::web) fn days(posting: &Posting, site: &Site) -> Vec<DayView> {
    let view = |date: Date| DayView {
        iso: date.to_string(),
        day: date.day(),
        works: site.calendar.works(date),
        past: date < site.today,
        today: date == site.today,
    };
    let days: Vec<DayView> = posting
        .first
        .series(1.day())
        .take_while(|date| *date <= posting.last)
        .take(MOST + 1)
        .map(view)
        .collect();
    if days.len() > MOST { Vec::new() } else { days }
}
