//! `theme.yaml`: what a theme extends, its options, and what it says of its layouts.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;

use super::{Layer, LayoutInfo, SettingInfo, SettingKind, options};
use crate::diag::{
    Code, Diagnostic, Diagnostics, Fills, SitePath, Source, Span, Spanned, Value as Said, words,
};
use crate::read::yaml::{Node, Value, YamlError};
use crate::read::{Fields, Form::*, Keys, Reader, decode};

/// The file of that name in a theme.
pub(super) const FILE: &str = "theme.yaml";

/// The keys of a theme's.
pub(super) const KEYS: Keys = &[
    ("name", &["名称"], Text),
    ("version", &["版本"], Text),
    ("title", &["标题"], Free),
    ("extends", &["继承"], Text),
    ("tokens", &[], Text),
    ("options", &["选项"], Maps(SETTING)),
    ("layouts", &["模板"], Free),
    ("boards", &["版面"], Free),
];
/// The keys of the one that a site lays over its theme: whose parent that is, is settled.
pub(super) const OWN_KEYS: Keys = &[
    ("options", &["选项"], Maps(SETTING)),
    ("layouts", &["模板"], Free),
];
const LAYOUT: Keys = &[
    ("file", &["文件"], Text),
    ("title", &["标题"], Free),
    ("for", &["用途"], Free),
    ("needs", &["需要"], Texts),
    ("unasked", &["自动"], Flag),
    ("runs_on", &["可分张"], Flag),
    ("skeletons", &["骨架"], Texts),
    ("settings", &["设置"], Maps(SETTING)),
];
const SETTING: Keys = &[
    ("name", &["名称"], Text),
    ("title", &["标题"], Free),
    ("type", &["类型"], Text),
    ("default", &["默认"], Text),
    ("values", &["可选"], Texts),
];
const KINDS: &[(&str, SettingKind)] = &[
    ("bool", SettingKind::Bool),
    ("integer", SettingKind::Integer),
    ("text", SettingKind::Text),
    ("font", SettingKind::Font),
    ("colour", SettingKind::Colour),
    ("color", SettingKind::Colour),
    ("choice", SettingKind::Choice),
    ("是否", SettingKind::Bool),
    ("整数", SettingKind::Integer),
    ("文字", SettingKind::Text),
    ("字体", SettingKind::Font),
    ("颜色", SettingKind::Colour),
    ("选择", SettingKind::Choice),
];

/// What `theme.yaml` says.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// The theme that it lies over.
    pub extends: Option<Spanned<String>>,
    /// What a site may set.
    pub options: Vec<SettingInfo>,
    /// What is said of layouts, by name.
    pub layouts: BTreeMap<String, LayoutInfo>,
}

/// Reads the `theme.yaml` of `layer`; a theme without one says nothing.
pub(super) fn read(layer: &Layer, keys: Keys, diagnostics: &mut Diagnostics) -> Manifest {
    let Some(text) = text(layer, FILE, diagnostics) else {
        return Manifest::default();
    };
    let Some(node) = node(&text, diagnostics) else {
        return Manifest::default();
    };
    let reader = Reader::new(&text);
    let manifest = Fields::open(&reader, &node, FILE, keys).map(|fields| Manifest {
        extends: keys
            .iter()
            .any(|(key, ..)| *key == "extends")
            .then(|| fields.text("extends"))
            .flatten(),
        options: settings(&fields, "options"),
        layouts: layouts(&fields),
    });
    diagnostics.extend(reader.finish());
    manifest.unwrap_or_default()
}

/// Reads a YAML file that says all there is; reports it where it is broken or not there.
pub(super) fn whole(layer: &Layer, path: &str, diagnostics: &mut Diagnostics) -> Option<Json> {
    let bad = |at: Span, cause: Said| Diagnostic::new(Code::BadTheme).at(at).with("cause", cause);
    if !layer.files.contains_key(path) {
        let whole = SitePath::new(&format!("{}/{path}", layer.folder));
        let source = Source::new(whole.unwrap_or_else(|| SitePath::fixed("themes")), "");
        diagnostics.push(bad(
            Span::file(&source),
            words("theme-lacks").with("path", path).value(),
        ));
        return None;
    }
    let source = text(layer, path, diagnostics)?;
    serde_yaml::from_str(&source.text)
        .map_err(|error| {
            let at = error.location().map_or(0, |location| location.index());
            let said = words("its-own-words").with("said", error);
            diagnostics.push(bad(Span::new(&source, at..at), said.value()));
        })
        .ok()
}

/// Returns the text of a layer's file; reports where it is none.
pub(super) fn text(
    layer: &Layer,
    path: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<Source>> {
    let bytes = layer.files.get(path)?;
    let whole = SitePath::new(&format!("{}/{path}", layer.folder));
    let whole = whole.unwrap_or_else(|| SitePath::fixed("themes"));
    match decode(bytes) {
        Ok(decoded) => Some(Source::new(whole, decoded.text)),
        Err(_) => {
            let source = Source::new(whole, "");
            diagnostics.push(Diagnostic::new(Code::NotText).at(Span::file(&source)));
            None
        }
    }
}

/// Returns the tree of a YAML text; reports where it is none.
pub(super) fn node(text: &Arc<Source>, diagnostics: &mut Diagnostics) -> Option<Node> {
    let broken = |error: YamlError| error.diagnostic(text);
    crate::read::yaml::parse(&text.text, 0..text.text.len())
        .map_err(|error| diagnostics.push(broken(error)))
        .ok()
}

fn layouts(fields: &Fields) -> BTreeMap<String, LayoutInfo> {
    let Some(node) = fields.node("layouts") else {
        return BTreeMap::new();
    };
    let Value::Map(entries) = &node.value else {
        fields.bad_value(
            "layouts",
            &node.range,
            "",
            words("a-mapping"),
            "layouts: { guide: … }",
        );
        return BTreeMap::new();
    };
    let layout = |(name, node): &(crate::read::yaml::Key, Node)| {
        let own = Fields::open(fields.reader(), node, &name.name, LAYOUT)?;
        let info = LayoutInfo {
            title: by_language(&own, "title"),
            purpose: by_language(&own, "for"),
            needs: own
                .texts("needs")
                .into_iter()
                .map(|key| key.value)
                .collect(),
            unasked: own.flag("unasked").unwrap_or(false),
            runs_on: own.flag("runs_on").unwrap_or(false),
            skeletons: own
                .texts("skeletons")
                .into_iter()
                .map(|name| name.value)
                .collect(),
            settings: settings(&own, "settings"),
        };
        Some((name.name.clone(), info))
    };
    entries.iter().filter_map(layout).collect()
}

/// Reads words by language: `{ zh-CN: 做法, en: How-to }`, or one text for all.
fn by_language(fields: &Fields, key: &'static str) -> BTreeMap<String, String> {
    let Some(node) = fields.node(key) else {
        return BTreeMap::new();
    };
    match &node.value {
        Value::Map(entries) => entries
            .iter()
            .filter_map(|(tag, node)| Some((tag.name.clone(), fields.scalar(key, node)?.value)))
            .collect(),
        _ => fields
            .scalar(key, node)
            .map(|text| ("zh-CN".to_owned(), text.value))
            .into_iter()
            .collect(),
    }
}

/// Reads what may be set, with types and defaults.
fn settings(fields: &Fields, key: &'static str) -> Vec<SettingInfo> {
    let setting = |own: &Fields| {
        let name = own.required_text("name", "name: accent");
        if own.node("type").is_none() {
            own.missing("type", "type: bool");
        }
        let kind = own.word("type", KINDS)?;
        let values = own.texts("values").into_iter().map(|word| word.value);
        let mut info = SettingInfo {
            name: name?.value,
            title: by_language(own, "title"),
            kind,
            default: Json::Null,
            values: values.collect(),
        };
        let text = own.text("default").or_else(|| {
            let example = words("example-default").with("value", options::expected(&info).1);
            own.missing("default", example);
            None
        })?;
        match options::value(&info, &text) {
            Some(value) => info.default = value,
            None => {
                let (expected, example) = options::expected(&info);
                own.bad_value("default", &text.span.range, &text.value, expected, example);
            }
        }
        Some(info)
    };
    fields
        .list(key, SETTING)
        .iter()
        .filter_map(setting)
        .collect()
}
