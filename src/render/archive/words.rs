//! Days, spans and money as papers say them.

use jiff::civil::{Date, Weekday};

use crate::site::{Every, Fen};

/// Says a day without its year: 10月1日.
pub(super) fn day(date: Date) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// Says a day with its year: 2026年10月1日.
pub(super) fn full_day(date: Date) -> String {
    format!("{}年{}", date.year(), day(date))
}

/// Says a span of days, the year only where it changes: 10月1日—31日.
pub(super) fn span(from: Date, to: Date) -> String {
    if from == to {
        return day(from);
    }
    if (from.year(), from.month()) == (to.year(), to.month()) {
        return format!("{}—{}日", day(from), to.day());
    }
    match from.year() == to.year() {
        true => format!("{}—{}", day(from), day(to)),
        false => format!("{}—{}", full_day(from), full_day(to)),
    }
}

/// Says a day of the week: 周一.
pub(super) fn weekday(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    }
}

/// Says a sum of money: 36元, 36.50元.
pub(super) fn money(fen: Fen) -> String {
    match fen % 100 {
        0 => format!("{}元", fen / 100),
        rest => format!("{}.{:02}元", fen / 100, rest.abs()),
    }
}

/// Says how often something comes round: 每月3次.
pub(super) fn rhythm(every: Every, times: u32) -> String {
    let every = match every {
        Every::Week => "每周",
        Every::Month => "每月",
        Every::Quarter => "每季度",
        Every::Year => "每年",
    };
    format!("{every}{times}次")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_say_no_more_than_needed() {
        let date = |text: &str| text.parse::<Date>().expect("a test's date is one");
        for (from, to, said) in [
            ("2026-10-01", "2026-10-01", "10月1日"),
            ("2026-10-01", "2026-10-31", "10月1日—31日"),
            ("2026-10-26", "2026-11-01", "10月26日—11月1日"),
            ("2025-12-29", "2026-01-04", "2025年12月29日—2026年1月4日"),
        ] {
            assert_eq!(span(date(from), date(to)), said);
        }
        assert_eq!(money(3650), "36.50元");
        assert_eq!(money(3600), "36元");
    }
}
