//! When the website changes by itself: on which day a build would make another one from the same
//! files, so that a host can plan it.
//!
//! The day alone is published; why it changes is for those who build, as what is to come is not
//! on the web yet. The mark on today's square of the calendar is no change: a script moves it where
//! the page is read.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::render::web::facts::visibility::Visibility;
use crate::render::web::view::home::AHEAD;
use crate::render::web::view::{timeline, values};
use crate::rotation::Plan;
use crate::site::{Page, Site};

/// Where the day is told below the website's root.
pub(in crate::render::web) const PATH: &str = "next-change.txt";

/// The next day on which the website changes by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The day.
    pub date: Date,
    /// What changes then, in the order of [`Why`].
    pub reasons: Vec<Reason>,
}

/// Something that changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reason {
    /// What kind of change it is.
    pub why: Why,
    /// The page or board that changes; empty for a new year.
    pub title: String,
    /// Its id.
    pub id: String,
}

/// The kind of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// A page begins.
    Starts,
    /// A page is over.
    Expires,
    /// A board changes over, or a period begins of which its page tells.
    Board,
    /// An event comes near enough for the home page, or is over.
    Event,
    /// A posting period begins, has a day less, or is over.
    Posting,
    /// A campaign begins or is over.
    Campaign,
    /// A work plan tells the day, and which of its stages are late or done.
    Stage,
    /// A round of a duty begins or ends.
    Duty,
    /// Dates are told with another year.
    Year,
}

/// Returns the next day after today on which the website changes by itself.
pub fn next_change(site: &Site, plan: &Plan, visibility: Visibility) -> Option<Change> {
    let mut days = Days {
        site,
        next: None,
        reasons: Vec::new(),
    };
    for page in &site.pages {
        if page.is_approved() || visibility.shows_drafts() {
            days.page(page, visibility);
        }
    }
    days.boards(plan);
    let new_year = site.today.last_of_year().saturating_add(1.day());
    days.add(new_year, Why::Year, "", "");
    let mut reasons = days.reasons;
    reasons.sort();
    reasons.dedup();
    days.next.map(|date| Change { date, reasons })
}

/// The days that were met so far, of which the earliest counts.
struct Days<'a> {
    site: &'a Site,
    next: Option<Date>,
    reasons: Vec<Reason>,
}

impl Days<'_> {
    /// Takes in that something changes on `date`; what is past changes no more.
    fn add(&mut self, date: Date, why: Why, title: &str, id: &str) {
        if date <= self.site.today || self.next.is_some_and(|next| next < date) {
            return;
        }
        if self.next != Some(date) {
            self.next = Some(date);
            self.reasons.clear();
        }
        self.reasons.push(Reason {
            why,
            title: title.to_owned(),
            id: id.to_owned(),
        });
    }

    fn page(&mut self, page: &Page, visibility: Visibility) {
        let today = self.site.today;
        let starts = page.date.filter(|date| *date > today);
        if let Some(date) = starts {
            self.of(page, date, Why::Starts);
            if !visibility.shows_future() {
                // Until then nothing else of it is seen.
                return;
            }
        }
        for day in page.expires.into_iter().map(after) {
            self.of(page, day, Why::Expires);
        }
        if let Some(event) = &page.event {
            let near = event.date.saturating_sub(AHEAD.days());
            for day in [near, after(event.until.unwrap_or(event.date))] {
                self.of(page, day, Why::Event);
            }
        }
        if let Some(posting) = values::posting(page) {
            let next = if posting.first <= today && today <= posting.last {
                after(today)
            } else {
                posting.first
            };
            self.of(page, next, Why::Posting);
        }
        if let Some(campaign) = &page.campaign {
            for day in [campaign.from, after(campaign.to)] {
                self.of(page, day, Why::Campaign);
            }
            for stage in &campaign.stages {
                for day in stage.done.into_iter().chain([after(stage.due)]) {
                    self.of(page, day, Why::Stage);
                }
            }
            if timeline::tells_today(campaign, today) {
                self.of(page, after(today), Why::Stage);
            }
        }
        for duty in &page.duties {
            let rounds = duty.rounds(today.year()).into_iter();
            let bounds = rounds.flat_map(|(first, last)| [first, after(last)]);
            for day in bounds.chain(duty.done.iter().map(|done| done.day)) {
                self.of(page, day, Why::Duty);
            }
        }
    }

    fn of(&mut self, page: &Page, date: Date, why: Why) {
        self.add(date, why, &page.title, &page.id);
    }

    fn boards(&mut self, plan: &Plan) {
        let site = self.site;
        for board in &site.boards {
            let next = Period::containing(board.cadence, site.today).next();
            self.add(next.first(), Why::Board, &board.title, &board.id);
        }
        for hanging in &plan.hangings {
            if let Some(board) = site.board(&hanging.board) {
                for day in [hanging.from, after(hanging.to)] {
                    self.add(day, Why::Board, &board.title, &board.id);
                }
            }
        }
    }
}

/// Returns the day after `date`.
fn after(date: Date) -> Date {
    date.saturating_add(1.day())
}
