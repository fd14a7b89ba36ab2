//! YAML, JSON and TOML as plain values.

use serde_json::{Map, Value};

use super::{Fault, Place};
use crate::read::yaml::{self, Cause, Node, YamlError};

/// Reads YAML: plain scalars are numbers, yes and no as YAML has them; what is quoted is text.
pub(super) fn yaml(text: &str) -> Result<Value, Fault> {
    let node = yaml::parse(text, 0..text.len()).map_err(fault)?;
    value(text, &node)
}

fn fault(error: YamlError) -> Fault {
    let place = Place::Byte(error.at);
    match error.cause {
        Cause::Quote { line } => Fault::told(place, "unquoted", line),
        Cause::Bracket { open, close, .. } => {
            Fault::told(place, "opened", open).with("closed", close)
        }
        Cause::NoKey => Fault::grammar(place, "data-no-key"),
        Cause::Indented => Fault::grammar(place, "data-indented"),
        Cause::Grammar(_) => Fault::grammar(place, "data-yaml"),
    }
}

fn value(text: &str, node: &Node) -> Result<Value, Fault> {
    match &node.value {
        yaml::Value::Null => Ok(Value::Null),
        yaml::Value::Scalar(scalar) => {
            let start = text[node.range.start..].chars().next();
            let is_plain = !matches!(start, Some('"' | '\'' | '|' | '>'));
            Ok(match is_plain {
                true => plain(scalar),
                false => Value::String(scalar.clone()),
            })
        }
        yaml::Value::List(items) => items.iter().map(|item| value(text, item)).collect(),
        yaml::Value::Map(entries) => {
            let mut map = Map::new();
            for (key, node) in entries {
                if map.insert(key.name.clone(), value(text, node)?).is_some() {
                    let place = Place::Byte(key.range.start);
                    return Err(Fault::told(place, "repeated", &key.name));
                }
            }
            Ok(Value::Object(map))
        }
    }
}

/// Understands an unquoted scalar; a number with a leading zero, such as a phone's, is text.
fn plain(text: &str) -> Value {
    match text {
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
        && (!digits.starts_with('0') || digits == "0" || digits.starts_with("0."))
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let number = is_number
        .then(|| serde_json::from_str::<serde_json::Number>(text).ok())
        .flatten();
    number.map_or_else(|| Value::String(text.to_owned()), Value::Number)
}

/// Reads JSON.
pub(super) fn json(text: &str) -> Result<Value, Fault> {
    serde_json::from_str(text).map_err(|error| {
        let lines = text.split_inclusive('\n').take(error.line() - 1);
        let start: usize = lines.map(str::len).sum();
        let at = (start + error.column().saturating_sub(1)).min(text.len());
        let key = match error.is_eof() {
            true => "data-json-end",
            false => "data-json",
        };
        Fault::grammar(Place::Byte(at), key)
    })
}

/// Reads TOML; dates become text.
pub(super) fn toml(text: &str) -> Result<Value, Fault> {
    let table: toml::Table = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Fault::grammar(Place::Byte(at), "data-toml")
    })?;
    Ok(of_toml(toml::Value::Table(table)))
}

fn of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(items) => items.into_iter().map(of_toml).collect(),
        toml::Value::Table(table) => Value::Object(
            (table.into_iter())
                .map(|(key, value)| (key, of_toml(value)))
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_are_numbers() {
        assert_eq!(plain("30"), serde_json::json!(30));
        assert_eq!(plain("-0.5"), serde_json::json!(-0.5));
        for text in ["0571", "5550 0116", "1.2.3", "2026-11-01", "1.", "", "是"] {
            assert_eq!(plain(text), Value::String(text.to_owned()), "{text}");
        }
    }
}
