//! Benchmark instances in JSON: read, made, turned into the solver's instance, and plans back.
//!
//! The format is that of `tests/rotation/S.json`. Its rules are those of
//! `tests/oracles/score.py`: coverage is weighed (each showing that lacks costs
//! [`UNCOVERED`]), and a sheet costs by the class of the board that it hangs on.
//! The test target reads this file too.

use std::collections::BTreeMap;

use greenboard::rotation::anneal::{Board, Cell, Coverage, Instance, Item, Place, Wanted, Weights};
use serde::{Deserialize, Serialize};

/// What `score.py` takes for each showing that coverage lacks.
const UNCOVERED: i64 = 10_000;

/// What `score.py` adds for a poster that is not always current.
const CURRENT: i64 = 5;

/// An instance as the file has it.
#[derive(Debug, Deserialize, Serialize)]
pub struct Bench {
    /// Periods.
    #[serde(rename = "T")]
    pub periods: usize,
    /// Periods between showings.
    #[serde(rename = "K")]
    pub repeat_after: usize,
    /// Boards.
    pub boards: Vec<BenchBoard>,
    /// Posters.
    pub items: Vec<BenchItem>,
    /// First-show bonus.
    #[serde(rename = "F")]
    pub first_show: i64,
    /// Cost of a showing of a topic above `hi`.
    pub lam: i64,
    /// Cost of an empty slot.
    pub empty: i64,
    /// Price of a sheet by class of board.
    pub print: Vec<i64>,
    /// How many showings of a topic a board may have.
    pub hi: u32,
}

/// A board.
#[derive(Debug, Deserialize, Serialize)]
pub struct BenchBoard {
    /// The largest size that it takes.
    pub cls: usize,
    /// Its slots.
    pub slots: usize,
    /// Its audience.
    pub aud: i64,
}

/// A poster.
#[derive(Debug, Deserialize, Serialize)]
pub struct BenchItem {
    /// Its topic.
    pub topic: u32,
    /// Its size.
    pub size: usize,
    /// First period.
    pub a: usize,
    /// Last period.
    pub e: usize,
    /// Priority.
    pub pri: i64,
    /// `ever`, `season` or `camp`.
    pub kind: String,
    /// Coverage.
    pub cov: Option<Cov>,
    /// Periods in season.
    pub peak: Vec<usize>,
    /// Its audience; negative is any.
    pub aud: i64,
}

/// Coverage: so many showings, or `"all"` boards.
#[derive(Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Cov {
    /// So many showings.
    Showings(u32),
    /// Every board that can show it.
    Word(String),
}

impl BenchItem {
    fn fits(&self, board: &BenchBoard) -> bool {
        self.size <= board.cls && (self.aud < 0 || self.aud == board.aud)
    }

    fn value(&self, period: usize) -> Option<i64> {
        let season = if self.peak.contains(&period) { 3 } else { 1 };
        let current = if self.kind == "ever" { 0 } else { CURRENT };
        let is_on = (self.a..=self.e).contains(&period);
        is_on.then_some(self.pri * 4 * season + current)
    }
}

impl Bench {
    /// Turns it into what the solver solves: one atom and span a period, one place for each class
    /// and audience of boards. The cells go by period, board and slot.
    pub fn instance(&self) -> Instance {
        let mut kinds: BTreeMap<(usize, i64), usize> = BTreeMap::new();
        let mut places = Vec::new();
        for board in &self.boards {
            kinds.entry((board.cls, board.aud)).or_insert_with(|| {
                places.push(self.place(board));
                places.len() - 1
            });
        }
        let values = (0..self.periods)
            .map(|period| self.items.iter().map(|item| item.value(period)).collect());
        Instance {
            atoms: self.periods,
            boards: self.boards.iter().map(|_| self.board()).collect(),
            items: self.items.iter().map(|item| self.item(item)).collect(),
            places,
            papers: self.print.clone(),
            values: values.collect(),
            cells: self.cells(&kinds),
            in_use: Vec::new(),
            owned: Vec::new(),
            floors: Vec::new(),
            weights: Weights {
                first_show: self.first_show,
                topic_excess: self.lam,
                uncovered: UNCOVERED,
                share: 0,
            },
        }
    }

    fn place(&self, board: &BenchBoard) -> Place {
        let items = self.items.iter().enumerate();
        Place {
            takes: items
                .filter(|(_, item)| item.fits(board))
                .map(|(number, _)| number as u32)
                .collect(),
            paper: board.cls,
        }
    }

    fn board(&self) -> Board {
        Board {
            periods: self.periods,
            repeat_after: self.repeat_after,
            topic_high: self.hi,
            copies: 1,
            ..Board::default()
        }
    }

    fn item(&self, item: &BenchItem) -> Item {
        let boards = self.boards.iter().enumerate();
        let able = boards.filter(|(_, board)| item.fits(board));
        Item {
            topic: Some(item.topic),
            coverage: item.cov.as_ref().map(|cov| Coverage {
                wanted: match cov {
                    Cov::Showings(n) => Wanted::Showings(*n),
                    Cov::Word(_) => Wanted::EveryBoard,
                },
                able: able.map(|(number, _)| number as u32).collect(),
            }),
        }
    }

    fn cells(&self, kinds: &BTreeMap<(usize, i64), usize>) -> Vec<Cell> {
        let mut cells = Vec::new();
        for period in 0..self.periods {
            for (number, board) in self.boards.iter().enumerate() {
                let cell = Cell {
                    board: number as u32,
                    period,
                    place: kinds[&(board.cls, board.aud)],
                    span: period,
                    first: period,
                    last: period,
                    kept: None,
                    keep: 0,
                    empty: self.empty,
                    quarter: 0,
                    days: 1,
                };
                cells.extend(std::iter::repeat_n(cell, board.slots));
            }
        }
        cells
    }

    /// Turns an assignment into a plan as `score.py` reads it: `plan[period][board]` lists items.
    pub fn plan(&self, assignment: &[Option<u32>]) -> Vec<Vec<Vec<u32>>> {
        let mut cells = assignment.iter();
        let mut slots = |board: &BenchBoard| {
            let of_board = cells.by_ref().take(board.slots);
            of_board.copied().flatten().collect()
        };
        (0..self.periods)
            .map(|_| self.boards.iter().map(&mut slots).collect())
            .collect()
    }
}
