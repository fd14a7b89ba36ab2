//! The last change of the user's files, taken back.

use std::io;
use std::path::Path;

use super::change::put;
use super::record::{FOLDER, Line, Net, Records, add};
use super::{Held, NOTES, files};
use crate::diag::{Code, Diagnostic, Diagnostics, SitePath};
use crate::digest::digest;

/// Takes back the last change of the user's files that still stands, all of it or nothing; returns
/// the files, none where there is no such change.
///
/// # Errors
/// [`Code::ChangedSince`] for each file that holds something else by now,
/// [`Code::CannotWrite`] where the system refuses: the next time goes on from there.
pub fn undo(held: &Held) -> Result<Vec<SitePath>, Diagnostics> {
    let failed = |error: io::Error| Diagnostics::from_iter([files::failed(NOTES, &error)]);
    loop {
        let records = Records::of(held.root()).map_err(failed)?;
        let Some((number, nets)) = records.last().map_err(failed)? else {
            return Ok(Vec::new());
        };
        let wanted = wanted(held, &records, nets)?;
        let file = held.begin_record().map_err(failed)?;
        let paths = take_back(held, &file, number, wanted);
        held.end_record();
        // A change that was noted and never made leaves nothing to take back.
        match paths?.as_slice() {
            [] => {}
            paths => return Ok(paths.to_vec()),
        }
    }
}

/// A file, what it holds, and what it is to hold again.
type Wanted = (SitePath, Option<Vec<u8>>, Option<Vec<u8>>);

/// Returns what is to be done to each file that is not yet as it was.
fn wanted(held: &Held, records: &Records, nets: Vec<Net>) -> Result<Vec<Wanted>, Diagnostics> {
    let mut refused = Diagnostics::default();
    let mut wanted = Vec::new();
    for net in nets {
        match restorable(held, records, &net) {
            Ok(Some((now, before))) => wanted.push((net.path, now, before)),
            Ok(None) => {}
            Err(told) => refused.push(told),
        }
    }
    match refused.is_empty() {
        true => Ok(wanted),
        false => Err(refused),
    }
}

/// Does it, as a record of its own in `file` that takes back the record `number`.
fn take_back(
    held: &Held,
    file: &Path,
    number: u64,
    wanted: Vec<Wanted>,
) -> Result<Vec<SitePath>, Diagnostics> {
    let failed =
        |path: &str, error: io::Error| Diagnostics::from_iter([files::failed(path, &error)]);
    let note = |line: &Line| add(file, line).map_err(|error| failed(NOTES, error));
    note(&Line::Undoes { undoes: number })?;
    let mut paths = Vec::new();
    for (path, now, before) in wanted {
        let written = put(held, &path, now.as_deref(), before.as_deref());
        written.map_err(|error| failed(path.as_str(), error))?;
        paths.push(path);
    }
    note(&Line::Done { done: true })?;
    Ok(paths)
}

/// What a file holds now, and what it held before.
type Both = (Option<Vec<u8>>, Option<Vec<u8>>);

/// Returns what a file holds and what it is to hold again; nothing where it holds that already.
fn restorable(held: &Held, records: &Records, net: &Net) -> Result<Option<Both>, Diagnostic> {
    let failed = |error: io::Error| files::failed(&net.path, &error);
    let now = files::read_if_there(&held.root().join(net.path.as_str())).map_err(failed)?;
    let hash = now.as_deref().map(digest);
    if hash == net.before {
        return Ok(None);
    }
    let told = || Diagnostic::new(Code::ChangedSince).with("path", &net.path);
    if hash != net.after {
        return Err(told());
    }
    let Some(before) = &net.before else {
        return Ok(Some((now, None)));
    };
    let kept = files::read_if_there(&records.folder.join(before)).map_err(failed)?;
    let kept = kept.filter(|kept| digest(kept) == *before);
    let folder = format!("{NOTES}/{FOLDER}");
    let kept = kept.ok_or_else(|| told().with("lost", folder))?;
    Ok(Some((now, Some(kept))))
}
