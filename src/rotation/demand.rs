//! What must hang: public notices for their posting period, and what goes everywhere.
//!
//! These come before all else. Each hangs for all of its days or not at all; one that finds its
//! slots taken moves others aside where these find another slot.

use std::cmp::Reverse;

use super::facts::{BoardFacts, Day, Demand, Run, Stay};
use super::problem::{Must, Problem};
use super::wall::{Refusal, Sheet, Wall};
use super::way::{self, Entered, Way};
use super::{Origin, conflict};
use crate::site::BoardKind;

/// How many sheets may be moved, one making room for the next.
const MOVES: usize = 4;

/// How many ways of moving sheets are tried before a poster is refused.
const TRIES: u32 = 400;

/// A search for room.
struct Search {
    /// The posters on the move.
    moved: Vec<usize>,
    tries_left: u32,
}

/// A poster that must hang and cannot, and why.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    pub(super) must: Must,
    pub(super) cause: Cause,
}

/// Why a poster cannot hang where it must.
#[derive(Debug, Clone)]
pub(super) enum Cause {
    /// No slot of the board takes it.
    NoSlot,
    /// The rules keep it off.
    Refused(Refusal),
    /// It takes several sheets, and so many slots side by side are nowhere free.
    NotSideBySide {
        /// How many.
        n: usize,
    },
    /// Its page asks for more boards than can take it.
    TooFewBoards {
        /// How many can.
        able: usize,
    },
    /// The board that its page names is out of use on some day.
    Closed,
    /// Its slots are taken on some day by these.
    Taken {
        /// The posters that hold the slots.
        by: Vec<usize>,
        /// How many slots take it.
        n_slots: usize,
    },
}

/// Hangs all that must hang, of the posters that are meant by number; returns what could not.
pub(super) fn place_all(
    problem: &Problem,
    walls: &mut [Wall],
    entered: &mut Vec<Entered>,
    is_meant: impl Fn(usize) -> bool,
) -> Vec<Failure> {
    let mut failures: Vec<Failure> = Vec::new();
    for number in in_order(problem).into_iter().filter(|it| is_meant(*it)) {
        let poster = &problem.posters[number];
        let Some((from, to)) = problem.fixed_days(poster) else {
            continue;
        };
        let mut failed = Vec::new();
        let mut hangs = false;
        for (board, wall) in walls.iter_mut().enumerate() {
            let must = Must {
                board,
                poster: number,
                from,
                to,
            };
            // What may hang finds its slots later, but for what takes several side by side.
            let several = problem.boards[board].takes_several(number);
            if poster.demand == Demand::Nowhere && !several {
                continue;
            }
            match place_on(problem, wall, must) {
                None => {}
                Some(Ok(())) => hangs = true,
                Some(Err(cause)) => failed.push(Failure { must, cause }),
            }
        }
        // What may hang gets in later, where it is worth it.
        let must_hang = poster.demand != Demand::Nowhere;
        if must_hang && (poster.demand == Demand::Every || !hangs) {
            hangs |= push_in(problem, walls, &mut failed, entered);
        }
        match poster.demand {
            Demand::Every => failures.append(&mut failed),
            Demand::Somewhere if !hangs => {
                // One message is enough, and room can be made; legibility was judged before.
                let taken = |failure: &&Failure| !matches!(failure.cause, Cause::NoSlot);
                // Where there is room to make on paper, that is the one.
                let on_paper = |failure: &&Failure| {
                    problem.boards[failure.must.board].board.kind != BoardKind::Screen
                };
                let chosen = (failed.iter().filter(taken).find(on_paper))
                    .or(failed.iter().find(taken))
                    .or(failed.iter().find(on_paper))
                    .or(failed.first());
                failures.extend(chosen.cloned());
            }
            Demand::Somewhere | Demand::Nowhere => {}
        }
    }
    failures
}

/// Lets what must hang in among what is on record: on every board, or on the one that it costs
/// least. Failures that are mended so are taken out; tells whether there was any.
fn push_in(
    problem: &Problem,
    walls: &mut [Wall],
    failed: &mut Vec<Failure>,
    entered: &mut Vec<Entered>,
) -> bool {
    let mut ways: Vec<(usize, Must, Way)> = Vec::new();
    for (at, failure) in failed.iter().enumerate() {
        let must = wanted(problem, &walls[failure.must.board], failure.must);
        let full = matches!(
            failure.cause,
            Cause::Taken { .. } | Cause::NotSideBySide { .. }
        ) && must.from <= must.to;
        let facts = &problem.boards[must.board];
        let way = full.then(|| way::cheapest(problem, facts, &walls[must.board], sheet(must)));
        ways.extend(way.flatten().map(|way| (at, must, way)));
    }
    ways.sort_by_key(|(_, must, way)| (way.loss, must.board));
    if let Some((_, must, _)) = ways.first()
        && problem.posters[must.poster].demand != Demand::Every
    {
        ways.truncate(1);
    }
    for (_, must, way) in &ways {
        let (facts, wall) = (&problem.boards[must.board], &mut walls[must.board]);
        for &row in &way.rows {
            let displaced = way::push_in(facts, wall, row, sheet(*must));
            entered.push(Entered {
                board: must.board,
                row,
                sheet: sheet(*must),
                displaced,
            });
        }
    }
    let mended: Vec<usize> = ways.iter().map(|(at, ..)| *at).collect();
    let mut at = 0;
    failed.retain(|_| {
        at += 1;
        !mended.contains(&(at - 1))
    });
    !mended.is_empty()
}

fn sheet(must: Must) -> Sheet {
    Sheet {
        from: must.from,
        to: must.to,
        poster: must.poster,
        origin: Origin::Planned,
    }
}

/// Orders posters by what must give way: posting periods first, then by priority and day.
fn in_order(problem: &Problem) -> Vec<usize> {
    let mut numbers: Vec<usize> = (0..problem.posters.len())
        .filter(|&number| {
            let several = |board: &BoardFacts| board.takes_several(number);
            problem.posters[number].demand != Demand::Nowhere || problem.boards.iter().any(several)
        })
        .collect();
    numbers.sort_by_key(|&number| {
        let poster = &problem.posters[number];
        let posting = matches!(poster.stay, Stay::Exactly(..));
        let from = problem.fixed_days(poster).map(|(from, _)| from);
        // What only may hang takes no slots from what must.
        let may = poster.demand == Demand::Nowhere;
        (
            Reverse(posting),
            may,
            Reverse(poster.priority),
            from,
            number,
        )
    });
    numbers
}

/// Hangs a poster on a board; `None` where it need not hang there.
fn place_on(problem: &Problem, wall: &mut Wall, must: Must) -> Option<Result<(), Cause>> {
    let facts = &problem.boards[must.board];
    let poster = &problem.posters[must.poster];
    let hung = wall.on(must.from, must.to);
    let hung: Vec<usize> = hung
        .filter(|(_, sheet)| sheet.poster == must.poster)
        .map(|(row, _)| row)
        .collect();
    if !hung.is_empty() {
        let whole = complete(facts, wall, wanted(problem, wall, must), &hung);
        let n = fewest_sheets(facts, must.poster);
        return Some(if whole {
            Ok(())
        } else {
            Err(Cause::NotSideBySide { n })
        });
    }
    if must.to < problem.today && is_history(wall, facts, must) {
        return None;
    }
    let boards = poster.page.poster.as_ref().map(|wish| &wish.boards);
    let listed = boards.is_some_and(|ids| ids.iter().any(|id| id.value == facts.board.id));
    let n_slots = facts
        .slots
        .iter()
        .filter(|slot| slot.takes[must.poster])
        .count();
    if n_slots == 0 && !facts.takes_several(must.poster) {
        return listed.then_some(Err(Cause::NoSlot));
    }
    // Nobody asks for what staff took off, or for a board that is out of use.
    let (from, to) = (must.from, must.to);
    let off = problem.is_off(facts, must.poster, from, to);
    let is_closed = wall.is_closed(facts, must.poster, from, to);
    match (off || is_closed, listed && !off) {
        (true, false) => return None,
        (true, true) => return Some(Err(Cause::Closed)),
        (false, _) => {}
    }
    if let Some(refusal) = wall.refusal(problem, facts, must.poster, (must.from, must.to)) {
        return Some(Err(Cause::Refused(refusal)));
    }
    let sheet = sheet(must);
    let mut search = Search {
        moved: Vec::new(),
        tries_left: TRIES,
    };
    let found = match n_slots {
        0 => make_room_side_by_side(problem, facts, wall, sheet, &mut search),
        _ => make_room(problem, facts, wall, sheet, &mut search),
    };
    if found {
        return Some(Ok(()));
    }
    if n_slots == 0 {
        let n = fewest_sheets(facts, must.poster);
        return Some(Err(Cause::NotSideBySide { n }));
    }
    Some(Err(Cause::Taken {
        by: conflict::smallest(problem, wall, must).unwrap_or_else(|| holders(wall, facts, must)),
        n_slots,
    }))
}

/// Tells whether records say what hung on the board in those days.
fn is_history(wall: &Wall, facts: &BoardFacts, must: Must) -> bool {
    facts
        .periods
        .iter()
        .filter(|period| period.first <= must.to && must.from <= period.last)
        .any(|period| wall.has_records(period))
}

/// Hangs `sheet`, moving others to other slots where need be. The wall is as before where it
/// fails.
fn make_room(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &mut Wall,
    sheet: Sheet,
    search: &mut Search,
) -> bool {
    let rows = slots_in_order(problem, facts, wall, sheet);
    if let Some(&row) = rows
        .iter()
        .find(|&&row| wall.is_free(row, sheet.from, sheet.to))
    {
        wall.put(facts, row, sheet);
        return true;
    }
    if search.moved.len() >= MOVES {
        return false;
    }
    for row in rows {
        let others = wall.in_slot(row, sheet.from, sheet.to).to_vec();
        let fixed = |other: &Sheet| {
            is_fixed(problem, facts, row, other) || search.moved.contains(&other.poster)
        };
        if others.iter().any(fixed) {
            continue;
        }
        if search.tries_left == 0 {
            return false;
        }
        search.tries_left -= 1;
        let before = wall.clone();
        for &other in &others {
            wall.take(facts, row, other);
        }
        wall.put(facts, row, sheet);
        search.moved.push(sheet.poster);
        let all_found_room = others
            .iter()
            .all(|&other| make_room(problem, facts, wall, other, search));
        search.moved.pop();
        if all_found_room {
            return true;
        }
        *wall = before;
    }
    false
}

/// Hangs all sheets of a poster that takes several, moving others to other slots where need be: where they
/// were published, else where most of their slots are free. The wall is as before where it fails.
fn make_room_side_by_side(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &mut Wall,
    sheet: Sheet,
    search: &mut Search,
) -> bool {
    let kept = |row: usize| {
        let slot = &facts.slots[row].slot.id;
        let mut kept = problem.kept.iter();
        kept.any(|it| {
            it.board == facts.board.id
                && it.slot == *slot
                && problem.poster(&it.poster) == Some(sheet.poster)
        })
    };
    let mut runs: Vec<&Run> = facts.runs_of(sheet.poster).collect();
    runs.sort_by_key(|run| {
        let rows = || run.rows.iter();
        let n_kept = rows().filter(|row| kept(**row)).count();
        let n_taken = rows().filter(|row| !wall.is_free(**row, sheet.from, sheet.to));
        (Reverse(n_kept), n_taken.count(), run.rows.len())
    });
    for run in runs {
        let rows = run.rows.iter();
        let others: Vec<(usize, Sheet)> = rows
            .flat_map(|&row| {
                let others = wall.in_slot(row, sheet.from, sheet.to).iter();
                others.map(move |other| (row, *other))
            })
            .collect();
        if others
            .iter()
            .any(|(row, other)| is_fixed(problem, facts, *row, other))
        {
            continue;
        }
        let before = wall.clone();
        for (row, other) in &others {
            wall.take(facts, *row, *other);
        }
        for &row in &run.rows {
            wall.put(facts, row, sheet);
        }
        search.moved.push(sheet.poster);
        let mut others = others.iter();
        let all_found_room =
            others.all(|(_, other)| make_room(problem, facts, wall, *other, search));
        search.moved.pop();
        if all_found_room {
            return true;
        }
        *wall = before;
    }
    false
}

/// Narrows what must hang to the days that are left of it: to those of its sheets that are on record, where
/// there are some.
fn wanted(problem: &Problem, wall: &Wall, must: Must) -> Must {
    let hung = || {
        let sheets = wall.on(must.from, must.to);
        sheets.filter(|(_, sheet)| sheet.poster == must.poster)
    };
    let from = hung().map(|(_, sheet)| sheet.from).min();
    let to = hung().map(|(_, sheet)| sheet.to).max();
    Must {
        from: from.unwrap_or(must.from).max(must.from).max(problem.today),
        to: to.unwrap_or(must.to).min(must.to),
        ..must
    }
}

/// On how many sheets the poster hangs at least, where it takes several.
fn fewest_sheets(facts: &BoardFacts, poster: usize) -> usize {
    let sheets = facts.runs_of(poster).map(|run| run.rows.len());
    sheets.min().unwrap_or_default()
}

/// Hangs what is wanting of a poster of several sheets, of which some are on record in the slots `hung`,
/// where the slots beside them are free from today on; `false` where they are not, so that others must give
/// way.
fn complete(facts: &BoardFacts, wall: &mut Wall, rest: Must, hung: &[usize]) -> bool {
    // What the records have elsewhere is history, and nothing is asked of days gone by.
    let mut ways: Vec<Vec<usize>> = facts
        .runs_of(rest.poster)
        .filter_map(|run| way::wanting(run, hung))
        .collect();
    if ways.is_empty() || rest.to < rest.from {
        return true;
    }
    let free = |row: &usize| wall.is_free(*row, rest.from, rest.to);
    ways.retain(|rows| rows.iter().all(free));
    let Some(rows) = ways.into_iter().next() else {
        return false;
    };
    for row in rows {
        wall.put(facts, row, sheet(rest));
    }
    true
}

/// Tells whether a sheet stays where it is: it is on record, its page is gone, or it is one of several.
fn is_fixed(problem: &Problem, facts: &BoardFacts, row: usize, sheet: &Sheet) -> bool {
    sheet.origin != Origin::Planned
        || sheet.poster >= problem.posters.len()
        || !facts.slots[row].takes[sheet.poster]
}

/// Returns the slots that take the poster, the best first: those where it pushes the least aside
/// that was published; those where it leaves the fewest days that nothing else can use; then large ones for what must be seen, and for the rest those that
/// few other posters fit.
pub(super) fn slots_in_order(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &Wall,
    sheet: Sheet,
) -> Vec<usize> {
    let poster = &problem.posters[sheet.poster];
    let prominent = matches!(poster.stay, Stay::Exactly(..)) || poster.priority >= 3;
    let (first, last) = facts.whole_periods(sheet.from, sheet.to);
    let wasted = |row: usize| -> Day {
        let gaps = wall.gaps(row, first, last);
        let left = gaps
            .iter()
            .flat_map(|&(from, to)| [(from, to.min(sheet.from - 1)), (from.max(sheet.to + 1), to)]);
        left.map(|(from, to)| to - from + 1)
            .filter(|days| (1..facts.shortest).contains(days))
            .sum()
    };
    let mut rows: Vec<usize> = (0..facts.slots.len())
        .filter(|&row| facts.slots[row].takes[sheet.poster])
        .collect();
    rows.sort_by_cached_key(|&row| {
        let slot = &facts.slots[row];
        let size = if prominent { -slot.area } else { 0 };
        let place = (facts.board.id.as_str(), slot.slot.id.as_str());
        let pushed = problem.n_pushed(place, sheet.poster, sheet.from, sheet.to);
        (pushed, wasted(row), size, slot.choices, row)
    });
    rows
}

/// Returns the posters that hold the slots on the day when most of them are held.
fn holders(wall: &Wall, facts: &BoardFacts, must: Must) -> Vec<usize> {
    let rows: Vec<usize> = (0..facts.slots.len())
        .filter(|&row| {
            let mut runs = facts.runs_of(must.poster);
            facts.slots[row].takes[must.poster] || runs.any(|run| run.rows.contains(&row))
        })
        .collect();
    let on = |day: Day| -> Vec<usize> {
        let sheets = rows.iter().flat_map(|&row| wall.in_slot(row, day, day));
        sheets.map(|sheet| sheet.poster).collect()
    };
    let starts = rows
        .iter()
        .flat_map(|&row| wall.in_slot(row, must.from, must.to))
        .map(|sheet| sheet.from.max(must.from));
    let mut days: Vec<Day> = starts.collect();
    days.sort_unstable();
    days.into_iter().map(on).fold(Vec::new(), |most, held| {
        if held.len() > most.len() { held } else { most }
    })
}
