//! Source files mended where a message says how: the words that are wrong are replaced, and
//! everything else stays to the byte.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::change::put;
use super::{Held, files};
use crate::diag::{Diagnostics, Edit, Fix, Rename, SitePath, Warned, apply};
use crate::digest::digest;
use crate::read::{Decoded, decode, edited};

/// Whether files are changed.
#[derive(Debug, Clone, Copy)]
pub enum Mending<'h> {
    /// They are, by who holds the site.
    Write(&'h Held),
    /// It is only shown what would change.
    Show,
}

/// A file with what was mended in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// The file.
    pub path: SitePath,
    /// Its lines that changed.
    pub changes: Vec<Changed>,
    /// The name that it has now, where it got another.
    pub renamed: Option<SitePath>,
}

/// Lines that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The first of them, from 1.
    pub line: usize,
    /// As they were.
    pub before: String,
    /// As they are.
    pub after: String,
}

/// Makes `fixes` in the files of the site `root`. One that touches what another has changed is left
/// for the next time, and so is a file that is not any more as it was read.
pub fn mend(root: &Path, fixes: &[Fix], mending: Mending) -> Warned<Vec<Mended>> {
    let mut diagnostics = Diagnostics::default();
    let mut mended = Vec::new();
    for (path, edits) in by_file(fixes) {
        match file(root, &path, &edits, mending) {
            Ok(changes) => mended.extend(changes.map(|changes| Mended {
                path,
                changes,
                renamed: None,
            })),
            Err(error) => diagnostics.push(files::failed(&path, &error)),
        }
    }
    for rename in fixes.iter().flat_map(|fix| &fix.renames) {
        match renamed(root, rename, mending) {
            Ok(true) => mended.push(Mended {
                path: rename.from.clone(),
                changes: Vec::new(),
                renamed: Some(rename.to.clone()),
            }),
            Ok(false) => {}
            Err(error) => diagnostics.push(files::failed(&rename.from, &error)),
        }
    }
    Warned {
        value: mended,
        diagnostics,
    }
}

/// Returns the edits of each file in its order, those left out that overlap earlier ones.
fn by_file(fixes: &[Fix]) -> BTreeMap<SitePath, Vec<Edit>> {
    let mut files: BTreeMap<SitePath, Vec<Edit>> = BTreeMap::new();
    for fix in fixes {
        let meets = |edit: &Edit, other: &Edit| {
            let (a, b) = (edit.at.range(), other.at.range());
            a.start <= b.end && b.start <= a.end
        };
        let taken = fix.edits.iter().any(|edit| {
            let others = files.get(edit.at.path());
            others.is_some_and(|others| others.iter().any(|other| meets(edit, other)))
        });
        if !taken {
            for edit in &fix.edits {
                let edits = files.entry(edit.at.path().clone()).or_default();
                edits.push(edit.clone());
            }
        }
    }
    for edits in files.values_mut() {
        edits.sort_by_key(|edit| edit.at.range().start);
    }
    files
}

/// Gives a file another name that nothing has; tells whether it was done.
fn renamed(root: &Path, rename: &Rename, mending: Mending) -> std::io::Result<bool> {
    let [from, to] = [&rename.from, &rename.to].map(|path| root.join(path.as_str()));
    let can = files::standing(&from)? == files::Standing::File
        && files::standing(&to)? == files::Standing::Nothing;
    if let (true, Mending::Write(held)) = (can, mending) {
        let bytes = files::read(&from)?;
        held.note(&rename.to, None, Some(&bytes))?;
        held.note(&rename.from, Some(&bytes), None)?;
        files::rename(&from, &to)?;
    }
    Ok(can)
}

/// Changes one file; `None` where it cannot be changed and keep the rest.
fn file(
    root: &Path,
    path: &SitePath,
    edits: &[Edit],
    mending: Mending,
) -> std::io::Result<Option<Vec<Changed>>> {
    let target = root.join(path.as_str());
    if files::standing(&target)? != files::Standing::File {
        return Ok(None);
    }
    let bytes = files::read(&target)?;
    let Ok(Decoded { text, .. }) = decode(&bytes) else {
        return Ok(None);
    };
    let hash = digest(&text);
    let is_as_read = edits.iter().all(|edit| edit.of == hash);
    let pairs = edits.iter();
    let pairs = pairs.map(|edit| (edit.at.range(), edit.text.as_str()));
    let pairs: Vec<Put> = pairs.collect();
    let Some(new) = edited(&bytes, &pairs).filter(|_| is_as_read) else {
        return Ok(None);
    };
    if let Mending::Write(held) = mending {
        put(held, path, Some(&bytes), Some(&new))?;
    }
    Ok(Some(changes(&text, &pairs)))
}

/// Bytes of a text and what is to stand in their place.
type Put<'a> = (Range<usize>, &'a str);

/// Returns the lines that `edits` touch, as they were and as they become.
fn changes(text: &str, edits: &[Put]) -> Vec<Changed> {
    let mut groups: Vec<(Range<usize>, Vec<Put>)> = Vec::new();
    for (at, new) in edits {
        let start = text[..at.start].rfind('\n').map_or(0, |end| end + 1);
        let end = text[at.end..]
            .find('\n')
            .map_or(text.len(), |end| at.end + end);
        match groups.last_mut() {
            Some((lines, group)) if start <= lines.end => {
                lines.end = lines.end.max(end);
                group.push((at.clone(), new));
            }
            _ => groups.push((start..end, vec![(at.clone(), new)])),
        }
    }
    let changed = |(lines, group): (Range<usize>, Vec<Put>)| {
        let within = group.into_iter();
        let within = within.map(|(at, new)| (at.start - lines.start..at.end - lines.start, new));
        let before = &text[lines.clone()];
        Changed {
            line: text[..lines.start].matches('\n').count() + 1,
            before: before.to_owned(),
            after: apply(before, within).unwrap_or_default(),
        }
    };
    groups.into_iter().map(changed).collect()
}
