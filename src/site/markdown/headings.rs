//! The anchors of headings.

use std::collections::{BTreeMap, BTreeSet};

use super::{Inline, InlineKind};

/// The anchor of a heading whose words give none.
const FALLBACK: &str = "section";

/// Gives out anchors, each once.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// Those that the writer chose somewhere in the document.
    chosen: BTreeSet<String>,
    given: BTreeSet<String>,
    /// The last number given to each repeated anchor.
    repeated: BTreeMap<String, usize>,
}

impl Anchors {
    /// Keeps the anchors that the writer chose from being given to others.
    pub(super) fn new(chosen: BTreeSet<String>) -> Self {
        Self {
            chosen,
            ..Self::default()
        }
    }

    /// Gives the anchor that the writer chose; numbered where it was given before.
    pub(super) fn chosen(&mut self, id: &str) -> String {
        let id = &apart(id);
        if self.given.insert(id.to_owned()) {
            return id.to_owned();
        }
        self.numbered(id)
    }

    /// Gives an anchor made of a heading's words.
    pub(super) fn of_words(&mut self, words: &str) -> String {
        let id = apart(&slug(words));
        if !self.chosen.contains(&id) && self.given.insert(id.clone()) {
            return id;
        }
        self.numbered(&id)
    }

    fn numbered(&mut self, id: &str) -> String {
        let number = self.repeated.entry(id.to_owned()).or_insert(1);
        loop {
            *number += 1;
            // A second heading fn is no footnote 2.
            let numbered = apart(&format!("{id}-{number}"));
            if !self.chosen.contains(&numbered) && self.given.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

/// Tells whether `id` is one that footnotes and their marks have.
pub(super) fn is_of_footnotes(id: &str) -> bool {
    let number = id.strip_prefix("fn-").or(id.strip_prefix("fnref-"));
    number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
}

/// Returns `id`, or another in the place of one that is a footnote's.
fn apart(id: &str) -> String {
    match is_of_footnotes(id) {
        true => format!("{FALLBACK}-{id}"),
        false => id.to_owned(),
    }
}

/// Splits the attributes off that a heading's words end with, `{#anchor .class}`, and returns where
/// they begin; other words in braces are words.
fn attributes(words: &str) -> Option<(usize, Option<String>, Vec<String>)> {
    let start = words.trim_end().strip_suffix('}')?.rfind('{')?;
    let (mut id, mut classes) = (None, Vec::new());
    let inner = words[start + 1..].trim_end().trim_end_matches('}');
    let mut all = inner.split_whitespace().peekable();
    all.peek()?;
    for word in all {
        match (word.strip_prefix('#'), word.strip_prefix('.')) {
            (Some(name), _) if !name.is_empty() => id = Some(name.to_owned()),
            (_, Some(name)) if !name.is_empty() => classes.push(name.to_owned()),
            _ => return None,
        }
    }
    Some((start, id, classes))
}

/// Returns the anchor that the writer of a heading chose; `heading` is the heading as written.
pub(super) fn chosen(heading: &str) -> Option<String> {
    let words = heading.trim_end().trim_end_matches('#');
    attributes(words).and_then(|(_, id, _)| id)
}

/// Takes the attributes out of a heading's words.
pub(super) fn take_attributes(inlines: &mut Vec<Inline>) -> (Option<String>, Vec<String>) {
    let Some(InlineKind::Text { text }) = inlines.last_mut().map(|last| &mut last.kind) else {
        return (None, Vec::new());
    };
    let Some((start, id, classes)) = attributes(text) else {
        return (None, Vec::new());
    };
    text.truncate(start);
    text.truncate(text.trim_end().len());
    if text.is_empty() {
        inlines.pop();
    }
    (id, classes)
}

/// Makes an anchor of words: letters, Chinese and digits stay, spaces become `-`.
fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for c in words.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if (c.is_whitespace() || c == '-') && !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() {
        FALLBACK.clone_into(&mut slug);
    }
    slug
}
