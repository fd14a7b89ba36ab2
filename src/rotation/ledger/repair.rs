//! Lines of one id, taken out of each other's way without losing a word.
//!
//! They come when a cloud folder merges what two people entered, or when lines are copied by hand.
//! The first stands. A later one that says the same becomes a remark in its place; one that says
//! something else gets an id of its own where that contradicts nothing, and becomes a remark where it
//! does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Event, history, parse};
use crate::diag::{Diagnostics, SitePath, Source};

/// What is done to a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It said what the line before it says, and is a remark now.
    Repeated,
    /// It contradicted others, and is a remark now: whoever knows better enters it anew.
    Contradicting,
    /// It has this id now.
    Renamed(String),
}

/// A line that is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The file.
    pub path: SitePath,
    /// The line's number, from 1.
    pub line: usize,
    /// The id that it shared with an earlier one.
    pub id: String,
    /// What is done to it.
    pub change: Change,
}

/// Returns what is to be done to the ledger's `files`, and the new text of each file that changes.
pub fn repair(files: &[Arc<Source>]) -> (Vec<Repair>, BTreeMap<SitePath, String>) {
    let read = |file: &Arc<Source>| parse(file, &mut Diagnostics::default());
    let events: Vec<Event> = files.iter().flat_map(read).collect();
    let mut ids: BTreeSet<String> = events.iter().map(|event| event.id.clone()).collect();
    let mut kept: Vec<Event> = Vec::new();
    let mut repairs: Vec<(Event, Change)> = Vec::new();
    for event in events {
        let Some(first) = kept.iter().find(|kept| kept.id == event.id) else {
            kept.push(event);
            continue;
        };
        if first.says_what(&event) {
            repairs.push((event, Change::Repeated));
            continue;
        }
        let id = free_id(&event.id, &ids);
        let renamed = Event {
            id: id.clone(),
            ..event.clone()
        };
        kept.push(renamed);
        if n_faults(&kept) > n_faults(&kept[..kept.len() - 1]) {
            kept.pop();
            repairs.push((event, Change::Contradicting));
        } else {
            ids.insert(id.clone());
            repairs.push((event, Change::Renamed(id)));
        }
    }
    let texts = files
        .iter()
        .filter_map(|file| Some((file.path.clone(), changed(file, &repairs)?)))
        .collect();
    let told = repairs.into_iter().map(|(event, change)| Repair {
        path: event.span.path().clone(),
        line: event.span.source.line_column(event.span.range.start).0,
        id: event.id,
        change,
    });
    (told.collect(), texts)
}

fn n_faults(events: &[Event]) -> usize {
    let mut faults = Diagnostics::default();
    history(events, &mut faults);
    faults.iter().count()
}

fn free_id(id: &str, ids: &BTreeSet<String>) -> String {
    let mut names = (2..).map(|number| format!("{id}-{number}"));
    let free = names.find(|name| !ids.contains(name));
    free.unwrap_or_else(|| id.to_owned())
}

/// Returns the text of `file` with the lines changed; `None` where none of them stands in it.
fn changed(file: &Source, repairs: &[(Event, Change)]) -> Option<String> {
    let here = repairs
        .iter()
        .filter(|(event, _)| event.span.path() == &file.path);
    let mut here: Vec<_> = here.collect();
    if here.is_empty() {
        return None;
    }
    here.sort_by_key(|(event, _)| std::cmp::Reverse(event.span.range.start));
    let mut text = file.text.clone();
    for (event, change) in here {
        let range = event.span.range.clone();
        let line = &text[range.clone()];
        let new = match change {
            Change::Renamed(id) => renamed(line, &event.id, id),
            Change::Repeated | Change::Contradicting => as_remark(line),
        };
        text.replace_range(range, &new);
    }
    Some(text)
}

fn as_remark(line: &str) -> String {
    let lines: Vec<String> = line.lines().map(|line| format!("# {line}")).collect();
    let end = if line.ends_with('\n') { "\n" } else { "" };
    lines.join("\n") + end
}

/// Gives the id behind the key `id` its new name.
fn renamed(line: &str, id: &str, new: &str) -> String {
    let value = line.find("id:").map_or(0, |at| at + "id:".len());
    let (head, rest) = line.split_at(value);
    format!("{head}{}", rest.replacen(id, new, 1))
}
