//! Sheets of what was to be done: notices, stages, duties, figures.

use super::{Sheet, Value, count, or_missing, text};
use crate::render::archive::kept::Evidence;
use crate::render::archive::paper::Tone;
use crate::render::archive::tables::{self, posting};
use crate::render::archive::words::rhythm;
use crate::rotation::diary::cited;

pub(super) fn notices(evidence: &Evidence) -> Sheet {
    let mut sheet = Sheet::new(
        "公示通知",
        &[
            ("标题", 34),
            ("类别", 8),
            ("文号", 22),
            ("公示期", 30),
            ("第一天", 12),
            ("最后一天", 12),
            ("宣传栏", 18),
            ("挂上", 12),
            ("取下", 12),
            ("足期", 10),
        ],
    );
    for kept in &evidence.notices {
        let head = || {
            [
                text(&kept.page.title),
                text(kept.notice.kind.name()),
                text(kept.notice.number.clone().unwrap_or_default()),
                text(posting(kept).replace('\n', "")),
                Value::Day(kept.posting.first),
                Value::Day(kept.posting.last),
            ]
        };
        let state = tables::state(evidence, kept);
        let state = || match state.tone {
            Tone::Missing => Value::Missing(state.text.clone()),
            _ => text(&state.text),
        };
        let hung = kept.records.iter().map(|record| {
            [
                text(evidence.board_title(&record.hung.board)),
                Value::Day(record.hung.from),
                Value::Day(record.hung.to),
            ]
        });
        let mut any = false;
        for tail in hung {
            any = true;
            sheet
                .rows
                .push(head().into_iter().chain(tail).chain([state()]).collect());
        }
        if !any {
            let tail = [
                Value::Missing("台账里没有".to_owned()),
                Value::Empty,
                Value::Empty,
            ];
            sheet
                .rows
                .push(head().into_iter().chain(tail).chain([state()]).collect());
        }
    }
    sheet
}

pub(super) fn stages(evidence: &Evidence) -> Sheet {
    let mut sheet = Sheet::new(
        "集中宣传和阶段",
        &[
            ("指标", 9),
            ("集中宣传", 30),
            ("开始", 12),
            ("结束", 12),
            ("挂出格次", 10),
            ("阶段", 22),
            ("期限", 12),
            ("负责人", 10),
            ("完成", 12),
            ("证明", 34),
        ],
    );
    for kept in &evidence.campaigns {
        let head = |number: String| {
            [
                text(number),
                text(&kept.page.title),
                Value::Day(kept.campaign.from),
                Value::Day(kept.campaign.to),
                count(kept.n_hung),
            ]
        };
        let own = kept.page.indicators.join("、");
        if kept.campaign.stages.is_empty() {
            let rest = (0..5).map(|_| Value::Empty);
            sheet
                .rows
                .push(head(own.clone()).into_iter().chain(rest).collect());
        }
        for stage in &kept.campaign.stages {
            let past = stage.due < evidence.site.today;
            let missing = |words: &str| match past {
                true => Value::Missing(words.to_owned()),
                false => Value::Empty,
            };
            let rest = [
                text(&stage.title),
                Value::Day(stage.due),
                text(stage.who.clone().unwrap_or_default()),
                (stage.done.filter(|day| *day <= evidence.site.today))
                    .map_or_else(|| missing("没有完成"), Value::Day),
                stage
                    .proof
                    .as_ref()
                    .map_or_else(|| missing("没有证明"), text),
            ];
            let number = stage.indicator.clone().unwrap_or_else(|| own.clone());
            sheet
                .rows
                .push(head(number).into_iter().chain(rest).collect());
        }
    }
    sheet
}

pub(super) fn duties(evidence: &Evidence) -> Sheet {
    let mut sheet = Sheet::new(
        "经常性工作",
        &[
            ("指标", 9),
            ("工作", 24),
            ("要求", 12),
            ("负责人", 10),
            ("开始", 12),
            ("结束", 12),
            ("应做", 8),
            ("做了", 8),
            ("缺", 8),
            ("日期和证明", 60),
        ],
    );
    for kept in &evidence.duties {
        let number = kept.duty.indicator.clone();
        let number = number.unwrap_or_else(|| kept.page.indicators.join("、"));
        for round in kept
            .rounds
            .iter()
            .filter(|round| round.from <= evidence.until())
        {
            let done: Vec<String> = kept
                .duty
                .done
                .iter()
                .filter(|done| round.from <= done.day && done.day <= round.to)
                .map(|done| match &done.proof {
                    Some(proof) => format!("{} {proof}", done.day),
                    None => done.day.to_string(),
                })
                .collect();
            let short = round.required.saturating_sub(round.done);
            let over = round.to < evidence.site.today;
            sheet.row([
                text(&number),
                text(&kept.duty.title),
                text(rhythm(kept.duty.every, kept.duty.times)),
                text(kept.duty.who.clone().unwrap_or_default()),
                Value::Day(round.from),
                Value::Day(round.to),
                count(round.required),
                count(round.done),
                match (short, over) {
                    (0, _) => Value::Empty,
                    (n, true) => Value::Missing(format!("{n}次")),
                    (_, false) => text("未到期"),
                },
                text(done.join("；")),
            ]);
        }
    }
    sheet
}

pub(super) fn figures(evidence: &Evidence) -> Sheet {
    let mut sheet = Sheet::new(
        "数据",
        &[
            ("指标", 9),
            ("数据", 28),
            ("结果", 12),
            ("单位", 8),
            ("分子", 10),
            ("分母", 10),
            ("要求", 12),
            ("上次", 12),
            ("出处", 34),
            ("内容", 28),
        ],
    );
    let whole = |number: Option<i64>| match number {
        #[expect(clippy::cast_precision_loss, reason = "people count far below 2^53")]
        Some(number) => Value::Number(number as f64),
        None => Value::Empty,
    };
    for kept in &evidence.figures {
        let figure = kept.figure;
        let number = figure.indicator.clone();
        sheet.row([
            text(number.unwrap_or_else(|| kept.page.indicators.join("、"))),
            text(&figure.label),
            text(&figure.value),
            text(figure.unit.clone().unwrap_or_default()),
            whole(figure.numerator),
            whole(figure.denominator),
            text(figure.target.clone().unwrap_or_default()),
            text(figure.before.clone().unwrap_or_default()),
            or_missing(figure.source.as_deref(), "没有出处"),
            text(&kept.page.title),
        ]);
    }
    for it in &evidence.diary.counts {
        sheet.row([
            text(it.indicator.clone().unwrap_or_default()),
            text(&it.label),
            match it.share {
                Some(_) => text(it.said()),
                None => Value::Number(it.value),
            },
            text(it.unit.clone().unwrap_or_default()),
            whole(it.share.map(|share| share.0)),
            whole(it.share.map(|share| share.1)),
            text(it.target.clone().unwrap_or_default()),
            Value::Empty,
            or_missing(it.source.as_deref(), "没有出处"),
            text(cited(&it.span)),
        ]);
    }
    sheet
}

/// What was held.
pub(super) fn activities(evidence: &Evidence) -> Sheet {
    let columns = [
        ("指标", 9),
        ("日期", 12),
        ("活动", 32),
        ("地点", 20),
        ("参加", 8),
        ("志愿者", 8),
        ("经手人", 10),
        ("出处", 30),
        ("照片", 7),
        ("记在", 30),
    ];
    let mut sheet = Sheet::new("活动", &columns);
    for it in &evidence.diary.activities {
        let number = |n: Option<i64>| match n {
            #[expect(clippy::cast_precision_loss, reason = "people count far below 2^53")]
            Some(n) => Value::Number(n as f64),
            None => Value::Missing("没有写".to_owned()),
        };
        sheet.row([
            text(it.indicator.clone().unwrap_or_default()),
            Value::Day(it.day),
            text(&it.title),
            text(it.place.clone().unwrap_or_default()),
            number(it.came),
            it.volunteers.map_or(Value::Empty, |n| number(Some(n))),
            text(it.by.clone().unwrap_or_default()),
            or_missing(it.source.as_deref(), "没有出处"),
            count(it.photos.len()),
            text(cited(&it.span)),
        ]);
    }
    sheet
}

/// What was wrong, and how it ended.
pub(super) fn problems(evidence: &Evidence) -> Sheet {
    let columns = [
        ("指标", 9),
        ("发现", 12),
        ("问题", 32),
        ("地点", 20),
        ("责任人", 10),
        ("期限", 12),
        ("完成", 12),
        ("结果", 30),
        ("来源", 20),
        ("整改前后照片", 12),
        ("记在", 30),
    ];
    let mut sheet = Sheet::new("问题", &columns);
    for it in &evidence.diary.problems {
        let done = it.done_by(evidence.until());
        let is_late = it.due.is_some_and(|due| due < evidence.until());
        sheet.row([
            text(it.indicator.clone().unwrap_or_default()),
            Value::Day(it.day),
            text(&it.title),
            text(it.place.clone().unwrap_or_default()),
            text(it.who.clone().unwrap_or_default()),
            it.due.map_or(Value::Empty, Value::Day),
            match (done, is_late) {
                (Some(done), _) => Value::Day(done),
                (None, true) => Value::Missing("过期没完成".to_owned()),
                (None, false) => Value::Empty,
            },
            text(
                it.result
                    .clone()
                    .filter(|_| done.is_some())
                    .unwrap_or_default(),
            ),
            text(it.source.clone().unwrap_or_default()),
            count(it.before.len() + it.after.len()),
            text(cited(&it.span)),
        ]);
    }
    sheet
}
