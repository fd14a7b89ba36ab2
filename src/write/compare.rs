//! What an output folder holds against what it shall hold, file by file.
//!
//! Looks and decides; changes nothing. What it decides comes out as [`Changes`].

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use walkdir::WalkDir;

use super::files::{self, Standing};
use super::manifest::Hashes;
use super::names::fold;
use super::{Scope, WriteReport};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::digest::digest;
use crate::render::Artifact;

/// What an output folder holds against what it shall hold.
pub(super) struct Comparison<'f, 'a> {
    target: &'f Path,
    shown: &'f str,
    scope: &'f Scope,
    /// Files that we left there, with their hashes.
    left: &'a Hashes,
    wanted: BTreeMap<&'a str, &'a Artifact>,
    /// Files of ours that go.
    gone: BTreeSet<&'a str>,
    /// Files to place.
    placed: BTreeSet<&'a str>,
    /// Files that stand in the way.
    obstacles: BTreeSet<String>,
    pub diagnostics: Diagnostics,
}

/// What is to become of an output folder.
pub(super) struct Changes<'a> {
    /// Files of ours that go.
    pub gone: BTreeSet<&'a str>,
    /// Files that come, or come anew.
    pub placed: Vec<&'a Artifact>,
    /// In numbers.
    pub report: WriteReport,
}

impl Changes<'_> {
    /// Tells whether the folder is as it shall be.
    pub(super) fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.placed.is_empty()
    }
}

/// A path below the output folder and what went wrong there.
pub(super) type Failure = (String, io::Error);

impl<'f, 'a> Comparison<'f, 'a> {
    /// Prepares to compare `target`, where we left the files `left`.
    pub(super) fn new(
        target: &'f Path,
        shown: &'f str,
        scope: &'f Scope,
        left: &'a Hashes,
        artifacts: &[&'a Artifact],
    ) -> Self {
        let wanted = artifacts.iter();
        Self {
            target,
            shown,
            scope,
            left,
            wanted: wanted
                .map(|artifact| (artifact.path.as_str(), *artifact))
                .collect(),
            gone: BTreeSet::new(),
            placed: BTreeSet::new(),
            obstacles: BTreeSet::new(),
            diagnostics: Diagnostics::default(),
        }
    }

    /// Looks at every file that is ours, wanted or in the way.
    pub(super) fn run(&mut self) -> Result<(), Failure> {
        self.find_gone()?;
        let wanted: Vec<_> = self.wanted.values().copied().collect();
        for artifact in wanted {
            self.compare(artifact)
                .map_err(|error| (artifact.path.clone(), error))?;
        }
        self.report_foreign();
        self.report_obstacles();
        Ok(())
    }

    /// Finds files of ours that are wanted no more and still as we left them.
    fn find_gone(&mut self) -> Result<(), Failure> {
        let left = self.left;
        for (path, hash) in left {
            if self.wanted.contains_key(path.as_str()) || !self.scope.holds(path) {
                continue;
            }
            let file = self.target.join(path);
            let at = |error| (path.clone(), error);
            match files::standing(&file).map_err(at)? {
                Standing::Nothing | Standing::Folder => {}
                Standing::File if digest(&files::read(&file).map_err(at)?) == *hash => {
                    self.gone.insert(path);
                }
                Standing::File | Standing::Other => self.keep(path),
            }
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
        // The same file under another spelling, where case does not count, goes.
        let respelled = self.gone.iter().any(|gone| fold(gone) == fold(path));
        match files::standing(&file)? {
            _ if respelled => {}
            Standing::Nothing => {}
            Standing::File if files::holds(&file, &artifact.read().map_err(io::Error::other)?)? => {
                return Ok(());
            }
            Standing::File if self.left.contains_key(path) => {}
            Standing::Folder => self.clear_folder(path),
            Standing::File | Standing::Other => {
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
                Standing::File if self.gone.contains(above) => return Ok(true),
                _ => {
                    self.obstacles.insert(above.to_owned());
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Looks whether all files of a folder that a file replaces are ours and go.
    fn clear_folder(&mut self, path: &str) {
        let stays = self.list(path).into_iter();
        let stays = stays.filter(|file| !self.gone.contains(file.as_str()));
        self.obstacles.extend(stays.take(1).collect::<Vec<_>>());
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
        let left = self.left.keys().map(String::as_str);
        let ours: BTreeSet<&str> = left.chain(self.wanted.keys().copied()).collect();
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

    /// Returns what is to be done.
    pub(super) fn changes(self) -> Changes<'a> {
        let report = WriteReport {
            written: self.placed.len(),
            unchanged: self.wanted.len() - self.placed.len(),
            removed: self.gone.len(),
        };
        let placed = self.placed.iter().map(|path| self.wanted[path]);
        Changes {
            placed: placed.collect(),
            gone: self.gone,
            report,
        }
    }
}
