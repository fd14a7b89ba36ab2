//! An urgent notice in mid-period: where it hangs with as few sheets moved as can be.
//!
//! Nothing is planned anew. What hangs or is published stays, but for the one sheet a board that
//! has to come down where no slot is free: never a notice that must hang, and of the rest the one
//! that is worth least.

use jiff::ToSpan;
use jiff::civil::Date;

use super::anneal::Effort;
use super::facts::{BoardFacts, Day, Demand, Stay, date, day_number};
use super::problem::Problem;
use super::wall::{Refusal, Sheet, Wall, same_topic};
use super::{Aim, Hanging, Origin, Records, agreed, way};
use crate::calendar::Period;
use crate::diag::{Diagnostics, Warned};
use crate::measure::Fits;
use crate::site::Site;

/// Where an urgent notice hangs.
#[derive(Debug, Clone)]
pub struct Insertion {
    /// Its hangings, in walking order.
    pub hangings: Vec<Inserted>,
    /// What the published plan would hold.
    pub published: Vec<Hanging>,
    /// The ids of boards that must take it and cannot, with what stands in the way.
    pub refused: Vec<(String, Hindrance)>,
}

/// A notice put up between others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inserted {
    /// The notice.
    pub hanging: Hanging,
    /// What comes down for it, with the days that it would have hung.
    pub instead_of: Vec<Hanging>,
    /// Whether the plan had it there already.
    pub was_planned: bool,
}

/// Why a notice cannot hang on a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    /// It fits no slot, or its page does not name the board.
    NoSlot,
    /// Each slot holds what must hang.
    Taken,
    /// It hung there too short a time ago.
    Repeats,
    /// Staff said that it does not hang there.
    Off,
    /// Something that must hang has its topic.
    Topic,
}

/// Finds room for the page `poster` from today on; `None` where it has no poster or no day left.
pub fn insertion(
    site: &Site,
    fits: &Fits,
    records: &Records,
    poster: &str,
) -> Warned<Option<Insertion>> {
    let mut diagnostics = Diagnostics::default();
    let aim = (Aim::CarryOut, Effort::Quick.into());
    let (problem, solution) = agreed::solved(site, fits, records, aim, &mut diagnostics);
    let value = problem
        .poster(poster)
        .and_then(|number| insert(&problem, &solution.walls, records, number));
    Warned { value, diagnostics }
}

fn insert(
    problem: &Problem,
    walls: &[Wall],
    records: &Records,
    poster: usize,
) -> Option<Insertion> {
    let facts = &problem.posters[poster];
    let demands_all = facts.demand == Demand::Every;
    let mut found: Vec<Found> = Vec::new();
    let mut refused = Vec::new();
    for (at, board) in problem.boards.iter().enumerate() {
        let days = days(problem, board, facts.stay)?;
        match place(problem, board, &walls[at], (poster, days)) {
            Ok(spot) => found.push(Found { board: at, ..spot }),
            Err(Hindrance::NoSlot) if !names(problem, poster, board) => {}
            Err(hindrance) => refused.push((board.board.id.clone(), hindrance)),
        }
    }
    if !demands_all && found.iter().any(|spot| spot.was_planned) {
        // Wherever it is planned it stays.
        found.retain(|spot| spot.was_planned);
        refused.clear();
    } else if !demands_all {
        // One board is enough, and the one where the fewest sheets move is taken.
        found.sort_by_key(|spot| (spot.others.len(), spot.loss, spot.board));
        found.truncate(1);
        if !found.is_empty() {
            refused.clear();
        }
    }
    let published = lock(problem, records, walls, &found);
    let hangings = found.iter().flat_map(|spot| inserted(problem, spot));
    let hangings = hangings.collect();
    Some(Insertion {
        hangings,
        published,
        refused,
    })
}

/// Returns the posters that would come down for a notice on the board `at`, where it can hang.
pub(super) fn spot(
    problem: &Problem,
    walls: &[Wall],
    (at, poster): (usize, usize),
) -> Option<Vec<usize>> {
    let facts = &problem.boards[at];
    let days = days(problem, facts, problem.posters[poster].stay)?;
    let found = place(problem, facts, &walls[at], (poster, days)).ok()?;
    Some(found.others.iter().map(|(_, sheet)| sheet.poster).collect())
}

/// Tells whether the poster's page names the board.
fn names(problem: &Problem, poster: usize, board: &BoardFacts) -> bool {
    let wish = problem.posters[poster].page.poster.as_ref();
    wish.is_some_and(|wish| wish.boards.iter().any(|id| id.value == board.board.id))
}

/// Returns the days from today on: those of the notice, or the rest of the period for what
/// rotates.
fn days(problem: &Problem, board: &BoardFacts, stay: Stay) -> Option<(Day, Day)> {
    let (from, to) = match stay {
        Stay::Exactly(from, to) | Stay::While(from, to) => (from, to),
        Stay::Rotating(from, to) => {
            let begin = from.max(problem.today);
            let period = Period::containing(board.board.cadence, date(begin));
            (begin, to.min(day_number(period.last())))
        }
    };
    let days = (from.max(problem.today), to);
    (days.0 <= days.1).then_some(days)
}

/// Slots for the notice, with what comes down.
#[derive(Debug, Clone)]
struct Found {
    board: usize,
    /// Several where it takes several sheets.
    rows: Vec<usize>,
    sheet: Sheet,
    others: Vec<(usize, Sheet)>,
    loss: i64,
    was_planned: bool,
}

/// Finds the slot of a board in which the fewest sheets have to move.
fn place(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &Wall,
    (poster, (from, to)): (usize, (Day, Day)),
) -> Result<Found, Hindrance> {
    let sheet = Sheet {
        from,
        to,
        poster,
        origin: Origin::Published,
    };
    let there = wall.on(from, to).filter(|(_, it)| it.poster == poster);
    let there: Vec<(usize, Sheet)> = there.collect();
    let hung: Vec<usize> = there.iter().map(|(row, _)| *row).collect();
    let ways = ways(facts, poster, &hung);
    if let Some((_, other)) = there.first()
        && (!facts.takes_several(poster) || ways.iter().any(Vec::is_empty))
    {
        return Ok(Found {
            board: 0,
            rows: hung,
            sheet: Sheet {
                origin: Origin::Published,
                ..*other
            },
            others: Vec::new(),
            loss: 0,
            was_planned: true,
        });
    }
    let refusal = wall.refusal(problem, facts, poster, (from, to));
    // What hangs already and wants a sheet more does not repeat itself.
    let same = match refusal.filter(|it| there.is_empty() || *it != Refusal::Repeats) {
        None => None,
        Some(Refusal::Repeats) => return Err(Hindrance::Repeats),
        Some(Refusal::Off) => return Err(Hindrance::Off),
        Some(Refusal::Topic(_)) => Some(same_topic_sheets(problem, facts, wall, sheet)),
    };
    if same
        .iter()
        .flatten()
        .any(|(_, other)| must_hang(problem, other))
    {
        return Err(Hindrance::Topic);
    }
    let mut spots: Vec<Found> = Vec::new();
    for rows in &ways {
        let mut others: Vec<(usize, Sheet)> = (rows.iter())
            .flat_map(|&row| {
                let others = wall.in_slot(row, from, to).iter();
                others.map(move |other| (row, *other))
            })
            .collect();
        let beside = same.iter().flatten();
        others.extend(beside.filter(|(other, _)| !rows.contains(other)));
        // One of several sheets does not go alone.
        let stays = |other: &Sheet| must_hang(problem, other) || facts.takes_several(other.poster);
        if others.iter().any(|(_, other)| stays(other)) {
            continue;
        }
        let loss = others.iter().map(|(_, other)| worth(problem, other)).sum();
        spots.push(Found {
            board: 0,
            rows: rows.clone(),
            sheet,
            others,
            loss,
            was_planned: false,
        });
    }
    let best = spots
        .into_iter()
        .min_by_key(|spot| (spot.others.len(), spot.loss, spot.rows.clone()));
    best.ok_or(match ways.len() {
        0 => Hindrance::NoSlot,
        _ => Hindrance::Taken,
    })
}

/// Returns the slots that the poster may take: one, or what it wants beside those in which it hangs already
/// where it takes several.
fn ways(facts: &BoardFacts, poster: usize, hung: &[usize]) -> Vec<Vec<usize>> {
    let alone = (0..facts.slots.len()).filter(|&row| facts.slots[row].takes[poster]);
    let runs = facts.runs_of(poster);
    let runs = runs.filter_map(|run| way::wanting(run, hung));
    alone.map(|row| vec![row]).chain(runs).collect()
}

/// Returns the sheets of the notice's topic in its periods: they would have to come down as well.
fn same_topic_sheets(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &Wall,
    sheet: Sheet,
) -> Vec<(usize, Sheet)> {
    let wanted = &problem.posters[sheet.poster];
    let (first, last) = facts.whole_periods(sheet.from, sheet.to);
    let of_topic = |(_, other): &(usize, Sheet)| {
        let other = problem.posters.get(other.poster);
        other.is_some_and(|other| same_topic(wanted, other))
    };
    wall.on(first, last).filter(of_topic).collect()
}

fn must_hang(problem: &Problem, sheet: &Sheet) -> bool {
    let poster = problem.posters.get(sheet.poster);
    poster.is_none_or(|poster| {
        poster.demand != Demand::Nowhere && !matches!(poster.stay, Stay::Rotating(..))
    })
}

/// Returns what is lost when a sheet comes down: what hangs already is dearer than what is only
/// planned, and a notice dearer than an evergreen.
fn worth(problem: &Problem, sheet: &Sheet) -> i64 {
    let hangs = i64::from(sheet.from <= problem.today && sheet.origin != Origin::Planned);
    let Some(poster) = problem.posters.get(sheet.poster) else {
        return 0;
    };
    let notice = i64::from(!matches!(poster.stay, Stay::Rotating(..)));
    1 + poster.priority + 10 * notice + 5 * hangs
}

/// Returns a hanging a sheet; what comes down in other slots comes down for the first.
fn inserted(problem: &Problem, spot: &Found) -> Vec<Inserted> {
    let board = &problem.boards[spot.board];
    let first = spot.rows.first();
    let for_row = |row: usize| {
        let others = spot.others.iter().filter(move |(other, _)| {
            *other == row || (first == Some(&row) && !spot.rows.contains(other))
        });
        others.map(|(row, sheet)| hanging(problem, board, *row, *sheet))
    };
    let rows = spot.rows.iter();
    rows.map(|&row| Inserted {
        hanging: hanging(problem, board, row, spot.sheet),
        instead_of: for_row(row).collect(),
        was_planned: spot.was_planned,
    })
    .collect()
}

fn hanging(problem: &Problem, facts: &BoardFacts, row: usize, sheet: Sheet) -> Hanging {
    let poster = problem.posters.get(sheet.poster);
    Hanging {
        board: facts.board.id.clone(),
        slot: (facts.slots.get(row)).map_or_else(String::new, |slot| slot.slot.id.clone()),
        from: date(sheet.from),
        to: date(sheet.to),
        poster: poster.map_or_else(String::new, |poster| poster.page.id.clone()),
        origin: sheet.origin,
    }
}

/// Returns the published plan with the notice in it. What hangs by the plan alone while the
/// notice goes up is published with it, so that nothing else moves.
fn lock(problem: &Problem, records: &Records, walls: &[Wall], found: &[Found]) -> Vec<Hanging> {
    let before = records.published.iter().flat_map(|plan| &plan.hangings);
    let mut lock: Vec<Hanging> = before.cloned().collect();
    let begins = found.iter().map(|spot| spot.sheet.from).min();
    if let Some(begins) = begins {
        for (facts, wall) in problem.boards.iter().zip(walls) {
            let planned = wall.on(problem.today, begins);
            let planned = planned.filter(|(_, sheet)| sheet.origin == Origin::Planned);
            lock.extend(planned.map(|(row, sheet)| hanging(problem, facts, row, sheet)));
        }
    }
    for spot in found {
        let facts = &problem.boards[spot.board];
        let begins = date(spot.sheet.from);
        for (row, other) in &spot.others {
            let other = hanging(problem, facts, *row, *other);
            cut(&mut lock, &other, begins);
        }
        lock.retain(|other| {
            (other.board.as_str(), other.poster.as_str())
                != (&facts.board.id, &problem.posters[spot.sheet.poster].page.id)
                || other.to < begins
        });
        let new = (spot.rows.iter()).map(|&row| hanging(problem, facts, row, spot.sheet));
        lock.extend(new.filter(|_| !spot.was_planned));
        // Those of its sheets that hang already, each with its own days.
        let wall = &walls[spot.board];
        let all = wall.on(spot.sheet.from, spot.sheet.to);
        for (row, it) in all.filter(|(_, it)| it.poster == spot.sheet.poster) {
            give_way(&mut lock, (problem, facts, wall), (row, it));
            lock.push(hanging(problem, facts, row, it));
        }
    }
    for hanging in &mut lock {
        hanging.origin = Origin::Published;
    }
    lock.sort();
    lock.dedup();
    lock
}

/// Lets what is published in a slot give way to `sheet` as the plan has it already: it ends before, goes
/// on afterwards, or does not hang.
fn give_way(
    lock: &mut Vec<Hanging>,
    (problem, facts, wall): (&Problem, &BoardFacts, &Wall),
    (row, sheet): (usize, Sheet),
) {
    let own = hanging(problem, facts, row, sheet);
    let is_in_the_way = |it: &Hanging| {
        (&it.board, &it.slot) == (&own.board, &own.slot)
            && it.poster != own.poster
            && it.from <= own.to
            && own.from <= it.to
    };
    let (away, kept): (Vec<Hanging>, Vec<Hanging>) = lock.drain(..).partition(is_in_the_way);
    *lock = kept;
    for other in away {
        let (first, last) = (day_number(other.from), day_number(other.to));
        let left = wall.in_slot(row, first, last).iter().map(|it| Sheet {
            from: it.from.max(first),
            to: it.to.min(last),
            ..*it
        });
        let left = left.map(|it| hanging(problem, facts, row, it));
        lock.extend(left.filter(|it| it.poster == other.poster));
    }
}

/// Ends a hanging before `day`, or takes it out where it would begin only then.
fn cut(lock: &mut Vec<Hanging>, other: &Hanging, day: Date) {
    let same = |hanging: &Hanging| {
        (&hanging.board, &hanging.slot, hanging.from) == (&other.board, &other.slot, other.from)
    };
    lock.retain(|hanging| !same(hanging) || hanging.from < day);
    for hanging in lock.iter_mut().filter(|hanging| same(hanging)) {
        hanging.to = hanging.to.min(day.saturating_sub(1.day()));
    }
}
