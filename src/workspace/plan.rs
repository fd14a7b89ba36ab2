//! What is proposed to hang, and publishing it.

use jiff::civil::Date;

use crate::calendar::{Cadence, Period};
use crate::diag::{Diagnostic, SitePath, Warned};
use crate::pipeline::PlanInputs;
use crate::rotation::shares::{Shares, shares};
use crate::rotation::{Brief, Hanging, Plan, Proposal, Wish, brief, proposal, published};
use crate::write::{Held, publish};

/// What is proposed to hang, with what goes with it.
#[derive(Debug)]
pub struct Proposed<'s> {
    /// The proposal.
    pub proposal: Proposal,
    /// How much of the time each topic has.
    pub shares: Shares,
    /// What is to be written for the month that was asked for.
    pub brief: Option<Brief<'s>>,
    /// The days that are planned, where the period lies outside them and nothing hangs in it.
    pub outside: Option<(Date, Date)>,
}

/// What publishing a plan did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedPlan {
    /// How many hangings were not published before.
    pub n_new: usize,
    /// How many are published now.
    pub n_all: usize,
    /// Where the earlier plan was kept, if there was another.
    pub earlier: Option<SitePath>,
}

/// Proposes what hangs; what is published for days to come is chosen anew where `is_anew`, within
/// `period` where it is given.
pub fn propose(inputs: &PlanInputs, period: Option<Period>, is_anew: bool) -> Warned<Proposed<'_>> {
    let PlanInputs {
        site,
        fits,
        records,
    } = inputs;
    let wish = match is_anew {
        true => Wish::Anew(period),
        false => Wish::AsItIs(period),
    };
    let proposed = proposal(site, fits, records, wish);
    let plan = &proposed.value.plan;
    let month = period.filter(|period| period.cadence() == Cadence::Month);
    let value = Proposed {
        shares: shares(site, plan),
        brief: month.map(|month| brief(site, fits, plan, month)),
        outside: period.and_then(|period| outside(plan, period)),
        proposal: proposed.value,
    };
    Warned {
        value,
        diagnostics: proposed.diagnostics,
    }
}

/// Returns the days that are planned where `period` lies outside them and nothing hangs in it.
fn outside(plan: &Plan, period: Period) -> Option<(Date, Date)> {
    let days = plan.planned?;
    let overlaps = |it: &Hanging| period.overlaps(it.from, it.to);
    let is_outside = !period.overlaps(days.0, days.1) && !plan.hangings.iter().any(overlaps);
    is_outside.then_some(days)
}

/// Writes the plan that is carried out from now on.
///
/// # Errors
/// [`Code::CannotWrite`](crate::diag::Code::CannotWrite) where the system refuses; then the earlier
/// one stands.
pub fn publish_plan(
    held: &Held,
    inputs: &PlanInputs,
    hangings: &[Hanging],
) -> Result<PublishedPlan, Diagnostic> {
    let before = inputs.records.published.as_ref();
    let before = before.map_or(&[][..], |plan| &plan.hangings);
    let path = SitePath::fixed(published::PATH);
    let earlier = publish(held, &path, published::write(hangings).as_bytes())?;
    Ok(PublishedPlan {
        n_new: hangings.iter().filter(|it| !before.contains(it)).count(),
        n_all: hangings.len(),
        earlier,
    })
}
