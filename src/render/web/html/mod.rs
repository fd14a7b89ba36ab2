//! Texts as HTML: a page's document tree, settled raw HTML, code in colours.

mod code;
mod escape;
mod inline;
mod leaf;
mod raw;
pub(super) mod targets;
mod writer;

pub(in crate::render) use escape::escape;
pub(crate) use writer::bare_html;
pub(super) use writer::{HeadingView, ImageSource, Rendered, Targets, Writer, render};
