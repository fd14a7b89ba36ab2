//! What a phone sent, put into new lines of the ledger.
//!
//! What hung is entered as by hand, as planned or otherwise. A place that went without gets a line
//! of its own, which ends when a later round says that it hangs there; sheets that were torn or gone
//! are counted once a place and day, however often the phone sends them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::judge::{Judged, Mark};
use super::sent::{Job, Round};
use crate::calendar::{Cadence, Period};
use crate::diag::Diagnostics;
use crate::rotation::Portions;
use crate::rotation::ledger::{self, Absent, Deed, Entry, Event, Exception, Lost, Request};
use crate::rotation::plan::Plan;
use crate::site::Site;

/// Returns the line that the same file left in the ledger before.
pub fn earlier<'e>(events: &'e [Event], round: &Round) -> Option<&'e Event> {
    let mut events = events.iter();
    events.find(|event| event.round.as_deref() == Some(&round.id))
}

/// Returns what is to be entered of a round; photos and texts are left to be filled in. Where only
/// what came down was answered, nobody said that what `plan` has for the place hangs there.
pub fn request<'a>(plan: &Plan, round: &Round, judged: &Judged<'a>, by: String) -> Request<'a> {
    let mut except = Vec::new();
    let mut only = BTreeSet::new();
    for mark in &judged.marks {
        let place = (mark.board.id.clone(), mark.slot.id.clone());
        match mark.job {
            Job::Stays => continue,
            Job::Down => {
                let is_up = |it: &Mark| {
                    it.job == Job::Up && (&it.board.id, &it.slot.id) == (&place.0, &place.1)
                };
                let is_due = plan.hangings.iter().any(|it| {
                    it.board == place.0
                        && it.slot == place.1
                        && it.from <= round.day
                        && round.day <= it.to
                });
                if is_due && !judged.marks.iter().any(is_up) {
                    continue;
                }
            }
            Job::Up => {
                let hangs = mark.done().next().is_some();
                if !hangs || !mark.is_planned {
                    except.push(Exception {
                        board: place.0.clone(),
                        slot: place.1.clone(),
                        poster: hangs.then(|| mark.poster.id.clone()),
                    });
                }
            }
        }
        only.insert(place);
    }
    Request {
        period: Period::containing(Cadence::Month, round.day),
        boards: judged.boards.clone(),
        on: Some(round.on),
        planned: Some(round.day),
        only: Some(only),
        by,
        note: None,
        except,
        photos: BTreeMap::new(),
        taken: BTreeMap::new(),
        texts: BTreeMap::new(),
    }
}

/// Puts it into new lines behind `events`. `reason` says an answer in the site's words; without
/// one, that nothing was ticked.
pub fn enter(
    site: &Site,
    plan: &Plan,
    events: &[Event],
    (round, judged, request): (&Round, &Judged, &Request),
    reason: &dyn Fn(Option<&str>) -> String,
    diagnostics: &mut Diagnostics,
) -> Entry {
    let entry = ledger::enter(site, plan, events, request, diagnostics);
    let mut more = More {
        round,
        portions: plan.portions(site),
        by: &request.by,
        events,
        entry,
    };
    for mark in &judged.marks {
        match mark.job {
            Job::Down => more.lost(mark),
            Job::Stays => {
                more.lost(mark);
                more.absent(mark, reason);
            }
            Job::Up if mark.done().next().is_some() => {
                more.absent(mark, reason);
                more.present(mark);
            }
            Job::Up => more.missed(mark, reason),
        }
    }
    let mut entry = more.entry;
    for event in &mut entry.events {
        event.round = Some(round.id.clone());
    }
    entry
}

struct More<'a> {
    round: &'a Round,
    portions: Portions,
    by: &'a str,
    events: &'a [Event],
    entry: Entry,
}

impl More<'_> {
    fn all(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().chain(&self.entry.events)
    }

    fn has(&self, id: &str) -> bool {
        self.all().any(|event| event.id == id)
    }

    /// Returns what is missing by now, with what is entered here.
    fn gone(&self) -> Vec<ledger::Gone> {
        let all: Vec<Event> = self.all().cloned().collect();
        ledger::absent(&all)
    }

    /// Adds what is counted once a place and day.
    fn add_once(&mut self, id: String, deed: Deed, note: Option<String>) {
        match self.has(&id) {
            true => self.entry.known += 1,
            false => self.add(&id, deed, note),
        }
    }

    /// Adds a line; what happens again, such as a place that goes without once more, is counted in its
    /// id.
    fn add(&mut self, id: &str, deed: Deed, note: Option<String>) {
        let again = (2..).map(|n| format!("{id}-{n}"));
        let mut ids = std::iter::once(id.to_owned()).chain(again);
        let id = ids
            .find(|id| !self.has(id))
            .expect("there is a number more");
        let file = self.entry.file.clone();
        let event = ledger::new_event(id, deed, self.by, None, note, &file);
        self.entry.events.push(event);
    }

    /// Tells whether the sheet is one of several, of which it matters which one is printed again.
    fn is_of_several(&self, mark: &Mark) -> bool {
        let (board, slot) = (&mark.board.id, &mark.slot.id);
        let portion = self
            .portions
            .at(board, slot, &mark.poster.id, self.round.day);
        portion.is_some()
    }

    /// Counts the sheets that were torn or gone.
    fn lost(&mut self, mark: &Mark) {
        let on = self.round.on;
        for (place, answer) in &mark.answers {
            if answer == "yes" {
                continue;
            }
            let size = mark.slot.area.size().to_string();
            let lost = Lost {
                poster: mark.poster.id.clone(),
                board: Some(mark.board.id.clone()),
                slot: self.is_of_several(mark).then(|| mark.slot.id.clone()),
                size: Some(size.trim_end_matches(" 横").to_owned()),
                copies: 1,
                on,
            };
            let (board, slot) = (&mark.board.id, &mark.slot.id);
            let id = format!("{}/{board}/{slot}/{place}/lost", self.round.day);
            self.add_once(id, Deed::Lost(lost), None);
        }
    }

    /// Enters the places that went without: of what went up all that are not ticked, of what stays
    /// those that say so.
    fn absent(&mut self, mark: &Mark, reason: &dyn Fn(Option<&str>) -> String) {
        let is_told = |answer: Option<&str>| mark.job == Job::Up || answer.is_some();
        let without = mark.not_done().filter(|(_, answer)| is_told(*answer));
        for (place, answer) in without {
            let known = self.gone();
            let is_open =
                |gone: &ledger::Gone| gone.last.is_none() && is_of(&gone.what, mark, place);
            if known.iter().any(is_open) {
                self.entry.known += 1;
                continue;
            }
            let absent = Absent {
                board: mark.board.id.clone(),
                slot: mark.slot.id.clone(),
                poster: mark.poster.id.clone(),
                place: place.to_owned(),
                on: self.round.on,
            };
            let (board, slot) = (&mark.board.id, &mark.slot.id);
            let id = format!("{}/{board}/{slot}/{place}/absent", self.round.day);
            self.add(&id, Deed::Absent(absent), Some(reason(answer)));
        }
    }

    /// Ends what an earlier round said was missing.
    fn present(&mut self, mark: &Mark) {
        for place in mark.done() {
            let known = self.gone();
            let is_open =
                |gone: &&ledger::Gone| gone.last.is_none() && is_of(&gone.what, mark, place);
            let Some(gone) = known.iter().find(is_open) else {
                continue;
            };
            let before: Option<Date> = self.round.on.checked_sub(1.day()).ok();
            let deed = Deed::Removed {
                of: gone.id.clone(),
                last: before.filter(|last| *last >= gone.what.on),
            };
            let mut events = self.events.iter();
            if let Some(event) = events.find(|event| event.id == gone.id) {
                // A line stands behind the one that it cites.
                self.entry.file = self.entry.file.clone().max(event.span.source.path.clone());
            }
            self.add(&format!("{}/removed", gone.id), deed, None);
        }
    }

    /// Says why a slot stayed empty everywhere.
    fn missed(&mut self, mark: &Mark, reason: &dyn Fn(Option<&str>) -> String) {
        let said: BTreeSet<&str> = mark.answers.values().map(String::as_str).collect();
        let said: Vec<String> = said
            .into_iter()
            .map(|answer| reason(Some(answer)))
            .collect();
        let of_mark = |event: &&mut Event| match &event.deed {
            Deed::Missed(hung) => hung.board == mark.board.id && hung.slot == mark.slot.id,
            _ => false,
        };
        for event in self.entry.events.iter_mut().filter(of_mark) {
            event.note = Some(said.join("；"));
        }
    }
}

fn is_of(absent: &Absent, mark: &Mark, place: &str) -> bool {
    (&absent.board, &absent.slot, &absent.poster)
        == (&mark.board.id, &mark.slot.id, &mark.poster.id)
        && absent.place == place
}
