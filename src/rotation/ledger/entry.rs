//! What was hung, put into new lines: as planned, but for what differed.
//!
//! Nothing that stands in the ledger is changed. What still hangs in a slot gets a line with its
//! true last day before the line of what was hung there instead.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::history::{history, missed};
use super::{Deed, Event, Hung, Photo, Record, file_of, photo_path};
use crate::calendar::Period;
use crate::diag::{Code, Diagnostic, Diagnostics, SitePath, Source, Span};
use crate::rotation::plan::{Hanging, Plan};
use crate::rotation::published::today_s_id;
use crate::site::{Board, Site};

/// What is to be entered.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The period in which it was hung.
    pub period: Period,
    /// The boards, in walking order.
    pub boards: Vec<&'a Board>,
    /// The day of the change-over, where it was not the planned one.
    pub on: Option<Date>,
    /// Who hung it.
    pub by: String,
    /// What is to be remembered of it.
    pub note: Option<String>,
    /// What differed from the plan.
    pub except: Vec<Exception>,
    /// The photos by board.
    pub photos: BTreeMap<String, Vec<Photo>>,
    /// The days on which they were taken, by board, where they tell.
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
            let day = on.max(request.period.first());
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

/// The ledger while lines are added.
struct Book<'a> {
    site: &'a Site,
    request: &'a Request<'a>,
    events: Vec<Event>,
    n_old: usize,
    known: usize,
    file: SitePath,
    diagnostics: &'a mut Diagnostics,
}

impl Book<'_> {
    /// Enters what hung instead of what was planned.
    fn exception(&mut self, plan: &Plan, exception: &Exception, planned: Option<Proposed>) {
        let Some((hung, begins)) = self.excepted(plan, exception, planned) else {
            return;
        };
        if exception.poster.is_some() {
            self.hang(hung, begins);
        } else {
            self.miss(hung);
        }
    }

    /// Returns what is to be entered for an exception: the planned poster, or the other one in
    /// its place, and the day on which the slot was to change.
    fn excepted(
        &self,
        plan: &Plan,
        exception: &Exception,
        planned: Option<Proposed>,
    ) -> Option<(Hung, Date)> {
        if let Some(Proposed { hung, planned }) = planned {
            let poster = exception.poster.clone().unwrap_or(hung.poster);
            return Some((Hung { poster, ..hung }, planned));
        }
        // The plan has nothing here: until the board's period ends, or the plan has something.
        let board = self.site.board(&exception.board)?;
        let poster = exception.poster.clone()?;
        let asked = self.request.period;
        let day = self.request.on.unwrap_or(self.site.today);
        let day = day.clamp(asked.first(), asked.last());
        let period = Period::containing(board.cadence, day);
        let from = self.request.on.unwrap_or(period.first().max(asked.first()));
        let next = plan
            .in_period(&board.id, &exception.slot, period)
            .map(|hanging| hanging.from)
            .find(|first| *first > from);
        let to = next.and_then(day_before).unwrap_or(period.last()).max(from);
        let hung = Hung {
            board: board.id.clone(),
            slot: exception.slot.clone(),
            poster,
            from,
            to,
        };
        Some((hung, from))
    }

    /// Enters that a poster was hung in a slot that was to change on `planned`.
    fn hang(&mut self, mut hung: Hung, planned: Date) {
        let in_slot = self.in_slot(&hung);
        if self.is_known(&in_slot, &hung) {
            self.known += 1;
            return;
        }
        if let Some(next) = in_slot.iter().find(|record| record.hung.from >= hung.from) {
            match day_before(next.hung.from).filter(|last| *last >= hung.from) {
                Some(last) => hung.to = hung.to.min(last),
                None => return self.contradicts(next, &hung),
            }
        }
        if !self.take_down_before(&hung, planned) {
            return;
        }
        let text = self.request.texts.get(&hung.poster).cloned();
        let id = format!("{}/{}/{}", hung.from, hung.board, hung.slot);
        self.add(&id, Deed::Hung(hung), text);
    }

    /// Enters that what was planned did not hang: the slot is empty.
    fn miss(&mut self, hung: Hung) {
        let in_slot = self.in_slot(&hung);
        if self.is_missed(&hung) {
            self.known += 1;
            return;
        }
        if let Some(there) = in_slot.iter().find(|record| record.hung.from == hung.from) {
            return self.contradicts(there, &hung);
        }
        if self.take_down_before(&hung, hung.from) {
            let id = format!("{}/{}/{}", hung.from, hung.board, hung.slot);
            self.add(&id, Deed::Missed(hung), None);
        }
    }

    /// Returns what the ledger has in the slot, in the order of days.
    fn in_slot(&self, hung: &Hung) -> Vec<Record> {
        let all = history(&self.events, &mut Diagnostics::default()).into_iter();
        all.filter(|record| record.hung.board == hung.board && record.hung.slot == hung.slot)
            .collect()
    }

    fn is_known(&self, in_slot: &[Record], hung: &Hung) -> bool {
        let told = in_slot.iter().map(|record| &record.hung);
        let same = |other: &&Hung| self.is_same(other, hung);
        told.filter(same).count() > 0 || self.is_missed(hung)
    }

    fn is_missed(&self, hung: &Hung) -> bool {
        let missed = missed(&self.events);
        missed.iter().any(|other| {
            other.board == hung.board && other.slot == hung.slot && self.is_same(other, hung)
        })
    }

    /// Tells whether both are of one poster and share a day.
    fn is_same(&self, old: &Hung, new: &Hung) -> bool {
        today_s_id(self.site, &old.poster) == new.poster && old.from <= new.to && new.from <= old.to
    }

    /// Enters the true last day of what hung in the slot until `hung` came; `false` where that
    /// contradicts the ledger.
    ///
    /// A sheet that was meant to hang until the planned change-over hung until the true one: it
    /// is the keeper who takes it down.
    fn take_down_before(&mut self, hung: &Hung, planned: Date) -> bool {
        let in_slot = self.in_slot(hung);
        let before = in_slot.iter().rfind(|record| record.hung.from < hung.from);
        let Some(before) = before else {
            return true;
        };
        let Some(last) = before.until_before(hung.from) else {
            return true;
        };
        let meant = &before.hung.to;
        if *meant >= hung.from && before.ended {
            self.contradicts(before, hung);
            return false;
        }
        let hung_on = !before.ended
            && *meant < last
            && planned >= self.request.period.first()
            && Some(*meant) >= day_before(planned);
        if *meant >= hung.from || hung_on {
            let id = format!("{}/{}/{}/removed", hung.from, hung.board, hung.slot);
            let deed = Deed::Removed {
                of: before.id.clone(),
                last: Some(last),
            };
            // A line stands behind the one that it cites.
            self.file = self.file.clone().max(before.span.source.path.clone());
            self.add(&id, deed, None);
        }
        true
    }

    fn contradicts(&mut self, record: &Record, hung: &Hung) {
        let fix = if record.hung.poster == hung.poster {
            "--never".to_owned()
        } else {
            format!("--poster {}", hung.poster)
        };
        self.diagnostics.push(
            Diagnostic::new(Code::HungAlready)
                .with("board", &hung.board)
                .with("slot", &hung.slot)
                .with("from", record.hung.from)
                .with("poster", &record.hung.poster)
                .with("id", &record.id)
                .with("fix", fix),
        );
    }

    /// Gives each board's photos to the lines of its newest day, or a line of their own.
    fn photograph(&mut self) {
        for (board, photos) in &self.request.photos {
            let on_board = |event: &Event| match &event.deed {
                Deed::Hung(hung) | Deed::Missed(hung) if hung.board == *board => Some(hung.from),
                _ => None,
            };
            let new = &mut self.events[self.n_old..];
            let newest = new.iter().filter_map(on_board).max();
            for event in new.iter_mut() {
                if newest.is_some() && on_board(event) == newest {
                    event.photos.clone_from(photos);
                }
            }
            if newest.is_none() {
                self.see(board, photos);
            }
        }
    }

    /// Enters photos of a board on which nothing new was hung, but those that are entered.
    fn see(&mut self, board: &str, photos: &[Photo]) {
        // A photo is named by its hash.
        let known = self.events.iter().flat_map(|event| &event.photos);
        let known: BTreeSet<&str> = known.map(|photo| photo.path.file_name()).collect();
        let is_new = |photo: &&Photo| !known.contains(photo.path.file_name());
        let new = photos.iter().filter(is_new);
        let new: Vec<Photo> = new.cloned().collect();
        if !new.is_empty() {
            let taken = self.request.taken.get(board).copied();
            let on = taken.or(self.request.on).unwrap_or(self.site.today);
            let deed = Deed::Seen {
                board: board.to_owned(),
                on,
            };
            self.add(&format!("{on}/{board}/seen"), deed, None);
            if let Some(event) = self.events.last_mut() {
                event.photos = new;
            }
        }
    }

    fn add(&mut self, id: &str, deed: Deed, text: Option<String>) {
        let id = free_id(&self.events, id);
        let note = match deed {
            // What is to be remembered belongs to what was hung.
            Deed::Removed { .. } => None,
            _ => self.request.note.clone(),
        };
        let by = self.request.by.clone();
        self.events
            .push(event(id, deed, &by, text, note, &self.file));
    }
}

/// Makes a new event, which stands nowhere yet.
pub(super) fn event(
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

fn day_before(day: Date) -> Option<Date> {
    day.checked_sub(1.day()).ok()
}
