//! `i18n/LANGUAGE.yaml`: the parent's words, with what each layer says differently.

use serde_json::Value;

use super::manifest::{self, node, text};
use super::overlay::{Kind, Overlay};
use super::{Layer, language};
use crate::diag::{Code, Diagnostic, Diagnostics, SitePath, Source, Span};
use crate::read::Reader;

/// The language whose phrases are complete in every theme.
const COMPLETE: &str = "zh-CN";

/// Returns the words of `layers` in `language`, which `at` asks for, or in the language that its
/// readers read with ease; reports those that are lacking.
pub(super) fn phrases(
    layers: &[Layer],
    language: &str,
    at: &Span,
    diagnostics: &mut Diagnostics,
) -> Value {
    let exists = |path: &str| layers.iter().any(|layer| layer.files.contains_key(path));
    let Some(language) = language::for_readers_of(language, exists) else {
        diagnostics.push(language::unknown(language, at, layers));
        return Value::Null;
    };
    let language = language.as_str();
    let complete = merged(layers, COMPLETE, &Value::Null, diagnostics);
    if language == COMPLETE {
        return complete;
    }
    let phrases = merged(layers, language, &complete, diagnostics);
    let file = format!("i18n/{language}.yaml");
    let speaks = |layer: &&Layer| layer.files.contains_key(&file);
    let folder = layers
        .iter()
        .rfind(speaks)
        .map_or("themes", |layer| &layer.folder);
    let path = SitePath::new(&format!("{folder}/{file}"));
    let source = Source::new(path.unwrap_or_else(|| SitePath::fixed("themes")), "");
    let mut missing = Vec::new();
    missing_keys(&complete, &phrases, "", &mut missing);
    for phrase in missing {
        let lacks = Diagnostic::new(Code::MissingPhrase)
            .at(Span::file(&source))
            .with("language", language)
            .with("phrase", phrase);
        diagnostics.push(lacks);
    }
    phrases
}

/// Merges the files of one language. `complete` says which phrases there are; what the first layer
/// has does where it is null.
fn merged(
    layers: &[Layer],
    language: &str,
    complete: &Value,
    diagnostics: &mut Diagnostics,
) -> Value {
    let path = format!("i18n/{language}.yaml");
    let Some((first, others)) = layers.split_first() else {
        return Value::Null;
    };
    let is_somewhere = others.iter().any(|layer| layer.files.contains_key(&path));
    let mut phrases = match first.files.contains_key(&path) || !is_somewhere {
        true => manifest::whole(first, &path, diagnostics).unwrap_or(Value::Null),
        // A language that only a child speaks.
        false => Value::Null,
    };
    for layer in others {
        let Some(text) = text(layer, &path, diagnostics) else {
            continue;
        };
        let Some(node) = node(&text, diagnostics) else {
            continue;
        };
        let reader = Reader::new(&text);
        let overlay = Overlay {
            kind: Kind::Phrases,
            reader: &reader,
        };
        let shape = match complete {
            Value::Null => phrases.clone(),
            complete => complete.clone(),
        };
        overlay.lay(&node, &shape, "", &mut phrases);
        diagnostics.extend(reader.finish());
    }
    phrases
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
