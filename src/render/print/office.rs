//! The office edition: posters with white ground and little ink, for an office printer.

use std::sync::Arc;

use super::Job;
use crate::cache::CacheKey;
use crate::diag::Diagnostics;
use crate::render::Artifact;
use crate::site::{Board, PrintWay};
use crate::typeset::{Edition, Failure, Look, Sheet, greyed};

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
        let set = manuscript.set(&spot, manuscript.set_key(&spot), job.cache);
        let grey = set.and_then(|sheet| sheet.map(|sheet| grey(job, &sheet)).transpose());
        match grey {
            Ok(Some(pdf)) => {
                artifacts.push(job.artifact(board, &format!("office/{name}.pdf"), &pdf));
            }
            Ok(None) => {}
            Err(failure) => diagnostics.push(manuscript.failed(&failure)),
        }
    }
    artifacts
}

/// Returns the sheet without colours: a printer that has them would mix its black of all.
fn grey(job: &Job, sheet: &Sheet) -> Result<Arc<[u8]>, Box<Failure>> {
    let key = CacheKey::of(&[b"grey", &sheet.key.0]);
    job.cache.bytes(key, || greyed(&sheet.pdf))
}
