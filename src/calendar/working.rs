//! Working days: weekends, legal holidays and make-up days.
//!
//! Holidays are what the State Council announces each autumn for the next year. A year that has
//! not been announced is never guessed: whoever asks about it is told [`NoTable`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use tyme4rs::tyme::holiday::LEGAL_HOLIDAY_DATA;

/// No table of legal holidays was published for that year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoTable {
    /// The year.
    pub year: i16,
}

/// Days off and make-up working days by the State Council's notices.
///
/// The years that the program carries are always there; what the site says of a day comes first.
#[derive(Debug, Clone, Default)]
pub struct HolidayTable {
    /// Years that the site itself gives, beside or in place of those built in.
    pub years: BTreeSet<i16>,
    /// Days off that the site gives.
    pub off: BTreeSet<Date>,
    /// Weekend days that are worked, that the site gives.
    pub work: BTreeSet<Date>,
}

/// What one day is, by a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Off,
    Work,
}

/// The announced years, built once: every named day by year.
static BUILT_IN: LazyLock<BTreeMap<i16, BTreeMap<Date, Named>>> =
    LazyLock::new(|| built_in(LEGAL_HOLIDAY_DATA));

impl HolidayTable {
    /// Returns the table without any word of the site's own.
    pub fn built_in() -> Self {
        Self::default()
    }

    /// Returns the years that the program carries, in order.
    pub fn built_in_years() -> impl Iterator<Item = i16> {
        BUILT_IN.keys().copied()
    }

    /// Tells whether `day` is worked.
    ///
    /// # Errors
    /// Where its year has no table.
    pub fn is_working(&self, day: Date) -> Result<bool, NoTable> {
        if self.work.contains(&day) {
            return Ok(true);
        }
        if self.off.contains(&day) {
            return Ok(false);
        }
        let weekday = !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let year = day.year();
        if self.years.contains(&year) {
            return Ok(weekday);
        }
        let table = BUILT_IN.get(&year).ok_or(NoTable { year })?;
        Ok(match table.get(&day) {
            Some(Named::Work) => true,
            Some(Named::Off) => false,
            None => weekday,
        })
    }

    /// Returns the last day of a posting period of `working_days` that begins on `first`.
    ///
    /// Counting starts on the next day, unless the first day counts and is worked.
    ///
    /// # Errors
    /// Where a year that it touches has no table.
    pub fn posting(
        &self,
        first: Date,
        working_days: u32,
        first_day_counts: bool,
    ) -> Result<Date, NoTable> {
        let mut left = working_days;
        if first_day_counts && left > 0 && self.is_working(first)? {
            left -= 1;
        }
        let mut day = first;
        while left > 0 {
            let out_of_time = NoTable { year: day.year() };
            day = day.checked_add(1.day()).map_err(|_| out_of_time)?;
            if self.is_working(day)? {
                left -= 1;
            }
        }
        Ok(day)
    }

    /// Returns the last day of a posting period of `days` natural days that begins on `first`.
    ///
    /// Returns `first` where the calendar ends before.
    pub fn posting_natural(first: Date, days: u32, first_day_counts: bool) -> Date {
        let ahead = i64::from(days.saturating_sub(u32::from(first_day_counts)));
        first.checked_add(ahead.days()).unwrap_or(first)
    }
}

/// Reads the packed days of `tyme4rs`: 13 characters each, `YYYYMMDD`, `0` for worked or `1` for
/// off, the holiday's number, and the distance from it. Its own look-up compiles a regular
/// expression a call and answers nothing, silently, for a year that it does not know.
fn built_in(packed: &str) -> BTreeMap<i16, BTreeMap<Date, Named>> {
    let mut years: BTreeMap<i16, BTreeMap<Date, Named>> = BTreeMap::new();
    let mut announced = BTreeSet::new();
    for record in packed.as_bytes().chunks_exact(13) {
        let Some((day, named, holiday)) = read_record(record) else {
            continue;
        };
        years.entry(day.year()).or_default().insert(day, named);
        if holiday == NATIONAL_DAY || holiday == NATIONAL_DAY_AND_MID_AUTUMN {
            announced.insert(day.year());
        }
    }
    // A year's notice may move a day of the year before; only a whole year counts as known.
    years.retain(|year, _| announced.contains(year));
    years
}

const NATIONAL_DAY: u8 = b'6';
const NATIONAL_DAY_AND_MID_AUTUMN: u8 = b'7';

fn read_record(record: &[u8]) -> Option<(Date, Named, u8)> {
    let text = std::str::from_utf8(record).ok()?;
    let day = Date::new(
        text.get(0..4)?.parse().ok()?,
        text.get(4..6)?.parse().ok()?,
        text.get(6..8)?.parse().ok()?,
    )
    .ok()?;
    let named = if record[8] == b'0' {
        Named::Work
    } else {
        Named::Off
    };
    Some((day, named, record[9]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a test's own day")
    }

    fn span(first: &str, last: &str) -> impl Iterator<Item = Date> {
        let last = day(last);
        day(first)
            .series(1.day())
            .take_while(move |day| *day <= last)
    }

    /// 国务院办公厅关于2026年部分节假日安排的通知, day for day.
    #[test]
    fn all_of_2026_is_as_announced() {
        let off: BTreeSet<Date> = [
            ("2026-01-01", "2026-01-03"),
            ("2026-02-15", "2026-02-23"),
            ("2026-04-04", "2026-04-06"),
            ("2026-05-01", "2026-05-05"),
            ("2026-06-19", "2026-06-21"),
            ("2026-09-25", "2026-09-27"),
            ("2026-10-01", "2026-10-07"),
        ]
        .into_iter()
        .flat_map(|(first, last)| span(first, last))
        .collect();
        let worked = [
            "2026-01-04",
            "2026-02-14",
            "2026-02-28",
            "2026-05-09",
            "2026-09-20",
            "2026-10-10",
        ]
        .map(day);
        let table = HolidayTable::built_in();
        for day in span("2026-01-01", "2026-12-31") {
            let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            let expected = worked.contains(&day) || !(weekend || off.contains(&day));
            assert_eq!(table.is_working(day), Ok(expected), "{day}");
        }
    }

    #[test]
    fn posting_skips_holidays_and_counts_make_up_days() {
        let table = HolidayTable::built_in();
        let last = |first, n| table.posting(day(first), n, false).map(|d| d.to_string());
        // 12, 13 and the worked Saturday 14; then nothing until the 24th.
        assert_eq!(last("2026-02-11", 3), Ok("2026-02-14".into()));
        assert_eq!(last("2026-02-11", 4), Ok("2026-02-24".into()));
        // 30 September, 8 and 9 October, the worked Saturday 10, then Monday 12.
        assert_eq!(last("2026-09-29", 5), Ok("2026-10-12".into()));
        // Over New Year's Day, whose Sunday is worked; 端午 on a Friday; 中秋 after a worked Sunday.
        assert_eq!(last("2025-12-31", 1), Ok("2026-01-04".into()));
        assert_eq!(last("2026-06-15", 5), Ok("2026-06-23".into()));
        assert_eq!(last("2026-09-18", 2), Ok("2026-09-21".into()));
        assert_eq!(last("2026-04-30", 3), Ok("2026-05-08".into()));
        assert_eq!(last("2026-04-30", 4), Ok("2026-05-09".into()));
        // From before 春节 to after it, over both worked Saturdays.
        assert_eq!(last("2026-02-09", 10), Ok("2026-02-28".into()));
        assert_eq!(last("2026-11-03", 7), Ok("2026-11-12".into()));
        assert_eq!(last("2026-11-03", 0), Ok("2026-11-03".into()));
    }

    #[test]
    fn the_first_day_counts_only_where_asked_and_worked() {
        let table = HolidayTable::built_in();
        let last = |first| table.posting(day(first), 3, true).map(|d| d.to_string());
        assert_eq!(last("2026-11-03"), Ok("2026-11-05".into()));
        assert_eq!(last("2026-11-01"), Ok("2026-11-04".into()));
        let natural = |counts| HolidayTable::posting_natural(day("2026-11-03"), 10, counts);
        assert_eq!(natural(false), day("2026-11-13"));
        assert_eq!(natural(true), day("2026-11-12"));
    }

    #[test]
    fn a_year_without_a_table_is_said() {
        let table = HolidayTable::built_in();
        assert_eq!(
            table.is_working(day("2029-05-07")),
            Err(NoTable { year: 2029 })
        );
        assert_eq!(
            table.posting(day("2026-12-30"), 3, false),
            Err(NoTable { year: 2027 })
        );
        assert_eq!(
            HolidayTable::built_in_years().collect::<Vec<_>>(),
            (2002..=2026).collect::<Vec<_>>()
        );
    }

    #[test]
    fn the_site_s_own_years_are_believed() {
        let mut table = HolidayTable::built_in();
        table.years.insert(2027);
        table.off.insert(day("2027-01-01"));
        table.work.insert(day("2027-01-03"));
        let last = table.posting(day("2026-12-30"), 3, false);
        assert_eq!(last, Ok(day("2027-01-04")));
    }
}
