//! Topics and the site's own taxonomies: which pages stand under which term, the page of a
//! taxonomy and the page of a term.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::on_web::OnWeb;
use crate::render::web::facts::guides::is_guide;
use crate::render::web::facts::lists;
use crate::render::web::text::words::Words;
use crate::site::{Page, Site, Term};
use crate::spelling::sort_key;

/// The taxonomy that every site has.
pub(in crate::render::web) const TOPICS: &str = "topics";

/// A way of grouping pages, with the terms that have a page on the web.
#[derive(Debug)]
pub(in crate::render::web) struct Taxonomy<'a> {
    pub id: &'a str,
    pub title: String,
    pub terms: Vec<Shelf<'a>>,
}

/// A term with its pages.
#[derive(Debug)]
pub(in crate::render::web) struct Shelf<'a> {
    pub taxonomy: &'a str,
    pub id: &'a str,
    pub title: &'a str,
    /// What lasts, in its order.
    pub guides: Vec<&'a Page>,
    /// What each guide is found by, in the same order.
    pub traits: Vec<Traits>,
    /// Notices and campaigns, newest first.
    pub others: Vec<&'a Page>,
}

impl<'a> Shelf<'a> {
    /// Returns the output file of the term's page.
    pub(in crate::render::web) fn url(&self) -> String {
        format!("{}index.html", self.folder())
    }

    /// Returns the folder of the term's page, ending in `/`.
    pub(in crate::render::web) fn folder(&self) -> String {
        format!("{}/{}/", self.taxonomy, self.id)
    }

    /// Returns all its pages.
    pub(in crate::render::web) fn pages(&self) -> impl Iterator<Item = &'a Page> {
        self.guides.iter().chain(&self.others).copied()
    }

    /// Returns how many pages it has.
    pub(in crate::render::web) fn n_pages(&self) -> usize {
        self.guides.len() + self.others.len()
    }
}

/// All taxonomies that have a page on the web.
#[derive(Debug, Default)]
pub(in crate::render::web) struct Terms<'a> {
    taxonomies: Vec<Taxonomy<'a>>,
    /// What each page is found by, by its id.
    traits: FxHashMap<&'a str, Traits>,
}

/// What others like a page are found by, at hand for whoever weighs thousands of pages.
#[derive(Debug, Clone)]
pub(in crate::render::web) struct Traits {
    /// Its number among the pages on the web.
    pub number: usize,
    /// The place of its first topic.
    pub topic: Option<Place>,
    /// The places of its terms among the taxonomies and their terms, its topics first.
    pub places: Arc<[Place]>,
}

/// The place of a term: that of its taxonomy and its own there.
pub(in crate::render::web) type Place = (usize, usize);

impl<'a> Terms<'a> {
    /// Puts the pages `shown`, ordered by id, under their terms.
    pub(in crate::render::web) fn new(site: &'a Site, shown: &[&'a Page], words: &Words) -> Self {
        let topics = Taxonomy {
            id: TOPICS,
            title: words.get("topics").to_owned(),
            terms: topics(site, shown),
        };
        let own = site.settings.website.taxonomies.iter().map(|own| Taxonomy {
            id: &own.id,
            title: own.title.clone(),
            terms: shelves(&own.id, &own.terms, shown),
        });
        let all = std::iter::once(topics).chain(own);
        let mut taxonomies: Vec<Taxonomy> = all.filter(|it| !it.terms.is_empty()).collect();
        let mut numbers: FxHashMap<(&str, &str), Place> = FxHashMap::default();
        for (first, taxonomy) in taxonomies.iter().enumerate() {
            for (second, shelf) in taxonomy.terms.iter().enumerate() {
                numbers.insert((taxonomy.id, shelf.id), (first, second));
            }
        }
        let traits = shown.iter().enumerate().map(|(number, page)| {
            let place = |term| numbers.get(&term).copied();
            let traits = Traits {
                number,
                topic: page.topic().and_then(|topic| place((TOPICS, topic))),
                places: terms(page).filter_map(place).collect(),
            };
            (page.id.as_str(), traits)
        });
        let traits: FxHashMap<&str, Traits> = traits.collect();
        for shelf in taxonomies.iter_mut().flat_map(|it| &mut it.terms) {
            let of = |guide: &&Page| traits[&*guide.id].clone();
            shelf.traits = shelf.guides.iter().map(of).collect();
        }
        Self { taxonomies, traits }
    }

    /// Returns the taxonomies, topics first.
    pub(in crate::render::web) fn all(&self) -> &[Taxonomy<'a>] {
        &self.taxonomies
    }

    /// Returns the term at `place`.
    pub(in crate::render::web) fn at(&self, (taxonomy, term): Place) -> &Shelf<'a> {
        &self.taxonomies[taxonomy].terms[term]
    }

    /// Returns all terms of all taxonomies.
    pub(in crate::render::web) fn shelves(&self) -> impl Iterator<Item = &Shelf<'a>> {
        self.taxonomies.iter().flat_map(|taxonomy| &taxonomy.terms)
    }

    /// Finds a term that has a page on the web.
    pub(in crate::render::web) fn shelf(&self, taxonomy: &str, term: &str) -> Option<&Shelf<'a>> {
        let taxonomy = self.taxonomies.iter().find(|it| it.id == taxonomy)?;
        taxonomy.terms.iter().find(|it| it.id == term)
    }

    /// Returns the terms of `page`, its topics first.
    pub(in crate::render::web) fn of(&self, page: &Page) -> impl Iterator<Item = &Shelf<'a>> {
        self.places(page).iter().map(|place| self.at(*place))
    }

    /// Returns the places of the terms of `page`, its topics first.
    pub(in crate::render::web) fn places(&self, page: &Page) -> &[Place] {
        self.traits(page).map_or(&[], |traits| &traits.places)
    }

    /// Returns what `page` is found by, where it is on the web.
    pub(in crate::render::web) fn traits(&self, page: &Page) -> Option<&Traits> {
        self.traits.get(page.id.as_str())
    }
}

/// Returns the terms that `page` names, each with its taxonomy, its topics first.
fn terms(page: &Page) -> impl Iterator<Item = (&str, &str)> {
    let topics = page.topics.iter().map(|topic| (TOPICS, topic.as_str()));
    let own = page.web.terms.iter();
    topics.chain(own.flat_map(|(id, terms)| terms.iter().map(move |it| (&**id, &*it.id))))
}

/// Returns the topics in the order of the settings.
fn topics<'a>(site: &'a Site, shown: &[&'a Page]) -> Vec<Shelf<'a>> {
    let mut by_id: FxHashMap<&str, Vec<&Page>> = FxHashMap::default();
    for page in shown {
        let mut before = Vec::new();
        for topic in &page.topics {
            if !before.contains(&topic) {
                before.push(topic);
                by_id.entry(topic).or_default().push(page);
            }
        }
    }
    let topics = site.settings.topics.iter();
    let shelves = topics.filter_map(|topic| {
        let pages = by_id.get(&*topic.id)?.iter().copied();
        Some(Shelf::of(TOPICS, &topic.id, &topic.title, pages))
    });
    shelves.collect()
}

/// Returns the terms of a taxonomy in the order of its own list, or by their sound.
fn shelves<'a>(taxonomy: &'a str, listed: &'a [Term], shown: &[&'a Page]) -> Vec<Shelf<'a>> {
    let mut by_id: BTreeMap<&str, (&str, Vec<&Page>)> = BTreeMap::new();
    for page in shown {
        for term in page.web.terms.get(taxonomy).into_iter().flatten() {
            let (_, pages) = by_id
                .entry(&term.id)
                .or_insert_with(|| (&term.title, Vec::new()));
            pages.push(page);
        }
    }
    let mut shelves: Vec<Shelf> = by_id
        .into_iter()
        .map(|(id, (title, pages))| Shelf::of(taxonomy, id, title, pages.into_iter()))
        .collect();
    match listed {
        [] => shelves.sort_by_cached_key(|shelf| sort_key(shelf.title)),
        listed => shelves.sort_by_key(|shelf| listed.iter().position(|it| it.id == shelf.id)),
    }
    shelves
}

impl<'a> Shelf<'a> {
    /// Pages come ordered by id, and stay so where nothing else orders them.
    fn of(
        taxonomy: &'a str,
        id: &'a str,
        title: &'a str,
        pages: impl Iterator<Item = &'a Page>,
    ) -> Self {
        let (mut guides, mut others): (Vec<_>, Vec<_>) = pages.partition(|page| is_guide(page));
        guides.sort_by_key(|page| page.order);
        others.sort_by_key(|page| std::cmp::Reverse(page.date));
        Self {
            taxonomy,
            id,
            title,
            guides,
            traits: Vec::new(),
            others,
        }
    }
}

/// Returns over how many pages a term's list goes.
pub(in crate::render::web) fn n_lists(shelf: &Shelf, on_web: &OnWeb) -> usize {
    lists::count(shelf.n_pages(), on_web.site.settings.website.pagination)
}

/// Returns the output file of a taxonomy's page.
pub(in crate::render::web) fn url(taxonomy: &Taxonomy) -> String {
    format!("{}/index.html", taxonomy.id)
}
