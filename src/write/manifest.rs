//! `.greenboard/manifest.json`: which files in the output folders are ours, and their bytes.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{NOTES, files};
use crate::diag::{Code, Diagnostic, SitePath, Source, Span};

/// The newest format of our notes that this program knows.
pub(super) const FORMAT: u32 = 1;

pub(super) const NAME: &str = "manifest.json";

/// The files of a folder, by path below it, with their SHA-256.
pub(super) type Hashes = BTreeMap<String, String>;

/// What was written where.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    format: u32,
    /// The output folders: relative to the site where they lie in it.
    folders: BTreeMap<String, Hashes>,
}

impl Manifest {
    /// Reads the manifest of the site `root`; one that is not there or spoilt counts as empty.
    pub(super) fn read(root: &Path) -> Result<Self, Diagnostic> {
        let manifest: Self = load(root, NAME)?.unwrap_or_default();
        known(NAME, manifest.format)?;
        Ok(manifest)
    }

    /// Returns the files that we left in the folder `key`.
    pub(super) fn of(&self, key: &str) -> &Hashes {
        static NONE: Hashes = Hashes::new();
        self.folders.get(key).unwrap_or(&NONE)
    }

    /// Tells whether we once left in the folder `key` the file `path` with these bytes.
    pub(super) fn left(&self, key: &str, path: &str, hash: &str) -> bool {
        let known = self.folders.get(key).and_then(|files| files.get(path));
        known.is_some_and(|known| known == hash)
    }

    /// Notes that these folders hold these files of ours and no others.
    pub(super) fn settle(
        &self,
        root: &Path,
        folders: &BTreeMap<String, Hashes>,
    ) -> Result<(), Diagnostic> {
        let mut manifest = self.clone();
        manifest.format = FORMAT;
        manifest.folders.extend(folders.clone());
        match manifest == *self {
            true => Ok(()),
            false => save(root, NAME, &manifest),
        }
    }
}

/// Refuses a note of ours that a newer program wrote.
pub(super) fn known(name: &str, format: u32) -> Result<(), Diagnostic> {
    if format <= FORMAT {
        return Ok(());
    }
    let notes = SitePath::fixed(NOTES);
    let shown = notes.join(name).unwrap_or(notes);
    Err(Diagnostic::new(Code::NewerFormat)
        .at(Span::file(&Source::new(shown, "")))
        .with("format", format)
        .with("known", FORMAT))
}

/// Reads a note of ours; `None` where there is none that can be read as one.
pub(super) fn load<T: DeserializeOwned>(root: &Path, name: &str) -> Result<Option<T>, Diagnostic> {
    let bytes = files::read_if_there(&place(root, name)).map_err(|error| failed(name, &error))?;
    Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

/// Writes a note of ours.
pub(super) fn save(root: &Path, name: &str, note: &impl Serialize) -> Result<(), Diagnostic> {
    let text = serde_json::to_string_pretty(note).map_err(io::Error::from);
    text.and_then(|text| {
        files::write_over(root, &place(root, name), format!("{text}\n").as_bytes())
    })
    .map_err(|error| failed(name, &error))
}

/// Removes a note of ours.
pub(super) fn forget(root: &Path, name: &str) -> Result<(), Diagnostic> {
    files::remove_if_there(&place(root, name)).map_err(|error| failed(name, &error))
}

fn place(root: &Path, name: &str) -> PathBuf {
    root.join(NOTES).join(name)
}

fn failed(name: &str, error: &io::Error) -> Diagnostic {
    files::failed(format!("{NOTES}/{name}"), error)
}
