//! Events written as the lines of a ledger file.

use std::fmt::{self, Write as _};

use super::{Absent, Deed, Event, Hung, Lost, Photo};
use crate::rotation::names::quoted;

impl Event {
    /// Writes the event as one line, without its end; reading it gives the event again.
    pub fn line(&self) -> String {
        let mut line = Line(format!("- {{v: 1, id: {}", quoted(&self.id)));
        match &self.deed {
            Deed::Hung(hung) => line.word("kind", "hung").hung(hung),
            Deed::Missed(hung) => line.word("kind", "missed").hung(hung),
            Deed::Corrected { of, hung } => {
                line.word("kind", "corrected").text("of", of).hung(hung)
            }
            Deed::Removed { of, last } => {
                let line = line.word("kind", "removed").text("of", of);
                match last {
                    Some(last) => line.word("to", last),
                    None => line,
                }
            }
            Deed::Seen { board, on } => line
                .word("kind", "seen")
                .text("board", board)
                .word("on", on),
            Deed::Absent(absent) => line.word("kind", "absent").absent(absent),
            Deed::Lost(lost) => line.word("kind", "lost").lost(lost),
        }
        .some("by", self.by.as_deref())
        .some("text", self.text.as_deref())
        .photos(&self.photos)
        .some("note", self.note.as_deref())
        .some("round", self.round.as_deref());
        line.0.push('}');
        line.0
    }
}

/// A line that grows key by key.
struct Line(String);

impl Line {
    fn word(&mut self, key: &str, value: impl fmt::Display) -> &mut Self {
        write!(self.0, ", {key}: {value}").expect("writing to a text cannot fail");
        self
    }

    fn text(&mut self, key: &str, value: &str) -> &mut Self {
        // An event is one line, whatever somebody typed or pasted.
        let flat: String = value
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        self.word(key, quoted(&flat))
    }

    fn some(&mut self, key: &str, value: Option<&str>) -> &mut Self {
        match value {
            Some(value) => self.text(key, value),
            None => self,
        }
    }

    fn hung(&mut self, hung: &Hung) -> &mut Self {
        self.text("board", &hung.board)
            .text("slot", &hung.slot)
            .text("poster", &hung.poster)
            .word("from", hung.from)
            .word("to", hung.to)
    }

    fn absent(&mut self, absent: &Absent) -> &mut Self {
        self.text("board", &absent.board)
            .text("slot", &absent.slot)
            .text("poster", &absent.poster)
            .text("place", &absent.place)
            .word("on", absent.on)
    }

    fn lost(&mut self, lost: &Lost) -> &mut Self {
        self.text("poster", &lost.poster)
            .some("board", lost.board.as_deref())
            .some("slot", lost.slot.as_deref())
            .some("size", lost.size.as_deref())
            .word("copies", lost.copies)
            .word("on", lost.on)
    }

    fn photos(&mut self, photos: &[Photo]) -> &mut Self {
        if photos.is_empty() {
            return self;
        }
        let named = photos.iter().map(|photo| {
            let name = photo.path.file_name();
            let view = photo.view.map(|view| view.word());
            match (view, &photo.place) {
                (Some(view), Some(place)) => quoted(&format!("{view}@{place}:{name}")),
                (Some(view), None) => quoted(&format!("{view}:{name}")),
                (None, _) => quoted(name),
            }
        });
        let named: Vec<String> = named.collect();
        self.word("photos", format!("[{}]", named.join(", ")))
    }
}
