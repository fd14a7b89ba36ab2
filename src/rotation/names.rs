//! Ids in records and in the lines that staff write: by which name a thing goes today, and how a name
//! is written.

use crate::site::{Board, Site};

/// Finds the page that has or had the id `poster`.
pub(super) fn today_s_id<'a>(site: &'a Site, poster: &'a str) -> &'a str {
    if site.page(poster).is_some() {
        return poster;
    }
    let formerly = |page: &&crate::site::Page| page.formerly.iter().any(|old| old == poster);
    site.pages
        .iter()
        .find(formerly)
        .map_or(poster, |page| &page.id)
}

/// Finds the board that has or had the id `board`: its page names the old one under `formerly`, as
/// a page's or as a board's.
pub(super) fn today_s_board<'a>(site: &'a Site, board: &'a str) -> &'a str {
    if site.board(board).is_some() {
        return board;
    }
    let named = |old: &String| old.strip_prefix("boards/").unwrap_or(old) == board;
    let formerly = |own: &&Board| {
        let page = site.page(&own.page);
        page.is_some_and(|page| page.formerly.iter().any(named))
    };
    let found = site.boards.iter().find(formerly);
    found.map_or(board, |found| &found.id)
}

/// Quotes `text` where YAML would take it for something else than a word.
pub(super) fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.');
    let wordy = text.starts_with(char::is_alphabetic) && text.chars().all(plain);
    let reserved = ["true", "false", "null", "yes", "no", "on", "off"];
    if wordy && !reserved.contains(&text.to_ascii_lowercase().as_str()) {
        return text.to_owned();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
