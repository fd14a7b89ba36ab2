//! Settings of a layout: what the page gives, read by what the theme says.

use serde_json::{Map, Value};

use crate::diag::{Code, Diagnostic, nearest};
use crate::read::values;
use crate::site::PosterOption;
use crate::theme::{LayoutInfo, SettingInfo, SettingKind};

/// Returns every setting of `layout` with its value: the page's, or the theme's default.
///
/// # Errors
/// Where the page gives a setting that the layout does not take, or a value of another form.
pub(super) fn options(
    layout: &LayoutInfo,
    given: &[PosterOption],
) -> Result<Map<String, Value>, Box<Diagnostic>> {
    let defaults = layout.settings.iter();
    let mut options: Map<String, Value> = defaults
        .map(|setting| (setting.name.clone(), setting.default.clone()))
        .collect();
    for option in given {
        let named = |setting: &&SettingInfo| setting.name == option.name.value;
        let Some(setting) = layout.settings.iter().find(named) else {
            return Err(Box::new(unknown(layout, option)));
        };
        let value = value(setting, &option.value).ok_or_else(|| Box::new(bad(setting, option)))?;
        options.insert(setting.name.clone(), value);
    }
    Ok(options)
}

fn value(setting: &SettingInfo, text: &str) -> Option<Value> {
    match setting.kind {
        SettingKind::Bool => values::flag(text).map(Value::Bool),
        SettingKind::Integer => text.parse::<u32>().ok().map(Value::from),
        SettingKind::Text | SettingKind::Font => Some(text.into()),
        SettingKind::Choice => setting
            .values
            .iter()
            .any(|value| value == text)
            .then(|| text.into()),
    }
}

fn unknown(layout: &LayoutInfo, option: &PosterOption) -> Diagnostic {
    let names = layout.settings.iter().map(|setting| setting.name.as_str());
    Diagnostic::new(Code::UnknownKey)
        .at(option.name.span.clone())
        .with("key", &option.name.value)
        .with_some("nearest", nearest(&option.name.value, names))
}

fn bad(setting: &SettingInfo, option: &PosterOption) -> Diagnostic {
    let at = option.value.span.clone();
    let diagnostic = match setting.kind {
        SettingKind::Choice => Diagnostic::new(Code::UnknownWord)
            .with_some(
                "nearest",
                nearest(&option.value, setting.values.iter().map(String::as_str)),
            )
            .with("known", setting.values.join("、")),
        _ => Diagnostic::new(Code::BadValue)
            .with(
                "expected",
                match setting.kind {
                    SettingKind::Bool => "是或否",
                    _ => "整数",
                },
            )
            .with("example", &setting.default),
    };
    diagnostic
        .at(at)
        .with("key", &setting.name)
        .with("value", &option.value.value)
}
