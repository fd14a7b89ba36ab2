//! The theme: how pages and sheets look, as files.
//!
//! In: the files that the site brings below `themes/`, `theme/` and `fonts/`. Out: the [`Theme`]:
//! its files laid over those of the theme that it extends, and the site's own over both; tokens
//! and phrases merged key by key on the same way. Templates are parsed by whoever renders with
//! them; here only what both web and print need is understood: tokens, phrases, options and the
//! list of layouts.

mod bins;
mod built_in;
mod chain;
mod language;
mod load;
mod manifest;
mod options;
mod overlay;
mod phrases;
mod stray;
#[cfg(test)]
mod tests;
mod tokens;

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::site::settings::Delivery;

pub use built_in::embedded;
pub use options::set;

/// The theme in which every chain of themes ends.
pub const BUILT_IN: &str = "fresh";
/// The folder of the site whose files lie over those of its theme.
///
/// One folder that is laid out like a theme: whoever puts a file there sees beside it all that the
/// site does differently, and its `static/` is not the site's, which is copied as it is.
pub const OWN: &str = "theme";
/// What templates call that folder.
pub const SITE: &str = "site";

/// A theme, read.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    /// Its name: the folder below `themes/`.
    pub name: String,
    /// What lies on each other: the theme in which the chain ends first, the site's own last.
    pub layers: Vec<Layer>,
    /// The files that can be seen, by their path below `themes/NAME/`; the site's own fonts stand
    /// among them under `fonts/`.
    pub files: BTreeMap<String, ThemeFile>,
    /// `tokens.yaml`: colours and sizes that sheets and style sheets share.
    pub tokens: Value,
    /// The same for the office edition: its part `office` laid over the others.
    pub office_tokens: Value,
    /// `i18n/LANGUAGE.yaml`: the theme's words in the site's language.
    pub phrases: Value,
    /// The same in the website's further languages, by tag.
    pub translations: BTreeMap<String, Value>,
    /// The layouts for posters, by name.
    pub layouts: BTreeMap<String, LayoutInfo>,
    /// Every option of the theme with its value: the site's, or the theme's default.
    pub options: Map<String, Value>,
}

/// One of the folders that a theme is made of.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    /// What qualified names begin with: the theme's name, or [`SITE`].
    pub name: String,
    /// Where its files lie below the site's folder.
    pub folder: String,
    /// Its files by their path below that folder.
    pub files: BTreeMap<String, ThemeFile>,
}

/// The bytes of a theme's file. The fonts in the binary, 13 MB, are used where they lie.
#[derive(Debug, Clone)]
pub enum ThemeFile {
    /// A file that travels in the binary.
    BuiltIn(&'static [u8]),
    /// A file that the site brings.
    Brought(Arc<[u8]>),
}

impl Theme {
    /// Returns the file that is seen at `path`, by its path below the site's folder; `None` where
    /// it comes with the program, or is not there.
    pub fn brought(&self, path: &str) -> Option<String> {
        let mut layers = self.layers.iter().rev();
        let layer = layers.find(|layer| layer.files.contains_key(path))?;
        let is_brought = matches!(layer.files[path], ThemeFile::Brought(_));
        is_brought.then(|| format!("{}/{path}", layer.folder))
    }

    /// Tells whether the site brings any file of it.
    pub fn is_brought(&self) -> bool {
        let mut files = self.layers.iter().flat_map(|layer| layer.files.values());
        files.any(|file| matches!(file, ThemeFile::Brought(_)))
    }
}

impl Deref for ThemeFile {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::BuiltIn(bytes) => bytes,
            Self::Brought(bytes) => bytes,
        }
    }
}

impl AsRef<[u8]> for ThemeFile {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl From<Arc<[u8]>> for ThemeFile {
    fn from(bytes: Arc<[u8]>) -> Self {
        Self::Brought(bytes)
    }
}

/// What `theme.yaml` says of a layout for posters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LayoutInfo {
    /// What staff call it, such as 做法, by language tag.
    pub title: BTreeMap<String, String>,
    /// What it is for, in a few words, by language tag.
    pub purpose: BTreeMap<String, String>,
    /// Keys of the front matter that it cannot do without.
    pub needs: Vec<String>,
    /// Whether it is taken without being asked for, as for banners; no page can ask for it.
    pub unasked: bool,
    /// Whether it is words for the most part: where it has no room for them they are set in the plainer form, or run
    /// on over several sheets.
    pub runs_on: bool,
    /// In which ways it can set a sheet, so that neighbours differ; none: in one.
    pub skeletons: Vec<String>,
    /// The settings that pages may give it under `poster: { options: … }`.
    pub settings: Vec<SettingInfo>,
}

/// A setting of a layout, or an option of a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingInfo {
    /// Its name.
    pub name: String,
    /// What it does, by language tag.
    pub title: BTreeMap<String, String>,
    /// What form its value has.
    pub kind: SettingKind,
    /// Its value where none is given.
    pub default: Value,
    /// The values that a choice may have.
    pub values: Vec<String>,
}

/// The form of a setting's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingKind {
    /// `true` or `false`, 是 or 否.
    Bool,
    /// A whole number, 0 or more.
    Integer,
    /// Words.
    Text,
    /// A family of fonts, by any of its names.
    Font,
    /// A colour such as `#0F4A36`.
    Colour,
    /// One of some words.
    Choice,
}

impl Theme {
    /// Returns the names of all skeletons that its layouts have, in order.
    pub fn skeletons(&self) -> Vec<String> {
        let all = self.layouts.values().flat_map(|layout| &layout.skeletons);
        let all: std::collections::BTreeSet<_> = all.cloned().collect();
        all.into_iter().collect()
    }

    /// Returns the part `part` of the theme's words, such as `poster`; an empty map where the
    /// theme has none.
    pub fn phrases_of(&self, part: &str) -> Value {
        match self.phrases.get(part) {
            Some(phrases) => phrases.clone(),
            None => Value::Object(Map::new()),
        }
    }

    /// Returns the part `part` of the theme's words in `language`, one of the site's.
    pub fn phrases_in(&self, language: &str, part: &str) -> Value {
        let phrases = self.translations.get(language).unwrap_or(&self.phrases);
        phrases
            .get(part)
            .cloned()
            .unwrap_or_else(|| Value::Object(serde_json::Map::new()))
    }

    /// Returns the files below `folder`, such as `fonts`, with their whole paths.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a ThemeFile)> {
        self.files.iter().filter_map(move |(path, bytes)| {
            path.strip_prefix(folder)?.strip_prefix('/')?;
            Some((path.as_str(), bytes))
        })
    }

    /// Switches off what the theme has no page for: a template that is empty stands for none, as a
    /// theme has whatever its parents have.
    pub fn limit(&self, delivery: &mut Delivery) {
        let has = |page: &str| {
            let file = self.files.get(&format!("templates/{page}"));
            file.is_some_and(|file| !file.trim_ascii().is_empty())
        };
        delivery.search &= has("search.html");
        delivery.short_addresses &= has("short.html");
    }

    /// Returns the files of `folder` that can be seen, those of parents before those of children:
    /// the order in which style sheets are joined.
    pub fn below_by_layer<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a ThemeFile)> {
        self.layers.iter().enumerate().flat_map(move |(at, layer)| {
            let hidden = move |path: &str| {
                let mut later = self.layers[at + 1..].iter();
                later.any(|layer| layer.files.contains_key(path))
            };
            layer.below(folder).filter(move |(path, _)| !hidden(path))
        })
    }
}

impl Layer {
    /// Returns the files below `folder` with their whole paths.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a ThemeFile)> {
        self.files.iter().filter_map(move |(path, bytes)| {
            path.strip_prefix(folder)?.strip_prefix('/')?;
            Some((path.as_str(), bytes))
        })
    }
}
