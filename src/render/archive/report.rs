//! 月报: what a month came to, for the office above, on a page or two.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::copies::{self, Copies};
use super::keepsakes::Keepsakes;
use super::kept::{BoardKept, Evidence};
use super::paper::{Block, Cell, Number, Paper, Table};
use super::photos;
use super::tables;
use super::words::{day, span};
use crate::calendar::{Cadence, Period};
use crate::rotation::ledger::Record;
use crate::site::Page;

/// Gaps named one by one; more are counted, for the brief is a page or two.
const MOST_GAPS: usize = 12;
/// Photos shown.
const MOST_PHOTOS: usize = 4;

/// Writes the brief of a month, which the evidence spans.
pub fn report(evidence: &Evidence, keepsakes: &Keepsakes) -> Paper {
    let month = Period::containing(Cadence::Month, evidence.from);
    let printed = copies::printed(
        evidence.site,
        evidence.plan,
        evidence.from,
        evidence.until(),
    );
    let mut paper = Paper {
        kind: "月报".to_owned(),
        title: format!("{}环境宣传工作月报", month.title()),
        organisation: evidence.site.settings.organisation.clone(),
        ..Paper::default()
    };
    paper.fact("时间", tables::covered(evidence));
    paper.blocks.push(numbers(evidence, &printed));
    what_hung(&mut paper, evidence);
    work(&mut paper, evidence);
    besides(&mut paper, evidence);
    prints(&mut paper, evidence, &printed);
    missing(&mut paper, evidence);
    let mut shown = photos::of_activities(evidence, keepsakes, MOST_PHOTOS / 2);
    shown.extend(photos::one_a_board(
        evidence,
        keepsakes,
        MOST_PHOTOS - shown.len(),
    ));
    paper.photos(shown);
    next_month(&mut paper, evidence, month.next());
    paper.blocks.push(Block::Sign {
        names: vec!["填报人".into(), "审核人".into()],
    });
    paper
}

fn numbers(evidence: &Evidence, printed: &[Copies]) -> Block {
    let number = |value: String, label: &str| Number {
        value,
        label: label.to_owned(),
        missing: false,
    };
    let begun = |from: Date| evidence.from <= from && from <= evidence.to;
    let n_hung = evidence
        .records
        .iter()
        .filter(|record| begun(record.hung.from))
        .count();
    let sheets: usize = printed.iter().map(|copies| copies.sheets).sum();
    let sums = evidence
        .duties
        .iter()
        .map(|kept| kept.sums(evidence.site.today));
    let (required, done) = sums.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
    Block::Numbers {
        numbers: vec![
            number(n_hung.to_string(), "新挂出（格）"),
            number(evidence.notices.len().to_string(), "公示通知（件）"),
            number(format!("{done}/{required}"), "经常性工作（次）"),
            number(evidence.diary.activities.len().to_string(), "活动（场）"),
            number(sheets.to_string(), "新印（张）"),
            number(evidence.n_photos().to_string(), "照片（张）"),
            Number {
                missing: !evidence.gaps.is_empty(),
                ..number(evidence.gaps.len().to_string(), "缺项")
            },
        ],
    }
}

fn what_hung(paper: &mut Paper, evidence: &Evidence) {
    paper.part("宣传栏", "hung");
    let mut table = Table::new(&[
        ("宣传栏", 22),
        ("新挂", 9),
        ("续挂", 9),
        ("内容", 62),
        ("更换人", 14),
        ("照片", 9),
    ]);
    for board in &evidence.boards {
        table.row(board_row(evidence, board));
    }
    paper.table(table, "没有宣传栏。");
    let mut topics: Vec<(usize, &str)> = evidence
        .topics
        .iter()
        .map(|topic| (topic.months.iter().sum(), topic.title))
        .filter(|(n, _)| *n > 0)
        .collect();
    topics.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    if !topics.is_empty() {
        let said: Vec<String> = topics
            .iter()
            .map(|(n, title)| format!("{title}{n}"))
            .collect();
        paper.text(format!("新挂的按主题（格次）：{}。", said.join("，")));
    }
}

fn board_row(evidence: &Evidence, board: &BoardKept) -> [Cell; 6] {
    let records: Vec<&Record> = evidence
        .records
        .iter()
        .filter(|record| record.hung.board == board.id)
        .collect();
    let is_new = |record: &&&Record| record.hung.from >= evidence.from;
    let n_new = records.iter().filter(is_new).count();
    let mut titles: BTreeMap<&str, (Date, &str)> = BTreeMap::new();
    for record in &records {
        let title = evidence.title(&record.hung.poster);
        titles
            .entry(&record.hung.poster)
            .or_insert((record.hung.from, title));
    }
    let mut titles: Vec<(Date, &str)> = titles.into_values().collect();
    titles.sort_unstable();
    let titles: Vec<&str> = titles.into_iter().map(|(_, title)| title).collect();
    let mut by: Vec<&str> = records
        .iter()
        .filter_map(|record| record.by.as_deref())
        .collect();
    by.sort_unstable();
    by.dedup();
    let n_photos: usize = board.periods.iter().map(|period| period.photos.len()).sum();
    let none = records.is_empty();
    [
        Cell::strong(&board.title),
        n_new.to_string().into(),
        (records.len() - n_new).to_string().into(),
        match none {
            true => Cell::missing("没有台账"),
            false => titles.join("；").into(),
        },
        by.join("、").into(),
        match (n_photos, none) {
            (0, false) => Cell::missing("0"),
            (n, _) => n.to_string().into(),
        },
    ]
}

fn work(paper: &mut Paper, evidence: &Evidence) {
    paper.part("公示和通知", "notices");
    paper.table(tables::notices(evidence), "本月没有定公示期的公示、通知。");
    let all = tables::all_notices(evidence);
    if !all.rows.is_empty() {
        paper.part("本月挂出的通知（各种文种）", "all-notices");
        paper.table(all, "");
    }
    paper.part("集中宣传和工作阶段", "campaigns");
    let mut campaigns = tables::campaigns(evidence);
    // What a campaign is about stands on its page; a brief is a page or two.
    campaigns.columns.pop();
    campaigns.rows.iter_mut().for_each(|row| drop(row.pop()));
    let all: Vec<_> = evidence.campaigns.iter().collect();
    let stages = tables::stages(evidence, &all);
    if campaigns.rows.is_empty() && stages.rows.is_empty() {
        paper.note("本月没有集中宣传，也没有到期的工作阶段。");
    }
    for table in [campaigns, stages] {
        if !table.rows.is_empty() {
            paper.blocks.push(Block::Table(table));
        }
    }
    if !evidence.duties.is_empty() {
        paper.part("经常性工作", "duties");
        paper.table(tables::duties(evidence), "");
    }
    if !evidence.figures.is_empty() {
        paper.part("数据", "figures");
        paper.table(tables::figures(evidence), "");
    }
}

/// What the diary has; a site that keeps none is not asked for it.
fn besides(paper: &mut Paper, evidence: &Evidence) {
    let diary = &evidence.diary;
    if !diary.activities.is_empty() {
        paper.part("活动", "activities");
        paper.table(tables::activities(evidence), "");
    }
    if !diary.counts.is_empty() {
        paper.part("工作数据", "counts");
        paper.table(tables::counts(evidence), "");
    }
    if !diary.problems.is_empty() {
        paper.part("问题和整改", "problems");
        paper.table(tables::problems(evidence), "");
    }
}

fn prints(paper: &mut Paper, evidence: &Evidence, printed: &[Copies]) {
    paper.part("印制", "prints");
    paper.table(tables::copies(printed), "本月没有新印。");
    if !printed.is_empty() {
        let (from, until) = (evidence.from, evidence.until());
        let funds = copies::paid(evidence.site, evidence.plan, from, until)
            .map(|funds| format!("，经费来源：{funds}"))
            .unwrap_or_default();
        paper.note(format!(
            "张数按台账推算，同一张移来移去只算一次；价格按 greenboard.yaml{funds}。"
        ));
    }
}

fn missing(paper: &mut Paper, evidence: &Evidence) {
    paper.part("缺项", "gaps");
    if evidence.gaps.is_empty() {
        paper.text("没有发现缺项。");
        return;
    }
    let shown = evidence.gaps.iter().take(MOST_GAPS);
    paper.gaps(shown.map(super::gap::Gap::line).collect());
    if evidence.gaps.len() > MOST_GAPS {
        let rest = evidence.gaps.len() - MOST_GAPS;
        let year = evidence.from.year();
        paper.note(format!(
            "另有{rest}项，全部见 greenboard archive {year} 的缺项表。"
        ));
    }
}

fn next_month(paper: &mut Paper, evidence: &Evidence, month: Period) {
    paper.part("下月安排", "next");
    let mut table = Table::new(&[("日期", 22), ("事项", 100)]);
    for (when, what) in coming(evidence, month.first(), month.last()) {
        table.row([when.into(), what.into()]);
    }
    paper.table(table, "还没有安排。");
}

/// Returns what the days `first..=last` bring, in their order.
pub(super) fn coming(evidence: &Evidence, first: Date, last: Date) -> Vec<(String, String)> {
    let site = evidence.site;
    let mut coming: Vec<(Date, String, String)> = Vec::new();
    let mut changes: BTreeMap<Date, Vec<&str>> = BTreeMap::new();
    for board in &site.boards {
        let periods = Period::beginning_within(board.cadence, first, last);
        if let Some(period) = periods.first() {
            changes
                .entry(period.first())
                .or_default()
                .push(&board.title);
        }
    }
    for (at, boards) in changes {
        coming.push((at, day(at), format!("更换：{}", boards.join("、"))));
    }
    for event in site.calendar.between(first, last) {
        let mark = if event.tentative {
            "（日期待通知）"
        } else {
            ""
        };
        let at = event.span.first;
        coming.push((
            at,
            span(at, event.span.last),
            format!("{}{mark}", event.title),
        ));
    }
    for page in &site.pages {
        coming.extend(of_page(page, first, last));
    }
    coming.sort();
    coming
        .into_iter()
        .map(|(_, when, what)| (when, what))
        .collect()
}

fn of_page(page: &Page, first: Date, last: Date) -> Vec<(Date, String, String)> {
    let within = |date: Date| first <= date && date <= last;
    let mut coming = Vec::new();
    if let Some(campaign) = &page.campaign {
        if campaign.stages.is_empty() && campaign.from <= last && first <= campaign.to {
            let days = span(campaign.from, campaign.to);
            coming.push((campaign.from, days, format!("集中宣传：{}", page.title)));
        }
        for stage in campaign.stages.iter().filter(|stage| within(stage.due)) {
            let who = stage
                .who
                .as_deref()
                .map(|who| format!("（{who}）"))
                .unwrap_or_default();
            let what = format!("{}：{}{who}截止", page.title, stage.title);
            coming.push((stage.due, day(stage.due), what));
        }
    }
    let posting = page.notice.as_ref().and_then(|notice| notice.posting);
    if let Some(posting) = posting.filter(|posting| within(posting.first) || within(posting.last)) {
        let days = span(posting.first, posting.last);
        coming.push((posting.first, days, format!("公示：{}", page.title)));
    }
    coming
}
