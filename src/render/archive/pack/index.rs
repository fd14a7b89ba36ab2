//! The index by indicator, and each indicator's own part.

use super::{anchor, board_anchor, text_anchor};
use crate::render::archive::gap::{Gap, GapKind};
use crate::render::archive::kept::Evidence;
use crate::render::archive::paper::{Block, Cell, Number, Paper, Table};
use crate::render::archive::words::{day, span};
use crate::render::archive::{
    indicators::{asked, gaps_of},
    kept::Indicator,
};
use crate::rotation::ledger::Record;

pub(super) fn index(paper: &mut Paper, evidence: &Evidence) {
    paper.part("指标索引", "index");
    paper.blocks.push(numbers(evidence));
    let is_asked = evidence.indicators.iter().any(|it| !asked(it).is_empty());
    let mut table = match is_asked {
        true => Table::new(&[
            ("指标", 10),
            ("要求和自评", 40),
            ("有哪些材料", 46),
            ("缺项", 12),
            ("页码", 8),
        ]),
        false => Table::new(&[("指标", 12), ("有哪些材料", 62), ("缺项", 14), ("页码", 10)]),
    };
    for indicator in &evidence.indicators {
        let n_gaps = indicator.gaps.len();
        let gaps = match n_gaps {
            0 => "齐".into(),
            n => Cell::missing(format!("缺{n}项")),
        };
        let asked = is_asked.then(|| Cell::from(asked(indicator)));
        let number = Cell::strong(&indicator.number).leading_to(anchor(indicator));
        let rest = [
            indicator.kinds().into(),
            gaps,
            Cell::page_of(anchor(indicator)),
        ];
        let row = std::iter::once(number).chain(asked).chain(rest);
        table.rows.push(row.collect());
    }
    paper.table(
        table,
        "还没有内容标注指标号。在页面、阶段、经常性工作或数据上写 indicator: 2.3，这里就按号排好。",
    );
}

fn numbers(evidence: &Evidence) -> Block {
    let (begun, known) = evidence.periods();
    let sums = evidence
        .duties
        .iter()
        .map(|kept| kept.sums(evidence.site.today));
    let (required, done) = sums.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
    let number = |value: String, label: &str, missing| Number {
        value,
        label: label.to_owned(),
        missing,
    };
    Block::Numbers {
        numbers: vec![
            number(
                format!("{known}/{begun}"),
                "有台账的期数/应换",
                known < begun,
            ),
            number(evidence.records.len().to_string(), "挂出（格次）", false),
            number(evidence.n_photos().to_string(), "照片（张）", false),
            number(evidence.notices.len().to_string(), "公示通知（件）", false),
            number(
                format!("{done}/{required}"),
                "经常性工作（次）",
                evidence
                    .duties
                    .iter()
                    .any(|kept| kept.is_short(evidence.site.today)),
            ),
            number(
                evidence.gaps.len().to_string(),
                "缺项",
                !evidence.gaps.is_empty(),
            ),
        ],
    }
}

pub(super) fn of_indicator(paper: &mut Paper, evidence: &Evidence, indicator: &Indicator) {
    paper.heading(2, format!("指标 {}", indicator.number), anchor(indicator));
    let said = asked(indicator);
    if !said.is_empty() {
        paper.text(format!("{said}。"));
    }
    let mut table = Table::new(&[("材料", 16), ("名称", 44), ("情况", 52), ("页码", 9)]);
    for (title, begun, known) in &indicator.boards {
        let said = format!("应换{begun}期，有台账{known}期");
        let board = evidence.boards.iter().find(|board| board.title == *title);
        let page = board.map_or_else(Cell::default, |board| {
            Cell::page_of(board_anchor(&board.id))
        });
        let said = if known < begun {
            Cell::missing(said)
        } else {
            said.into()
        };
        table.row(["宣传栏".into(), Cell::strong(title), said, page]);
    }
    for (page, hung) in &indicator.pages {
        let said = match hung {
            0 => "网上发布".to_owned(),
            n => format!("挂出{n}格次（{}）", when(evidence, &page.id)),
        };
        let target = match (&page.notice, &page.campaign) {
            (Some(notice), _) if notice.posting.is_some() => Cell::page_of("notices"),
            (_, Some(_)) => Cell::page_of("campaigns"),
            _ if *hung > 0 => Cell::page_of(text_anchor(&page.id)),
            _ => Cell::default(),
        };
        table.row([
            "内容".into(),
            Cell::strong(&page.title),
            said.into(),
            target,
        ]);
    }
    for (page, stage) in &indicator.stages {
        let said = match (
            stage.done.filter(|day| *day <= evidence.site.today),
            &stage.proof,
        ) {
            (Some(done), Some(proof)) => format!("{}完成，{proof}", day(done)).into(),
            (Some(done), None) => Cell::missing(format!("{}完成，没有证明", day(done))),
            (None, _) if stage.due < evidence.site.today => {
                Cell::missing(format!("应在{}前完成，没有完成", day(stage.due)))
            }
            (None, _) => format!("{}到期", day(stage.due)).into(),
        };
        let name = format!("{}：{}", page.title, stage.title);
        table.row([
            "阶段".into(),
            Cell::strong(name),
            said,
            Cell::page_of("campaigns"),
        ]);
    }
    for (title, said, is_short) in &indicator.duties {
        let said = match is_short {
            true => Cell::missing(said),
            false => said.as_str().into(),
        };
        table.row([
            "经常性工作".into(),
            Cell::strong(title),
            said,
            Cell::page_of("duties"),
        ]);
    }
    for (kind, all, page) in [
        ("活动", &indicator.activities, "activities"),
        ("数据", &indicator.figures, "figures"),
        ("问题整改", &indicator.problems, "problems"),
    ] {
        for said in all {
            let (name, rest) = said.split_once(' ').unwrap_or((said, ""));
            table.row([
                kind.into(),
                Cell::strong(name),
                rest.into(),
                Cell::page_of(page),
            ]);
        }
    }
    let none = match indicator.wording {
        Some(_) => "还没有材料。",
        None => "标注了这个指标的内容，本年没有挂过。",
    };
    paper.table(table, none);
    paper.gaps(in_short(&gaps_of(evidence, indicator)));
}

/// Says gaps line by line; many of one kind at one place in one line, for the table of gaps has
/// them all.
fn in_short(gaps: &[&Gap]) -> Vec<String> {
    const MOST: usize = 3;
    let mut groups: Vec<(GapKind, &str, Vec<&Gap>)> = Vec::new();
    for gap in gaps {
        let known = groups
            .iter_mut()
            .find(|(kind, place, _)| *kind == gap.kind && *place == gap.place);
        match known {
            Some((.., group)) => group.push(gap),
            None => groups.push((gap.kind, &gap.place, vec![gap])),
        }
    }
    let mut lines = Vec::new();
    for (kind, place, group) in groups {
        match group.len() > MOST {
            true => lines.push(format!(
                "{place}：{}{}处，逐处列在第六部分",
                kind.name(),
                group.len()
            )),
            false => lines.extend(group.into_iter().map(Gap::line)),
        }
    }
    lines
}

/// Says when a poster hung for the first and the last time.
fn when(evidence: &Evidence, page: &str) -> String {
    let records: Vec<&Record> = evidence
        .records
        .iter()
        .filter(|it| it.hung.poster == page)
        .collect();
    let first = records.iter().map(|record| record.hung.from).min();
    let last = records.iter().map(|record| record.hung.to).max();
    first
        .zip(last)
        .map(|(first, last)| span(first, last))
        .unwrap_or_default()
}
