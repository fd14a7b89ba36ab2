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
    link: LinkView,
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

/// What a section's list holds, each in its order.
struct Holdings<'a> {
    boards: Vec<&'a str>,
    campaigns: Vec<&'a str>,
    plain: Vec<&'a str>,
}

impl<'a> Holdings<'a> {
    fn new(build: &Build, section: &'a Section) -> Self {
        let (boards, others): (Vec<&str>, Vec<&str>) = section
            .pages
            .iter()
            .map(String::as_str)
            .filter(|id| build.is_published(id))
            .partition(|id| board_of(build, id).is_some());
        let (campaigns, plain): (Vec<&str>, Vec<&str>) = others
            .into_iter()
            .partition(|id| build.page(id).is_some_and(|page| page.campaign.is_some()));
        Self {
            boards,
            campaigns,
            plain,
        }
    }
}

/// Returns over how many pages a section's list goes: its own pages and those of the sections
/// below, which it shows too. Boards and campaigns stand on the first.
pub(super) fn n_lists(build: &Build, section: &Section) -> usize {
    if section.pagination.is_none() {
        return 1;
    }
    let below = shown_below(build, section).into_iter();
    let below = below.map(|child| Holdings::pages(build, child).count());
    let own = Holdings::new(build, section).plain.len();
    pages::count(own + below.sum::<usize>(), section.pagination)
}

impl Holdings<'_> {
    /// Returns the pages of a section that are on the web.
    fn pages<'a>(build: &Build, section: &'a Section) -> impl Iterator<Item = &'a str> {
        let ids = section.pages.iter().map(String::as_str);
        ids.filter(|id| build.is_published(id))
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
    let mut own = Holdings::new(build, section);
    let mut window = Window::new(section.pagination, number);
    let is_first = number == 1;
    let text = page.filter(|_| is_first);
    let text = text.map(|page| page::text(page, build).html);
    if !is_first {
        own.boards.clear();
        own.campaigns.clear();
    }
    let boards: Vec<BoardCard> = build
        .site
        .boards
        .iter()
        .filter(|board| own.boards.contains(&board.page.as_str()))
        .map(|board| BoardCard::new(board, build))
        .collect();
    let summary = page.filter(|_| is_first).map(|page| page.summary.as_str());
    let is_long = is_grouped(build, &own.plain);
    let plain = match is_long {
        true => by_topic(build, own.plain),
        false => own.plain,
    };
    let plain = window.take(&plain);
    context.insert("summary", summary.unwrap_or_default());
    context.insert("content", &text.unwrap_or_default());
    context.insert("boards", &boards);
    context.insert_value("campaigns", campaign_cards(build, own.campaigns));
    let groups = is_long.then(|| groups(build, plain));
    context.insert("groups", &groups.unwrap_or_default());
    context.insert_value("cards", build.cards(plain.iter().copied()));
    context.insert("children", &children(build, section, &mut window, number));
    let first = build.section_url(section);
    let pager = pages::pager(&first, number, n_lists(build, section));
    context.insert("pager", &pager);
    context.insert("lent", &LentView::new(section, build).filter(|_| is_first));
    let lists_notices = section.id == notices::SECTION && notices::has_any(build);
    context.insert(
        "public_notices",
        &lists_notices.then(|| notices::link(build)),
    );
    let is_sorting = section.id == sorting::SECTION && !build.site.items.is_empty();
    let bins = (is_sorting && is_first).then(|| sorting::bins(build));
    context.insert("bins", &bins);
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

/// Puts a list that is set in groups into the order of its topics, so that a group goes on over
/// two pages of the list rather than beginning anew on each.
fn by_topic<'i>(build: &Build, mut ids: Vec<&'i str>) -> Vec<&'i str> {
    let topics = &build.site.settings.topics;
    ids.sort_by_key(|id| {
        let topic = build.page(id).and_then(Page::topic);
        topics.iter().position(|known| Some(&*known.id) == topic)
    });
    ids
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

/// Tells whether a list is long and every page of it has a topic.
fn is_grouped(build: &Build, ids: &[&str]) -> bool {
    let topics = &build.site.settings.topics;
    let known = |id: &&str| {
        let topic = build.page(id).and_then(Page::topic);
        topic.is_some_and(|topic| topics.iter().any(|known| known.id == topic))
    };
    ids.len() >= GROUPED_FROM && ids.iter().all(known)
}

/// A section below, with its pages.
#[derive(Debug, Serialize)]
struct ChildView {
    title: String,
    url: String,
    summary: String,
    cards: Value,
}

/// Returns the sections below that have something to show; newest first where the section lists
/// by date.
fn shown_below<'a>(build: &Build<'a>, section: &'a Section) -> Vec<&'a Section> {
    let mut below: Vec<&Section> = section
        .sections
        .iter()
        .filter(|id| build.shows_section(id))
        .filter_map(|id| build.site.section(id))
        .collect();
    let newest = |section: &&Section| {
        let dates = section.pages.iter().filter_map(|id| build.page(id)?.date);
        dates.max()
    };
    match section.sort {
        Sort::Date => below.sort_by_key(|section| std::cmp::Reverse(newest(section))),
        Sort::Oldest => below.sort_by_key(newest),
        Sort::Title | Sort::Order => {}
    }
    below
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
    for section in shown_below(build, section) {
        let all: Vec<&str> = Holdings::pages(build, section).collect();
        let here = window.take(&all);
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
