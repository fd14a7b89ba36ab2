//! Reading a theme: laying files over each other, understanding its data files.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::language;
use super::{BUILT_IN, LayoutInfo, Theme, ThemeFile, embedded};
use crate::diag::{Code, Diagnostic, Diagnostics, SitePath, Source, Span, nearest};
use crate::site::Settings;

/// Where the layouts for posters lie in a theme.
const LAYOUTS: &str = "posters";
/// The file there that all layouts share.
const LIBRARY: &str = "lib";
/// The language whose phrases are complete in every theme.
const COMPLETE: &str = "zh-CN";

/// `theme.yaml`; keys of later versions are left alone.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Manifest {
    layouts: BTreeMap<String, LayoutInfo>,
}

impl Theme {
    /// Reads the theme that `settings` name out of `site_files`, the files below the site's
    /// `themes/` and `fonts/`.
    ///
    /// A theme's files lie over those in the binary. Where there is no such theme, that is
    /// reported and the one in the binary taken, so that later stages can report their part.
    pub fn load(
        settings: &Settings,
        site_files: &BTreeMap<SitePath, Arc<[u8]>>,
        diagnostics: &mut Diagnostics,
    ) -> Theme {
        let name = known_name(settings, site_files, diagnostics);
        let mut files = embedded().clone();
        let folder = format!("themes/{name}");
        for (path, bytes) in site_files {
            if let Some(below) = path.strip(&folder) {
                files.insert(below.to_owned(), bytes.clone().into());
            } else if path.is_below("fonts") {
                files.insert(path.to_string(), bytes.clone().into());
            }
        }
        let mut reader = Reader {
            name: &name,
            files: &files,
            diagnostics,
        };
        let tokens = reader.yaml("tokens.yaml").unwrap_or(Value::Null);
        let phrases = reader.phrases(&settings.language, &settings.span);
        let further = settings.languages.iter();
        let further = further.map(|it| (it.tag.clone(), reader.phrases(&it.tag, &it.span)));
        let translations = further.collect();
        let layouts = reader.layouts();
        Theme {
            name,
            files,
            office_tokens: office(&tokens),
            tokens,
            phrases,
            translations,
            layouts,
        }
    }
}

/// Returns the theme's name where there is such a theme, and else the built-in one's.
fn known_name(
    settings: &Settings,
    site_files: &BTreeMap<SitePath, Arc<[u8]>>,
    diagnostics: &mut Diagnostics,
) -> String {
    let mut known: Vec<&str> = site_files
        .keys()
        .filter_map(|path| Some(path.strip("themes")?.split_once('/')?.0))
        .collect();
    known.push(BUILT_IN);
    if known.contains(&settings.theme.as_str()) {
        return settings.theme.clone();
    }
    let unknown = Diagnostic::new(Code::UnknownTheme)
        .at(settings.span.clone())
        .with("theme", &settings.theme)
        .with_some("nearest", nearest(&settings.theme, known));
    diagnostics.push(unknown);
    BUILT_IN.to_owned()
}

/// The files of one theme, with what was wrong with them.
struct Reader<'a> {
    name: &'a str,
    files: &'a BTreeMap<String, ThemeFile>,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    /// Reads a YAML file; reports it where it is broken or not there.
    fn yaml<T: for<'de> Deserialize<'de>>(&mut self, path: &str) -> Option<T> {
        let Some(bytes) = self.files.get(path) else {
            let source = self.source(path, "");
            self.bad(Span::file(&source), format!("{path}: no such file"));
            return None;
        };
        let Ok(text) = std::str::from_utf8(bytes) else {
            let source = self.source(path, "");
            self.diagnostics
                .push(Diagnostic::new(Code::NotText).at(Span::file(&source)));
            return None;
        };
        serde_yaml::from_str(text)
            .map_err(|error| {
                let at = error.location().map_or(0, |location| location.index());
                let source = self.source(path, text);
                self.bad(Span::new(&source, at..at), error);
            })
            .ok()
    }

    /// Reads the words of `language`, which `at` asks for.
    fn phrases(&mut self, language: &str, at: &Span) -> Value {
        let file = language::file_for(language, |path| self.files.contains_key(path));
        let Some(path) = file else {
            self.diagnostics
                .push(language::unknown(language, at, self.files));
            return Value::Null;
        };
        let phrases = self.yaml(&path).unwrap_or(Value::Null);
        if path == language::file(COMPLETE) {
            return phrases;
        }
        let complete = self
            .yaml(&format!("i18n/{COMPLETE}.yaml"))
            .unwrap_or(Value::Null);
        let mut missing = Vec::new();
        missing_keys(&complete, &phrases, "", &mut missing);
        let source = self.source(&path, "");
        for phrase in missing {
            let lacks = Diagnostic::new(Code::MissingPhrase)
                .at(Span::file(&source))
                .with("language", source.path.stem())
                .with("phrase", phrase);
            self.diagnostics.push(lacks);
        }
        phrases
    }

    /// Returns the layouts: one for each Typst file directly in their folder that is not a part
    /// of others, with what `theme.yaml` says of it.
    fn layouts(&mut self) -> BTreeMap<String, LayoutInfo> {
        let mut manifest: Manifest = match self.files.contains_key("theme.yaml") {
            true => self.yaml("theme.yaml").unwrap_or_default(),
            false => Manifest::default(),
        };
        let layout_name = |path: &str| {
            let below = path.strip_prefix(LAYOUTS)?.strip_prefix('/')?;
            let name = below.strip_suffix(".typ")?;
            let is_layout = name != LIBRARY && !name.starts_with('_') && !name.contains('/');
            is_layout.then(|| name.to_owned())
        };
        self.files
            .keys()
            .filter_map(|path| layout_name(path))
            .map(|name| {
                let info = manifest.layouts.remove(&name).unwrap_or_default();
                (name, info)
            })
            .collect()
    }

    fn source(&self, path: &str, text: &str) -> Arc<Source> {
        let whole = SitePath::new(&format!("themes/{}/{path}", self.name));
        Source::new(
            whole.unwrap_or_else(|| SitePath::fixed("themes")),
            text.to_owned(),
        )
    }

    fn bad(&mut self, at: Span, cause: impl ToString) {
        self.diagnostics
            .push(Diagnostic::new(Code::BadTheme).at(at).with("cause", cause));
    }
}

/// Returns `tokens` with their part `office` laid over the others; its `topic` over each topic.
fn office(tokens: &Value) -> Value {
    let mut all = tokens.clone();
    let Some(own) = tokens.get("office") else {
        return all;
    };
    if let (Some(own), Some(topics)) = (
        own.get("topic"),
        all.get_mut("topic").and_then(Value::as_object_mut),
    ) {
        topics.values_mut().for_each(|topic| overlay(topic, own));
    }
    let named = ["color", "art"];
    for name in named {
        if let (Some(own), Some(part)) = (own.get(name), all.get_mut(name)) {
            overlay(part, own);
        }
    }
    all
}

/// Lays the entries of `over` over those of `under`.
fn overlay(under: &mut Value, over: &Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (key, value) in over {
                overlay(under.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (under, over) => *under = over.clone(),
    }
}

/// Adds to `missing` the dotted names that `complete` has and `phrases` lacks.
fn missing_keys(complete: &Value, phrases: &Value, prefix: &str, missing: &mut Vec<String>) {
    let Some(entries) = complete.as_object() else {
        return;
    };
    for (key, value) in entries {
        let name = format!("{prefix}{key}");
        match phrases.get(key) {
            None => missing.push(name),
            Some(phrase) => missing_keys(value, phrase, &format!("{name}."), missing),
        }
    }
}
