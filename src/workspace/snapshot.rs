//! A site as it stands at a moment.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cache::Cache;
use crate::diag::Warned;
use crate::pipeline::{self, Memory, Options, Outcome, PlanInputs, Preview, Step};
use crate::read::{self, DiskInputs, Seen, Touched, Tree, Unsaved, Witness};
use crate::site::Site;
use crate::write;

/// A site as it stands at a moment: what is laid over its files stays as it was then, whatever is
/// typed meanwhile. Files themselves are read when a run reads them.
#[derive(Debug, Clone)]
pub struct Snapshot {
    root: PathBuf,
    inputs: Unsaved<DiskInputs>,
    cache: Arc<Cache>,
}

/// What previews remember from one snapshot of a site to the next.
#[derive(Debug, Default)]
pub struct Remembered {
    seen: Seen,
    memory: Memory,
}

impl Snapshot {
    pub(super) fn of(root: &Path, inputs: Unsaved<DiskInputs>, cache: Arc<Cache>) -> Self {
        Self {
            root: root.to_owned(),
            inputs,
            cache,
        }
    }

    /// Reads the site; what is wrong in its pages is left for a run to tell.
    pub fn read(&self) -> Warned<Option<(Tree, Site)>> {
        let tree = read::read(&self.inputs);
        Warned {
            value: tree.value.map(|tree| {
                let site = crate::site::site(&tree).value;
                (tree, site)
            }),
            diagnostics: tree.diagnostics.settled(),
        }
    }

    /// Walks through all stages that `options` ask for. Once [`Options::cancel`] is set it ends at
    /// its next step and has made nothing.
    pub fn run(&self, options: &Options, report: &dyn Fn(Step)) -> Outcome {
        let options = Options {
            spool: write::spool(&self.root),
            ..options.clone()
        };
        pipeline::run(&self.inputs, &options, &self.cache, report)
    }

    /// Walks as far as planning needs it.
    pub fn plan_inputs(&self, report: &dyn Fn(Step)) -> Warned<Option<PlanInputs>> {
        pipeline::plan_inputs(&self.inputs, &self.cache, report)
    }

    /// Makes a preview, whose pages are made when somebody looks at them, and a name of all that it
    /// was made of: equal names, equal pages. What is `remembered` of files that did not change is
    /// not read again; those that are not `touched` since the last preview, by texts laid over them
    /// either, are not even looked at.
    pub fn preview(
        &self,
        options: &Options,
        remembered: &Remembered,
        touched: &Touched,
        report: &dyn Fn(Step),
    ) -> (Preview, String) {
        let Remembered { seen, memory } = remembered;
        seen.forget(touched);
        let inputs = Witness::of(self.inputs.clone(), seen);
        let preview = pipeline::preview(&inputs, options, &self.cache, memory, report);
        (preview, inputs.digest())
    }
}
