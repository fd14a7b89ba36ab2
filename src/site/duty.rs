//! Duties that come round, such as a monthly meeting or three river patrols a month: what is
//! required, and what was done.

use jiff::civil::Date;

use crate::calendar::Period;
use crate::diag::Span;

/// A duty that comes round: `duties:` of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// What is to be done, such as 河道巡查.
    pub title: String,
    /// The span within which it comes round.
    pub every: Every,
    /// How often within each span; 1 or more.
    pub times: u32,
    /// Who is in charge. Not published unless the site says so.
    pub who: Option<String>,
    /// The first day of the duty, or else its page's; the year's first where neither is told.
    pub from: Option<Date>,
    /// The last day of the duty; the year's last where absent.
    pub to: Option<Date>,
    /// The inspector's number of the indicator that it serves, such as `2.3`.
    pub indicator: Option<String>,
    /// When it was done, in the order of days.
    pub done: Vec<Done>,
    /// Where it is written.
    pub span: Span,
}

/// One time that a duty was done.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Done {
    /// The day.
    pub day: Date,
    /// What proves it, such as 巡查记录第12页.
    pub proof: Option<String>,
}

/// How often a duty comes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Every {
    /// 每周, from Monday.
    Week,
    /// 每月.
    Month,
    /// 每季度.
    Quarter,
    /// 每年.
    Year,
}

impl Duty {
    /// Returns the spans of days within `year` in which it comes round, in order: each with its
    /// first and last day, cut to the duty's own days.
    pub fn rounds(&self, year: i16) -> Vec<(Date, Date)> {
        let first = Date::constant(year, 1, 1);
        let last = Date::constant(year, 12, 31);
        let from = self.from.map_or(first, |day| day.max(first));
        let to = self.to.map_or(last, |day| day.min(last));
        let mut rounds = Vec::new();
        let mut day = from;
        while day <= to {
            let end = self.every.last(day).min(to);
            rounds.push((day, end));
            match end.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        rounds
    }

    /// Counts how often it was done on the days `from..=to`.
    pub fn n_done(&self, from: Date, to: Date) -> usize {
        let within = |done: &&Done| from <= done.day && done.day <= to;
        self.done.iter().filter(within).count()
    }
}

impl Every {
    /// Returns the last day of the span that holds `day`.
    fn last(self, day: Date) -> Date {
        let end_of_month = |month: i8| Date::constant(day.year(), month, 1).last_of_month();
        match self {
            Self::Week => Period::containing(crate::calendar::Cadence::Week, day).last(),
            Self::Month => day.last_of_month(),
            Self::Quarter => end_of_month((day.month() - 1) / 3 * 3 + 3),
            Self::Year => end_of_month(12),
        }
    }
}
