//! Room for what a build makes before it is written: a file without a name among our own notes,
//! which goes with the program, however that ends.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{NOTES, files};
use crate::read::{Scratch, Spool};

/// Returns the place where files of a build of the site `root` wait. Nothing is made until they are
/// many.
pub fn spool(root: &Path) -> Spool {
    Spool::on(Notes {
        folder: root.join(NOTES),
        file: OnceLock::new(),
        end: AtomicU64::new(0),
    })
}

struct Notes {
    folder: PathBuf,
    /// The file, or what the system said against it.
    file: OnceLock<Result<File, String>>,
    /// How long it is.
    end: AtomicU64,
}

impl Notes {
    fn file(&self) -> io::Result<&File> {
        let make = || {
            let made = files::make_folder(&self.folder);
            let made = made.and_then(|()| tempfile::tempfile_in(&self.folder));
            made.map_err(|error| error.to_string())
        };
        let file = self.file.get_or_init(make).as_ref();
        file.map_err(|error| io::Error::other(error.clone()))
    }
}

impl Scratch for Notes {
    fn put(&self, bytes: &[u8]) -> io::Result<u64> {
        let file = self.file()?;
        let at = self.end.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        write_at(file, bytes, at)?;
        Ok(at)
    }

    fn get(&self, at: u64, room: &mut [u8]) -> io::Result<()> {
        read_at(self.file()?, room, at)
    }
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn write_at(file: &File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_write(file, bytes, at)? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            n => {
                bytes = &bytes[n..];
                at += n as u64;
            }
        }
    }
    Ok(())
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, at)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            n => {
                bytes = &mut bytes[n..];
                at += n as u64;
            }
        }
    }
    Ok(())
}
