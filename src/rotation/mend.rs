//! A plan that stands, mended around a change.
//!
//! In: what stood, as [`Problem::kept`], and what else was known then. What still may hang hangs
//! where it hung ([`stand`]); new notices, and those that lost their place, get in where that costs
//! least; what came free goes to evergreens by [`anneal::repair`]. Where nothing changed nothing
//! moves, whatever the search would find.
//!
//! The cells of the search are the planned evergreens themselves, each on its own days, and the gaps. An evergreen that
//! was stretched beyond its period, or comes back after what it gave way to, is no cell but stands
//! still: the puzzle thinks in whole periods and cannot hang it again as it was.

use super::Origin;
use super::anneal::{self, Assignment, Hit, ItemNo};
use super::facts::{BoardFacts, day_number, number};
use super::plan::Hanging;
use super::problem::Problem;
use super::puzzle::{CellSpot, Puzzle, Solved, open_cells, rotates};
use super::solve::{self, Gap, Solution};
use super::wall::{Sheet, Wall};
use super::{demand, join, linger, newcomers, stand};

/// What was known when the plan was made, besides what it holds.
pub(super) struct Before<'b> {
    /// By poster, whether nothing was known of it, or it was to hang otherwise.
    pub(super) new: &'b [bool],
    /// What was left free.
    pub(super) gaps: &'b [Gap],
}

/// Mends the plan that [`Problem::kept`] holds.
pub(super) fn mend(problem: &Problem, before: &Before) -> Solution {
    let new = before.new;
    let mut walls = solve::on_record(problem);
    let lost = stand::hang(problem, &mut walls, new);
    let stood = walls.clone();
    let is_meant = |poster: usize| new[poster] || lost.binary_search(&poster).is_ok();
    let mut entered = Vec::new();
    let failures = demand::place_all(problem, &mut walls, &mut entered, is_meant);
    entered.extend(newcomers::enter_plan(problem, &mut walls, is_meant));
    take_slivers(problem, &mut walls, &stood);
    let homeless = homeless(problem, &walls, new);
    let solved = choose(problem, &mut walls, (&homeless, before.gaps));
    for (at, (facts, wall)) in problem.boards.iter().zip(&mut walls).enumerate() {
        if !wall.all().eq(stood[at].all()) || lacks(problem, facts, wall) {
            linger::linger_on(problem, facts, wall);
        }
    }
    join::join_new(problem, &mut walls, Some(&stood));
    solve::finish(problem, walls, (failures, entered), solved)
}

/// Takes down what is left of evergreens for too few days to be worth the walk.
fn take_slivers(problem: &Problem, walls: &mut [Wall], stood: &[Wall]) {
    for (facts, (wall, stood)) in problem.boards.iter().zip(walls.iter_mut().zip(stood)) {
        let stood: Vec<(usize, Sheet)> = stood.all().collect();
        let is_sliver = |it: &(usize, Sheet)| {
            let is_short = it.1.to - it.1.from + 1 < facts.shortest;
            let is_free = it.1.origin == Origin::Planned && rotates(problem, it.1.poster);
            is_short && is_free && problem.today < it.1.from && !stood.contains(it)
        };
        let slivers: Vec<(usize, Sheet)> = wall.all().filter(is_sliver).collect();
        for (row, sheet) in slivers {
            wall.take(facts, row, sheet);
        }
    }
}

/// Tells whether something that was kept on the board does not hang on one of its days to come.
fn lacks(problem: &Problem, facts: &BoardFacts, wall: &Wall) -> bool {
    let mut kept = problem.kept.iter().filter(|it| it.board == facts.board.id);
    kept.any(|it| {
        let row = facts.slots.iter().position(|slot| slot.slot.id == it.slot);
        let (from, to) = (day_number(it.from).max(problem.today), day_number(it.to));
        row.is_some_and(|row| from <= to && !wall.gaps(row, from, to).is_empty())
    })
}

/// Lists the evergreens that no longer hang on a board where they hung, and the new ones.
fn homeless(problem: &Problem, walls: &[Wall], new: &[bool]) -> Vec<ItemNo> {
    let hangs = |it: &Hanging, poster: usize| {
        let board = problem
            .boards
            .iter()
            .position(|facts| facts.board.id == it.board);
        let days = (day_number(it.from), day_number(it.to));
        board.is_some_and(|board| {
            let mut there = walls[board].on(days.0, days.1);
            there.any(|(_, sheet)| sheet.poster == poster)
        })
    };
    let to_come = |it: &&Hanging| problem.today <= day_number(it.to);
    let kept = problem.kept.iter().filter(to_come);
    let gone = kept.filter_map(|it| {
        let poster = problem.poster(&it.poster)?;
        (!hangs(it, poster)).then_some(poster)
    });
    let new = (0..new.len()).filter(|&poster| new[poster]);
    let all = gone.chain(new).filter(|&poster| rotates(problem, poster));
    let mut all: Vec<ItemNo> = all.map(number).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Chooses evergreens for what came free, and moves others where that pays.
fn choose(problem: &Problem, walls: &mut [Wall], (homeless, gaps): (&[ItemNo], &[Gap])) -> Solved {
    let mut cells = open_cells(problem, walls);
    let was_free = |spot: CellSpot| gaps.iter().any(|gap| holds(problem, gap, spot));
    let free = (0..cells.len()).filter(|&at| !was_free(cells[at].0));
    let free: Vec<usize> = free.collect();
    let mut start: Assignment = vec![None; cells.len()];
    for (spot, period, item) in movable(problem, walls) {
        cells.push((spot, period));
        start.push(Some(item));
    }
    for (at, (spot, _)) in cells.iter().enumerate() {
        if let Some(item) = start[at] {
            let sheet = Sheet {
                from: spot.from,
                to: spot.to,
                poster: item as usize,
                origin: Origin::Planned,
            };
            walls[spot.board].take(&problem.boards[spot.board], spot.row, sheet);
        }
    }
    let mut puzzle = Puzzle::of_cells(problem, walls, &cells);
    for (cell, shown) in puzzle.instance.cells.iter_mut().zip(&start) {
        cell.kept = shown.or(cell.kept);
    }
    puzzle.start = start;
    let hit = Hit {
        cells: &free,
        homeless,
    };
    let solution = anneal::repair(&puzzle.instance, &puzzle.start, hit);
    puzzle.hang(problem, walls, solution)
}

/// Tells whether the cell lies in a gap.
fn holds(problem: &Problem, gap: &Gap, spot: CellSpot) -> bool {
    let facts = &problem.boards[spot.board];
    let slot = &facts.slots[spot.row].slot.id;
    let days = gap.from <= spot.from && spot.to <= gap.to;
    days && gap.slot == *slot && gap.board == facts.board.id
}

/// Lists the evergreens to come that are planned within one period, as the rules of whole periods
/// allow.
fn movable(problem: &Problem, walls: &mut [Wall]) -> Vec<(CellSpot, usize, ItemNo)> {
    let mut found = Vec::new();
    for (board, (facts, wall)) in problem.boards.iter().zip(walls).enumerate() {
        let is_to_come = |sheet: &Sheet| match problem.has_records {
            true => problem.today < sheet.from,
            false => problem.today <= sheet.from,
        };
        let planned = wall.all().filter(|(_, sheet)| {
            let is_guide = sheet.origin == Origin::Planned && rotates(problem, sheet.poster);
            is_guide && is_to_come(sheet)
        });
        let planned: Vec<(usize, Sheet)> = planned.collect();
        for (row, sheet) in planned {
            let Some(period) = only_period(facts, &sheet) else {
                continue;
            };
            wall.take(facts, row, sheet);
            let days = (sheet.from, sheet.to);
            let is_regular = wall.refusal(problem, facts, sheet.poster, days).is_none();
            wall.put(facts, row, sheet);
            if is_regular {
                let spot = CellSpot {
                    board,
                    row,
                    from: sheet.from,
                    to: sheet.to,
                };
                found.push((spot, period, number(sheet.poster)));
            }
        }
    }
    found
}

/// Returns the place of the planned period in which a sheet begins and ends.
fn only_period(facts: &BoardFacts, sheet: &Sheet) -> Option<usize> {
    let holds = |day| {
        let mut periods = facts.periods.iter();
        periods.position(|it| it.first <= day && day <= it.last)
    };
    holds(sheet.from).filter(|period| holds(sheet.to) == Some(*period))
}
