//! What was hung, put into new lines: as planned, but for what differed.
//!
//! Nothing that stands in the ledger is changed. What still hangs in a slot gets a line with its
//! true last day before the line of what was hung there instead.

mod book;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Deed, Event, Hung, Photo, file_of, photo_path};
use crate::calendar::Period;
use crate::diag::{Diagnostics, SitePath, Source, Span};
use crate::rotation::plan::{Hanging, Plan};
use crate::site::{Board, Site};
use book::Book;

/// What is to be entered.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The period in which it was hung.
    pub period: Period,
    /// The boards, in walking order.
    pub boards: Vec<&'a Board>,
    /// The day of the change-over, where it was not the planned one.
    pub on: Option<Date>,
    /// The planned day of that change-over, where it is known; else it follows from the day.
    pub planned: Option<Date>,
    /// The boards and slots that were seen to; all of the boards where absent.
    pub only: Option<BTreeSet<(String, String)>>,
    /// Who hung it.
    pub by: String,
    /// What is to be remembered of it.
    pub note: Option<String>,
    /// What differed from the plan.
    pub except: Vec<Exception>,
    /// The photos by board.
    pub photos: BTreeMap<String, Vec<Photo>>,
    /// The days on which they were taken, by the name under which each is kept, where they tell.
    pub taken: BTreeMap<String, Date>,
    /// The hashes of the texts by poster.
    pub texts: BTreeMap<String, String>,
}

/// A slot in which something else hangs than was planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The board's id.
    pub board: String,
    /// The slot's id.
    pub slot: String,
    /// What hangs there; `None` for nothing.
    pub poster: Option<String>,
}

impl Request<'_> {
    fn is_of(&self, board: &str, slot: &str) -> bool {
        let wanted = (board.to_owned(), slot.to_owned());
        self.only.as_ref().is_none_or(|only| only.contains(&wanted))
    }
}

impl Exception {
    fn is_of(&self, hung: &Hung) -> bool {
        self.board == hung.board && self.slot == hung.slot
    }
}

/// What the plan says for one slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// What was to hang, `from` the day on which it was hung; `to` the day until which it is
    /// meant to hang.
    pub hung: Hung,
    /// The first day by the plan.
    pub planned: Date,
}

/// New lines for the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The file to which they are added.
    pub file: SitePath,
    /// The events, in order; their places are of no meaning.
    pub events: Vec<Event>,
    /// How many slots were as the ledger says already.
    pub known: usize,
}

/// Returns what the plan says for the slots of the request's boards: with a day, what hangs on
/// it; without one, what began in the period by today.
pub fn proposed(site: &Site, plan: &Plan, request: &Request) -> Vec<Proposed> {
    let mut found = Vec::new();
    for board in &request.boards {
        for slot in board.free_slots() {
            if !request.is_of(&board.id, &slot.id) {
                continue;
            }
            let planned = plan.in_period(&board.id, &slot.id, request.period);
            found.extend(planned.filter_map(|hanging| begun(hanging, request, site.today)));
        }
    }
    found
}

/// Returns the hanging as it was hung, if it was by the day of the request.
fn begun(hanging: &Hanging, request: &Request, today: Date) -> Option<Proposed> {
    let from = match request.on {
        None => Some(hanging.from).filter(|from| *from <= today),
        Some(on) => {
            // A change-over on the eve hangs what is planned from the first day on.
            let day = request.planned.unwrap_or(on.max(request.period.first()));
            Some(on).filter(|_| hanging.from <= day && day <= hanging.to)
        }
    };
    Some(Proposed {
        hung: Hung {
            board: hanging.board.clone(),
            slot: hanging.slot.clone(),
            poster: hanging.poster.clone(),
            from: from?,
            to: hanging.to,
        },
        planned: hanging.from,
    })
}

/// Puts what was hung into new lines behind `events`; what contradicts them is an error.
pub fn enter(
    site: &Site,
    plan: &Plan,
    events: &[Event],
    request: &Request,
    diagnostics: &mut Diagnostics,
) -> Entry {
    let mut book = Book {
        site,
        request,
        events: events.to_vec(),
        n_old: events.len(),
        known: 0,
        file: file_of(request.period.first()),
        diagnostics,
    };
    let proposals = proposed(site, plan, request);
    // What differed is what was hung last in the slot.
    let newest = |exception: &Exception| proposals.iter().rposition(|p| exception.is_of(&p.hung));
    for (number, proposed) in proposals.iter().enumerate() {
        let mut exceptions = request.except.iter();
        let excepted = exceptions.find(|exception| newest(exception) == Some(number));
        match excepted {
            Some(exception) => book.exception(plan, exception, Some(proposed.clone())),
            None => book.hang(proposed.hung.clone(), proposed.planned),
        }
    }
    for exception in &request.except {
        if newest(exception).is_none() {
            book.exception(plan, exception, None);
        }
    }
    book.take_down();
    book.photograph();
    let mut events = book.events.split_off(book.n_old);
    // A line names photos of its own file's month.
    for photo in events.iter_mut().flat_map(|event| &mut event.photos) {
        let moved = photo_path(&book.file, photo.path.file_name());
        photo.path = moved.unwrap_or(photo.path.clone());
    }
    Entry {
        file: book.file,
        events,
        known: book.known,
    }
}

/// Makes a new event, which stands nowhere yet.
pub(in crate::rotation) fn event(
    id: String,
    deed: Deed,
    by: &str,
    text: Option<String>,
    note: Option<String>,
    file: &SitePath,
) -> Event {
    Event {
        id,
        deed,
        by: Some(by.to_owned()),
        photos: Vec::new(),
        text,
        note,
        round: None,
        span: Span::file(&Source::new(file.clone(), "")),
    }
}

/// Returns `id`, or the first of `id-2`, `id-3` … that no event has.
pub(super) fn free_id(events: &[Event], id: &str) -> String {
    let taken: BTreeSet<&str> = events.iter().map(|event| event.id.as_str()).collect();
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    let mut wanted = std::iter::once(id.to_owned()).chain(numbered);
    wanted
        .find(|id| !taken.contains(id.as_str()))
        .unwrap_or_else(|| id.to_owned())
}
