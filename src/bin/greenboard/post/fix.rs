//! Corrections and losses: they need the ledger alone, no plan.

use greenboard::diag::Diagnostics;
use greenboard::read::read;
use greenboard::rotation::Records;
use greenboard::rotation::ledger::{self, Correction, Hand, Lost, Refusal};
use greenboard::site::{Site, site};
use greenboard::write::Held;

use super::read as values;
use super::{Exit, Files, Kept, Post, Session, hashes, record, refuse, texts, usage, words};

/// Adds a correction, or counts what was lost.
pub fn run(session: &mut Session, args: &Post) -> Result<Exit, Exit> {
    let held = session.hold()?;
    let tree = read(&session.inputs());
    let unread = tree.diagnostics.clone();
    let Some(tree) = tree.value else {
        return Err(refuse(session, &tree.diagnostics));
    };
    // What is wrong in the pages does not touch the ledger.
    let site = site(&tree).value;
    session.speak(&site);
    let records = Records::read(&tree, &site).value;
    let mut wrong = Diagnostics::default();
    for file in &tree.ledger {
        ledger::parse(file, &mut wrong);
    }
    ledger::history(&records.ledger, &mut wrong);
    if wrong.has_errors() {
        return Err(refuse(session, &wrong));
    }
    if !values::are_known(&site, args) && unread.has_errors() {
        // It may be in a file that could not be read, which is what is to be said.
        return Err(refuse(session, &unread));
    }
    let boards = values::boards(session, &site, &args.board)?;
    let by = values::by(session, &site, args.by.as_deref(), &boards)?;
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
    let mut kept = Files::new();
    let correction = match (&args.poster, args.never, args.until) {
        (Some(name), false, None) => {
            let poster = values::poster(session, site, name)?.id.as_str();
            kept = texts(session, site, std::iter::once(poster));
            let hash = hashes(&kept).remove(poster);
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
        Ok(entry) => Ok(record(
            session,
            held,
            site,
            &entry,
            Kept {
                texts: &kept,
                photos: &Files::new(),
            },
        )),
        Err(Refusal::Unknown) => {
            let what = terminal.say(words::UNKNOWN_LINE, &[id]);
            let known = records.ledger.iter().map(|event| event.id.as_str());
            let hints = values::hints(session, id, known, None);
            Err(usage(session, &what, &hints))
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
        [name, ..] => Some(values::board(session, site, name)?.id.clone()),
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
            poster: values::poster(session, site, name)?.id.clone(),
            board: board.clone(),
            size: args.size.clone(),
            copies,
            on,
        })
    };
    let losses = args.lost.iter().map(lost).collect::<Result<_, Exit>>()?;
    let entry = ledger::lose(&records.ledger, losses, hand);
    let none = Files::new();
    let kept = Kept {
        texts: &none,
        photos: &none,
    };
    Ok(record(session, held, site, &entry, kept))
}
