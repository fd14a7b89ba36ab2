//! `greenboard check`: all that a build does, without writing; with `--fix`, what messages say how
//! to mend is mended.

use greenboard::diag::Severity;
use greenboard::pipeline::{Options, Outcome};
use greenboard::write::{Mended, Mending};
use serde_json::{Value, json};

use crate::args::Check;
use crate::exit::Exit;
use crate::session::Session;
use crate::words;

/// Runs the command.
pub fn run(session: &mut Session, args: &Check) -> Exit {
    let options = Options::default();
    let mut outcome = session.walk(&options);
    let mut mended = Vec::new();
    if args.fix {
        let held = match (!args.dry_run).then(|| session.hold()).transpose() {
            Ok(held) => held,
            Err(exit) => return exit,
        };
        let mending = held.as_ref().map_or(Mending::Show, Mending::Write);
        let progress = session.terminal.progress();
        let workspace = &session.workspace;
        let report = |step| progress.step(step);
        (outcome, mended) = workspace.mend(outcome, mending, &options, &report);
        drop(progress);
        session.speak_in(outcome.site.as_ref().map(|_| outcome.language));
    }
    tell(session, args, &outcome, &mended)
}

fn tell(session: &Session, args: &Check, outcome: &Outcome, mended: &[Mended]) -> Exit {
    let terminal = &session.terminal;
    let said = outcome.diagnostics.rendered(terminal.language);
    let (n_pages, n_boards) = outcome
        .site
        .as_ref()
        .map_or((0, 0), |site| (site.pages.len(), site.boards.len()));
    for file in mended {
        for change in &file.changes {
            terminal.change(&file.path.to_string(), change);
        }
        if let Some(name) = &file.renamed {
            let names = [&*file.path.to_string(), name.file_name()];
            terminal.line(&terminal.say(words::RENAMED, &names));
        }
    }
    let changes = |file: &Mended| file.changes.len() + usize::from(file.renamed.is_some());
    let n_mended: usize = mended.iter().map(changes).sum();
    if args.fix {
        let phrase = match (n_mended, args.dry_run) {
            (0, _) => words::NOTHING_TO_MEND,
            (_, true) => words::WOULD_MEND,
            (_, false) => words::MENDED,
        };
        terminal.line(&terminal.say(phrase, &[&n_mended.to_string()]));
    }
    terminal.report(&said, Some(words::ERRORS));
    let can_mend = said.iter().filter(|one| !one.fix.is_empty()).count();
    if can_mend > 0 && !args.fix {
        terminal.line(&terminal.say(words::CAN_MEND, &[&can_mend.to_string()]));
    }
    let checked = json!({ "pages": n_pages, "boards": n_boards });
    terminal.json(&said, json!({ "checked": checked, "fixed": fixed(mended) }));
    let exit = Exit::of(&outcome.diagnostics);
    if exit == Exit::Done {
        let n_warnings = said
            .iter()
            .filter(|one| one.severity == Severity::Warning)
            .count();
        let (pages, boards) = (n_pages.to_string(), n_boards.to_string());
        terminal.line(&match n_warnings {
            0 => terminal.say(words::ALL_WELL, &[&pages, &boards]),
            n => terminal.say(words::WARNED, &[&n.to_string(), &pages, &boards]),
        });
    }
    exit
}

fn fixed(mended: &[Mended]) -> Vec<Value> {
    let changes = mended.iter().flat_map(|file| {
        let changes = file.changes.iter().map(|change| {
            json!({
                "file": file.path,
                "line": change.line,
                "before": change.before,
                "after": change.after,
            })
        });
        let renamed = file.renamed.iter();
        changes.chain(renamed.map(|name| json!({ "file": file.path, "rename": name })))
    });
    changes.collect()
}
