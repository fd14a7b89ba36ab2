//! The long picture for groups.

use super::{Job, What};
use crate::typeset;

/// The theme's sheet, for messages.
const SHEET: &str = "sheets/long";

pub(super) fn make(job: &mut Job) {
    match typeset::long(job.site, job.engine, job.page, job.cache) {
        Ok(parts) => {
            for (at, part) in (1..).zip(parts) {
                job.add(
                    What::Long,
                    &format!("long-{at}.{}", part.ending),
                    part.bytes,
                );
            }
        }
        Err(failure) => job.failed(SHEET, &failure),
    }
}
