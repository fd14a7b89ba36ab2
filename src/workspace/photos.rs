//! The photos of a change-over: read, judged, and given to the boards that they show.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::civil::{Date, DateTime};
use rayon::prelude::*;

use super::kept::{Files, short_hash};
use crate::diag::{Code, Diagnostic, SitePath};
use crate::photo::{self, Format, Shared, Shot};
use crate::read::{FileError, given};
use crate::rotation::Plan;
use crate::rotation::ledger::{self, Photo, Request, View, photo_path};
use crate::rotation::round::Judged;
use crate::site::{Board, Site};
use crate::typeset::data::address;

/// Photos, ready to be entered.
#[derive(Debug, Default)]
pub struct Pictures {
    /// For each board its photos, in the order of taking.
    pub by_board: BTreeMap<String, Vec<Photo>>,
    /// The days on which they were taken, by the name under which each is kept, where it tells one
    /// that can be.
    pub taken: BTreeMap<String, Date>,
    /// The files by the name under which they are kept.
    pub files: Files,
}

/// A photo that was read.
#[derive(Debug)]
pub struct Picture {
    path: PathBuf,
    bytes: Vec<u8>,
    format: Format,
}

impl Picture {
    /// Reads a photo, which messages call `shown`.
    ///
    /// # Errors
    /// [`Code::NotAPhoto`] where it cannot be read or is none.
    pub fn read(path: PathBuf, shown: &str) -> Result<Self, Diagnostic> {
        let bytes = given::file(&path).map_err(|error| no_photo(Path::new(shown), Some(&error)))?;
        let format = Format::of(&bytes).ok_or_else(|| no_photo(Path::new(shown), None))?;
        Ok(Self {
            path,
            bytes,
            format,
        })
    }

    /// Returns when it was taken, as it says itself.
    pub fn taken(&self) -> Option<DateTime> {
        photo::taken(&self.bytes)
    }

    /// Returns the file's name.
    pub fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }
}

/// Says that a file or folder gives no photo.
pub fn no_photo(path: &Path, cause: Option<&FileError>) -> Diagnostic {
    Diagnostic::new(Code::NotAPhoto)
        .with("path", path.display())
        .with_some("cause", cause)
}

/// A board of a walk.
#[derive(Debug, Clone)]
pub struct Walked<'a> {
    /// The board.
    pub board: &'a Board,
    /// The days on which something was hung on it.
    days: BTreeSet<Date>,
    /// The addresses in the codes of what hangs on it, and its own.
    codes: BTreeSet<String>,
}

/// Returns `boards` with what their photos are known by: what `request` enters of them.
pub fn walked<'a>(
    site: &Site,
    plan: &Plan,
    request: &Request,
    boards: &[&'a Board],
) -> Vec<Walked<'a>> {
    let proposed = ledger::proposed(site, plan, request);
    let of_board = |board: &&'a Board| {
        let hung = proposed.iter().filter(|it| it.hung.board == board.id);
        let planned = (plan.hangings.iter())
            .filter(|it| it.board == board.id && request.period.overlaps(it.from, it.to))
            .map(|it| it.poster.as_str());
        let excepted = request.except.iter().filter(|it| it.board == board.id);
        let excepted = excepted.filter_map(|it| it.poster.as_deref());
        let pages = planned.chain(excepted).chain([board.page.as_str()]);
        let codes = pages.filter_map(|id| address(site, site.page(id)?));
        Walked {
            board,
            days: hung.map(|it| it.hung.from).collect(),
            codes: codes.collect(),
        }
    };
    boards.iter().map(of_board).collect()
}

/// Shares photos out to boards: by the times at which they were taken, by the walk, and by the codes
/// that they show.
pub fn shared(pictures: &[Picture], walked: &[Walked]) -> Shared {
    let shows = |picture: &Picture| {
        let codes = photo::codes(&picture.bytes);
        let boards = walked.iter().enumerate();
        let has = |(_, it): &(usize, &Walked)| codes.iter().any(|code| it.codes.contains(code));
        boards.filter(has).map(|(number, _)| number).collect()
    };
    let shots = pictures.par_iter().map(|picture| Shot {
        name: picture.name(),
        taken: photo::taken(&picture.bytes),
        // One board has no other to be taken for.
        shows: if walked.len() > 1 {
            shows(picture)
        } else {
            BTreeSet::new()
        },
    });
    let days: Vec<&BTreeSet<Date>> = walked.iter().map(|it| &it.days).collect();
    photo::share(&shots.collect::<Vec<_>>(), &days)
}

/// Gives each board its photos, as `shared` says.
pub fn dealt<'a>(
    pictures: Vec<Picture>,
    walked: &[Walked<'a>],
    shared: Shared,
) -> Vec<(&'a Board, Vec<Picture>)> {
    let mut pictures: Vec<Option<Picture>> = pictures.into_iter().map(Some).collect();
    let boards = walked.iter().map(|it| it.board);
    let dealt = boards.zip(shared.boards).map(|(board, numbers)| {
        let taken = numbers.into_iter().filter_map(|n| pictures[n].take());
        (board, taken.collect())
    });
    dealt.collect()
}

impl Pictures {
    /// Names the photos of each board by their hashes, beside the ledger's `file`; the first of a
    /// day's is the one from afar.
    pub fn of(found: Vec<(&Board, Vec<Picture>)>, file: &SitePath, today: Date) -> Self {
        let mut kept = Self::default();
        for (board, pictures) in found {
            let mut days = BTreeSet::new();
            for picture in pictures {
                let name = format!("{}.{}", short_hash(&picture.bytes), picture.format.ending());
                // A camera whose clock is wrong may tell of days to come.
                let day = photo::taken(&picture.bytes).map(DateTime::date);
                let day = day.filter(|day| *day <= today);
                kept.taken.extend(day.map(|day| (name.clone(), day)));
                let is_first = days.insert(day);
                kept.add(file, board, (name, picture.bytes), is_first, None);
            }
        }
        kept
    }

    /// Adds a photo of a board, or of a place of it, under its name.
    fn add(
        &mut self,
        file: &SitePath,
        board: &Board,
        (name, bytes): (String, Vec<u8>),
        is_first: bool,
        place: Option<String>,
    ) {
        let photo = Photo {
            view: Some(if is_first { View::Far } else { View::Near }),
            place,
            path: photo_path(file, &name).expect("a hash is a name"),
        };
        let photos = self.by_board.entry(board.id.clone()).or_default();
        if !photos.iter().any(|known| known.path == photo.path) {
            photos.push(photo);
        }
        self.files.insert(name, bytes);
    }

    /// Adds the photos that a phone sent from its round.
    pub fn add_of_round(&mut self, judged: &Judged, file: &SitePath, today: Date) {
        let mut seen: Vec<(&Board, &str)> = Vec::new();
        for (board, place, taken, bytes) in &judged.photos {
            let is_first = !seen.iter().any(|(it, at)| it.id == board.id && at == place);
            seen.push((board, place));
            let name = format!("{}.jpg", short_hash(bytes));
            let place = Some(place.clone()).filter(|_| board.places.len() > 1);
            self.taken.insert(name.clone(), taken.date().min(today));
            self.add(file, board, (name, bytes.clone()), is_first, place);
        }
    }
}
