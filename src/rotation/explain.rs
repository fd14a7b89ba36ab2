//! Why the plan is as it is: what each poster of a slot gained and what the others lacked.
//!
//! Everything is asked of [`anneal::explain`], whose terms add up to what the planner itself went
//! by: a poster's gain is the difference that it makes.

use super::anneal::{self, Effort, Parts, Refusal};
use super::problem::{Problem, Stay, date};
use super::puzzle::{CellSpot, POINT, Solved};
use super::solve;
use super::{Aim, Hanging, Origin, Records};
use crate::calendar::Period;
use crate::diag::Diagnostics;
use crate::measure::Fits;
use crate::site::{Board, Site, Slot};

/// Why a slot shows what it shows in a period.
#[derive(Debug, Clone)]
pub struct Why<'a> {
    /// The board.
    pub board: &'a Board,
    /// The slot.
    pub slot: &'a Slot,
    /// The period.
    pub period: Period,
    /// What hangs by itself: on record, or because it must.
    pub fixed: Vec<(Hanging, Because)>,
    /// What was chosen.
    pub chosen: Vec<Choice>,
}

/// Why something hangs that nobody chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// The ledger says that it hung.
    Ledger,
    /// The published plan says so.
    Published,
    /// Its posting period.
    Posting,
    /// It is a notice and current.
    Notice,
}

/// A choice for some days.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The slot's days, and the poster; `None` where none may hang.
    pub hanging: Option<Hanging>,
    /// What it gained.
    pub terms: Vec<(Term, i64)>,
    /// The others that the slot takes, the best first.
    pub others: Vec<Other>,
}

/// A poster that was not chosen.
#[derive(Debug, Clone)]
pub struct Other {
    /// The page's id.
    pub poster: String,
    /// What stood against it.
    pub against: Against,
}

/// What stands against a poster in a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Against {
    /// It would give so many points fewer, term by term.
    Points(i64, Vec<(Term, i64)>),
    /// It hangs too near in time on this board.
    Repeats,
    /// Its topic hangs there in the period.
    Topic,
    /// It may not hang on these days.
    Days,
}

/// A term of what a poster is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    /// Priority, and the season of a campaign.
    Value,
    /// The first time on the board.
    FirstShow,
    /// Too much of its topic.
    Topic,
    /// The slot would be empty.
    Empty,
    /// Sheets to print.
    Printing,
    /// It must hang on so many boards.
    Coverage,
    /// It is published so.
    Keep,
}

/// Explains the `slot` of a board in `period`.
pub fn why<'a>(
    site: &'a Site,
    fits: &Fits,
    records: &Records,
    (board, slot): (&'a Board, &'a Slot),
    period: Period,
) -> Why<'a> {
    let mut diagnostics = Diagnostics::default();
    let aim = Aim::Propose(None);
    let problem = Problem::new(site, fits, records, aim, &mut diagnostics);
    let solution = solve::solve(&problem, Effort::Quick);
    let mut fixed = Vec::new();
    for hanging in solution.plan.in_period(&board.id, &slot.id, period) {
        fixed.extend(because(&problem, hanging).map(|because| (hanging.clone(), because)));
    }
    let solved = &solution.solved;
    let here = |spot: &CellSpot| {
        let facts = &problem.boards[spot.board];
        facts.board.id == board.id
            && facts.slots[spot.row].slot.id == slot.id
            && period.overlaps(date(spot.from), date(spot.to))
    };
    let spots = solved.puzzle.spots.iter().enumerate();
    let chosen = spots
        .filter(|(_, spot)| here(spot))
        .map(|(cell, spot)| choice(&problem, solved, (cell, spot)))
        .collect();
    Why {
        board,
        slot,
        period,
        fixed,
        chosen,
    }
}

fn because(problem: &Problem, hanging: &Hanging) -> Option<Because> {
    match hanging.origin {
        Origin::Ledger => Some(Because::Ledger),
        Origin::Published => Some(Because::Published),
        Origin::Planned => {
            let poster = &problem.posters[problem.poster(&hanging.poster)?];
            match poster.stay {
                Stay::Exactly(..) => Some(Because::Posting),
                Stay::While(..) => Some(Because::Notice),
                Stay::Rotating(..) => None,
            }
        }
    }
}

/// Explains what was chosen for a cell.
fn choice(problem: &Problem, solved: &Solved, (cell, spot): (usize, &CellSpot)) -> Choice {
    let shown = solved.assignment[cell];
    let facts = &problem.boards[spot.board];
    let hanging = shown.map(|item| Hanging {
        board: facts.board.id.clone(),
        slot: facts.slots[spot.row].slot.id.clone(),
        from: date(spot.from),
        to: date(spot.to),
        poster: problem.posters[item as usize].page.id.clone(),
        origin: Origin::Planned,
    });
    let choices = anneal::explain(&solved.puzzle.instance, &solved.assignment, &[cell]).remove(0);
    let of_shown = choices.iter().find(|choice| Some(choice.item) == shown);
    let gained = of_shown.and_then(|choice| choice.gain.ok());
    let gained = gained.unwrap_or_default();
    let terms = terms(gained, Parts::default());
    let mut others: Vec<Other> = (choices.into_iter())
        .filter(|choice| Some(choice.item) != shown)
        .map(|choice| Other {
            poster: problem.posters[choice.item as usize].page.id.clone(),
            against: against(gained, choice.gain),
        })
        .collect();
    others.sort_by_key(|other| match &other.against {
        Against::Points(points, _) => (0, *points),
        Against::Topic => (1, 0),
        Against::Repeats => (2, 0),
        Against::Days => (3, 0),
    });
    Choice {
        hanging,
        terms,
        others,
    }
}

/// Says what stands against a poster that would have gained so much where another gained `best`.
fn against(best: Parts, gain: Result<Parts, Refusal>) -> Against {
    match gain {
        Ok(parts) => {
            let terms = terms(best, parts);
            Against::Points(terms.iter().map(|(_, points)| points).sum(), terms)
        }
        Err(Refusal::Topic(_)) => Against::Topic,
        Err(Refusal::Repeat(_)) => Against::Repeats,
        Err(Refusal::Days) => Against::Days,
    }
}

/// Returns by how many hundredths of points `one` has more than `other`, term by term.
fn terms(one: Parts, other: Parts) -> Vec<(Term, i64)> {
    let terms = [
        (Term::Value, one.value - other.value),
        (Term::FirstShow, one.first_show - other.first_show),
        (Term::Topic, one.topic_excess - other.topic_excess),
        (Term::Empty, one.empty - other.empty),
        (Term::Printing, one.printing - other.printing),
        (Term::Coverage, one.coverage - other.coverage),
        (Term::Keep, one.keep - other.keep),
    ];
    terms.into_iter().filter(|(_, n)| *n != 0).collect()
}

/// Returns whole points of hundredths, and their first decimal.
pub(super) fn points(hundredths: i64) -> String {
    let tenths = hundredths * 10 / POINT;
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        tenth => format!(
            "{}{}.{}",
            if tenths < 0 { "-" } else { "" },
            tenths.abs() / 10,
            tenth.abs()
        ),
    }
}
