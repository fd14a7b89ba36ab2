//! What was dear to make, as files among our own notes: a [`Store`] for the [cache](crate::cache).
//!
//! Entries lie in `.greenboard/cache`, a file each, named by its key. Each appears whole, by a move,
//! so two builds may share the folder and it may be deleted at any time. It is swept as it grows:
//! what was not used for long goes, and of what is too much the least lately used.

#![expect(
    clippy::disallowed_methods,
    reason = "how long an entry was not used decides what is kept and no byte of any output"
)]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

use super::{NOTES, files};
use crate::cache::{CacheKey, Store};

/// Where entries lie, below the notes.
const FOLDER: &str = "cache";
/// Where earlier programs kept theirs.
const FORMER: &str = "made";
/// How many bytes all entries may take.
const MOST: u64 = 1 << 30;
/// After how many new bytes the folder is swept.
const GROWTH: u64 = MOST / 16;
/// What is not used for so long goes.
const AGE: Duration = Duration::from_hours(60 * 24);
/// How long an entry may be on its way.
const WRITING: Duration = Duration::from_hours(1);
/// How often use is noted.
const NOTED: Duration = Duration::from_hours(24);

/// The entries of a site.
pub struct Shelf {
    notes: PathBuf,
    folder: PathBuf,
    most: u64,
    /// How many bytes came since the last sweep.
    grown: AtomicU64,
    /// Set once the system refuses: the disk is full, or not ours to write.
    is_closed: AtomicBool,
}

impl Shelf {
    /// Opens the entries of the site `root`; makes nothing.
    pub fn new(root: &Path) -> Self {
        let notes = root.join(NOTES);
        Self {
            folder: notes.join(FOLDER),
            notes,
            most: MOST,
            grown: AtomicU64::new(0),
            is_closed: AtomicBool::new(false),
        }
    }

    fn path(&self, key: CacheKey) -> PathBuf {
        let name = key.to_string();
        let (first, rest) = name.split_at(2);
        self.folder.join(first).join(rest)
    }

    /// Takes away what is too old or too much. What cannot be taken away stays.
    fn sweep(&self) {
        self.grown.store(0, Ordering::Relaxed);
        let now = SystemTime::now();
        let mut entries: Vec<(Duration, u64, PathBuf)> = Vec::new();
        for entry in WalkDir::new(&self.folder).into_iter().flatten() {
            if let Ok(data) = entry.metadata()
                && data.is_file()
            {
                let used = data.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                let unused = now.duration_since(used).unwrap_or_default();
                entries.push((unused, data.len(), entry.into_path()));
            }
        }
        entries.sort();
        let mut kept = 0;
        for (unused, size, path) in entries {
            kept += size;
            let name = path.file_name().unwrap_or_default();
            let is_half = name.as_encoded_bytes().starts_with(b".") && unused > WRITING;
            if is_half || unused > AGE || kept > self.most {
                let _ = files::remove_if_there(&path);
            }
        }
    }
}

impl Store for Shelf {
    fn get(&self, key: CacheKey) -> Option<Vec<u8>> {
        files::used(&self.path(key), NOTED).ok()
    }

    fn put(&self, key: CacheKey, pieces: &[&[u8]]) {
        if self.is_closed.load(Ordering::Relaxed) {
            return;
        }
        if files::put(&self.path(key), pieces).is_err() {
            self.is_closed.store(true, Ordering::Relaxed);
            return;
        }
        let size: usize = pieces.iter().map(|piece| piece.len()).sum();
        let grown = self.grown.fetch_add(size as u64, Ordering::Relaxed);
        if grown > GROWTH {
            self.sweep();
        }
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        if self.grown.load(Ordering::Relaxed) > 0 {
            let _ = files::clear(&self.notes.join(FORMER));
            self.sweep();
        }
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    fn key(n: u8) -> CacheKey {
        CacheKey([n; 32])
    }

    /// Makes as if the entry `n` had last been used `days` ago.
    fn age(shelf: &Shelf, n: u8, days: u64) {
        let day = Duration::from_hours(24);
        let then = SystemTime::now() - day * u32::try_from(days).expect("few");
        let file = std::fs::File::open(shelf.path(key(n))).expect("it is there");
        file.set_modified(then).expect("the disk is ours");
    }

    #[test]
    fn entries_come_back() {
        let site = TempDir::new().expect("a temporary folder can be made");
        Shelf::new(site.path()).put(key(1), &[b"a", b"b"]);
        assert_eq!(Shelf::new(site.path()).get(key(1)), Some(b"ab".to_vec()));
        assert_eq!(Shelf::new(site.path()).get(key(2)), None);
    }

    #[test]
    fn what_was_not_used_for_longest_goes_first() {
        let site = TempDir::new().expect("a temporary folder can be made");
        let mut shelf = Shelf::new(site.path());
        shelf.most = 8;
        for n in 1..=3 {
            shelf.put(key(n), &[b"1234"]);
            age(&shelf, n, 10);
        }
        age(&shelf, 1, 2);
        age(&shelf, 2, 3);
        let left = |shelf: &Shelf| -> Vec<u8> {
            (1..=3).filter(|n| shelf.get(key(*n)).is_some()).collect()
        };
        shelf.sweep();
        assert_eq!(left(&shelf), [1, 2]);
        age(&shelf, 1, 100);
        shelf.sweep();
        assert_eq!(left(&shelf), [2]);
    }

    #[test]
    fn use_is_noted_once_a_day() {
        let site = TempDir::new().expect("a temporary folder can be made");
        let shelf = Shelf::new(site.path());
        shelf.put(key(1), &[b"1"]);
        age(&shelf, 1, 3);
        shelf.get(key(1));
        let data = std::fs::metadata(shelf.path(key(1))).expect("it is there");
        let used = data.modified().expect("the disk knows times");
        assert!(used.elapsed().is_ok_and(|unused| unused < NOTED));
    }

    #[test]
    fn where_nothing_can_be_kept_nothing_is_lost() {
        let site = TempDir::new().expect("a temporary folder can be made");
        std::fs::write(site.path().join(NOTES), "in the way").expect("the disk is ours");
        let shelf = Shelf::new(site.path());
        shelf.put(key(1), &[b"1"]);
        assert_eq!(shelf.get(key(1)), None);
    }
}
