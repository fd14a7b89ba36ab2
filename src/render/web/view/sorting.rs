//! The sorting guide: the four bins, and everything that people ask about, from A to Z.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Context;

use crate::render::web::facts::on_web::OnWeb;
use crate::render::web::facts::website::Facts;
use crate::render::web::text::typing;
use crate::render::web::text::words::Words;
use crate::render::web::view::values;
use crate::site::{Bin, SortingItem};
use crate::spelling::sort_key;

/// The output file.
pub(in crate::render::web) const URL: &str = "sorting/guide/index.html";
/// The section that leads to it.
pub(in crate::render::web) const SECTION: &str = "sorting";
/// Where names that begin with neither a letter nor a Chinese character stand.
const OTHER: &str = "#";
/// How many of the most mistaken things are named.
const MISTAKES: usize = 10;

pub(in crate::render::web) fn fill(context: &mut Context, facts: &Facts) {
    let items = &facts.site.items;
    let views: Vec<ItemView> = (items.iter())
        .map(|item| ItemView::new(item, &facts.words))
        .collect();
    let mistaken = views.iter().filter(|item| item.common_mistake);
    let mistakes: Vec<&ItemView> = mistaken.take(MISTAKES).collect();
    let collected: Vec<BinView> = [Bin::Bulky, Bin::Renovation]
        .map(|bin| BinView::new(bin, facts))
        .into_iter()
        .filter(|bin| bin.count > 0)
        .collect();
    context.insert("bins", &bins(facts));
    context.insert("collected", &collected);
    context.insert("mistakes", &mistakes);
    context.insert("letters", &letters(&views));
    context.insert("count", &items.len());
}

/// Fills the page of a bin that the content has no page about.
pub(in crate::render::web) fn fill_bin(context: &mut Context, bin: Bin, facts: &Facts) {
    context.insert("bin", &BinView::new(bin, facts));
    context.insert("bin_items", &items_of(bin, facts));
}

/// Returns what goes into `bin`, in the order of its pinyin.
pub(in crate::render::web) fn items_of(bin: Bin, facts: &Facts) -> Vec<ItemView> {
    let items = facts.site.items.iter().filter(|item| item.bin == bin);
    let mut views: Vec<ItemView> = items
        .map(|item| ItemView::new(item, &facts.words))
        .collect();
    views.sort_by(ItemView::by_sound);
    views
}

/// Returns the bins that things go into and that no page of the content is about.
pub(in crate::render::web) fn bins_without_page(on_web: &OnWeb) -> impl Iterator<Item = Bin> {
    let has_page = |bin: Bin| {
        let url = bin_url(bin);
        on_web
            .pages()
            .any(|page| page.bin == Some(bin) || page.url.to_lowercase() == url)
    };
    let has_items = |bin: Bin| on_web.site.items.iter().any(|item| item.bin == bin);
    Bin::ALL
        .into_iter()
        .filter(move |&bin| has_items(bin) && !has_page(bin))
}

/// Returns the output file of a bin's own page.
pub(in crate::render::web) fn bin_url(bin: Bin) -> String {
    format!("{SECTION}/{}/index.html", bin.key())
}

/// Returns the anchor of a thing on the guide.
pub(in crate::render::web) fn anchor(item: &SortingItem) -> String {
    format!("item-{}", item.name.replace(char::is_whitespace, "-"))
}

/// The name of a bin and of its icon.
#[derive(Debug, Serialize)]
pub(in crate::render::web) struct MarkView {
    key: &'static str,
    name: String,
}

/// Returns the marks of all bins.
pub(in crate::render::web) fn marks(words: &Words) -> [MarkView; 6] {
    Bin::ALL.map(|bin| MarkView {
        key: bin.key(),
        name: words.bin(bin),
    })
}

/// Returns the four bins in their order, those that the city has.
pub(in crate::render::web) fn bins(facts: &Facts) -> Vec<BinView> {
    let here = |bin: &Bin| facts.site.settings.bins.contains(bin);
    let bins = Bin::FOUR.into_iter().filter(here);
    bins.map(|bin| BinView::new(bin, facts)).collect()
}

/// A bin, or a collection by appointment.
#[derive(Debug, Serialize)]
pub(in crate::render::web) struct BinView {
    key: &'static str,
    name: String,
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
    fn new(bin: Bin, facts: &Facts) -> Self {
        let page = facts.pages().find(|page| page.bin == Some(bin));
        let own_page = bins_without_page(facts)
            .find(|own| *own == bin)
            .map(bin_url);
        let own = facts.site.settings.bin_name(bin);
        let elsewhere = bin.city_names().filter(|(_, name)| *name != own);
        let city = |(city, name): (&str, &str)| CityView {
            city: city.to_owned(),
            name: name.to_owned(),
        };
        Self {
            key: bin.key(),
            name: facts.words.bin(bin),
            cities: elsewhere.map(city).collect(),
            count: facts
                .site
                .items
                .iter()
                .filter(|item| item.bin == bin)
                .count(),
            url: page.map(values::address).or(own_page),
            summary: page.map(|page| page.summary.clone()),
        }
    }
}

/// A thing that people look up.
#[derive(Debug, Serialize)]
pub(in crate::render::web) struct ItemView {
    name: String,
    /// An anchor to point at.
    id: String,
    bin: &'static str,
    bin_name: String,
    also: Vec<String>,
    first: Option<String>,
    why: Option<String>,
    cities: Vec<CityView>,
    common_mistake: bool,
    /// How its names are typed, between commas; see [`typing::typed_as`].
    typed: String,
    #[serde(skip)]
    sort: String,
}

impl ItemView {
    fn new(item: &SortingItem, words: &Words) -> Self {
        let names = || std::iter::once(&item.name).chain(&item.also);
        let typed = names().map(|name| typing::typed_as(name));
        let city = |(city, name): (&String, &String)| CityView {
            city: city.clone(),
            name: name.clone(),
        };
        Self {
            name: item.name.clone(),
            id: anchor(item),
            bin: item.bin.key(),
            bin_name: words.bin(item.bin),
            also: item.also.clone(),
            first: item.first.clone(),
            why: item.why.clone(),
            cities: item.cities.iter().map(city).collect(),
            common_mistake: item.common_mistake,
            typed: typed.collect::<Vec<_>>().join(","),
            sort: sort_key(&item.name),
        }
    }

    fn by_sound(a: &Self, b: &Self) -> std::cmp::Ordering {
        (&a.sort, &a.name).cmp(&(&b.sort, &b.name))
    }

    fn letter(&self) -> String {
        let first = self.sort.chars().next().filter(char::is_ascii_alphabetic);
        first.map_or(OTHER.to_owned(), |letter| {
            letter.to_ascii_uppercase().to_string()
        })
    }
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
            items.sort_by(|a, b| ItemView::by_sound(a, b));
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
