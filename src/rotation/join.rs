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

/// What changes in a slot on a day: who comes down for whom; nobody where the slot was empty.
struct Change {
    board: usize,
    row: usize,
    before: Option<Sheet>,
    after: Sheet,
}

impl Change {
    /// Returns both sheets as they hang where the change is on the day `to`.
    fn on(&self, to: Day) -> Self {
        Self {
            before: self.before.map(|it| Sheet { to: to - 1, ..it }),
            after: Sheet {
                from: to,
                ..self.after
            },
            ..*self
        }
    }

    fn sheets(&self) -> impl Iterator<Item = Sheet> {
        self.before.into_iter().chain([self.after])
    }
}

/// Joins trips that lie no more than `rotation.join` days apart.
pub(super) fn join(problem: &Problem, walls: &mut [Wall]) {
    join_new(problem, walls, None);
}

/// Joins trips of which nobody made both while the boards hung as they `stood`: where nothing
/// changed, whoever walked twice walks on.
pub(super) fn join_new(problem: &Problem, walls: &mut [Wall], stood: Option<&[Wall]>) {
    for boards in rounds(problem) {
        let mut trips = trips(problem, walls, &boards);
        let old = stood.map(|stood| self::trips(problem, stood, &boards));
        let is_old = |day: &Day| old.as_ref().is_some_and(|old| old.contains(day));
        for day in trips.clone() {
            let Some(changes) = movable(problem, walls, (&boards, day)) else {
                continue;
            };
            let mut near = (1..=problem.join).flat_map(|n| [day + n, day - n]);
            let may_join = |to: &Day| trips.contains(to) && !(is_old(&day) && is_old(to));
            if near.any(|to| may_join(&to) && shift(problem, walls, &changes, to)) {
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
            let after = after?;
            if !before.is_none_or(|it| is_free(problem, it)) || !is_free(problem, after) {
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
    let shifted: Vec<Change> = changes.iter().map(|change| change.on(to)).collect();
    let is_worth_it = |it: &Change| {
        let shortest = problem.boards[it.board].shortest;
        let is_long = |sheet: Sheet| sheet.to - sheet.from + 1 >= shortest;
        it.sheets()
            .all(|sheet| is_long(sheet) && is_current(problem, sheet))
    };
    // An empty slot is filled sooner, and left empty for no trip's sake.
    let is_open = |it: &Change| {
        let empty = (to, it.after.from - 1);
        it.before.is_some()
            || to < it.after.from && walls[it.board].is_free(it.row, empty.0, empty.1)
    };
    if !shifted.iter().all(is_worth_it) || !changes.iter().all(is_open) {
        return false;
    }
    take(problem, walls, changes);
    for (at, change) in shifted.iter().enumerate() {
        let (facts, wall) = (&problem.boards[change.board], &mut walls[change.board]);
        let mut put = Vec::new();
        for sheet in change.sheets() {
            let days = (sheet.from, sheet.to);
            if wall.clash(problem, facts, sheet.poster, days).is_some() {
                for sheet in put {
                    wall.take(facts, change.row, sheet);
                }
                take(problem, walls, &shifted[..at]);
                put_back(problem, walls, changes);
                return false;
            }
            wall.put(facts, change.row, sheet);
            put.push(sheet);
        }
    }
    true
}

fn take(problem: &Problem, walls: &mut [Wall], changes: &[Change]) {
    for change in changes {
        for sheet in change.sheets() {
            walls[change.board].take(&problem.boards[change.board], change.row, sheet);
        }
    }
}

fn put_back(problem: &Problem, walls: &mut [Wall], changes: &[Change]) {
    for change in changes {
        for sheet in change.sheets() {
            walls[change.board].put(&problem.boards[change.board], change.row, sheet);
        }
    }
}
