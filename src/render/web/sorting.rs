//! The sorting guide: the four bins, and everything that people ask about, from A to Z.

use std::collections::BTreeMap;

use pinyin::ToPinyin;
use serde::Serialize;
use tera::Context;

use super::build::Build;
use super::page;
use crate::site::{Bin, SortingItem};

/// The output file.
pub(super) const URL: &str = "sorting/guide/index.html";
/// The section that leads to it.
pub(super) const SECTION: &str = "sorting";
/// Where names that begin with neither a letter nor a Chinese character stand.
const OTHER: &str = "#";

pub(super) fn fill(context: &mut Context, build: &Build) {
    let items = &build.site.items;
    let views: Vec<ItemView> = items.iter().map(ItemView::new).collect();
    let mistakes: Vec<&ItemView> = views.iter().filter(|item| item.common_mistake).collect();
    let collected: Vec<BinView> = [Bin::Bulky, Bin::Renovation]
        .map(|bin| BinView::new(bin, build))
        .into_iter()
        .filter(|bin| bin.count > 0)
        .collect();
    context.insert("bins", &bins(build));
    context.insert("collected", &collected);
    context.insert("mistakes", &mistakes);
    context.insert("letters", &letters(&views));
    context.insert("count", &items.len());
}

/// Returns the four bins in their order.
pub(super) fn bins(build: &Build) -> Vec<BinView> {
    Bin::FOUR.map(|bin| BinView::new(bin, build)).into()
}

/// Returns the anchor of a thing in the guide.
pub(super) fn anchor(name: &str) -> String {
    format!("item-{}", name.replace(char::is_whitespace, "-"))
}

/// A bin, or a collection by appointment.
#[derive(Debug, Serialize)]
pub(super) struct BinView {
    key: &'static str,
    name: &'static str,
    /// What other cities call it.
    cities: Vec<CityView>,
    /// How many things go there.
    count: usize,
    /// The page about it, where there is one.
    url: Option<String>,
    summary: Option<String>,
}

#[derive(Debug, Serialize)]
struct CityView {
    city: String,
    name: String,
}

impl BinView {
    fn new(bin: Bin, build: &Build) -> Self {
        let page = build.pages().find(|page| page.bin == Some(bin));
        let city = |&(city, name): &(&str, &str)| CityView {
            city: city.to_owned(),
            name: name.to_owned(),
        };
        Self {
            key: bin.key(),
            name: bin.name(),
            cities: bin.city_names().iter().map(city).collect(),
            count: build
                .site
                .items
                .iter()
                .filter(|item| item.bin == bin)
                .count(),
            url: page.map(page::address),
            summary: page.map(|page| page.summary.clone()),
        }
    }
}

/// A thing that people look up.
#[derive(Debug, Serialize)]
struct ItemView {
    name: String,
    /// An anchor to point at.
    id: String,
    bin: &'static str,
    bin_name: &'static str,
    also: Vec<String>,
    first: Option<String>,
    why: Option<String>,
    cities: Vec<CityView>,
    common_mistake: bool,
    /// How it is typed: its pinyin and initials, and those of its other names.
    typed: String,
    #[serde(skip)]
    sort: String,
}

impl ItemView {
    fn new(item: &SortingItem) -> Self {
        let names = || std::iter::once(&item.name).chain(&item.also);
        let typed = names().map(|name| {
            let (sounds, initials) = spelt(name);
            format!("{sounds} {initials}")
        });
        let city = |(city, name): (&String, &String)| CityView {
            city: city.clone(),
            name: name.clone(),
        };
        Self {
            name: item.name.clone(),
            id: anchor(&item.name),
            bin: item.bin.key(),
            bin_name: item.bin.name(),
            also: item.also.clone(),
            first: item.first.clone(),
            why: item.why.clone(),
            cities: item.cities.iter().map(city).collect(),
            common_mistake: item.common_mistake,
            typed: typed.collect::<Vec<_>>().join(" "),
            sort: spelt(&item.name).0,
        }
    }

    fn letter(&self) -> String {
        let first = self.sort.chars().next().filter(char::is_ascii_alphabetic);
        first.map_or(OTHER.to_owned(), |letter| {
            letter.to_ascii_uppercase().to_string()
        })
    }
}

/// Returns a name's pinyin without tones, and its initials, both in small letters.
fn spelt(name: &str) -> (String, String) {
    let (mut sounds, mut initials) = (String::new(), String::new());
    for character in name.chars() {
        let sound = match character.to_pinyin() {
            Some(pinyin) => pinyin.plain().to_owned(),
            None if character.is_alphanumeric() => character.to_lowercase().to_string(),
            None => continue,
        };
        initials.extend(sound.chars().next());
        sounds.push_str(&sound);
    }
    (sounds, initials)
}

/// The things under one letter.
#[derive(Debug, Serialize)]
struct LetterView<'a> {
    letter: String,
    /// The letter as an anchor.
    id: String,
    items: Vec<&'a ItemView>,
}

fn letters(items: &[ItemView]) -> Vec<LetterView<'_>> {
    let mut by_letter: BTreeMap<String, Vec<&ItemView>> = BTreeMap::new();
    for item in items {
        by_letter.entry(item.letter()).or_default().push(item);
    }
    let mut letters: Vec<LetterView> = by_letter
        .into_iter()
        .map(|(letter, mut items)| {
            items.sort_by(|a, b| (&a.sort, &a.name).cmp(&(&b.sort, &b.name)));
            let id = match letter.as_str() {
                OTHER => "letter-other".to_owned(),
                letter => format!("letter-{letter}"),
            };
            LetterView { letter, id, items }
        })
        .collect();
    // Signs and figures stand behind the letters.
    letters.sort_by_key(|letter| letter.letter == OTHER);
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelt_as_one_types_them() {
        assert_eq!(spelt("电池"), ("dianchi".into(), "dc".into()));
        assert_eq!(spelt("AA电池"), ("aadianchi".into(), "aadc".into()));
        assert_eq!(spelt("5号电池"), ("5haodianchi".into(), "5hdc".into()));
    }
}
