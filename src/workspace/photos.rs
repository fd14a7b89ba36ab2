//! The photos of a change-over: read, judged, and given to the boards that they show.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::kept::{Files, short_hash};
use crate::diag::{Code, Diagnostic, SitePath};
use crate::photo::{self, Format, Shared, Shot};
use crate::read::{FileError, given};
use crate::rotation::ledger::{Photo, View, photo_path};
use crate::rotation::round::Judged;
use crate::site::Board;

/// Photos, ready to be entered.
#[derive(Debug, Default)]
pub struct Pictures {
    /// For each board its photos, in the order of taking.
    pub by_board: BTreeMap<String, Vec<Photo>>,
    /// The day on which a board's first photo was taken, where it tells one that can be.
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

/// Shares the photos of a walk out to `n` boards, by the times at which they were taken.
pub fn shared(pictures: &[Picture], n: usize) -> Shared {
    let shots = pictures.iter().map(|picture| Shot {
        name: picture.name(),
        taken: photo::taken(&picture.bytes),
    });
    photo::share(&shots.collect::<Vec<_>>(), n)
}

/// Gives each board its photos, as `shared` says.
pub fn dealt<'a>(
    pictures: Vec<Picture>,
    boards: &[&'a Board],
    shared: Shared,
) -> Vec<(&'a Board, Vec<Picture>)> {
    let mut pictures: Vec<Option<Picture>> = pictures.into_iter().map(Some).collect();
    let dealt = boards.iter().zip(shared.boards).map(|(board, numbers)| {
        let taken = numbers.into_iter().filter_map(|n| pictures[n].take());
        (*board, taken.collect())
    });
    dealt.collect()
}

impl Pictures {
    /// Names the photos of each board by their hashes, beside the ledger's `file`; the first of
    /// several is the one from afar.
    pub fn of(found: Vec<(&Board, Vec<Picture>)>, file: &SitePath, today: Date) -> Self {
        let mut kept = Self::default();
        for (board, pictures) in found {
            for (number, picture) in pictures.into_iter().enumerate() {
                let name = format!("{}.{}", short_hash(&picture.bytes), picture.format.ending());
                if let Some(taken) = photo::taken(&picture.bytes) {
                    let days = kept.taken.entry(board.id.clone());
                    days.or_insert_with(|| taken.date());
                }
                kept.add(file, board, (name, picture.bytes), number == 0, None);
            }
        }
        // A camera whose clock is wrong may tell of days to come.
        kept.taken.retain(|_, day| *day <= today);
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
            self.add(file, board, (name, bytes.clone()), is_first, place);
            let days = self.taken.entry(board.id.clone());
            days.or_insert_with(|| taken.date().min(today));
        }
    }
}
