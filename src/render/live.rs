//! What a preview shows beside the files that stand already: a website that makes a page when somebody
//! asks for it, plain as [`delivery::preview`] leaves it, and prints that are made in a body, when
//! somebody asks for one or nothing more urgent is to be done.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use super::Artifact;
use super::artifact::clashes;
use super::delivery::{self, Tools};
use super::print::{Extent, print};
use super::web::{self, WebOptions};
use crate::cache::Cache;
use crate::calendar::Period;
use crate::cancel::Cancel;
use crate::diag::{Diagnostic, Diagnostics, Warned};
use crate::poster::Posters;
use crate::read::Asset;
use crate::rotation::Plan;
use crate::site::Site;
use crate::typeset::Engine;

/// A website that waits for questions.
#[derive(Debug)]
pub struct LiveWebsite(web::Live);

impl LiveWebsite {
    /// Prepares the website of `site`; returns it with the files that it has besides, `standing`
    /// among them. `None` where templates cannot be read.
    pub(crate) fn new(
        site: Arc<Site>,
        plan: &Plan,
        posters: Posters,
        standing: Vec<Artifact>,
        options: &WebOptions,
        tools: &Tools,
    ) -> Warned<Option<(Self, Vec<Artifact>)>> {
        let mut diagnostics = Diagnostics::default();
        let theme = tools.engine.theme().clone();
        let made = web::Live::new(site, theme, plan, posters, options);
        diagnostics.extend(made.diagnostics);
        let value = made.value.map(|(live, mut files)| {
            files.extend(standing);
            let files = delivery::plain_files(files, tools);
            diagnostics.extend(files.diagnostics);
            (Self(live), files.value)
        });
        Warned { value, diagnostics }
    }

    /// Tells whether there is a page at `path`; a file that tells of all pages is none.
    pub fn has_page(&self, path: &str) -> bool {
        self.0.has_page(path)
    }

    /// Makes what stands at `path` below the website's root; `None` where nothing does.
    pub fn make(&self, path: &str) -> Option<Result<Arc<[u8]>, Diagnostic>> {
        let made = self.0.make(path)?;
        Some(made.map(|bytes| self.plain(path, bytes)))
    }

    fn plain(&self, path: &str, bytes: Arc<[u8]>) -> Arc<[u8]> {
        match std::str::from_utf8(&bytes) {
            Ok(html) if path.ends_with(".html") => {
                let html = delivery::plain_page(path, html, self.0.site());
                Arc::from(html.as_bytes())
            }
            _ => bytes,
        }
    }
}

/// Prints that wait for questions.
pub struct LivePrints {
    /// What they show.
    pub(crate) site: Arc<Site>,
    /// What sets them.
    pub(crate) engine: Engine,
    /// What hangs where.
    pub(crate) plan: Plan,
    /// The sheets of that.
    pub(crate) posters: Posters,
    /// The months that are printed.
    pub(crate) months: Vec<Period>,
    /// Where what is set stays.
    pub(crate) cache: Arc<Cache>,
    /// What came of it, once it was made.
    pub(crate) made: Mutex<Option<Arc<Prints>>>,
}

/// What is printed.
#[derive(Debug)]
pub(crate) struct Prints {
    files: BTreeMap<String, Asset>,
    diagnostics: Diagnostics,
}

impl LivePrints {
    /// Makes what is printed, unless it is made, and returns what there is to tell of it; `None` once `cancel`
    /// is set, for then nothing is kept.
    pub fn told(&self, cancel: &Cancel) -> Option<Diagnostics> {
        self.made(cancel).map(|made| made.diagnostics.clone())
    }

    /// Returns what stands at `path` below the folder of prints, all of which is made if need be; `None` where
    /// nothing does.
    pub fn find(&self, path: &str) -> Option<Asset> {
        let made = self.made(&Cancel::default())?;
        made.files.get(path).cloned()
    }

    fn made(&self, cancel: &Cancel) -> Option<Arc<Prints>> {
        // Who comes second waits and shares. After a panic all is made again.
        let mut made = self
            .made
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if made.is_none() {
            let prints = self.make(cancel);
            *made = (!cancel.is_set()).then(|| Arc::new(prints));
        }
        made.clone()
    }

    fn make(&self, cancel: &Cancel) -> Prints {
        let mut diagnostics = Diagnostics::default();
        let mut all = Vec::new();
        let hung = (&self.plan, &self.posters);
        for month in &self.months {
            let printed = print(
                &self.site,
                &self.engine,
                hung,
                (*month, Extent::Month),
                &self.cache,
                cancel,
            );
            diagnostics.extend(printed.diagnostics);
            all.extend(printed.value);
        }
        diagnostics.extend(clashes(&all));
        let files = all.into_iter().map(|it| (it.path, it.content));
        Prints {
            files: files.collect(),
            diagnostics,
        }
    }
}

impl fmt::Debug for LivePrints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LivePrints").finish_non_exhaustive()
    }
}
