//! Fonts that are asked for and not there.

use super::glyphs::is_drawn;
use super::{Engine, Manuscript};
use crate::diag::{Code, Diagnostic, Diagnostics, Spanned, nearest};
use crate::read::WantedFonts;
use crate::site::{PosterWish, Site};
use crate::theme::{LayoutInfo, SettingKind, Theme};

/// Families that sheets are set in, by the names of a theme's tokens.
const FAMILIES: [&str; 3] = ["sans", "title", "serif"];

/// Returns what the sheets of `site` may want that the fonts of `engine` lack.
///
/// Characters are those of whole files: whether a sheet shows them is found out later.
pub fn wanted_fonts(engine: &Engine, site: &Site) -> WantedFonts {
    let theme = engine.theme();
    let tokens = FAMILIES.map(|name| &theme.tokens["font"][name]);
    let tokens = tokens.iter().filter_map(|family| family.as_str());
    let pages = site.pages.iter();
    let wishes = pages.filter_map(|page| Some((page, page.poster.as_ref()?)));
    let named = wishes.clone().flat_map(|(_, wish)| families(theme, wish));
    let named = named.map(|family| family.value.as_str());
    let families = tokens.chain(named).filter(|it| engine.family(it).is_none());
    let settings = &site.settings.span.source;
    let sources = wishes.map(|(page, _)| &page.span.source);
    let characters = std::iter::once(settings).chain(sources);
    let characters = characters.flat_map(|source| source.text.chars());
    WantedFonts {
        families: families.map(str::to_owned).collect(),
        characters: characters
            .filter(|it| is_drawn(*it) && !engine.has_glyph(*it))
            .collect(),
    }
}

/// Reports the families that the page gives its layout and no font has.
pub fn missing_families(engine: &Engine, manuscript: &Manuscript) -> Diagnostics {
    let named = families(engine.theme(), manuscript.wish());
    named
        .filter(|family| engine.family(&family.value).is_none())
        .map(|family| {
            Diagnostic::new(Code::MissingFont)
                .at(family.span.clone())
                .with("family", &family.value)
                .with_some("nearest", nearest(&family.value, engine.families()))
        })
        .collect()
}

/// Returns the families that a page names in the settings of its layout.
fn families<'a>(
    theme: &'a Theme,
    wish: &'a PosterWish,
) -> impl Iterator<Item = &'a Spanned<String>> {
    let layout = wish.layout.as_ref();
    let info = layout.and_then(|layout| theme.layouts.get(&layout.value));
    let given = wish.options.iter().filter(move |option| {
        info.is_some_and(|info| is_family(info, &option.name.value))
            && !option.value.value.trim().is_empty()
    });
    given.map(|option| &option.value)
}

/// Tells whether the setting `name` of a layout names a font.
fn is_family(layout: &LayoutInfo, name: &str) -> bool {
    let mut settings = layout.settings.iter();
    settings.any(|setting| setting.name == name && setting.kind == SettingKind::Font)
}
