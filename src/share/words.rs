//! The theme's words for what goes out, and days said in them.

use jiff::civil::Date;
use serde_json::Value;

use crate::site::NoticeKind;
use crate::theme::Theme;

/// The parts `share` and `web` of the theme's phrases.
pub(super) struct Words {
    own: Value,
    web: Value,
}

impl Words {
    pub fn of(theme: &Theme) -> Self {
        Self {
            own: theme.phrases_of("share"),
            web: theme.phrases_of("web"),
        }
    }

    /// Returns the phrase `key`, or the key itself where the theme lacks it.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.own.get(key).and_then(Value::as_str).unwrap_or(key)
    }

    /// Returns what of the phrase `key` goes on behind `title`: 公示到期 behind a title that ends with
    /// 公示 is 到期.
    pub fn ending<'a>(&'a self, key: &'a str, title: &str) -> &'a str {
        let phrase = self.get(key);
        let cuts = phrase.char_indices().map(|(at, _)| at).rev();
        let cut = cuts.into_iter().find(|at| title.ends_with(&phrase[..*at]));
        &phrase[cut.unwrap_or(0)..]
    }

    /// Returns the phrase `key` with `{name}` replaced for each of `values`.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// Returns the phrase `key` of the website.
    pub fn web<'a>(&'a self, key: &'a str) -> &'a str {
        self.web.get(key).and_then(Value::as_str).unwrap_or(key)
    }

    /// Names a kind of notice.
    pub fn notice(&self, kind: NoticeKind) -> &str {
        self.web(kind.phrase())
    }

    /// Says a day: 11月21日; with its year where that is not `year`.
    pub fn day(&self, date: Date, year: i16) -> String {
        let key = match date.year() == year {
            true => "date_short",
            false => "date_full",
        };
        let month = self.listed("months_short", date.month() - 1);
        let values = [
            ("year", date.year().to_string()),
            ("month", month),
            ("day", date.day().to_string()),
        ];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        fill(self.web(key), &values)
    }

    /// Says a day with its weekday: 11月21日星期六.
    pub fn day_of_week(&self, date: Date, year: i16) -> String {
        let weekday = self.listed("weekdays", date.weekday().to_monday_zero_offset());
        let day = self.day(date, year);
        self.fill("day_of_week", &[("day", &day), ("weekday", &weekday)])
    }

    /// Says a span of days.
    pub fn span(&self, first: Date, last: Date, year: i16) -> String {
        let (first, last) = (self.day(first, year), self.day(last, year));
        self.fill("span", &[("first", &first), ("last", &last)])
    }

    fn listed(&self, key: &str, at: i8) -> String {
        let list = self.web.get(key).and_then(Value::as_array);
        let word = list.and_then(|list| list.get(usize::try_from(at).ok()?)?.as_str());
        word.map_or_else(|| (at + 1).to_string(), str::to_owned)
    }
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut text = text.to_owned();
    for (name, value) in values {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    text
}
