//! What was set before in this process, so that `serve` sets anew only what changed.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::{FitReport, Sheet};

/// How many bytes of finished sheets are kept.
const SHEETS: usize = 256 << 20;
/// How many bytes of other prints are kept.
const PRINTS: usize = 64 << 20;
/// How many measurements are kept.
const FITS: usize = 20_000;

/// The name of what went into a sheet: data, layout, fonts and pictures. Equal names, equal
/// sheets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(pub [u8; 32]);

impl Name {
    /// Returns twelve hexadecimal digits, for file names.
    pub fn short(&self) -> String {
        self.0[..6]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short())
    }
}

/// Results of earlier builds of this process, bounded; what was not used for longest goes first.
#[derive(Debug)]
pub struct Memo {
    fits: Mutex<Cache<FitReport>>,
    sheets: Mutex<Cache<Arc<Sheet>>>,
    prints: Mutex<Cache<Arc<[u8]>>>,
}

impl Default for Memo {
    fn default() -> Self {
        Self {
            fits: Mutex::new(Cache::new(FITS)),
            sheets: Mutex::new(Cache::new(SHEETS)),
            prints: Mutex::new(Cache::new(PRINTS)),
        }
    }
}

impl Memo {
    /// Returns the measurement `name`, or makes it with `make`.
    pub(super) fn fit<E>(
        &self,
        name: Name,
        make: impl FnOnce() -> Result<FitReport, E>,
    ) -> Result<FitReport, E> {
        through(&self.fits, name, make, |_| 1)
    }

    /// Returns the sheet `name`, or makes it with `make`.
    pub(super) fn sheet<E>(
        &self,
        name: Name,
        make: impl FnOnce() -> Result<Arc<Sheet>, E>,
    ) -> Result<Arc<Sheet>, E> {
        through(&self.sheets, name, make, |sheet| sheet.weight())
    }

    /// Returns the print `name`, or makes it with `make`.
    pub fn print<E>(
        &self,
        name: Name,
        make: impl FnOnce() -> Result<Arc<[u8]>, E>,
    ) -> Result<Arc<[u8]>, E> {
        through(&self.prints, name, make, |bytes| bytes.len())
    }
}

/// Looks `name` up, or makes and keeps it. The lock is free while it is made.
fn through<V: Clone, E>(
    cache: &Mutex<Cache<V>>,
    name: Name,
    make: impl FnOnce() -> Result<V, E>,
    weigh: impl FnOnce(&V) -> usize,
) -> Result<V, E> {
    let lock = || cache.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(value) = lock().get(&name) {
        return Ok(value);
    }
    let value = make()?;
    lock().put(name, value.clone(), weigh(&value));
    Ok(value)
}

/// Values by name up to a total weight.
#[derive(Debug)]
struct Cache<V> {
    limit: usize,
    weight: usize,
    clock: u64,
    held: BTreeMap<Name, Held<V>>,
}

#[derive(Debug)]
struct Held<V> {
    value: V,
    weight: usize,
    used: u64,
}

impl<V: Clone> Cache<V> {
    fn new(limit: usize) -> Self {
        Self {
            limit,
            weight: 0,
            clock: 0,
            held: BTreeMap::new(),
        }
    }

    fn get(&mut self, name: &Name) -> Option<V> {
        self.clock += 1;
        let held = self.held.get_mut(name)?;
        held.used = self.clock;
        Some(held.value.clone())
    }

    fn put(&mut self, name: Name, value: V, weight: usize) {
        self.clock += 1;
        let held = Held {
            value,
            weight,
            used: self.clock,
        };
        self.weight += weight;
        if let Some(old) = self.held.insert(name, held) {
            self.weight -= old.weight;
        }
        while self.weight > self.limit {
            let oldest = self.held.iter().min_by_key(|(_, held)| held.used);
            let Some(oldest) = oldest.map(|(name, _)| *name) else {
                return;
            };
            let gone = self.held.remove(&oldest).expect("it was just found");
            self.weight -= gone.weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(n: u8) -> Name {
        Name([n; 32])
    }

    #[test]
    fn what_was_not_used_for_longest_goes_first() {
        let mut cache = Cache::new(10);
        cache.put(name(1), "one", 4);
        cache.put(name(2), "two", 4);
        assert_eq!(cache.get(&name(1)), Some("one"));
        cache.put(name(3), "three", 4);
        assert_eq!(cache.get(&name(2)), None);
        assert_eq!(cache.get(&name(1)), Some("one"));
        assert_eq!((cache.weight, cache.held.len()), (8, 2));
    }

    #[test]
    fn a_failure_is_not_kept() {
        let memo = Memo::default();
        let failed = memo.print(name(1), || Err("no"));
        assert_eq!(failed, Err("no"));
        let made = memo.print::<()>(name(1), || Ok(Arc::from(&b"pdf"[..])));
        assert_eq!(made.as_deref(), Ok(&b"pdf"[..]));
    }
}
