//! Who gives way to whom: a sheet that comes between others, what that costs, and how what gave
//! way comes back.
//!
//! Nothing gives way in days gone by. What is on record costs more to move than what is only
//! planned, and the more the nearer its day: somebody has printed it, or is about to hang it.

use super::Origin;
use super::facts::{BoardFacts, Day, Demand, Run, Stay};
use super::problem::Problem;
use super::wall::{Sheet, Wall};

/// From so many days ahead on a change gets dearer day by day.
const NEAR: Day = 30;

/// How many times as dear a change of today is, beyond what one of next month costs.
const DEARER: i64 = 3;

/// What must hang is dearer than so many notices.
const MUST: i64 = 100;

/// How much a sheet has to be where it is; each gives way to those behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// An evergreen.
    Guide,
    /// A notice that may hang.
    Notice,
    /// A notice that must hang.
    Must,
    /// An urgent notice.
    Urgent,
    /// A public notice in its posting period; and what has no page any more.
    Posting,
}

/// A slot in which a sheet can come between others, or those side by side for one of several.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub(super) rows: Vec<usize>,
    /// What gives way, in points.
    pub(super) loss: i64,
    area: i64,
}

/// What gave way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Displaced {
    pub(super) poster: usize,
    /// Whether it hung before that.
    pub(super) hung: bool,
    /// The day on which it hangs again.
    pub(super) back: Option<Day>,
}

/// A sheet that got in between others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entered {
    pub(super) board: usize,
    pub(super) row: usize,
    pub(super) sheet: Sheet,
    pub(super) displaced: Vec<Displaced>,
}

/// Returns the rank of a poster by its number.
pub(super) fn rank(problem: &Problem, poster: usize) -> Rank {
    let Some(facts) = problem.posters.get(poster) else {
        return Rank::Posting;
    };
    match (facts.stay, facts.demand) {
        (Stay::Exactly(..), _) => Rank::Posting,
        (Stay::While(..), _) if facts.urgent => Rank::Urgent,
        (Stay::While(..), Demand::Nowhere) => Rank::Notice,
        (Stay::While(..), _) => Rank::Must,
        (Stay::Rotating(..), _) => Rank::Guide,
    }
}

/// Finds the slot of a board in which the sheet costs the others least: an empty one, if any.
pub(super) fn cheapest(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &Wall,
    sheet: Sheet,
) -> Option<Way> {
    let hung = wall.on(sheet.from, sheet.to);
    let hung = hung.filter(|(_, it)| it.poster == sheet.poster);
    let hung: Vec<usize> = hung.map(|(row, _)| row).collect();
    let alone = (0..facts.slots.len()).filter(|&row| facts.slots[row].takes[sheet.poster]);
    let runs = facts.runs_of(sheet.poster);
    let runs = runs.filter_map(|run| wanting(run, &hung));
    let ways = alone.map(|row| vec![row]).chain(runs).filter_map(|rows| {
        let others: Vec<(usize, Sheet)> = (rows.iter())
            .flat_map(|&row| {
                let others = wall.in_slot(row, sheet.from, sheet.to).iter();
                others.map(move |other| (row, *other))
            })
            .collect();
        let give_way =
            |(row, other): &(usize, Sheet)| gives_way(problem, facts, *row, other, sheet);
        others.iter().all(give_way).then(|| Way {
            loss: (others.iter())
                .map(|(_, other)| loss(problem, other, other.from.max(sheet.from)))
                .sum(),
            area: rows.iter().map(|&row| facts.slots[row].area).sum(),
            rows,
        })
    });
    ways.min_by_key(|way| (way.loss, -way.area, way.rows.first().copied()))
}

/// Tells whether what hangs in the slot gives way to a sheet.
pub(super) fn gives_way(
    problem: &Problem,
    facts: &BoardFacts,
    row: usize,
    other: &Sheet,
    sheet: Sheet,
) -> bool {
    let to_come = other.origin == Origin::Planned || problem.today <= sheet.from;
    let place = (facts.board.id.as_str(), facts.slots[row].slot.id.as_str());
    let pinned = problem.is_pinned(place, other.from, other.to);
    // One of several sheets does not go alone.
    let alone = !facts.takes_several(other.poster);
    to_come && !pinned && alone && rank(problem, other.poster) < rank(problem, sheet.poster)
}

/// Returns the slots of `run` that a poster of several sheets wants beside those in which it hangs; `None`
/// where it hangs in others too.
pub(super) fn wanting(run: &Run, hung: &[usize]) -> Option<Vec<usize>> {
    let holds_all = hung.iter().all(|row| run.rows.contains(row));
    let wanting = run.rows.iter().filter(|row| !hung.contains(row));
    holds_all.then(|| wanting.copied().collect())
}

/// Returns what is lost where a sheet gives way from `day` on.
fn loss(problem: &Problem, sheet: &Sheet, day: Day) -> i64 {
    let weights = problem.weights;
    let priority = problem
        .posters
        .get(sheet.poster)
        .map_or(0, |it| it.priority);
    let own = match rank(problem, sheet.poster) {
        Rank::Guide => 1 + priority * weights.priority,
        Rank::Notice => weights.notice * (1 + priority),
        Rank::Must | Rank::Urgent | Rank::Posting => weights.notice * (MUST + priority),
    };
    match sheet.origin {
        Origin::Planned => own,
        Origin::Ledger | Origin::Published => own + price(weights.keep, day - problem.today),
    }
}

/// Returns what a change of a plan that stands costs so many days ahead.
pub(super) fn price(keep: i64, ahead: Day) -> i64 {
    let near = i64::from((NEAR - ahead).clamp(0, NEAR));
    keep + keep * DEARER * near / i64::from(NEAR)
}

/// Hangs the sheet; what hangs there ends before and comes back after it.
pub(super) fn push_in(
    facts: &BoardFacts,
    wall: &mut Wall,
    row: usize,
    sheet: Sheet,
) -> Vec<Displaced> {
    let mut displaced = Vec::new();
    for other in wall.in_slot(row, sheet.from, sheet.to).to_vec() {
        wall.take(facts, row, other);
        let before = Sheet {
            to: sheet.from - 1,
            ..other
        };
        let before = Some(before).filter(|it| it.from <= it.to);
        let after = Sheet {
            from: sheet.to.saturating_add(1),
            origin: match other.origin {
                Origin::Ledger => Origin::Planned,
                origin => origin,
            },
            ..other
        };
        let after = Some(after).filter(|it| it.from <= it.to);
        for piece in before.into_iter().chain(after) {
            wall.put(facts, row, piece);
        }
        displaced.push(Displaced {
            poster: other.poster,
            hung: before.is_some(),
            back: after.map(|piece| piece.from),
        });
    }
    wall.put(facts, row, sheet);
    displaced
}
