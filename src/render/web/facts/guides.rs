//! Guides: pages that last.

use std::collections::BTreeMap;

use crate::site::{Page, Site};

/// An evergreen page is neither notice nor campaign nor board, and does not run out.
pub(in crate::render::web) fn guides<'a>(
    site: &'a Site,
    is_published: &dyn Fn(&Page) -> bool,
) -> BTreeMap<&'a str, Vec<&'a Page>> {
    let mut guides: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
    for page in &site.pages {
        if is_guide(page)
            && is_published(page)
            && let Some(topic) = page.topic()
        {
            guides.entry(topic).or_default().push(page);
        }
    }
    for pages in guides.values_mut() {
        pages.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    }
    guides
}

/// Tells whether a page is a guide: neither notice nor campaign nor board, and lasting.
pub(in crate::render::web) fn is_guide(page: &Page) -> bool {
    !page.is_section
        && page.notice.is_none()
        && page.campaign.is_none()
        && page.board.is_none()
        && page.expires.is_none()
}
