//! Environmental days, local days and the year's legal holidays.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use super::rule::{Rule, parse_span};
use super::span::Span;
use super::working::HolidayTable;

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

impl Calendar {
    /// Tells whether people work on `date`; by the week alone where its year's holidays are not
    /// known.
    pub fn works(&self, date: Date) -> bool {
        let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        self.holidays.is_working(date).unwrap_or(!weekend)
    }

    /// Returns the days that share a day with `first..=last`, built-in and local, by date.
    ///
    /// A local day takes the place of the built-in one of its name in its year: that is how a
    /// site enters a date that was announced.
    pub fn between(&self, first: Date, last: Date) -> Vec<CalendarDay> {
        let known = |day: &CalendarDay| {
            self.local.iter().any(|local| {
                local.title == day.title && local.span.first.year() == day.span.first.year()
            })
        };
        let mut days: Vec<CalendarDay> = (first.year()..=last.year())
            .flat_map(built_in)
            .filter(|day| !known(day))
            .chain(self.local.iter().cloned())
            .filter(|day| day.span.first <= last && first <= day.span.last)
            .collect();
        days.sort();
        days
    }
}

/// An entry of `days.yaml`.
struct BuiltIn {
    title: String,
    rule: Rule,
    years: BTreeMap<i16, Span>,
    tentative: bool,
    topics: Vec<String>,
}

/// An entry as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    #[serde(rename = "id")]
    _id: String,
    title: String,
    rule: String,
    #[serde(default)]
    years: BTreeMap<i16, String>,
    #[serde(default)]
    tentative: bool,
    topics: Vec<String>,
    #[serde(rename = "source")]
    _source: String,
}

static BUILT_IN: LazyLock<Vec<BuiltIn>> = LazyLock::new(|| {
    let entries: Vec<Entry> =
        serde_yaml::from_str(include_str!("days.yaml")).expect("days.yaml is tested");
    let understand = |entry: Entry| {
        let announced = |(year, text): (i16, String)| {
            let (first, last) = parse_span(&text)?;
            Some((year, first.span_to(last, year)?))
        };
        Some(BuiltIn {
            rule: Rule::parse(&entry.rule)?,
            years: entry
                .years
                .into_iter()
                .map(announced)
                .collect::<Option<_>>()?,
            title: entry.title,
            tentative: entry.tentative,
            topics: entry.topics,
        })
    };
    let days = entries.into_iter().map(understand).collect::<Option<_>>();
    days.expect("days.yaml is tested")
});

/// Finds the rule of a day by its name, as 端午 or 端午节; where it is announced each year, its guess.
pub(super) fn named(name: &str) -> Option<Rule> {
    let is_called = |title: &str| title == name || title.strip_suffix('节') == Some(name);
    let found = BUILT_IN.iter().find(|entry| is_called(&entry.title))?;
    Some(found.rule.clone())
}

/// Returns the environmental days of `year` that the program knows.
fn built_in(year: i16) -> impl Iterator<Item = CalendarDay> {
    BUILT_IN.iter().flat_map(move |entry| {
        let announced = entry.years.get(&year).copied();
        let guessed = matches!(entry.rule, Rule::Announced(..)) && announced.is_none();
        let spans = announced.map_or_else(|| entry.rule.in_year(year), |span| vec![span]);
        spans.into_iter().map(move |span| CalendarDay {
            span,
            title: entry.title.clone(),
            topics: entry.topics.clone(),
            tentative: guessed || entry.tentative,
            local: false,
        })
    })
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a test's own day")
    }

    fn shown(calendar: &Calendar, first: &str, last: &str) -> String {
        let line = |day: CalendarDay| {
            let mark = match (day.tentative, day.local) {
                (true, _) => " 待通知",
                (_, true) => " 本地",
                _ => "",
            };
            format!(
                "{}..{} {}{mark}\n",
                day.span.first, day.span.last, day.title
            )
        };
        let days = calendar.between(day(first), day(last));
        days.into_iter().map(line).collect()
    }

    #[test]
    fn may_and_june_2026_hold_their_days() {
        assert_snapshot!(shown(&Calendar::default(), "2026-05-01", "2026-06-30"), @"
        2026-05-10..2026-05-16 全国城市节约用水宣传周 待通知
        2026-05-22..2026-05-22 国际生物多样性日
        2026-05-22..2026-05-28 全国城市生活垃圾分类宣传周 待通知
        2026-05-24..2026-05-31 全国科技活动周 待通知
        2026-05-31..2026-05-31 世界无烟日
        2026-06-05..2026-06-05 六五环境日
        2026-06-17..2026-06-17 世界防治荒漠化与干旱日
        2026-06-19..2026-06-19 端午节
        2026-06-23..2026-06-29 全国节能宣传周 待通知
        2026-06-25..2026-06-25 全国低碳日 待通知
        2026-06-25..2026-06-25 全国土地日
        ");
    }

    /// The days of 2026 and 2027, gathered from the ministries' notices and the resolutions that
    /// founded them, not from our rules.
    const GATHERED: [(&str, &str, &str); 27] = [
        ("除夕", "02-16", "02-05"),
        ("春节", "02-17", "02-06"),
        ("元宵节", "03-03", "02-20"),
        ("清明节", "04-05", "04-05"),
        ("端午节", "06-19", "06-09"),
        ("七夕", "08-19", "08-08"),
        ("中秋节", "09-25", "09-15"),
        ("重阳节", "10-18", "10-08"),
        ("学雷锋纪念日", "03-05", "03-05"),
        ("植树节", "03-12", "03-12"),
        ("世界水日", "03-22", "03-22"),
        ("中国水周", "03-22..03-28", "03-22..03-28"),
        ("世界气象日", "03-23", "03-23"),
        // A week early in 2027: the last Saturday of March is Holy Saturday.
        ("地球一小时", "03-28", "03-20"),
        ("爱国卫生月", "04-01..04-30", "04-01..04-30"),
        ("世界地球日", "04-22", "04-22"),
        ("全国城市节约用水宣传周", "05-10..05-16", "05-09..05-15"),
        ("国际生物多样性日", "05-22", "05-22"),
        ("世界无烟日", "05-31", "05-31"),
        ("六五环境日", "06-05", "06-05"),
        ("世界防治荒漠化与干旱日", "06-17", "06-17"),
        ("全国土地日", "06-25", "06-25"),
        ("全国生态日", "08-15", "08-15"),
        ("国际保护臭氧层日", "09-16", "09-16"),
        ("世界清洁日", "09-20", "09-20"),
        ("世界无车日", "09-22", "09-22"),
        ("国际志愿者日", "12-05", "12-05"),
    ];

    #[test]
    fn the_days_of_2026_and_2027_are_those_gathered() {
        for (title, in_2026, in_2027) in GATHERED {
            for (year, expected) in [(2026, in_2026), (2027, in_2027)] {
                let found = built_in(year).find(|it| it.title == title);
                let span = found.expect(title).span;
                let (first, last) = expected.split_once("..").unwrap_or((expected, expected));
                let expected = Span {
                    first: day(&format!("{year}-{first}")),
                    last: day(&format!("{year}-{last}")),
                };
                assert_eq!(span, expected, "{title} {year}");
            }
        }
    }

    #[test]
    fn announced_years_are_certain() {
        let days = Calendar::default().between(day("2025-06-20"), day("2025-06-26"));
        assert!(days.iter().all(|day| !day.tentative), "{days:?}");
        assert_eq!(days.len(), 3);
    }

    #[test]
    fn a_local_day_replaces_the_guess_of_its_name() {
        let local = CalendarDay {
            span: Span {
                first: day("2026-06-15"),
                last: day("2026-06-21"),
            },
            title: "全国节能宣传周".into(),
            topics: vec!["energy".into()],
            tentative: false,
            local: true,
        };
        let calendar = Calendar {
            local: vec![local],
            ..Calendar::default()
        };
        assert_snapshot!(shown(&calendar, "2026-06-10", "2026-06-24"), @"
        2026-06-15..2026-06-21 全国节能宣传周 本地
        2026-06-17..2026-06-17 世界防治荒漠化与干旱日
        2026-06-19..2026-06-19 端午节
        ");
    }

    #[test]
    fn built_in_days_name_topics_that_every_site_has() {
        let known = [
            "sorting",
            "water",
            "energy",
            "travel",
            "trees",
            "air",
            "pests",
            "neighbours",
        ];
        for entry in BUILT_IN.iter() {
            assert!(!entry.topics.is_empty(), "{}", entry.title);
            for topic in &entry.topics {
                assert!(known.contains(&topic.as_str()), "{topic}");
            }
        }
    }
}
