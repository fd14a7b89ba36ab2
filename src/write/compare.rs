//! What an output folder holds against what it shall hold, file by file.
//!
//! Looks and decides; changes nothing. What it decides comes out as [`Step`]s.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::files::{self, Standing};
use super::manifest::{Hashes, Notes};
use super::names::fold;
use super::{NOTES, Scope, WriteReport};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::render::Artifact;

/// One thing done to the output folder.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Takes a file of ours away.
    Remove(String),
    /// Moves what somebody made of our file to where it is kept.
    SetAside(String, PathBuf),
    /// Moves a staged file into place.
    Place(PathBuf, String),
}

/// What the output folder holds against what it shall hold.
pub(super) struct Comparison<'a> {
    target: &'a Path,
    shown: &'a str,
    notes: &'a Notes,
    scope: &'a Scope,
    wanted: BTreeMap<&'a str, (&'a Artifact, &'a String)>,
    /// Files that go, before others can be placed.
    blocking: BTreeSet<&'a str>,
    /// Files that go.
    leaving: BTreeSet<&'a str>,
    /// Files to place.
    placed: BTreeSet<&'a str>,
    /// Files of ours that somebody changed and that are to be placed anew, with their hashes.
    edited: BTreeMap<&'a str, String>,
    /// Files that stand in the way.
    obstacles: BTreeSet<String>,
    pub diagnostics: Diagnostics,
}

/// A path below the output folder and what went wrong there.
pub(super) type Failure = (String, io::Error);

impl<'a> Comparison<'a> {
    /// Prepares to compare `target`, whose files the notes know.
    pub(super) fn new(
        target: &'a Path,
        shown: &'a str,
        notes: &'a Notes,
        scope: &'a Scope,
        artifacts: &[&'a Artifact],
        hashes: &'a [String],
    ) -> Self {
        let wanted = artifacts.iter().zip(hashes);
        Self {
            target,
            shown,
            notes,
            scope,
            wanted: wanted
                .map(|(artifact, hash)| (artifact.path.as_str(), (*artifact, hash)))
                .collect(),
            blocking: BTreeSet::new(),
            leaving: BTreeSet::new(),
            placed: BTreeSet::new(),
            edited: BTreeMap::new(),
            obstacles: BTreeSet::new(),
            diagnostics: Diagnostics::default(),
        }
    }

    /// Looks at every file that is ours, wanted or in the way.
    pub(super) fn run(&mut self) -> Result<(), Failure> {
        self.find_leaving()?;
        let wanted: Vec<_> = self.wanted.values().copied().collect();
        for (artifact, _) in wanted {
            self.compare(artifact)
                .map_err(|error| (artifact.path.clone(), error))?;
        }
        self.report_foreign();
        self.report_obstacles();
        Ok(())
    }

    /// Finds files of ours that are wanted no more and still as we left them.
    fn find_leaving(&mut self) -> Result<(), Failure> {
        let folded: BTreeSet<String> = self.wanted.keys().map(|path| fold(path)).collect();
        for path in self.notes.paths() {
            if self.wanted.contains_key(path) || !self.scope.holds(path) {
                continue;
            }
            let file = self.target.join(path);
            let at = |error| (path.to_owned(), error);
            match files::standing(&file).map_err(at)? {
                // A folder there is what a build that was cut short made of it.
                Standing::Nothing | Standing::Folder => continue,
                Standing::File => {
                    let bytes = files::read(&file).map_err(at)?;
                    if self.notes.is_as_left(path, &files::hash(&bytes)) {
                        // The same file under another spelling, where case does not count: it
                        // must go before the new one comes.
                        if folded.contains(&fold(path)) {
                            self.blocking.insert(path);
                        } else {
                            self.leaving.insert(path);
                        }
                        continue;
                    }
                }
                Standing::Other => {}
            }
            self.keep(path);
        }
        Ok(())
    }

    /// Decides what becomes of one artifact.
    fn compare(&mut self, artifact: &'a Artifact) -> io::Result<()> {
        let path = artifact.path.as_str();
        if !self.clear_way(path)? {
            return Ok(());
        }
        let file = self.target.join(path);
        let respelled = self.blocking.iter().any(|gone| fold(gone) == fold(path));
        match files::standing(&file)? {
            _ if respelled => {}
            Standing::Nothing => {}
            Standing::File if files::holds(&file, &artifact.bytes)? => return Ok(()),
            Standing::File => {
                let hash = files::hash(&files::read(&file)?);
                if !self.notes.is_ours(path) {
                    self.obstacles.insert(path.to_owned());
                } else if !self.notes.is_as_left(path, &hash) {
                    self.edited.insert(path, hash);
                }
            }
            Standing::Folder => self.clear_folder(path),
            Standing::Other => {
                self.obstacles.insert(path.to_owned());
            }
        }
        self.placed.insert(path);
        Ok(())
    }

    /// Looks whether the folders above `path` are folders, or files of ours that go.
    fn clear_way(&mut self, path: &'a str) -> io::Result<bool> {
        for (at, _) in path.match_indices('/') {
            let above = &path[..at];
            match files::standing(&self.target.join(above))? {
                Standing::Folder => {}
                Standing::Nothing => return Ok(true),
                Standing::File if self.leaving.remove(above) => {
                    self.blocking.insert(above);
                }
                Standing::File if self.blocking.contains(above) => {}
                _ => {
                    self.obstacles.insert(above.to_owned());
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Lets the files of a folder go first, where all in it are ours and go.
    fn clear_folder(&mut self, path: &'a str) {
        let below = format!("{path}/");
        let gone: Vec<&str> = self
            .leaving
            .iter()
            .copied()
            .filter(|gone| gone.starts_with(&below))
            .collect();
        let stays = self
            .list(path)
            .into_iter()
            .find(|file| !gone.contains(&file.as_str()));
        match stays {
            Some(file) => {
                self.obstacles.insert(file);
            }
            None => {
                for gone in gone {
                    self.leaving.remove(gone);
                    self.blocking.insert(gone);
                }
            }
        }
    }

    /// Lists what is not a folder below the folder `path`, as paths below the target.
    fn list(&self, path: &str) -> Vec<String> {
        let entries = WalkDir::new(self.target.join(path)).sort_by_file_name();
        let files = entries.into_iter().filter_map(Result::ok);
        files
            .filter(|entry| !entry.file_type().is_dir())
            .filter_map(|entry| {
                let relative = entry.path().strip_prefix(self.target).ok()?;
                Some(relative.to_string_lossy().replace('\\', "/"))
            })
            .collect()
    }

    /// Names what is not ours: a folder that holds nothing of ours by its own name alone.
    fn report_foreign(&mut self) {
        let ours: BTreeSet<&str> = self.notes.paths().into_iter().collect();
        let ours: BTreeSet<&str> = ours
            .union(&self.wanted.keys().copied().collect())
            .copied()
            .collect();
        let mut named = BTreeSet::new();
        for file in self.list("") {
            // Hidden files are some other program's, such as `.git` or `.nojekyll`.
            let hidden = file.split('/').any(|part| part.starts_with('.'));
            if hidden || ours.contains(file.as_str()) || !self.scope.holds(&file) {
                continue;
            }
            let lonely = file
                .match_indices('/')
                .map(|(at, _)| &file[..=at])
                .find(|folder| {
                    ours.range(*folder..)
                        .next()
                        .is_none_or(|next| !next.starts_with(folder))
                });
            named.insert(lonely.unwrap_or(&file).to_owned());
        }
        for path in named {
            if !self.obstacles.contains(&path) {
                self.keep(&path);
            }
        }
    }

    fn keep(&mut self, path: &str) {
        let kept = Diagnostic::new(Code::ForeignFile);
        self.diagnostics
            .push(kept.with("path", format!("{}/{path}", self.shown)));
    }

    /// Says what is in the way: the first by name, the others by number.
    fn report_obstacles(&mut self) {
        let Some(first) = self.obstacles.first() else {
            return;
        };
        let others = self.obstacles.len() - 1;
        let blocked = Diagnostic::new(Code::InTheWay)
            .with("path", format!("{}/{first}", self.shown))
            .with("folder", self.shown)
            .with_some("others", (others > 0).then_some(others));
        self.diagnostics.push(blocked);
    }

    /// Puts what was found into an order of steps.
    pub(super) fn steps(&mut self, root: &Path) -> Vec<Step> {
        let notes = root.join(NOTES);
        let mut steps = Vec::new();
        for path in &self.blocking {
            steps.push(Step::Remove((*path).to_owned()));
        }
        for (path, hash) in std::mem::take(&mut self.edited) {
            let name = path.rsplit('/').next().unwrap_or(path);
            let kept = format!("kept/{}-{name}", &hash[..8]);
            let diagnostic = Diagnostic::new(Code::HandEdited)
                .with("path", format!("{}/{path}", self.shown))
                .with("kept", format!("{NOTES}/{kept}"));
            self.diagnostics.push(diagnostic);
            steps.push(Step::SetAside(path.to_owned(), notes.join(kept)));
        }
        // Pages come last, so that no page is there before what it shows.
        let mut placed: Vec<&str> = self.placed.iter().copied().collect();
        placed.sort_by_key(|path| path.ends_with(".html"));
        for (number, path) in placed.into_iter().enumerate() {
            let staged = notes.join("stage").join(number.to_string());
            steps.push(Step::Place(staged, path.to_owned()));
        }
        for path in &self.leaving {
            steps.push(Step::Remove((*path).to_owned()));
        }
        steps
    }

    /// Counts what the steps do.
    pub(super) fn report(&self) -> WriteReport {
        WriteReport {
            written: self.placed.len(),
            unchanged: self.wanted.len() - self.placed.len(),
            removed: self.leaving.len() + self.blocking.len(),
        }
    }

    /// Returns the files of ours that lie there once all steps are done.
    pub(super) fn after(&self) -> io::Result<Hashes> {
        let mut after = Hashes::new();
        for path in self.notes.paths() {
            if !self.scope.holds(path) {
                let hash = self.notes.hash_now(path, &self.target.join(path))?;
                after.extend(hash.map(|hash| (path.to_owned(), hash)));
            }
        }
        let wanted = self.wanted.iter();
        after.extend(wanted.map(|(path, (_, hash))| ((*path).to_owned(), (*hash).clone())));
        Ok(after)
    }
}
