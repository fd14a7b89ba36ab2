//! The ledger: what in fact hung, one line an event.
//!
//! ```yaml
//! format: 1
//! events:
//! - {v: 1, id: 2026-10-01/east-gate/1, kind: hung, board: east-gate, slot: "1", poster: living/tap, from: 2026-10-01, to: 2026-10-31, by: 陈立, text: 0f3a…, photos: ["far:9c1e….jpg", "near:77b0….jpg"]}
//! - {v: 1, id: 2026-10-09/1, kind: corrected, of: 2026-10-01/east-gate/1, board: east-gate, slot: "2", poster: living/tap, from: 2026-10-01, to: 2026-10-31, by: 陈立}
//! - {v: 1, id: 2026-10-20/1, kind: removed, of: 2026-10-09/1, to: 2026-10-19, by: 陈立}
//! - {v: 1, id: 2026-10-01/east-gate/3, kind: missed, board: east-gate, slot: "3", poster: living/lamps, from: 2026-10-01, to: 2026-10-31, by: 陈立}
//! - {v: 1, id: 2026-10-12/east-gate/seen, kind: seen, board: east-gate, on: 2026-10-12, by: 陈立, photos: ["far:5d2a….jpg"]}
//! - {v: 1, id: 2026-10-01/windows/1/3-1/absent, kind: absent, board: windows, slot: "1", poster: living/tap, place: 3-1, on: 2026-10-01, by: 陈立, note: 玻璃打不开}
//! - {v: 1, id: 2026-10-20/lost/1, kind: lost, poster: living/tap, copies: 2, on: 2026-10-20, by: 陈立, note: 被雨淋坏}
//! ```
//!
//! The whole file is YAML, yet each event is read by itself: a line that is broken spoils no
//! other, and to add an event is to add a line. Lines are never changed: `corrected` puts another
//! line in the place of the one that it names; `removed` gives its true last day, or, without
//! `to`, says that it never was. `missed` says that what was planned did not hang; `seen` adds
//! photos of a day; `absent` says that of a board in several places one place went without;
//! `removed` of that line ends it. `lost` counts sheets that are gone. `round` names the file of a
//! phone that the line came with. A page, board or person that is gone since
//! is no mistake: history stays.
//!
//! Beside the files lie `ledger/texts/HASH.md`, the page as it hung, and
//! `ledger/photos/2026-10/HASH.jpg`, photos as they came from the camera.

mod correction;
mod entry;
mod history;
mod line;
mod repair;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

pub use correction::{Correction, Hand, Refusal, correct, lose};
pub use entry::{Entry, Exception, Proposed, Request, enter, proposed};
pub use history::{
    Gone, Record, absent, hangings, history, hung_on, lost, missed, open_on, photos,
};
pub use repair::{Change, Repair, repair};

pub use super::plan::Lost;

pub(super) use entry::event as new_event;

use crate::diag::{
    Code, Diagnostic, Diagnostics, SitePath, Source, Span, Value as Said, Words, words,
};
use crate::read::values;
use crate::read::yaml::{self, Node, Value};

/// The first lines of a ledger file.
pub const HEAD: &str = "format: 1\nevents:\n";

/// The newest format of ledger files, and of their lines, that this program knows.
const FORMAT: u32 = 1;

const KEYS: [&str; 18] = [
    "v", "id", "kind", "of", "board", "slot", "poster", "from", "to", "by", "photos", "text",
    "note", "size", "copies", "on", "place", "round",
];

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its own id, unique in the ledger.
    pub id: String,
    /// What happened.
    pub deed: Deed,
    /// Who did it; a name, which the site need not know any more.
    pub by: Option<String>,
    /// The photos that prove it.
    pub photos: Vec<Photo>,
    /// The hash of the poster's text as it hung; see [`text_path`].
    pub text: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// The file of a phone that it came with.
    pub round: Option<String>,
    /// Where the line stands.
    pub span: Span,
}

impl Event {
    /// Tells whether another line says just this.
    fn says_what(&self, other: &Self) -> bool {
        let moved = Self {
            span: self.span.clone(),
            ..other.clone()
        };
        *self == moved
    }
}

/// What an event says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// A poster was hung.
    Hung(Hung),
    /// What the event of that id said was wrong; it was thus.
    Corrected {
        /// The event that was wrong.
        of: String,
        /// What hung.
        hung: Hung,
    },
    /// A poster came down, or what the event of that id said never was.
    Removed {
        /// The event that hung it.
        of: String,
        /// Its last day; `None` where it never hung.
        last: Option<Date>,
    },
    /// What was planned here did not hang.
    Missed(Hung),
    /// Photos of a board on a day that hung nothing new.
    Seen {
        /// The board's id.
        board: String,
        /// The day.
        on: Date,
    },
    /// One place of a board went without what hung in the others.
    Absent(Absent),
    /// Sheets were lost or spoilt.
    Lost(Lost),
}

/// One place of a board in which a sheet did not hang.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    /// The board's id.
    pub board: String,
    /// The slot's id.
    pub slot: String,
    /// The page's id.
    pub poster: String,
    /// The place's id.
    pub place: String,
    /// The first day without.
    pub on: Date,
}

/// What hung where, from when to when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hung {
    /// The board's id.
    pub board: String,
    /// The slot's id.
    pub slot: String,
    /// The page's id.
    pub poster: String,
    /// First day.
    pub from: Date,
    /// Last day, as intended until it comes down.
    pub to: Date,
}

/// A photo, kept as it came from the camera.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Photo {
    /// From where it was taken, where the line says so.
    pub view: Option<View>,
    /// Which place of the board it shows, where the line says so.
    pub place: Option<String>,
    /// Where it lies: `ledger/photos/2026-10/HASH.jpg`.
    pub path: SitePath,
}

/// From where a photo was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum View {
    /// 远景: the board in its surroundings.
    Far,
    /// 近景: what hangs, to be read.
    Near,
}

impl View {
    /// Returns the word that stands in the ledger.
    pub fn word(self) -> &'static str {
        match self {
            Self::Far => "far",
            Self::Near => "near",
        }
    }
}

/// Returns where the text of that hash lies.
///
/// `None` where the hash could not be part of a path.
pub fn text_path(hash: &str) -> Option<SitePath> {
    let plain = !hash.is_empty() && hash.chars().all(|c| c.is_ascii_alphanumeric());
    SitePath::new(&format!("ledger/texts/{hash}.md")).filter(|_| plain)
}

/// Returns the ledger file for what hung in a period that begins on `first`.
pub fn file_of(first: Date) -> SitePath {
    let path = format!("ledger/{:04}-{:02}.yaml", first.year(), first.month());
    SitePath::new(&path).expect("a month is a path")
}

/// Returns where a photo that a line of the ledger file `file` names is kept.
///
/// `None` where the name is no plain name of a file.
pub fn photo_path(file: &SitePath, name: &str) -> Option<SitePath> {
    let folder = photo_folder(file);
    SitePath::new(&format!("{folder}/{name}"))
        .filter(|path| path.strip(&folder) == Some(name) && !name.is_empty())
}

/// Returns the folder of the photos that lines of the ledger file `file` name.
fn photo_folder(file: &SitePath) -> String {
    format!("ledger/photos/{}", file.stem())
}

/// Reads a ledger file; each line that is wrong is reported and left out.
pub fn parse(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Vec<Event> {
    let mut events = Vec::new();
    let mut format = None;
    let mut at = 0;
    for line in source.text.split_inclusive('\n') {
        let trimmed = line.trim();
        let start = at + line.len() - line.trim_start().len();
        let range = start..start + trimmed.len();
        at += line.len();
        if trimmed.is_empty() || trimmed.starts_with('#') || trimmed == "events:" {
            continue;
        }
        if let Some(number) = trimmed.strip_prefix("format:") {
            format = Some(number.trim());
            report_newer(source, number.trim(), &range, diagnostics);
            continue;
        }
        match event(source, &range) {
            Ok(event) => events.push(event),
            Err(cause) => diagnostics.push(bad(Span::new(source, range), cause)),
        }
    }
    if format.is_none() && !events.is_empty() {
        let missing = Diagnostic::new(Code::MissingKey).at(Span::file(source));
        diagnostics.push(missing.with("key", "format").with("example", "format: 1"));
    }
    events
}

fn report_newer(
    source: &Arc<Source>,
    number: &str,
    range: &Range<usize>,
    diagnostics: &mut Diagnostics,
) {
    match number.parse::<u32>() {
        Ok(1..=FORMAT) => {}
        Ok(newer) if newer > FORMAT => {
            let newer = Diagnostic::new(Code::NewerFormat).with("format", number);
            diagnostics.push(
                newer
                    .with("known", FORMAT)
                    .at(Span::new(source, range.clone())),
            );
        }
        _ => diagnostics.push(bad(
            Span::new(source, range.clone()),
            words("ledger-format")
                .with("number", number)
                .with("known", FORMAT),
        )),
    }
}

fn bad(span: Span, cause: Words) -> Diagnostic {
    Diagnostic::new(Code::BadLedger)
        .at(span)
        .with("cause", cause)
}

fn event(source: &Arc<Source>, range: &Range<usize>) -> Result<Event, Words> {
    let Some(rest) = source.text[range.clone()].strip_prefix('-') else {
        return Err(words("ledger-line"));
    };
    let start = range.end - rest.trim_start().len();
    let node = yaml::parse(&source.text, start..range.end).map_err(|_| words("ledger-unpaired"))?;
    let line = Line::of(&node)?;
    match line.text("v")?.parse::<u32>() {
        Ok(1..=FORMAT) => {}
        _ => return Err(words("ledger-version").with("known", FORMAT)),
    }
    let of = || line.text("of").map(str::to_owned);
    let deed = match line.text("kind")? {
        "hung" => Deed::Hung(line.hung()?),
        "corrected" => Deed::Corrected {
            of: of()?,
            hung: line.hung()?,
        },
        "removed" => Deed::Removed {
            of: of()?,
            last: line.optional("to")?.map(|_| line.date("to")).transpose()?,
        },
        "missed" => Deed::Missed(line.hung()?),
        "seen" => Deed::Seen {
            board: line.text("board")?.to_owned(),
            on: line.date("on")?,
        },
        "absent" => Deed::Absent(line.absent()?),
        "lost" => Deed::Lost(line.lost()?),
        other => {
            let kinds = [
                "hung",
                "corrected",
                "removed",
                "missed",
                "seen",
                "absent",
                "lost",
            ];
            return Err(words("ledger-kind")
                .with("kind", other)
                .with("known", Said::list(kinds)));
        }
    };
    let owned = |key| Ok::<_, Words>(line.optional(key)?.map(str::to_owned));
    Ok(Event {
        id: line.text("id")?.to_owned(),
        deed,
        by: owned("by")?,
        photos: line.photos(&source.path)?,
        text: owned("text")?,
        note: owned("note")?,
        round: owned("round")?,
        span: Span::new(source, range.clone()),
    })
}

/// The keys and values of one line.
struct Line<'a>(BTreeMap<&'a str, &'a Node>);

impl<'a> Line<'a> {
    fn of(node: &'a Node) -> Result<Self, Words> {
        let Value::Map(entries) = &node.value else {
            return Err(words("ledger-line"));
        };
        let mut line = BTreeMap::new();
        for (key, value) in entries {
            if !KEYS.contains(&key.name.as_str()) {
                return Err(words("ledger-key").with("key", &key.name));
            }
            if line.insert(key.name.as_str(), value).is_some() {
                return Err(words("data-twice").with("key", &key.name));
            }
        }
        Ok(Self(line))
    }

    fn optional(&self, key: &str) -> Result<Option<&'a str>, Words> {
        match self.0.get(key).map(|node| &node.value) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Scalar(text)) => Ok(Some(text)),
            Some(_) => Err(words("ledger-text").with("key", key)),
        }
    }

    fn text(&self, key: &str) -> Result<&'a str, Words> {
        let text = self.optional(key)?.filter(|text| !text.is_empty());
        text.ok_or_else(|| words("ledger-lacks").with("key", key))
    }

    fn texts(&self, key: &str) -> Result<Vec<String>, Words> {
        let Some(Value::List(items)) = self.0.get(key).map(|node| &node.value) else {
            return Ok(self.optional(key)?.map(str::to_owned).into_iter().collect());
        };
        let text = |item: &Node| match &item.value {
            Value::Scalar(text) => Ok(text.clone()),
            _ => Err(words("ledger-texts").with("key", key)),
        };
        items.iter().map(text).collect()
    }

    fn photos(&self, file: &SitePath) -> Result<Vec<Photo>, Words> {
        let photo = |text: String| {
            let (head, name) = match text.split_once(':') {
                Some((head, name)) => (Some(head), name),
                None => (None, text.as_str()),
            };
            let (view, place) = match head.map(|head| head.split_once('@').unwrap_or((head, ""))) {
                Some((view, place)) => (Some(view), Some(place).filter(|it| !it.is_empty())),
                None => (None, None),
            };
            let (view, name) = match view {
                Some("far") => (Some(View::Far), name),
                Some("near") => (Some(View::Near), name),
                Some(_) => (None, ""),
                None => (None, name),
            };
            let path = photo_path(file, name);
            let wrong = || words("ledger-photo").with("text", &text);
            Ok(Photo {
                view,
                place: place.map(str::to_owned),
                path: path.ok_or_else(wrong)?,
            })
        };
        self.texts("photos")?.into_iter().map(photo).collect()
    }

    fn absent(&self) -> Result<Absent, Words> {
        let owned = |key| self.text(key).map(str::to_owned);
        Ok(Absent {
            board: owned("board")?,
            slot: owned("slot")?,
            poster: owned("poster")?,
            place: owned("place")?,
            on: self.date("on")?,
        })
    }

    fn lost(&self) -> Result<Lost, Words> {
        let copies = self.text("copies")?;
        let number = copies.parse::<u32>().ok().filter(|copies| *copies > 0);
        let owned = |key| Ok::<_, Words>(self.optional(key)?.map(str::to_owned));
        Ok(Lost {
            poster: self.text("poster")?.to_owned(),
            board: owned("board")?,
            slot: owned("slot")?,
            size: owned("size")?,
            copies: number.ok_or_else(|| words("ledger-copies").with("copies", copies))?,
            on: self.date("on")?,
        })
    }

    fn date(&self, key: &str) -> Result<Date, Words> {
        let text = self.text(key)?;
        values::date(text).ok_or_else(|| words("ledger-day").with("key", key).with("text", text))
    }

    fn hung(&self) -> Result<Hung, Words> {
        let hung = Hung {
            board: self.text("board")?.to_owned(),
            slot: self.text("slot")?.to_owned(),
            poster: self.text("poster")?.to_owned(),
            from: self.date("from")?,
            to: self.date("to")?,
        };
        if hung.to < hung.from {
            return Err(words("ledger-ends-early")
                .with("to", hung.to)
                .with("from", hung.from));
        }
        Ok(hung)
    }
}

#[cfg(test)]
mod tests;
