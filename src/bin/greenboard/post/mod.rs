//! `greenboard post`: what was hung into the ledger.
//!
//! Photos and texts are kept first, then all lines are added in one step: a run that is cut short
//! leaves files that nothing names, never a line that names nothing.

mod ask;
mod fix;
mod photos;
mod read;
mod round;

use std::collections::BTreeMap;

use greenboard::calendar::Period;
use greenboard::diag::{Code, Diagnostic, Diagnostics, Severity};
use greenboard::digest::digest;
use greenboard::pipeline::{Options, Outcome, Step};
use greenboard::read::Inputs;
use greenboard::rotation::ledger::{self, Deed, Entry, Event, Exception, Request};
use greenboard::site::{Board, Site};
use greenboard::write::{Held, append_lines, keep};
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;

use crate::args::{Post, Posted};
use crate::exit::Exit;
use crate::session::Session;
use crate::terminal::rendered;
use crate::words;

pub use read::boards;

/// How many digits of a hash name a text or a photo.
const HASH: usize = 16;

/// How many days before its period a change-over may be.
const EVE: i32 = 7;

/// Bytes by a name.
type Files = BTreeMap<String, Vec<u8>>;

/// Files to be kept beside the ledger.
#[derive(Debug, Clone, Copy)]
struct Kept<'a> {
    /// The texts of posters, by poster.
    texts: &'a Files,
    /// The photos, by their names.
    photos: &'a Files,
}

/// Runs the command.
pub fn run(session: &mut Session, args: &Post) -> Exit {
    let done = match &args.what {
        _ if args.correct.is_some() || !args.lost.is_empty() => fix::run(session, args),
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
    let proposed = ledger::proposed(site, &outcome.plan, &request);
    let planned: Vec<_> = proposed
        .iter()
        .map(|proposed| proposed.hung.clone())
        .collect();
    let posters = planned.iter().map(|hung| hung.poster.as_str());
    let others = request.except.iter().filter_map(|e| e.poster.as_deref());
    let texts = texts(session, site, posters.chain(others));
    request.texts = hashes(&texts);
    let file = ledger::file_of(request.period.first());
    let shown: Vec<&Board> = request
        .boards
        .iter()
        .copied()
        .filter(|board| {
            let here = |id: &String| *id == board.id;
            !args.board.is_empty()
                || planned.iter().any(|hung| here(&hung.board))
                || request.except.iter().any(|e| here(&e.board))
        })
        .collect();
    let pictures = photos::gather(session, site, args, &shown, &file)?;
    request.photos = pictures.by_board;
    request.taken = pictures.taken;
    let mut diagnostics = Diagnostics::default();
    let events = &outcome.records.ledger;
    let entry = ledger::enter(site, &outcome.plan, events, &request, &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(refuse(session, &diagnostics));
    }
    let kept = Kept {
        texts: &texts,
        photos: &pictures.files,
    };
    Ok(record(session, &held, site, &entry, kept))
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
    let boards = read::boards(session, site, &args.board)?;
    check_day(session, site, period, args.on)?;
    let by = match by {
        Some(by) => by,
        None => read::by(session, site, args.by.as_deref(), &boards)?,
    };
    Ok(Request {
        period,
        on: args.on,
        planned: None,
        only: None,
        by,
        note: args.note.clone(),
        except: read::exceptions(session, site, &args.except, &boards)?,
        photos: BTreeMap::new(),
        taken: BTreeMap::new(),
        texts: BTreeMap::new(),
        boards,
    })
}

/// Returns the site, where nothing is wrong that would make the ledger wrong too. A poster that
/// cannot hang next month is no reason to forget what hung in this one.
fn usable<'a>(session: &Session, outcome: &'a Outcome) -> Result<&'a Site, Exit> {
    let grave = |diagnostic: &&Diagnostic| {
        diagnostic.severity() == Severity::Error && diagnostic.code != Code::CannotHang
    };
    let grave: Diagnostics = outcome.diagnostics.iter().filter(grave).cloned().collect();
    match &outcome.site {
        Some(site) if !grave.has_errors() => Ok(site),
        _ => Err(refuse(session, &grave)),
    }
}

fn refuse(session: &Session, diagnostics: &Diagnostics) -> Exit {
    let said = rendered(diagnostics, session.terminal.language);
    session.terminal.report(&said, Some(words::ERRORS));
    session.terminal.json(&said, json!({}));
    Exit::of(diagnostics)
}

fn usage(session: &Session, what: &str, hints: &[String]) -> Exit {
    session.terminal.usage(what, hints);
    Exit::Usage
}

/// Looks whether a change-over on `on` can be one of `period`.
fn check_day(session: &Session, site: &Site, period: Period, on: Option<Date>) -> Result<(), Exit> {
    let say = |phrase, values: &[&str]| session.terminal.say(phrase, values);
    let Some(on) = on else {
        if site.today < period.first() {
            let what = say(words::NOT_BEGUN, &[&period.to_string()]);
            return Err(usage(session, &what, &[]));
        }
        return Ok(());
    };
    let eve = period.first().saturating_sub(EVE.days());
    if on > site.today {
        let what = say(words::LATER_DAY, &[&on.to_string()]);
        return Err(usage(session, &what, &[]));
    }
    if on < eve || period.last() < on {
        let what = say(
            words::OUTSIDE_PERIOD,
            &[&on.to_string(), &period.to_string()],
        );
        return Err(usage(session, &what, &[]));
    }
    Ok(())
}

/// Reads the pages of posters as they hang: by poster, the file's bytes.
fn texts<'a>(session: &Session, site: &Site, posters: impl Iterator<Item = &'a str>) -> Files {
    let inputs = session.inputs();
    let mut texts = BTreeMap::new();
    for poster in posters {
        let page = site.page(poster);
        let bytes = page.and_then(|page| inputs.read(&page.path).ok());
        texts.extend(bytes.map(|bytes| (poster.to_owned(), bytes.to_vec())));
    }
    texts
}

fn hashes(texts: &Files) -> BTreeMap<String, String> {
    let hashes = texts
        .iter()
        .map(|(poster, bytes)| (poster.clone(), short_hash(bytes)));
    hashes.collect()
}

fn short_hash(bytes: &[u8]) -> String {
    let mut hash = digest(bytes);
    hash.truncate(HASH);
    hash
}

/// Keeps what the lines name, adds the lines, and says what was done.
fn record(session: &Session, held: &Held, site: &Site, entry: &Entry, kept: Kept) -> Exit {
    let mut diagnostics = Diagnostics::default();
    if let Err(error) = write(held, entry, kept) {
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
        let shown = session.shown(&session.root.join(file));
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

fn write(held: &Held, entry: &Entry, kept: Kept) -> Result<(), Diagnostic> {
    for bytes in kept.texts.values() {
        let hash = short_hash(bytes);
        let named = |event: &Event| event.text.as_deref() == Some(&hash);
        if entry.events.iter().any(named)
            && let Some(path) = ledger::text_path(&hash)
        {
            keep(held, &path, bytes)?;
        }
    }
    for photo in entry.events.iter().flat_map(|event| &event.photos) {
        if let Some(bytes) = kept.photos.get(photo.path.file_name()) {
            keep(held, &photo.path, bytes)?;
        }
    }
    let lines: Vec<String> = entry.events.iter().map(Event::line).collect();
    append_lines(held, &entry.file, ledger::HEAD, &lines)
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
