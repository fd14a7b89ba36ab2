//! What a program that stays saw of files, so that only those are read again that changed.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, RwLock};

use rustc_hash::FxHashMap;

use super::looks::{Look, look};
use super::{Asset, Touched};
use crate::cache::CacheKey;
use crate::diag::SitePath;

/// What files held when they were read, with their looks then; none that was too young for its
/// times to vouch for it.
#[derive(Debug, Default)]
pub struct Seen {
    keys: Noted<CacheKey>,
    /// Files that are read when somebody wants them, with what was learned of them.
    assets: Noted<Asset>,
    /// Which files lie below each folder that was listed.
    lists: RwLock<FxHashMap<SitePath, Vec<SitePath>>>,
    /// Whether somebody vouches for what is noted, so that no file is looked at for it.
    is_vouched: AtomicBool,
}

/// Something about each file, with its looks at that time.
type Noted<T> = RwLock<FxHashMap<SitePath, (Look, T)>>;

impl Seen {
    /// Forgets what was `touched` since the last run. Of all else the files are looked at only where
    /// anything may have been.
    pub fn forget(&self, touched: &Touched) {
        if let Touched::Only { paths, names } = touched {
            forget(&self.keys, paths, *names);
            forget(&self.assets, paths, *names);
        }
        let keeps_lists = matches!(touched, Touched::Only { names: false, .. });
        if !keeps_lists && let Ok(mut lists) = self.lists.write() {
            lists.clear();
        }
        let is_vouched = *touched != Touched::Anything;
        self.is_vouched.store(is_vouched, Ordering::Relaxed);
    }

    /// Returns the files below `dir`, as `list` lists them.
    pub(super) fn list<E>(
        &self,
        dir: &SitePath,
        list: impl FnOnce() -> Result<Vec<SitePath>, E>,
    ) -> Result<Vec<SitePath>, E> {
        let known = self.lists.read().ok().filter(|_| self.is_vouched());
        if let Some(known) = known.and_then(|lists| lists.get(dir).cloned()) {
            return Ok(known);
        }
        let listed = list()?;
        if let Ok(mut lists) = self.lists.write() {
            lists.insert(dir.clone(), listed.clone());
        }
        Ok(listed)
    }

    /// Calls `read` for the file `file` at `path`, and remembers the key of what it gives.
    pub(super) fn reading<E>(
        &self,
        file: &SitePath,
        path: &Path,
        read: impl FnOnce() -> Result<Arc<[u8]>, E>,
    ) -> Result<(Arc<[u8]>, CacheKey), E> {
        let before = look(path);
        let read = read().map(|bytes| {
            let key = CacheKey::of(&[&bytes]);
            (bytes, key)
        });
        let key = read.as_ref().ok().map(|(_, key)| *key);
        note(&self.keys, file, before, key);
        read
    }

    /// Returns the file `file` at `path`, which is read when somebody wants it: what `open` gives,
    /// or the one that was given before, if it looks as it did and could be read. With it comes a
    /// key of its looks.
    pub(super) fn asset<E>(
        &self,
        file: &SitePath,
        path: &Path,
        open: impl FnOnce() -> Result<Asset, E>,
    ) -> (Result<Asset, E>, CacheKey) {
        if let Some((look, known)) = self.noted(&self.assets, file, path)
            && known.fault().is_none()
        {
            return (Ok(known), CacheKey(look.0));
        }
        let now = look(path);
        let asset = open();
        note(&self.assets, file, now, asset.as_ref().ok().cloned());
        let key = now.map_or(CacheKey::of(&[]), |(look, _)| CacheKey(look.0));
        (asset, key)
    }

    /// Returns the key of what the file holds, if it looks as it did when it was read.
    pub(super) fn key(&self, file: &SitePath, path: &Path) -> Option<CacheKey> {
        let (_, key) = self.noted(&self.keys, file, path)?;
        Some(key)
    }

    /// Returns what was noted of `file`, if it looks as it did.
    fn noted<T: Clone>(&self, all: &Noted<T>, file: &SitePath, path: &Path) -> Option<(Look, T)> {
        let noted = all.read().ok()?.get(file).cloned()?;
        let is_same = || look(path).is_some_and(|(now, _)| now == noted.0);
        (self.is_vouched() || is_same()).then_some(noted)
    }

    fn is_vouched(&self) -> bool {
        self.is_vouched.load(Ordering::Relaxed)
    }
}

/// Forgets what was noted of `paths`; with `below`, also of what lies below them.
fn forget<T>(all: &Noted<T>, paths: &BTreeSet<SitePath>, below: bool) {
    let Ok(mut all) = all.write() else {
        return;
    };
    if below {
        let folders: BTreeSet<&str> = paths.iter().map(SitePath::as_str).collect();
        all.retain(|file, _| {
            let file = file.as_str();
            let mut above = file.match_indices('/').map(|(at, _)| &file[..at]);
            !above.any(|folder| folders.contains(folder))
        });
    }
    for path in paths {
        all.remove(path);
    }
}

/// Notes `what` of `file`, which looked as `before`; nothing of one that is too young.
fn note<T>(all: &Noted<T>, file: &SitePath, before: Option<(Look, bool)>, what: Option<T>) {
    if let Ok(mut all) = all.write() {
        match (what, before) {
            (Some(what), Some((look, false))) => {
                all.insert(file.clone(), (look, what));
            }
            _ => {
                all.remove(file);
            }
        }
    }
}
