//! The user's files changed: text saved, words replaced, all of it taken back.

use super::open::Workspace;
use crate::diag::{Diagnostic, Diagnostics, Fix, SitePath, Warned};
use crate::write::{self, Held, Mended, Mending, change, mend};

impl Workspace {
    /// Saves what is laid over the file `path`, and takes it off: only the words that differ are
    /// written, and encoding, mark and line ends stay. Nothing happens where nothing is laid over it.
    ///
    /// # Errors
    /// [`Code::ChangedSince`](crate::diag::Code::ChangedSince) where somebody else changed the file since the text was laid over it,
    /// [`Code::CannotWrite`](crate::diag::Code::CannotWrite) where the system refuses; then the text stays unsaved.
    pub fn save(&mut self, held: &Held, path: &SitePath) -> Result<(), Diagnostic> {
        let Some(layer) = self.layer(path) else {
            return Ok(());
        };
        change(held, path, layer.below.as_deref(), layer.bytes.as_deref())?;
        self.take_off(path);
        Ok(())
    }

    /// Makes `fixes` in the files; one that meets another is left, and one in a file that is not as
    /// it was read, such as one with text laid over it.
    pub fn apply(&self, fixes: &[Fix], mending: Mending) -> Warned<Vec<Mended>> {
        mend(self.root(), fixes, mending)
    }

    /// Takes back the last change of the user's files that still stands, all of it or nothing; returns
    /// the files, none where there is no such change.
    ///
    /// # Errors
    /// [`Code::ChangedSince`](crate::diag::Code::ChangedSince) for each file that somebody changed since.
    pub fn undo(&self, held: &Held) -> Result<Vec<SitePath>, Diagnostics> {
        write::undo(held)
    }
}
