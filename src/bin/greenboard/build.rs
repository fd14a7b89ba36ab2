//! `greenboard build`: website, prints and plan onto the disk.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use greenboard::diag::{Diagnostic, Diagnostics, Rendered, Severity};
use greenboard::pipeline::{Finish, Options, Outcome, Step};
use greenboard::render::Output;
use greenboard::render::web::{Change, Visibility, Why, next_change};
use greenboard::write::{
    Replacement, Scope, State, WriteReport, check_apart, check_folder, replace,
};
use serde_json::{Value, json};

use crate::args::Build;
use crate::exit::Exit;
use crate::session::{Session, ending, state_name};
use crate::terminal::rendered;
use crate::words;

/// How many reasons of a change are named.
const NAMED: usize = 3;

/// Where one of the outputs goes.
struct Target {
    output: Output,
    folder: PathBuf,
    report: WriteReport,
}

/// Runs the command.
pub fn run(session: &mut Session, args: &Build) -> Exit {
    let start = Instant::now();
    let mut targets = targets(session, args);
    let mut diagnostics = check_targets(&session.root, &targets);
    if diagnostics.has_errors() {
        // Better said before the work than after it.
        return finish(session, &diagnostics, State::Kept, json!({}));
    }
    let options = Options {
        months: args.month.clone(),
        only: args.only.map(Into::into),
        visibility: args.visibility(),
        finish: Finish::Delivered,
        ..Options::default()
    };
    let outcome = session.walk(&options);
    diagnostics.extend(outcome.diagnostics.clone());
    if diagnostics.has_errors() {
        return finish(session, &diagnostics, State::Kept, json!({}));
    }
    let state = write(session, &outcome, &mut targets, &mut diagnostics);
    let made = Made::count(&outcome, &options);
    let more = match state {
        State::New => made.json(session, &targets),
        State::Kept | State::HalfWay => json!({}),
    };
    let exit = finish(session, &diagnostics, state, more);
    if exit == Exit::Done {
        say_what_was_made(session, &made, &targets, start.elapsed().as_secs_f64());
        say_what_stands(session, &diagnostics);
    }
    exit
}

fn targets(session: &Session, args: &Build) -> Vec<Target> {
    let here = std::env::current_dir().unwrap_or_default();
    let folder = |given: &Option<PathBuf>, usual: &str| match given {
        Some(given) => here.join(given),
        None => session.root.join(usual),
    };
    let target = |output, folder| Target {
        output,
        folder,
        report: WriteReport::default(),
    };
    let mut targets = vec![
        target(Output::Web, folder(&args.public, "public")),
        target(Output::Print, folder(&args.print, "print")),
    ];
    let only: Option<Output> = args.only.map(Into::into);
    targets.retain(|target| only.is_none_or(|only| only == target.output));
    targets
}

fn check_targets(root: &Path, targets: &[Target]) -> Diagnostics {
    let mut refused: Vec<Diagnostic> = targets
        .iter()
        .filter_map(|target| check_folder(root, target.output, &target.folder).err())
        .collect();
    if let [one, other] = targets {
        refused.extend(check_apart(root, &one.folder, &other.folder).err());
    }
    refused.into_iter().collect()
}

/// Writes all outputs in one step; returns which state stands.
fn write(
    session: &Session,
    outcome: &Outcome,
    targets: &mut [Target],
    diagnostics: &mut Diagnostics,
) -> State {
    session.announce_wait();
    let progress = session.terminal.progress();
    progress.step(Step::Write);
    let months: BTreeSet<String> = outcome.months.iter().map(ToString::to_string).collect();
    let wanted: Vec<Replacement> = targets
        .iter()
        .map(|target| Replacement {
            output: target.output,
            folder: &target.folder,
            scope: match target.output {
                Output::Web => Scope::Whole,
                Output::Print | Output::Archive => Scope::Below(months.clone()),
            },
        })
        .collect();
    let written = replace(&session.root, &wanted, &outcome.artifacts);
    diagnostics.extend(written.diagnostics);
    let done = written.value;
    for (target, report) in targets.iter_mut().zip(done.reports) {
        target.report = report;
    }
    done.state
}

/// Says what is wrong and which state stands, and ends.
fn finish(session: &Session, diagnostics: &Diagnostics, state: State, mut more: Value) -> Exit {
    let said: Vec<Rendered> = rendered(diagnostics, session.terminal.language);
    session.terminal.report(&said, Some(ending(state)));
    more["state"] = state_name(state).into();
    session.terminal.json(&said, more);
    Exit::of(diagnostics)
}

/// What a build made, in numbers.
struct Made {
    n_pages: usize,
    n_posters: usize,
    n_boards: usize,
    months: Vec<String>,
    visibility: Visibility,
    /// When the website changes by itself, where it was made.
    change: Option<Change>,
}

impl Made {
    fn count(outcome: &Outcome, options: &Options) -> Self {
        let site = outcome.site.as_ref();
        let site = site.filter(|_| options.only != Some(Output::Print));
        let visibility = options.visibility;
        let is_page = |path: &str| path.ends_with(".html") && !path.starts_with("q/");
        let pages = outcome
            .artifacts
            .iter()
            .filter(|artifact| artifact.output == Output::Web && is_page(&artifact.path));
        Self {
            n_pages: pages.count(),
            n_posters: outcome.n_posters,
            n_boards: outcome.site.as_ref().map_or(0, |site| site.boards.len()),
            months: outcome.months.iter().map(ToString::to_string).collect(),
            visibility,
            change: site.and_then(|site| next_change(site, &outcome.plan, visibility)),
        }
    }

    fn json(&self, session: &Session, targets: &[Target]) -> Value {
        let outputs: serde_json::Map<String, Value> = targets
            .iter()
            .map(|target| {
                let WriteReport {
                    written,
                    unchanged,
                    removed,
                } = target.report;
                let output = json!({
                    "folder": session.shown(&target.folder),
                    "written": written,
                    "unchanged": unchanged,
                    "removed": removed,
                });
                let name = match target.output {
                    Output::Web => "web",
                    Output::Print => "print",
                    Output::Archive => "archive",
                };
                (name.to_owned(), output)
            })
            .collect();
        json!({
            "made": {
                "pages": self.n_pages,
                "posters": self.n_posters,
                "boards": self.n_boards,
                "months": self.months,
            },
            "outputs": outputs,
            "next_change": self.change,
        })
    }
}

fn say_what_was_made(session: &Session, made: &Made, targets: &[Target], seconds: f64) {
    let terminal = &session.terminal;
    let separator = match terminal.language {
        greenboard::diag::Language::Chinese => "、",
        greenboard::diag::Language::English => ", ",
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
    for target in targets {
        let WriteReport {
            written, unchanged, ..
        } = target.report;
        let files = terminal.say(
            words::FILES,
            &[&written.to_string(), &unchanged.to_string()],
        );
        let name = match target.output {
            Output::Web => words::WEB,
            Output::Print | Output::Archive => words::PRINT,
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
        Output::Print | Output::Archive => {
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
fn say_what_stands(session: &Session, diagnostics: &Diagnostics) {
    let sorted = diagnostics.clone().sorted();
    let warnings = sorted.iter();
    let n = warnings
        .filter(|it| it.severity() == Severity::Warning)
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
