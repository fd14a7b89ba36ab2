//! What a preview remembers of a site's pages from run to run: of ten thousand, one changes.
//!
//! A page that was read is known by its file and all that reading needs; one whose links lead
//! somewhere, by that and by all that links can lead to. What is wrong is found anew in each run,
//! as a message depends on more than that.

use std::sync::{Arc, Mutex};

use super::about::About;
use super::links::Places;
use super::page::Page;
use super::reading::{Context, PageFile, read_page};
use crate::cache::CacheKey;
use crate::diag::{Diagnostics, SitePath};
use crate::read::{MarkdownFile, Memo};

/// The pages of earlier runs of the same program.
#[derive(Debug, Default)]
pub struct KnownPages {
    pub(super) read: Memo<ReadPage>,
    pub(super) resolved: Memo<Page>,
    places: Mutex<Option<(CacheKey, Arc<Places>)>>,
}

/// What reading a page gave.
#[derive(Debug, Clone)]
pub(super) struct ReadPage {
    pub page: Option<PageFile>,
    pub found: Diagnostics,
    pub about: About,
}

impl ReadPage {
    /// Reads `file`, which stands for the path `original`, and is known by `key`.
    pub(super) fn of(
        file: &MarkdownFile,
        original: &SitePath,
        key: Option<CacheKey>,
        context: &Context,
    ) -> Self {
        let (page, found) = read_page(file, original, context);
        let about = page.as_ref().map(|it| About::of(&it.page, key));
        Self {
            page,
            found,
            about: about.unwrap_or_default(),
        }
    }
}

impl KnownPages {
    /// Forgets all pages but those of these files.
    pub(super) fn keep_only<'p>(&self, paths: impl ExactSizeIterator<Item = &'p SitePath> + Clone) {
        self.read.keep_only(paths.clone());
        self.resolved.keep_only(paths);
    }

    /// Returns the places under `key`, made by `make` where they are not those of the last run.
    pub(super) fn places(&self, key: CacheKey, make: impl FnOnce() -> Places) -> Arc<Places> {
        let Ok(mut last) = self.places.lock() else {
            return make().into();
        };
        match &*last {
            Some((known, places)) if *known == key => places.clone(),
            _ => {
                let places = Arc::new(make());
                *last = Some((key, places.clone()));
                places
            }
        }
    }
}
