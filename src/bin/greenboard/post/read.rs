//! The values of `greenboard post`, understood by what the site has.

use greenboard::diag::nearest;
use greenboard::site::{Board, Page, Site};

use super::{Exception, Exit, Post, Session, usage, words};

/// Finds the boards that were given, in walking order; all where none was.
pub fn boards<'a>(
    session: &Session,
    site: &'a Site,
    given: &[String],
) -> Result<Vec<&'a Board>, Exit> {
    let named: Vec<&Board> = given
        .iter()
        .map(|name| board(session, site, name))
        .collect::<Result<_, _>>()?;
    let wanted =
        |board: &&Board| given.is_empty() || named.iter().any(|named| named.id == board.id);
    Ok(site.boards.iter().filter(wanted).collect())
}

/// Finds a board by its id or title.
pub fn board<'a>(session: &Session, site: &'a Site, name: &str) -> Result<&'a Board, Exit> {
    let mut boards = site.boards.iter();
    if let Some(board) = boards.find(|board| board.id == name || board.title == name) {
        return Ok(board);
    }
    let what = session.terminal.say(words::UNKNOWN_BOARD, &[name]);
    let known = site
        .boards
        .iter()
        .flat_map(|board| [&*board.id, &*board.title]);
    let listed = site.boards.iter().map(|board| board.id.as_str());
    Err(usage(session, &what, &hints(session, name, known, listed)))
}

/// Finds out who hung it: as given, or as somebody answers.
pub fn by(
    session: &Session,
    site: &Site,
    given: Option<&str>,
    boards: &[&Board],
) -> Result<String, Exit> {
    let terminal = &session.terminal;
    let keeper = boards.iter().find_map(|board| board.keeper.as_deref());
    let by = match given {
        Some(given) => given.trim().to_owned(),
        None if terminal.can_ask() => {
            let question = terminal.say(words::ASK_BY, &[]);
            terminal.ask(&question, keeper.unwrap_or_default())
        }
        None => String::new(),
    };
    if by.is_empty() {
        let what = terminal.say(words::MISSING, &["--by"]);
        let example = format!("--by {}", keeper.unwrap_or("陈立"));
        let hint = terminal.say(words::EXAMPLE, &[&example]);
        return Err(usage(session, &what, &[hint]));
    }
    let people: Vec<&str> = site
        .settings
        .people
        .iter()
        .map(|person| person.name.as_str())
        .collect();
    let unknown = by
        .split(['、', '，', ','])
        .map(str::trim)
        .find(|name| !people.contains(name));
    match unknown.filter(|_| !people.is_empty()) {
        None => Ok(by),
        Some(name) => {
            let what = terminal.say(words::UNKNOWN_PERSON, &[name]);
            let known = people.iter().copied();
            let hints = hints(session, name, known.clone(), known);
            Err(usage(session, &what, &hints))
        }
    }
}

/// Understands what differed from the plan.
pub fn exceptions(
    session: &Session,
    site: &Site,
    given: &[String],
    boards: &[&Board],
) -> Result<Vec<Exception>, Exit> {
    let read = |text: &String| exception(session, site, text, boards);
    given.iter().map(read).collect()
}

fn exception(
    session: &Session,
    site: &Site,
    text: &str,
    boards: &[&Board],
) -> Result<Exception, Exit> {
    let form = || {
        let what = session.terminal.say(words::BAD_VALUE, &["--except", text]);
        let form = session.terminal.say(words::EXCEPT_FORM, &[]);
        usage(session, &what, &[form])
    };
    let (place, named) = text.split_once('=').ok_or_else(form)?;
    let (board, slot) = match (place.rsplit_once('/'), boards) {
        (Some((name, slot)), _) => (board(session, site, name)?, slot),
        (None, [board]) => (*board, place),
        (None, _) => return Err(form()),
    };
    slot_of(session, board, slot)?;
    Ok(Exception {
        board: board.id.clone(),
        slot: slot.to_owned(),
        poster: match named.trim() {
            "" => return Err(form()),
            "-" | "—" | "无" => None,
            named => Some(poster(session, site, named)?.id.clone()),
        },
    })
}

/// Looks whether a board has such a slot, and whether it is ours.
pub fn slot_of(session: &Session, board: &Board, slot: &str) -> Result<(), Exit> {
    let terminal = &session.terminal;
    let free = board.free_slots().map(|slot| slot.id.as_str());
    let what = match board.slot(slot) {
        Some(found) if found.fixed.is_none() => return Ok(()),
        Some(_) => terminal.say(words::FIXED_SLOT, &[&board.title, slot]),
        None => terminal.say(words::UNKNOWN_SLOT, &[&board.title, slot]),
    };
    let free: Vec<&str> = free.collect();
    let listed = terminal.say(words::ONE_OF, &[&free.join(", ")]);
    Err(usage(session, &what, &[listed]))
}

/// Tells whether the site has all boards and posters that the command line names for a correction
/// or a loss.
pub fn are_known(site: &Site, args: &Post) -> bool {
    let lost = |text: &String| {
        let name = text
            .rsplit_once('=')
            .map_or(text.as_str(), |(name, _)| name);
        found(site, name).is_some()
    };
    let is_board = |name: &String| {
        let mut boards = site.boards.iter();
        boards.any(|board| board.id == *name || board.title == *name)
    };
    args.poster.iter().all(|name| found(site, name).is_some())
        && args.lost.iter().all(lost)
        && args.board.iter().all(is_board)
}

/// Finds a poster by its id, one it had before, or its title.
pub fn poster<'a>(session: &Session, site: &'a Site, name: &str) -> Result<&'a Page, Exit> {
    found(site, name).ok_or_else(|| {
        let what = session.terminal.say(words::UNKNOWN_POSTER, &[name]);
        let posters = || site.pages.iter().filter(|page| page.poster.is_some());
        let known = posters().flat_map(|page| [&*page.id, &*page.title]);
        usage(session, &what, &hints(session, name, known, None))
    })
}

/// Finds a poster without a word.
pub fn found<'a>(site: &'a Site, name: &str) -> Option<&'a Page> {
    let mut posters = site.pages.iter().filter(|page| page.poster.is_some());
    let called = |page: &&Page| {
        page.id == name || page.title == name || page.formerly.iter().any(|old| old == name)
    };
    site.page(name)
        .filter(|page| page.poster.is_some())
        .or_else(|| posters.find(called))
}

/// Returns the nearest of `known`, and all of `listed`.
pub fn hints<'a>(
    session: &Session,
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    listed: impl IntoIterator<Item = &'a str>,
) -> Vec<String> {
    let terminal = &session.terminal;
    let nearest = nearest(word, known);
    let nearest = nearest.map(|nearest| terminal.say(words::DID_YOU_MEAN, &[nearest]));
    let listed: Vec<&str> = listed.into_iter().collect();
    let listed = (!listed.is_empty()).then(|| terminal.say(words::ONE_OF, &[&listed.join(", ")]));
    nearest.into_iter().chain(listed).collect()
}
