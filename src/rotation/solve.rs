//! The planner: what must hang first, then period by period in the order of time.
//!
//! Going by time keeps history still: a period is planned from what is on record, what must hang
//! and what was there before it, so that a file dated later changes nothing earlier, but for
//! the slot that something must have. Nothing here is random and nothing reads a clock.

use super::demand::{self, Cause, Failure, Must};
use super::problem::{BoardFacts, PeriodFacts, Problem, Stay, date};
use super::score::{self, Copies};
use super::wall::Wall;
use super::{Hanging, Origin, Plan, fill};

/// A plan with what it could not do.
#[derive(Debug)]
pub(super) struct Solution {
    pub(super) plan: Plan,
    /// What must hang and does not.
    pub(super) failures: Vec<Failure>,
    /// Board, slot and period, by number, of slots that are empty for a whole period.
    pub(super) empty: Vec<(usize, usize, usize)>,
}

/// Makes the plan.
pub(super) fn solve(problem: &Problem) -> Solution {
    let mut walls: Vec<Wall> = problem
        .boards
        .iter()
        .map(|facts| Wall::new(problem, facts))
        .collect();
    let mut failures = demand::place_all(problem, &mut walls);
    let mut copies = Copies::new(problem);
    for (board, at) in in_time(problem) {
        let facts = &problem.boards[board];
        copies.count(problem, &walls, &facts.periods[at]);
        fill::fill(problem, facts, &mut walls[board], &copies, at);
        copies.count(problem, &walls, &facts.periods[at]);
    }
    failures.extend(owed(problem, &walls));
    failures.retain(|failure| problem.today <= failure.must.to);
    Solution {
        plan: plan(problem, &walls),
        failures,
        empty: empty(problem, &walls),
    }
}

/// Returns all periods of all boards by first day; on one day in walking order.
fn in_time(problem: &Problem) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = Vec::new();
    for (board, facts) in problem.boards.iter().enumerate() {
        all.extend((0..facts.periods.len()).map(|at| (board, at)));
    }
    all.sort_by_key(|&(board, at)| (problem.boards[board].periods[at].first, board));
    all
}

/// Finds evergreens that must hang everywhere and have no period on some board.
fn owed(problem: &Problem, walls: &[Wall]) -> Vec<Failure> {
    let mut failures = Vec::new();
    for (board, (facts, wall)) in problem.boards.iter().zip(walls).enumerate() {
        let (Some(first), Some(last)) = (facts.periods.first(), facts.periods.last()) else {
            continue;
        };
        for (number, poster) in problem.posters.iter().enumerate() {
            let Stay::Rotating(from, to) = poster.stay else {
                continue;
            };
            let (from, to) = (from.max(first.first), to.min(last.last));
            let rows: Vec<usize> = (0..facts.slots.len())
                .filter(|&row| facts.slots[row].takes[number])
                .collect();
            let whole = |period: &PeriodFacts| from <= period.first && period.last <= to;
            let had_a_chance = facts.periods.iter().any(whole);
            if !rows.is_empty() && had_a_chance && score::is_owed(problem, wall, number) {
                let cause = Cause::Taken {
                    by: Vec::new(),
                    n_slots: rows.len(),
                };
                let must = Must {
                    board,
                    poster: number,
                    from,
                    to,
                };
                failures.push(Failure { must, cause });
            }
        }
    }
    failures
}

/// Finds slots that nothing hangs in for a whole period which is not past.
fn empty(problem: &Problem, walls: &[Wall]) -> Vec<(usize, usize, usize)> {
    let mut empty = Vec::new();
    for (board, (facts, wall)) in problem.boards.iter().zip(walls).enumerate() {
        for (at, period) in facts.periods.iter().enumerate() {
            if period.last < problem.today {
                continue;
            }
            let free = |row: &usize| wall.is_free(*row, period.first, period.last);
            let rows = (0..facts.slots.len()).filter(free);
            empty.extend(rows.map(|row| (board, row, at)));
        }
    }
    empty
}

fn plan(problem: &Problem, walls: &[Wall]) -> Plan {
    let mut hangings = problem.recorded.clone();
    for (facts, wall) in problem.boards.iter().zip(walls) {
        hangings.extend(planned(problem, facts, wall));
    }
    hangings.sort();
    Plan {
        hangings,
        planned: Some((problem.first, problem.last)),
    }
}

fn planned(problem: &Problem, facts: &BoardFacts, wall: &Wall) -> Vec<Hanging> {
    wall.all()
        .filter(|(_, sheet)| sheet.origin == Origin::Planned)
        .map(|(row, sheet)| Hanging {
            board: facts.board.id.clone(),
            slot: facts.slots[row].slot.id.clone(),
            from: date(sheet.from),
            to: date(sheet.to),
            poster: problem.posters[sheet.poster].page.id.clone(),
            origin: Origin::Planned,
        })
        .collect()
}
