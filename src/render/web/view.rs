//! Small values that templates read: no texts of pages, so that lists stay cheap.
//!
//! Addresses in views are counted from the website's root; a template writes `{{ root }}`
//! before them, so that one view serves every page.

use jiff::civil::Date;
use serde::Serialize;

use super::build::Build;
use super::links;
use super::words::{DateView, Words};
use crate::site::{Approval, Campaign, Event, Page, Posting, Site};

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct PictureView {
    /// Address below the root.
    pub src: String,
    /// Words for those who cannot see it.
    pub alt: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// A link with words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct LinkView {
    /// A name for comparisons.
    pub id: String,
    /// The words.
    pub title: String,
    /// Address below the root.
    pub url: String,
}

/// A page in a list.
#[derive(Debug, Serialize)]
pub(super) struct Card {
    pub id: String,
    pub title: String,
    pub url: String,
    pub summary: String,
    /// `section`, `board`, `campaign`, `notice` or `guide`.
    pub kind: &'static str,
    /// What kind of notice, such as 公示.
    pub notice: Option<&'static str>,
    pub topic: Option<LinkView>,
    pub lead: Option<String>,
    pub date: Option<DateView>,
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
    pub(super) fn new(page: &Page, build: &Build) -> Self {
        let (words, today) = (&build.words, build.today());
        Self {
            id: page.id.clone(),
            title: page.title.clone(),
            url: links::encode(&page.url),
            summary: page.summary.clone(),
            kind: kind(page),
            notice: page.notice.as_ref().map(|notice| notice.kind.name()),
            topic: page.topic().and_then(|topic| topic_view(build.site, topic)),
            lead: page.poster.as_ref().and_then(|poster| poster.lead.clone()),
            date: page.date.map(|date| words.date(date)),
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
                .map(|picture| build.picture(&picture.file, &picture.alt)),
            draft: draft(page),
        }
    }
}

/// Returns how far a page is from being approved.
pub(super) fn draft(page: &Page) -> Option<&'static str> {
    match page.approval {
        Approval::Approved => None,
        Approval::Draft => Some("draft"),
        Approval::Review => Some("review"),
    }
}

/// Returns the posting period of a page.
pub(super) fn posting(page: &Page) -> Option<&Posting> {
    page.notice.as_ref()?.posting.as_ref()
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

/// Returns a topic with its place on the home page.
pub(super) fn topic_view(site: &Site, id: &str) -> Option<LinkView> {
    let topic = site.settings.topics.iter().find(|topic| topic.id == id)?;
    Some(LinkView {
        id: topic.id.clone(),
        title: topic.title.clone(),
        url: format!("index.html#topic-{}", topic.id),
    })
}

/// Where a day stands to a span of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum State {
    /// It has not begun.
    Before,
    /// It is going on.
    Now,
    /// It is over.
    Over,
}

impl State {
    pub(super) fn of(first: Date, last: Date, today: Date) -> Self {
        if today < first {
            Self::Before
        } else if today <= last {
            Self::Now
        } else {
            Self::Over
        }
    }
}

/// A span of days.
#[derive(Debug, Serialize)]
pub(super) struct SpanView {
    pub first: DateView,
    pub last: DateView,
    /// The span in words.
    pub label: String,
    pub state: State,
    /// Its part of the year of its first day, in days from New Year on.
    pub start: i16,
    /// Its length in days, to the end of that year at most.
    pub length: i32,
}

impl SpanView {
    pub(super) fn new(first: Date, last: Date, words: &Words, today: Date) -> Self {
        Self {
            first: words.date(first),
            last: words.date(last),
            label: words.span(first, last, today.year()),
            state: State::of(first, last, today),
            start: first.day_of_year() - 1,
            length: days_between(first, last.min(first.last_of_year())) + 1,
        }
    }
}

fn campaign_span(campaign: &Campaign, words: &Words, today: Date) -> SpanView {
    SpanView::new(campaign.from, campaign.to, words, today)
}

/// When and where something takes place.
#[derive(Debug, Serialize)]
pub(super) struct EventView {
    pub date: DateView,
    pub until: Option<DateView>,
    pub time: Option<String>,
    pub place: Option<String>,
    pub state: State,
}

impl EventView {
    fn new(event: &Event, words: &Words, today: Date) -> Self {
        Self {
            date: words.date(event.date),
            until: event.until.map(|date| words.date(date)),
            time: event.time.clone(),
            place: event.place.clone(),
            state: State::of(event.date, event.until.unwrap_or(event.date), today),
        }
    }
}

/// A posting period.
#[derive(Debug, Serialize)]
pub(super) struct PostingView {
    #[serde(flatten)]
    pub span: SpanView,
    pub working_days: Option<u32>,
    /// Days left, today included, while it is running.
    pub days_left: Option<i32>,
}

impl PostingView {
    pub(super) fn new(posting: &Posting, words: &Words, today: Date) -> Self {
        let span = SpanView::new(posting.first, posting.last, words, today);
        let days_left = (span.state == State::Now).then(|| days_between(today, posting.last) + 1);
        Self {
            span,
            working_days: posting.working_days,
            days_left,
        }
    }
}

/// Returns how many days `to` is after `from`.
pub(super) fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}
