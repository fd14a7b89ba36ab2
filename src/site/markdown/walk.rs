//! Walks over all blocks, inlines and tags of a parsed text.

use std::ops::Range;

use super::markup::{Piece, Tag, pieces};
use super::{Block, BlockKind, Document, Inline, InlineKind};

/// Calls `visit` with every block of the document, outer before inner, footnotes last.
pub fn walk_blocks(document: &Document, visit: &mut dyn FnMut(&Block)) {
    each_block(&document.blocks, visit);
    for footnote in &document.footnotes {
        each_block(&footnote.blocks, visit);
    }
}

/// Calls `visit` with every inline of the document, footnotes and nested inlines included.
pub fn walk(document: &Document, visit: &mut dyn FnMut(&Inline)) {
    walk_inlines(&document.blocks, visit);
    for footnote in &document.footnotes {
        walk_inlines(&footnote.blocks, visit);
    }
}

/// Calls `visit` with every inline of `blocks`, nested ones included.
pub fn walk_of(blocks: &[Block], visit: &mut dyn FnMut(&Inline)) {
    walk_inlines(blocks, visit);
}

fn each_block(blocks: &[Block], visit: &mut dyn FnMut(&Block)) {
    for block in blocks {
        visit(block);
        match &block.kind {
            BlockKind::List { items, .. } => {
                for item in items {
                    each_block(&item.blocks, visit);
                }
            }
            BlockKind::Quote { blocks }
            | BlockKind::Alert { blocks, .. }
            | BlockKind::Directive { blocks, .. } => each_block(blocks, visit),
            BlockKind::Definitions { entries } => {
                for blocks in entries.iter().flat_map(|entry| &entry.definitions) {
                    each_block(blocks, visit);
                }
            }
            _ => {}
        }
    }
}

/// Returns the lists of inlines that a block holds itself, not in blocks within it.
pub(super) fn own_inlines(kind: &BlockKind) -> Vec<&[Inline]> {
    match kind {
        BlockKind::Heading { inlines, .. } | BlockKind::Paragraph { inlines } => vec![inlines],
        BlockKind::Table { head, rows, .. } => {
            let cells = head.iter().chain(rows.iter().flatten());
            cells.map(Vec::as_slice).collect()
        }
        BlockKind::Definitions { entries } => {
            entries.iter().map(|entry| entry.term.as_slice()).collect()
        }
        _ => Vec::new(),
    }
}

/// Writes the two walks over inlines, by shared and by exclusive reference, once.
macro_rules! inline_walks {
    ($blocks:ident, $inlines:ident $(, $exclusive:tt)?) => {
        /// Calls `visit` with every inline of `blocks` in the order of reading.
        pub(super) fn $blocks(
            blocks: &$($exclusive)? [Block],
            visit: &mut dyn FnMut(&$($exclusive)? Inline),
        ) {
            for block in blocks {
                match &$($exclusive)? block.kind {
                    BlockKind::Heading { inlines, .. } | BlockKind::Paragraph { inlines } => {
                        $inlines(inlines, visit);
                    }
                    BlockKind::List { items, .. } => {
                        for item in items {
                            $blocks(&$($exclusive)? item.blocks, visit);
                        }
                    }
                    BlockKind::Quote { blocks }
                    | BlockKind::Alert { blocks, .. }
                    | BlockKind::Directive { blocks, .. } => $blocks(blocks, visit),
                    BlockKind::Table { head, rows, .. } => {
                        for cell in head {
                            $inlines(cell, visit);
                        }
                        for row in rows {
                            for cell in row {
                                $inlines(cell, visit);
                            }
                        }
                    }
                    BlockKind::Definitions { entries } => {
                        for entry in entries {
                            $inlines(&$($exclusive)? entry.term, visit);
                            for blocks in &$($exclusive)? entry.definitions {
                                $blocks(blocks, visit);
                            }
                        }
                    }
                    BlockKind::Code { .. } | BlockKind::Rule | BlockKind::Html { .. } => {}
                }
            }
        }

        fn $inlines(
            inlines: &$($exclusive)? [Inline],
            visit: &mut dyn FnMut(&$($exclusive)? Inline),
        ) {
            for inline in inlines {
                visit(&$($exclusive)? *inline);
                match &$($exclusive)? inline.kind {
                    InlineKind::Emphasis { inlines }
                    | InlineKind::Strong { inlines }
                    | InlineKind::Strikethrough { inlines }
                    | InlineKind::Link { inlines, .. } => $inlines(inlines, visit),
                    _ => {}
                }
            }
        }
    };
}

inline_walks!(walk_inlines, each_inline);
inline_walks!(walk_inlines_mut, each_inline_mut, mut);

/// Calls `visit` with every tag in raw HTML that begins an element, and the bytes of the raw HTML
/// that it stands in.
pub(crate) fn walk_raw(document: &Document, visit: &mut dyn FnMut(&Tag, &Range<usize>)) {
    let mut tags = |html: &str, range: &Range<usize>| {
        for piece in pieces(html) {
            if let Piece::Tag(tag) = piece
                && !tag.is_end
            {
                visit(&tag, range);
            }
        }
    };
    walk_blocks(document, &mut |block| {
        if let BlockKind::Html { text } = &block.kind {
            tags(text, &block.range);
        }
    });
    walk(document, &mut |inline| {
        if let InlineKind::Html { text } = &inline.kind {
            tags(text, &inline.range);
        }
    });
}
