//! Plain blocks: what a `:::` block says where nobody can show more.

use std::ops::Range;

use jiff::civil::Date;

use crate::site::markdown::{Block, BlockKind, Inline, InlineKind, ListItem};

/// Makes blocks and inlines that came from the same bytes.
#[derive(Clone)]
pub(super) struct Plain {
    /// The bytes of the line that they stand for.
    pub range: Range<usize>,
}

impl Plain {
    /// Returns the same for other bytes.
    pub(super) fn at(range: &Range<usize>) -> Self {
        Self {
            range: range.clone(),
        }
    }

    pub(super) fn text(&self, text: impl Into<String>) -> Inline {
        self.inline(InlineKind::Text { text: text.into() })
    }

    pub(super) fn strong(&self, text: impl Into<String>) -> Inline {
        let inlines = vec![self.text(text)];
        self.inline(InlineKind::Strong { inlines })
    }

    pub(super) fn link(&self, target: impl Into<String>, words: impl Into<String>) -> Inline {
        self.inline(InlineKind::Link {
            target: target.into(),
            title: String::new(),
            inlines: vec![self.text(words)],
        })
    }

    pub(super) fn image(&self, target: impl Into<String>, alt: impl Into<String>) -> Inline {
        self.inline(InlineKind::Image {
            target: target.into(),
            title: String::new(),
            alt: alt.into(),
        })
    }

    pub(super) fn paragraph(&self, inlines: Vec<Inline>) -> Block {
        self.block(BlockKind::Paragraph { inlines })
    }

    /// Returns the title as a line of its own.
    pub(super) fn heading(&self, title: Option<&String>) -> Option<Block> {
        title.map(|title| self.paragraph(vec![self.strong(title)]))
    }

    /// Returns a list with one item a line.
    pub(super) fn list(&self, lines: Vec<Vec<Inline>>) -> Block {
        let item = |inlines| ListItem {
            task: None,
            number: None,
            blocks: vec![self.paragraph(inlines)],
        };
        self.block(BlockKind::List {
            start: None,
            typed: false,
            tight: true,
            items: lines.into_iter().map(item).collect(),
        })
    }

    pub(super) fn block(&self, kind: BlockKind) -> Block {
        Block {
            kind,
            range: self.range.clone(),
        }
    }

    fn inline(&self, kind: InlineKind) -> Inline {
        Inline {
            kind,
            range: self.range.clone(),
        }
    }
}

/// Says a day as content does.
pub(super) fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// Tells whether there is an image among blocks, or in blocks within them.
pub(super) fn has_image(blocks: &[Block]) -> bool {
    let mut found = false;
    crate::site::markdown::walk_of(blocks, &mut |inline| {
        found |= matches!(inline.kind, InlineKind::Image { .. });
    });
    found
}

/// Sets each picture of a paragraph that holds nothing else in a paragraph of its own, as if an
/// empty line stood between them.
pub(super) fn pictures_apart(block: Block) -> Vec<Block> {
    let is_picture = |inline: &Inline| matches!(inline.kind, InlineKind::Image { .. });
    let is_space = |inline: &Inline| match &inline.kind {
        InlineKind::Text { text } => text.trim().is_empty(),
        InlineKind::LineBreak => true,
        _ => false,
    };
    match block.kind {
        BlockKind::Paragraph { inlines }
            if inlines.iter().all(|it| is_picture(it) || is_space(it)) =>
        {
            let plain = Plain { range: block.range };
            let pictures = inlines.into_iter().filter(is_picture);
            pictures
                .map(|picture| plain.paragraph(vec![picture]))
                .collect()
        }
        kind => vec![Block { kind, ..block }],
    }
}

/// Says a size in bytes as people do.
pub fn size(bytes: usize) -> String {
    const KB: usize = 1024;
    match bytes {
        0..KB => format!("{bytes} B"),
        bytes if bytes < 1000 * KB => format!("{} KB", bytes.div_ceil(KB)),
        bytes => format!(
            "{}.{} MB",
            bytes / (KB * KB),
            bytes % (KB * KB) * 10 / (KB * KB)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_in_round_figures() {
        let said: Vec<String> = [0, 1023, 1024, 70_001, 1_300_000, 25 << 20]
            .map(size)
            .into();
        assert_eq!(
            said,
            ["0 B", "1023 B", "1 KB", "69 KB", "1.2 MB", "25.0 MB"]
        );
    }
}
