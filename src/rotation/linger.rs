//! Days on which a slot would be empty: what hangs before stays, or what comes next comes early.
//!
//! Nobody takes a sheet down to leave a bare board, and nobody walks twice within a week. Only
//! evergreens stretch, and only where no rule is broken by it; what is on record stays longer too,
//! unless it came down, and never comes earlier.

use super::Origin;
use super::facts::{BoardFacts, Day, PeriodFacts, Stay};
use super::fill::{open_from, spots};
use super::problem::Problem;
use super::wall::{Sheet, Wall};

/// So many days at most anything hangs before its period.
const LONGEST_LEAD: Day = 31;

/// Lets what is on record stay for some days that are too few for anything else. That is known
/// before evergreens are chosen, which then keep their distance.
pub(super) fn stay(problem: &Problem, walls: &mut [Wall]) {
    for (facts, wall) in problem.boards.iter().zip(walls) {
        for (row, (from, to)) in gaps(problem, facts, wall) {
            let before = wall.in_slot(row, from - 1, from - 1).first().copied();
            if let Some(sheet) = before.filter(|_| to - from + 1 < facts.shortest) {
                stretch(problem, facts, wall, row, (sheet, Sheet { to, ..sheet }));
            }
        }
    }
}

/// Fills gaps by stretching what hangs beside them.
pub(super) fn linger(problem: &Problem, walls: &mut [Wall]) {
    for (facts, wall) in problem.boards.iter().zip(walls) {
        linger_on(problem, facts, wall);
    }
}

/// Fills the gaps of one board.
pub(super) fn linger_on(problem: &Problem, facts: &BoardFacts, wall: &mut Wall) {
    for (row, gap) in gaps(problem, facts, wall) {
        fill(problem, facts, wall, row, gap);
    }
}

/// Returns the days on which slots are empty, as far as these are planned.
fn gaps(problem: &Problem, facts: &BoardFacts, wall: &Wall) -> Vec<(usize, (Day, Day))> {
    let Some(last) = facts.periods.last() else {
        return Vec::new();
    };
    let open = facts.periods.iter().find(|it| !problem.is_closed(it));
    let first = open
        .or(facts.periods.first())
        .map_or(last.first, |it| it.first);
    let is_planned = |gap: &(Day, Day)| !problem.has_records || problem.today <= gap.1;
    let of_row = |row: usize| {
        let gaps = wall.gaps(row, first, last.last).into_iter();
        gaps.filter(is_planned).map(move |gap| (row, gap))
    };
    (0..facts.slots.len()).flat_map(of_row).collect()
}

fn fill(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &mut Wall,
    row: usize,
    (from, to): (Day, Day),
) {
    let before = wall.in_slot(row, from - 1, from - 1).first().copied();
    let after = wall.in_slot(row, to + 1, to + 1).first().copied();
    let longer = before.map(|sheet| (sheet, Sheet { to, ..sheet }));
    // What hangs may have hung on in days gone by; what is to come did not.
    let today = |it: &&PeriodFacts| it.first <= problem.today && problem.today <= it.last;
    let present = facts.periods.iter().find(today);
    let open = present.map_or(from, |period| open_from(problem, wall, row, period));
    let open = open.clamp(from, to);
    let soon = after.filter(|_| to - open < LONGEST_LEAD);
    let earlier = soon.map(|sheet| {
        let from = open;
        (sheet, Sheet { from, ..sheet })
    });
    for (sheet, wanted) in longer.into_iter().chain(earlier) {
        if stretch(problem, facts, wall, row, (sheet, wanted)) {
            return;
        }
    }
    // As long as the rules let it: to the end of one of the periods.
    let periods = facts.periods.iter().rev();
    let ends = periods.filter(|it| from <= it.last && it.last < to);
    for (sheet, end) in before
        .into_iter()
        .flat_map(|it| ends.clone().map(move |end| (it, end.last)))
    {
        let wanted = Sheet { to: end, ..sheet };
        if stretch(problem, facts, wall, row, (sheet, wanted)) {
            return;
        }
    }
    let from = open;
    let is_short = (facts.shortest_between..facts.shortest).contains(&(to - from + 1));
    // Of a longer gap days gone by are as they were.
    let from = match problem.has_records && !is_short {
        true => from.max(problem.today),
        false => from,
    };
    let is_enough = to - from + 1 >= facts.shortest_between;
    if is_short || (is_enough && !is_cell(problem, facts, wall, row, (from, to))) {
        put_any(problem, facts, wall, row, (from, to));
    }
}

/// Tells whether the solver was asked what to hang on some of the days. It is not where a gap is
/// short, or so much of it as lies in each of two periods.
fn is_cell(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &Wall,
    row: usize,
    (from, to): (Day, Day),
) -> bool {
    let mut periods = (facts.periods.iter()).filter(|it| it.first <= to && from <= it.last);
    periods.any(|period| {
        let spots = spots(problem, facts, wall, period);
        spots
            .iter()
            .any(|it| it.row == row && it.from <= to && from <= it.to)
    })
}

/// Hangs what is worth most on just these days, if anything may hang.
fn put_any(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &mut Wall,
    row: usize,
    (from, to): (Day, Day),
) {
    let beside = wall.notices(problem, (from, to));
    let sheets = (0..problem.posters.len()).map(|poster| Sheet {
        from,
        to,
        poster,
        origin: Origin::Planned,
    });
    let may = |sheet: &Sheet| {
        facts.slots[row].takes[sheet.poster]
            && is_current(problem, *sheet)
            && (wall.refusal(problem, facts, sheet.poster, (from, to))).is_none()
    };
    let worth = |sheet: &Sheet| problem.worth(sheet.poster, (from, to), &beside).sum();
    // The first of equals.
    let best = sheets.filter(may).rev().max_by_key(worth);
    if let Some(sheet) = best {
        wall.put(facts, row, sheet);
    }
}

/// Lets `sheet` hang as `wanted` where it may hang so long. What is on record is left as it is, and
/// goes on in a sheet of its own.
fn stretch(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &mut Wall,
    row: usize,
    (sheet, wanted): (Sheet, Sheet),
) -> bool {
    let is_recorded = sheet.origin != Origin::Planned;
    if is_recorded
        && (wanted.from < sheet.from || problem.is_final(facts, row, (sheet.from, sheet.to)))
    {
        return false;
    }
    if !is_current(problem, wanted) {
        return false;
    }
    wall.take(facts, row, sheet);
    let days = (wanted.from, wanted.to);
    let allowed = wall.clash(problem, facts, wanted.poster, days).is_none();
    if allowed && !is_recorded {
        wall.put(facts, row, wanted);
        return true;
    }
    wall.put(facts, row, sheet);
    if allowed {
        let rest = Sheet {
            from: sheet.to + 1,
            origin: Origin::Planned,
            ..wanted
        };
        wall.put(facts, row, rest);
    }
    allowed
}

pub(super) fn is_current(problem: &Problem, sheet: Sheet) -> bool {
    let Some(poster) = problem.posters.get(sheet.poster) else {
        return false;
    };
    let off = poster.is_off(sheet.from, sheet.to);
    matches!(poster.stay, Stay::Rotating(first, last) if first <= sheet.from && sheet.to <= last && !off)
}
