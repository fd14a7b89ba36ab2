//! 迎检材料: a year in the inspector's order.
//!
//! First what an inspector looks for, each with its page: the index by number of indicator. Then
//! the same evidence indicator by indicator, board by board, and kind by kind; the gaps in one
//! table; last the texts as they hung.

mod boards;
mod index;

use std::collections::BTreeMap;

use super::copies;
use super::gap::Gap;
use super::keepsakes::{Keepsakes, State};
use super::kept::Evidence;
use super::kept::Indicator;
use super::manuscripts;
use super::paper::{Block, Cell, Paper, Table};
use super::places;
use super::tables;
use super::words::day;
use crate::rotation::ledger::Record;
use boards::boards;
use index::{index, of_indicator};

/// Writes the evidence of a year.
pub fn pack(evidence: &Evidence, keepsakes: &Keepsakes) -> Paper {
    let year = evidence.from.year();
    let mut paper = Paper {
        kind: "迎检材料".to_owned(),
        title: format!("{year}年度环境宣传工作档案"),
        organisation: evidence.site.settings.organisation.clone(),
        cover: true,
        ..Paper::default()
    };
    front(&mut paper, evidence);
    index(&mut paper, evidence);
    for indicator in &evidence.indicators {
        of_indicator(&mut paper, evidence, indicator);
    }
    boards(&mut paper, evidence, keepsakes);
    work(&mut paper, evidence);
    coverage(&mut paper, evidence);
    missing(&mut paper, evidence);
    texts(&mut paper, evidence, keepsakes);
    proof(&mut paper);
    paper
}

fn front(paper: &mut Paper, evidence: &Evidence) {
    let (begun, known) = evidence.periods();
    paper.fact("时间", tables::covered(evidence));
    paper.fact("指标", format!("{}项", evidence.indicators.len()));
    paper.fact(
        "宣传栏",
        format!(
            "{}块，应换{begun}期，有台账{known}期",
            evidence.boards.len()
        ),
    );
    let gaps = match evidence.gaps.len() {
        0 => "没有发现".to_owned(),
        n => format!("{n}项，逐项列在第六部分"),
    };
    paper.fact("缺项", gaps);
}

/// Returns the anchor of an indicator's own part.
fn anchor(indicator: &Indicator) -> String {
    format!("indicator-{}", indicator.number)
}

fn text_anchor(page: &str) -> String {
    format!("text-{page}")
}

fn board_anchor(id: &str) -> String {
    format!("board-{id}")
}

fn work(paper: &mut Paper, evidence: &Evidence) {
    paper.blocks.push(Block::Break);
    paper.part("公示、集中宣传和工作阶段", "work");
    paper.heading(2, "公示和通知", "notices");
    paper.table(tables::notices(evidence), "本年没有定公示期的公示、通知。");
    paper.heading(2, "集中宣传和工作阶段", "campaigns");
    paper.table(tables::campaigns(evidence), "本年没有集中宣传。");
    for kept in evidence
        .campaigns
        .iter()
        .filter(|kept| !kept.campaign.stages.is_empty())
    {
        paper.heading(3, kept.page.title.clone(), format!("plan-{}", kept.page.id));
        paper.table(tables::stages(evidence, &[kept]), "各阶段都不在本年。");
    }
    paper.part("经常性工作和数据", "regular");
    paper.heading(2, "经常性工作", "duties");
    paper.table(tables::duties(evidence), "没有登记经常性工作（duties）。");
    for kept in &evidence.duties {
        duty(paper, evidence, kept);
    }
    paper.heading(2, "数据", "figures");
    paper.table(tables::figures(evidence), "没有登记数据（figures）。");
    for (title, anchor, table) in [
        ("活动", "activities", tables::activities(evidence)),
        ("工作数据", "counts", tables::counts(evidence)),
        ("问题和整改", "problems", tables::problems(evidence)),
    ] {
        if !table.rows.is_empty() {
            paper.heading(2, title, anchor);
            paper.table(table, "");
        }
    }
}

/// Lists all times that a duty was done, with what proves each.
fn duty(paper: &mut Paper, evidence: &Evidence, kept: &super::work::DutyKept) {
    let within = |day| evidence.from <= day && day <= evidence.until();
    let done: Vec<String> = kept
        .duty
        .done
        .iter()
        .filter(|done| within(done.day))
        .map(|done| match &done.proof {
            Some(proof) => format!("{}（{proof}）", day(done.day)),
            None => day(done.day),
        })
        .collect();
    if !done.is_empty() {
        paper.note(format!("{}：{}。", kept.duty.title, done.join("，")));
    }
}

fn coverage(paper: &mut Paper, evidence: &Evidence) {
    paper.part("主题覆盖和印制", "coverage");
    paper.heading(2, "各主题每月新挂的格次", "topics");
    let months = evidence.months();
    let names: Vec<String> = (1..=months.len())
        .map(|month| format!("{month}月"))
        .collect();
    let mut columns: Vec<(&str, u32)> = vec![("主题", 26)];
    columns.extend(names.iter().map(|name| (name.as_str(), 8)));
    columns.push(("合计", 10));
    let mut table = Table::new(&columns);
    let past = months
        .iter()
        .filter(|month| month.first() <= evidence.until())
        .count();
    for topic in &evidence.topics {
        let mut row = vec![Cell::strong(topic.title)];
        row.extend(
            topic
                .months
                .iter()
                .enumerate()
                .map(|(month, n)| match (month < past, n) {
                    (false, 0) => Cell::from(""),
                    (true, 0) => Cell::from("·"),
                    (_, n) => Cell::from(n.to_string()),
                }),
        );
        let sum: usize = topic.months.iter().sum();
        row.push(if sum == 0 {
            Cell::missing("0")
        } else {
            Cell::strong(sum.to_string())
        });
        table.rows.push(row);
    }
    paper.table(table, "没有主题。");
    paper.heading(2, "各主题挂在哪里", "places");
    paper.table(places::table(evidence), "本年没有挂过。");
    paper.note("张次：一处挂一期算一张次；十六处橱窗挂一期是十六张次。");
    paper.heading(2, "印制", "prints");
    let printed = copies::printed(
        evidence.site,
        evidence.plan,
        evidence.from,
        evidence.until(),
    );
    paper.table(tables::copies(&printed), "本年没有新印。");
    if !printed.is_empty() {
        let funds = copies::paid(
            evidence.site,
            evidence.plan,
            evidence.from,
            evidence.until(),
        );
        let funds = funds.map(|funds| format!("；经费来源：{funds}"));
        paper.note(format!(
            "张数按台账推算，同一张移来移去只算一次；价格按 greenboard.yaml，以票据为准{}。",
            funds.unwrap_or_default()
        ));
    }
}

fn missing(paper: &mut Paper, evidence: &Evidence) {
    paper.blocks.push(Block::Break);
    paper.part("缺项", "gaps");
    if evidence.gaps.is_empty() {
        paper.text("没有发现缺项：应换的期都有台账，挂出的都有照片，到期的阶段都有证明，经常性工作都够次数，公示都足期。");
        return;
    }
    paper.note("台账里没有的一律算缺，不替谁猜。补记只加新行，不改旧行。");
    let mut first = 1;
    for of_kind in evidence.gaps.chunk_by(|a, b| a.kind == b.kind) {
        let kind = of_kind[0].kind;
        let title = format!("{}（{}项）", kind.name(), of_kind.len());
        paper.heading(2, title, format!("gaps-{}", kind.name()));
        paper.note(kind.remedy());
        let gaps: Vec<&Gap> = of_kind.iter().collect();
        paper.table(tables::gaps(&gaps, first), "");
        first += of_kind.len();
    }
}

fn texts(paper: &mut Paper, evidence: &Evidence, keepsakes: &Keepsakes) {
    paper.blocks.push(Block::Break);
    paper.part("宣传品原文", "texts");
    paper.note("挂出当天留下的原文，按内容的哈希（SHA-256）保存在 ledger/texts；后来改过的文字不影响这里。");
    let mut shown: BTreeMap<(&str, &str), &Record> = BTreeMap::new();
    for record in &evidence.records {
        if let Some(hash) = &record.text {
            shown.entry((&record.hung.poster, hash)).or_insert(record);
        }
    }
    if shown.is_empty() {
        paper.text("台账里没有留下原文。");
    }
    let mut last = "";
    let mut folder = "";
    for ((page, hash), record) in shown {
        let top = page.split('/').next().unwrap_or(page);
        if top != folder {
            folder = top;
            let section = evidence.site.section(top);
            let title = section.map_or(top, |section| &section.title);
            paper.heading(2, title, format!("texts-{top}"));
        }
        let anchor = match page == last {
            true => format!("text-{page}-{hash}"),
            false => text_anchor(page),
        };
        last = page;
        paper.heading(3, evidence.title(page), anchor);
        paper.note(format!(
            "{page}　首次挂出{}　SHA-256 {}",
            day(record.hung.from),
            short(hash)
        ));
        let kept = keepsakes.texts.get(hash);
        match kept.filter(|kept| kept.state == State::Whole) {
            Some(kept) => paper.blocks.push(Block::Verbatim {
                lines: manuscripts::lines(&kept.text),
            }),
            None => paper.gaps(vec![format!("原文 ledger/texts/{hash}.md 不在或被改过")]),
        }
    }
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

fn proof(paper: &mut Paper) {
    paper.part("怎么核对", "check");
    paper.text("manifest.txt 列出本材料每个文件的 SHA-256，originals.txt 列出照片原件的。在本文件夹里运行 sha256sum -c manifest.txt，一个字节都没有动过就全部显示 OK。");
    paper.text(
        "照片原件在 ledger/photos，没有改动过，拍摄时间和位置都还在原件里；这里用的是缩小的副本。",
    );
}
