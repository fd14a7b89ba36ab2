//! The anchors of headings.

use std::collections::{BTreeMap, BTreeSet};

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
        if self.given.insert(id.to_owned()) {
            return id.to_owned();
        }
        self.numbered(id)
    }

    /// Gives an anchor made of a heading's words.
    pub(super) fn of_words(&mut self, words: &str) -> String {
        let id = slug(words);
        if !self.chosen.contains(&id) && self.given.insert(id.clone()) {
            return id;
        }
        self.numbered(&id)
    }

    fn numbered(&mut self, id: &str) -> String {
        let number = self.repeated.entry(id.to_owned()).or_insert(1);
        loop {
            *number += 1;
            let numbered = format!("{id}-{number}");
            if !self.chosen.contains(&numbered) && self.given.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
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
