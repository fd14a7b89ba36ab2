//! What renderers make: files in memory.

use std::sync::Arc;

use crate::read::{Asset, Unread};

/// Which output folder an artifact belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Output {
    /// `public/`: the website.
    Web,
    /// `print/`: what goes to the printer and the wall.
    Print,
    /// `archive/`: what is handed in.
    Archive,
    /// `share/`: what goes to accounts, groups and screens.
    Share,
}

/// A file to be written.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// The output folder.
    pub output: Output,
    /// The path below it, with `/`.
    pub path: String,
    /// The content, read when it is wanted where it is a file of the site's as it is.
    pub content: Asset,
}

impl Artifact {
    /// Returns its bytes, to be given away.
    ///
    /// # Errors
    /// Where it is a file of the site's that cannot be read any more.
    pub fn read(&self) -> Result<Arc<[u8]>, Unread> {
        self.content.read()
    }

    /// Returns its bytes, to be looked at.
    pub fn bytes(&self) -> Arc<[u8]> {
        self.content.bytes()
    }
}
