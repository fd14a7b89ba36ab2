//! The only door in: files, today's date, and fonts of the machine where the site wants them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::asset::Asset;
use super::file_error::FileError;
use super::fonts::{self, WantedFonts};
use crate::cache::CacheKey;
use crate::diag::SitePath;

/// All that a build may ask of its surroundings.
pub trait Inputs: Sync {
    /// Returns all files below `dir`, sorted; none where there is no such folder. A link that
    /// cannot be followed is among them, for [`Inputs::read`] to refuse.
    ///
    /// # Errors
    /// Where the folder or one below it cannot be listed.
    fn list(&self, dir: &SitePath) -> Result<Vec<SitePath>, FileError>;

    /// Returns the content of `file`.
    ///
    /// # Errors
    /// [`FileError::Missing`] where there is none, [`FileError::Other`] where it cannot be read.
    fn read(&self, file: &SitePath) -> Result<Arc<[u8]>, FileError>;

    /// Returns the key of what `file` holds, where that is known without reading it.
    fn key(&self, _file: &SitePath) -> Option<CacheKey> {
        None
    }

    /// Returns `file`, to be read once it is wanted where that can be.
    ///
    /// # Errors
    /// As [`read`](Self::read), as far as can be known before.
    fn asset(&self, file: &SitePath) -> Result<Asset, FileError> {
        self.read(file).map(Asset::held)
    }

    /// Returns where `file` lies on the disk, if it does.
    fn place(&self, _file: &SitePath) -> Option<PathBuf> {
        None
    }

    /// Returns the day of the build in the site's time zone, whose name it is given.
    fn today(&self, timezone: &jiff::tz::TimeZone) -> Date;

    /// Returns what the machine has of `wanted`; asked only where the settings allow it.
    fn machine_fonts(&self, wanted: &WantedFonts) -> Vec<Arc<[u8]>>;
}

/// Inputs held in memory, for tests and for the sample.
#[derive(Debug, Clone)]
pub struct MemoryInputs {
    /// The files by path.
    pub files: BTreeMap<SitePath, Arc<[u8]>>,
    /// The day of the build.
    pub today: Date,
    /// The fonts of the machine.
    pub fonts: Vec<Arc<[u8]>>,
}

impl MemoryInputs {
    /// Holds no file, on `today`.
    pub fn new(today: Date) -> Self {
        Self {
            files: BTreeMap::new(),
            today,
            fonts: Vec::new(),
        }
    }

    /// Adds the file `path`.
    pub fn with(mut self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = SitePath::new(path).expect("a test's path stays below the site");
        self.files.insert(path, content.as_ref().into());
        self
    }
}

impl Inputs for MemoryInputs {
    fn list(&self, dir: &SitePath) -> Result<Vec<SitePath>, FileError> {
        Ok(self
            .files
            .keys()
            .filter(|path| path.is_below(dir.as_str()))
            .cloned()
            .collect())
    }

    fn read(&self, file: &SitePath) -> Result<Arc<[u8]>, FileError> {
        self.files.get(file).cloned().ok_or(FileError::Missing)
    }

    fn today(&self, _: &jiff::tz::TimeZone) -> Date {
        self.today
    }

    fn machine_fonts(&self, wanted: &WantedFonts) -> Vec<Arc<[u8]>> {
        let mut database = fontdb::Database::new();
        for font in &self.fonts {
            database.load_font_data(font.to_vec());
        }
        fonts::chosen(&database, wanted)
    }
}
