//! Gathers the inlines of one leaf block: a paragraph, a heading, a cell, a term.

use std::ops::Range;

use pulldown_cmark::{LinkType, Tag};

use super::{Inline, InlineKind, cjk, invisible};

/// How deep inlines may nest; what is deeper loses its form and keeps its words.
pub(super) const MAX_DEPTH: usize = 64;

/// What encloses inlines.
#[derive(Debug)]
pub(super) enum Wrapper {
    Emphasis,
    Strong,
    Strikethrough,
    /// Single tildes, which are shown.
    Tildes,
    Link {
        target: String,
        title: String,
    },
    Image {
        target: String,
        title: String,
    },
    /// Too deep to be kept.
    Nothing,
}

impl Wrapper {
    /// Returns what an event opens, where that is an inline.
    pub(super) fn of(tag: &Tag) -> Option<Self> {
        let text = |text: &str| text.to_owned();
        match tag {
            Tag::Emphasis => Some(Self::Emphasis),
            Tag::Strong => Some(Self::Strong),
            Tag::Strikethrough => Some(Self::Strikethrough),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => Some(Self::Link {
                target: match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => text(dest_url),
                },
                title: text(title),
            }),
            Tag::Image {
                dest_url, title, ..
            } => Some(Self::Image {
                target: text(dest_url),
                title: text(title),
            }),
            _ => None,
        }
    }
}

/// A leaf block in the making.
#[derive(Debug)]
pub(super) struct Leaf {
    /// The bytes from its first to its last inline.
    pub range: Range<usize>,
    /// Whether it has no event of its own, as in a tight list item.
    pub is_implicit: bool,
    done: Vec<Inline>,
    open: Vec<(Wrapper, Range<usize>, Vec<Inline>)>,
    /// Where in `done` lines begin that stand by themselves.
    items: Vec<usize>,
    /// The last character to be seen.
    last: Option<char>,
    /// The last one that is no quote or dash.
    last_own: Option<char>,
}

impl Leaf {
    /// Begins one at `range`.
    pub(super) fn new(range: Range<usize>, is_implicit: bool) -> Self {
        Self {
            range,
            is_implicit,
            done: Vec::new(),
            open: Vec::new(),
            items: Vec::new(),
            last: None,
            last_own: None,
        }
    }

    /// Adds words.
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        for (at, line) in text.split(invisible::BREAKS).enumerate() {
            if at > 0 {
                self.push(InlineKind::LineBreak, range.clone());
            }
            self.see(line);
            let begins = self.begins_line();
            push_text(self.inlines(&range), line, range.clone(), begins);
        }
    }

    /// Ends the line before one that stands by itself; within emphasis it can only be broken.
    pub(super) fn begin_item(&mut self, range: Range<usize>) {
        if self.open.is_empty() {
            self.last = None;
            self.items.push(self.done.len());
        } else {
            self.push(InlineKind::LineBreak, range);
        }
    }

    /// Adds a line end, before `next`: a space, or nothing between Chinese.
    pub(super) fn soft_break(&mut self, next: Option<char>, range: Range<usize>) {
        if !next.is_some_and(|next| self.joins(next)) {
            self.text(" ", range);
        }
    }

    /// Adds an inline that holds no others.
    pub(super) fn push(&mut self, kind: InlineKind, range: Range<usize>) {
        match &kind {
            InlineKind::Code { text } => self.see(text),
            InlineKind::Image { .. } | InlineKind::LineBreak => self.last = None,
            _ => {}
        }
        self.inlines(&range).push(Inline { kind, range });
    }

    /// Begins an inline that holds others.
    pub(super) fn start(&mut self, wrapper: Wrapper, range: Range<usize>) {
        let is_image = matches!(wrapper, Wrapper::Image { .. });
        let wrapper = if self.open.len() < MAX_DEPTH || is_image {
            wrapper
        } else {
            Wrapper::Nothing
        };
        if matches!(wrapper, Wrapper::Tildes) {
            self.text("~", range.start..range.start + 1);
        }
        self.inlines(&range);
        self.open.push((wrapper, range, Vec::new()));
    }

    /// Ends the innermost inline that holds others.
    pub(super) fn end(&mut self) {
        let Some((wrapper, range, inlines)) = self.open.pop() else {
            return;
        };
        let inlines = fitted(inlines);
        let kind = match wrapper {
            Wrapper::Emphasis => InlineKind::Emphasis { inlines },
            Wrapper::Strong => InlineKind::Strong { inlines },
            Wrapper::Strikethrough => InlineKind::Strikethrough { inlines },
            Wrapper::Link { target, title } => InlineKind::Link {
                target,
                title,
                inlines,
            },
            Wrapper::Image { target, title } => {
                let alt = super::plain(&inlines);
                return self.push(InlineKind::Image { target, title, alt }, range);
            }
            Wrapper::Nothing | Wrapper::Tildes => {
                let has_tildes = matches!(wrapper, Wrapper::Tildes);
                let mut begins = self.begins_line();
                let into = self.inlines(&range);
                for inline in inlines {
                    match inline.kind {
                        InlineKind::Text { text } => {
                            push_text(into, &text, inline.range, begins);
                        }
                        _ => into.push(inline),
                    }
                    begins = false;
                }
                if has_tildes {
                    self.text("~", range.end - 1..range.end);
                }
                return;
            }
        };
        self.inlines(&range).push(Inline { kind, range });
    }

    /// Ends the block and returns its inlines.
    pub(super) fn finish(mut self) -> Vec<Inline> {
        while !self.open.is_empty() {
            self.end();
        }
        for at in self.items.into_iter().rev() {
            let place = self
                .done
                .get(at)
                .map_or(self.range.end, |it| it.range.start);
            let kind = InlineKind::LineBreak;
            let range = place..place;
            self.done.insert(at, Inline { kind, range });
        }
        fitted(self.done)
    }

    /// Ends the block and returns the inlines before the first line that stands by itself, and those
    /// of each such line.
    pub(super) fn items(mut self) -> (Vec<Inline>, Vec<Vec<Inline>>) {
        while !self.open.is_empty() {
            self.end();
        }
        let mut items = Vec::new();
        for at in self.items.into_iter().rev() {
            let item = self.done.split_off(at.min(self.done.len()));
            items.push(fitted(item));
        }
        items.retain(|item| !item.is_empty());
        items.reverse();
        (fitted(self.done), items)
    }

    /// Tells whether what comes next begins a line that stands by itself.
    fn begins_line(&self) -> bool {
        self.open.is_empty() && self.items.last() == Some(&self.done.len())
    }

    /// Returns the list that a new inline of `range` goes into.
    fn inlines(&mut self, range: &Range<usize>) -> &mut Vec<Inline> {
        if self.is_implicit {
            self.range.end = self.range.end.max(range.end);
        }
        match self.open.last_mut() {
            Some((.., inlines)) => inlines,
            None => &mut self.done,
        }
    }

    /// Remembers the last character that a reader sees.
    fn see(&mut self, text: &str) {
        self.last = text.chars().next_back().or(self.last);
        let own = |c: &char| !cjk::is_shared_punctuation(*c);
        self.last_own = text.chars().rev().find(own).or(self.last_own);
    }

    /// Tells whether the line end before `next` vanishes.
    fn joins(&self, next: char) -> bool {
        let is_shared = |c: Option<char>| c.is_some_and(cjk::is_shared_punctuation);
        let is_ours = |c: Option<char>| c.is_some_and(cjk::joins_lines);
        // Quotes and dashes are Chinese where their neighbour is.
        match (is_shared(self.last), is_shared(Some(next))) {
            (false, false) => is_ours(self.last) && is_ours(Some(next)),
            (false, true) => is_ours(self.last),
            (true, false) => is_ours(Some(next)),
            (true, true) => is_ours(self.last_own),
        }
    }
}

/// Gives back the room that was kept for more: a site holds all its texts, of short lists mostly.
fn fitted(mut inlines: Vec<Inline>) -> Vec<Inline> {
    for inline in &mut inlines {
        if let InlineKind::Text { text } = &mut inline.kind {
            text.shrink_to_fit();
        }
    }
    inlines.shrink_to_fit();
    inlines
}

/// Adds words, to the words before them where there are such and no line begins here.
fn push_text(inlines: &mut Vec<Inline>, text: &str, range: Range<usize>, begins_line: bool) {
    if text.is_empty() {
        return;
    }
    if !begins_line
        && let Some(Inline {
            kind: InlineKind::Text { text: before },
            range: place,
        }) = inlines.last_mut()
    {
        before.push_str(text);
        place.end = place.end.max(range.end);
        return;
    }
    inlines.push(Inline {
        kind: InlineKind::Text { text: text.into() },
        range,
    });
}
