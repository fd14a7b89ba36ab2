//! What the preview shows: the files of the last good build, and what is wrong since.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use sha2::{Digest, Sha256};

use super::Built;
use crate::diag::{Language, Rendered, Severity};
use crate::render::{Artifact, Output};

/// Where printed things are served.
const PRINT: &str = "print";

/// One state of the preview.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    /// The files by their path below `/`; none before the first good build.
    pub files: Arc<BTreeMap<String, Arc<[u8]>>>,
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
            Some(artifacts) => Arc::new(files(artifacts)),
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

fn files(artifacts: Vec<Artifact>) -> BTreeMap<String, Arc<[u8]>> {
    let path = |artifact: &Artifact| match artifact.output {
        Output::Web => artifact.path.clone(),
        Output::Print => format!("{PRINT}/{}", artifact.path),
        // The preview makes none.
        Output::Archive => artifact.path.clone(),
    };
    artifacts
        .into_iter()
        .map(|artifact| (path(&artifact), artifact.bytes))
        .collect()
}

/// Names a state by its content, so that a build that changes nothing reloads nothing, and a
/// page of another run of the program is seen to be old.
fn version(files: &BTreeMap<String, Arc<[u8]>>, problems: &[Rendered]) -> String {
    let mut hasher = Sha256::new();
    for (path, bytes) in files {
        hasher.update(path.len().to_le_bytes());
        hasher.update(path);
        hasher.update(bytes.len().to_le_bytes());
        hasher.update(bytes);
    }
    hasher.update(serde_json::to_vec(problems).unwrap_or_default());
    short(&hasher.finalize())
}

/// Returns the first digits of a hash.
pub(super) fn short(digest: &[u8]) -> String {
    digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The state that is shown, shared between the threads.
#[derive(Debug, Clone, Default)]
pub(super) struct Stage(Arc<RwLock<Arc<Shown>>>);

impl Stage {
    /// Returns what is shown now.
    pub(super) fn now(&self) -> Arc<Shown> {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Shows something else.
    pub(super) fn show(&self, shown: Shown) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(shown);
    }
}
