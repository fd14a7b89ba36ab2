//! Of all runs that write a site, one at a time: the others wait.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::Path;

use super::{NOTES, files};

/// Waits until no other program writes the site `root`; others wait until the value is dropped.
/// What a run of ours that was killed left half-written goes.
pub(super) fn wait(root: &Path) -> io::Result<File> {
    let file = lock_file(root)?;
    match file.lock() {
        Err(error) if !is_without_locks(&error) => return Err(error),
        _ => {}
    }
    files::clear(&files::scratch(root))?;
    Ok(file)
}

/// Tells whether another program writes the site `root` just now.
pub(super) fn is_held(root: &Path) -> bool {
    let locked = lock_file(root).map(|file| file.try_lock());
    matches!(locked, Ok(Err(TryLockError::WouldBlock)))
}

fn lock_file(root: &Path) -> io::Result<File> {
    let notes = root.join(NOTES);
    files::make_folder(&notes)?;
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(notes.join("lock"))
}

/// Tells whether a file system has no locks, such as some network shares, which must not stop the
/// work.
fn is_without_locks(error: &io::Error) -> bool {
    /// "No locks available", what Linux says of a share whose lock service is down.
    const ENOLCK: i32 = 37;
    error.kind() == ErrorKind::Unsupported
        || (cfg!(target_os = "linux") && error.raw_os_error() == Some(ENOLCK))
}
