//! The next state of an output folder, made where nobody looks at it yet.
//!
//! What stays is linked, not copied, so that an unchanged part costs no room and little time;
//! what others put there comes along.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::compare::{Changes, Failure};
use super::files::{self, Standing};
use super::identity;
use super::swap::Swap;

/// Ends of the names of folders of ours that nobody else has.
const NEW: &str = ".greenboard-new";
const OLD: &str = ".greenboard-old";

/// Where the next state of an output folder is made, and where the former one may wait.
pub(super) struct Stage<'a> {
    key: &'a str,
    target: &'a Path,
    beside: Option<Places>,
    within: Places,
}

/// A folder for what is new and one for what is old.
struct Places {
    new: PathBuf,
    old: PathBuf,
}

impl<'a> Stage<'a> {
    /// Names the places; makes nothing.
    pub(super) fn new(key: &'a str, target: &'a Path) -> Self {
        let beside = target.parent().zip(target.file_name());
        let beside = beside.map(|(parent, name)| {
            let name = name.to_string_lossy();
            Places {
                new: parent.join(format!(".{name}{NEW}")),
                old: parent.join(format!(".{name}{OLD}")),
            }
        });
        let within = Places {
            new: target.join(NEW),
            old: target.join(OLD),
        };
        Self {
            key,
            target,
            beside,
            within,
        }
    }

    /// Returns all folders that may come to be here and must be gone at last.
    pub(super) fn folders(&self) -> Vec<PathBuf> {
        let places = self.beside.iter().chain([&self.within]);
        places
            .flat_map(|places| [places.new.clone(), places.old.clone()])
            .collect()
    }

    /// Makes the next state and says how it is put in place.
    ///
    /// The whole folder is made beside the present one and takes its place in one step. Where a
    /// folder can't be moved (a disk of its own, no rights beside it), only what differs at its
    /// top is made within it, and takes its place piece by piece.
    pub(super) fn fill(&self, changes: &Changes) -> Result<Vec<Swap>, Failure> {
        match self.beside.as_ref().map(|places| self.may_stand(places)) {
            Some(Ok(true)) => self.fill_beside(changes),
            Some(Err(error)) => Err((String::new(), error)),
            None | Some(Ok(false)) => self.fill_within(changes),
        }
    }

    /// Makes the folder beside the target, if the target can change places with it.
    fn may_stand(&self, places: &Places) -> io::Result<bool> {
        let parent = places.new.parent().unwrap_or(&places.new);
        if files::standing(self.target)? == Standing::Nothing {
            files::make_folder(parent)?;
        } else if !identity::is_one_disk(self.target, parent)? {
            return Ok(false);
        }
        match files::make_folder(&places.new) {
            Err(error) if files::is_forbidden(&error) => Ok(false),
            made => made.map(|()| true),
        }
    }

    fn fill_beside(&self, changes: &Changes) -> Result<Vec<Swap>, Failure> {
        let Some(places) = &self.beside else {
            return Ok(Vec::new());
        };
        Tree {
            from: self.target,
            to: &places.new,
            below: "",
        }
        .fill(changes)?;
        files::flush(&places.new)
            .and_then(|()| Swap::new(self.key, "", self.target, &places.new, &places.old))
            .map(|swap| vec![swap])
            .map_err(|error| (String::new(), error))
    }

    /// Makes within the target what differs at its top.
    pub(super) fn fill_within(&self, changes: &Changes) -> Result<Vec<Swap>, Failure> {
        let placed = changes.placed.iter().map(|artifact| artifact.path.as_str());
        let touched = changes.gone.iter().copied().chain(placed);
        let tops: BTreeSet<&str> = touched.filter_map(|path| path.split('/').next()).collect();
        let (news, olds) = (&self.within.new, &self.within.old);
        files::make_folder(news)
            .and_then(|()| files::make_folder(olds))
            .map_err(|error| (String::new(), error))?;
        let mut swaps = Vec::new();
        for top in tops {
            let at = |error| (top.to_owned(), error);
            let (new, old) = (news.join(top), olds.join(top));
            let target = self.target.join(top);
            Tree {
                from: &target,
                to: &new,
                below: top,
            }
            .fill(changes)?;
            swaps.push(Swap::new(self.key, top, &target, &new, &old).map_err(at)?);
        }
        files::flush(news).map_err(|error| (String::new(), error))?;
        Ok(swaps)
    }
}

/// A file or folder of the output, and where its next state is made.
struct Tree<'a> {
    from: &'a Path,
    to: &'a Path,
    /// Its path below the output folder.
    below: &'a str,
}

impl Tree<'_> {
    fn fill(&self, changes: &Changes) -> Result<(), Failure> {
        let placed: BTreeMap<&str, _> = changes
            .placed
            .iter()
            .map(|artifact| (artifact.path.as_str(), artifact))
            .collect();
        let mut folders = Vec::new();
        let mut entries = WalkDir::new(self.from).into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                // There is nothing yet.
                Err(error) if error.depth() == 0 && is_missing(&error) => break,
                Err(error) => return Err((self.below.to_owned(), error.into())),
            };
            let path = self.path(&entry);
            let goes = placed.contains_key(path.as_str()) || changes.gone.contains(path.as_str());
            if entry.file_type().is_dir() {
                if goes {
                    entries.skip_current_dir();
                    continue;
                }
                folders.push(entry.path().to_owned());
            }
            if !goes {
                self.carry_over(&entry).map_err(|error| (path, error))?;
            }
        }
        let own: Vec<_> = placed.iter().filter(|(path, _)| self.holds(path)).collect();
        own.into_par_iter().try_for_each(|(path, artifact)| {
            let bytes = artifact.read().map_err(io::Error::other);
            let written = bytes.and_then(|bytes| files::stage(&self.place(path), &bytes));
            written.map_err(|error| ((*path).to_owned(), error))
        })?;
        self.keep_rights(&folders)
            .map_err(|error| (self.below.to_owned(), error))
    }

    /// Brings along what stays. A folder comes with what is in it, or where it was empty.
    fn carry_over(&self, entry: &DirEntry) -> io::Result<()> {
        let place = self.to.join(self.relative(entry.path()));
        if entry.file_type().is_dir() {
            return match files::is_empty(entry.path())? {
                true => files::make_folder(&place),
                false => Ok(()),
            };
        }
        files::link(entry.path(), &place)
    }

    /// Gives the folders the rights that they had; the innermost first, as rights may forbid more.
    fn keep_rights(&self, folders: &[PathBuf]) -> io::Result<()> {
        for folder in folders.iter().rev() {
            let place = self.to.join(self.relative(folder));
            if files::standing(&place)? == Standing::Folder {
                files::copy_rights(folder, &place)?;
            }
        }
        Ok(())
    }

    fn relative<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(self.from).unwrap_or(path)
    }

    /// Returns the path of an entry below the output folder.
    fn path(&self, entry: &DirEntry) -> String {
        let relative = self.relative(entry.path());
        let relative = relative.to_string_lossy().replace('\\', "/");
        let parts = [self.below, relative.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("/")
    }

    fn holds(&self, path: &str) -> bool {
        let rest = path.strip_prefix(self.below);
        rest.is_some_and(|rest| self.below.is_empty() || rest.is_empty() || rest.starts_with('/'))
    }

    /// Returns where the file `path` of the output is made.
    fn place(&self, path: &str) -> PathBuf {
        match path[self.below.len()..].trim_start_matches('/') {
            "" => self.to.to_owned(),
            rest => self.to.join(rest),
        }
    }
}

fn is_missing(error: &walkdir::Error) -> bool {
    let kind = error.io_error().map(io::Error::kind);
    kind == Some(io::ErrorKind::NotFound)
}
