//! Reading `calendar.yaml`: local days and the year's legal holidays.

use jiff::civil::Date;

use crate::calendar::{Calendar, CalendarDay, DaySpan};
use crate::diag::{Code, Diagnostics, words};
use crate::read::yaml::{Node, Value};
use crate::read::{DataFile, Fields, Form::*, Keys, Reader, values};
use crate::site::settings::Settings;

/// The keys of the file.
pub(super) const KEYS: Keys = &[
    ("days", &["日子"], Maps(DAY)),
    ("holidays", &["节假日"], Free),
];
const DAY: Keys = &[
    ("title", &["名称", "标题"], Text),
    ("date", &["日期"], Day),
    ("until", &["结束"], Day),
    ("topics", &["主题"], Texts),
];
const YEAR: Keys = &[
    ("off", &["放假"], Texts),
    ("work", &["上班", "调休"], Texts),
];

/// Reads the site's calendar into `calendar`.
pub(in crate::site) fn read_calendar(
    file: &DataFile,
    settings: &Settings,
    today: Date,
    calendar: &mut Calendar,
) -> Diagnostics {
    let reader = Reader::with_days(&file.source, settings.days_as(today));
    if let Some(fields) = Fields::open(&reader, &file.node, "calendar.yaml", KEYS) {
        let days = fields.list("days", DAY);
        calendar
            .local
            .extend(days.iter().filter_map(|day| local_day(day, settings)));
        if let Some(node) = fields.node("holidays") {
            holidays(&fields, node, calendar);
        }
    }
    reader.finish()
}

fn local_day(fields: &Fields, settings: &Settings) -> Option<CalendarDay> {
    let title = fields.required_text("title", words("example-day"));
    if fields.node("date").is_none() {
        fields.missing("date", "date: 2026-11-21");
    }
    let first = fields.date("date");
    let last = fields.date("until").or(first);
    let (first, last) = first.zip(last)?;
    if last < first {
        let range = fields.span("until").range;
        fields.reader().report(Code::EndsBeforeStart, &range, |d| {
            d.with("first", first).with("last", last)
        });
    }
    let topics = super::topics::topics(fields, &settings.topics);
    Some(CalendarDay {
        span: DaySpan {
            first,
            last: last.max(first),
        },
        title: title?.value,
        topics: topics.into_iter().map(|topic| topic.value).collect(),
        tentative: false,
        local: true,
    })
}

fn holidays(fields: &Fields, node: &Node, calendar: &mut Calendar) {
    let Value::Map(years) = &node.value else {
        return fields.bad_value(
            "holidays",
            &node.range,
            "…",
            words("year-and-days"),
            "2027: {off: [2027-01-01]}",
        );
    };
    for (key, node) in years {
        let year = key
            .name
            .parse::<i16>()
            .ok()
            .filter(|year| (1950..=2200).contains(year));
        let Some(year) = year else {
            fields.bad_value("holidays", &key.range, &key.name, words("a-year"), "2027");
            continue;
        };
        let Some(table) = Fields::open(fields.reader(), node, "holidays", YEAR) else {
            continue;
        };
        calendar.holidays.years.insert(year);
        calendar.holidays.off.extend(dates(&table, "off"));
        calendar.holidays.work.extend(dates(&table, "work"));
    }
}

/// Reads single days and spans such as `2027-02-05 to 2027-02-11`.
fn dates(fields: &Fields, key: &'static str) -> Vec<Date> {
    let mut dates = Vec::new();
    for text in fields.texts(key) {
        let one = values::date(&text).map(|day| (day, day));
        let span = one.or_else(|| values::days_between(&text, None)?.ok());
        match span {
            Some((first, last)) if first <= last && (last - first).get_days() < 60 => {
                dates.extend(
                    first
                        .series(jiff::ToSpan::day(1))
                        .take_while(|day| *day <= last),
                );
            }
            _ => fields
                .reader()
                .report(Code::BadDate, &text.span.range, |d| {
                    d.with("value", &text.value)
                }),
        }
    }
    dates
}
