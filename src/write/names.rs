//! Paths that can be written on every machine.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::render::Artifact;
use crate::site::refused;

/// Reports artifacts that cannot be written, or not both.
pub(super) fn check(artifacts: &[&Artifact]) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for artifact in artifacts {
        let path = artifact.path.as_str();
        refused(path)
            .into_iter()
            .for_each(|bad| diagnostics.push(bad));
        if let Some(other) = taken.insert(fold(path), path) {
            diagnostics.push(same(path, other, path));
        }
    }
    // A file of the name of a folder that another file lies in.
    for (folded, path) in &taken {
        let above = folded.match_indices('/').map(|(at, _)| &folded[..at]);
        if let Some(other) = above.filter_map(|folder| taken.get(folder)).next() {
            diagnostics.push(same(other, other, path));
        }
    }
    diagnostics
}

fn same(path: &str, first: &str, second: &str) -> Diagnostic {
    Diagnostic::new(Code::SameArtifact)
        .with("path", path)
        .with("first", first)
        .with("second", second)
}

/// Returns what Windows and macOS compare names by.
pub(super) fn fold(path: &str) -> String {
    path.nfc().flat_map(char::to_lowercase).collect()
}
