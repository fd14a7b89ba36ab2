//! What a change affects: which files of the outputs differ.

use std::collections::BTreeMap;

use super::snapshot::Snapshot;
use crate::diag::{Diagnostics, Warned};
use crate::digest::digest;
use crate::pipeline::{Options, Outcome, Step};
use crate::render::Output;

/// A file of an output that a change affects.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Affected {
    /// The output.
    pub output: Output,
    /// The file's path below the output's folder.
    pub path: String,
    /// What happens to it.
    pub how: How,
}

/// What happens to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// It is new.
    Comes,
    /// It has other bytes.
    Changes,
    /// It is not there any more.
    Goes,
}

/// The hashes of a run's files.
type Hashes = BTreeMap<(Output, String), String>;

impl Snapshot {
    /// Returns the files of the outputs that differ between this snapshot and `after`, made with
    /// `options`; `None` where one of them has errors, which are told, or the work was cancelled.
    ///
    /// Both are made as a whole, one after the other: what is dear comes from the cache, and no more
    /// than hashes is held of the first.
    pub fn affects(
        &self,
        after: &Self,
        options: &Options,
        report: &dyn Fn(Step),
    ) -> Warned<Option<Vec<Affected>>> {
        let mut diagnostics = Diagnostics::default();
        let mut hashes = |snapshot: &Self| {
            let outcome = snapshot.run(options, report);
            let hashes = hashes(&outcome);
            diagnostics = outcome.diagnostics;
            hashes.filter(|_| !diagnostics.has_errors())
        };
        let value = hashes(self).and_then(|before| Some(differing(before, hashes(after)?)));
        Warned { value, diagnostics }
    }
}

/// Returns the hashes of what a run made; `None` where a file of the site's is gone, or where it
/// ended early.
fn hashes(outcome: &Outcome) -> Option<Hashes> {
    let hash = |artifact: &crate::render::Artifact| {
        let bytes = artifact.read().ok()?;
        Some(((artifact.output, artifact.path.clone()), digest(bytes)))
    };
    let all: Option<Hashes> = outcome.artifacts.iter().map(hash).collect();
    all.filter(|_| !outcome.is_cancelled)
}

fn differing(mut before: Hashes, after: Hashes) -> Vec<Affected> {
    let mut affected = Vec::new();
    for ((output, path), hash) in after {
        let how = match before.remove(&(output, path.clone())) {
            Some(earlier) if earlier == hash => continue,
            Some(_) => How::Changes,
            None => How::Comes,
        };
        affected.push(Affected { output, path, how });
    }
    let gone = before.into_keys().map(|(output, path)| Affected {
        output,
        path,
        how: How::Goes,
    });
    affected.extend(gone);
    affected.sort();
    affected
}
