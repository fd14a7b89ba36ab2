//! Reading when and where something takes place, and whether a page's days agree.

use jiff::civil::Date;

use crate::calendar::Period;
use crate::diag::{Code, SitePath};
use crate::read::{Fields, Form::*, Keys};
use crate::site::page::{Event, Posting};

/// The keys of `event:`.
pub(super) const KEYS: Keys = &[
    ("date", &["日期"], Day),
    ("until", &["结束"], Day),
    ("time", &["时间"], Text),
    ("place", &["地点"], Text),
];

/// Reads `event:`.
pub(super) fn event(fields: &Fields) -> Option<Event> {
    let event = fields.fields("event", KEYS)?;
    if event.node("date").is_none() {
        event.missing("date", "date: 2026-11-21");
    }
    let date = event.date("date")?;
    let until = event.date("until");
    if let Some(until) = until.filter(|until| *until < date) {
        let range = event.span("until").range;
        event.reader().report(Code::EndsBeforeStart, &range, |d| {
            d.with("first", date).with("last", until)
        });
    }
    Some(Event {
        date,
        until,
        time: event.text("time").map(|text| text.value),
        place: event.text("place").map(|text| text.value),
    })
}

/// Reports a last day before the first, and a posting period that outlasts the page.
pub(super) fn check_days(
    fields: &Fields,
    date: Option<Date>,
    expires: Option<Date>,
    posting: Option<Posting>,
) {
    let reader = fields.reader();
    let range = fields.span("expires").range;
    if let Some((first, last)) = date.zip(expires).filter(|(first, last)| last < first) {
        reader.report(Code::EndsBeforeStart, &range, |d| {
            d.with("first", first).with("last", last)
        });
    }
    if let Some((posting, expires)) = posting
        .zip(expires)
        .filter(|(posting, last)| posting.last > *last)
    {
        reader.report(Code::PostingOutlastsPage, &range, |d| {
            d.with("posting", posting.last).with("expires", expires)
        });
    }
}

/// How many months a date may be away from the month that its folder is named after.
const AWAY: i32 = 3;

/// Tells of a date far from the month that the file's folder is named after: often the year of
/// the file that was copied.
pub(super) fn check_folder(fields: &Fields, date: Option<Date>, path: &SitePath) {
    let folders = path.as_str().split('/');
    let month = folders
        .filter_map(Period::parse)
        .find(|period| matches!(period, Period::Month { .. }));
    let Some((date, month)) = date.zip(month) else {
        return;
    };
    let months = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    if (months(date) - months(month.first())).abs() > AWAY {
        let range = fields.span("date").range;
        fields
            .reader()
            .report(Code::DateOutsideFolder, &range, |d| {
                d.with("date", date)
                    .with("folder", month.first().strftime("%Y-%m"))
            });
    }
}
