//! What messages say how to mend, mended.

use super::open::Workspace;
use crate::diag::{Diagnostics, Fix};
use crate::pipeline::{Options, Outcome, Step};
use crate::write::{Mended, Mending};

/// How often files are mended and read again: one mistake may hide another.
const ROUNDS: usize = 12;

impl Workspace {
    /// Mends what `outcome` tells how to mend, looks again, and so on; returns what came of the last
    /// look and what was mended. Where it is only shown what would change, once.
    pub fn mend(
        &self,
        mut outcome: Outcome,
        mending: Mending,
        options: &Options,
        report: &dyn Fn(Step),
    ) -> (Outcome, Vec<Mended>) {
        let mut mended = Vec::new();
        let mut failed = Diagnostics::default();
        let mut tried = Vec::new();
        for _ in 0..ROUNDS {
            let fixes = untried(&outcome.diagnostics, &mut tried);
            let done = self.apply(&fixes, mending);
            failed.extend(done.diagnostics);
            let nothing = done.value.is_empty();
            mended.extend(done.value);
            if nothing || matches!(mending, Mending::Show) {
                break;
            }
            outcome = self.snapshot().run(options, report);
        }
        outcome.diagnostics.extend(failed);
        (outcome, mended)
    }
}

/// Returns the remedies of what was said; each is tried once.
fn untried(diagnostics: &Diagnostics, tried: &mut Vec<Fix>) -> Vec<Fix> {
    let sorted = diagnostics.clone().sorted();
    let fixes = sorted.iter().filter_map(|diagnostic| diagnostic.fix());
    let new: Vec<Fix> = fixes.filter(|fix| !tried.contains(fix)).collect();
    tried.extend(new.iter().cloned());
    new
}
