//! The whole walk: read → site → measure → plan → posters → render. The only room that knows
//! all stages.
//!
//! Nothing here touches the disk: [`run`] takes [`Inputs`] and gives artifacts in memory, which
//! [`write`](mod@crate::write) moves into place once nothing is wrong. `check` is the same walk
//! without writing.

mod memory;
mod options;
mod outcome;
mod preview;
mod walk;

pub use memory::Memory;
pub use options::{Alone, FindPage, Finish, Options, Step};
pub use outcome::Outcome;
pub use preview::{Preview, Shown, preview, printed};

use crate::cache::Cache;
use crate::diag::Warned;
use crate::measure::Fits;
use crate::read::Inputs;
use crate::rotation::{Plan, Records};
use crate::site::Site;
use walk::{Made, Walk};

/// What a plan is made of.
#[derive(Debug)]
pub struct PlanInputs {
    /// The site.
    pub site: Site,
    /// What can be set legibly where.
    pub fits: Fits,
    /// What is on record.
    pub records: Records,
}

/// Walks as far as planning needs it: read, site, measure, records. `None` where the site could
/// not be read.
pub fn plan_inputs(
    inputs: &dyn Inputs,
    cache: &Cache,
    report: &dyn Fn(Step),
) -> Warned<Option<PlanInputs>> {
    let options = Options::default();
    let mut walk = Walk::begin(inputs, &options, cache, report);
    let tree = walk.collect(crate::read::read(inputs));
    let value = tree.map(|mut tree| {
        let (site, engine) = walk.read(&mut tree);
        let (_, fits, records) = walk.prepare(&tree, &site, engine);
        PlanInputs {
            site,
            fits,
            records,
        }
    });
    Warned {
        value,
        diagnostics: walk.diagnostics.settled(),
    }
}

/// Walks through all stages; `report` hears of each as it begins. `cache` remembers sheets from
/// run to run.
pub fn run(
    inputs: &dyn Inputs,
    options: &Options,
    cache: &Cache,
    report: &dyn Fn(Step),
) -> Outcome {
    let mut walk = Walk::begin(inputs, options, cache, report);
    let tree = walk.collect(crate::read::read(inputs));
    let Some(mut tree) = tree else {
        return walk.outcome(None, Made::default());
    };
    let (site, engine) = walk.read(&mut tree);
    if options.cancel.is_set() {
        return walk.outcome(Some(site), Made::default());
    }
    let made = match &options.share {
        // Neither fits nor the plan matter to a page that goes elsewhere.
        Some(wanted) if !wanted.needs_website() => {
            let engine = walk::complete(engine, inputs, &site);
            walk.share(&site, &engine, &Plan::default(), wanted)
        }
        _ => walk.make(&tree, &site, engine),
    };
    walk.outcome(Some(site), made)
}
