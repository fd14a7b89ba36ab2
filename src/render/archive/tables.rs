//! Tables that several papers share: duties, figures, notices, campaigns and their stages.

use std::collections::BTreeMap;

use super::copies::Copies;
use super::gap::{Gap, GapKind};
use super::indicators::sum;
use super::kept::{Evidence, NoticeKept};
use super::paper::{Cell, Table};
use super::words::{day, full_day, money, rhythm, span};
use super::work::{CampaignKept, DutyKept};
use crate::site::Stage;

/// Returns the notices with their posting periods, where they hung and whether for all their days.
pub(super) fn notices(evidence: &Evidence) -> Table {
    let mut table = Table::new(&[
        ("标题", 32),
        ("文号", 27),
        ("公示期", 23),
        ("张贴", 34),
        ("足期", 10),
    ]);
    for kept in &evidence.notices {
        let title = format!("{}《{}》", kept.notice.kind.name(), kept.page.title);
        table.row([
            title.into(),
            kept.notice.number.as_deref().unwrap_or("—").into(),
            posting(kept).into(),
            hung(evidence, kept),
            state(evidence, kept),
        ]);
    }
    table
}

/// Says a posting period with how it was counted.
pub(super) fn posting(kept: &NoticeKept) -> String {
    let said = span(kept.posting.first, kept.posting.last);
    match kept.posting.working_days {
        Some(n) => format!("{said}\n（{n}个工作日）"),
        None => said,
    }
}

fn hung(evidence: &Evidence, kept: &NoticeKept) -> Cell {
    if kept.records.is_empty() {
        return Cell::missing("台账里没有");
    }
    let mut boards: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for record in &kept.records {
        let days = span(record.hung.from, record.hung.to);
        boards.entry(&record.hung.board).or_default().push(days);
    }
    let said: Vec<String> = boards
        .into_iter()
        .map(|(board, days)| format!("{} {}", evidence.board_title(board), days.join("、")))
        .collect();
    said.join("\n").into()
}

/// Says whether a notice hung for all its days, as far as they are past.
pub(super) fn state(evidence: &Evidence, kept: &NoticeKept) -> Cell {
    let gap = evidence
        .gaps
        .iter()
        .find(|gap| gap.kind == GapKind::Notice && gap.page.as_deref() == Some(&kept.page.id));
    let today = evidence.site.today;
    match gap {
        Some(_) => Cell::missing("不足"),
        None if kept.posting.first > today => "还没开始".into(),
        None if kept.posting.last >= today => "正在公示".into(),
        None => "足期".into(),
    }
}

/// Returns the stages of `campaigns` that fall due within the evidence's span.
pub(super) fn stages(evidence: &Evidence, campaigns: &[&CampaignKept]) -> Table {
    let mut table = Table::new(&[
        ("指标", 9),
        ("阶段", 30),
        ("期限", 16),
        ("负责人", 13),
        ("完成", 16),
        ("证明", 30),
    ]);
    for kept in campaigns {
        for stage in &kept.campaign.stages {
            if evidence.from <= stage.due && stage.due <= evidence.to {
                table.row([
                    stage.indicator.as_deref().unwrap_or_default().into(),
                    Cell::strong(&stage.title),
                    day(stage.due).into(),
                    stage.who.as_deref().unwrap_or("—").into(),
                    done(evidence, stage),
                    proof(evidence, stage),
                ]);
            }
        }
    }
    table
}

fn done(evidence: &Evidence, stage: &Stage) -> Cell {
    match stage.done.filter(|done| *done <= evidence.site.today) {
        Some(done) => day(done).into(),
        None if stage.due < evidence.site.today => Cell::missing("没有完成"),
        None => "未到期".into(),
    }
}

fn proof(evidence: &Evidence, stage: &Stage) -> Cell {
    match &stage.proof {
        Some(proof) => proof.as_str().into(),
        None if stage.due < evidence.site.today => Cell::missing("没有证明"),
        None => "—".into(),
    }
}

/// Returns the campaigns with what hung for them.
pub(super) fn campaigns(evidence: &Evidence) -> Table {
    let mut table = Table::new(&[
        ("集中宣传", 24),
        ("日期", 24),
        ("主题", 22),
        ("挂出", 11),
        ("说明", 62),
    ]);
    for kept in evidence
        .campaigns
        .iter()
        .filter(|kept| kept.campaign.stages.is_empty())
    {
        let topics = kept.campaign.pulls.iter().map(|id| topic(evidence, id));
        let pages = kept.campaign.pulls_pages.iter();
        let titles = pages.filter_map(|it| Some(evidence.site.page(it)?.title.clone()));
        let seasons = kept.campaign.pulls_seasons.iter().cloned();
        let topics = topics.map(str::to_owned).chain(seasons).chain(titles);
        let begun = kept.campaign.from < evidence.site.today;
        let hung = match (kept.n_hung, begun && kept.campaign.pulls_any()) {
            (0, true) => Cell::missing("没有"),
            (0, false) => "—".into(),
            (n, _) => format!("{n}张次").into(),
        };
        table.row([
            Cell::strong(&kept.page.title),
            span(kept.campaign.from, kept.campaign.to).into(),
            topics.collect::<Vec<_>>().join("、").into(),
            hung,
            kept.page.summary.as_str().into(),
        ]);
    }
    table
}

/// Returns the name of a topic.
pub(super) fn topic<'t>(evidence: &'t Evidence, id: &'t str) -> &'t str {
    let topics = &evidence.site.settings.topics;
    crate::site::topic::find(topics, id).map_or(id, |topic| &topic.title)
}

/// Returns the duties with what they came to within the evidence's span.
pub(super) fn duties(evidence: &Evidence) -> Table {
    let mut table = Table::new(&[
        ("指标", 9),
        ("工作", 24),
        ("要求", 14),
        ("负责人", 13),
        ("完成情况", 36),
        ("最近一次和证明", 28),
    ]);
    for kept in &evidence.duties {
        let said = sum(kept, evidence);
        let said = match kept.is_short(evidence.site.today) {
            true => Cell::missing(said),
            false => said.into(),
        };
        table.row([
            kept.duty.indicator.as_deref().unwrap_or_default().into(),
            Cell::strong(&kept.duty.title),
            rhythm(kept.duty.every, kept.duty.times).into(),
            kept.duty.who.as_deref().unwrap_or("—").into(),
            said,
            newest(evidence, kept).into(),
        ]);
    }
    table
}

fn newest(evidence: &Evidence, kept: &DutyKept) -> String {
    let within = |day| evidence.from <= day && day <= evidence.until();
    let newest = kept.duty.done.iter().rfind(|done| within(done.day));
    match newest {
        Some(done) => match &done.proof {
            Some(proof) => format!("{}，{proof}", day(done.day)),
            None => day(done.day),
        },
        None => "—".to_owned(),
    }
}

/// Returns the figures with what they were counted of and where they come from.
pub(super) fn figures(evidence: &Evidence) -> Table {
    let mut table = Table::new(&[
        ("指标", 9),
        ("数据", 28),
        ("结果", 14),
        ("分子/分母", 18),
        ("要求", 12),
        ("出处", 30),
    ]);
    for kept in &evidence.figures {
        let figure = kept.figure;
        let is_share = figure.value.trim().ends_with(['%', '％']);
        let counted = figure.numerator.zip(figure.denominator);
        let unit = figure.unit.as_deref().unwrap_or_default();
        table.row([
            figure.indicator.as_deref().unwrap_or_default().into(),
            Cell::strong(&figure.label),
            format!("{}{unit}", figure.value).into(),
            match counted {
                Some((part, whole)) => format!("{part}/{whole}").into(),
                None if is_share => Cell::missing("没有"),
                None => "—".into(),
            },
            figure.target.as_deref().unwrap_or("—").into(),
            Cell::or_missing(figure.source.as_deref(), "没有出处"),
        ]);
    }
    table
}

/// Returns the sheets that were printed, with their cost.
pub(super) fn copies(printed: &[Copies]) -> Table {
    let mut table = Table::new(&[("尺寸", 20), ("宣传品", 20), ("张数", 20), ("费用", 20)]);
    for copies in printed {
        table.row([
            copies.size.to_string().into(),
            format!("{}种", copies.posters).into(),
            format!("{}张", copies.sheets).into(),
            money(copies.cost).into(),
        ]);
    }
    if printed.len() > 1 {
        let sheets: usize = printed.iter().map(|copies| copies.sheets).sum();
        let cost = printed.iter().map(|copies| copies.cost).sum();
        table.row([
            Cell::strong("合计"),
            "".into(),
            Cell::strong(format!("{sheets}张")),
            Cell::strong(money(cost)),
        ]);
    }
    table
}

/// Returns gaps, numbered from `first`.
pub(super) fn gaps(gaps: &[&Gap], first: usize) -> Table {
    let mut table = Table::new(&[("序号", 8), ("指标", 14), ("缺什么", 98)]);
    for (number, gap) in (first..).zip(gaps) {
        let numbers: Vec<&str> = gap.indicators.iter().map(String::as_str).collect();
        table.row([
            number.to_string().into(),
            numbers.join("、").into(),
            gap.line().into(),
        ]);
    }
    table
}

/// Says the days that a paper covers and until when they are past.
pub(super) fn covered(evidence: &Evidence) -> String {
    let said = format!("{}—{}", full_day(evidence.from), full_day(evidence.to));
    match evidence.until() < evidence.to {
        true => format!("{said}，统计到{}", full_day(evidence.until())),
        false => said,
    }
}
