//! What all pages of a build share: which of them are on the web, their cards for lists, the
//! sizes of pictures and what hangs on the boards.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use tera::Value;

use super::html::{ImageSource, Targets, Writer};
use super::links;
use super::template::Templates;
use super::view::{Card, PictureView};
use super::wall::Walls;
use super::words::Words;
use super::{Visibility, WebOptions, picture, shortcode};
use crate::diag::{Diagnostics, SitePath};
use crate::poster::Posters;
use crate::read::CONTENT;
use crate::rotation::Plan;
use crate::site::markdown::Block;
use crate::site::{LinkTarget, Page, Section, Site};

/// The shared part of a build.
pub(super) struct Build<'a> {
    pub site: &'a Site,
    pub plan: &'a Plan,
    pub words: Words,
    /// What the `:::` blocks of texts are shown by; none until the theme is loaded.
    pub templates: Option<Arc<Templates>>,
    /// What went wrong while blocks were shown, deep within the texts.
    pub faults: Mutex<Diagnostics>,
    /// What hangs now and next, board by board.
    pub walls: Walls<'a>,
    /// Ids of the pages that are on the web.
    published: BTreeSet<&'a str>,
    /// Sections that have something to show, by id.
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
        let is_shown = |page: &&Page| match options.visibility {
            Visibility::Published => page.is_public(site.today),
            Visibility::Preview => true,
        };
        let published: BTreeSet<&str> = site
            .pages
            .iter()
            .filter(is_shown)
            .map(|page| page.id.as_str())
            .collect();
        let sizes = site
            .assets
            .iter()
            .chain(&site.statics)
            .filter_map(|(path, bytes)| Some((path, picture::dimensions(bytes)?)))
            .collect();
        let mut build = Self {
            site,
            plan,
            walls: Walls::new(site, plan, posters),
            shown_sections: shown_sections(site, &published),
            guides: guides(site, &published),
            words,
            templates: None,
            faults: Mutex::default(),
            published,
            cards: BTreeMap::new(),
            sizes,
        };
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

    /// Returns the day of the build.
    pub(super) fn today(&self) -> Date {
        self.site.today
    }

    /// Tells whether the page `id` is on the web.
    pub(super) fn is_published(&self, id: &str) -> bool {
        self.published.contains(id)
    }

    /// Returns the pages on the web, sections' own among them, by id.
    pub(super) fn pages(&self) -> impl Iterator<Item = &'a Page> {
        self.site
            .pages
            .iter()
            .filter(|page| self.is_published(&page.id))
    }

    /// Returns the page `id` where it is on the web.
    pub(super) fn page(&self, id: &str) -> Option<&'a Page> {
        self.site
            .page(id)
            .filter(|page| self.is_published(&page.id))
    }

    /// Tells whether the section `id` has something to show.
    pub(super) fn shows_section(&self, id: &str) -> bool {
        self.shown_sections.contains(id)
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

    /// Returns the evergreen pages of `topic`.
    pub(super) fn guides(&self, topic: &str) -> &[&'a Page] {
        self.guides.get(topic).map_or(&[], Vec::as_slice)
    }

    /// Returns the output file of a section.
    pub(super) fn section_url(&self, section: &Section) -> String {
        match self.site.page(&section.id).filter(|page| page.is_section) {
            Some(page) => page.url.clone(),
            None => format!("{}/index.html", section.id),
        }
    }

    /// Returns the picture `file` with its address below the root.
    pub(super) fn picture(&self, file: &SitePath, alt: &str) -> PictureView {
        let (width, height) = self.sizes.get(file).copied().unwrap_or((4, 3));
        PictureView {
            src: links::encode(public_path(file)),
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

/// Returns where a content or static file lies below the website's root.
pub(super) fn public_path(file: &SitePath) -> &str {
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
    fn file(&self, url: &str) -> String {
        match self.base {
            Base::Page(from) => links::relative(from, url),
            Base::Absolute(root) => format!("{root}{}", links::encode(url)),
        }
    }

    fn page_link(&self, id: &str, anchor: Option<&str>) -> Option<String> {
        let page = self.build.page(id)?;
        let anchor = anchor.filter(|anchor| !anchor.is_empty());
        let anchor = anchor.map_or(String::new(), |anchor| {
            format!("#{}", links::encode(anchor))
        });
        let href = match self.base {
            Base::Page(from) if from == page.url && !anchor.is_empty() => String::new(),
            Base::Page(from) => links::relative(from, &page.url),
            Base::Absolute(root) => format!("{root}{}", links::pretty(&page.url)),
        };
        Some(format!("{href}{anchor}"))
    }
}

impl Targets for PageTargets<'_> {
    fn link(&self, target: &str) -> Option<String> {
        match self.page.links.get(target) {
            Some(LinkTarget::Page { id, anchor }) => self.page_link(id, anchor.as_deref()),
            Some(LinkTarget::File(path)) => Some(self.file(public_path(path))),
            None => {
                let scheme = target.trim_start().to_ascii_lowercase();
                let runs = scheme.starts_with("javascript:") || scheme.starts_with("data:");
                (!runs).then(|| target.to_owned())
            }
        }
    }

    fn image(&self, target: &str) -> ImageSource {
        match self.page.images.get(target) {
            Some(path) => ImageSource {
                src: self.file(public_path(path)),
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
