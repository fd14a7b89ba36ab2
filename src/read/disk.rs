//! Inputs on the disk, with the theme of the binary beneath.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use walkdir::WalkDir;

use super::fonts::{self, WantedFonts};
use super::{Asset, FileError, Inputs};
use crate::diag::SitePath;

/// A site's folder on the disk.
#[derive(Debug, Clone)]
pub struct DiskInputs {
    root: PathBuf,
    today: Option<Date>,
}

impl DiskInputs {
    /// Reads below `root`; `today` stands in for the clock's day where it is given.
    pub fn new(root: &Path, today: Option<Date>) -> Self {
        Self {
            root: root.to_owned(),
            today,
        }
    }

    fn site_path(&self, path: &Path) -> Result<SitePath, FileError> {
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        let bad = || FileError::BadName(relative.to_string_lossy().into_owned());
        let text = relative.to_str().ok_or_else(bad)?.replace('\\', "/");
        SitePath::new(&text).ok_or_else(bad)
    }
}

impl Inputs for DiskInputs {
    fn list(&self, dir: &SitePath) -> Result<Vec<SitePath>, FileError> {
        let folder = self.root.join(dir.as_str());
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let mut paths = Vec::new();
        // Links are not followed: content must not reach files outside the site.
        for entry in WalkDir::new(&folder)
            .into_iter()
            .filter_entry(|entry| !is_hidden(entry))
        {
            let entry = entry.map_err(|error| FileError::Other(error.to_string()))?;
            if entry.file_type().is_file() {
                paths.push(self.site_path(entry.path())?);
            }
        }
        paths.sort();
        Ok(paths)
    }

    #[expect(clippy::disallowed_methods, reason = "this is the door in")]
    fn read(&self, file: &SitePath) -> Result<Arc<[u8]>, FileError> {
        match std::fs::read(self.root.join(file.as_str())) {
            Ok(bytes) => Ok(bytes.into()),
            Err(error) => Err(failed(&error)),
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this is the door in")]
    fn asset(&self, file: &SitePath) -> Result<Asset, FileError> {
        let path = self.root.join(file.as_str());
        // What may not be read is said now.
        std::fs::File::open(&path).map_err(|error| failed(&error))?;
        let load = move || std::fs::read(&path).unwrap_or_default().into();
        Ok(Asset::deferred(load))
    }

    #[expect(clippy::disallowed_methods, reason = "this is the door in")]
    fn today(&self, timezone: &TimeZone) -> Date {
        self.today.unwrap_or_else(|| {
            jiff::Timestamp::now()
                .to_zoned_datetime(timezone.clone())
                .date()
        })
    }

    fn machine_fonts(&self, wanted: &WantedFonts) -> Vec<Arc<[u8]>> {
        fonts::of_machine(wanted)
    }
}

fn failed(error: &std::io::Error) -> FileError {
    match error.kind() {
        std::io::ErrorKind::NotFound => FileError::Missing,
        _ => FileError::Other(error.to_string()),
    }
}

/// Tells whether an entry is an editor's or a system's own: `.git`, `~$文档.md`, `Thumbs.db`.
fn is_hidden(entry: &walkdir::DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() > 0
        && (name.starts_with('.')
            || name.starts_with("~$")
            || name.ends_with('~')
            || name.ends_with(".tmp")
            || name.eq_ignore_ascii_case("thumbs.db")
            || name.eq_ignore_ascii_case("desktop.ini"))
}
