//! Environmental days, local days and the year's legal holidays.

use jiff::civil::Date;

use super::HolidayTable;

/// A span of days, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

/// A day, or some days, worth a notice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarDay {
    /// When.
    pub span: Span,
    /// Its name.
    pub title: String,
    /// Topics that belong to it.
    pub topics: Vec<String>,
    /// Whether the date is announced each year and the present one is a guess (待通知).
    pub tentative: bool,
    /// Whether the site added it.
    pub local: bool,
}

/// All days that a site knows.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    /// Days the site added.
    pub local: Vec<CalendarDay>,
    /// Legal holidays and make-up days.
    pub holidays: HolidayTable,
}
