//! What each topic should have of a quarter at least, as floors for the solver.
//!
//! A topic's share is asked of all days on which something hangs in a slot; what hangs whatever is
//! decided, notices included, counts toward it.

use std::collections::BTreeMap;

use super::anneal::{Floor, TopicNo};
use super::facts::{Day, date, day_number};
use super::problem::Problem;
use super::wall::Wall;

/// Numbers a quarter, so that the next one has the next number.
pub(super) fn quarter(problem: &Problem, day: Day) -> usize {
    let of = |day: Day| {
        let date = date(day);
        i32::from(date.year()) * 4 + i32::from((date.month() - 1) / 3)
    };
    usize::try_from(of(day) - of(day_number(problem.first))).unwrap_or(0)
}

/// Returns what topics still need of the cells, of which the days are given, in quarters that have
/// any.
pub(super) fn floors(
    problem: &Problem,
    walls: &[Wall],
    cells: impl Iterator<Item = (Day, Day)>,
) -> Vec<Floor> {
    let last = day_number(problem.last);
    let first = day_number(problem.first);
    let mut all: BTreeMap<usize, i64> = BTreeMap::new();
    for (from, to) in cells {
        *all.entry(quarter(problem, from)).or_default() += i64::from(to - from + 1);
    }
    let mut of_topics: BTreeMap<(usize, &str), i64> = BTreeMap::new();
    for (_, sheet) in walls.iter().flat_map(|wall| wall.on(first, last)) {
        // A slot that is out of use shows nothing.
        let Some(poster) = problem.posters.get(sheet.poster) else {
            continue;
        };
        let topic = poster.page.topic();
        for day in sheet.from.max(first)..=sheet.to.min(last) {
            let at = quarter(problem, day);
            let Some(days) = all.get_mut(&at) else {
                continue;
            };
            *days += 1;
            if let Some(topic) = topic {
                *of_topics.entry((at, topic)).or_default() += 1;
            }
        }
    }
    let mut floors = Vec::new();
    for topic in problem.topics {
        let Some(number) = number(problem, &topic.id) else {
            continue;
        };
        for (&at, days) in &all {
            let has = of_topics.get(&(at, topic.id.as_str())).copied();
            let days = days * topic.share / 100 - has.unwrap_or(0);
            if days > 0 {
                floors.push(Floor {
                    topic: number,
                    quarter: at,
                    days,
                });
            }
        }
    }
    floors
}

/// Returns the number of a topic in the puzzle, where guides have it.
fn number(problem: &Problem, id: &str) -> Option<TopicNo> {
    let mut posters = problem.posters.iter();
    let guide = posters.find(|it| !it.exempt && it.page.topic() == Some(id))?;
    TopicNo::try_from(guide.topic).ok()
}
