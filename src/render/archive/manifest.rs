//! Lists of hashes, in the form that `sha256sum -c` reads.

use super::keepsakes::Keepsakes;
use crate::digest::digest;
use crate::render::Artifact;

/// Lists the files of a pack by their paths below `folder`, in their order.
pub(super) fn of_pack(artifacts: &[Artifact], folder: &str) -> String {
    let line = |artifact: &Artifact| {
        let path = artifact.path.strip_prefix(folder).unwrap_or(&artifact.path);
        format!("{}  {path}\n", digest(artifact.bytes()))
    };
    artifacts.iter().map(line).collect()
}

/// Lists photos as they came from the camera, and what the diary attaches, by their paths below the site's folder; those that
/// are not there have no hash and are left out: they stand among the gaps.
pub(super) fn of_originals(keepsakes: &Keepsakes) -> String {
    let all = keepsakes.photos.iter().chain(&keepsakes.attached);
    let there = all.filter(|(_, kept)| !kept.hash.is_empty());
    there
        .map(|(path, kept)| format!("{}  {path}\n", kept.hash))
        .collect()
}
