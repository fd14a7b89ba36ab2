//! Hearing of changes below the site's folder.
//!
//! Editors save by writing beside, removing and renaming, so one change comes as many events:
//! they are gathered until none comes for [`QUIET`], but not longer than [`LIMIT`], so that a
//! flood of them does not starve the preview. A batch tells which files a build need not trust;
//! an event too many does no harm, and for one too few, such as of a file behind a link or on a
//! share, all is looked at once more when nothing has come for [`REST`].

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::ModifyKind;
use notify::{Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::cancel::Cancel;
use crate::read::{Touched, is_passing};

/// How long no event must come before a build; one that comes later ends that build for a newer one.
const QUIET: Duration = Duration::from_millis(4);
/// How long no event must come before all is looked at that no event told of.
const REST: Duration = Duration::from_secs(1);
/// How long a build waits at most for events to end.
const LIMIT: Duration = Duration::from_millis(500);
/// How often folders are looked through where the system tells nothing, as on some shares.
const POLL: Duration = Duration::from_millis(500);

/// The folders that a site is made from.
const FOLDERS: [&str; 8] = [
    "content", "data", "themes", "theme", "static", "fonts", "profiles", "ledger",
];
/// The files that a site is made from, beside these folders.
const FILES: [&str; 3] = ["greenboard.yaml", "plan.lock.yaml", "plan.changes.yaml"];

/// What the building thread is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Signal {
    /// This changed.
    Changed(Touched),
    /// One of [`FOLDERS`] itself came or went.
    Folder(&'static str),
    /// The preview ends.
    Stop,
}

/// The way by which the building thread is told.
#[derive(Debug, Clone)]
pub(super) struct Bell {
    pub signals: Sender<Signal>,
    /// What stops the build that is under way, as a newer one is due.
    pub cancel: Cancel,
}

impl Bell {
    /// Tells the building thread, in the midst of a build too.
    pub(super) fn ring(&self, signal: Signal) {
        // First, so that whoever takes the signal up may clear this: a build that ended for it is
        // made up for.
        self.cancel.set();
        // A send fails only when the preview has ended.
        let _ = self.signals.send(signal);
    }
}

/// Watches a site's folder.
pub(super) struct Watcher {
    root: PathBuf,
    eyes: Box<dyn notify::Watcher + Send>,
}

impl Watcher {
    /// Watches the site `root` and tells of changes by `bell`.
    pub(super) fn start(root: &Path, bell: Bell) -> io::Result<Self> {
        // Events name files by their true path.
        let root = root.canonicalize()?;
        let native = RecommendedWatcher::new(heard(&root, bell.clone()), Config::default());
        let native = native.and_then(|eyes| Self::watch(&root, Box::new(eyes)));
        let started = native.or_else(|_| {
            let config = Config::default().with_poll_interval(POLL);
            let eyes = PollWatcher::new(heard(&root, bell), config)?;
            Self::watch(&root, Box::new(eyes))
        });
        started.map_err(io::Error::other)
    }

    fn watch(root: &Path, mut eyes: Box<dyn notify::Watcher + Send>) -> notify::Result<Self> {
        eyes.watch(root, RecursiveMode::NonRecursive)?;
        for folder in FOLDERS.map(|name| root.join(name)) {
            if folder.is_dir() {
                eyes.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        Ok(Self {
            root: root.to_owned(),
            eyes,
        })
    }

    /// Looks into folders that came, before the build that reads them.
    pub(super) fn follow(&mut self, batch: &BTreeSet<&'static str>) {
        for folder in batch.iter().map(|name| self.root.join(name)) {
            // One that went is watched no more, or was never; both are as wished.
            let _ = self.eyes.unwatch(&folder);
            if folder.is_dir() {
                let _ = self.eyes.watch(&folder, RecursiveMode::Recursive);
            }
        }
    }
}

/// What changed between two builds.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Batch {
    /// The folders that came or went.
    pub folders: BTreeSet<&'static str>,
    /// The files that changed.
    pub touched: Touched,
}

impl Batch {
    /// What may have changed unheard.
    fn unheard() -> Self {
        Self {
            folders: BTreeSet::new(),
            touched: Touched::Anything,
        }
    }
}

/// Waits for changes to begin and to end, or where `is_provisional`, for none to come in a while.
/// Gives `None` where the preview ends.
pub(super) fn next_batch(received: &Receiver<Signal>, is_provisional: bool) -> Option<Batch> {
    let first = match is_provisional {
        true => received.recv_timeout(REST),
        false => received.recv().map_err(RecvTimeoutError::from),
    };
    let mut signal = match first {
        Ok(signal) => signal,
        Err(RecvTimeoutError::Timeout) => return Some(Batch::unheard()),
        Err(RecvTimeoutError::Disconnected) => return None,
    };
    let mut batch = Batch {
        folders: BTreeSet::new(),
        touched: Touched::nothing(),
    };
    let deadline = Instant::now() + LIMIT;
    loop {
        match signal {
            Signal::Changed(touched) => batch.touched.add(touched),
            Signal::Folder(name) => {
                batch.folders.insert(name);
                batch.touched.add(Touched::Anything);
            }
            Signal::Stop => return None,
        }
        let left = deadline.saturating_duration_since(Instant::now());
        signal = match received.recv_timeout(QUIET.min(left)) {
            Ok(signal) => signal,
            Err(RecvTimeoutError::Timeout) => return Some(batch),
            Err(RecvTimeoutError::Disconnected) => return None,
        };
    }
}

/// Returns what notify calls with each event.
fn heard(root: &Path, bell: Bell) -> impl Fn(notify::Result<notify::Event>) + use<> {
    let root = root.to_owned();
    move |event| {
        let told = match event {
            // Reading is no change; builds read all the time.
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => Vec::new(),
            // Events were lost: anything may have changed.
            Ok(event) if event.need_rescan() => vec![Signal::Changed(Touched::Anything)],
            Ok(event) => {
                let paths = event.paths.iter();
                let paths = paths.filter_map(|path| path.strip_prefix(&root).ok());
                let signals = paths.filter_map(|path| signal(&event.kind, path));
                signals.collect()
            }
            Err(_) => vec![Signal::Changed(Touched::Anything)],
        };
        for signal in told {
            bell.ring(signal);
        }
    }
}

/// Returns what an event of this `kind` tells of `path` below the site, if the site is made from it.
fn signal(kind: &EventKind, path: &Path) -> Option<Signal> {
    let is_of_content = matches!(
        kind,
        EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_))
    );
    Some(match concerns(path)? {
        Some(folder) => Signal::Folder(folder),
        None => Signal::Changed(Touched::at(path, !is_of_content)),
    })
}

/// Tells whether the file `path` below the site is one that it is made from; the inner value is
/// the folder of [`FOLDERS`] that it is itself.
fn concerns(path: &Path) -> Option<Option<&'static str>> {
    let mut parts = path.iter();
    let first = parts.next()?.to_str()?;
    if FILES.contains(&first) {
        return parts.next().is_none().then_some(None);
    }
    let folder = FOLDERS.into_iter().find(|folder| *folder == first)?;
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return Some(Some(folder));
    }
    (!parts.any(is_passing)).then_some(None)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn only_what_a_site_is_made_from_concerns_it() {
        for path in [
            "greenboard.yaml",
            "plan.lock.yaml",
            "content/a/b.md",
            "themes/x/y.html",
            "static/a",
            "data/fees.csv",
            "content/notices/#3楼.md",
            "ledger/2026.yaml",
        ] {
            assert_eq!(concerns(Path::new(path)), Some(None), "{path}");
        }
        assert_eq!(concerns(Path::new("content")), Some(Some("content")));
        for path in [
            "",
            "public/index.html",
            "print/2026-11/a.pdf",
            ".greenboard/manifest.json",
            "target/x",
            "README.md",
            "content/.a.md.swp",
            "content/~$a.docx",
            "content/a.md~",
            "content/#a.md#",
            "content/.git/index",
            "greenboard.yaml/x",
        ] {
            assert_eq!(concerns(Path::new(path)), None, "{path}");
        }
    }

    #[test]
    fn many_changes_make_one_batch_and_a_flood_does_not_starve() {
        let (signals, received) = channel();
        let flood = std::thread::spawn(move || {
            let start = Instant::now();
            while start.elapsed() < LIMIT * 2 {
                if signals.send(Signal::Changed(Touched::Anything)).is_err() {
                    return;
                }
                std::thread::sleep(QUIET / 4);
            }
        });
        assert_eq!(next_batch(&received, false), Some(Batch::unheard()));
        assert!(!flood.is_finished(), "it did not wait for the flood to end");
        drop(received);
        flood.join().expect("it ends");
    }
}
