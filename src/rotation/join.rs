//! Trips that join: an evergreen's change comes some days earlier or later where its keeper walks
//! anyway.
//!
//! What a notice needs stands: it goes up on its first day and comes down after its last. So only a
//! day on which nothing but evergreens change can go, all of it or nothing; what hangs stays until
//! the next trip, or what comes next comes with the one before.

use std::collections::BTreeSet;

use super::Origin;
use super::facts::{Day, Stay};
use super::linger::is_current;
use super::problem::Problem;
use super::wall::{Sheet, Wall};
use crate::site::BoardKind;

/// What changes in a slot on a day: who comes down for whom.
struct Change {
    board: usize,
    row: usize,
    before: Sheet,
    after: Sheet,
}

/// Joins trips that lie no more than `rotation.join` days apart.
pub(super) fn join(problem: &Problem, walls: &mut [Wall]) {
    for boards in rounds(problem) {
        let mut trips = trips(problem, walls, &boards);
        for day in trips.clone() {
            let Some(changes) = movable(problem, walls, (&boards, day)) else {
                continue;
            };
            let mut near = (1..=problem.join).flat_map(|n| [day + n, day - n]);
            if near.any(|to| trips.contains(&to) && shift(problem, walls, &changes, to)) {
                trips.remove(&day);
            }
        }
    }
}

/// Lists the boards of paper that one keeper looks after; one of which nobody says who does is by
/// itself.
fn rounds(problem: &Problem) -> Vec<Vec<usize>> {
    let mut rounds: Vec<(Option<&str>, Vec<usize>)> = Vec::new();
    for (at, facts) in problem.boards.iter().enumerate() {
        if facts.board.kind == BoardKind::Screen {
            continue;
        }
        let keeper = facts.board.keeper.as_deref();
        match rounds
            .iter_mut()
            .find(|it| keeper.is_some() && it.0 == keeper)
        {
            Some((_, boards)) => boards.push(at),
            None => rounds.push((keeper, vec![at])),
        }
    }
    rounds.into_iter().map(|(_, boards)| boards).collect()
}

/// Lists the days to come on which anything goes up or comes down on the boards.
fn trips(problem: &Problem, walls: &[Wall], boards: &[usize]) -> BTreeSet<Day> {
    let of_board = |&board: &usize| {
        let (facts, wall) = (&problem.boards[board], &walls[board]);
        let sheets = wall.all().filter(|(row, _)| *row < facts.slots.len());
        let ends = sheets.flat_map(|(row, it)| [(row, it.from), (row, it.to.saturating_add(1))]);
        let changes = ends.filter(|&(row, day)| {
            let on = |day: Day| wall.in_slot(row, day, day).first().map(|it| it.poster);
            on(day - 1) != on(day)
        });
        changes.map(|(_, day)| day).collect::<Vec<Day>>()
    };
    let days = boards.iter().flat_map(of_board);
    days.filter(|day| !problem.has_records || problem.today < *day)
        .collect()
}

/// Returns what changes on the boards on a day; `None` where anything of that keeps to the day.
fn movable(
    problem: &Problem,
    walls: &[Wall],
    (boards, day): (&[usize], Day),
) -> Option<Vec<Change>> {
    let mut changes = Vec::new();
    for &board in boards {
        for row in 0..problem.boards[board].slots.len() {
            let on = |day: Day| walls[board].in_slot(row, day, day).first().copied();
            let (before, after) = (on(day - 1), on(day));
            if before.map(|it| it.poster) == after.map(|it| it.poster) {
                continue;
            }
            let (before, after) = before.zip(after)?;
            if !is_free(problem, before) || !is_free(problem, after) {
                return None;
            }
            changes.push(Change {
                board,
                row,
                before,
                after,
            });
        }
    }
    (!changes.is_empty()).then_some(changes)
}

/// Tells whether a sheet is an evergreen that nothing but the plan says the days of.
fn is_free(problem: &Problem, sheet: Sheet) -> bool {
    let poster = problem.posters.get(sheet.poster);
    sheet.origin == Origin::Planned
        && poster.is_some_and(|poster| matches!(poster.stay, Stay::Rotating(..)))
}

/// Lets all changes be on the day `to`; where a rule forbids one, none is.
fn shift(problem: &Problem, walls: &mut [Wall], changes: &[Change], to: Day) -> bool {
    for (at, change) in changes.iter().enumerate() {
        if !shift_one(problem, walls, change, to) {
            for change in &changes[..at] {
                let (before, after) = shifted(change, to);
                exchange(
                    problem,
                    walls,
                    change,
                    (before, after),
                    (change.before, change.after),
                );
            }
            return false;
        }
    }
    true
}

/// Returns both sheets as they hang where the change is on the day `to`.
fn shifted(change: &Change, to: Day) -> (Sheet, Sheet) {
    let before = Sheet {
        to: to - 1,
        ..change.before
    };
    let after = Sheet {
        from: to,
        ..change.after
    };
    (before, after)
}

fn shift_one(problem: &Problem, walls: &mut [Wall], change: &Change, to: Day) -> bool {
    let facts = &problem.boards[change.board];
    let new = shifted(change, to);
    let is_long = |sheet: Sheet| sheet.to - sheet.from + 1 >= facts.shortest;
    if ![new.0, new.1]
        .into_iter()
        .all(|it| is_long(it) && is_current(problem, it))
    {
        return false;
    }
    let old = (change.before, change.after);
    let wall = &mut walls[change.board];
    wall.take(facts, change.row, old.0);
    wall.take(facts, change.row, old.1);
    let may = |wall: &Wall, sheet: Sheet| {
        let days = (sheet.from, sheet.to);
        wall.clash(problem, facts, sheet.poster, days).is_none()
    };
    let first = may(wall, new.0);
    wall.put(facts, change.row, new.0);
    let both = first && may(wall, new.1);
    wall.put(facts, change.row, new.1);
    if !both {
        exchange(problem, walls, change, new, old);
    }
    both
}

/// Hangs two sheets in place of two others.
fn exchange(
    problem: &Problem,
    walls: &mut [Wall],
    change: &Change,
    down: (Sheet, Sheet),
    up: (Sheet, Sheet),
) {
    let facts = &problem.boards[change.board];
    let wall = &mut walls[change.board];
    for sheet in [down.0, down.1] {
        wall.take(facts, change.row, sheet);
    }
    for sheet in [up.0, up.1] {
        wall.put(facts, change.row, sheet);
    }
}
