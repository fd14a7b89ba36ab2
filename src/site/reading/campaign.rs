//! Reading campaigns and the stages of work plans.

use super::context::Context;
use super::indicator;
use super::people::person;
use super::season;
use super::topics::find_topics;
use crate::diag::{Code, Spanned, words};
use crate::read::{Fields, Form::*, Keys};
use crate::site::page::{Campaign, Stage};
use crate::site::settings::Settings;
use crate::site::topic;

/// The keys of a stage.
pub(super) const STAGE: Keys = &[
    ("title", &["名称", "标题"], Text),
    ("due", &["截止"], Day),
    ("who", &["负责人"], Text),
    ("text", &["内容"], Text),
    ("done", &["完成"], Day),
    ("proof", &["佐证"], Text),
    ("indicator", &["指标"], Text),
];

/// Reads the span of days and the stages that make a page a campaign.
pub(super) fn campaign(fields: &Fields, ctx: &Context) -> Option<Campaign> {
    let is_page = |text: &Spanned<String>| text.contains('/');
    let is_season = |text: &Spanned<String>| {
        topic::find(&ctx.settings.topics, text).is_none() && season::is_season(text, ctx.settings)
    };
    let (pages, rest): (Vec<_>, Vec<_>) = fields.texts("pulls").into_iter().partition(is_page);
    let (seasons, topics): (Vec<_>, Vec<_>) = rest.into_iter().partition(is_season);
    let pulls = find_topics(fields, "pulls", &topics, &ctx.settings.topics);
    let stages: Vec<Stage> = fields
        .list("stages", STAGE)
        .iter()
        .filter_map(|fields| stage(fields, ctx.settings))
        .collect();
    let (from, to) = (fields.date("from"), fields.date("to"));
    if fields.node("from").is_some() != fields.node("to").is_some() {
        let (key, example) = if from.is_none() {
            ("from", "from: 2026-04-01")
        } else {
            ("to", "to: 2026-04-30")
        };
        fields.missing(key, example);
    }
    let first = from.or_else(|| stages.iter().map(|stage| stage.due).min())?;
    let last = to.or_else(|| stages.iter().map(|stage| stage.due).max())?;
    if last < first {
        let range = fields.span("to").range;
        fields.reader().report(Code::EndsBeforeStart, &range, |d| {
            d.with("first", first).with("last", last)
        });
    }
    let pulls = pulls.into_iter().map(|topic| topic.value).collect();
    Some(Campaign {
        from: first,
        to: last,
        pulls,
        pulls_pages: pages,
        pulls_seasons: seasons.into_iter().map(|it| it.value).collect(),
        stages,
    })
}

fn stage(fields: &Fields, settings: &Settings) -> Option<Stage> {
    let title = fields.required_text("title", words("example-stage"));
    if fields.node("due").is_none() {
        fields.missing("due", "due: 2026-05-31");
    }
    let due = fields.date("due");
    let text = |key| fields.text(key).map(|text| text.value);
    Some(Stage {
        who: person(fields, "who", settings),
        text: text("text"),
        done: fields.date("done"),
        proof: text("proof"),
        indicator: indicator::one(fields),
        span: fields.reader().span(&fields.range),
        due: due?,
        title: title?.value,
    })
}
