//! The photos of one walk or several, shared out among the boards of each.
//!
//! A keeper goes from board to board and photographs each: first from afar, then from near. In
//! the order of the walk the photos therefore follow the boards, and a code on a sheet says whose
//! board it is. Days on which something was hung part one walk from the next: what was taken before
//! a sheet hung shows it nowhere. How many photos were taken of each nobody wrote down, so how sure
//! the sharing is is told with it.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime};

/// A photo as far as sharing wants to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shot {
    /// The name of its file.
    pub name: String,
    /// When it was taken.
    pub taken: Option<DateTime>,
    /// The boards that it can show by the codes in it, by their numbers; none where it has none.
    pub shows: BTreeSet<usize>,
}

/// Photos by board, in walking order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// For each board the numbers of its photos, in the order of taking.
    pub boards: Vec<Vec<usize>>,
    /// How it was guessed; of several walks the least sure.
    pub guess: Guess,
    /// Photos that were taken before anything of this was hung; they are no board's.
    pub early: Vec<usize>,
}

/// How photos were shared out, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guess {
    /// By the codes in them.
    Codes,
    /// Two of each board: the numbers agree.
    Pairs,
    /// One of each board: the numbers agree.
    Singles,
    /// Only one board was changed that day.
    Alone,
    /// At the longest pauses of the walk: likely, yet to be looked at.
    Pauses,
    /// There are fewer photos than boards, or no times, or codes say otherwise: not at all.
    Unknown,
}

impl Guess {
    /// Tells whether nobody need be asked.
    pub fn is_sure(self) -> bool {
        self <= Self::Alone
    }
}

/// Shares `shots` out among boards, of which each comes with the days on which something was hung
/// there, in walking order; one without such days is of every walk.
///
/// The order is that of taking where every photo tells its time, and that of the files' names
/// otherwise: cameras count up.
pub fn share(shots: &[Shot], changed: &[&BTreeSet<Date>]) -> Shared {
    let timed = shots.iter().all(|shot| shot.taken.is_some());
    let mut order: Vec<usize> = (0..shots.len()).collect();
    order.sort_by(|&a, &b| {
        let (a, b) = (&shots[a], &shots[b]);
        let by_time = if timed {
            a.taken.cmp(&b.taken)
        } else {
            Ordering::Equal
        };
        by_time.then_with(|| by_name(&a.name, &b.name))
    });
    let mut shared = Shared {
        boards: vec![Vec::new(); changed.len()],
        guess: Guess::Codes,
        early: Vec::new(),
    };
    for (day, walk) in walks(shots, &order, changed, timed) {
        let is_of = |board: &usize| match day {
            Some(day) => changed[*board].is_empty() || changed[*board].contains(&day),
            None => true,
        };
        let boards: Vec<usize> = (0..changed.len()).filter(is_of).collect();
        let is_then = |&shot: &usize| {
            let taken = shots[shot].taken.map(DateTime::date);
            day.is_none() || taken == day
        };
        let (guess, parts) = match day {
            Some(day) if day == Date::MIN => {
                shared.early = walk;
                continue;
            }
            _ => of_walk(shots, &walk, &boards, timed),
        };
        let guess = match guess {
            Guess::Pauses if boards.len() == 1 && day.is_some() && walk.iter().all(is_then) => {
                Guess::Alone
            }
            guess => guess,
        };
        shared.guess = shared.guess.max(guess);
        for (board, part) in boards.into_iter().zip(parts) {
            shared.boards[board].extend(part);
        }
    }
    if shared.guess == Guess::Unknown {
        shared.boards.iter_mut().for_each(Vec::clear);
    }
    shared
}

/// Parts the shots, given in order, into walks: each with the day of the change-over that it belongs
/// to, the earliest day of all for what was taken before any; one walk without a day where nothing
/// tells.
fn walks(
    shots: &[Shot],
    order: &[usize],
    changed: &[&BTreeSet<Date>],
    timed: bool,
) -> BTreeMap<Option<Date>, Vec<usize>> {
    let days: BTreeSet<Date> = changed
        .iter()
        .flat_map(|days| days.iter().copied())
        .collect();
    let mut walks: BTreeMap<Option<Date>, Vec<usize>> = BTreeMap::new();
    for &shot in order {
        let taken = shots[shot].taken.filter(|_| timed && !days.is_empty());
        let day = taken.map(|taken| {
            let before = days.range(..=taken.date());
            before.last().copied().unwrap_or(Date::MIN)
        });
        walks.entry(day).or_default().push(shot);
    }
    walks
}

/// Shares the shots of one walk out among its boards.
fn of_walk(
    shots: &[Shot],
    walk: &[usize],
    boards: &[usize],
    timed: bool,
) -> (Guess, Vec<Vec<usize>>) {
    let n_boards = boards.len();
    let (guess, ends) = if n_boards == 0 {
        (Guess::Unknown, Vec::new())
    } else if walk.len() == 2 * n_boards {
        (Guess::Pairs, (1..=n_boards).map(|n| 2 * n).collect())
    } else if walk.len() == n_boards {
        (Guess::Singles, (1..=n_boards).collect())
    } else if timed && walk.len() > n_boards {
        (Guess::Pauses, at_pauses(shots, walk, n_boards))
    } else {
        (Guess::Unknown, Vec::new())
    };
    let starts = std::iter::once(&0).chain(&ends);
    let parts: Vec<Vec<usize>> = starts
        .zip(&ends)
        .map(|(&from, &to)| walk[from..to].to_vec())
        .collect();
    let can_show = |shot: usize, board: usize| {
        let shows = &shots[shot].shows;
        shows.is_disjoint(&boards.iter().copied().collect()) || shows.contains(&board)
    };
    let agree = boards.iter().zip(&parts).all(|(&board, part)| {
        let mut part = part.iter();
        part.all(|&shot| can_show(shot, board))
    });
    if guess.is_sure() && agree {
        return (guess, parts);
    }
    match by_codes(shots, walk, boards).filter(|_| timed) {
        Some(parts) => (Guess::Codes, parts),
        None if agree => (guess, parts),
        None => (Guess::Unknown, Vec::new()),
    }
}

/// Shares by the codes: a shot with a code that only one board has is of that board, one without a
/// code of the board of the neighbour that was taken clearly nearer to it. `None` where one is of
/// neither.
fn by_codes(shots: &[Shot], walk: &[usize], boards: &[usize]) -> Option<Vec<Vec<usize>>> {
    let own = |&shot: &usize| {
        let mut shown = boards
            .iter()
            .filter(|board| shots[shot].shows.contains(board));
        shown.next().copied().filter(|_| shown.next().is_none())
    };
    let known: Vec<Option<usize>> = walk.iter().map(own).collect();
    let seconds = |a: usize, b: usize| {
        let (a, b) = (shots[walk[a]].taken?, shots[walk[b]].taken?);
        Some(b.duration_since(a).as_secs())
    };
    let mut parts = vec![Vec::new(); boards.len()];
    for (at, &shot) in walk.iter().enumerate() {
        let before = (0..at).rev().find(|&it| known[it].is_some());
        let after = (at + 1..walk.len()).find(|&it| known[it].is_some());
        let board = match (known[at], before, after) {
            (Some(board), ..) => board,
            (None, Some(one), None) | (None, None, Some(one)) => known[one]?,
            (None, Some(before), Some(after)) if known[before] == known[after] => known[before]?,
            (None, Some(before), Some(after)) => {
                let (from, to) = (seconds(before, at)?, seconds(at, after)?);
                match (from * 2 <= to, to * 2 <= from) {
                    (true, false) => known[before]?,
                    (false, true) => known[after]?,
                    _ => return None,
                }
            }
            (None, None, None) => return None,
        };
        let place = boards.iter().position(|it| *it == board)?;
        parts[place].push(shot);
    }
    Some(parts)
}

/// Returns behind which photos of a walk the `n_boards - 1` longest pauses lie, and the end.
fn at_pauses(shots: &[Shot], order: &[usize], n_boards: usize) -> Vec<usize> {
    let seconds = |at: usize| {
        let (before, after) = (&shots[order[at - 1]].taken, &shots[order[at]].taken);
        before
            .zip(*after)
            .map_or(0, |(before, after)| after.duration_since(before).as_secs())
    };
    let mut pauses: Vec<usize> = (1..order.len()).collect();
    // Of equal pauses the earlier one counts.
    pauses.sort_by_key(|&at| (-seconds(at), at));
    pauses.truncate(n_boards - 1);
    pauses.sort_unstable();
    pauses.push(order.len());
    pauses
}

/// Compares names as people count: `IMG_9` comes before `IMG_10`.
fn by_name(a: &str, b: &str) -> Ordering {
    let parts = |name: &str| {
        let mut parts: Vec<(u64, String)> = vec![(0, String::new())];
        let mut in_number = false;
        for c in name.to_lowercase().chars() {
            match c.to_digit(10) {
                Some(digit) => {
                    if !in_number {
                        parts.push((0, String::new()));
                    }
                    if let Some((number, _)) = parts.last_mut() {
                        *number = number.saturating_mul(10).saturating_add(digit.into());
                    }
                }
                None => {
                    if let Some((_, text)) = parts.last_mut() {
                        text.push(c);
                    }
                }
            }
            in_number = c.is_ascii_digit();
        }
        parts
    };
    parts(a).cmp(&parts(b)).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    /// Shares photos given as `NAME@HH:MM:SS`, with `DD/` before the time or `NAME` alone, and with
    /// `#BOARDS` for codes, among boards that were changed on days such as `1`, `1+10`.
    fn by_days(shots: &str, boards: &str) -> String {
        let shots: Vec<Shot> = shots
            .split_whitespace()
            .map(|shot| {
                let (shot, shows) = shot.split_once('#').unwrap_or((shot, ""));
                let (name, time) = shot.split_once('@').unwrap_or((shot, ""));
                let (day, time) = time.split_once('/').unwrap_or(("01", time));
                Shot {
                    name: name.to_owned(),
                    taken: format!("2026-12-{day}T{time}").parse().ok(),
                    shows: shows.bytes().map(|it| usize::from(it - b'0')).collect(),
                }
            })
            .collect();
        let days = |board: &str| -> BTreeSet<Date> {
            let days = board.split('+').filter_map(|day| day.parse().ok());
            days.map(|day| Date::constant(2026, 12, day)).collect()
        };
        let boards: Vec<BTreeSet<Date>> = boards.split_whitespace().map(days).collect();
        let shared = share(&shots, &boards.iter().collect::<Vec<_>>());
        let names = |numbers: &Vec<usize>| {
            let names: Vec<&str> = numbers.iter().map(|&n| shots[n].name.as_str()).collect();
            names.join("+")
        };
        let boards: Vec<String> = shared.boards.iter().map(names).collect();
        let said = format!("{:?}: {}", shared.guess, boards.join(" | "));
        match shared.early.is_empty() {
            true => said,
            false => format!("{said}, early {}", names(&shared.early)),
        }
    }

    fn shared(shots: &str, n_boards: usize) -> String {
        by_days(shots, &"- ".repeat(n_boards))
    }

    #[test]
    fn photos_follow_the_walk() {
        assert_snapshot!(shared("c@09:10:00 a@09:00:00 d@09:10:20 b@09:00:30", 2), @"Pairs: a+b | c+d");
        assert_snapshot!(shared("IMG_10 IMG_9", 2), @"Singles: IMG_9 | IMG_10");
        // One photo without its time: the names decide for all.
        assert_snapshot!(shared("a@09:30:00 b c@09:00:00 d@08:00:00", 2), @"Pairs: a+b | c+d");
    }

    #[test]
    fn photos_that_do_not_come_out_even_are_parted_at_the_longest_pauses() {
        assert_snapshot!(shared("a@09:00:00 b@09:00:10 c@09:00:25 d@09:08:00 e@09:15:00 f@09:15:05 g@09:15:30", 3), @"Pauses: a+b+c | d | e+f+g");
        assert_snapshot!(shared("a@09:00:00 b@09:00:10", 3), @"Unknown:  |  |");
        assert_snapshot!(shared("a b c", 2), @"Unknown:  |");
        assert_snapshot!(shared("a", 0), @"Unknown:");
    }

    #[test]
    fn a_sheet_of_the_3rd_gets_no_photo_of_the_1st() {
        // Two boards on the 1st, one of them again on the 10th; the walk of the 1st went on on the 2nd.
        let walk = "a@01/09:00:00 b@01/09:00:30 c@02/09:07:00 d@02/09:07:30";
        assert_snapshot!(by_days(&format!("{walk} e@10/08:00:00 f@10/08:00:20 g@10/08:00:40"), "1 1+10"), @"Alone: a+b | c+d+e+f+g");
        // Of the 12th nobody knows why they were taken.
        assert_snapshot!(by_days(&format!("{walk} e@12/08:00:00 f@12/08:00:20 g@12/08:00:40"), "1 1+10"), @"Pauses: a+b | c+d+e+f+g");
        assert_snapshot!(by_days(walk, "3 3"), @"Codes:  | , early a+b+c+d");
        assert_snapshot!(by_days(&format!("{walk} e@03/08:00:00 f@03/08:00:20"), "3 3"), @"Singles: e | f, early a+b+c+d");
    }

    #[test]
    fn codes_say_whose_board_it_is() {
        // The far photo has no code, the near one has.
        assert_snapshot!(by_days("a@09:00:00 b@09:00:20#1 c@09:05:00 d@09:05:10#0 e@09:05:20", "1 1"), @"Codes: c+d+e | a+b");
        // Numbers agree, codes too: as before.
        assert_snapshot!(by_days("a@09:00:00 b@09:00:20#0 c@09:05:00 d@09:05:10#1", "1 1"), @"Pairs: a+b | c+d");
        // Walked the other way round.
        assert_snapshot!(by_days("a@09:00:00 b@09:00:20#1 c@09:05:00 d@09:05:10#0", "1 1"), @"Codes: c+d | a+b");
        // A sheet that hangs on both says nothing.
        assert_snapshot!(by_days("a@09:00:00 b@09:00:20#01 c@09:05:00#01", "1 1"), @"Pauses: a+b | c");
        // Half-way between two codes.
        assert_snapshot!(by_days("a@09:00:00#1 b@09:01:00 c@09:02:00#0", "1 1"), @"Unknown:  |");
    }
}
