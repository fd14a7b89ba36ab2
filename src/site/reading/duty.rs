//! Reading duties that come round.

use jiff::civil::Date;

use super::indicator;
use super::people::person;
use crate::diag::{Code, Spanned, words};
use crate::read::yaml::{Node, Value};
use crate::read::{Fields, Form::*, Keys};
use crate::site::duty::{Done, Duty, Every};
use crate::site::settings::Settings;

/// The keys of a duty.
pub(super) const DUTY: Keys = &[
    ("title", &["名称", "标题"], Text),
    ("every", &["每", "周期"], Text),
    ("times", &["次数"], Whole),
    ("who", &["负责人"], Text),
    ("from", &["开始"], Day),
    ("to", &["结束"], Day),
    ("indicator", &["指标"], Text),
    ("done", &["完成"], DaysOr(DONE)),
];
const DONE: Keys = &[("day", &["日期"], Day), ("proof", &["佐证"], Text)];
const EVERY: &[(&str, Every)] = &[
    ("week", Every::Week),
    ("周", Every::Week),
    ("每周", Every::Week),
    ("month", Every::Month),
    ("月", Every::Month),
    ("每月", Every::Month),
    ("quarter", Every::Quarter),
    ("季", Every::Quarter),
    ("季度", Every::Quarter),
    ("每季", Every::Quarter),
    ("每季度", Every::Quarter),
    ("year", Every::Year),
    ("年", Every::Year),
    ("每年", Every::Year),
];

/// Reads `duties:` of a page; what names no first day of its own begins with the page, on `date`.
pub(super) fn duties(fields: &Fields, settings: &Settings, date: Option<Date>) -> Vec<Duty> {
    let list = fields.list("duties", DUTY);
    let begun = |own: Duty| Duty {
        from: own.from.or(date),
        ..own
    };
    let read = list.iter().filter_map(|own| duty(own, settings));
    read.map(begun).collect()
}

fn duty(fields: &Fields, settings: &Settings) -> Option<Duty> {
    let title = fields.required_text("title", words("example-duty"));
    if fields.node("every").is_none() {
        fields.missing("every", "every: month");
    }
    let every = fields.word("every", EVERY);
    let times = fields.integer("times", 1..=366);
    let (from, to) = (fields.date("from"), fields.date("to"));
    if let Some((first, last)) = from.zip(to).filter(|(first, last)| last < first) {
        let range = fields.span("to").range;
        fields.reader().report(Code::EndsBeforeStart, &range, |d| {
            d.with("first", first).with("last", last)
        });
    }
    Some(Duty {
        who: person(fields, "who", settings),
        indicator: indicator::one(fields),
        done: done(fields),
        span: fields.reader().span(&fields.range),
        title: title?.value,
        every: every?,
        times: times.map_or(1, |n| u32::try_from(n).unwrap_or(1)),
        from,
        to,
    })
}

/// Reads when it was done: `done: [2026-11-03, { day: 2026-11-12, proof: 记录第12页 }]`.
fn done(fields: &Fields) -> Vec<Done> {
    let items = match fields.node("done") {
        None => &[][..],
        Some(Node {
            value: Value::List(items),
            ..
        }) => items,
        Some(node) => std::slice::from_ref(node),
    };
    let mut done: Vec<Done> = items.iter().filter_map(|it| one_done(fields, it)).collect();
    done.sort();
    done
}

fn one_done(fields: &Fields, node: &Node) -> Option<Done> {
    if let Value::Scalar(text) = &node.value {
        let text = Spanned {
            value: text.clone(),
            span: fields.reader().span(&node.range),
        };
        return Some(Done {
            day: fields.day(&text)?,
            proof: None,
        });
    }
    let own = Fields::open(fields.reader(), node, "done", DONE)?;
    if own.node("day").is_none() {
        own.missing("day", "day: 2026-11-03");
    }
    let proof = own.text("proof").map(|text| text.value);
    let day = own.date("day")?;
    Some(Done { day, proof })
}
