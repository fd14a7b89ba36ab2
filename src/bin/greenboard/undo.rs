//! `greenboard undo`: the last change that a command made in the user's files, taken back.

use greenboard::diag::{Diagnostics, SitePath};
use serde_json::json;

use crate::exit::Exit;
use crate::session::Session;
use crate::words;

/// Runs the command.
pub fn run(session: &Session) -> Exit {
    let held = match session.hold() {
        Ok(held) => held,
        Err(exit) => return exit,
    };
    match session.workspace.undo(&held) {
        Ok(undone) => finish(session, &Diagnostics::default(), &undone),
        Err(refused) => finish(session, &refused, &[]),
    }
}

fn finish(session: &Session, diagnostics: &Diagnostics, undone: &[SitePath]) -> Exit {
    let terminal = &session.terminal;
    let said = diagnostics.rendered(terminal.language);
    terminal.report(&said, Some(words::ERRORS));
    terminal.json(&said, json!({ "undone": undone }));
    let exit = Exit::of(diagnostics);
    if exit == Exit::Done {
        let phrase = match undone {
            [] => words::NOTHING_TO_UNDO,
            _ => words::UNDONE,
        };
        terminal.line(&terminal.say(phrase, &[]));
        for path in undone {
            terminal.line(&format!("  {path}"));
        }
    }
    exit
}
