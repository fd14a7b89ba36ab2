//! The blocks that hold blocks, while they are open.
//!
//! They stand on a stack of our own, so that deep nesting costs no call stack.

use std::ops::Range;

use super::blocks::Opening;
use super::footnotes::Written;
use super::{AlertKind, Block, BlockKind, Definition, Inline, ListItem};

/// How deep blocks may nest; what is deeper is put into the deepest that is kept.
pub(super) const MAX_DEPTH: usize = 64;

/// A block that is open.
#[derive(Debug)]
pub(super) enum Open {
    Quote,
    Alert(AlertKind),
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<ListItem>,
    },
    Item {
        task: Option<bool>,
        number: Option<u64>,
    },
    Definitions {
        entries: Vec<Definition>,
    },
    Definition,
    Footnote {
        label: String,
    },
    /// A `:::` block; without an opening where it is not to be kept.
    Directive {
        colons: usize,
        opening: Option<Opening>,
    },
    /// The text as a whole, or too deep: its blocks go to the block that holds it.
    Nothing,
}

#[derive(Debug)]
struct Frame {
    open: Open,
    range: Range<usize>,
    blocks: Vec<Block>,
    /// How many kept blocks hold this one's blocks.
    depth: usize,
}

/// The open blocks, outermost first, and the footnotes that have ended.
#[derive(Debug)]
pub(super) struct Containers {
    frames: Vec<Frame>,
    footnotes: Vec<Written>,
}

impl Containers {
    /// Begins a text of these bytes.
    pub(super) fn new(range: Range<usize>) -> Self {
        let frame = Frame {
            open: Open::Nothing,
            range,
            blocks: Vec::new(),
            depth: 0,
        };
        Self {
            frames: vec![frame],
            footnotes: Vec::new(),
        }
    }

    /// Adds a block to the innermost container.
    pub(super) fn push(&mut self, kind: BlockKind, range: Range<usize>) {
        if let Some(frame) = self.frames.last_mut() {
            frame.blocks.push(Block { kind, range });
        }
    }

    /// Opens a container, or one that leaves no trace where it would be too deep.
    pub(super) fn open(&mut self, open: Open, range: Range<usize>) {
        let parent = self.frames.last();
        let depth = parent.map_or(0, |frame| frame.depth);
        let parent = parent.map(|frame| &frame.open);
        let is_full = depth >= MAX_DEPTH;
        // A list keeps its items or goes with them; so does a list of definitions.
        let open = match open {
            Open::Item { .. } if !matches!(parent, Some(Open::List { .. })) => Open::Nothing,
            Open::Definition if !matches!(parent, Some(Open::Definitions { .. })) => Open::Nothing,
            Open::Item { .. } | Open::Definition | Open::Footnote { .. } => open,
            Open::Directive { colons, .. } if is_full => Open::Directive {
                colons,
                opening: None,
            },
            _ if is_full => Open::Nothing,
            open => open,
        };
        let is_kept = !matches!(open, Open::Nothing | Open::Directive { opening: None, .. });
        self.frames.push(Frame {
            open,
            range,
            blocks: Vec::new(),
            depth: depth + usize::from(is_kept),
        });
    }

    /// Ends the innermost container, and the `:::` blocks left open in it, whose places it
    /// returns.
    pub(super) fn end(&mut self, end: usize) -> Vec<Range<usize>> {
        let unclosed = self.end_unclosed(end);
        if self.frames.len() > 1 {
            self.close(None);
        }
        unclosed
    }

    /// Ends the innermost `:::` block here that was begun with no more colons than these, and
    /// those left open in it, whose places it returns; `None` where there is none to end.
    pub(super) fn end_directive(
        &mut self,
        colons: usize,
        place: &Range<usize>,
    ) -> Option<Vec<Range<usize>>> {
        let begun = |frame: &Frame| match frame.open {
            Open::Directive { colons, .. } => Some(colons),
            _ => None,
        };
        let inner = self.frames.iter().rev().map_while(begun);
        let unclosed = inner.take_while(|&begun| begun > colons).count();
        let partner = self.frames.iter().rev().nth(unclosed)?;
        begun(partner)?;
        let places = (0..unclosed).filter_map(|_| self.close(Some(place.start)));
        let places = places.collect();
        self.close(Some(place.end));
        Some(places)
    }

    /// Ends the text and returns its blocks, its footnotes and the places of unclosed blocks.
    pub(super) fn finish(mut self) -> (Vec<Block>, Vec<Written>, Vec<Range<usize>>) {
        let end = self.frames.first().map_or(0, |frame| frame.range.end);
        let unclosed = self.end_unclosed(end);
        let blocks = self.frames.pop().map(|text| text.blocks);
        (blocks.unwrap_or_default(), self.footnotes, unclosed)
    }

    /// Notes that the list around here is not tight: its item has a paragraph.
    pub(super) fn loosen(&mut self) {
        let mut frames = self.frames.iter_mut().rev();
        let item = frames.find(|frame| !matches!(frame.open, Open::Directive { .. }));
        if matches!(item.map(|frame| &frame.open), Some(Open::Item { .. }))
            && let Some(Open::List { tight, .. }) = frames.next().map(|frame| &mut frame.open)
        {
            *tight = false;
        }
    }

    /// Makes the innermost item one of a task list.
    pub(super) fn tick(&mut self, ticked: bool) {
        if let Some(Open::Item { task, .. }) = self.frames.last_mut().map(|frame| &mut frame.open) {
            *task = Some(ticked);
        }
    }

    /// Adds a term to the innermost list of definitions.
    pub(super) fn term(&mut self, term: Vec<Inline>, range: Range<usize>) {
        match self.frames.last_mut().map(|frame| &mut frame.open) {
            Some(Open::Definitions { entries }) => entries.push(Definition {
                term,
                definitions: Vec::new(),
            }),
            _ => self.push(BlockKind::Paragraph { inlines: term }, range),
        }
    }

    fn end_unclosed(&mut self, end: usize) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        while let Some(Open::Directive { .. }) = self.frames.last().map(|frame| &frame.open) {
            places.extend(self.close(Some(end)));
        }
        places
    }

    /// Puts the innermost container where it belongs and returns the place it began with.
    fn close(&mut self, end: Option<usize>) -> Option<Range<usize>> {
        let Frame {
            open,
            range: begun,
            mut blocks,
            ..
        } = self.frames.pop()?;
        blocks.shrink_to_fit();
        let range = begun.start..end.unwrap_or(begun.end);
        let parent = self.frames.last_mut();
        let kind = match open {
            Open::Quote => Some(BlockKind::Quote { blocks }),
            Open::Alert(kind) => Some(BlockKind::Alert { kind, blocks }),
            Open::List {
                start,
                tight,
                items,
            } => Some(BlockKind::List {
                start,
                typed: false,
                tight,
                items: numbered(start, items),
            }),
            Open::Definitions { entries } => Some(BlockKind::Definitions { entries }),
            Open::Directive {
                opening: Some(opening),
                ..
            } => Some(BlockKind::Directive {
                name: opening.name,
                attributes: opening.attributes,
                tone: None,
                blocks,
            }),
            Open::Item { task, number } => {
                if let Some(Open::List { items, .. }) = parent.map(|frame| &mut frame.open) {
                    items.push(ListItem {
                        task,
                        number,
                        blocks,
                    });
                }
                None
            }
            Open::Definition => {
                if let Some(Open::Definitions { entries }) = parent.map(|frame| &mut frame.open)
                    && let Some(entry) = entries.last_mut()
                {
                    entry.definitions.push(blocks);
                }
                None
            }
            Open::Footnote { label } => {
                self.footnotes.push(Written {
                    label,
                    blocks,
                    range: range.clone(),
                });
                None
            }
            Open::Nothing | Open::Directive { opening: None, .. } => {
                if let Some(parent) = parent {
                    parent.blocks.extend(blocks);
                }
                None
            }
        };
        if let Some(kind) = kind {
            self.push(kind, range);
        }
        Some(begun)
    }
}

/// Gives the items of a list their numbers: those that are typed, or one after the other where all
/// are typed alike, as people do who let the program count.
fn numbered(start: Option<u64>, mut items: Vec<ListItem>) -> Vec<ListItem> {
    let all_alike = items.iter().all(|item| item.number == start);
    for (at, item) in (0..).zip(&mut items) {
        item.number = match start {
            Some(start) if all_alike || item.number.is_none() => Some(start.saturating_add(at)),
            Some(_) => item.number,
            None => None,
        };
    }
    items
}
