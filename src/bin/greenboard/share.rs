//! `greenboard share`: a page for the WeChat account, for groups and for screens.

use std::collections::BTreeSet;
use std::path::Path;

use greenboard::diag::Diagnostics;
use greenboard::pipeline::{Finish, Options, Outcome, Step};
use greenboard::render::Output;
use greenboard::share::{Of, Wanted, What};
use greenboard::write::{Replacement, Scope, State, check_folder, replace};
use serde_json::json;

use crate::args::Share;
use crate::exit::Exit;
use crate::session::{Session, ending, state_name};
use crate::terminal::rendered;
use crate::words;

/// Runs the command.
pub fn run(session: &mut Session, args: &Share) -> Exit {
    let Some(wanted) = wanted(session, args) else {
        let which = session.terminal.say(words::SHARE_WHICH, &[]);
        session.terminal.usage(&which, &[]);
        return Exit::Usage;
    };
    let folder = match &args.folder {
        Some(given) => std::env::current_dir().unwrap_or_default().join(given),
        None => session.root.join("share"),
    };
    let refused = check_folder(&session.root, Output::Share, &folder).err();
    let mut diagnostics: Diagnostics = refused.into_iter().collect();
    if diagnostics.has_errors() {
        return finish(session, &diagnostics, State::Kept, &[]);
    }
    let options = Options {
        share: Some(wanted),
        finish: Finish::Delivered,
        ..Options::default()
    };
    let outcome = session.walk(&options);
    diagnostics.extend(outcome.diagnostics.clone());
    if diagnostics.has_errors() {
        return finish(session, &diagnostics, State::Kept, &[]);
    }
    let state = write(session, &outcome, &folder, &mut diagnostics);
    let files = outcome.artifacts.iter();
    let files: Vec<String> = files
        .map(|artifact| session.shown(&folder.join(&artifact.path)))
        .collect();
    let exit = finish(session, &diagnostics, state, &files);
    if exit == Exit::Done && !files.is_empty() {
        let terminal = &session.terminal;
        terminal.line(&terminal.say(words::SHARED, &[]));
        let folders = outcome.artifacts.iter().filter_map(|artifact| {
            let mut parts = artifact.path.split('/');
            Some(format!("{}/{}", parts.next()?, parts.next()?))
        });
        for below in folders.collect::<BTreeSet<String>>() {
            terminal.line(&format!("  {}", session.shown(&folder.join(below))));
        }
    }
    exit
}

/// Returns what is asked for; `None` where it does not say of which page.
fn wanted(session: &Session, args: &Share) -> Option<Wanted> {
    let named = What::ALL.into_iter().find(|what| what.name() == args.what);
    let what = match named {
        Some(what) => BTreeSet::from([what]),
        // The website belongs to no page.
        None if args.month.is_some() => BTreeSet::from(What::ALL),
        None => What::ALL
            .into_iter()
            .filter(|it| *it != What::Zip)
            .collect(),
    };
    let of = match (args.month, &args.page) {
        (Some(month), _) => Of::Month(month),
        (None, Some(page)) => Of::Page(below_site(session, page)),
        (None, None) if named == Some(What::Zip) => Of::Site,
        (None, None) => return None,
    };
    Some(Wanted { what, of })
}

/// Returns the name of a page as it is below the site, where it is a file's path from here.
fn below_site(session: &Session, page: &str) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let file = here.join(page);
    let below = file.strip_prefix(&session.root).ok();
    let below = below.filter(|_| file.is_file() && Path::new(page).extension().is_some());
    below.map_or_else(
        || page.to_owned(),
        |below| below.to_string_lossy().into_owned(),
    )
}

fn write(
    session: &Session,
    outcome: &Outcome,
    folder: &Path,
    diagnostics: &mut Diagnostics,
) -> State {
    session.announce_wait();
    let progress = session.terminal.progress();
    progress.step(Step::Write);
    let folders = outcome.share.as_ref().map(|made| made.folders.clone());
    let wanted = Replacement {
        output: Output::Share,
        folder,
        scope: Scope::Below(folders.unwrap_or_default()),
    };
    let written = replace(&session.root, &[wanted], &outcome.artifacts);
    diagnostics.extend(written.diagnostics);
    written.value.state
}

/// Says what is wrong and which state stands, and ends.
fn finish(session: &Session, diagnostics: &Diagnostics, state: State, files: &[String]) -> Exit {
    let said = rendered(diagnostics, session.terminal.language);
    session.terminal.report(&said, Some(ending(state)));
    let files = match state {
        State::New => files,
        State::Kept | State::HalfWay => &[],
    };
    let state = state_name(state);
    session
        .terminal
        .json(&said, json!({ "state": state, "files": files }));
    Exit::of(diagnostics)
}
