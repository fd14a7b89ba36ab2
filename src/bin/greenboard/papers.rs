//! `greenboard report`, `archive` and `handover`: papers for the office above, the inspector and
//! a new colleague.

use std::path::{Path, PathBuf};

use greenboard::pipeline::{Options, Outcome};
use greenboard::read::given;
use greenboard::render::Output;
use greenboard::render::archive::{Form, Wanted, public_table, public_tables};
use greenboard::workspace::Issued;
use serde_json::json;

use crate::args::{Archive, Handover, Out, Report};
use crate::exit::Exit;
use crate::session::{Session, ending, state_name};
use crate::words;

/// Runs `report`.
pub fn report(session: &mut Session, args: &Report) -> Exit {
    run(
        session,
        &Wanted::Report(args.month),
        args.into.as_deref(),
        &args.out,
    )
}

/// Runs `archive`.
pub fn archive(session: &mut Session, args: &Archive) -> Exit {
    run(
        session,
        &Wanted::Archive(args.year),
        args.into.as_deref(),
        &args.out,
    )
}

/// Runs `handover`.
pub fn handover(session: &mut Session, args: &Handover) -> Exit {
    run(session, &Wanted::Handover(args.to.clone()), None, &args.out)
}

/// Reads the office's own form.
fn form(session: &Session, path: &Path) -> Result<Form, Exit> {
    let whole = std::env::current_dir().unwrap_or_default().join(path);
    if let Some(example) = path.to_str().and_then(public_table)
        && !whole.exists()
    {
        return Ok(example);
    }
    let bytes = given::file(&whole).map_err(|_| {
        let what = session
            .terminal
            .say(words::NO_FILE, &[&path.display().to_string()]);
        let known = public_tables().join("、");
        let hint = session.terminal.say(words::PUBLIC_TABLES, &[&known]);
        session.terminal.usage(&what, &[hint]);
        Exit::Usage
    })?;
    let name = whole.file_name().unwrap_or_default();
    Ok(Form {
        name: name.to_string_lossy().into_owned(),
        bytes: bytes.into(),
        is_example: false,
    })
}

/// Makes the paper `wanted`, `into` the office's own form where one is given.
fn run(session: &mut Session, wanted: &Wanted, into: Option<&Path>, out: &Out) -> Exit {
    let form = match into.map(|path| form(session, path)).transpose() {
        Ok(form) => form,
        Err(exit) => return exit,
    };
    let is_report = matches!(wanted, Wanted::Report(_));
    let options = Options {
        paper: Some(wanted.clone()),
        forms: form.into_iter().collect(),
        ..Options::default()
    };
    let target = session.target(Output::Archive, out.folder.as_deref());
    let issued = session.issue(&options, &target);
    let files = issued.files(&target);
    let exit = finish(session, &issued, &files);
    if let Some(outcome) = issued.outcome.filter(|_| exit == Exit::Done) {
        say_what_was_made(session, &outcome, &files, is_report);
    }
    exit
}

/// Says what is wrong and which state stands, and ends.
pub fn finish(session: &Session, issued: &Issued, files: &[PathBuf]) -> Exit {
    let said = issued.diagnostics.rendered(session.terminal.language);
    session.terminal.report(&said, Some(ending(issued.state)));
    let files: Vec<String> = files.iter().map(|path| session.shown(path)).collect();
    let state = state_name(issued.state);
    session
        .terminal
        .json(&said, json!({ "state": state, "files": files }));
    Exit::of(&issued.diagnostics)
}

fn say_what_was_made(session: &Session, outcome: &Outcome, paths: &[PathBuf], is_report: bool) {
    let terminal = &session.terminal;
    let Some(paper) = &outcome.paper else { return };
    if is_report {
        terminal.result(&paper.text);
    }
    terminal.line(&terminal.say(words::PAPER, &[]));
    let is_own = |path: &&PathBuf| {
        let ending = path.extension().unwrap_or_default();
        ["pdf", "docx", "xlsx", "txt"]
            .iter()
            .any(|known| ending == *known)
    };
    for path in paths.iter().filter(is_own) {
        terminal.line(&format!("  {}", session.shown(path)));
    }
    if paper.n_gaps > 0 {
        terminal.line(&terminal.say(words::GAPS, &[&paper.n_gaps.to_string()]));
    }
}
