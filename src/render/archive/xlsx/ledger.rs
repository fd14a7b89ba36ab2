//! Sheets of what hung: the index by indicator, the ledger line by line, the photos.

use super::{Sheet, Value, count, or_missing, text};
use crate::render::archive::indicators::{asked, gaps_of};
use crate::render::archive::keepsakes::{Keepsakes, State};
use crate::render::archive::kept::Evidence;
use crate::render::archive::tables::topic;
use crate::site::Page;

pub(super) fn index(evidence: &Evidence) -> Sheet {
    let mut sheet = Sheet::new(
        "指标",
        &[
            ("指标", 9),
            ("类别", 12),
            ("名称", 36),
            ("情况", 56),
            ("缺项", 8),
        ],
    );
    for indicator in &evidence.indicators {
        let number = || text(&indicator.number);
        let n_gaps = indicator.gaps.len();
        let state = match n_gaps {
            0 => text("齐"),
            n => Value::Missing(format!("缺{n}项")),
        };
        sheet.row([
            number(),
            text("合计"),
            text(indicator.kinds()),
            Value::Empty,
            state,
        ]);
        for (title, begun, known) in &indicator.boards {
            let said = format!("应换{begun}期，有台账{known}期");
            sheet.row([
                number(),
                text("宣传栏"),
                text(title),
                text(said),
                Value::Empty,
            ]);
        }
        for (page, hung) in &indicator.pages {
            let said = format!("挂出{hung}格次");
            sheet.row([
                number(),
                text("内容"),
                text(&page.title),
                text(said),
                Value::Empty,
            ]);
        }
        for (page, stage) in &indicator.stages {
            let name = format!("{}：{}", page.title, stage.title);
            let proof = stage.proof.clone().unwrap_or_else(|| "没有证明".to_owned());
            sheet.row([
                number(),
                text("阶段"),
                text(name),
                text(proof),
                Value::Empty,
            ]);
        }
        for (title, said, _) in &indicator.duties {
            sheet.row([
                number(),
                text("经常性工作"),
                text(title),
                text(said),
                Value::Empty,
            ]);
        }
        let said = asked(indicator);
        if !said.is_empty() {
            sheet.row([
                number(),
                text("要求和自评"),
                text(said),
                Value::Empty,
                Value::Empty,
            ]);
        }
        for (kind, all) in [
            ("活动", &indicator.activities),
            ("数据", &indicator.figures),
            ("问题整改", &indicator.problems),
        ] {
            for said in all {
                let (name, rest) = said.split_once(' ').unwrap_or((said, ""));
                sheet.row([number(), text(kind), text(name), text(rest), Value::Empty]);
            }
        }
        for gap in gaps_of(evidence, indicator) {
            let kind = gap.kind.name();
            sheet.row([
                number(),
                text("缺项"),
                text(kind),
                Value::Missing(gap.line()),
                Value::Empty,
            ]);
        }
    }
    sheet
}

pub(super) fn hung(evidence: &Evidence) -> Sheet {
    let mut sheet = Sheet::new(
        "台账",
        &[
            ("宣传栏", 16),
            ("期", 16),
            ("版面", 12),
            ("安排", 28),
            ("挂出", 28),
            ("主题", 12),
            ("指标", 9),
            ("挂上", 12),
            ("取下", 12),
            ("更换人", 10),
            ("照片", 7),
            ("备注", 24),
            ("原文哈希", 16),
        ],
    );
    for board in &evidence.boards {
        for period in &board.periods {
            for line in &period.lines {
                let planned = line.planned.join("；");
                let Some(record) = &line.hung else {
                    let said = if line.missed {
                        "没有挂"
                    } else {
                        "没有台账"
                    };
                    sheet.row([
                        text(&board.title),
                        text(period.period.title()),
                        text(&line.name),
                        text(planned),
                        Value::Missing(said.to_owned()),
                        Value::Empty,
                        Value::Empty,
                        Value::Empty,
                        Value::Empty,
                        Value::Empty,
                        Value::Empty,
                        Value::Empty,
                        Value::Empty,
                    ]);
                    continue;
                };
                let page = evidence.site.page(&record.hung.poster);
                let topic_name = page.and_then(Page::topic).map(|id| topic(evidence, id));
                let numbers = page.map(|page| page.indicators.join("、"));
                let hash = record.text.as_deref().unwrap_or_default();
                sheet.row([
                    text(&board.title),
                    text(period.period.title()),
                    text(&line.name),
                    text(planned),
                    text(evidence.hung(&record.hung)),
                    text(topic_name.unwrap_or_default()),
                    text(numbers.unwrap_or_default()),
                    Value::Day(record.hung.from),
                    Value::Day(record.hung.to),
                    or_missing(record.by.as_deref(), "没有写"),
                    count(record.photos.len()),
                    text(record.notes.join("；")),
                    text(hash.get(..12).unwrap_or(hash)),
                ]);
            }
        }
    }
    sheet
}

pub(super) fn photos(evidence: &Evidence, keepsakes: &Keepsakes) -> Sheet {
    let mut sheet = Sheet::new(
        "照片",
        &[
            ("宣传栏", 18),
            ("期", 16),
            ("拍摄时间", 18),
            ("拍摄人", 10),
            ("原件", 60),
            ("SHA-256", 66),
            ("状态", 10),
        ],
    );
    for board in &evidence.boards {
        for period in &board.periods {
            for (event, photo) in &period.photos {
                let kept = keepsakes.photos.get(&photo.path);
                let taken = kept
                    .and_then(|kept| kept.taken)
                    .map(|taken| taken.to_string());
                let state = kept.map_or(State::Missing, |kept| kept.state);
                sheet.row([
                    text(&board.title),
                    text(period.period.title()),
                    text(taken.unwrap_or_default().replace('T', " ")),
                    text(event.by.clone().unwrap_or_default()),
                    text(photo.path.to_string()),
                    text(kept.map(|kept| kept.hash.clone()).unwrap_or_default()),
                    match state {
                        State::Whole => text("完好"),
                        State::Changed => Value::Missing("被改过".to_owned()),
                        State::Unreadable => Value::Missing("打不开".to_owned()),
                        State::Missing => Value::Missing("不在".to_owned()),
                    },
                ]);
            }
        }
    }
    sheet
}
