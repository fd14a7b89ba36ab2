//! Markdown as one tree with byte spans.
//!
//! [`parse`] makes a [`Document`] out of a page's text. Web pages, posters, feeds and messages
//! all walk this tree; nobody parses Markdown a second time. Byte ranges count in the source's
//! whole text, so that a late stage can still name file and line.

mod blocks;
mod cjk;
mod containers;
mod document;
#[cfg(test)]
mod dump;
mod footnotes;
mod headings;
mod inlines;
mod invisible;
mod leftover;
mod lines;
mod links;
mod marked;
pub(crate) mod markup;
mod mend;
mod mends;
mod parse;
mod raw;
mod script;
mod stars;
mod tables;
mod text;
mod tree;
mod walk;

pub use document::{
    AlertKind, Alignment, Attribute, Block, BlockKind, Definition, Document, Footnote, Inline,
    InlineKind, ListItem, footnote_id, footnote_mark_id,
};
pub use parse::parse;
pub use raw::{PosterMark, RawHtml, poster_mark, settle};
pub use text::{TocEntry, anchors, plain, plain_text, reading_minutes, summary, table_of_contents};
pub(crate) use walk::walk_raw;
pub use walk::{walk, walk_blocks, walk_of};
