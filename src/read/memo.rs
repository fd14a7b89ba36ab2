//! What a program that stays remembers of files: of ten thousand, one changes.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::RwLock;

use rustc_hash::FxHashMap;

use crate::cache::CacheKey;
use crate::diag::SitePath;

/// What was made of each file, under the key of all that it was made of.
pub struct Memo<T> {
    entries: RwLock<FxHashMap<SitePath, (CacheKey, T)>>,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self {
            entries: RwLock::default(),
        }
    }
}

impl<T> fmt::Debug for Memo<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memo").finish_non_exhaustive()
    }
}

impl<T: Clone> Memo<T> {
    /// Returns what was made of the file `path`, if it was made of the same.
    pub(crate) fn find(&self, path: &SitePath, key: CacheKey) -> Option<T> {
        let entries = self.entries.read().ok()?;
        let (known, made) = entries.get(path)?;
        (*known == key).then(|| made.clone())
    }

    /// Remembers what was made of the file `path`, in place of what was before.
    pub(crate) fn keep(&self, path: &SitePath, key: CacheKey, made: T) {
        if let Ok(mut entries) = self.entries.write() {
            entries.insert(path.clone(), (key, made));
        }
    }

    /// Forgets all files but these, once there are more.
    pub(crate) fn keep_only<'p>(&self, paths: impl ExactSizeIterator<Item = &'p SitePath>) {
        if let Ok(mut entries) = self.entries.write()
            && entries.len() > paths.len()
        {
            let paths: BTreeSet<&SitePath> = paths.collect();
            entries.retain(|path, _| paths.contains(path));
        }
    }
}
