//! The few things done to the disk, each whole or not at all.
//!
//! All calls that change a file stand here but those of the lock, so that they can be read in one sitting.

#![expect(clippy::disallowed_methods, reason = "this is the door out")]

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::diag::{Code, Diagnostic, Value, system_words};
use crate::read::Unread;

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

/// Says that `path` could not be written, or which file of the site's it was to hold is gone.
pub(super) fn failed(path: impl ToString, error: &io::Error) -> Diagnostic {
    if let Some(unread) = error.get_ref().and_then(|it| it.downcast_ref::<Unread>()) {
        return unread.diagnostic();
    }
    Diagnostic::new(Code::CannotWrite)
        .with("path", path.to_string())
        .with("cause", cause(error))
}

/// Returns what the system says, in words that a message can carry.
pub(super) fn cause(error: &io::Error) -> Value {
    system_words(&error.to_string())
}

/// Reads a file of the output or the notes.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
}

/// Reads a file if it is there.
pub(super) fn read_if_there(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        // A file where a folder is looked for: nothing can stand below it.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Tells whether `path` holds just these bytes.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let size = fs::symlink_metadata(path)?.len();
    Ok(size == bytes.len() as u64 && fs::read(path)? == bytes)
}

/// Returns the names of the files in a folder of our notes; none where it is not there.
pub(super) fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let name = |entry: io::Result<fs::DirEntry>| Ok(entry?.file_name().to_string_lossy().into());
    entries.map(name).collect()
}

/// Adds a line to a file of our notes.
pub(super) fn append(path: &Path, line: &str) -> io::Result<()> {
    make_above(path)?;
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    file.write_all(line.as_bytes())
}

/// Makes a folder and those above it.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// The folder of files that are being written, which only who holds the lock has.
pub(super) fn scratch(root: &Path) -> PathBuf {
    root.join(super::NOTES).join("writing")
}

/// Writes a file that nobody looks at yet.
pub(super) fn stage(path: &Path, bytes: &[u8]) -> io::Result<()> {
    make_above(path)?;
    fs::write(path, bytes)
}

/// Writes a file that others may read or write at the same time: it appears whole. Nothing is lost
/// if a power cut takes it, so nobody waits for the disk.
pub(super) fn put(path: &Path, pieces: &[&[u8]]) -> io::Result<()> {
    make_above(path)?;
    let (aside, mut file) = beside(path)?;
    let mut written = pieces.iter().try_for_each(|piece| file.write_all(piece));
    drop(file);
    if written.is_ok() {
        written = fs::rename(&aside, path);
    }
    if written.is_err() {
        let _ = fs::remove_file(&aside);
    }
    written
}

/// Reads a file and notes that it was used, once in a time of `noted`.
pub(super) fn used(path: &Path, noted: Duration) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let data = file.metadata()?;
    let mut bytes = Vec::with_capacity(usize::try_from(data.len()).unwrap_or(0));
    file.read_to_end(&mut bytes)?;
    let now = SystemTime::now();
    if data
        .modified()
        .is_ok_and(|used| now.duration_since(used).is_ok_and(|it| it > noted))
    {
        // What cannot be noted looks older than it is.
        let _ = file.set_modified(now);
    }
    Ok(bytes)
}

/// Gives a file a second name; where a disk has no such thing, the second is a copy of the same
/// time.
pub(super) fn link(file: &Path, second: &Path) -> io::Result<()> {
    make_above(second)?;
    if fs::hard_link(file, second).is_ok() {
        return Ok(());
    }
    if standing(file)? == Standing::Other {
        return link_anew(file, second);
    }
    let time = fs::metadata(file)?.modified()?;
    fs::copy(file, second)?;
    let copy = File::open(second)?;
    // A time that can't be kept makes the file look new, which is no fault.
    let _ = copy.set_modified(time);
    Ok(())
}

#[cfg(unix)]
fn link_anew(link: &Path, second: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(link)?, second)
}

#[cfg(not(unix))]
fn link_anew(_link: &Path, _second: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

fn make_above(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

/// Gives `folder` the rights of `model`, and its owner where we may.
pub(super) fn copy_rights(model: &Path, folder: &Path) -> io::Result<()> {
    let data = fs::metadata(model)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        let now = fs::metadata(folder)?;
        if (now.uid(), now.gid()) != (data.uid(), data.gid()) {
            let _ = chown(folder, Some(data.uid()), Some(data.gid()));
        }
    }
    fs::set_permissions(folder, data.permissions())
}

/// Makes what was written to the disk of `folder` outlast a power cut, where the system can.
#[cfg(target_os = "linux")]
pub(super) fn flush(folder: &Path) -> io::Result<()> {
    let folder = File::open(folder)?;
    rustix::fs::syncfs(folder).map_err(io::Error::from)
}

/// Makes what was written below `folder` outlast a power cut.
#[cfg(not(target_os = "linux"))]
pub(super) fn flush(folder: &Path) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            OpenOptions::new()
                .append(true)
                .open(entry.path())?
                .sync_all()?;
        }
    }
    Ok(())
}

/// Tells whether the system refused because we have no right to write there.
pub(super) fn is_forbidden(error: &io::Error) -> bool {
    let kind = error.kind();
    matches!(
        kind,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
    )
}

/// Tells whether nothing is in a folder.
pub(super) fn is_empty(folder: &Path) -> io::Result<bool> {
    Ok(fs::read_dir(folder)?.next().is_none())
}

/// Gives a file or folder another name, where nothing has it.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync_folder(to);
    Ok(())
}

/// Returns a file below `folder` that another program holds open, where that hinders a move.
#[cfg(windows)]
pub(super) fn held_open(folder: &Path) -> Option<PathBuf> {
    use std::os::windows::fs::OpenOptionsExt;
    let entries = walkdir::WalkDir::new(folder).into_iter();
    let files = entries.filter_map(Result::ok);
    let mut files = files.filter(|entry| entry.file_type().is_file());
    let is_held = |path: &Path| {
        OpenOptions::new()
            .read(true)
            .share_mode(0)
            .open(path)
            .is_err()
    };
    let held = files.find(|entry| is_held(entry.path()));
    held.map(walkdir::DirEntry::into_path)
}

/// Returns a file below `folder` that another program holds open, where that hinders a move: only
/// on Windows it does.
#[cfg(not(windows))]
pub(super) fn held_open(_folder: &Path) -> Option<PathBuf> {
    None
}

/// Lets `staged` and `target` change places, in one step where the system has it; elsewhere the
/// target's state ends at `former`, after a moment in which there is no target.
pub(super) fn exchange(staged: &Path, target: &Path, former: &Path) -> io::Result<()> {
    if !exchange_at_once(staged, target)? {
        exchange_by_moves(staged, target, former)?;
    }
    sync_folder(target);
    Ok(())
}

/// Returns whether the system can.
#[cfg(target_os = "linux")]
fn exchange_at_once(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        // Neither all disks (FAT) nor all systems (before 3.15) can.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange_at_once(_one: &Path, _other: &Path) -> io::Result<bool> {
    Ok(false)
}

pub(super) fn exchange_by_moves(staged: &Path, target: &Path, former: &Path) -> io::Result<()> {
    fs::rename(target, former)?;
    let moved = fs::rename(staged, target);
    if moved.is_err() {
        fs::rename(former, target)?;
    }
    moved
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

/// Removes a file if it is there.
pub(super) fn remove_if_there(path: &Path) -> io::Result<()> {
    unless_missing(fs::remove_file(path))
}

/// Removes a folder of ours with all that is in it, if it is there.
pub(super) fn clear(path: &Path) -> io::Result<()> {
    let removed = unless_missing(fs::remove_dir_all(path));
    match removed {
        Err(error) if is_forbidden(&error) => {
            // The rights of a folder came along with it.
            allow_changes(path)?;
            unless_missing(fs::remove_dir_all(path))
        }
        removed => removed,
    }
}

fn unless_missing(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Lets the files in all folders below `path` be removed.
#[cfg(unix)]
fn allow_changes(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let entries = walkdir::WalkDir::new(path).into_iter();
    for folder in entries.filter_entry(|entry| entry.file_type().is_dir()) {
        fs::set_permissions(folder?.path(), fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn allow_changes(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Writes a file of the site `root` or our notes: whole, on the disk, then moved over the old one.
pub(super) fn write_over(root: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let whole = write_aside(root, path, bytes)?;
    move_whole(&whole, path)
}

/// Writes the bytes of `path` where nobody looks, and on the disk.
fn write_aside(root: &Path, path: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let folder = scratch(root);
    fs::create_dir_all(&folder)?;
    // Disks without locks let two runs in.
    let mut name = OsString::from(format!("{}-", std::process::id()));
    name.push(path.file_name().unwrap_or_default());
    let aside = folder.join(name);
    let mut file = File::create(&aside)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = fs::remove_file(&aside);
    }
    written.map(|()| aside)
}

/// Moves a file that is whole to its place, over what stands there.
fn move_whole(aside: &Path, path: &Path) -> io::Result<()> {
    if let Ok(before) = fs::metadata(path) {
        // The rights that the file had are no reason to fail.
        let _ = fs::set_permissions(aside, before.permissions());
    }
    let moved = move_into_place(aside, path);
    if moved.is_err() {
        let _ = fs::remove_file(aside);
    }
    moved?;
    sync_folder(path);
    Ok(())
}

/// Adds `more` to a file by way of a copy, which is compared before it takes the file's place;
/// a file that is empty or not there begins with `head`.
pub(super) fn extend(root: &Path, path: &Path, head: &str, more: &str) -> io::Result<()> {
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
    let aside = write_aside(root, path, &after)?;
    let copied = fs::read(&aside)? == after;
    // Somebody may have saved the file meanwhile; their words must not vanish under ours.
    let unchanged = read_if_there(path)?.unwrap_or_default() == before;
    match (copied, unchanged) {
        (true, true) => move_whole(&aside, path),
        (false, _) => Err(ErrorKind::InvalidData.into()),
        (_, false) => Err(ErrorKind::ResourceBusy.into()),
    }
}

/// Writes a file where none may be; [`ErrorKind::AlreadyExists`] where there is one.
pub(super) fn write_new(root: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let aside = write_aside(root, path, bytes)?;
    // A hard link is the one way to give a file a second name only if nobody has it yet.
    let linked = fs::hard_link(&aside, path);
    let _ = fs::remove_file(&aside);
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => write_new_in_place(path, bytes)?,
        linked => linked?,
    }
    sync_folder(path);
    Ok(())
}

/// Writes a new file on a disk without hard links, such as a USB stick, or on another disk.
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
