//! Files that the user names on the command line, such as the photos of a change-over. They lie
//! where they lie; content can never name them.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::FileError;

/// Returns the content of a file.
///
/// # Errors
/// [`FileError::Missing`] where there is none, [`FileError::Other`] where it cannot be read.
#[expect(clippy::disallowed_methods, reason = "this is the door in")]
pub fn file(path: &Path) -> Result<Vec<u8>, FileError> {
    std::fs::read(path).map_err(|error| failed(&error))
}

/// Returns the files directly in a folder by name, without hidden ones.
///
/// # Errors
/// [`FileError::Missing`] where there is no such folder, [`FileError::Other`] where it cannot be
/// listed.
pub fn folder(path: &Path) -> Result<Vec<PathBuf>, FileError> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(|error| failed(&error))? {
        let entry = entry.map_err(|error| failed(&error))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let hidden = name.starts_with('.') || name.eq_ignore_ascii_case("thumbs.db");
        if !hidden && entry.path().is_file() {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

fn failed(error: &std::io::Error) -> FileError {
    match error.kind() {
        ErrorKind::NotFound => FileError::Missing,
        _ => FileError::Other(error.to_string()),
    }
}
