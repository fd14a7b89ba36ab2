//! How long a notice must be posted at least, by what it is about: `posting.yaml`, what the
//! site says itself, and the notices that are too short for it.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use super::context::Context;
use crate::calendar::HolidayTable;
use crate::diag::{Code, Words, words};
use crate::read::Fields;
use crate::read::Form::{Text, Texts, Whole};
use crate::read::Keys;
use crate::site::page::Posting;
use crate::site::settings::{PostingRule, Term};

/// A rule as a site writes it: `rotation.posting`.
pub(super) const RULE: Keys = &[
    ("about", &["标题里有"], Texts),
    ("days", &["天数"], Whole),
    ("working_days", &["工作日"], Whole),
    ("before", &["提前天数"], Whole),
    ("source", &["依据"], Text),
];

/// More days than that are a slip.
const MOST: i64 = 250;

/// A line of the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    about: Vec<String>,
    days: Option<u32>,
    working_days: Option<u32>,
    before: Option<u32>,
    city: Option<String>,
    source: String,
}

static TABLE: LazyLock<Vec<Line>> = LazyLock::new(|| {
    serde_yaml::from_str(include_str!("posting.yaml")).expect("the table is tested")
});

/// Reads the rules of the site's own.
pub(super) fn read(rotation: Option<&Fields>) -> Vec<PostingRule> {
    let rules = rotation.map(|rotation| rotation.list("posting", RULE));
    rules.iter().flatten().filter_map(rule).collect()
}

fn rule(fields: &Fields) -> Option<PostingRule> {
    let about: Vec<String> = (fields.texts("about").into_iter())
        .map(|it| it.value)
        .collect();
    if about.is_empty() {
        fields.missing("about", "about: 加装电梯");
    }
    let source = fields.required_text("source", "source: 区里的实施办法");
    let days = |key| {
        let days = fields.integer(key, 1..=MOST)?;
        u32::try_from(days).ok()
    };
    let term = term(days("days"), days("working_days"), days("before"));
    if term.is_none() {
        fields.missing("days", "days: 20");
    }
    let source = source?.value;
    (!about.is_empty()).then_some(())?;
    Some(PostingRule {
        about,
        term: term?,
        source,
    })
}

fn term(days: Option<u32>, working: Option<u32>, before: Option<u32>) -> Option<Term> {
    let days = days.map(Term::Days);
    let working = working.map(Term::WorkingDays);
    days.or(working).or(before.map(Term::Before))
}

/// Finds the rule for what a title says a notice is about; the site's own rules come first.
fn rule_for(title: &str, own: &[PostingRule], city: Option<&str>) -> Option<PostingRule> {
    let is_about = |rule: &PostingRule| rule.about.iter().any(|word| title.contains(word.as_str()));
    own.iter().cloned().chain(of_city(city)).find(is_about)
}

/// Returns the rules of the table that hold in a city.
fn of_city(city: Option<&str>) -> impl Iterator<Item = PostingRule> {
    let city = city.unwrap_or_default();
    let city = city.trim_end_matches('市');
    let here = move |line: &&Line| line.city.as_deref().is_none_or(|of| of == city);
    TABLE.iter().filter(here).filter_map(|line| {
        Some(PostingRule {
            about: line.about.clone(),
            term: term(line.days, line.working_days, line.before)?,
            source: line.source.clone(),
        })
    })
}

/// What a notice says of its days.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    pub(super) date: Option<Date>,
    pub(super) expires: Option<Date>,
    pub(super) posting: Option<Posting>,
    /// The day of the meeting, or whatever else it calls to.
    pub(super) event: Option<Date>,
}

/// Tells of a notice that is posted for a shorter time than the rule for what it is about, or calls
/// to a meeting too late.
pub(super) fn check(fields: &Fields, ctx: &Context, title: &str, days: Days) {
    let rotation = &ctx.settings.rotation;
    let city = ctx.settings.city.as_deref();
    let Some(rule) = rule_for(title, &rotation.posting, city) else {
        return;
    };
    let counting = Counting {
        holidays: &ctx.calendar.holidays,
        first_counts: rotation.first_day_counts,
    };
    let Some(short) = shortfall(&rule.term, counting, days) else {
        return;
    };
    let key = match rule.term {
        Term::Before(_) => "event",
        _ if days.posting.is_some() => "poster",
        _ => "expires",
    };
    (fields.reader()).report(Code::PostingShort, &fields.span(key).range, |d| {
        d.with("has", short.has)
            .with("wanted", short.wanted)
            .with("source", &rule.source)
            .with("day", short.day)
    });
}

/// What lacks: what the notice has, what is wanted, and the day that would do.
struct Shortfall {
    has: Words,
    wanted: Words,
    day: Date,
}

/// How days of posting are counted.
#[derive(Clone, Copy)]
struct Counting<'c> {
    holidays: &'c HolidayTable,
    /// Whether the first day counts.
    first_counts: bool,
}

fn shortfall(term: &Term, counting: Counting, days: Days) -> Option<Shortfall> {
    let Counting {
        holidays,
        first_counts,
    } = counting;
    let said = |words: Words, n: i64| words.with("n", n);
    if let Term::Before(wanted) = *term {
        let (date, event) = (days.date?, days.event?);
        let has = i64::from((event - date).get_days());
        return (0..i64::from(wanted)).contains(&has).then(|| Shortfall {
            has: said(words("days-ahead"), has),
            wanted: said(words("days-ahead"), i64::from(wanted)),
            day: event.saturating_sub(i64::from(wanted).days()),
        });
    }
    let posting = days.posting.map(|it| (it.first, it.last));
    let (first, last) = posting.or(days.date.zip(days.expires))?;
    let (is_working, wanted) = match *term {
        Term::WorkingDays(n) => (true, n),
        Term::Days(n) | Term::Before(n) => (false, n),
    };
    let day = match is_working {
        true => holidays.posting(first, wanted, first_counts).ok()?,
        false => HolidayTable::posting_natural(first, wanted, first_counts),
    };
    let counted = first.series(1.day()).take_while(|day| *day <= last);
    let counted = counted.skip(usize::from(!first_counts));
    let has = counted.filter(|day| !is_working || holidays.is_working(*day).unwrap_or(true));
    let of = |n| match is_working {
        true => said(words("posted-working"), n),
        false => said(words("posted-days"), n),
    };
    (last < day).then(|| Shortfall {
        has: of(i64::try_from(has.count()).unwrap_or(i64::MAX)),
        wanted: of(i64::from(wanted)),
        day,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_the_table_says_one_term() {
        for line in TABLE.iter() {
            let terms = [line.days, line.working_days, line.before];
            assert_eq!(terms.iter().flatten().count(), 1, "{line:?}");
            assert!(!line.about.is_empty() && !line.source.is_empty());
        }
    }

    fn day(text: &str) -> Date {
        text.parse().expect("a test's own day")
    }

    /// Returns until when a notice with this title should be posted, or when people should be
    /// told, where it says too little.
    fn wanted(
        title: &str,
        city: Option<&str>,
        first_counts: bool,
        days: [&str; 3],
    ) -> Option<Date> {
        let [date, expires, event] = days.map(|text| (!text.is_empty()).then(|| day(text)));
        let days = Days {
            date,
            expires,
            posting: None,
            event,
        };
        let holidays = HolidayTable::built_in();
        let counting = Counting {
            holidays: &holidays,
            first_counts,
        };
        let rule = rule_for(title, &[], city)?;
        shortfall(&rule.term, counting, days).map(|it| it.day)
    }

    #[test]
    fn a_posting_lasts_as_many_days_as_its_rule_says() {
        let until = |last, first_counts| {
            wanted(
                "十一月低保名单",
                None,
                first_counts,
                ["2026-11-05", last, ""],
            )
        };
        assert_eq!(until("2026-11-11", false), Some(day("2026-11-12")));
        assert_eq!(until("2026-11-12", false), None);
        // Where the first day counts, one day less is enough.
        assert_eq!(until("2026-11-11", true), None);
        assert_eq!(until("2026-11-10", true), Some(day("2026-11-11")));
        // Nothing is asked of what has no rule, or no last day.
        assert_eq!(until("", false), None);
        let other = wanted("停水通知", None, false, ["2026-11-05", "2026-11-06", ""]);
        assert_eq!(other, None);
    }

    #[test]
    fn working_days_pass_over_the_holidays() {
        let until = |city, last| {
            wanted(
                "物业管理委员会成员公示",
                city,
                false,
                ["2026-09-21", last, ""],
            )
        };
        // 22 to 24 September, 28 to 30, then 8 to 10 October, of which the last is a Saturday made up.
        assert_eq!(until(Some("北京"), "2026-10-08"), Some(day("2026-10-12")));
        assert_eq!(until(Some("北京市"), "2026-10-12"), None);
        assert_eq!(until(Some("天津"), "2026-09-22"), None);
    }

    #[test]
    fn a_meeting_is_announced_so_many_days_before() {
        let told = |date, event| wanted("召开业主大会的通知", None, false, [date, "", event]);
        assert_eq!(told("2026-11-10", "2026-11-24"), Some(day("2026-11-09")));
        assert_eq!(told("2026-11-09", "2026-11-24"), None);
        // What tells of a meeting that was is no call to it.
        assert_eq!(told("2026-11-25", "2026-11-24"), None);
    }

    #[test]
    fn the_first_of_the_rules_counts_and_the_site_s_own_before_all() {
        let days = |title, own: &[PostingRule]| {
            let rule = rule_for(title, own, Some("杭州"));
            rule.map(|it| match it.term {
                Term::Days(n) | Term::WorkingDays(n) | Term::Before(n) => n,
            })
        };
        assert_eq!(days("业委会候选人名单", &[]), Some(7));
        assert_eq!(days("业委会选举结果", &[]), Some(15));
        let own = PostingRule {
            about: vec!["选举结果".into()],
            term: Term::Days(20),
            source: "区里的办法".into(),
        };
        assert_eq!(days("业委会选举结果", &[own]), Some(20));
    }
}
