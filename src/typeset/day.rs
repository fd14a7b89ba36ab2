//! Days as sheets show them.

use jiff::civil::{Date, Weekday};
use serde::Serialize;

use crate::diag::Language;

/// A day in parts, so that a layout can set each in its own size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    /// Year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
    /// The weekday's name.
    pub weekday: &'static str,
    /// `2026-11-21`.
    pub iso: String,
}

impl Day {
    /// Takes `date` apart, the weekday named in `language`.
    pub fn of(date: Date, language: Language) -> Self {
        Self {
            year: date.year(),
            month: date.month(),
            day: date.day(),
            weekday: weekday(date.weekday(), language),
            iso: date.to_string(),
        }
    }
}

fn weekday(weekday: Weekday, language: Language) -> &'static str {
    const CHINESE: [&str; 7] = [
        "星期一",
        "星期二",
        "星期三",
        "星期四",
        "星期五",
        "星期六",
        "星期日",
    ];
    const ENGLISH: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let at = usize::from(weekday.to_monday_zero_offset().unsigned_abs());
    match language {
        Language::Chinese => CHINESE[at],
        Language::English => ENGLISH[at],
    }
}
