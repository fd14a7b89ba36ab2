//! What the plan could not do, in words.

use super::demand::{Cause, Failure};
use super::facts::{Day, Stay, date, day_number};
use super::reasons::{Reasons, name, not_side_by_side, refused};
use crate::calendar::Period;
use crate::diag::{Code, Diagnostic, Diagnostics, Value, Words, words};
use crate::site::BoardKind;

/// Puts into words what must hang and cannot, and which slots stay empty.
pub(super) fn report(reasons: &Reasons, diagnostics: &mut Diagnostics) {
    let (problem, solution) = (reasons.problem, reasons.solution);
    report_pins(reasons, diagnostics);
    for failure in &solution.failures {
        diagnostics.push(cannot_hang(reasons, failure));
    }
    for &(board, row, at) in &solution.empty {
        let facts = &problem.boards[board];
        let slot = facts.slots[row].slot;
        diagnostics.push(
            Diagnostic::new(Code::EmptySlot)
                .at(slot.span.clone())
                .with("period", facts.periods[at].period.words())
                .with("board", &facts.board.title)
                .with("slot", &slot.id),
        );
    }
}

/// Reports what is pinned where it cannot hang.
fn report_pins(reasons: &Reasons, diagnostics: &mut Diagnostics) {
    let (problem, walls) = (reasons.problem, &reasons.solution.walls);
    for pin in problem
        .pins
        .iter()
        .filter(|pin| problem.today <= day_number(pin.to))
    {
        let mut boards = problem.boards.iter().zip(walls);
        let here = boards.find(|(it, _)| it.board.id == pin.board);
        let Some(((facts, wall), number)) = here.zip(problem.poster(&pin.poster)) else {
            continue;
        };
        let row = facts.slots.iter().position(|it| it.slot.id == pin.slot);
        // One of several sheets takes the others beside it.
        let (from, to) = (day_number(pin.from), day_number(pin.to));
        let shows = |row: usize| {
            let mut sheets = wall.in_slot(row, from.max(problem.today), to).iter();
            sheets.any(|sheet| sheet.poster == number)
        };
        let whole = facts.runs_of(number).any(|run| {
            run.rows.iter().any(|at| Some(*at) == row) && run.rows.iter().all(|at| shows(*at))
        });
        if !whole && row.is_some_and(|row| !facts.slots[row].takes[number]) {
            let page = problem.posters[number].page;
            let span = page.poster.as_ref().map_or(&page.span, |wish| &wish.span);
            diagnostics.push(
                Diagnostic::new(Code::PinDoesNotFit)
                    .at(span.clone())
                    .with("title", &page.title)
                    .with("board", &facts.board.title)
                    .with("slot", &pin.slot),
            );
        }
    }
}

fn cannot_hang(reasons: &Reasons, failure: &Failure) -> Diagnostic {
    let problem = reasons.problem;
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
    if let Cause::TooFewBoards { able } = failure.cause {
        return Diagnostic::new(Code::TooFewBoards)
            .at(span.clone())
            .with("title", &page.title)
            .with("n", problem.posters[must.poster].at_least)
            .with("able", able);
    }
    let is_screen = facts.board.kind == BoardKind::Screen;
    let days = (must.from.max(problem.today), must.to);
    Diagnostic::new(Code::CannotHang)
        .at(span.clone())
        .with("poster", &page.title)
        .with("board", &facts.board.title)
        .with("period", periods(facts.board.cadence, from, to))
        .with("cause", cause(reasons, failure))
        // Whom a screen does not show it may still read it on paper, or would, were it shorter.
        .with_some(
            "paper",
            is_screen
                .then(|| reasons.off_paper(must.poster, days))
                .flatten(),
        )
}

fn cause(reasons: &Reasons, failure: &Failure) -> Words {
    let problem = reasons.problem;
    let facts = &problem.boards[failure.must.board];
    let poster = &problem.posters[failure.must.poster];
    match &failure.cause {
        Cause::NoSlot => reasons.too_long(failure.must.poster, facts),
        Cause::TooFewBoards { .. } => words("no-slot-takes-it"),
        Cause::Closed => words("out-of-use"),
        Cause::NotSideBySide { n } => not_side_by_side(facts, *n),
        Cause::Refused(refusal) => refused(problem, facts, failure.must.poster, *refusal),
        Cause::Taken { by, n_slots } if by.is_empty() => {
            let rotates = matches!(poster.stay, Stay::Rotating(..));
            let when = words(if rotates {
                "in-every-period"
            } else {
                "in-these-days"
            });
            words("slots-given-away")
                .with("n", n_slots)
                .with("when", when)
        }
        Cause::Taken { by, n_slots } => words("too-many-must-hang")
            .with(
                "others",
                Value::list(by.iter().map(|it| name(problem, *it))),
            )
            .with("sheets", by.len() + 1)
            .with("n", n_slots),
    }
}

/// Names the period that holds the days, or the first and the last of several.
fn periods(cadence: crate::calendar::Cadence, from: Day, to: Day) -> Words {
    let first = Period::containing(cadence, date(from));
    let last = Period::containing(cadence, date(to));
    match first == last {
        true => first.words(),
        false => words("from-to")
            .with("from", first.words())
            .with("to", last.words()),
    }
}
