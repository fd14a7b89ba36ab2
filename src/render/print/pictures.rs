//! Posters as pictures at real size, which shops ask for by chat.

use super::Job;
use crate::diag::Diagnostics;
use crate::render::Artifact;
use crate::site::{Area, Board, Material, Millimetres, PrintWay, Size};
use crate::typeset::{Form, Look};

/// Returns the posters of `board` as JPEG files, where the board wants them.
pub(super) fn jpg(job: &Job, board: &Board, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    pictures(job, board, (PrintWay::Jpg, Form::Jpeg), diagnostics)
}

/// Returns the posters of `board` as TIFF files, where the board wants them.
pub(super) fn tiff(job: &Job, board: &Board, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    pictures(job, board, (PrintWay::Tiff, Form::Tiff), diagnostics)
}

fn pictures(
    job: &Job,
    board: &Board,
    (way, form): (PrintWay, Form),
    diagnostics: &mut Diagnostics,
) -> Vec<Artifact> {
    let printing = &job.site.settings.printing;
    let mut artifacts = Vec::new();
    for (hanging, name) in job.names(board) {
        let (Some(slot), Some(_)) = (board.slot(&hanging.slot), job.poster(hanging)) else {
            continue;
        };
        let Area::Sheet { size, .. } = slot.area else {
            continue;
        };
        if !board.prints(way, &size, &printing.paper) {
            continue;
        }
        let Some(manuscript) = job.manuscript(hanging) else {
            continue;
        };
        let grid = grid(size, printing.material);
        let spot = job.spot(hanging, board, slot).with(Look {
            bleed: printing.picture_bleed,
            ..Look::default()
        });
        match manuscript.pictures(&spot, grid, (form, &job.press), job.cache) {
            Ok(pieces) => {
                for (at, bytes) in (0..).zip(pieces.iter().flatten()) {
                    let (folder, ending) = (way.folder(), form.ending());
                    let name = format!("{folder}/{name}{}.{ending}", piece(at, grid));
                    artifacts.push(job.artifact(board, &name, bytes));
                }
            }
            Err(failure) => diagnostics.push(manuscript.failed(&failure)),
        }
    }
    artifacts
}

/// Returns into how many columns and rows a picture of `size` is cut so that each piece can be
/// printed on `material`.
fn grid(size: Size, material: Material) -> (u32, u32) {
    let (wide, long) = material.size();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "boards are at most 20 m long"
    )]
    let pieces = |length: Millimetres, most: Millimetres| (length / most).ceil().max(1.0) as u32;
    let upright = (pieces(size.width, wide), pieces(size.height, long));
    let lying = (pieces(size.width, long), pieces(size.height, wide));
    match lying.0 * lying.1 < upright.0 * upright.1 {
        true => lying,
        false => upright,
    }
}

/// Returns how the file of a poster of `size` ends, the first of several pieces with dots behind it.
pub(super) fn first(job: &Job, size: Size, form: Form) -> String {
    let grid = grid(size, job.site.settings.printing.material);
    let dots = if grid == (1, 1) { "" } else { "…" };
    format!("{}{dots}.{}", piece(0, grid), form.ending())
}

/// Names piece `at` as tiles are named, `-A1`; not at all where there is only one.
fn piece(at: u32, (columns, rows): (u32, u32)) -> String {
    if columns * rows == 1 {
        return String::new();
    }
    let row = char::from_u32('A' as u32 + at / columns).unwrap_or('A');
    format!("-{row}{}", at % columns + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_as_few_as_the_material_allows() {
        let board = |width, height| grid(Size::new(width, height), Material::Board);
        let roll = |width, height| grid(Size::new(width, height), Material::Roll);
        assert_eq!(board(1200.0, 2400.0), (1, 1));
        assert_eq!(board(2400.0, 1200.0), (1, 1));
        assert_eq!(board(1500.0, 2400.0), (2, 1));
        assert_eq!(board(4000.0, 1200.0), (2, 1));
        assert_eq!(roll(4000.0, 1200.0), (1, 1));
        assert_eq!(roll(4000.0, 1600.0), (1, 2));
    }

    #[test]
    fn pieces_are_named_row_by_row() {
        assert_eq!(piece(0, (1, 1)), "");
        assert_eq!([0, 1].map(|at| piece(at, (2, 1))), ["-A1", "-A2"]);
        assert_eq!([0, 1].map(|at| piece(at, (1, 2))), ["-A1", "-B1"]);
    }
}
