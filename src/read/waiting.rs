//! Bytes that wait in memory or on a disk.

use std::io;
use std::sync::Arc;

/// Room outside memory, gone when nobody holds it any more.
pub trait Scratch: Send + Sync {
    /// Keeps `bytes`; returns where they lie.
    ///
    /// # Errors
    /// Where the system refuses, such as on a full disk.
    fn put(&self, bytes: &[u8]) -> io::Result<u64>;

    /// Returns the `length` bytes that lie at `at`.
    ///
    /// # Errors
    /// Where the system refuses.
    fn get(&self, at: u64, length: usize) -> io::Result<Vec<u8>>;
}

/// Where a file waits.
pub(super) enum Waiting {
    Here(Arc<[u8]>),
    OnScratch {
        scratch: Arc<dyn Scratch>,
        at: u64,
        length: usize,
    },
}

impl Waiting {
    pub(super) fn read(&self) -> io::Result<Arc<[u8]>> {
        match self {
            Self::Here(bytes) => Ok(bytes.clone()),
            Self::OnScratch {
                scratch,
                at,
                length,
            } => scratch.get(*at, *length).map(Arc::from),
        }
    }
}
