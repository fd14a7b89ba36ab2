//! What links, footnotes and words come to.

use crate::site::markdown::{Inline, InlineKind};

/// Tells whether an address leads to another website.
pub(super) fn leaves(href: &str) -> bool {
    href.starts_with("http://") || href.starts_with("https://")
}

/// Returns the anchor of the mark that cites footnote `number` for the `cited`th time.
pub(super) fn mark_anchor(number: usize, cited: usize) -> String {
    match cited {
        1 => format!("fnref-{number}"),
        _ => format!("fnref-{number}-{cited}"),
    }
}

/// Returns the words alone.
pub(super) fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text { text } | InlineKind::Code { text } => out.push_str(text),
            InlineKind::Emphasis { inlines }
            | InlineKind::Strong { inlines }
            | InlineKind::Strikethrough { inlines }
            | InlineKind::Link { inlines, .. } => out.push_str(&plain(inlines)),
            InlineKind::Image { alt, .. } => out.push_str(alt),
            InlineKind::LineBreak => out.push(' '),
            InlineKind::FootnoteMark { .. } | InlineKind::Html { .. } => {}
        }
    }
    out
}
