//! Which spots lie beside a spot: on its board, in its period, at its time on another board.

use std::collections::BTreeMap;
use std::ops::Range;

use super::facts::{Facts, Spot};

/// Spots beside spots. A row of neighbours is a range of spot numbers, as spots are sorted by
/// board, period and time.
#[derive(Debug)]
pub(super) struct Neighbours {
    boards: Vec<Range<u32>>,
    /// By board, where its periods begin in `periods`.
    first_periods: Vec<u32>,
    /// By board and period, the spots.
    periods: Vec<Range<u32>>,
    /// By spot, the number of its time: spots of equal time have the same span and atoms.
    times: Vec<u32>,
    /// By time, all spots.
    at_time: Vec<Vec<u32>>,
    /// By board and time, the spots.
    on_board: Vec<Range<u32>>,
}

impl Neighbours {
    pub(super) fn new(facts: &Facts) -> Self {
        let spots = &facts.spots;
        let mut numbers: BTreeMap<(u32, u32, u32), u32> = BTreeMap::new();
        for spot in spots {
            numbers.insert(time(spot), 0);
        }
        for (number, of_time) in numbers.values_mut().enumerate() {
            *of_time = number as u32;
        }
        let times: Vec<u32> = spots.iter().map(|spot| numbers[&time(spot)]).collect();
        let mut at_time = vec![Vec::new(); numbers.len()];
        let n_boards = facts.instance.boards.len();
        let mut boards = vec![0..0; n_boards];
        let (first_periods, n_periods) = first_periods(facts);
        let mut periods = vec![0..0; n_periods];
        let mut on_board = vec![0..0; n_boards * numbers.len()];
        for (at, (spot, &time)) in spots.iter().zip(&times).enumerate() {
            at_time[time as usize].push(at as u32);
            extend(&mut boards[spot.board as usize], at);
            let period = first_periods[spot.board as usize] + spot.period;
            extend(&mut periods[period as usize], at);
            let row = spot.board as usize * numbers.len() + time as usize;
            extend(&mut on_board[row], at);
        }
        Self {
            boards,
            first_periods,
            periods,
            times,
            at_time,
            on_board,
        }
    }

    /// Returns the spots of a board.
    pub(super) fn of_board(&self, board: u32) -> Range<usize> {
        wide(&self.boards[board as usize])
    }

    /// Returns the spots of a board and period.
    #[inline]
    pub(super) fn of_period(&self, board: u32, period: u32) -> Range<usize> {
        let first = self.first_periods[board as usize];
        wide(&self.periods[(first + period) as usize])
    }

    /// Returns the spots of the same time on all boards.
    pub(super) fn at_time_of(&self, at: usize) -> &[u32] {
        &self.at_time[self.times[at] as usize]
    }

    /// Returns the spots of the same time on a board.
    #[inline]
    pub(super) fn at_time_on(&self, at: usize, board: u32) -> Range<usize> {
        wide(&self.on_board[board as usize * self.at_time.len() + self.times[at] as usize])
    }
}

fn time(spot: &Spot) -> (u32, u32, u32) {
    (spot.first, spot.last, spot.span)
}

fn wide(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// Makes a range end with a spot, or begin with it. A spot that lies apart is left out: where
/// one time falls into two periods of a board, its second period has fewer neighbours.
fn extend(range: &mut Range<u32>, at: usize) {
    let at = at as u32;
    if range.start == range.end {
        *range = at..at + 1;
    } else if range.end == at {
        range.end += 1;
    }
}

fn first_periods(facts: &Facts) -> (Vec<u32>, usize) {
    let mut n_periods = 0;
    let firsts = facts.instance.boards.iter().map(|board| {
        let first = n_periods as u32;
        n_periods += board.periods;
        first
    });
    (firsts.collect(), n_periods)
}
