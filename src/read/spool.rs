//! Where files wait that are made before all is known that they are finished with.
//!
//! A website of ten thousand pages is more than a build should hold. What it makes waits here, the
//! first of it in memory, the rest on a disk where there is one to take it, and comes back piece
//! by piece.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::asset::Asset;
use super::waiting::{Scratch, Waiting};

/// How many bytes wait in memory before the others go to the disk.
const IN_MEMORY: u64 = 4 << 20;

/// The files in waiting of one build.
#[derive(Clone, Default)]
pub struct Spool {
    scratch: Option<Arc<dyn Scratch>>,
    /// How many bytes were kept until now.
    kept: Arc<AtomicU64>,
}

impl Spool {
    /// Keeps files in `scratch` once they are many.
    pub fn on(scratch: impl Scratch + 'static) -> Self {
        Self {
            scratch: Some(Arc::new(scratch)),
            kept: Arc::default(),
        }
    }

    /// Keeps a file that was made. What the disk does not take stays in memory.
    pub fn keep(&self, bytes: impl AsRef<[u8]> + Into<Arc<[u8]>>) -> Asset {
        let length = bytes.as_ref().len();
        let kept = self.kept.fetch_add(length as u64, Ordering::Relaxed);
        let is_much = kept + length as u64 > IN_MEMORY;
        let scratch = self.scratch.as_ref().filter(|_| is_much);
        let waits = scratch.and_then(|scratch| {
            let at = scratch.put(bytes.as_ref()).ok()?;
            let scratch = scratch.clone();
            Some(Waiting::OnScratch {
                scratch,
                at,
                length,
            })
        });
        Asset::waiting(waits.unwrap_or_else(|| Waiting::Here(bytes.into())))
    }
}

impl fmt::Debug for Spool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spool").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::Mutex;

    use super::*;

    /// A disk that takes `room` bytes and then no more.
    struct Disk {
        bytes: Mutex<Vec<u8>>,
        room: usize,
    }

    impl Scratch for Disk {
        fn put(&self, bytes: &[u8]) -> io::Result<u64> {
            let mut all = self.bytes.lock().expect("it holds");
            if all.len() + bytes.len() > self.room {
                return Err(io::Error::other("full"));
            }
            all.extend_from_slice(bytes);
            Ok((all.len() - bytes.len()) as u64)
        }

        fn get(&self, at: u64, room: &mut [u8]) -> io::Result<()> {
            let at = at as usize;
            let all = self.bytes.lock().expect("it holds");
            let found = all.get(at..at + room.len());
            let found = found.ok_or(io::Error::other("gone"))?;
            room.copy_from_slice(found);
            Ok(())
        }
    }

    #[test]
    fn what_is_much_goes_to_the_disk_and_what_that_does_not_take_stays_in_memory() {
        let much = IN_MEMORY as usize;
        for (room, on_disk) in [(0, 0), (3, 3), (10, 6)] {
            let disk = Arc::new(Disk {
                bytes: Mutex::default(),
                room,
            });
            let spool = Spool {
                scratch: Some(disk.clone()),
                kept: Arc::default(),
            };
            let first = spool.keep(vec![1; much]);
            let (second, third) = (spool.keep(b"two".to_vec()), spool.keep(b"3rd".to_vec()));
            assert_eq!(first.bytes().len(), much);
            assert_eq!(
                (&*second.bytes(), &*third.bytes()),
                (&b"two"[..], &b"3rd"[..])
            );
            assert_eq!(disk.bytes.lock().expect("it holds").len(), on_disk);
            if on_disk == 6 {
                disk.bytes.lock().expect("it holds").truncate(3);
                assert_eq!(&*second.read().expect("it is there"), b"two");
                let gone = third.read().expect_err("it is not");
                assert_eq!(gone.cause.to_string(), "gone");
                assert!(third.fault().is_some());
            }
        }
    }
}
