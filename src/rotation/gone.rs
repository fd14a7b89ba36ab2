//! Pages and boards that the ledger cites and the site has no more: renamed without `formerly`,
//! or deleted. Their history would count for nobody, so it is said.

use std::collections::BTreeSet;

use super::ledger::{Deed, Event};
use super::names::{today_s_board, today_s_id};
use crate::diag::{Code, Diagnostic, Diagnostics, SitePath, Span, Spanned, nearest};
use crate::site::{Page, Site};

/// Puts the ids of today in the place of those that boards had before.
pub(super) fn renamed_boards(site: &Site, events: &mut [Event]) {
    for event in events {
        if let Some(board) = board(&mut event.deed) {
            let today = today_s_board(site, board);
            if today != board {
                *board = today.to_owned();
            }
        }
    }
}

fn board(deed: &mut Deed) -> Option<&mut String> {
    match deed {
        Deed::Hung(hung) | Deed::Missed(hung) | Deed::Corrected { hung, .. } => {
            Some(&mut hung.board)
        }
        Deed::Seen { board, .. } => Some(board),
        Deed::Absent(absent) => Some(&mut absent.board),
        Deed::Lost(lost) => lost.board.as_mut(),
        Deed::Removed { .. } => None,
    }
}

/// Reports each page and board that hung or was hung on and is gone, at the first line that cites
/// it; `planned` are those that past lines of the published plan cite.
pub(super) fn report(
    site: &Site,
    events: &[Event],
    planned: &[Spanned<String>],
    diagnostics: &mut Diagnostics,
) {
    let mut told: BTreeSet<(Code, &str)> = BTreeSet::new();
    for event in events {
        let (Deed::Hung(hung) | Deed::Corrected { hung, .. }) = &event.deed else {
            continue;
        };
        let poster = hung.poster.as_str();
        if site.page(today_s_id(site, poster)).is_none() && told.insert((Code::PageGone, poster)) {
            let file = successor(site, poster);
            diagnostics.push(gone(Code::PageGone, poster, file, event));
        }
        let board = hung.board.as_str();
        if site.board(board).is_none() && told.insert((Code::BoardGone, board)) {
            let file = successor_of_board(site, board);
            diagnostics.push(gone(Code::BoardGone, board, file, event));
        }
    }
    for poster in planned {
        if told.insert((Code::PageGone, poster)) {
            let told = Diagnostic::new(Code::PageGone).at(poster.span.clone());
            let told = told.with("id", &poster.value);
            diagnostics.push(told.with_some("file", successor(site, poster)));
        }
    }
}

fn gone(code: Code, id: &str, file: Option<&SitePath>, event: &Event) -> Diagnostic {
    let line = &event.span.source.text[event.span.range.clone()];
    let at = line.find(id).map_or(event.span.range.clone(), |at| {
        let start = event.span.range.start + at;
        start..start + id.len()
    });
    Diagnostic::new(code)
        .at(Span::new(&event.span.source, at))
        .with("id", id)
        .with_some("file", file)
}

/// Returns the file of the page that `id` probably became: one of the same or a similar name.
pub(super) fn successor<'a>(site: &'a Site, id: &str) -> Option<&'a SitePath> {
    let hangs = |page: &&Page| page.poster.is_some();
    similar(id, site.pages.iter().filter(hangs))
}

/// Returns the file of the board that `id` probably became.
pub(super) fn successor_of_board<'a>(site: &'a Site, id: &str) -> Option<&'a SitePath> {
    similar(
        id,
        site.boards
            .iter()
            .filter_map(|board| site.page(&board.page)),
    )
}

fn similar<'a>(id: &str, pages: impl Iterator<Item = &'a Page> + Clone) -> Option<&'a SitePath> {
    let stem = |id: &'a str| id.rsplit('/').next().unwrap_or(id);
    let own = id.rsplit('/').next().unwrap_or(id);
    let found = nearest(own, pages.clone().map(|page| stem(&page.id)))?;
    let mut pages = pages.filter(|page| stem(&page.id) == found);
    pages.next().map(|page| &page.path)
}
