//! The page of a taxonomy, the page of a term, and the terms of a page.

use serde::Serialize;
use tera::{Context, Value};

use super::card::Cards;
use super::pager::{Window, pager};
use super::values::LinkView;
use crate::render::links;
use crate::render::web::facts::on_web::OnWeb;
use crate::render::web::facts::terms::{Shelf, Taxonomy, n_lists, url};
use crate::render::web::facts::website::Facts;
use crate::site::Page;

/// How many pages of a term the page of its taxonomy names.
const NAMED: usize = 4;

/// A term in the list of its taxonomy, or at a page.
#[derive(Debug, Serialize)]
struct TermView {
    #[serde(flatten)]
    link: LinkView,
    /// How many pages it has.
    count: usize,
    /// The first of them.
    cards: Value,
}

/// Fills in the page of a taxonomy.
pub(in crate::render::web) fn fill_taxonomy(
    context: &mut Context,
    taxonomy: &Taxonomy,
    _facts: &Facts,
    cards: &Cards,
) {
    let terms: Vec<TermView> = taxonomy
        .terms
        .iter()
        .map(|shelf| TermView {
            link: term_link(shelf),
            count: shelf.n_pages(),
            cards: cards.of(shelf.pages().take(NAMED).map(|page| page.id.as_str())),
        })
        .collect();
    context.insert("taxonomy", taxonomy.id);
    context.insert("terms", &terms);
}

/// Fills in one page of a term's list.
pub(in crate::render::web) fn fill_term(
    context: &mut Context,
    shelf: &Shelf,
    number: usize,
    facts: &Facts,
    page_cards: &Cards,
) {
    let length = facts.site.settings.website.pagination;
    let mut window = Window::new(length, number);
    let guides = window.take(&shelf.guides);
    let others = window.take(&shelf.others);
    context.insert("taxonomy", shelf.taxonomy);
    context.insert("term", &term_link(shelf));
    context.insert("count", &shelf.n_pages());
    context.insert_value("guides", cards(guides, page_cards));
    context.insert("others", &years(others, facts, page_cards));
    context.insert("pager", &pager(&shelf.url(), number, n_lists(shelf, facts)));
}

/// Pages of one year.
#[derive(Debug, Serialize)]
struct YearView {
    /// The year, where it has to be told.
    year: Option<i16>,
    cards: Value,
}

/// Returns pages that are ordered by date in groups by year; the present year goes without
/// saying.
fn years(pages: &[&Page], on_web: &OnWeb, all: &Cards) -> Vec<YearView> {
    let year = |page: &Page| page.date.map(|date| date.year());
    let this_year = on_web.today().year();
    pages
        .chunk_by(|a, b| year(a) == year(b))
        .map(|pages| YearView {
            year: year(pages[0]).filter(|year| *year != this_year),
            cards: cards(pages, all),
        })
        .collect()
}

fn cards(pages: &[&Page], all: &Cards) -> Value {
    all.of(pages.iter().map(|page| page.id.as_str()))
}

/// The terms of one taxonomy at a page.
#[derive(Debug, Serialize)]
struct TermsView {
    id: String,
    title: String,
    url: String,
    terms: Vec<LinkView>,
}

/// Fills in the terms of a page, taxonomy by taxonomy.
pub(in crate::render::web) fn fill_page(context: &mut Context, page: &Page, facts: &Facts) {
    let mut views: Vec<TermsView> = Vec::new();
    for shelf in facts.terms.of(page) {
        let Some(taxonomy) = facts.terms.all().iter().find(|it| it.id == shelf.taxonomy) else {
            continue;
        };
        match views.iter_mut().find(|view| view.id == taxonomy.id) {
            Some(view) => view.terms.push(term_link(shelf)),
            None => views.push(TermsView {
                terms: vec![term_link(shelf)],
                ..TermsView::from(taxonomy)
            }),
        }
    }
    context.insert("terms", &views);
}

impl From<&Taxonomy<'_>> for TermsView {
    fn from(taxonomy: &Taxonomy) -> Self {
        let link = link(taxonomy);
        Self {
            id: link.id,
            title: link.title,
            url: link.url,
            terms: Vec::new(),
        }
    }
}

/// Returns the link to a taxonomy's page.
pub(in crate::render::web) fn link(taxonomy: &Taxonomy) -> LinkView {
    LinkView {
        id: taxonomy.id.to_owned(),
        title: taxonomy.title.clone(),
        url: links::encode(&url(taxonomy)),
    }
}

fn term_link(shelf: &Shelf) -> LinkView {
    LinkView {
        id: shelf.id.to_owned(),
        title: shelf.title.to_owned(),
        url: links::encode(&shelf.url()),
    }
}
