//! Reading `items.yaml`: the things people look up.

use std::collections::BTreeMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

use crate::diag::{Code, Diagnostics, Spanned, Value as Said, nearest, words};
use crate::read::yaml::{Node, Value};
use crate::read::{DataFile, Fields, Form::*, Keys, Reader};
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

/// Reads the list of sorting items; two that claim one name are reported, and bins that the city
/// does not have.
pub(in crate::site) fn read_items(
    file: &DataFile,
    settings: &Settings,
) -> (Vec<SortingItem>, Diagnostics) {
    let reader = Reader::new(&file.source);
    let nodes: &[Node] = match &file.node.value {
        Value::List(nodes) => nodes,
        Value::Null => &[],
        _ => {
            reader.report(Code::BadValue, &file.node.range, |d| {
                d.with("key", "items.yaml")
                    .with("value", "{…}")
                    .with("expected", words("a-list"))
                    .with("example", words("example-items"))
            });
            &[]
        }
    };
    let items: Vec<SortingItem> = nodes
        .iter()
        .filter_map(|node| item(&reader, node, settings))
        .collect();
    report_shared_names(&reader, &items);
    report_many_mistakes(&reader, &items);
    (items, reader.finish())
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
fn report_shared_names(reader: &Reader, items: &[SortingItem]) {
    let mut owners: BTreeMap<String, &SortingItem> = BTreeMap::new();
    for item in items {
        for name in std::iter::once(&item.name).chain(&item.also) {
            let folded = name.nfkc().flat_map(char::to_lowercase);
            let folded = folded.filter(|c| !c.is_whitespace()).collect();
            if let Some(owner) = owners.insert(folded, item) {
                reader.report(Code::SameItemName, &item.span.range, |d| {
                    d.with("name", name).with("other", &owner.name)
                });
            }
        }
    }
}

fn report_many_mistakes(reader: &Reader, items: &[SortingItem]) {
    let mistaken: Vec<&SortingItem> = items.iter().filter(|item| item.common_mistake).collect();
    if let Some(first) = mistaken.get(MISTAKES) {
        reader.report(Code::ManyMistakes, &first.span.range, |d| {
            d.with("n", mistaken.len()).with("most", MISTAKES)
        });
    }
}
