//! A block with the page that holds it.

use crate::render::web::facts::website::Facts;
use crate::render::web::html::targets::PageTargets;
use crate::site::Shortcode;
use crate::site::markdown::Block;

/// A block with its page.
pub(super) struct Holder<'a> {
    pub facts: &'a Facts<'a>,
    pub targets: &'a PageTargets<'a>,
    /// The output file that it stands in.
    pub url: &'a str,
    pub code: &'a Shortcode,
    /// Its plain blocks.
    pub blocks: &'a [Block],
}

impl Holder<'_> {
    /// Returns what the author wrote within the block.
    pub(super) fn own(&self) -> &[Block] {
        self.blocks.get(self.code.own.clone()).unwrap_or_default()
    }
}
