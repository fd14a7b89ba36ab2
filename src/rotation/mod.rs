//! Stage 4: which poster hangs where and when.
//!
//! In: the site, which poster fits where, and what is on record (ledger and published plan).
//! Out: a [`Plan`] and what it could not do. Pure: no clock, no I/O, nothing random; equal inputs
//! give an equal plan on every machine, in whatever order files were read.
//!
//! # Rules that hold always
//! - A poster hangs only in slots that take it ([`Fits`]), on boards that its page allows, within
//!   its dates; fixed slots and what is on record are left alone.
//! - A public notice with a posting period hangs from its first day to its last, on every board
//!   that it names; without names on one at least. `everywhere` means every board that takes it:
//!   a notice for all its days, an evergreen at least once in the planned days.
//! - A notice (current for 62 days or less) hangs while it is current: from its date,
//!   also within a period, to its last day, keeping its slot over several periods as one hanging
//!   while nothing that must hang needs the slot. Unless it begins or hangs on, it wants 7 days.
//! - What notices leave of a period goes to an evergreen where 7 days or more are left, between
//!   two notices 4 (on a screen 4 and 1); into shorter gaps what hangs beside them stretches,
//!   and where neither may, a gap over the end of a period gets an evergreen for 4 days and more.
//!   An evergreen hangs within one period otherwise.
//! - A day on which one keeper would come for evergreens alone joins a trip that they make within
//!   some days (`rotation.join`).
//! - A poster returns to a board only after `repeat_after` of the board's periods without it.
//! - One poster of a topic a board and period; 公示 are exempt. No poster twice on a board,
//!   but for a formal notice on several sheets: it hangs in slots side by side, whole or not at all.
//! - Slots with anything on record in a period take nothing but what must hang and, for days to
//!   come that are left, an evergreen; past periods with records take nothing.
//!
//! After a change of what stands, [`replan()`] mends the plan around it.
//!
//! What the plan means for keeper and printer, day by day, [`carry`] works out.
//!
//! Within these, a higher sum of the weights in `score` is better. [`check`] recomputes every
//! rule by itself.

mod agreed;
pub mod anneal;
mod assign;
mod brief;
pub mod carry;
pub mod check;
mod conflict;
mod demand;
pub mod diary;
mod entered;
mod explain;
mod facts;
mod fair;
mod fill;

mod floors;
mod gone;
mod insert;
pub mod instructions;
mod join;
pub mod ledger;
mod linger;
mod mend;
mod names;
mod newcomers;
mod plan;
mod portions;
mod problem;
mod proposal;
pub mod published;
#[cfg(test)]
mod publishing_tests;
mod puzzle;
mod reasons;
mod recorded;
mod refuse;
mod replan;
pub mod round;
mod score;
pub mod shares;
mod sheets;
mod solve;
mod solver;
mod stand;
pub mod status;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod text;
mod unhung;
mod wall;
mod way;

pub use brief::{Brief, Short, brief};
pub use carry::Carriage;
pub use explain::{Why, why};
pub use insert::{Hindrance, Inserted, Insertion, insertion};
pub use plan::{Hanging, Origin, Plan};
pub use portions::Portions;
pub use problem::{Problem, planned_days};
pub use proposal::{Change, Printing, Proposal, Quality, Wish, changes, proposal};
pub use published::Published;
pub use replan::{Moved, Reason, Replanned, RunnerUp, Standing, replan};

use std::collections::BTreeSet;

use anneal::Effort;
use jiff::civil::Date;
use solver::Solver;

use crate::cache::Cache;
use crate::calendar::Period;
use crate::diag::{Diagnostics, Fills, Value, Warned, words};
use crate::digest::digest;
use crate::measure::Fits;
use crate::site::Site;

/// What a plan is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// What hangs where: what is published stays but where a newcomer gets in.
    CarryOut,
    /// What is published for days to come is chosen anew, with a bonus for what stays.
    ///
    /// With a period, only what hangs in it may change.
    Anew(Option<Period>),
}

/// What is on record: it is never planned anew.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// The events of all ledger files, in the order of the files.
    pub ledger: Vec<ledger::Event>,
    /// The published plan.
    pub published: Option<Published>,
    /// What staff decided otherwise.
    pub changes: Vec<instructions::Instruction>,
    /// What was done besides.
    pub diary: diary::Diary,
}

impl Records {
    /// Reads ledger and published plan.
    pub fn read(tree: &crate::read::Tree, site: &Site) -> Warned<Self> {
        let mut diagnostics = Diagnostics::default();
        let files = tree.ledger.iter();
        let mut events: Vec<ledger::Event> = files
            .flat_map(|file| ledger::parse(file, &mut diagnostics))
            .collect();
        gone::renamed_boards(site, &mut events);
        let published = tree.published.as_ref();
        let published = published.map(|file| published::read(file, site, &mut diagnostics));
        let past = published.as_ref().map_or(&[][..], |plan| &plan.gone);
        gone::report(site, &events, past, &mut diagnostics);
        let mut written = diary::Diary::default();
        for file in &tree.diary {
            diary::read(file, &mut written, &mut diagnostics);
        }
        let changes = tree.changes.as_ref();
        let changes = changes.map(|file| instructions::read(file, site, &mut diagnostics));
        let value = Self {
            ledger: events,
            published,
            diary: written,
            changes: changes.unwrap_or_default(),
        };
        Warned { value, diagnostics }
    }
}

/// Names a poster in a message: its id, and its title where its page is there.
fn named(site: &Site, id: &str) -> Value {
    match site.page(names::today_s_id(site, id)) {
        Some(page) => words("id-and-title")
            .with("id", id)
            .with("title", &page.title)
            .value(),
        None => words("id").with("id", id).value(),
    }
}

/// Plans which poster hangs where over the planned days.
///
/// What is on record stays as it is: this is the plan that is carried out. [`proposal`] asks what
/// would be better.
pub fn plan(site: &Site, fits: &Fits, records: &Records) -> Warned<Plan> {
    plan_with(site, fits, records, Effort::Quick.into())
}

/// Plans as [`plan()`] does, but does not seek anew what `cache` knows.
pub fn plan_from(site: &Site, fits: &Fits, records: &Records, cache: &Cache) -> Warned<Plan> {
    let solver = Solver::remembering(Effort::Quick, cache);
    plan_with(site, fits, records, solver)
}

/// Returns the sheets that were lost, with the ids of today.
fn lost(site: &Site, records: &Records) -> Vec<ledger::Lost> {
    let lost = ledger::lost(&records.ledger).into_iter();
    lost.map(|lost| ledger::Lost {
        poster: names::today_s_id(site, &lost.poster).to_owned(),
        ..lost
    })
    .collect()
}

/// Returns what hung by the ledger with a text that was changed since.
fn changed(site: &Site, records: &Records) -> BTreeSet<(String, String, Date)> {
    let records = ledger::history(&records.ledger, &mut Diagnostics::default());
    let is_other = |record: &ledger::Record| {
        let page = site.page(names::today_s_id(site, &record.hung.poster));
        let text = page.map(|page| digest(page.span.source.text.as_bytes()));
        let kept = record.text.as_ref().filter(|hash| !hash.is_empty());
        text.zip(kept)
            .is_some_and(|(text, hash)| !text.starts_with(hash.as_str()))
    };
    let changed = records.into_iter().filter(is_other);
    changed
        .map(|record| (record.hung.board, record.hung.slot, record.hung.from))
        .collect()
}

/// Says what the plan could not do, and what it moved.
fn report(
    site: &Site,
    fits: &Fits,
    problem: &Problem,
    solution: &solve::Solution,
    diagnostics: &mut Diagnostics,
) {
    report_moves(fits, problem, solution, diagnostics);
    unhung::report(site, fits, problem, solution, diagnostics);
}

/// Says what must hang and cannot, and what moved. What hangs nowhere is another matter: it needs a
/// look at every choice, which takes longer than to mend a plan.
fn report_moves(
    fits: &Fits,
    problem: &Problem,
    solution: &solve::Solution,
    diagnostics: &mut Diagnostics,
) {
    let reasons = reasons::Reasons {
        fits,
        problem,
        solution,
    };
    refuse::report(&reasons, diagnostics);
    entered::report(problem, solution, diagnostics);
}

fn plan_with(site: &Site, fits: &Fits, records: &Records, solver: Solver) -> Warned<Plan> {
    let mut diagnostics = Diagnostics::default();
    let aim = (Aim::CarryOut, solver);
    let (problem, solution) = agreed::solved(site, fits, records, aim, &mut diagnostics);
    report(site, fits, &problem, &solution, &mut diagnostics);
    Warned {
        value: Plan {
            lost: lost(site, records),
            changed: changed(site, records),
            ..solution.plan
        },
        diagnostics,
    }
}
