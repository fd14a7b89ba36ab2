//! `greenboard build`: website, prints and plan onto the disk.

use std::collections::BTreeSet;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::time::Instant;

use greenboard::diag::{Code, Diagnostic, Diagnostics, Language, Rendered, Severity, Warned};
use greenboard::pipeline::{Finish, Options, Outcome, Step};
use greenboard::read::Inputs;
use greenboard::render::Output;
use greenboard::render::web::{Change, Visibility, Why, next_change};
use greenboard::site::Site;
use greenboard::write::{
    Before, Done, Replacement, Scope, State, WriteReport, check_apart, check_folder, replace,
};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
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
}

/// What a build has to say, for the terminal and for the next one that finds nothing changed.
#[derive(Debug, Serialize, Deserialize)]
struct Told {
    language: Language,
    /// The day of the build, in the site's time zone.
    day: Date,
    timezone: String,
    messages: Vec<Rendered>,
    made: Made,
    /// What was done to each folder.
    reports: Vec<WriteReport>,
}

/// Runs the command.
pub fn run(session: &mut Session, args: &Build) -> Exit {
    let start = Instant::now();
    let targets = targets(session, args);
    let mut diagnostics = check_targets(&session.root, &targets);
    if diagnostics.has_errors() {
        // Better said before the work than after it.
        return fail(session, &diagnostics, State::Kept);
    }
    let folders = targets.iter().map(|target| target.folder.clone());
    let before = Before::look(&session.root, asked(session, args), folders.collect());
    if let Some(told) = before.last().filter(|told| is_of_today(session, told)) {
        let told = again(told);
        session.terminal.language = told.language;
        return say(session, &told, &targets, start);
    }
    let options = Options {
        months: args.month.clone(),
        only: args.only.map(Into::into),
        visibility: args.visibility(),
        finish: Finish::Delivered,
        ..Options::default()
    };
    // The program ends soon: the system takes its memory back faster than piece by piece.
    let outcome = ManuallyDrop::new(session.walk(&options));
    diagnostics.extend(outcome.diagnostics.clone());
    if diagnostics.has_errors() {
        return fail(session, &diagnostics, State::Kept);
    }
    let written = write(session, &outcome, &targets);
    // What was mended behind an earlier run is told once, so the next run must not tell it again.
    let is_lasting = |it: &Diagnostic| it.code == Code::ForeignFile;
    let is_lasting = written.diagnostics.iter().all(is_lasting);
    diagnostics.extend(written.diagnostics);
    let done = written.value;
    let site = outcome.site.as_ref();
    let Some(site) = site.filter(|_| done.state == State::New && !diagnostics.has_errors()) else {
        return fail(session, &diagnostics, done.state);
    };
    let told = Told {
        language: session.terminal.language,
        day: site.today,
        timezone: zone(site),
        messages: rendered(&diagnostics, session.terminal.language),
        made: Made::count(&outcome, &options),
        reports: done.reports,
    };
    // The machine's fonts are no files of the site, so nothing vouches for them.
    match is_lasting && !site.settings.machine_fonts {
        true => before.keep(&told),
        false => before.forget(),
    }
    say(session, &told, &targets, start)
}

/// Returns what tells this request from another.
fn asked(session: &Session, args: &Build) -> String {
    format!("{args:?} {:?}", session.wanted)
}

/// Returns the name of the site's time zone; empty where it has none, which is of no use to a later
/// run.
fn zone(site: &Site) -> String {
    let name = site.settings.timezone.iana_name();
    name.unwrap_or_default().to_owned()
}

/// Tells whether the day is still the one on which that was told.
fn is_of_today(session: &Session, told: &Told) -> bool {
    let timezone = TimeZone::get(&told.timezone);
    timezone.is_ok_and(|timezone| session.inputs().today(&timezone) == told.day)
}

/// Returns what was told as of a run that found all files as they shall be.
fn again(mut told: Told) -> Told {
    for report in &mut told.reports {
        report.unchanged += std::mem::take(&mut report.written);
        report.removed = 0;
    }
    told
}

fn targets(session: &Session, args: &Build) -> Vec<Target> {
    let here = std::env::current_dir().unwrap_or_default();
    let folder = |given: &Option<PathBuf>, usual: &str| match given {
        Some(given) => here.join(given),
        None => session.root.join(usual),
    };
    let target = |output, folder| Target { output, folder };
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

/// Writes all outputs in one step.
fn write(session: &Session, outcome: &Outcome, targets: &[Target]) -> Warned<Done> {
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
                Output::Print | Output::Archive | Output::Share => Scope::Below(months.clone()),
            },
        })
        .collect();
    replace(&session.root, &wanted, &outcome.artifacts)
}

/// Says what is wrong and which state stands.
fn fail(session: &Session, diagnostics: &Diagnostics, state: State) -> Exit {
    let said = rendered(diagnostics, session.terminal.language);
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
        .json(&told.messages, told.json(session, targets));
    say_what_was_made(session, told, targets, start.elapsed().as_secs_f64());
    say_what_stands(session, &told.messages);
    Exit::Done
}

/// What a build made, in numbers.
#[derive(Debug, Serialize, Deserialize)]
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
}

impl Told {
    fn json(&self, session: &Session, targets: &[Target]) -> Value {
        let outputs = targets.iter().zip(&self.reports).map(|(target, report)| {
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
                "pages": self.made.n_pages,
                "posters": self.made.n_posters,
                "boards": self.made.n_boards,
                "months": self.made.months,
            },
            "outputs": outputs,
            "next_change": self.made.change,
            "state": state_name(State::New),
        })
    }
}

fn say_what_was_made(session: &Session, told: &Told, targets: &[Target], seconds: f64) {
    let terminal = &session.terminal;
    let made = &told.made;
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
