//! `tokens.yaml`: the parent's, with what each layer says differently.

use serde_json::{Value, json};

use super::Layer;
use super::manifest::{self, node, text};
use super::overlay::{ANY, Kind, OWN, Overlay};
use crate::diag::Diagnostics;
use crate::read::Reader;

/// The file of that name in a theme.
const FILE: &str = "tokens.yaml";
/// Parts in which each name of `color` may stand: what changes in the dark, for eyes that need
/// more contrast, and for these in the dark.
const LIKE_COLOR: [&str; 3] = ["dark", "strong", "strong-dark"];

/// Returns the tokens of `layers`.
pub(super) fn tokens(layers: &[Layer], diagnostics: &mut Diagnostics) -> Value {
    let Some((first, others)) = layers.split_first() else {
        return Value::Null;
    };
    let mut tokens = manifest::whole(first, FILE, diagnostics).unwrap_or(Value::Null);
    for layer in others {
        let Some(node) = text(layer, FILE, diagnostics)
            .and_then(|text| Some((node(&text, diagnostics)?, Reader::new(&text))))
        else {
            continue;
        };
        let (node, reader) = node;
        let overlay = Overlay {
            kind: Kind::Tokens,
            reader: &reader,
        };
        overlay.lay(&node, &shape(&tokens), "", &mut tokens);
        diagnostics.extend(reader.finish());
    }
    tokens
}

/// Returns what may stand in a `tokens.yaml` that lies over `tokens`: more than does, as a part
/// need not name all colours.
fn shape(tokens: &Value) -> Value {
    let mut shape = tokens.clone();
    let Some(parts) = shape.as_object_mut() else {
        return shape;
    };
    let color = tokens.get("color").cloned().unwrap_or(Value::Null);
    for part in LIKE_COLOR {
        let own = parts.entry(part).or_insert(Value::Null);
        *own = laid_over(&color, own);
    }
    if let Some(office) = parts.get_mut("office").and_then(|it| it.get_mut("color")) {
        *office = laid_over(&color, office);
    }
    let tones = |tone: Value| json!({ "deep": tone, "mid": tone, "light": tone });
    if let Some(topics) = parts.get_mut("topic").and_then(Value::as_object_mut) {
        topics.insert(ANY.into(), tones("#000000".into()));
    }
    let inks = json!([0, 0, 0, 0]);
    if let Some(cmyk) = parts.get_mut("cmyk") {
        let names = color.as_object().into_iter().flat_map(|names| names.iter());
        for (name, _) in names.filter(|(_, value)| value.is_string()) {
            let own = cmyk.as_object_mut().map(|own| own.entry(name.clone()));
            own.map(|entry| entry.or_insert_with(|| inks.clone()));
        }
        if let Some(topics) = cmyk.get_mut("topic").and_then(Value::as_object_mut) {
            *topics = topics
                .keys()
                .map(|name| (name.clone(), tones(inks.clone())))
                .collect();
            topics.insert(ANY.into(), tones(inks));
        }
    }
    parts.entry(OWN).or_insert(Value::Null);
    shape
}

/// Returns `tokens` with their part `office` laid over the others; its `topic` over each topic.
pub(super) fn office(tokens: &Value) -> Value {
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
    for name in ["color", "art"] {
        if let (Some(own), Some(part)) = (own.get(name), all.get_mut(name)) {
            overlay(part, own);
        }
    }
    all
}

fn laid_over(under: &Value, over: &Value) -> Value {
    let mut all = under.clone();
    if !over.is_null() {
        overlay(&mut all, over);
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
