//! One period of one board: notices that may hang, then evergreens for what is left.
//!
//! Evergreens are chosen by an exact assignment of slots to topics, as a topic may stand on a
//! board once a period and a poster belongs to one topic. Before a choice is made, the next
//! periods are tried out: where the dearest choice would leave a slot empty later, choices that
//! spare scarce topics are tried in its stead.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::Origin;
use super::assign::{FORBIDDEN, assign};
use super::demand::slots_in_order;
use super::facts::BoardFacts;
use super::facts::{Day, PeriodFacts, Stay};
use super::problem::Problem;
use super::score::{self, Copies, FILLED};
use super::wall::{Sheet, Wall, same_topic};

/// How much sparing scarce topics counts, in quarters, from not at all to alone.
const SPARING: [i64; 4] = [0, 1, 2, 4];

/// What one choice of one poster more of a topic is worth when sparing.
const SUPPLY: i64 = 40;

/// Fills what is free on a board in a period.
pub(super) fn fill(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &mut Wall,
    copies: &Copies,
    at: usize,
) {
    let period = &facts.periods[at];
    if problem.is_closed(period) {
        return;
    }
    notices(problem, facts, wall, period);
    let mut chosen = evergreens(problem, facts, wall, copies, at);
    let open = spots(problem, facts, wall, period);
    if chosen.len() < open.len() {
        chosen = with_notices_moved(problem, facts, wall, copies, at, chosen);
    }
    for (row, sheet) in chosen {
        wall.put(facts, row, sheet);
    }
}

/// Free days of a slot in which an evergreen may hang.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub(super) row: usize,
    pub(super) from: Day,
    pub(super) to: Day,
}

/// Hangs the notices that may hang in this period, by priority; among equals those go first that
/// hang already and hang on in their slot.
fn notices(problem: &Problem, facts: &BoardFacts, wall: &mut Wall, period: &PeriodFacts) {
    let mut wanted: Vec<(bool, usize, Day, Day)> = Vec::new();
    for (number, poster) in problem.posters.iter().enumerate() {
        let Stay::While(from, to) = poster.stay else {
            continue;
        };
        if poster.urgent {
            continue;
        }
        let days = (from.max(period.first), to.min(period.last));
        let hangs_on = continued(wall, number, period).is_some();
        let begins = period.first <= from && from <= period.last;
        let long = days.1 - days.0 + 1 >= facts.shortest;
        if days.0 <= days.1 && (hangs_on || begins || long) {
            wanted.push((hangs_on, number, days.0, days.1));
        }
    }
    wanted.sort_by_key(|&(hangs_on, number, from, to)| {
        let season = problem.campaign(number, from, to).is_some();
        let priority = problem.posters[number].priority;
        (
            Reverse(priority),
            Reverse(hangs_on),
            Reverse(season),
            from,
            number,
        )
    });
    let mut held: BTreeSet<usize> = wanted
        .iter()
        .filter_map(|&(_, number, ..)| continued(wall, number, period))
        .map(|(row, _)| row)
        .collect();
    for (hangs_on, number, from, to) in wanted {
        if hangs_on {
            let row = hang_on(problem, facts, wall, (number, &held), (from, to));
            held.retain(|held| Some(*held) != row);
        } else if wall.refusal(problem, facts, number, (from, to)).is_none() {
            let free = |row: &usize, (from, to): (Day, Day)| {
                wall.is_free(*row, from, to) && !wall.is_recorded(*row, period)
            };
            let found = open_spans(problem, facts, (from, to)).find_map(|(from, to)| {
                let sheet = Sheet {
                    from,
                    to,
                    poster: number,
                    origin: Origin::Planned,
                };
                let mut rows = slots_in_order(problem, facts, wall, sheet);
                rows.sort_by_key(|row| held.contains(row));
                let row = rows.into_iter().find(|row| free(row, (from, to)))?;
                Some((row, sheet))
            });
            if let Some((row, sheet)) = found {
                wall.put(facts, row, sheet);
            }
        }
    }
}

/// Returns the days of a notice, and, where the board or a slot is out of use meanwhile, the
/// stretches before and after that are worth the walk, the longest first.
fn open_spans(
    problem: &Problem,
    facts: &BoardFacts,
    (from, to): (Day, Day),
) -> impl Iterator<Item = (Day, Day)> {
    let closed = problem.closed(facts);
    let ends = closed.flat_map(|(_, first, last)| [(from, first - 1), (last + 1, to)]);
    let mut parts: Vec<(Day, Day)> = ends
        .filter(|part| from <= part.0 && part.1 <= to && *part != (from, to))
        .filter(|(from, to)| to - from + 1 >= facts.shortest)
        .collect();
    parts.sort_by_key(|(from, to)| Reverse(to - from));
    std::iter::once((from, to)).chain(parts)
}

/// Finds the sheet of a poster that the plan let hang to the end of the period before.
fn continued(wall: &Wall, poster: usize, period: &PeriodFacts) -> Option<(usize, Sheet)> {
    let eve = period.first - 1;
    wall.on(eve, eve).find(|(_, sheet)| {
        sheet.poster == poster && sheet.to == eve && sheet.origin == Origin::Planned
    })
}

/// Lets a notice hang on in its slot, where nobody else has slot or topic; returns the slot.
fn hang_on(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &mut Wall,
    (number, held): (usize, &BTreeSet<usize>),
    (from, to): (Day, Day),
) -> Option<usize> {
    let mut eve = wall.on(from - 1, from - 1);
    let (row, sheet) = eve.find(|(_, sheet)| sheet.poster == number)?;
    drop(eve);
    clear_the_way(problem, facts, wall, (row, held), (from, to));
    let to = wall
        .gaps(row, from, to)
        .first()
        .filter(|gap| gap.0 == from)
        .map(|gap| gap.1);
    wall.take(facts, row, sheet);
    let longer = to.map(|to| Sheet { to, ..sheet });
    let allowed = longer.filter(|longer| {
        wall.refusal(problem, facts, number, (longer.from, longer.to))
            .is_none()
    });
    wall.put(facts, row, allowed.unwrap_or(sheet));
    Some(row)
}

/// Moves what is to begin in a slot within the days to another free slot, where there is one that
/// no notice `held` hangs on in.
fn clear_the_way(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &mut Wall,
    (row, held): (usize, &BTreeSet<usize>),
    (from, to): (Day, Day),
) {
    for sheet in wall.in_slot(row, from, to).to_vec() {
        let free =
            |other: &usize| !held.contains(other) && wall.is_free(*other, sheet.from, sheet.to);
        let is_block = sheet.poster >= problem.posters.len();
        if sheet.origin != Origin::Planned || sheet.from < from || is_block {
            continue;
        }
        let rows = slots_in_order(problem, facts, wall, sheet);
        if let Some(other) = rows.into_iter().find(|other| free(other)) {
            wall.take(facts, row, sheet);
            wall.put(facts, other, sheet);
        }
    }
}

/// Returns where evergreens may hang in a period: where they hang long enough, which is shorter
/// between two notices; in other gaps, what comes before or after stretches. Where records say what
/// hangs in it, only days to come count: of those gone by nobody says that anything hung.
pub(super) fn spots(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &Wall,
    period: &PeriodFacts,
) -> Vec<Spot> {
    let whole = period.last - period.first + 1;
    let mut spots = Vec::new();
    for row in 0..facts.slots.len() {
        let first = open_from(problem, wall, row, period);
        // A slot that is out of use calls nobody.
        let stands = |day: Day| {
            let there = wall.in_slot(row, day, day).first();
            there.is_some_and(|it| match problem.posters.get(it.poster) {
                Some(poster) => !poster.rotates(),
                None => it.origin != Origin::Planned,
            })
        };
        let to_come = |(from, to): (Day, Day)| {
            let days = to - from.max(first) + 1;
            let between = days >= facts.shortest_between && stands(from - 1) && stands(to + 1);
            let is_long = days >= facts.shortest.min(whole) || between;
            let from = from.max(first);
            is_long.then_some(Spot { row, from, to })
        };
        let gaps = wall.gaps(row, period.first, period.last).into_iter();
        spots.extend(gaps.filter_map(to_come));
    }
    spots
}

/// Returns the first day of a period of which the plan may still say what hangs in a slot. Where
/// nothing of the period is on record, its change-over is waited for, and all of it is open; once
/// anything is, a day gone by is what the records say, or nothing.
pub(super) fn open_from(problem: &Problem, wall: &Wall, row: usize, period: &PeriodFacts) -> Day {
    match problem.has_records && wall.is_recorded(row, period) {
        true => period.first.max(problem.today),
        false => period.first,
    }
}

/// Chooses evergreens for a period: the dearest choice that leaves the fewest slots empty in this
/// and the following periods.
fn evergreens(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &Wall,
    copies: &Copies,
    at: usize,
) -> Vec<(usize, Sheet)> {
    let spots = spots(problem, facts, wall, &facts.periods[at]);
    if spots.is_empty() {
        return Vec::new();
    }
    let period = &facts.periods[at];
    let offer = Offer::new(problem, facts, wall, period, &BTreeSet::new());
    let topics = score::topics_of_late(problem, wall, period);
    let mut best: Option<(usize, Vec<(usize, Sheet)>)> = None;
    for sparing in SPARING {
        let worth = |poster: usize| {
            let own = score::worth(problem, (facts, wall), copies, poster, period)
                + score::topic_worth(topics[problem.posters[poster].topic]);
            (own * (4 - sparing) + offer.supply(problem, poster) * sparing * SUPPLY) / 4
        };
        let chosen = offer.choose(problem, facts, &spots, worth);
        let used: BTreeSet<usize> = chosen.iter().map(|(_, sheet)| sheet.poster).collect();
        let empty = spots.len() - chosen.len() + empty_later(problem, facts, wall, at, used);
        if best.as_ref().is_none_or(|(fewest, _)| empty < *fewest) {
            best = Some((empty, chosen));
        }
        if empty == 0 {
            break;
        }
    }
    best.map(|(_, chosen)| chosen).unwrap_or_default()
}

/// Counts the slots that would stay empty in the periods in which a poster used now may not
/// return, were scarce topics spared from then on.
fn empty_later(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &Wall,
    at: usize,
    mut used: BTreeSet<usize>,
) -> usize {
    let ahead = usize::try_from(facts.repeat_after).unwrap_or(0);
    let mut empty = 0;
    for period in facts.periods.iter().skip(at + 1).take(ahead) {
        let spots = spots(problem, facts, wall, period);
        let offer = Offer::new(problem, facts, wall, period, &used);
        let worth = |poster: usize| offer.supply(problem, poster) * SUPPLY;
        let chosen = offer.choose(problem, facts, &spots, worth);
        empty += spots.len() - chosen.len();
        used.extend(chosen.iter().map(|(_, sheet)| sheet.poster));
    }
    empty
}

/// The evergreens that a board may show in a period.
struct Offer {
    posters: Vec<usize>,
    /// How many of them there are, by the topic's number.
    by_topic: Vec<i64>,
}

impl Offer {
    fn new(
        problem: &Problem,
        facts: &BoardFacts,
        wall: &Wall,
        period: &PeriodFacts,
        used: &BTreeSet<usize>,
    ) -> Self {
        let hanging: Vec<usize> = wall
            .on(period.first, period.last)
            .map(|(_, sheet)| sheet.poster)
            .collect();
        let topic_taken = |poster: usize| {
            let wanted = &problem.posters[poster];
            let others = hanging
                .iter()
                .filter_map(|&other| problem.posters.get(other));
            others.into_iter().any(|other| same_topic(wanted, other))
        };
        let now = (period.ordinal, period.ordinal);
        let mut by_topic = vec![0; problem.posters.len()];
        let mut posters = Vec::new();
        for (number, poster) in problem.posters.iter().enumerate() {
            let Stay::Rotating(from, to) = poster.stay else {
                continue;
            };
            let current = from <= period.last && period.first <= to;
            if current
                && !problem.is_off(facts, number, period.first, period.last)
                && !used.contains(&number)
                && facts.slots.iter().any(|slot| slot.takes[number])
                && wall.may_return(facts, number, now)
                && !topic_taken(number)
            {
                posters.push(number);
                by_topic[poster.topic] += 1;
            }
        }
        Self { posters, by_topic }
    }

    /// Returns how many posters of that poster's topic there are to choose from.
    fn supply(&self, problem: &Problem, poster: usize) -> i64 {
        self.by_topic[problem.posters[poster].topic]
    }

    /// Fills as many of `spots` as can be, the longest first of all, with the most that `worth`
    /// says; among equals, with the first by id.
    fn choose(
        &self,
        problem: &Problem,
        facts: &BoardFacts,
        spots: &[Spot],
        worth: impl Fn(usize) -> i64,
    ) -> Vec<(usize, Sheet)> {
        let mut topics: Vec<usize> = self
            .posters
            .iter()
            .map(|&poster| problem.posters[poster].topic)
            .collect();
        topics.sort_unstable();
        topics.dedup();
        let mut best = vec![vec![None::<(i64, usize)>; topics.len()]; spots.len()];
        for &poster in &self.posters {
            let facts_of = &problem.posters[poster];
            let Stay::Rotating(first, last) = facts_of.stay else {
                continue;
            };
            let column = topics.partition_point(|&topic| topic < facts_of.topic);
            let worth = worth(poster);
            for (spot, row) in spots.iter().zip(&mut best) {
                let current = first <= spot.from && spot.to <= last;
                let better = row[column].is_none_or(|(most, _)| worth > most);
                if current && better && facts.slots[spot.row].takes[poster] {
                    row[column] = Some((worth, poster));
                }
            }
        }
        let gains: Vec<Vec<i64>> = spots
            .iter()
            .zip(&best)
            .map(|(spot, row)| {
                let filled = FILLED * i64::from(spot.to - spot.from + 1);
                let gain = |cell: &Option<(i64, usize)>| {
                    cell.map_or(FORBIDDEN, |(worth, _)| filled + worth)
                };
                row.iter().map(gain).collect()
            })
            .collect();
        let chosen = assign(&gains).into_iter().zip(spots).zip(best);
        chosen
            .filter_map(|((column, spot), row)| {
                let (_, poster) = row[column?]?;
                let sheet = Sheet {
                    from: spot.from,
                    to: spot.to,
                    poster,
                    origin: Origin::Planned,
                };
                Some((spot.row, sheet))
            })
            .collect()
    }
}

/// Moves notices that began in this period to other free slots where that leaves fewer empty:
/// a small notice may sit in the one slot that an evergreen fits.
fn with_notices_moved(
    problem: &Problem,
    facts: &BoardFacts,
    wall: &mut Wall,
    copies: &Copies,
    at: usize,
    mut chosen: Vec<(usize, Sheet)>,
) -> Vec<(usize, Sheet)> {
    let period = facts.periods[at];
    let movable: Vec<(usize, Sheet)> = wall
        .on(period.first, period.last)
        .filter(|(_, sheet)| sheet.origin == Origin::Planned && period.first <= sheet.from)
        .filter(|(_, sheet)| sheet.poster < problem.posters.len())
        .collect();
    for (row, sheet) in movable {
        for other in 0..facts.slots.len() {
            let takes = facts.slots[other].takes[sheet.poster];
            let free = other != row
                && takes
                && wall.is_free(other, sheet.from, sheet.to)
                && !wall.is_recorded(other, &period);
            if !free {
                continue;
            }
            wall.take(facts, row, sheet);
            wall.put(facts, other, sheet);
            let moved = evergreens(problem, facts, wall, copies, at);
            if days(&moved) > days(&chosen) {
                chosen = moved;
                break;
            }
            wall.take(facts, other, sheet);
            wall.put(facts, row, sheet);
        }
    }
    chosen
}

fn days(sheets: &[(usize, Sheet)]) -> Day {
    sheets
        .iter()
        .map(|(_, sheet)| sheet.to - sheet.from + 1)
        .sum()
}
