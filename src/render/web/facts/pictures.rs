//! The pictures that pages and boards show, with their sizes.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::SitePath;
use crate::site::{LinkTarget, Page, Shortcode, Site};

/// Returns the sizes of the pictures that pages and boards show.
pub(in crate::render::web) fn sizes(site: &Site) -> BTreeMap<&SitePath, (u32, u32)> {
    let maps = site.boards.iter().filter_map(|board| board.map.as_ref());
    let cited = site.pages.iter().flat_map(cited_files);
    let shown: BTreeSet<&SitePath> = cited.chain(maps.map(|map| &map.file)).collect();
    let size = |path| {
        let (path, file) =
            (site.assets.get_key_value(path)).or_else(|| site.statics.get_key_value(path))?;
        Some((path, file.glance().size?))
    };
    shown.into_iter().filter_map(size).collect()
}

/// Returns the files that a page shows or links to.
pub(in crate::render::web) fn cited_files(page: &Page) -> impl Iterator<Item = &SitePath> {
    let linked = page.links.values().filter_map(|link| match link {
        LinkTarget::File(path) => Some(path),
        LinkTarget::Page { .. } => None,
    });
    let picture = page.picture.as_ref().map(|picture| &picture.file);
    let given = page.shortcodes.values().flat_map(Shortcode::files);
    picture
        .into_iter()
        .chain(given)
        .chain(page.images.values())
        .chain(linked)
}
