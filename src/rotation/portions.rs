//! Which of several sheets of one notice hangs where, and when.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::plan::{Hanging, Plan};
use crate::site::{Board, BoardKind, Page, Site, Slot};
use crate::typeset::Portion;

/// The sheets of posters that hang in several slots of a board at once, told apart from left to right, or in the order in
/// which a screen shows them.
///
/// Of the hanging and not of its slot, as a notice that hangs again may hang elsewhere on the board: what was
/// its second sheet in a slot may be its first one there another time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Portions(Vec<(Hanging, Portion, Date)>);

impl Portions {
    /// Tells the sheets among `hangings` apart.
    pub fn new(site: &Site, hangings: &[Hanging]) -> Self {
        let mut by_notice: BTreeMap<(&str, &str), Vec<&Hanging>> = BTreeMap::new();
        for hanging in hangings {
            let notice = (hanging.board.as_str(), hanging.poster.as_str());
            by_notice.entry(notice).or_default().push(hanging);
        }
        let mut portions = Vec::new();
        for ((board, poster), hangings) in by_notice {
            let long = site.page(poster).filter(|page| page.may_run_on());
            let (Some(board), Some(page), true) = (site.board(board), long, hangings.len() > 1)
            else {
                continue;
            };
            let told = |hanging: &&Hanging| {
                let (portion, whole) = portion(board, page, &hangings, hanging)?;
                Some(((*hanging).clone(), portion, whole))
            };
            portions.extend(hangings.iter().filter_map(told));
        }
        Self(portions)
    }

    /// Returns which of several sheets the hanging is; `None` where the poster is one sheet.
    pub fn of(&self, hanging: &Hanging) -> Option<Portion> {
        let (board, slot) = (&hanging.board, &hanging.slot);
        self.at(board, slot, &hanging.poster, hanging.from)
    }

    /// Returns the first day of the hanging on which all sheets of its set hang; `None` where the poster is one
    /// sheet.
    pub fn whole_from(&self, hanging: &Hanging) -> Option<Date> {
        let found = self.0.iter().find(|(it, ..)| it == hanging);
        found.map(|(.., whole)| *whole)
    }

    /// Returns which of several sheets of the poster hung in the slot on the day, or was the last one to hang
    /// there before it.
    pub fn at(&self, board: &str, slot: &str, poster: &str, day: Date) -> Option<Portion> {
        let here = |(it, ..): &&(Hanging, Portion, Date)| {
            (it.board.as_str(), it.slot.as_str(), it.poster.as_str()) == (board, slot, poster)
                && it.from <= day
        };
        let hung = self.0.iter().filter(here);
        let last = hung.max_by_key(|(hanging, ..)| hanging.from);
        last.map(|(_, portion, _)| *portion)
    }
}

impl Plan {
    /// Tells the sheets of posters apart that hang in several slots of a board at once.
    pub fn portions(&self, site: &Site) -> Portions {
        Portions::new(site, &self.hangings)
    }
}

fn place(board: &Board, slot: &Slot) -> Option<usize> {
    board.slots.iter().position(|it| it.id == slot.id)
}

/// Returns which sheet `hanging` is of those of its notice that hang on the first day on which most of them do, and
/// that day:
/// one that was late, or came down early, is one of the set all the same.
///
/// What is no formal notice may hang twice on a board as a whole: there only slots side by side make a set.
fn portion(
    board: &Board,
    page: &Page,
    all: &[&Hanging],
    hanging: &Hanging,
) -> Option<(Portion, Date)> {
    let on = |day: Date| {
        let mut slots: Vec<_> = all
            .iter()
            .filter(|it| it.from <= day && day <= it.to)
            .filter_map(|it| board.slot(&it.slot))
            .collect();
        match board.kind {
            // Its pictures are shown in the file's order.
            BoardKind::Screen => slots.sort_by_key(|slot| place(board, slot)),
            _ => slots.sort_by(|a, b| a.at.0.total_cmp(&b.at.0).then(a.id.cmp(&b.id))),
        }
        slots.dedup_by_key(|slot| &slot.id);
        slots
    };
    let begins = all.iter().map(|it| it.from.max(hanging.from));
    let mut days: Vec<Date> = begins.filter(|day| *day <= hanging.to).collect();
    days.sort_unstable();
    let mut together = Vec::new();
    let mut whole = hanging.from;
    for day in days {
        let slots = on(day);
        if slots.len() > together.len() {
            (together, whole) = (slots, day);
        }
    }
    let run = together
        .first()
        .and_then(|it| board.run(it, together.len()));
    let is_run = run.is_some_and(|run| run.iter().zip(&together).all(|(a, b)| a.id == b.id));
    if !is_run && !page.is_stamped() {
        return None;
    }
    let at = together.iter().position(|slot| slot.id == hanging.slot)?;
    let portion = Portion {
        number: at + 1,
        of: together.len(),
    };
    (together.len() > 1).then_some((portion, whole))
}
