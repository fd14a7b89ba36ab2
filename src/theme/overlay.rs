//! Laying a file of a few keys over the whole one of the parent.
//!
//! What the parent has is the measure: a key that it lacks would be without effect, so it is a
//! mistake, and a value must have the form of the one that it stands for.

use serde_json::{Map, Number, Value as Json};

use crate::diag::{Code, Words, words};
use crate::read::yaml::{Node, Value};
use crate::read::{Reader, values};

/// The key that stands in a shape for all keys that it does not name.
pub(super) const ANY: &str = "*";
/// The key under which a theme keeps what it alone uses.
pub(super) const OWN: &str = "own";

/// What kind of file is laid over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `tokens.yaml`.
    Tokens,
    /// `i18n/*.yaml`.
    Phrases,
}

/// A file that is laid over others.
pub(super) struct Overlay<'a> {
    pub kind: Kind,
    pub reader: &'a Reader,
}

impl Overlay<'_> {
    /// Lays `node`, which is called `name`, over `under`; `shape` says what may stand there.
    pub(super) fn lay(&self, node: &Node, shape: &Json, name: &str, under: &mut Json) {
        match (shape, &node.value) {
            (_, Value::Null) => {}
            (Json::Null, _) => *under = plain(node),
            (Json::Object(known), Value::Map(entries)) => {
                if !under.is_object() {
                    *under = Json::Object(Map::new());
                }
                let Json::Object(out) = under else { return };
                for (key, value) in entries {
                    let dotted = match name {
                        "" => key.name.clone(),
                        name => format!("{name}.{}", key.name),
                    };
                    match known.get(&key.name).or_else(|| known.get(ANY)) {
                        Some(shape) => {
                            let slot = out.entry(key.name.clone()).or_insert(Json::Null);
                            self.lay(value, shape, &dotted, slot);
                        }
                        None if key.name == OWN => {
                            out.insert(OWN.to_owned(), plain(value));
                        }
                        None => self.unknown(key, known, &dotted),
                    }
                }
            }
            (Json::Array(list), Value::List(items)) => {
                let is_row = list.iter().all(|item| !item.is_array());
                if is_row && list.len() != items.len() {
                    let expected = words("list-of").with("n", list.len());
                    return self.bad(node, name, expected, &show(shape));
                }
                *under = plain(node);
            }
            (shape, Value::Scalar(text)) => match self.scalar(text, shape) {
                Ok(value) => *under = value,
                Err(expected) => self.bad(node, name, expected, &show(shape)),
            },
            (shape, _) => self.bad(node, name, form(shape), &show(shape)),
        }
    }

    /// Reads `text` in the form of `shape`, or says which form that is.
    fn scalar(&self, text: &str, shape: &Json) -> Result<Json, Words> {
        let wrong = || form(shape);
        match shape {
            Json::String(known) if is_colour(known) => {
                is_colour(text).then(|| text.into()).ok_or_else(wrong)
            }
            Json::String(known) if self.kind == Kind::Phrases => {
                match blanks(text).find(|blank| !blanks(known).any(|it| it == *blank)) {
                    None => Ok(text.into()),
                    Some(blank) => Err(words("no-blank").with("blank", blank)),
                }
            }
            Json::String(_) => Ok(text.into()),
            Json::Number(_) => number(text).map(Json::Number).ok_or_else(wrong),
            Json::Bool(_) => values::flag(text).map(Json::Bool).ok_or_else(wrong),
            _ => Err(wrong()),
        }
    }

    fn unknown(&self, key: &crate::read::yaml::Key, known: &Map<String, Json>, dotted: &str) {
        let code = match self.kind {
            Kind::Tokens => Code::UnknownToken,
            Kind::Phrases => Code::UnknownPhrase,
        };
        let names = known.keys().map(String::as_str);
        self.reader.report(code, &key.range, |d| {
            d.with("name", dotted).meant(&key.name, names)
        });
    }

    fn bad(&self, node: &Node, name: &str, expected: Words, example: &str) {
        let value = match &node.value {
            Value::Scalar(text) => text.as_str(),
            Value::List(_) => "[…]",
            Value::Map(_) => "{…}",
            Value::Null => "",
        };
        let example = Some(example).filter(|example| !example.is_empty());
        let name = match name {
            "" => self.reader.source.path.as_str(),
            name => name,
        };
        self.reader.report(Code::BadThemeValue, &node.range, |d| {
            d.with("name", name)
                .with("value", value)
                .with("expected", expected)
                .with_some("example", example)
        });
    }
}

/// Tells whether `text` is a colour such as `#0F4A36`.
pub(super) fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|figures| {
        matches!(figures.len(), 3 | 6) && figures.chars().all(|c| c.is_ascii_hexdigit())
    })
}

/// Returns the names of the blanks in a phrase, such as `date` of 公示到{date}.
fn blanks(phrase: &str) -> impl Iterator<Item = &str> {
    let pieces = phrase.split('{').skip(1);
    pieces.filter_map(|piece| Some(piece.split_once('}')?.0))
}

fn form(shape: &Json) -> Words {
    match shape {
        Json::String(text) if is_colour(text) => words("a-colour"),
        Json::String(_) => words("a-text"),
        Json::Number(_) => words("a-number"),
        Json::Bool(_) => words("yes-or-no"),
        Json::Array(_) => words("a-list"),
        Json::Object(_) | Json::Null => words("a-mapping"),
    }
}

/// Shows what stands there now, where that is short.
fn show(shape: &Json) -> String {
    match shape {
        Json::Object(_) | Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Returns a value as it stands: what looks like a number is one.
fn plain(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Scalar(text) => match number(text) {
            Some(number) => Json::Number(number),
            None => text.as_str().into(),
        },
        Value::List(items) => items.iter().map(plain).collect(),
        Value::Map(entries) => entries
            .iter()
            .map(|(key, value)| (key.name.clone(), plain(value)))
            .collect(),
    }
}

fn number(text: &str) -> Option<Number> {
    match text.parse::<i64>() {
        Ok(whole) => Some(whole.into()),
        Err(_) => Number::from_f64(text.parse().ok()?),
    }
}
