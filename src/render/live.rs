//! What a preview shows: all files that stand already, and a website that makes a page when somebody
//! asks for it, plain as [`delivery::preview`] leaves it.

use std::sync::Arc;

use super::Artifact;
use super::delivery::{self, Tools};
use super::web::{self, WebOptions};
use crate::diag::{Diagnostic, Diagnostics, Warned};
use crate::poster::Posters;
use crate::rotation::Plan;
use crate::site::Site;

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
