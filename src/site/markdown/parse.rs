//! From Markdown to the tree: read, mended until nothing is left to mend, and read again.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{BrokenLink, CowStr, Options, Parser};

use super::marked::Events;
use super::marked::{MarkedText, unused_mark};
use super::mend;
use super::mends::Mends;
use super::tree::{Builder, Input};
use super::{Document, blocks, cjk, invisible, leftover, raw};
use crate::diag::{Code, Diagnostic, Diagnostics, Source, Span};

/// Parses the bytes `range` of `source`; what is wrong goes to `diagnostics`.
pub fn parse(source: &Arc<Source>, range: Range<usize>, diagnostics: &mut Diagnostics) -> Document {
    let text = &source.text[range.clone()];
    let mark = unused_mark(text);
    let fences = blocks::fences(text);
    let mut marked = MarkedText::new(text);
    let mut edits = blocks::stand_ins(&fences, mark);
    if text.contains("<!--") {
        let mut trial = MarkedText::new(text);
        trial.edit(edits.clone());
        let hidden = raw::before_words(text, &trial, &read(&trial.text).0);
        let is_hidden = |at: usize| hidden.iter().any(|edit| edit.range.contains(&at));
        edits.retain(|edit| !is_hidden(edit.range.start));
        edits.extend(hidden);
    }
    edits.extend(invisible::edits(text));
    marked.edit(edits);
    let mut told = Told::default();
    let mut rounds = 0;
    let (mends, definitions) = loop {
        let (events, definitions) = read(&marked.text);
        let mends = mend::mend(&marked.text, &events, mark);
        told.note(&mends, &marked);
        rounds += 1;
        if mends.edits.is_empty() || rounds == mend::ROUNDS {
            break (cjk::mend(&marked.text, &events, mark), definitions);
        }
        drop(events);
        marked.edit(mends.edits);
    };
    marked.edit(mends);
    // A reference may have got a mark while its definition has none.
    let look_up = |link: BrokenLink| {
        let label: String = link.reference.chars().filter(|&c| c != mark).collect();
        let (target, title) = definitions.get(&label.to_lowercase())?;
        Some((CowStr::from(target.clone()), CowStr::from(title.clone())))
    };
    let events: Events =
        Parser::new_with_broken_link_callback(&marked.text, options(), Some(look_up))
            .into_offset_iter()
            .collect();
    let input = Input {
        source,
        base: range.start,
        marked: &marked,
        fences: &fences,
        mark,
    };
    told.tell(&input, diagnostics);
    leftover::tell(&input, &events, diagnostics);
    Builder::new(input, &events, diagnostics).build(&events)
}

/// The definitions of references: target and title by label.
type Definitions = BTreeMap<String, (String, String)>;

fn read(text: &str) -> (Events<'_>, Definitions) {
    let mut parser = Parser::new_ext(text, options()).into_offset_iter();
    let events = parser.by_ref().collect();
    let definitions = parser.reference_definitions().iter();
    let definitions = definitions.map(|(label, definition)| {
        let title = definition.title.as_deref().unwrap_or_default();
        let found = (definition.dest.to_string(), title.to_owned());
        (label.to_lowercase(), found)
    });
    (events, definitions.collect())
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

/// What the mends brought to light, by the place of each in the text.
#[derive(Default)]
struct Told {
    wide_rows: BTreeMap<usize, (Range<usize>, usize, usize)>,
    open_code: BTreeMap<usize, Range<usize>>,
}

impl Told {
    fn note(&mut self, mends: &Mends, marked: &MarkedText) {
        for (range, cells, columns) in &mends.wide_rows {
            let range = marked.original_range(range);
            let row = (range.clone(), *cells, *columns);
            self.wide_rows.entry(range.start).or_insert(row);
        }
        self.open_code.clear();
        for range in &mends.open_code {
            let range = marked.original_range(range);
            self.open_code.insert(range.start, range);
        }
    }

    fn tell(self, input: &Input, diagnostics: &mut Diagnostics) {
        let at = |range: &Range<usize>| {
            let range = input.base + range.start..input.base + range.end;
            Span::new(input.source, range)
        };
        for (range, cells, columns) in self.wide_rows.values() {
            let row = Diagnostic::new(Code::WideRow).at(at(range));
            diagnostics.push(row.with("cells", cells).with("columns", columns));
        }
        for range in self.open_code.values() {
            let at = at(range);
            let line = &input.source.text[at.range.clone()];
            let fence = line
                .trim_end_matches(|c| !matches!(c, '`' | '~'))
                .to_owned();
            let open = Diagnostic::new(Code::CodeOpen).at(at);
            diagnostics.push(open.with("fence", fence));
        }
    }
}
