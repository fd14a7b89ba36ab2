//! Stage 7: artifacts onto the disk; the only door out.
//!
//! There are six ways and no other: [`replace`] makes an output folder hold the artifacts of a
//! build, [`create`] adds a source file where none was ([`keep`]: or is already, with the same bytes),
//! [`append_lines`] adds lines to the ledger, [`publish`] replaces the published plan and keeps the
//! earlier one, [`keep_made`] keeps among our own notes what took long to make, [`mend`] replaces
//! words of a source file that a message names.
//! None of them loses a thing: files appear whole, by a move; what Greenboard did not write is
//! neither changed nor deleted; a build that is cut short is healed by the next one.
//!
//! What lies in the output folders and is ours stands in `.greenboard/manifest.json`, with the
//! hash of each file. A file that is not there as we left it belongs to somebody else.

mod changes;
mod compare;
mod create;
mod files;
mod folder;
mod made;
mod manifest;
mod mend;
mod names;
mod publish;

use std::collections::BTreeSet;
use std::path::Path;

pub use create::{append_lines, create, keep};
pub use files::hash;
pub use folder::{check_apart, check_folder};
pub use made::keep_made;
pub use mend::{Changed, Mended, Mending, mend};
pub use publish::publish;

use crate::diag::{Diagnostics, Warned};
use crate::render::{Artifact, Output};
use changes::Job;

/// The folder of Greenboard's own notes, below the site's.
pub const NOTES: &str = ".greenboard";

/// Which files of ours in an output folder a build replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All: what is no artifact any more goes.
    Whole,
    /// Only those below these folders, such as `2026-11`; the others stay as they are.
    Below(BTreeSet<String>),
}

impl Scope {
    fn holds(&self, path: &str) -> bool {
        match self {
            Self::Whole => true,
            Self::Below(folders) => path
                .split_once('/')
                .is_some_and(|(first, _)| folders.contains(first)),
        }
    }
}

/// What a replacement did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WriteReport {
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files that stayed, with their times.
    pub unchanged: usize,
    /// Files of ours that went.
    pub removed: usize,
}

/// Makes `folder` hold the artifacts of `output`, and remembers them as ours.
///
/// `root` is the site's folder. A `folder` that is relative lies below it. Where anything is in
/// the way, the errors say so and nothing is written.
pub fn replace(
    root: &Path,
    output: Output,
    folder: &Path,
    artifacts: &[Artifact],
    scope: &Scope,
) -> Warned<WriteReport> {
    let own: Vec<&Artifact> = artifacts
        .iter()
        .filter(|artifact| artifact.output == output)
        .collect();
    let mut diagnostics = Diagnostics::default();
    let report = Job::prepare(root, folder, &own, scope, &mut diagnostics).and_then(|job| {
        let done = job.carry_out(usize::MAX).and_then(|()| job.finish());
        done.map_err(|error| diagnostics.push(error)).ok()
    });
    Warned {
        value: report.unwrap_or_default(),
        diagnostics,
    }
}

#[cfg(test)]
mod tests;
