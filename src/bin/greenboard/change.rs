//! `greenboard change`: what staff decided otherwise, a line more in `plan.changes.yaml`.

use std::path::Path;

use greenboard::diag::{Diagnostics, SitePath};
use greenboard::pipeline::PlanInputs;
use greenboard::read::Inputs as _;
use greenboard::rotation::instructions::{self, Instruction, Kind};
use greenboard::rotation::{self, text};
use greenboard::write::publish;
use serde_json::json;

use crate::args::{Change, How};
use crate::exit::Exit;
use crate::plan::page_of;
use crate::session::Session;
use crate::terminal::rendered;
use crate::words::{self, Phrase};

/// Runs the command.
pub fn run(session: &mut Session, args: &Change) -> Exit {
    let held = match session.hold() {
        Ok(held) => held,
        Err(exit) => return exit,
    };
    let inputs = session.plan_inputs();
    let mut diagnostics = inputs.diagnostics;
    let Some(inputs) = inputs.value.filter(|_| !diagnostics.has_errors()) else {
        return finish(session, &diagnostics, "", "");
    };
    let change = match instruction(session, &inputs, args) {
        Ok(change) => change,
        Err((phrase, what)) => {
            session
                .terminal
                .usage(&session.terminal.say(phrase, &[&what]), &[]);
            return Exit::Usage;
        }
    };
    let path = SitePath::fixed(instructions::PATH);
    let before = session.inputs().read(&path).ok();
    let before = before.as_deref().map(String::from_utf8_lossy);
    let text = instructions::with_line(before.as_deref(), &change);
    let moved = moved(session, inputs, change.clone(), &mut diagnostics);
    if let Err(error) = publish(&held, &path, text.as_bytes()) {
        diagnostics.push(error);
    }
    finish(
        session,
        &diagnostics,
        instructions::line(&change).trim_end(),
        &moved,
    )
}

/// Shows what moves by the change.
fn moved(
    session: &Session,
    mut inputs: PlanInputs,
    change: Instruction,
    diagnostics: &mut Diagnostics,
) -> String {
    let before = rotation::plan(&inputs.site, &inputs.fits, &inputs.records).value;
    inputs.records.changes.push(change);
    let after = rotation::plan(&inputs.site, &inputs.fits, &inputs.records);
    diagnostics.extend(after.diagnostics);
    let changes = rotation::changes(&inputs.site, &before, &after.value);
    text::changes(&session.spoken(&inputs.site), &changes)
}

fn instruction(
    session: &Session,
    inputs: &PlanInputs,
    args: &Change,
) -> Result<Instruction, (Phrase, String)> {
    let site = &inputs.site;
    let kind = match args.how {
        How::Pin => Kind::Pin,
        How::Off => Kind::Off,
        How::Closed => Kind::Closed,
    };
    let poster = match (&args.poster, kind) {
        (Some(_), Kind::Closed) | (None, Kind::Pin | Kind::Off) => {
            return Err((words::CHANGE_POSTER, String::new()));
        }
        (None, Kind::Closed) => None,
        (Some(file), _) => {
            let found = page_of(session, inputs, Path::new(file));
            Some(found.ok_or_else(|| (words::NO_SUCH_PAGE, file.clone()))?)
        }
    };
    let (board, slot) = match args.at.as_deref().map(|at| {
        at.split_once('/')
            .map_or((at, None), |(board, slot)| (board, Some(slot)))
    }) {
        Some((board, slot)) => (Some(board.to_owned()), slot.map(str::to_owned)),
        None => (None, None),
    };
    let known = match (&board, &slot) {
        (None, _) => kind == Kind::Off,
        (Some(board), None) => kind != Kind::Pin && site.board(board).is_some(),
        (Some(board), Some(slot)) => {
            (site.board(board)).is_some_and(|board| board.free_slots().any(|it| it.id == *slot))
        }
    };
    if !known {
        let at = args.at.clone().unwrap_or_default();
        return Err((words::NO_SUCH_SLOT, at));
    }
    let from = args.from.unwrap_or(site.today);
    if args.to < from {
        return Err((words::CHANGE_DAYS, args.to.to_string()));
    }
    Ok(Instruction {
        kind,
        poster,
        board,
        slot,
        from,
        to: args.to,
        by: args.by.clone(),
        note: args.note.clone(),
        span: None,
    })
}

fn finish(session: &Session, diagnostics: &Diagnostics, line: &str, moved: &str) -> Exit {
    let terminal = &session.terminal;
    let said = rendered(diagnostics, terminal.language);
    terminal.report(&said, Some(words::ERRORS));
    terminal.json(&said, json!({ "line": line, "moved": moved }));
    let exit = Exit::of(diagnostics);
    if !line.is_empty() && exit == Exit::Done {
        terminal.line(&terminal.say(words::CHANGE_WRITTEN, &[instructions::PATH, line]));
        terminal.result(moved);
    }
    exit
}
