//! What was done to the user's files, so that it can be taken back.
//!
//! Whatever one run changes while it holds the site is one record, `.greenboard/edits/000007.jsonl`:
//! a line a file, with the hashes of what it held before and after, written before the file is
//! changed. What it held before lies beside, under its hash. Taking a record back is a record too,
//! which keeps what was taken back. The ledger's own lines are in no record: there a correction
//! takes back, and all that was ever said stays.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{NOTES, files};
use crate::diag::SitePath;
use crate::digest::digest;

/// The folder of the records, among our notes.
pub(super) const FOLDER: &str = "edits";
/// How many records are kept.
const MOST: usize = 200;

/// The record of a run on its way.
#[derive(Debug, Default)]
pub(super) enum Record {
    /// Nothing was changed yet.
    #[default]
    Empty,
    /// Its file.
    Begun(PathBuf),
    /// A new site is made, whose files nobody has had before.
    Off,
}

/// A line of a record.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Line {
    /// A file, with the hashes of what it held and is to hold.
    Change {
        path: String,
        before: Option<String>,
        after: Option<String>,
    },
    /// The record that this one takes back.
    Undoes { undoes: u64 },
    /// All of it was taken back.
    Done { done: bool },
}

/// What a record did to one file, all in all.
pub(super) struct Net {
    pub(super) path: SitePath,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// Where the records of a site lie.
pub(super) struct Records {
    pub(super) folder: PathBuf,
    /// Their numbers, in order.
    numbers: Vec<u64>,
}

impl Record {
    /// Notes that `path` is about to be changed.
    pub(super) fn note(
        &mut self,
        root: &Path,
        path: &SitePath,
        before: Option<&[u8]>,
        after: Option<&[u8]>,
    ) -> io::Result<()> {
        let file = match self {
            Self::Off => return Ok(()),
            Self::Begun(file) => file.clone(),
            Self::Empty => self.begin(root)?,
        };
        if let Some(before) = before {
            let kept = file.with_file_name(digest(before));
            if !kept.is_file() {
                files::put(&kept, &[before])?;
            }
        }
        let change = Line::Change {
            path: path.to_string(),
            before: before.map(digest),
            after: after.map(digest),
        };
        add(&file, &change)
    }

    /// Begins a record; returns its file.
    pub(super) fn begin(&mut self, root: &Path) -> io::Result<PathBuf> {
        let records = Records::of(root)?;
        records.prune()?;
        let number = records.numbers.last().map_or(1, |last| last + 1);
        let file = records.file(number);
        *self = Self::Begun(file.clone());
        Ok(file)
    }
}

impl Records {
    pub(super) fn of(root: &Path) -> io::Result<Self> {
        let folder = root.join(NOTES).join(FOLDER);
        let mut numbers = Vec::new();
        for name in files::names(&folder)? {
            numbers.extend(
                name.strip_suffix(".jsonl")
                    .and_then(|it| it.parse::<u64>().ok()),
            );
        }
        numbers.sort_unstable();
        Ok(Self { folder, numbers })
    }

    fn file(&self, number: u64) -> PathBuf {
        self.folder.join(format!("{number:06}.jsonl"))
    }

    /// Returns the lines of a record; one that cannot be read is of another program and none.
    fn lines(&self, number: u64) -> io::Result<Vec<Line>> {
        let bytes = files::read(&self.file(number))?;
        let text = String::from_utf8_lossy(&bytes);
        let lines = text.lines().map(serde_json::from_str);
        Ok(lines.filter_map(Result::ok).collect())
    }

    /// Removes the oldest records where there are too many, and what only they kept.
    fn prune(&self) -> io::Result<()> {
        let n_old = (self.numbers.len() + 1).saturating_sub(MOST);
        if n_old == 0 {
            return Ok(());
        }
        let (old, rest) = self.numbers.split_at(n_old);
        for number in old {
            files::remove_if_there(&self.file(*number))?;
        }
        let mut kept = BTreeSet::new();
        for number in rest {
            let lines = self.lines(*number)?.into_iter();
            kept.extend(lines.filter_map(|line| match line {
                Line::Change { before, .. } => before,
                Line::Undoes { .. } | Line::Done { .. } => None,
            }));
        }
        for name in files::names(&self.folder)? {
            if !name.ends_with(".jsonl") && !kept.contains(&name) {
                files::remove_if_there(&self.folder.join(name))?;
            }
        }
        Ok(())
    }

    /// Finds the last record that still stands, and what it did.
    pub(super) fn last(&self) -> io::Result<Option<(u64, Vec<Net>)>> {
        let mut undone = BTreeSet::new();
        for number in self.numbers.iter().rev() {
            let lines = self.lines(*number)?;
            let undoes = lines.iter().find_map(|line| match line {
                Line::Undoes { undoes } => Some(*undoes),
                _ => None,
            });
            let is_done = lines
                .iter()
                .any(|line| matches!(line, Line::Done { done: true }));
            match undoes {
                Some(other) if is_done => {
                    undone.insert(other);
                }
                // One that was cut short: what it takes back is still to be taken back.
                Some(_) => {}
                None if undone.contains(number) => {}
                None => {
                    let nets = nets(lines);
                    if !nets.is_empty() {
                        return Ok(Some((*number, nets)));
                    }
                }
            }
        }
        Ok(None)
    }
}

/// Returns what lines did to each file, in their order.
fn nets(lines: Vec<Line>) -> Vec<Net> {
    let mut nets: Vec<Net> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines {
        let Line::Change {
            path,
            before,
            after,
        } = line
        else {
            continue;
        };
        match places.get(&path) {
            Some(at) => nets[*at].after = after,
            None => {
                let Some(of) = SitePath::new(&path) else {
                    continue;
                };
                places.insert(path, nets.len());
                nets.push(Net {
                    path: of,
                    before,
                    after,
                });
            }
        }
    }
    nets.retain(|net| net.before != net.after);
    nets
}

/// Adds a line to a record.
pub(super) fn add(file: &Path, line: &Line) -> io::Result<()> {
    let text = serde_json::to_string(line)?;
    files::append(file, &format!("{text}\n"))
}
