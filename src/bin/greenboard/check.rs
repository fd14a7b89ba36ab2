//! `greenboard check`: all that a build does, without writing.

use greenboard::pipeline::{Memo, Options};
use serde_json::json;

use crate::exit::Exit;
use crate::session::Session;
use crate::terminal::rendered;
use crate::words;

/// Runs the command.
pub fn run(session: &mut Session) -> Exit {
    let outcome = session.walk(&Options::default(), &Memo::default());
    let terminal = &session.terminal;
    let said = rendered(&outcome.diagnostics, terminal.language);
    let (n_pages, n_boards) = outcome
        .site
        .as_ref()
        .map_or((0, 0), |site| (site.pages.len(), site.boards.len()));
    terminal.report(&said, Some(words::ERRORS));
    terminal.json(
        &said,
        json!({ "checked": { "pages": n_pages, "boards": n_boards } }),
    );
    let exit = Exit::of(&outcome.diagnostics);
    if exit == Exit::Done {
        terminal.line(&terminal.say(
            words::ALL_WELL,
            &[&n_pages.to_string(), &n_boards.to_string()],
        ));
    }
    exit
}
