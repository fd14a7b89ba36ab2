//! `greenboard urgent`: one notice that cannot wait, all that it takes in one folder.

use greenboard::render::Output;
use greenboard::workspace::Issued;
use serde_json::json;

use crate::args::Urgent;
use crate::exit::Exit;
use crate::session::{Session, ending, state_name};
use crate::words;

/// Runs the command.
pub fn run(session: &mut Session, args: &Urgent) -> Exit {
    let target = session.target(Output::Archive, None);
    let progress = session.terminal.progress();
    let here = std::env::current_dir().unwrap_or_default();
    let urgent = session
        .workspace
        .urgent((&here, &args.file), &target, session.wanted, &|step| {
            progress.step(step)
        });
    drop(progress);
    session.speak_in(urgent.issued.language);
    let issued = &urgent.issued;
    let Some(who) = urgent
        .who
        .or(issued.diagnostics.has_errors().then(String::new))
    else {
        let what = args.file.display().to_string();
        let said = session.terminal.say(words::NO_SUCH_PAGE, &[&what]);
        session.terminal.usage(&said, &[]);
        return Exit::Usage;
    };
    let files = issued.files(&target);
    let files: Vec<String> = files.iter().map(|file| session.shown(file)).collect();
    finish(session, issued, &who, &files)
}

/// Says what is wrong and which state stands, and ends.
fn finish(session: &Session, issued: &Issued, who: &str, files: &[String]) -> Exit {
    let terminal = &session.terminal;
    let said = issued.diagnostics.rendered(terminal.language);
    terminal.report(&said, Some(ending(issued.state)));
    let name = state_name(issued.state);
    terminal.json(&said, json!({ "state": name, "who": who, "files": files }));
    let exit = Exit::of(&issued.diagnostics);
    if exit == Exit::Done {
        terminal.result(who);
        for file in files {
            terminal.line(&format!("  {file}"));
        }
    }
    exit
}
