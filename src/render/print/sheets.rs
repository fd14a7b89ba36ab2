//! Each poster at its real size, and at its own pixels for a screen.

use super::Job;
use crate::diag::Diagnostics;
use crate::render::Artifact;
use crate::site::Board;

/// Returns the posters that hang on `board` in the month.
pub(super) fn sheets(job: &Job, board: &Board, _: &mut Diagnostics) -> Vec<Artifact> {
    let mut artifacts = Vec::new();
    for (hanging, name) in job.names(board) {
        let Some(poster) = job.poster(hanging) else {
            continue;
        };
        artifacts.push(job.artifact(board, &format!("{name}.pdf"), &poster.pdf));
        if let Some(screen) = &poster.screen {
            artifacts.push(job.artifact(board, &format!("{name}.png"), screen));
        }
    }
    artifacts
}
