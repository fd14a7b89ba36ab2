//! Posters larger than an office printer's paper, as a print shop takes them.

use super::{Job, numbers};
use crate::diag::Diagnostics;
use crate::render::Artifact;
use crate::rotation::Hanging;
use crate::site::{Area, Board, PrintWay, Size};
use crate::typeset::{Look, Spot};

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
        let wanted = board.prints(PrintWay::Shop, &size, &job.site.settings.printing.paper);
        if !wanted || job.poster(hanging).is_none() {
            continue;
        }
        let spot = job.spot(hanging, board, slot).with(Look {
            bleed: job.site.settings.printing.bleed,
            ..Look::default()
        });
        let mut slug = slug(board, hanging, &name, size);
        if let Some(make) = job.deeds().make(&board.make) {
            slug.push_str(&format!("　{make}"));
        }
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
    let manuscript = job.manuscript(hanging)?;
    match manuscript.shop(spot, slug, &job.press, job.cache) {
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
