//! Replacing an output folder: find out what differs, stage it, move it into place.
//!
//! [`Job::prepare`] changes nothing in the output folder; all that can be refused is refused
//! there. [`Job::carry_out`] goes through its steps one by one, and may be cut short after any
//! of them: every file is whole then, and the intent on record lets the next build see which
//! are ours.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::compare::{Comparison, Step};
use super::files::{self, failed};
use super::folder::{check_folder, key, true_path};
use super::manifest::{Hashes, Notes};
use super::names;
use super::{NOTES, Scope, WriteReport};
use crate::diag::{Diagnostic, Diagnostics};
use crate::render::Artifact;

/// A replacement, ready to be carried out.
#[derive(Debug)]
pub(super) struct Job {
    target: PathBuf,
    shown: String,
    stage: PathBuf,
    steps: Vec<Step>,
    notes: Notes,
    after: Hashes,
    report: WriteReport,
    /// Held until the job is done.
    _lock: File,
}

impl Job {
    /// Finds out what is to be done and stages the new files.
    ///
    /// Says in `diagnostics` what is worth knowing; `None` where errors forbid the rest.
    pub(super) fn prepare(
        root: &Path,
        folder: &Path,
        artifacts: &[&Artifact],
        scope: &Scope,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let refused = check_folder(root, folder).err();
        diagnostics.extend(refused.into_iter().collect());
        diagnostics.extend(names::check(artifacts));
        if diagnostics.has_errors() {
            return None;
        }
        let prepared = Self::compare_and_stage(root, folder, artifacts, scope, diagnostics);
        prepared.unwrap_or_else(|error| {
            diagnostics.push(error);
            None
        })
    }

    fn compare_and_stage(
        root: &Path,
        folder: &Path,
        artifacts: &[&Artifact],
        scope: &Scope,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<Self>, Diagnostic> {
        let target = true_path(&root.join(folder));
        let key = key(root, folder);
        let own = |error| failed(NOTES, &error);
        let lock = files::lock(root).map_err(own)?;
        let notes = Notes::read(root, &key)?;
        let hashes: Vec<String> = artifacts
            .par_iter()
            .map(|artifact| files::hash(&artifact.bytes))
            .collect();
        let mut comparison = Comparison::new(&target, &key, &notes, scope, artifacts, &hashes);
        comparison
            .run()
            .map_err(|(path, error)| failed(format!("{key}/{path}"), &error))?;
        let steps = comparison.steps(root);
        let after = comparison.after().map_err(own)?;
        let report = comparison.report();
        diagnostics.extend(comparison.diagnostics);
        if diagnostics.has_errors() {
            return Ok(None);
        }
        let job = Self {
            target,
            shown: key,
            stage: root.join(NOTES).join("stage"),
            steps,
            notes,
            after,
            report,
            _lock: lock,
        };
        job.stage_files(artifacts, &hashes).map_err(own)?;
        Ok(Some(job))
    }

    fn stage_files(&self, artifacts: &[&Artifact], hashes: &[String]) -> io::Result<()> {
        files::clear(&self.stage)?;
        let places = self.steps.iter().filter_map(|step| match step {
            Step::Place(staged, path) => Some((staged, path)),
            _ => None,
        });
        let places: BTreeMap<_, _> = places
            .map(|(staged, path)| (path.as_str(), staged))
            .collect();
        if places.is_empty() {
            return Ok(());
        }
        files::make_folder(&self.stage)?;
        for artifact in artifacts {
            if let Some(staged) = places.get(artifact.path.as_str()) {
                files::stage(staged, &artifact.bytes)?;
            }
        }
        let paths = artifacts.iter().map(|artifact| artifact.path.clone());
        self.notes
            .intend(paths.zip(hashes.iter().cloned()).collect())
    }

    /// Does the first `limit` steps.
    pub(super) fn carry_out(&self, limit: usize) -> Result<(), Diagnostic> {
        for step in self.steps.iter().take(limit) {
            let (path, done) = match step {
                Step::Remove(path) => (path, self.remove(path)),
                Step::SetAside(path, kept) => (path, self.set_aside(path, kept)),
                Step::Place(staged, path) => (
                    path,
                    files::move_into_place(staged, &self.target.join(path)),
                ),
            };
            done.map_err(|error| failed(format!("{}/{path}", self.shown), &error))?;
        }
        Ok(())
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        let file = self.target.join(path);
        files::remove(&file)?;
        files::remove_empty_above(&file, &self.target);
        Ok(())
    }

    fn set_aside(&self, path: &str, kept: &Path) -> io::Result<()> {
        files::move_into_place(&self.target.join(path), kept)
    }

    /// Records what lies in the output folder now.
    pub(super) fn finish(self) -> Result<WriteReport, Diagnostic> {
        let settled = files::make_folder(&self.target)
            .and_then(|()| self.notes.settle(self.after))
            .and_then(|()| files::clear(&self.stage));
        settled.map_err(|error| failed(NOTES, &error))?;
        Ok(self.report)
    }
}
