//! The published plan, `plan.lock.yaml`: what staff have agreed to carry out.
//!
//! ```yaml
//! format: 1
//! hangings:
//! - {board: east-gate, slot: "1", from: 2026-12-01, to: 2026-12-31, poster: living/tap}
//! ```
//!
//! One line a hanging, ordered by board, slot and day, so that two versions can be compared and
//! merged line by line.

use std::fmt::Write as _;
use std::sync::Arc;

use jiff::civil::Date;

use super::names::{quoted, today_s_board, today_s_id};
use super::plan::{Hanging, Origin};
use super::{gone, named};
use crate::diag::{Code, Diagnostics, SitePath, Source, Spanned, words};
use crate::read::{Fields, Form, Keys, Reader, yaml};
use crate::site::Site;

/// The newest format of the file that this program knows.
const FORMAT: i64 = 1;

const KEYS: Keys = &[
    ("format", &["格式"], Form::Whole),
    ("hangings", &["张贴"], Form::Maps(HANGING)),
];
const HANGING: Keys = &[
    ("board", &["宣传栏"], Form::Text),
    ("slot", &["版面"], Form::Text),
    ("from", &["开始"], Form::Day),
    ("to", &["结束"], Form::Day),
    ("poster", &["宣传品"], Form::Text),
];

/// The published plan, with ids as they are today.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// Its hangings, ordered by board, slot and day.
    pub hangings: Vec<Hanging>,
    /// The posters of past lines that the site has no more.
    pub gone: Vec<Spanned<String>>,
}

/// Reads the published plan. Ids that pages had before are mapped to those of today.
///
/// What names an unknown page, board or slot is reported and left out, unless its last day is
/// past: history may cite what is gone, which is noted.
pub fn read(source: &Arc<Source>, site: &Site, diagnostics: &mut Diagnostics) -> Published {
    let node = match yaml::parse(&source.text, 0..source.text.len()) {
        Ok(node) => node,
        Err(error) => {
            diagnostics.push(error.diagnostic(source));
            return Published::default();
        }
    };
    let reader = Reader::new(source);
    let (mut hangings, mut gone) = (Vec::new(), Vec::new());
    if let Some(fields) = Fields::open(&reader, &node, "plan.lock.yaml", KEYS) {
        check_format(&fields);
        for fields in fields.list("hangings", HANGING) {
            hangings.extend(hanging(&fields, site, &mut gone));
        }
    }
    let hangings = without_overlaps(&reader, site, hangings);
    diagnostics.extend(reader.finish());
    Published { hangings, gone }
}

/// The file's path.
pub const PATH: &str = "plan.lock.yaml";

/// Writes hangings as `plan.lock.yaml`.
pub fn write(hangings: &[Hanging]) -> String {
    let mut hangings: Vec<&Hanging> = hangings.iter().collect();
    hangings.sort();
    let mut text = String::from("format: 1\nhangings:\n");
    for hanging in hangings {
        let Hanging {
            board,
            slot,
            from,
            to,
            poster,
            ..
        } = hanging;
        let (board, slot, poster) = (quoted(board), quoted(slot), quoted(poster));
        writeln!(
            text,
            "- {{board: {board}, slot: {slot}, from: {from}, to: {to}, poster: {poster}}}"
        )
        .expect("writing to a text cannot fail");
    }
    text
}

fn check_format(fields: &Fields) {
    if fields.node("format").is_none() {
        return fields.missing("format", "format: 1");
    }
    fields.check_format(FORMAT);
}

/// Reads a line; what `past` lines cite that is gone is gathered there.
fn hanging(
    fields: &Fields,
    site: &Site,
    past: &mut Vec<Spanned<String>>,
) -> Option<Spanned<Hanging>> {
    let board = fields.required_text("board", "board: east-gate");
    let slot = fields.required_text("slot", "slot: \"1\"");
    let poster = fields.required_text("poster", "poster: living/tap");
    let from = date(fields, "from");
    let to = date(fields, "to");
    let (board, slot, poster, from, to) = (board?, slot?, poster?, from?, to?);
    if to < from {
        let range = fields.span("to").range;
        fields.reader().report(Code::EndsBeforeStart, &range, |d| {
            d.with("first", from).with("last", to)
        });
        return None;
    }
    let board = Spanned {
        value: today_s_board(site, &board).to_owned(),
        span: board.span,
    };
    if to >= site.today && !is_known(fields, site, &board, &slot, &poster) {
        return None;
    }
    if to < site.today && site.page(today_s_id(site, &poster)).is_none() {
        past.push(poster.clone());
    }
    let value = Hanging {
        poster: today_s_id(site, &poster).to_owned(),
        board: board.value,
        slot: slot.value,
        from,
        to,
        origin: Origin::Published,
    };
    let span = fields.span("from");
    Some(Spanned { value, span })
}

fn date(fields: &Fields, key: &'static str) -> Option<Date> {
    if fields.node(key).is_none() {
        fields.missing(key, format!("{key}: 2026-12-01"));
    }
    fields.date(key)
}

fn is_known(
    fields: &Fields,
    site: &Site,
    board: &Spanned<String>,
    slot: &Spanned<String>,
    poster: &Spanned<String>,
) -> bool {
    let stale = |what: &'static str, id: &Spanned<String>, file: Option<&SitePath>| {
        let may_be_renamed = what != "the-slot";
        fields
            .reader()
            .report(Code::StalePlan, &id.span.range, |d| {
                d.with("what", words(what))
                    .with("id", &id.value)
                    .with_some("renamed", may_be_renamed.then_some(&id.value))
                    .with_some("file", file)
            });
        false
    };
    let Some(known) = site.board(board) else {
        return stale("the-board", board, gone::successor_of_board(site, board));
    };
    if known.slot(slot).is_none() {
        return stale("the-slot", slot, None);
    }
    if site.page(today_s_id(site, poster)).is_none() {
        return stale("the-poster", poster, gone::successor(site, poster));
    }
    true
}

/// Keeps the first of two hangings that claim one slot on one day and reports the other: two
/// versions of the file were joined.
fn without_overlaps(
    reader: &Reader,
    site: &Site,
    mut found: Vec<Spanned<Hanging>>,
) -> Vec<Hanging> {
    found.sort_by(|a, b| a.value.cmp(&b.value));
    let mut kept: Vec<Hanging> = Vec::with_capacity(found.len());
    for Spanned { value, span } in found {
        let clash = kept.last().filter(|last| {
            last.board == value.board && last.slot == value.slot && value.from <= last.to
        });
        match clash {
            None => kept.push(value),
            Some(last) if *last == value => {}
            Some(last) => {
                let expected = words("a-later-day")
                    .with("day", last.to)
                    .with("poster", named(site, &last.poster));
                reader.report(Code::BadValue, &span.range, |d| {
                    d.with("key", "from")
                        .with("value", value.from)
                        .with("expected", expected)
                });
            }
        }
    }
    kept
}
