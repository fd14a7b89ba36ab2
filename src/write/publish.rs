//! The published plan, which is the one source file that Greenboard writes anew.

use std::path::Path;

use super::{NOTES, files};
use crate::diag::{Diagnostic, SitePath};

/// Puts `bytes` in the place of the file `path` of the site `root`; returns where the earlier
/// version was kept, if there was another.
///
/// The earlier version goes to `.greenboard/published/`, named by its hash, before anything
/// changes; the new one appears whole or not at all.
///
/// # Errors
/// [`Code::CannotWrite`](crate::diag::Code::CannotWrite) where the system refuses; then the
/// earlier version stands.
pub fn publish(root: &Path, path: &SitePath, bytes: &[u8]) -> Result<Option<SitePath>, Diagnostic> {
    let target = root.join(path.as_str());
    let failed = |error: std::io::Error| files::failed(path, &error);
    files::make_folder(&root.join(NOTES)).map_err(failed)?;
    let _lock = files::lock(root).map_err(failed)?;
    let earlier = files::read_if_there(&target).map_err(failed)?;
    let mut kept = None;
    if let Some(earlier) = earlier.filter(|earlier| earlier != bytes) {
        let hash = files::hash(&earlier);
        let copy = format!("{NOTES}/published/{}.yaml", &hash[..16]);
        let there = root.join(&copy);
        if let Some(folder) = there.parent() {
            files::make_folder(folder).map_err(failed)?;
        }
        files::write_over(&there, &earlier).map_err(failed)?;
        kept = SitePath::new(&copy);
    }
    files::write_over(&target, bytes).map_err(failed)?;
    Ok(kept)
}
