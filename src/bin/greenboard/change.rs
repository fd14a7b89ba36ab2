//! `greenboard change`: what staff decided otherwise, a line more in `plan.changes.yaml`.

use greenboard::diag::Diagnostics;
use greenboard::rotation::instructions::{self, Kind};
use greenboard::rotation::text;
use greenboard::workspace::{NotOtherwise, Otherwise};
use serde_json::json;

use crate::args::{Change, How};
use crate::exit::Exit;
use crate::session::Session;
use crate::words;

/// Runs the command.
pub fn run(session: &mut Session, args: &Change) -> Exit {
    let held = match session.hold() {
        Ok(held) => held,
        Err(exit) => return exit,
    };
    let inputs = session.plan_inputs();
    let mut diagnostics = inputs.diagnostics;
    let Some(mut inputs) = inputs.value.filter(|_| !diagnostics.has_errors()) else {
        return finish(session, &diagnostics, "", "");
    };
    let here = std::env::current_dir().unwrap_or_default();
    let workspace = &session.workspace;
    let instruction = match workspace.instruction(&inputs.site, &here, &otherwise(args)) {
        Ok(instruction) => instruction,
        Err(cause) => return refuse(session, &cause),
    };
    let line = instructions::line(&instruction);
    let decided = workspace.decide(&held, &mut inputs, instruction);
    diagnostics.extend(decided.diagnostics);
    let moved = text::changes(&session.spoken(&inputs.site), &decided.value);
    finish(session, &diagnostics, line.trim_end(), &moved)
}

fn otherwise(args: &Change) -> Otherwise<'_> {
    Otherwise {
        kind: match args.how {
            How::Pin => Kind::Pin,
            How::Off => Kind::Off,
            How::Closed => Kind::Closed,
        },
        poster: args.poster.as_deref(),
        at: args.at.as_deref(),
        from: args.from,
        to: args.to,
        by: args.by.as_deref(),
        note: args.note.as_deref(),
    }
}

fn refuse(session: &Session, cause: &NotOtherwise) -> Exit {
    let (phrase, what) = match cause {
        NotOtherwise::Poster => (words::CHANGE_POSTER, String::new()),
        NotOtherwise::NoPage(file) => (words::NO_SUCH_PAGE, file.clone()),
        NotOtherwise::NoSlot(at) => (words::NO_SUCH_SLOT, at.clone()),
        NotOtherwise::Days(to) => (words::CHANGE_DAYS, to.to_string()),
    };
    let terminal = &session.terminal;
    terminal.usage(&terminal.say(phrase, &[&what]), &[]);
    Exit::Usage
}

fn finish(session: &Session, diagnostics: &Diagnostics, line: &str, moved: &str) -> Exit {
    let terminal = &session.terminal;
    let said = diagnostics.rendered(terminal.language);
    terminal.report(&said, Some(words::ERRORS));
    terminal.json(&said, json!({ "line": line, "moved": moved }));
    let exit = Exit::of(diagnostics);
    if !line.is_empty() && exit == Exit::Done {
        terminal.line(&terminal.say(words::CHANGE_WRITTEN, &[instructions::PATH, line]));
        terminal.result(moved);
    }
    exit
}
