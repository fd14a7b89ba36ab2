//! Which folders a theme is made of: theme, parent, parent's parent; the site's own over all.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::manifest::{self, Manifest};
use super::{BUILT_IN, Layer, OWN, SITE, built_in};
use crate::diag::{Code, Diagnostic, Diagnostics, SitePath, Spanned};
use crate::site::Settings;

/// The files that a site brings for its theme, by path.
pub(super) type SiteFiles = BTreeMap<SitePath, Arc<[u8]>>;

/// Returns the layers of the theme that `settings` name, the last parent first, each with what its
/// `theme.yaml` says.
///
/// A theme that names no parent extends [`BUILT_IN`]. Where a theme is not there or extends
/// itself, that is reported and the chain ends in the one in the binary, so that later stages can
/// report their part.
pub(super) fn layers(
    settings: &Settings,
    site_files: &SiteFiles,
    diagnostics: &mut Diagnostics,
) -> Vec<(Layer, Manifest)> {
    let mut chain: Vec<(Layer, Manifest)> = Vec::new();
    let mut next = Some(settings.theme.clone());
    while let Some(name) = next {
        let known = chain.iter().any(|(layer, _)| layer.name == name.value);
        if let Some(wrong) = refused(&name, known, &chain, site_files) {
            diagnostics.push(wrong);
            next = None;
            continue;
        }
        let layer = theme(&name, site_files);
        let manifest = manifest::read(&layer, manifest::KEYS, diagnostics);
        let parent = || Spanned {
            value: BUILT_IN.to_owned(),
            span: name.span.clone(),
        };
        let implied = (name.value != BUILT_IN).then(parent);
        next = manifest.extends.clone().or(implied);
        chain.push((layer, manifest));
    }
    if !chain.iter().any(|(layer, _)| layer.name == BUILT_IN) {
        let layer = theme(BUILT_IN, site_files);
        let manifest = manifest::read(&layer, manifest::KEYS, diagnostics);
        chain.push((layer, manifest));
    }
    chain.reverse();
    chain.extend(own(site_files, diagnostics));
    chain
}

/// Says why a chain cannot go on with the theme `name`.
fn refused(
    name: &Spanned<String>,
    known: bool,
    chain: &[(Layer, Manifest)],
    site_files: &SiteFiles,
) -> Option<Diagnostic> {
    let at = |code| {
        Diagnostic::new(code)
            .at(name.span.clone())
            .with("theme", &name.value)
    };
    if known {
        let names = chain.iter().map(|(layer, _)| layer.name.as_str());
        let circle = names.chain([name.value.as_str()]).collect::<Vec<_>>();
        return Some(at(Code::ThemeCircle).with("circle", circle.join(" → ")));
    }
    let brought = site_files
        .keys()
        .filter_map(|path| Some(path.strip("themes")?.split_once('/')?.0));
    let mut names: Vec<&str> = brought.chain(built_in::NAMES).collect();
    names.sort_unstable();
    names.dedup();
    if names.contains(&name.as_str()) {
        return (name.value == SITE).then(|| at(Code::ReservedTheme));
    }
    Some(at(Code::UnknownTheme).one_of(name, names))
}

/// Returns the theme `name`: the site's files over those in the binary of that name.
fn theme(name: &str, site_files: &SiteFiles) -> Layer {
    let folder = format!("themes/{name}");
    let mut files = built_in::files_of(name).cloned().unwrap_or_default();
    files.extend(files_below(&folder, site_files));
    Layer {
        name: name.to_owned(),
        folder,
        files,
    }
}

/// Returns what the site lays over its theme, where it does.
fn own(site_files: &SiteFiles, diagnostics: &mut Diagnostics) -> Option<(Layer, Manifest)> {
    let layer = Layer {
        name: SITE.to_owned(),
        folder: OWN.to_owned(),
        files: files_below(OWN, site_files).collect(),
    };
    let manifest = manifest::read(&layer, manifest::OWN_KEYS, diagnostics);
    (!layer.files.is_empty()).then_some((layer, manifest))
}

fn files_below<'a>(
    folder: &'a str,
    site_files: &'a SiteFiles,
) -> impl Iterator<Item = (String, super::ThemeFile)> {
    site_files.iter().filter_map(move |(path, bytes)| {
        Some((path.strip(folder)?.to_owned(), bytes.clone().into()))
    })
}
