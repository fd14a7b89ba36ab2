//! Which file or folder stands under a name: the one that stood there before, or another.

use std::fs;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::files::{self, Standing};

/// What tells a file or folder from another that had its name before: its number on the disk, or
/// where it has none, when it last changed.
#[derive(Debug, Clone, Eq, Serialize, Deserialize)]
pub(super) struct Id {
    number: u64,
    changed: SystemTime,
}

impl PartialEq for Id {
    fn eq(&self, other: &Self) -> bool {
        // A folder changes when somebody saves a file in it, and is the same folder still.
        self.number == other.number && (self.number != 0 || self.changed == other.changed)
    }
}

/// Returns what tells apart what stands at `path`, if anything does.
pub(super) fn id(path: &Path) -> io::Result<Option<Id>> {
    if files::standing(path)? == Standing::Nothing {
        return Ok(None);
    }
    let data = fs::symlink_metadata(path)?;
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&data);
    #[cfg(not(unix))]
    let number = 0;
    Ok(Some(Id {
        number,
        changed: data.modified()?,
    }))
}

/// Tells whether two names are of one file, or of a file and its copy of the same time.
pub(super) fn is_same(one: &Path, other: &Path) -> io::Result<bool> {
    if files::standing(other)? == Standing::Nothing {
        return Ok(false);
    }
    let (one, other) = (fs::symlink_metadata(one)?, fs::symlink_metadata(other)?);
    let is_same_kind = one.file_type() == other.file_type();
    Ok(is_same_kind && one.len() == other.len() && one.modified()? == other.modified()?)
}

/// Tells whether a new folder beside `folder` lies on the same disk.
#[cfg(unix)]
pub(super) fn is_one_disk(folder: &Path, parent: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    Ok(fs::metadata(folder)?.dev() == fs::metadata(parent)?.dev())
}

/// Tells whether a new folder beside `folder` lies on the same disk: a drive has none beside it.
#[cfg(not(unix))]
pub(super) fn is_one_disk(_folder: &Path, _parent: &Path) -> io::Result<bool> {
    Ok(true)
}
