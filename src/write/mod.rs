//! Stage 7: artifacts onto the disk; the only door out.
//!
//! There are nine ways and no other: [`replace`] makes output folders hold the artifacts of a
//! build, all in one step, [`create`] adds a source file where none was ([`keep`]: or is already, with the same bytes),
//! [`append_lines`] adds lines to the ledger, [`publish`] replaces the published plan and [`repair`] a
//! ledger file, each keeping the earlier one, [`Shelf`] keeps among our own notes what took long to make, [`mend`] replaces
//! words of a source file that a message names, [`change`] puts another text in the place of one,
//! [`undo`] takes the last of these changes back: each is noted before it is made, but for the
//! ledger's lines, which a correction takes back.
//! None of them loses a thing: files appear whole, by a move; what Greenboard did not write is
//! neither changed nor deleted; a build that is cut short is finished or taken back by the next
//! run ([`heal`]).
//!
//! Source files are written by who holds the site ([`hold`]), before reading what the new lines
//! follow from.
//!
//! What lies in the output folders and is ours stands in `.greenboard/manifest.json`, with the
//! hash of each file. A file that is not there as we left it belongs to somebody else.
//! [`Before`] tells a build that there is nothing to do.

mod change;
mod compare;
mod create;
mod files;
mod folder;
mod held;
mod identity;
mod last;
mod lock;
mod manifest;
mod mend;
mod names;
mod record;
mod rewrite;
mod scratch;
mod shelf;
mod stage;
mod swap;
mod turn;
mod undo;

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

pub use change::change;
pub use create::{append_lines, create, keep};
pub use folder::{check_apart, check_folder};
pub use held::{Held, begin, end, has_begun, hold};
pub use last::Before;
pub use mend::{Changed, Mended, Mending, mend};
pub use rewrite::{publish, repair};
pub use scratch::spool;
pub use shelf::Shelf;
pub use undo::undo;

use crate::diag::{Diagnostic, Diagnostics, Warned};
use crate::digest::digest;
use crate::render::{Artifact, Output};
use compare::Comparison;
use manifest::{Hashes, Manifest};
use turn::{Part, Turn};

/// The folder of Greenboard's own notes, below the site's.
pub const NOTES: &str = ".greenboard";

/// Which files of ours in an output folder a build replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All: what is no artifact any more goes.
    Whole,
    /// Only those below these folders, such as `2026-11` or `2026-11/flue/long`; the others stay as
    /// they are.
    Below(BTreeSet<String>),
}

impl Scope {
    fn holds(&self, path: &str) -> bool {
        match self {
            Self::Whole => true,
            Self::Below(folders) => path
                .match_indices('/')
                .any(|(end, _)| folders.contains(&path[..end])),
        }
    }
}

/// An output folder and what it is to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement<'a> {
    /// The artifacts that go there.
    pub output: Output,
    /// The folder; below the site's where it is relative.
    pub folder: &'a Path,
    /// Which of its files are replaced.
    pub scope: Scope,
}

/// What a replacement did to one folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteReport {
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files that stayed, with their times.
    pub unchanged: usize,
    /// Files of ours that went.
    pub removed: usize,
}

/// Which state stands in the output folders.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum State {
    /// The one that stood there before, in all of them.
    #[default]
    Kept,
    /// The new one, in all of them.
    New,
    /// The new one in some; a message names them, and the next run finishes the others.
    HalfWay,
}

/// What [`replace`] did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// What stands there now.
    pub state: State,
    /// What was done to each folder; empty where the earlier state stands.
    pub reports: Vec<WriteReport>,
}

/// Makes output folders hold the artifacts of a build, and remembers them as ours.
///
/// `root` is the site's folder. All folders get their new state in one step, or none does: where
/// anything is in the way or goes wrong, the errors say so and the earlier state stands.
pub fn replace(root: &Path, wanted: &[Replacement], artifacts: &[Artifact]) -> Warned<Done> {
    let mut diagnostics = check(root, wanted, artifacts);
    let mut value = Done::default();
    if !diagnostics.has_errors() {
        let replaced = replace_all(root, wanted, artifacts, &mut diagnostics, &mut value);
        replaced
            .err()
            .into_iter()
            .for_each(|error| diagnostics.push(error));
    }
    Warned { value, diagnostics }
}

/// Finishes or takes back what a run that was cut short left in the output folders of the site
/// `root`.
///
/// # Errors
/// [`Code::CannotWrite`](crate::diag::Code::CannotWrite) where the system refuses.
pub fn heal(root: &Path) -> Warned<()> {
    let mut diagnostics = Diagnostics::default();
    if turn::is_under_way(root) {
        let lock = lock::wait(root).map_err(|error| files::failed(NOTES, &error));
        let healed = lock.and_then(|_lock| turn::finish_last(root, &mut diagnostics));
        diagnostics.extend(healed.err().into_iter().collect());
    }
    Warned {
        value: (),
        diagnostics,
    }
}

/// Tells whether another run writes the site `root` just now, so that this one will wait.
pub fn is_busy(root: &Path) -> bool {
    root.join(NOTES).is_dir() && lock::is_held(root)
}

/// Refuses what can be refused before anything is looked at.
fn check(root: &Path, wanted: &[Replacement], artifacts: &[Artifact]) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for wanted in wanted {
        let refused = check_folder(root, wanted.output, wanted.folder).err();
        diagnostics.extend(refused.into_iter().collect());
        diagnostics.extend(names::check(&of(wanted.output, artifacts)));
    }
    diagnostics
}

fn replace_all(
    root: &Path,
    wanted: &[Replacement],
    artifacts: &[Artifact],
    diagnostics: &mut Diagnostics,
    done: &mut Done,
) -> Result<(), Diagnostic> {
    let _lock = lock::wait(root).map_err(|error| files::failed(NOTES, &error))?;
    turn::finish_last(root, diagnostics)?;
    let manifest = Manifest::read(root)?;
    let mut parts = Vec::new();
    for wanted in wanted {
        let own = of(wanted.output, artifacts);
        parts.push(compare(root, wanted, &own, &manifest, diagnostics)?);
    }
    if diagnostics.has_errors() {
        return Ok(());
    }
    let reports = parts.iter().map(|part| part.changes.report.clone());
    let new = Done {
        state: State::New,
        reports: reports.collect(),
    };
    let after = parts
        .iter()
        .map(|part| (part.key.clone(), part.after.clone()))
        .collect();
    parts.retain(|part| !part.changes.is_empty());
    if parts.is_empty() {
        manifest.settle(root, &after)?;
        *done = new;
        return Ok(());
    }
    let mut turn = Turn::begin(root, &parts, after, diagnostics)?;
    let turned = turn
        .stage(root, &parts)
        .map_err(|error| (error, State::Kept))
        .and_then(|()| turn.carry_out());
    if let Err((error, state)) = turned {
        done.state = state;
        if state == State::Kept {
            // What can't be removed now goes in the next run.
            let _ = turn.clear(root);
        }
        return Err(error);
    }
    *done = new;
    turn.settle(root, diagnostics)?;
    let _ = turn.clear(root);
    Ok(())
}

/// Compares a folder with what it is to hold.
fn compare<'a>(
    root: &Path,
    wanted: &Replacement,
    artifacts: &[&'a Artifact],
    manifest: &'a Manifest,
    diagnostics: &mut Diagnostics,
) -> Result<Part<'a>, Diagnostic> {
    let target = folder::true_path(&root.join(wanted.folder));
    let key = folder::key(root, wanted.folder);
    let left = manifest.of(&key);
    let mut comparison = Comparison::new(&target, &key, &wanted.scope, left, artifacts);
    comparison
        .run()
        .map_err(|(path, error)| files::failed(format!("{key}/{path}"), &error))?;
    diagnostics.extend(std::mem::take(&mut comparison.diagnostics));
    let changes = comparison.changes();
    let hash = |artifact: &&Artifact| match artifact.read() {
        Ok(bytes) => Ok((artifact.path.clone(), digest(bytes))),
        Err(unread) => Err(unread.diagnostic()),
    };
    let hashes: Hashes = artifacts.par_iter().map(hash).collect::<Result<_, _>>()?;
    let others = left.iter().filter(|(path, _)| !wanted.scope.holds(path));
    let others = others.map(|(path, hash)| (path.clone(), hash.clone()));
    let after = others.chain(hashes).collect();
    Ok(Part {
        key,
        target,
        changes,
        after,
    })
}

fn of(output: Output, artifacts: &[Artifact]) -> Vec<&Artifact> {
    let own = artifacts.iter();
    own.filter(|artifact| artifact.output == output).collect()
}

#[cfg(test)]
mod tests;
