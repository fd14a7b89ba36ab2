//! The photos of a change-over: read, judged, and given to the boards that they show.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use greenboard::diag::{Code, Diagnostic, Diagnostics, SitePath};
use greenboard::photo::{self, Format, Guess, Shot};
use greenboard::read::{FileError, given};
use greenboard::rotation::ledger::{Photo, View, photo_path};
use greenboard::site::{Board, Site};
use jiff::civil::Date;

use super::read::board;
use super::{Exit, Files, Post, Session, refuse, short_hash, usage, words};

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
struct Picture {
    path: PathBuf,
    bytes: Vec<u8>,
    format: Format,
}

/// Reads the photos that were given and finds out which board each shows.
///
/// `boards` are those that were changed, in walking order; `file` is the ledger's. Any file that
/// is no photo refuses all.
pub fn gather(
    session: &Session,
    site: &Site,
    args: &Post,
    boards: &[&Board],
    file: &SitePath,
) -> Result<Pictures, Exit> {
    let mut named: Vec<(&Board, Vec<PathBuf>)> = Vec::new();
    for text in &args.photo {
        let (board, path) = named_photo(session, site, text, boards)?;
        match named.iter_mut().find(|(known, _)| known.id == board.id) {
            Some((_, paths)) => paths.push(path),
            None => named.push((board, vec![path])),
        }
    }
    let mut faults = Diagnostics::default();
    let mut found: Vec<(&Board, Vec<Picture>)> = Vec::new();
    for (board, paths) in named {
        if let Some(missing) = paths.iter().find(|path| !path.is_file()) {
            let shown = session.shown(missing);
            let what = session.terminal.say(words::NO_FILE, &[&shown]);
            return Err(usage(session, &what, &[]));
        }
        found.push((board, pictures(session, paths, &mut faults)));
    }
    let here = std::env::current_dir().unwrap_or_default();
    let walked = match &args.photos {
        None => Vec::new(),
        Some(folder) => match given::folder(&here.join(folder)) {
            Ok(paths) => pictures(session, paths, &mut faults),
            Err(FileError::Missing) => {
                let what = words::NO_FOLDER;
                let what = session.terminal.say(what, &[&folder.display().to_string()]);
                return Err(usage(session, &what, &[]));
            }
            Err(error) => {
                faults.push(no_photo(folder, Some(&error)));
                Vec::new()
            }
        },
    };
    if faults.has_errors() {
        return Err(refuse(session, &faults));
    }
    if args.photos.is_some() {
        let rest = boards
            .iter()
            .copied()
            .filter(|board| !found.iter().any(|(named, _)| named.id == board.id));
        let shared = share(session, walked, &rest.collect::<Vec<_>>())?;
        found.extend(shared);
    }
    let mut kept = keepable(session, found, file);
    // A camera whose clock is wrong may tell of days to come.
    kept.taken.retain(|_, day| *day <= site.today);
    Ok(kept)
}

/// Reads `BOARD=FILE`, or `FILE` where one board was changed.
fn named_photo<'a>(
    session: &Session,
    site: &'a Site,
    text: &str,
    boards: &[&'a Board],
) -> Result<(&'a Board, PathBuf), Exit> {
    let here = std::env::current_dir().unwrap_or_default();
    let is_board = |name: &str| {
        let mut all = site.boards.iter();
        all.any(|board| board.id == name || board.title == name)
    };
    match (text.split_once('='), boards) {
        (Some((name, path)), _) if is_board(name) || !here.join(text).exists() => {
            Ok((board(session, site, name)?, here.join(path)))
        }
        (_, [board]) => Ok((*board, here.join(text))),
        _ => {
            let what = session.terminal.say(words::BAD_VALUE, &["--photo", text]);
            let example = boards.first().map_or("east-gate", |board| &board.id);
            let hint = session.terminal.say(words::PHOTO_FORM, &[example]);
            Err(usage(session, &what, &[hint]))
        }
    }
}

fn pictures(session: &Session, paths: Vec<PathBuf>, faults: &mut Diagnostics) -> Vec<Picture> {
    let mut pictures = Vec::new();
    for path in paths {
        let shown = session.shown(&path);
        match given::file(&path) {
            Err(error) => faults.push(no_photo(Path::new(&shown), Some(&error))),
            Ok(bytes) => match Format::of(&bytes) {
                None => faults.push(no_photo(Path::new(&shown), None)),
                Some(format) => pictures.push(Picture {
                    path,
                    bytes,
                    format,
                }),
            },
        }
    }
    pictures
}

fn no_photo(path: &Path, cause: Option<&FileError>) -> Diagnostic {
    Diagnostic::new(Code::NotAPhoto)
        .with("path", path.display())
        .with_some("cause", cause)
}

/// Shares the photos of a walk out; asks where it is not sure, and refuses where it cannot ask.
fn share<'a>(
    session: &Session,
    pictures: Vec<Picture>,
    boards: &[&'a Board],
) -> Result<Vec<(&'a Board, Vec<Picture>)>, Exit> {
    if pictures.is_empty() {
        return Ok(Vec::new());
    }
    let shots: Vec<Shot> = pictures
        .iter()
        .map(|picture| Shot {
            name: name(&picture.path),
            taken: photo::taken(&picture.bytes),
        })
        .collect();
    let shared = photo::share(&shots, boards.len());
    let named = |numbers: &[usize]| -> Vec<String> {
        numbers.iter().map(|&n| shots[n].name.clone()).collect()
    };
    let terminal = &session.terminal;
    let mut sure = shared.guess.is_sure();
    if shared.guess == Guess::Pauses && terminal.can_ask() {
        for (board, numbers) in boards.iter().zip(&shared.boards) {
            let names = named(numbers).join(" ");
            terminal.aside(&terminal.say(words::POSTED_PHOTO, &[&board.title, &names]));
        }
        sure = terminal.confirm(&terminal.say(words::ASK_PHOTOS, &[]));
    }
    if !sure {
        let guessed = boards.iter().zip(&shared.boards);
        let mut example: Vec<String> = guessed
            .flat_map(|(board, numbers)| {
                let photos = named(numbers).into_iter();
                photos.map(|name| format!("--photo {}={name}", board.id))
            })
            .collect();
        if example.is_empty() {
            let board = boards.first().map_or("east-gate", |board| &board.id);
            example.push(format!("--photo {board}={}", shots[0].name));
        }
        let uneven = Diagnostic::new(Code::PhotosUneven)
            .with("photos", shots.len())
            .with("boards", boards.len())
            .with("example", example.join(" "));
        return Err(refuse(session, &[uneven].into_iter().collect()));
    }
    let mut pictures: Vec<Option<Picture>> = pictures.into_iter().map(Some).collect();
    let shared = boards.iter().zip(shared.boards).map(|(board, numbers)| {
        let taken = numbers.into_iter().filter_map(|n| pictures[n].take());
        (*board, taken.collect())
    });
    Ok(shared.collect())
}

/// Names the photos by their hashes; the first of several is the one from afar.
fn keepable(session: &Session, found: Vec<(&Board, Vec<Picture>)>, file: &SitePath) -> Pictures {
    let terminal = &session.terminal;
    let mut kept = Pictures::default();
    for (board, pictures) in found {
        let names: Vec<String> = pictures.iter().map(|picture| name(&picture.path)).collect();
        if !names.is_empty() {
            let told = terminal.say(words::POSTED_PHOTO, &[&board.title, &names.join(" ")]);
            terminal.line(&told);
        }
        for (number, picture) in pictures.into_iter().enumerate() {
            let hash = short_hash(&picture.bytes);
            let name = format!("{hash}.{}", picture.format.ending());
            let path = photo_path(file, &name).expect("a hash is a name");
            let view = if number == 0 { View::Far } else { View::Near };
            if let Some(taken) = photo::taken(&picture.bytes) {
                kept.taken
                    .entry(board.id.clone())
                    .or_insert_with(|| taken.date());
            }
            let photos = kept.by_board.entry(board.id.clone()).or_default();
            if !photos.iter().any(|photo| photo.path == path) {
                photos.push(Photo {
                    view: Some(view),
                    place: None,
                    path,
                });
            }
            kept.files.insert(name, picture.bytes);
        }
    }
    kept
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
