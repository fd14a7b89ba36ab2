//! What the plan could not do, in words.

use super::demand::{Cause, Failure};
use super::problem::{Day, Problem, Stay, date};
use super::solve::Solution;
use super::wall::Refusal;
use crate::calendar::Period;
use crate::diag::{Code, Diagnostic, Diagnostics};

/// Puts into words what must hang and cannot, and which slots stay empty.
pub(super) fn report(problem: &Problem, solution: &Solution, diagnostics: &mut Diagnostics) {
    for failure in &solution.failures {
        diagnostics.push(cannot_hang(problem, failure));
    }
    for &(board, row, at) in &solution.empty {
        let facts = &problem.boards[board];
        let slot = facts.slots[row].slot;
        diagnostics.push(
            Diagnostic::new(Code::EmptySlot)
                .at(slot.span.clone())
                .with("period", facts.periods[at].period.title())
                .with("board", &facts.board.title)
                .with("slot", &slot.id),
        );
    }
}

fn cannot_hang(problem: &Problem, failure: &Failure) -> Diagnostic {
    let must = failure.must;
    let facts = &problem.boards[must.board];
    let page = problem.posters[must.poster].page;
    let span = page.poster.as_ref().map_or(&page.span, |wish| &wish.span);
    let from = must.from.max(
        facts
            .periods
            .first()
            .map_or(Day::MIN, |period| period.first),
    );
    let to = must
        .to
        .min(facts.periods.last().map_or(Day::MAX, |period| period.last));
    Diagnostic::new(Code::CannotHang)
        .at(span.clone())
        .with("poster", &page.title)
        .with("board", &facts.board.title)
        .with("period", periods(facts.board.cadence, from, to))
        .with("cause", cause(problem, failure))
}

fn cause(problem: &Problem, failure: &Failure) -> String {
    let facts = &problem.boards[failure.must.board];
    let name = |number: usize| {
        let poster = problem.posters.get(number);
        poster.map_or("台账里的旧宣传品".into(), |poster| {
            format!("《{}》", poster.page.title)
        })
    };
    let poster = &problem.posters[failure.must.poster];
    match &failure.cause {
        Cause::NoSlot => "这块栏没有一格放得下它".into(),
        Cause::Refused(Refusal::Repeats) => format!(
            "它在这块栏刚挂过，或者马上要挂，隔不足 {} 期",
            facts.repeat_after
        ),
        Cause::Refused(Refusal::Topic(other)) => format!(
            "同一期已经要挂{}，主题都是 {}，一块栏一期一个主题只挂一张",
            name(*other),
            poster.page.topic().unwrap_or("（无）")
        ),
        Cause::Taken { by, n_slots } if by.is_empty() => {
            let rotates = matches!(poster.stay, Stay::Rotating(..));
            let when = if rotates { "每一期" } else { "这几天" };
            format!("放得下它的 {n_slots} 格{when}都排给了别的宣传品")
        }
        Cause::Taken { by, n_slots } => {
            let others: String = by.iter().map(|&number| name(number)).collect();
            format!(
                "同时要挂{others}和它一共 {} 张，放得下它的只有 {n_slots} 格",
                by.len() + 1
            )
        }
    }
}

/// Names the period that holds the days, or the first and the last of several.
fn periods(cadence: crate::calendar::Cadence, from: Day, to: Day) -> String {
    let first = Period::containing(cadence, date(from));
    let last = Period::containing(cadence, date(to));
    if first == last {
        first.title()
    } else {
        format!("{}至{}", first.title(), last.title())
    }
}
