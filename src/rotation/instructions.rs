//! What staff decided otherwise, `plan.changes.yaml`: a line each, that the planner obeys.
//!
//! ```yaml
//! format: 1
//! changes:
//! - {kind: pin, poster: living/flue, board: east-gate, slot: "2", from: 2026-12-01, to: 2026-12-31}
//! - {kind: off, poster: living/rat-bait, from: 2026-12-01, to: 2026-12-31}
//! - {kind: closed, board: west-gate, from: 2026-12-05, to: 2026-12-20, note: 换玻璃}
//! ```
//!
//! A pin hangs a poster in one slot, whatever was planned or published there; `off` keeps one away
//! from a board, or from all; `closed` puts a board, or a slot of it, out of use. What hung by the
//! ledger hung all the same.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use super::names::{quoted, today_s_board, today_s_id};
use super::plan::{Hanging, Origin};
use crate::diag::{Code, Diagnostics, Source, Span, Spanned, words};
use crate::read::{Fields, Form, Keys, Reader, yaml};
use crate::site::Site;

/// The file's path.
pub const PATH: &str = "plan.changes.yaml";

/// The newest form of the file that this program knows.
const FORMAT: i64 = 1;

const KEYS: Keys = &[
    ("format", &["格式"], Form::Whole),
    ("changes", &["改动"], Form::Maps(CHANGE)),
];
const CHANGE: Keys = &[
    ("kind", &["怎么改"], Form::Text),
    ("poster", &["宣传品"], Form::Text),
    ("board", &["宣传栏"], Form::Text),
    ("slot", &["版面"], Form::Text),
    ("from", &["开始"], Form::Day),
    ("to", &["结束"], Form::Day),
    ("by", &["经手人"], Form::Text),
    ("note", &["备注"], Form::Text),
];

/// What is to be otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A poster hangs in one slot.
    Pin,
    /// A poster hangs nowhere, or not on a board.
    Off,
    /// A board or a slot is out of use.
    Closed,
}

/// The kinds as they are written.
const KINDS: &[(&str, Kind)] = &[
    ("pin", Kind::Pin),
    ("钉住", Kind::Pin),
    ("off", Kind::Off),
    ("不挂", Kind::Off),
    ("closed", Kind::Closed),
    ("停用", Kind::Closed),
];

/// A line of the file, with ids as they are today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instruction {
    /// What is to be otherwise.
    pub kind: Kind,
    /// The page's id; of a pin and of what is off.
    pub poster: Option<String>,
    /// The board's id; `None` for all.
    pub board: Option<String>,
    /// The slot's id; `None` for all of the board.
    pub slot: Option<String>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Who decided it.
    pub by: Option<String>,
    /// Why.
    pub note: Option<String>,
    /// Where it is written.
    pub span: Option<Span>,
}

/// Reads the file; what names an unknown page, board or slot is reported, unless it is past.
pub fn read(source: &Arc<Source>, site: &Site, diagnostics: &mut Diagnostics) -> Vec<Instruction> {
    let node = match yaml::parse(&source.text, 0..source.text.len()) {
        Ok(node) => node,
        Err(error) => {
            diagnostics.push(error.diagnostic(source));
            return Vec::new();
        }
    };
    let reader = Reader::new(source);
    let mut found = Vec::new();
    if let Some(fields) = Fields::open(&reader, &node, PATH, KEYS) {
        fields.check_format(FORMAT);
        for fields in fields.list("changes", CHANGE) {
            found.extend(instruction(&fields, site));
        }
    }
    diagnostics.extend(reader.finish());
    found
}

fn instruction(fields: &Fields, site: &Site) -> Option<Instruction> {
    if fields.node("kind").is_none() {
        fields.missing("kind", "kind: pin");
    }
    let kind = fields.word("kind", KINDS);
    let poster = match kind {
        Some(Kind::Closed) | None => fields.text("poster"),
        _ => fields.required_text("poster", "poster: living/tap"),
    };
    let board = match kind {
        Some(Kind::Off) | None => fields.text("board"),
        _ => fields.required_text("board", "board: east-gate"),
    };
    let slot = match kind {
        Some(Kind::Pin) => fields.required_text("slot", "slot: \"1\""),
        _ => fields.text("slot"),
    };
    let (from, to) = (day(fields, "from"), day(fields, "to"));
    let (kind, from, to) = (kind?, from?, to?);
    if to < from {
        let range = fields.span("to").range;
        fields.reader().report(Code::EndsBeforeStart, &range, |d| {
            d.with("first", from).with("last", to)
        });
        return None;
    }
    let board = board.map(|id| Spanned {
        value: today_s_board(site, &id).to_owned(),
        span: id.span,
    });
    let poster = poster.map(|id| Spanned {
        value: today_s_id(site, &id).to_owned(),
        span: id.span,
    });
    if site.today <= to && !is_known(fields, site, (&poster, &board, &slot)) {
        return None;
    }
    let plain = |text: Option<Spanned<String>>| text.map(|text| text.value);
    Some(Instruction {
        kind,
        poster: plain(poster),
        board: plain(board),
        slot: plain(slot),
        from,
        to,
        by: plain(fields.text("by")),
        note: plain(fields.text("note")),
        span: Some(fields.reader().span(&fields.range)),
    })
}

fn day(fields: &Fields, key: &'static str) -> Option<Date> {
    if fields.node(key).is_none() {
        fields.missing(key, format!("{key}: 2026-12-01"));
    }
    fields.date(key)
}

/// Ids of a line, where it has them.
type Cited<'f> = (
    &'f Option<Spanned<String>>,
    &'f Option<Spanned<String>>,
    &'f Option<Spanned<String>>,
);

fn is_known(fields: &Fields, site: &Site, (poster, board, slot): Cited) -> bool {
    let unknown = |what: &'static str, id: &Spanned<String>, known: &[&str]| {
        fields
            .reader()
            .report(Code::BadChange, &id.span.range, |d| {
                d.with("what", words(what))
                    .with("id", &id.value)
                    .one_of(id, known.iter().copied())
            });
        false
    };
    let hangs = |id: &Spanned<String>| site.page(id).is_some_and(|page| page.poster.is_some());
    if let Some(id) = poster.as_ref().filter(|id| !hangs(id)) {
        let pages = site.pages.iter().filter(|page| page.poster.is_some());
        let ids: Vec<&str> = pages.map(|page| &*page.id).collect();
        return unknown("the-poster", id, &ids);
    }
    let Some(id) = board else { return true };
    let Some(board) = site.board(id) else {
        let ids: Vec<&str> = site.boards.iter().map(|board| &*board.id).collect();
        return unknown("the-board", id, &ids);
    };
    let Some(id) = slot else { return true };
    let is_free = |id: &Spanned<String>| board.free_slots().any(|slot| slot.id == id.value);
    let ids: Vec<&str> = board.free_slots().map(|slot| &*slot.id).collect();
    is_free(id) || unknown("the-slot", id, &ids)
}

/// Writes a line of the file.
pub fn line(it: &Instruction) -> String {
    let kind = KINDS.iter().find(|(_, kind)| *kind == it.kind);
    let mut line = format!("- {{kind: {}", kind.map_or("pin", |(word, _)| word));
    let mut add = |key: &str, text: Option<String>| {
        if let Some(text) = text {
            line.push_str(&format!(", {key}: {text}"));
        }
    };
    let quoted = |text: &Option<String>| text.as_deref().map(quoted);
    add("poster", quoted(&it.poster));
    add("board", quoted(&it.board));
    add("slot", quoted(&it.slot));
    add("from", Some(it.from.to_string()));
    add("to", Some(it.to.to_string()));
    add("by", quoted(&it.by));
    add("note", quoted(&it.note));
    line.push_str("}\n");
    line
}

/// Returns the file with a line more; `before` is what it holds.
pub fn with_line(before: Option<&str>, it: &Instruction) -> String {
    let mut text = match before.map(str::trim_end) {
        None | Some("") => String::from("format: 1\nchanges:"),
        Some(before) => before.replace("changes: []", "changes:"),
    };
    text.push('\n');
    text.push_str(&line(it));
    text
}

/// Puts pins in, and takes out what is off or hangs on what is closed; what hung by the ledger
/// stays. Returns the hangings that are pinned.
pub(super) fn obey(
    changes: &[Instruction],
    recorded: &mut Vec<Hanging>,
    today: Date,
) -> Vec<Hanging> {
    let mut pinned: Vec<Hanging> = Vec::new();
    for change in changes {
        let here = |it: &Hanging| {
            let board = change.board.as_ref().is_none_or(|id| *id == it.board);
            board && change.slot.as_ref().is_none_or(|id| *id == it.slot)
        };
        let meant = |it: &Hanging| match change.kind {
            Kind::Off => change.poster.as_ref().is_some_and(|id| *id == it.poster),
            Kind::Pin | Kind::Closed => true,
        };
        // The last day of what hangs now is no more than an intention.
        let to_come = |it: &Hanging| {
            let begun = it.from < change.from && today <= change.from;
            it.origin == Origin::Published || (begun && change.kind != Kind::Closed)
        };
        let gives_way = |it: &Hanging| to_come(it) && here(it) && meant(it);
        let days = (change.from, change.to);
        *recorded = cut(std::mem::take(recorded), days, gives_way);
        pinned = cut(pinned, days, |it| gives_way(it));
        if let (Kind::Pin, Some(board), Some(slot), Some(poster)) =
            (change.kind, &change.board, &change.slot, &change.poster)
        {
            let pin = Hanging {
                board: board.clone(),
                slot: slot.clone(),
                from: change.from,
                to: change.to,
                poster: poster.clone(),
                origin: Origin::Published,
            };
            // What hung there hung.
            let mut pieces = vec![pin];
            for hung in recorded
                .iter()
                .filter(|it| it.origin == Origin::Ledger && here(it))
            {
                pieces = cut(pieces, (hung.from, hung.to), |_| true);
            }
            pinned.extend(pieces);
        }
    }
    recorded.extend(pinned.iter().cloned());
    recorded.sort();
    pinned
}

/// Takes the days out of the hangings that give way.
fn cut(
    hangings: Vec<Hanging>,
    (from, to): (Date, Date),
    gives_way: impl Fn(&Hanging) -> bool,
) -> Vec<Hanging> {
    let mut left = Vec::new();
    for hanging in hangings {
        if !gives_way(&hanging) || hanging.to < from || to < hanging.from {
            left.push(hanging);
            continue;
        }
        let before = Hanging {
            to: from.saturating_sub(1.day()),
            ..hanging.clone()
        };
        let after = Hanging {
            from: to.saturating_add(1.day()),
            origin: Origin::Published,
            ..hanging.clone()
        };
        left.extend(Some(before).filter(|_| hanging.from < from));
        left.extend(Some(after).filter(|_| to < hanging.to));
    }
    left
}
