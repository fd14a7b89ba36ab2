//! The theme's words for templates, and dates said in them.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use crate::calendar::Period;

/// The part `web` of the theme's phrases.
#[derive(Debug, Clone)]
pub(super) struct Words {
    phrases: Value,
}

/// A date, ready to be set as a picture or in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct DateView {
    /// `2026-11-21`.
    pub iso: String,
    /// Year.
    pub year: i16,
    /// Month by its name, such as 11月.
    pub month: String,
    /// Day of the month.
    pub day: i8,
    /// Day of the week, such as 星期六.
    pub weekday: String,
    /// 11月21日.
    pub short: String,
    /// 2026年11月21日.
    pub full: String,
}

impl Words {
    pub(super) fn new(phrases: Value) -> Self {
        Self { phrases }
    }

    /// Returns all words, for templates.
    pub(super) fn all(&self) -> &Value {
        &self.phrases
    }

    /// Returns the phrase `key`, or the key itself where the theme lacks it.
    pub(super) fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.phrases.get(key).and_then(Value::as_str).unwrap_or(key)
    }

    /// Returns the phrase `key` with `{name}` replaced for each of `values`.
    pub(super) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.get(key).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// Says a date.
    pub(super) fn date(&self, date: Date) -> DateView {
        let weekday = date.weekday().to_monday_zero_offset();
        DateView {
            iso: date.to_string(),
            year: date.year(),
            month: self.month(date.month()),
            day: date.day(),
            weekday: self.nth("weekdays", weekday),
            short: self.short(date),
            full: self.full(date),
        }
    }

    /// Says a span of days: 11月3日—12日, 11月30日—12月2日; the year where it is not `year`.
    pub(super) fn span(&self, first: Date, last: Date, year: i16) -> String {
        let begin = match first.year() == year {
            true => self.short(first),
            false => self.full(first),
        };
        if first == last {
            return begin;
        }
        let same_month = (first.year(), first.month()) == (last.year(), last.month());
        let day = last.day().to_string();
        let end = match (same_month, first.year() == last.year()) {
            (true, _) => self.fill("date_day", &[("day", &day)]),
            (false, true) => self.short(last),
            (false, false) => self.full(last),
        };
        self.fill("date_span", &[("first", &begin), ("last", &end)])
    }

    /// Says a period of a board.
    pub(super) fn period(&self, period: Period, year: i16) -> String {
        match period {
            Period::Month { year: own, month } if own == year => self.month(month),
            Period::Month { year, month } => self.month_of(year, month),
            _ => self.span(period.first(), period.last(), year),
        }
    }

    /// Says a month of a year: 2026年11月.
    pub(super) fn month_of(&self, year: i16, month: i8) -> String {
        let values = [("year", &*year.to_string()), ("month", &*self.month(month))];
        self.fill("date_month", &values)
    }

    /// Says a month: 11月.
    pub(super) fn month(&self, month: i8) -> String {
        self.nth("months", month - 1)
    }

    fn short(&self, date: Date) -> String {
        let (month, day) = (self.month(date.month()), date.day().to_string());
        self.fill("date_short", &[("month", &month), ("day", &day)])
    }

    fn full(&self, date: Date) -> String {
        let (month, day) = (self.month(date.month()), date.day().to_string());
        let year = date.year().to_string();
        let values = [("year", &*year), ("month", &*month), ("day", &*day)];
        self.fill("date_full", &values)
    }

    fn nth(&self, key: &str, at: i8) -> String {
        let word = usize::try_from(at)
            .ok()
            .and_then(|at| self.phrases.get(key)?.get(at)?.as_str());
        word.map_or_else(|| format!("{}", at + 1), str::to_owned)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use jiff::civil::date;

    /// Returns the words of the theme in the binary.
    pub(in super::super) fn words() -> Words {
        let file = &crate::theme::embedded()["i18n/zh-CN.yaml"];
        let text = std::str::from_utf8(file).expect("the theme's words are UTF-8");
        let phrases: Value = serde_yaml::from_str(text).expect("the theme's words are YAML");
        Words::new(phrases["web"].clone())
    }

    #[test]
    fn dates_are_said_as_staff_write_them() {
        let said = words().date(date(2026, 11, 1));
        assert_eq!(said.short, "11月1日");
        assert_eq!(said.full, "2026年11月1日");
        assert_eq!(said.weekday, "星期日");
    }

    #[test]
    fn spans_leave_out_what_both_ends_share() {
        let words = words();
        let span = |first, last| words.span(first, last, 2026);
        assert_eq!(span(date(2026, 11, 3), date(2026, 11, 12)), "11月3日—12日");
        assert_eq!(
            span(date(2026, 11, 30), date(2026, 12, 2)),
            "11月30日—12月2日"
        );
        assert_eq!(
            span(date(2026, 12, 28), date(2027, 1, 3)),
            "12月28日—2027年1月3日"
        );
        assert_eq!(
            span(date(2025, 12, 28), date(2025, 12, 28)),
            "2025年12月28日"
        );
    }
}
