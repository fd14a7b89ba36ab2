//! What a poster in a slot is worth to the first plan, which goes board by board and month by
//! month. Whole numbers.
//!
//! They order choices that the hard rules leave open. A slot that shows something is worth more
//! than any difference between posters, so a slot is empty only where nothing may hang. These are
//! not the site's weights: a choice that cannot see what other boards will show needs guesses,
//! such as [`REST`] and [`ELSEWHERE`], which pointed at good starts on the sample and on
//! `tests/rotation`. Which plan is better is decided afterwards, by
//! [`Weights`](crate::site::Weights) alone.

use super::facts::{BoardFacts, Demand, PeriodFacts, Stay, day_number};
use super::problem::Problem;
use super::wall::Wall;

/// A slot that shows something for a whole period.
pub(super) const FILLED: i64 = 1_000_000;

/// A poster that must hang everywhere once and has not hung on this board in the planned days.
const OWED: i64 = 100_000;

/// One step of priority.
const PRIORITY: i64 = 10;

/// How many times priority counts within a campaign that pulls the topic forward.
const SEASON: i64 = 3;

/// How many times priority is lost out of season.
const OFF_SEASON: i64 = 30;

/// The first time that a board shows a poster.
const FIRST_SHOW: i64 = 25;

/// One period since the board last showed it, up to [`LONG_AGO`].
const REST: i64 = 1;

/// After so many periods nobody remembers.
const LONG_AGO: i32 = 12;

/// One earlier hanging of the same topic on the board within [`LONG_AGO`] periods.
const SAME_TOPIC: i64 = 2;

/// One sheet that must be printed because all copies hang elsewhere; [`MOST_SHEETS`] at most.
const NEW_SHEET: i64 = 2;

/// A board of many places costs as much as one of so many, or it would never show anything new.
const MOST_SHEETS: i64 = 8;

/// One board that shows it at the same time, up to [`MOST_BOARDS`]: people pass more than one, and
/// sheets that wander are printed once.
const ELSEWHERE: i64 = 3;

/// More boards than that make no difference.
const MOST_BOARDS: i64 = 4;

/// How many sheets of each poster there are, and how many of them hang.
#[derive(Debug, Clone)]
pub(super) struct Copies {
    printed: Vec<i64>,
    hanging: Vec<i64>,
    boards: Vec<i64>,
}

impl Copies {
    /// Starts without any sheet.
    pub(super) fn new(problem: &Problem) -> Self {
        Self {
            printed: vec![0; problem.posters.len()],
            hanging: vec![0; problem.posters.len()],
            boards: vec![0; problem.posters.len()],
        }
    }

    /// Counts what hangs on all boards during a period.
    pub(super) fn count(&mut self, problem: &Problem, walls: &[Wall], period: &PeriodFacts) {
        self.hanging.fill(0);
        self.boards.fill(0);
        for (facts, wall) in problem.boards.iter().zip(walls) {
            for (_, sheet) in wall.on(period.first, period.last) {
                if let Some(hanging) = self.hanging.get_mut(sheet.poster) {
                    *hanging += facts.copies;
                    self.boards[sheet.poster] += 1;
                }
            }
        }
        for (printed, hanging) in self.printed.iter_mut().zip(&self.hanging) {
            *printed = (*printed).max(*hanging);
        }
    }

    /// Returns how many more sheets a hanging on the board wants.
    fn missing(&self, poster: usize, facts: &BoardFacts) -> i64 {
        (self.hanging[poster] + facts.copies - self.printed[poster]).max(0)
    }
}

/// How often each topic was shown on a board of late, by the topic's number.
pub(super) fn topics_of_late(problem: &Problem, wall: &Wall, period: &PeriodFacts) -> Vec<i64> {
    let mut shown = vec![0; problem.posters.len()];
    for (poster, facts) in problem.posters.iter().enumerate() {
        let late = |&&(first, _): &&(i32, i32)| {
            first <= period.ordinal && period.ordinal - LONG_AGO < first
        };
        let times = wall.history(poster).iter().filter(late).count();
        shown[facts.topic] += i64::try_from(times).unwrap_or(0);
    }
    shown
}

/// Returns what showing the poster on a board in a period is worth.
pub(super) fn worth(
    problem: &Problem,
    (facts, wall): (&BoardFacts, &Wall),
    copies: &Copies,
    poster: usize,
    period: &PeriodFacts,
) -> i64 {
    let (from, to) = (period.first, period.last);
    let off = problem.posters[poster].is_off(from, to);
    let days = i64::from(to - from + 1);
    let before = wall.history(poster).iter().map(|&(_, last)| last);
    let rest = match before.filter(|&last| last < period.ordinal).max() {
        None => FIRST_SHOW,
        Some(last) => i64::from((period.ordinal - last).min(LONG_AGO)) * REST,
    };
    let cost = copies.missing(poster, facts).min(MOST_SHEETS) * NEW_SHEET
        + copies.boards[poster].min(MOST_BOARDS) * ELSEWHERE;
    let owed = if is_owed(problem, wall, poster) {
        OWED
    } else {
        0
    };
    let priority = problem.posters[poster].priority + i64::from(off);
    let pulled = problem.campaign(poster, from, to).map_or(0, |it| it.1);
    let of_priority = match off {
        true => -priority * PRIORITY * OFF_SEASON,
        false => {
            let pulled = i64::from(pulled) * (SEASON - 1);
            priority * PRIORITY * (days + pulled) / days
        }
    };
    owed + of_priority + rest - cost
}

/// Returns what a topic is worth that the board showed `times` of late.
pub(super) fn topic_worth(times: i64) -> i64 {
    -times * SAME_TOPIC
}

/// Tells whether a poster that must hang everywhere has still to hang on this board.
pub(super) fn is_owed(problem: &Problem, wall: &Wall, poster: usize) -> bool {
    let wanted = &problem.posters[poster];
    if wanted.demand != Demand::Every || !matches!(wanted.stay, Stay::Rotating(..)) {
        return false;
    }
    // By days: a first week that begins in the year before does not count for this one.
    let (first, last) = (day_number(problem.first), day_number(problem.last));
    !wall
        .on(first, last)
        .any(|(_, sheet)| sheet.poster == poster)
}
