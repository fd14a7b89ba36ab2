//! What keeps a poster off boards, in words.

use super::facts::{BoardFacts, Day};
use super::problem::Problem;
use super::solve::Solution;
use super::wall::Refusal;
use crate::diag::{Fills, Value, Words, words};
use crate::measure::{Fit, Fits};
use crate::site::BoardKind;
use crate::typeset::Cut;

/// How many boards are named with what keeps a poster off each.
const MOST_BOARDS: usize = 3;

/// A plan, and what tells how long posters are.
#[derive(Clone, Copy)]
pub(super) struct Reasons<'a> {
    pub(super) fits: &'a Fits,
    pub(super) problem: &'a Problem<'a>,
    pub(super) solution: &'a Solution,
}

impl Reasons<'_> {
    /// Says what keeps a poster off each of `boards`, which are numbered.
    pub(super) fn of(
        &self,
        number: usize,
        days: (Day, Day),
        boards: &[(usize, &BoardFacts)],
    ) -> Words {
        let mut causes: Vec<(Words, Vec<&str>)> = Vec::new();
        for (at, facts) in boards {
            let cause = self.cause(number, days, (*at, facts));
            let title = facts.board.title.as_str();
            match causes.iter_mut().find(|(known, _)| *known == cause) {
                Some((_, titles)) => titles.push(title),
                None => causes.push((cause, vec![title])),
            }
        }
        let said = |(cause, titles): (Words, Vec<&str>)| {
            let more = titles.len().saturating_sub(MOST_BOARDS);
            let named = titles.into_iter().take(MOST_BOARDS);
            let named = named.map(|title| Value::Text(title.to_owned())).collect();
            words("unhung-on")
                .with("boards", Value::List { named, more })
                .with("cause", cause)
        };
        let mut said = causes.into_iter().map(said);
        let first = said.next().unwrap_or_else(|| words("unhung-no-board"));
        said.fold(first, |all, next| {
            words("and-then").with("first", all).with("next", next)
        })
    }

    /// Says what keeps a poster off the paper boards that it may hang on; `None` where one shows it, or
    /// there is none.
    pub(super) fn off_paper(&self, number: usize, days: (Day, Day)) -> Option<Words> {
        let wish = self.problem.posters[number].page.poster.as_ref()?;
        let is_paper = |(_, facts): &(usize, &BoardFacts)| {
            facts.board.kind != BoardKind::Screen
                && wish.welcomes(facts.board)
                && !facts.slots.is_empty()
        };
        let boards = self.problem.boards.iter().enumerate();
        let paper: Vec<(usize, &BoardFacts)> = boards.filter(is_paper).collect();
        let shows = |(at, _): &(usize, &BoardFacts)| {
            let mut sheets = self.solution.walls[*at].on(days.0, days.1);
            sheets.any(|(_, sheet)| sheet.poster == number)
        };
        (!paper.is_empty() && !paper.iter().any(shows)).then(|| self.of(number, days, &paper))
    }

    fn cause(&self, number: usize, days: (Day, Day), (at, facts): (usize, &BoardFacts)) -> Words {
        let wall = &self.solution.walls[at];
        let takes: Vec<usize> = (0..facts.slots.len())
            .filter(|row| facts.slots[*row].takes[number])
            .collect();
        if takes.is_empty() && !facts.takes_several(number) {
            return self.too_long(number, facts);
        }
        if let Some(refusal) = wall.refusal(self.problem, facts, number, days) {
            return refused(self.problem, facts, number, refusal);
        }
        if takes.is_empty() {
            let sheets = facts.runs_of(number).map(|run| run.rows.len()).min();
            return not_side_by_side(facts, sheets.unwrap_or_default());
        }
        let n = takes.len();
        let settled = |row: &usize| {
            let met = |period: &&super::facts::PeriodFacts| {
                period.first <= days.1 && days.0 <= period.last
            };
            let mut periods = facts.periods.iter().filter(met);
            periods.any(|period| wall.is_recorded(*row, period))
        };
        match takes.iter().all(settled) {
            true => words("slots-settled").with("n", n),
            false => words("slots-given-away")
                .with("n", n)
                .with("when", words("in-these-days")),
        }
    }

    /// Says how much too long it is for the board, where that is why.
    pub(super) fn too_long(&self, number: usize, facts: &BoardFacts) -> Words {
        let id = &self.problem.posters[number].page.id;
        let cuts = facts.slots.iter().filter_map(|slot| {
            match self.fits.get(id, &facts.board.id, &slot.slot.id) {
                Some(Fit::TooLong(cuts)) => Some(cuts),
                _ => None,
            }
        });
        let all = |cuts: &&Vec<Cut>| cuts.iter().map(|cut| cut.characters).sum::<usize>();
        match cuts.min_by_key(all) {
            Some(cuts) => words("too-long-by").with("cuts", Cut::list(cuts)),
            None => words("no-slot-takes-it"),
        }
    }
}

/// Says that the board has no `n` free slots that are read as one.
pub(super) fn not_side_by_side(facts: &BoardFacts, n: usize) -> Words {
    words(match facts.board.kind {
        BoardKind::Screen => "no-pictures-in-a-row",
        _ => "no-slots-side-by-side",
    })
    .with("n", n)
}

/// Says which rule keeps a poster off a board.
pub(super) fn refused(
    problem: &Problem,
    facts: &BoardFacts,
    poster: usize,
    refusal: Refusal,
) -> Words {
    match refusal {
        Refusal::Off => words("taken-off"),
        Refusal::Repeats => words("hung-lately").with("n", facts.repeat_after),
        Refusal::Topic(other) => {
            let topic = problem.posters[poster].page.topic().map(|id| {
                let known = problem.topics.iter().find(|topic| topic.id == id);
                let title = known.map_or(id, |topic| &topic.title);
                let named = words("by-language").with("id", id);
                named.with("title", title).value()
            });
            words("topic-hangs")
                .with("other", name(problem, other))
                .with("topic", topic.unwrap_or(words("none").value()))
        }
    }
}

/// Names a poster by its number; history may cite one whose page is gone.
pub(super) fn name(problem: &Problem, number: usize) -> Words {
    match problem.posters.get(number) {
        Some(poster) => words("title").with("title", &poster.page.title),
        None => words("poster-that-is-gone"),
    }
}
