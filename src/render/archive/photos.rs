//! Photos of the ledger as papers show them: captioned with time, place and person.

use super::keepsakes::{self, Keepsakes};
use super::kept::{BoardKept, Evidence, PeriodKept};
use super::paper::Photo;
use super::words::full_day;
use crate::rotation::ledger::{self, Deed, Event, View};

/// Returns the photos of a period with their captions.
pub(super) fn of_period(
    board: &BoardKept,
    period: &PeriodKept,
    keepsakes: &Keepsakes,
) -> Vec<Photo> {
    let shown = period.photos.iter();
    shown
        .filter_map(|(event, photo)| photo_of(board, event, photo, keepsakes))
        .collect()
}

/// Returns at most `most` photos, the first of each board: from afar where there is one.
pub(super) fn one_a_board(evidence: &Evidence, keepsakes: &Keepsakes, most: usize) -> Vec<Photo> {
    let of_board = |board: &BoardKept| {
        let all = || board.periods.iter().flat_map(|period| &period.photos);
        let is_far = |(_, photo): &&(&Event, &ledger::Photo)| photo.view == Some(View::Far);
        let (event, photo) = all().find(is_far).or_else(|| all().next())?;
        photo_of(board, event, photo, keepsakes)
    };
    evidence
        .boards
        .iter()
        .filter_map(of_board)
        .take(most)
        .collect()
}

/// Returns at most `most` photos, the first of each activity.
pub(super) fn of_activities(evidence: &Evidence, keepsakes: &Keepsakes, most: usize) -> Vec<Photo> {
    let first = |it: &crate::rotation::diary::Activity| {
        let path = it.photos.iter().find(|path| {
            keepsakes
                .attached
                .get(*path)
                .is_some_and(|kept| kept.copy.is_some())
        })?;
        Some(Photo {
            name: keepsakes::name(path),
            caption: format!("{}\n{}", full_day(it.day), it.title),
        })
    };
    evidence
        .diary
        .activities
        .iter()
        .filter_map(first)
        .take(most)
        .collect()
}

fn photo_of(
    board: &BoardKept,
    event: &Event,
    photo: &ledger::Photo,
    keepsakes: &Keepsakes,
) -> Option<Photo> {
    let kept = keepsakes.photos.get(&photo.path)?;
    kept.copy.as_ref()?;
    let day = match &event.deed {
        Deed::Hung(hung) | Deed::Corrected { hung, .. } | Deed::Missed(hung) => Some(hung.from),
        Deed::Seen { on, .. } => Some(*on),
        Deed::Removed { .. } | Deed::Absent(_) | Deed::Lost(_) => None,
    };
    let when = match (kept.taken, day) {
        (Some(taken), _) => {
            let time = taken.time();
            format!(
                "{} {}:{:02}",
                full_day(taken.date()),
                time.hour(),
                time.minute()
            )
        }
        (None, Some(day)) => full_day(day),
        (None, None) => String::new(),
    };
    let view = match photo.view {
        Some(View::Far) => "远景",
        Some(View::Near) => "近景",
        None => "",
    };
    let place = photo.place.as_deref().and_then(|id| {
        let mut places = board.board.into_iter().flat_map(|board| &board.places);
        places.find(|place| place.id == id)
    });
    let parts = [
        board.title.as_str(),
        place.map_or("", |place| &place.title),
        event.by.as_deref().unwrap_or_default(),
        view,
    ];
    let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let lines = [when, said.join("　")];
    let lines: Vec<&str> = lines
        .iter()
        .map(String::as_str)
        .filter(|line| !line.is_empty())
        .collect();
    Some(Photo {
        name: keepsakes::name(&photo.path),
        caption: lines.join("\n"),
    })
}
