//! Reading the posting period of a public notice.

use jiff::civil::Date;

use super::context::Context;
use crate::calendar::HolidayTable;
use crate::diag::{Code, words};
use crate::read::{Fields, values};
use crate::site::page::Posting;

/// Words around the number of days that say no more than the number.
const AROUND: [&str; 26] = [
    "自发布之日起",
    "自公示之日起",
    "自公布之日起",
    "发布之日起",
    "公示之日起",
    "自即日起",
    "即日起",
    "公示时间",
    "公示期",
    "公示",
    "为期",
    "不少于",
    "working",
    "个工作日",
    "工作日",
    "个自然日",
    "自然日",
    "个日历日",
    "日历日",
    "days",
    "day",
    "天",
    "日",
    "共",
    "为",
    "个",
];
/// A posting period of more days is a slip.
const LONGEST: u32 = 250;

/// Reads `7 working days`, `七个工作日`, `10 days`, `10天`, `两周`, `2026-11-03 to 2026-11-12` or
/// `自2026年11月3日至11月12日`.
pub(super) fn posting(fields: &Fields, ctx: &Context, first: Option<Date>) -> Option<Posting> {
    let text = fields.text("posting")?;
    let range = text.span.range.clone();
    if let Some((number, working)) = count(&text) {
        let Some(first) = first else {
            fields.missing("date", "date: 2026-11-03");
            return None;
        };
        return counted(fields, ctx, first, number, working);
    }
    match values::days_between(&text, first) {
        Some(Ok((first, last))) if last < first => {
            fields.reader().report(Code::EndsBeforeStart, &range, |d| {
                d.with("first", first).with("last", last)
            });
            None
        }
        Some(Ok((first, last))) => Some(Posting {
            first,
            last,
            working_days: None,
            calendar_days: None,
        }),
        Some(Err(values::NotDays)) => {
            (fields.reader()).report(Code::BadDate, &range, |d| d.with("value", &text.value));
            None
        }
        None => {
            let example = words("example-posting");
            fields.bad_value("posting", &range, &text, words("posting"), example);
            None
        }
    }
}

fn counted(
    fields: &Fields,
    ctx: &Context,
    first: Date,
    number: u32,
    working: bool,
) -> Option<Posting> {
    let first_day_counts = ctx.settings.rotation.first_day_counts;
    if !working {
        return Some(Posting {
            first,
            last: HolidayTable::posting_natural(first, number, first_day_counts),
            working_days: None,
            calendar_days: Some(number),
        });
    }
    let holidays = &ctx.calendar.holidays;
    match holidays.posting(first, number, first_day_counts) {
        Ok(last) => Some(Posting {
            first,
            last,
            working_days: Some(number),
            calendar_days: None,
        }),
        Err(missing) => {
            let example = format!("{first} to …");
            let year = missing.year;
            let table = format!("holidays: {{ {year}: {{ off: [{year}-01-01], work: [] }} }}");
            let range = fields.span("posting").range;
            fields.reader().report(Code::NoHolidayTable, &range, |d| {
                d.with("year", year)
                    .with("example", example)
                    .with("table", table)
            });
            None
        }
    }
}

/// Reads a number of days, in figures or in Chinese, and whether only working days count.
fn count(text: &str) -> Option<(u32, bool)> {
    let plain: String = text.chars().map(values::half_width).collect();
    let plain = plain.to_lowercase();
    let working = plain.contains("工作日") || plain.contains("working");
    let mut rest: String = plain
        .chars()
        .filter(|c| !c.is_whitespace() && !"()".contains(*c))
        .collect();
    let is_counted = ["日", "天", "day"].iter().any(|unit| rest.contains(unit));
    for word in AROUND {
        rest = rest.replace(word, "");
    }
    let weeks = ["个星期", "星期", "个礼拜", "周"];
    let weeks = weeks.iter().find_map(|unit| rest.strip_suffix(unit));
    let number = match weeks {
        Some(number) if !is_counted => 7 * figure(number)?,
        Some(_) => return None,
        None if is_counted => figure(&rest)?,
        None => return None,
    };
    (1..=LONGEST).contains(&number).then_some((number, working))
}

fn figure(text: &str) -> Option<u32> {
    let digits = text.parse::<u32>().ok().filter(|n| *n <= LONGEST);
    digits.or_else(|| values::chinese(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_notices_write_them() {
        for (text, number, working) in [
            ("7 working days", 7, true),
            ("七个工作日", 7, true),
            ("７个工作日", 7, true),
            ("十个工作日", 10, true),
            ("5工作日", 5, true),
            ("7天（工作日）", 7, true),
            ("自发布之日起7个工作日", 7, true),
            ("公示期为五个工作日", 5, true),
            ("不少于7个工作日", 7, true),
            ("五天", 5, false),
            ("15日", 15, false),
            ("10 days", 10, false),
            ("十五个自然日", 15, false),
            ("一周", 7, false),
            ("两周", 14, false),
        ] {
            assert_eq!(count(text), Some((number, working)), "{text}");
        }
        for text in [
            "",
            "7",
            "半个月",
            "一个月",
            "11月3日",
            "0天",
            "999天",
            "若干天",
            "长期",
            "七八天",
        ] {
            assert_eq!(count(text), None, "{text}");
        }
    }
}
