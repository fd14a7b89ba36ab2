//! From Markdown to the tree: once, or twice where emphasis beside Chinese wants marks.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{BrokenLink, CowStr, Options, Parser};

use super::marked::{MarkedText, unused_mark};
use super::tree::{Builder, Events, Input};
use super::{Document, blocks, cjk, raw};
use crate::diag::{Diagnostics, Source};

/// Parses the bytes `range` of `source`; what is wrong goes to `diagnostics`.
pub fn parse(source: &Arc<Source>, range: Range<usize>, diagnostics: &mut Diagnostics) -> Document {
    let text = &source.text[range.clone()];
    let mark = unused_mark(text);
    let fences = blocks::fences(text);
    let mut edits = blocks::stand_ins(&fences, mark);
    let hidden = {
        let plain = MarkedText::new(text, &edits);
        let events: Events = Parser::new_ext(&plain.text, options())
            .into_offset_iter()
            .collect();
        raw::before_words(text, &plain, &events)
    };
    let is_hidden = |at: usize| hidden.iter().any(|edit| edit.range.contains(&at));
    edits.retain(|edit| !is_hidden(edit.range.start));
    edits.extend(hidden);
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let plain = MarkedText::new(text, &edits);
    let mut parser = Parser::new_ext(&plain.text, options()).into_offset_iter();
    let events: Events = parser.by_ref().collect();
    let mends = cjk::mend(text, &plain, &events, mark);
    let input = |marked| Input {
        source,
        base: range.start,
        marked,
        fences: &fences,
        mark,
    };
    if mends.is_empty() {
        return Builder::new(input(&plain), &events, diagnostics).build(&events);
    }
    edits.extend(mends);
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mended = MarkedText::new(text, &edits);
    // A reference may have got a mark while its definition has none.
    let definitions = parser.reference_definitions();
    let look_up = |link: BrokenLink| {
        let label: String = link.reference.chars().filter(|&c| c != mark).collect();
        let definition = definitions.get(&label)?;
        let title = definition.title.as_deref().unwrap_or_default();
        Some((
            CowStr::from(definition.dest.to_string()),
            CowStr::from(title.to_owned()),
        ))
    };
    let events: Events =
        Parser::new_with_broken_link_callback(&mended.text, options(), Some(look_up))
            .into_offset_iter()
            .collect();
    Builder::new(input(&mended), &events, diagnostics).build(&events)
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
}
