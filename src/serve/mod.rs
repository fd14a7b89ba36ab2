//! The preview: the site in a browser on this machine, made anew at every change.
//!
//! A thread that answers, a thread that builds, and server-sent events. What is served lies in
//! memory or waits on the disk where it is large: the files of the last build that went well, the
//! website under `/` and what is printed under `/print/`. A page is made when a browser asks for it, so that a
//! change costs what is looked at. A build that fails leaves the last one and shows its messages over it. Only
//! this machine can look: the server listens on the loopback address, answers to no other host's
//! name and to no page of another site.
//!
//! How a site is built is the caller's business: [`start`] is given a builder and calls it once
//! at first and then after every change below the site's folder. A builder shows what it has as soon as it
//! stands, and may show more later, such as what was wrong with something that nobody waited for. A change during a build ends that
//! build, for a newer one is due; but not two builds in a row, or a folder that never rests would
//! never show.

mod answer;
mod gate;
mod paced;
mod range;
mod server;
mod shown;
mod watcher;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;

use crate::cancel::Cancel;
use crate::diag::{Code, Diagnostic, Language, Rendered};
use crate::read::{Asset, Spool, Touched};
use crate::render::{Artifact, LivePrints, LiveWebsite};
use server::Server;
use shown::{PRINT, Shown};
use tokio::sync::watch;
use watcher::{Bell, Signal, Watcher};

/// How many ports after the wished one are tried where it is taken.
const MORE_PORTS: u16 = 20;

/// What a preview needs to know.
#[derive(Debug, Clone)]
pub struct Options {
    /// The site's folder.
    pub root: PathBuf,
    /// The port that is wished; any free one where 0.
    pub port: u16,
    /// Called whenever a build has ended: what can wait until then.
    pub rest: fn(),
}

/// Pages and prints that are made when somebody asks for them.
pub trait Pages: fmt::Debug + Send + Sync {
    /// Makes what stands at `path` below the root; `None` where nothing does.
    fn make(&self, path: &str) -> Option<Result<Asset, Diagnostic>>;
}

/// A site of which all that can wait does.
#[derive(Debug)]
pub struct Live {
    /// The website, at the root.
    pub website: LiveWebsite,
    /// What is printed, below `/print/`.
    pub prints: LivePrints,
}

impl Pages for Live {
    fn make(&self, path: &str) -> Option<Result<Asset, Diagnostic>> {
        let below = path.strip_prefix(PRINT).and_then(|it| it.strip_prefix('/'));
        if let Some(file) = below.and_then(|path| self.prints.find(path)) {
            return Some(Ok(file));
        }
        let made = self.website.make(path)?;
        Some(made.map(Asset::from))
    }
}

/// What a build gives the preview.
#[derive(Debug, Clone)]
pub struct Built {
    /// The files that stand already; `None` where errors forbid them.
    pub artifacts: Option<Vec<Artifact>>,
    /// What makes the others.
    pub pages: Option<Arc<dyn Pages>>,
    /// A name of all that it was made of: equal names, equal pages.
    pub version: String,
    /// What was said, in words.
    pub messages: Vec<Rendered>,
    /// The language of these words.
    pub language: Language,
    /// Where large files wait that somebody has asked for.
    pub spool: Spool,
}

/// A running preview; ends when dropped.
#[derive(Debug)]
pub struct Preview {
    port: u16,
    bell: Bell,
    builder: Option<JoinHandle<()>>,
    _server: Server,
}

/// Starts a preview, which has made the first build when this returns. `build` is told what may
/// have changed since it was called last, and shows what came of it with the last that it is given, unless
/// that is as it was shown. It returns whether it went to its end; once its [`Cancel`] is set it need not.
///
/// # Errors
/// Where no port is free or the system lets nothing be watched.
pub fn start(
    options: &Options,
    build: impl Fn(&Touched, &Cancel, &mut dyn FnMut(Built)) -> bool + Send + 'static,
) -> io::Result<Preview> {
    let listener = listen(options.port)?;
    let port = listener.local_addr()?.port();
    let (stage, seen) = watch::channel(Arc::default());
    let server = Server::start(listener, seen)?;
    let (signals, received) = channel();
    let bell = Bell {
        signals,
        cancel: Cancel::default(),
    };
    // Watching begins first, so that a change during the first build is not lost.
    let watcher = Watcher::start(&options.root, bell.clone())?;
    let director = Director {
        stage,
        watcher,
        build: Box::new(build),
        rest: options.rest,
    };
    director.build(&Touched::Anything, &Cancel::default());
    let cancel = bell.cancel.clone();
    let builder = std::thread::spawn(move || director.run(&received, &cancel));
    Ok(Preview {
        port,
        bell,
        builder: Some(builder),
        _server: server,
    })
}

impl Preview {
    /// Returns the port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Returns the address to open.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // A build under way is waited for, so that nothing runs on behind a program that ended.
        self.bell.ring(Signal::Stop);
        if let Some(builder) = self.builder.take() {
            let _ = builder.join();
        }
    }
}

/// Listens on the wished port, or the next free one.
fn listen(wished: u16) -> io::Result<TcpListener> {
    let last = if wished == 0 {
        0
    } else {
        wished.saturating_add(MORE_PORTS)
    };
    let mut failure = None;
    for port in wished..=last {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    Err(failure.unwrap_or_else(|| io::ErrorKind::AddrInUse.into()))
}

/// A build that ends early where it is cancelled.
type Build = Box<dyn Fn(&Touched, &Cancel, &mut dyn FnMut(Built)) -> bool + Send>;

/// Builds again and again.
struct Director {
    stage: watch::Sender<Arc<Shown>>,
    watcher: Watcher,
    build: Build,
    rest: fn(),
}

impl Director {
    /// Builds after every batch of changes; those during a build make the next batch, and set
    /// `cancel`. What was made of what events told is looked through once they rest.
    fn run(mut self, received: &Receiver<Signal>, cancel: &Cancel) {
        let (mut is_done, mut is_provisional) = (true, false);
        let mut owed = Touched::nothing();
        while let Some(batch) = watcher::next_batch(received, is_provisional) {
            cancel.clear();
            self.watcher.follow(&batch.folders);
            owed.add(batch.touched);
            is_provisional = owed != Touched::Anything;
            is_done = match is_done {
                true => self.build(&owed, cancel),
                false => self.build(&owed, &Cancel::default()),
            };
            if is_done {
                owed = Touched::nothing();
            }
        }
    }

    /// Builds and shows what came of it, unless it ended before.
    fn build(&self, touched: &Touched, cancel: &Cancel) -> bool {
        let build = AssertUnwindSafe(|| (self.build)(touched, cancel, &mut |it| self.show(it)));
        let is_done = catch_unwind(build).unwrap_or_else(|panic| {
            let language = self.stage.borrow().language;
            let fault = Diagnostic::new(Code::OwnFault).with("cause", words_of(&*panic));
            self.show(Built {
                artifacts: None,
                pages: None,
                version: String::new(),
                messages: vec![fault.render(language)],
                language,
                spool: Spool::default(),
            });
            true
        });
        if is_done {
            (self.rest)();
        }
        is_done
    }

    fn show(&self, built: Built) {
        let before = self.stage.borrow().clone();
        self.stage
            .send_replace(Arc::new(Shown::after(&before, built)));
    }
}

/// Returns what a panic said.
fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
