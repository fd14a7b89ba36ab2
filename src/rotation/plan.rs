//! The plan: what hangs where and when, in days.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::calendar::Period;
use crate::site::{Board, Site};

/// One poster in one slot for a span of days.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hanging {
    /// The board's id.
    pub board: String,
    /// The slot's id.
    pub slot: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// The page's id.
    pub poster: String,
    /// Who decided it.
    pub origin: Origin,
}

/// Who decided that a poster hangs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// It hung: the ledger says so.
    Ledger,
    /// The published plan says so.
    Published,
    /// The planner chose it.
    Planned,
}

/// What hangs where over the planned year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// All hangings, ordered by board, slot and day. What is on record is kept whole: it may lie
    /// before the planned days and cite pages, boards and slots that are gone since.
    pub hangings: Vec<Hanging>,
    /// The first and last day that were planned; `None` for a plan put together by hand, which
    /// spans what hangs in it.
    pub planned: Option<(Date, Date)>,
    /// Sheets that were lost or spoilt, by the ledger; they are printed again.
    pub lost: Vec<Lost>,
    /// What hung by the ledger with a text that was changed since: board, slot and first day.
    pub changed: BTreeSet<(String, String, Date)>,
}

impl Plan {
    /// Returns what hangs on `board` on `day`, in the order of its slots.
    pub fn on<'a>(&'a self, board: &'a Board, day: Date) -> Vec<&'a Hanging> {
        let hangs = |hanging: &&Hanging| {
            hanging.board == board.id && hanging.from <= day && day <= hanging.to
        };
        let mut found: Vec<&Hanging> = self.hangings.iter().filter(hangs).collect();
        found.sort_by_key(|hanging| board.slots.iter().position(|slot| slot.id == hanging.slot));
        found
    }

    /// Returns what hangs in `slot` of `board` in `period`, in the order of days.
    pub fn in_period<'a>(
        &'a self,
        board: &'a str,
        slot: &'a str,
        period: Period,
    ) -> impl Iterator<Item = &'a Hanging> {
        self.hangings.iter().filter(move |hanging| {
            hanging.board == board
                && hanging.slot == slot
                && period.overlaps(hanging.from, hanging.to)
        })
    }

    /// Returns the first and last planned day.
    pub fn span(&self) -> Option<(Date, Date)> {
        if self.planned.is_some() {
            return self.planned;
        }
        let first = self.hangings.iter().map(|hanging| hanging.from).min()?;
        let last = self.hangings.iter().map(|hanging| hanging.to).max()?;
        Some((first, last))
    }

    /// Returns the hangings of the poster `page`, in the order of days.
    pub fn of_poster<'a>(&'a self, page: &'a str) -> impl Iterator<Item = &'a Hanging> {
        self.hangings
            .iter()
            .filter(move |hanging| hanging.poster == page)
    }

    /// Returns the periods of `board` that share a day with the planned ones, in order.
    pub fn periods(&self, site: &Site, board: &str) -> Vec<Period> {
        let Some((board, (first, last))) = site.board(board).zip(self.span()) else {
            return Vec::new();
        };
        Period::overlapping(board.cadence, first, last)
    }
}

/// Sheets that are gone: they must be printed again if they are to hang.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The page's id.
    pub poster: String,
    /// The board whose sheets they were, where it matters.
    pub board: Option<String>,
    /// The slot in which they hung, where it matters which of several sheets of a notice they were.
    pub slot: Option<String>,
    /// The size of the sheets as it was written, such as `A3`, where there are several.
    pub size: Option<String>,
    /// How many.
    pub copies: u32,
    /// The day on which it was noticed.
    pub on: Date,
}
