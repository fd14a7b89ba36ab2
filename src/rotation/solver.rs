//! How the choice of evergreens is sought, and where what was found is kept: a puzzle that was
//! solved before is not solved again, and a word changed on a page makes no other puzzle.

use std::convert::Infallible;

use super::anneal::{self, Assignment, Effort, Instance, Solution};
use crate::cache::{Cache, CacheKey, packed};

/// What sets the keys of puzzles apart from those of other things.
const KIND: &[u8] = b"puzzle";

/// How to solve puzzles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Solver<'c> {
    effort: Effort,
    cache: Option<&'c Cache>,
}

impl<'c> Solver<'c> {
    /// Searches so long, and keeps what it finds in `cache`.
    pub(super) fn remembering(effort: Effort, cache: &'c Cache) -> Self {
        Self {
            effort,
            cache: Some(cache),
        }
    }

    /// Betters the plan `start`; see [`anneal::solve`].
    pub(super) fn solve(self, instance: &Instance, start: &Assignment) -> Solution {
        let search = || anneal::solve(instance, start, self.effort);
        let known = self.cache.and_then(|cache| {
            let puzzle = packed(&(instance, start, self.effort))?;
            Some((cache, CacheKey::of(&[KIND, &puzzle])))
        });
        let Some((cache, key)) = known else {
            return search();
        };
        let Ok(solution) = cache.value(key, || Ok::<_, Infallible>(search()));
        solution
    }
}

impl From<Effort> for Solver<'_> {
    /// Searches so long, and keeps nothing.
    fn from(effort: Effort) -> Self {
        Self {
            effort,
            cache: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::anneal::{Board, Cell, Item, Place};
    use super::*;
    use crate::cache::testing::Drawer;

    /// One cell and two sheets for it, of which the second is worth more.
    fn puzzle() -> Instance {
        Instance {
            atoms: 1,
            boards: vec![Board {
                periods: 1,
                copies: 1,
                ..Board::default()
            }],
            items: vec![Item::default(); 2],
            places: vec![Place {
                takes: vec![0, 1],
                paper: 0,
            }],
            papers: vec![0],
            values: vec![vec![Some(10), Some(20)]],
            cells: vec![Cell {
                board: 0,
                period: 0,
                place: 0,
                span: 0,
                first: 0,
                last: 0,
                kept: None,
                keep: 0,
                empty: 0,
                quarter: 0,
                days: 7,
            }],
            ..Instance::default()
        }
    }

    #[test]
    fn what_is_kept_of_a_puzzle_is_its_answer_and_another_puzzle_has_its_own() {
        let drawer = Drawer::default();
        let (mut puzzle, start) = (puzzle(), vec![None]);
        for _ in 0..2 {
            // Another run of the program has the store and no memory.
            let cache = Cache::with(drawer.clone());
            let solver = Solver::remembering(Effort::Moves(1_000), &cache);
            let found = solver.solve(&puzzle, &start);
            assert_eq!(found, anneal::solve(&puzzle, &start, Effort::Moves(1_000)));
            assert_eq!(found.assignment, [Some(1)]);
            assert_eq!(drawer.entries().len(), 1);
        }
        puzzle.values[0][0] = Some(30);
        let cache = Cache::with(drawer.clone());
        let solver = Solver::remembering(Effort::Moves(1_000), &cache);
        assert_eq!(solver.solve(&puzzle, &start).assignment, [Some(0)]);
        assert_eq!(drawer.entries().len(), 2);
    }
}
