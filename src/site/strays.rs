//! Files below `content/` that nothing uses, though they look as if they were meant to be seen.

use std::collections::BTreeSet;

use super::language::Translations;
use super::page::{LinkTarget, Page};
use crate::diag::{Diagnostics, SitePath};
use crate::read::{Tree, looks_meant, tell_unused};

/// Tells of texts, documents and tables that no page leads to, all in one message.
pub(super) fn report(
    pages: &[Page],
    translations: &Translations,
    tree: &Tree,
    diagnostics: &mut Diagnostics,
) {
    let translated = translations.values().flatten().map(|it| &it.page);
    let mut used: BTreeSet<&SitePath> = BTreeSet::new();
    for page in pages.iter().chain(translated) {
        used.extend(page.links.values().filter_map(|target| match target {
            LinkTarget::File(file) => Some(file),
            LinkTarget::Page { .. } => None,
        }));
        used.extend(page.shortcodes.values().flat_map(|it| it.files()));
        used.extend(
            page.poster
                .iter()
                .filter_map(|wish| Some(&wish.file.as_ref()?.value)),
        );
    }
    let is_unused =
        |path: &&SitePath| looks_meant(path) && !used.contains(path) && !tree.told.contains(path);
    let unused = tree.assets.keys().filter(is_unused);
    let unused = unused.chain(&tree.left).cloned().collect();
    diagnostics.extend(tell_unused(&unused));
}
