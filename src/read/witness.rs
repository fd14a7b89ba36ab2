//! Inputs that remember what they gave, so that a preview knows whether a change changed anything.

use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use super::{Asset, FileError, Inputs, Seen, WantedFonts};
use crate::cache::CacheKey;
use crate::diag::SitePath;
use crate::digest::hex;

/// The files of a site as they were given.
#[derive(Debug)]
pub struct Witness<'a, I> {
    inputs: I,
    /// What was read before.
    seen: &'a Seen,
    /// A digest of what each file held, or how it looked where it was not read; of the day, which is
    /// no file's. They come as they are asked for, side by side.
    given: Mutex<Vec<(Option<SitePath>, CacheKey)>>,
}

impl<'a, I: Inputs> Witness<'a, I> {
    /// Remembers what `inputs` gives, here and for later ones among the files `seen`.
    pub fn of(inputs: I, seen: &'a Seen) -> Self {
        Self {
            inputs,
            seen,
            given: Mutex::default(),
        }
    }

    /// Returns a digest of all that was given; equal ones, equal sites.
    pub fn digest(&self) -> String {
        let mut all = Sha256::new();
        if let Ok(mut given) = self.given.lock() {
            given.sort_unstable();
            given.dedup();
            for (file, CacheKey(digest)) in &*given {
                all.update(file.as_ref().map_or("", |file| file.as_str()));
                all.update(digest);
            }
        }
        hex(&all.finalize())
    }

    fn note(&self, file: Option<&SitePath>, content: impl AsRef<[u8]>) {
        self.note_key(file, CacheKey::of(&[content.as_ref()]));
    }

    fn note_key(&self, file: Option<&SitePath>, key: CacheKey) {
        if let Ok(mut given) = self.given.lock() {
            given.push((file.cloned(), key));
        }
    }
}

impl<I: Inputs> Inputs for Witness<'_, I> {
    fn list(&self, dir: &SitePath) -> Result<Vec<SitePath>, FileError> {
        self.seen.list(dir, || self.inputs.list(dir))
    }

    fn read(&self, file: &SitePath) -> Result<Arc<[u8]>, FileError> {
        let read = || self.inputs.read(file);
        let read = match self.inputs.place(file) {
            Some(path) => self.seen.reading(file, &path, read),
            None => read().map(|bytes| {
                let key = CacheKey::of(&[&bytes]);
                (bytes, key)
            }),
        };
        match &read {
            Ok((_, key)) => self.note_key(Some(file), *key),
            Err(error) => self.note(Some(file), error.to_string()),
        }
        read.map(|(bytes, _)| bytes)
    }

    fn key(&self, file: &SitePath) -> Option<CacheKey> {
        let key = match self.inputs.place(file) {
            Some(path) => self.seen.key(file, &path)?,
            None => self.inputs.key(file)?,
        };
        self.note_key(Some(file), key);
        Some(key)
    }

    fn asset(&self, file: &SitePath) -> Result<Asset, FileError> {
        let open = || self.inputs.asset(file);
        match self.inputs.place(file) {
            Some(path) => {
                let (asset, key) = self.seen.asset(file, &path, open);
                self.note_key(Some(file), key);
                asset
            }
            None => {
                self.note(Some(file), self.inputs.read(file).unwrap_or_default());
                open()
            }
        }
    }

    fn today(&self, timezone: &TimeZone) -> Date {
        let today = self.inputs.today(timezone);
        self.note(None, today.to_string());
        today
    }

    fn machine_fonts(&self, wanted: &WantedFonts) -> Vec<Arc<[u8]>> {
        self.inputs.machine_fonts(wanted)
    }
}
