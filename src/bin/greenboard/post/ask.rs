//! The one question of a board: was it hung as planned? Only a no leads to more.

use greenboard::rotation::ledger::{Hung, Record};
use greenboard::site::{Board, Site};
use greenboard::workspace::poster as found;

use super::wrong::hints;
use super::{Exception, Session, words};

/// How often somebody may mistype before a slot is left as planned.
const TRIES: usize = 3;

/// Asks for each board whether it was hung as planned, and if not what differed. What the
/// ledger has already is not asked for.
pub fn differing(
    session: &Session,
    site: &Site,
    boards: &[&Board],
    planned: &[Hung],
    history: &[Record],
) -> Vec<Exception> {
    let is_told = |hung: &&Hung| {
        history.iter().any(|record| {
            let told = &record.hung;
            (&told.board, &told.slot, &told.poster) == (&hung.board, &hung.slot, &hung.poster)
                && told.from <= hung.to
                && hung.from <= told.to
        })
    };
    let mut exceptions = Vec::new();
    for board in boards {
        let here = planned.iter().filter(|hung| hung.board == board.id);
        let here: Vec<&Hung> = here.filter(|hung| !is_told(hung)).collect();
        if here.is_empty() {
            continue;
        }
        let terminal = &session.terminal;
        for hung in &here {
            let title = site
                .page(&hung.poster)
                .map_or(&hung.poster, |page| &page.title);
            let (slot, from, to) = (&hung.slot, hung.from, hung.to);
            terminal.aside(&format!("  {slot}  {title}  {from}–{to}"));
        }
        let question = terminal.say(words::ASK_AS_PLANNED, &[&board.title]);
        if !terminal.confirm(&question) {
            exceptions.extend(of_board(session, site, board));
        }
    }
    exceptions
}

fn of_board(session: &Session, site: &Site, board: &Board) -> Vec<Exception> {
    let terminal = &session.terminal;
    let free: Vec<&str> = board.free_slots().map(|slot| slot.id.as_str()).collect();
    let listed = terminal.say(words::ONE_OF, &[&free.join(" ")]);
    let question = terminal.say(words::ASK_SLOTS, &[]);
    let mut slots: Vec<String> = Vec::new();
    for _ in 0..TRIES {
        let answer = terminal.ask(&question, &listed);
        let named = answer.split([' ', ',', '，', '、', '　']);
        slots = named
            .filter(|slot| free.contains(slot))
            .map(str::to_owned)
            .collect();
        if !slots.is_empty() {
            break;
        }
    }
    let asked = slots.into_iter().filter_map(|slot| {
        let poster = poster(session, site, &slot)?;
        Some(Exception {
            board: board.id.clone(),
            slot,
            poster,
        })
    });
    asked.collect()
}

/// Asks what hangs in a slot: a poster's id, or `Some(None)` for nothing.
#[expect(clippy::option_option, reason = "no answer is not nothing hung")]
fn poster(session: &Session, site: &Site, slot: &str) -> Option<Option<String>> {
    let terminal = &session.terminal;
    let question = terminal.say(words::ASK_POSTER, &[slot]);
    for _ in 0..TRIES {
        let answer = terminal.ask(&question, "-");
        if answer == "-" {
            return Some(None);
        }
        match found(site, &answer) {
            Ok(page) => return Some(Some(page.id.clone())),
            Err(wrong) => {
                terminal.aside(&terminal.say(words::UNKNOWN_POSTER, &[&answer]));
                for hint in hints(session, &wrong) {
                    terminal.aside(&format!("  {hint}"));
                }
            }
        }
    }
    None
}
