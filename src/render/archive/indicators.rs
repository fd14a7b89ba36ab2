//! The inspector's indicators: what of the evidence serves each number.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::gap::Gap;
use super::kept::{BoardKept, Evidence, Indicator};
use super::words::{day, span};
use super::work::{DutyKept, FigureKept, Round};
use crate::diag::Span;
use crate::site::Page;

impl Indicator<'_> {
    /// Names what serves it: the first of each kind, and how many there are.
    pub fn kinds(&self) -> String {
        let boards = self
            .boards
            .iter()
            .map(|(title, ..)| title.as_str())
            .collect();
        let pages = self
            .pages
            .iter()
            .map(|(page, _)| page.title.as_str())
            .collect();
        let stages = self
            .stages
            .iter()
            .map(|(_, stage)| stage.title.as_str())
            .collect();
        let duties = self
            .duties
            .iter()
            .map(|(title, ..)| title.as_str())
            .collect();
        let name = |said: &String| said.split(' ').next().unwrap_or(said).to_owned();
        // A figure says how much.
        let value = |said: &String| {
            let said = said.split('，').next().unwrap_or(said);
            said.replacen(' ', "", 1)
                .replace('（', "，")
                .replace('）', "")
        };
        let figures: Vec<String> = self.figures.iter().map(value).collect();
        let held: Vec<String> = self.activities.iter().map(name).collect();
        let wrong: Vec<String> = self.problems.iter().map(name).collect();
        let some = |all: &[String], unit| some_of(all.iter().map(String::as_str).collect(), unit);
        let named: Vec<String> = [
            some_of(boards, "块宣传栏"),
            some_of(pages, "篇内容"),
            some_of(stages, "个阶段"),
            some_of(duties, "项经常性工作"),
            some(&held, "场活动"),
            some(&figures, "项数据"),
            some(&wrong, "件问题整改"),
        ]
        .into_iter()
        .flatten()
        .collect();
        named.join("；")
    }
}

/// Says how many there are and names the first ones.
fn some_of(names: Vec<&str>, unit: &str) -> Option<String> {
    const SHOWN: usize = 2;
    let rest = if names.len() > SHOWN { "等" } else { "" };
    let shown = names
        .iter()
        .take(SHOWN)
        .copied()
        .collect::<Vec<_>>()
        .join("、");
    (!names.is_empty()).then(|| format!("{}{unit}（{shown}{rest}）", names.len()))
}

/// Orders numbers of indicators by their parts: 2.9 before 2.10.
pub fn by_number(a: &str, b: &str) -> Ordering {
    let parts = |number: &str| -> Vec<(u64, String)> {
        number
            .split(['.', '-', '．'])
            .map(|part| {
                let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
                (digits.parse().unwrap_or(u64::MAX), part.to_owned())
            })
            .collect()
    };
    parts(a).cmp(&parts(b))
}

/// Gathers all numbers that pages, stages, duties and figures of the evidence carry.
pub(super) fn gather<'a>(evidence: &Evidence<'a>) -> Vec<Indicator<'a>> {
    let mut found: BTreeMap<String, Indicator<'a>> = BTreeMap::new();
    pages(evidence, &mut found);
    for kept in &evidence.campaigns {
        for stage in &kept.campaign.stages {
            for number in numbers(kept.page, stage.indicator.as_ref()) {
                let indicator = at(&mut found, &number);
                indicator.stages.push((kept.page, stage));
                indicator.lines.insert(line(&kept.page.span));
            }
        }
    }
    for kept in &evidence.duties {
        for number in numbers(kept.page, kept.duty.indicator.as_ref()) {
            let is_short = kept.is_short(evidence.site.today);
            let said = (kept.duty.title.clone(), sum(kept, evidence), is_short);
            let indicator = at(&mut found, &number);
            indicator.duties.push(said);
            indicator.lines.insert(line(&kept.page.span));
        }
    }
    for kept in &evidence.figures {
        for number in numbers(kept.page, kept.figure.indicator.as_ref()) {
            let indicator = at(&mut found, &number);
            indicator.figures.push(said(kept));
            indicator.lines.insert(line(&kept.page.span));
        }
    }
    diary(evidence, &mut found);
    for (place, gap) in evidence.gaps.iter().enumerate() {
        for number in &gap.indicators {
            at(&mut found, number).gaps.push(place);
        }
    }
    for (number, wording) in &evidence.wordings {
        at(&mut found, number).wording = Some(wording.clone());
    }
    let mut all: Vec<Indicator> = found.into_values().collect();
    all.sort_by(|a, b| by_number(&a.number, &b.number));
    all
}

/// What a line of the diary tells of.
enum Kind {
    Held,
    Counted,
    Wrong,
}

/// Adds what the diary has: activities, counts and problems are told as figures are.
fn diary<'a>(evidence: &Evidence, found: &mut BTreeMap<String, Indicator<'a>>) {
    let diary = &evidence.diary;
    let held = diary.activities.iter().map(|it| {
        let came = it.came.map(|n| format!("，{n}人参加")).unwrap_or_default();
        let said = format!("{} {}{came}", it.title, day(it.day));
        (&it.indicator, said, &it.span)
    });
    let counted = diary.counts.iter().map(|it| {
        let share = it.share.map(|(part, whole)| format!("（{part}/{whole}）"));
        let source = it.source.as_deref().unwrap_or("没有出处");
        let (value, share) = (it.said(), share.unwrap_or_default());
        (
            &it.indicator,
            format!("{} {value}{share}，{source}", it.label),
            &it.span,
        )
    });
    let wrong = diary.problems.iter().map(|it| {
        let end = it.outcome(evidence.until());
        (
            &it.indicator,
            format!("{} {}发现，{end}", it.title, day(it.day)),
            &it.span,
        )
    });
    let all = held.map(|it| (Kind::Held, it));
    let all = all.chain(counted.map(|it| (Kind::Counted, it)));
    for (kind, (number, said, span)) in all.chain(wrong.map(|it| (Kind::Wrong, it))) {
        let Some(number) = number else { continue };
        let indicator = at(found, number);
        indicator.lines.insert(line(span));
        match kind {
            Kind::Held => indicator.activities.push(said),
            Kind::Counted => indicator.figures.push(said),
            Kind::Wrong => indicator.problems.push(said),
        }
    }
    for score in &diary.scores {
        // A later line takes the place of an earlier one.
        at(found, &score.indicator).score = Some(score.clone());
    }
}

/// Returns the file and the line of a place, to be sorted.
fn line(span: &Span) -> (String, usize) {
    let (line, _) = span.source.line_column(span.range.start);
    (span.path().to_string(), line)
}

fn at<'f, 'a>(
    found: &'f mut BTreeMap<String, Indicator<'a>>,
    number: &str,
) -> &'f mut Indicator<'a> {
    let indicator = found.entry(number.to_owned()).or_default();
    number.clone_into(&mut indicator.number);
    indicator
}

/// Returns the numbers of a thing: its own, or else those of its page.
pub(super) fn numbers(page: &Page, own: Option<&String>) -> Vec<String> {
    match own {
        Some(number) => vec![number.clone()],
        None => page.indicators.clone(),
    }
}

/// Returns pages that hung or were posted within the span, and boards.
fn pages<'a>(evidence: &Evidence<'a>, found: &mut BTreeMap<String, Indicator<'a>>) {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for record in &evidence.records {
        *times.entry(record.hung.poster.as_str()).or_default() += 1;
    }
    let working: BTreeSet<&str> = evidence
        .campaigns
        .iter()
        .map(|kept| kept.page.id.as_str())
        .chain(evidence.notices.iter().map(|kept| kept.page.id.as_str()))
        .collect();
    for page in &evidence.site.pages {
        let hung = times.get(page.id.as_str()).copied().unwrap_or(0);
        let board = page.board.as_deref();
        let board = board.and_then(|id| evidence.boards.iter().find(|board| board.id == id));
        for number in &page.indicators {
            if let Some(board) = board {
                let (begun, known) = periods(board);
                let said = (board.title.clone(), begun, known);
                let indicator = at(found, number);
                indicator.boards.push(said);
                let records = evidence.records.iter();
                let here = records.filter(|record| record.hung.board == board.id);
                indicator
                    .lines
                    .extend(here.map(|record| line(&record.span)));
            } else if hung > 0 || working.contains(page.id.as_str()) || page.poster.is_none() {
                let indicator = at(found, number);
                indicator.pages.push((page, hung));
                let records = evidence.records.iter();
                let here = records.filter(|record| record.hung.poster == page.id);
                indicator
                    .lines
                    .extend(here.map(|record| line(&record.span)));
                if hung == 0 {
                    indicator.lines.insert(line(&page.span));
                }
            } else {
                // It serves the number and never hung: the number must not vanish for that.
                at(found, number);
            }
        }
    }
}

fn periods(board: &BoardKept) -> (usize, usize) {
    let known = board
        .periods
        .iter()
        .filter(|period| period.lines.iter().any(|line| line.hung.is_some()));
    (board.periods.len(), known.count())
}

/// Says a figure with what it was counted of and where it comes from.
pub(super) fn said(kept: &FigureKept) -> String {
    let figure = kept.figure;
    let unit = figure.unit.as_deref().unwrap_or_default();
    let mut said = format!("{} {}{unit}", figure.label, figure.value);
    if let Some((part, whole)) = figure.numerator.zip(figure.denominator) {
        said.push_str(&format!("（{part}/{whole}）"));
    }
    if let Some(target) = &figure.target {
        said.push_str(&format!("，要求{target}"));
    }
    match &figure.source {
        Some(source) => said.push_str(&format!("，出处：{source}")),
        None => said.push_str("，没有出处"),
    }
    said
}

/// Says what the office's table asks and what one gives oneself, with the reason; nothing where
/// neither says anything.
pub(super) fn asked(indicator: &Indicator) -> String {
    let mut said = Vec::new();
    if let Some(wording) = &indicator.wording {
        let points = match wording.points.as_str() {
            "" => String::new(),
            points => format!("{points}分"),
        };
        let how = [points, wording.method.clone()];
        let how: Vec<String> = how.into_iter().filter(|it| !it.is_empty()).collect();
        match how.is_empty() {
            true => said.push(wording.asked.clone()),
            false => said.push(format!("{}（{}）", wording.asked, how.join("，"))),
        }
    }
    if let Some(score) = &indicator.score {
        let reason = score.reason.as_deref().map(|it| format!("，{it}"));
        let who = score.who.as_deref().map(|it| format!("；整改：{it}"));
        let due = score.due.map(|it| format!("，{}以前", day(it)));
        said.push(format!(
            "自评{}分{}{}{}",
            score.score,
            reason.unwrap_or_default(),
            who.unwrap_or_default(),
            due.unwrap_or_default()
        ));
    }
    said.join("。")
}

/// Returns the gaps of an indicator.
pub fn gaps_of<'e>(evidence: &'e Evidence, indicator: &Indicator) -> Vec<&'e Gap> {
    let gaps = indicator.gaps.iter();
    gaps.map(|place| &evidence.gaps[*place]).collect()
}

/// Says what a duty came to; what the present round still lacks is no gap yet.
pub(super) fn sum(kept: &DutyKept, evidence: &Evidence) -> String {
    let today = evidence.site.today;
    let (required, done) = kept.sums(today);
    let said = format!("应做{required}次，做了{done}次");
    let short: Vec<&Round> = kept
        .rounds
        .iter()
        .filter(|round| round.to < today && round.done < round.required)
        .collect();
    let said = match short[..] {
        [] => said,
        [round] => {
            let n = round.required - round.done;
            format!("{said}；{}少{n}次", span(round.from, round.to))
        }
        _ => format!("{said}；{}期不够", short.len()),
    };
    let now = kept
        .rounds
        .iter()
        .find(|round| round.from <= today && today <= round.to);
    match now.filter(|round| round.done < round.required) {
        Some(round) => {
            let left = round.required - round.done;
            format!("{said}；{}前再做{left}次", day(round.to))
        }
        None => said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_ordered_by_their_parts() {
        let mut numbers = ["2.10", "10", "2.9", "2", "A3", "2.9.1"];
        numbers.sort_by(|a, b| by_number(a, b));
        assert_eq!(numbers, ["2", "2.9", "2.9.1", "2.10", "10", "A3"]);
    }
}
