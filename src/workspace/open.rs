//! A site's folder, opened.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::snapshot::Snapshot;
use crate::cache::Cache;
use crate::diag::{Diagnostic, Language, SitePath};
use crate::pipeline::Step;
use crate::read::{DiskInputs, Inputs, SETTINGS, Unsaved, rewritten};
use crate::write::{self, Held, Shelf};

/// A site's folder, opened, with what earlier runs made of it.
#[derive(Debug, Clone)]
pub struct Workspace {
    root: PathBuf,
    today: Option<Date>,
    pub(super) cache: Arc<Cache>,
    laid: BTreeMap<SitePath, Layer>,
}

/// What is laid over a file.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    /// What the file held when the first was laid over it.
    pub(super) below: Option<Arc<[u8]>>,
    /// What it is to hold.
    pub(super) bytes: Option<Arc<[u8]>>,
}

/// There is no such folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoFolder;

impl Workspace {
    /// Opens the folder `root`; `today` stands in for the clock's day where it is given.
    ///
    /// # Errors
    /// [`NoFolder`] where there is none. Whether a site is in it, a run tells.
    pub fn open(root: &Path, today: Option<Date>) -> Result<Self, NoFolder> {
        if !root.is_dir() {
            return Err(NoFolder);
        }
        Ok(Self {
            root: root.to_owned(),
            today,
            cache: Arc::new(Cache::with(Shelf::new(root))),
            laid: BTreeMap::new(),
        })
    }

    /// Returns the site's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the site's files as they are saved, and the day.
    pub fn saved(&self) -> DiskInputs {
        DiskInputs::new(&self.root, self.today)
    }

    /// Lays `text` over the file `path` until it is saved or taken off; `None` as if the file were
    /// not there. Nothing is written. The text is encoded as the file is, as it will be once it is
    /// saved.
    pub fn overlay(&mut self, path: SitePath, text: Option<&str>) {
        let below = match self.laid.get(&path) {
            Some(layer) => layer.below.clone(),
            None => self.saved().read(&path).ok(),
        };
        let bytes = text.map(|text| {
            let kept = below.as_deref().and_then(|below| rewritten(below, text));
            kept.unwrap_or_else(|| text.as_bytes().to_vec()).into()
        });
        self.laid.insert(path, Layer { below, bytes });
    }

    pub(super) fn layer(&self, path: &SitePath) -> Option<&Layer> {
        self.laid.get(path)
    }

    /// Takes off what was laid over a file.
    pub fn take_off(&mut self, path: &SitePath) {
        self.laid.remove(path);
    }

    /// Tells whether nothing is laid over the files.
    pub fn is_saved(&self) -> bool {
        self.laid.is_empty()
    }

    /// Returns the site as it is now, with what is laid over it now.
    pub fn snapshot(&self) -> Snapshot {
        let laid = self.laid.iter();
        let laid = laid.map(|(path, layer)| (path.clone(), layer.bytes.clone()));
        let inputs = Unsaved::over(self.saved(), laid.collect());
        Snapshot::of(&self.root, inputs, self.cache.clone())
    }

    /// Holds the site before what is read there leads to what is written; `report` hears of
    /// [`Step::Wait`] where another run must end first.
    ///
    /// # Errors
    /// [`Code::CannotWrite`](crate::diag::Code::CannotWrite) where the system refuses.
    pub fn hold(&self, report: &dyn Fn(Step)) -> Result<Held, Diagnostic> {
        self.announce_wait(report);
        write::hold(&self.root)
    }

    /// Says so where another run writes the site, before this one waits for it.
    pub(super) fn announce_wait(&self, report: &dyn Fn(Step)) {
        if write::is_busy(&self.root) {
            report(Step::Wait);
        }
    }

    /// Looks the site's language up before the site is read; `None` where there are no settings.
    pub fn language(&self) -> Option<Language> {
        let settings = self.saved().read(&SitePath::fixed(SETTINGS)).ok()?;
        let text = String::from_utf8_lossy(&settings);
        let tag = text.lines().find_map(|line| {
            let (key, value) = line.split_once([':', '：'])?;
            matches!(key.trim(), "language" | "语言")
                .then(|| value.trim().trim_matches(['"', '\'']))
        });
        // A site that says nothing is Chinese.
        Some(tag.map_or(Language::Chinese, |tag| {
            Language::from_tag(tag).unwrap_or_default()
        }))
    }
}

/// Returns the folder of the site that `here` lies in.
pub fn nearest(here: &Path) -> Option<&Path> {
    here.ancestors()
        .find(|folder| folder.join(SETTINGS).is_file())
}
