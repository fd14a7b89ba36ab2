//! Days on which a slot would be empty: what hangs before stays, or what comes next comes early.
//!
//! Nobody takes a sheet down to leave a bare board, and nobody walks twice within a week. Only
//! planned evergreens stretch, and only where no rule is broken by it.

use super::Origin;
use super::facts::{BoardFacts, Day, Stay};
use super::problem::Problem;
use super::wall::{Sheet, Wall};

/// So many days at most anything hangs before its period.
const LONGEST_LEAD: Day = 31;

/// Fills gaps by stretching what hangs beside them.
pub(super) fn linger(problem: &Problem, walls: &mut [Wall]) {
    for (facts, wall) in problem.boards.iter().zip(walls) {
        let (Some(first), Some(last)) = (facts.periods.first(), facts.periods.last()) else {
            continue;
        };
        let open = facts.periods.iter().find(|it| !problem.is_closed(it));
        let (first, last) = (open.map_or(first.first, |it| it.first), last.last);
        for row in 0..facts.slots.len() {
            for gap in wall.gaps(row, first, last) {
                if !problem.has_records || problem.today <= gap.1 {
                    fill(problem, facts, wall, row, gap);
                }
            }
        }
    }
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
    let soon = after.filter(|_| to - from < LONGEST_LEAD);
    let earlier = soon.map(|sheet| (sheet, Sheet { from, ..sheet }));
    for (sheet, wanted) in longer.into_iter().chain(earlier) {
        if stretch(problem, facts, wall, row, (sheet, wanted)) {
            return;
        }
    }
    // As long as the rules let it: to the end of one of the periods.
    let Some(sheet) = before else { return };
    let periods = facts.periods.iter().rev();
    for period in periods.filter(|it| from <= it.last && it.last < to) {
        let wanted = Sheet {
            to: period.last,
            ..sheet
        };
        if stretch(problem, facts, wall, row, (sheet, wanted)) {
            return;
        }
    }
}

/// Puts `wanted` in the place of `sheet` where it may hang so long.
fn stretch(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &mut Wall,
    row: usize,
    (sheet, wanted): (Sheet, Sheet),
) -> bool {
    if sheet.origin != Origin::Planned || !is_current(problem, wanted) {
        return false;
    }
    wall.take(facts, row, sheet);
    let days = (wanted.from, wanted.to);
    let allowed = wall.clash(problem, facts, wanted.poster, days).is_none();
    wall.put(facts, row, if allowed { wanted } else { sheet });
    allowed
}

fn is_current(problem: &Problem, sheet: Sheet) -> bool {
    let Some(poster) = problem.posters.get(sheet.poster) else {
        return false;
    };
    let off = poster.days_off(sheet.from, sheet.to) * 2 > sheet.to - sheet.from + 1;
    matches!(poster.stay, Stay::Rotating(first, last) if first <= sheet.from && sheet.to <= last && !off)
}
