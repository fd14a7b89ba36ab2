//! The pages before and after each page in its section.

use rustc_hash::FxHashMap;

use crate::site::{Page, Site};

/// The pages before and after each page in its section, by id.
pub(in crate::render::web) type Neighbours<'a> =
    FxHashMap<&'a str, (Option<&'a str>, Option<&'a str>)>;

/// Finds the neighbours of the pages on the web, which `page` finds by id; boards follow their own
/// walk.
pub(in crate::render::web) fn neighbours<'a>(
    site: &'a Site,
    page: impl Fn(&str) -> Option<&'a Page>,
) -> Neighbours<'a> {
    let mut all = FxHashMap::default();
    for section in &site.sections {
        let walks = |id: &&str| page(id).is_some_and(|page| page.board.is_none());
        let ids: Vec<&str> = section
            .pages
            .iter()
            .map(String::as_str)
            .filter(walks)
            .collect();
        for (at, id) in ids.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| ids[before]);
            all.insert(*id, (before, ids.get(at + 1).copied()));
        }
    }
    all
}
