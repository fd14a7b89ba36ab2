//! A plan after a change: mended around it in some milliseconds, where planning anew would move
//! what nobody asked to move.
//!
//! In: the plan as it stands, and the site with its records after the change, whatever it was: a
//! line more in `plan.changes.yaml` (pinned, taken off, out of order), an urgent notice, a late
//! text, a page that went. Out: the plan that hangs then, what moves and why, what that costs, and
//! what would have been nearly as good.
//!
//! What [`plan`](super::plan()) says, which knows nothing of the plan before, follows from what is
//! on record alone. So what is mended and not published is a draft: it holds once it is published.

use std::collections::{BTreeMap, BTreeSet};

use super::anneal::{self, Choice, Effort, ItemNo};
use super::facts::{Day, Demand, POINT, PosterFacts, Stay, day_number, number};
use super::mend::{self, Before};
use super::problem::Problem;
use super::proposal::{Change, all_changes};
use super::puzzle::{CellSpot, Puzzle, Solved, fair_shares, rotates};
use super::solve::{Gap, Solution};
use super::wall::{Sheet, Wall};
use super::{Aim, Hanging, Origin, Plan, Records, agreed, report, report_moves};
use crate::diag::{Diagnostics, Warned};
use crate::measure::Fits;
use crate::site::Site;

/// A plan as it stands before a change.
#[derive(Debug, Clone)]
pub struct Standing {
    /// What hangs where.
    pub plan: Plan,
    /// What hangs before urgent notices come over it, sheet by sheet.
    calm: Vec<Hanging>,
    /// What is left free then.
    gaps: Vec<Gap>,
    /// How each poster that was there is to hang, by its id.
    known: BTreeMap<String, (Stay, Demand)>,
    /// What its evergreens of days to come are worth, in hundredths of points.
    worth: i64,
}

/// What a change comes to.
#[derive(Debug, Clone)]
pub struct Replanned {
    /// The plan after it, from which the next change goes on.
    pub standing: Standing,
    /// What hangs otherwise from today on.
    pub moved: Vec<Moved>,
    /// What the change costs in the points of `rotation.weights`, by what evergreens of days to
    /// come are worth; less than 0 is gained. What may not hang where it must costs nothing here:
    /// it is told as a message.
    pub points: i64,
    /// Of all that was chosen anew, the choice that was closest; `None` where nothing was, or
    /// nothing else could hang there.
    pub runner_up: Option<RunnerUp>,
}

/// What hangs otherwise, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// What hung, and what hangs.
    pub change: Change,
    /// Why.
    pub reason: Reason,
}

/// Why something hangs otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Staff said so: it is pinned or taken off, or the slot is out of use.
    Staff,
    /// A notice came in, changed its days, or had lost its place: its page's id.
    Notice(String),
    /// What hung is gone, or may hang there no more.
    Unfit,
    /// It follows from the rest: what came free is filled, or a move gains more than a change
    /// costs.
    Follows,
}

/// What would have been nearly as good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunnerUp {
    /// What was chosen, where and for when.
    pub chosen: Hanging,
    /// The id of the page that could hang there instead.
    pub instead: String,
    /// How much it lacks, in hundredths of points.
    pub lacks: i64,
}

impl Standing {
    /// Plans as [`plan`](super::plan()) does.
    pub fn new(site: &Site, fits: &Fits, records: &Records) -> Warned<Self> {
        Self::with_effort(site, fits, records, Effort::Quick)
    }

    /// Plans with so much effort.
    pub(super) fn with_effort(
        site: &Site,
        fits: &Fits,
        records: &Records,
        effort: Effort,
    ) -> Warned<Self> {
        let mut diagnostics = Diagnostics::default();
        let aim = (Aim::CarryOut, effort.into());
        let (problem, solution) = agreed::solved(site, fits, records, aim, &mut diagnostics);
        report(site, fits, &problem, &solution, &mut diagnostics);
        let value = Self::of(site, records, &problem, solution);
        Warned { value, diagnostics }
    }

    /// Returns what the evergreens of days to come are worth, in the points of `rotation.weights`.
    pub fn points(&self) -> i64 {
        self.worth / POINT
    }

    fn of(site: &Site, records: &Records, problem: &Problem, solution: Solution) -> Self {
        let posters = problem.posters.iter();
        Self {
            worth: worth(problem, &solution.walls),
            known: posters.map(|it| (it.page.id.clone(), stays(it))).collect(),
            calm: solution.calm,
            gaps: solution.gaps,
            plan: Plan {
                lost: super::lost(site, records),
                changed: super::changed(site, records),
                ..solution.plan
            },
        }
    }
}

fn stays(poster: &PosterFacts) -> (Stay, Demand) {
    (poster.stay, poster.demand)
}

/// Mends the plan that stands after a change of the site or its records.
pub fn replan(site: &Site, fits: &Fits, records: &Records, before: &Standing) -> Warned<Replanned> {
    let mut diagnostics = Diagnostics::default();
    let (problem, solution) = mended(site, fits, records, before, &mut diagnostics);
    report_moves(fits, &problem, &solution, &mut diagnostics);
    let changes = all_changes(site, &joined(&before.plan), &joined(&solution.plan));
    let why = Why {
        problem: &problem,
        new: &new(&problem, before),
        changes: &changes,
    };
    let moved = changes.iter().map(|change| Moved {
        reason: why.reason(change),
        change: change.clone(),
    });
    let (moved, runner_up) = (moved.collect(), runner_up(&problem, &solution));
    let standing = Standing::of(site, records, &problem, solution);
    let value = Replanned {
        moved,
        points: (before.worth - standing.worth) / POINT,
        runner_up,
        standing,
    };
    Warned { value, diagnostics }
}

/// Puts the problem together and mends the plan.
pub(super) fn mended<'a>(
    site: &'a Site,
    fits: &Fits,
    records: &Records,
    before: &Standing,
    diagnostics: &mut Diagnostics,
) -> (Problem<'a>, Solution) {
    let mut problem = Problem::new(site, fits, records, Aim::CarryOut, diagnostics);
    problem.kept.clone_from(&before.calm);
    let solution = mend::mend(
        &problem,
        &Before {
            new: &new(&problem, before),
            gaps: &before.gaps,
        },
    );
    (problem, solution)
}

/// Tells of each poster whether nothing was known of it, or it was to hang otherwise.
fn new(problem: &Problem, before: &Standing) -> Vec<bool> {
    let posters = problem.posters.iter();
    posters
        .map(|it| before.known.get(&it.page.id) != Some(&stays(it)))
        .collect()
}

/// Returns a plan in which what hangs on in its slot is one hanging, whoever decided the parts:
/// nobody walks for them.
fn joined(plan: &Plan) -> Plan {
    let mut hangings: Vec<Hanging> = Vec::new();
    for it in &plan.hangings {
        let is_same = |before: &&mut Hanging| {
            (&before.board, &before.slot, &before.poster) == (&it.board, &it.slot, &it.poster)
                && before.to.tomorrow().is_ok_and(|day| day == it.from)
        };
        match hangings.last_mut().filter(is_same) {
            Some(before) => before.to = it.to,
            None => hangings.push(it.clone()),
        }
    }
    Plan {
        hangings,
        ..plan.clone()
    }
}

/// What reasons are found in.
struct Why<'w> {
    problem: &'w Problem<'w>,
    new: &'w [bool],
    changes: &'w [Change],
}

impl Why<'_> {
    fn reason(&self, change: &Change) -> Reason {
        let both = || change.before.iter().chain(&change.after);
        if both().any(|it| self.is_by_staff(it)) {
            return Reason::Staff;
        }
        let mut comers = self.changes.iter().filter_map(|it| it.after.as_ref());
        let comer = comers.find(|it| self.is_notice(it) && both().any(|own| meet(own, it)));
        if let Some(comer) = comer {
            return Reason::Notice(comer.poster.clone());
        }
        match change.before.as_ref().is_some_and(|it| self.is_unfit(it)) {
            true => Reason::Unfit,
            false => Reason::Follows,
        }
    }

    fn is_notice(&self, it: &Hanging) -> bool {
        let poster = self.problem.poster(&it.poster);
        poster.is_some_and(|poster| !rotates(self.problem, poster))
    }

    /// Tells whether staff said anything of the slot or the poster on one of the days.
    fn is_by_staff(&self, it: &Hanging) -> bool {
        let (from, to) = (day_number(it.from), day_number(it.to));
        let place = (it.board.as_str(), it.slot.as_str());
        let board = self.problem.boards.iter();
        let mut board = board.filter(|facts| facts.board.id == it.board);
        let is_told = board.any(|facts| {
            let mut closed = self.problem.closed(facts);
            let is_closed = closed.any(|(slot, first, last)| {
                slot.is_none_or(|slot| slot == it.slot) && first <= to && from <= last
            });
            let poster = self.problem.poster(&it.poster);
            let is_off = |poster| self.problem.is_off(facts, poster, from, to);
            is_closed || poster.is_some_and(is_off)
        });
        is_told || self.problem.is_pinned(place, from, to)
    }

    /// Tells whether the page went or changed its days, or does not fit there any more.
    fn is_unfit(&self, it: &Hanging) -> bool {
        let Some(poster) = self.problem.poster(&it.poster) else {
            return true;
        };
        let boards = self.problem.boards.iter();
        let mut slots = boards
            .filter(|facts| facts.board.id == it.board)
            .flat_map(|facts| facts.slots.iter());
        let takes = slots.any(|slot| slot.slot.id == it.slot && slot.takes[poster]);
        self.new[poster] || !takes
    }
}

/// Tells whether two hangings share slot and day.
fn meet(a: &Hanging, b: &Hanging) -> bool {
    (&a.board, &a.slot) == (&b.board, &b.slot) && a.from <= b.to && b.from <= a.to
}

/// Returns what the evergreens of days to come are worth, on record or planned, in hundredths of
/// points: the same for two plans of one site, whoever made them. An empty slot costs no
/// more than what might hang there.
fn worth(problem: &Problem, walls: &[Wall]) -> i64 {
    let mut cells: Vec<(CellSpot, usize)> = Vec::new();
    let mut shown: Vec<Option<ItemNo>> = Vec::new();
    let mut walls = walls.to_vec();
    for (board, (facts, wall)) in problem.boards.iter().zip(&mut walls).enumerate() {
        // What comes back after something else is shown once.
        let mut seen: BTreeSet<(usize, usize, Day)> = BTreeSet::new();
        let to_come = |it: &(usize, Sheet)| {
            let is_free = it.0 < facts.slots.len() && rotates(problem, it.1.poster);
            is_free && problem.today <= it.1.to
        };
        let guides: Vec<(usize, Sheet)> = wall.all().filter(to_come).collect();
        for (row, sheet) in guides {
            let ordinal = facts.ordinal(sheet.from);
            let period = facts.periods.iter().position(|it| it.ordinal == ordinal);
            let Some(period) = period else { continue };
            wall.take(facts, row, sheet);
            if seen.insert((row, sheet.poster, ordinal)) {
                let spot = CellSpot {
                    board,
                    row,
                    from: sheet.from,
                    to: sheet.to,
                };
                cells.push((spot, period));
                shown.push(Some(number(sheet.poster)));
            }
        }
    }
    let mut instance = Puzzle::of_cells(problem, &walls, &cells).instance;
    // A notice more on a board is no reason to show more of a topic.
    for board in &mut instance.boards {
        let has_topic = |item: &ItemNo| instance.items[*item as usize].topic.is_some();
        board.held.retain(|(item, _)| has_topic(item));
    }
    fair_shares(&mut instance);
    let parts = anneal::score(&instance, &shown).parts;
    parts.sum() - parts.keep - parts.coverage
}

/// Finds, of all cells that show something else than before, the one whose second choice lacks
/// least.
fn runner_up(problem: &Problem, solution: &Solution) -> Option<RunnerUp> {
    let Solved {
        puzzle, assignment, ..
    } = &solution.solved;
    // An urgent notice may hang in its place.
    let hangs = |spot: CellSpot, item: ItemNo| {
        let there = solution.walls[spot.board].in_slot(spot.row, spot.from, spot.to);
        there.iter().any(|it| it.poster == item as usize)
    };
    let changed = |at: &usize| {
        let shown = assignment[*at].filter(|_| assignment[*at] != puzzle.start[*at]);
        shown.is_some_and(|item| hangs(puzzle.spots[*at], item))
    };
    let changed: Vec<usize> = (0..assignment.len()).filter(changed).collect();
    let explained = anneal::explain(&puzzle.instance, assignment, &changed);
    let seconds = changed
        .iter()
        .zip(&explained)
        .filter_map(|(&cell, choices)| {
            let (lacks, second) = second(assignment[cell]?, choices)?;
            Some((lacks, cell, second))
        });
    let (lacks, cell, second) = seconds.min()?;
    let spot = puzzle.spots[cell];
    let facts = &problem.boards[spot.board];
    let id = |item: ItemNo| problem.posters[item as usize].page.id.clone();
    Some(RunnerUp {
        chosen: Hanging {
            board: facts.board.id.clone(),
            slot: facts.slots[spot.row].slot.id.clone(),
            from: super::facts::date(spot.from),
            to: super::facts::date(spot.to),
            poster: id(assignment[cell]?),
            origin: Origin::Planned,
        },
        instead: id(second),
        lacks,
    })
}

/// Returns the best choice beside the own one, and what it lacks against it.
fn second(own: ItemNo, choices: &[Choice]) -> Option<(i64, ItemNo)> {
    let gains = choices.iter();
    let gains = gains.filter_map(|it| Some((it.gain.ok()?.sum(), it.item)));
    let gains: Vec<(i64, ItemNo)> = gains.collect();
    let (best, _) = *gains.iter().find(|(_, item)| *item == own)?;
    let others = gains.iter().filter(|(_, item)| *item != own);
    let (gain, item) = others.max_by_key(|(gain, item)| (*gain, u32::MAX - item))?;
    Some((best - gain, *item))
}
