//! Small values that templates read: no texts of pages, so that lists stay cheap.
//!
//! Addresses in views are counted from the website's root; a template writes `{{ root }}`
//! before them, so that one view serves every page.

use jiff::civil::Date;
use serde::Serialize;

use crate::diag::SitePath;
use crate::render::links;
use crate::render::web::facts::on_web::{OnWeb, public_path};
use crate::render::web::text::words::{DateView, Words};
use crate::site::{Approval, Event, Page, Posting};

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::render::web) struct PictureView {
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
pub(in crate::render::web) struct LinkView {
    /// A name for comparisons.
    pub id: String,
    /// The words.
    pub title: String,
    /// Address below the root.
    pub url: String,
}

/// Returns how far a page is from being approved.
pub(in crate::render::web) fn draft(page: &Page) -> Option<&'static str> {
    match page.approval {
        Approval::Approved => None,
        Approval::Draft => Some("draft"),
        Approval::Review => Some("review"),
    }
}

/// Returns the posting period of a page.
pub(in crate::render::web) fn posting(page: &Page) -> Option<&Posting> {
    page.notice.as_ref()?.posting.as_ref()
}

/// Where a day stands to a span of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::render::web) enum State {
    /// It has not begun.
    Before,
    /// It is going on.
    Now,
    /// It is over.
    Over,
}

impl State {
    pub(in crate::render::web) fn of(first: Date, last: Date, today: Date) -> Self {
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
#[derive(Debug, Clone, Serialize)]
pub(in crate::render::web) struct SpanView {
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
    pub(in crate::render::web) fn new(first: Date, last: Date, words: &Words, today: Date) -> Self {
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

/// When and where something takes place.
#[derive(Debug, Serialize)]
pub(in crate::render::web) struct EventView {
    pub date: DateView,
    pub until: Option<DateView>,
    pub time: Option<String>,
    pub place: Option<String>,
    pub state: State,
}

impl EventView {
    pub(in crate::render::web) fn new(event: &Event, words: &Words, today: Date) -> Self {
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
pub(in crate::render::web) struct PostingView {
    #[serde(flatten)]
    pub span: SpanView,
    pub working_days: Option<u32>,
    /// Days left, today included, while it is running.
    pub days_left: Option<i32>,
}

impl PostingView {
    pub(in crate::render::web) fn new(posting: &Posting, words: &Words, today: Date) -> Self {
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
pub(in crate::render::web) fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// Returns the address of a page below the root, for views.
pub(in crate::render::web) fn address(page: &Page) -> String {
    links::encode(&page.url)
}

/// Returns the picture `file` with its address below the root.
pub(in crate::render::web) fn picture(on_web: &OnWeb, file: &SitePath, alt: &str) -> PictureView {
    let (width, height) = on_web.picture_size(file).unwrap_or((4, 3));
    PictureView {
        src: links::encode(&on_web.shared(public_path(file))),
        alt: alt.to_owned(),
        width,
        height,
    }
}
