//! Raw HTML of a text made fit to stand on pages: without remarks, without what runs or calls
//! elsewhere, and in pairs.
//!
//! The parser gives raw HTML in fragments: an element may begin in one block and end in another.
//! So each tag is judged by itself ([`allowed`]), and [`scope`] keeps the pairs: what is open at
//! the end of the text, list item or paragraph in which it began is closed there, and an end
//! without a beginning is left out. Whatever a writer leaves open, the page around it stands.

mod allowed;
mod remarks;
mod scope;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::markup::{Piece, Tag, aside, pieces};
use super::{Block, BlockKind, Document, Inline, InlineKind, headings, walk_blocks};
use crate::diag::{Code, Diagnostic, Diagnostics, Source, Span};
use scope::Scope;

pub(super) use remarks::before_words;
pub use remarks::{PosterMark, poster_mark};

/// What becomes of raw HTML: `raw_html:` in the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RawHtml {
    /// What runs or calls elsewhere is taken away.
    #[default]
    Clean,
    /// It stays as it is written.
    Keep,
}

/// Settles the raw HTML of `document`, which is the text of `source`; what was taken away, is
/// never closed or never begun goes to `diagnostics`.
pub fn settle(
    document: &mut Document,
    source: &Arc<Source>,
    wanted: RawHtml,
    diagnostics: &mut Diagnostics,
) {
    let mut settler = Settler {
        source,
        wanted,
        diagnostics,
        is_kept: false,
        ids: BTreeSet::new(),
    };
    walk_blocks(document, &mut |block| {
        if let BlockKind::Heading { id, .. } = &block.kind {
            settler.ids.insert(id.clone());
        }
    });
    settler.blocks(&mut document.blocks);
    for footnote in &mut document.footnotes {
        settler.blocks(&mut footnote.blocks);
    }
}

struct Settler<'a> {
    source: &'a Arc<Source>,
    wanted: RawHtml,
    diagnostics: &'a mut Diagnostics,
    /// Whether it was said that something stays which cleaning would take away.
    is_kept: bool,
    /// The ids that something has already.
    ids: BTreeSet<String>,
}

impl Settler<'_> {
    fn blocks(&mut self, blocks: &mut Vec<Block>) {
        let mut scope = Scope::default();
        let mut settled = Vec::with_capacity(blocks.len());
        for mut block in std::mem::take(blocks) {
            let range = block.range.clone();
            match &mut block.kind {
                BlockKind::Html { text } => {
                    let text = self.fragment(text, &range, &mut scope);
                    settled.extend(html(text, range));
                }
                BlockKind::Heading { inlines, .. } | BlockKind::Paragraph { inlines } => {
                    let had_words = !inlines.is_empty();
                    let late = self.words(inlines, &scope);
                    if !had_words || !inlines.is_empty() {
                        settled.push(block);
                    }
                    for name in late {
                        let ends = self.end(&name, &range, &mut scope);
                        settled.extend(html(ends, range.clone()));
                    }
                }
                kind => {
                    self.inner(kind);
                    settled.push(block);
                }
            }
        }
        let end = settled.last().map_or(0, |block| block.range.end);
        settled.extend(html(self.ends(scope), end..end));
        *blocks = settled;
    }

    /// Settles what stands within a block of another kind.
    fn inner(&mut self, kind: &mut BlockKind) {
        match kind {
            BlockKind::List { items, .. } => {
                for item in items {
                    self.blocks(&mut item.blocks);
                }
            }
            BlockKind::Quote { blocks }
            | BlockKind::Alert { blocks, .. }
            | BlockKind::Directive { blocks, .. } => self.blocks(blocks),
            BlockKind::Table { head, rows, .. } => {
                for cell in head.iter_mut().chain(rows.iter_mut().flatten()) {
                    self.words(cell, &Scope::default());
                }
            }
            BlockKind::Definitions { entries } => {
                for entry in entries {
                    self.words(&mut entry.term, &Scope::default());
                    for blocks in &mut entry.definitions {
                        self.blocks(blocks);
                    }
                }
            }
            _ => {}
        }
    }

    /// Settles the words of a block and returns the elements that end in it and began `around` it.
    fn words(&mut self, inlines: &mut Vec<Inline>, around: &Scope) -> Vec<String> {
        let mut scope = Scope::default();
        let mut late = Vec::new();
        let mut settled: Vec<Inline> = Vec::with_capacity(inlines.len());
        let mut rest = std::mem::take(inlines).into_iter();
        while let Some(mut inline) = rest.next() {
            let range = inline.range.clone();
            match &mut inline.kind {
                InlineKind::Text { .. } => {
                    self.look_for_remarks(&range);
                    push_words(&mut settled, inline);
                    continue;
                }
                InlineKind::Html { text } => {
                    let before = text.clone();
                    let ended = scope.unbegun(&before).filter(|name| around.has(name));
                    if let Some(name) = ended {
                        late.push(name);
                        continue;
                    }
                    *text = self.fragment(&before, &range, &mut scope);
                    if text.is_empty() {
                        if aside(&before).is_none() && self.wanted == RawHtml::Clean {
                            skip_code(&before, &mut rest);
                        }
                        continue;
                    }
                    if is_break(text) {
                        inline.kind = InlineKind::LineBreak;
                    }
                }
                InlineKind::Emphasis { inlines }
                | InlineKind::Strong { inlines }
                | InlineKind::Strikethrough { inlines }
                | InlineKind::Link { inlines, .. } => {
                    self.words(inlines, &Scope::default());
                }
                _ => {}
            }
            settled.push(inline);
        }
        let end = settled.last().map_or(0, |inline| inline.range.end);
        let text = self.ends(scope);
        if !text.is_empty() {
            let kind = InlineKind::Html { text };
            settled.push(Inline {
                kind,
                range: end..end,
            });
        }
        *inlines = settled;
        late
    }

    /// Returns a fragment of raw HTML settled, with what is open in `scope`.
    fn fragment(&mut self, text: &str, range: &Range<usize>, scope: &mut Scope) -> String {
        let mut out = String::with_capacity(text.len());
        let mut place = Place::new(self.source, range);
        let mut code = None;
        let mut done = 0;
        for piece in pieces(text) {
            let at = place.of(piece.text());
            done += piece.text().len();
            match piece {
                Piece::Comment(text) => self.remark(text, &at),
                Piece::Text(text) if self.wanted == RawHtml::Keep => out.push_str(text),
                Piece::Text(text) => out.push_str(&text.replace('<', "&lt;")),
                Piece::Raw(text) if self.wanted == RawHtml::Keep => out.push_str(text),
                Piece::Raw(text) => match code {
                    Some(name) if allowed::is_code(name) => {}
                    _ => out.push_str(&text.replace('<', "&lt;")),
                },
                Piece::Tag(tag) if tag.is_end => {
                    let name = tag.name.to_ascii_lowercase();
                    out.push_str(&self.end(&name, &at, scope));
                }
                Piece::Tag(tag) => {
                    code = Some(tag.name);
                    self.look_for_end(&tag, &text[done..], &at);
                    self.tag(&tag, &at, scope, &mut out);
                }
            }
        }
        if out.trim().is_empty() {
            out.clear();
        }
        out
    }

    /// Reports a script or style that never ends: all that follows, `behind`, is part of it. An
    /// inline one stands in a fragment of its own.
    fn look_for_end(&mut self, tag: &Tag, behind: &str, at: &Range<usize>) {
        let close = format!("</{}", tag.name.to_ascii_lowercase());
        let swallows = allowed::is_code(tag.name) && behind.contains('\n');
        if swallows && !behind.to_ascii_lowercase().contains(&close) {
            self.open_end(tag.text, &format!("{close}>"), at);
        }
    }

    /// Writes a tag that begins an element, where it may stand.
    fn tag(&mut self, tag: &Tag, at: &Range<usize>, scope: &mut Scope, out: &mut String) {
        let name = tag.name.to_ascii_lowercase();
        let clean = allowed::clean(tag, &name);
        let taken = allowed::taken(tag, clean.as_deref());
        let own = match self.wanted {
            RawHtml::Keep => {
                self.say_kept(tag, &clean, &taken, at);
                (tag.text.ends_with('>') && !allowed::is_frame(&name)).then(|| tag.text.to_owned())
            }
            RawHtml::Clean => clean,
        };
        let Some(own) = own else {
            return self.report(Code::TagTaken, at, |d| d.with("tag", format!("<{name}>")));
        };
        let own = self.with_own_id(own, at);
        if self.wanted == RawHtml::Clean {
            for attribute in taken {
                self.report(Code::AttributeTaken, at, |d| {
                    d.with("tag", format!("<{name}>"))
                        .with("attribute", attribute)
                });
            }
        }
        match scope.begin(&name, at, tag.text.ends_with("/>")) {
            Some((ends, ended)) => {
                out.push_str(&ends);
                out.push_str(&own);
                out.push_str(&ended);
            }
            None => self.report(Code::TagStray, at, |d| d.with("tag", format!("<{name}>"))),
        }
    }

    /// Takes the id off a tag that something on the page has already: links lead to the first.
    fn with_own_id(&mut self, own: String, at: &Range<usize>) -> String {
        let Some(Piece::Tag(tag)) = pieces(&own).next() else {
            return own;
        };
        let Some(id) = tag.attribute("id") else {
            return own;
        };
        if !headings::is_of_footnotes(&id) && self.ids.insert(id.into_owned()) {
            return own;
        }
        self.report(Code::AttributeTaken, at, |d| {
            d.with("tag", format!("<{}>", tag.name))
                .with("attribute", "id")
        });
        tag.with(&[("id", None)])
    }

    /// Ends the innermost element `name` with all that is open within it; returns the end tags.
    fn end(&mut self, name: &str, at: &Range<usize>, scope: &mut Scope) -> String {
        match scope.end(name) {
            Some(ended) => {
                for inner in &ended.left_open {
                    self.never_ended(inner);
                }
                ended.tags
            }
            None => {
                // What began with a tag that was taken away ends with nothing.
                if allowed::stands(name) && !scope::may_end_unbegun(name) {
                    self.report(Code::TagStray, at, |d| d.with("tag", format!("</{name}>")));
                }
                String::new()
            }
        }
    }

    /// Ends all that is open in `scope`.
    fn ends(&mut self, scope: Scope) -> String {
        let ended = scope.finish();
        for open in &ended.left_open {
            self.never_ended(open);
        }
        ended.tags
    }

    fn never_ended(&mut self, open: &scope::Open) {
        let name = &open.name;
        if allowed::is_code(name) {
            return;
        }
        self.report(Code::TagOpen, &open.at, |d| {
            d.with("tag", format!("<{name}>"))
                .with("end", format!("</{name}>"))
        });
    }

    /// Says once a page that something stays which cleaning would take away.
    fn say_kept(&mut self, tag: &Tag, clean: &Option<String>, taken: &[String], at: &Range<usize>) {
        if self.is_kept || (clean.is_some() && taken.is_empty()) {
            return;
        }
        self.is_kept = true;
        let start: String = tag.text.chars().take(40).collect();
        self.report(Code::RawHtmlKept, at, |d| d.with("html", start));
    }

    fn report(
        &mut self,
        code: Code,
        at: &Range<usize>,
        fill: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let at = Span::new(self.source, at.clone());
        self.diagnostics.push(fill(Diagnostic::new(code).at(at)));
    }
}

/// Finds pieces of a fragment in the source: the parser has taken the marks of quotations and
/// lists away from its lines, so that places within it cannot be counted.
struct Place<'a> {
    source: &'a str,
    rest: Range<usize>,
}

impl<'a> Place<'a> {
    fn new(source: &'a Source, range: &Range<usize>) -> Self {
        Self {
            source: &source.text,
            rest: range.clone(),
        }
    }

    /// Returns the bytes of the next piece; where it is not found, those that are left.
    fn of(&mut self, piece: &str) -> Range<usize> {
        let line = piece.lines().next().unwrap_or_default();
        let rest = self.source.get(self.rest.clone()).unwrap_or_default();
        match rest.find(line).filter(|_| !line.is_empty()) {
            Some(at) => {
                let start = self.rest.start + at;
                self.rest.start = start + line.len();
                start..self.rest.start
            }
            None => self.rest.clone(),
        }
    }
}

/// Makes a block of raw HTML, where there is any.
fn html(text: String, range: Range<usize>) -> Option<Block> {
    let kind = BlockKind::Html { text };
    let is_empty = matches!(&kind, BlockKind::Html { text } if text.is_empty());
    (!is_empty).then_some(Block { kind, range })
}

/// Adds words; a remark that stood before them leaves no blank of its own.
fn push_words(settled: &mut Vec<Inline>, inline: Inline) {
    if let InlineKind::Text { text } = &inline.kind
        && let Some(Inline {
            kind: InlineKind::Text { text: before },
            range,
        }) = settled.last_mut()
    {
        let is_chinese = |c: char| super::cjk::is_cjk(c);
        if before.ends_with(' ') && text.starts_with(|c| c == ' ' || is_chinese(c)) {
            before.truncate(before.trim_end_matches(' ').len());
        }
        before.push_str(text);
        range.end = inline.range.end.max(range.end);
        return;
    }
    settled.push(inline);
}

/// Passes over what stands within a script or style in the words of a block, where it ends there.
fn skip_code(tag: &str, rest: &mut std::vec::IntoIter<Inline>) {
    let Some(Piece::Tag(tag)) = pieces(tag).next() else {
        return;
    };
    if tag.is_end || !allowed::is_code(tag.name) {
        return;
    }
    let close = format!("</{}", tag.name.to_ascii_lowercase());
    let ends = |inline: &Inline| match &inline.kind {
        InlineKind::Html { text } => text.to_ascii_lowercase().starts_with(&close),
        _ => false,
    };
    if let Some(at) = rest.as_slice().iter().position(ends) {
        rest.nth(at);
    }
}

/// Tells whether a fragment is a forced line end.
fn is_break(html: &str) -> bool {
    let mut pieces = pieces(html);
    match (pieces.next(), pieces.next()) {
        (Some(Piece::Tag(tag)), None) => tag.is("br"),
        _ => false,
    }
}
