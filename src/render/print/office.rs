//! The office edition: posters with white ground and little ink, for an office printer.

use std::sync::Arc;

use super::Job;
use crate::cache::CacheKey;
use crate::diag::Diagnostics;
use crate::render::Artifact;
use crate::rotation::Hanging;
use crate::site::{Board, PrintWay};
use crate::typeset::{Edition, Failure, Look, Sheet, greyed};

/// Returns the posters of `board` in the office edition, where the board wants it.
pub(super) fn office(job: &Job, board: &Board, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    let mut artifacts = Vec::new();
    for (hanging, name) in job.names(board) {
        let Some(poster) = job.poster(hanging) else {
            continue;
        };
        let paper = &job.site.settings.printing.paper;
        if poster.screen.is_some() || !board.prints(PrintWay::Office, &poster.size, paper) {
            continue;
        }
        let Some(manuscript) = job.manuscript(hanging) else {
            continue;
        };
        match pdf(job, board, hanging) {
            Ok(Some(pdf)) => {
                artifacts.push(job.artifact(board, &format!("office/{name}.pdf"), &pdf));
            }
            Ok(None) => {}
            Err(failure) => diagnostics.push(manuscript.failed(&failure)),
        }
    }
    artifacts
}

/// Returns the office edition of a poster on `board`; `None` for what is not set here.
pub(super) fn pdf(
    job: &Job,
    board: &Board,
    hanging: &Hanging,
) -> Result<Option<Arc<[u8]>>, Box<Failure>> {
    let place = board.slot(&hanging.slot).zip(job.manuscript(hanging));
    let Some((slot, manuscript)) = place else {
        return Ok(None);
    };
    let look = Look {
        edition: Edition::Office,
        ..Look::default()
    };
    let spot = job.spot(hanging, board, slot).with(look);
    let sheet = manuscript.set(&spot, manuscript.set_key(&spot), job.cache)?;
    sheet.map(|sheet| grey(job, &sheet)).transpose()
}

/// Returns the sheet without colours: a printer that has them would mix its black of all.
fn grey(job: &Job, sheet: &Sheet) -> Result<Arc<[u8]>, Box<Failure>> {
    let key = CacheKey::of(&[b"grey", &sheet.key.0]);
    job.cache.bytes(key, || greyed(&sheet.pdf))
}
