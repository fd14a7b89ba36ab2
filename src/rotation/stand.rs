//! A plan that stands, on the boards again after a change: each sheet where it hung, as far as it may
//! still hang there.
//!
//! What is on record hangs already. A sheet goes whose page went, or may hang there no more; whose
//! days or slot staff gave to something else; or which what is new on record leaves no room beside.
//! Of a guide whose days were taken in part, the first days that are enough for the walk stay. A
//! notice hangs as it hung or is placed anew, and gets in again where it had got in.

use super::Origin;
use super::facts::{BoardFacts, Day, Stay, day_number};
use super::plan::Hanging;
use super::problem::Problem;
use super::puzzle::rotates;
use super::wall::{Sheet, Wall};
use super::way;

/// Hangs what [`Problem::kept`] holds of posters that are not `new`; returns the numbers of those
/// of which some days are lost.
pub(super) fn hang(problem: &Problem, walls: &mut [Wall], new: &[bool]) -> Vec<usize> {
    let all: Vec<(usize, usize, Sheet)> = problem
        .kept
        .iter()
        .filter_map(|it| place(problem, it))
        .collect();
    let (guides, notices): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|(_, _, sheet)| rotates(problem, sheet.poster));
    let mut lost = Vec::new();
    for (board, row, sheet) in notices.into_iter().chain(guides) {
        let facts = &problem.boards[board];
        if !stands(problem, facts, &mut walls[board], (row, sheet), new) {
            lost.push(sheet.poster);
        }
    }
    for (facts, wall) in problem.boards.iter().zip(walls) {
        lost.extend(take_parted(facts, wall));
    }
    lost.sort_unstable();
    lost.dedup();
    lost
}

/// Finds board, slot and poster by number; `None` where one of them is gone.
fn place(problem: &Problem, it: &Hanging) -> Option<(usize, usize, Sheet)> {
    let board = (problem.boards.iter()).position(|facts| facts.board.id == it.board)?;
    let slots = &problem.boards[board].slots;
    let row = slots.iter().position(|slot| slot.slot.id == it.slot)?;
    let sheet = Sheet {
        from: day_number(it.from),
        to: day_number(it.to),
        poster: problem.poster(&it.poster)?,
        origin: Origin::Planned,
    };
    Some((board, row, sheet))
}

/// Hangs a sheet as far as it stands; tells whether it hangs as it did.
fn stands(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &mut Wall,
    (row, sheet): (usize, Sheet),
    new: &[bool],
) -> bool {
    let others = wall.in_slot(row, sheet.from, sheet.to).to_vec();
    let free = wall.gaps(row, sheet.from, sheet.to);
    let is_same = |it: &&Sheet| it.poster == sheet.poster;
    if let Some(same) = others.iter().find(is_same) {
        // It is on record meanwhile, or hung otherwise than was planned. One of several sheets
        // hangs as long as they all do.
        let to_come = |days: &(Day, Day)| problem.today <= days.1;
        let rest = free.into_iter().filter(to_come);
        return match facts.takes_several(sheet.poster) {
            true => same.to == sheet.to,
            false => go_on(problem, facts, wall, (row, sheet), rest),
        };
    }
    let is_guide = rotates(problem, sheet.poster);
    let is_new = new[sheet.poster] && !is_guide;
    if is_new || !may_stay(problem, facts, (row, sheet)) {
        return false;
    }
    if others.is_empty() {
        let stays = !wall.turns_out(problem, facts, (row, sheet));
        if stays {
            wall.put(facts, row, sheet);
        }
        return stays;
    }
    if is_guide {
        let is_long = |&(from, to): &(Day, Day)| to - from + 1 >= facts.shortest;
        let piece = free.into_iter().find(is_long);
        let piece = piece.map(|(from, to)| Sheet { from, to, ..sheet });
        if let Some(piece) = piece.filter(|it| !wall.turns_out(problem, facts, (row, *it))) {
            wall.put(facts, row, piece);
        }
        return false;
    }
    let mut others = others.iter();
    let gets_in = others.all(|other| way::gives_way(problem, facts, row, other, sheet))
        && !wall.turns_out(problem, facts, (row, sheet));
    if gets_in {
        way::push_in(facts, wall, row, sheet);
    }
    gets_in
}

/// Hangs what is left of a sheet, some days of which are on record; tells whether all of it may.
fn go_on(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &mut Wall,
    (row, sheet): (usize, Sheet),
    rest: impl Iterator<Item = (Day, Day)>,
) -> bool {
    let mut is_whole = true;
    for (from, to) in rest {
        let piece = Sheet { from, to, ..sheet };
        let goes_on =
            may_stay(problem, facts, (row, piece)) && !wall.turns_out(problem, facts, (row, piece));
        if goes_on {
            wall.put(facts, row, piece);
        }
        is_whole &= goes_on;
    }
    is_whole
}

/// Tells whether the slot still takes the poster, and its page lets it hang on these days.
fn may_stay(problem: &Problem, facts: &BoardFacts, (row, sheet): (usize, Sheet)) -> bool {
    let poster = &problem.posters[sheet.poster];
    let mut runs = facts.runs_of(sheet.poster);
    let takes = facts.slots[row].takes[sheet.poster] || runs.any(|run| run.rows.contains(&row));
    let is_current = match poster.stay {
        Stay::Exactly(first, last) => first <= sheet.from && sheet.to == last,
        Stay::While(first, last) | Stay::Rotating(first, last) => {
            first <= sheet.from && sheet.to <= last
        }
    };
    // Urgent notices come over the finished plan.
    takes && is_current && !poster.urgent
}

/// Takes down what is left of a notice on several sheets that is no longer whole; returns the
/// posters.
fn take_parted(facts: &BoardFacts, wall: &mut Wall) -> Vec<usize> {
    let planned = wall.all().filter(|(_, it)| it.origin == Origin::Planned);
    let several = planned.filter(|(_, it)| facts.takes_several(it.poster));
    let several: Vec<(usize, Sheet)> = several.collect();
    let hangs = |row: usize, sheet: &Sheet| {
        let there = wall.in_slot(row, sheet.from, sheet.to);
        let mut same = there.iter().filter(|it| it.poster == sheet.poster);
        same.any(|it| it.to == sheet.to)
    };
    let is_whole = |(row, sheet): &(usize, Sheet)| {
        let mut runs = facts.runs_of(sheet.poster);
        runs.any(|run| run.rows.contains(row) && run.rows.iter().all(|row| hangs(*row, sheet)))
    };
    let parted: Vec<(usize, Sheet)> = several.into_iter().filter(|it| !is_whole(it)).collect();
    for (row, sheet) in &parted {
        wall.take(facts, *row, *sheet);
    }
    parted.into_iter().map(|(_, sheet)| sheet.poster).collect()
}
