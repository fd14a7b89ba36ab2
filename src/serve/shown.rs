//! What the preview shows: the files of the last good build, its pages once somebody has asked for
//! them, and what is wrong since.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use axum::body::Bytes;

use super::{Built, Pages};
use crate::diag::{Language, Rendered, Severity};
use crate::digest::short;
use crate::read::Asset;
use crate::render::{Artifact, Output};

/// Where printed things are served.
const PRINT: &str = "print";
/// How many digits name a content.
const TAG: usize = 16;

/// One state of the preview.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    /// The last good build; none before the first.
    good: Option<Arc<Good>>,
    /// What the last build failed of; none where it went well.
    pub problems: Vec<Rendered>,
    /// The language of messages.
    pub language: Language,
    /// A name of this state: equal names, equal pages.
    pub version: String,
    /// Whether a build has ended at all.
    pub is_built: bool,
}

/// A build that went well.
#[derive(Debug)]
struct Good {
    /// The files that stood when it ended, by their path below `/`.
    files: BTreeMap<String, File>,
    /// What makes the others.
    pages: Option<Arc<dyn Pages>>,
    /// Those that were made since.
    made: Mutex<BTreeMap<String, File>>,
    /// Pages as earlier builds made them, for where one fails.
    earlier: BTreeMap<String, File>,
    /// A name of what it was made of.
    version: String,
}

/// What stands at a path.
#[derive(Debug)]
pub(super) enum Found {
    File(File),
    /// A page that failed: why, and the last one that went well.
    Failed(Box<Rendered>, Option<File>),
    Nothing,
}

impl Shown {
    /// Follows `before` when a build has ended.
    pub(super) fn after(before: &Self, built: Built) -> Self {
        let failed = built.artifacts.is_none();
        let mut messages = built.messages;
        messages.retain(|message| failed && message.severity != Severity::Note);
        let good = match built.artifacts {
            Some(artifacts) => Some(Arc::new(Good {
                files: files(artifacts),
                pages: built.pages,
                made: Mutex::default(),
                earlier: before
                    .good
                    .as_ref()
                    .map_or_else(BTreeMap::new, |it| it.last()),
                version: built.version,
            })),
            None => before.good.clone(),
        };
        let made_of = good.as_ref().map_or("", |good| &good.version);
        let told = serde_json::to_string(&messages).unwrap_or_default();
        Self {
            version: short(format!("{made_of}\n{told}"), TAG),
            good,
            problems: messages,
            language: built.language,
            is_built: true,
        }
    }

    /// Tells whether there is a good build to show.
    pub(super) fn has_site(&self) -> bool {
        self.good.is_some()
    }

    /// Returns what stands at `path`, made if need be.
    pub(super) fn find(&self, path: &str) -> Found {
        let good = self.good.as_ref();
        good.map_or(Found::Nothing, |good| good.find(path, self.language))
    }
}

impl Good {
    fn find(&self, path: &str, language: Language) -> Found {
        let known = self.files.get(path).cloned();
        let made = || self.made.lock().ok()?.get(path).cloned();
        if let Some(file) = known.or_else(made) {
            return Found::File(file);
        }
        match self.pages.as_ref().and_then(|pages| pages.make(path)) {
            None => Found::Nothing,
            Some(Ok(bytes)) => {
                let file = File::new(bytes.into());
                if let Ok(mut made) = self.made.lock() {
                    made.insert(path.to_owned(), file.clone());
                }
                Found::File(file)
            }
            Some(Err(fault)) => {
                let earlier = self.earlier.get(path).cloned();
                Found::Failed(Box::new(fault.render(language)), earlier)
            }
        }
    }

    /// Returns each page as it was made last.
    fn last(&self) -> BTreeMap<String, File> {
        let mut all = self.earlier.clone();
        if let Ok(made) = self.made.lock() {
            let pages = made.iter().filter(|(path, _)| path.ends_with(".html"));
            all.extend(pages.map(|(path, file)| (path.clone(), file.clone())));
        }
        all
    }
}

/// A file that is shown.
#[derive(Debug, Clone)]
pub(super) struct File {
    content: Asset,
    /// What it holds, once somebody has asked for it, with a name of that.
    read: Arc<OnceLock<(Bytes, String)>>,
}

impl File {
    fn new(content: Asset) -> Self {
        Self {
            content,
            read: Arc::default(),
        }
    }

    /// Returns its content, which all readers share, and a name of that, for browsers that ask
    /// whether it changed.
    pub(super) fn read(&self) -> (Bytes, String) {
        let read = self.read.get_or_init(|| {
            let bytes = self.content.bytes();
            let tag = short(&bytes, TAG);
            (Bytes::from_owner(bytes), tag)
        });
        read.clone()
    }
}

fn files(artifacts: Vec<Artifact>) -> BTreeMap<String, File> {
    let place = |artifact: &Artifact| match artifact.output {
        Output::Web => artifact.path.clone(),
        Output::Print => format!("{PRINT}/{}", artifact.path),
        // The preview makes none.
        Output::Archive | Output::Share => artifact.path.clone(),
    };
    let file = |artifact: Artifact| (place(&artifact), File::new(artifact.content));
    artifacts.into_iter().map(file).collect()
}
