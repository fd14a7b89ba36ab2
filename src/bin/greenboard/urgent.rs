//! `greenboard urgent`: one notice that cannot wait, all that it takes in one folder: who hangs what
//! where, the sheets, the words for screens and for the residents' group.

use std::collections::BTreeSet;
use std::sync::Arc;

use greenboard::calendar::{Cadence, Period};
use greenboard::diag::Diagnostics;
use greenboard::pipeline::{Options, Outcome};
use greenboard::read::Asset;
use greenboard::render::{Artifact, Output};
use greenboard::rotation::{Hanging, text};
use greenboard::site::Site;
use greenboard::write::{Replacement, Scope, State, check_folder, replace};
use serde_json::json;

use crate::args::Urgent;
use crate::exit::Exit;
use crate::plan::page_in;
use crate::session::{Session, ending, state_name};
use crate::terminal::rendered;
use crate::words;

/// Runs the command.
pub fn run(session: &mut Session, args: &Urgent) -> Exit {
    let folder = session.root.join("archive");
    let mut diagnostics: Diagnostics = check_folder(&session.root, Output::Archive, &folder)
        .err()
        .into_iter()
        .collect();
    let outcome = session.walk(&Options {
        only: Some(Output::Print),
        ..Options::default()
    });
    diagnostics.extend(outcome.diagnostics.clone());
    let Some(site) = outcome.site.as_ref().filter(|_| !diagnostics.has_errors()) else {
        return finish(session, &diagnostics, State::Kept, "", &[]);
    };
    let Some(page) = page_in(session, site, &args.file) else {
        let what = args.file.display().to_string();
        let said = session.terminal.say(words::NO_SUCH_PAGE, &[&what]);
        session.terminal.usage(&said, &[]);
        return Exit::Usage;
    };
    let told = text::urgent(&session.spoken(site), &outcome.plan, &page);
    let stem = page.rsplit('/').next().unwrap_or(&page).to_owned();
    let below = format!("urgent-{stem}");
    let artifacts = artifacts(site, &outcome, (&page, &stem), &below, &told);
    session.announce_wait();
    let wanted = Replacement {
        output: Output::Archive,
        folder: &folder,
        scope: Scope::Below(BTreeSet::from([below])),
    };
    let written = replace(&session.root, &[wanted], &artifacts);
    diagnostics.extend(written.diagnostics);
    let files: Vec<String> = artifacts
        .iter()
        .map(|artifact| session.shown(&folder.join(&artifact.path)))
        .collect();
    finish(
        session,
        &diagnostics,
        written.value.state,
        &told.who,
        &files,
    )
}

/// Gathers the sheets of the page among what is printed, and the words.
fn artifacts(
    site: &Site,
    outcome: &Outcome,
    (page, stem): (&str, &str),
    below: &str,
    told: &text::Urgent,
) -> Vec<Artifact> {
    let mut found = Vec::new();
    let month = Period::containing(Cadence::Month, site.today);
    let hangs = |it: &&Hanging| it.poster == page && site.today <= it.to;
    for hanging in outcome.plan.hangings.iter().filter(hangs) {
        let folder = format!("{month}/{}/", hanging.board);
        let own = format!("{}-{stem}", hanging.slot);
        let sheets = outcome.artifacts.iter().filter(|artifact| {
            let name = artifact.path.strip_prefix(&folder);
            name.is_some_and(|name| name.starts_with(&own))
        });
        found.extend(sheets.map(|artifact| {
            let name = artifact.path.rsplit('/').next().unwrap_or_default();
            Artifact {
                output: Output::Archive,
                path: format!("{below}/{}-{name}", hanging.board),
                content: artifact.content.clone(),
            }
        }));
    }
    for (name, words) in [
        ("who.txt", &told.who),
        ("group.txt", &told.group),
        ("led.txt", &told.led),
    ] {
        found.push(Artifact {
            output: Output::Archive,
            path: format!("{below}/{name}"),
            content: bytes(words),
        });
    }
    found
}

/// Returns a text as Notepad of older Windows reads it.
fn bytes(words: &str) -> Asset {
    let text = format!("\u{FEFF}{}", words.replace('\n', "\r\n"));
    Asset::from(Arc::<[u8]>::from(text.into_bytes()))
}

/// Says what is wrong and which state stands, and ends.
fn finish(
    session: &Session,
    diagnostics: &Diagnostics,
    state: State,
    who: &str,
    files: &[String],
) -> Exit {
    let terminal = &session.terminal;
    let said = rendered(diagnostics, terminal.language);
    terminal.report(&said, Some(ending(state)));
    let name = state_name(state);
    terminal.json(&said, json!({ "state": name, "who": who, "files": files }));
    let exit = Exit::of(diagnostics);
    if exit == Exit::Done {
        terminal.result(who);
        for file in files {
            terminal.line(&format!("  {file}"));
        }
    }
    exit
}
