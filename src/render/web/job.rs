//! Which pages a website has, and at which addresses the program puts its own.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::facts::lists;
use super::facts::terms::{self, Place};
use super::facts::website::Facts;
use super::files::{redirects, search};
use super::view::{calendar, notices, quiz, rotation, screen, short, sorting};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::site::{Bin, Board, Page, Section};
use crate::spelling;

/// A page to be made.
pub(super) enum Job<'a> {
    /// The home page.
    Home(&'a Page),
    /// A page of content.
    Page(&'a Page),
    /// A section, with its page where it has one.
    Section(&'a Section, Option<&'a Page>),
    /// Where a section's list goes on: its page from 2 on.
    SectionMore(&'a Section, Option<&'a Page>, usize),
    /// The terms of a taxonomy, by its place among all.
    Taxonomy(usize),
    /// A page of a term's list, by the term's place.
    Term(Place, usize),
    /// An old address that leads to its page.
    Alias(&'a Page, &'a str),
    /// The year's rotation.
    Rotation,
    /// All sorting items.
    SortingGuide,
    /// The items of a bin that has no page of its own in the content.
    Bin(Bin),
    /// Questions about the sorting items.
    Quiz,
    /// The calendar, month by month.
    Calendar,
    /// The public notices with the days left.
    PublicNotices,
    /// The full-screen page of a screen, with the page about it.
    Screen(&'a Board, &'a Page),
    /// What a host shows for an address that does not exist.
    NotFound,
    /// A short address that leads to its page.
    Short(&'a Page),
}

/// Returns all pages to be made, but for the search, which is made of them.
pub(super) fn jobs<'a>(facts: &Facts<'a>) -> Vec<Job<'a>> {
    let mut jobs = vec![Job::NotFound];
    for page in facts.pages() {
        // Codes on posters lead to the main language.
        if facts.delivery().short_addresses && facts.site.translated_from.is_none() {
            jobs.push(Job::Short(page));
        }
        match (page.id.as_str(), page.is_section) {
            ("", _) => jobs.push(Job::Home(page)),
            (_, false) => jobs.push(Job::Page(page)),
            (_, true) => {}
        }
    }
    for section in facts
        .site
        .sections
        .iter()
        .filter(|section| !section.id.is_empty() && facts.speaks(&section.language))
    {
        let page = facts.page(&section.id).filter(|page| page.is_section);
        jobs.push(Job::Section(section, page));
        let more = 2..=facts.listings.n_lists(section);
        jobs.extend(more.map(|number| Job::SectionMore(section, page, number)));
    }
    for (at, taxonomy) in facts.terms.all().iter().enumerate() {
        jobs.push(Job::Taxonomy(at));
        for (term, shelf) in taxonomy.terms.iter().enumerate() {
            let numbers = 1..=terms::n_lists(shelf, facts);
            jobs.extend(numbers.map(|number| Job::Term((at, term), number)));
        }
    }
    jobs.extend(redirects::all(facts).map(|(page, alias)| Job::Alias(page, alias)));
    if !facts.site.boards.is_empty() {
        jobs.push(Job::Rotation);
    }
    if !facts.site.items.is_empty() {
        jobs.push(Job::SortingGuide);
        jobs.push(Job::Quiz);
        jobs.extend(sorting::bins_without_page(facts).map(Job::Bin));
    }
    jobs.push(Job::Calendar);
    if notices::has_any(facts) {
        jobs.push(Job::PublicNotices);
    }
    jobs.extend(screen::screens(facts).map(|(board, page)| Job::Screen(board, page)));
    jobs
}

impl Job<'_> {
    /// Returns the output file.
    pub(super) fn url(&self, facts: &Facts) -> String {
        match self {
            Self::Home(page) | Self::Page(page) => page.url.clone(),
            Self::Section(section, _) => facts.section_url(section),
            Self::Alias(_, alias) => (*alias).to_owned(),
            // The others are all the program's own.
            _ => self.generated(facts).unwrap_or_default(),
        }
    }

    /// Returns the output file, where the program itself chooses it.
    pub(super) fn generated(&self, facts: &Facts) -> Option<String> {
        match self {
            Self::Rotation => Some(rotation::URL.to_owned()),
            Self::SortingGuide => Some(sorting::URL.to_owned()),
            Self::Bin(bin) => Some(sorting::bin_url(*bin)),
            Self::Quiz => Some(quiz::URL.to_owned()),
            Self::Calendar => Some(calendar::URL.to_owned()),
            Self::PublicNotices => Some(notices::URL.to_owned()),
            Self::Screen(_, page) => Some(screen::url(page)),
            Self::NotFound => Some("404.html".to_owned()),
            Self::Short(page) => Some(short::url(page)),
            Self::SectionMore(section, _, number) => {
                Some(lists::url(&facts.section_url(section), *number))
            }
            Self::Taxonomy(at) => Some(terms::url(&facts.terms.all()[*at])),
            Self::Term(place, number) => Some(lists::url(&facts.terms.at(*place).url(), *number)),
            Self::Home(_) | Self::Page(_) | Self::Section(..) | Self::Alias(..) => None,
        }
    }
}

/// Returns the output files of a language's website that are not a page's of content.
pub(super) fn generated(facts: &Facts) -> Vec<String> {
    let jobs = jobs(facts);
    let file = |job: &Job| match job {
        Job::Section(section, None) => Some(facts.section_url(section)),
        job => job.generated(facts),
    };
    let search = search::url(facts).map(str::to_owned);
    jobs.iter().filter_map(file).chain(search).collect()
}

/// Reports pages of content that stand where the program puts a page of its own.
pub(super) fn taken_addresses(facts: &Facts, jobs: &[Job]) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let own = jobs.iter().filter_map(|job| job.generated(facts));
    let folded = |url: String| match spelling::folded(&url) {
        Cow::Borrowed(_) => url,
        Cow::Owned(other) => other,
    };
    let mut own: FxHashSet<String> = own.map(folded).collect();
    own.extend(search::url(facts).map(str::to_owned));
    redirects::report_taken(facts, &own, &mut diagnostics);
    for page in facts.pages() {
        if let Some(url) = own.get(&*spelling::folded(&page.url)) {
            let taken = Diagnostic::new(Code::SameUrl)
                .at(page.title_span.clone())
                .with("url", &page.url)
                .with("other", url);
            diagnostics.push(taken);
        }
    }
    diagnostics
}
