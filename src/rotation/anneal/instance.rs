//! The rotation plan as a puzzle of numbers: what may go where, what it is worth, what it costs.
//!
//! An [`Instance`] knows no names, dates or files. Whoever makes one numbers boards, posters
//! ("items") and topics from 0 and cuts time into *atoms*, the spans between any two
//! change-overs. Everything is a whole number, so that every machine finds the same plan.
//!
//! # What is sought
//!
//! For each [`Cell`] an item or nothing. The objective, to be as high as can be, is the sum of
//!
//! | term | how it is counted |
//! | --- | --- |
//! | value | [`Instance::values`] of each item shown, by the cell's span |
//! | first show | [`Weights::first_show`] once for each board and item shown on it |
//! | topic excess | −[`Weights::topic_excess`] for each showing above [`Board::topic_high`], by board and topic |
//! | empty | −[`Cell::empty`] for each cell left empty |
//! | printing | −[`Instance::papers`] × sheets to print, by item and paper |
//! | coverage | −[`Weights::uncovered`] for each showing or board that a [`Coverage`] lacks |
//! | keep | [`Cell::keep`] for each cell that shows its [`Cell::kept`] |
//! | share | −[`Weights::share`] for each day that a topic lacks of a [`Floor`] |
//!
//! Sheets to print are the most copies of an item on one paper that are in use in one atom, less
//! those that are [`Owned`]: copies move from board to board, so a sheet is printed once and
//! used many times.
//!
//! # Rules that hold always
//!
//! 1. An item hangs only where the cell's [`Place`] takes it and its value then is not `None`.
//! 2. An item hangs in one cell of a board and period at most.
//! 3. It does not hang in two periods of a board that are [`Board::repeat_after`] or less apart.
//! 4. A board shows one item of a topic a period at most; items without topic never clash.
//!
//! What is held ([`Board::held`], [`Board::topics_held`]) counts in rules 2 to 4.
//!
//! # Order
//!
//! Among plans of equal worth, which one is found hangs on the order of boards, items and cells.
//! Whoever makes an instance puts them in an order of their own (walking order, ids, dates), so
//! that the order in which files were read does not matter.

use serde::Serialize;

/// Numbers an item; an index into [`Instance::items`].
pub type ItemNo = u32;

/// Numbers a topic, from 0.
pub type TopicNo = u32;

/// Numbers a board; an index into [`Instance::boards`].
pub type BoardNo = u32;

/// What each cell shows, by cell; `None` leaves it empty.
pub type Assignment = Vec<Option<ItemNo>>;

/// The most periods that a board may have: they are counted in the bits of one number, two of
/// which say what was held.
pub const MOST_PERIODS: usize = 126;

/// A puzzle.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Instance {
    /// How many atoms time is cut into.
    pub atoms: usize,
    /// The boards.
    pub boards: Vec<Board>,
    /// The posters.
    pub items: Vec<Item>,
    /// Which items may hang where, shared by cells.
    pub places: Vec<Place>,
    /// Price of one printed sheet, by paper.
    pub papers: Vec<i64>,
    /// What each item is worth, by span and item: `values[span][item]`. `None`: not allowed then.
    ///
    /// A span is a stretch of days that cells share, such as "March" or "what is left of week 12".
    pub values: Vec<Vec<Option<i64>>>,
    /// What is to be decided.
    pub cells: Vec<Cell>,
    /// Copies in use by what is fixed.
    pub in_use: Vec<InUse>,
    /// Sheets that need no printing.
    pub owned: Vec<Owned>,
    /// What topics should have of the cells at least.
    pub floors: Vec<Floor>,
    /// What counts how much.
    pub weights: Weights,
}

/// What counts how much; each 0 or more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Weights {
    /// Gained the first time a board shows an item.
    pub first_show: i64,
    /// Lost for each showing of a topic on a board above the board's `topic_high`.
    pub topic_excess: i64,
    /// Lost for each showing or board that a coverage lacks. Far above all else it makes coverage
    /// a rule that is broken only where it cannot be kept.
    pub uncovered: i64,
    /// Lost for each day that a topic lacks of its floor.
    pub share: i64,
}

/// A board with its own row of periods, numbered from 0.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Board {
    /// How many periods are planned, at most [`MOST_PERIODS`].
    pub periods: usize,
    /// Two showings of an item must be more than so many periods apart: at 1 a poster may come
    /// back in the next period but one.
    pub repeat_after: usize,
    /// How often a topic may be shown before each further showing costs.
    pub topic_high: u32,
    /// Sheets that one hanging takes: 1, 16 for sixteen windows, 0 on a screen.
    pub copies: u16,
    /// Fixed showings, as item and period, one entry for each period. The period may lie before
    /// the first planned one (negative) or after the last: it then keeps the item away from
    /// periods near it, and the board has shown the item, but it counts neither in the totals of
    /// its topic nor in coverage. A fixed showing within the planned periods counts in both, and
    /// its topic is taken in that period.
    pub held: Vec<(ItemNo, i32)>,
    /// Topics taken in a period by what is none of the items. Each entry counts as a showing of
    /// the topic if its period is planned, and does nothing otherwise.
    pub topics_held: Vec<(TopicNo, i32)>,
}

/// A poster.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Item {
    /// Its topic; `None` never clashes with anything.
    pub topic: Option<TopicNo>,
    /// Where it must be shown, if anywhere.
    pub coverage: Option<Coverage>,
}

/// Where or how often an item must be shown within the planned periods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// How much is wanted.
    pub wanted: Wanted,
    /// The boards that can show it, in ascending order; see [`Instance::boards_taking`].
    pub able: Vec<BoardNo>,
}

/// How much coverage is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Wanted {
    /// Every able board shows it.
    EveryBoard,
    /// So many able boards show it, or all where there are fewer.
    Boards(u32),
    /// It is shown so many times on any boards, or as many times as there are able boards where
    /// these are fewer.
    Showings(u32),
}

/// A kind of place: what may hang there, on which paper.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Place {
    /// Items that may hang here, in ascending order.
    pub takes: Vec<ItemNo>,
    /// The paper that is printed for it; an index into [`Instance::papers`].
    pub paper: usize,
}

/// A place on a board for a stretch of time: what is to be decided.
///
/// A board and period may have many cells, and a slot two or more in one period, where a notice
/// takes the days between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The board.
    pub board: BoardNo,
    /// The board's period, less than [`Board::periods`].
    pub period: usize,
    /// An index into [`Instance::places`].
    pub place: usize,
    /// An index into [`Instance::values`].
    pub span: usize,
    /// The first atom in which the sheet is in use.
    pub first: usize,
    /// The last atom in which the sheet is in use, `first` or later.
    pub last: usize,
    /// What the plan before shows here.
    pub kept: Option<ItemNo>,
    /// Gained where it shows that again: the price of a change, 0 or more.
    pub keep: i64,
    /// What leaving it empty costs.
    pub empty: i64,
    /// The quarter in which its days count, and how many they are.
    pub quarter: usize,
    /// See [`Cell::quarter`].
    pub days: u32,
}

/// On how many days of a quarter's cells, added up, a topic should be shown at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Floor {
    /// The topic.
    pub topic: TopicNo,
    /// The quarter.
    pub quarter: usize,
    /// The days. Of several entries for one topic and quarter the days add up.
    pub days: i64,
}

/// Copies of an item in use by what is fixed, from atom `first` to atom `last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct InUse {
    /// The item.
    pub item: ItemNo,
    /// The paper.
    pub paper: usize,
    /// First atom.
    pub first: usize,
    /// Last atom.
    pub last: usize,
    /// How many copies.
    pub copies: u16,
}

/// Sheets of an item on a paper that exist already and cost nothing. Of several entries for the
/// same item and paper the sheets add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Owned {
    /// The item.
    pub item: ItemNo,
    /// The paper.
    pub paper: usize,
    /// How many sheets.
    pub sheets: u16,
}

impl Instance {
    /// Returns the boards, in ascending order, that have a cell whose place takes the item,
    /// whatever the dates: what `able` of a [`Coverage`] is as a rule.
    #[must_use]
    pub fn boards_taking(&self, item: ItemNo) -> Vec<BoardNo> {
        let takes: Vec<bool> = self
            .places
            .iter()
            .map(|place| place.takes.binary_search(&item).is_ok())
            .collect();
        let mut boards: Vec<BoardNo> = self
            .cells
            .iter()
            .filter(|cell| takes[cell.place])
            .map(|cell| cell.board)
            .collect();
        boards.sort_unstable();
        boards.dedup();
        boards
    }

    /// Returns how much an item's coverage asks for, after what is able is counted.
    pub(super) fn wanted(&self, item: usize) -> i64 {
        let Some(coverage) = &self.items[item].coverage else {
            return 0;
        };
        let able = coverage.able.len() as i64;
        match coverage.wanted {
            Wanted::EveryBoard => able,
            Wanted::Boards(n) | Wanted::Showings(n) => able.min(i64::from(n)),
        }
    }

    /// Returns how many topics there are: one more than the highest number.
    pub(super) fn n_topics(&self) -> usize {
        let of_items = self.items.iter().filter_map(|item| item.topic);
        let held = self.boards.iter().flat_map(|board| &board.topics_held);
        let floors = self.floors.iter().map(|floor| floor.topic);
        let held = held.map(|&(topic, _)| topic);
        let highest = of_items.chain(held).chain(floors).max();
        highest.map_or(0, |highest| highest as usize + 1)
    }
}

impl Board {
    /// Tells whether `period` is a planned one.
    pub(super) fn plans(&self, period: i32) -> bool {
        usize::try_from(period).is_ok_and(|period| period < self.periods)
    }
}
