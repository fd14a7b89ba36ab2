//! An instance as the search wants it: flat tables, and for each cell the list of what may hang.
//!
//! Everything that is decided before the search begins (places, dates, what is held) goes into
//! the pools, so that a move asks only about what other moves change.

use std::collections::BTreeMap;

use super::instance::{Board, Instance, ItemNo, MOST_PERIODS, Wanted};

/// Stands for "no item" and "no topic" in the tables.
pub(super) const NONE: u32 = u32::MAX;

/// Periods of a board as bits, the first planned one lowest.
pub(super) type Periods = u128;

/// Marks a board and item whose coverage no decision changes: shown already, or not asked for.
pub(super) const SETTLED: Periods = 1 << MOST_PERIODS;

/// Marks a board and item of which the board has seen a showing that is held.
pub(super) const SEEN: Periods = 1 << (MOST_PERIODS + 1);

/// An instance in flat tables.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    pub(super) instance: &'a Instance,
    pub(super) n_items: usize,
    pub(super) n_topics: usize,
    pub(super) n_papers: usize,
    /// The cells, by board, period and time: what a move looks at lies near each other.
    pub(super) spots: Vec<Spot>,
    /// The number of each spot's cell.
    pub(super) cells: Vec<u32>,
    pub(super) pools: Pools,
    /// Topic by item.
    pub(super) topics: Vec<u32>,
    /// What is asked of coverage by item; 0 where nothing is.
    pub(super) wanted: Vec<i64>,
    /// Whether coverage counts showings, by item; it counts boards otherwise.
    pub(super) by_showing: Vec<bool>,
    /// On how many days a topic should be shown, by quarter and topic; nothing where no topic is
    /// asked for.
    pub(super) floors: Vec<i64>,
    /// Value by span and item; 0 where not allowed.
    values: Vec<i64>,
    /// For every rhythm and period: the periods in which the item may not hang too.
    near: Vec<Periods>,
}

/// A cell, with its places in the tables.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub(super) empty: i64,
    pub(super) keep: i64,
    pub(super) board: u32,
    pub(super) period: u32,
    pub(super) pool: u32,
    pub(super) span: u32,
    pub(super) near: u32,
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) paper: u32,
    pub(super) copies: u32,
    pub(super) topic_high: u32,
    pub(super) kept: u32,
    pub(super) quarter: u32,
    pub(super) days: u32,
}

/// What may hang in a cell, shared by cells with the same answer.
#[derive(Debug, Default)]
pub(super) struct Pools {
    /// Where each pool's choices begin; one more at the end.
    starts: Vec<u32>,
    choices: Vec<ItemNo>,
    /// One bit for each item and pool.
    bits: Vec<u64>,
    words: usize,
}

impl<'a> Facts<'a> {
    /// Lays an instance out.
    ///
    /// # Panics
    /// If a board has more than [`MOST_PERIODS`] periods, or a number points nowhere.
    pub(super) fn new(instance: &'a Instance) -> Self {
        let n_items = instance.items.len();
        let mut pools = PoolMaker::new(instance);
        let mut rhythms = Rhythms::default();
        let cells = in_order(instance);
        let spots = cells.iter().map(|&cell| {
            let cell = &instance.cells[cell as usize];
            let board = &instance.boards[cell.board as usize];
            assert!(cell.period < board.periods && board.periods <= MOST_PERIODS);
            Spot {
                empty: cell.empty,
                keep: cell.keep,
                board: cell.board,
                period: cell.period as u32,
                pool: pools.number(cell.board, cell.period, cell.place, cell.span),
                span: cell.span as u32,
                near: rhythms.number(board) + cell.period as u32,
                first: cell.first as u32,
                last: cell.last as u32,
                paper: instance.places[cell.place].paper as u32,
                copies: u32::from(board.copies),
                topic_high: board.topic_high,
                kept: cell.kept.unwrap_or(NONE),
                quarter: cell.quarter as u32,
                days: cell.days,
            }
        });
        let by_showing = |item: &super::Item| {
            let coverage = item.coverage.as_ref();
            coverage.is_some_and(|coverage| matches!(coverage.wanted, Wanted::Showings(_)))
        };
        let items = &instance.items;
        Self {
            spots: spots.collect(),
            cells,
            instance,
            n_items,
            n_topics: instance.n_topics(),
            n_papers: instance.papers.len(),
            topics: items
                .iter()
                .map(|item| item.topic.unwrap_or(NONE))
                .collect(),
            wanted: (0..n_items).map(|item| instance.wanted(item)).collect(),
            by_showing: items.iter().map(by_showing).collect(),
            floors: super::floor::table(instance),
            values: flat_values(instance),
            pools: pools.pools,
            near: rhythms.near,
        }
    }

    /// Returns what an item that may hang in the spot is worth there.
    #[inline]
    pub(super) fn value(&self, spot: &Spot, item: u32) -> i64 {
        self.values[spot.span as usize * self.n_items + item as usize]
    }

    /// Returns the periods in which an item that hangs in the spot may not hang too, and the
    /// spot's own.
    #[inline]
    pub(super) fn near(&self, spot: &Spot) -> Periods {
        self.near[spot.near as usize]
    }
}

impl Pools {
    /// Returns what may hang.
    #[inline]
    pub(super) fn choices(&self, pool: u32) -> &[ItemNo] {
        let pool = pool as usize;
        &self.choices[self.starts[pool] as usize..self.starts[pool + 1] as usize]
    }

    /// Tells whether the item may hang.
    #[inline]
    pub(super) fn has(&self, pool: u32, item: ItemNo) -> bool {
        let word = self.bits[pool as usize * self.words + item as usize / 64];
        word >> (item % 64) & 1 == 1
    }

    fn push(&mut self, choices: impl Iterator<Item = ItemNo>) -> u32 {
        let number = self.starts.len() as u32 - 1;
        let first = self.bits.len();
        self.bits.resize(first + self.words, 0);
        for item in choices {
            self.choices.push(item);
            self.bits[first + item as usize / 64] |= 1 << (item % 64);
        }
        self.starts.push(self.choices.len() as u32);
        number
    }
}

/// Returns the numbers of the cells by board, period and time.
fn in_order(instance: &Instance) -> Vec<u32> {
    let mut order: Vec<u32> = (0..instance.cells.len() as u32).collect();
    order.sort_by_key(|&number| {
        let cell = &instance.cells[number as usize];
        (cell.board, cell.period, cell.first, cell.last, cell.span)
    });
    order
}

fn flat_values(instance: &Instance) -> Vec<i64> {
    let spans = instance.values.iter();
    spans
        .inspect(|span| assert_eq!(span.len(), instance.items.len()))
        .flat_map(|span| span.iter().map(|value| value.unwrap_or(0)))
        .collect()
}

/// Periods that are near each other, by length of the row of periods and rest between showings.
#[derive(Default)]
struct Rhythms {
    numbers: BTreeMap<(usize, usize), u32>,
    near: Vec<Periods>,
}

impl Rhythms {
    fn number(&mut self, board: &Board) -> u32 {
        let next = self.near.len() as u32;
        let key = (board.periods, board.repeat_after);
        let number = *self.numbers.entry(key).or_insert(next);
        if number == next {
            for period in 0..board.periods {
                let near = (0..board.periods)
                    .filter(|other| period.abs_diff(*other) <= board.repeat_after);
                self.near
                    .push(near.fold(0, |bits, other| bits | 1 << other));
            }
        }
        number
    }
}

/// What two cells with one pool have in common: place and span, and board and period where
/// anything held matters there.
type PoolKey = (usize, usize, Option<(u32, usize)>);

/// Makes pools, each only once.
struct PoolMaker<'a> {
    instance: &'a Instance,
    pools: Pools,
    numbers: BTreeMap<PoolKey, u32>,
}

impl<'a> PoolMaker<'a> {
    fn new(instance: &'a Instance) -> Self {
        let pools = Pools {
            starts: vec![0],
            words: instance.items.len().div_ceil(64),
            ..Pools::default()
        };
        Self {
            instance,
            pools,
            numbers: BTreeMap::new(),
        }
    }

    fn number(&mut self, board: u32, period: usize, place: usize, span: usize) -> u32 {
        let held = Held::new(self.instance, board, period);
        let own = (!held.is_nothing()).then_some((board, period));
        let instance = self.instance;
        let pools = &mut self.pools;
        *self.numbers.entry((place, span, own)).or_insert_with(|| {
            let values = &instance.values[span];
            let takes = instance.places[place].takes.iter().copied();
            pools.push(
                takes.filter(|&item| {
                    values[item as usize].is_some() && !held.keeps_off(instance, item)
                }),
            )
        })
    }
}

/// What is held near a board's period.
pub(super) struct Held {
    /// Items that are held in the period or too near.
    pub(super) items: Vec<(ItemNo, i32)>,
    /// Topics taken in the period.
    pub(super) topics: Vec<u32>,
}

impl Held {
    pub(super) fn new(instance: &Instance, board: u32, period: usize) -> Self {
        let board = &instance.boards[board as usize];
        let period = i32::try_from(period).unwrap_or(i32::MAX);
        let near = |held: &&(ItemNo, i32)| held.1.abs_diff(period) as usize <= board.repeat_after;
        let now = |held: i32| held == period;
        let of_items = board.held.iter().filter(|held| now(held.1));
        let topics = board.topics_held.iter().filter(|held| now(held.1));
        Self {
            items: board.held.iter().filter(near).copied().collect(),
            topics: of_items
                .filter_map(|&(item, _)| instance.items[item as usize].topic)
                .chain(topics.map(|&(topic, _)| topic))
                .collect(),
        }
    }

    fn is_nothing(&self) -> bool {
        self.items.is_empty() && self.topics.is_empty()
    }

    fn keeps_off(&self, instance: &Instance, item: ItemNo) -> bool {
        let topic = instance.items[item as usize].topic;
        self.items.iter().any(|&(held, _)| held == item)
            || topic.is_some_and(|topic| self.topics.contains(&topic))
    }
}
