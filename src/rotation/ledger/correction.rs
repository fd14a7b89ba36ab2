//! Corrections and losses: lines that put right or count what other lines cannot say.

use jiff::civil::Date;

use super::entry::{event, free_id};
use super::{Deed, Entry, Event, Hung, Lost, file_of, history};
use crate::diag::Diagnostics;

/// How a line was wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Correction {
    /// Another poster hung there; with the hash of its text.
    Poster(String, Option<String>),
    /// Nothing of it was true.
    Never,
    /// It came down on another day.
    Until(Date),
}

/// Who corrects, when and why.
#[derive(Debug, Clone)]
pub struct Hand<'a> {
    /// The day on which the line is written.
    pub day: Date,
    /// Who writes it.
    pub by: &'a str,
    /// What is to be remembered.
    pub note: Option<String>,
}

/// Why a line cannot be corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no line of that id.
    Unknown,
    /// It says nothing any more that could be corrected so.
    Spent,
    /// The corrected line would contradict others, which say why.
    Contradicts(Diagnostics),
}

/// Puts right what the line `id`, or any later one about the same hanging, says.
///
/// # Errors
/// See [`Refusal`].
pub fn correct(
    events: &[Event],
    id: &str,
    correction: Correction,
    hand: &Hand,
) -> Result<Entry, Refusal> {
    let original = events.iter().find(|event| event.id == id);
    let original = original.ok_or(Refusal::Unknown)?;
    let mut before = Diagnostics::default();
    let history = history(events, &mut before);
    let record = history.iter().find(|record| record.is_told_by(id));
    let (of, file, hung) = match record {
        Some(record) => (&record.id, record.span.path(), Some(&record.hung)),
        None => {
            // Not hung, or lost, or nothing any more, which following it tells.
            let hung = match &original.deed {
                Deed::Missed(hung) => Some(hung),
                _ => None,
            };
            (&original.id, original.span.path(), hung)
        }
    };
    let (deed, text) = match correction {
        Correction::Poster(poster, text) => {
            let hung = hung.ok_or(Refusal::Spent)?.clone();
            let (of, hung) = (of.clone(), Hung { poster, ..hung });
            (Deed::Corrected { of, hung }, text)
        }
        Correction::Never => {
            let (of, last) = (of.clone(), None);
            (Deed::Removed { of, last }, None)
        }
        Correction::Until(last) => {
            let (of, last) = (of.clone(), Some(last));
            (Deed::Removed { of, last }, None)
        }
    };
    let new_id = free_id(events, &format!("{}/corrected", hand.day));
    let new = event(new_id, deed, hand.by, text, hand.note.clone(), file);
    let file = file.clone();
    let mut all = events.to_vec();
    all.push(new.clone());
    let mut after = Diagnostics::default();
    super::history(&all, &mut after);
    let wrong: Diagnostics = after
        .iter()
        .filter(|diagnostic| !before.iter().any(|old| old == *diagnostic))
        .cloned()
        .collect();
    if !wrong.is_empty() {
        return Err(Refusal::Contradicts(wrong));
    }
    Ok(Entry {
        file,
        events: vec![new],
        known: 0,
    })
}

/// Counts sheets that are gone.
pub fn lose(events: &[Event], losses: Vec<Lost>, hand: &Hand) -> Entry {
    let file = file_of(hand.day);
    let mut all = events.to_vec();
    for lost in losses {
        let id = free_id(&all, &format!("{}/lost/{}", lost.on, lost.poster));
        let deed = Deed::Lost(lost);
        all.push(event(id, deed, hand.by, None, hand.note.clone(), &file));
    }
    Entry {
        file,
        events: all.split_off(events.len()),
        known: 0,
    }
}
