//! Inputs that remember what they gave, so that a preview knows whether a change changed anything.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use super::{Asset, DiskInputs, FileError, Inputs, WantedFonts};
use crate::diag::SitePath;
use crate::digest::hex;

/// The files of a site as they were given.
#[derive(Debug)]
pub struct Witness {
    inputs: DiskInputs,
    /// A digest of what each file held, or how it looked where it was not read.
    given: Mutex<BTreeMap<String, [u8; 32]>>,
}

impl Witness {
    /// Remembers what `inputs` gives.
    pub fn of(inputs: DiskInputs) -> Self {
        Self {
            inputs,
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
        let digest = Sha256::digest(content).into();
        if let Ok(mut given) = self.given.lock() {
            given.insert(what.to_string(), digest);
        }
    }
}

impl Inputs for Witness {
    fn list(&self, dir: &SitePath) -> Result<Vec<SitePath>, FileError> {
        self.inputs.list(dir)
    }

    fn read(&self, file: &SitePath) -> Result<Arc<[u8]>, FileError> {
        let read = self.inputs.read(file);
        match &read {
            Ok(bytes) => self.note(file, bytes),
            Err(error) => self.note(file, error.to_string()),
        }
        read
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
