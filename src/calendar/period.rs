//! Periods: the unit of rotation of a board.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::diag::{Words, words};

/// How often a board changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Cadence {
    /// On the first of each month.
    #[default]
    Month,
    /// On the first and the sixteenth of each month.
    Fortnight,
    /// On each Monday.
    Week,
}

/// One period of a cadence; ordered by time within a cadence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// `2026-12`.
    Month {
        /// Year.
        year: i16,
        /// 1 to 12.
        month: i8,
    },
    /// `2026-12a` (to the 15th) and `2026-12b`.
    Fortnight {
        /// Year.
        year: i16,
        /// 1 to 12.
        month: i8,
        /// Whether it is the second half.
        second: bool,
    },
    /// `2026-W49`, by ISO 8601.
    Week {
        /// Year of the week, which may differ from the day's.
        year: i16,
        /// 1 to 53.
        week: i8,
    },
}

impl Period {
    /// Returns the period of `cadence` that holds `day`.
    pub fn containing(cadence: Cadence, day: Date) -> Self {
        match cadence {
            Cadence::Month => Self::Month {
                year: day.year(),
                month: day.month(),
            },
            Cadence::Fortnight => Self::Fortnight {
                year: day.year(),
                month: day.month(),
                second: day.day() > 15,
            },
            Cadence::Week => {
                let week = day.iso_week_date();
                Self::Week {
                    year: week.year(),
                    week: week.week(),
                }
            }
        }
    }

    /// Returns the periods of `cadence` that begin within the days `first..=last`, in order.
    pub fn beginning_within(cadence: Cadence, first: Date, last: Date) -> Vec<Self> {
        let mut periods = Vec::new();
        let mut period = Self::containing(cadence, first);
        if period.first() < first {
            period = period.next();
        }
        while period.first() <= last {
            periods.push(period);
            period = period.next();
        }
        periods
    }

    /// Reads `2026-12`, `2026-12a` or `2026-W49`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, rest) = text.split_once('-')?;
        let year: i16 = year.parse().ok()?;
        if let Some(week) = rest.strip_prefix('W') {
            let week = week.parse().ok()?;
            ISOWeekDate::new(year, week, Weekday::Monday).ok()?;
            return Some(Self::Week { year, week });
        }
        let digits = rest.trim_end_matches(['a', 'b']);
        let month: i8 = digits
            .parse()
            .ok()
            .filter(|month| (1..=12).contains(month))?;
        match &rest[digits.len()..] {
            "" => Some(Self::Month { year, month }),
            "a" => Some(Self::Fortnight {
                year,
                month,
                second: false,
            }),
            "b" => Some(Self::Fortnight {
                year,
                month,
                second: true,
            }),
            _ => None,
        }
    }

    /// Returns its first day.
    pub fn first(self) -> Date {
        match self {
            Self::Month { year, month }
            | Self::Fortnight {
                year,
                month,
                second: false,
            } => Date::constant(year, month, 1),
            Self::Fortnight {
                year,
                month,
                second: true,
            } => Date::constant(year, month, 16),
            Self::Week { year, week } => ISOWeekDate::new(year, week, Weekday::Monday)
                .expect("a period's week exists")
                .date(),
        }
    }

    /// Returns its last day.
    pub fn last(self) -> Date {
        match self {
            Self::Month { .. } | Self::Fortnight { second: true, .. } => {
                self.first().last_of_month()
            }
            Self::Fortnight {
                year,
                month,
                second: false,
            } => Date::constant(year, month, 15),
            // The calendar ends within a week.
            Self::Week { .. } => self.first().saturating_add(6.days()),
        }
    }

    /// Returns the period after it.
    pub fn next(self) -> Self {
        Self::containing(self.cadence(), self.last().saturating_add(1.day()))
    }

    /// Returns its number in time: of two periods of a cadence that follow each other, the later
    /// one's is greater by one.
    pub fn ordinal(self) -> i32 {
        match self {
            Self::Month { year, month } => i32::from(year) * 12 + i32::from(month) - 1,
            Self::Fortnight {
                year,
                month,
                second,
            } => (i32::from(year) * 12 + i32::from(month) - 1) * 2 + i32::from(second),
            Self::Week { .. } => {
                let monday = Date::constant(1970, 1, 5);
                (self.first() - monday).get_days().div_euclid(7)
            }
        }
    }

    /// Returns the periods of `cadence` that share a day with `first..=last`, in order.
    pub fn overlapping(cadence: Cadence, first: Date, last: Date) -> Vec<Self> {
        let start = Self::containing(cadence, first);
        std::iter::successors(Some(start), |period| Some(period.next()))
            .take_while(|period| period.first() <= last)
            .collect()
    }

    /// Returns its name in Chinese, such as 2026年12月, 2026年12月上半月 or 2026年第49周.
    pub fn title(self) -> String {
        match self {
            Self::Month { year, month } => format!("{year}年{month}月"),
            Self::Fortnight {
                year,
                month,
                second,
            } => {
                let half = if second { "下半月" } else { "上半月" };
                format!("{year}年{month}月{half}")
            }
            Self::Week { year, week } => format!("{year}年第{week}周"),
        }
    }

    /// Returns its name for a message.
    pub fn words(self) -> Words {
        match self {
            Self::Month { year, month } => words("month").with("year", year).with("month", month),
            Self::Fortnight {
                year,
                month,
                second,
            } => words(if second { "second-half" } else { "first-half" })
                .with("year", year)
                .with("month", month),
            Self::Week { year, week } => words("week").with("year", year).with("week", week),
        }
    }

    /// Returns how often a board with such periods changes.
    pub fn cadence(self) -> Cadence {
        match self {
            Self::Month { .. } => Cadence::Month,
            Self::Fortnight { .. } => Cadence::Fortnight,
            Self::Week { .. } => Cadence::Week,
        }
    }

    /// Tells whether the days `first..=last` and this period share a day.
    pub fn overlaps(self, first: Date, last: Date) -> bool {
        self.first() <= last && first <= self.last()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Month { year, month } => write!(f, "{year}-{month:02}"),
            Self::Fortnight {
                year,
                month,
                second,
            } => {
                write!(f, "{year}-{month:02}{}", if second { 'b' } else { 'a' })
            }
            Self::Week { year, week } => write!(f, "{year}-W{week:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_read_back_as_written_and_follow_each_other_without_a_gap() {
        let start = Date::constant(2026, 1, 1);
        for cadence in [Cadence::Month, Cadence::Fortnight, Cadence::Week] {
            let mut period = Period::containing(cadence, start);
            for _ in 0..120 {
                assert_eq!(Period::parse(&period.to_string()), Some(period));
                assert_eq!(period.next().first(), period.last() + 1.day());
                assert_eq!(Period::containing(cadence, period.last()), period);
                assert_eq!(period.next().ordinal(), period.ordinal() + 1);
                period = period.next();
            }
        }
    }

    #[test]
    fn nonsense_is_no_period() {
        for text in [
            "",
            "2026",
            "2026-13",
            "2026-12c",
            "2026-12ab",
            "2026-W54",
            "十二月",
        ] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }
}
