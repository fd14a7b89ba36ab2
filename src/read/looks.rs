//! How files look from outside: sizes and times, by which two runs know that nothing changed
//! without reading anything.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use walkdir::{DirEntry, WalkDir};

use super::disk::is_passing;
use crate::digest::{digest, hex};

/// How coarse the times of a file system may be, such as FAT's: a file changed so shortly ago may
/// change again and look the same.
const COARSE: Duration = Duration::from_secs(2);

/// How the files of some folders look. Equal looks, equal files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looks {
    /// A digest of every path with its size and times.
    all: String,
    /// The content of files that are too young for their times to vouch for them, by path.
    young: BTreeMap<PathBuf, String>,
}

impl Looks {
    /// Looks at the site `root` as a build reads it, without its `outputs`. `None` where something
    /// cannot be looked at: a build will say why.
    pub fn of_site(root: &Path, outputs: &[PathBuf]) -> Option<Self> {
        let is_read = |entry: &DirEntry| {
            let is_passing = entry.depth() > 0 && is_passing(entry.file_name());
            !is_passing && !outputs.iter().any(|output| output == entry.path())
        };
        let walk = WalkDir::new(root).follow_links(true).sort_by_file_name();
        Self::of(walk.into_iter().filter_entry(is_read), Vouching::Old)
    }

    /// Looks at what a build wrote.
    pub fn of_outputs<'a>(places: impl IntoIterator<Item = &'a Path>) -> Option<Self> {
        let walks = places.into_iter().map(|place| {
            let walk = WalkDir::new(place).sort_by_file_name();
            walk.into_iter()
        });
        // Whoever changes them does so after the run that looks at its own work.
        Self::of(walks.flatten(), Vouching::All)
    }

    /// Tells whether the files are the same that look like `now`. What was too young at the time of
    /// these looks is read.
    pub fn are_still(&self, now: &Self) -> bool {
        let is_same = |(path, content): (&PathBuf, &String)| {
            content_of(path).is_some_and(|now| now == *content)
        };
        self.all == now.all && self.young.iter().all(is_same)
    }

    fn of(
        entries: impl Iterator<Item = walkdir::Result<DirEntry>>,
        vouching: Vouching,
    ) -> Option<Self> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the age of files decides what is looked into, never what comes of it"
        )]
        let now = SystemTime::now();
        let mut all = Sha256::new();
        let mut young = BTreeMap::new();
        for entry in entries {
            let entry = match entry {
                // A folder of an output that was never made.
                Err(error) if error.depth() == 0 && is_missing(&error) => {
                    all.update([0, 0]);
                    continue;
                }
                entry => entry.ok()?,
            };
            let path = entry.path();
            all.update(path.as_os_str().as_encoded_bytes());
            if entry.file_type().is_dir() {
                all.update([0, 1]);
                continue;
            }
            let data = entry.metadata().ok()?;
            all.update([0]);
            let newest = add(&data, &mut all)?;
            let is_young = newest + COARSE > now;
            if vouching == Vouching::Old && is_young {
                young.insert(path.to_owned(), content_of(path)?);
            }
        }
        let all = hex(&all.finalize());
        Some(Self { all, young })
    }
}

/// How one file looks. Equal looks, equal files, but for one that was too young.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look(pub [u8; 32]);

/// Looks at a file, and tells whether it is too young for its times to vouch for it.
pub(super) fn look(path: &Path) -> Option<(Look, bool)> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the age of a file decides what is looked into, never what comes of it"
    )]
    let now = SystemTime::now();
    let data = path.metadata().ok()?;
    let mut all = Sha256::new();
    let newest = add(&data, &mut all)?;
    Some((Look(all.finalize().into()), newest + COARSE > now))
}

fn is_missing(error: &walkdir::Error) -> bool {
    let cause = error.io_error();
    cause.is_some_and(|cause| cause.kind() == std::io::ErrorKind::NotFound)
}

/// Which files their times vouch for.
#[derive(PartialEq)]
enum Vouching {
    Old,
    All,
}

/// Adds size and times of a file; returns the latest time.
fn add(data: &Metadata, all: &mut Sha256) -> Option<SystemTime> {
    let changed = data.modified().ok()?;
    let since = changed.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    all.update(data.len().to_le_bytes());
    all.update(since.as_nanos().to_le_bytes());
    Some(add_more(data, all).map_or(changed, |other| other.max(changed)))
}

/// Adds what tells a file from another that was given its time: which one it is, and when the
/// system last saw it change. Returns that time.
#[cfg(unix)]
fn add_more(data: &Metadata, all: &mut Sha256) -> Option<SystemTime> {
    use std::os::unix::fs::MetadataExt;
    all.update(data.ino().to_le_bytes());
    all.update(data.ctime().to_le_bytes());
    all.update(data.ctime_nsec().to_le_bytes());
    let seconds = u64::try_from(data.ctime()).ok()?;
    let nanos = u32::try_from(data.ctime_nsec()).ok()?;
    Some(SystemTime::UNIX_EPOCH + Duration::new(seconds, nanos))
}

#[cfg(not(unix))]
fn add_more(_data: &Metadata, _all: &mut Sha256) -> Option<SystemTime> {
    None
}

#[expect(clippy::disallowed_methods, reason = "this is the door in")]
fn content_of(path: &Path) -> Option<String> {
    std::fs::read(path).ok().map(digest)
}
