//! Posters larger than the office printer's paper, in sheets to be glued together.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::Job;
use crate::diag::Diagnostics;
use crate::poster::Poster;
use crate::render::Artifact;
use crate::rotation::Hanging;
use crate::site::{Area, Board, Millimetres, PrintWay, Size};
use crate::typeset::{Failure, Files};

/// The layout of the tiles in the theme.
const LAYOUT: &str = "boards/tiles.typ";
/// The version of its data.
const VERSION: u32 = 1;
/// What printers leave white at each edge of their paper, in mm; marks and names stand there.
///
/// Source: office laser printers leave 4 to 5 mm; names want some more.
const MARGIN: Millimetres = 8.0;

/// Returns the posters of `board` that are too large for the office printer, in tiles.
pub(super) fn tiles(job: &Job, board: &Board, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    let mut artifacts = Vec::new();
    if !job.engine.theme().files.contains_key(LAYOUT) {
        return artifacts;
    }
    for (hanging, name) in job.names(board) {
        match pdf(job, board, (hanging, &name)) {
            None => {}
            Some(Ok((pdf, _))) => {
                artifacts.push(job.artifact(board, &format!("tiles/{name}.pdf"), &pdf));
            }
            Some(Err(failure)) => {
                diagnostics.push(failure.diagnostic(LAYOUT, None));
                return artifacts;
            }
        }
    }
    artifacts
}

/// The tiles of a poster, and how many pages they take.
type Tiled = (Arc<[u8]>, u32);

/// Returns the tiles of a poster on `board`, and how many pages they take; `None` where none are wanted.
pub(super) fn pdf(
    job: &Job,
    board: &Board,
    (hanging, name): (&Hanging, &str),
) -> Option<Result<Tiled, Box<Failure>>> {
    let printing = &job.site.settings.printing;
    let (slot, poster) = board.slot(&hanging.slot).zip(job.poster(hanging))?;
    let is_sheet = matches!(slot.area, Area::Sheet { .. });
    let wanted = board.prints(PrintWay::Tiles, &poster.size, &printing.paper);
    let has_layout = job.engine.theme().files.contains_key(LAYOUT);
    if !has_layout || !is_sheet || !wanted || poster.size.lies_on(&printing.paper) {
        return None;
    }
    let tiling = Tiling::of(poster.size, printing.paper, printing.overlap);
    let pdf = match job.for_press(hanging, (board, slot)) {
        Ok(pdf) => pdf.unwrap_or_else(|| poster.pdf.clone()),
        // It was told with the shop's files.
        Err(_) => poster.pdf.clone(),
    };
    let pages = 1 + tiling.columns * tiling.rows;
    let set = set(job, board, name, (poster, pdf), tiling);
    Some(set.map(|pdf| (pdf, pages)))
}

fn set(
    job: &Job,
    board: &Board,
    name: &str,
    (poster, pdf): (&Poster, Arc<[u8]>),
    tiling: Tiling,
) -> Result<Arc<[u8]>, Box<Failure>> {
    let data = TilesData {
        version: VERSION,
        language: &job.site.settings.language,
        tokens: &job.engine.theme().office_tokens,
        phrases: job.engine.theme().phrases_of("poster"),
        edition: "office",
        board: &board.title,
        name,
        poster: "/poster.pdf",
        preview: "/poster.png",
        size: poster.size,
        tiling,
    };
    let files = Files::from([
        (data.poster.to_owned(), pdf),
        (data.preview.to_owned(), poster.preview.clone()),
    ]);
    job.set_for_press(LAYOUT, &format!("{} {name}", board.title), &data, &files)
}

/// What the layout is given; lengths in mm.
#[derive(Serialize)]
struct TilesData<'a> {
    version: u32,
    language: &'a str,
    tokens: &'a Value,
    phrases: Value,
    edition: &'static str,
    board: &'a str,
    name: &'a str,
    poster: &'static str,
    preview: &'static str,
    size: Size,
    tiling: Tiling,
}

/// How a poster is cut into tiles.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
struct Tiling {
    /// The paper, the way up that takes fewer sheets.
    paper: Size,
    /// What stays white at each of its edges.
    margin: Millimetres,
    /// How far neighbours lie on each other.
    overlap: Millimetres,
    /// What each tile shows of the poster: all the same, so that no sheet is a mere strip.
    tile: Size,
    /// How many tiles side by side.
    columns: u32,
    /// How many below each other.
    rows: u32,
}

impl Tiling {
    /// Cuts `size` for `paper` in as few sheets as can be, upright of equals.
    fn of(size: Size, paper: Size, overlap: Millimetres) -> Self {
        let turned = Size::new(paper.height, paper.width);
        let tilings = [paper, turned].map(|paper| {
            let columns = count(size.width, paper.width - 2.0 * MARGIN, overlap);
            let rows = count(size.height, paper.height - 2.0 * MARGIN, overlap);
            Self {
                paper,
                margin: MARGIN,
                overlap,
                tile: Size::new(
                    share(size.width, columns, overlap),
                    share(size.height, rows, overlap),
                ),
                columns,
                rows,
            }
        });
        let n_sheets = |tiling: &Tiling| tiling.columns * tiling.rows;
        let fewest = tilings.into_iter().min_by_key(n_sheets);
        fewest.expect("there are two")
    }
}

/// Returns how many pieces of `piece` mm cover `length` where neighbours share `overlap`.
fn count(length: Millimetres, piece: Millimetres, overlap: Millimetres) -> u32 {
    let steps = ((length - overlap) / (piece - overlap)).ceil();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "boards are at most 20 m long"
    )]
    let n = steps.max(1.0) as u32;
    n
}

/// Returns the length of each of `n` equal pieces that cover `length`, up to a tenth of a mm.
fn share(length: Millimetres, n: u32, overlap: Millimetres) -> Millimetres {
    let n = f64::from(n);
    ((length + (n - 1.0) * overlap) / n * 10.0).ceil() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const A3: Size = Size::new(297.0, 420.0);
    const A4: Size = Size::new(210.0, 297.0);

    fn grid(size: Size, paper: Size) -> (u32, u32, bool) {
        let tiling = Tiling::of(size, paper, 10.0);
        (tiling.columns, tiling.rows, tiling.paper.is_landscape())
    }

    #[test]
    fn a_poster_takes_as_few_sheets_as_can_be() {
        assert_eq!(grid(Size::new(420.0, 594.0), A3), (2, 2, false));
        // Two sheets across the width are enough when the paper lies.
        assert_eq!(grid(Size::new(390.0, 520.0), A3), (1, 2, true));
        assert_eq!(grid(A3, A4), (2, 2, false));
    }

    #[test]
    fn the_tiles_cover_the_poster_and_no_row_is_idle() {
        for length in [300.0, 594.0, 1200.0, 2400.0] {
            let n = f64::from(count(length, 281.0, 10.0));
            assert!(n * 281.0 - (n - 1.0) * 10.0 >= length);
            assert!((n - 1.0) * 281.0 - (n - 2.0) * 10.0 < length);
            let tile = share(length, count(length, 281.0, 10.0), 10.0);
            assert!(tile <= 281.0 && n * tile - (n - 1.0) * 10.0 >= length);
        }
    }
}
