//! The photos that the command line names, given to the boards that they show.

use std::path::PathBuf;

use greenboard::diag::{Code, Diagnostic, Diagnostics, SitePath};
use greenboard::photo::Guess;
use greenboard::read::{FileError, given};
use greenboard::site::{Board, Site};
use greenboard::workspace::{Picture, Pictures, board, dealt, no_photo, shared};

use super::{Exit, Post, Session, refuse, usage, words, wrong};

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
    for (board, pictures) in found.iter().filter(|(_, pictures)| !pictures.is_empty()) {
        let terminal = &session.terminal;
        let names: Vec<String> = pictures.iter().map(Picture::name).collect();
        terminal.line(&terminal.say(words::POSTED_PHOTO, &[&board.title, &names.join(" ")]));
    }
    Ok(Pictures::of(found, file, site.today))
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
            let board = board(site, name).map_err(|wrong| wrong::say(session, &wrong))?;
            Ok((board, here.join(path)))
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
        match Picture::read(path, &shown) {
            Ok(picture) => pictures.push(picture),
            Err(fault) => faults.push(fault),
        }
    }
    pictures
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
    let shared = shared(&pictures, boards.len());
    let named = |numbers: &[usize]| -> Vec<String> {
        numbers.iter().map(|&n| pictures[n].name()).collect()
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
            example.push(format!("--photo {board}={}", pictures[0].name()));
        }
        let uneven = Diagnostic::new(Code::PhotosUneven)
            .with("photos", pictures.len())
            .with("boards", boards.len())
            .with("example", example.join(" "));
        return Err(refuse(session, &[uneven].into_iter().collect()));
    }
    Ok(dealt(pictures, boards, shared))
}
