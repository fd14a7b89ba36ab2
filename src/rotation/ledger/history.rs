//! The events followed to what hung: by record, by day, by board.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Absent, Deed, Event, Hung, Lost, Photo};
use crate::diag::{Code, Diagnostic, Diagnostics, Span, Words, words};

/// One poster that hung in one slot, as all lines about it together say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The id of the newest line about it: the one to correct.
    pub id: String,
    /// The ids of the lines before it, the oldest first.
    pub formerly: Vec<String>,
    /// What hung.
    pub hung: Hung,
    /// Whether a line says that it came down on its last day; where not, that day is meant.
    pub ended: bool,
    /// Who hung it.
    pub by: Option<String>,
    /// The photos of all lines about it, as the lines give them.
    pub photos: Vec<Photo>,
    /// The hash of its text.
    pub text: Option<String>,
    /// The remarks of all lines about it, in order.
    pub notes: Vec<String>,
    /// Where the newest line about it stands.
    pub span: Span,
}

/// What a line left behind, until a later one takes its place.
#[derive(Debug, Clone)]
enum Left {
    /// Something hung.
    Hung(Record),
    /// Something planned did not hang.
    Missed(Hung),
    /// Sheets are gone.
    Lost(Lost),
    /// A place went without.
    Absent(Gone),
    /// Nothing: a later line took its place, or it had nothing to leave.
    Nothing,
}

/// A place that went without a sheet, as all lines about it together say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// The id of the newest line about it.
    pub id: String,
    /// What was missing where.
    pub what: Absent,
    /// The last day without, where a line says so.
    pub last: Option<Date>,
    /// Why.
    pub note: Option<String>,
}

/// Follows the events to what hung, ordered by board, slot and day; lines that contradict others
/// are reported and left out.
pub fn history(events: &[Event], diagnostics: &mut Diagnostics) -> Vec<Record> {
    let mut records: Vec<Record> = followed(events, diagnostics)
        .into_iter()
        .filter_map(|left| match left {
            Left::Hung(record) => Some(record),
            _ => None,
        })
        .collect();
    records.sort_by(|a, b| key(&a.hung).cmp(&key(&b.hung)));
    let mut kept: Vec<Record> = Vec::with_capacity(records.len());
    for next in records {
        match kept.last() {
            Some(last) if same_slot(&last.hung, &next.hung) && next.hung.from <= last.hung.to => {
                let cause = words("ledger-still-hangs")
                    .with("board", &next.hung.board)
                    .with("slot", &next.hung.slot)
                    .with("day", next.hung.from)
                    .with("poster", &last.hung.poster);
                diagnostics.push(bad(next.span, cause));
            }
            _ => kept.push(next),
        }
    }
    kept
}

/// Follows the events to what hung, without who and how; see [`history`].
pub fn hangings(events: &[Event], diagnostics: &mut Diagnostics) -> Vec<Hung> {
    let history = history(events, diagnostics).into_iter();
    history.map(|record| record.hung).collect()
}

/// Returns what was planned and did not hang, in the order of the files.
pub fn missed(events: &[Event]) -> Vec<Hung> {
    let left = followed(events, &mut Diagnostics::default()).into_iter();
    left.filter_map(|left| match left {
        Left::Missed(hung) => Some(hung),
        _ => None,
    })
    .collect()
}

/// Returns the sheets that are gone, in the order of the files.
pub fn lost(events: &[Event]) -> Vec<Lost> {
    let left = followed(events, &mut Diagnostics::default()).into_iter();
    left.filter_map(|left| match left {
        Left::Lost(lost) => Some(lost),
        _ => None,
    })
    .collect()
}

/// Returns the places that went without a sheet, in the order of the files.
pub fn absent(events: &[Event]) -> Vec<Gone> {
    let left = followed(events, &mut Diagnostics::default()).into_iter();
    left.filter_map(|left| match left {
        Left::Absent(gone) => Some(gone),
        _ => None,
    })
    .collect()
}

/// Returns what hung on `board` on `day`, as the ledger says it, in the order of slots.
///
/// # Examples
/// ```
/// use greenboard::diag::{Diagnostics, SitePath, Source};
/// use greenboard::rotation::ledger;
///
/// let file = Source::new(
///     SitePath::fixed("ledger/2026-03.yaml"),
///     "format: 1\nevents:\n- {v: 1, id: a, kind: hung, board: east-gate, slot: \"1\", \
///      poster: living/tap, from: 2026-03-01, to: 2026-03-31}\n",
/// );
/// let mut diagnostics = Diagnostics::default();
/// let events = ledger::parse(&file, &mut diagnostics);
/// let history = ledger::history(&events, &mut diagnostics);
/// let day = "2026-03-14".parse().expect("a day");
/// let hung = ledger::hung_on(&history, "east-gate", day);
/// assert_eq!(hung[0].hung.poster, "living/tap");
/// ```
pub fn hung_on<'h>(history: &'h [Record], board: &str, day: Date) -> Vec<&'h Record> {
    history
        .iter()
        .filter(|record| record.hung.board == board)
        .filter(|record| record.hung.from <= day && day <= record.hung.to)
        .collect()
}

/// Returns what is still on the wall on `day` for all that the ledger knows: hung by then, with
/// no line that it came down and nothing hung in its slot since. Its last day may be past.
pub fn open_on(history: &[Record], day: Date) -> Vec<&Record> {
    let newest = |record: &&Record| {
        let later = |other: &Record| {
            same_slot(&other.hung, &record.hung)
                && record.hung.from < other.hung.from
                && other.hung.from <= day
        };
        record.hung.from <= day
            && !(record.ended && record.hung.to < day)
            && !history.iter().any(later)
    };
    history.iter().filter(newest).collect()
}

/// Returns the photos that were taken of `board` within `from..=to`, with the line that names
/// each first, in the order of the files.
pub fn photos<'e>(
    events: &'e [Event],
    board: &str,
    from: Date,
    to: Date,
) -> Vec<(&'e Event, &'e Photo)> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for event in events {
        let (place, day) = match &event.deed {
            Deed::Hung(hung) | Deed::Missed(hung) | Deed::Corrected { hung, .. } => {
                (&hung.board, hung.from)
            }
            Deed::Seen { board, on } => (board, *on),
            Deed::Removed { .. } | Deed::Absent(_) | Deed::Lost(_) => continue,
        };
        if place == board && from <= day && day <= to {
            let new = |photo: &&Photo| seen.insert(photo.path.clone());
            found.extend(event.photos.iter().filter(new).map(|photo| (event, photo)));
        }
    }
    found
}

fn key(hung: &Hung) -> (&str, &str, Date) {
    (&hung.board, &hung.slot, hung.from)
}

fn same_slot(a: &Hung, b: &Hung) -> bool {
    a.board == b.board && a.slot == b.slot
}

/// Returns what all lines leave behind, in the order of the files.
fn followed(events: &[Event], diagnostics: &mut Diagnostics) -> Vec<Left> {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut left: Vec<Left> = Vec::with_capacity(events.len());
    for event in events {
        if let Some(&first) = known.get(event.id.as_str()) {
            diagnostics.push(repeated(event, &events[first]));
            left.push(Left::Nothing);
            continue;
        }
        match follow(event, &known, &mut left) {
            Ok(now) => {
                known.insert(&event.id, left.len());
                left.push(now);
            }
            Err(cause) => {
                diagnostics.push(bad(event.span.clone(), cause));
                left.push(Left::Nothing);
            }
        }
    }
    left
}

/// Returns what `event` leaves, after taking away what it replaces.
fn follow(event: &Event, known: &BTreeMap<&str, usize>, left: &mut [Left]) -> Result<Left, Words> {
    let place = |of: &str| match known.get(of) {
        Some(&at) => Ok(at),
        None => Err(words("ledger-no-line").with("of", of)),
    };
    match &event.deed {
        Deed::Hung(hung) => Ok(Left::Hung(record(event, hung.clone()))),
        Deed::Missed(hung) => Ok(Left::Missed(hung.clone())),
        Deed::Lost(lost) => Ok(Left::Lost(lost.clone())),
        Deed::Absent(what) => Ok(Left::Absent(Gone {
            id: event.id.clone(),
            what: what.clone(),
            last: None,
            note: event.note.clone(),
        })),
        Deed::Seen { .. } => Ok(Left::Nothing),
        Deed::Corrected { of, hung } => {
            let at = place(of)?;
            let now = match &left[at] {
                Left::Hung(old) => old.clone().followed_by(event, hung.clone()),
                Left::Missed(_) => record(event, hung.clone()),
                Left::Lost(_) | Left::Absent(_) => {
                    return Err(words("ledger-not-hung").with("of", of));
                }
                Left::Nothing => return Err(replaced(of)),
            };
            left[at] = Left::Nothing;
            Ok(Left::Hung(now))
        }
        Deed::Removed { of, last } => {
            let at = place(of)?;
            let now = match (&left[at], last) {
                (Left::Nothing, _) => return Err(replaced(of)),
                (Left::Hung(old), Some(last)) => old.clone().removed(event, *last)?,
                (Left::Absent(gone), Some(last)) => Left::Absent(Gone {
                    id: event.id.clone(),
                    last: Some(*last),
                    ..gone.clone()
                }),
                (_, Some(_)) => return Err(words("ledger-not-hung").with("of", of)),
                (_, None) => Left::Nothing,
            };
            left[at] = Left::Nothing;
            Ok(now)
        }
    }
}

fn replaced(of: &str) -> Words {
    words("ledger-replaced").with("of", of)
}

fn record(event: &Event, hung: Hung) -> Record {
    Record {
        id: event.id.clone(),
        formerly: Vec::new(),
        hung,
        ended: false,
        by: event.by.clone(),
        photos: event.photos.clone(),
        text: event.text.clone(),
        notes: event.note.iter().cloned().collect(),
        span: event.span.clone(),
    }
}

impl Record {
    /// Puts what a correction says in the place of what was said before.
    fn followed_by(mut self, event: &Event, hung: Hung) -> Self {
        // Another poster has another text.
        let kept = self.text.filter(|_| self.hung.poster == hung.poster);
        self.text = event.text.clone().or(kept);
        self.ended = self.ended && self.hung.to == hung.to;
        self.by = event.by.clone().or(self.by);
        self.hung = hung;
        self.newest(event);
        self
    }

    fn removed(mut self, event: &Event, last: Date) -> Result<Left, Words> {
        if last < self.hung.from {
            let from = self.hung.from;
            return Err(words("ledger-down-early")
                .with("last", last)
                .with("from", from));
        }
        self.hung.to = last;
        self.ended = true;
        self.newest(event);
        Ok(Left::Hung(self))
    }

    fn newest(&mut self, event: &Event) {
        let before = std::mem::replace(&mut self.id, event.id.clone());
        self.formerly.push(before);
        self.span = event.span.clone();
        self.photos.extend(event.photos.iter().cloned());
        self.notes.extend(event.note.clone());
    }

    /// Tells whether one of the lines about it has the id `id`.
    pub fn is_told_by(&self, id: &str) -> bool {
        self.id == id || self.formerly.iter().any(|old| old == id)
    }

    /// Returns the last day before `day`, where it hung by then.
    pub fn until_before(&self, day: Date) -> Option<Date> {
        let last = day.checked_sub(1.day()).ok()?;
        (last >= self.hung.from).then_some(last)
    }
}

/// Says that a line has the id of an earlier one, which alone counts.
fn repeated(event: &Event, first: &Event) -> Diagnostic {
    let (line, _) = first.span.source.line_column(first.span.range.start);
    Diagnostic::new(Code::LedgerRepeated)
        .at(event.span.clone())
        .with("id", &event.id)
        .with("file", first.span.path())
        .with("line", line)
}

fn bad(span: Span, cause: Words) -> Diagnostic {
    Diagnostic::new(Code::BadLedger)
        .at(span)
        .with("cause", cause)
}
