//! The theme's words for templates, and dates said in them.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use crate::calendar::Period;
use crate::site::{Bin, NoticeKind};

/// The part `web` of the theme's phrases.
#[derive(Debug, Clone)]
pub(in crate::render::web) struct Words {
    phrases: Value,
}

/// A date, ready to be set as a picture or in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::render::web) struct DateView {
    /// `2026-11-21`.
    pub iso: String,
    /// Year.
    pub year: i16,
    /// Month by its name, short where that is long: 11月, Nov.
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
    pub(in crate::render::web) fn new(phrases: Value) -> Self {
        Self { phrases }
    }

    /// Returns all words, for templates.
    pub(in crate::render::web) fn all(&self) -> &Value {
        &self.phrases
    }

    /// Returns the phrase `key`, or the key itself where the theme lacks it.
    pub(in crate::render::web) fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.phrases.get(key).and_then(Value::as_str).unwrap_or(key)
    }

    /// Returns the phrase `key` with `{name}` replaced for each of `values`.
    pub(in crate::render::web) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        filled(self.get(key), |asked| {
            let value = values.iter().find(|(name, _)| *name == asked);
            value.map(|(_, value)| (*value).to_owned())
        })
    }

    /// Names a kind of notice.
    pub(in crate::render::web) fn notice(&self, kind: NoticeKind) -> String {
        self.get(kind.phrase()).to_owned()
    }

    /// Names a language to the readers of this one; by its tag where the theme does not know it.
    pub(in crate::render::web) fn language<'a>(&'a self, tag: &'a str) -> &'a str {
        let names = self.phrases.get("language_called");
        let name = names.and_then(|names| names.get(tag)?.as_str());
        name.unwrap_or(tag)
    }

    /// Names a bin.
    pub(in crate::render::web) fn bin(&self, bin: Bin) -> String {
        let name = self
            .phrases
            .get("bin_names")
            .and_then(|names| names.get(bin.key()));
        name.and_then(Value::as_str)
            .unwrap_or(bin.name())
            .to_owned()
    }

    /// Names a topic that every site has.
    pub(in crate::render::web) fn topic(&self, id: &str) -> Option<&str> {
        self.phrases.get("topic_names")?.get(id)?.as_str()
    }

    /// Says a date.
    pub(in crate::render::web) fn date(&self, date: Date) -> DateView {
        let weekday = date.weekday().to_monday_zero_offset();
        DateView {
            iso: date.to_string(),
            year: date.year(),
            month: self.nth("months_short", date.month() - 1),
            day: date.day(),
            weekday: self.nth("weekdays", weekday),
            short: self.short(date),
            full: self.full(date),
        }
    }

    /// Says a span of days: 11月3日—12日, 11月30日—12月2日; the year where it is not `year`.
    pub(in crate::render::web) fn span(&self, first: Date, last: Date, year: i16) -> String {
        let begin = match first.year() == year {
            true => self.short(first),
            false => self.full(first),
        };
        if first == last {
            return begin;
        }
        if (first.year(), first.month()) == (last.year(), last.month()) {
            let key = match first.year() == year {
                true => "date_within",
                false => "date_within_full",
            };
            let of_year = first.year().to_string();
            let (from, to) = (first.day().to_string(), last.day().to_string());
            let month = self.month(first.month());
            let values = [
                ("year", &of_year),
                ("month", &month),
                ("first", &from),
                ("last", &to),
            ];
            return self.fill(key, &values.map(|(name, value)| (name, value.as_str())));
        }
        let end = match first.year() == last.year() {
            true => self.short(last),
            false => self.full(last),
        };
        self.fill("date_span", &[("first", &begin), ("last", &end)])
    }

    /// Says a period of a board.
    pub(in crate::render::web) fn period(&self, period: Period, year: i16) -> String {
        match period {
            Period::Month { year: own, month } if own == year => self.month(month),
            Period::Month { year, month } => self.month_of(year, month),
            _ => self.span(period.first(), period.last(), year),
        }
    }

    /// Says a month of a year: 2026年11月.
    pub(in crate::render::web) fn month_of(&self, year: i16, month: i8) -> String {
        let values = [("year", &*year.to_string()), ("month", &*self.month(month))];
        self.fill("date_month", &values)
    }

    /// Says a month: 11月.
    pub(in crate::render::web) fn month(&self, month: i8) -> String {
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

/// Replaces each `{name}` of a phrase by what `value` gives for it, and each `{name|one|many}` by
/// one of two words, by whether it gives 1.
pub(in crate::render::web) fn filled(
    phrase: &str,
    value: impl Fn(&str) -> Option<String>,
) -> String {
    let mut out = String::with_capacity(phrase.len());
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((asked, after)) = after.split_once('}') else {
            break;
        };
        out.push_str(before);
        let mut parts = asked.split('|');
        let said = value(parts.next().unwrap_or_default());
        match (said, parts.next(), parts.next()) {
            (Some(said), Some(one), Some(many)) => {
                out.push_str(if said == "1" { one } else { many });
            }
            (Some(said), ..) => out.push_str(&said),
            (None, ..) => out.push_str(&format!("{{{asked}}}")),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
pub(in crate::render::web) mod tests {
    use super::*;
    use jiff::civil::date;

    /// Returns the words of the theme in the binary.
    pub(in crate::render::web) fn words() -> Words {
        words_in("zh-CN")
    }

    fn words_in(language: &str) -> Words {
        let file = &crate::theme::embedded()[&format!("i18n/{language}.yaml")];
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
    fn a_phrase_has_a_word_for_one_and_a_word_for_many() {
        let left = |n: &str| filled("{n} {n|day|days} left", |_| Some(n.to_owned()));
        assert_eq!(left("1"), "1 day left");
        assert_eq!(left("12"), "12 days left");
        assert_eq!(filled("{a} {", |_| None), "{a} {");
    }

    #[test]
    fn english_days_come_before_their_month() {
        let words = words_in("en");
        let span = |first, last| words.span(first, last, 2026);
        assert_eq!(span(date(2026, 11, 3), date(2026, 11, 12)), "3–12 November");
        assert_eq!(
            span(date(2026, 11, 30), date(2027, 1, 2)),
            "30 November – 2 January 2027"
        );
        assert_eq!(span(date(2025, 5, 3), date(2025, 5, 4)), "3–4 May 2025");
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
