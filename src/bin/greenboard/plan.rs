//! `greenboard plan`: what hangs where and when, as text.

use greenboard::pipeline::{Memo, Options, Step};
use greenboard::rotation::text;
use serde_json::{Value, json};

use crate::args::Plan;
use crate::exit::Exit;
use crate::session::Session;
use crate::terminal::rendered;
use crate::words;

/// Runs the command.
pub fn run(session: &mut Session, args: &Plan) -> Exit {
    let options = Options {
        last: Some(Step::Plan),
        ..Options::default()
    };
    let outcome = session.walk(&options, &Memo::default());
    let terminal = &session.terminal;
    let said = rendered(&outcome.diagnostics, terminal.language);
    terminal.report(&said, Some(words::ERRORS));
    let hangings: Vec<Value> = outcome
        .plan
        .hangings
        .iter()
        .filter(|hanging| {
            args.period
                .is_none_or(|period| period.overlaps(hanging.from, hanging.to))
        })
        .map(|hanging| {
            json!({
                "board": hanging.board,
                "slot": hanging.slot,
                "from": hanging.from.to_string(),
                "to": hanging.to.to_string(),
                "poster": hanging.poster,
            })
        })
        .collect();
    terminal.json(&said, json!({ "hangings": hangings }));
    if let Some(site) = &outcome.site {
        terminal.result(&match args.period {
            Some(period) => text::period(site, &outcome.plan, period),
            None => text::year(site, &outcome.plan),
        });
    }
    Exit::of(&outcome.diagnostics)
}
