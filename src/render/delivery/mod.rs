//! Post-processing of the website: small pictures, cut fonts, short files, headers for a host.
//!
//! In: the files of a website as [`web`](super::web) made them, readable and plain. Out: the same
//! website for visitors. It works on the finished pages, so that what stands on them is what
//! counts: each `<img>` of a photo gets smaller versions, each character of a title its place in
//! a font, each style sheet and script that a page calls a name that changes with its content.
//! A preview stays plain, but for whole fonts.
//!
//! What takes long is kept from build to build in the [`Cache`].

mod compress;
mod fonts;
mod headers;
mod pictures;
mod policy;
mod references;
mod rewrite;
mod share;
mod shared;
mod shorten;
mod stamp;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Artifact, Output};
use crate::cache::{Cache, CacheKey};
use crate::diag::{Diagnostics, Warned};
use crate::read::{Asset, Spool, Unread};
use crate::site::{Site, WebFonts};
use crate::typeset::Engine;
use references::PageReferences;

/// The files of a website that are looked at and changed, by their path.
type Files = BTreeMap<String, Arc<[u8]>>;

/// Files that go out as they are, read when they are wanted.
type Originals = BTreeMap<String, Asset>;

/// A website on its way.
#[derive(Default)]
struct Website {
    /// Its pages. They wait in the spool, as they may be many.
    pages: BTreeMap<String, Asset>,
    /// Files that are looked at and changed: style sheets, scripts, feeds, lists.
    files: Files,
    /// Files that lie in the site.
    originals: Originals,
    /// What is ready as it was made, and waits.
    ready: BTreeMap<String, Asset>,
}

/// Where the theme's files lie below the root of a language's website.
const ASSETS: &str = "assets/";
/// Where the theme's style sheet lies below the website's root.
const STYLE: &str = "assets/style.css";

/// What a website is made ready with.
pub struct Tools<'a> {
    /// The site.
    pub site: &'a Site,
    /// What sets sheets, for pictures of titles; it holds the theme with its fonts.
    pub engine: &'a Engine,
    /// What earlier builds made.
    pub cache: &'a Cache,
    /// Where pages wait until all are finished.
    pub spool: &'a Spool,
}

/// Makes `website` ready for visitors.
pub fn deliver(website: Vec<Artifact>, tools: &Tools) -> Warned<Vec<Artifact>> {
    let mut diagnostics = Diagnostics::default();
    let mut website = Website::new(website);
    match website.deliver(tools, &mut diagnostics) {
        Ok(()) => {}
        Err(unread) => diagnostics.push(unread.diagnostic()),
    }
    website.artifacts(diagnostics)
}

/// Leaves `website` plain for a preview, with whole fonts, and says what is wrong with its
/// pictures.
pub fn preview(website: Vec<Artifact>, tools: &Tools) -> Warned<Vec<Artifact>> {
    let mut diagnostics = Diagnostics::default();
    let mut website = Website::new(website);
    pictures::check(
        &website.files,
        &website.originals,
        &BTreeMap::new(),
        tools,
        &mut diagnostics,
    );
    website.stay_plain(tools, &mut diagnostics);
    website.artifacts(diagnostics)
}

/// Leaves the files that a live website has besides its pages plain, with whole fonts; pages that
/// stand among them with their policy.
pub(super) fn plain_files(files: Vec<Artifact>, tools: &Tools) -> Warned<Vec<Artifact>> {
    let mut diagnostics = Diagnostics::default();
    let mut website = Website::new(files);
    website.stay_plain(tools, &mut diagnostics);
    website.artifacts(diagnostics)
}

/// Returns a live website's page `html` at `path` as [`preview`] leaves it.
pub(super) fn plain_page<'h>(path: &str, html: &'h str, site: &Site) -> Cow<'h, str> {
    policy::Pages::of(site).tell(path, html.into())
}

impl Website {
    /// Sorts its files by what is to become of them.
    fn new(files: Vec<Artifact>) -> Self {
        let mut website = Self::default();
        for Artifact { path, content, .. } in files {
            match content.held_bytes() {
                _ if path.ends_with(".html") && is_made(&content) => {
                    website.pages.insert(path, content);
                }
                Some(bytes) => {
                    website.files.insert(path, bytes.clone());
                }
                None if content.is_waiting() => {
                    website.ready.insert(path, content);
                }
                None => {
                    website.originals.insert(path, content);
                }
            }
        }
        website
    }

    fn deliver(&mut self, tools: &Tools, diagnostics: &mut Diagnostics) -> Result<(), Unread> {
        let base = tools.site.settings.base_url.as_deref();
        let references = self.references(tools)?;
        let (files, originals) = (&mut self.files, &mut self.originals);
        let shared = shared::take_out(files, tools.site);
        let pictures = pictures::make(files, originals, &references, tools, diagnostics);
        pictures::check(files, originals, &pictures, tools, diagnostics);
        if diagnostics.has_errors() {
            return Ok(());
        }
        share::make(files, &references, tools, diagnostics);
        fonts::add(files, &references, tools, diagnostics);
        shorten::assets(files);
        let mut stamps = stamp::rename(files, &references);
        for (path, main) in shared {
            let named = stamps.get(&main).cloned().unwrap_or(main);
            stamps.insert(path, named);
        }
        let rewriter = rewrite::Rewriter {
            pictures: &pictures,
            stamps: &stamps,
            has_fonts: files.contains_key(fonts::SHEET),
            base,
        };
        let policy = policy::Pages::of(tools.site);
        let told = self.rewrite_pages(
            tools,
            |path, html| {
                if is_alone(html) {
                    return policy.tell(path, html.into()).into_owned();
                }
                let html = rewriter.page(path, html);
                let html = pictures::readdressed(&html, base, &pictures).unwrap_or(html);
                policy.tell(path, html.into()).into_owned()
            },
            |path, html| Finished {
                inline: policy.inline(path, html),
                mentions: pictures::mentions(html, &pictures),
            },
        )?;
        readdress_data(&mut self.files, base, &pictures);
        let mut mentions = pictures::mentioned(&self.files);
        let mut inline = policy::Inline::default();
        for finished in told {
            inline.extend(finished.inline);
            mentions.extend(finished.mentions);
        }
        let rest = (&mut self.files, &mut self.originals);
        pictures::settle(rest, &pictures, &references, &mentions, tools);
        headers::add(&mut self.files, &stamps, &inline);
        if tools.site.settings.delivery.compress {
            self.compress(tools)?;
        }
        Ok(())
    }

    /// Looks at every page, but for those that stand alone.
    fn references(&self, tools: &Tools) -> Result<BTreeMap<String, PageReferences>, Unread> {
        let base = tools.site.settings.base_url.as_deref();
        let wants_text = tools.site.settings.delivery.web_fonts == WebFonts::All;
        let pages = self.pages.par_iter().map(|(path, page)| {
            let bytes = page.read()?;
            let html = std::str::from_utf8(&bytes)
                .ok()
                .filter(|html| !is_alone(html));
            Ok(html.map(|html| {
                let references = PageReferences::on(path, html, base, wants_text);
                (path.clone(), references)
            }))
        });
        pages.filter_map(Result::transpose).collect()
    }

    /// Leaves it plain for a preview, with whole fonts.
    fn stay_plain(&mut self, tools: &Tools, diagnostics: &mut Diagnostics) {
        if tools.site.settings.delivery.web_fonts != WebFonts::None {
            fonts::add_whole(&mut self.files, tools, diagnostics);
        }
        let policy = policy::Pages::of(tools.site);
        let tell = |path: &str, html: &str| policy.tell(path, html.into()).into_owned();
        if let Err(unread) = self.rewrite_pages(tools, tell, |_, _| ()) {
            diagnostics.push(unread.diagnostic());
        }
    }

    /// Writes each page anew, side by side, and returns what `look` finds on each.
    fn rewrite_pages<T: Send>(
        &mut self,
        tools: &Tools,
        rewrite: impl Fn(&str, &str) -> String + Sync,
        look: impl Fn(&str, &str) -> T + Sync,
    ) -> Result<Vec<T>, Unread> {
        let pages = self.pages.par_iter_mut().map(|(path, page)| {
            let bytes = page.read()?;
            let Ok(html) = std::str::from_utf8(&bytes) else {
                return Ok(None);
            };
            let html = rewrite(path, html);
            let found = look(path, &html);
            *page = tools.spool.keep(html.into_bytes());
            Ok(Some(found))
        });
        pages.filter_map(Result::transpose).collect()
    }

    /// Adds packed copies of all texts.
    fn compress(&mut self, tools: &Tools) -> Result<(), Unread> {
        let files = self.files.iter();
        let files = files
            .map(|(path, bytes)| (path.clone(), bytes.clone().into()))
            .collect();
        let mut all = BTreeMap::new();
        for files in [&files, &self.pages, &self.ready] {
            all.extend(compress::packed(files, tools.spool)?);
        }
        self.ready.extend(all);
        Ok(())
    }

    fn artifacts(self, diagnostics: Diagnostics) -> Warned<Vec<Artifact>> {
        let files = self.files.into_iter();
        let mut all = self.originals;
        all.extend(files.map(|(path, bytes)| (path, bytes.into())));
        all.extend(self.pages);
        all.extend(self.ready);
        let artifact = |(path, content)| Artifact {
            output: Output::Web,
            path,
            content,
        };
        Warned {
            value: all.into_iter().map(artifact).collect(),
            diagnostics,
        }
    }
}

/// What a page holds once it is finished.
struct Finished {
    /// Styles and scripts that stand in it.
    inline: policy::Inline,
    /// Pictures that it calls for by name.
    mentions: BTreeSet<String>,
}

/// Tells whether a file is here, or was made and waits.
fn is_made(content: &Asset) -> bool {
    content.is_waiting() || content.held_bytes().is_some()
}

/// Names the smaller versions of pictures in feeds and data.
fn readdress_data(
    files: &mut Files,
    base: Option<&str>,
    pictures: &BTreeMap<String, pictures::Picture>,
) {
    let is_data = |path: &str| path.ends_with(".xml") || path.ends_with(".json");
    for (_, bytes) in files.iter_mut().filter(|(path, _)| is_data(path)) {
        let text = std::str::from_utf8(bytes).ok();
        let text = text.and_then(|text| pictures::readdressed(text, base, pictures));
        if let Some(text) = text {
            *bytes = Arc::from(text.into_bytes());
        }
    }
}

/// What marks a page that stands alone: nothing is put into it but its policy.
const ALONE: &str = "data-alone";

/// Tells whether a page brings all along that it needs.
fn is_alone(html: &str) -> bool {
    let root = html.find("<html").map_or("", |at| &html[at..]);
    let root = root.split('>').next().unwrap_or_default();
    root.contains(ALONE)
}

/// Returns the first `digits` hexadecimal digits of the hash of `parts`, the borders between them
/// counted.
fn hash(parts: &[&[u8]], digits: usize) -> String {
    let mut text = CacheKey::of(parts).to_string();
    text.truncate(digits);
    text
}
