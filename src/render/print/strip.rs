//! What the controller of a strip (条屏) takes: a bitmap of its lamps, and the words as text.

use super::Job;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::render::{Artifact, led};
use crate::site::Board;

/// Returns a bitmap and two texts for each poster on `board`, where it is a strip; warns of
/// characters that its card lacks.
pub(super) fn strip(job: &Job, board: &Board, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    let mut artifacts = Vec::new();
    for (hanging, name) in job.names(board) {
        let slot = board.slot(&hanging.slot);
        if !slot.is_some_and(|slot| slot.area.is_strip()) {
            continue;
        }
        let poster = job.poster(hanging);
        let bitmap = poster.and_then(|poster| led::bitmap_of(poster.screen.as_ref()?));
        let bitmap = bitmap.map(|bitmap| (format!("{name}.bmp"), bitmap));
        let mut files: Vec<(String, Vec<u8>)> = bitmap.into_iter().collect();
        if let Some(page) = job.site.page(&hanging.poster) {
            let words = led::words(job.site, page);
            files.push((format!("{name}.txt"), led::utf8(&words)));
            files.push((format!("{name}.gbk.txt"), led::gbk(&words)));
            let lacking = led::lacking(&words);
            if !lacking.is_empty() {
                diagnostics.push(
                    Diagnostic::new(Code::RareOnStrip)
                        .at(Span::file(&page.span.source))
                        .with("characters", lacking.into_iter().collect::<String>()),
                );
            }
        }
        for (name, bytes) in files {
            artifacts.push(job.artifact(board, &name, &bytes.into()));
        }
    }
    artifacts
}
