//! Pictures that are damaged, and where the site cites them.

use std::collections::BTreeMap;

use super::super::{Files, Originals, Tools};
use super::{FOLDER, Gate, Picture};
use crate::cache::CacheKey;
use crate::diag::{Diagnostic, Diagnostics, SitePath, Source, Span};
use crate::photo::{self, Fault, Format};
use crate::site::Site;

/// The posters' own previews need no looking at.
const POSTERS: &str = "posters/";

/// Reports pictures that turn out to be damaged once they are decoded, those `made` smaller left
/// out; what their heads tell [`site`](crate::site) has said.
pub(in crate::render::delivery) fn check(
    files: &Files,
    originals: &Originals,
    made: &BTreeMap<String, Picture>,
    tools: &Tools,
    diagnostics: &mut Diagnostics,
) {
    let paths = files.keys().chain(originals.keys());
    let paths: Vec<&String> = paths
        .filter(|path| !path.starts_with(POSTERS) && !path.starts_with(FOLDER))
        .filter(|path| !made.contains_key(*path))
        .collect();
    let gate = Gate::default();
    let verdict = |path: &&String| {
        let bytes = &*super::bytes(path, files, originals)?;
        Format::by_mark(bytes)?;
        let whole = tools.cache.bytes(CacheKey::of(&[b"whole", bytes]), || {
            let _turn = gate.enter(photo::memory(bytes, 1));
            photo::pixels(bytes, 1).map(|_| Vec::new())
        });
        whole.err().map(|fault| refused(tools.site, path, &fault))
    };
    let verdicts = tools.engine.each(&paths, verdict);
    diagnostics.extend(verdicts.into_iter().flatten().collect::<Diagnostics>());
}

/// Says why the picture at `path` of the website cannot be used.
pub(super) fn refused(site: &Site, path: &str, fault: &Fault) -> Diagnostic {
    let told = crate::site::refused_picture(path, fault);
    match place(site, path) {
        Some(place) => told.at(place),
        None => told,
    }
}

/// Finds where a page first cites the file at `path` of the website, or else the file.
fn place(site: &Site, path: &str) -> Option<Span> {
    let is_it = |file: &SitePath| {
        let below = file.strip("content").or_else(|| file.strip("static"));
        below.unwrap_or(file.as_str()) == path
    };
    let cites = |page: &&crate::site::Page| {
        let own = page.picture.as_ref().map(|picture| &picture.file);
        let linked = page.links.values().filter_map(|link| match link {
            crate::site::LinkTarget::File(path) => Some(path),
            crate::site::LinkTarget::Page { .. } => None,
        });
        own.into_iter()
            .chain(page.images.values())
            .chain(linked)
            .any(is_it)
    };
    if let Some(page) = site.pages.iter().find(cites) {
        let source = &page.span.source;
        let name = path.rsplit('/').next().unwrap_or(path);
        let range = source.text.find(name).map(|at| at..at + name.len());
        return Some(Span::new(source, range.unwrap_or(0..0)));
    }
    let mut files = site.assets.keys().chain(site.statics.keys());
    let file = files.find(|file| is_it(file))?;
    Some(Span::file(&Source::new(file.clone(), "")))
}
