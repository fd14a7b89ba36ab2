//! Corrections and losses: they need the ledger alone, no plan.

use greenboard::diag::nearest;
use greenboard::rotation::Records;
use greenboard::rotation::ledger::{self, Correction, Hand, Lost, Refusal};
use greenboard::site::{Board, Site, Slot};
use greenboard::workspace::{Kept, board, hashes, poster as found};
use greenboard::write::Held;

use super::{Exit, Post, Session, boards, by, record, refuse, usage, words, wrong};

/// Adds a correction, or counts what was lost.
pub fn run(session: &mut Session, args: &Post) -> Result<Exit, Exit> {
    let held = session.hold()?;
    let read = session.workspace.snapshot().ledger();
    let unread = read.diagnostics;
    let Some(ledger) = read.value else {
        return Err(refuse(session, &unread));
    };
    let (site, records) = (ledger.site, ledger.records);
    session.speak(&site);
    if ledger.wrong.has_errors() {
        return Err(refuse(session, &ledger.wrong));
    }
    if !are_known(&site, args) && unread.has_errors() {
        // It may be in a file that could not be read, which is what is to be said.
        return Err(refuse(session, &unread));
    }
    let boards = boards(session, &site, &args.board)?;
    let by = by(session, &site, args.by.as_deref(), &boards)?;
    let hand = Hand {
        day: site.today,
        by: &by,
        note: args.note.clone(),
    };
    match &args.correct {
        Some(id) => correct(session, &held, &site, &records, id, args, &hand),
        None => lose(session, &held, &site, &records, args, &hand),
    }
}

fn correct(
    session: &Session,
    held: &Held,
    site: &Site,
    records: &Records,
    id: &str,
    args: &Post,
    hand: &Hand,
) -> Result<Exit, Exit> {
    let terminal = &session.terminal;
    let mut kept = Kept::default();
    let correction = match (&args.poster, args.never, args.until) {
        (Some(name), false, None) => {
            let poster = poster(session, site, name)?;
            kept.texts = session.workspace.texts(site, [poster]);
            let hash = hashes(&kept.texts).remove(poster);
            Correction::Poster(poster.to_owned(), hash)
        }
        (None, true, None) => Correction::Never,
        (None, false, Some(last)) if last > site.today => {
            let what = terminal.say(words::LATER_DAY, &[&last.to_string()]);
            return Err(usage(session, &what, &[]));
        }
        (None, false, Some(last)) => Correction::Until(last),
        _ => {
            let what = terminal.say(words::ONE_CORRECTION, &[]);
            return Err(usage(session, &what, &[]));
        }
    };
    match ledger::correct(&records.ledger, id, correction, hand) {
        Ok(entry) => Ok(record(session, held, site, &entry, &kept)),
        Err(Refusal::Unknown) => {
            let what = terminal.say(words::UNKNOWN_LINE, &[id]);
            let known = records.ledger.iter().map(|event| event.id.as_str());
            let nearest = nearest(id, known);
            let hint = nearest.map(|nearest| terminal.say(words::DID_YOU_MEAN, &[nearest]));
            Err(usage(session, &what, &Vec::from_iter(hint)))
        }
        Err(Refusal::Spent) => {
            let what = terminal.say(words::SPENT_LINE, &[id]);
            Err(usage(session, &what, &[]))
        }
        Err(Refusal::Contradicts(wrong)) => Err(refuse(session, &wrong)),
    }
}

fn lose(
    session: &Session,
    held: &Held,
    site: &Site,
    records: &Records,
    args: &Post,
    hand: &Hand,
) -> Result<Exit, Exit> {
    let on = args.on.unwrap_or(site.today);
    if on > site.today {
        let what = session.terminal.say(words::LATER_DAY, &[&on.to_string()]);
        return Err(usage(session, &what, &[]));
    }
    let board = match &args.board[..] {
        [] => None,
        [name, ..] => Some(board(site, name).map_err(|wrong| wrong::say(session, &wrong))?),
    };
    let slot = match (board, &args.slot) {
        (Some(board), Some(id)) => Some(slot(session, board, id)?),
        _ => None,
    };
    let lost = |text: &String| {
        let (name, copies) = text.rsplit_once('=').unwrap_or((text, "1"));
        let copies = copies.parse().ok().filter(|copies: &u32| *copies > 0);
        let copies = copies.ok_or_else(|| {
            let what = session.terminal.say(words::BAD_VALUE, &["--lost", text]);
            usage(
                session,
                &what,
                &[session.terminal.say(words::LOST_FORM, &[])],
            )
        })?;
        Ok(Lost {
            poster: poster(session, site, name)?.to_owned(),
            board: board.map(|board| board.id.clone()),
            slot: slot.map(|slot| slot.id.clone()),
            size: args.size.clone(),
            copies,
            on,
        })
    };
    let losses = args.lost.iter().map(lost).collect::<Result<_, Exit>>()?;
    let entry = ledger::lose(&records.ledger, losses, hand);
    Ok(record(session, held, site, &entry, &Kept::default()))
}

/// Finds a slot of a board.
fn slot<'b>(session: &Session, board: &'b Board, id: &str) -> Result<&'b Slot, Exit> {
    board.slot(id).ok_or_else(|| {
        let what = session.terminal.say(words::BAD_VALUE, &["--slot", id]);
        let ids: Vec<&str> = board.slots.iter().map(|slot| slot.id.as_str()).collect();
        let known = session.terminal.say(words::ONE_OF, &[&ids.join(", ")]);
        usage(session, &what, &[known])
    })
}

/// Finds a poster's id.
fn poster<'s>(session: &Session, site: &'s Site, name: &str) -> Result<&'s str, Exit> {
    let found = found(site, name).map_err(|wrong| wrong::say(session, &wrong))?;
    Ok(&found.id)
}

/// Tells whether the site has all boards and posters that the command line names.
fn are_known(site: &Site, args: &Post) -> bool {
    let is_poster = |name: &str| found(site, name).is_ok();
    let name = |text: &String| {
        let name = text.rsplit_once('=').map_or(&**text, |(name, _)| name);
        is_poster(name)
    };
    args.poster.iter().all(|name| is_poster(name))
        && args.lost.iter().all(name)
        && args.board.iter().all(|name| board(site, name).is_ok())
}
