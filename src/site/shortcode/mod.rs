//! What the `:::` blocks of a text mean, and what they say in plain blocks.
//!
//! A block such as `::item{name=电池}` stands for something that the site knows. Here it is
//! understood, checked, and given its *plain form*: ordinary paragraphs, lists and tables in the
//! tree. Posters, feeds, search and archive show that form and need to know nothing of blocks;
//! the web asks [`PageContent::shortcodes`](super::PageContent::shortcodes) what a block means
//! and shows more.

mod files;
mod keys;
mod known;
mod plain;
mod read;
mod table;

pub use plain::size as size_words;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::about::{About, has_blocks};
use super::block::{Shortcode, ShortcodeKind, Video};
use super::board::Board;
use super::language::Translations;
use super::links::{Known, Targets};
use super::markdown::{Block, BlockKind, Document};
use super::page::Page;
use super::settings::Settings;
use super::sorting::SortingItem;
use crate::diag::Diagnostics;
use crate::read::data::Data;
use crate::read::{Reader, Tree};

/// What blocks can stand for.
pub(super) struct Around<'a> {
    pub targets: &'a Targets<'a>,
    pub tree: &'a Tree,
    pub settings: &'a Settings,
    pub boards: &'a [Board],
    pub items: &'a [SortingItem],
    /// Whether these are all, or a list of them is broken.
    pub knows_items: bool,
}

impl Around<'_> {
    fn data(&self) -> &Data {
        &self.tree.values
    }
}

/// Understands the blocks of all pages, of which `abouts` tell, and of translations, and puts their
/// plain forms into the texts.
pub(super) fn resolve(
    pages: &mut [Page],
    abouts: &[About],
    translations: &mut Translations,
    around: &Around,
    diagnostics: &mut Diagnostics,
) {
    let with_blocks = abouts.iter().enumerate().filter(|(_, it)| it.has_blocks);
    for (at, _) in with_blocks {
        let body = taken(&mut pages[at]);
        let (body, found) = understand((&pages[at], body), None, pages, around, diagnostics);
        let page = &mut *pages[at];
        (page.body, page.shortcodes) = (body.into(), found);
    }
    for (tag, translations) in translations {
        let with_blocks = translations.iter_mut().map(|it| &mut it.page);
        for page in with_blocks.filter(|page| has_blocks(&page.body)) {
            let body = taken(page);
            let (body, found) = understand((page, body), Some(tag), pages, around, diagnostics);
            let page = &mut **page;
            (page.body, page.shortcodes) = (body.into(), found);
        }
    }
}

/// Takes the text of a page.
fn taken(page: &mut Page) -> Document {
    Arc::unwrap_or_clone(std::mem::take(&mut page.body))
}

/// Understands the blocks of one text, written in the language `tag`.
fn understand(
    (page, mut body): (&Page, Document),
    tag: Option<&str>,
    pages: &[Page],
    around: &Around,
    diagnostics: &mut Diagnostics,
) -> (Document, BTreeMap<usize, Shortcode>) {
    let reader = Reader::new(&page.span.source);
    let mut resolver = Resolver {
        around,
        known: around.targets.known(tag),
        pages,
        page,
        reader: &reader,
        found: BTreeMap::new(),
    };
    resolver.blocks(&mut body.blocks);
    for footnote in &mut body.footnotes {
        resolver.blocks(&mut footnote.blocks);
    }
    let found = resolver.found;
    diagnostics.extend(reader.finish());
    (body, found)
}

/// One page on its way.
struct Resolver<'a> {
    around: &'a Around<'a>,
    known: Known<'a>,
    pages: &'a [Page],
    page: &'a Page,
    reader: &'a Reader,
    found: BTreeMap<usize, Shortcode>,
}

impl Resolver<'_> {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            let range = block.range.clone();
            match &mut block.kind {
                BlockKind::Directive {
                    name,
                    attributes,
                    tone,
                    blocks,
                } => {
                    self.blocks(blocks);
                    let written = read::Written {
                        name,
                        attributes,
                        range,
                    };
                    let own = std::mem::take(blocks);
                    let (plain, meaning) = self.understand(&written, own);
                    *blocks = plain;
                    if let Some(meaning) = meaning {
                        *tone = match meaning.kind {
                            ShortcodeKind::Callout(tone) => Some(tone),
                            _ => None,
                        };
                        self.found.insert(written.range.start, meaning);
                    }
                }
                BlockKind::List { items, .. } => {
                    for item in items {
                        self.blocks(&mut item.blocks);
                    }
                }
                BlockKind::Quote { blocks } | BlockKind::Alert { blocks, .. } => {
                    self.blocks(blocks);
                }
                BlockKind::Definitions { entries } => {
                    for blocks in entries.iter_mut().flat_map(|entry| &mut entry.definitions) {
                        self.blocks(blocks);
                    }
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests;
