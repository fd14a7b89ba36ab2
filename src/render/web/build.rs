//! What all pages of a build share: which of them are on the web, their cards for lists, the
//! sizes of pictures and what hangs on the boards.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use tera::Value;

use super::holdings::AllHoldings;
use super::html::{ImageSource, Targets, Writer};
use super::languages::{self, Languages};
use super::links;
use super::neighbours::{Neighbours, neighbours};
use super::template::Templates;
use super::terms::Terms;
use super::view::{Card, PictureView};
use super::wall::Walls;
use super::words::Words;
use super::{Visibility, WebOptions, files, picture, shortcode};
use crate::diag::{Diagnostics, SitePath};
use crate::poster::Posters;
use crate::read::CONTENT;
use crate::rotation::Plan;
use crate::site::markdown::Block;
use crate::site::settings::Delivery;
use crate::site::{LinkTarget, Page, Section, Site};

/// The shared part of a build.
pub(super) struct Build<'a> {
    pub site: &'a Site,
    pub plan: &'a Plan,
    pub words: Words,
    pub visibility: Visibility,
    /// What the `:::` blocks of texts are shown by; none until the theme is loaded.
    pub templates: Option<Arc<Templates>>,
    /// What went wrong while blocks were shown, deep within the texts.
    pub faults: Mutex<Diagnostics>,
    /// What hangs now and next, board by board.
    pub walls: Walls<'a>,
    /// The languages of the website.
    pub languages: Arc<Languages>,
    /// Topics and the site's own taxonomies, with the pages that are on the web.
    pub terms: Terms<'a>,
    neighbours: Neighbours<'a>,
    /// What the sections' lists hold.
    pub holdings: AllHoldings<'a>,
    /// Ids of the pages that are on the web in this language.
    published: BTreeSet<&'a str>,
    /// Ids of those that are on the web in the main language alone.
    lent: BTreeSet<&'a str>,
    /// Sections that have something to show, in this language or the main one, by id.
    shown_sections: BTreeSet<&'a str>,
    /// Cards of the pages on the web, ready for templates.
    cards: BTreeMap<&'a str, Value>,
    /// Evergreen pages on the web by their first topic, in their order.
    guides: BTreeMap<&'a str, Vec<&'a Page>>,
    sizes: BTreeMap<&'a SitePath, (u32, u32)>,
}

impl<'a> Build<'a> {
    pub(super) fn new(
        site: &'a Site,
        plan: &'a Plan,
        posters: &'a Posters,
        words: Words,
        options: &WebOptions,
    ) -> Self {
        let is_shown = |page: &&Page| options.visibility.shows(page, site.today);
        let is_own = |page: &&Page| page.language == site.settings.language;
        let on_web: Vec<&Page> = site.pages.iter().filter(is_shown).collect();
        let (own, foreign): (Vec<&Page>, Vec<&Page>) = on_web.into_iter().partition(is_own);
        let ids = |pages: &[&'a Page]| -> BTreeSet<&'a str> {
            pages.iter().map(|page| page.id.as_str()).collect()
        };
        let (published, lent) = (ids(&own), ids(&foreign));
        let all: BTreeSet<&str> = published.union(&lent).copied().collect();
        let listed = |page: &&Page| !page.is_section && page.board.is_none();
        let listed: Vec<&Page> = own.into_iter().filter(listed).collect();
        let sizes = sizes(site);
        let mut build = Self {
            site,
            plan,
            walls: Walls::new(site, plan, posters),
            shown_sections: shown_sections(site, &all),
            guides: guides(site, &published),
            terms: Terms::new(site, &listed, &words),
            holdings: AllHoldings::default(),
            neighbours: neighbours(site, &|page| published.contains(page.id.as_str())),
            words,
            languages: Arc::default(),
            visibility: options.visibility,
            templates: None,
            faults: Mutex::default(),
            published,
            lent,
            cards: BTreeMap::new(),
            sizes,
        };
        build.holdings = AllHoldings::new(&build);
        build.cards = site
            .pages
            .iter()
            .filter(|page| build.is_published(&page.id))
            .map(|page| {
                let card = Card::new(page, &build);
                (page.id.as_str(), Value::from_serializable(&card))
            })
            .collect();
        build
    }

    /// Returns what the website has besides its pages.
    pub(super) fn delivery(&self) -> &'a Delivery {
        &self.site.settings.delivery
    }

    /// Returns the day of the build.
    pub(super) fn today(&self) -> Date {
        self.site.today
    }

    /// Tells whether the page `id` is on the web in this language.
    pub(super) fn is_published(&self, id: &str) -> bool {
        self.published.contains(id)
    }

    /// Returns the pages on the web in this language, sections' own among them, by id.
    pub(super) fn pages(&self) -> impl Iterator<Item = &'a Page> {
        self.site
            .pages
            .iter()
            .filter(|page| self.is_published(&page.id))
    }

    /// Returns the pages that are on the web in the main language alone, sections' own left out.
    pub(super) fn lent_pages(&self) -> impl Iterator<Item = &'a Page> {
        let lent = |page: &&Page| !page.is_section && self.lent.contains(page.id.as_str());
        self.site.pages.iter().filter(lent)
    }

    /// Returns the page `id` where it is on the web, in this language or else in the main one.
    pub(super) fn page(&self, id: &str) -> Option<&'a Page> {
        let leads_to = |id: &str| self.is_published(id) || self.lent.contains(id);
        self.site.page(id).filter(|page| leads_to(&page.id))
    }

    /// Tells whether the section `id` has something to show in this language.
    pub(super) fn shows_section(&self, id: &str) -> bool {
        let section = self.site.section(id);
        self.leads_to_section(id) && section.is_some_and(|section| self.speaks(&section.language))
    }

    /// Tells whether the section `id` has something to show, in this language or the main one.
    pub(super) fn leads_to_section(&self, id: &str) -> bool {
        self.shown_sections.contains(id)
    }

    /// Tells whether `language` is the one of this website.
    pub(super) fn speaks(&self, language: &str) -> bool {
        self.site.settings.language == language
    }

    /// Tells whether there is more than one language.
    pub(super) fn has_languages(&self) -> bool {
        !self.site.settings.languages.is_empty()
    }

    /// Returns where a file lies that all languages share, counted from this one's root.
    pub(super) fn shared(&self, path: &str) -> String {
        match self.site.translated_from {
            Some(_) => format!("../{path}"),
            None => path.to_owned(),
        }
    }

    /// Returns where a file of this language lies below the website's root.
    pub(super) fn place(&self, path: &str) -> String {
        match path.strip_prefix("../") {
            Some(shared) => shared.to_owned(),
            None => format!("{}{path}", languages::folder(self.site)),
        }
    }

    /// Returns the output file, counted from this language's root, of a page that a link names
    /// together with its language.
    fn across(&self, name: &str) -> Option<String> {
        let (id, tag) = name.rsplit_once('.')?;
        let own = self.site.translations.get(tag)?;
        let page = &own.iter().find(|it| it.page.id == id)?.page;
        let shown = self.visibility.shows(page, self.today());
        shown.then(|| match self.speaks(tag) {
            true => page.url.clone(),
            false => self.shared(&format!("{tag}/{}", page.url)),
        })
    }

    /// Returns the cards of the pages `ids`, those on the web.
    pub(super) fn cards<'i>(&self, ids: impl IntoIterator<Item = &'i str>) -> Value {
        let cards: Vec<Value> = ids
            .into_iter()
            .filter_map(|id| self.cards.get(id).cloned())
            .collect();
        Value::from(cards)
    }

    /// Returns the card of the page `id`.
    pub(super) fn card(&self, id: &str) -> Option<Value> {
        self.cards.get(id).cloned()
    }

    /// Returns the pages before and after the page `id` in its section.
    pub(super) fn neighbours(&self, id: &str) -> (Option<&'a str>, Option<&'a str>) {
        self.neighbours.get(id).copied().unwrap_or_default()
    }

    /// Returns the evergreen pages of `topic`.
    pub(super) fn guides(&self, topic: &str) -> &[&'a Page] {
        self.guides.get(topic).map_or(&[], Vec::as_slice)
    }

    /// Returns the output file of a section.
    pub(super) fn section_url(&self, section: &Section) -> String {
        match self.site.page(&section.id).filter(|page| page.is_section) {
            Some(page) => page.url.clone(),
            None if self.speaks(&section.language) => format!("{}/index.html", section.id),
            None => self.shared(&format!("{}/index.html", section.id)),
        }
    }

    /// Returns the picture `file` with its address below the root.
    pub(super) fn picture(&self, file: &SitePath, alt: &str) -> PictureView {
        let (width, height) = self.sizes.get(file).copied().unwrap_or((4, 3));
        PictureView {
            src: links::encode(&self.shared(public_path(file))),
            alt: alt.to_owned(),
            width,
            height,
        }
    }

    /// Returns the address of the website, where it has one.
    pub(super) fn base_url(&self) -> Option<&'a str> {
        self.site.settings.base_url.as_deref()
    }

    /// Returns the whole address of an output file, where the website has an address.
    pub(super) fn absolute(&self, url: &str) -> Option<String> {
        crate::render::address(&self.site.settings, url)
    }
}

/// Returns the sizes of the pictures that pages and boards show.
fn sizes(site: &Site) -> BTreeMap<&SitePath, (u32, u32)> {
    let maps = site.boards.iter().filter_map(|board| board.map.as_ref());
    let cited = site.pages.iter().flat_map(files::cited_files);
    let shown: BTreeSet<&SitePath> = cited.chain(maps.map(|map| &map.file)).collect();
    let size = |path| {
        let (path, file) =
            (site.assets.get_key_value(path)).or_else(|| site.statics.get_key_value(path))?;
        let bytes = file.bytes();
        let size = picture::dimensions(&bytes)?;
        Some((path, crate::photo::upright(&bytes, size)))
    };
    shown.into_iter().filter_map(size).collect()
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
fn shown_sections<'a>(site: &'a Site, published: &BTreeSet<&str>) -> BTreeSet<&'a str> {
    let holds = |section: &Section| {
        section
            .pages
            .iter()
            .any(|id| published.contains(id.as_str()))
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

/// An evergreen page is neither notice nor campaign nor board, and does not run out.
fn guides<'a>(site: &'a Site, published: &BTreeSet<&str>) -> BTreeMap<&'a str, Vec<&'a Page>> {
    let mut guides: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
    for page in &site.pages {
        if is_guide(page)
            && published.contains(page.id.as_str())
            && let Some(topic) = page.topic()
        {
            guides.entry(topic).or_default().push(page);
        }
    }
    for pages in guides.values_mut() {
        pages.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    }
    guides
}

/// Tells whether a page is a guide: neither notice nor campaign nor board, and lasting.
pub(super) fn is_guide(page: &Page) -> bool {
    !page.is_section
        && page.notice.is_none()
        && page.campaign.is_none()
        && page.board.is_none()
        && page.expires.is_none()
}

/// How a text's links are written.
pub(super) enum Base<'a> {
    /// From the output file of that name.
    Page(&'a str),
    /// Whole, below that address.
    Absolute(&'a str),
}

/// Links and images of one page's text.
pub(super) struct PageTargets<'a> {
    pub build: &'a Build<'a>,
    pub page: &'a Page,
    pub base: Base<'a>,
}

impl PageTargets<'_> {
    fn file(&self, path: &SitePath) -> String {
        let url = self.build.shared(public_path(path));
        match self.base {
            Base::Page(from) => links::relative(from, &url),
            Base::Absolute(root) => links::below(root, &links::encode(&url)),
        }
    }

    fn page_link(&self, id: &str, anchor: Option<&str>) -> Option<String> {
        let page = self.build.page(id).map(|page| page.url.clone());
        let url = page.or_else(|| self.build.across(id))?;
        let anchor = anchor.filter(|anchor| !anchor.is_empty());
        let anchor = anchor.map_or(String::new(), |anchor| {
            format!("#{}", links::encode(anchor))
        });
        let href = match self.base {
            Base::Page(from) if from == url && !anchor.is_empty() => String::new(),
            Base::Page(from) => links::relative(from, &url),
            Base::Absolute(root) => links::below(root, &links::pretty(&url)),
        };
        Some(format!("{href}{anchor}"))
    }
}

impl Targets for PageTargets<'_> {
    fn link(&self, target: &str) -> Option<String> {
        match self.page.links.get(target) {
            Some(LinkTarget::Page { id, anchor }) => self.page_link(id, anchor.as_deref()),
            Some(LinkTarget::File(path)) => Some(self.file(path)),
            None => {
                let scheme = target.trim_start().to_ascii_lowercase();
                let runs = ["javascript:", "vbscript:", "data:"];
                let is_fit = !runs.iter().any(|own| scheme.starts_with(own));
                is_fit.then(|| target.to_owned())
            }
        }
    }

    fn image(&self, target: &str) -> ImageSource {
        match self.page.images.get(target) {
            Some(path) => ImageSource {
                src: self.file(path),
                size: self.build.sizes.get(path).copied(),
            },
            None => ImageSource {
                src: target.to_owned(),
                size: None,
            },
        }
    }

    fn shortcode(&self, block: &Block, writer: &mut Writer) -> Option<String> {
        // Who reads a feed has neither our style nor our scripts.
        let Base::Page(url) = self.base else {
            return None;
        };
        shortcode::html(self, url, block, writer)
    }
}
