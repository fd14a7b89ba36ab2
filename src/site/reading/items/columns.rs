//! Lists of items as tables: columns called as people call them, bins as they write them.

use std::ops::Range;

use serde_json::Value as Json;

use super::KEYS;
use crate::diag::{Value as Said, Words, words};
use crate::read::Listed;
use crate::read::yaml::{Key, Node, Value};
use crate::site::sorting::Bin;

/// What people call the columns, beside the keys of `items.yaml`; in small letters.
const COLUMNS: &[(&str, &[&str])] = &[
    (
        "name",
        &[
            "物品",
            "物品名称",
            "品名",
            "名字",
            "垃圾",
            "垃圾名称",
            "item",
            "title",
        ],
    ),
    (
        "bin",
        &[
            "分类",
            "垃圾类别",
            "垃圾分类",
            "所属类别",
            "投放类别",
            "种类",
            "类型",
            "垃圾桶",
            "category",
            "type",
            "class",
            "sort",
            "container",
        ],
    ),
    (
        "also",
        &[
            "又名",
            "俗名",
            "俗称",
            "同义词",
            "其他名称",
            "其它名称",
            "其他叫法",
            "alias",
            "aliases",
            "other",
            "others",
            "othernames",
            "synonyms",
        ],
    ),
    ("do", &["投放要求", "投放方法", "处理方法", "怎么做", "how"]),
    (
        "why",
        &[
            "备注", "说明", "remark", "remarks", "note", "notes", "comment",
        ],
    ),
    ("common_mistake", &[]),
];
/// Columns that count or tell where a row comes from: that they mean nothing here is no news.
const COUNTING: &[&str] = &[
    "序号", "编号", "号", "no", "no.", "id", "#", "来源", "source",
];

/// Makes the list of a table's rows.
pub(super) fn from_table(list: &Listed, unused: &mut Vec<String>) -> Node {
    let rows = list.rows.iter().map(|(row, at)| {
        let cells = row
            .iter()
            .map(|(head, cell)| (head.as_str(), json(cell, *at..*at)));
        mapping(cells, *at..*at, unused)
    });
    Node {
        value: Value::List(rows.filter(|row| !is_blank(row)).collect()),
        range: 0..0,
    }
}

/// Makes the list of what a JSON file says: a list of items, alone or under one name, or names
/// with their bins.
pub(super) fn from_json(node: &Node, unused: &mut Vec<String>) -> Node {
    let range = node.range.clone();
    let items = match &node.value {
        Value::List(items) => items.clone(),
        Value::Map(entries) => match &entries[..] {
            [
                (
                    _,
                    Node {
                        value: Value::List(items),
                        ..
                    },
                ),
            ] => items.clone(),
            entries => entries.iter().filter_map(pair).collect(),
        },
        _ => return node.clone(),
    };
    let item = |item: Node| match item.value {
        Value::Map(entries) => {
            let range = item.range;
            let cells = entries
                .iter()
                .map(|(key, node)| (key.name.as_str(), node.clone()));
            mapping(cells, range, unused)
        }
        _ => item,
    };
    Node {
        value: Value::List(items.into_iter().map(item).collect()),
        range,
    }
}

/// Makes an item of `"电池": "有害垃圾"`.
fn pair((key, node): &(Key, Node)) -> Option<Node> {
    let Value::Scalar(_) = node.value else {
        return None;
    };
    let name = Node {
        value: Value::Scalar(key.name.clone()),
        range: key.range.clone(),
    };
    let entries = vec![
        (named("name", &key.range), name),
        (named("bin", &key.range), node.clone()),
    ];
    Some(Node {
        value: Value::Map(entries),
        range: key.range.clone(),
    })
}

fn named(name: &str, range: &Range<usize>) -> Key {
    Key {
        name: name.to_owned(),
        range: range.clone(),
    }
}

/// Makes an item of cells, under the keys that their columns mean.
fn mapping<'a>(
    cells: impl Iterator<Item = (&'a str, Node)>,
    range: Range<usize>,
    unused: &mut Vec<String>,
) -> Node {
    let mut entries: Vec<(Key, Node)> = Vec::new();
    for (head, cell) in cells {
        let key = key_of(head).filter(|key| !entries.iter().any(|(it, _)| it.name == *key));
        match key {
            Some(key) => {
                let cell = understood(key, cell);
                entries.push((named(key, &cell.range), cell));
            }
            None if COUNTING.contains(&&*plain(head)) => {}
            None if unused.iter().any(|it| it == head) => {}
            None => unused.push(head.to_owned()),
        }
    }
    Node {
        value: Value::Map(entries),
        range,
    }
}

/// Finds the key that a column means.
fn key_of(head: &str) -> Option<&'static str> {
    let head = plain(head);
    let own = KEYS
        .iter()
        .find(|(key, others, _)| *key == head || others.contains(&&*head));
    let own = own.map(|(key, ..)| *key).filter(|key| *key != "cities");
    own.or_else(|| {
        let found = COLUMNS.iter().find(|(_, names)| names.contains(&&*head));
        found.map(|(key, _)| *key)
    })
}

fn plain(head: &str) -> String {
    let head = head.chars().filter(|c| !c.is_whitespace());
    head.collect::<String>().to_lowercase()
}

/// Reads a cell as what its column holds.
fn understood(key: &str, cell: Node) -> Node {
    let Value::Scalar(text) = &cell.value else {
        return cell;
    };
    let range = cell.range.clone();
    let value = match key {
        _ if text.trim().is_empty() => Value::Null,
        "also" => {
            let parts = text
                .split(['、', '，', ',', ';', '；', '/', '|', '\n'])
                .map(str::trim);
            let node = |part: &str| Node {
                value: Value::Scalar(part.to_owned()),
                range: range.clone(),
            };
            Value::List(parts.filter(|part| !part.is_empty()).map(node).collect())
        }
        "bin" => Value::Scalar(bin(text.trim())),
        _ => Value::Scalar(text.trim().to_owned()),
    };
    Node { value, range }
}

/// Completes a bin that is written short: 可回收, 厨余, 其它.
fn bin(word: &str) -> String {
    if Bin::from_word(word).is_some() {
        return word.to_owned();
    }
    let word = word.to_lowercase().replace("其它", "其他");
    let stem = word.trim_end_matches("垃圾").trim_end_matches('物');
    let full = [format!("{stem}垃圾"), format!("{stem}物"), word.clone()];
    let found = full.iter().find(|it| Bin::from_word(it).is_some());
    found.cloned().unwrap_or(word)
}

fn json(value: &Json, range: Range<usize>) -> Node {
    let value = match value {
        Json::Null => Value::Null,
        Json::String(text) if text.trim().is_empty() => Value::Null,
        Json::String(text) => Value::Scalar(text.clone()),
        other => Value::Scalar(other.to_string()),
    };
    Node { value, range }
}

fn is_blank(row: &Node) -> bool {
    matches!(&row.value, Value::Map(entries) if entries.iter().all(|(_, it)| it.value == Value::Null))
}

/// Names the column that a table must have and has not.
pub(super) fn lacking(rows: &[Node]) -> Option<Words> {
    let has = |key: &str| {
        rows.iter().any(|row| match &row.value {
            Value::Map(entries) => entries.iter().any(|(it, _)| it.name == key),
            _ => true,
        })
    };
    let key = ["name", "bin"]
        .into_iter()
        .find(|key| !rows.is_empty() && !has(key))?;
    Some(own_name(key))
}

/// Names the columns that mean something.
pub(super) fn known() -> Said {
    Said::list(COLUMNS.iter().map(|(key, _)| own_name(key)))
}

/// Names a key as the reader's language does.
fn own_name(key: &str) -> Words {
    let found = KEYS.iter().find(|(it, ..)| *it == key);
    let name = found.and_then(|(_, others, _)| others.first());
    words("by-language")
        .with("title", name.copied().unwrap_or(key))
        .with("id", key)
}
