//! Raw HTML on a page: as it was settled, with links and pictures that lead where they do here.

use super::leaf::leaves;
use super::writer::Writer;
use crate::site::markdown::markup::{Piece, Tag, pieces};

impl Writer<'_> {
    /// Writes settled raw HTML.
    pub(super) fn raw(&mut self, html: &str) {
        for piece in pieces(html) {
            let changed = match &piece {
                Piece::Tag(tag) if tag.is_end => None,
                Piece::Tag(tag) if tag.is("a") => self.raw_link(tag),
                Piece::Tag(tag) if tag.is("img") => self.raw_image(tag),
                _ => None,
            };
            self.out
                .push_str(changed.as_deref().unwrap_or(piece.text()));
        }
    }

    /// Returns a link that leads somewhere; one whose page is not on the web holds its words alone.
    fn raw_link(&self, tag: &Tag) -> Option<String> {
        let href = self.targets.link(&tag.attribute("href")?);
        let leaves = href.as_deref().is_some_and(leaves) && tag.attribute("rel").is_none();
        let mut changes = vec![("href", href)];
        if leaves {
            changes.push(("rel", Some("external noopener".to_owned())));
        }
        Some(tag.with(&changes))
    }

    fn raw_image(&self, tag: &Tag) -> Option<String> {
        let source = self.targets.image(&tag.attribute("src")?);
        let lacks = |name: &str| tag.attribute(name).is_none();
        let mut changes = vec![("src", Some(source.src))];
        if lacks("alt") {
            changes.push(("alt", Some(String::new())));
        }
        if let Some((width, height)) = source.size.filter(|_| lacks("width") && lacks("height")) {
            changes.push(("width", Some(width.to_string())));
            changes.push(("height", Some(height.to_string())));
        }
        for (name, value) in [("loading", "lazy"), ("decoding", "async")] {
            if lacks(name) {
                changes.push((name, Some(value.to_owned())));
            }
        }
        Some(tag.with(&changes))
    }
}
