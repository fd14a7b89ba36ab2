//! What the preview shows: the files of the last good build, and what is wrong since.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use sha2::{Digest, Sha256};

use super::Built;
use crate::diag::{Language, Rendered, Severity};
use crate::digest::{hex, short};
use crate::render::{Artifact, Output};

/// Where printed things are served.
const PRINT: &str = "print";
/// How many digits name a content.
const TAG: usize = 16;

/// One state of the preview.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    /// The files by their path below `/`; none before the first good build.
    pub files: Arc<BTreeMap<String, File>>,
    /// What the last build failed of; none where it went well.
    pub problems: Vec<Rendered>,
    /// The language of messages.
    pub language: Language,
    /// A name of this state: equal names, equal pages.
    pub version: String,
    /// Whether a build has ended at all.
    pub is_built: bool,
}

impl Shown {
    /// Follows `before` when a build has ended.
    pub(super) fn after(before: &Self, built: Built) -> Self {
        let failed = built.artifacts.is_none();
        let mut messages = built.messages;
        messages.retain(|message| failed && message.severity != Severity::Note);
        let files = match built.artifacts {
            Some(artifacts) => Arc::new(files(artifacts, &before.files)),
            None => before.files.clone(),
        };
        Self {
            version: version(&files, &messages),
            files,
            problems: messages,
            language: built.language,
            is_built: true,
        }
    }
}

/// A file that is shown.
#[derive(Debug, Clone)]
pub(super) struct File {
    bytes: Arc<[u8]>,
    /// A name of its content, for browsers that ask whether it changed.
    pub tag: String,
}

impl File {
    /// Names a content.
    pub(super) fn new(bytes: Arc<[u8]>) -> Self {
        let tag = short(&bytes, TAG);
        Self { bytes, tag }
    }

    /// Returns its content, which is shared and not copied.
    pub(super) fn bytes(&self) -> Bytes {
        Bytes::from_owner(self.bytes.clone())
    }
}

/// Returns the files; those that stayed as they were `before` keep their names.
fn files(artifacts: Vec<Artifact>, before: &BTreeMap<String, File>) -> BTreeMap<String, File> {
    let path = |artifact: &Artifact| match artifact.output {
        Output::Web => artifact.path.clone(),
        Output::Print => format!("{PRINT}/{}", artifact.path),
        // The preview makes none.
        Output::Archive => artifact.path.clone(),
    };
    let file = |artifact: Artifact| {
        let path = path(&artifact);
        let known = before.get(&path);
        let bytes = artifact.bytes();
        let same = known.filter(|file| Arc::ptr_eq(&file.bytes, &bytes));
        let file = same.cloned();
        (path, file.unwrap_or_else(|| File::new(bytes)))
    };
    artifacts.into_iter().map(file).collect()
}

/// Names a state by its content, so that a build that changes nothing reloads nothing, and a
/// page of another run of the program is seen to be old.
fn version(files: &BTreeMap<String, File>, problems: &[Rendered]) -> String {
    let mut hasher = Sha256::new();
    for (path, file) in files {
        hasher.update(path.len().to_le_bytes());
        hasher.update(path);
        hasher.update(&file.tag);
    }
    hasher.update(serde_json::to_vec(problems).unwrap_or_default());
    hex(&hasher.finalize()[..TAG / 2])
}
