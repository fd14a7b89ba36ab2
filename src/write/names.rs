//! Paths that can be written on every machine.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::render::Artifact;

/// Names that Windows keeps for its devices.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
/// The longest file name in bytes that all common file systems take.
const LONGEST: usize = 255;

/// Reports artifacts that cannot be written, or not both.
pub(super) fn check(artifacts: &[&Artifact]) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for artifact in artifacts {
        let path = artifact.path.as_str();
        if let Some(part) = unusable_part(path) {
            let bad = Diagnostic::new(Code::BadPath).with("path", path);
            diagnostics.push(bad.with("cause", format!("`{part}`")));
        }
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

/// Returns the first part of `path` that some machine cannot write.
fn unusable_part(path: &str) -> Option<&str> {
    path.split('/').find(|part| {
        part.is_empty()
            || part.len() > LONGEST
            || part.ends_with(['.', ' '])
            || part.contains(|c: char| c.is_control() || "<>:\"\\|?*".contains(c))
            || is_device(part)
    })
}

/// Tells whether Windows keeps this name for a device, with whatever ending.
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device)
            .is_some_and(|rest| rest.chars().count() == 1 && "0123456789¹²³".contains(rest))
    };
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_some_machine_cannot_write_are_found() {
        for (path, part) in [
            ("/etc/passwd", ""),
            ("a/../b", ".."),
            ("a//b", ""),
            ("a/./b", "."),
            ("c:/b", "c:"),
            ("a\\b", "a\\b"),
            ("living/aux/index.html", "aux"),
            ("Nul.txt", "Nul.txt"),
            ("COM1.pdf", "COM1.pdf"),
            ("end./x", "end."),
            ("", ""),
        ] {
            assert_eq!(unusable_part(path), Some(part), "{path}");
        }
        for path in [
            "index.html",
            ".nojekyll",
            "居务/通知 1.pdf",
            "console.css",
            "com10",
        ] {
            assert_eq!(unusable_part(path), None, "{path}");
        }
    }
}
