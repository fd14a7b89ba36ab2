//! `greenboard init`: a site of one's own, from the sample.

use std::path::Path;

use greenboard::diag::{Code, Diagnostic, Diagnostics};
use greenboard::starter::{Community, sample};
use greenboard::write::create;
use serde_json::json;

use crate::args::Init;
use crate::exit::Exit;
use crate::session::Session;
use crate::terminal::rendered;
use crate::words;

/// Runs the command.
pub fn run(session: &Session, args: &Init) -> Exit {
    let terminal = &session.terminal;
    let here = std::env::current_dir().unwrap_or_default();
    let folder = here.join(&args.folder);
    let community = community(session, args);
    for name in [&community.name, &community.city]
        .into_iter()
        .chain(&community.office)
    {
        if !Community::is_name(name) {
            terminal.usage(&terminal.say(words::BAD_NAME, &[name]), &[]);
            return Exit::Usage;
        }
    }
    let mut diagnostics = Diagnostics::default();
    let files = sample(&community);
    if is_taken(&folder) {
        diagnostics.push(Diagnostic::new(Code::AlreadyThere).with("path", session.shown(&folder)));
    } else {
        for file in &files {
            // A folder may be under version control already.
            if file.path.as_str() == ".gitignore" && folder.join(".gitignore").exists() {
                continue;
            }
            if let Err(error) = create(&folder, &file.path, &file.bytes) {
                diagnostics.push(error);
                break;
            }
        }
    }
    let said = rendered(&diagnostics, terminal.language);
    terminal.report(&said, None);
    let shown = session.shown(&folder);
    terminal.json(&said, json!({ "folder": shown, "files": files.len() }));
    let exit = Exit::of(&diagnostics);
    if exit == Exit::Done {
        let n_files = files.len().to_string();
        terminal.line(&terminal.say(words::INIT_DONE, &[&community.name, &shown, &n_files]));
        terminal.line(&terminal.say(words::INIT_CHECK, &[&community.city]));
        terminal.line(&terminal.say(words::INIT_NEXT, &[&shown]));
    }
    exit
}

/// Asks for what was not given, where somebody can answer.
fn community(session: &Session, args: &Init) -> Community {
    let terminal = &session.terminal;
    let usual = Community::default();
    let asked = |given: &Option<String>, question, usual: String| match given {
        Some(given) => given.clone(),
        None if terminal.can_ask() => terminal.ask(&terminal.say(question, &[]), &usual),
        None => usual,
    };
    Community {
        name: asked(&args.name, words::ASK_NAME, usual.name),
        city: asked(&args.city, words::ASK_CITY, usual.city),
        office: args.office.clone(),
        url: args.url.clone(),
    }
}

/// Tells whether a folder holds anything but hidden files, such as `.git`.
fn is_taken(folder: &Path) -> bool {
    let Ok(entries) = folder.read_dir() else {
        return folder.exists();
    };
    let mut names = entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name());
    names.any(|name| !name.to_string_lossy().starts_with('.'))
}
