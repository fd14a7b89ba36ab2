//! Pages in lists.

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::Serialize;
use tera::Value;

use super::values::{
    EventView, LinkView, PictureView, PostingView, SpanView, draft, picture, posting,
};
use crate::render::links;
use crate::render::web::facts::terms;
use crate::render::web::facts::website::Facts;
use crate::render::web::text::words::{DateView, Words};
use crate::site::markdown::reading_minutes;
use crate::site::{Campaign, Page};

/// A page in a list.
#[derive(Debug, Serialize)]
pub(in crate::render::web) struct Card {
    pub id: String,
    pub title: String,
    pub url: String,
    pub summary: String,
    /// `section`, `board`, `campaign`, `notice` or `guide`.
    pub kind: &'static str,
    /// What kind of notice, such as 公示.
    pub notice: Option<String>,
    pub topic: Option<LinkView>,
    pub lead: Option<String>,
    pub date: Option<DateView>,
    /// How many minutes reading takes.
    pub minutes: usize,
    pub expires: Option<DateView>,
    pub expired: bool,
    pub event: Option<EventView>,
    pub posting: Option<PostingView>,
    pub campaign: Option<SpanView>,
    pub picture: Option<PictureView>,
    /// `draft` or `review` where nobody has approved it yet; only a preview shows such pages.
    pub draft: Option<&'static str>,
}

impl Card {
    pub(in crate::render::web) fn new(page: &Page, facts: &Facts) -> Self {
        let (words, today) = (&facts.words, facts.today());
        Self {
            id: page.id.clone(),
            title: page.title.clone(),
            url: links::encode(&page.url),
            summary: page.summary.clone(),
            kind: kind(page),
            notice: (page.notice.as_ref()).map(|notice| words.notice(notice.kind)),
            topic: page.topic().and_then(|topic| topic_view(facts, topic)),
            lead: page.poster.as_ref().and_then(|poster| poster.lead.clone()),
            date: page.date.map(|date| words.date(date)),
            minutes: reading_minutes(&page.body),
            expires: page.expires.map(|date| words.date(date)),
            expired: page.expires.is_some_and(|last| last < today),
            event: page
                .event
                .as_ref()
                .map(|event| EventView::new(event, words, today)),
            posting: posting(page).map(|posting| PostingView::new(posting, words, today)),
            campaign: page
                .campaign
                .as_ref()
                .map(|campaign| campaign_span(campaign, words, today)),
            picture: page
                .picture
                .as_ref()
                .map(|it| picture(facts, &it.file, &it.alt)),
            draft: draft(page),
        }
    }
}

fn kind(page: &Page) -> &'static str {
    if page.is_section {
        "section"
    } else if page.board.is_some() {
        "board"
    } else if page.campaign.is_some() {
        "campaign"
    } else if page.notice.is_some() {
        "notice"
    } else {
        "guide"
    }
}

/// Returns a topic with its page; a topic that has no page on the web leads home.
pub(in crate::render::web) fn topic_view(facts: &Facts, id: &str) -> Option<LinkView> {
    let topics = &facts.site.settings.topics;
    let topic = topics.iter().find(|topic| topic.id == id)?;
    let shelf = facts.terms.shelf(terms::TOPICS, id);
    let url = shelf.map_or_else(|| "index.html".to_owned(), terms::Shelf::url);
    Some(LinkView {
        id: topic.id.clone(),
        title: topic.title.clone(),
        url: links::encode(&url),
    })
}

fn campaign_span(campaign: &Campaign, words: &Words, today: Date) -> SpanView {
    SpanView::new(campaign.from, campaign.to, words, today)
}

/// Cards of the pages on the web, ready for templates; each is made once somebody wants it.
pub(in crate::render::web) struct Cards<'a> {
    facts: Arc<Facts<'a>>,
    all: FxHashMap<&'a str, (&'a Page, OnceLock<Value>)>,
}

impl<'a> Cards<'a> {
    pub(in crate::render::web) fn new(facts: &Arc<Facts<'a>>) -> Self {
        let card = |page: &'a Page| (page.id.as_str(), (page, OnceLock::new()));
        Self {
            facts: facts.clone(),
            all: facts.pages().map(card).collect(),
        }
    }

    /// Returns the cards of the pages `ids`, those on the web.
    pub(in crate::render::web) fn of<'i>(&self, ids: impl IntoIterator<Item = &'i str>) -> Value {
        let cards = ids.into_iter().filter_map(|id| self.one(id));
        Value::from(cards.collect::<Vec<_>>())
    }

    /// Returns the card of the page `id`.
    pub(in crate::render::web) fn one(&self, id: &str) -> Option<Value> {
        let (page, card) = self.all.get(id)?;
        let make = || Value::from_serializable(&Card::new(page, &self.facts));
        Some(card.get_or_init(make).clone())
    }
}
