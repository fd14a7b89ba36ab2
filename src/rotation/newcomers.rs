//! Notices that came after the plan was published, and urgent ones: where they get in.
//!
//! A newcomer is a notice of which nothing on record knows. It enters where it is worth more than
//! what gives way and the price of the change; one board more is worth less than the one before.
//! An urgent notice enters on every board that can take it, whatever hangs there but posting
//! periods and others as urgent.

use std::cmp::Reverse;

use super::Origin;
use super::facts::{BoardFacts, Day, Demand, Stay};
use super::problem::Problem;
use super::wall::{Sheet, Wall};
use super::way::{self, Entered, Way};

/// Where newcomers may get in: on a board with what hangs there, on these days.
type Open = fn(&BoardFacts, &Wall, (Day, Day)) -> bool;

/// Lets newcomers in among what is on record.
pub(super) fn enter(problem: &Problem, walls: &mut [Wall]) -> Vec<Entered> {
    let is_newcomer = |number: &usize| is_newcomer(problem, *number);
    let numbers = (0..problem.posters.len()).filter(is_newcomer);
    among(problem, walls, numbers.collect(), is_settled)
}

/// Lets notices in among what a plan holds, on record or not, of the posters that are meant by number.
pub(super) fn enter_plan(
    problem: &Problem,
    walls: &mut [Wall],
    is_meant: impl Fn(usize) -> bool,
) -> Vec<Entered> {
    let is_newcomer = |number: &usize| may_hang_only(problem, *number) && is_meant(*number);
    let numbers = (0..problem.posters.len()).filter(is_newcomer);
    among(problem, walls, numbers.collect(), |_, _, _| true)
}

/// Lets posters in, the most important first.
fn among(
    problem: &Problem,
    walls: &mut [Wall],
    mut numbers: Vec<usize>,
    is_open: Open,
) -> Vec<Entered> {
    let mut entered = Vec::new();
    numbers.sort_by_key(|&number| (Reverse(problem.posters[number].priority), number));
    // Each gets one board before another gets its second.
    for n in 1..=problem.boards.len() {
        for &number in &numbers {
            let poster = &problem.posters[number];
            // As many boards as it asks for are each worth as much as the first.
            let share = (n + 1).saturating_sub(poster.at_least.max(1)).max(1);
            let worth = problem.weights.notice * (1 + poster.priority);
            let worth = worth / i64::try_from(share).unwrap_or(i64::MAX);
            let best = best(problem, walls, number, is_open);
            if let Some((board, way, sheet)) = best.filter(|(_, way, _)| worth > way.loss) {
                entered.extend(push(problem, walls, board, &way.rows, sheet));
            }
        }
    }
    entered
}

/// Finds the board on which a newcomer costs the others least.
fn best(
    problem: &Problem,
    walls: &[Wall],
    number: usize,
    is_open: Open,
) -> Option<(usize, Way, Sheet)> {
    let sheet = sheet(number, days(problem, number)?);
    let boards = problem.boards.iter().zip(walls).enumerate();
    let ways = boards.filter_map(|(board, (facts, wall))| {
        let open =
            is_open(facts, wall, (sheet.from, sheet.to)) && may_hang(problem, facts, wall, sheet);
        let way = open.then(|| way::cheapest(problem, facts, wall, sheet))??;
        Some((board, way, sheet))
    });
    ways.min_by_key(|(board, way, _)| (way.loss, *board))
}

/// Hangs urgent notices over the finished plan.
pub(super) fn urgent(problem: &Problem, walls: &mut [Wall]) -> Vec<Entered> {
    let mut entered = Vec::new();
    let mut numbers: Vec<usize> = (0..problem.posters.len())
        .filter(|&number| problem.posters[number].urgent)
        .collect();
    let from = |number: usize| {
        problem
            .fixed_days(&problem.posters[number])
            .map(|days| days.0)
    };
    numbers.sort_by_key(|&n| (Reverse(problem.posters[n].priority), from(n), n));
    for number in numbers {
        let Some(days) = days(problem, number) else {
            continue;
        };
        for (board, facts) in problem.boards.iter().enumerate() {
            let wall = &walls[board];
            let sheet = sheet(number, days);
            let way = may_hang(problem, facts, wall, sheet)
                .then(|| way::cheapest(problem, facts, wall, sheet));
            if let Some(way) = way.flatten() {
                entered.extend(push(problem, walls, board, &way.rows, sheet));
            }
        }
    }
    entered
}

fn push(
    problem: &Problem,
    walls: &mut [Wall],
    board: usize,
    rows: &[usize],
    sheet: Sheet,
) -> Vec<Entered> {
    let mut entered = Vec::new();
    for &row in rows {
        let displaced = way::push_in(&problem.boards[board], &mut walls[board], row, sheet);
        entered.push(Entered {
            board,
            row,
            sheet,
            displaced,
        });
    }
    entered
}

fn sheet(poster: usize, (from, to): (Day, Day)) -> Sheet {
    Sheet {
        from,
        to,
        poster,
        origin: Origin::Planned,
    }
}

/// Tells whether nothing on record knows of a notice that nobody must hang.
fn is_newcomer(problem: &Problem, number: usize) -> bool {
    let known = || {
        let mut recorded = problem.recorded.iter();
        recorded.any(|hanging| hanging.poster == problem.posters[number].page.id)
    };
    may_hang_only(problem, number) && !known()
}

/// Tells whether a poster is a notice that nobody must hang, and not urgent.
fn may_hang_only(problem: &Problem, number: usize) -> bool {
    let poster = &problem.posters[number];
    let is_notice = matches!(poster.stay, Stay::While(..));
    is_notice && poster.demand == Demand::Nowhere && !poster.urgent
}

/// Returns the days that are left of a notice; where nothing is on record, all of them.
fn days(problem: &Problem, number: usize) -> Option<(Day, Day)> {
    let (from, to) = problem.fixed_days(&problem.posters[number])?;
    let days = match problem.has_records {
        true => (from.max(problem.today), to),
        false => (from, to),
    };
    (days.0 <= days.1).then_some(days)
}

/// Tells whether records say what hangs on the board on one of the days; elsewhere the plan is
/// made with the notice in it.
fn is_settled(facts: &BoardFacts, wall: &Wall, (from, to): (Day, Day)) -> bool {
    let mut periods = (facts.periods.iter()).filter(|it| it.first <= to && from <= it.last);
    periods.any(|period| wall.has_records(period))
}

/// Tells whether the sheet is not on the board already or too near to another time.
fn may_hang(problem: &Problem, facts: &BoardFacts, wall: &Wall, sheet: Sheet) -> bool {
    let days = (sheet.from, sheet.to);
    wall.refusal(problem, facts, sheet.poster, days).is_none()
}
