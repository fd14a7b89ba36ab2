//! What was hung, entered in the ledger.
//!
//! Photos and texts are kept first, then all lines are added in one step: a run that is cut short
//! leaves files that nothing names, never a line that names nothing.

use super::kept::{Files, Kept, hashes, short_hash};
use super::open::Workspace;
use super::photos::Pictures;
use super::snapshot::Snapshot;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity, SitePath, Warned};
use crate::pipeline::Outcome;
use crate::read::Inputs as _;
use crate::rotation::diary::FILES;
use crate::rotation::ledger::{self, Entry, Event, Request};
use crate::rotation::{Plan, Records};
use crate::site::{Board, Site};
use crate::write::{Held, append_lines, keep};

/// The ledger without a plan.
#[derive(Debug)]
pub struct LedgerAlone {
    /// The site.
    pub site: Site,
    /// What is on record.
    pub records: Records,
    /// What is wrong in the ledger itself.
    pub wrong: Diagnostics,
}

impl Snapshot {
    /// Reads the ledger; what is wrong in the pages does not touch it, and is not told but for files
    /// that cannot be read.
    pub fn ledger(&self) -> Warned<Option<LedgerAlone>> {
        let read = self.read();
        let value = read.value.map(|(tree, site)| {
            let records = Records::read(&tree, &site).value;
            let mut wrong = Diagnostics::default();
            for file in &tree.ledger {
                ledger::parse(file, &mut wrong);
            }
            ledger::history(&records.ledger, &mut wrong);
            LedgerAlone {
                site,
                records,
                wrong,
            }
        });
        Warned {
            value,
            diagnostics: read.diagnostics,
        }
    }
}

/// Returns the site, where nothing is wrong that would make the ledger wrong too. A poster that
/// cannot hang next month is no reason to forget what hung in this one.
///
/// # Errors
/// What is wrong.
pub fn enterable(outcome: &Outcome) -> Result<&Site, Diagnostics> {
    let is_grave =
        |it: &&Diagnostic| it.severity() == Severity::Error && it.code != Code::CannotHang;
    let grave: Diagnostics = outcome
        .diagnostics
        .iter()
        .filter(is_grave)
        .cloned()
        .collect();
    match &outcome.site {
        Some(site) if grave.is_empty() => Ok(site),
        _ => Err(grave),
    }
}

/// Returns the boards of `request` of which something is entered.
pub fn changed<'a>(site: &Site, plan: &Plan, request: &Request<'a>) -> Vec<&'a Board> {
    let proposed = ledger::proposed(site, plan, request);
    let is_changed = |board: &&Board| {
        proposed.iter().any(|it| it.hung.board == board.id)
            || request.except.iter().any(|it| it.board == board.id)
    };
    request.boards.iter().copied().filter(is_changed).collect()
}

impl Workspace {
    /// Reads the pages of posters as they hang: by poster, the file's bytes.
    pub fn texts<'p>(&self, site: &Site, posters: impl IntoIterator<Item = &'p str>) -> Files {
        let inputs = self.saved();
        let mut texts = Files::new();
        for poster in posters {
            let page = site.page(poster);
            let bytes = page.and_then(|page| inputs.read(&page.path).ok());
            texts.extend(bytes.map(|bytes| (poster.to_owned(), bytes.to_vec())));
        }
        texts
    }

    /// Gives `request` its photos and the hashes of its texts; returns what is to be kept of both.
    pub fn keep(
        &self,
        site: &Site,
        plan: &Plan,
        request: &mut Request,
        pictures: Pictures,
    ) -> Kept {
        let proposed = ledger::proposed(site, plan, request);
        let posters = proposed.iter().map(|it| it.hung.poster.as_str());
        let others = request.except.iter().filter_map(|it| it.poster.as_deref());
        let texts = self.texts(site, posters.chain(others));
        request.texts = hashes(&texts);
        request.photos = pictures.by_board;
        request.taken = pictures.taken;
        Kept {
            texts,
            photos: pictures.files,
        }
    }
}

/// Returns the name under which a screen's record is kept.
pub fn played_name(bytes: &[u8]) -> String {
    format!("played-{}.csv", short_hash(bytes))
}

/// Keeps a screen's record beside what the work record attaches.
///
/// # Errors
/// [`Code::CannotWrite`] where the system refuses.
pub fn enter_played(held: &Held, name: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
    let path = SitePath::new(&format!("{FILES}/{name}")).expect("a hash is a name");
    keep(held, &path, bytes)
}

/// Keeps what the lines of `entry` name, then adds them.
///
/// # Errors
/// [`Code::CannotWrite`] where the system refuses, [`Code::LedgerEncoding`] where the ledger is not
/// UTF-8.
pub fn enter(held: &Held, entry: &Entry, kept: &Kept) -> Result<(), Diagnostic> {
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
