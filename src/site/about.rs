//! What other pages ask of a page, and whether its links are still what they were.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::markdown::{self, BlockKind, Document, walk_blocks};
use super::page::Page;
use crate::cache::CacheKey;
use crate::diag::SitePath;
use crate::read::{Memo, Tree};

/// What is asked of a page's text whatever became of the other pages.
#[derive(Debug, Clone, Default)]
pub(super) struct About {
    /// What a link can lead to in it.
    pub anchors: Arc<BTreeSet<String>>,
    /// Whether it has `:::` blocks to be understood.
    pub has_blocks: bool,
    /// The key of what it is read from; none where that is not known.
    pub key: Option<CacheKey>,
    /// The key of what links see of it; none of a file that is no page.
    target: Option<CacheKey>,
}

impl About {
    pub(super) fn of(page: &Page, key: Option<CacheKey>) -> Self {
        let anchors = markdown::anchors(&page.body);
        let parts = [page.path.as_str(), &page.id, &page.title];
        let parts = parts.into_iter().chain(anchors.iter().map(String::as_str));
        let parts: Vec<&[u8]> = parts.map(str::as_bytes).collect();
        Self {
            has_blocks: has_blocks(&page.body),
            target: Some(CacheKey::of(&parts)),
            anchors: anchors.into(),
            key,
        }
    }
}

/// Tells whether a text has blocks to be understood.
pub(super) fn has_blocks(body: &Document) -> bool {
    let mut has_blocks = false;
    walk_blocks(body, &mut |block| {
        has_blocks |= matches!(block.kind, BlockKind::Directive { .. });
    });
    has_blocks
}

/// Pages whose links were resolved before.
pub(super) struct Resolved<'a> {
    known: &'a Memo<Page>,
    /// The key of all that links can lead to.
    places: CacheKey,
}

impl<'a> Resolved<'a> {
    pub(super) fn new(known: &'a Memo<Page>, places: CacheKey) -> Self {
        Self { known, places }
    }

    pub(super) fn find(&self, page: &Page, about: &About) -> Option<Page> {
        self.known.find(&page.path, self.key(page, about)?)
    }

    pub(super) fn keep(&self, page: &Page, about: &About) {
        if let Some(key) = self.key(page, about) {
            self.known.keep(&page.path, key, page.clone());
        }
    }

    /// Returns nothing for a page with blocks, which can stand for anything that the site knows, and
    /// none for one with items, which are taken out where there is no list of them.
    fn key(&self, page: &Page, about: &About) -> Option<CacheKey> {
        let depends_on_more = about.has_blocks || !page.items.is_empty();
        let own = about.key.filter(|_| !depends_on_more)?;
        Some(CacheKey::of(&[&own.0, &self.places.0]))
    }
}

/// Returns the key of all that links can lead to: pages as links see them, and files.
pub(super) fn places_key<'a>(
    abouts: &[About],
    translations: impl Iterator<Item = (&'a str, &'a Page)>,
    tree: &Tree,
) -> CacheKey {
    let own = abouts.iter().filter_map(|it| it.target);
    let translated = translations.flat_map(|(tag, page)| {
        let tag = CacheKey::of(&[tag.as_bytes()]);
        [Some(tag), About::of(page, None).target]
    });
    let pages = own.chain(translated.flatten()).flat_map(|key| key.0);
    let pages: Vec<u8> = pages.collect();
    let names = |paths: &mut dyn Iterator<Item = &SitePath>| {
        let names: Vec<&[u8]> = paths.map(|it| it.as_str().as_bytes()).collect();
        CacheKey::of(&names).0
    };
    CacheKey::of(&[
        &pages,
        &names(&mut tree.assets.keys()),
        &names(&mut tree.statics.keys()),
        &names(&mut tree.unread.iter()),
    ])
}
