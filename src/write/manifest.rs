//! `.greenboard/manifest.json`: which files in the output folders are ours, and their bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{NOTES, files};
use crate::diag::{Code, Diagnostic, SitePath, Source, Span};

/// The newest format of the manifest that this program knows.
const FORMAT: u32 = 1;

/// The files of a folder, by path below it, with their SHA-256.
pub(super) type Hashes = BTreeMap<String, String>;

/// What was written where.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    format: u32,
    /// The output folders: relative to the site where they lie in it.
    folders: BTreeMap<String, Hashes>,
}

/// The notes of a site on the disk: the manifest, and the intent of a build under way.
#[derive(Debug)]
pub(super) struct Notes {
    folder: PathBuf,
    /// The output folder that is looked at.
    key: String,
    manifest: Manifest,
    /// What the last build meant to write and, being cut short, perhaps did.
    intended: Hashes,
}

impl Notes {
    /// Reads the notes of the site `root` about the output folder `key`.
    pub(super) fn read(root: &Path, key: &str) -> Result<Self, Diagnostic> {
        let folder = root.join(NOTES);
        let manifest = load(&folder, "manifest.json")?;
        let intended = load(&folder, "intent.json")?
            .folders
            .remove(key)
            .unwrap_or_default();
        Ok(Self {
            folder,
            key: key.to_owned(),
            manifest,
            intended,
        })
    }

    /// Returns the paths in the output folder that are ours.
    pub(super) fn paths(&self) -> BTreeSet<&str> {
        let known = self.known().map(Hashes::keys).into_iter().flatten();
        known
            .chain(self.intended.keys())
            .map(String::as_str)
            .collect()
    }

    /// Tells whether we wrote `path`.
    pub(super) fn is_ours(&self, path: &str) -> bool {
        self.known().is_some_and(|known| known.contains_key(path))
            || self.intended.contains_key(path)
    }

    /// Tells whether we wrote just these bytes to `path`.
    pub(super) fn is_as_left(&self, path: &str, hash: &str) -> bool {
        let known = self.known().and_then(|known| known.get(path));
        known.is_some_and(|known| known == hash)
            || self.intended.get(path).is_some_and(|known| known == hash)
    }

    /// Notes what is about to be written, so that a cut short build is recognised as ours.
    pub(super) fn intend(&self, hashes: Hashes) -> io::Result<()> {
        // An intent that was cut short itself is still true of what lies on the disk.
        let mut all = self.intended.clone();
        all.extend(hashes);
        let intent = Manifest {
            format: FORMAT,
            folders: BTreeMap::from([(self.key.clone(), all)]),
        };
        save(&self.folder.join("intent.json"), &intent)
    }

    /// Notes that the output folder holds `hashes` of ours and no others.
    pub(super) fn settle(&self, hashes: Hashes) -> io::Result<()> {
        let mut manifest = self.manifest.clone();
        manifest.format = FORMAT;
        manifest.folders.insert(self.key.clone(), hashes);
        if manifest != self.manifest {
            save(&self.folder.join("manifest.json"), &manifest)?;
        }
        let intent = self.folder.join("intent.json");
        match files::standing(&intent)? {
            files::Standing::Nothing => Ok(()),
            _ => files::remove(&intent),
        }
    }

    /// Returns the hash under which `path`, which lies at `file`, stays on record: as intended
    /// where the build that was cut short came to it, as known otherwise.
    pub(super) fn hash_now(&self, path: &str, file: &Path) -> io::Result<Option<String>> {
        if let Some(intended) = self.intended.get(path)
            && let Some(bytes) = files::read_if_there(file)?
            && *intended == files::hash(&bytes)
        {
            return Ok(Some(intended.clone()));
        }
        Ok(self.known().and_then(|known| known.get(path)).cloned())
    }

    fn known(&self) -> Option<&Hashes> {
        self.manifest.folders.get(&self.key)
    }
}

/// Reads a manifest; one that is not there or spoilt counts as empty.
fn load(folder: &Path, name: &'static str) -> Result<Manifest, Diagnostic> {
    let path = folder.join(name);
    let bytes = files::read_if_there(&path)
        .map_err(|error| files::failed(path.display(), &error))?
        .unwrap_or_default();
    let manifest: Manifest = serde_json::from_slice(&bytes).unwrap_or_default();
    if manifest.format > FORMAT {
        let shown = SitePath::fixed(NOTES)
            .join(name)
            .unwrap_or(SitePath::fixed(NOTES));
        return Err(Diagnostic::new(Code::NewerFormat)
            .at(Span::file(&Source::new(shown, "")))
            .with("format", manifest.format)
            .with("known", FORMAT));
    }
    Ok(manifest)
}

fn save(path: &Path, manifest: &Manifest) -> io::Result<()> {
    let mut text = serde_json::to_string_pretty(manifest)?;
    text.push('\n');
    files::write_over(path, text.as_bytes())
}
