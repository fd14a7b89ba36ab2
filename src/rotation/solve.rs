//! The planner: what must hang first, then notices and evergreens period by period in the order
//! of time, then all evergreens once more together.
//!
//! Going by time gives a start in which hardly a slot is empty. The solver ([`anneal`]) then
//! betters the choice of evergreens over all boards and periods at once: that is where copies are
//! saved, which a choice for one board and month cannot see. Nothing here is random and nothing
//! reads a clock. History is kept still by what is on record, not by the order of planning: a site
//! that publishes its plan sees it change only where a change is proposed to it.
//!
//! [`anneal`]: super::anneal

use super::demand::{self, Cause, Failure};
use super::facts::{BoardFacts, Day, Demand, PeriodFacts, PosterFacts, Stay, date, day_number};
use super::newcomers;
use super::problem::{Must, Problem};
use super::puzzle::{Puzzle, Solved, open_cells};
use super::score::{self, Copies};
use super::solver::Solver;
use super::wall::{Sheet, Wall};
use super::way::Entered;
use super::{Hanging, Origin, Plan, fair, fill, join, linger};

/// A plan with what it could not do.
pub(super) struct Solution {
    pub(super) plan: Plan,
    /// What hangs before urgent notices come over it, sheet by sheet.
    pub(super) calm: Vec<Hanging>,
    /// What is left free then.
    pub(super) gaps: Vec<Gap>,
    /// What must hang and does not.
    pub(super) failures: Vec<Failure>,
    /// Board, slot and period, by number, of slots that are empty for a whole period.
    pub(super) empty: Vec<(usize, usize, usize)>,
    /// What hangs on each board.
    pub(super) walls: Vec<Wall>,
    /// What got in among what was on record, and urgent notices.
    pub(super) entered: Vec<Entered>,
    /// The choice of evergreens.
    pub(super) solved: Solved,
}

/// Days of a slot, within one period, on which an evergreen might hang and none does.
#[derive(Debug, Clone)]
pub(super) struct Gap {
    pub(super) board: String,
    pub(super) slot: String,
    pub(super) from: Day,
    pub(super) to: Day,
}

/// Makes the plan.
pub(super) fn solve(problem: &Problem, solver: Solver) -> Solution {
    let mut walls = on_record(problem);
    // What must hang comes first, where it was published so in its own slot; the rest of what was
    // published then keeps what is left.
    hang_kept(problem, &mut walls, |poster| {
        !poster.rotates() && poster.demand != Demand::Nowhere
    });
    let mut entered = Vec::new();
    let failures = demand::place_all(problem, &mut walls, &mut entered, |_| true);
    hang_kept(problem, &mut walls, |poster| {
        poster.demand == Demand::Nowhere || poster.rotates()
    });
    entered.extend(newcomers::enter(problem, &mut walls));
    let mut copies = Copies::new(problem);
    for (board, at) in in_time(problem) {
        let facts = &problem.boards[board];
        copies.count(problem, &walls, &facts.periods[at]);
        fill::fill(problem, facts, &mut walls[board], &copies, at);
        copies.count(problem, &walls, &facts.periods[at]);
    }
    fair::share(problem, &mut walls);
    let solved = Puzzle::of(problem, &mut walls).solve(problem, &mut walls, solver);
    linger::linger(problem, &mut walls);
    join::join(problem, &mut walls);
    finish(problem, walls, (failures, entered), solved)
}

/// Returns the boards with what is on record.
pub(super) fn on_record(problem: &Problem) -> Vec<Wall> {
    let boards = problem.boards.iter();
    boards.map(|facts| Wall::new(problem, facts)).collect()
}

/// Hangs urgent notices over the finished plan, and says what is wanting.
pub(super) fn finish(
    problem: &Problem,
    mut walls: Vec<Wall>,
    (mut failures, mut entered): (Vec<Failure>, Vec<Entered>),
    solved: Solved,
) -> Solution {
    let (calm, gaps) = (sheets(problem, &walls), gaps(problem, &walls));
    entered.extend(newcomers::urgent(problem, &mut walls));
    failures.extend(owed(problem, &walls));
    failures.extend(on_too_few_boards(problem, &walls));
    failures.retain(|failure| problem.today <= failure.must.to);
    Solution {
        plan: plan(problem, &walls),
        calm,
        gaps,
        failures,
        empty: empty(problem, &walls),
        walls,
        entered,
        solved,
    }
}

/// Hangs what the published plan says of days to come, as far as the rules still allow it; from
/// here on it is a plan like any other, but for the bonus that it gains where it stays.
fn hang_kept(problem: &Problem, walls: &mut [Wall], which: impl Fn(&PosterFacts) -> bool) {
    for hanging in &problem.kept {
        let board = (problem.boards.iter()).position(|facts| facts.board.id == hanging.board);
        let Some(board) = board else { continue };
        let facts = &problem.boards[board];
        let row = (facts.slots.iter()).position(|slot| slot.slot.id == hanging.slot);
        let Some((row, poster)) = row.zip(problem.poster(&hanging.poster)) else {
            continue;
        };
        if !which(&problem.posters[poster]) {
            continue;
        }
        let sheet = Sheet {
            from: day_number(hanging.from),
            to: day_number(hanging.to),
            poster,
            origin: Origin::Planned,
        };
        let wall = &mut walls[board];
        let days = (sheet.from, sheet.to);
        let allowed = facts.slots[row].takes[poster]
            && may_hang(problem.posters[poster].stay, days)
            && wall.is_free(row, sheet.from, sheet.to)
            && wall.refusal(problem, facts, poster, days).is_none();
        if allowed {
            wall.put(facts, row, sheet);
        }
    }
}

/// Tells whether a poster that stays so long may hang on just these days.
fn may_hang(stay: Stay, (from, to): (Day, Day)) -> bool {
    match stay {
        Stay::Exactly(first, last) => (first, last) == (from, to),
        Stay::While(first, last) | Stay::Rotating(first, last) => first <= from && to <= last,
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
            let has_a_chance = has_room(problem, facts, wall, number, (from, to));
            if has_a_chance && score::is_owed(problem, wall, number) {
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

/// Tells whether a poster that goes round may still come up on a board: in a period that is not over,
/// in a slot of which nothing on record says what hangs there. Where it may not, no plan is at fault.
fn has_room(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &Wall,
    poster: usize,
    (from, to): (Day, Day),
) -> bool {
    let whole = |period: &&PeriodFacts| from <= period.first && period.last <= to;
    let open = facts.periods.iter().filter(whole);
    let mut open = open.filter(|period| !problem.is_closed(period));
    open.any(|period| {
        let mut rows = (0..facts.slots.len()).filter(|row| facts.slots[*row].takes[poster]);
        rows.any(|row| !wall.is_recorded(row, period))
    })
}

/// Finds posters that hang on fewer boards than their pages ask for, with the first board that
/// could take them and does not.
fn on_too_few_boards(problem: &Problem, walls: &[Wall]) -> Vec<Failure> {
    let (first, last) = (day_number(problem.first), day_number(problem.last));
    let mut failures = Vec::new();
    for (number, poster) in problem.posters.iter().enumerate() {
        let (Stay::Exactly(from, to) | Stay::While(from, to) | Stay::Rotating(from, to)) =
            poster.stay;
        if poster.at_least == 0 || to < first || last < from {
            continue;
        }
        let n_slots = |board: &BoardFacts| -> usize {
            let single = board.slots.iter().filter(|slot| slot.takes[number]);
            single.count() + board.runs_of(number).count()
        };
        let shows = |wall: &Wall| {
            wall.on(first, last)
                .any(|(_, sheet)| sheet.poster == number)
        };
        let boards = problem.boards.iter().zip(walls).enumerate();
        let able: Vec<_> = boards
            .filter(|(_, (facts, _))| n_slots(facts) > 0)
            .collect();
        if able.len() < poster.at_least && !problem.boards.is_empty() {
            failures.push(Failure {
                must: Must {
                    board: able.first().map_or(0, |(board, _)| *board),
                    poster: number,
                    from: from.max(first),
                    to: to.min(last),
                },
                cause: Cause::TooFewBoards { able: able.len() },
            });
            continue;
        }
        let n_shown = able.iter().filter(|(_, (_, wall))| shows(wall)).count();
        let rotates = matches!(poster.stay, Stay::Rotating(..));
        let bare = able.iter().find(|(_, (facts, wall))| {
            let days = (from.max(first), to.min(last));
            !shows(wall) && (!rotates || has_room(problem, facts, wall, number, days))
        });
        if let Some((board, (facts, _))) = bare.filter(|_| n_shown < poster.at_least) {
            failures.push(Failure {
                must: Must {
                    board: *board,
                    poster: number,
                    from: from.max(first),
                    to: to.min(last),
                },
                cause: Cause::Taken {
                    by: Vec::new(),
                    n_slots: n_slots(facts),
                },
            });
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
    // What is on record may have given way, but for what only history knows.
    let on_a_wall = |hanging: &Hanging| {
        let board = problem.boards.iter();
        let mut board = board.filter(|facts| facts.board.id == hanging.board);
        board.any(|facts| facts.slots.iter().any(|it| it.slot.id == hanging.slot))
            && problem.poster(&hanging.poster).is_some()
    };
    let mut hangings = problem.recorded.clone();
    hangings.retain(|hanging| !on_a_wall(hanging));
    for (facts, wall) in problem.boards.iter().zip(walls) {
        hangings.extend(hung(problem, facts, wall));
    }
    hangings.sort();
    Plan {
        hangings,
        planned: Some((problem.first, problem.last)),
        lost: Vec::new(),
        changed: Default::default(),
    }
}

/// Returns every sheet on the boards.
fn sheets(problem: &Problem, walls: &[Wall]) -> Vec<Hanging> {
    let boards = problem.boards.iter().zip(walls);
    boards
        .flat_map(|(facts, wall)| {
            known(problem, facts, wall).map(|(row, sheet)| hanging(problem, facts, row, sheet))
        })
        .collect()
}

fn gaps(problem: &Problem, walls: &[Wall]) -> Vec<Gap> {
    let cells = open_cells(problem, walls).into_iter();
    cells
        .map(|(spot, _)| {
            let facts = &problem.boards[spot.board];
            Gap {
                board: facts.board.id.clone(),
                slot: facts.slots[spot.row].slot.id.clone(),
                from: spot.from,
                to: spot.to,
            }
        })
        .collect()
}

/// Returns what hangs in slots that there are, of pages that there are.
fn known<'w>(
    problem: &'w Problem,
    facts: &'w BoardFacts,
    wall: &'w Wall,
) -> impl Iterator<Item = (usize, Sheet)> + 'w {
    wall.all()
        .filter(|(row, sheet)| *row < facts.slots.len() && sheet.poster < problem.posters.len())
}

fn hanging(problem: &Problem, facts: &BoardFacts, row: usize, sheet: Sheet) -> Hanging {
    Hanging {
        board: facts.board.id.clone(),
        slot: facts.slots[row].slot.id.clone(),
        from: date(sheet.from),
        to: date(sheet.to),
        poster: problem.posters[sheet.poster].page.id.clone(),
        origin: sheet.origin,
    }
}

/// Returns what hangs on a board. What is on record and lingers is one hanging.
fn hung(problem: &Problem, facts: &BoardFacts, wall: &Wall) -> Vec<Hanging> {
    let mut hung: Vec<(usize, Sheet)> = Vec::new();
    for (row, sheet) in known(problem, facts, wall) {
        let before = hung.last_mut().filter(|(of, before)| {
            *of == row
                && before.poster == sheet.poster
                && before.to + 1 == sheet.from
                && before.origin != Origin::Planned
                && sheet.origin == Origin::Planned
        });
        match before {
            Some((_, before)) => before.to = sheet.to,
            None => hung.push((row, sheet)),
        }
    }
    let hung = hung.into_iter();
    hung.map(|(row, sheet)| hanging(problem, facts, row, sheet))
        .collect()
}
