//! `greenboard ledger`: the ledger's own care.

use greenboard::diag::Diagnostics;
use greenboard::rotation::ledger::{Change, Repair};
use serde_json::json;

use crate::args::Ledger;
use crate::exit::Exit;
use crate::session::Session;
use crate::words;

/// Runs the command: takes lines of one id out of each other's way, and says what it did.
pub fn run(session: &mut Session, args: &Ledger) -> Exit {
    if !args.repair {
        let hint = session
            .terminal
            .say(words::EXAMPLE, &["greenboard ledger --repair"]);
        let what = session.terminal.say(words::MISSING, &["--repair"]);
        session.terminal.usage(&what, &[hint]);
        return Exit::Usage;
    }
    let held = match session.hold() {
        Ok(held) => held,
        Err(exit) => return exit,
    };
    let read = session.workspace.snapshot().read();
    let Some((tree, site)) = read.value else {
        return finish(session, &read.diagnostics, &[], &[]);
    };
    session.speak(&site);
    let repaired = session.workspace.repair_ledger(&held, &tree);
    let (repairs, kept) = repaired.value;
    let kept: Vec<String> = kept.iter().map(ToString::to_string).collect();
    finish(session, &repaired.diagnostics, &repairs, &kept)
}

fn finish(
    session: &Session,
    diagnostics: &Diagnostics,
    repairs: &[Repair],
    kept: &[String],
) -> Exit {
    let terminal = &session.terminal;
    let said = diagnostics.rendered(terminal.language);
    terminal.report(&said, Some(words::ERRORS));
    let listed: Vec<_> = repairs
        .iter()
        .map(|repair| {
            let (change, new) = match &repair.change {
                Change::Repeated => ("repeated", None),
                Change::Contradicting => ("contradicting", None),
                Change::Renamed(id) => ("renamed", Some(id)),
            };
            json!({
                "file": repair.path.as_str(),
                "line": repair.line,
                "id": repair.id,
                "change": change,
                "new_id": new,
            })
        })
        .collect();
    terminal.json(&said, json!({ "repairs": listed, "kept": kept }));
    let exit = Exit::of(diagnostics);
    if exit == Exit::Done {
        say_what_was_done(session, repairs, kept);
    }
    exit
}

fn say_what_was_done(session: &Session, repairs: &[Repair], kept: &[String]) {
    let terminal = &session.terminal;
    if repairs.is_empty() {
        terminal.line(&terminal.say(words::NOTHING_TO_REPAIR, &[]));
    }
    for repair in repairs {
        let (path, line) = (repair.path.as_str(), repair.line.to_string());
        let (phrase, new) = match &repair.change {
            Change::Repeated => (words::REPAIR_REPEATED, ""),
            Change::Contradicting => (words::REPAIR_CONTRADICTING, ""),
            Change::Renamed(id) => (words::REPAIR_RENAMED, id.as_str()),
        };
        terminal.line(&terminal.say(phrase, &[path, &line, &repair.id, new]));
    }
    for kept in kept {
        terminal.line(&terminal.say(words::REPAIR_KEPT, &[kept]));
    }
}
