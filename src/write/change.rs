//! A file of the user's changed: noted first, so that it can be taken back, then made in one move.

use std::io;

use super::{Held, files};
use crate::diag::{Code, Diagnostic, SitePath};

/// Makes the file `path`, which holds `before`, hold `after`; `None` is no file.
///
/// # Errors
/// [`Code::ChangedSince`] where it holds something else by now, [`Code::CannotWrite`] where the
/// system refuses; then it is left as it is.
pub fn change(
    held: &Held,
    path: &SitePath,
    before: Option<&[u8]>,
    after: Option<&[u8]>,
) -> Result<(), Diagnostic> {
    let now = files::read_if_there(&held.root().join(path.as_str()));
    let now = now.map_err(|error| files::failed(path, &error))?;
    if now.as_deref() != before {
        return Err(Diagnostic::new(Code::ChangedSince).with("path", path));
    }
    put(held, path, before, after).map_err(|error| files::failed(path, &error))
}

/// Does it, for a caller who has looked what stands there.
pub(super) fn put(
    held: &Held,
    path: &SitePath,
    before: Option<&[u8]>,
    after: Option<&[u8]>,
) -> io::Result<()> {
    if before == after {
        return Ok(());
    }
    held.note(path, before, after)?;
    let target = held.root().join(path.as_str());
    match after {
        Some(bytes) if before.is_none() => {
            target.parent().map_or(Ok(()), files::make_folder)?;
            files::write_new(held.root(), &target, bytes)
        }
        Some(bytes) => files::write_over(held.root(), &target, bytes),
        None => files::remove_if_there(&target),
    }
}
