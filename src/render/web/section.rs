//! Sections: lists of pages, of sections below, of boards and of campaigns. And what frames
//! every page: the site's own data, its main sections, the way up.

use serde::Serialize;
use tera::{Context, Value};

use super::board::BoardCard;
use super::build::Build;
use super::view::{self, LinkView};
use super::{links, notices, page, screen, sorting};
use crate::site::{Page, Section, Sort};

/// How many sections the head of each page names.
const NAV: usize = 5;
/// From how many guides on a list is set in groups by topic.
const GROUPED_FROM: usize = 9;

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
    today: super::words::DateView,
    /// By which the reader's browser knows which day it is here.
    timezone: String,
    has_boards: bool,
    has_items: bool,
    has_public_notices: bool,
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
            today: build.words.date(build.today()),
            timezone: screen::zone(settings),
            has_public_notices: notices::has_any(build),
            has_boards: !build.site.boards.is_empty(),
            has_items: !build.site.items.is_empty(),
        }
    }
}

/// Returns the sections right below the home page.
pub(super) fn nav(build: &Build) -> Vec<LinkView> {
    let home = build.site.section("");
    let ids = home.map_or(&[][..], |home| &home.sections);
    ids.iter()
        .filter(|id| build.shows_section(id))
        .filter_map(|id| build.site.section(id))
        .map(|section| crumb(build, section))
        .take(NAV)
        .collect()
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

pub(super) fn fill(context: &mut Context, section: &Section, page: Option<&Page>, build: &Build) {
    let text = page.map(|page| page::text(page, build).html);
    let (boards, others): (Vec<&str>, Vec<&str>) = section
        .pages
        .iter()
        .map(String::as_str)
        .filter(|id| build.is_published(id))
        .partition(|id| board_of(build, id).is_some());
    let (campaigns, plain): (Vec<&str>, Vec<&str>) = others
        .into_iter()
        .partition(|id| build.page(id).is_some_and(|page| page.campaign.is_some()));
    let boards: Vec<BoardCard> = build
        .site
        .boards
        .iter()
        .filter(|board| boards.contains(&board.page.as_str()))
        .map(|board| BoardCard::new(board, build))
        .collect();
    let summary = page.map(|page| page.summary.as_str()).unwrap_or_default();
    context.insert("summary", summary);
    context.insert("content", &text.unwrap_or_default());
    context.insert("boards", &boards);
    context.insert_value("campaigns", campaign_cards(build, campaigns));
    context.insert("groups", &groups(build, &plain));
    context.insert_value("cards", build.cards(plain));
    context.insert("children", &children(build, section));
    let lists_notices = section.id == notices::SECTION && notices::has_any(build);
    context.insert(
        "public_notices",
        &lists_notices.then(|| notices::link(build)),
    );
    let is_sorting = section.id == sorting::SECTION && !build.site.items.is_empty();
    context.insert("bins", &is_sorting.then(|| sorting::bins(build)));
}

fn board_of<'b>(build: &'b Build, id: &str) -> Option<&'b str> {
    build.page(id)?.board.as_deref()
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

/// Returns a long list's pages by topic, in the topics' order; nothing for a short list.
fn groups(build: &Build, ids: &[&str]) -> Vec<GroupView> {
    if ids.len() < GROUPED_FROM {
        return Vec::new();
    }
    let topics = &build.site.settings.topics;
    let known = |id: &&str| {
        let topic = build.page(id).and_then(Page::topic);
        topic.is_some_and(|topic| topics.iter().any(|known| known.id == topic))
    };
    if !ids.iter().all(known) {
        return Vec::new();
    }
    let group = |topic: &str| {
        let is_of = |id: &&&str| build.page(id).and_then(Page::topic) == Some(topic);
        let own: Vec<&str> = ids.iter().filter(is_of).copied().collect();
        (!own.is_empty()).then(|| {
            Some(GroupView {
                topic: view::topic_view(build.site, topic)?,
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

/// Returns the sections below; newest first where the section lists by date.
fn children(build: &Build, section: &Section) -> Vec<ChildView> {
    let mut below: Vec<&Section> = section
        .sections
        .iter()
        .filter(|id| build.shows_section(id))
        .filter_map(|id| build.site.section(id))
        .collect();
    if section.sort == Sort::Date {
        let newest = |section: &Section| {
            let dates = section.pages.iter().filter_map(|id| build.page(id)?.date);
            dates.max()
        };
        below.sort_by_key(|section| std::cmp::Reverse(newest(section)));
    }
    below
        .into_iter()
        .map(|section| ChildView {
            title: section.title.clone(),
            url: links::encode(&build.section_url(section)),
            summary: build
                .page(&section.id)
                .map(|page| page.summary.clone())
                .unwrap_or_default(),
            cards: build.cards(section.pages.iter().map(String::as_str)),
        })
        .collect()
}
