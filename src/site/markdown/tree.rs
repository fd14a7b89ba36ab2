//! Builds the tree from the parser's events.

mod kinds;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use self::kinds::{alert, alignment, number, trimmed};
use super::blocks::{self, Fence, Opening};
use super::containers::{Containers, Open};
use super::footnotes;
use super::headings::{self, Anchors};
use super::inlines::{Leaf, Wrapper};
use super::marked::{Events, MarkedText};
use super::{
    Alignment, Block, BlockKind, Document, Inline, InlineKind, ListItem, invisible, lines, mends,
};
use crate::diag::{Code, Diagnostic, Diagnostics, Source, Span};

/// How many events a line end looks ahead for the next character.
const LOOK_AHEAD: usize = 64;

/// What the events came from.
#[derive(Clone, Copy)]
pub(super) struct Input<'a> {
    pub source: &'a Arc<Source>,
    /// Where the text begins in the source.
    pub base: usize,
    pub marked: &'a MarkedText<'a>,
    pub fences: &'a [Fence],
    pub mark: char,
}

#[derive(Default)]
struct TableDraft {
    alignments: Vec<Alignment>,
    head: Vec<Vec<Inline>>,
    rows: Vec<Vec<Vec<Inline>>>,
    row: Vec<Vec<Inline>>,
}

pub(super) struct Builder<'a> {
    input: Input<'a>,
    diagnostics: &'a mut Diagnostics,
    containers: Containers,
    leaf: Option<Leaf>,
    table: TableDraft,
    /// The text of code or HTML, and the language of code.
    raw: Option<(String, String)>,
    anchors: Anchors,
    /// The number before the item that begins.
    number: Option<u64>,
}

impl<'a> Builder<'a> {
    /// Begins a tree for `events`.
    pub(super) fn new(input: Input<'a>, events: &Events, diagnostics: &'a mut Diagnostics) -> Self {
        let chosen = |(event, range): &(Event, Range<usize>)| match event {
            Event::Start(Tag::Heading { .. }) => {
                headings::chosen(&input.marked.text[range.clone()])
            }
            _ => None,
        };
        let chosen: BTreeSet<String> = events.iter().filter_map(chosen).collect();
        let end = input.marked.original(input.marked.text.len());
        Self {
            input,
            diagnostics,
            containers: Containers::new(input.base..input.base + end),
            leaf: None,
            table: TableDraft::default(),
            raw: None,
            anchors: Anchors::new(chosen),
            number: None,
        }
    }

    /// Takes in all events and returns the tree.
    pub(super) fn build(mut self, events: &Events) -> Document {
        for (at, (event, range)) in events.iter().enumerate() {
            if let Event::Start(Tag::Item) = event {
                self.number = number(&self.input.marked.text[range.clone()]);
            }
            let range = self.place(range);
            match event {
                Event::SoftBreak | Event::HardBreak => {
                    let rest = &events[at + 1..];
                    let line = rest
                        .first()
                        .map_or(range.end, |(_, next)| self.place(next).start);
                    self.line_end(
                        event == &Event::HardBreak,
                        line,
                        self.next_char(rest),
                        range,
                    );
                }
                Event::Start(tag) => self.start(tag, range),
                Event::End(tag) => self.end(*tag, range),
                event => self.inline(event, range),
            }
        }
        self.end_leaf();
        let (blocks, footnotes, unclosed) = self.containers.finish();
        for place in unclosed {
            let at = Span::new(self.input.source, place);
            self.diagnostics
                .push(Diagnostic::new(Code::BlockOpen).at(at));
        }
        footnotes::number(blocks, footnotes, self.input.source, self.diagnostics)
    }

    /// Returns the bytes in the source for bytes of the marked text.
    fn place(&self, range: &Range<usize>) -> Range<usize> {
        let original = self.input.marked.original_range(range);
        self.input.base + original.start..self.input.base + original.end
    }

    /// Takes the marks out of what the parser gave.
    fn restore<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let input = &self.input;
        if !input.marked.is_edited() {
            return Cow::Borrowed(text);
        }
        let original = &input.source.text[input.base..];
        blocks::restore(text, original, input.fences, input.mark)
    }

    /// Finds the next character that a reader sees in this block.
    fn next_char(&self, events: &[(Event, Range<usize>)]) -> Option<char> {
        for (event, _) in events.iter().take(LOOK_AHEAD) {
            match event {
                Event::Text(text) | Event::Code(text) => {
                    let mut chars = text.chars().filter(|&c| c != self.input.mark);
                    if let Some(next) = chars.next() {
                        return Some(next);
                    }
                }
                Event::InlineHtml(_)
                | Event::FootnoteReference(_)
                | Event::Start(
                    Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. },
                )
                | Event::End(
                    TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link,
                ) => {}
                _ => return None,
            }
        }
        None
    }

    /// Ends a line before the one that begins at `line`: a line that stands by itself begins anew,
    /// others go on, after a break where it is `forced`.
    fn line_end(&mut self, forced: bool, line: usize, next: Option<char>, range: Range<usize>) {
        let words = self.line(line);
        let is_typed = lines::is_typed(words);
        let begins = is_typed || forced || lines::begins_anew(self.line_before(range.start), words);
        let leaf = self.leaf(&range);
        match begins {
            true if is_typed => leaf.begin_item(range),
            true => leaf.push(InlineKind::LineBreak, range),
            false => leaf.soft_break(next, range),
        }
    }

    /// Returns the line of the source from `at` on, without blanks before it.
    fn line(&self, at: usize) -> &'a str {
        let rest = self.input.source.text.get(at..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        line.trim_start_matches(|c| lines::is_blank(c) || invisible::is_invisible(c))
    }

    /// Returns the line of the source that ends at `at`, without quotation and list marks.
    fn line_before(&self, at: usize) -> &'a str {
        let text = self
            .input
            .source
            .text
            .get(self.input.base..at)
            .unwrap_or_default();
        let line = text.lines().next_back().unwrap_or_default();
        &line[blocks::container_prefix(line)..]
    }

    fn start(&mut self, tag: &Tag, range: Range<usize>) {
        if let Some(wrapper) = Wrapper::of(tag) {
            let is_single = matches!(wrapper, Wrapper::Strikethrough)
                && !self.input.source.text[range.clone()].starts_with("~~");
            // One tilde is a range such as 3~5 rather than a line through words.
            let wrapper = if is_single { Wrapper::Tildes } else { wrapper };
            return self.leaf(&range).start(wrapper, range);
        }
        match tag {
            Tag::Paragraph => {
                self.end_leaf();
                self.containers.loosen();
                self.leaf = Some(Leaf::new(range, false));
            }
            Tag::Heading { .. } | Tag::TableCell | Tag::DefinitionListTitle => {
                self.end_leaf();
                self.leaf = Some(Leaf::new(range, false));
            }
            Tag::CodeBlock(kind) => {
                self.end_leaf();
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or(""),
                    CodeBlockKind::Indented => "",
                };
                self.raw = Some((String::new(), language.to_owned()));
            }
            Tag::HtmlBlock => {
                self.end_leaf();
                self.raw = Some(Default::default());
            }
            Tag::Table(alignments) => {
                self.end_leaf();
                self.table = TableDraft {
                    alignments: alignments.iter().copied().map(alignment).collect(),
                    ..TableDraft::default()
                };
            }
            Tag::TableHead | Tag::TableRow => self.table.row.clear(),
            tag => self.start_container(tag, range),
        }
    }

    fn start_container(&mut self, tag: &Tag, range: Range<usize>) {
        let open = match tag {
            Tag::BlockQuote(None) => Open::Quote,
            Tag::BlockQuote(Some(kind)) => Open::Alert(alert(*kind)),
            Tag::List(start) => Open::List {
                start: *start,
                tight: true,
                items: Vec::new(),
            },
            Tag::Item => Open::Item {
                task: None,
                number: self.number.take(),
            },
            Tag::DefinitionList => Open::Definitions {
                entries: Vec::new(),
            },
            Tag::DefinitionListDefinition => Open::Definition,
            Tag::FootnoteDefinition(label) => Open::Footnote {
                label: label.as_ref().to_owned(),
            },
            // Marks that the options do not ask for.
            _ => Open::Nothing,
        };
        self.end_leaf();
        self.containers.open(open, range);
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image => self.leaf(&range).end(),
            TagEnd::Paragraph => self.end_leaf(),
            TagEnd::Heading(level) => {
                let mut inlines = self.leaf.take().map(Leaf::finish).unwrap_or_default();
                let (id, classes) = headings::take_attributes(&mut inlines);
                let id = match id {
                    Some(id) => self.anchors.chosen(&id),
                    None => self.anchors.of_words(&super::plain(&inlines)),
                };
                let kind = BlockKind::Heading {
                    level: level as u8,
                    id,
                    classes,
                    inlines,
                };
                self.containers.push(kind, range);
            }
            TagEnd::DefinitionListTitle => {
                let term = self.leaf.take().map(Leaf::finish).unwrap_or_default();
                self.containers.term(term, range);
            }
            TagEnd::TableCell => {
                let cell = self.leaf.take().map(Leaf::finish).unwrap_or_default();
                self.table.row.push(trimmed(cell));
            }
            TagEnd::TableHead => self.table.head = std::mem::take(&mut self.table.row),
            TagEnd::TableRow => self.table.rows.push(std::mem::take(&mut self.table.row)),
            TagEnd::Table => {
                let table = std::mem::take(&mut self.table);
                let kind = BlockKind::Table {
                    alignments: table.alignments,
                    head: table.head,
                    rows: table.rows,
                };
                self.containers.push(kind, range);
            }
            TagEnd::CodeBlock => {
                let (text, language) = self.raw.take().unwrap_or_default();
                self.containers
                    .push(BlockKind::Code { language, text }, range);
            }
            TagEnd::HtmlBlock => self.end_html(range),
            _ => {
                self.end_leaf();
                let unclosed = self.containers.end(range.end);
                self.report_unclosed(&unclosed);
            }
        }
    }

    fn end_html(&mut self, range: Range<usize>) {
        let (raw, _) = self.raw.take().unwrap_or_default();
        if mends::is_stop(&raw, self.input.mark) {
            return;
        }
        let number = blocks::stands_for(&raw, self.input.mark);
        match number.filter(|&number| number < self.input.fences.len()) {
            Some(number) => self.fence(number),
            None => {
                let text = self.restore(raw.trim_end_matches('\n')).into_owned();
                self.containers.push(BlockKind::Html { text }, range);
            }
        }
    }

    fn fence(&mut self, number: usize) {
        let fence = &self.input.fences[number];
        let place = self.input.base + fence.range.start..self.input.base + fence.range.end;
        let Some(opening) = &fence.opening else {
            match self.containers.end_directive(fence.colons, &place) {
                Some(unclosed) => self.report_unclosed(&unclosed),
                None => self.report_unclosed(&[place]),
            }
            return;
        };
        let name = blocks::known(&opening.name);
        if opening.is_malformed {
            let line = &self.input.source.text[place.clone()];
            self.report(Code::BadBlock, &place, |d| d.with("line", line));
        } else if name.is_none() {
            self.report(Code::UnknownBlock, &place, |d| {
                d.with("name", &opening.name)
                    .one_of_ours(&opening.name, blocks::names().collect::<Vec<_>>())
            });
        }
        let kept = name.filter(|_| !opening.is_malformed).map(|name| Opening {
            name: name.to_owned(),
            attributes: opening
                .attributes
                .iter()
                .map(|it| it.moved(place.start))
                .collect(),
            ..opening.clone()
        });
        let open = Open::Directive {
            colons: fence.colons,
            opening: kept,
        };
        self.containers.open(open, place.clone());
        if fence.is_leaf {
            self.containers.end_directive(fence.colons, &place);
        }
    }

    /// Takes in an event that holds no others.
    fn inline(&mut self, event: &Event, range: Range<usize>) {
        let kind = match event {
            Event::Text(text) | Event::Html(text) if self.raw.is_some() => {
                let text = match event {
                    Event::Text(text) => self.restore(text),
                    _ => Cow::Borrowed(text.as_ref()),
                };
                if let Some((raw, _)) = &mut self.raw {
                    raw.push_str(&text);
                }
                return;
            }
            Event::Text(text) => {
                let text = self.restore(text);
                return self.leaf(&range).text(&text, range);
            }
            Event::InlineHtml(html) if mends::is_stop(html, self.input.mark) => return,
            Event::InlineHtml(html) if blocks::stands_for(html, self.input.mark).is_some() => {
                // Too far indented to be a line of a block.
                let text = self.restore(html);
                return self.leaf(&range).text(&text, range);
            }
            Event::InlineHtml(html) | Event::Html(html) => InlineKind::Html {
                text: self.restore(html).into_owned(),
            },
            Event::Code(text) => InlineKind::Code {
                text: self.restore(text).into_owned(),
            },
            Event::FootnoteReference(label) => InlineKind::FootnoteMark {
                label: label.as_ref().to_owned(),
                number: 0,
            },
            Event::Rule => {
                self.end_leaf();
                return self.containers.push(BlockKind::Rule, range);
            }
            Event::TaskListMarker(ticked) => {
                self.containers.tick(*ticked);
                return;
            }
            _ => return,
        };
        self.leaf(&range).push(kind, range);
    }

    /// Returns the leaf that inlines go into; begins a paragraph where there is none.
    fn leaf(&mut self, range: &Range<usize>) -> &mut Leaf {
        self.leaf
            .get_or_insert_with(|| Leaf::new(range.clone(), true))
    }

    /// Ends the paragraph that is open, if any; lines in it that stand by themselves are a list.
    fn end_leaf(&mut self) {
        let Some(leaf) = self.leaf.take() else {
            return;
        };
        let range = leaf.range.clone();
        let is_typed = lines::is_typed(self.line(range.start));
        let (first, items) = leaf.items();
        let begun = items
            .first()
            .and_then(|item| item.first())
            .map(|it| it.range.start);
        let Some(begun) = begun else {
            return self
                .containers
                .push(BlockKind::Paragraph { inlines: first }, range);
        };
        let mut lines = Vec::new();
        let mut start = begun;
        if is_typed {
            lines.push(first);
            start = range.start;
        } else {
            let place = range.start..begun;
            self.containers
                .push(BlockKind::Paragraph { inlines: first }, place);
        }
        lines.extend(items);
        let item = |inlines: Vec<Inline>| {
            let begin = inlines.first().map_or(start, |it| it.range.start);
            let end = inlines.last().map_or(begin, |it| it.range.end);
            ListItem {
                task: None,
                number: None,
                blocks: vec![Block {
                    kind: BlockKind::Paragraph { inlines },
                    range: begin..end,
                }],
            }
        };
        let kind = BlockKind::List {
            start: None,
            typed: true,
            tight: true,
            items: lines.into_iter().map(item).collect(),
        };
        self.containers.push(kind, start..range.end);
    }

    /// Reports `:::` lines that have no partner.
    fn report_unclosed(&mut self, places: &[Range<usize>]) {
        for place in places {
            self.report(Code::BlockOpen, place, |d| d);
        }
    }

    fn report(
        &mut self,
        code: Code,
        range: &Range<usize>,
        fill: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let at = Span::new(self.input.source, range.clone());
        self.diagnostics.push(fill(Diagnostic::new(code).at(at)));
    }
}
