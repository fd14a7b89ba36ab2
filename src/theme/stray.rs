//! Files of a theme that have no effect, most likely because their name or place is wrong.

use super::Layer;
use crate::diag::{Code, Diagnostic, Diagnostics, SitePath, Source, Span, nearest};

/// The folders of a theme.
const FOLDERS: [&str; 10] = [
    "templates",
    "posters",
    "boards",
    "sheets",
    "round",
    "static",
    "i18n",
    "icons",
    "fonts",
    "motifs",
];

/// Reports files of `layers` that nobody will ever look at, though a parent has one that is called
/// almost the same.
pub(super) fn report(layers: &[Layer], diagnostics: &mut Diagnostics) {
    for (at, layer) in layers.iter().enumerate().skip(1) {
        for path in layer.files.keys() {
            let known = layers[..at].iter().flat_map(|parent| parent.files.keys());
            let Some(meant) = meant(path, known.map(String::as_str), layers) else {
                continue;
            };
            let whole = SitePath::new(&format!("{}/{path}", layer.folder));
            let source = Source::new(whole.unwrap_or_else(|| SitePath::fixed("themes")), "");
            let stray = Diagnostic::new(Code::StrayThemeFile)
                .at(Span::file(&source))
                .with("nearest", format!("{}/{meant}", layer.folder));
            diagnostics.push(stray);
        }
    }
}

/// Returns the path that somebody meant by `path`, where that is without effect.
fn meant<'a>(
    path: &str,
    mut known: impl Iterator<Item = &'a str> + Clone,
    layers: &[Layer],
) -> Option<String> {
    if known.clone().any(|other| other == path) {
        return None;
    }
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let top = path.split('/').next().unwrap_or("");
    if !FOLDERS.contains(&top) {
        let is_named = |other: &&str| other.rsplit('/').next() == Some(name);
        return known.find(is_named).map(str::to_owned);
    }
    let below = path.strip_prefix("templates/")?;
    if !below.ends_with(".html") || is_cited(below, layers) || brings_components(path, layers) {
        return None;
    }
    let names = known.filter_map(|other| other.strip_prefix(folder)?.strip_prefix('/'));
    let meant = nearest(name, names.filter(|name| !name.contains('/')))?;
    Some(format!("{folder}/{meant}"))
}

/// Tells whether a template defines components, which need not be called by the file's name.
fn brings_components(path: &str, layers: &[Layer]) -> bool {
    let mut files = layers.iter().filter_map(|layer| layer.files.get(path));
    files.any(|bytes| holds(bytes, b"{% component"))
}

/// Tells whether some template calls for the template `name`.
fn is_cited(name: &str, layers: &[Layer]) -> bool {
    let call = format!("{name}\"");
    let mut templates = layers.iter().flat_map(|layer| layer.below("templates"));
    templates.any(|(_, bytes)| holds(bytes, call.as_bytes()))
}

fn holds(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|window| window == word)
}
