//! Reading `items.yaml`: the things people look up.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostics};
use crate::read::yaml::{Node, Value};
use crate::read::{DataFile, Fields, Form::*, Keys, Reader};
use crate::site::sorting::{Bin, SortingItem};

/// The keys of the file.
pub(super) const KEYS: Keys = &[
    ("name", &["名称"], Text),
    ("bin", &["类别", "桶"], Text),
    ("also", &["别名"], Texts),
    ("do", &["怎么投", "先做"], Text),
    ("why", &["为什么", "原因"], Text),
    ("cities", &["各地"], Free),
    ("common_mistake", &["易错"], Flag),
];

/// Reads the list of sorting items; two that claim one name are reported.
pub(in crate::site) fn read_items(file: &DataFile) -> (Vec<SortingItem>, Diagnostics) {
    let reader = Reader::new(&file.source);
    let nodes: &[Node] = match &file.node.value {
        Value::List(nodes) => nodes,
        Value::Null => &[],
        _ => {
            reader.report(Code::BadValue, &file.node.range, |d| {
                d.with("key", "items.yaml")
                    .with("value", "{…}")
                    .with("expected", "一个列表")
                    .with("example", "- name: 旧报纸")
            });
            &[]
        }
    };
    let items: Vec<SortingItem> = nodes
        .iter()
        .filter_map(|node| item(&reader, node))
        .collect();
    report_shared_names(&reader, &items);
    (items, reader.finish())
}

fn item(reader: &Reader, node: &Node) -> Option<SortingItem> {
    let fields = Fields::open(reader, node, "物品", KEYS)?;
    let name = fields.required_text("name", "name: 旧报纸");
    if fields.node("bin").is_none() {
        fields.missing("bin", "bin: 可回收物");
    }
    let bin = fields.text("bin").and_then(|word| {
        let bin = Bin::from_word(&word);
        if bin.is_none() {
            fields.unknown_word("bin", &word, Bin::ALL.iter().map(|bin| bin.name()));
        }
        bin
    });
    let item = SortingItem {
        bin: bin?,
        also: fields
            .texts("also")
            .into_iter()
            .map(|text| text.value)
            .collect(),
        first: fields.text("do").map(|text| text.value),
        why: fields.text("why").map(|text| text.value),
        cities: cities(&fields),
        common_mistake: fields.flag("common_mistake").unwrap_or(false),
        span: fields.span("name"),
        name: name?.value,
    };
    Some(item)
}

/// Reads what other cities call the bin, by city.
fn cities(fields: &Fields) -> BTreeMap<String, String> {
    let Some(node) = fields.node("cities") else {
        return BTreeMap::new();
    };
    let Value::Map(entries) = &node.value else {
        fields.bad_value("cities", &node.range, "…", "城市和叫法", "{ 上海: 干垃圾 }");
        return BTreeMap::new();
    };
    let text = |(city, bin): &(crate::read::yaml::Key, Node)| match &bin.value {
        Value::Scalar(bin) => Some((city.name.clone(), bin.clone())),
        _ => {
            fields.bad_value(&city.name, &bin.range, "…", "一段文字", "上海: 干垃圾");
            None
        }
    };
    entries.iter().filter_map(text).collect()
}

fn report_shared_names(reader: &Reader, items: &[SortingItem]) {
    let mut owners: BTreeMap<&str, &SortingItem> = BTreeMap::new();
    for item in items {
        for name in std::iter::once(&item.name).chain(&item.also) {
            if let Some(owner) = owners.insert(name, item) {
                reader.report(Code::SameItemName, &item.span.range, |d| {
                    d.with("name", name).with("other", &owner.name)
                });
            }
        }
    }
}
