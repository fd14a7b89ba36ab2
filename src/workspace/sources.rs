//! Files that are new to a site: to be filled in, brought in from elsewhere, or a whole site's; and
//! the ledger's own care.

use std::path::Path;

use super::open::Workspace;
use crate::diag::{Code, Diagnostic, Diagnostics, SitePath, Warned};
use crate::import::{Line, Planned, Standing, standing};
use crate::read::{Inputs as _, Tree};
use crate::rotation::ledger::{self, Repair};
use crate::starter::NewFile;
use crate::write::{self, Held};

/// What became of a file that was to be brought in.
#[derive(Debug)]
pub enum Arrival<'f> {
    /// It was created.
    Created(&'f Planned),
    /// Something else stands there, which was left; the lines in which they differ.
    Differs(&'f Planned, Vec<Line>),
    /// It could not be written; what was to follow was not tried.
    Failed(Diagnostic),
}

impl Workspace {
    /// Creates files to be filled in; returns those that it created, the first in front. The first
    /// must be new; of the others those that are there stay. It is written last, so that a run that
    /// was cut short can be made again.
    pub fn create(&self, held: &Held, files: Vec<NewFile>) -> Warned<Vec<NewFile>> {
        let inputs = self.saved();
        let mut diagnostics = Diagnostics::default();
        let mut created = Vec::new();
        let is_there = |file: &NewFile| inputs.read(&file.path).is_ok();
        let mut others = files.into_iter();
        if let Some(own) = others.next() {
            let others = others.filter(|file| !is_there(file));
            let wanted: Vec<NewFile> = match is_there(&own) {
                true => vec![own],
                false => others.chain([own]).collect(),
            };
            let n_wanted = wanted.len();
            for file in wanted {
                match write::create(held, &file.path, &file.bytes) {
                    Ok(()) => created.push(file),
                    Err(error) => {
                        diagnostics.push(error);
                        break;
                    }
                }
            }
            if created.len() == n_wanted {
                created.rotate_right(1);
            }
        }
        Warned {
            value: created,
            diagnostics,
        }
    }

    /// Writes what is brought in and not there yet; the first comes last, so that a run that was cut
    /// short can be made again. What is there as it is to be, is passed over.
    pub fn bring_in<'f>(&self, held: &Held, files: &'f [Planned]) -> Vec<Arrival<'f>> {
        let inputs = self.saved();
        let mut arrivals = Vec::new();
        for file in files.iter().skip(1).chain(files.first()) {
            match standing(file, &inputs) {
                Standing::Same => {}
                Standing::Other(_) if file.is_frame => {}
                Standing::Other(lines) => arrivals.push(Arrival::Differs(file, lines)),
                Standing::Nothing => match write::create(held, &file.path, &file.bytes) {
                    Ok(()) => arrivals.push(Arrival::Created(file)),
                    Err(error) => {
                        arrivals.push(Arrival::Failed(error));
                        break;
                    }
                },
            }
        }
        arrivals
    }

    /// Takes ledger lines of one id out of each other's way; returns what was done, and where the
    /// earlier files are kept.
    pub fn repair_ledger(&self, held: &Held, tree: &Tree) -> Warned<(Vec<Repair>, Vec<SitePath>)> {
        let (repairs, texts) = ledger::repair(&tree.ledger);
        let mut diagnostics = Diagnostics::default();
        let mut kept = Vec::new();
        for (path, text) in &texts {
            match write::repair(held, path, text.as_bytes()) {
                Ok(earlier) => kept.extend(earlier),
                Err(error) => diagnostics.push(error),
            }
        }
        Warned {
            value: (repairs, kept),
            diagnostics,
        }
    }
}

/// Makes a site of `files` in a folder that holds none; a mark among our notes tells one that was
/// cut short, which the next completes.
///
/// # Errors
/// [`Code::AlreadyThere`] where something stands in the folder, which messages call `shown`;
/// [`Code::CannotWrite`] where the system refuses.
pub fn found(folder: &Path, shown: &str, files: &[NewFile]) -> Result<(), Diagnostic> {
    if is_taken(folder) && !write::has_begun(folder) {
        return Err(Diagnostic::new(Code::AlreadyThere).with("path", shown));
    }
    let held = write::hold(folder)?;
    let resumed = !write::begin(&held)?;
    for file in files {
        // A folder may be under version control already.
        let is_there = || folder.join(file.path.as_str()).exists();
        let may_be_there = resumed || file.path.as_str() == ".gitignore";
        if !(may_be_there && is_there()) {
            write::create(&held, &file.path, &file.bytes)?;
        }
    }
    write::end(&held)
}

/// Tells whether a folder holds anything but hidden files, such as `.git`.
fn is_taken(folder: &Path) -> bool {
    let Ok(entries) = folder.read_dir() else {
        return folder.exists();
    };
    let mut names = entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name());
    names.any(|name| !name.to_string_lossy().starts_with('.'))
}
