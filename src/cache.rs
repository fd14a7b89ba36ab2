//! What was dear to make, under the key of all that went into it: sheets, measurements, small
//! pictures, cut fonts, pictures of titles.
//!
//! A [`Cache`] looks in the memory of this process first, which is bounded, and then in a
//! [`Store`], which outlives it. Each entry is kept the moment it is made, so that a run that is
//! stopped has not worked in vain. On its way to the store it is sealed by its key, its bytes and
//! the build of the program: what was cut short, changed, put under another name or made by
//! another program is not there, and is made anew.

use std::fmt;
use std::sync::Arc;

use quick_cache::Weighter;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::digest::hex;

/// Which program this is: a digest of its sources and of the versions of all that it is built on.
pub const BUILD: &str = env!("GREENBOARD_BUILD");
/// How many bytes of entries are kept in memory.
const MEMORY: u64 = 192 << 20;
/// How many entries that may be, roughly: most are measurements of some dozen bytes.
const ENTRIES: usize = 20_000;
/// The length of a seal.
const SEAL: usize = 32;

/// The key of what went into an entry: data, layout, fonts and pictures. Equal keys, equal bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CacheKey(pub [u8; 32]);

impl CacheKey {
    /// Returns the key of what is made of `parts` and nothing else; the borders between them count.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut digest = Sha256::new();
        for part in parts {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        Self(digest.finalize().into())
    }

    /// Returns twelve hexadecimal digits, for file names.
    pub fn short(&self) -> String {
        hex(&self.0[..6])
    }
}

impl fmt::Display for CacheKey {
    /// Writes all its hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for CacheKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short())
    }
}

/// What outlives a run. Nothing depends on it but time, so it has no errors: what cannot be read is
/// not there, and what cannot be kept is made again.
pub trait Store: Send + Sync {
    /// Returns the bytes that were put under `key`.
    fn get(&self, key: CacheKey) -> Option<Vec<u8>>;

    /// Keeps `bytes`, given in pieces, under `key`.
    fn put(&self, key: CacheKey, pieces: &[&[u8]]);
}

/// Entries of this run and of earlier ones.
pub struct Cache {
    memory: quick_cache::sync::Cache<CacheKey, Arc<[u8]>, Weight>,
    store: Option<Box<dyn Store>>,
}

#[derive(Clone)]
struct Weight;

impl Weighter<CacheKey, Arc<[u8]>> for Weight {
    fn weight(&self, _key: &CacheKey, bytes: &Arc<[u8]>) -> u64 {
        bytes.len() as u64 + 64
    }
}

impl Default for Cache {
    /// Keeps entries in memory alone.
    fn default() -> Self {
        Self {
            memory: quick_cache::sync::Cache::with_weighter(ENTRIES, MEMORY, Weight),
            store: None,
        }
    }
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache").finish_non_exhaustive()
    }
}

impl Cache {
    /// Keeps entries in `store` too.
    pub fn with(store: impl Store + 'static) -> Self {
        Self {
            store: Some(Box::new(store)),
            ..Self::default()
        }
    }

    /// Returns the bytes under `key`, or makes them with `make`. A failure is not kept.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn bytes<E>(
        &self,
        key: CacheKey,
        make: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<Arc<[u8]>, E> {
        if let Some(bytes) = self.find(key) {
            return Ok(bytes);
        }
        let bytes = Arc::from(make()?);
        self.keep(key, &bytes);
        Ok(bytes)
    }

    /// Returns the value under `key`, or makes it with `make`. A failure is not kept.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn value<T: Serialize + DeserializeOwned, E>(
        &self,
        key: CacheKey,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let found = self.find(key);
        if let Some(value) = found.and_then(|bytes| unpacked(&bytes)) {
            return Ok(value);
        }
        let value = make()?;
        if let Some(bytes) = packed(&value) {
            self.keep(key, &Arc::from(bytes));
        }
        Ok(value)
    }

    fn find(&self, key: CacheKey) -> Option<Arc<[u8]>> {
        if let Some(bytes) = self.memory.get(&key) {
            return Some(bytes);
        }
        let sealed = self.store.as_ref()?.get(key)?;
        let (seal, bytes) = sealed.split_at_checked(SEAL)?;
        if seal != seal_of(key, bytes) {
            return None;
        }
        let bytes: Arc<[u8]> = bytes.into();
        self.memory.insert(key, bytes.clone());
        Some(bytes)
    }

    fn keep(&self, key: CacheKey, bytes: &Arc<[u8]>) {
        if let Some(store) = &self.store {
            store.put(key, &[&seal_of(key, bytes), bytes]);
        }
        self.memory.insert(key, bytes.clone());
    }
}

/// Returns `value` as bytes; `None` where it has a part that cannot be kept.
pub fn packed(value: &impl Serialize) -> Option<Vec<u8>> {
    postcard::to_extend(value, Vec::new()).ok()
}

/// Returns the value that `bytes` were packed of; `None` where they are no such value.
pub fn unpacked<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

fn seal_of(key: CacheKey, bytes: &[u8]) -> [u8; SEAL] {
    let mut digest = Sha256::new();
    digest.update(BUILD);
    digest.update(key.0);
    digest.update(bytes);
    digest.finalize().into()
}

#[cfg(test)]
pub mod testing {
    //! A store that can be looked into and spoilt.

    use std::collections::BTreeMap;
    use std::sync::{Arc, Mutex, MutexGuard};

    use super::{CacheKey, Store};

    /// Entries by their keys.
    pub type Entries = BTreeMap<CacheKey, Vec<u8>>;

    /// A store in memory; clones share what they hold.
    #[derive(Clone, Default)]
    pub struct Drawer(Arc<Mutex<Entries>>);

    impl Drawer {
        /// Opens it.
        pub fn entries(&self) -> MutexGuard<'_, Entries> {
            self.0.lock().expect("nobody panics")
        }
    }

    impl Store for Drawer {
        fn get(&self, key: CacheKey) -> Option<Vec<u8>> {
            self.entries().get(&key).cloned()
        }

        fn put(&self, key: CacheKey, pieces: &[&[u8]]) {
            self.entries().insert(key, pieces.concat());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::Drawer;
    use super::*;

    fn key(n: u8) -> CacheKey {
        CacheKey([n; 32])
    }

    fn bytes(cache: &Cache, key: CacheKey, made: &[u8]) -> Vec<u8> {
        let made = cache.bytes::<()>(key, || Ok(made.to_vec()));
        made.expect("nothing fails").to_vec()
    }

    #[test]
    fn what_was_kept_is_not_made_again() {
        let drawer = Drawer::default();
        let cache = Cache::with(drawer.clone());
        assert_eq!(bytes(&cache, key(1), b"first"), b"first");
        assert_eq!(bytes(&cache, key(1), b"second"), b"first", "from memory");
        let later = Cache::with(drawer);
        assert_eq!(bytes(&later, key(1), b"second"), b"first", "from the store");
    }

    #[test]
    fn values_come_back_as_they_went() {
        let cache = Cache::default();
        let value = |made: (u32, &str)| {
            let made = (made.0, made.1.to_owned());
            cache.value::<(u32, String), ()>(key(1), || Ok(made))
        };
        assert_eq!(value((1, "一")), Ok((1, "一".to_owned())));
        assert_eq!(value((2, "二")), Ok((1, "一".to_owned())));
        let other = cache.value::<Vec<Option<u64>>, ()>(key(1), || Ok(vec![None]));
        assert_eq!(other, Ok(vec![None]), "what is no such value is made anew");
    }

    #[test]
    fn an_entry_that_is_not_as_it_was_kept_is_made_anew() {
        let spoil: [fn(&mut Vec<u8>); 4] = [
            |entry| entry.truncate(SEAL + 2),
            |entry| entry.truncate(SEAL - 1),
            |entry| entry[SEAL] ^= 1,
            |entry| entry[0] ^= 1,
        ];
        for spoil in spoil {
            let drawer = Drawer::default();
            bytes(&Cache::with(drawer.clone()), key(1), b"first");
            spoil(drawer.entries().get_mut(&key(1)).expect("it is kept"));
            assert_eq!(bytes(&Cache::with(drawer.clone()), key(1), b"new"), b"new");
            let mended = bytes(&Cache::with(drawer), key(1), b"third");
            assert_eq!(mended, b"new", "and takes its place");
        }
    }

    #[test]
    fn an_entry_under_another_name_is_none() {
        let drawer = Drawer::default();
        bytes(&Cache::with(drawer.clone()), key(1), b"first");
        let entry = drawer.get(key(1)).expect("it is kept");
        drawer.put(key(2), &[&entry]);
        assert_eq!(bytes(&Cache::with(drawer), key(2), b"second"), b"second");
    }

    #[test]
    fn a_failure_is_not_kept() {
        let cache = Cache::default();
        assert_eq!(cache.bytes(key(1), || Err("no")), Err("no"));
        assert_eq!(bytes(&cache, key(1), b"yes"), b"yes");
    }

    #[test]
    fn the_borders_between_parts_count() {
        assert_ne!(CacheKey::of(&[b"ab", b"c"]), CacheKey::of(&[b"a", b"bc"]));
        assert_eq!(CacheKey::of(&[b"a"]).to_string().len(), 64);
    }
}
