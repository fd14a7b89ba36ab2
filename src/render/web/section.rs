//! Sections: lists of pages, of sections below, of boards and of campaigns. And what frames
//! every page: the site's own data, its main sections, the way up.

use serde::Serialize;
use tera::{Context, Value};

use super::board::BoardCard;
use super::build::Build;
use super::languages::LentView;
use super::pages::{self, Window};
use super::view::{self, LinkView};
use super::{links, notices, page, screen, sorting, terms};
use crate::site::{Board, Page, Section};

/// How many sections the head of each page names.
const NAV: usize = 5;

/// The site, for the frame of each page.
#[derive(Debug, Serialize)]
pub(super) struct SiteView {
    title: String,
    organisation: String,
    description: String,
    city: Option<String>,
    language: String,
    phone: Option<String>,
    /// The telephone number as `tel:` wants it.
    dial: Option<String>,
    address: Option<String>,
    hours: Option<String>,
    icp: Option<String>,
    police: Option<String>,
    /// The figures of the police's number, by which its register finds it.
    police_code: Option<String>,
    today: super::words::DateView,
    /// By which the reader's browser knows which day it is here.
    timezone: String,
    has_boards: bool,
    has_items: bool,
    /// The pages of topics and of the site's own taxonomies.
    taxonomies: Vec<LinkView>,
    has_public_notices: bool,
    has_search: bool,
}

impl SiteView {
    pub(super) fn new(build: &Build) -> Self {
        let settings = &build.site.settings;
        let contact = &settings.contact;
        let digits = |phone: &String| {
            let is_dialled = |c: &char| c.is_ascii_digit() || *c == '+';
            phone.chars().filter(is_dialled).collect()
        };
        Self {
            title: settings.title.clone(),
            organisation: settings.organisation.clone(),
            description: settings.description.clone(),
            city: settings.city.clone(),
            language: settings.language.clone(),
            phone: contact.phone.clone(),
            dial: contact.phone.as_ref().map(digits),
            address: contact.address.clone(),
            hours: contact.hours.clone(),
            icp: settings.filing.icp.clone(),
            police_code: settings.filing.police.as_ref().map(digits),
            police: settings.filing.police.clone(),
            today: build.words.date(build.today()),
            timezone: screen::zone(settings),
            has_public_notices: notices::has_any(build),
            has_search: build.delivery().search,
            has_boards: !build.site.boards.is_empty(),
            has_items: !build.site.items.is_empty(),
            taxonomies: build.terms.all().iter().map(terms::link).collect(),
        }
    }
}

/// Returns the sections right below the home page.
pub(super) fn nav(build: &Build) -> Vec<LinkView> {
    let home = build.site.section("");
    let ids = home.map_or(&[][..], |home| &home.sections);
    ids.iter()
        .filter(|id| build.leads_to_section(id))
        .filter_map(|id| build.site.section(id))
        .map(|section| crumb(build, section))
        .take(NAV)
        .collect()
}

/// A section with those right below it, for pages that lead everywhere.
#[derive(Debug, Serialize)]
pub(super) struct SectionView {
    #[serde(flatten)]
    pub link: LinkView,
    sections: Vec<LinkView>,
}

/// Returns all main sections with those below.
pub(super) fn all(build: &Build) -> Vec<SectionView> {
    let below = |id: &str| -> Vec<&Section> {
        let section = build.site.section(id);
        let ids = section.map_or(&[][..], |section| &section.sections);
        ids.iter()
            .filter(|id| build.shows_section(id))
            .filter_map(|id| build.site.section(id))
            .collect()
    };
    let links = |id: &str| below(id).into_iter().map(|section| crumb(build, section));
    let view = |section: &Section| SectionView {
        link: crumb(build, section),
        sections: links(&section.id).collect(),
    };
    below("").into_iter().map(view).collect()
}

/// Returns the way from the home page to a page, without both.
pub(super) fn crumbs(build: &Build, page: &Page) -> Vec<LinkView> {
    let mut up = build.site.section(&page.section);
    let mut crumbs = Vec::new();
    while let Some(section) = up.filter(|section| !section.id.is_empty()) {
        if !(page.is_section && section.id == page.id) {
            crumbs.push(crumb(build, section));
        }
        up = section
            .parent
            .as_deref()
            .and_then(|id| build.site.section(id));
    }
    crumbs.reverse();
    crumbs
}

/// Returns the link to a section.
pub(super) fn crumb(build: &Build, section: &Section) -> LinkView {
    LinkView {
        id: section.id.clone(),
        title: section.title.clone(),
        url: links::encode(&build.section_url(section)),
    }
}

/// Fills in the page `number` of a section's list.
pub(super) fn fill(
    context: &mut Context,
    section: &Section,
    page: Option<&Page>,
    number: usize,
    build: &Build,
) {
    let own = build.holdings.of(section);
    let mut window = Window::new(section.pagination, number);
    let plain = window.take(&own.plain);
    let first = page.filter(|_| number == 1);
    let summary = first.map(|page| page.summary.as_str());
    let text = first.map(|page| page::text(page, build).html);
    context.insert("summary", summary.unwrap_or_default());
    context.insert("content", &text.unwrap_or_default());
    fill_first(context, section, number, build);
    let groups = own.is_grouped.then(|| groups(build, plain));
    context.insert("groups", &groups.unwrap_or_default());
    context.insert_value("cards", build.cards(plain.iter().copied()));
    context.insert("children", &children(build, section, &mut window, number));
    let last = build.holdings.n_lists(section);
    let pager = pages::pager(&build.section_url(section), number, last);
    context.insert("pager", &pager);
}

/// Fills in what stands on the first page of a list alone: boards, campaigns, bins, and the ways to
/// other lists.
fn fill_first(context: &mut Context, section: &Section, number: usize, build: &Build) {
    let own = build.holdings.of(section);
    let is_here = |board: &&Board| number == 1 && own.boards.contains(&board.page.as_str());
    let boards = build.site.boards.iter().filter(is_here);
    let boards: Vec<BoardCard> = boards.map(|board| BoardCard::new(board, build)).collect();
    let campaigns = match number {
        1 => own.campaigns.clone(),
        _ => Vec::new(),
    };
    context.insert("boards", &boards);
    context.insert_value("campaigns", campaign_cards(build, campaigns));
    let is_sorting = section.id == sorting::SECTION && !build.site.items.is_empty();
    let bins = (is_sorting && number == 1).then(|| sorting::bins(build));
    context.insert("bins", &bins);
    let lent = LentView::new(section, build).filter(|_| number == 1);
    context.insert("lent", &lent);
    let lists_notices = number == 1 && section.id == notices::SECTION && notices::has_any(build);
    let link = lists_notices.then(|| notices::link(build));
    context.insert("public_notices", &link);
}

/// Campaigns stand in the order of the year.
fn campaign_cards(build: &Build, mut ids: Vec<&str>) -> Value {
    ids.sort_by_key(|id| {
        let campaign = build.page(id).and_then(|page| page.campaign.as_ref());
        campaign.map(|campaign| (campaign.from, campaign.to))
    });
    build.cards(ids)
}

/// Pages of one topic.
#[derive(Debug, Serialize)]
pub(super) struct GroupView {
    pub topic: LinkView,
    pub cards: Value,
}

/// Returns a long list's pages by topic, in the topics' order; nothing where all have one topic.
fn groups(build: &Build, ids: &[&str]) -> Vec<GroupView> {
    let topics = &build.site.settings.topics;
    let group = |topic: &str| {
        let is_of = |id: &&&str| build.page(id).and_then(Page::topic) == Some(topic);
        let own: Vec<&str> = ids.iter().filter(is_of).copied().collect();
        (!own.is_empty()).then(|| {
            Some(GroupView {
                topic: view::topic_view(build, topic)?,
                cards: build.cards(own),
            })
        })?
    };
    let groups: Vec<GroupView> = topics.iter().filter_map(|topic| group(&topic.id)).collect();
    if groups.len() > 1 { groups } else { Vec::new() }
}

/// A section below, with its pages.
#[derive(Debug, Serialize)]
struct ChildView {
    title: String,
    url: String,
    summary: String,
    cards: Value,
}

/// Returns the sections below with the pages that stand on this page of the list; those without
/// pages stand on the first.
fn children(
    build: &Build,
    section: &Section,
    window: &mut Window,
    number: usize,
) -> Vec<ChildView> {
    let mut views = Vec::new();
    for section in &build.holdings.of(section).below {
        let all = &build.holdings.of(section).all;
        let here = window.take(all);
        if here.is_empty() && !(all.is_empty() && number == 1) {
            continue;
        }
        let page = build.page(&section.id);
        views.push(ChildView {
            title: section.title.clone(),
            url: links::encode(&build.section_url(section)),
            summary: page.map(|page| page.summary.clone()).unwrap_or_default(),
            cards: build.cards(here.iter().copied()),
        });
    }
    views
}
