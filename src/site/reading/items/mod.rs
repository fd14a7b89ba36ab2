//! Reading the things people look up: `items.yaml`, and lists that people have as CSV, XLSX or
//! JSON.

mod columns;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

use super::privacy;
use crate::diag::{Code, Diagnostic, Diagnostics, Source, Spanned, Value as Said, nearest, words};
use crate::read::yaml::{Node, Value};
use crate::read::{DataFile, Fields, Form::*, Keys, Listed, Reader};
use crate::site::settings::Settings;
use crate::site::sorting::{Bin, SortingItem};

/// How many things can be the most mistaken.
const MISTAKES: usize = 10;

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

/// A list of items as somebody keeps it.
pub(in crate::site) struct ItemList<'a> {
    source: &'a Arc<Source>,
    node: Cow<'a, Node>,
    /// Columns of a table that mean nothing here.
    unused: Vec<String>,
}

impl<'a> ItemList<'a> {
    /// Takes a YAML file as it is; JSON comes from other programs and is taken as a table is.
    pub(in crate::site) fn of_file(file: &'a DataFile) -> Self {
        let mut unused = Vec::new();
        let node = match file.source.path.extension().eq_ignore_ascii_case("json") {
            true => Cow::Owned(columns::from_json(&file.node, &mut unused)),
            false => Cow::Borrowed(&file.node),
        };
        Self {
            source: &file.source,
            node,
            unused,
        }
    }

    /// Takes a table, whose columns are called as people call them.
    pub(in crate::site) fn of_table(list: &'a Listed) -> Self {
        let mut unused = Vec::new();
        let node = Cow::Owned(columns::from_table(list, &mut unused));
        Self {
            source: &list.source,
            node,
            unused,
        }
    }
}

/// Reads a list of sorting items; bins that the city does not have are reported.
pub(in crate::site) fn read_items(
    list: &ItemList,
    settings: &Settings,
) -> (Vec<SortingItem>, Diagnostics) {
    let reader = Reader::new(list.source);
    privacy::check(&reader, settings);
    let nodes: &[Node] = match &list.node.value {
        Value::List(nodes) => nodes,
        Value::Null => &[],
        _ => {
            reader.report(Code::BadValue, &list.node.range, |d| {
                d.with("key", list.source.path.file_name())
                    .with("value", "{…}")
                    .with("expected", words("a-list"))
                    .with("example", words("example-items"))
            });
            &[]
        }
    };
    let of_table = !matches!(list.node, Cow::Borrowed(_));
    if of_table && let Some(lacks) = columns::lacking(nodes) {
        reader.report(Code::BrokenData, &(0..0), |d| d.with("lacks", lacks));
        return (Vec::new(), reader.finish());
    }
    if !list.unused.is_empty() {
        reader.report(Code::ItemColumns, &(0..0), |d| {
            d.with("columns", Said::list(&list.unused))
                .with("known", columns::known())
        });
    }
    let items = nodes
        .iter()
        .filter_map(|node| item(&reader, node, settings));
    (items.collect(), reader.finish())
}

/// Reports names that two items claim, and more common mistakes than are shown.
pub(in crate::site) fn check_items(items: &[SortingItem]) -> Diagnostics {
    let mut diagnostics = shared_names(items);
    diagnostics.extend(many_mistakes(items));
    diagnostics
}

fn item(reader: &Reader, node: &Node, settings: &Settings) -> Option<SortingItem> {
    let fields = Fields::open(reader, node, words("an-item"), KEYS)?;
    let name = fields.required_text("name", words("example-item"));
    if fields.node("bin").is_none() {
        fields.missing("bin", words("example-bin"));
    }
    let bin = fields
        .text("bin")
        .and_then(|word| bin(&fields, &word, settings));
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

/// Understands where a thing goes; it must be somewhere that the city has.
fn bin(fields: &Fields, word: &Spanned<String>, settings: &Settings) -> Option<Bin> {
    let Some(bin) = settings.bin(&word.value) else {
        let known = settings.bins.iter().map(|bin| bin.name());
        fields.unknown_word("bin", word, known);
        return None;
    };
    if !settings.bins.contains(&bin) {
        let known: Vec<&str> = settings.bins.iter().map(|bin| bin.name()).collect();
        fields
            .reader()
            .report(Code::BinNotHere, &word.span.range, |d| {
                d.with("bin", bin.name()).with("known", Said::list(known))
            });
    } else if let Some(city) = &settings.city {
        check_city_name(fields, city, &word.value, &word.span.range);
    }
    Some(bin)
}

/// Reports a bin's name that the city does not use.
fn check_city_name(fields: &Fields, city: &str, word: &str, range: &Range<usize>) {
    if Bin::from_word(word).is_some() && Bin::is_called_in(word, city) {
        return;
    }
    let here = |name: &&str| Bin::is_called_in(name, city);
    let names = Bin::ALL.into_iter().flat_map(|bin| {
        let others = bin.city_names().map(|(_, name)| name);
        std::iter::once(bin.name()).chain(others)
    });
    let names: Vec<&str> = names.filter(here).collect();
    let own = Bin::from_word(word).map(Bin::name);
    fields.reader().report(Code::CityBin, range, |d| {
        d.with("city", city)
            .with("bin", word)
            .with_some(
                "nearest",
                own.or_else(|| nearest(word, names.iter().copied())),
            )
            .with("known", Said::nearest_of(word, names.iter().copied()))
    });
}

/// Reads what other cities call the bin, by city.
fn cities(fields: &Fields) -> BTreeMap<String, String> {
    let Some(node) = fields.node("cities") else {
        return BTreeMap::new();
    };
    let Value::Map(entries) = &node.value else {
        fields.bad_value(
            "cities",
            &node.range,
            "…",
            words("city-names"),
            "{ 上海: 干垃圾 }",
        );
        return BTreeMap::new();
    };
    let text = |(city, bin): &(crate::read::yaml::Key, Node)| match &bin.value {
        Value::Scalar(word) => {
            check_city_name(fields, &city.name, word, &bin.range);
            Some((city.name.clone(), word.clone()))
        }
        _ => {
            fields.bad_value(&city.name, &bin.range, "…", words("a-text"), "上海: 干垃圾");
            None
        }
    };
    entries.iter().filter_map(text).collect()
}

/// Names are the same where they differ in width or capitals alone.
fn shared_names(items: &[SortingItem]) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let mut owners: BTreeMap<String, &SortingItem> = BTreeMap::new();
    for item in items {
        for name in std::iter::once(&item.name).chain(&item.also) {
            let folded = name.nfkc().flat_map(char::to_lowercase);
            let folded = folded.filter(|c| !c.is_whitespace()).collect();
            if let Some(owner) = owners.insert(folded, item) {
                let shared = Diagnostic::new(Code::SameItemName).at(item.span.clone());
                diagnostics.push(shared.with("name", name).with("other", &owner.name));
            }
        }
    }
    diagnostics
}

fn many_mistakes(items: &[SortingItem]) -> Diagnostics {
    let mistaken: Vec<&SortingItem> = items.iter().filter(|item| item.common_mistake).collect();
    let many = mistaken.get(MISTAKES).map(|first| {
        Diagnostic::new(Code::ManyMistakes)
            .at(first.span.clone())
            .with("n", mistaken.len())
            .with("most", MISTAKES)
    });
    many.into_iter().collect()
}
