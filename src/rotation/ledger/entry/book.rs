//! The ledger while lines are added: each knows of those before it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Exception, Proposed, Request, event, free_id};
use crate::calendar::Period;
use crate::diag::{Code, Diagnostic, Diagnostics, SitePath};
use crate::rotation::ledger::history::{history, missed, open_on};
use crate::rotation::ledger::{Deed, Event, Hung, Photo, Record};
use crate::rotation::named;
use crate::rotation::names::today_s_id;
use crate::rotation::plan::Plan;
use crate::site::Site;

/// The ledger while lines are added.
pub(super) struct Book<'a> {
    pub(super) site: &'a Site,
    pub(super) request: &'a Request<'a>,
    pub(super) events: Vec<Event>,
    pub(super) n_old: usize,
    pub(super) known: usize,
    pub(super) file: SitePath,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl Book<'_> {
    /// Enters what hung instead of what was planned.
    pub(super) fn exception(
        &mut self,
        plan: &Plan,
        exception: &Exception,
        planned: Option<Proposed>,
    ) {
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
    pub(super) fn hang(&mut self, mut hung: Hung, planned: Date) {
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
        let before = before.clone();
        let Some(last) = before.until_before(hung.from) else {
            return true;
        };
        let meant = &before.hung.to;
        if *meant >= hung.from && before.ended {
            self.contradicts(&before, hung);
            return false;
        }
        let hung_on = !before.ended
            && *meant < last
            && planned >= self.request.period.first()
            && Some(*meant) >= day_before(planned);
        if *meant >= hung.from || hung_on {
            self.remove(&before, last);
        }
        true
    }

    /// Enters the last day of what was to come down by the day of the request and has nothing in
    /// its place: taking down is part of what was planned.
    pub(super) fn take_down(&mut self) {
        let last_day = self.request.period.last();
        let day = self.request.on.unwrap_or(self.site.today).min(last_day);
        let history = history(&self.events, &mut Diagnostics::default());
        let of_boards = open_on(&history, day).into_iter().filter(|record| {
            let mut boards = self.request.boards.iter();
            record.hung.to < day
                && boards.any(|board| board.id == record.hung.board)
                && self.request.is_of(&record.hung.board, &record.hung.slot)
        });
        let down: Vec<Record> = of_boards.cloned().collect();
        let first = self.request.period.first();
        for record in down {
            // What was to come down at this change-over came down when it was.
            let at_change = Some(record.hung.to) == day_before(first) && self.request.on.is_some();
            let last = record.until_before(day).filter(|_| at_change);
            let last = last.unwrap_or(record.hung.to);
            self.remove(&record, last);
        }
    }

    fn remove(&mut self, record: &Record, last: Date) {
        let (board, slot) = (&record.hung.board, &record.hung.slot);
        let next = last.saturating_add(1.day());
        let id = format!("{next}/{board}/{slot}/removed");
        let deed = Deed::Removed {
            of: record.id.clone(),
            last: Some(last),
        };
        // A line stands behind the one that it cites.
        self.file = self.file.clone().max(record.span.source.path.clone());
        self.add(&id, deed, None);
    }

    fn contradicts(&mut self, record: &Record, hung: &Hung) {
        let fix = if record.hung.poster == hung.poster {
            "--never".to_owned()
        } else {
            format!("--poster {}", hung.poster)
        };
        let board = self.site.board(&hung.board);
        self.diagnostics.push(
            Diagnostic::new(Code::HungAlready)
                .with("board", board.map_or(&hung.board, |board| &board.title))
                .with("slot", &hung.slot)
                .with("from", record.hung.from)
                .with("poster", named(self.site, &record.hung.poster))
                .with("id", &record.id)
                .with("fix", fix),
        );
    }

    /// Gives each photo to the lines of what was hung on its board last before it was taken; a sheet
    /// that was hung on the 3rd never gets one of the 1st. Those of other days get a line of their
    /// own, those that tell no day the newest lines.
    pub(super) fn photograph(&mut self) {
        let request = self.request;
        for (board, photos) in &request.photos {
            let mut days: BTreeMap<Option<Date>, Vec<Photo>> = BTreeMap::new();
            for photo in photos {
                let day = request.taken.get(photo.path.file_name()).copied();
                days.entry(day).or_default().push(photo.clone());
            }
            for (day, photos) in days {
                self.photograph_on(board, day, &photos);
            }
        }
    }

    fn photograph_on(&mut self, board: &str, day: Option<Date>, photos: &[Photo]) {
        let hung_then = |event: &Event| match &event.deed {
            Deed::Hung(hung) | Deed::Missed(hung) if hung.board == board => {
                let is_of = |day| hung.from <= day && day <= hung.to;
                day.is_none_or(is_of).then_some(hung.from)
            }
            _ => None,
        };
        let new = &mut self.events[self.n_old..];
        let newest = new.iter().filter_map(hung_then).max();
        if newest.is_none() {
            self.see(board, day, photos);
            return;
        }
        for event in new.iter_mut().filter(|event| hung_then(event) == newest) {
            event.photos.extend(photos.iter().cloned());
        }
    }

    /// Enters photos of a board on a day on which nothing new was hung, but those that are entered.
    fn see(&mut self, board: &str, day: Option<Date>, photos: &[Photo]) {
        // A photo is named by its hash.
        let known = self.events.iter().flat_map(|event| &event.photos);
        let known: BTreeSet<&str> = known.map(|photo| photo.path.file_name()).collect();
        let is_new = |photo: &&Photo| !known.contains(photo.path.file_name());
        let new = photos.iter().filter(is_new);
        let new: Vec<Photo> = new.cloned().collect();
        if !new.is_empty() {
            let on = day.or(self.request.on).unwrap_or(self.site.today);
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

fn day_before(day: Date) -> Option<Date> {
    day.checked_sub(1.day()).ok()
}
