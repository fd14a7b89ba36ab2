//! What hangs nowhere, or on screens alone: said with what keeps it off and a way that exists.
//!
//! Nobody reads a whole plan. A notice that no board shows, or that runs over a strip of lamps as
//! a title and nothing else, is told of wherever the plan is made.

use std::cmp::Reverse;

use super::anneal::{self, Cell, ItemNo};
use super::explain::points;
use super::facts::{BoardFacts, Day, POINT, Stay};
use super::fill;
use super::insert;
use super::problem::Problem;
use super::reasons::{Reasons, name};
use super::solve::Solution;
use crate::diag::{Code, Diagnostic, Diagnostics, Value, Words, words};
use crate::measure::Fits;
use crate::site::{Approval, BoardKind, Page, PosterWish, Site};

/// How many cells are looked at for the one in which a poster that hangs nowhere lacks least.
const MOST_CELLS: usize = 400;
/// How many evergreens that hang nowhere are told what they lack; where there are more of them,
/// the boards are full and the answer is the same.
const MOST_EXPLAINED: usize = 12;

/// A plan, and what it was made of.
struct Made<'a> {
    site: &'a Site,
    reasons: Reasons<'a>,
    problem: &'a Problem<'a>,
    solution: &'a Solution,
}

/// Reports what has a poster that hangs nowhere from today on, or on screens alone.
pub(super) fn report(
    site: &Site,
    fits: &Fits,
    problem: &Problem,
    solution: &Solution,
    diagnostics: &mut Diagnostics,
) {
    let made = Made {
        site,
        reasons: Reasons {
            fits,
            problem,
            solution,
        },
        problem,
        solution,
    };
    let mut without_board = Vec::new();
    let mut n_explained = 0;
    for page in &site.pages {
        let Some(wish) = &page.poster else { continue };
        if site.boards.is_empty() {
            without_board.push((page, wish));
            continue;
        }
        diagnostics.extend(made.told(page, wish, &mut n_explained));
    }
    if let Some((_, wish)) = without_board.first() {
        let none = Diagnostic::new(Code::NoBoards).at(wish.span.clone());
        diagnostics.push(none.with("n", without_board.len()));
    }
}

impl Made<'_> {
    /// Says what is to be said of one page; nothing where it hangs.
    fn told(&self, page: &Page, wish: &PosterWish, n_explained: &mut usize) -> Diagnostics {
        let say = |code: Code| {
            Diagnostic::new(code)
                .at(wish.span.clone())
                .with("title", &page.title)
        };
        let Some(number) = self.problem.poster(&page.id) else {
            let told = (self.is_to_come(page)).then(|| say(Code::UnhungDraft));
            return told
                .map(|told| told.with("status", status(page)))
                .into_iter()
                .collect();
        };
        let failed = |failure: &super::demand::Failure| failure.must.poster == number;
        let poster = &self.problem.posters[number];
        let (Stay::Exactly(from, to) | Stay::While(from, to) | Stay::Rotating(from, to)) =
            poster.stay;
        let end = super::facts::day_number(self.problem.last);
        if to < self.problem.today || end < from || self.solution.failures.iter().any(failed) {
            return Diagnostics::default();
        }
        let days = (from.max(self.problem.today), to.min(end));
        let told = if poster.rotates() {
            let hangs = self.solution.plan.of_poster(&page.id).next().is_some();
            (!hangs).then(|| match self.takes_it(number) {
                true => say(Code::UnhungEvergreen).with("cause", {
                    *n_explained += 1;
                    match *n_explained <= MOST_EXPLAINED {
                        true => self.outranked(number),
                        false => words("unhung-among-many"),
                    }
                }),
                false => say(Code::Unhung).with("cause", self.no_slot(wish)),
            })
        } else {
            self.notice(number, page, wish, days, &say)
        };
        told.into_iter().collect()
    }

    /// Says of a notice that no board shows it, or only screens.
    fn notice(
        &self,
        number: usize,
        page: &Page,
        wish: &PosterWish,
        days: (Day, Day),
        say: &dyn Fn(Code) -> Diagnostic,
    ) -> Option<Diagnostic> {
        let shows = |at: usize| {
            let mut sheets = self.solution.walls[at].on(days.0, days.1);
            sheets.any(|(_, sheet)| sheet.poster == number)
        };
        let is_paper = |facts: &BoardFacts| facts.board.kind != BoardKind::Screen;
        let boards = || self.problem.boards.iter().enumerate();
        let shown: Vec<&BoardFacts> = boards()
            .filter(|(at, _)| shows(*at))
            .map(|(_, facts)| facts)
            .collect();
        let open = |facts: &&(usize, &BoardFacts)| {
            wish.welcomes(facts.1.board) && !facts.1.slots.is_empty()
        };
        let open: Vec<(usize, &BoardFacts)> = boards().filter(|it| open(&it)).collect();
        let paper: Vec<(usize, &BoardFacts)> = (open.iter().copied())
            .filter(|(_, facts)| is_paper(facts))
            .collect();
        match shown[..] {
            [] if !self.takes_it(number) => {
                Some(say(Code::Unhung).with("cause", self.no_slot(wish)))
            }
            [] => {
                let told = say(Code::Unhung).with("cause", self.reasons.of(number, days, &open));
                Some(self.way(told, number, page, &open))
            }
            ref shown if shown.iter().any(|facts| is_paper(facts)) || paper.is_empty() => None,
            ref shown => {
                let screens = shown.iter().map(|facts| &facts.board.title);
                let told = say(Code::OnScreensOnly)
                    .with("screens", Value::list(screens))
                    .with("cause", self.reasons.of(number, days, &paper));
                let told = self.way(told, number, page, &paper);
                let to_board = |(_, facts): &&(usize, &BoardFacts)| {
                    facts.slots.iter().any(|slot| slot.takes[number])
                };
                let board = paper.iter().find(to_board);
                Some(told.with_some("board", board.map(|(_, facts)| &facts.board.id)))
            }
        }
    }

    fn is_to_come(&self, page: &Page) -> bool {
        page.expires.is_none_or(|last| self.site.today <= last)
            && page.date.is_none_or(|date| date <= self.problem.last)
    }

    fn takes_it(&self, number: usize) -> bool {
        self.problem.boards.iter().any(|facts| {
            facts.slots.iter().any(|slot| slot.takes[number]) || facts.takes_several(number)
        })
    }

    /// Says why no slot of any board takes a poster.
    fn no_slot(&self, wish: &PosterWish) -> Words {
        let welcome = || {
            let boards = self.problem.boards.iter();
            boards.filter(|facts| wish.welcomes(facts.board))
        };
        words(if welcome().any(|facts| !facts.slots.is_empty()) {
            "unhung-no-slot"
        } else if welcome().next().is_some() {
            "unhung-slots-fixed"
        } else {
            "unhung-no-board"
        })
    }

    /// Adds a way out that exists.
    fn way(
        &self,
        told: Diagnostic,
        number: usize,
        page: &Page,
        boards: &[(usize, &BoardFacts)],
    ) -> Diagnostic {
        let has_room = |(_, facts): &(usize, &BoardFacts)| {
            facts.slots.iter().any(|slot| slot.takes[number]) || facts.takes_several(number)
        };
        if !boards.iter().any(has_room) {
            return told.with("full", words("unhung-too-long"));
        }
        let walls = &self.solution.walls;
        let tries = boards.iter();
        let found = tries.filter_map(|(at, _)| insert::spot(self.problem, walls, (*at, number)));
        let best = found.min_by_key(Vec::len);
        if let Some(others) = best {
            let file = page.path.to_string();
            return match &others[..] {
                [] => told.with("room", file),
                others => told.with("insert", file).with(
                    "instead",
                    Value::list(others.iter().map(|it| name(self.problem, *it))),
                ),
            };
        }
        told.with("full", words("unhung-full"))
    }

    /// Says what keeps an evergreen off, which slots would take.
    fn outranked(&self, number: usize) -> Words {
        let solved = &self.solution.solved;
        let instance = &solved.puzzle.instance;
        let item = ItemNo::try_from(number).expect("nobody writes 2^32 pages");
        let can_show = |&cell: &usize| {
            let Cell { place, span, .. } = instance.cells[cell];
            let takes = &instance.places[place].takes;
            takes.binary_search(&item).is_ok() && instance.values[span][number].is_some()
        };
        let mut cells: Vec<usize> = (0..instance.cells.len()).filter(can_show).collect();
        if cells.is_empty() {
            return self.no_stretch();
        }
        cells.sort_by_key(|&cell| Reverse(solved.puzzle.spots[cell].to));
        cells.truncate(MOST_CELLS);
        let mut best: Option<(i64, usize)> = None;
        let explained = anneal::explain(instance, &solved.assignment, &cells);
        for (cell, choices) in cells.iter().zip(explained) {
            let gain = |wanted: Option<ItemNo>| {
                let choice = choices.iter().find(|choice| Some(choice.item) == wanted)?;
                choice.gain.ok().map(|parts| parts.sum())
            };
            let Some(own) = gain(Some(item)) else {
                continue;
            };
            let lacks = gain(solved.assignment[*cell]).unwrap_or(0) - own;
            if best.is_none_or(|(least, _)| lacks < least) {
                best = Some((lacks, *cell));
            }
        }
        let Some((lacks, cell)) = best else {
            return words("unhung-topic");
        };
        let spot = &solved.puzzle.spots[cell];
        let board = &self.problem.boards[spot.board].board.title;
        if self.problem.posters[number].is_off(spot.from, spot.to) {
            return words("unhung-season");
        }
        if lacks < POINT {
            return words("unhung-even");
        }
        words("unhung-outranked")
            .with("board", board)
            .with("lacks", points(lacks))
            .with("priority", self.site.settings.rotation.weights.priority)
    }

    /// Says why there is no stretch of a slot for an evergreen: all is settled, or taken.
    fn no_stretch(&self) -> Words {
        let boards = self.problem.boards.iter().zip(&self.solution.walls);
        let mut open = boards.flat_map(|(facts, wall)| {
            let coming = facts
                .periods
                .iter()
                .filter(|it| it.last >= self.problem.today);
            coming.flat_map(|period| fill::spots(self.problem, facts, wall, period))
        });
        match open.next() {
            Some(_) => words("unhung-no-stretch"),
            None => words("unhung-no-free-slot"),
        }
    }
}

fn status(page: &Page) -> Words {
    words(match page.approval {
        Approval::Draft => "a-draft",
        _ => "in-review",
    })
}
