//! What a phone sent, held against the site and its plan: what is known is sorted, all that is
//! unknown is named.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::sent::{Job, OnBoard, REASONS, Round, Said, picture, poster_key, site_key};
use crate::diag::{Code, Diagnostic, Diagnostics, Warned, Words, words};
use crate::rotation::named;
use crate::rotation::plan::Plan;
use crate::site::{Board, Page, Site, Slot};

/// How many days before the planned day it may be done, and how many after it.
const BEFORE: i32 = 7;
const AFTER: i32 = 31;

/// What a phone sent, sorted.
#[derive(Debug, Clone, Default)]
pub struct Judged<'a> {
    /// The boards, in walking order.
    pub boards: Vec<&'a Board>,
    /// What was answered.
    pub marks: Vec<Mark<'a>>,
    /// Photos as they are kept, with board, place and time.
    pub photos: Vec<(&'a Board, String, DateTime, Vec<u8>)>,
}

/// What was answered of one sheet of a slot.
#[derive(Debug, Clone)]
pub struct Mark<'a> {
    /// The board.
    pub board: &'a Board,
    /// The slot.
    pub slot: &'a Slot,
    /// What was to be done.
    pub job: Job,
    /// The poster.
    pub poster: &'a Page,
    /// Whether the plan has it there on that day.
    pub is_planned: bool,
    /// The answer of each place that gave one.
    pub answers: BTreeMap<String, String>,
}

impl Mark<'_> {
    /// Returns the places in which it was done.
    pub fn done(&self) -> impl Iterator<Item = &str> {
        let answers = self.answers.iter();
        answers.filter_map(|(place, answer)| (answer == "yes").then_some(place.as_str()))
    }

    /// Returns the places in which it was not, each with the answer; without one where nothing
    /// was ticked.
    pub fn not_done(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        let places = self.board.places.iter();
        places.filter_map(
            |place| match self.answers.get(&place.id).map(String::as_str) {
                Some("yes") => None,
                answer => Some((place.id.as_str(), answer)),
            },
        )
    }
}

/// Sorts what a phone sent; whatever the site does not know is an error, what the plan has
/// otherwise a warning.
pub fn judge<'a>(site: &'a Site, plan: &Plan, round: &Round) -> Warned<Judged<'a>> {
    let mut judge = Judge {
        site,
        plan,
        round,
        judged: Judged::default(),
        diagnostics: Diagnostics::default(),
    };
    judge.days();
    let mut seen = BTreeSet::new();
    for on_board in &round.boards {
        match site.board(&on_board.board) {
            Some(board) if seen.insert(&board.id) => judge.board(board, on_board),
            Some(board) => judge.refuse(words("round-twice").with("what", &board.title)),
            None => judge.refuse(words("round-board").with("board", &on_board.board)),
        }
    }
    let boards = site.boards.iter();
    judge.judged.boards = boards.filter(|board| seen.contains(&board.id)).collect();
    Warned {
        value: judge.judged,
        diagnostics: judge.diagnostics,
    }
}

struct Judge<'a, 'r> {
    site: &'a Site,
    plan: &'r Plan,
    round: &'r Round,
    judged: Judged<'a>,
    diagnostics: Diagnostics,
}

impl<'a> Judge<'a, '_> {
    fn refuse(&mut self, cause: Words) {
        let bad = Diagnostic::new(Code::BadRound).with("cause", cause);
        self.diagnostics.push(bad);
    }

    fn days(&mut self) {
        let Round { day, on, .. } = *self.round;
        if self.round.site != site_key(self.site) {
            self.refuse(words("round-site"));
        }
        let today = self.site.today;
        let is_near = |day: Date, on: Date| {
            day.saturating_sub(BEFORE.days()) <= on && on <= day.saturating_add(AFTER.days())
        };
        if on > today {
            self.refuse(words("round-later").with("day", on));
        } else if !is_near(day, on) {
            self.refuse(words("round-far").with("on", on).with("day", day));
        }
    }

    fn board(&mut self, board: &'a Board, told: &OnBoard) {
        let mut seen = BTreeSet::new();
        for said in &told.slots {
            if !seen.insert((&said.slot, said.job)) {
                let what = format!("{} {}", board.title, said.slot);
                self.refuse(words("round-twice").with("what", what));
                continue;
            }
            match self.mark(board, said) {
                Ok(mark) => self.judged.marks.push(mark),
                Err(cause) => self.refuse(cause),
            }
        }
        for (number, photo) in told.photos.iter().enumerate() {
            let cause = || {
                words("round-photo")
                    .with("board", &board.title)
                    .with("n", number + 1)
            };
            let is_place = board.places.iter().any(|place| place.id == photo.place);
            match picture(photo).filter(|_| is_place) {
                Some(bytes) => {
                    let place = photo.place.clone();
                    self.judged.photos.push((board, place, photo.taken, bytes));
                }
                None => self.refuse(cause()),
            }
        }
    }

    fn mark(&mut self, board: &'a Board, said: &Said) -> Result<Mark<'a>, Words> {
        let slot = board
            .slot(&said.slot)
            .filter(|slot| slot.fixed.is_none())
            .ok_or_else(|| {
                words("round-slot")
                    .with("board", &board.title)
                    .with("slot", &said.slot)
            })?;
        let mut pages = self.site.pages.iter();
        let poster = pages
            .find(|page| page.poster.is_some() && poster_key(&page.id) == said.key)
            .ok_or_else(|| {
                words("round-poster")
                    .with("board", &board.title)
                    .with("slot", &said.slot)
            })?;
        let mark = Mark {
            board,
            slot,
            job: said.job,
            poster,
            is_planned: self.is_planned(board, slot, said.job, poster),
            answers: answers(board, said)?,
        };
        if !mark.is_planned && said.job == Job::Up {
            self.diagnostics.push(
                Diagnostic::new(Code::RoundDiffers)
                    .with("board", &board.title)
                    .with("slot", &slot.id)
                    .with("poster", named(self.site, &poster.id))
                    .with("day", self.round.day),
            );
        }
        Ok(mark)
    }

    /// Tells whether the plan has the poster in the slot: on the day, or until the day before.
    fn is_planned(&self, board: &Board, slot: &Slot, job: Job, poster: &Page) -> bool {
        let day = self.round.day;
        let mut hangings = self.plan.hangings.iter();
        hangings.any(|it| {
            let here = it.board == board.id && it.slot == slot.id && it.poster == poster.id;
            here && match job {
                Job::Up | Job::Stays => it.from <= day && day <= it.to,
                Job::Down => it.from < day,
            }
        })
    }
}

/// Turns the answers round: by place; each place answers once, with what the page offers.
fn answers(board: &Board, said: &Said) -> Result<BTreeMap<String, String>, Words> {
    let mut answers = BTreeMap::new();
    for (answer, places) in &said.said {
        let is_offered = match said.job {
            Job::Up => answer == "yes" || REASONS.contains(&answer.as_str()),
            Job::Down => ["yes", "torn", "gone"].contains(&answer.as_str()),
            Job::Stays => ["torn", "gone"].contains(&answer.as_str()),
        };
        if !is_offered {
            return Err(words("round-answer").with("answer", answer));
        }
        for place in places {
            let is_place = board.places.iter().any(|it| it.id == *place);
            if !is_place || answers.insert(place.clone(), answer.clone()).is_some() {
                return Err(words("round-place")
                    .with("board", &board.title)
                    .with("place", place));
            }
        }
    }
    Ok(answers)
}
