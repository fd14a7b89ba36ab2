//! Properties of the solver over thousands of random small instances.

use super::chance::{Chance, below};
use super::*;

/// Rolls dice.
struct Dice(Chance);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        below(self.0.two().0, n)
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1) as usize) as i64
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn numbers(&mut self, n: usize) -> Vec<u32> {
        (0..n as u32).filter(|_| !self.one_in(3)).collect()
    }
}

/// How large instances are, at most.
#[derive(Debug, Clone, Copy)]
struct Size {
    boards: usize,
    periods: usize,
    items: usize,
    slots: usize,
}

const SMALL: Size = Size {
    boards: 4,
    periods: 6,
    items: 9,
    slots: 4,
};

/// Small enough to try every plan.
const TINY: Size = Size {
    boards: 2,
    periods: 2,
    items: 4,
    slots: 2,
};

/// An instance with everything that one may have.
fn random(seed: u64, size: Size) -> Instance {
    let mut dice = Dice(Chance::new(seed));
    let n_items = 1 + dice.below(size.items);
    let n_boards = 1 + dice.below(size.boards);
    let n_periods = 1 + dice.below(size.periods);
    let n_papers = 1 + dice.below(2);
    let mut instance = Instance {
        atoms: 2 * n_periods,
        places: (0..3)
            .map(|_| place(&mut dice, n_items, n_papers))
            .collect(),
        papers: (0..n_papers).map(|_| dice.between(0, 30)).collect(),
        values: (0..3 * n_periods)
            .map(|_| values(&mut dice, n_items))
            .collect(),
        items: vec![Item::default(); n_items],
        weights: Weights {
            first_show: dice.between(0, 20),
            topic_excess: dice.between(0, 15),
            uncovered: [0, 50, 100_000][dice.below(3)],
            share: dice.between(0, 5),
        },
        ..Instance::default()
    };
    for number in 0..n_boards {
        // A board of long periods beside one of short ones.
        let length = 1 + dice.below(2);
        let board = board(&mut dice, 2 * n_periods / (2 * length), n_items);
        cells(
            &mut dice,
            &mut instance,
            number,
            board.periods,
            length,
            size.slots,
        );
        instance.boards.push(board);
    }
    for number in 0..n_items {
        instance.items[number] = item(&mut dice, &instance, number);
    }
    fixed(&mut dice, &mut instance);
    instance.floors = (0..dice.below(4))
        .map(|_| Floor {
            topic: dice.below(3) as u32,
            quarter: dice.below(3),
            days: dice.between(0, 20),
        })
        .collect();
    instance
}

fn place(dice: &mut Dice, n_items: usize, n_papers: usize) -> Place {
    Place {
        takes: dice.numbers(n_items),
        paper: dice.below(n_papers),
    }
}

fn values(dice: &mut Dice, n_items: usize) -> Vec<Option<i64>> {
    let value = |_| (!dice.one_in(5)).then(|| dice.between(-5, 40));
    (0..n_items).map(value).collect()
}

fn board(dice: &mut Dice, periods: usize, n_items: usize) -> Board {
    let around = |dice: &mut Dice| dice.between(-3, periods as i64 + 2) as i32;
    Board {
        periods,
        repeat_after: dice.below(4),
        topic_high: dice.below(4) as u32,
        copies: [0, 1, 1, 3][dice.below(4)],
        held: (0..dice.below(3))
            .map(|_| (dice.below(n_items) as u32, around(dice)))
            .collect(),
        topics_held: (0..dice.below(2))
            .map(|_| (dice.below(3) as u32, around(dice)))
            .collect(),
    }
}

fn cells(
    dice: &mut Dice,
    instance: &mut Instance,
    board: usize,
    periods: usize,
    length: usize,
    slots: usize,
) {
    for period in 0..periods {
        let first = period * 2 * length;
        for _ in 0..dice.below(slots + 1) {
            let empty = [0, 10, 1_000][dice.below(3)];
            let cell = Cell {
                board: board as u32,
                period,
                place: dice.below(instance.places.len()),
                span: period * length,
                first,
                last: first + 2 * length - 1,
                kept: dice
                    .one_in(4)
                    .then(|| dice.below(instance.items.len()) as u32),
                keep: dice.between(0, 10),
                empty,
                quarter: period / 2,
                days: 1 + dice.below(9) as u32,
            };
            // A slot that a notice cuts in two.
            let middle = first + length - 1;
            if dice.one_in(4) {
                instance.cells.push(Cell {
                    last: middle,
                    span: dice.below(instance.values.len()),
                    ..cell
                });
                instance.cells.push(Cell {
                    first: middle + 1,
                    ..cell
                });
            } else {
                instance.cells.push(cell);
            }
        }
    }
}

fn item(dice: &mut Dice, instance: &Instance, number: usize) -> Item {
    let n = dice.below(4) as u32;
    let wanted = [Wanted::EveryBoard, Wanted::Boards(n), Wanted::Showings(n)];
    let mut able = instance.boards_taking(number as u32);
    able.retain(|_| !dice.one_in(6));
    Item {
        topic: (!dice.one_in(4)).then(|| dice.below(3) as u32),
        coverage: dice.one_in(2).then(|| Coverage {
            wanted: wanted[dice.below(3)],
            able,
        }),
    }
}

fn fixed(dice: &mut Dice, instance: &mut Instance) {
    let item = |dice: &mut Dice| dice.below(instance.items.len()) as u32;
    for _ in 0..dice.below(3) {
        let first = dice.below(instance.atoms);
        instance.in_use.push(InUse {
            item: item(dice),
            paper: dice.below(instance.papers.len()),
            first,
            last: first + dice.below(instance.atoms - first),
            copies: dice.below(3) as u16,
        });
        instance.owned.push(Owned {
            item: item(dice),
            paper: dice.below(instance.papers.len()),
            sheets: dice.below(3) as u16,
        });
    }
}

/// A plan at random, rules or none.
fn wild(seed: u64, instance: &Instance) -> Assignment {
    let mut dice = Dice(Chance::new(!seed));
    let n_items = instance.items.len();
    let item = |_| (!dice.one_in(4)).then(|| dice.below(n_items) as u32);
    instance.cells.iter().map(item).collect()
}

/// Tries every plan; returns the best objective without a broken rule.
fn optimum(instance: &Instance, plan: &mut Assignment, cell: usize) -> i64 {
    if cell == plan.len() {
        let score = score(instance, plan);
        return if score.violations.is_empty() {
            score.objective
        } else {
            i64::MIN
        };
    }
    let takes = &instance.places[instance.cells[cell].place].takes;
    let mut best = i64::MIN;
    for item in takes.iter().copied().map(Some).chain([None]) {
        plan[cell] = item;
        best = best.max(optimum(instance, plan, cell + 1));
    }
    best
}

/// Returns the sum of what a plan gains, costs left out.
fn gains(parts: &Parts) -> i64 {
    parts.value.max(0) + parts.first_show + parts.keep
}

/// Makes instances from as many seeds as asked for, the same every time.
fn instances(n: u64, size: Size) -> impl Iterator<Item = (u64, Instance)> {
    (0..n).map(move |seed| (seed, random(seed, size)))
}

#[test]
fn no_rule_is_broken_and_nothing_is_lost() {
    for (seed, instance) in instances(2_000, SMALL) {
        let start = greedy(&instance);
        let before = score(&instance, &start);
        assert_eq!(before.violations, [], "seed {seed}");
        let solution = solve(&instance, &start, Effort::Moves(3_000));
        let after = score(&instance, &solution.assignment);
        assert_eq!(after.violations, [], "seed {seed}");
        assert_eq!(after.objective, solution.objective, "seed {seed}");
        assert!(after.objective >= before.objective, "seed {seed}");
        // A bound takes as long as some ten solutions.
        if seed % 16 == 0 {
            assert!(
                bound(&instance, after.objective) >= after.objective,
                "seed {seed}"
            );
        }
    }
}

#[test]
fn what_is_mended_breaks_no_rule_and_lies_within_reach() {
    for (seed, mut instance) in instances(2_000, SMALL) {
        let before = solve(&instance, &greedy(&instance), Effort::Moves(1_000)).assignment;
        for (cell, shown) in instance.cells.iter_mut().zip(&before) {
            cell.kept = *shown;
            cell.keep = cell.keep.max(1);
        }
        // Some cells go, as where a notice takes them.
        let mut dice = Dice(Chance::new(seed ^ 77));
        let gone: Vec<bool> = before.iter().map(|_| dice.one_in(6)).collect();
        let (mut start, mut homeless) = (Vec::new(), Vec::new());
        for (shown, gone) in before.iter().zip(&gone) {
            match gone {
                true => homeless.extend(*shown),
                false => start.push(*shown),
            }
        }
        let mut gone = gone.iter();
        instance
            .cells
            .retain(|_| !*gone.next().expect("one a cell"));
        let left = score(&instance, &start).objective;
        let hit = Hit {
            homeless: &homeless,
            ..Hit::default()
        };
        let mended = repair(&instance, &start, hit);
        let after = score(&instance, &mended.assignment);
        assert_eq!(after.violations, [], "seed {seed}");
        assert_eq!(after.objective, mended.objective, "seed {seed}");
        // Whatever changes pays its price.
        assert!(after.objective >= left, "seed {seed}");
        assert_eq!(repair(&instance, &start, hit), mended, "seed {seed}");
        let n_changed = mended.assignment.iter().zip(&start);
        let n_changed = n_changed.filter(|(after, before)| after != before).count();
        if homeless.is_empty() && start.iter().all(Option::is_some) {
            assert_eq!(n_changed, 0, "seed {seed}");
        }
    }
}

#[test]
fn what_breaks_a_rule_in_the_start_is_left_out() {
    for (seed, instance) in instances(1_000, SMALL) {
        let solution = solve(&instance, &wild(seed, &instance), Effort::Moves(1_000));
        let score = score(&instance, &solution.assignment);
        assert_eq!(score.violations, [], "seed {seed}");
    }
}

#[test]
fn gains_of_moves_are_differences_of_scores() {
    for (seed, instance) in instances(1_000, SMALL) {
        let facts = Facts::new(&instance);
        let wrong = search::first_wrong_gain(&facts, &wild(seed, &instance), seed);
        assert_eq!(wrong, None, "seed {seed}");
    }
}

#[test]
fn explained_terms_sum_to_the_difference_of_scores() {
    for (seed, instance) in instances(1_000, SMALL) {
        let mut plan = greedy(&instance);
        let cells: Vec<usize> = (0..plan.len()).collect();
        for (cell, choices) in explain(&instance, &plan, &cells).into_iter().enumerate() {
            let shown = plan[cell].take();
            let empty = score(&instance, &plan).objective;
            for Choice { item, gain } in choices {
                plan[cell] = Some(item);
                let with = score(&instance, &plan);
                match gain {
                    Ok(parts) => {
                        assert_eq!(with.objective - empty, parts.sum(), "seed {seed}");
                        assert_eq!(with.violations, [], "seed {seed}");
                    }
                    Err(refusal) => assert!(breaks(&with.violations, refusal), "seed {seed}"),
                }
            }
            plan[cell] = shown;
        }
    }
}

#[test]
fn small_plans_are_the_best_there_are() {
    for (seed, instance) in instances(1_000, TINY) {
        if instance.cells.len() > 5 {
            continue;
        }
        let optimum = optimum(&instance, &mut vec![None; instance.cells.len()], 0);
        let solution = solve(&instance, &greedy(&instance), Effort::Moves(20_000));
        let most = gains(&score(&instance, &solution.assignment).parts);
        let found = solution.objective;
        assert!(
            (optimum - found) * 100 <= most,
            "seed {seed}: best {optimum}, found {found}"
        );
        assert!(bound(&instance, optimum) >= optimum, "seed {seed}");
        assert!(bound(&instance, 0) >= optimum, "seed {seed}");
    }
}

#[test]
fn plans_are_equal_on_any_number_of_threads() {
    for (_, instance) in instances(200, SMALL) {
        let plan = || solve(&instance, &greedy(&instance), Effort::Moves(2_000));
        let here = plan();
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..3).map(|_| scope.spawn(plan)).collect();
            for thread in threads {
                assert_eq!(thread.join().expect("it plans"), here);
            }
        });
    }
}

/// Tells whether the refusal names a rule that was broken.
fn breaks(violations: &[Violation], refusal: Refusal) -> bool {
    violations
        .iter()
        .any(|violation| match (violation, refusal) {
            (Violation::Days { .. }, Refusal::Days) => true,
            (Violation::Repeat { .. }, Refusal::Repeat(_)) => true,
            (Violation::Topic { topic, .. }, Refusal::Topic(refused)) => *topic == refused,
            _ => false,
        })
}
