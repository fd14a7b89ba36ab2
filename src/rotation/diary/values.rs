//! Values that the lines of a diary share.

use jiff::civil::Date;

use crate::diag::{Code, SitePath};
use crate::read::Fields;

/// The folder of what the files attach.
pub const FILES: &str = "ledger/work/files";
/// Counts larger than this are slips.
pub(super) const MOST: i64 = 1_000_000;

/// Reads a text.
pub(super) fn plain(fields: &Fields, key: &'static str) -> Option<String> {
    fields.text(key).map(|text| text.value)
}

/// Reads a day that must be there.
pub(super) fn required_day(fields: &Fields, key: &'static str) -> Option<Date> {
    if fields.node(key).is_none() {
        fields.missing(key, format!("{key}: 2026-10-18"));
    }
    fields.date(key)
}

/// Returns the path of an attached file; a name that leads elsewhere is reported.
pub(super) fn attached(fields: &Fields, key: &'static str, name: &str) -> Option<SitePath> {
    let path = SitePath::new(&format!("{FILES}/{name}")).filter(|path| path.is_below(FILES));
    if path.is_none() {
        let range = fields.span(key).range;
        fields
            .reader()
            .report(Code::BadPath, &range, |d| d.with("path", name));
    }
    path
}
