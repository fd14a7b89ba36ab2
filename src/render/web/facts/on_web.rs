//! Which pages and sections are on the web in one language, and where everything lies.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::pictures::sizes;
use super::visibility::Visibility;
use crate::diag::SitePath;
use crate::read::CONTENT;
use crate::render::links;
use crate::site::settings::Delivery;
use crate::site::{Page, Section, Site};

/// What is on the web, and where.
#[derive(Debug)]
pub(in crate::render::web) struct OnWeb<'a> {
    pub site: &'a Site,
    pub visibility: Visibility,
    /// The pages that are on the web by id, in this language or in the main one alone.
    pages: FxHashMap<&'a str, (&'a Page, Where)>,
    /// Sections that have something to show, in this language or the main one, by id.
    shown_sections: BTreeSet<&'a str>,
    /// The sizes of the pictures that pages and boards show.
    sizes: BTreeMap<&'a SitePath, (u32, u32)>,
}

/// In which language a page is on the web.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    /// In this one.
    Own,
    /// In the main one alone.
    Fallback,
}

impl<'a> OnWeb<'a> {
    pub(in crate::render::web) fn new(site: &'a Site, visibility: Visibility) -> Self {
        let is_shown = |page: &&Page| visibility.shows(page, site.today);
        let in_which = |page: &Page| match page.language == site.settings.language {
            true => Where::Own,
            false => Where::Fallback,
        };
        let on_web = site.pages.iter().filter(is_shown);
        let on_web = on_web.map(|page| (page.id.as_str(), (page, in_which(page))));
        let pages: FxHashMap<_, _> = on_web.collect();
        Self {
            site,
            visibility,
            shown_sections: shown_sections(site, |id| pages.contains_key(id)),
            pages,
            sizes: sizes(site),
        }
    }

    /// Returns what the website has besides its pages.
    pub(in crate::render::web) fn delivery(&self) -> &'a Delivery {
        &self.site.settings.delivery
    }

    /// Returns the day of the build.
    pub(in crate::render::web) fn today(&self) -> Date {
        self.site.today
    }

    /// Tells whether the page `id` is on the web in this language.
    pub(in crate::render::web) fn is_published(&self, id: &str) -> bool {
        matches!(self.pages.get(id), Some((_, Where::Own)))
    }

    /// Returns the page `id` where it is on the web in this language.
    pub(in crate::render::web) fn own_page(&self, id: &str) -> Option<&'a Page> {
        let (page, place) = self.pages.get(id)?;
        (*place == Where::Own).then_some(*page)
    }

    /// Returns the pages on the web in this language, sections' own among them, by id.
    pub(in crate::render::web) fn pages(&self) -> impl Iterator<Item = &'a Page> {
        self.site
            .pages
            .iter()
            .filter(|page| self.is_published(&page.id))
    }

    /// Returns the pages that are on the web in the main language alone, sections' own left out.
    pub(in crate::render::web) fn fallback_pages(&self) -> impl Iterator<Item = &'a Page> {
        let is_fallback = |id: &str| matches!(self.pages.get(id), Some((_, Where::Fallback)));
        let pages = self.site.pages.iter();
        pages.filter(move |page| !page.is_section && is_fallback(&page.id))
    }

    /// Returns the page `id` where it is on the web, in this language or else in the main one.
    pub(in crate::render::web) fn page(&self, id: &str) -> Option<&'a Page> {
        self.pages.get(id).map(|(page, _)| *page)
    }

    /// Tells whether the section `id` has something to show in this language.
    pub(in crate::render::web) fn shows_section(&self, id: &str) -> bool {
        let section = self.site.section(id);
        self.leads_to_section(id) && section.is_some_and(|section| self.speaks(&section.language))
    }

    /// Tells whether the section `id` has something to show, in this language or the main one.
    pub(in crate::render::web) fn leads_to_section(&self, id: &str) -> bool {
        self.shown_sections.contains(id)
    }

    /// Tells whether `language` is the one of this website.
    pub(in crate::render::web) fn speaks(&self, language: &str) -> bool {
        self.site.settings.language == language
    }

    /// Tells whether there is more than one language.
    pub(in crate::render::web) fn has_languages(&self) -> bool {
        !self.site.settings.languages.is_empty()
    }

    /// Returns where a file lies that all languages share, counted from this one's root.
    pub(in crate::render::web) fn shared(&self, path: &str) -> String {
        match self.site.translated_from {
            Some(_) => format!("../{path}"),
            None => path.to_owned(),
        }
    }

    /// Returns where a file of this language lies below the website's root.
    pub(in crate::render::web) fn place(&self, path: &str) -> String {
        match path.strip_prefix("../") {
            Some(shared) => shared.to_owned(),
            None => format!("{}{path}", self.folder()),
        }
    }

    /// Returns the output file, counted from this language's root, of a page that a link names
    /// together with its language.
    pub(in crate::render::web) fn across(&self, name: &str) -> Option<String> {
        let (id, tag) = name.rsplit_once('.')?;
        let own = self.site.translations.get(tag)?;
        let page = &own.iter().find(|it| it.page.id == id)?.page;
        let shown = self.visibility.shows(page, self.today());
        shown.then(|| match self.speaks(tag) {
            true => page.url.clone(),
            false => self.shared(&format!("{tag}/{}", page.url)),
        })
    }

    /// Returns the output file of a section.
    pub(in crate::render::web) fn section_url(&self, section: &Section) -> String {
        match self.site.page(&section.id).filter(|page| page.is_section) {
            Some(page) => page.url.clone(),
            None if self.speaks(&section.language) => format!("{}/index.html", section.id),
            None => self.shared(&format!("{}/index.html", section.id)),
        }
    }

    /// Returns the address of the website, where it has one.
    pub(in crate::render::web) fn base_url(&self) -> Option<&'a str> {
        self.site.settings.base_url.as_deref()
    }

    /// Returns the whole address of an output file, where the website has an address.
    pub(in crate::render::web) fn absolute(&self, url: &str) -> Option<String> {
        links::address(&self.site.settings, url)
    }

    /// Returns the folder of this language's website below the root, ending in `/`; nothing for the
    /// main language.
    pub(in crate::render::web) fn folder(&self) -> String {
        match self.site.translated_from {
            Some(_) => format!("{}/", self.site.settings.language),
            None => String::new(),
        }
    }

    /// Returns width and height of a picture, where its file says them.
    pub(in crate::render::web) fn picture_size(&self, file: &SitePath) -> Option<(u32, u32)> {
        self.sizes.get(file).copied()
    }
}

/// Returns where a content or static file lies below the website's root.
pub(in crate::render) fn public_path(file: &SitePath) -> &str {
    let below = |folder| file.strip(folder);
    below(CONTENT)
        .or_else(|| below("static"))
        .unwrap_or(file.as_str())
}

/// A section shows itself where it, or one below it, holds a page that is on the web, or where
/// its own text is all that it has. A month that has not begun holds only pages to come.
fn shown_sections(site: &Site, is_shown: impl Fn(&str) -> bool) -> BTreeSet<&str> {
    let holds = |section: &Section| {
        section.pages.iter().any(|id| is_shown(id))
            || (section.pages.is_empty() && section.sections.is_empty())
    };
    let mut shown = BTreeSet::new();
    for section in site.sections.iter().filter(|section| holds(section)) {
        let mut next = Some(section);
        while let Some(section) = next {
            shown.insert(section.id.as_str());
            let parent = section.parent.as_deref();
            next = parent.and_then(|parent| site.section(parent));
        }
    }
    shown
}
