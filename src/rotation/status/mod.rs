//! How things stand on a day: what should hang, what was not entered, what is past its time.
//!
//! Pure, like all of rotation: it compares the plan with the ledger and the pages with the day.

mod tell;

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

pub use tell::{hung_text, text};

use super::Records;
use super::ledger::{self, Hung, Record};
use super::plan::{Hanging, Origin, Plan};
use super::portions::Portions;
use crate::calendar::Period;
use crate::diag::Diagnostics;
use crate::site::{Board, Duty, Page, Site};
use crate::typeset::Portion;

/// For how many days ahead the end of a notice is told.
const AHEAD: i32 = 7;

/// How things stand on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The day.
    pub day: Date,
    /// What should hang, by board in walking order and by slot.
    pub should: Vec<Should>,
    /// What should have been entered in the ledger and was not.
    pub overdue: Vec<Overdue>,
    /// What hangs past its last day for all that the ledger knows.
    pub run_out: Vec<RunOut>,
    /// What comes down within seven days because it has nothing to say after that.
    pub ending: Vec<RunOut>,
    /// Stages of campaigns whose day has passed without their being done.
    pub stages: Vec<StageOverdue>,
    /// Duties that were done less often than is required, in rounds that are over.
    pub duties: Vec<DutyOverdue>,
}

/// What should hang in a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Should {
    /// The board's id.
    pub board: String,
    /// The slot's id.
    pub slot: String,
    /// What should hang there, and who says so.
    pub hanging: Option<Hanging>,
    /// Which of several sheets of its notice.
    pub portion: Option<Portion>,
    /// Whether the ledger says that it did not.
    pub missed: bool,
}

/// A change-over that is not in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdue {
    /// The board's id.
    pub board: String,
    /// The board's period.
    pub period: Period,
    /// The day from which the first of the sheets should hang.
    pub since: Date,
    /// The slots.
    pub slots: Vec<String>,
    /// Whether the published plan says so.
    pub published: bool,
}

/// A poster with the day on which it has nothing more to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunOut {
    /// The board's id.
    pub board: String,
    /// The slot's id.
    pub slot: String,
    /// The page's id.
    pub poster: String,
    /// Which of several sheets.
    pub portion: Option<Portion>,
    /// Its last day.
    pub last: Date,
}

/// A stage that is late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageOverdue {
    /// The campaign's page id.
    pub page: String,
    /// The stage's title.
    pub title: String,
    /// Its day.
    pub due: Date,
    /// Who is in charge.
    pub who: Option<String>,
}

/// A duty that was not done as often as is required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyOverdue {
    /// The page's id.
    pub page: String,
    /// The duty's title.
    pub title: String,
    /// How many rounds of the year so far fell short.
    pub n_rounds: usize,
    /// The newest of them.
    pub round: (Date, Date),
    /// How often it was done in that round.
    pub done: usize,
    /// How often it should have been.
    pub times: u32,
    /// Who is in charge.
    pub who: Option<String>,
}

/// Compares plan, ledger and pages on the site's day.
pub fn status(site: &Site, plan: &Plan, records: &Records) -> Status {
    // What is wrong in the ledger was told when the plan was made.
    let history = ledger::history(&records.ledger, &mut Diagnostics::default());
    let missed = ledger::missed(&records.ledger);
    let overdue = overdue(site, plan, &missed);
    Status {
        day: site.today,
        should: should(site, plan, &missed),
        run_out: run_out(site, plan, &history, &overdue),
        overdue,
        ending: ending(site, plan),
        stages: stages(site),
        duties: duties(site),
    }
}

fn should(site: &Site, plan: &Plan, missed: &[ledger::Hung]) -> Vec<Should> {
    let portions = plan.portions(site);
    let of_board = |board: &Board| -> Vec<Should> {
        let hanging = plan.on(board, site.today);
        let slots = board.free_slots().map(|slot| {
            let not_hung = |hung: &ledger::Hung| {
                hung.board == board.id && hung.slot == slot.id && hangs(hung, site.today)
            };
            let here = hanging.iter().find(|hanging| hanging.slot == slot.id);
            Should {
                board: board.id.clone(),
                slot: slot.id.clone(),
                hanging: here.map(|hanging| (*hanging).clone()),
                portion: here.and_then(|hanging| portions.of(hanging)),
                missed: here.is_none_or(|hanging| hanging.origin != Origin::Ledger)
                    && missed.iter().any(not_hung),
            }
        });
        slots.collect()
    };
    site.boards.iter().flat_map(of_board).collect()
}

/// Finds what was published and not entered, and what was planned for the present periods and
/// not entered. A period that is over and was never published is nobody's duty any more.
fn overdue(site: &Site, plan: &Plan, missed: &[ledger::Hung]) -> Vec<Overdue> {
    let mut found: BTreeMap<(usize, Period), Overdue> = BTreeMap::new();
    for hanging in &plan.hangings {
        let place = site
            .boards
            .iter()
            .position(|board| board.id == hanging.board);
        let Some(order) = place.filter(|_| hanging.from <= site.today) else {
            continue;
        };
        let cadence = site.boards[order].cadence;
        let present = Period::containing(cadence, site.today);
        let published = hanging.origin == Origin::Published;
        let due = published || present.overlaps(hanging.from, hanging.to);
        let told = |missed: &ledger::Hung| {
            missed.board == hanging.board
                && missed.slot == hanging.slot
                && missed.from <= hanging.to
                && hanging.from <= missed.to
        };
        if hanging.origin == Origin::Ledger || !due || missed.iter().any(told) {
            continue;
        }
        let period = Period::containing(cadence, hanging.from);
        let entry = found.entry((order, period)).or_insert_with(|| Overdue {
            board: hanging.board.clone(),
            period,
            since: hanging.from,
            slots: Vec::new(),
            published: false,
        });
        entry.since = entry.since.min(hanging.from);
        entry.published |= published;
        if !entry.slots.contains(&hanging.slot) {
            entry.slots.push(hanging.slot.clone());
        }
    }
    found.into_values().collect()
}

/// Finds what nobody took down: what has an end of its own, and what no change-over that is
/// waited for would take down. What the plan lets hang on is not late.
fn run_out(site: &Site, plan: &Plan, history: &[Record], overdue: &[Overdue]) -> Vec<RunOut> {
    let changing: BTreeSet<(&str, &str)> = overdue
        .iter()
        .flat_map(|entry| entry.slots.iter().map(|slot| (&*entry.board, &**slot)))
        .collect();
    let open = ledger::open_on(history, site.today).into_iter();
    let hangs_on = |hung: &ledger::Hung| {
        plan.hangings.iter().any(|it| {
            (&it.board, &it.slot, it.from) == (&hung.board, &hung.slot, hung.from)
                && site.today <= it.to
        })
    };
    let late = open.filter(|record| record.hung.to < site.today && !hangs_on(&record.hung));
    let told = late.filter(|record| {
        let page = site.page(super::names::today_s_id(site, &record.hung.poster));
        let ended = page
            .and_then(Page::last_day)
            .is_some_and(|last| last <= record.hung.to);
        ended || !changing.contains(&(&*record.hung.board, &*record.hung.slot))
    });
    let portions = plan.portions(site);
    told.map(|record| {
        let Hung {
            board,
            slot,
            poster,
            from,
            to,
        } = record.hung.clone();
        RunOut {
            portion: portions.at(&board, &slot, &poster, from),
            board,
            slot,
            poster,
            last: to,
        }
    })
    .collect()
}

fn ending(site: &Site, plan: &Plan) -> Vec<RunOut> {
    let until = site.today.saturating_add(AHEAD.days());
    let mut found = Vec::new();
    let portions = plan.portions(site);
    for board in &site.boards {
        for hanging in plan.on(board, site.today) {
            let ends = site.page(&hanging.poster).and_then(Page::last_day);
            if let Some(last) = ends.map(|last| last.min(hanging.to))
                && ends.is_some_and(|ends| ends <= until)
            {
                found.push(RunOut {
                    board: hanging.board.clone(),
                    slot: hanging.slot.clone(),
                    poster: hanging.poster.clone(),
                    portion: portions.of(hanging),
                    last,
                });
            }
        }
    }
    found.sort_by_key(|ending| ending.last);
    found
}

fn stages(site: &Site) -> Vec<StageOverdue> {
    let mut found = Vec::new();
    for page in &site.pages {
        let stages = page.campaign.iter().flat_map(|campaign| &campaign.stages);
        let late =
            stages.filter(|stage| stage.due < site.today && stage.done_by(site.today).is_none());
        found.extend(late.map(|stage| StageOverdue {
            page: page.id.clone(),
            title: stage.title.clone(),
            due: stage.due,
            who: stage.who.clone(),
        }));
    }
    found.sort_by_key(|stage| stage.due);
    found
}

fn duties(site: &Site) -> Vec<DutyOverdue> {
    let of_page = |page: &Page| -> Vec<DutyOverdue> {
        let late = page.duties.iter().filter_map(|duty| late(site, page, duty));
        late.collect()
    };
    site.pages.iter().flat_map(of_page).collect()
}

fn late(site: &Site, page: &Page, duty: &Duty) -> Option<DutyOverdue> {
    let rounds = duty.rounds(site.today.year()).into_iter();
    let over = rounds.filter(|(_, last)| *last < site.today);
    let required = usize::try_from(duty.times).unwrap_or(usize::MAX);
    let short: Vec<(Date, Date)> = over
        .filter(|&(from, to)| duty.n_done(from, to) < required)
        .collect();
    let &round = short.last()?;
    Some(DutyOverdue {
        page: page.id.clone(),
        title: duty.title.clone(),
        n_rounds: short.len(),
        round,
        done: duty.n_done(round.0, round.1),
        times: duty.times,
        who: duty.who.clone(),
    })
}

/// What hung in a slot on a day, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// The ledger: it hung.
    Hung(Box<Record>),
    /// The ledger: it was to hang and did not.
    Missed(ledger::Hung),
    /// Only the plan: it was to hang.
    Planned(Hanging),
    /// Nobody.
    Nothing,
}

/// What is known of a slot on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The board's id.
    pub board: String,
    /// The slot's id.
    pub slot: String,
    /// Which of several sheets.
    pub portion: Option<Portion>,
    /// What hung.
    pub told: Told,
}

/// Answers what hung on `day`: by the ledger, and where it says nothing by `planned`, in walking
/// order; boards and slots that are gone since come last.
pub fn hung(site: &Site, records: &Records, planned: &[Hanging], day: Date) -> Vec<Known> {
    let history = ledger::history(&records.ledger, &mut Diagnostics::default());
    let missed = ledger::missed(&records.ledger);
    let of_records = history.iter().map(|record| as_hanging(site, &record.hung));
    let all: Vec<Hanging> = of_records.chain(planned.iter().cloned()).collect();
    let portions = Portions::new(site, &all);
    let portion = |hung: &Hung| {
        let poster = super::names::today_s_id(site, &hung.poster);
        portions.at(&hung.board, &hung.slot, poster, hung.from)
    };
    let mut found = Vec::new();
    for board in &site.boards {
        for slot in board.free_slots() {
            let here = |at: &str, in_slot: &str| at == board.id && in_slot == slot.id;
            let hung = history.iter().find(|record| {
                here(&record.hung.board, &record.hung.slot) && hangs(&record.hung, day)
            });
            let not_hung = missed
                .iter()
                .find(|hung| here(&hung.board, &hung.slot) && hangs(hung, day));
            // Where the ledger knows of some of its days, it knows of the others too.
            let overruled = |hanging: &Hanging| {
                history.iter().any(|record| {
                    here(&record.hung.board, &record.hung.slot)
                        && record.hung.from <= hanging.to
                        && hanging.from <= record.hung.to
                })
            };
            let planned = planned.iter().find(|hanging| {
                here(&hanging.board, &hanging.slot)
                    && hanging.from <= day
                    && day <= hanging.to
                    && !overruled(hanging)
            });
            found.push(Known {
                board: board.id.clone(),
                slot: slot.id.clone(),
                portion: match (hung, not_hung, planned) {
                    (Some(record), ..) => portion(&record.hung),
                    (None, None, Some(hanging)) => portions.of(hanging),
                    _ => None,
                },
                told: match (hung, not_hung, planned) {
                    (Some(record), ..) => Told::Hung(Box::new(record.clone())),
                    (_, Some(hung), _) => Told::Missed(hung.clone()),
                    (.., Some(hanging)) => Told::Planned(hanging.clone()),
                    (None, None, None) => Told::Nothing,
                },
            });
        }
    }
    let gone = history.iter().filter(|record| {
        let board = site.board(&record.hung.board);
        let slot = board.and_then(|board| board.slot(&record.hung.slot));
        slot.is_none_or(|slot| slot.fixed.is_some()) && hangs(&record.hung, day)
    });
    found.extend(gone.map(|record| Known {
        board: record.hung.board.clone(),
        slot: record.hung.slot.clone(),
        portion: portion(&record.hung),
        told: Told::Hung(Box::new(record.clone())),
    }));
    found
}

/// Returns what hung as a plan has it, with the ids of today.
fn as_hanging(site: &Site, hung: &Hung) -> Hanging {
    Hanging {
        board: hung.board.clone(),
        slot: hung.slot.clone(),
        from: hung.from,
        to: hung.to,
        poster: super::names::today_s_id(site, &hung.poster).to_owned(),
        origin: Origin::Ledger,
    }
}

/// Returns what the published plan says, for days of which nobody plans any more.
pub fn published(records: &Records) -> &[Hanging] {
    records
        .published
        .as_ref()
        .map_or(&[], |plan| plan.hangings.as_slice())
}

fn hangs(hung: &ledger::Hung, day: Date) -> bool {
    hung.from <= day && day <= hung.to
}

#[cfg(test)]
mod tests;
