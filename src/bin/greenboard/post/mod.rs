//! `greenboard post`: what was hung into the ledger.

mod ask;
mod fix;
mod photos;
mod played;
mod round;
mod wrong;

use std::collections::BTreeMap;

use greenboard::calendar::Period;
use greenboard::diag::Diagnostics;
use greenboard::pipeline::{Options, Outcome, Step};
use greenboard::rotation::ledger::{self, Deed, Entry, Event, Exception, Request};
use greenboard::site::{Board, Site};
use greenboard::workspace::{
    self, Kept, changed, check_day, enter, enterable, exceptions, hangers, walked,
};
use greenboard::write::Held;
use serde_json::json;

use crate::args::{Post, Posted};
use crate::exit::Exit;
use crate::session::Session;
use crate::words;

/// Runs the command.
pub fn run(session: &mut Session, args: &Post) -> Exit {
    let done = match &args.what {
        _ if args.correct.is_some() || !args.lost.is_empty() => fix::run(session, args),
        Some(Posted::File(path)) if played::is_record(path) => played::run(session, args, path),
        Some(Posted::File(path)) => round::run(session, args, path),
        Some(Posted::Period(period)) => hang(session, args, *period),
        None => Err(Exit::Usage),
    };
    match done {
        Ok(exit) | Err(exit) => exit,
    }
}

/// Enters what was hung in a period.
fn hang(session: &mut Session, args: &Post, period: Period) -> Result<Exit, Exit> {
    let options = Options {
        last: Some(Step::Plan),
        ..Options::default()
    };
    // Nobody waits for the answers of another: where something may be asked, the site is held
    // afterwards, and read again.
    let held = match session.terminal.can_ask() {
        true => None,
        false => Some(session.hold()?),
    };
    let mut outcome = session.walk(&options);
    let Answers { by, except } = answers(session, args, period, &outcome)?;
    let held = match held {
        Some(held) => held,
        None => {
            let held = session.hold()?;
            outcome = session.walk(&options);
            held
        }
    };
    let site = usable(session, &outcome)?;
    let mut request = request(session, site, (args, period), Some(by))?;
    request.except = except;
    let file = ledger::file_of(request.period.first());
    let shown = match args.board[..] {
        [] => changed(site, &outcome.plan, &request),
        _ => request.boards.clone(),
    };
    let walked = walked(site, &outcome.plan, &request, &shown);
    let pictures = photos::gather(session, site, args, &walked, &file)?;
    let workspace = &session.workspace;
    let kept = workspace.keep(site, &outcome.plan, &mut request, pictures);
    let mut diagnostics = Diagnostics::default();
    let events = &outcome.records.ledger;
    let entry = ledger::enter(site, &outcome.plan, events, &request, &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(refuse(session, &diagnostics));
    }
    Ok(record(session, &held, site, &entry, &kept))
}

/// What the command line says or somebody answers.
struct Answers {
    by: String,
    except: Vec<Exception>,
}

fn answers(
    session: &Session,
    args: &Post,
    period: Period,
    outcome: &Outcome,
) -> Result<Answers, Exit> {
    let site = usable(session, outcome)?;
    let request = request(session, site, (args, period), None)?;
    let mut except = request.except.clone();
    if session.terminal.can_ask() && except.is_empty() {
        let proposed = ledger::proposed(site, &outcome.plan, &request);
        let planned: Vec<_> = proposed.into_iter().map(|proposed| proposed.hung).collect();
        let history = ledger::history(&outcome.records.ledger, &mut Diagnostics::default());
        except = ask::differing(session, site, &request.boards, &planned, &history);
    }
    Ok(Answers {
        by: request.by,
        except,
    })
}

/// Understands what is to be entered; asks by whom where nobody is named.
fn request<'a>(
    session: &Session,
    site: &'a Site,
    (args, period): (&Post, Period),
    by: Option<String>,
) -> Result<Request<'a>, Exit> {
    let boards = boards(session, site, &args.board)?;
    let wrong = |wrong| wrong::say(session, &wrong);
    check_day(site, period, args.on).map_err(wrong)?;
    let by = match by {
        Some(by) => by,
        None => self::by(session, site, args.by.as_deref(), &boards)?,
    };
    Ok(Request {
        period,
        on: args.on,
        planned: None,
        only: None,
        by,
        note: args.note.clone(),
        except: exceptions(site, &args.except, &boards).map_err(wrong)?,
        photos: BTreeMap::new(),
        taken: BTreeMap::new(),
        texts: BTreeMap::new(),
        boards,
    })
}

/// Returns the site, where nothing is wrong that would make the ledger wrong too.
fn usable<'a>(session: &Session, outcome: &'a Outcome) -> Result<&'a Site, Exit> {
    enterable(outcome).map_err(|wrong| refuse(session, &wrong))
}

/// Finds the boards that were given, in walking order; all where none was.
pub fn boards<'a>(
    session: &Session,
    site: &'a Site,
    given: &[String],
) -> Result<Vec<&'a Board>, Exit> {
    workspace::boards(site, given).map_err(|wrong| wrong::say(session, &wrong))
}

/// Finds out who hung it: as given, or as somebody answers.
fn by(
    session: &Session,
    site: &Site,
    given: Option<&str>,
    boards: &[&Board],
) -> Result<String, Exit> {
    let terminal = &session.terminal;
    let answer = match given {
        None if terminal.can_ask() => {
            let keeper = boards.iter().find_map(|board| board.keeper.as_deref());
            let question = terminal.say(words::ASK_BY, &[]);
            terminal.ask(&question, keeper.unwrap_or_default())
        }
        given => given.unwrap_or_default().to_owned(),
    };
    hangers(site, &answer, boards).map_err(|wrong| wrong::say(session, &wrong))
}

fn refuse(session: &Session, diagnostics: &Diagnostics) -> Exit {
    let said = diagnostics.rendered(session.terminal.language);
    session.terminal.report(&said, Some(words::ERRORS));
    session.terminal.json(&said, json!({}));
    Exit::of(diagnostics)
}

fn usage(session: &Session, what: &str, hints: &[String]) -> Exit {
    session.terminal.usage(what, hints);
    Exit::Usage
}

/// Keeps what the lines name, adds the lines, and says what was done.
fn record(session: &Session, held: &Held, site: &Site, entry: &Entry, kept: &Kept) -> Exit {
    let mut diagnostics = Diagnostics::default();
    if let Err(error) = enter(held, entry, kept) {
        diagnostics.push(error);
        return refuse(session, &diagnostics);
    }
    let terminal = &session.terminal;
    let lines: Vec<String> = entry.events.iter().map(Event::line).collect();
    let (file, known) = (entry.file.as_str(), entry.known);
    terminal.json(&[], json!({ "file": file, "added": lines, "known": known }));
    if lines.is_empty() {
        terminal.line(&terminal.say(words::POSTED_NOTHING, &[]));
    } else {
        let shown = session.shown(&session.root().join(file));
        let n_lines = lines.len().to_string();
        terminal.line(&terminal.say(words::POSTED, &[&shown, &n_lines]));
        for event in &entry.events {
            terminal.line(&format!("  {}", told(session, site, event)));
        }
    }
    if known > 0 {
        terminal.line(&terminal.say(words::POSTED_KNOWN, &[&known.to_string()]));
    }
    Exit::Done
}

/// Says what a new line says, in words.
fn told(session: &Session, site: &Site, event: &Event) -> String {
    let say = |phrase, values: &[&str]| session.terminal.say(phrase, values);
    let board = |id: &str| {
        let board = site.board(id);
        board.map_or_else(|| id.to_owned(), |board| board.title.clone())
    };
    let title = |id: &str| {
        let page = site.page(id);
        page.map_or_else(|| id.to_owned(), |page| page.title.clone())
    };
    match &event.deed {
        Deed::Hung(hung) | Deed::Corrected { hung, .. } => say(
            words::POSTED_HUNG,
            &[
                &board(&hung.board),
                &hung.slot,
                &title(&hung.poster),
                &hung.from.to_string(),
            ],
        ),
        Deed::Missed(hung) => say(
            words::POSTED_MISSED,
            &[&board(&hung.board), &hung.slot, &title(&hung.poster)],
        ),
        Deed::Removed {
            of,
            last: Some(last),
        } => say(words::POSTED_DOWN, &[of, &last.to_string()]),
        Deed::Removed { of, last: None } => say(words::POSTED_NEVER, &[of]),
        Deed::Seen { board: id, on } if event.photos.is_empty() => say(
            words::POSTED_PLAYED,
            &[
                &board(id),
                &on.to_string(),
                event.note.as_deref().unwrap_or_default(),
            ],
        ),
        Deed::Seen { board: id, on } => say(words::POSTED_SEEN, &[&board(id), &on.to_string()]),
        Deed::Absent(absent) => {
            let place = site.board(&absent.board).and_then(|board| {
                let mut places = board.places.iter();
                places.find(|place| place.id == absent.place)
            });
            let place = place.map_or(&absent.place, |place| &place.title);
            let note = event.note.as_deref().unwrap_or_default();
            say(
                words::POSTED_ABSENT,
                &[
                    &board(&absent.board),
                    &absent.slot,
                    place,
                    &title(&absent.poster),
                    note,
                ],
            )
        }
        Deed::Lost(lost) => say(
            words::POSTED_LOST,
            &[&title(&lost.poster), &lost.copies.to_string()],
        ),
    }
}
