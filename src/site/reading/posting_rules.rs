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
use crate::site::settings::{PostingRule, Settings, Term};

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

/// Returns the rules of the table that hold in the site's city.
fn of_city(settings: &Settings) -> impl Iterator<Item = PostingRule> {
    let city = settings.city.as_deref().unwrap_or_default();
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
/// to a meeting too late; the site's own rules come first.
pub(super) fn check(fields: &Fields, ctx: &Context, title: &str, days: Days) {
    let is_about = |rule: &PostingRule| rule.about.iter().any(|word| title.contains(word.as_str()));
    let own = ctx.settings.rotation.posting.iter().cloned();
    let Some(rule) = own.chain(of_city(ctx.settings)).find(is_about) else {
        return;
    };
    let Some(short) = shortfall(&rule.term, ctx, days) else {
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

fn shortfall(term: &Term, ctx: &Context, days: Days) -> Option<Shortfall> {
    let holidays = &ctx.calendar.holidays;
    let counts_first = ctx.settings.rotation.first_day_counts;
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
        true => holidays.posting(first, wanted, counts_first).ok()?,
        false => HolidayTable::posting_natural(first, wanted, counts_first),
    };
    let counted = first.series(1.day()).take_while(|day| *day <= last);
    let counted = counted.skip(usize::from(!counts_first));
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
}
