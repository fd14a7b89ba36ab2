//! Days as print and strips name them.

use jiff::civil::Date;

use crate::diag::Language;

/// Names a day without its year.
pub(super) fn month_day(day: Date, language: Language) -> String {
    match language {
        Language::Chinese => format!("{}月{}日", day.month(), day.day()),
        Language::English => day.strftime("%-d %B").to_string(),
    }
}
