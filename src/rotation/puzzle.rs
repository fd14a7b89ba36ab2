//! The plan's evergreens as a puzzle for the solver, and its answer back on the walls.
//!
//! Public notices, notices and what is on record are fixed by the time this runs; every stretch of
//! days that they leave to evergreens is a cell. What is fixed still counts: its topics are taken,
//! its sheets are in use. Amounts are hundredths of the points in `greenboard.yaml`, so that a
//! price in 分 needs no rounding.

use std::collections::BTreeMap;

use super::anneal::{
    self, Assignment, BoardNo, Cell, Coverage, Instance, Item, ItemNo, Place, Wanted,
};
use super::carry::Format;
use super::facts::{Day, Demand, POINT, Stay, day_number, number};
use super::fill::spots;
use super::problem::Problem;
use super::solver::Solver;
use super::wall::{Notices, Sheet, Wall};
use super::{Origin, floors, linger, sheets, way};
use crate::site::Make;

/// What coverage that is not met costs, in points: more than everything else together.
const UNCOVERED: i64 = 1_000_000;

/// The puzzle and what its numbers stand for.
pub(super) struct Puzzle {
    pub(super) instance: Instance,
    /// The slot and days of each cell.
    pub(super) spots: Vec<CellSpot>,
    /// By span of the instance, the topics of notices that hang on the board and on how many days.
    pub(super) beside: Vec<Notices>,
    /// What the walls show in each cell before solving.
    pub(super) start: Assignment,
}

/// Where a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellSpot {
    pub(super) board: usize,
    pub(super) row: usize,
    pub(super) from: Day,
    pub(super) to: Day,
}

impl Puzzle {
    /// Takes the planned evergreens off `walls` and asks anew what to hang in their stead.
    pub(super) fn of(problem: &Problem, walls: &mut [Wall]) -> Self {
        let hung = take_evergreens(problem, walls);
        linger::stay(problem, walls);
        let mut puzzle = Self::of_cells(problem, walls, &open_cells(problem, walls));
        puzzle.start = start(&puzzle, &hung);
        puzzle
    }

    /// Asks what to hang in each cell, of which the board's period is given by its place in the
    /// row; nothing hangs there yet.
    pub(super) fn of_cells(problem: &Problem, walls: &[Wall], cells: &[(CellSpot, usize)]) -> Self {
        let mut maker = Maker::new(problem, walls);
        for &(spot, period) in cells {
            maker.cell(&walls[spot.board], spot, period);
        }
        let mut puzzle = maker.finish(walls);
        puzzle.start = vec![None; cells.len()];
        puzzle
    }

    /// Hangs what the solver finds.
    pub(super) fn solve(self, problem: &Problem, walls: &mut [Wall], solver: Solver) -> Solved {
        let solution = solver.solve(&self.instance, &self.start);
        self.hang(problem, walls, solution)
    }

    /// Hangs what the solver found.
    pub(super) fn hang(
        self,
        problem: &Problem,
        walls: &mut [Wall],
        solution: anneal::Solution,
    ) -> Solved {
        for (spot, item) in self.spots.iter().zip(&solution.assignment) {
            let Some(item) = item else { continue };
            let sheet = Sheet {
                from: spot.from,
                to: spot.to,
                poster: *item as usize,
                origin: Origin::Planned,
            };
            walls[spot.board].put(&problem.boards[spot.board], spot.row, sheet);
        }
        Solved {
            objective: solution.objective,
            assignment: solution.assignment,
            puzzle: self,
        }
    }
}

/// A puzzle with its answer, for those who ask why.
pub(super) struct Solved {
    pub(super) puzzle: Puzzle,
    pub(super) assignment: Assignment,
    /// In hundredths of points.
    pub(super) objective: i64,
}

impl Solved {
    /// Returns what no choice can better, in hundredths of points.
    pub(super) fn bound(&self) -> i64 {
        anneal::bound(&self.puzzle.instance, self.objective)
    }

    /// Returns the gains of the choice without its costs, in hundredths of points.
    pub(super) fn gained(&self) -> i64 {
        let parts = anneal::score(&self.puzzle.instance, &self.assignment).parts;
        parts.value + parts.first_show + parts.keep
    }
}

/// Lists the stretches of days that are left to evergreens, each with the place of its period.
pub(super) fn open_cells(problem: &Problem, walls: &[Wall]) -> Vec<(CellSpot, usize)> {
    let mut cells = Vec::new();
    for (board, (facts, wall)) in problem.boards.iter().zip(walls).enumerate() {
        let periods = facts.periods.iter().enumerate();
        for (at, period) in periods.filter(|(_, period)| !problem.is_closed(period)) {
            let spots = spots(problem, facts, wall, period).into_iter();
            cells.extend(spots.map(|spot| {
                let spot = CellSpot {
                    board,
                    row: spot.row,
                    from: spot.from,
                    to: spot.to,
                };
                (spot, at)
            }));
        }
    }
    cells
}

/// Takes down what rotates and was only planned; returns what hung where.
fn take_evergreens(problem: &Problem, walls: &mut [Wall]) -> BTreeMap<(usize, usize, Day), usize> {
    let mut hung = BTreeMap::new();
    for (board, (facts, wall)) in problem.boards.iter().zip(walls).enumerate() {
        let all: Vec<(usize, Sheet)> = wall.all().collect();
        for (row, sheet) in all {
            if sheet.origin == Origin::Planned && rotates(problem, sheet.poster) {
                wall.take(facts, row, sheet);
                hung.insert((board, row, sheet.from), sheet.poster);
            }
        }
    }
    hung
}

pub(super) fn rotates(problem: &Problem, poster: usize) -> bool {
    let poster = problem.posters.get(poster);
    poster.is_some_and(|poster| matches!(poster.stay, Stay::Rotating(..)))
}

/// Returns what hung in each cell; one that grew or shrank shows what hung in its days.
fn start(puzzle: &Puzzle, hung: &BTreeMap<(usize, usize, Day), usize>) -> Assignment {
    let shown = |(cell, spot): (&Cell, &CellSpot)| {
        let (board, row) = (spot.board, spot.row);
        let mut within = hung.range((board, row, spot.from)..=(board, row, spot.to));
        let item = number(*within.next()?.1);
        let takes = &puzzle.instance.places[cell.place].takes;
        let allowed = puzzle.instance.values[cell.span][item as usize].is_some();
        (takes.binary_search(&item).is_ok() && allowed).then_some(item)
    };
    puzzle
        .instance
        .cells
        .iter()
        .zip(&puzzle.spots)
        .map(shown)
        .collect()
}

/// What is kept in each slot, by board and slot, with its days.
type Kept<'a> = BTreeMap<(&'a str, &'a str), Vec<(Day, Day, ItemNo)>>;

/// Puts an instance together.
struct Maker<'a> {
    problem: &'a Problem<'a>,
    instance: Instance,
    spots: Vec<CellSpot>,
    papers: BTreeMap<(Format, &'a Make), usize>,
    /// By board and slot, its place; several slots share one where they take the same.
    places: BTreeMap<(usize, usize), usize>,
    kept: Kept<'a>,
    /// The days of each span of the instance, with what notices hang beside.
    spans: BTreeMap<(Day, Day, Notices), usize>,
}

impl<'a> Maker<'a> {
    fn new(problem: &'a Problem, walls: &[Wall]) -> Self {
        let mut maker = Self {
            problem,
            instance: Instance::default(),
            spots: Vec::new(),
            papers: BTreeMap::new(),
            places: BTreeMap::new(),
            kept: kept(problem),
            spans: BTreeMap::new(),
        };
        let weights = problem.weights;
        maker.instance.weights = anneal::Weights {
            first_show: weights.first_show * POINT,
            topic_excess: weights.topic_excess * POINT,
            uncovered: UNCOVERED * POINT,
            share: weights.share * POINT,
        };
        maker.places();
        maker.boards(walls);
        maker
    }

    /// Numbers the papers, and what each slot takes.
    fn places(&mut self) {
        for (board, facts) in self.problem.boards.iter().enumerate() {
            for (row, slot) in facts.slots.iter().enumerate() {
                let paper = self.paper(Format::of(slot.slot.area.size()), &facts.board.make);
                let takes = (0..self.problem.posters.len())
                    .filter(|&poster| slot.takes[poster] && rotates(self.problem, poster))
                    .map(number)
                    .collect();
                let place = Place { takes, paper };
                self.places.insert((board, row), self.instance.places.len());
                self.instance.places.push(place);
            }
        }
    }

    /// Returns the number of a paper. A screen takes no copies, so that its price does not matter.
    fn paper(&mut self, format: Format, make: &'a Make) -> usize {
        let next = self.instance.papers.len();
        let paper = *self.papers.entry((format, make)).or_insert(next);
        if paper == next {
            let price = self.problem.prices.of(&format.size());
            let points = price.saturating_mul(self.problem.weights.yuan);
            // A yuan is 100 分, and a point 100 hundredths.
            self.instance.papers.push(points);
        }
        paper
    }

    fn boards(&mut self, walls: &[Wall]) {
        let topics = self.topics();
        for (facts, wall) in self.problem.boards.iter().zip(walls) {
            let first = facts.periods.first().map_or(0, |period| period.ordinal);
            let mut held = Vec::new();
            for (_, sheet) in wall
                .all()
                .filter(|(_, sheet)| sheet.poster < self.problem.posters.len())
            {
                let (from, to) = (facts.ordinal(sheet.from), facts.ordinal(sheet.to));
                let last = facts.periods.last().map_or(0, |period| period.ordinal);
                let reach = facts.repeat_after + 1;
                let near = from.max(first - reach)..=to.min(last + reach);
                held.extend(near.map(|at| (number(sheet.poster), at - first)));
            }
            held.sort_unstable();
            held.dedup();
            self.instance.boards.push(anneal::Board {
                periods: facts.periods.len(),
                repeat_after: usize::try_from(facts.repeat_after).unwrap_or(0),
                topic_high: 0,
                copies: u16::try_from(facts.copies).unwrap_or(u16::MAX),
                held,
                topics_held: Vec::new(),
            });
        }
        self.instance.items = self
            .problem
            .posters
            .iter()
            .zip(&topics)
            .map(|(_, &topic)| Item {
                topic,
                coverage: None,
            })
            .collect();
    }

    /// Returns each poster's topic, numbered anew; posters that the rule of one a topic leaves
    /// alone have none.
    fn topics(&self) -> Vec<Option<u32>> {
        let posters = self.problem.posters.iter();
        posters
            .map(|poster| {
                let clashes = !poster.exempt && poster.page.topic().is_some();
                clashes.then_some(number(poster.topic))
            })
            .collect()
    }

    fn cell(&mut self, wall: &Wall, spot: CellSpot, period: usize) {
        let days = (spot.from, spot.to);
        let span = self.span(days, wall.notices(self.problem, days));
        let place = self.place(spot);
        let kept = self.kept(spot);
        let weights = self.problem.weights;
        self.instance.cells.push(Cell {
            board: board_number(spot.board),
            period,
            place,
            span,
            first: 0,
            last: 0,
            kept,
            keep: way::price(weights.keep, spot.from - self.problem.today) * POINT,
            empty: self.empty(spot, period),
            quarter: floors::quarter(self.problem, spot.from),
            days: u32::try_from(spot.to - spot.from + 1).unwrap_or(0),
        });
        self.spots.push(spot);
    }

    /// Returns the place of a cell: its slot's, without what is off on these days.
    fn place(&mut self, spot: CellSpot) -> usize {
        let own = self.places[&(spot.board, spot.row)];
        let problem = self.problem;
        let facts = &problem.boards[spot.board];
        let off = |&item: &ItemNo| problem.is_off(facts, item as usize, spot.from, spot.to);
        let place = &self.instance.places[own];
        if !place.takes.iter().any(off) {
            return own;
        }
        let left = place.takes.iter().copied().filter(|item| !off(item));
        let place = Place {
            takes: left.collect(),
            paper: place.paper,
        };
        self.instance.places.push(place);
        self.instance.places.len() - 1
    }

    /// Returns what it costs to leave the days empty: a few days cost their share of a period, so
    /// that a whole period is never left bare for the sake of a gap before a notice.
    fn empty(&self, spot: CellSpot, period: usize) -> i64 {
        let period = &self.problem.boards[spot.board].periods[period];
        let (days, whole) = (spot.to - spot.from + 1, period.last - period.first + 1);
        self.problem.weights.empty * POINT * i64::from(days) / i64::from(whole)
    }

    /// Returns the number of the span of these days, and what each poster is worth in it.
    fn span(&mut self, (from, to): (Day, Day), beside: Notices) -> usize {
        let next = self.instance.values.len();
        let key = (from, to, beside.clone());
        let span = *self.spans.entry(key).or_insert(next);
        if span == next {
            let problem = self.problem;
            let value = |(number, poster): (usize, &super::facts::PosterFacts)| {
                let Stay::Rotating(first, last) = poster.stay else {
                    return None;
                };
                let is_current = first <= from && to <= last;
                is_current.then(|| problem.worth(number, (from, to), &beside).sum())
            };
            let posters = problem.posters.iter().enumerate();
            self.instance.values.push(posters.map(value).collect());
        }
        span
    }

    /// Returns what the plan before shows in most of the cell's days.
    fn kept(&self, spot: CellSpot) -> Option<ItemNo> {
        let facts = &self.problem.boards[spot.board];
        let slot = &facts.slots[spot.row].slot.id;
        let here = self.kept.get(&(facts.board.id.as_str(), slot.as_str()))?;
        let shared =
            |(from, to, _): &&(Day, Day, ItemNo)| *to.min(&spot.to) - *from.max(&spot.from);
        let sharing = here.iter().filter(|it| shared(it) >= 0);
        sharing.max_by_key(shared).map(|(_, _, item)| *item)
    }

    fn finish(mut self, walls: &[Wall]) -> Puzzle {
        self.coverage();
        fair_shares(&mut self.instance);
        let days = self.spots.iter().map(|spot| (spot.from, spot.to));
        let days: Vec<(Day, Day)> = days.collect();
        self.instance.floors = floors::floors(self.problem, walls, days.iter().copied());
        sheets::count(
            self.problem,
            (walls, &days),
            &self.places,
            &mut self.instance,
        );
        let mut beside = vec![Vec::new(); self.instance.values.len()];
        for ((_, _, topics), span) in self.spans {
            beside[span] = topics;
        }
        Puzzle {
            instance: self.instance,
            spots: self.spots,
            beside,
            start: Vec::new(),
        }
    }

    /// States on which boards a poster must hang once at least: those that have a period for it.
    fn coverage(&mut self) {
        for (at, poster) in self.problem.posters.iter().enumerate() {
            let wanted = match (poster.demand, poster.at_least) {
                (Demand::Every, _) => Wanted::EveryBoard,
                (_, 0) => continue,
                (_, n) => Wanted::Boards(u32::try_from(n).unwrap_or(u32::MAX)),
            };
            if !matches!(poster.stay, Stay::Rotating(..)) {
                continue;
            }
            let item = number(at);
            let can = |cell: &&Cell| {
                self.instance.places[cell.place]
                    .takes
                    .binary_search(&item)
                    .is_ok()
                    && self.instance.values[cell.span][at].is_some()
            };
            let held = self.instance.boards.iter().enumerate();
            let held = held.filter(|(_, board)| board.held.iter().any(|&(it, _)| it == item));
            let mut able: Vec<BoardNo> = held.map(|(board, _)| board_number(board)).collect();
            able.extend(
                self.instance
                    .cells
                    .iter()
                    .filter(can)
                    .map(|cell| cell.board),
            );
            able.sort_unstable();
            able.dedup();
            self.instance.items[at].coverage = Some(Coverage { wanted, able });
        }
    }
}

/// States how often a board may show a topic before it is too much: its fair share of the board's
/// cells, rounded up.
pub(super) fn fair_shares(instance: &mut Instance) {
    for (at, board) in instance.boards.iter_mut().enumerate() {
        let own = |cell: &&Cell| cell.board == board_number(at);
        let cells: Vec<&Cell> = instance.cells.iter().filter(own).collect();
        let mut topics: Vec<u32> = cells
            .iter()
            .flat_map(|cell| &instance.places[cell.place].takes)
            .filter_map(|&item| instance.items[item as usize].topic)
            .collect();
        topics.sort_unstable();
        topics.dedup();
        let shown = cells.len() + board.held.len();
        let share = shown.div_ceil(topics.len().max(1));
        board.topic_high = u32::try_from(share).unwrap_or(u32::MAX);
    }
}

/// Lists what is kept in each slot, with its days.
fn kept<'a>(problem: &'a Problem) -> Kept<'a> {
    let mut kept = Kept::new();
    for it in &problem.kept {
        if let Some(poster) = problem.poster(&it.poster) {
            let days = (day_number(it.from), day_number(it.to));
            let here = kept.entry((it.board.as_str(), it.slot.as_str()));
            here.or_default().push((days.0, days.1, number(poster)));
        }
    }
    kept
}

fn board_number(at: usize) -> BoardNo {
    BoardNo::try_from(at).expect("nobody has 2^32 boards")
}
