//! What came of a run.

use super::walk::{Made, Walk};
use crate::calendar::Period;
use crate::diag::{Diagnostic, Diagnostics, Language};
use crate::render::Artifact;
use crate::render::archive::Made as Papers;
use crate::rotation::{Plan, Records};
use crate::share;
use crate::site::Site;

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The site; `None` where it could not be read.
    pub site: Option<Site>,
    /// The plan; empty where an earlier stage failed.
    pub plan: Plan,
    /// Ledger and published plan; empty where they could not be read.
    pub records: Records,
    /// The files to write; empty where anything was an error.
    pub artifacts: Vec<Artifact>,
    /// The months that were printed.
    pub months: Vec<Period>,
    /// How many different posters were set.
    pub n_posters: usize,
    /// The paper that was asked for, its files apart.
    pub paper: Option<Papers>,
    /// What was made for accounts, groups and screens, its files apart.
    pub share: Option<share::Made>,
    /// The language for messages.
    pub language: Language,
    /// Whether it ended early, as nobody wanted it any more; then nothing was made.
    pub is_cancelled: bool,
    /// All that was wrong or worth knowing.
    pub diagnostics: Diagnostics,
}

impl Walk<'_> {
    /// Reports files of the site that were there when the run began and gone when they were wanted:
    /// what was made without them must not go out.
    fn report_gone(&mut self, site: &Site, made: &mut Made) {
        let files = site.assets.values().chain(site.statics.values());
        let gone: Vec<Diagnostic> = files
            .filter_map(|file| file.fault().map(|unread| unread.diagnostic()))
            .collect();
        if !gone.is_empty() {
            made.artifacts.clear();
            made.paper = None;
        }
        gone.into_iter().for_each(|it| self.diagnostics.push(it));
    }

    pub(super) fn outcome(mut self, site: Option<Site>, mut made: Made) -> Outcome {
        if let Some(site) = &site {
            self.report_gone(site, &mut made);
        }
        let is_cancelled = self.options.cancel.is_set();
        if is_cancelled {
            made.artifacts.clear();
        }
        let settings = site.as_ref().map(|site| &site.settings);
        Outcome {
            language: settings
                .map(|settings| settings.message_language())
                .unwrap_or_default(),
            months: site
                .as_ref()
                .map(|site| self.options.printed(site.today))
                .unwrap_or_default(),
            plan: made.plan,
            records: made.records,
            artifacts: made.artifacts,
            n_posters: made.n_posters,
            paper: made.paper,
            share: made.share,
            is_cancelled,
            diagnostics: self.told(),
            site,
        }
    }
}
