//! What the preview shows: the files of the last good build, its pages once somebody has asked for
//! them, and what is wrong since.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock};

use axum::body::Bytes;

use super::{Built, Pages};
use crate::diag::{Language, Rendered, Severity};
use crate::digest::short;
use crate::read::{Asset, Spool};
use crate::render::{Artifact, Output};

/// Where printed things are served.
pub(super) const PRINT: &str = "print";
/// How many digits name a content.
const TAG: usize = 16;
/// How many bytes a file has at most that stays in memory once somebody has asked for it.
const LARGE: usize = 256 << 10;
/// How many bytes of a larger one are read at a time.
const BIT: usize = 128 << 10;

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
    /// Where large files wait.
    spool: Spool,
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
                files: files(artifacts, &built.spool),
                pages: built.pages,
                made: Mutex::default(),
                earlier: before
                    .good
                    .as_ref()
                    .map_or_else(BTreeMap::new, |it| it.last()),
                version: built.version,
                spool: built.spool,
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
            Some(Ok(content)) => {
                let file = File::new(content, &self.spool);
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
    /// Where it waits once somebody has asked for it and it is large.
    spool: Spool,
    /// What it holds, once somebody has asked for it, with a name of that.
    read: Arc<OnceLock<(Content, String)>>,
}

impl File {
    fn new(content: Asset, spool: &Spool) -> Self {
        Self {
            content,
            spool: spool.clone(),
            read: Arc::default(),
        }
    }

    /// Returns its content, which all readers share, and a name of that, for browsers that ask
    /// whether it changed.
    pub(super) fn read(&self) -> (Content, String) {
        let read = self.read.get_or_init(|| {
            let bytes = self.content.bytes();
            let tag = short(&bytes, TAG);
            let length = bytes.len();
            let content = match length > LARGE {
                true => Content::Waiting(self.spool.keep(bytes), 0..length),
                false => Bytes::from_owner(bytes).into(),
            };
            (content, tag)
        });
        read.clone()
    }
}

/// What a file holds, or a part of it.
#[derive(Debug, Clone)]
pub(super) enum Content {
    Here(Bytes),
    /// Bytes of a file that waits.
    Waiting(Asset, Range<usize>),
}

impl From<Bytes> for Content {
    fn from(bytes: Bytes) -> Self {
        Self::Here(bytes)
    }
}

impl Content {
    /// Returns how many bytes it has.
    pub(super) fn length(&self) -> u64 {
        match self {
            Self::Here(bytes) => bytes.len() as u64,
            Self::Waiting(_, part) => part.len() as u64,
        }
    }

    /// Returns the part of it that lies in `part`, within its bytes.
    pub(super) fn part(&self, part: Range<u64>) -> Self {
        let (from, to) = (part.start as usize, part.end as usize);
        match self {
            Self::Here(bytes) => Self::Here(bytes.slice(from..to)),
            Self::Waiting(file, whole) => {
                Self::Waiting(file.clone(), whole.start + from..whole.start + to)
            }
        }
    }

    /// Reads it bit by bit, so that a film never lies in memory as a whole, however many look on.
    pub(super) fn read(self) -> impl Iterator<Item = io::Result<Bytes>> + Send {
        let (here, file) = match self {
            Self::Here(bytes) => (Some(Ok(bytes)), None),
            Self::Waiting(file, part) => (None, Some((file, part))),
        };
        let bits = file.into_iter().flat_map(|(file, part)| {
            let starts = part.clone().step_by(BIT);
            starts.map(move |start| {
                let bit = file.part(start..part.end.min(start + BIT))?;
                Ok(Bytes::from_owner(bit))
            })
        });
        here.into_iter().chain(bits)
    }

    /// Returns all of it; for what is small. What cannot be read is missing.
    pub(super) fn whole(&self) -> Bytes {
        match self {
            Self::Here(bytes) => bytes.clone(),
            Self::Waiting(file, part) => {
                Bytes::from_owner(file.part(part.clone()).unwrap_or_default())
            }
        }
    }
}

fn files(artifacts: Vec<Artifact>, spool: &Spool) -> BTreeMap<String, File> {
    let place = |artifact: &Artifact| match artifact.output {
        Output::Web => artifact.path.clone(),
        Output::Print => format!("{PRINT}/{}", artifact.path),
        // The preview makes none.
        Output::Archive | Output::Share => artifact.path.clone(),
    };
    let file = |artifact: Artifact| (place(&artifact), File::new(artifact.content, spool));
    artifacts.into_iter().map(file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_file_waits_and_is_read_bit_by_bit() {
        let bytes: Vec<u8> = (0..LARGE + 5).map(|at| (at % 251) as u8).collect();
        let file = |bytes: &[u8]| File::new(Asset::held(bytes.into()), &Spool::default());
        let (small, _) = file(&bytes[..LARGE]).read();
        assert!(matches!(small, Content::Here(_)));
        let (large, _) = file(&bytes).read();
        assert!(matches!(large, Content::Waiting(..)));
        let part = large.part(3..LARGE as u64 + 2).part(1..BIT as u64 + 9);
        assert_eq!(part.whole(), bytes[4..BIT + 12]);
        let bits: Vec<Bytes> = part.read().map(|bit| bit.expect("it is there")).collect();
        assert_eq!(bits.iter().map(Bytes::len).collect::<Vec<_>>(), [BIT, 8]);
        assert_eq!(bits.concat(), bytes[4..BIT + 12]);
    }
}
