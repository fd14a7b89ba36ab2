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
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Artifact, Output};
use crate::cache::{Cache, CacheKey};
use crate::diag::{Diagnostics, Warned};
use crate::read::Asset;
use crate::site::{Site, WebFonts};
use crate::typeset::Engine;
use references::PageReferences;

/// The files of a website by their path.
type Files = BTreeMap<String, Arc<[u8]>>;

/// Files that go out as they lie in the site, read when they are wanted.
type Originals = BTreeMap<String, Asset>;

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
}

/// Makes `website` ready for visitors.
pub fn deliver(website: Vec<Artifact>, tools: &Tools) -> Warned<Vec<Artifact>> {
    let mut diagnostics = Diagnostics::default();
    let (mut files, mut originals) = parted(website);
    let base = tools.site.settings.base_url.as_deref();
    let wants_text = tools.site.settings.delivery.web_fonts == WebFonts::All;
    let pages: BTreeMap<String, PageReferences> = html(&files)
        .filter(|(_, html)| !is_alone(html))
        .map(|(path, html)| {
            (
                path.clone(),
                PageReferences::on(path, html, base, wants_text),
            )
        })
        .collect();
    let shared = shared::take_out(&mut files, tools.site);
    let pictures = pictures::make(&mut files, &originals, &pages, tools, &mut diagnostics);
    pictures::check(&files, &originals, &pictures, tools, &mut diagnostics);
    if diagnostics.has_errors() {
        return artifacts(files, originals, diagnostics);
    }
    share::make(&mut files, &pages, tools, &mut diagnostics);
    fonts::add(&mut files, &pages, tools, &mut diagnostics);
    shorten::assets(&mut files);
    let mut stamps = stamp::rename(&mut files, &pages);
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
    rewrite_pages(&mut files, |path, html| {
        if is_alone(html) {
            return policy.tell(path, html.into()).into_owned();
        }
        let html = rewriter.page(path, html);
        let html = pictures::readdressed(&html, base, &pictures).unwrap_or(html);
        policy.tell(path, html.into()).into_owned()
    });
    readdress_data(&mut files, base, &pictures);
    pictures::settle(&mut files, &mut originals, &pictures, &pages, tools);
    headers::add(&mut files, &stamps, &policy);
    if tools.site.settings.delivery.compress {
        compress::add(&mut files);
    }
    artifacts(files, originals, diagnostics)
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

/// Leaves `website` plain for a preview, with whole fonts, and says what is wrong with its
/// pictures.
pub fn preview(website: Vec<Artifact>, tools: &Tools) -> Warned<Vec<Artifact>> {
    let mut diagnostics = Diagnostics::default();
    let (mut files, originals) = parted(website);
    pictures::check(
        &files,
        &originals,
        &BTreeMap::new(),
        tools,
        &mut diagnostics,
    );
    add_whole_fonts(&mut files, tools, &mut diagnostics);
    let policy = policy::Pages::of(tools.site);
    rewrite_pages(&mut files, |path, html| {
        policy.tell(path, html.into()).into_owned()
    });
    artifacts(files, originals, diagnostics)
}

/// Leaves the files that a live website has besides its pages plain, with whole fonts; pages that
/// stand among them with their policy.
pub(super) fn plain_files(files: Vec<Artifact>, tools: &Tools) -> Warned<Vec<Artifact>> {
    let mut diagnostics = Diagnostics::default();
    let (mut files, originals) = parted(files);
    add_whole_fonts(&mut files, tools, &mut diagnostics);
    let policy = policy::Pages::of(tools.site);
    rewrite_pages(&mut files, |path, html| {
        policy.tell(path, html.into()).into_owned()
    });
    artifacts(files, originals, diagnostics)
}

/// Returns a live website's page `html` at `path` as [`preview`] leaves it.
pub(super) fn plain_page<'h>(path: &str, html: &'h str, site: &Site) -> Cow<'h, str> {
    policy::Pages::of(site).tell(path, html.into())
}

fn add_whole_fonts(files: &mut Files, tools: &Tools, diagnostics: &mut Diagnostics) {
    if tools.site.settings.delivery.web_fonts != WebFonts::None {
        fonts::add_whole(files, tools, diagnostics);
    }
}

/// Parts what was made from what goes out as it lies in the site.
fn parted(website: Vec<Artifact>) -> (Files, Originals) {
    let (mut files, mut originals) = (Files::new(), Originals::new());
    for artifact in website {
        match artifact.content.held_bytes() {
            Some(bytes) => {
                files.insert(artifact.path, bytes.clone());
            }
            None => {
                originals.insert(artifact.path, artifact.content);
            }
        }
    }
    (files, originals)
}

fn artifacts(files: Files, mut all: Originals, diagnostics: Diagnostics) -> Warned<Vec<Artifact>> {
    all.extend(files.into_iter().map(|(path, bytes)| (path, bytes.into())));
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

/// What marks a page that stands alone: nothing is put into it but its policy.
const ALONE: &str = "data-alone";

/// Tells whether a page brings all along that it needs.
fn is_alone(html: &str) -> bool {
    let root = html.find("<html").map_or("", |at| &html[at..]);
    let root = root.split('>').next().unwrap_or_default();
    root.contains(ALONE)
}

/// Writes each page anew, side by side; none is held twice.
fn rewrite_pages(files: &mut Files, rewrite: impl Fn(&str, &str) -> String + Sync) {
    let pages = files.par_iter_mut();
    let pages = pages.filter(|(path, _)| path.ends_with(".html"));
    pages.for_each(|(path, bytes)| {
        if let Ok(html) = std::str::from_utf8(bytes) {
            *bytes = Arc::from(rewrite(path, html).into_bytes());
        }
    });
}

/// Returns the pages among `files`, side by side.
fn html(files: &Files) -> impl ParallelIterator<Item = (&String, &str)> {
    let pages = files.par_iter().filter(|(path, _)| path.ends_with(".html"));
    pages.filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)))
}

/// Returns the first `digits` hexadecimal digits of the hash of `parts`, the borders between them
/// counted.
fn hash(parts: &[&[u8]], digits: usize) -> String {
    let mut text = CacheKey::of(parts).to_string();
    text.truncate(digits);
    text
}
