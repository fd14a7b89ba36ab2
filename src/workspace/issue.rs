//! A run whose outcome is published: artifacts into their folders, all in one step.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::open::Workspace;
use crate::diag::{Diagnostic, Diagnostics, Language, Warned};
use crate::pipeline::{Options, Outcome, Step};
use crate::render::Output;
use crate::write::{
    Done, Replacement, Scope, State, WriteReport, check_apart, check_folder, replace,
};

/// Where one of the outputs goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The output.
    pub output: Output,
    /// Its folder.
    pub folder: PathBuf,
}

/// What came of a run that was to be published.
#[derive(Debug, Default)]
pub struct Issued {
    /// Which state stands in the output folders.
    pub state: State,
    /// What was done to each folder; empty where the earlier state stands.
    pub reports: Vec<WriteReport>,
    /// The site's language for messages, where the site could be read.
    pub language: Option<Language>,
    /// What the run made; `None` where it never began.
    pub outcome: Option<Outcome>,
    /// All that was wrong or worth knowing, of the run and of writing.
    pub diagnostics: Diagnostics,
    /// What of it was said on writing alone.
    pub on_writing: Diagnostics,
}

impl Issued {
    /// Returns the files that it made in `target`, where they stand there now.
    pub fn files(&self, target: &Target) -> Vec<PathBuf> {
        let outcome = self.outcome.as_ref().filter(|_| self.state == State::New);
        let artifacts = outcome.map_or(&[][..], |outcome| &outcome.artifacts);
        let own = artifacts.iter().filter(|it| it.output == target.output);
        own.map(|it| target.folder.join(&it.path)).collect()
    }
}

impl Workspace {
    /// Returns where `output` goes: to the folder that is given, or to its usual one.
    pub fn target(&self, output: Output, folder: Option<PathBuf>) -> Target {
        let usual = match output {
            Output::Web => "public",
            Output::Print => "print",
            Output::Archive => "archive",
            Output::Share => "share",
        };
        let folder = folder.unwrap_or_else(|| self.root().join(usual));
        Target { output, folder }
    }

    /// Runs with `options` and publishes what came of it; folders that cannot be written to are
    /// told before the work.
    pub fn issue(&self, options: &Options, targets: &[Target], report: &dyn Fn(Step)) -> Issued {
        self.issue_as(options, targets, report, Some)
    }

    /// Runs, lets `finish` make of the outcome what is to go out, and publishes that; nothing where
    /// `finish` gives nothing.
    pub(super) fn issue_as(
        &self,
        options: &Options,
        targets: &[Target],
        report: &dyn Fn(Step),
        finish: impl FnOnce(Outcome) -> Option<Outcome>,
    ) -> Issued {
        let mut issued = Issued {
            diagnostics: self.check_targets(targets),
            ..Issued::default()
        };
        if issued.diagnostics.has_errors() {
            return issued;
        }
        let outcome = self.snapshot().run(options, report);
        issued.language = outcome.site.as_ref().map(|_| outcome.language);
        issued.diagnostics.extend(outcome.diagnostics.clone());
        if issued.diagnostics.has_errors() {
            issued.outcome = Some(outcome);
            return issued;
        }
        let Some(outcome) = finish(outcome) else {
            return issued;
        };
        let published = self.publish(&outcome, targets, report);
        issued.state = published.value.state;
        issued.reports = published.value.reports;
        issued.diagnostics.extend(published.diagnostics.clone());
        issued.on_writing = published.diagnostics;
        issued.outcome = Some(outcome);
        issued
    }

    /// Makes the folders of `targets` hold what a run made, all of them in one step or none. What
    /// ended early or has errors is not published, and the earlier state stands.
    pub fn publish(
        &self,
        outcome: &Outcome,
        targets: &[Target],
        report: &dyn Fn(Step),
    ) -> Warned<Done> {
        if outcome.is_cancelled || outcome.diagnostics.has_errors() {
            return Warned {
                value: Done::default(),
                diagnostics: Diagnostics::default(),
            };
        }
        self.announce_wait(report);
        report(Step::Write);
        let wanted: Vec<Replacement> = targets
            .iter()
            .map(|target| Replacement {
                output: target.output,
                folder: &target.folder,
                scope: scope(outcome, target.output),
            })
            .collect();
        replace(self.root(), &wanted, &outcome.artifacts)
    }

    /// Refuses folders that no output may go to.
    pub(super) fn check_targets(&self, targets: &[Target]) -> Diagnostics {
        let mut refused: Vec<Diagnostic> = targets
            .iter()
            .filter_map(|it| check_folder(self.root(), it.output, &it.folder).err())
            .collect();
        if let [one, other] = targets {
            refused.extend(check_apart(self.root(), &one.folder, &other.folder).err());
        }
        refused.into_iter().collect()
    }
}

/// Returns which files of ours in the folder of `output` a run replaces.
fn scope(outcome: &Outcome, output: Output) -> Scope {
    match output {
        Output::Web => Scope::Whole,
        Output::Print => Scope::Below(outcome.months.iter().map(ToString::to_string).collect()),
        Output::Share => {
            let folders = outcome.share.as_ref().map(|made| made.folders.clone());
            Scope::Below(folders.unwrap_or_default())
        }
        // Each paper has a folder of its own.
        Output::Archive => {
            let paths = outcome.artifacts.iter().map(|it| it.path.split_once('/'));
            let folders = paths.flatten().map(|(folder, _)| folder.to_owned());
            Scope::Below(folders.collect::<BTreeSet<String>>())
        }
    }
}
