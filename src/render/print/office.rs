//! The office edition: posters with white ground and little ink, for an office printer.

use super::Job;
use crate::diag::Diagnostics;
use crate::render::Artifact;
use crate::site::{Board, PrintWay};
use crate::typeset::{Edition, Look};

/// Returns the posters of `board` in the office edition, where the board wants it.
pub(super) fn office(job: &Job, board: &Board, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    let look = Look {
        edition: Edition::Office,
        ..Look::default()
    };
    let mut artifacts = Vec::new();
    for (hanging, name) in job.names(board) {
        let (Some(slot), Some(poster)) = (board.slot(&hanging.slot), job.poster(hanging)) else {
            continue;
        };
        let paper = &job.site.settings.printing.paper;
        if poster.screen.is_some() || !board.prints(PrintWay::Office, &poster.size, paper) {
            continue;
        }
        let Some(manuscript) = job.manuscript(hanging) else {
            continue;
        };
        let spot = job.spot(hanging, board, slot).with(look);
        match manuscript.set(&spot, manuscript.set_key(&spot), job.cache) {
            Ok(Some(sheet)) => {
                artifacts.push(job.artifact(board, &format!("office/{name}.pdf"), &sheet.pdf));
            }
            Ok(None) => {}
            Err(failure) => diagnostics.push(manuscript.failed(&failure)),
        }
    }
    artifacts
}
