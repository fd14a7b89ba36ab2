//! Posters larger than an office printer's paper, as a print shop takes them.

use super::{Job, numbers};
use crate::diag::Diagnostics;
use crate::render::Artifact;
use crate::rotation::Hanging;
use crate::site::{Area, Board, Millimetres, Size};
use crate::typeset::{Look, Manuscript, Spot};

/// How far a ground runs on beyond the cut, in mm.
///
/// Source: what print shops ask for: 3 mm, some 5.
const BLEED: Millimetres = 3.0;
/// The largest sheet that offices print themselves: A3, in mm.
const OFFICE: Size = Size::new(297.0, 420.0);

/// Returns the posters of `board` that are too large for an office printer, with bleed and marks.
pub(super) fn shop(job: &Job, board: &Board, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    let mut artifacts = Vec::new();
    for (hanging, name) in job.names(board) {
        let Some(slot) = board.slot(&hanging.slot) else {
            continue;
        };
        let Area::Sheet { size, .. } = slot.area else {
            continue;
        };
        if !is_larger(size, OFFICE) || job.poster(hanging).is_none() {
            continue;
        }
        let spot = Spot::of(board, slot).with(Look {
            bleed: BLEED,
            ..Look::default()
        });
        let slug = slug(board, hanging, &name, size);
        if let Some(pdf) = set(job, hanging, &spot, &slug, diagnostics) {
            artifacts.push(job.artifact(board, &format!("shop/{name}.pdf"), &pdf));
        }
    }
    artifacts
}

fn set(
    job: &Job,
    hanging: &Hanging,
    spot: &Spot,
    slug: &str,
    diagnostics: &mut Diagnostics,
) -> Option<std::sync::Arc<[u8]>> {
    let page = job.site.page(&hanging.poster)?;
    let wish = page.poster.as_ref()?;
    // What is wrong with the page was said when its poster was set.
    let manuscript = Manuscript::new(job.site, job.engine, page, wish).ok()?;
    match manuscript.shop(spot, slug, job.memo) {
        Ok(pdf) => pdf,
        Err(failure) => {
            diagnostics.push(manuscript.failed(&failure));
            None
        }
    }
}

/// Names the sheet for whoever cuts and hangs it: board, slot, days, cut size and file.
fn slug(board: &Board, hanging: &Hanging, name: &str, size: Size) -> String {
    let number = &numbers(board)[hanging.slot.as_str()];
    format!(
        "{}　第{number}格　{} – {}　{}×{} mm　{name}",
        board.title, hanging.from, hanging.to, size.width, size.height
    )
}

/// Tells whether `size` does not lie on a sheet of `other`, either way up.
fn is_larger(size: Size, other: Size) -> bool {
    let sides = |size: Size| (size.width.min(size.height), size.width.max(size.height));
    let ((short, long), (most_short, most_long)) = (sides(size), sides(other));
    short > most_short + 0.1 || long > most_long + 0.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_office_printer_cannot_take_goes_to_the_shop() {
        let larger = |width, height| is_larger(Size::new(width, height), OFFICE);
        assert!(!larger(297.0, 420.0));
        assert!(!larger(420.0, 297.0));
        assert!(larger(420.0, 594.0));
        assert!(larger(200.0, 600.0));
    }
}
