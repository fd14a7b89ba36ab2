//! Typed reading of what staff wrote, with every mistake reported at its place.
//!
//! [`Fields`] holds the keys of one mapping. English and Chinese names of a key are equals; a
//! key outside the list is an error that names the nearest one. Reading goes on after a
//! mistake, so that one run tells of all of them.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use super::values;
use super::yaml::{Node, Value};
use crate::area::Size;
use crate::diag::{
    Code, Diagnostic, Diagnostics, Fills, Source, Span, Spanned, Value as Said, words,
};

/// The keys that a mapping may have, each with its other names and the form of its value.
pub type Keys = &'static [Key];
/// A key, its other names and the form of its value.
pub type Key = (&'static str, &'static [&'static str], Form);

/// The form of a value, for editors that help with typing; reading checks more.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// Words.
    Text,
    /// A list of words, or one.
    Texts,
    /// A date.
    Day,
    /// A date, or a word that says that there is none.
    LastDay,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// A mapping with these keys.
    Map(Keys),
    /// A list of mappings with these keys.
    Maps(Keys),
    /// A list of dates, or of mappings with these keys in place of some; or one of them.
    DaysOr(Keys),
    /// A list of words, or of mappings with these keys in place of some; or one of them.
    TextsOr(Keys),
    /// A mapping of names of one's own to numbers.
    Numbers,
    /// A form of its own.
    Free,
}

/// A file being read and where its mistakes are gathered.
#[derive(Debug)]
pub struct Reader {
    /// The file.
    pub source: Arc<Source>,
    diagnostics: RefCell<Diagnostics>,
}

impl Reader {
    /// Starts reading `source`.
    pub fn new(source: &Arc<Source>) -> Self {
        Self {
            source: source.clone(),
            diagnostics: RefCell::default(),
        }
    }

    /// Reports a mistake of the kind `code` at `range`.
    pub fn report(
        &self,
        code: Code,
        range: &Range<usize>,
        fill: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let diagnostic = Diagnostic::new(code).at(self.span(range));
        self.diagnostics.borrow_mut().push(fill(diagnostic));
    }

    /// Adds what somebody else found in this file.
    pub fn push(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// Names the bytes `range` of the file.
    pub fn span(&self, range: &Range<usize>) -> Span {
        Span::new(&self.source, range.clone())
    }

    /// Ends reading and gives what was reported.
    pub fn finish(self) -> Diagnostics {
        self.diagnostics.into_inner()
    }
}

/// The keys and values of one mapping.
#[derive(Debug)]
pub struct Fields<'a> {
    reader: &'a Reader,
    entries: Vec<(&'a str, &'a Node)>,
    /// The bytes of the whole mapping.
    pub range: Range<usize>,
}

impl<'a> Fields<'a> {
    /// Opens the mapping `node`; reports keys that are unknown or given twice. `what` names the
    /// mapping where it is none.
    pub fn open(reader: &'a Reader, node: &'a Node, what: impl Fills, keys: Keys) -> Option<Self> {
        Self::open_with(reader, node, what, keys, &[])
    }

    /// Opens the mapping `node`, which may have keys of the site's `own` beside `keys`: pairs of
    /// the name to ask for and another one that is taken too.
    pub fn open_with(
        reader: &'a Reader,
        node: &'a Node,
        what: impl Fills,
        keys: Keys,
        own: &[(&'a str, &'a str)],
    ) -> Option<Self> {
        let mut fields = Self {
            reader,
            entries: Vec::new(),
            range: node.range.clone(),
        };
        let entries = match &node.value {
            Value::Map(entries) => entries,
            Value::Null => return Some(fields),
            value => {
                fields.bad_value(what, &node.range, show(value), words("a-mapping"), "");
                return None;
            }
        };
        let known = |word: &str| {
            let names = |(name, others, _): &&Key| *name == word || others.contains(&word);
            let of_own = |(name, other): &&(&'a str, &'a str)| *name == word || *other == word;
            let key = keys.iter().find(names).map(|(name, ..)| *name);
            key.or_else(|| own.iter().find(of_own).map(|(name, _)| *name))
        };
        for (key, value) in entries {
            match known(&key.name) {
                None => {
                    let names = keys.iter().flat_map(|(name, others, _)| {
                        std::iter::once(*name).chain(others.iter().copied())
                    });
                    let mut names =
                        names.chain(own.iter().flat_map(|(name, other)| [*name, *other]));
                    // A key that is there already is not to be written a second time.
                    let is_there = |name: &str| {
                        let mut others = entries.iter().map(|(other, _)| known(&other.name));
                        others.any(|other| other.is_some() && other == known(name))
                    };
                    let free = names.by_ref().filter(|name| !is_there(name));
                    reader.report(Code::UnknownKey, &key.range, |d| {
                        d.with("key", &key.name)
                            .meant(&key.name, free.collect::<Vec<_>>())
                    });
                }
                Some(name) if fields.node(name).is_some() => {
                    reader.report(Code::RepeatedKey, &key.range, |d| d.with("key", &key.name));
                }
                Some(name) => fields.entries.push((name, value)),
            }
        }
        Some(fields)
    }

    /// Returns the file's reader.
    pub fn reader(&self) -> &'a Reader {
        self.reader
    }

    /// Returns the value of `key` as it stands; `None` where it is absent or empty.
    pub fn node(&self, key: &str) -> Option<&'a Node> {
        let (_, node) = self.entries.iter().find(|(name, _)| *name == key)?;
        (node.value != Value::Null).then_some(*node)
    }

    /// Names the place of `key`, or of the mapping where the key is absent.
    pub fn span(&self, key: &str) -> Span {
        let range = self
            .node(key)
            .map_or(self.range.start..self.range.start, |node| {
                node.range.clone()
            });
        self.reader.span(&range)
    }

    /// Reads a text.
    pub fn text(&self, key: &'static str) -> Option<Spanned<String>> {
        let node = self.node(key)?;
        self.scalar(key, node)
    }

    /// Reads a text that must be there; `example` is a line to type.
    pub fn required_text(&self, key: &'static str, example: impl Fills) -> Option<Spanned<String>> {
        let text = self.text(key);
        let shows = |c: char| !c.is_whitespace() && !values::is_invisible(c);
        let is_blank = |text: &Spanned<String>| !text.value.contains(shows);
        if self.node(key).is_none() || text.as_ref().is_some_and(is_blank) {
            self.missing(key, example);
        }
        text.filter(|text| !is_blank(text))
    }

    /// Reports that `key` is missing; `example` is a line to type.
    pub fn missing(&self, key: &str, example: impl Fills) {
        let start = self.range.start..self.range.start;
        self.reader.report(Code::MissingKey, &start, |d| {
            d.with("key", key).with("example", example)
        });
    }

    /// Reads a list of texts, or one text.
    pub fn texts(&self, key: &str) -> Vec<Spanned<String>> {
        match self.node(key) {
            None => Vec::new(),
            Some(Node {
                value: Value::List(items),
                ..
            }) => items
                .iter()
                .filter_map(|item| self.scalar(key, item))
                .collect(),
            Some(node) => self.scalar(key, node).into_iter().collect(),
        }
    }

    /// Reads a date.
    pub fn date(&self, key: &'static str) -> Option<Date> {
        let text = self.text(key)?;
        let date = values::date(&text);
        if date.is_none() {
            self.reader.report(Code::BadDate, &text.span.range, |d| {
                d.with("value", &text.value)
            });
        }
        date
    }

    /// Reads a value by `parse`; where that gives nothing, says that `expected` was expected.
    pub fn parsed<T>(
        &self,
        key: &'static str,
        expected: impl Fills,
        example: impl Fills,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(key)?;
        let value = parse(&text);
        if value.is_none() {
            let range = &text.span.range;
            self.bad_value(key, range, text.value.as_str(), expected, example);
        }
        value
    }

    /// Reads yes or no.
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        self.parsed(key, words("yes-or-no"), "true", values::flag)
    }

    /// Reads a whole number of `allowed`.
    pub fn integer(
        &self,
        key: &'static str,
        allowed: std::ops::RangeInclusive<i64>,
    ) -> Option<i64> {
        let expected = words("whole-from-to")
            .with("least", allowed.start())
            .with("most", allowed.end());
        let example = allowed.start().to_string();
        self.parsed(key, expected, example, |text| {
            text.parse().ok().filter(|number| allowed.contains(number))
        })
    }

    /// Reads a number of `allowed`.
    pub fn number(&self, key: &'static str, allowed: std::ops::RangeInclusive<f64>) -> Option<f64> {
        let expected = words("number-from-to")
            .with("least", allowed.start())
            .with("most", allowed.end());
        let example = allowed.start().to_string();
        self.parsed(key, expected, example, |text| {
            text.parse().ok().filter(|number| allowed.contains(number))
        })
    }

    /// Reads a size.
    pub fn size(&self, key: &'static str) -> Option<Size> {
        self.parsed(key, words("a-size"), "A3", values::size)
    }

    /// Reads one of `words`.
    pub fn word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let found = words
            .iter()
            .find(|(word, _)| *word == text.value)
            .map(|(_, value)| *value);
        if found.is_none() {
            self.unknown_word(key, &text, words.iter().map(|(word, _)| *word));
        }
        found
    }

    /// Reports a word outside the list `known`.
    pub fn unknown_word<'w>(
        &self,
        key: &str,
        text: &Spanned<String>,
        known: impl Iterator<Item = &'w str> + Clone,
    ) {
        self.reader
            .report(Code::UnknownWord, &text.span.range, |d| {
                d.with("key", key)
                    .with("value", &text.value)
                    .one_of_ours(text, known)
            });
    }

    /// Opens the mapping under `key`.
    pub fn fields(&self, key: &'static str, keys: Keys) -> Option<Fields<'a>> {
        Fields::open(self.reader, self.node(key)?, key, keys)
    }

    /// Opens each mapping of the list under `key`.
    pub fn list(&self, key: &'static str, keys: Keys) -> Vec<Fields<'a>> {
        match self.node(key) {
            None => Vec::new(),
            Some(Node {
                value: Value::List(items),
                ..
            }) => items
                .iter()
                .filter_map(|item| Fields::open(self.reader, item, key, keys))
                .collect(),
            Some(node) => {
                self.bad_value(key, &node.range, show(&node.value), words("a-list"), "- …");
                Vec::new()
            }
        }
    }

    /// Reports a value of the wrong form.
    pub fn bad_value(
        &self,
        key: impl Fills,
        range: &Range<usize>,
        value: impl Fills,
        expected: impl Fills,
        example: impl Fills,
    ) {
        let example = Some(example.value());
        let example = example.filter(|example| *example != Said::Text(String::new()));
        self.reader.report(Code::BadValue, range, |d| {
            d.with("key", key)
                .with("value", value)
                .with("expected", expected)
                .with_some("example", example)
        });
    }

    /// Reads the text that `node`, the value of `key`, holds.
    pub fn scalar(&self, key: &str, node: &Node) -> Option<Spanned<String>> {
        match &node.value {
            Value::Scalar(text) => Some(Spanned {
                value: text.clone(),
                span: self.reader.span(&node.range),
            }),
            Value::Null => None,
            value => {
                self.bad_value(key, &node.range, show(value), words("a-text"), "");
                None
            }
        }
    }
}

/// Names a value in a message without printing all of it.
fn show(value: &Value) -> Said {
    match value {
        Value::Null => words("nothing").value(),
        Value::Scalar(text) => text.value(),
        Value::List(_) => "[…]".value(),
        Value::Map(_) => "{…}".value(),
    }
}
