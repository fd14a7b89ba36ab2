//! What people name, found in the site; where it is not there, what comes nearest.

use std::path::Path;

use jiff::ToSpan;
use jiff::civil::Date;

use super::open::Workspace;
use crate::calendar::Period;
use crate::diag::{SitePath, nearest};
use crate::read::CONTENT;
use crate::rotation::ledger::Exception;
use crate::site::{Board, Page, Site};

/// How many days before its period a change-over may be.
const EVE: i32 = 7;

/// Why what somebody named cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// There is no such board, poster or person.
    Unknown {
        /// Of what kind it is.
        what: Named,
        /// What was named.
        name: String,
        /// What may have been meant.
        nearest: Option<String>,
        /// All that there are, where they are few.
        known: Vec<String>,
    },
    /// There is no such slot on the board of this title, or it is not ours.
    Slot {
        /// The board's title.
        board: String,
        /// What was named.
        slot: String,
        /// Whether it is there and always shows the same.
        is_fixed: bool,
        /// The slots that are ours.
        free: Vec<String>,
    },
    /// An exception that does not read `BOARD/SLOT=POSTER`.
    Exception(String),
    /// Nobody is named; this one keeps the board.
    Nobody(Option<String>),
    /// The period has not begun.
    NotBegun(Period),
    /// The day is still to come.
    Later(Date),
    /// The day is none of the period's.
    Outside(Date, Period),
}

/// A kind of thing that is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A board, by id or title.
    Board,
    /// A poster, by id or title.
    Poster,
    /// A person of the settings.
    Person,
}

impl Wrong {
    fn unknown<'a>(
        what: Named,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
        listed: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        Self::Unknown {
            what,
            name: name.to_owned(),
            nearest: nearest(name, known).map(str::to_owned),
            known: listed.into_iter().map(str::to_owned).collect(),
        }
    }
}

impl Workspace {
    /// Finds the page of a `file` that somebody names from the folder `here`, from the site's folder,
    /// from `content/` or by its id.
    pub fn page<'s>(&self, site: &'s Site, here: &Path, file: &Path) -> Option<&'s Page> {
        page(self.root(), site, here, file)
    }
}

/// Finds the page of a file, given from a folder, of the site below `root`; or the page of that id.
pub(super) fn page<'s>(root: &Path, site: &'s Site, here: &Path, file: &Path) -> Option<&'s Page> {
    let absolute = here.join(file);
    let below = absolute.strip_prefix(root).unwrap_or(file);
    let path = below.to_string_lossy().replace('\\', "/");
    let of_file = |path: &SitePath| site.pages.iter().find(|page| page.path == *path);
    SitePath::new(&path)
        .and_then(|path| of_file(&path))
        .or_else(|| SitePath::new(&format!("{CONTENT}/{path}")).and_then(|path| of_file(&path)))
        .or_else(|| site.pages.iter().find(|page| page.id == path))
}

/// Finds the boards that were given, in walking order; all where none was.
///
/// # Errors
/// [`Wrong::Unknown`] where one is none.
pub fn boards<'a>(site: &'a Site, given: &[String]) -> Result<Vec<&'a Board>, Wrong> {
    let named = given.iter().map(|name| board(site, name));
    let named: Vec<&Board> = named.collect::<Result<_, _>>()?;
    let is_named = |board: &&Board| named.iter().any(|named| named.id == board.id);
    let wanted = |board: &&Board| given.is_empty() || is_named(board);
    Ok(site.boards.iter().filter(wanted).collect())
}

/// Finds a board by its id or title.
///
/// # Errors
/// [`Wrong::Unknown`] where there is none.
pub fn board<'a>(site: &'a Site, name: &str) -> Result<&'a Board, Wrong> {
    let mut boards = site.boards.iter();
    let found = boards.find(|board| board.id == name || board.title == name);
    found.ok_or_else(|| {
        let all = || site.boards.iter();
        let known = all().flat_map(|board| [&*board.id, &*board.title]);
        Wrong::unknown(Named::Board, name, known, all().map(|board| &*board.id))
    })
}

/// Finds a poster by its id, one it had before, or its title.
///
/// # Errors
/// [`Wrong::Unknown`] where there is none.
pub fn poster<'a>(site: &'a Site, name: &str) -> Result<&'a Page, Wrong> {
    let posters = || site.pages.iter().filter(|page| page.poster.is_some());
    let called = |page: &&Page| {
        page.id == name || page.title == name || page.formerly.iter().any(|old| old == name)
    };
    let own = site.page(name).filter(|page| page.poster.is_some());
    own.or_else(|| posters().find(called)).ok_or_else(|| {
        let known = posters().flat_map(|page| [&*page.id, &*page.title]);
        Wrong::unknown(Named::Poster, name, known, None)
    })
}

/// Looks whether those who hung it, with commas between, are people of the site.
///
/// # Errors
/// [`Wrong::Nobody`] or [`Wrong::Unknown`].
pub fn hangers(site: &Site, by: &str, boards: &[&Board]) -> Result<String, Wrong> {
    let by = by.trim();
    if by.is_empty() {
        let keeper = boards.iter().find_map(|board| board.keeper.clone());
        return Err(Wrong::Nobody(keeper));
    }
    let people = site.settings.people.iter().map(|person| &*person.name);
    let people: Vec<&str> = people.collect();
    let mut names = by.split(['、', '，', ',']).map(str::trim);
    match names.find(|name| !people.is_empty() && !people.contains(name)) {
        None => Ok(by.to_owned()),
        Some(name) => {
            let known = people.iter().copied();
            Err(Wrong::unknown(Named::Person, name, known.clone(), known))
        }
    }
}

/// Understands what differed from the plan, such as `east-gate/3=living/tap`, or `3=-` for nothing
/// where one board was changed.
///
/// # Errors
/// What is wrong with the first that is.
pub fn exceptions(
    site: &Site,
    given: &[String],
    boards: &[&Board],
) -> Result<Vec<Exception>, Wrong> {
    given
        .iter()
        .map(|text| exception(site, text, boards))
        .collect()
}

fn exception(site: &Site, text: &str, boards: &[&Board]) -> Result<Exception, Wrong> {
    let form = || Wrong::Exception(text.to_owned());
    let (place, named) = text.split_once('=').ok_or_else(form)?;
    let (board, slot) = match (place.rsplit_once('/'), boards) {
        (Some((name, slot)), _) => (board(site, name)?, slot),
        (None, [board]) => (*board, place),
        (None, _) => return Err(form()),
    };
    slot_of(board, slot)?;
    Ok(Exception {
        board: board.id.clone(),
        slot: slot.to_owned(),
        poster: match named.trim() {
            "" => return Err(form()),
            "-" | "—" | "无" => None,
            named => Some(poster(site, named)?.id.clone()),
        },
    })
}

/// Looks whether a board has such a slot, and whether it is ours.
fn slot_of(board: &Board, slot: &str) -> Result<(), Wrong> {
    let found = board.slot(slot);
    if found.is_some_and(|found| found.fixed.is_none()) {
        return Ok(());
    }
    Err(Wrong::Slot {
        board: board.title.clone(),
        slot: slot.to_owned(),
        is_fixed: found.is_some(),
        free: board.free_slots().map(|slot| slot.id.clone()).collect(),
    })
}

/// Looks whether a change-over on `on`, or as planned, can be one of `period`.
///
/// # Errors
/// [`Wrong::NotBegun`], [`Wrong::Later`] or [`Wrong::Outside`].
pub fn check_day(site: &Site, period: Period, on: Option<Date>) -> Result<(), Wrong> {
    let Some(on) = on else {
        return match site.today < period.first() {
            true => Err(Wrong::NotBegun(period)),
            false => Ok(()),
        };
    };
    let eve = period.first().saturating_sub(EVE.days());
    match on {
        _ if on > site.today => Err(Wrong::Later(on)),
        _ if on < eve || period.last() < on => Err(Wrong::Outside(on, period)),
        _ => Ok(()),
    }
}
