//! Photos that cannot be published, and where the site cites them.

use rayon::prelude::*;

use super::super::{Files, Tools};
use crate::diag::{Code, Diagnostic, Diagnostics, SitePath, Source, Span};
use crate::photo::{self, Format};
use crate::site::Site;

/// The posters' own previews need no looking at.
const POSTERS: &str = "posters/";

/// Reports photos that are broken, and those of formats that browsers do not show or that would
/// tell where they were taken.
pub(in crate::render::delivery) fn check(
    files: &Files,
    tools: &Tools,
    diagnostics: &mut Diagnostics,
) {
    let photos: Vec<_> = files
        .iter()
        .filter(|(path, _)| !path.starts_with(POSTERS))
        .filter_map(|(path, bytes)| Some((path, bytes, Format::by_mark(bytes)?)))
        .collect();
    let verdict = |(path, bytes, format): &(&String, &std::sync::Arc<[u8]>, Format)| match format {
        Format::Heic | Format::Avif | Format::Tiff => Some(
            at(Code::PhotoFormat, tools.site, path).with("format", format.ending().to_uppercase()),
        ),
        Format::Jpeg | Format::Png | Format::Webp => {
            let whole = tools
                .made
                .get(&[b"whole 1", bytes], || match photo::is_whole(bytes) {
                    true => photo::pixels(bytes).map(|_| Vec::new()),
                    false => Err("文件不完整".to_owned()),
                });
            whole.err().map(|cause| broken(tools.site, path, &cause))
        }
    };
    let verdicts: Vec<Option<Diagnostic>> = photos.par_iter().map(verdict).collect();
    diagnostics.extend(verdicts.into_iter().flatten().collect::<Diagnostics>());
}

/// Says that the photo at `path` of the website is broken.
pub(super) fn broken(site: &Site, path: &str, cause: &str) -> Diagnostic {
    at(Code::BadPhoto, site, path).with("cause", cause)
}

/// Begins to say something of the file at `path` of the website, where a page first cites it.
fn at(code: Code, site: &Site, path: &str) -> Diagnostic {
    let said = Diagnostic::new(code).with("path", path);
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
        return said.at(Span::new(source, range.unwrap_or(0..0)));
    }
    match site
        .assets
        .keys()
        .chain(site.statics.keys())
        .find(|file| is_it(file))
    {
        Some(file) => said.at(Span::file(&Source::new(file.clone(), ""))),
        None => said,
    }
}
