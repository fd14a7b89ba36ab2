//! Every notice has one board before another has its second.
//!
//! Boards are filled one by one, and each takes the same notices first, so that where slots are few one
//! notice could hang on every board and another on none. Here one that hangs nowhere takes the place
//! of one as important or less that hangs elsewhere, too. What it leaves of the days goes to
//! evergreens.

use std::cmp::Reverse;

use super::Origin;
use super::facts::{BoardFacts, Day, Demand, PosterFacts, Stay, day_number};
use super::problem::Problem;
use super::wall::{Sheet, Wall};

/// Where a notice might hang, and the notices that make room.
struct Room {
    board: usize,
    row: usize,
    others: Vec<Sheet>,
}

/// Finds room for notices that hang nowhere.
pub(super) fn share(problem: &Problem, walls: &mut [Wall]) {
    let is_meant = |number: &usize| is_optional(&problem.posters[*number]);
    let mut numbers: Vec<usize> = (0..problem.posters.len()).filter(is_meant).collect();
    numbers.sort_by_key(|&number| (Reverse(problem.posters[number].priority), number));
    for number in numbers {
        let Some((from, to)) = problem.fixed_days(&problem.posters[number]) else {
            continue;
        };
        let from = match problem.has_records {
            true => from.max(problem.today),
            false => from,
        };
        if from <= to && n_boards(problem, walls, number, number) == 0 {
            make_room(problem, walls, number, (from, to));
        }
    }
}

/// Tells whether a poster is a notice that nobody must hang, and not urgent.
fn is_optional(poster: &PosterFacts) -> bool {
    let is_notice = matches!(poster.stay, Stay::While(..));
    is_notice && poster.demand == Demand::Nowhere && !poster.urgent
}

/// Returns the boards that count for a notice: those of paper, where any of these takes it.
fn boards<'p>(
    problem: &'p Problem,
    number: usize,
) -> impl Iterator<Item = (usize, &'p BoardFacts<'p>)> + 'p {
    let takes = move |facts: &BoardFacts| facts.slots.iter().any(|slot| slot.takes[number]);
    let is_paper = |facts: &BoardFacts| facts.copies > 0;
    let mut all = problem.boards.iter();
    let wants_paper = all.any(|facts| is_paper(facts) && takes(facts));
    let boards = problem.boards.iter().enumerate();
    boards.filter(move |(_, facts)| takes(facts) && (is_paper(facts) || !wants_paper))
}

/// Counts the boards, of those that count for the notice `number`, on which `other` hangs.
fn n_boards(problem: &Problem, walls: &[Wall], number: usize, other: usize) -> usize {
    let shows = |at: usize| walls[at].all().any(|(_, sheet)| sheet.poster == other);
    boards(problem, number).filter(|(at, _)| shows(*at)).count()
}

fn make_room(problem: &Problem, walls: &mut [Wall], number: usize, (from, to): (Day, Day)) {
    let rooms = boards(problem, number).flat_map(|(board, facts)| {
        let wall = &walls[board];
        // One that is late wants as many days as make it worth the walk.
        let begins = problem.posters[number].page.date.map(day_number) == Some(from);
        let is_worth_it = begins || to - from + 1 >= facts.shortest;
        let may = is_worth_it && wall.refusal(problem, facts, number, (from, to)).is_none();
        let is_open = move |row: usize| {
            let periods = facts.periods.iter();
            let mut periods = periods.filter(|it| it.first <= to && from <= it.last);
            periods.all(|period| !wall.is_recorded(row, period))
        };
        let takes = move |row: &usize| may && facts.slots[*row].takes[number] && is_open(*row);
        let rows = (0..facts.slots.len()).filter(takes);
        rows.map(move |row| Room {
            board,
            row,
            others: wall.in_slot(row, from, to).to_vec(),
        })
    });
    let n_boards = |other: &Sheet| n_boards(problem, walls, number, other.poster);
    let is_notice = |other: &&Sheet| !problem.posters[other.poster].rotates();
    let gives_way = |it: &Sheet| {
        let Some(other) = problem.posters.get(it.poster) else {
            return false;
        };
        let is_less = other.priority <= problem.posters[number].priority;
        let may_go = other.rotates() || is_optional(other) && is_less && n_boards(it) > 1;
        it.origin == Origin::Planned && may_go
    };
    let open = rooms.filter(|room| {
        let facts = &problem.boards[room.board];
        let mut others = room.others.iter();
        others.all(|it| gives_way(it) && !facts.takes_several(it.poster))
    });
    let cost = |room: &Room| {
        let notices = || room.others.iter().filter(is_notice);
        let dearest = notices().map(|it| problem.posters[it.poster].priority);
        let spread = notices().map(n_boards).min();
        (
            notices().count(),
            dearest.max(),
            Reverse(spread),
            room.board,
            room.row,
        )
    };
    let Some(room) = open.min_by_key(cost) else {
        return;
    };
    let (facts, wall) = (&problem.boards[room.board], &mut walls[room.board]);
    for other in room.others {
        wall.take(facts, room.row, other);
    }
    let sheet = Sheet {
        from,
        to,
        poster: number,
        origin: Origin::Planned,
    };
    wall.put(facts, room.row, sheet);
}
