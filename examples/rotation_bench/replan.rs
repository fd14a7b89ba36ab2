//! What a change costs: edits of an instance at random, each mended by the solver's `repair` and
//! searched anew as a whole, side by side.
//!
//! An edit is what staff do: a poster pinned to a slot, one taken off a board, a board out of order,
//! an urgent notice on every board, a late text.

use std::time::Instant;

use greenboard::rotation::anneal::{
    Cell, Effort, Hit, InUse, Instance, Item, ItemNo, greedy, repair, score, solve,
};

/// The price of a change, in the instance's points: a step of priority.
const KEEP: i64 = 4;

/// Kinds of edits, as they are told.
const KINDS: [&str; 5] = ["pin", "off", "closed", "urgent", "late text"];

/// A plan that is carried out, and its instance.
struct Standing {
    instance: Instance,
    plan: Vec<Option<ItemNo>>,
    /// What the plan was worth before any edit.
    worth: i64,
}

/// What an edit leaves.
struct Edited {
    standing: Standing,
    /// Items that lost their cell, or are new.
    homeless: Vec<ItemNo>,
}

/// Sums over the edits of one kind.
#[derive(Default)]
struct Sums {
    milliseconds: Vec<f64>,
    /// What a whole search has more, the price of changes left out, in percent of the plan before.
    loss: Vec<f64>,
    changes: Vec<usize>,
    anew: Vec<usize>,
}

/// Makes `n` edits of each kind and prints a line a kind.
pub fn measure(instance: &Instance, n: usize) {
    let solution = solve(instance, &greedy(instance), Effort::Thorough);
    let mut standing = Standing {
        instance: instance.clone(),
        plan: solution.assignment,
        worth: solution.objective,
    };
    for cell in &mut standing.instance.cells {
        cell.keep = KEEP;
    }
    let mut dice = Dice(20_261_130);
    println!(
        "mean, most | milliseconds      | % lost            | changes           | a whole search's"
    );
    for (kind, name) in KINDS.iter().enumerate() {
        let mut sums = Sums::default();
        for _ in 0..n {
            let edited = edit(&standing, kind, &mut dice);
            sums.add(&edited);
        }
        sums.print(name);
    }
}

impl Sums {
    fn add(&mut self, edited: &Edited) {
        let Edited { standing, homeless } = edited;
        let instance = &standing.instance;
        let hit = Hit {
            homeless,
            ..Hit::default()
        };
        let begin = Instant::now();
        let mended = repair(instance, &standing.plan, hit);
        let milliseconds = begin.elapsed().as_secs_f64() * 1e3;
        let worth = |plan: &[Option<ItemNo>]| {
            let score = score(instance, plan);
            assert_eq!(score.violations, []);
            score.objective - score.parts.keep
        };
        let mut without_keep = instance.clone();
        for cell in &mut without_keep.cells {
            cell.keep = 0;
        }
        // A whole search, which knows nothing of what hung before.
        let free = solve(&without_keep, &greedy(instance), Effort::Thorough).assignment;
        let (ours, best) = (worth(&mended.assignment), worth(&free));
        let differs = |plan: &[Option<ItemNo>]| {
            let before = standing.plan.iter().zip(plan);
            before.filter(|(before, after)| before != after).count()
        };
        self.milliseconds.push(milliseconds);
        self.loss
            .push(100.0 * (best - ours) as f64 / standing.worth as f64);
        self.changes.push(differs(&mended.assignment));
        self.anew.push(differs(&free));
    }

    fn print(&self, name: &str) {
        let count = |of: &[usize]| of.iter().map(|&n| n as f64).collect::<Vec<f64>>();
        println!(
            "{name:10} {} {} {} {}",
            told(&self.milliseconds, 1),
            told(&self.loss, 3),
            told(&count(&self.changes), 1),
            told(&count(&self.anew), 1),
        );
    }
}

/// Tells mean and maximum.
fn told(of: &[f64], digits: usize) -> String {
    let mean = of.iter().sum::<f64>() / of.len() as f64;
    let most = of.iter().copied().fold(f64::MIN, f64::max);
    format!("| {mean:8.digits$} {most:8.digits$}")
}

/// Makes an edit; what the cells showed before is what they keep.
fn edit(before: &Standing, kind: usize, dice: &mut Dice) -> Edited {
    let mut edited = Edited {
        standing: Standing {
            instance: before.instance.clone(),
            plan: before.plan.clone(),
            worth: before.worth,
        },
        homeless: Vec::new(),
    };
    for (cell, shown) in edited.standing.instance.cells.iter_mut().zip(&before.plan) {
        cell.kept = *shown;
    }
    let at = dice.below(before.plan.len());
    match kind {
        0 => pin(&mut edited, at, dice),
        1 => off(&mut edited, at),
        2 => closed(&mut edited, at),
        3 => urgent(&mut edited, at),
        _ => late(&mut edited, at, dice),
    }
    edited
}

/// A poster hangs in one cell, whatever was planned there.
fn pin(edited: &mut Edited, at: usize, dice: &mut Dice) {
    let instance = &mut edited.standing.instance;
    let cell = instance.cells[at];
    let place = &instance.places[cell.place];
    let may = |item: &&ItemNo| instance.values[cell.span][**item as usize].is_some();
    let may: Vec<ItemNo> = place.takes.iter().filter(may).copied().collect();
    let item = may[dice.below(may.len())];
    let board = &mut instance.boards[cell.board as usize];
    board.held.push((item, cell.period as i32));
    instance.in_use.push(InUse {
        item,
        paper: place.paper,
        first: cell.first,
        last: cell.last,
        copies: board.copies,
    });
    edited.remove(|number, _| number == at);
}

/// What hangs in a cell comes down there and on the whole board.
fn off(edited: &mut Edited, at: usize) {
    let instance = &mut edited.standing.instance;
    let Some(item) = edited.standing.plan[at] else {
        return;
    };
    let board = instance.cells[at].board;
    let mut place = instance.places[instance.cells[at].place].clone();
    place.takes.retain(|&it| it != item);
    instance.places.push(place);
    let place = instance.places.len() - 1;
    for cell in instance.cells.iter_mut().filter(|it| it.board == board) {
        cell.place = place;
    }
    edited.homeless.push(item);
}

/// A board is out of order for two periods.
fn closed(edited: &mut Edited, at: usize) {
    let cell = edited.standing.instance.cells[at];
    let days = cell.period..cell.period + 2;
    edited.remove(|_, it| it.board == cell.board && days.contains(&it.period));
}

/// A notice takes one cell of every board in a period: the least of what hangs there.
fn urgent(edited: &mut Edited, at: usize) {
    let Standing { instance, plan, .. } = &edited.standing;
    let period = instance.cells[at].period;
    let mut least: Vec<Option<(i64, usize)>> = vec![None; instance.boards.len()];
    for (number, cell) in instance.cells.iter().enumerate() {
        if cell.period != period {
            continue;
        }
        let worth = plan[number].and_then(|item| instance.values[cell.span][item as usize]);
        let own = (worth.unwrap_or(0), number);
        let least = &mut least[cell.board as usize];
        *least = Some(least.map_or(own, |other| other.min(own)));
    }
    let taken: Vec<usize> = least.into_iter().flatten().map(|(_, at)| at).collect();
    edited.remove(|number, _| taken.contains(&number));
}

/// A text comes in: a campaign of one period, to be shown on every board or where it is worth it.
fn late(edited: &mut Edited, at: usize, dice: &mut Dice) {
    let instance = &mut edited.standing.instance;
    let cell = instance.cells[at];
    let new = instance.items.len() as ItemNo;
    for place in &mut instance.places {
        place.takes.push(new);
    }
    for (span, values) in instance.values.iter_mut().enumerate() {
        values.push((span == cell.span).then_some(65));
    }
    instance.items.push(Item {
        topic: Some(dice.below(10) as u32),
        coverage: None,
    });
    edited.homeless.push(new);
}

impl Edited {
    /// Takes cells away, and remembers what hung there.
    fn remove(&mut self, is_gone: impl Fn(usize, &Cell) -> bool) {
        let cells = std::mem::take(&mut self.standing.instance.cells);
        let plan = std::mem::take(&mut self.standing.plan);
        for (number, (cell, shown)) in cells.into_iter().zip(plan).enumerate() {
            if is_gone(number, &cell) {
                self.homeless.extend(shown);
            } else {
                self.standing.instance.cells.push(cell);
                self.standing.plan.push(shown);
            }
        }
        self.homeless.sort_unstable();
        self.homeless.dedup();
    }
}

/// A generator of its own (xorshift64*), so that the edits stay what they are.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % n
    }
}
