//! Why the plan is as it is: what each poster of a slot gained and what the others lacked.
//!
//! Everything is asked of [`anneal::explain`], whose terms add up to what the planner itself went
//! by: a poster's gain is the difference that it makes.

use super::anneal::{self, Effort, Parts, Refusal};
use super::facts::POINT;
use super::facts::{Stay, date};
use super::problem::{Problem, Worth};
use super::puzzle::CellSpot;
use super::solve::{self, Solution};
use super::{Aim, Hanging, Origin, Records, agreed};
use crate::calendar::Period;
use crate::diag::Diagnostics;
use crate::measure::Fits;
use crate::site::{Board, Page, Site, Slot};

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
    pub chosen: Vec<Choice<'a>>,
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
    /// It is urgent.
    Urgent,
    /// Staff pinned it there.
    Pinned,
    /// The slot would be empty: it stays from before, comes early or fills some days.
    Lingers,
}

/// A choice for some days.
#[derive(Debug, Clone)]
pub struct Choice<'a> {
    /// What hangs there, on all of its days; `None` where nothing may.
    pub hanging: Option<Hanging>,
    /// What it gained.
    pub terms: Vec<(Term, i64)>,
    /// The campaign that pulls it forward, and on how many of the days.
    pub campaign: Option<(&'a Page, i32)>,
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
    /// It hangs too near in time on this board: on these days.
    Repeats(Option<Hanging>),
    /// Its topic hangs there in the period: that poster.
    Topic(Option<String>),
    /// It may not hang on these days.
    Days,
    /// These days are mostly out of its season.
    Season,
}

/// A term of what a poster is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    /// Priority.
    Value,
    /// A campaign that pulls it forward.
    Campaign,
    /// Days out of its season.
    Season,
    /// Notices of its topic on the board.
    Beside,
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
    /// Its topic has little of the quarter.
    Share,
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
    let aim = (Aim::CarryOut, Effort::Quick.into());
    let (problem, solution) = agreed::solved(site, fits, records, aim, &mut diagnostics);
    let mut chosen = choices(&problem, &solution, (board, slot), period);
    let is_chosen = |hanging: &Hanging| {
        let mut chosen = chosen.iter().filter_map(|it| it.hanging.as_ref());
        chosen.any(|it| it.poster == hanging.poster)
    };
    let because = |hanging: &Hanging| {
        let because = because(&problem, hanging);
        because.or((!is_chosen(hanging)).then_some(Because::Lingers))
    };
    let mut fixed = Vec::new();
    for hanging in solution.plan.in_period(&board.id, &slot.id, period) {
        fixed.extend(because(hanging).map(|because| (hanging.clone(), because)));
    }
    if chosen.is_empty() && fixed.iter().any(|(_, it)| *it == Because::Published) {
        // What is published is explained as though it were chosen today.
        let aim = Aim::Anew(None);
        let problem = Problem::new(site, fits, records, aim, &mut Diagnostics::default());
        let solution = solve::solve(&problem, Effort::Moves(0).into());
        chosen = choices(&problem, &solution, (board, slot), period);
        let same = |choice: &Choice| {
            let hanging = choice.hanging.as_ref();
            hanging.is_some_and(|it| fixed.iter().any(|(known, _)| known.poster == it.poster))
        };
        chosen.retain(same);
    }
    Why {
        board,
        slot,
        period,
        fixed,
        chosen,
    }
}

/// Explains what was chosen for the slot in the period.
fn choices<'a>(
    problem: &Problem<'a>,
    solution: &Solution,
    (board, slot): (&Board, &Slot),
    period: Period,
) -> Vec<Choice<'a>> {
    let solved = &solution.solved;
    let here = |spot: &CellSpot| {
        let facts = &problem.boards[spot.board];
        facts.board.id == board.id
            && facts.slots[spot.row].slot.id == slot.id
            && period.overlaps(date(spot.from), date(spot.to))
    };
    let spots = solved.puzzle.spots.iter().enumerate();
    spots
        .filter(|(_, spot)| here(spot))
        .map(|(cell, spot)| choice(problem, solution, (cell, spot)))
        .collect()
}

fn because(problem: &Problem, hanging: &Hanging) -> Option<Because> {
    let lingers = problem.recorded.iter().any(|it| {
        let same = (&it.board, &it.slot, it.from) == (&hanging.board, &hanging.slot, hanging.from);
        same && it.poster == hanging.poster && it.to < hanging.to
    });
    match hanging.origin {
        _ if lingers => Some(Because::Lingers),
        Origin::Ledger => Some(Because::Ledger),
        Origin::Published if problem.pins.contains(hanging) => Some(Because::Pinned),
        Origin::Published => Some(Because::Published),
        Origin::Planned => {
            let poster = &problem.posters[problem.poster(&hanging.poster)?];
            match poster.stay {
                Stay::Exactly(..) => Some(Because::Posting),
                Stay::While(..) if poster.urgent => Some(Because::Urgent),
                Stay::While(..) => Some(Because::Notice),
                Stay::Rotating(..) => None,
            }
        }
    }
}

/// Explains what was chosen for a cell.
fn choice<'a>(
    problem: &Problem<'a>,
    solution: &Solution,
    (cell, spot): (usize, &CellSpot),
) -> Choice<'a> {
    let solved = &solution.solved;
    let shown = solved.assignment[cell];
    let facts = &problem.boards[spot.board];
    let slot = &facts.slots[spot.row].slot.id;
    let here = |it: &&Hanging| {
        (&it.board, &it.slot) == (&facts.board.id, slot)
            && it.from <= date(spot.to)
            && date(spot.from) <= it.to
    };
    // It may hang on beyond the days that were free, or begin before them.
    let hanging = shown.map(|item| {
        let poster = &problem.posters[item as usize].page.id;
        let mut hangings = solution.plan.hangings.iter().filter(here);
        let hung = hangings.find(|it| it.poster == *poster);
        hung.cloned().unwrap_or_else(|| Hanging {
            board: facts.board.id.clone(),
            slot: slot.clone(),
            from: date(spot.from),
            to: date(spot.to),
            poster: poster.clone(),
            origin: Origin::Planned,
        })
    });
    let choices = anneal::explain(&solved.puzzle.instance, &solved.assignment, &[cell]).remove(0);
    let of_shown = choices.iter().find(|choice| Some(choice.item) == shown);
    let is_off = |item: u32| problem.posters[item as usize].is_off(spot.from, spot.to);
    let gained = of_shown.and_then(|choice| choice.gain.ok());
    let span = solved.puzzle.instance.cells[cell].span;
    let beside = &solved.puzzle.beside[span];
    let worth = |item: u32| problem.worth(item as usize, (spot.from, spot.to), beside);
    let gained = (
        gained.unwrap_or_default(),
        shown.map(worth).unwrap_or_default(),
    );
    let terms = terms(gained, (Parts::default(), Worth::default()));
    let mut others: Vec<Other> = (choices.into_iter())
        .filter(|choice| Some(choice.item) != shown)
        .map(|choice| Other {
            poster: problem.posters[choice.item as usize].page.id.clone(),
            against: match choice.gain {
                // Whatever else stands against it, nobody would look for it now.
                _ if is_off(choice.item) => Against::Season,
                Ok(parts) => less(gained, (parts, worth(choice.item))),
                Err(refusal) => refused(problem, solution, spot, (choice.item, refusal)),
            },
        })
        .collect();
    others.sort_by_key(|other| match &other.against {
        Against::Points(points, _) => (0, *points),
        Against::Topic(_) => (1, 0),
        Against::Repeats(_) => (2, 0),
        Against::Days => (3, 0),
        Against::Season => (4, 0),
    });
    Choice {
        hanging,
        terms,
        campaign: shown.and_then(|item| problem.campaign(item as usize, spot.from, spot.to)),
        others,
    }
}

/// Says by how much a poster would have gained less than the one that gained `best`.
fn less(best: (Parts, Worth), other: (Parts, Worth)) -> Against {
    let terms = terms(best, other);
    Against::Points(terms.iter().map(|(_, points)| points).sum(), terms)
}

/// Says which rule keeps a poster off, and what it meets.
fn refused(
    problem: &Problem,
    solution: &Solution,
    spot: &CellSpot,
    (item, refusal): (u32, Refusal),
) -> Against {
    let facts = &problem.boards[spot.board];
    let poster = &problem.posters[item as usize];
    let hangings = solution.plan.hangings.iter();
    let mut on_board = hangings.filter(|it| it.board == facts.board.id);
    match refusal {
        Refusal::Days => Against::Days,
        Refusal::Topic(_) => {
            let (first, last) = facts.whole_periods(spot.from, spot.to);
            let meets = |it: &&Hanging| {
                let topic = problem.poster(&it.poster).map(|n| problem.posters[n].topic);
                topic == Some(poster.topic) && it.from <= date(last) && date(first) <= it.to
            };
            Against::Topic(on_board.find(meets).map(|it| it.poster.clone()))
        }
        Refusal::Repeat(_) => {
            let own = on_board.filter(|it| it.poster == poster.page.id);
            let from = date(spot.from);
            let nearest = own.min_by_key(|it| (it.from - from).get_days().abs());
            Against::Repeats(nearest.cloned())
        }
    }
}

/// Returns by how many hundredths of points `one` has more than `other`, term by term.
fn terms(one: (Parts, Worth), other: (Parts, Worth)) -> Vec<(Term, i64)> {
    let ((one, own), (other, theirs)) = (one, other);
    let terms = [
        (Term::Value, own.priority - theirs.priority),
        (Term::Campaign, own.campaign - theirs.campaign),
        (Term::Season, own.season - theirs.season),
        (Term::Beside, own.beside - theirs.beside),
        (Term::FirstShow, one.first_show - other.first_show),
        (Term::Topic, one.topic_excess - other.topic_excess),
        (Term::Empty, one.empty - other.empty),
        (Term::Printing, one.printing - other.printing),
        (Term::Coverage, one.coverage - other.coverage),
        (Term::Keep, one.keep - other.keep),
        (Term::Share, one.share - other.share),
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
