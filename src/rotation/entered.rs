//! What got in among what was published, in words: where, what gave way, and when that is back.

use super::facts::{Day, date};
use super::problem::Problem;
use super::reasons::name;
use super::solve::Solution;
use super::way::Entered;
use crate::diag::{Code, Diagnostic, Diagnostics, Value, Words, words};

/// Says of each newcomer on which boards it hangs and what came down for it, where that is still
/// to be done.
pub(super) fn report(problem: &Problem, solution: &Solution, diagnostics: &mut Diagnostics) {
    let mut told: Vec<(usize, Vec<&Entered>)> = Vec::new();
    let to_come = |it: &&Entered| problem.today <= it.sheet.to;
    for entered in solution.entered.iter().filter(to_come) {
        match told
            .iter_mut()
            .find(|(poster, _)| *poster == entered.sheet.poster)
        {
            Some((_, others)) => others.push(entered),
            None => told.push((entered.sheet.poster, vec![entered])),
        }
    }
    for (poster, entered) in told {
        let page = problem.posters[poster].page;
        let span = page.poster.as_ref().map_or(&page.span, |wish| &wish.span);
        let (from, to) = (entered[0].sheet.from, entered[0].sheet.to);
        let spots = entered.iter().map(|it| spot(problem, it));
        diagnostics.push(
            Diagnostic::new(Code::GotIn)
                .at(span.clone())
                .with("title", &page.title)
                .with("from", date(from))
                .with("to", date(to))
                .with("spots", Value::list(spots)),
        );
    }
}

fn spot(problem: &Problem, entered: &Entered) -> Words {
    let facts = &problem.boards[entered.board];
    let place = |key: &'static str| {
        words(key)
            .with("board", &facts.board.title)
            .with("slot", &facts.slots[entered.row].slot.id)
    };
    let others = entered.displaced.iter().map(|it| name(problem, it.poster));
    let back: Vec<Day> = entered.displaced.iter().filter_map(|it| it.back).collect();
    // What was to go up on the same day need not come down.
    let hung = entered.displaced.iter().any(|it| it.hung);
    let told = match (hung, back.is_empty()) {
        _ if entered.displaced.is_empty() => return place("got-in-free"),
        (true, true) => place("got-in-instead"),
        (true, false) => place("got-in-for-now"),
        (false, true) => place("got-in-never"),
        (false, false) => place("got-in-before"),
    };
    let told = told.with("others", Value::list(others));
    match back.iter().min() {
        Some(back) => told.with("back", date(*back)),
        None => told,
    }
}
