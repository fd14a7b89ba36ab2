//! What renderers make: files in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Diagnostics};
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

/// Says which artifacts would overwrite each other.
pub(crate) fn clashes(artifacts: &[Artifact]) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let mut seen: BTreeMap<(Output, &str), &Artifact> = BTreeMap::new();
    for artifact in artifacts {
        let place = (artifact.output, artifact.path.as_str());
        if seen.insert(place, artifact).is_some() {
            diagnostics.push(
                Diagnostic::new(Code::SameArtifact)
                    .with("path", &artifact.path)
                    .with("first", &artifact.path)
                    .with("second", &artifact.path),
            );
        }
    }
    diagnostics
}
