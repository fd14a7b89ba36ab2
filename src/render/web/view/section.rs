//! Sections: lists of pages, of sections below, of boards and of campaigns. And what frames
//! every page: the site's own data, its main sections, the way up.

use serde::Serialize;
use tera::{Context, Value};

use crate::render::links;
use crate::render::web::facts::on_web::OnWeb;
use crate::render::web::facts::website::Facts;
use crate::render::web::html::Rendered;
use crate::render::web::text::words::DateView;
use crate::render::web::view::board::BoardCard;
use crate::render::web::view::card::{self, Cards};
use crate::render::web::view::languages::LentView;
use crate::render::web::view::pager::{self, Window};
use crate::render::web::view::values::LinkView;
use crate::render::web::view::{notices, screen, sorting};
use crate::site::{Board, Page, Section};

/// How many sections the head of each page names.
const NAV: usize = 5;

/// The site, for the frame of each page.
#[derive(Debug, Serialize)]
pub(in crate::render::web) struct SiteView {
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
    today: DateView,
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
    pub(in crate::render::web) fn new(facts: &Facts) -> Self {
        let settings = &facts.site.settings;
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
            today: facts.words.date(facts.today()),
            timezone: screen::zone(settings),
            has_public_notices: notices::has_any(facts),
            has_search: facts.delivery().search,
            has_boards: !facts.site.boards.is_empty(),
            has_items: !facts.site.items.is_empty(),
            taxonomies: facts.terms.all().iter().map(super::terms::link).collect(),
        }
    }
}

/// Returns the sections right below the home page.
pub(in crate::render::web) fn nav(on_web: &OnWeb) -> Vec<LinkView> {
    let home = on_web.site.section("");
    let ids = home.map_or(&[][..], |home| &home.sections);
    ids.iter()
        .filter(|id| on_web.leads_to_section(id))
        .filter_map(|id| on_web.site.section(id))
        .map(|section| crumb(on_web, section))
        .take(NAV)
        .collect()
}

/// A section with those right below it, for pages that lead everywhere.
#[derive(Debug, Serialize)]
pub(in crate::render::web) struct SectionView {
    #[serde(flatten)]
    pub link: LinkView,
    sections: Vec<LinkView>,
}

/// Returns all main sections with those below.
pub(in crate::render::web) fn all(on_web: &OnWeb) -> Vec<SectionView> {
    let below = |id: &str| -> Vec<&Section> {
        let section = on_web.site.section(id);
        let ids = section.map_or(&[][..], |section| &section.sections);
        ids.iter()
            .filter(|id| on_web.shows_section(id))
            .filter_map(|id| on_web.site.section(id))
            .collect()
    };
    let links = |id: &str| below(id).into_iter().map(|section| crumb(on_web, section));
    let view = |section: &Section| SectionView {
        link: crumb(on_web, section),
        sections: links(&section.id).collect(),
    };
    below("").into_iter().map(view).collect()
}

/// Returns the way from the home page to a page, without both.
pub(in crate::render::web) fn crumbs(on_web: &OnWeb, page: &Page) -> Vec<LinkView> {
    let mut up = on_web.site.section(&page.section);
    let mut crumbs = Vec::new();
    while let Some(section) = up.filter(|section| !section.id.is_empty()) {
        if !(page.is_section && section.id == page.id) {
            crumbs.push(crumb(on_web, section));
        }
        up = section
            .parent
            .as_deref()
            .and_then(|id| on_web.site.section(id));
    }
    crumbs.reverse();
    crumbs
}

/// Returns the link to a section.
pub(in crate::render::web) fn crumb(on_web: &OnWeb, section: &Section) -> LinkView {
    LinkView {
        id: section.id.clone(),
        title: section.title.clone(),
        url: links::encode(&on_web.section_url(section)),
    }
}

/// Fills in the page `number` of a section's list.
pub(in crate::render::web) fn fill(
    context: &mut Context,
    section: &Section,
    page: Option<&Page>,
    number: usize,
    text: Option<Rendered>,
    facts: &Facts,
    cards: &Cards,
) {
    let own = facts.listings.of(section);
    let mut window = Window::new(section.pagination, number);
    let plain = window.take(&own.plain);
    let first = page.filter(|_| number == 1);
    let summary = first.map(|page| page.summary.as_str());
    let text = text.map(|text| text.html);
    context.insert("summary", summary.unwrap_or_default());
    context.insert("content", &text.unwrap_or_default());
    fill_first(context, section, number, facts, cards);
    let groups = own.is_grouped.then(|| groups(facts, plain, cards));
    context.insert("groups", &groups.unwrap_or_default());
    context.insert_value("cards", cards.of(plain.iter().copied()));
    context.insert(
        "children",
        &children(facts, section, (&mut window, number), cards),
    );
    let last = facts.listings.n_lists(section);
    let pager = pager::pager(&facts.section_url(section), number, last);
    context.insert("pager", &pager);
}

/// Fills in what stands on the first page of a list alone: boards, campaigns, bins, and the ways to
/// other lists.
fn fill_first(
    context: &mut Context,
    section: &Section,
    number: usize,
    facts: &Facts,
    cards: &Cards,
) {
    let own = facts.listings.of(section);
    let is_here = |board: &&Board| number == 1 && own.boards.contains(&board.page.as_str());
    let boards = facts.site.boards.iter().filter(is_here);
    let boards: Vec<BoardCard> = boards.map(|board| BoardCard::new(board, facts)).collect();
    let campaigns = match number {
        1 => own.campaigns.clone(),
        _ => Vec::new(),
    };
    context.insert("boards", &boards);
    context.insert_value("campaigns", campaign_cards(facts, campaigns, cards));
    let is_sorting = section.id == sorting::SECTION && !facts.site.items.is_empty();
    let bins = (is_sorting && number == 1).then(|| sorting::bins(facts));
    context.insert("bins", &bins);
    let lent = LentView::new(section, facts).filter(|_| number == 1);
    context.insert("lent", &lent);
    let lists_notices = number == 1 && section.id == notices::SECTION && notices::has_any(facts);
    let link = lists_notices.then(|| notices::link(facts));
    context.insert("public_notices", &link);
}

/// Campaigns stand in the order of the year.
fn campaign_cards(on_web: &OnWeb, mut ids: Vec<&str>, cards: &Cards) -> Value {
    ids.sort_by_key(|id| {
        let campaign = on_web.page(id).and_then(|page| page.campaign.as_ref());
        campaign.map(|campaign| (campaign.from, campaign.to))
    });
    cards.of(ids)
}

/// Pages of one topic.
#[derive(Debug, Serialize)]
pub(in crate::render::web) struct GroupView {
    pub topic: LinkView,
    pub cards: Value,
}

/// Returns a long list's pages by topic, in the topics' order; nothing where all have one topic.
fn groups(facts: &Facts, ids: &[&str], cards: &Cards) -> Vec<GroupView> {
    let topics = &facts.site.settings.topics;
    let group = |topic: &str| {
        let is_of = |id: &&&str| facts.page(id).and_then(Page::topic) == Some(topic);
        let own: Vec<&str> = ids.iter().filter(is_of).copied().collect();
        (!own.is_empty()).then(|| {
            Some(GroupView {
                topic: card::topic_view(facts, topic)?,
                cards: cards.of(own),
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
    facts: &Facts,
    section: &Section,
    (window, number): (&mut Window, usize),
    cards: &Cards,
) -> Vec<ChildView> {
    let mut views = Vec::new();
    for section in &facts.listings.of(section).below {
        let all = &facts.listings.of(section).all;
        let here = window.take(all);
        if here.is_empty() && !(all.is_empty() && number == 1) {
            continue;
        }
        let page = facts.page(&section.id);
        views.push(ChildView {
            title: section.title.clone(),
            url: links::encode(&facts.section_url(section)),
            summary: page.map(|page| page.summary.clone()).unwrap_or_default(),
            cards: cards.of(here.iter().copied()),
        });
    }
    views
}
