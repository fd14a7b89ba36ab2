//! Inputs that remember what they gave, so that a preview knows whether a change changed anything.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use super::{Asset, DiskInputs, FileError, Inputs, Seen, WantedFonts};
use crate::cache::CacheKey;
use crate::diag::SitePath;
use crate::digest::hex;

/// The files of a site as they were given.
#[derive(Debug)]
pub struct Witness<'a> {
    inputs: DiskInputs,
    /// What was read before.
    seen: &'a Seen,
    /// A digest of what each file held, or how it looked where it was not read.
    given: Mutex<BTreeMap<String, [u8; 32]>>,
}

impl<'a> Witness<'a> {
    /// Remembers what `inputs` gives, here and for later ones among the files `seen`.
    pub fn of(inputs: DiskInputs, seen: &'a Seen) -> Self {
        Self {
            inputs,
            seen,
            given: Mutex::default(),
        }
    }

    /// Returns a digest of all that was given; equal ones, equal sites.
    pub fn digest(&self) -> String {
        let mut all = Sha256::new();
        if let Ok(given) = self.given.lock() {
            for (what, digest) in &*given {
                all.update(what);
                all.update(digest);
            }
        }
        hex(&all.finalize())
    }

    fn note(&self, what: impl ToString, content: impl AsRef<[u8]>) {
        self.note_key(what, CacheKey::of(&[content.as_ref()]));
    }

    fn note_key(&self, what: impl ToString, CacheKey(digest): CacheKey) {
        if let Ok(mut given) = self.given.lock() {
            given.insert(what.to_string(), digest);
        }
    }
}

impl Inputs for Witness<'_> {
    fn list(&self, dir: &SitePath) -> Result<Vec<SitePath>, FileError> {
        self.inputs.list(dir)
    }

    fn read(&self, file: &SitePath) -> Result<Arc<[u8]>, FileError> {
        let path = self.inputs.place(file);
        let read = self.seen.reading(file, &path, || self.inputs.read(file));
        match &read {
            Ok((_, key)) => self.note_key(file, *key),
            Err(error) => self.note(file, error.to_string()),
        }
        read.map(|(bytes, _)| bytes)
    }

    fn key(&self, file: &SitePath) -> Option<CacheKey> {
        let key = self.seen.key(file, &self.inputs.place(file))?;
        self.note_key(file, key);
        Some(key)
    }

    fn asset(&self, file: &SitePath) -> Result<Asset, FileError> {
        self.note(file, self.inputs.looks(file));
        self.inputs.asset(file)
    }

    fn today(&self, timezone: &TimeZone) -> Date {
        let today = self.inputs.today(timezone);
        self.note("", today.to_string());
        today
    }

    fn machine_fonts(&self, wanted: &WantedFonts) -> Vec<Arc<[u8]>> {
        self.inputs.machine_fonts(wanted)
    }
}
