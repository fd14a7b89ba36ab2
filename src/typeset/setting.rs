//! How a poster comes about: by a layout, or finished from outside.

use super::outside::{OutsideError, Received};
use super::{Engine, Outside};
use crate::diag::{Code, Diagnostic, Fills, Span, Spanned, words};
use crate::site::{Page, PosterWish, Site};

/// The theme's file of a formal notice's stamped edition.
pub const STAMPED: &str = "sheets/official.typ";

/// How a poster comes about.
#[derive(Debug, Clone, PartialEq)]
pub enum Setting {
    /// A layout of the theme sets it.
    Layout(String),
    /// It is a finished file.
    Outside(Outside),
    /// Only copies came, finished from outside.
    Received,
}

/// Finds out how the poster of `page` comes about.
///
/// # Errors
/// Where the theme lacks the layout, the page lacks what the layout needs, or the finished file
/// cannot be used.
pub(super) fn setting(
    site: &Site,
    engine: &Engine,
    page: &Page,
    wish: &PosterWish,
) -> Result<Setting, Box<Diagnostic>> {
    if let Some(file) = &wish.file {
        let read = match site.assets.get(&file.value) {
            Some(asset) => Received::of(&file.value, asset).form.clone(),
            None => Err(OutsideError::Missing),
        };
        return read.map(Setting::Outside).map_err(|error| {
            let unusable = Diagnostic::new(Code::OutsideFile)
                .at(file.span.clone())
                .with("file", &file.value)
                .with("cause", error.words());
            Box::new(unusable)
        });
    }
    let Some(layout) = &wish.layout else {
        return Ok(Setting::Received);
    };
    let layouts = &engine.theme().layouts;
    if let Some(info) = layouts.get(&layout.value) {
        return match info.needs.iter().find(|key| !has_key(page, wish, key)) {
            None => Ok(Setting::Layout(layout.value.clone())),
            Some(key) => Err(Box::new(missing_key(&layout.span, key))),
        };
    }
    Err(Box::new(unknown_layout(engine, layout)))
}

/// Says that there is no such `layout` for pages.
pub fn unknown_layout(engine: &Engine, layout: &Spanned<String>) -> Diagnostic {
    let layouts = engine.theme().layouts.iter();
    let known = layouts.filter(|(_, info)| !info.unasked);
    let known: Vec<&str> = known.map(|(name, _)| name.as_str()).collect();
    Diagnostic::new(Code::UnknownLayout)
        .at(layout.span.clone())
        .with("layout", &layout.value)
        .one_of(&layout.value, known)
}

/// Tells whether the page has what `key` of the front matter gives; keys that no layout of ours
/// needs are taken as given.
fn has_key(page: &Page, wish: &PosterWish, key: &str) -> bool {
    match key {
        "kind" => page.notice.is_some(),
        "event" => page.event.is_some(),
        "picture" => page.picture.is_some(),
        "items" => !page.items.is_empty(),
        "bin" => page.bin.is_some(),
        "lead" => wish.lead.is_some(),
        "figures" => !page.figures.is_empty(),
        "stages" => (page.campaign.as_ref()).is_some_and(|campaign| !campaign.stages.is_empty()),
        "month" => page.date.is_some(),
        "posting" => (page.notice.as_ref()).is_some_and(|notice| notice.posting.is_some()),
        _ => true,
    }
}

fn missing_key(at: &Span, key: &str) -> Diagnostic {
    let example = match key {
        "kind" => words("example-kind").value(),
        "event" => words("example-event").value(),
        "picture" => "picture: /pictures/tap.svg".value(),
        "items" => words("example-sorted").value(),
        "bin" => words("example-food").value(),
        "figures" => words("example-figures").value(),
        "stages" => words("example-stages").value(),
        "month" => "date: 2026-12-01".value(),
        "posting" => words("example-posting-line").value(),
        _ => words("example-lead").value(),
    };
    Diagnostic::new(Code::MissingKey)
        .at(at.clone())
        .with("key", key)
        .with("example", example)
}
