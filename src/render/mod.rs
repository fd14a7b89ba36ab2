//! Stage 6: site, plan and posters into artifacts in memory.
//!
//! Renderers borrow what came before and return bytes with a path; [`write`](crate::write)
//! puts them on the disk.

pub mod export;
pub mod print;
pub mod web;

use std::sync::Arc;

/// Which output folder an artifact belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Output {
    /// `public/`: the website.
    Web,
    /// `print/`: what goes to the printer and the wall.
    Print,
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// The output folder.
    pub output: Output,
    /// The path below it, with `/`.
    pub path: String,
    /// The content.
    pub bytes: Arc<[u8]>,
}
