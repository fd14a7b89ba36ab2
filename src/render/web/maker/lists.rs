//! Making the pages of lists: where a section's list goes on, taxonomies and their terms.

use super::super::build::Build;
use super::super::facts::lists;
use super::super::facts::terms::{self, Place, Taxonomy};
use super::super::files::feed::{self, FeedLink};
use super::super::texts::linked;
use super::super::view::{section, terms as terms_view};
use super::{Head, Maker};
use crate::diag::Diagnostic;
use crate::render::links;
use crate::site::{Page, Section};

impl Maker<'_, '_> {
    /// Makes the page `number`, from 2 on, of a section's list.
    pub(super) fn section_more(
        &self,
        section: &Section,
        page: Option<&Page>,
        number: usize,
    ) -> Result<(String, String), Diagnostic> {
        let build = self.build;
        let first = build.section_url(section);
        let url = lists::url(&first, number);
        let mut head = match page {
            Some(page) => self.head_of(page),
            None => self.head(&section.title, &first, None),
        };
        head.crumbs.push(section::crumb(build, section));
        head.feeds = self.feeds(feed::links_of_section(section, build));
        let last = build.listings.n_lists(section);
        let head = head.among(&first, number, last, build);
        let mut context = self.context(head);
        section::fill(
            &mut context,
            section,
            page,
            number,
            None,
            build,
            &build.cards,
        );
        self.render("section.html", &url, &context)
    }

    /// Makes the page of a taxonomy: its terms.
    pub(super) fn taxonomy(&self, taxonomy: &Taxonomy) -> Result<(String, String), Diagnostic> {
        let url = terms::url(taxonomy);
        let mut head = self.head(&taxonomy.title, &url, None);
        let words = &self.build.words;
        let titles: Vec<&str> = taxonomy.terms.iter().map(|shelf| shelf.title).collect();
        let titles = titles.join(words.get("duty_and"));
        head.description = words.fill(
            "taxonomy_description",
            &[("taxonomy", &taxonomy.title), ("terms", &titles)],
        );
        head.linked = linked::of_list(&taxonomy.title, &head.crumbs, self.build);
        let mut context = self.context(head);
        terms_view::fill_taxonomy(&mut context, taxonomy, self.build, &self.build.cards);
        self.render("taxonomy.html", &url, &context)
    }

    /// Makes the page `number` of the list of the term at `place`.
    pub(super) fn term(&self, place: Place, number: usize) -> Result<(String, String), Diagnostic> {
        let build = self.build;
        let (taxonomy, shelf) = (&build.terms.all()[place.0], build.terms.at(place));
        let url = lists::url(&shelf.url(), number);
        let mut head = self.head(shelf.title, &shelf.url(), None);
        head.crumbs.push(terms_view::link(taxonomy));
        head.linked = linked::of_list(shelf.title, &head.crumbs, build);
        head.description = self.build.words.fill(
            "term_description",
            &[("site", &build.site.settings.title), ("term", shelf.title)],
        );
        if shelf.pages().any(|page| page.date.is_some()) {
            head.feeds = self.feeds(feed::links_of(&shelf.folder(), shelf.title));
        }
        let head = head.among(&shelf.url(), number, terms::n_lists(shelf, build), build);
        let mut context = self.context(head);
        terms_view::fill_term(&mut context, shelf, number, build, &build.cards);
        self.render("term.html", &url, &context)
    }

    /// Returns the website's feeds and those of a page's `own`.
    pub(super) fn feeds(&self, own: Vec<FeedLink>) -> Vec<FeedLink> {
        let mut feeds = feed::links_of_site(self.build);
        feeds.extend(own);
        feeds
    }
}

impl Head {
    /// Makes it the head of the page `number` of the `last` of a list that begins at `first`.
    pub(super) fn among(mut self, first: &str, number: usize, last: usize, build: &Build) -> Self {
        let at = |number: usize| links::encode(&lists::url(first, number));
        self.previous = (number > 1).then(|| at(number - 1));
        self.next = (number < last).then(|| at(number + 1));
        if number > 1 {
            let n = number.to_string();
            self.title = build
                .words
                .fill("page_of_list", &[("title", &self.title), ("n", &n)]);
            self.url = lists::url(first, number);
            self.canonical = build.absolute(&self.url);
            self.linked = None;
        }
        self
    }
}
