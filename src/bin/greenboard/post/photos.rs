//! The photos that the command line names, given to the boards that they show.

use std::path::PathBuf;

use greenboard::diag::{Code, Diagnostic, Diagnostics, SitePath, Value};
use greenboard::photo::Guess;
use greenboard::read::{FileError, given};
use greenboard::site::{Board, Site};
use greenboard::workspace::{Picture, Pictures, Walked, board, dealt, no_photo, shared};

use super::{Exit, Post, Session, refuse, usage, words, wrong};

/// Reads the photos that were given and finds out which board each shows.
///
/// `walked` are the boards that were changed, in walking order; `file` is the ledger's. Any file
/// that is no photo refuses all.
pub fn gather(
    session: &Session,
    site: &Site,
    args: &Post,
    walked: &[Walked],
    file: &SitePath,
) -> Result<Pictures, Exit> {
    let boards: Vec<&Board> = walked.iter().map(|it| it.board).collect();
    let mut named: Vec<(&Board, Vec<PathBuf>)> = Vec::new();
    for text in &args.photo {
        let (board, path) = named_photo(session, site, text, &boards)?;
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
    let taken = match &args.photos {
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
        let is_named = |it: &&Walked| found.iter().any(|(named, _)| named.id == it.board.id);
        let rest = walked.iter().filter(|it| !is_named(it)).cloned();
        let shared = share(session, taken, &rest.collect::<Vec<_>>())?;
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
    walked: &[Walked<'a>],
) -> Result<Vec<(&'a Board, Vec<Picture>)>, Exit> {
    if pictures.is_empty() {
        return Ok(Vec::new());
    }
    let shared = shared(&pictures, walked);
    if !shared.early.is_empty() {
        return Err(early(session, &pictures, walked, &shared.early));
    }
    let named = |numbers: &[usize]| -> Vec<String> {
        numbers.iter().map(|&n| pictures[n].name()).collect()
    };
    let terminal = &session.terminal;
    let mut sure = shared.guess.is_sure();
    if shared.guess == Guess::Pauses && terminal.can_ask() {
        for (it, numbers) in walked.iter().zip(&shared.boards) {
            let names = named(numbers).join(" ");
            terminal.aside(&terminal.say(words::POSTED_PHOTO, &[&it.board.title, &names]));
        }
        sure = terminal.confirm(&terminal.say(words::ASK_PHOTOS, &[]));
    }
    if !sure {
        let guessed = walked.iter().zip(&shared.boards);
        let mut example: Vec<String> = guessed
            .flat_map(|(it, numbers)| {
                let photos = named(numbers).into_iter();
                photos.map(|name| format!("--photo {}={name}", it.board.id))
            })
            .collect();
        if example.is_empty() {
            example.push(format!("--photo {}={}", first(walked), pictures[0].name()));
        }
        let uneven = Diagnostic::new(Code::PhotosUneven)
            .with("photos", pictures.len())
            .with("boards", walked.len())
            .with("example", example.join(" "));
        return Err(refuse(session, &[uneven].into_iter().collect()));
    }
    Ok(dealt(pictures, walked, shared))
}

/// Refuses photos that were taken before anything of what they are to prove was hung.
fn early(session: &Session, pictures: &[Picture], walked: &[Walked], numbers: &[usize]) -> Exit {
    let days = numbers.iter().filter_map(|&n| pictures[n].taken());
    let names = numbers.iter().map(|&n| pictures[n].name());
    let last = days.max().map(|taken| taken.date());
    let early = Diagnostic::new(Code::PhotosEarly)
        .with("names", Value::list(names))
        .with_some("day", last)
        .with("board", first(walked))
        .with("first", pictures[numbers[0]].name());
    refuse(session, &[early].into_iter().collect())
}

/// Returns a board for an example.
fn first<'a>(walked: &[Walked<'a>]) -> &'a str {
    walked.first().map_or("east-gate", |it| &it.board.id)
}
