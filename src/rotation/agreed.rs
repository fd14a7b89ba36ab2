//! Solving; what was published just as it was planned moves nothing else.
//!
//! Once a month is published the rest would be planned on other grounds, and the solver, as good
//! as before, would come out elsewhere. So all is planned as though what was published for days to
//! come had not been, and that holds for as long as it agrees with what is published. A site
//! without a ledger plans from the day on which it began, as though all of it had hung so; there
//! nothing that was published counts.

use super::facts::date;
use super::problem::Problem;
use super::solve::{self, Solution};
use super::solver::Solver;
use super::{Aim, Hanging, Origin, Published, Records};
use crate::diag::Diagnostics;
use crate::measure::Fits;
use crate::site::Site;

/// Puts the problem together and solves it; what is wrong in the ledger is reported.
pub(super) fn solved<'a>(
    site: &'a Site,
    fits: &Fits,
    records: &Records,
    (aim, solver): (Aim, Solver),
    diagnostics: &mut Diagnostics,
) -> (Problem<'a>, Solution) {
    let problem = Problem::new(site, fits, records, aim, diagnostics);
    if aim == Aim::CarryOut
        && let Some(unpublished) = unpublished(site, records, &problem)
        && let Some(as_before) = as_before(site, fits, &unpublished, (&problem, solver))
    {
        return as_before;
    }
    let solution = solve::solve(&problem, solver);
    (problem, solution)
}

/// Returns the records without what was published for days to come, and without all that was
/// published where there is no ledger; `None` where nothing is left to be planned, or all of it.
fn unpublished(site: &Site, records: &Records, problem: &Problem) -> Option<Records> {
    let published = records.published.as_ref()?;
    if records.ledger.is_empty() {
        return Some(Records {
            published: None,
            ..records.clone()
        });
    }
    let to_come = published.hangings.iter().filter(|it| site.today < it.from);
    if to_come.map(|it| it.to).max()? >= problem.last {
        return None;
    }
    let mut hangings = published.hangings.clone();
    hangings.retain(|it| it.from <= site.today);
    let published = Published {
        hangings,
        gone: Vec::new(),
    };
    Some(Records {
        published: Some(published),
        ..records.clone()
    })
}

/// Plans as though nothing more had been published; `None` where what was published hangs
/// otherwise then.
fn as_before<'a>(
    site: &'a Site,
    fits: &Fits,
    unpublished: &Records,
    (problem, solver): (&Problem, Solver),
) -> Option<(Problem<'a>, Solution)> {
    let none = &mut Diagnostics::default();
    let mut before = Problem::new(site, fits, unpublished, Aim::CarryOut, none);
    let mut solution = solve::solve(&before, solver);
    for hanging in &problem.recorded {
        let same = |it: &&mut Hanging| {
            (&it.board, &it.slot, &it.poster) == (&hanging.board, &hanging.slot, &hanging.poster)
                && it.from == hanging.from
                && hanging.to <= it.to
        };
        let found = solution.plan.hangings.iter_mut().find(same)?;
        if hanging.origin == Origin::Published {
            found.origin = Origin::Published;
        }
    }
    // What got in and was published so is no news any more.
    solution.entered.retain(|it| {
        let facts = &before.boards[it.board];
        let place = (&facts.board.id, &facts.slots[it.row].slot.id);
        let poster = &before.posters[it.sheet.poster].page.id;
        !problem.recorded.iter().any(|hanging| {
            (&hanging.board, &hanging.slot) == place
                && hanging.poster == *poster
                && hanging.from == date(it.sheet.from)
        })
    });
    before.recorded.clone_from(&problem.recorded);
    Some((before, solution))
}
