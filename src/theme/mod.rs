//! The theme: how pages and sheets look, as files.
//!
//! In: the files that the site brings below `themes/` and `fonts/`. Out: the [`Theme`], its
//! own files laid over those of the theme that travels in the binary. Templates are parsed by
//! whoever renders with them; here only what both web and print need is understood: tokens,
//! phrases and the list of layouts.

mod language;
mod load;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use serde_json::Value;

/// The theme that travels in the binary, and the parent of a theme that names none.
pub const BUILT_IN: &str = "fresh";

/// A theme, read.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Its name: the folder below `themes/`.
    pub name: String,
    /// All its files by their path below `themes/NAME/`; the site's own fonts stand among them
    /// under `fonts/`.
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
}

/// The bytes of a theme's file. The fonts in the binary, 13 MB, are used where they lie.
#[derive(Debug, Clone)]
pub enum ThemeFile {
    /// A file that travels in the binary.
    BuiltIn(&'static [u8]),
    /// A file that the site brings.
    Brought(Arc<[u8]>),
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
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct LayoutInfo {
    /// What staff call it, such as 做法, by language tag.
    pub title: BTreeMap<String, String>,
    /// What it is for, in a few words, by language tag.
    #[serde(rename = "for")]
    pub purpose: BTreeMap<String, String>,
    /// Keys of the front matter that it cannot do without.
    pub needs: Vec<String>,
    /// Whether it is taken without being asked for, as for banners; no page can ask for it.
    pub unasked: bool,
    /// The settings that pages may give it under `poster: { options: … }`.
    pub settings: Vec<SettingInfo>,
}

/// A setting of a layout.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct SettingInfo {
    /// Its name.
    pub name: String,
    /// What it does, by language tag.
    #[serde(default)]
    pub title: BTreeMap<String, String>,
    /// What form its value has.
    #[serde(rename = "type")]
    pub kind: SettingKind,
    /// Its value where the page gives none.
    pub default: Value,
    /// The values that a choice may have.
    #[serde(default)]
    pub values: Vec<String>,
}

/// The form of a setting's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SettingKind {
    /// `true` or `false`, 是 or 否.
    Bool,
    /// A whole number, 0 or more.
    Integer,
    /// Words.
    Text,
    /// A family of fonts, by any of its names.
    Font,
    /// One of some words.
    Choice,
}

impl Theme {
    /// Returns the part `part` of the theme's words, such as `poster`; an empty map where the
    /// theme has none.
    pub fn phrases_of(&self, part: &str) -> Value {
        match self.phrases.get(part) {
            Some(phrases) => phrases.clone(),
            None => Value::Object(serde_json::Map::new()),
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
}

/// Returns the files of the theme in the binary, by their path below `themes/fresh/`.
pub fn embedded() -> &'static BTreeMap<String, ThemeFile> {
    static FILES: LazyLock<BTreeMap<String, ThemeFile>> = LazyLock::new(|| {
        Fresh::iter()
            .filter_map(|path| {
                let file = Fresh::get(&path)?;
                let data = match file.data {
                    Cow::Borrowed(bytes) => ThemeFile::BuiltIn(bytes),
                    Cow::Owned(bytes) => ThemeFile::Brought(bytes.into()),
                };
                Some((path.into_owned(), data))
            })
            .collect()
    });
    &FILES
}

#[derive(rust_embed::Embed)]
#[folder = "themes/fresh"]
struct Fresh;
