//! The home page: what matters now, what hangs now, where a thing is thrown, what to read.

use jiff::civil::Date;
use serde::Serialize;
use tera::{Context, Value};

use crate::render::web::facts::on_web::OnWeb;
use crate::render::web::facts::walls::Sheet;
use crate::render::web::facts::website::Facts;
use crate::render::web::html::{Rendered, escape};
use crate::render::web::text::words::DateView;
use crate::render::web::view::card::{self, Cards};
use crate::render::web::view::section::{self, GroupView};
use crate::render::web::view::sorting;
use crate::render::web::view::values::{self, LinkView};
use crate::render::web::view::wall::{SheetView, board_link};
use crate::site::{BoardKind, Page};

/// How far ahead an event can be and still be the most important thing, in days.
pub(in crate::render::web) const AHEAD: i32 = 31;
/// How many notices the list holds at most.
const NOTICES: usize = 6;
/// How many sheets hang on the home page's wall at most.
const WALL: usize = 6;
/// How many campaigns are named.
const CAMPAIGNS: usize = 3;

pub(in crate::render::web) fn fill(
    context: &mut Context,
    page: &Page,
    text: Rendered,
    facts: &Facts,
    cards: &Cards,
) {
    let lead = lead(facts);
    let lead_id = lead.as_ref().map(|lead| lead.page.id.as_str());
    let content = match page.is_made_up() {
        true => introduction(facts),
        false => text.html,
    };
    context.insert("content", &content);
    context.insert(
        "lead",
        &lead.as_ref().map(|lead| LeadView::new(lead, facts, cards)),
    );
    context.insert_value("notices", notices(facts, lead_id, cards));
    context.insert("wall", &sheets(facts));
    context.insert("has_guide", &!facts.site.items.is_empty());
    context.insert("bins", &sorting::bins(facts));
    context.insert("groups", &guides(facts, cards));
    context.insert_value("campaigns", campaigns(facts, cards));
}

/// Returns what a home page says that nobody has written: what the site is, and its sections.
fn introduction(on_web: &OnWeb) -> String {
    let description = &on_web.site.settings.description;
    let mut html = match description.is_empty() {
        true => String::new(),
        false => format!("<p>{}</p>\n", escape(description)),
    };
    let sections = section::all(on_web);
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
fn lead<'a>(facts: &Facts<'a>) -> Option<Lead<'a>> {
    event(facts)
        .or_else(|| running_posting(facts))
        .or_else(|| newest_notice(facts))
        .or_else(|| running_campaign(facts))
        .or_else(|| guide(facts))
}

fn current<'a>(on_web: &OnWeb<'a>) -> impl Iterator<Item = &'a Page> {
    let today = on_web.today();
    on_web
        .pages()
        .filter(move |page| !page.is_section && page.is_current(today))
}

fn event<'a>(on_web: &OnWeb<'a>) -> Option<Lead<'a>> {
    let today = on_web.today();
    let soon = |page: &&Page| {
        page.event.as_ref().is_some_and(|event| {
            let last = event.until.unwrap_or(event.date);
            last >= today && values::days_between(today, event.date) <= AHEAD
        })
    };
    let page = current(on_web).filter(soon).min_by_key(|page| {
        let day = page.event.as_ref().map(|event| event.date);
        (day, std::cmp::Reverse(priority(page)), &page.id)
    })?;
    Some(Lead {
        page,
        kind: LeadKind::Event,
        day: page.event.as_ref().map(|event| event.date),
    })
}

fn running_posting<'a>(on_web: &OnWeb<'a>) -> Option<Lead<'a>> {
    let today = on_web.today();
    let last = |page: &Page| values::posting(page).map(|posting| posting.last);
    let runs = |page: &&Page| {
        values::posting(page).is_some_and(|posting| posting.first <= today && today <= posting.last)
    };
    let page = current(on_web)
        .filter(runs)
        .min_by_key(|page| (last(page), &page.id))?;
    Some(Lead {
        page,
        kind: LeadKind::Posting,
        day: last(page),
    })
}

fn newest_notice<'a>(on_web: &OnWeb<'a>) -> Option<Lead<'a>> {
    let page = current(on_web)
        .filter(|page| page.notice.is_some())
        .max_by_key(|page| (page.date, priority(page), std::cmp::Reverse(&page.id)))?;
    Some(Lead {
        page,
        kind: LeadKind::Notice,
        day: page.date,
    })
}

fn running_campaign<'a>(on_web: &OnWeb<'a>) -> Option<Lead<'a>> {
    let today = on_web.today();
    let runs = |page: &&Page| {
        let campaign = page.campaign.as_ref();
        campaign.is_some_and(|campaign| campaign.from <= today && today <= campaign.to)
    };
    let last = |page: &Page| page.campaign.as_ref().map(|campaign| campaign.to);
    let page = current(on_web)
        .filter(runs)
        .min_by_key(|page| (last(page), &page.id))?;
    Some(Lead {
        page,
        kind: LeadKind::Campaign,
        day: last(page),
    })
}

fn guide<'a>(facts: &Facts<'a>) -> Option<Lead<'a>> {
    let hung = facts.walls.now(facts.site).map(|sheet| sheet.page);
    let hung = hung.filter(|page| facts.is_published(&page.id));
    let page = hung
        .max_by_key(|page| (priority(page), std::cmp::Reverse(&page.id)))
        .or_else(|| {
            let topics = &facts.site.settings.topics;
            topics
                .iter()
                .find_map(|topic| facts.guides(&topic.id).first().copied())
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
    fn new(lead: &Lead, facts: &Facts, cards: &Cards) -> Self {
        let sheet = facts
            .walls
            .now(facts.site)
            .filter(|sheet| sheet.page.id == lead.page.id && sheet.leads())
            .find(|sheet| sheet.poster.is_some());
        Self {
            kind: lead.kind,
            day: lead.day.map(|day| facts.words.date(day)),
            card: cards.one(&lead.page.id).unwrap_or_else(Value::none),
            sheet: sheet.map(|sheet| SheetView::new(sheet, facts)),
        }
    }
}

/// Returns the current notices but the one that stands on top: those with a day to come first.
fn notices(on_web: &OnWeb, lead: Option<&str>, cards: &Cards) -> Value {
    let today = on_web.today();
    let mut pages: Vec<&Page> = current(on_web)
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
    cards.of(pages.iter().take(NOTICES).map(|page| page.id.as_str()))
}

/// A poster of the wall with all boards that show it.
#[derive(Debug, Serialize)]
struct WallView {
    sheet: SheetView,
    boards: Vec<LinkView>,
}

/// Returns what hangs now, each poster once: those that could be set, notices, large sheets first.
fn sheets(facts: &Facts) -> Vec<WallView> {
    let mut by_page: Vec<(&Sheet, WallView)> = Vec::new();
    // A screen has no paper to hang.
    let on_paper = |sheet: &&Sheet| sheet.board.kind != BoardKind::Screen && sheet.leads();
    for sheet in facts.walls.now(facts.site).filter(on_paper) {
        let board = board_link(sheet.board, facts);
        let known = by_page
            .iter_mut()
            .find(|(first, _)| first.page.id == sheet.page.id);
        match known {
            Some((_, view)) if view.boards.contains(&board) => {}
            Some((_, view)) => view.boards.push(board),
            None => {
                let view = WallView {
                    sheet: SheetView::new(sheet, facts),
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
fn guides(facts: &Facts, cards: &Cards) -> Vec<GroupView> {
    let group = |topic: &str| {
        let guides = facts.guides(topic);
        let view = card::topic_view(facts, topic)?;
        (!guides.is_empty()).then(|| GroupView {
            topic: view,
            cards: cards.of(guides.iter().map(|page| page.id.as_str())),
        })
    };
    let topics = &facts.site.settings.topics;
    topics.iter().filter_map(|topic| group(&topic.id)).collect()
}

/// Returns the campaigns that are going on or come next.
fn campaigns(on_web: &OnWeb, cards: &Cards) -> Value {
    let today = on_web.today();
    let mut pages: Vec<(Date, &Page)> = on_web
        .pages()
        .filter_map(|page| {
            let campaign = page.campaign.as_ref()?;
            (campaign.to >= today).then_some((campaign.from, page))
        })
        .collect();
    pages.sort_by_key(|(from, page)| (*from, page.id.as_str()));
    cards.of(pages
        .iter()
        .take(CAMPAIGNS)
        .map(|(_, page)| page.id.as_str()))
}
