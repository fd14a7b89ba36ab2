//! Small things of the parser's in terms of ours.

use pulldown_cmark::BlockQuoteKind;

use super::super::{AlertKind, Alignment, Inline, InlineKind};

/// Takes blanks of full width away around the words of a cell.
pub(super) fn trimmed(mut cell: Vec<Inline>) -> Vec<Inline> {
    if let Some(InlineKind::Text { text }) = cell.first_mut().map(|first| &mut first.kind) {
        *text = text.trim_start().to_owned();
    }
    if let Some(InlineKind::Text { text }) = cell.last_mut().map(|last| &mut last.kind) {
        text.truncate(text.trim_end().len());
    }
    cell.retain(|inline| !matches!(&inline.kind, InlineKind::Text { text } if text.is_empty()));
    cell
}

/// Reads the number that an item begins with.
pub(super) fn number(item: &str) -> Option<u64> {
    let item = item.trim_start();
    let end = item.find(|c: char| !c.is_ascii_digit())?;
    item[..end].parse().ok()
}

pub(super) fn alert(kind: BlockQuoteKind) -> AlertKind {
    match kind {
        BlockQuoteKind::Note => AlertKind::Note,
        BlockQuoteKind::Tip => AlertKind::Tip,
        BlockQuoteKind::Important => AlertKind::Important,
        BlockQuoteKind::Warning => AlertKind::Warning,
        BlockQuoteKind::Caution => AlertKind::Caution,
    }
}

pub(super) fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}
