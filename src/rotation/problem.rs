//! What is to be planned, with ids turned into numbers and days into day numbers.
//!
//! A [`Problem`] holds what the solver may know and nothing else. Boards stand in walking order
//! and posters by id, whatever the order of the input, so that equal sites are equal problems.
//!
//! The planned days are the calendar year of today, extended to the end of the month after next:
//! in December the next change-overs are planned too, and a year planned in June is the same as
//! one planned in May.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::facts::{
    BoardFacts, Day, Legible, POINT, PeriodFacts, PosterFacts, Stay, Topics, board_facts,
    day_number, poster_facts,
};
use super::instructions::{self, Instruction, Kind};
use super::names::today_s_id;
use super::plan::Hanging;
use super::recorded::recorded;
use super::{Aim, Origin, Records, ledger};
use crate::calendar::Period;
use crate::diag::Diagnostics;
use crate::measure::Fits;
use crate::site::{Page, Prices, Site, Weights, topic::Topic};

/// What the planner works on.
#[derive(Debug)]
pub struct Problem<'a> {
    /// First planned day.
    pub first: Date,
    /// Last planned day.
    pub last: Date,
    /// Today's number.
    pub(super) today: Day,
    /// Boards in walking order.
    pub(super) boards: Vec<BoardFacts<'a>>,
    /// Posters by id.
    pub(super) posters: Vec<PosterFacts<'a>>,
    /// What ledger and published plan say, ids as they are today.
    pub(super) recorded: Vec<Hanging>,
    /// What the published plan says of days to come, where the plan may change it.
    pub(super) kept: Vec<Hanging>,
    /// What is pinned.
    pub(super) pins: Vec<Hanging>,
    /// What is off and what is out of use.
    pub(super) changes: Vec<Change>,
    /// How many sheets of each poster were lost.
    pub(super) lost: Vec<i64>,
    /// What the ledger says came down: board, slot and last day.
    came_down: Vec<(String, String, Day)>,
    /// Whether anything at all is on record.
    pub(super) has_records: bool,
    /// What the site weighs.
    pub(super) weights: Weights,
    /// How many days apart trips join.
    pub(super) join: Day,
    /// What sheets cost.
    pub(super) prices: &'a Prices,
    /// The site's topics by name.
    pub(super) topics: &'a [Topic],
    /// The campaigns, by their first day.
    pub(super) campaigns: Vec<&'a Page>,
}

/// A poster that must hang on a board for some days.
#[derive(Debug, Clone, Copy)]
pub(super) struct Must {
    pub(super) board: usize,
    pub(super) poster: usize,
    pub(super) from: Day,
    pub(super) to: Day,
}

impl<'a> Problem<'a> {
    /// Puts a problem together; what is wrong in the ledger is reported.
    pub fn new(
        site: &'a Site,
        fits: &Fits,
        records: &Records,
        aim: Aim,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let (first, last) = planned_days(site.today);
        let has_records = !records.ledger.is_empty() || records.published.is_some();
        let mut recorded = recorded(site, records, diagnostics);
        let pins = instructions::obey(&records.changes, &mut recorded, site.today);
        let may_change = |hanging: &Hanging| {
            let Aim::Anew(period) = aim else {
                return false;
            };
            let within = |period: Period| period.overlaps(hanging.from, hanging.to);
            hanging.origin == Origin::Published
                && hanging.from > site.today
                && !pins.contains(hanging)
                && period.is_none_or(within)
        };
        let (kept, recorded) = recorded.into_iter().partition(may_change);
        let mut topics = Topics::default();
        let mut pages: Vec<&Page> = site.pages.iter().collect();
        pages.sort_by(|a, b| a.id.cmp(&b.id));
        let posters: Vec<PosterFacts> = pages
            .into_iter()
            .filter_map(|page| poster_facts(page, site, fits, &mut topics, (first, last)))
            .collect();
        let numbers: BTreeMap<&str, usize> = posters
            .iter()
            .enumerate()
            .map(|(number, poster)| (poster.page.id.as_str(), number))
            .collect();
        let legible = Legible::new(fits, &numbers);
        let first = match has_records {
            true => first,
            false => first.max(begins(site, &posters)),
        };
        let mut boards: Vec<BoardFacts> = site
            .boards
            .iter()
            .map(|board| board_facts(board, &posters, &legible, (first, last)))
            .collect();
        boards.sort_by(|a, b| (a.board.order, &a.board.id).cmp(&(b.board.order, &b.board.id)));
        if let Some(begins) = said_begins(site).filter(|_| !has_records) {
            for period in boards
                .iter_mut()
                .filter_map(|board| board.periods.first_mut())
            {
                period.first = period.first.max(day_number(begins));
            }
        }
        let recorded = whole(recorded, &pins, &boards, &numbers, site.today);
        Self {
            first,
            last,
            today: day_number(site.today),
            campaigns: campaigns(site),
            weights: site.settings.rotation.weights,
            join: site.settings.rotation.join,
            prices: &site.settings.printing.prices,
            topics: &site.settings.topics,
            lost: posters
                .iter()
                .map(|poster| lost(site, records, poster))
                .collect(),
            came_down: came_down(records),
            has_records,
            changes: changes(&records.changes, &posters),
            pins,
            boards,
            posters,
            recorded,
            kept,
        }
    }

    /// Returns the number of the poster with the page id `id`.
    pub(super) fn poster(&self, id: &str) -> Option<usize> {
        self.posters
            .binary_search_by(|poster| poster.page.id.as_str().cmp(id))
            .ok()
    }

    /// Counts the published hangings of other topics that a sheet in the slot would push aside.
    pub(super) fn n_pushed(&self, slot: (&str, &str), poster: usize, from: Day, to: Day) -> usize {
        let pushed = |kept: &&Hanging| {
            (kept.board.as_str(), kept.slot.as_str()) == slot
                && day_number(kept.from) <= to
                && from <= day_number(kept.to)
                && (self.poster(&kept.poster))
                    .is_some_and(|other| self.posters[other].topic != self.posters[poster].topic)
        };
        self.kept.iter().filter(pushed).count()
    }

    /// Tells whether a period is past and closed: where a site keeps records, nobody plans what
    /// hung in days gone by.
    pub(super) fn is_closed(&self, period: &PeriodFacts) -> bool {
        period.last < self.today && self.has_records
    }

    /// Tells whether staff said that the poster hangs nowhere, or not on the board, on one of the
    /// days.
    pub(super) fn is_off(&self, board: &BoardFacts, poster: usize, from: Day, to: Day) -> bool {
        self.changes.iter().any(|change| {
            let here = change.board.as_ref().is_none_or(|id| *id == board.board.id);
            let days = change.from <= to && from <= change.to;
            change.poster == Some(poster) && here && days
        })
    }

    /// Tells whether a sheet on record hangs no longer than that: the ledger says that it came
    /// down, or staff pinned it for just these days.
    pub(super) fn is_final(&self, board: &BoardFacts, row: usize, (from, to): (Day, Day)) -> bool {
        let Some(slot) = board.slots.get(row) else {
            return true;
        };
        let place = (board.board.id.as_str(), slot.slot.id.as_str());
        let mut down = self.came_down.iter();
        down.any(|it| (it.0.as_str(), it.1.as_str()) == place && it.2 == to)
            || self.is_pinned(place, from, to)
    }

    /// Returns when a board's slots are out of use: slot and days; all slots where `None`.
    pub(super) fn closed<'p>(
        &'p self,
        board: &'p BoardFacts,
    ) -> impl Iterator<Item = (Option<&'p str>, Day, Day)> {
        let here = |change: &&Change| {
            change.poster.is_none() && change.board.as_ref() == Some(&board.board.id)
        };
        let closed = self.changes.iter().filter(here);
        closed.map(|change| (change.slot.as_deref(), change.from, change.to))
    }

    /// Tells whether something is pinned in the slot on one of the days.
    pub(super) fn is_pinned(&self, (board, slot): (&str, &str), from: Day, to: Day) -> bool {
        self.pins.iter().any(|pin| {
            let days = day_number(pin.from) <= to && from <= day_number(pin.to);
            (pin.board.as_str(), pin.slot.as_str()) == (board, slot) && days
        })
    }

    /// Finds the campaign that pulls the poster forward on most of the days `from..=to`, and on
    /// how many of them.
    pub(super) fn campaign(&self, poster: usize, from: Day, to: Day) -> Option<(&'a Page, Day)> {
        let page = self.posters[poster].page;
        let shared = |campaign: &&'a Page| {
            let it = campaign.campaign.as_ref().filter(|it| it.pulls(page))?;
            let days = day_number(it.to).min(to) - day_number(it.from).max(from) + 1;
            (days > 0).then_some((*campaign, days))
        };
        let pulls = self.campaigns.iter().filter_map(shared);
        // The first of equals.
        pulls.rev().max_by_key(|(_, days)| *days)
    }

    /// Returns what a guide is worth for a period on the days `from..=to`, `beside` notices of
    /// topics on so many of the days. Out of its season it is worth next to nothing, whoever pulls
    /// it forward.
    pub(super) fn worth(
        &self,
        poster: usize,
        (from, to): (Day, Day),
        beside: &[(String, Day)],
    ) -> Worth {
        let weights = self.weights;
        let facts = &self.posters[poster];
        let base = facts.priority * weights.priority * POINT;
        let days = i64::from(to - from + 1);
        let off = i64::from(facts.days_off(from, to));
        let pulls = self.campaign(poster, from, to);
        let pulled = pulls.map_or(0, |(_, pulled)| i64::from(pulled));
        let pulled = if off * 2 <= days { pulled } else { 0 };
        let own = beside
            .iter()
            .filter(|(topic, _)| facts.page.topic() == Some(topic));
        let beside: i64 = own.map(|(_, days)| i64::from(*days)).sum();
        Worth {
            priority: base,
            campaign: base * (weights.season - 1) * pulled / days,
            season: -(base + weights.off_season * POINT) * off / days,
            beside: -weights.beside * POINT * beside / days,
        }
    }

    /// Returns the days on which a poster that must hang does; `None` where it rotates, or where
    /// these lie outside the planned days.
    pub(super) fn fixed_days(&self, poster: &PosterFacts) -> Option<(Day, Day)> {
        let (from, to) = match poster.stay {
            Stay::Exactly(from, to) | Stay::While(from, to) => (from, to),
            Stay::Rotating(..) => return None,
        };
        let (first, last) = (day_number(self.first), day_number(self.last));
        (from <= last && first <= to && from <= to).then_some((from, to))
    }
}

/// Leaves out of what is published for days to come the sheets of a notice that lost one of them, as it
/// hangs whole or not at all, and all but the first of one that has room on a single sheet now: both are planned
/// anew. Where staff pinned a sheet of several, the others go beside it.
fn whole(
    mut recorded: Vec<Hanging>,
    pins: &[Hanging],
    boards: &[BoardFacts],
    numbers: &BTreeMap<&str, usize>,
    today: Date,
) -> Vec<Hanging> {
    let all = recorded.clone();
    recorded.retain(|hanging| {
        let facts = boards.iter().find(|it| it.board.id == hanging.board);
        let number = numbers.get(hanging.poster.as_str());
        let to_come = hanging.origin == Origin::Published && today < hanging.from;
        let (Some(facts), Some(&number), true) = (facts, number, to_come) else {
            return true;
        };
        let row = |it: &Hanging| facts.slots.iter().position(|slot| slot.slot.id == it.slot);
        let set = all.iter().filter(|it| {
            (&it.board, &it.poster, it.from, it.to)
                == (&hanging.board, &hanging.poster, hanging.from, hanging.to)
        });
        let mut set: Vec<usize> = set.filter_map(row).collect();
        let Some(own) = row(hanging) else { return true };
        let pinned = |it: &&Hanging| {
            (&it.board, &it.poster) == (&hanging.board, &hanging.poster)
                && it.from <= hanging.to
                && hanging.from <= it.to
        };
        if facts.takes_several(number) && pins.iter().any(|pin| pinned(&pin)) {
            return pins.contains(hanging);
        }
        if facts.takes_several(number) {
            return facts.runs_of(number).any(|run| {
                run.rows.contains(&own) && run.rows.iter().all(|row| set.contains(row))
            });
        }
        set.sort_by(|a, b| {
            facts.slots[*a]
                .slot
                .at
                .0
                .total_cmp(&facts.slots[*b].slot.at.0)
                // Those of a screen lie all in one place.
                .then(a.cmp(b))
        });
        set.first() == Some(&own)
    });
    recorded
}

/// A poster that is off, or a board that is out of use, on some days.
#[derive(Debug)]
pub(super) struct Change {
    /// `None` where a board is out of use.
    poster: Option<usize>,
    board: Option<String>,
    slot: Option<String>,
    from: Day,
    to: Day,
}

fn changes(all: &[Instruction], posters: &[PosterFacts]) -> Vec<Change> {
    let change = |it: &Instruction| {
        let number = |id: &String| posters.iter().position(|poster| poster.page.id == *id);
        let poster = match it.kind {
            Kind::Pin => return None,
            Kind::Off => Some(it.poster.as_ref().and_then(number)?),
            Kind::Closed => None,
        };
        Some(Change {
            poster,
            board: it.board.clone(),
            slot: it.slot.clone(),
            from: day_number(it.from),
            to: day_number(it.to),
        })
    };
    all.iter().filter_map(change).collect()
}

/// What a guide is worth, in hundredths of points.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Worth {
    /// By its priority.
    pub(super) priority: i64,
    /// As a campaign pulls it forward.
    pub(super) campaign: i64,
    /// For days out of its season: nothing or less.
    pub(super) season: i64,
    /// For notices of its topic that hang on the board: nothing or less.
    pub(super) beside: i64,
}

impl Worth {
    /// Returns all of it.
    pub(super) fn sum(self) -> i64 {
        self.priority + self.campaign + self.season + self.beside
    }
}

/// Returns the planned days for a plan made on `today`.
pub fn planned_days(today: Date) -> (Date, Date) {
    let last = today
        .first_of_month()
        .checked_add(2.months())
        .map_or(today, Date::last_of_month);
    (
        today.first_of_year(),
        last.max(Date::constant(today.year(), 12, 31)),
    )
}

/// Returns the day on which the settings say that the site began; one that is to come has not
/// begun yet, and is looked at before.
fn said_begins(site: &Site) -> Option<Date> {
    (site.settings.rotation.begins).filter(|begins| *begins <= site.today)
}

/// Returns the day on which a site without records began: the one that its settings name; else
/// the first of the month of its first notice; else of this month.
fn begins(site: &Site, posters: &[PosterFacts]) -> Date {
    if let Some(begins) = said_begins(site) {
        return begins;
    }
    let notices = posters.iter().filter(|poster| !poster.rotates());
    let dates = notices.filter_map(|poster| poster.page.date);
    let first = dates.filter(|date| *date <= site.today).min();
    first.unwrap_or(site.today).first_of_month()
}

fn came_down(records: &Records) -> Vec<(String, String, Day)> {
    // What is wrong in the ledger is told where it is read for the plan.
    let history = ledger::history(&records.ledger, &mut Diagnostics::default());
    let down = history.into_iter().filter(|record| record.ended);
    down.map(|it| (it.hung.board, it.hung.slot, day_number(it.hung.to)))
        .collect()
}

/// Counts the sheets of a poster that were lost or spoilt.
fn lost(site: &Site, records: &Records, poster: &PosterFacts) -> i64 {
    let lost = ledger::lost(&records.ledger).into_iter();
    lost.filter(|lost| today_s_id(site, &lost.poster) == poster.page.id)
        .map(|lost| i64::from(lost.copies))
        .sum()
}

fn campaigns(site: &Site) -> Vec<&Page> {
    let mut found: Vec<&Page> = (site.pages.iter())
        .filter(|page| page.campaign.is_some() && page.is_approved())
        .collect();
    found.sort_by_key(|page| (page.campaign.as_ref().map(|it| it.from), &page.id));
    found
}
