//! Reading `sorting.bins:` in the settings: which bins the city has, and what it calls them.

use std::collections::BTreeMap;

use crate::diag::words;
use crate::read::yaml::{Node, Value};
use crate::read::{Fields, Form::*, Keys};
use crate::site::sorting::{Bin, BinLook, Colour};

/// The keys of a bin that is not as everywhere.
pub(super) const BIN: Keys = &[
    ("of", &["类别", "桶"], Text),
    ("name", &["名称", "叫法"], Text),
    ("colour", &["颜色"], Text),
];

/// Reads where things can go in the city, in order, and how that looks; all bins where the site
/// does not say. What is given with a name or a colour alone does not take the others away.
pub(super) fn bins(fields: Option<&Fields>) -> (Vec<Bin>, BTreeMap<Bin, BinLook>) {
    let mut bins = Vec::new();
    let mut looks = BTreeMap::new();
    let node = fields.and_then(|own| Some((own, own.node("bins")?)));
    let Some((own, node)) = node else {
        return (Bin::ALL.to_vec(), looks);
    };
    let entries: &[Node] = match &node.value {
        Value::List(entries) => entries,
        _ => std::slice::from_ref(node),
    };
    for entry in entries {
        let Some((bin, look)) = bin(own, entry) else {
            continue;
        };
        bins.push(bin);
        looks.insert(bin, look);
    }
    bins.sort();
    bins.dedup();
    let says_which = entries
        .iter()
        .any(|entry| !matches!(entry.value, Value::Map(_)));
    match bins.is_empty() || !says_which {
        true => (Bin::ALL.to_vec(), looks),
        false => (bins, looks),
    }
}

fn bin(fields: &Fields, entry: &Node) -> Option<(Bin, BinLook)> {
    let names = Bin::ALL.iter().map(|bin| bin.name());
    let known = || names.clone().chain(Bin::ALL.iter().map(|bin| bin.key()));
    if !matches!(entry.value, Value::Map(_)) {
        let word = fields.scalar("bins", entry)?;
        let bin = Bin::from_word(&word.value);
        if bin.is_none() {
            fields.unknown_word("bins", &word, known());
        }
        return Some((bin?, BinLook::default()));
    }
    let own = Fields::open(fields.reader(), entry, "bins", BIN)?;
    let word = own.required_text("of", "of: 其他垃圾")?;
    let Some(bin) = Bin::from_word(&word.value) else {
        own.unknown_word("of", &word, known());
        return None;
    };
    let look = BinLook {
        name: own.text("name").map(|name| name.value),
        colour: own.parsed(
            "colour",
            words("dark-colour"),
            words("example-colour"),
            Colour::from_word,
        ),
    };
    Some((bin, look))
}
