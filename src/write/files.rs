//! The few things done to the disk, each whole or not at all.
//!
//! All calls that change a file stand here, so that they can be read in one sitting.

#![expect(clippy::disallowed_methods, reason = "this is the door out")]

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::diag::{Code, Diagnostic, system_words};

/// What stands at a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Nothing,
    File,
    Folder,
    /// A link or a device: never followed, never ours.
    Other,
}

/// Looks what stands at `path`, without following a link.
pub(super) fn standing(path: &Path) -> io::Result<Standing> {
    match fs::symlink_metadata(path) {
        Ok(data) if data.is_file() => Ok(Standing::File),
        Ok(data) if data.is_dir() => Ok(Standing::Folder),
        Ok(_) => Ok(Standing::Other),
        // A file where a folder is looked for: nothing can stand below it.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(Standing::Nothing)
        }
        Err(error) => Err(error),
    }
}

/// Says that `path` could not be written.
pub(super) fn failed(path: impl ToString, error: &io::Error) -> Diagnostic {
    Diagnostic::new(Code::CannotWrite)
        .with("path", path.to_string())
        .with("cause", system_words(&error.to_string()))
}

/// Returns the SHA-256 of `bytes` in hexadecimal digits.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Reads a file of the output or the notes.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
}

/// Reads a file if it is there.
pub(super) fn read_if_there(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Tells whether `path` holds just these bytes.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let size = fs::symlink_metadata(path)?.len();
    Ok(size == bytes.len() as u64 && fs::read(path)? == bytes)
}

/// Makes a folder and those above it.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// Waits until no other program writes the site `root`; others wait until the value is dropped.
pub(super) fn lock(root: &Path) -> io::Result<File> {
    let notes = root.join(super::NOTES);
    fs::create_dir_all(&notes)?;
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(notes.join("lock"))?;
    // A file system without locks, such as some network shares, must not stop the work.
    match file.lock() {
        Err(error) if error.kind() != ErrorKind::Unsupported => Err(error),
        _ => Ok(file),
    }
}

/// Writes a file that nobody looks at yet.
pub(super) fn stage(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::write(path, bytes)
}

/// Moves a staged file to its place, over what stands there.
pub(super) fn move_into_place(staged: &Path, target: &Path) -> io::Result<()> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    match fs::rename(staged, target) {
        // The output lies on another disk than the site: copy beside, then move.
        Err(error) if error.kind() == ErrorKind::CrossesDevices => {
            let (beside, mut file) = beside(target)?;
            let copied = fs::read(staged)
                .and_then(|bytes| file.write_all(&bytes))
                .and_then(|()| fs::rename(&beside, target));
            if copied.is_err() {
                let _ = fs::remove_file(&beside);
            }
            copied.and_then(|()| fs::remove_file(staged))
        }
        moved => moved,
    }
}

/// Returns the names of what is in a folder, sorted.
pub(super) fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = fs::read_dir(folder)?;
    let name = |entry: io::Result<fs::DirEntry>| {
        entry.map(|entry| entry.file_name().to_string_lossy().into_owned())
    };
    let mut names: Vec<String> = entries.map(name).collect::<io::Result<_>>()?;
    names.sort();
    Ok(names)
}

/// Removes a file.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}

/// Removes a folder of our own notes with all that is in it, if it is there.
pub(super) fn clear(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Removes the folders above `path` that have become empty, up to `top`, which stays.
pub(super) fn remove_empty_above(path: &Path, top: &Path) {
    let below = |folder: &&Path| folder.starts_with(top) && *folder != top;
    for folder in path.ancestors().skip(1).take_while(below) {
        // A folder that holds something does not go; neither do those above it.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}

/// Writes a file of our notes or the ledger: whole, on the disk, then moved over the old one.
pub(super) fn write_over(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (beside, mut file) = beside(path)?;
    let done = file
        .write_all(bytes)
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&beside, path));
    if done.is_err() {
        let _ = fs::remove_file(&beside);
    }
    done?;
    sync_folder(path);
    Ok(())
}

/// Adds `more` to a file by way of a copy, which is compared before it takes the file's place;
/// a file that is empty or not there begins with `head`.
pub(super) fn extend(path: &Path, head: &str, more: &str) -> io::Result<()> {
    let before = read_if_there(path)?.unwrap_or_default();
    if std::str::from_utf8(&before).is_err() {
        // Lines of another encoding behind the old ones would spoil the file.
        return Err(ErrorKind::InvalidInput.into());
    }
    let mut after = before.clone();
    if after.is_empty() {
        after.extend_from_slice(head.as_bytes());
    } else if !after.ends_with(b"\n") {
        after.push(b'\n');
    }
    after.extend_from_slice(more.as_bytes());
    let (beside, mut file) = beside(path)?;
    let whole = file.write_all(&after).and_then(|()| file.sync_all());
    let verified = whole.and_then(|()| {
        let copied = fs::read(&beside)? == after;
        // Somebody may have saved the file meanwhile; their words must not vanish under ours.
        let unchanged = read_if_there(path)?.unwrap_or_default() == before;
        match (copied, unchanged) {
            (true, true) => fs::rename(&beside, path),
            (false, _) => Err(ErrorKind::InvalidData.into()),
            (_, false) => Err(ErrorKind::ResourceBusy.into()),
        }
    });
    if verified.is_err() {
        let _ = fs::remove_file(&beside);
    }
    verified?;
    sync_folder(path);
    Ok(())
}

/// Removes what a run of ours that was killed left half-written in the folder of `path`. Only
/// who holds the lock may call it: nobody else writes then.
pub(super) fn sweep_beside(path: &Path) -> io::Result<()> {
    let Some(folder) = path.parent() else {
        return Ok(());
    };
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if is_beside(&entry.file_name().to_string_lossy()) && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Tells whether a name is one that [`beside`] gives: `.NAME.PROCESS-NUMBER.tmp`.
fn is_beside(name: &str) -> bool {
    let numbers = name
        .strip_prefix('.')
        .and_then(|name| name.strip_suffix(".tmp"))
        .and_then(|name| name.rsplit_once('.'))
        .and_then(|(_, numbers)| numbers.split_once('-'));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    numbers.is_some_and(|(process, number)| digits(process) && digits(number))
}

/// Writes a file where none may be; [`ErrorKind::AlreadyExists`] where there is one.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (beside, mut file) = beside(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    // A hard link is the one way to give a file a second name only if nobody has it yet.
    let linked = written.and_then(|()| fs::hard_link(&beside, path));
    let _ = fs::remove_file(&beside);
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => write_new_in_place(path, bytes)?,
        linked => linked?,
    }
    sync_folder(path);
    Ok(())
}

/// Writes a new file on a disk without hard links, such as a USB stick.
fn write_new_in_place(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}

/// Opens a new file beside `path`, of a name that reading a site passes over.
fn beside(path: &Path) -> io::Result<(PathBuf, File)> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut number = 0;
    loop {
        let beside = path.with_file_name(format!(".{name}.{}-{number}.tmp", std::process::id()));
        match OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&beside)
        {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && number < 100 => number += 1,
            Err(error) => return Err(error),
        }
    }
}

/// Makes the move of a file outlast a power cut, where the system can.
fn sync_folder(path: &Path) {
    let folder = path.parent().map(File::open);
    if let Some(Ok(folder)) = folder {
        let _ = folder.sync_all();
    }
}
