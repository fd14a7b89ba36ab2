//! Values for what a theme or a layout lets be set, read by what it says of them.

use serde_json::{Map, Value};

use super::{SettingInfo, SettingKind, overlay};
use crate::diag::{Code, Diagnostic, Fills, Value as Said, Words, words};
use crate::read::values;
use crate::site::GivenOption;

/// Returns every setting of `known` with its value, given or default, and what was wrong with
/// those `given`; `unknown` is the code for a name that is not known.
pub fn set(
    known: &[SettingInfo],
    given: &[GivenOption],
    unknown: Code,
) -> (Map<String, Value>, Vec<Diagnostic>) {
    let default = |setting: &SettingInfo| (setting.name.clone(), setting.default.clone());
    let mut options: Map<String, Value> = known.iter().map(default).collect();
    let mut wrong = Vec::new();
    for option in given {
        let named = |setting: &&SettingInfo| setting.name == option.name.value;
        let Some(setting) = known.iter().find(named) else {
            wrong.push(stranger(known, option, unknown));
            continue;
        };
        match value(setting, &option.value) {
            Some(value) => {
                options.insert(setting.name.clone(), value);
            }
            None => wrong.push(bad(setting, option)),
        }
    }
    (options, wrong)
}

/// Reads `text` as a value of `setting`.
pub(super) fn value(setting: &SettingInfo, text: &str) -> Option<Value> {
    match setting.kind {
        SettingKind::Bool => values::flag(text).map(Value::Bool),
        SettingKind::Integer => text.parse::<u32>().ok().map(Value::from),
        SettingKind::Text | SettingKind::Font => Some(text.into()),
        SettingKind::Colour => overlay::is_colour(text).then(|| text.into()),
        SettingKind::Choice => setting
            .values
            .iter()
            .any(|value| value == text)
            .then(|| text.into()),
    }
}

/// Says what a value of `setting` looks like, and gives one.
pub(super) fn expected(setting: &SettingInfo) -> (Words, Said) {
    let example = match (&setting.default, setting.kind) {
        (Value::String(text), _) => text.value(),
        (Value::Bool(true), _) => words("yes").value(),
        (Value::Bool(false), _) | (_, SettingKind::Bool) => words("no").value(),
        (Value::Null, SettingKind::Integer) => "0".value(),
        (Value::Null, SettingKind::Colour) => "\"#0F4A36\"".value(),
        (Value::Null, _) => setting.values.first().cloned().unwrap_or_default().value(),
        (other, _) => other.value(),
    };
    let expected = match setting.kind {
        SettingKind::Bool => words("yes-or-no"),
        SettingKind::Integer => words("a-whole"),
        SettingKind::Text => words("a-text"),
        SettingKind::Font => words("a-font"),
        SettingKind::Colour => words("a-colour"),
        SettingKind::Choice => words("one-of").with("known", Said::list(&setting.values)),
    };
    (expected, example)
}

fn stranger(known: &[SettingInfo], option: &GivenOption, unknown: Code) -> Diagnostic {
    let names = known.iter().map(|setting| setting.name.as_str());
    Diagnostic::new(unknown)
        .at(option.name.span.clone())
        .with("key", &option.name.value)
        .one_of(&option.name.value, names)
}

fn bad(setting: &SettingInfo, option: &GivenOption) -> Diagnostic {
    let values = setting.values.iter().map(String::as_str);
    let diagnostic = match setting.kind {
        SettingKind::Choice => Diagnostic::new(Code::UnknownWord).one_of(&option.value, values),
        _ => {
            let (expected, example) = expected(setting);
            Diagnostic::new(Code::BadValue)
                .with("expected", expected)
                .with_some(
                    "example",
                    Some(example).filter(|text| *text != Said::Text(String::new())),
                )
        }
    };
    diagnostic
        .at(option.value.span.clone())
        .with("key", &setting.name)
        .with("value", &option.value.value)
}
