//! Reading a theme: laying files over each other, understanding its data files.

use std::collections::BTreeMap;

use super::chain::{self, SiteFiles};
use super::manifest::Manifest;
use super::{Layer, LayoutInfo, Theme, bins, options, phrases, stray, tokens};
use crate::diag::{Code, Diagnostics};
use crate::site::Settings;

/// Where the layouts for posters lie in a theme.
const LAYOUTS: &str = "posters";
/// The file there that all layouts share.
const LIBRARY: &str = "lib";

impl Theme {
    /// Reads the theme that `settings` name out of `site_files`, the files below the site's
    /// `themes/`, `theme/` and `fonts/`.
    ///
    /// Where there is no such theme, that is reported and the one in the binary taken, so that
    /// later stages can report their part.
    pub fn load(
        settings: &Settings,
        site_files: &SiteFiles,
        diagnostics: &mut Diagnostics,
    ) -> Theme {
        let chain = chain::layers(settings, site_files, diagnostics);
        let (layers, manifests): (Vec<Layer>, Vec<Manifest>) = chain.into_iter().unzip();
        let mut files: BTreeMap<_, _> = layers
            .iter()
            .flat_map(|layer| layer.files.clone())
            .collect();
        let fonts = site_files.iter().filter(|(path, _)| path.is_below("fonts"));
        files.extend(fonts.map(|(path, bytes)| (path.to_string(), bytes.clone().into())));
        stray::report(&layers, diagnostics);
        let mut tokens = tokens::tokens(&layers, diagnostics);
        bins::paint(&mut tokens, &settings.bin_looks);
        let known = known_options(&manifests);
        let (options, wrong) =
            options::set(&known, &settings.theme_options, Code::UnknownThemeOption);
        wrong.into_iter().for_each(|it| {
            diagnostics.push(it.with("theme", &settings.theme.value));
        });
        if let (Some(tokens), false) = (tokens.as_object_mut(), options.is_empty()) {
            tokens.insert("option".into(), options.clone().into());
        }
        let further = settings.languages.iter();
        let translations = further.map(|it| {
            let words = phrases::phrases(&layers, &it.tag, &it.span, diagnostics);
            (it.tag.clone(), words)
        });
        let translations = translations.collect();
        let at = &settings.language_span;
        let mut own = phrases::phrases(&layers, &settings.language, at, diagnostics);
        bins::name(&mut own, &settings.bin_looks);
        Theme {
            name: settings.theme.value.clone(),
            office_tokens: tokens::office(&tokens),
            tokens,
            phrases: own,
            translations,
            layouts: layouts(&files, manifests),
            options,
            files,
            layers,
        }
    }
}

/// Returns the options of all layers; a child's own word on one counts.
fn known_options(manifests: &[Manifest]) -> Vec<super::SettingInfo> {
    let mut known: Vec<super::SettingInfo> = Vec::new();
    for option in manifests.iter().flat_map(|manifest| &manifest.options) {
        known.retain(|other| other.name != option.name);
        known.push(option.clone());
    }
    known
}

/// Returns the layouts: one for each Typst file directly in their folder that is not a part of
/// others, with what the nearest `theme.yaml` says of it.
fn layouts(
    files: &BTreeMap<String, super::ThemeFile>,
    manifests: Vec<Manifest>,
) -> BTreeMap<String, LayoutInfo> {
    let said = manifests.into_iter().flat_map(|manifest| manifest.layouts);
    let mut said: BTreeMap<String, LayoutInfo> = said.collect();
    let layout_name = |path: &String| {
        let below = path.strip_prefix(LAYOUTS)?.strip_prefix('/')?;
        let name = below.strip_suffix(".typ")?;
        let is_layout = name != LIBRARY && !name.starts_with('_') && !name.contains('/');
        is_layout.then(|| name.to_owned())
    };
    let names = files.keys().filter_map(layout_name);
    names
        .map(|name| {
            let info = said.remove(&name).unwrap_or_default();
            (name, info)
        })
        .collect()
}
