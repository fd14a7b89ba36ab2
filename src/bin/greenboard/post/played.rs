//! What a screen's own records say that it showed, into the ledger: a line a day.

use std::path::Path;

use greenboard::diag::{Code, Diagnostic, Diagnostics, Words};
use greenboard::pipeline::{Options, Step};
use greenboard::read::{decode, given};
use greenboard::rotation::round;
use greenboard::site::{Board, BoardKind, Site};
use greenboard::workspace::{Kept, enter_played, played_name};

use super::{Exit, Post, Session, boards, record, refuse, usable, usage, words};

/// Tells whether a file is such a record, by its name.
pub fn is_record(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    ["csv", "tsv", "CSV", "TSV"].iter().any(|it| ending == *it)
}

/// Enters what the record at `path` says of one screen.
pub fn run(session: &mut Session, args: &Post, path: &Path) -> Result<Exit, Exit> {
    let whole = std::env::current_dir().unwrap_or_default().join(path);
    let shown = session.shown(&whole);
    let bytes = given::file(&whole).map_err(|_| {
        let what = session.terminal.say(words::NO_FILE, &[&shown]);
        usage(session, &what, &[])
    })?;
    let held = session.hold()?;
    let options = Options {
        last: Some(Step::Plan),
        ..Options::default()
    };
    let outcome = session.walk(&options);
    let site = usable(session, &outcome)?;
    let board = screen(session, site, args)?;
    let by = super::by(session, site, args.by.as_deref(), &[board])?;
    let bad = |session: &Session, cause: Words| {
        let bad = Diagnostic::new(Code::BadPlayed).with("cause", cause);
        refuse(session, &[bad.with("path", &shown)].into_iter().collect())
    };
    let text = decode(&bytes)
        .map_err(|_| bad(session, greenboard::diag::words("played-none")))?
        .text;
    let played =
        round::played(&text, site, &outcome.plan, board).map_err(|cause| bad(session, cause))?;
    let name = played_name(&bytes);
    let events = &outcome.records.ledger;
    let parts = (site, &outcome.plan, board);
    let entry = round::entry(&played, events, parts, &by, &name);
    let terminal = &session.terminal;
    if !played.unknown.is_empty() {
        let names: Vec<&str> = played.unknown.iter().map(String::as_str).take(12).collect();
        terminal.line(&terminal.say(words::PLAYED_UNKNOWN, &[&names.join("、")]));
    }
    if !entry.events.is_empty()
        && let Err(error) = enter_played(&held, &name, &bytes)
    {
        return Err(refuse(session, &Diagnostics::from_iter([error])));
    }
    Ok(record(session, &held, site, &entry, &Kept::default()))
}

/// Finds the screen that is meant: the one that is named, or the only one there is.
fn screen<'a>(session: &Session, site: &'a Site, args: &Post) -> Result<&'a Board, Exit> {
    let given = boards(session, site, &args.board)?;
    let screens = given.into_iter().filter(|it| it.kind == BoardKind::Screen);
    match screens.collect::<Vec<_>>()[..] {
        [board] => Ok(board),
        _ => {
            let known = site.boards.iter().filter(|it| it.kind == BoardKind::Screen);
            let known: Vec<&str> = known.map(|it| it.id.as_str()).collect();
            let hint = session.terminal.say(words::ONE_OF, &[&known.join("、")]);
            let what = session.terminal.say(words::WHICH_SCREEN, &[]);
            Err(usage(session, &what, &[hint]))
        }
    }
}
