//! `greenboard report`, `archive` and `handover`: papers for the office above, the inspector and
//! a new colleague.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use greenboard::diag::Diagnostics;
use greenboard::pipeline::{Options, Outcome, Step};
use greenboard::read::given;
use greenboard::render::Output;
use greenboard::render::archive::{Form, Wanted};
use greenboard::write::{Replacement, Scope, State, check_folder, replace};
use serde_json::json;

use crate::args::{Archive, Handover, Out, Report};
use crate::exit::Exit;
use crate::session::{Session, ending, state_name};
use crate::terminal::rendered;
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
    let bytes = given::file(&whole).map_err(|_| {
        let what = session
            .terminal
            .say(words::NO_FILE, &[&path.display().to_string()]);
        session.terminal.usage(&what, &[]);
        Exit::Usage
    })?;
    let name = whole.file_name().unwrap_or_default();
    Ok(Form {
        name: name.to_string_lossy().into_owned(),
        bytes: bytes.into(),
    })
}

/// Makes the paper `wanted`, `into` the office's own form where one is given.
fn run(session: &mut Session, wanted: &Wanted, into: Option<&Path>, out: &Out) -> Exit {
    let form = match into.map(|path| form(session, path)).transpose() {
        Ok(form) => form,
        Err(exit) => return exit,
    };
    let folder = match &out.folder {
        Some(given) => std::env::current_dir().unwrap_or_default().join(given),
        None => session.root.join("archive"),
    };
    let mut diagnostics: Diagnostics = check_folder(&session.root, Output::Archive, &folder)
        .err()
        .into_iter()
        .collect();
    if diagnostics.has_errors() {
        return finish(session, &diagnostics, State::Kept, &[]);
    }
    let is_report = matches!(wanted, Wanted::Report(_));
    let options = Options {
        paper: Some(wanted.clone()),
        form,
        ..Options::default()
    };
    let outcome = session.walk(&options);
    diagnostics.extend(outcome.diagnostics.clone());
    if diagnostics.has_errors() {
        return finish(session, &diagnostics, State::Kept, &[]);
    }
    let below = outcome.site.as_ref().map(|site| wanted.folder(site.today));
    let below = below.unwrap_or_default();
    let state = write(session, &outcome, &folder, &below, &mut diagnostics);
    let paths: Vec<PathBuf> = outcome
        .artifacts
        .iter()
        .map(|artifact| folder.join(&artifact.path))
        .collect();
    let exit = finish(session, &diagnostics, state, &paths);
    if exit == Exit::Done {
        say_what_was_made(session, &outcome, &paths, is_report);
    }
    exit
}

fn write(
    session: &Session,
    outcome: &Outcome,
    folder: &Path,
    below: &str,
    diagnostics: &mut Diagnostics,
) -> State {
    session.announce_wait();
    let progress = session.terminal.progress();
    progress.step(Step::Write);
    let wanted = Replacement {
        output: Output::Archive,
        folder,
        scope: Scope::Below(BTreeSet::from([below.to_owned()])),
    };
    let written = replace(&session.root, &[wanted], &outcome.artifacts);
    diagnostics.extend(written.diagnostics);
    written.value.state
}

/// Says what is wrong and which state stands, and ends.
fn finish(session: &Session, diagnostics: &Diagnostics, state: State, paths: &[PathBuf]) -> Exit {
    let said = rendered(diagnostics, session.terminal.language);
    session.terminal.report(&said, Some(ending(state)));
    let written = match state {
        State::New => paths,
        State::Kept | State::HalfWay => &[],
    };
    let files: Vec<String> = written.iter().map(|path| session.shown(path)).collect();
    let state = state_name(state);
    session
        .terminal
        .json(&said, json!({ "state": state, "files": files }));
    Exit::of(diagnostics)
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
