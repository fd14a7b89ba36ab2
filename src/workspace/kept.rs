//! What is kept beside the ledger, under names that are hashes.

use std::collections::BTreeMap;

use crate::digest::digest;

/// How many digits of a hash name a text or a photo.
const HASH: usize = 16;

/// Bytes by a name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Files to be kept beside the ledger.
#[derive(Debug, Default)]
pub struct Kept {
    /// The texts of posters, by poster.
    pub texts: Files,
    /// The photos, by their names.
    pub photos: Files,
}

/// Returns the hashes of texts, by poster.
pub fn hashes(texts: &Files) -> BTreeMap<String, String> {
    let hashes = texts
        .iter()
        .map(|(poster, bytes)| (poster.clone(), short_hash(bytes)));
    hashes.collect()
}

/// Returns the name of bytes that are kept beside the ledger.
pub fn short_hash(bytes: &[u8]) -> String {
    let mut hash = digest(bytes);
    hash.truncate(HASH);
    hash
}
