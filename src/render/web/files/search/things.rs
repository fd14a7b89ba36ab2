//! The sorting items for the search: name, bin, other names, what to do first, how it is typed.

use serde_json::{Value, json};

use crate::render::web::text::typing::typed_as;
use crate::site::{Bin, Site};

/// Returns all items: the bins' names and keys once, then `[name, bin, other names, what to do
/// first, how each name is typed]`.
pub(in crate::render::web) fn data(site: &Site) -> String {
    let bins = Bin::ALL.map(|bin| json!([bin.key(), site.settings.bin_name(bin)]));
    let items = site.items.iter().map(|item| {
        let names = std::iter::once(&item.name).chain(&item.also);
        let typed: Vec<String> = names.map(|name| typed_as(name)).collect();
        json!([
            item.name,
            Bin::ALL.iter().position(|bin| *bin == item.bin),
            item.also.join("、"),
            item.first.as_deref().unwrap_or_default(),
            typed.join(","),
        ])
    });
    json!({ "bins": bins, "items": Value::from_iter(items) }).to_string()
}
