//! New source files, and lines added to the ledger.

use std::io::ErrorKind;
use std::path::Path;

use super::files;
use crate::diag::{Code, Diagnostic, SitePath};

/// Writes the source file `path` of the site `root`, where none may be yet.
///
/// # Errors
/// [`Code::AlreadyThere`] where there is one, [`Code::CannotWrite`] where the system refuses.
pub fn create(root: &Path, path: &SitePath, bytes: &[u8]) -> Result<(), Diagnostic> {
    let target = root.join(path.as_str());
    let there = || Diagnostic::new(Code::AlreadyThere).with("path", path);
    let standing = files::standing(&target).map_err(|error| files::failed(path, &error))?;
    if standing != files::Standing::Nothing {
        return Err(there());
    }
    if let Some(folder) = target.parent() {
        files::make_folder(folder).map_err(|error| files::failed(path, &error))?;
    }
    files::write_new(&target, bytes).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => there(),
        _ => files::failed(path, &error),
    })
}

/// Adds `line` to the file `path` of the site `root`, which comes into being with it.
///
/// What stands in the file stays to the byte: a copy is made, extended, compared and moved over
/// the file. `line` is one line, without its end.
///
/// # Errors
/// [`Code::CannotWrite`] where the system refuses, or where the file changed meanwhile.
pub fn append(root: &Path, path: &SitePath, line: &str) -> Result<(), Diagnostic> {
    debug_assert!(!line.contains(['\n', '\r']), "an event is one line");
    let target = root.join(path.as_str());
    if let Some(folder) = target.parent() {
        files::make_folder(folder).map_err(|error| files::failed(path, &error))?;
    }
    let extended = files::lock(root).and_then(|_lock| files::extend(&target, line));
    extended.map_err(|error| files::failed(path, &error))
}
