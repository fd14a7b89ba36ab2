//! Which folders may be replaced by output.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use crate::diag::{Code, Diagnostic};
use crate::render::Output;

/// What a site consists of; no output may lie in it or hold it.
const SOURCES: [&str; 10] = [
    "content",
    "data",
    "themes",
    "theme",
    "static",
    "fonts",
    "profiles",
    "ledger",
    ".git",
    super::NOTES,
];

/// Where each output usually goes; no other may lie there.
const USUAL: [(Output, &str); 4] = [
    (Output::Web, "public"),
    (Output::Print, "print"),
    (Output::Archive, "archive"),
    (Output::Share, "share"),
];

/// Checks that `folder` may hold this output of the site `root`.
///
/// # Errors
/// [`Code::RefusedOutput`] where it is or holds the site, its sources, the user's home folder or
/// the whole disk, lies in the sources or where another output usually lies, leads there by a link,
/// or is a file.
pub fn check_folder(root: &Path, output: Output, folder: &Path) -> Result<(), Diagnostic> {
    let root = true_path(root);
    let target = true_path(&root.join(folder));
    let refused = || Diagnostic::new(Code::RefusedOutput).with("path", folder.display());
    if target.exists() && !target.is_dir() {
        return Err(refused().with("file", folder.display()));
    }
    let clash = |clash: &Path| Err(refused().with("clash", clash.display()));
    let others = USUAL.into_iter().filter(|(usual, _)| *usual != output);
    let others = others.map(|(_, name)| name);
    for name in SOURCES.into_iter().chain(others) {
        let source = root.join(name);
        for source in [true_path(&source), source] {
            if target.starts_with(&source) || source.starts_with(&target) {
                return clash(Path::new(name));
            }
        }
    }
    let home = std::env::home_dir().map(|home| true_path(&home));
    if let Some(home) = home.filter(|home| home.starts_with(&target)) {
        return clash(&home);
    }
    Ok(())
}

/// Checks that two output folders do not lie in each other.
///
/// # Errors
/// [`Code::RefusedOutput`] where they do.
pub fn check_apart(root: &Path, one: &Path, other: &Path) -> Result<(), Diagnostic> {
    let (a, b) = (true_path(&root.join(one)), true_path(&root.join(other)));
    if a.starts_with(&b) || b.starts_with(&a) {
        return Err(Diagnostic::new(Code::RefusedOutput)
            .with("path", other.display())
            .with("clash", one.display()));
    }
    Ok(())
}

/// Returns the name of `folder` in the manifest: relative to `root` where it lies below.
pub(super) fn key(root: &Path, folder: &Path) -> String {
    let (root, target) = (true_path(root), true_path(&root.join(folder)));
    let relative = target.strip_prefix(&root).unwrap_or(&target);
    relative.to_string_lossy().replace('\\', "/")
}

/// Resolves links and `..`, as far as the path exists; the rest is taken as written.
pub(super) fn true_path(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut missing: Vec<OsString> = Vec::new();
    let mut existing = without_dots(&path);
    loop {
        if let Ok(mut found) = existing.canonicalize() {
            found.extend(missing.iter().rev());
            return found;
        }
        match (existing.file_name(), existing.parent()) {
            (Some(name), Some(parent)) => {
                missing.push(name.to_owned());
                existing = parent.to_owned();
            }
            _ => return path,
        }
    }
}

/// Takes `..` out where the folder before it does not exist and so cannot be a link.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        if part == Component::ParentDir && !plain.exists() {
            plain.pop();
        } else {
            plain.push(part);
        }
    }
    plain
}
