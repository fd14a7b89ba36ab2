//! The plan as a workbook and as a calendar, beside the sheets of the month.

use std::sync::Arc;

use super::Job;
use crate::diag::Diagnostics;
use crate::render::Artifact;
use crate::render::export::{self, Reader};

/// Returns the workbook.
pub(super) fn workbook(job: &Job, _: &mut Diagnostics) -> Vec<Artifact> {
    if job.site.boards.is_empty() {
        return Vec::new();
    }
    let tokens = &job.engine.theme().tokens;
    let bytes = export::workbook(&job.deeds(), job.plan, job.month, tokens);
    vec![job.month_artifact("plan.xlsx", &Arc::from(bytes))]
}

/// Returns the calendar of all that is planned: for the office, so with names and with what is
/// not on the web yet.
pub(super) fn calendar(job: &Job, _: &mut Diagnostics) -> Vec<Artifact> {
    if job.site.boards.is_empty() {
        return Vec::new();
    }
    let settings = &job.site.settings;
    let reader = Reader {
        names: true,
        shows: &|_| true,
    };
    let events = export::events(&job.deeds(), &reader);
    let host = crate::render::host(settings).unwrap_or("greenboard");
    let text = export::ics(&settings.title, host, &events);
    vec![job.month_artifact("calendar.ics", &Arc::from(text.into_bytes()))]
}
