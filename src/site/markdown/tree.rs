//! Builds the tree from the parser's events.
//!
//! Open blocks stand on a stack of our own, so that deep nesting costs no call stack.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::blocks::{self, Fence};
use super::footnotes::{self, Written};
use super::headings::Anchors;
use super::inlines::{Leaf, Wrapper};
use super::marked::{MarkedText, Marks};
use super::{
    AlertKind, Alignment, Block, BlockKind, Definition, Document, Inline, InlineKind, ListItem,
};
use crate::diag::{Code, Diagnostic, Diagnostics, Source, Span, nearest};

/// How deep blocks may nest; what is deeper is put into the deepest that is kept.
const MAX_DEPTH: usize = 64;
/// How many events a line end looks ahead for the next character.
const LOOK_AHEAD: usize = 64;

/// What the parser reported, with bytes of the marked text.
pub(super) type Events<'a> = Vec<(Event<'a>, Range<usize>)>;

/// What the events came from.
#[derive(Clone, Copy)]
pub(super) struct Input<'a> {
    pub source: &'a Arc<Source>,
    /// Where the text begins in the source.
    pub base: usize,
    pub marked: &'a MarkedText<'a>,
    pub fences: &'a [Fence],
    pub marks: Marks,
}

/// A block that is open.
enum Open {
    Root,
    Quote,
    Alert(AlertKind),
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<ListItem>,
    },
    Item {
        task: Option<bool>,
    },
    Definitions {
        entries: Vec<Definition>,
    },
    Definition,
    Footnote {
        label: String,
    },
    /// A `:::` block; without a name where it is not to be kept.
    Directive {
        fence: usize,
        keeps: bool,
    },
    /// Too deep: its blocks go to the block that holds it.
    Nothing,
}

struct Frame {
    open: Open,
    range: Range<usize>,
    blocks: Vec<Block>,
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
    frames: Vec<Frame>,
    leaf: Option<Leaf>,
    heading: Option<(Option<String>, Vec<String>)>,
    table: TableDraft,
    /// The text of code or HTML, and the language of code.
    raw: Option<(String, String)>,
    anchors: Anchors,
    footnotes: Vec<Written>,
}

impl<'a> Builder<'a> {
    /// Begins a tree for `events`.
    pub(super) fn new(input: Input<'a>, events: &Events, diagnostics: &'a mut Diagnostics) -> Self {
        let chosen = |(event, _): &(Event, _)| match event {
            Event::Start(Tag::Heading { id, .. }) => id.as_deref().map(str::to_owned),
            _ => None,
        };
        let chosen: BTreeSet<String> = events.iter().filter_map(chosen).collect();
        let end = input.marked.original(input.marked.text.len());
        Self {
            input,
            diagnostics,
            frames: vec![Frame {
                open: Open::Root,
                range: input.base..input.base + end,
                blocks: Vec::new(),
            }],
            leaf: None,
            heading: None,
            table: TableDraft::default(),
            raw: None,
            anchors: Anchors::new(chosen),
            footnotes: Vec::new(),
        }
    }

    /// Takes in all events and returns the tree.
    pub(super) fn build(mut self, events: &Events) -> Document {
        for (at, (event, range)) in events.iter().enumerate() {
            let range = self.place(range);
            match event {
                Event::SoftBreak => {
                    let next = self.next_char(&events[at + 1..]);
                    self.leaf(&range).soft_break(next, range);
                }
                Event::Start(tag) => self.start(tag, range),
                Event::End(tag) => self.end(*tag, range),
                event => self.inline(event, range),
            }
        }
        self.end_leaf();
        let end = self.frames[0].range.end;
        self.close_directives(end);
        let blocks = self
            .frames
            .pop()
            .map(|root| root.blocks)
            .unwrap_or_default();
        footnotes::number(blocks, self.footnotes, self.input.source, self.diagnostics)
    }

    /// Returns the bytes in the source for bytes of the marked text.
    fn place(&self, range: &Range<usize>) -> Range<usize> {
        let original = self.input.marked.original_range(range);
        self.input.base + original.start..self.input.base + original.end
    }

    /// Takes the marks out of what the parser gave.
    fn restore(&self, text: &str) -> String {
        let input = &self.input;
        let original = &input.source.text[input.base..];
        blocks::restore(text, original, input.fences, input.marks)
    }

    /// Finds the next character that a reader sees in this block.
    fn next_char(&self, events: &[(Event, Range<usize>)]) -> Option<char> {
        for (event, _) in events.iter().take(LOOK_AHEAD) {
            match event {
                Event::Text(text) | Event::Code(text) => {
                    let mut chars = text.chars().filter(|&c| !self.input.marks.contains(c));
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

    fn start(&mut self, tag: &Tag, range: Range<usize>) {
        let text = |text: &str| text.to_owned();
        match tag {
            Tag::Emphasis => self.leaf(&range).start(Wrapper::Emphasis, range),
            Tag::Strong => self.leaf(&range).start(Wrapper::Strong, range),
            Tag::Strikethrough => self.leaf(&range).start(Wrapper::Strikethrough, range),
            Tag::Link {
                dest_url, title, ..
            } => {
                let (target, title) = (text(dest_url), text(title));
                self.leaf(&range)
                    .start(Wrapper::Link { target, title }, range);
            }
            Tag::Image {
                dest_url, title, ..
            } => {
                let (target, title) = (text(dest_url), text(title));
                self.leaf(&range)
                    .start(Wrapper::Image { target, title }, range);
            }
            Tag::Paragraph => {
                self.end_leaf();
                self.loosen();
                self.leaf = Some(Leaf::new(range, false));
            }
            Tag::Heading { id, classes, .. } => {
                self.end_leaf();
                let classes = classes.iter().map(|class| text(class)).collect();
                self.heading = Some((id.as_deref().map(text), classes));
                self.leaf = Some(Leaf::new(range, false));
            }
            Tag::TableCell | Tag::DefinitionListTitle => {
                self.end_leaf();
                self.leaf = Some(Leaf::new(range, false));
            }
            Tag::CodeBlock(kind) => {
                self.end_leaf();
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or(""),
                    CodeBlockKind::Indented => "",
                };
                self.raw = Some((String::new(), text(language)));
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
            Tag::Item => Open::Item { task: None },
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
        self.open(open, range);
    }

    /// Opens a container, or one that leaves no trace where it would be too deep.
    fn open(&mut self, open: Open, range: Range<usize>) {
        let parent = self.frames.last().map(|frame| &frame.open);
        // A list keeps its items or goes with them; so does a list of definitions.
        let open = match open {
            Open::Item { .. } if !matches!(parent, Some(Open::List { .. })) => Open::Nothing,
            Open::Definition if !matches!(parent, Some(Open::Definitions { .. })) => Open::Nothing,
            Open::Item { .. } | Open::Definition | Open::Footnote { .. } => open,
            Open::Directive { fence, .. } if self.depth() >= MAX_DEPTH => Open::Directive {
                fence,
                keeps: false,
            },
            _ if self.depth() >= MAX_DEPTH => Open::Nothing,
            open => open,
        };
        self.frames.push(Frame {
            open,
            range,
            blocks: Vec::new(),
        });
    }

    fn depth(&self) -> usize {
        let is_kept = |frame: &&Frame| {
            !matches!(
                frame.open,
                Open::Nothing | Open::Directive { keeps: false, .. }
            )
        };
        self.frames.iter().filter(is_kept).count()
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
                let inlines = self.leaf.take().map(Leaf::finish).unwrap_or_default();
                let (id, classes) = self.heading.take().unwrap_or_default();
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
                self.push(kind, range);
            }
            TagEnd::DefinitionListTitle => self.end_term(range),
            TagEnd::TableCell => {
                let cell = self.leaf.take().map(Leaf::finish).unwrap_or_default();
                self.table.row.push(cell);
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
                self.push(kind, range);
            }
            TagEnd::CodeBlock => {
                let (text, language) = self.raw.take().unwrap_or_default();
                self.push(BlockKind::Code { language, text }, range);
            }
            TagEnd::HtmlBlock => self.end_html(range),
            _ => {
                self.end_leaf();
                self.close_directives(range.end);
                if let Some(frame) = self.frames.pop() {
                    self.close(frame);
                }
            }
        }
    }

    fn end_term(&mut self, range: Range<usize>) {
        let term = self.leaf.take().map(Leaf::finish).unwrap_or_default();
        match self.frames.last_mut().map(|frame| &mut frame.open) {
            Some(Open::Definitions { entries }) => entries.push(Definition {
                term,
                definitions: Vec::new(),
            }),
            _ => self.push(BlockKind::Paragraph { inlines: term }, range),
        }
    }

    fn end_html(&mut self, range: Range<usize>) {
        let (raw, _) = self.raw.take().unwrap_or_default();
        let number = blocks::stands_for(&raw, self.input.marks);
        match number.filter(|&number| number < self.input.fences.len()) {
            Some(number) => self.fence(number),
            None => {
                let text = self.restore(raw.trim_end_matches('\n'));
                self.push(BlockKind::Html { text }, range);
            }
        }
    }

    fn fence(&mut self, number: usize) {
        let fence = &self.input.fences[number];
        let place = self.input.base + fence.range.start..self.input.base + fence.range.end;
        let Some(opening) = &fence.opening else {
            return self.end_directive(fence.colons, place);
        };
        let is_known = blocks::NAMES.contains(&opening.name.as_str());
        if opening.is_malformed {
            let line = &self.input.source.text[place.clone()];
            self.report(Code::BadBlock, &place, |d| d.with("line", line));
        } else if !is_known {
            self.report(Code::UnknownBlock, &place, |d| {
                d.with("name", &opening.name)
                    .with_some(
                        "nearest",
                        nearest(&opening.name, blocks::NAMES.iter().copied()),
                    )
                    .with("known", blocks::NAMES.join("、"))
            });
        }
        let open = Open::Directive {
            fence: number,
            keeps: is_known && !opening.is_malformed,
        };
        self.open(open, place);
    }

    /// Ends the innermost `:::` block here that was begun with no more colons than these.
    fn end_directive(&mut self, colons: usize, place: Range<usize>) {
        let directives = self
            .frames
            .iter()
            .enumerate()
            .rev()
            .map_while(|(at, frame)| {
                let Open::Directive { fence, .. } = frame.open else {
                    return None;
                };
                Some((at, self.input.fences[fence].colons))
            });
        let Some((at, _)) = directives.into_iter().find(|(_, begun)| *begun <= colons) else {
            self.report(Code::BlockOpen, &place, |d| d);
            return;
        };
        while self.frames.len() > at + 1 {
            self.close_open_directive(place.start);
        }
        if let Some(mut frame) = self.frames.pop() {
            frame.range.end = place.end;
            self.close(frame);
        }
    }

    /// Ends the `:::` blocks that their container leaves open.
    fn close_directives(&mut self, end: usize) {
        while let Some(Open::Directive { .. }) = self.frames.last().map(|frame| &frame.open) {
            self.close_open_directive(end);
        }
    }

    fn close_open_directive(&mut self, end: usize) {
        if let Some(mut frame) = self.frames.pop() {
            self.report(Code::BlockOpen, &frame.range, |d| d);
            frame.range.end = end.max(frame.range.end);
            self.close(frame);
        }
    }

    /// Puts a container that has ended where it belongs.
    fn close(&mut self, frame: Frame) {
        let Frame {
            open,
            range,
            blocks,
        } = frame;
        let parent = self.frames.last_mut();
        let kind = match open {
            Open::Quote => BlockKind::Quote { blocks },
            Open::Alert(kind) => BlockKind::Alert { kind, blocks },
            Open::List {
                start,
                tight,
                items,
            } => BlockKind::List {
                start,
                tight,
                items,
            },
            Open::Definitions { entries } => BlockKind::Definitions { entries },
            Open::Directive { fence, keeps: true } => {
                let opening = self.input.fences[fence].opening.clone().unwrap_or_default();
                BlockKind::Directive {
                    name: opening.name,
                    attributes: opening.attributes,
                    blocks,
                }
            }
            Open::Item { task } => {
                if let Some(Open::List { items, .. }) = parent.map(|frame| &mut frame.open) {
                    items.push(ListItem { task, blocks });
                }
                return;
            }
            Open::Definition => {
                if let Some(Open::Definitions { entries }) = parent.map(|frame| &mut frame.open)
                    && let Some(entry) = entries.last_mut()
                {
                    entry.definitions.push(blocks);
                }
                return;
            }
            Open::Footnote { label } => {
                let written = Written {
                    label,
                    blocks,
                    range,
                };
                return self.footnotes.push(written);
            }
            Open::Root | Open::Nothing | Open::Directive { .. } => {
                if let Some(parent) = parent {
                    parent.blocks.extend(blocks);
                }
                return;
            }
        };
        self.push(kind, range);
    }

    /// Adds a block to the innermost container.
    fn push(&mut self, kind: BlockKind, range: Range<usize>) {
        if let Some(frame) = self.frames.last_mut() {
            frame.blocks.push(Block { kind, range });
        }
    }

    /// Takes in an event that holds no others.
    fn inline(&mut self, event: &Event, range: Range<usize>) {
        let kind = match event {
            Event::Text(text) | Event::Html(text) if self.raw.is_some() => {
                let text = match event {
                    Event::Text(text) => self.restore(text),
                    _ => text.as_ref().to_owned(),
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
            Event::InlineHtml(html) if blocks::stands_for(html, self.input.marks).is_some() => {
                // Too far indented to be a line of a block.
                let text = self.restore(html);
                return self.leaf(&range).text(&text, range);
            }
            Event::InlineHtml(html) | Event::Html(html) => InlineKind::Html {
                text: self.restore(html),
            },
            Event::Code(text) => InlineKind::Code {
                text: self.restore(text),
            },
            Event::FootnoteReference(label) => InlineKind::FootnoteMark {
                label: label.as_ref().to_owned(),
                number: 0,
            },
            Event::HardBreak => InlineKind::LineBreak,
            Event::Rule => {
                self.end_leaf();
                return self.push(BlockKind::Rule, range);
            }
            Event::TaskListMarker(ticked) => {
                let item = self.frames.last_mut().map(|frame| &mut frame.open);
                if let Some(Open::Item { task }) = item {
                    *task = Some(*ticked);
                }
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

    /// Ends the paragraph that is open, if any.
    fn end_leaf(&mut self) {
        if let Some(leaf) = self.leaf.take() {
            let range = leaf.range.clone();
            let inlines = leaf.finish();
            self.push(BlockKind::Paragraph { inlines }, range);
        }
    }

    /// Notes that the list around here is not tight: its item has a paragraph.
    fn loosen(&mut self) {
        let mut frames = self.frames.iter_mut().rev();
        let item = frames.find(|frame| !matches!(frame.open, Open::Directive { .. }));
        if matches!(item.map(|frame| &frame.open), Some(Open::Item { .. }))
            && let Some(Open::List { tight, .. }) = frames.next().map(|frame| &mut frame.open)
        {
            *tight = false;
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

fn alert(kind: BlockQuoteKind) -> AlertKind {
    match kind {
        BlockQuoteKind::Note => AlertKind::Note,
        BlockQuoteKind::Tip => AlertKind::Tip,
        BlockQuoteKind::Important => AlertKind::Important,
        BlockQuoteKind::Warning => AlertKind::Warning,
        BlockQuoteKind::Caution => AlertKind::Caution,
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}
