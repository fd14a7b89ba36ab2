//! Bytes that wait in memory or on a disk.

use std::io;
use std::ops::Range;
use std::sync::Arc;

/// Room outside memory, gone when nobody holds it any more.
pub trait Scratch: Send + Sync {
    /// Keeps `bytes`; returns where they lie.
    ///
    /// # Errors
    /// Where the system refuses, such as on a full disk.
    fn put(&self, bytes: &[u8]) -> io::Result<u64>;

    /// Fills `room` with the bytes that lie at `at`.
    ///
    /// # Errors
    /// Where the system refuses.
    fn get(&self, at: u64, room: &mut [u8]) -> io::Result<()>;
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
            Self::OnScratch { length, .. } => self.part(0..*length),
        }
    }

    /// Returns the bytes that lie in `part`, of those that wait.
    pub(super) fn part(&self, part: Range<usize>) -> io::Result<Arc<[u8]>> {
        match self {
            Self::Here(bytes) => Ok(bytes[part].into()),
            Self::OnScratch { scratch, at, .. } => {
                let mut bytes: Arc<[u8]> = std::iter::repeat_n(0, part.len()).collect();
                let room = Arc::get_mut(&mut bytes).expect("nobody else has it yet");
                scratch.get(at + part.start as u64, room)?;
                Ok(bytes)
            }
        }
    }
}
