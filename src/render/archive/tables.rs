//! Tables that several papers share: duties, figures, notices, campaigns and their stages.

use std::collections::BTreeMap;

use super::copies::Copies;
use super::gap::{Gap, GapKind};
use super::indicators::sum;
use super::kept::{Evidence, NoticeKept};
use super::paper::{Cell, Table};
use super::words::{day, full_day, money, rhythm, span};
use super::work::{CampaignKept, DutyKept};
use crate::diag::Span;
use crate::rotation::diary::cited;
use crate::site::Stage;
use jiff::civil::Date;

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
    let mut boards: BTreeMap<&str, BTreeMap<(Date, Date), usize>> = BTreeMap::new();
    for record in &kept.records {
        let spans = boards.entry(&record.hung.board).or_default();
        *spans.entry((record.hung.from, record.hung.to)).or_default() += 1;
    }
    // Sheets of one notice that hung together are told once.
    let days = |((from, to), n): ((Date, Date), usize)| match n {
        1 => span(from, to),
        n => format!("{}（{n}张）", span(from, to)),
    };
    let said = boards.into_iter().map(|(board, spans)| {
        let days: Vec<String> = spans.into_iter().map(days).collect();
        format!("{} {}", evidence.board_title(board), days.join("、"))
    });
    said.collect::<Vec<_>>().join("\n").into()
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

/// A notice that was hung within the evidence's span.
pub(super) struct HungNotice<'t> {
    /// What it is, such as 通知.
    pub kind: &'static str,
    /// Its title.
    pub title: &'t str,
    /// The first day on which it hung, within the span.
    pub from: Date,
    /// The boards on which it was hung.
    pub boards: Vec<&'t str>,
    /// The lines of the ledger.
    pub lines: Vec<&'t Span>,
}

/// Returns the notices of every kind that were hung within the span, by day.
pub(super) fn hung_notices<'t>(evidence: &'t Evidence) -> Vec<HungNotice<'t>> {
    let mut found: BTreeMap<&str, HungNotice> = BTreeMap::new();
    for record in &evidence.records {
        let begun = evidence.from <= record.hung.from && record.hung.from <= evidence.to;
        let page = evidence.site.page(&record.hung.poster).filter(|_| begun);
        let Some((page, notice)) = page.and_then(|page| Some((page, page.notice.as_ref()?))) else {
            continue;
        };
        let hung = found.entry(&page.id).or_insert_with(|| HungNotice {
            kind: notice.kind.name(),
            title: &page.title,
            from: record.hung.from,
            boards: Vec::new(),
            lines: Vec::new(),
        });
        hung.from = hung.from.min(record.hung.from);
        let board = evidence.board_title(&record.hung.board);
        if !hung.boards.contains(&board) {
            hung.boards.push(board);
        }
        hung.lines.push(&record.span);
    }
    let mut found: Vec<HungNotice> = found.into_values().collect();
    found.sort_by_key(|it| (it.from, it.title));
    found
}

/// Returns these notices as a table.
pub(super) fn all_notices(evidence: &Evidence) -> Table {
    let mut table = Table::new(&[("文种", 12), ("标题", 52), ("挂出", 16), ("宣传栏", 46)]);
    for notice in hung_notices(evidence) {
        table.row([
            notice.kind.into(),
            Cell::strong(notice.title),
            day(notice.from).into(),
            notice.boards.join("、").into(),
        ]);
    }
    table
}

/// Returns the activities that were held.
pub(super) fn activities(evidence: &Evidence) -> Table {
    let mut table = Table::new(&[
        ("日期", 16),
        ("活动", 34),
        ("地点", 22),
        ("参加", 10),
        ("志愿者", 10),
        ("出处", 34),
    ]);
    for it in &evidence.diary.activities {
        let number = |n: Option<i64>| match n {
            Some(n) => n.to_string().into(),
            None => Cell::missing("没有写"),
        };
        let proof = it
            .source
            .clone()
            .or_else(|| it.sheet.as_ref().map(|_| "签到表".to_owned()));
        table.row([
            day(it.day).into(),
            Cell::strong(&it.title),
            it.place.as_deref().unwrap_or("—").into(),
            number(it.came),
            it.volunteers
                .map_or_else(|| "—".to_owned(), |n| n.to_string())
                .into(),
            match proof {
                Some(proof) => format!("{proof}（{}）", cited(&it.span)).into(),
                None => Cell::missing(format!("没有出处（{}）", cited(&it.span))),
            },
        ]);
    }
    table
}

/// Returns what the diary counted, lines of one label and unit summed.
pub(super) fn counts(evidence: &Evidence) -> Table {
    let mut table = Table::new(&[
        ("数据", 30),
        ("合计", 16),
        ("分子/分母", 16),
        ("要求", 12),
        ("出处", 60),
    ]);
    for sum in evidence.diary.sums() {
        let sources = sum.lines.iter().map(|it| {
            let source = it.source.as_deref().unwrap_or("没有出处");
            format!("{source}（{}）", cited(&it.span))
        });
        let sources = sources.collect::<Vec<_>>().join("\n");
        table.row([
            Cell::strong(sum.label),
            sum.said().into(),
            match sum.share {
                Some((part, whole)) => format!("{part}/{whole}").into(),
                None if sum.is_share() => Cell::missing("没有"),
                None => "—".into(),
            },
            sum.target.unwrap_or("—").into(),
            match sum.lines.iter().any(|it| it.source.is_none()) {
                true => Cell::missing(sources),
                false => sources.into(),
            },
        ]);
    }
    table
}

/// Returns what was wrong, and how it ended.
pub(super) fn problems(evidence: &Evidence) -> Table {
    let mut table = Table::new(&[
        ("发现", 14),
        ("问题", 30),
        ("地点", 20),
        ("责任人", 14),
        ("期限", 14),
        ("完成", 14),
        ("结果", 30),
    ]);
    for it in &evidence.diary.problems {
        let done = it.done_by(evidence.until());
        let is_late = it.due.is_some_and(|due| due < evidence.until());
        table.row([
            day(it.day).into(),
            Cell::strong(&it.title),
            it.place.as_deref().unwrap_or("—").into(),
            it.who.as_deref().unwrap_or("—").into(),
            it.due.map_or_else(|| "—".to_owned(), day).into(),
            match (done, is_late) {
                (Some(done), _) => day(done).into(),
                (None, true) => Cell::missing("过期没完成"),
                (None, false) => "正在整改".into(),
            },
            it.result
                .as_deref()
                .filter(|_| done.is_some())
                .unwrap_or("—")
                .into(),
        ]);
    }
    table
}
