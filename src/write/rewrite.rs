//! Source files that Greenboard writes anew: the published plan, and a ledger file that is repaired.

use super::change::put;
use super::{Held, NOTES, files};
use crate::diag::{Code, Diagnostic, SitePath};
use crate::digest::digest;

/// Puts `bytes` in the place of the published plan at `path`; returns where the earlier one was
/// kept, if there was another.
///
/// The earlier version goes to `.greenboard/published/`, named by its hash, before anything
/// changes; the new one appears whole or not at all.
///
/// # Errors
/// [`Code::CannotWrite`] where the system refuses; then the earlier version stands.
pub fn publish(held: &Held, path: &SitePath, bytes: &[u8]) -> Result<Option<SitePath>, Diagnostic> {
    rewrite(held, path, bytes, "published")
}

/// Puts `bytes` in the place of the ledger file `path`, whose earlier version is kept below
/// `.greenboard/kept/`; returns where.
///
/// # Errors
/// [`Code::LedgerEncoding`] where the file is not UTF-8, [`Code::CannotWrite`] where the system
/// refuses; then the earlier version stands.
pub fn repair(held: &Held, path: &SitePath, bytes: &[u8]) -> Result<Option<SitePath>, Diagnostic> {
    let failed = |error: std::io::Error| files::failed(path, &error);
    let before = files::read_if_there(&held.root().join(path.as_str())).map_err(failed)?;
    if before.is_some_and(|before| std::str::from_utf8(&before).is_err()) {
        return Err(Diagnostic::new(Code::LedgerEncoding).with("path", path));
    }
    rewrite(held, path, bytes, "kept")
}

fn rewrite(
    held: &Held,
    path: &SitePath,
    bytes: &[u8],
    shelf: &str,
) -> Result<Option<SitePath>, Diagnostic> {
    let root = held.root();
    let target = root.join(path.as_str());
    let failed = |error: std::io::Error| files::failed(path, &error);
    let earlier = files::read_if_there(&target).map_err(failed)?;
    let mut kept = None;
    if let Some(earlier) = earlier.as_deref().filter(|earlier| *earlier != bytes) {
        let hash = digest(earlier);
        let copy = format!("{NOTES}/{shelf}/{}.yaml", &hash[..16]);
        let there = root.join(&copy);
        if let Some(folder) = there.parent() {
            files::make_folder(folder).map_err(failed)?;
        }
        files::write_over(root, &there, earlier).map_err(failed)?;
        kept = SitePath::new(&copy);
    }
    put(held, path, earlier.as_deref(), Some(bytes)).map_err(failed)?;
    Ok(kept)
}
