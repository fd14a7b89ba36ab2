//! A site held, so that what is read and what is then written are of one moment.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::record::Record;
use super::{NOTES, files, lock};
use crate::diag::{Diagnostic, SitePath};

/// A site's folder that no other run of ours writes until this value is dropped.
#[derive(Debug)]
pub struct Held {
    root: PathBuf,
    /// What was changed while it was held.
    record: Mutex<Record>,
    _lock: File,
}

/// Holds the site `root`; waits while another run holds it.
///
/// Whoever writes what follows from what stands there, such as the next line of the ledger, holds
/// the site before reading it.
///
/// # Errors
/// [`Code::CannotWrite`](crate::diag::Code::CannotWrite) where the system refuses.
pub fn hold(root: &Path) -> Result<Held, Diagnostic> {
    let lock = lock::wait(root).map_err(|error| files::failed(NOTES, &error))?;
    Ok(Held {
        root: root.to_owned(),
        record: Mutex::default(),
        _lock: lock,
    })
}

impl Held {
    /// Returns the site's folder.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Notes that the file `path` is about to be changed.
    pub(super) fn note(
        &self,
        path: &SitePath,
        before: Option<&[u8]>,
        after: Option<&[u8]>,
    ) -> io::Result<()> {
        self.record().note(&self.root, path, before, after)
    }

    /// Begins another record; returns its file.
    pub(super) fn begin_record(&self) -> io::Result<PathBuf> {
        self.record().begin(&self.root)
    }

    /// Ends a record: what is changed next is another.
    pub(super) fn end_record(&self) {
        *self.record() = Record::Empty;
    }

    fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The mark of a new site that is not yet all there.
const BEGUN: &str = "begun";

/// Marks a new site as not yet all there; returns whether it was not marked before.
///
/// # Errors
/// [`Code::CannotWrite`](crate::diag::Code::CannotWrite) where the system refuses.
pub fn begin(held: &Held) -> Result<bool, Diagnostic> {
    // Whoever wants a new site no more deletes its folder.
    *held.record() = Record::Off;
    let mark = held.root.join(NOTES).join(BEGUN);
    if mark.exists() {
        return Ok(false);
    }
    let written = files::write_new(&held.root, &mark, b"");
    written.map_err(|error| files::failed(NOTES, &error))?;
    Ok(true)
}

/// Tells whether the site `root` is a new one that is not yet all there.
pub fn has_begun(root: &Path) -> bool {
    root.join(NOTES).join(BEGUN).exists()
}

/// Takes the mark of [`begin`] away.
///
/// # Errors
/// [`Code::CannotWrite`](crate::diag::Code::CannotWrite) where the system refuses.
pub fn end(held: &Held) -> Result<(), Diagnostic> {
    let removed = files::remove_if_there(&held.root.join(NOTES).join(BEGUN));
    removed.map_err(|error| files::failed(NOTES, &error))
}
