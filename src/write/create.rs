//! New source files, and lines added to the ledger.

use std::io::ErrorKind;

use super::change::put;
use super::{Held, files};
use crate::diag::{Code, Diagnostic, SitePath};

/// Writes the source file `path`, where none may be yet.
///
/// # Errors
/// [`Code::AlreadyThere`] where there is one, [`Code::CannotWrite`] where the system refuses.
pub fn create(held: &Held, path: &SitePath, bytes: &[u8]) -> Result<(), Diagnostic> {
    let target = held.root().join(path.as_str());
    let there = || Diagnostic::new(Code::AlreadyThere).with("path", path);
    let standing = files::standing(&target).map_err(|error| files::failed(path, &error))?;
    if standing != files::Standing::Nothing {
        return Err(there());
    }
    if let Some(folder) = target.parent() {
        files::make_folder(folder).map_err(|error| files::failed(path, &error))?;
    }
    put(held, path, None, Some(bytes)).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => there(),
        _ => files::failed(path, &error),
    })
}

/// Keeps `bytes` under `path`, which names them by their hash: written where nothing is yet, left
/// alone where just these bytes are.
///
/// # Errors
/// [`Code::AlreadyThere`] where something else stands, [`Code::CannotWrite`] where the system
/// refuses.
pub fn keep(held: &Held, path: &SitePath, bytes: &[u8]) -> Result<(), Diagnostic> {
    match create(held, path, bytes) {
        Err(error) if error.code == Code::AlreadyThere => {
            match files::holds(&held.root().join(path.as_str()), bytes) {
                Ok(true) => Ok(()),
                _ => Err(error),
            }
        }
        created => created,
    }
}

/// Adds `lines` to the file `path`, all in one step; a new file begins with
/// `head`.
///
/// What stands in the file stays to the byte: a copy is made, extended, compared and moved over
/// the file. After a power cut either all lines stand there or none. Each of `lines` is one line,
/// without its end.
///
/// # Errors
/// [`Code::CannotWrite`] where the system refuses or the file changed meanwhile,
/// [`Code::LedgerEncoding`] where it is not UTF-8.
pub fn append_lines(
    held: &Held,
    path: &SitePath,
    head: &str,
    lines: &[String],
) -> Result<(), Diagnostic> {
    let whole = |line: &String| !line.contains(['\n', '\r']);
    debug_assert!(lines.iter().all(whole), "an event is one line");
    if lines.is_empty() {
        return Ok(());
    }
    let target = held.root().join(path.as_str());
    if let Some(folder) = target.parent() {
        files::make_folder(folder).map_err(|error| files::failed(path, &error))?;
    }
    let more: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let extended = files::extend(held.root(), &target, head, &more);
    extended.map_err(|error| match error.kind() {
        ErrorKind::InvalidInput => Diagnostic::new(Code::LedgerEncoding).with("path", path),
        _ => files::failed(path, &error),
    })
}
