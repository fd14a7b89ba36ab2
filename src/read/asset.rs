//! Files that are read when somebody wants them: of a hundred photos a site may show three.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// A file of the site, its bytes here or where they can be had.
#[derive(Clone)]
pub struct Asset(Arc<Content>);

type Load = dyn Fn() -> Arc<[u8]> + Send + Sync;

enum Content {
    Held(Arc<[u8]>),
    /// Loaded again once nobody uses it any more.
    Deferred {
        load: Box<Load>,
        used: Mutex<Weak<[u8]>>,
    },
}

impl Asset {
    /// Holds `bytes`.
    pub fn held(bytes: Arc<[u8]>) -> Self {
        Self(Arc::new(Content::Held(bytes)))
    }

    /// Calls `load` when the bytes are wanted; it gives none where the file has gone meanwhile.
    pub fn deferred(load: impl Fn() -> Arc<[u8]> + Send + Sync + 'static) -> Self {
        let none: Arc<[u8]> = Arc::from(&b""[..]);
        Self(Arc::new(Content::Deferred {
            load: Box::new(load),
            used: Mutex::new(Arc::downgrade(&none)),
        }))
    }

    /// Returns what the file holds.
    pub fn bytes(&self) -> Arc<[u8]> {
        match &*self.0 {
            Content::Held(bytes) => bytes.clone(),
            Content::Deferred { load, used } => {
                let mut used = used.lock().unwrap_or_else(PoisonError::into_inner);
                used.upgrade().unwrap_or_else(|| {
                    let bytes = load();
                    *used = Arc::downgrade(&bytes);
                    bytes
                })
            }
        }
    }

    /// Returns the file as `change` makes it, once it is wanted.
    pub fn changed(&self, change: fn(&Arc<[u8]>) -> Arc<[u8]>) -> Self {
        let original = self.clone();
        Self::deferred(move || change(&original.bytes()))
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
    fn a_file_is_loaded_when_it_is_wanted_and_shared_while_it_is_used() {
        let loads = Arc::new(AtomicUsize::new(0));
        let counted = loads.clone();
        let asset = Asset::deferred(move || {
            counted.fetch_add(1, Ordering::Relaxed);
            Arc::from(&b"ab"[..])
        });
        let upper = asset.changed(|bytes| bytes.to_ascii_uppercase().into());
        assert_eq!(loads.load(Ordering::Relaxed), 0);
        let bytes = upper.bytes();
        assert_eq!(&*bytes, b"AB");
        assert!(Arc::ptr_eq(&bytes, &upper.bytes()));
        assert_eq!(loads.load(Ordering::Relaxed), 1);
        drop(bytes);
        assert_eq!(&*upper.bytes(), b"AB");
        assert_eq!(loads.load(Ordering::Relaxed), 2);
    }
}
