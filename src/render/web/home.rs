//! The home page: what matters now, what hangs now, where a thing is thrown, what to read.

use jiff::civil::Date;
use serde::Serialize;
use tera::{Context, Value};

use super::build::Build;
use super::html::escape;
use super::page;
use super::section::{self, GroupView};
use super::sorting;
use super::view;
use super::wall::{Sheet, SheetView};
use super::words::DateView;
use crate::site::{BoardKind, Page};

/// How far ahead an event can be and still be the most important thing, in days.
pub(super) const AHEAD: i32 = 31;
/// How many notices the list holds at most.
const NOTICES: usize = 6;
/// How many sheets hang on the home page's wall at most.
const WALL: usize = 6;
/// How many campaigns are named.
const CAMPAIGNS: usize = 3;

pub(super) fn fill(context: &mut Context, page: &Page, build: &Build) {
    let lead = lead(build);
    let lead_id = lead.as_ref().map(|lead| lead.page.id.as_str());
    let content = match page.is_made_up() {
        true => introduction(build),
        false => page::text(page, build).html,
    };
    context.insert("content", &content);
    context.insert(
        "lead",
        &lead.as_ref().map(|lead| LeadView::new(lead, build)),
    );
    context.insert_value("notices", notices(build, lead_id));
    context.insert("wall", &sheets(build));
    context.insert("has_guide", &!build.site.items.is_empty());
    context.insert("bins", &sorting::bins(build));
    context.insert("groups", &guides(build));
    context.insert_value("campaigns", campaigns(build));
}

/// Returns what a home page says that nobody has written: what the site is, and its sections.
fn introduction(build: &Build) -> String {
    let description = &build.site.settings.description;
    let mut html = match description.is_empty() {
        true => String::new(),
        false => format!("<p>{}</p>\n", escape(description)),
    };
    let sections = section::all(build);
    if !sections.is_empty() {
        html.push_str("<ul>\n");
        for section in &sections {
            let (url, title) = (escape(&section.link.url), escape(&section.link.title));
            html.push_str(&format!("<li><a href=\"{url}\">{title}</a></li>\n"));
        }
        html.push_str("</ul>\n");
    }
    html
}

/// The most important thing of these days.
struct Lead<'a> {
    page: &'a Page,
    kind: LeadKind,
    /// The day that is set large.
    day: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum LeadKind {
    Event,
    Posting,
    Notice,
    Campaign,
    Guide,
}

/// Returns the first of: the next event, a posting period about to end, the newest notice, a
/// campaign that is going on, a guide that hangs on a board, any guide.
fn lead<'a>(build: &Build<'a>) -> Option<Lead<'a>> {
    event(build)
        .or_else(|| running_posting(build))
        .or_else(|| newest_notice(build))
        .or_else(|| running_campaign(build))
        .or_else(|| guide(build))
}

fn current<'a>(build: &Build<'a>) -> impl Iterator<Item = &'a Page> {
    let today = build.today();
    build
        .pages()
        .filter(move |page| !page.is_section && page.is_current(today))
}

fn event<'a>(build: &Build<'a>) -> Option<Lead<'a>> {
    let today = build.today();
    let soon = |page: &&Page| {
        page.event.as_ref().is_some_and(|event| {
            let last = event.until.unwrap_or(event.date);
            last >= today && view::days_between(today, event.date) <= AHEAD
        })
    };
    let page = current(build).filter(soon).min_by_key(|page| {
        let day = page.event.as_ref().map(|event| event.date);
        (day, std::cmp::Reverse(priority(page)), &page.id)
    })?;
    Some(Lead {
        page,
        kind: LeadKind::Event,
        day: page.event.as_ref().map(|event| event.date),
    })
}

fn running_posting<'a>(build: &Build<'a>) -> Option<Lead<'a>> {
    let today = build.today();
    let last = |page: &Page| view::posting(page).map(|posting| posting.last);
    let runs = |page: &&Page| {
        view::posting(page).is_some_and(|posting| posting.first <= today && today <= posting.last)
    };
    let page = current(build)
        .filter(runs)
        .min_by_key(|page| (last(page), &page.id))?;
    Some(Lead {
        page,
        kind: LeadKind::Posting,
        day: last(page),
    })
}

fn newest_notice<'a>(build: &Build<'a>) -> Option<Lead<'a>> {
    let page = current(build)
        .filter(|page| page.notice.is_some())
        .max_by_key(|page| (page.date, priority(page), std::cmp::Reverse(&page.id)))?;
    Some(Lead {
        page,
        kind: LeadKind::Notice,
        day: page.date,
    })
}

fn running_campaign<'a>(build: &Build<'a>) -> Option<Lead<'a>> {
    let today = build.today();
    let runs = |page: &&Page| {
        let campaign = page.campaign.as_ref();
        campaign.is_some_and(|campaign| campaign.from <= today && today <= campaign.to)
    };
    let last = |page: &Page| page.campaign.as_ref().map(|campaign| campaign.to);
    let page = current(build)
        .filter(runs)
        .min_by_key(|page| (last(page), &page.id))?;
    Some(Lead {
        page,
        kind: LeadKind::Campaign,
        day: last(page),
    })
}

fn guide<'a>(build: &Build<'a>) -> Option<Lead<'a>> {
    let hung = build.walls.now(build.site).map(|sheet| sheet.page);
    let hung = hung.filter(|page| build.is_published(&page.id));
    let page = hung
        .max_by_key(|page| (priority(page), std::cmp::Reverse(&page.id)))
        .or_else(|| {
            let topics = &build.site.settings.topics;
            topics
                .iter()
                .find_map(|topic| build.guides(&topic.id).first().copied())
        })?;
    Some(Lead {
        page,
        kind: LeadKind::Guide,
        day: None,
    })
}

fn priority(page: &Page) -> u8 {
    page.poster.as_ref().map_or(0, |poster| poster.priority)
}

#[derive(Debug, Serialize)]
struct LeadView {
    kind: LeadKind,
    day: Option<DateView>,
    card: Value,
    /// Its poster, where it hangs.
    sheet: Option<SheetView>,
}

impl LeadView {
    fn new(lead: &Lead, build: &Build) -> Self {
        let sheet = build
            .walls
            .now(build.site)
            .find(|sheet| sheet.page.id == lead.page.id && sheet.poster.is_some());
        Self {
            kind: lead.kind,
            day: lead.day.map(|day| build.words.date(day)),
            card: build.card(&lead.page.id).unwrap_or_else(Value::none),
            sheet: sheet.map(|sheet| SheetView::new(sheet, build)),
        }
    }
}

/// Returns the current notices but the one that stands on top: those with a day to come first.
fn notices(build: &Build, lead: Option<&str>) -> Value {
    let today = build.today();
    let mut pages: Vec<&Page> = current(build)
        .filter(|page| page.notice.is_some() && Some(page.id.as_str()) != lead)
        .collect();
    let ahead = |page: &Page| {
        page.event
            .as_ref()
            .map(|event| event.date)
            .filter(|day| *day >= today)
    };
    pages.sort_by_key(|page| {
        let day = ahead(page);
        (day.is_none(), day, std::cmp::Reverse(page.date), &page.id)
    });
    build.cards(pages.iter().take(NOTICES).map(|page| page.id.as_str()))
}

/// A poster of the wall with all boards that show it.
#[derive(Debug, Serialize)]
struct WallView {
    sheet: SheetView,
    boards: Vec<super::view::LinkView>,
}

/// Returns what hangs now, each poster once: those that could be set, notices, large sheets first.
fn sheets(build: &Build) -> Vec<WallView> {
    let mut by_page: Vec<(&Sheet, WallView)> = Vec::new();
    // A screen has no paper to hang.
    let on_paper = |sheet: &&Sheet| sheet.board.kind != BoardKind::Screen;
    for sheet in build.walls.now(build.site).filter(on_paper) {
        let board = super::wall::board_link(sheet.board, build);
        let known = by_page
            .iter_mut()
            .find(|(first, _)| first.page.id == sheet.page.id);
        match known {
            Some((_, view)) if view.boards.contains(&board) => {}
            Some((_, view)) => view.boards.push(board),
            None => {
                let view = WallView {
                    sheet: SheetView::new(sheet, build),
                    boards: vec![board],
                };
                by_page.push((sheet, view));
            }
        }
    }
    by_page.sort_by_key(|(sheet, view)| {
        let is_notice = sheet.page.notice.is_some();
        (
            view.sheet.picture.is_none(),
            !is_notice,
            std::cmp::Reverse(view.sheet.scale),
        )
    });
    by_page
        .into_iter()
        .map(|(_, view)| view)
        .take(WALL)
        .collect()
}

/// Returns the guides by topic, in the topics' order.
fn guides(build: &Build) -> Vec<GroupView> {
    let group = |topic: &str| {
        let guides = build.guides(topic);
        let view = view::topic_view(build, topic)?;
        (!guides.is_empty()).then(|| GroupView {
            topic: view,
            cards: build.cards(guides.iter().map(|page| page.id.as_str())),
        })
    };
    let topics = &build.site.settings.topics;
    topics.iter().filter_map(|topic| group(&topic.id)).collect()
}

/// Returns the campaigns that are going on or come next.
fn campaigns(build: &Build) -> Value {
    let today = build.today();
    let mut pages: Vec<(Date, &Page)> = build
        .pages()
        .filter_map(|page| {
            let campaign = page.campaign.as_ref()?;
            (campaign.to >= today).then_some((campaign.from, page))
        })
        .collect();
    pages.sort_by_key(|(from, page)| (*from, page.id.as_str()));
    build.cards(
        pages
            .iter()
            .take(CAMPAIGNS)
            .map(|(_, page)| page.id.as_str()),
    )
}
