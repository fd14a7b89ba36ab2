//! Which copy goes where: copies of one kind handed on from stay to stay, by the shortest ways.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::super::assign::assign;
use super::loss::{self, Loss};
use super::lot::Lot;
use super::{Onward, Source, Stay};

/// More pairs of copies and places than that are matched by the nearest, one after the other.
const EXACT_PAIRS: usize = 1 << 16;

/// Far above any way: a copy that is there is never left for a new one.
const SAVED: i64 = 1 << 40;

/// Finds copies for all stays `numbers` of one kind, which stand in the order of days. `received`
/// counts what came from outside and hangs nowhere yet; with it nothing can be printed. What was
/// `lost` in the store is not handed out any more.
pub(super) fn route(
    stays: &mut [Stay],
    numbers: &[usize],
    mut received: Option<&mut usize>,
    lost: &mut [Loss],
) {
    let mut up: Vec<usize> = Vec::new();
    let mut lots: Vec<Lot> = Vec::new();
    let mut rest = numbers;
    while let Some(&first) = rest.first() {
        let day = stays[first].from();
        let n_today = rest.partition_point(|&number| stays[number].from() <= day);
        let (today, later) = rest.split_at(n_today);
        rest = later;
        let (ended, hanging) = up.into_iter().partition(|&number| stays[number].to < day);
        up = hanging;
        lots.extend(Vec::into_iter(ended).map(|number| Lot {
            stay: Some(number),
            n: stays[number].copies,
        }));
        if let Some(n) = received.as_deref_mut() {
            lots.push(Lot { stay: None, n: *n });
        }
        loss::lose(&mut lots, lost, day);
        hand_out(stays, today, &mut lots, day);
        let otherwise = match received {
            Some(_) => Source::Missing,
            None => Source::Printed,
        };
        if let Some(n) = received.as_deref_mut() {
            let outside = lots.iter().find(|lot| lot.stay.is_none());
            *n = outside.map_or(0, |lot| lot.n);
        }
        lots.retain(|lot| lot.stay.is_some() && lot.n > 0);
        for &number in today {
            let stay = &mut stays[number];
            let found: usize = stay.sources.iter().map(|(_, n)| n).sum();
            if found < stay.copies {
                stay.sources.push((otherwise, stay.copies - found));
            }
        }
        up.extend(today);
    }
    for &number in numbers {
        let stay = &mut stays[number];
        let gone: usize = stay.onward.iter().map(|(_, n)| n).sum();
        if gone < stay.copies {
            stay.onward.push((Onward::Done, stay.copies - gone));
        }
    }
}

/// Gives the stays `today` copies out of `lots`, by the shortest ways.
fn hand_out(stays: &mut [Stay], today: &[usize], lots: &mut [Lot], day: Date) {
    let mut given: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let needed: usize = today.iter().map(|&number| stays[number].copies).sum();
    let there: usize = lots.iter().map(|lot| lot.n).sum();
    if needed.saturating_mul(there) <= EXACT_PAIRS {
        let units = |n: usize, of: usize| std::iter::repeat_n(of, n);
        let wants: Vec<usize> = today
            .iter()
            .flat_map(|&number| units(stays[number].copies, number))
            .collect();
        let copies: Vec<usize> = (0..lots.len())
            .flat_map(|at| units(lots[at].n, at))
            .collect();
        let gain = |&number: &usize| -> Vec<i64> {
            let way = |&lot: &usize| SAVED - way(stays, &lots[lot], number, day);
            copies.iter().map(way).collect()
        };
        let gains: Vec<Vec<i64>> = wants.iter().map(gain).collect();
        for (row, column) in assign(&gains).into_iter().enumerate() {
            if let Some(column) = column {
                *given.entry((wants[row], copies[column])).or_default() += 1;
            }
        }
    } else {
        let mut left: Vec<usize> = lots.iter().map(|lot| lot.n).collect();
        for &number in today {
            let mut near: Vec<usize> = (0..lots.len()).collect();
            near.sort_by_key(|&lot| (way(stays, &lots[lot], number, day), lot));
            let mut wanted = stays[number].copies;
            for lot in near {
                let n = wanted.min(left[lot]);
                if n > 0 {
                    given.insert((number, lot), n);
                    left[lot] -= n;
                    wanted -= n;
                }
            }
        }
    }
    for ((number, lot), n) in given {
        lots[lot].n -= n;
        let source = match lots[lot].stay {
            None => Source::Received,
            Some(before) if stays[before].down() == day => {
                stays[before].onward.push((Onward::Moved(number), n));
                Source::Moved(before)
            }
            Some(before) => {
                stays[before].onward.push((Onward::Kept(number), n));
                Source::Stored(before)
            }
        };
        stays[number].sources.push((source, n));
    }
}

/// How far a copy is carried to the stay `number`, in boards. What lies in the store is taken
/// along from before the first board; a way back counts twice, for there and back again.
fn way(stays: &[Stay], lot: &Lot, number: usize, day: Date) -> i64 {
    let boards = |n: usize| i64::try_from(n).unwrap_or(i64::MAX / 4);
    let to = stays[number].stop;
    match lot.stay.map(|before| &stays[before]) {
        Some(before) if before.down() == day => match before.stop <= to {
            true => boards(to - before.stop),
            false => 2 * boards(before.stop - to),
        },
        _ => boards(to) + 1,
    }
}
