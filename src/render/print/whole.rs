//! The board as one file at its real size, for a shop that prints it in one piece.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::Job;
use super::overview::{each_period, shown};
use crate::calendar::Period;
use crate::diag::Diagnostics;
use crate::render::Artifact;
use crate::site::{Board, BoardKind, Millimetres, PrintWay, Size, Slot};
use crate::typeset::{Failure, Files};

/// The layout of the whole board in the theme.
const LAYOUT: &str = "boards/whole.typ";
/// The version of its data.
const VERSION: u32 = 1;

/// Returns `board` with all that hangs on it, in one file for each of its periods in the month.
///
/// A screen's slots are a play list, and a single slot is its poster's own file.
pub(super) fn whole(job: &Job, board: &Board, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    let has_one = board.slots.len() == 1 && board.header.is_none();
    let paper = &job.site.settings.printing.paper;
    let is_wanted = board.kind != BoardKind::Screen
        && !has_one
        && board.prints(PrintWay::Board, &board.size, paper)
        && job.engine.theme().files.contains_key(LAYOUT);
    match is_wanted {
        true => each_period(job, board, (LAYOUT, "board"), set, diagnostics),
        false => Vec::new(),
    }
}

/// What the layout is given; lengths in mm.
#[derive(Serialize)]
struct WholeData<'a> {
    version: u32,
    language: &'a str,
    tokens: &'a Value,
    title: &'a str,
    size: Size,
    pieces: Vec<Piece<'a>>,
}

/// Something on the board.
#[derive(Serialize)]
struct Piece<'a> {
    x: Millimetres,
    y: Millimetres,
    size: Size,
    /// What it says, for those who cannot see it.
    title: String,
    /// Its PDF; `None` for a slot that is not ours or empty.
    file: Option<String>,
    /// What a slot that is not ours is for.
    fixed: Option<&'a str>,
}

fn set(job: &Job, board: &Board, period: Period) -> Result<Arc<[u8]>, Box<Failure>> {
    let mut files = Files::new();
    let mut pieces = Vec::new();
    if let (Some(header), Some(sheet)) = (&board.header, job.header(board)) {
        let pdf = job.outlined_header(board)?;
        files.insert(
            "/header.pdf".to_owned(),
            pdf.unwrap_or_else(|| sheet.pdf.clone()),
        );
        pieces.push(Piece {
            x: header.at.0,
            y: header.at.1,
            size: header.size,
            title: header.title.clone().unwrap_or_else(|| board.title.clone()),
            file: Some("/header.pdf".to_owned()),
            fixed: None,
        });
    }
    for (slot, hangings) in job.hangings(board, period) {
        let hanging = shown(&hangings, period);
        let (title, pdf) =
            match hanging.and_then(|it| job.poster(it).zip(job.site.page(&it.poster))) {
                Some((poster, page)) => {
                    let title = hanging.map(|it| job.title(it, page));
                    let pdf = match hanging {
                        Some(hanging) => job.for_press(hanging, (board, slot))?,
                        None => None,
                    };
                    let pdf = pdf.unwrap_or_else(|| poster.pdf.clone());
                    (title.unwrap_or_default(), Some(pdf))
                }
                None => filled(job, board, slot)?,
            };
        let file = pdf.map(|pdf| {
            let path = format!("/slot-{}.pdf", pieces.len());
            files.insert(path.clone(), pdf);
            path
        });
        pieces.push(Piece {
            x: slot.at.0,
            y: slot.at.1,
            size: slot.area.size(),
            title,
            file,
            fixed: slot.fixed.as_deref(),
        });
    }
    let data = WholeData {
        version: VERSION,
        language: &job.site.settings.language,
        tokens: &job.engine.theme().tokens,
        title: &board.title,
        size: board.size,
        pieces,
    };
    job.set_for_press(LAYOUT, &format!("{} {period}", board.title), &data, &files)
}

/// What a slot shows: what it says, and its PDF.
type Shown = (String, Option<Arc<[u8]>>);

/// Returns what stands in a slot in which nothing hangs, and what it says.
fn filled(job: &Job, board: &Board, slot: &Slot) -> Result<Shown, Box<Failure>> {
    let Some(filler) = job.filler(board, slot) else {
        return Ok((String::new(), None));
    };
    let pdf = job.outlined_filler(&filler, board, slot)?;
    let pdf = pdf.unwrap_or_else(|| filler.sheet.pdf.clone());
    Ok((filler.title().to_owned(), Some(pdf)))
}
