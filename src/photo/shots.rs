//! The photos of one walk, shared out among the boards of that walk.
//!
//! A keeper goes from board to board and photographs each: first from afar, then from near. In
//! the order of the walk the photos therefore follow the boards. Which of them were taken twice
//! nobody wrote down, so how sure the sharing is is told with it.

use std::cmp::Ordering;

use jiff::civil::DateTime;

/// A photo as far as sharing wants to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shot {
    /// The name of its file.
    pub name: String,
    /// When it was taken.
    pub taken: Option<DateTime>,
}

/// Photos by board, in walking order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// For each board the numbers of its photos, in the order of taking.
    pub boards: Vec<Vec<usize>>,
    /// How it was guessed.
    pub guess: Guess,
}

/// How photos were shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guess {
    /// Two of each board: the numbers agree.
    Pairs,
    /// One of each board: the numbers agree.
    Singles,
    /// At the longest pauses of the walk: likely, yet to be looked at.
    Pauses,
    /// There are fewer photos than boards, or no times: not at all.
    Unknown,
}

impl Guess {
    /// Tells whether the numbers agree, so that nobody need be asked.
    pub fn is_sure(self) -> bool {
        matches!(self, Self::Pairs | Self::Singles)
    }
}

/// Shares `shots` out among `n_boards` boards, which were walked in order.
///
/// The order is that of taking where every photo tells its time, and that of the files' names
/// otherwise: cameras count up.
pub fn share(shots: &[Shot], n_boards: usize) -> Shared {
    let mut order: Vec<usize> = (0..shots.len()).collect();
    let timed = shots.iter().all(|shot| shot.taken.is_some());
    order.sort_by(|&a, &b| {
        let (a, b) = (&shots[a], &shots[b]);
        let by_time = if timed {
            a.taken.cmp(&b.taken)
        } else {
            Ordering::Equal
        };
        by_time.then_with(|| by_name(&a.name, &b.name))
    });
    let (guess, ends) = if n_boards == 0 {
        (Guess::Unknown, Vec::new())
    } else if shots.len() == 2 * n_boards {
        (Guess::Pairs, (1..=n_boards).map(|n| 2 * n).collect())
    } else if shots.len() == n_boards {
        (Guess::Singles, (1..=n_boards).collect())
    } else if timed && shots.len() > n_boards {
        (Guess::Pauses, at_pauses(shots, &order, n_boards))
    } else {
        (Guess::Unknown, Vec::new())
    };
    let starts = std::iter::once(&0).chain(&ends);
    let boards = starts
        .zip(&ends)
        .map(|(&from, &to)| order[from..to].to_vec());
    Shared {
        boards: boards.collect(),
        guess,
    }
}

/// Returns behind which photos the `n_boards - 1` longest pauses lie, and the end.
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

    /// Shares photos given as `NAME@HH:MM:SS`, or `NAME` without a time.
    fn shared(shots: &str, n_boards: usize) -> String {
        let shots: Vec<Shot> = shots
            .split_whitespace()
            .map(|shot| {
                let (name, time) = shot.split_once('@').unwrap_or((shot, ""));
                let taken = format!("2026-12-01T{time}").parse().ok();
                let name = name.to_owned();
                Shot { name, taken }
            })
            .collect();
        let shared = share(&shots, n_boards);
        let names = |numbers: &Vec<usize>| {
            let names: Vec<&str> = numbers.iter().map(|&n| shots[n].name.as_str()).collect();
            names.join("+")
        };
        let boards: Vec<String> = shared.boards.iter().map(names).collect();
        format!("{:?}: {}", shared.guess, boards.join(" | "))
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
        assert_snapshot!(shared("a@09:00:00 b@09:00:10", 3), @"Unknown:");
        assert_snapshot!(shared("a b c", 2), @"Unknown:");
        assert_snapshot!(shared("a", 0), @"Unknown:");
    }
}
