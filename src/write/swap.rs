//! What of an output folder changes places with its next state, and the way back.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use super::NOTES;
use super::files::{self, Standing};
use super::identity::{self, Id};
use super::manifest::Manifest;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::digest::digest;

/// A file or folder of the output that changes places with its next state.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Swap {
    /// The output folder's name in the manifest.
    pub(super) key: String,
    /// The path below the output folder; empty where it is the whole folder.
    pub(super) below: String,
    pub(super) target: PathBuf,
    pub(super) staged: PathBuf,
    /// Where the former state waits on systems that can't exchange two names in one step.
    pub(super) former: PathBuf,
    /// What is to stand at the target; `None` where nothing is.
    pub(super) comes: Option<Id>,
}

impl Swap {
    /// Describes the move of what was made at `staged` to `target`.
    pub(super) fn new(
        key: &str,
        below: &str,
        target: &Path,
        staged: &Path,
        former: &Path,
    ) -> io::Result<Self> {
        Ok(Self {
            key: key.to_owned(),
            below: below.to_owned(),
            target: target.to_owned(),
            staged: staged.to_owned(),
            former: former.to_owned(),
            comes: identity::id(staged)?,
        })
    }

    pub(super) fn shown(&self) -> String {
        [self.key.as_str(), self.below.as_str()]
            .join("/")
            .trim_end_matches('/')
            .to_owned()
    }

    /// Says that the two could not change places, and which file another program holds open.
    pub(super) fn failed(&self, error: &io::Error) -> Diagnostic {
        let open = files::held_open(&self.target);
        let path = open.as_deref().unwrap_or(&self.target);
        files::failed(path.display(), error)
    }

    /// Lets the two states change places; one that is not there leaves its place empty.
    pub(super) fn carry_out(&self) -> io::Result<()> {
        let is_there = |path| files::standing(path).map(|standing| standing != Standing::Nothing);
        match (is_there(&self.staged)?, is_there(&self.target)?) {
            (true, true) => files::exchange(&self.staged, &self.target, &self.former),
            (true, false) => files::rename(&self.staged, &self.target),
            (false, true) => files::rename(&self.target, &self.staged),
            (false, false) => Ok(()),
        }
    }

    pub(super) fn take_back(&self) -> io::Result<()> {
        if files::standing(&self.former)? == Standing::Nothing {
            return self.carry_out();
        }
        files::rename(&self.target, &self.staged)?;
        files::rename(&self.former, &self.target)
    }

    pub(super) fn is_done(&self) -> io::Result<bool> {
        Ok(identity::id(&self.target)? == self.comes)
    }

    pub(super) fn finish(&self) -> io::Result<()> {
        match self.is_done()? {
            true => Ok(()),
            false => self.carry_out(),
        }
    }

    /// Keeps what is in the former state, not of our making and not in the present one.
    pub(super) fn rescue(
        &self,
        root: &Path,
        manifest: &Manifest,
        diagnostics: &mut Diagnostics,
    ) -> io::Result<()> {
        for place in [&self.staged, &self.former] {
            if files::standing(place)? == Standing::Nothing {
                continue;
            }
            for entry in WalkDir::new(place) {
                let entry = entry?;
                if !entry.file_type().is_dir() {
                    let below = entry.path().strip_prefix(place).unwrap_or(entry.path());
                    let said = self.rescue_file(root, manifest, entry.path(), below)?;
                    diagnostics.extend(said.into_iter().collect());
                }
            }
        }
        Ok(())
    }

    pub(super) fn rescue_file(
        &self,
        root: &Path,
        manifest: &Manifest,
        file: &Path,
        below: &Path,
    ) -> io::Result<Option<Diagnostic>> {
        let now = match below.as_os_str().is_empty() {
            true => self.target.clone(),
            false => self.target.join(below),
        };
        if identity::is_same(file, &now)? {
            return Ok(None);
        }
        let path: PathBuf = [Path::new(&self.below), below].iter().collect();
        let path = path.to_string_lossy().replace('\\', "/");
        let hash = match files::standing(file)? {
            Standing::File => digest(&files::read(file)?),
            // A link, which is somebody's.
            _ => String::new(),
        };
        if manifest.left(&self.key, &path, &hash) {
            return Ok(None);
        }
        if files::standing(&now)? == Standing::Nothing && files::move_into_place(file, &now).is_ok()
        {
            // Somebody put it there while the new state was made.
            return Ok(None);
        }
        let name = path.rsplit('/').next().unwrap_or(&path);
        let kept = match hash.get(..8) {
            Some(start) => format!("{NOTES}/kept/{start}-{name}"),
            None => format!("{NOTES}/kept/{name}"),
        };
        files::move_into_place(file, &root.join(&kept))?;
        let said = Diagnostic::new(Code::HandEdited)
            .with("path", format!("{}/{path}", self.key))
            .with("kept", kept);
        Ok(Some(said))
    }
}
