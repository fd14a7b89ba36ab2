//! `greenboard build`: website, prints and plan onto the disk.

use std::time::Instant;

use greenboard::diag::{Diagnostics, Language, Rendered, Severity};
use greenboard::pipeline::Options;
use greenboard::render::Output;
use greenboard::render::web::{Visibility, Why};
use greenboard::workspace::{Made, Request, Target, Told};
use greenboard::write::{State, WriteReport};
use serde_json::{Value, json};

use crate::args::Build;
use crate::exit::Exit;
use crate::session::{Session, ending, state_name};
use crate::words;

/// How many reasons of a change are named.
const NAMED: usize = 3;

/// Runs the command.
pub fn run(session: &mut Session, args: &Build) -> Exit {
    let start = Instant::now();
    let request = Request {
        options: Options {
            months: args.month.clone(),
            only: args.only.map(Into::into),
            visibility: args.visibility(),
            ..Options::default()
        },
        targets: targets(session, args),
        language: session.wanted,
    };
    let progress = session.terminal.progress();
    let built = session
        .workspace
        .build(&request, &|step| progress.step(step));
    drop(progress);
    session.speak_in(built.language);
    // The program ends soon: the system takes its memory back faster than piece by piece.
    std::mem::forget(built.outcome);
    match built.told {
        Ok(told) => {
            session.terminal.language = told.language;
            say(session, &told, &request.targets, start)
        }
        Err(diagnostics) => fail(session, &diagnostics, built.state),
    }
}

fn targets(session: &Session, args: &Build) -> Vec<Target> {
    let mut targets = vec![
        session.target(Output::Web, args.public.as_deref()),
        session.target(Output::Print, args.print.as_deref()),
    ];
    let only: Option<Output> = args.only.map(Into::into);
    targets.retain(|target| only.is_none_or(|only| only == target.output));
    targets
}

/// Says what is wrong and which state stands.
fn fail(session: &Session, diagnostics: &Diagnostics, state: State) -> Exit {
    let said = diagnostics.rendered(session.terminal.language);
    session.terminal.report(&said, Some(ending(state)));
    session
        .terminal
        .json(&said, json!({ "state": state_name(state) }));
    Exit::of(diagnostics)
}

/// Says what is worth knowing and what was made.
fn say(session: &Session, told: &Told, targets: &[Target], start: Instant) -> Exit {
    session
        .terminal
        .report(&told.messages, Some(ending(State::New)));
    session
        .terminal
        .json(&told.messages, as_json(session, told, targets));
    say_what_was_made(session, told, targets, start.elapsed().as_secs_f64());
    say_what_stands(session, &told.messages);
    Exit::Done
}

fn as_json(session: &Session, told: &Told, targets: &[Target]) -> Value {
    let outputs = targets.iter().zip(&told.reports).map(|(target, report)| {
        let output = json!({
            "folder": session.shown(&target.folder),
            "written": report.written,
            "unchanged": report.unchanged,
            "removed": report.removed,
        });
        let name = match target.output {
            Output::Web => "web",
            Output::Print => "print",
            Output::Archive => "archive",
            Output::Share => "share",
        };
        (name.to_owned(), output)
    });
    let outputs: serde_json::Map<String, Value> = outputs.collect();
    json!({
        "made": {
            "pages": told.made.n_pages,
            "posters": told.made.n_posters,
            "boards": told.made.n_boards,
            "months": told.made.months,
        },
        "outputs": outputs,
        "next_change": told.made.change,
        "state": state_name(State::New),
    })
}

fn say_what_was_made(session: &Session, told: &Told, targets: &[Target], seconds: f64) {
    let terminal = &session.terminal;
    let made = &told.made;
    let separator = match terminal.language {
        Language::Chinese => "、",
        Language::English => ", ",
    };
    terminal.line(&terminal.say(
        words::MADE,
        &[
            &made.n_pages.to_string(),
            &made.n_posters.to_string(),
            &made.n_boards.to_string(),
            &made.months.join(separator),
            &format!("{seconds:.1}"),
        ],
    ));
    for (target, report) in targets.iter().zip(&told.reports) {
        let WriteReport {
            written, unchanged, ..
        } = report;
        let files = terminal.say(
            words::FILES,
            &[&written.to_string(), &unchanged.to_string()],
        );
        let name = match target.output {
            Output::Web => words::WEB,
            Output::Print | Output::Archive | Output::Share => words::PRINT,
        };
        let folder = session.shown(&target.folder);
        terminal.line(&format!("  {}  {folder}  {files}", terminal.say(name, &[])));
    }
    say_what_comes(session, made);
    let Some(first) = targets.first() else { return };
    let next = match first.output {
        Output::Web => terminal.say(
            words::NEXT_OPEN,
            &[&session.shown(&first.folder.join("index.html"))],
        ),
        Output::Print | Output::Archive | Output::Share => {
            let month = made.months.first().map_or("", String::as_str);
            terminal.say(
                words::NEXT_PRINT,
                &[&session.shown(&first.folder.join(month))],
            )
        }
    };
    terminal.line(&next);
}

/// Says how much of what was told is still to be seen to.
fn say_what_stands(session: &Session, messages: &[Rendered]) {
    let warnings = messages.iter();
    let n = warnings
        .filter(|it| it.severity == Severity::Warning)
        .count();
    if n > 0 {
        let terminal = &session.terminal;
        terminal.line(&terminal.say(words::STANDING, &[&n.to_string()]));
    }
}

/// Says when the website changes by itself, and that it holds what is not for everyone.
fn say_what_comes(session: &Session, made: &Made) {
    let terminal = &session.terminal;
    if let Some(change) = &made.change {
        let mut reasons: Vec<String> = change
            .reasons
            .iter()
            .take(NAMED)
            .map(|reason| terminal.say(words_for(reason.why), &[&reason.title]))
            .collect();
        if change.reasons.len() > NAMED {
            reasons.push("…".to_owned());
        }
        let separator = terminal.say(words::BETWEEN, &[]);
        let date = change.date.to_string();
        terminal.line(&terminal.say(words::NEXT_CHANGE, &[&date, &reasons.join(&separator)]));
    }
    if made.visibility != Visibility::Published && made.change.is_some() {
        terminal.line(&terminal.say(words::NOT_FOR_ALL, &[]));
    }
}

fn words_for(why: Why) -> words::Phrase {
    match why {
        Why::Starts => words::CHANGE_STARTS,
        Why::Expires => words::CHANGE_EXPIRES,
        Why::Board => words::CHANGE_BOARD,
        Why::Event => words::CHANGE_EVENT,
        Why::Posting => words::CHANGE_POSTING,
        Why::Campaign => words::CHANGE_CAMPAIGN,
        Why::Stage => words::CHANGE_STAGE,
        Why::Duty => words::CHANGE_DUTY,
        Why::Year => words::CHANGE_YEAR,
    }
}
