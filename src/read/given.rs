//! Files that the user names on the command line, such as the photos of a change-over. They lie
//! where they lie; content can never name them.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::FileError;

/// How many files a folder may hold that is brought in.
const MOST_FILES: usize = 20_000;

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

/// Returns the files of a folder and of those below it by name, without hidden folders and those
/// that programs fill, and of hidden ones those that tell which generator made the folder.
///
/// # Errors
/// [`FileError::Missing`] where there is no such folder, [`FileError::Other`] where it cannot be
/// listed, or holds more than `MOST_FILES` files.
pub fn files_below(path: &Path) -> Result<Vec<PathBuf>, FileError> {
    let mut files = Vec::new();
    let mut walk = walkdir::WalkDir::new(path).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        let entry = entry.map_err(|error| FileError::Other(error.to_string()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let filled = ["node_modules", "public", "resources", "_site", "dist"];
        let is_told = [".vitepress", ".vuepress"].contains(&name.as_str());
        if entry.depth() > 0 && entry.file_type().is_dir() {
            let is_output = filled.contains(&name.as_str()) && entry.depth() == 1;
            if name.starts_with('.') && !is_told || is_output || name == "node_modules" {
                walk.skip_current_dir();
            }
        } else if entry.file_type().is_file() && !name.starts_with('.') {
            files.push(entry.into_path());
            if files.len() > MOST_FILES {
                return Err(FileError::Other(format!("{MOST_FILES} +")));
            }
        }
    }
    Ok(files)
}

fn failed(error: &std::io::Error) -> FileError {
    match error.kind() {
        ErrorKind::NotFound => FileError::Missing,
        _ => FileError::Other(error.to_string()),
    }
}
