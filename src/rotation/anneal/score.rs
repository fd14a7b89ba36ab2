//! What a plan is worth and which rules it breaks, counted afresh.
//!
//! Shares nothing with the solver but the instance: where the two disagree, one is wrong, and a
//! test says so. Slow and plain on purpose.

use std::collections::{BTreeMap, BTreeSet};

use super::instance::{BoardNo, Coverage, Instance, ItemNo, TopicNo, Wanted};

/// What a plan is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// The sum of all parts.
    pub objective: i64,
    /// Where it comes from.
    pub parts: Parts,
    /// Sheets to print.
    pub sheets: i64,
    /// Showings and boards that coverage lacks.
    pub uncovered: i64,
    /// The rules that are broken; none in a plan of the solver.
    pub violations: Vec<Violation>,
}

/// The terms of the objective as they enter it: costs are negative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Parts {
    /// What the showings are worth.
    pub value: i64,
    /// First shows.
    pub first_show: i64,
    /// Too much of one topic.
    pub topic_excess: i64,
    /// Empty cells.
    pub empty: i64,
    /// Printed sheets.
    pub printing: i64,
    /// What coverage lacks.
    pub coverage: i64,
    /// Cells kept as published.
    pub keep: i64,
    /// Days that topics lack of their floors.
    pub share: i64,
}

/// A broken rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Violation {
    /// The place does not take the item.
    Place {
        /// The cell.
        cell: usize,
    },
    /// The item may not hang on these days.
    Days {
        /// The cell.
        cell: usize,
    },
    /// A board shows an item twice in a period or too soon again.
    Repeat {
        /// The board.
        board: BoardNo,
        /// The item.
        item: ItemNo,
        /// The earlier period.
        period: i32,
    },
    /// A board shows two items of a topic in a period.
    Topic {
        /// The board.
        board: BoardNo,
        /// The topic.
        topic: TopicNo,
        /// The period.
        period: i32,
    },
}

/// A showing: the period and whether it is held.
type Showing = (i32, bool);

/// Counts what a plan is worth.
///
/// # Panics
/// If a number in the plan points nowhere.
#[must_use]
pub fn score(instance: &Instance, plan: &[Option<ItemNo>]) -> Score {
    let showings = showings(instance, plan);
    let sheets = sheets(instance, plan);
    let uncovered: i64 = (0..instance.items.len())
        .map(|item| lacks(instance, item as ItemNo, &showings))
        .sum();
    let weights = instance.weights;
    let shown: BTreeSet<(BoardNo, ItemNo)> = showings.keys().copied().collect();
    let parts = Parts {
        first_show: weights.first_show * shown.len() as i64,
        topic_excess: -weights.topic_excess * topic_excess(instance, &showings),
        printing: -sheets
            .iter()
            .map(|(&(_, paper), n)| instance.papers[paper] * n)
            .sum::<i64>(),
        coverage: -weights.uncovered * uncovered,
        share: -weights.share * days_lacking(instance, plan),
        ..of_cells(instance, plan)
    };
    Score {
        objective: parts.sum(),
        parts,
        sheets: sheets.values().sum(),
        uncovered,
        violations: violations(instance, plan, &showings),
    }
}

impl Parts {
    /// Returns the sum of all terms.
    #[must_use]
    pub fn sum(&self) -> i64 {
        self.value
            + self.first_show
            + self.topic_excess
            + self.empty
            + self.printing
            + self.coverage
            + self.keep
            + self.share
    }
}

/// Counts what each cell counts by itself.
fn of_cells(instance: &Instance, plan: &[Option<ItemNo>]) -> Parts {
    let mut parts = Parts::default();
    for (cell, item) in instance.cells.iter().zip(plan) {
        match *item {
            None => parts.empty -= cell.empty,
            Some(item) => {
                parts.value += instance.values[cell.span][item as usize].unwrap_or(0);
                if cell.kept == Some(item) {
                    parts.keep += cell.keep;
                }
            }
        }
    }
    parts
}

/// Lists when each board shows each item, by board and item.
fn showings(
    instance: &Instance,
    plan: &[Option<ItemNo>],
) -> BTreeMap<(BoardNo, ItemNo), Vec<Showing>> {
    let mut showings: BTreeMap<(BoardNo, ItemNo), Vec<Showing>> = BTreeMap::new();
    for (cell, item) in instance.cells.iter().zip(plan) {
        if let Some(item) = *item {
            let period = i32::try_from(cell.period).unwrap_or(i32::MAX);
            let of = showings.entry((cell.board, item)).or_default();
            of.push((period, false));
        }
    }
    for (number, board) in instance.boards.iter().enumerate() {
        for &(item, period) in &board.held {
            let of = showings.entry((number as BoardNo, item)).or_default();
            of.push((period, true));
        }
    }
    for of in showings.values_mut() {
        of.sort_unstable();
    }
    showings
}

fn is_planned(instance: &Instance, board: BoardNo, period: i32) -> bool {
    period >= 0 && (period as usize) < instance.boards[board as usize].periods
}

/// Counts the showings above what a topic may have on a board.
fn topic_excess(instance: &Instance, showings: &BTreeMap<(BoardNo, ItemNo), Vec<Showing>>) -> i64 {
    let mut totals: BTreeMap<(BoardNo, TopicNo), i64> = BTreeMap::new();
    for (&(board, item), of) in showings {
        if let Some(topic) = instance.items[item as usize].topic {
            let planned = of
                .iter()
                .filter(|(period, _)| is_planned(instance, board, *period));
            *totals.entry((board, topic)).or_default() += planned.count() as i64;
        }
    }
    for (number, board) in instance.boards.iter().enumerate() {
        let number = number as BoardNo;
        for &(topic, period) in &board.topics_held {
            if is_planned(instance, number, period) {
                *totals.entry((number, topic)).or_default() += 1;
            }
        }
    }
    totals
        .iter()
        .map(|(&(board, _), n)| (n - i64::from(instance.boards[board as usize].topic_high)).max(0))
        .sum()
}

/// Counts the days that topics lack of their floors.
fn days_lacking(instance: &Instance, plan: &[Option<ItemNo>]) -> i64 {
    let mut lacks: BTreeMap<(TopicNo, usize), i64> = BTreeMap::new();
    for floor in &instance.floors {
        *lacks.entry((floor.topic, floor.quarter)).or_default() += floor.days;
    }
    for (cell, item) in instance.cells.iter().zip(plan) {
        let topic = item.and_then(|item| instance.items[item as usize].topic);
        let lacks = topic.and_then(|topic| lacks.get_mut(&(topic, cell.quarter)));
        if let Some(lacks) = lacks {
            *lacks -= i64::from(cell.days);
        }
    }
    lacks.values().map(|lacks| (*lacks).max(0)).sum()
}

/// Counts the sheets to print, by item and paper.
fn sheets(instance: &Instance, plan: &[Option<ItemNo>]) -> BTreeMap<(ItemNo, usize), i64> {
    let mut in_use: BTreeMap<(ItemNo, usize), BTreeMap<usize, i64>> = BTreeMap::new();
    let mut add = |item, paper, atoms: std::ops::RangeInclusive<usize>, copies: u16| {
        let of = in_use.entry((item, paper)).or_default();
        for atom in atoms {
            *of.entry(atom).or_default() += i64::from(copies);
        }
    };
    for used in &instance.in_use {
        add(used.item, used.paper, used.first..=used.last, used.copies);
    }
    for (cell, item) in instance.cells.iter().zip(plan) {
        if let Some(item) = *item {
            let paper = instance.places[cell.place].paper;
            let copies = instance.boards[cell.board as usize].copies;
            add(item, paper, cell.first..=cell.last, copies);
        }
    }
    let mut sheets: BTreeMap<(ItemNo, usize), i64> = in_use
        .into_iter()
        .map(|(of, by_atom)| (of, by_atom.into_values().max().unwrap_or(0)))
        .collect();
    for owned in &instance.owned {
        if let Some(sheets) = sheets.get_mut(&(owned.item, owned.paper)) {
            *sheets -= i64::from(owned.sheets);
        }
    }
    sheets.retain(|_, sheets| *sheets > 0);
    sheets
}

/// Counts what an item's coverage lacks.
fn lacks(
    instance: &Instance,
    item: ItemNo,
    showings: &BTreeMap<(BoardNo, ItemNo), Vec<Showing>>,
) -> i64 {
    let Some(Coverage { wanted, able }) = &instance.items[item as usize].coverage else {
        return 0;
    };
    let planned = |board: BoardNo| {
        let of = showings.get(&(board, item)).map_or(&[][..], Vec::as_slice);
        let planned = of
            .iter()
            .filter(|(period, _)| is_planned(instance, board, *period));
        planned.count() as i64
    };
    let boards = able.iter().filter(|&&board| planned(board) > 0).count() as i64;
    let n_able = able.len() as i64;
    match *wanted {
        Wanted::EveryBoard => n_able - boards,
        Wanted::Boards(n) => (n_able.min(i64::from(n)) - boards).max(0),
        Wanted::Showings(n) => {
            let all = 0..instance.boards.len() as BoardNo;
            (n_able.min(i64::from(n)) - all.map(planned).sum::<i64>()).max(0)
        }
    }
}

fn violations(
    instance: &Instance,
    plan: &[Option<ItemNo>],
    showings: &BTreeMap<(BoardNo, ItemNo), Vec<Showing>>,
) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (number, (cell, item)) in instance.cells.iter().zip(plan).enumerate() {
        let Some(item) = *item else { continue };
        if !instance.places[cell.place].takes.contains(&item) {
            violations.push(Violation::Place { cell: number });
        }
        if instance.values[cell.span][item as usize].is_none() {
            violations.push(Violation::Days { cell: number });
        }
    }
    violations.extend(repeats(instance, showings));
    violations.extend(topic_clashes(instance, plan));
    violations
}

/// Finds showings too near; what is held is not the plan's fault among itself.
fn repeats(
    instance: &Instance,
    showings: &BTreeMap<(BoardNo, ItemNo), Vec<Showing>>,
) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (&(board, item), of) in showings {
        let repeat_after = instance.boards[board as usize].repeat_after;
        for (n, &(period, held)) in of.iter().enumerate() {
            for &(later, later_held) in &of[n + 1..] {
                let apart = later.abs_diff(period) as usize;
                if apart <= repeat_after && !(held && later_held) {
                    violations.push(Violation::Repeat {
                        board,
                        item,
                        period,
                    });
                }
            }
        }
    }
    violations
}

/// Finds topics that stand twice in a period with at least one showing that is not held.
fn topic_clashes(instance: &Instance, plan: &[Option<ItemNo>]) -> Vec<Violation> {
    let topic_of = |item: ItemNo| instance.items[item as usize].topic;
    let mut decided: BTreeMap<(BoardNo, TopicNo, i32), usize> = BTreeMap::new();
    for (cell, item) in instance.cells.iter().zip(plan) {
        if let Some(topic) = item.and_then(topic_of) {
            let period = i32::try_from(cell.period).unwrap_or(i32::MAX);
            *decided.entry((cell.board, topic, period)).or_default() += 1;
        }
    }
    let is_held = |board: BoardNo, topic: TopicNo, period: i32| {
        let board = &instance.boards[board as usize];
        let of_items = board.held.iter().map(|&(item, at)| (topic_of(item), at));
        let topics = board.topics_held.iter().map(|&(held, at)| (Some(held), at));
        of_items
            .chain(topics)
            .any(|held| held == (Some(topic), period))
    };
    decided
        .into_iter()
        .filter(|&((board, topic, period), n)| n > 1 || is_held(board, topic, period))
        .map(|((board, topic, period), _)| Violation::Topic {
            board,
            topic,
            period,
        })
        .collect()
}
