//! Files that are read when somebody wants them: of a hundred photos a site may show three.

use std::any::{Any, TypeId};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::file_error::{FileError, Unread};
use super::waiting::Waiting;
use crate::cache::CacheKey;
use crate::diag::SitePath;
use crate::photo::Glance;
use crate::private::{self, Told};

/// A file of the site, its bytes here or where they can be had.
#[derive(Clone)]
pub struct Asset(Arc<Content>);

/// Where a file that waits lies, for messages.
const NOTES: &str = ".greenboard";

type Fact = Arc<dyn Any + Send + Sync>;
type Load = dyn Fn() -> Result<Arc<[u8]>, FileError> + Send + Sync;

enum Content {
    Held(Arc<[u8]>),
    /// Made by this build, and kept where there is room.
    Waiting {
        waiting: Waiting,
        fault: OnceLock<FileError>,
    },
    /// Loaded whenever it is wanted. Nothing is remembered of it: even a weak pointer to a slice
    /// keeps its memory.
    Deferred {
        path: SitePath,
        load: Box<Load>,
        fault: OnceLock<FileError>,
        /// What was found out about it, which is small, by the type that says it.
        facts: Mutex<BTreeMap<TypeId, Fact>>,
    },
    /// Another one as everyone may see it.
    Cleaned {
        original: Asset,
        told: OnceLock<BTreeSet<Told>>,
    },
}

impl Asset {
    /// Holds `bytes`.
    pub fn held(bytes: Arc<[u8]>) -> Self {
        Self(Arc::new(Content::Held(bytes)))
    }

    /// Is a file that was made, and waits.
    pub(super) fn waiting(waiting: Waiting) -> Self {
        Self(Arc::new(Content::Waiting {
            waiting,
            fault: OnceLock::new(),
        }))
    }

    /// Calls `load` when the bytes of the file `path` are wanted.
    pub fn deferred(
        path: SitePath,
        load: impl Fn() -> Result<Arc<[u8]>, FileError> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(Content::Deferred {
            path,
            load: Box::new(load),
            fault: OnceLock::new(),
            facts: Mutex::default(),
        }))
    }

    /// Returns the file as everyone may see it, once it is wanted.
    pub fn cleaned(&self) -> Self {
        Self(Arc::new(Content::Cleaned {
            original: self.clone(),
            told: OnceLock::new(),
        }))
    }

    /// Returns the bytes if they are here.
    pub fn held_bytes(&self) -> Option<&Arc<[u8]>> {
        match &*self.0 {
            Content::Held(bytes) => Some(bytes),
            Content::Waiting { .. } | Content::Deferred { .. } | Content::Cleaned { .. } => None,
        }
    }

    /// Tells whether it was made by this build and waits.
    pub fn is_waiting(&self) -> bool {
        matches!(&*self.0, Content::Waiting { .. })
    }

    /// Returns what the file holds; for whoever gives it away as it is.
    ///
    /// # Errors
    /// Where it cannot be read any more: somebody removed it while the program ran.
    pub fn read(&self) -> Result<Arc<[u8]>, Unread> {
        match &*self.0 {
            Content::Held(bytes) => Ok(bytes.clone()),
            Content::Waiting { waiting, fault } => waiting.read().map_err(|error| Unread {
                path: SitePath::fixed(NOTES),
                cause: fault
                    .get_or_init(|| FileError::Other(error.to_string()))
                    .clone(),
            }),
            Content::Deferred {
                path, load, fault, ..
            } => load().map_err(|cause| Unread {
                path: path.clone(),
                cause: fault.get_or_init(|| cause).clone(),
            }),
            Content::Cleaned { original, told } => {
                let cleaned = private::cleaned(&original.read()?);
                told.get_or_init(|| cleaned.told);
                Ok(cleaned.bytes)
            }
        }
    }

    /// Returns the bytes of a file that waits which lie in `part`: of a film, a browser wants a
    /// piece.
    ///
    /// # Errors
    /// Where it cannot be read any more.
    pub fn part(&self, part: Range<usize>) -> io::Result<Arc<[u8]>> {
        match &*self.0 {
            Content::Waiting { waiting, .. } => waiting.part(part),
            _ => {
                let bytes = self.read().map_err(io::Error::other)?;
                let part = bytes.get(part);
                part.map(Arc::from)
                    .ok_or(io::ErrorKind::UnexpectedEof.into())
            }
        }
    }

    /// Returns what the file holds; for whoever looks at it. Nothing where it cannot be read any
    /// more, which [`fault`](Self::fault) tells from then on: no such run may give anything away.
    pub fn bytes(&self) -> Arc<[u8]> {
        self.read().unwrap_or_default()
    }

    /// Returns what `find` finds out about a file as it lies in the site, which is read once for that:
    /// there is one such answer for each type. `None` where it cannot be read any more.
    pub fn fact<T: Any + Send + Sync>(&self, find: impl FnOnce(&Arc<[u8]>) -> T) -> Option<Arc<T>> {
        let facts = match &*self.0 {
            Content::Cleaned { original, .. } => return original.fact(find),
            Content::Deferred { facts, .. } => facts,
            Content::Held(_) | Content::Waiting { .. } => {
                return Some(Arc::new(find(&self.read().ok()?)));
            }
        };
        let of_type = TypeId::of::<T>();
        let known = |facts: &BTreeMap<TypeId, Fact>| facts.get(&of_type).cloned();
        let mut fact = known(&facts.lock().unwrap_or_else(PoisonError::into_inner));
        if fact.is_none() {
            // Two that ask at once both look: nobody waits for the other's file meanwhile.
            let found: Fact = Arc::new(find(&self.read().ok()?));
            let mut facts = facts.lock().unwrap_or_else(PoisonError::into_inner);
            fact = Some(facts.entry(of_type).or_insert(found).clone());
        }
        fact?.downcast().ok()
    }

    /// Returns what the picture in it tells at a glance. A file is read once for that.
    pub fn glance(&self) -> Arc<Glance> {
        self.fact(|bytes| Glance::at(bytes)).unwrap_or_default()
    }

    /// Returns a key of what the file holds. A file is read once for that.
    pub fn key(&self) -> CacheKey {
        if let Content::Cleaned { original, .. } = &*self.0 {
            return CacheKey::of(&[b"cleaned", &original.key().0]);
        }
        let key = self.fact(|bytes| CacheKey::of(&[bytes]));
        key.map_or_else(|| CacheKey::of(&[]), |key| *key)
    }

    /// Says why the file could not be read when somebody wanted it.
    pub fn fault(&self) -> Option<Unread> {
        match &*self.0 {
            Content::Held(_) => None,
            Content::Waiting { fault, .. } => fault.get().map(|cause| Unread {
                path: SitePath::fixed(NOTES),
                cause: cause.clone(),
            }),
            Content::Deferred { path, fault, .. } => fault.get().map(|cause| Unread {
                path: path.clone(),
                cause: cause.clone(),
            }),
            Content::Cleaned { original, .. } => original.fault(),
        }
    }

    /// Returns what whoever publishes it must know of it.
    pub fn told(&self) -> BTreeSet<Told> {
        let Content::Cleaned { told, .. } = &*self.0 else {
            return BTreeSet::new();
        };
        if told.get().is_none() {
            self.bytes();
        }
        told.get().cloned().unwrap_or_default()
    }
}

impl From<Arc<[u8]>> for Asset {
    fn from(bytes: Arc<[u8]>) -> Self {
        Self::held(bytes)
    }
}

impl fmt::Debug for Asset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Asset")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn a_file_is_loaded_when_it_is_wanted_and_not_held() {
        let loads = Arc::new(AtomicUsize::new(0));
        let counted = loads.clone();
        let asset = Asset::deferred(SitePath::fixed("content/a.flac"), move || {
            counted.fetch_add(1, Ordering::Relaxed);
            Ok(Arc::from(&b"fLaC\x04\0\0\x03gps\x80\0\0\x01a"[..]))
        });
        let clean = asset.cleaned();
        assert_eq!(loads.load(Ordering::Relaxed), 0);
        let bytes = clean.bytes();
        assert_eq!(&*bytes, b"fLaC\x80\0\0\x01a");
        assert_eq!(
            (loads.load(Ordering::Relaxed), Arc::weak_count(&bytes)),
            (1, 0)
        );
    }

    #[test]
    fn a_file_that_is_gone_is_told_of_once_it_is_wanted() {
        let path = SitePath::fixed("content/a.jpg");
        let asset = Asset::deferred(path, || Err(FileError::Missing));
        let clean = asset.cleaned();
        assert_eq!(asset.fault(), None);
        let told = clean.read().expect_err("it is gone").to_string();
        assert_eq!(told, "content/a.jpg: not found");
        assert!(clean.bytes().is_empty());
        assert_eq!(asset.fault().map(|it| it.to_string()), Some(told));
        assert_eq!(clean.fault(), asset.fault());
    }

    #[test]
    fn what_is_to_be_told_of_a_file_is_known_without_its_bytes() {
        let asset = Asset::held(Arc::from(&b"7z\xBC\xAF\x27\x1C"[..]));
        assert_eq!(asset.cleaned().told(), [Told::Closed("7z")].into());
        assert!(asset.told().is_empty());
    }
}
