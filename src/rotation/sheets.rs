//! Sheets in use beside those that a puzzle decides on: when, and how many need no printing.
//!
//! Time is cut at every change of what hangs, into the atoms of an [`Instance`].

use std::collections::BTreeMap;

use super::anneal::{InUse, Instance, ItemNo, Owned};
use super::facts::{Day, day_number, number};
use super::problem::Problem;
use super::wall::Wall;

/// The place of each slot, by board and slot.
type Places = BTreeMap<(usize, usize), usize>;

/// A sheet that hangs whatever is decided.
struct Fixed {
    poster: usize,
    paper: usize,
    from: Day,
    to: Day,
    copies: u16,
}

/// Cuts the planned days at every change of what hangs, on the boards or in `cells`, and counts the
/// sheets in use.
pub(super) fn count(
    problem: &Problem,
    (walls, cells): (&[Wall], &[(Day, Day)]),
    places: &Places,
    instance: &mut Instance,
) {
    let (first, last) = (day_number(problem.first), day_number(problem.last));
    let fixed = fixed(problem, walls, places, instance);
    let of_fixed = fixed.iter().map(|sheet| (sheet.from, sheet.to));
    let mut cuts: Vec<Day> = vec![first];
    for (from, to) in cells.iter().copied().chain(of_fixed) {
        // A first week may lie in the year before but for a day, and a last in the year after.
        cuts.extend([from.clamp(first, last), to.clamp(first, last) + 1]);
    }
    cuts.sort_unstable();
    cuts.dedup();
    let atom = |day: Day| {
        let day = day.clamp(first, last);
        cuts.partition_point(|&cut| cut <= day).saturating_sub(1)
    };
    instance.atoms = cuts.len();
    for (cell, &(from, to)) in instance.cells.iter_mut().zip(cells) {
        (cell.first, cell.last) = (atom(from), atom(to));
    }
    instance.in_use.extend(fixed.iter().map(|sheet| InUse {
        item: number(sheet.poster),
        paper: sheet.paper,
        first: atom(sheet.from),
        last: atom(sheet.to),
        copies: sheet.copies,
    }));
    let papers = instance.papers.len();
    instance.owned.extend(owned(problem, papers));
}

/// Returns what hangs whatever is decided. Sheets that were lost since do not count any more among
/// those of past days: as many must be printed again.
fn fixed(problem: &Problem, walls: &[Wall], places: &Places, instance: &Instance) -> Vec<Fixed> {
    let (first, last) = (day_number(problem.first), day_number(problem.last));
    let mut fixed = Vec::new();
    for (board, (facts, wall)) in problem.boards.iter().zip(walls).enumerate() {
        for (row, sheet) in wall.on(first, last) {
            let place = places.get(&(board, row));
            let Some((&place, &lost)) = place.zip(problem.lost.get(sheet.poster)) else {
                continue;
            };
            let lost = if sheet.to < problem.today { lost } else { 0 };
            fixed.push(Fixed {
                poster: sheet.poster,
                paper: instance.places[place].paper,
                from: sheet.from,
                to: sheet.to,
                copies: u16::try_from((facts.copies - lost).max(0)).unwrap_or(u16::MAX),
            });
        }
    }
    fixed
}

/// Lists what came finished from outside, on whichever paper it is.
fn owned(problem: &Problem, n_papers: usize) -> Vec<Owned> {
    let posters = problem.posters.iter().enumerate();
    let received = posters.filter_map(|(at, poster)| {
        let received = poster.page.poster.as_ref()?.received?;
        let sheets = u16::try_from(received).unwrap_or(u16::MAX);
        Some((number(at), sheets))
    });
    let on_each = |(item, sheets): (ItemNo, u16)| {
        (0..n_papers).map(move |paper| Owned {
            item,
            paper,
            sheets,
        })
    };
    received.flat_map(on_each).collect()
}
