//! Typed reading of what staff wrote, with every mistake reported at its place.
//!
//! [`Fields`] holds the keys of one mapping. English and Chinese names of a key are equals; a
//! key outside the list is an error that names the nearest one. Reading goes on after a
//! mistake, so that one run tells of all of them.

use std::ops::Range;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::blank;
use super::foreign::foreign;
use super::form::{Form, Keys};
use super::reader::{DaysAs, Reader};
use super::values;
use super::words::{find_word, known, separated, without_remark};
use super::yaml::{self, Node, Value};
use crate::area::Size;
use crate::diag::{Code, Fills, Span, Spanned, Value as Said, sure, words};

/// The keys and values of one mapping.
#[derive(Debug)]
pub struct Fields<'a> {
    reader: &'a Reader,
    entries: Vec<(&'a str, &'a Node)>,
    /// The bytes of the whole mapping.
    pub range: Range<usize>,
    /// Keys that unknown ones were surely meant for: they are not missing too.
    slips: Vec<String>,
    /// Which keys it may have, and which the mapping around it.
    keys: Keys,
    outer: Keys,
}

impl<'a> Fields<'a> {
    /// Opens the mapping `node`; reports keys that are unknown or given twice. `what` names the
    /// mapping where it is none.
    pub fn open(reader: &'a Reader, node: &'a Node, what: impl Fills, keys: Keys) -> Option<Self> {
        Self::open_in(&[], reader, node, what, (keys, &[]))
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
        Self::open_in(&[], reader, node, what, (keys, own))
    }

    /// Opens the mapping `node` in one that may have the keys `outer`.
    fn open_in(
        outer: Keys,
        reader: &'a Reader,
        node: &'a Node,
        what: impl Fills,
        (keys, own): (Keys, &[(&'a str, &'a str)]),
    ) -> Option<Self> {
        let mut fields = Self {
            reader,
            entries: Vec::new(),
            range: node.range.clone(),
            slips: Vec::new(),
            keys,
            outer,
        };
        let entries = match &node.value {
            Value::Map(entries) => entries,
            Value::Null => return Some(fields),
            value => {
                fields.bad_value(what, &node.range, show(value), words("a-mapping"), "");
                return None;
            }
        };
        let there: Vec<&str> = entries
            .iter()
            .filter_map(|(key, _)| known(&key.name, keys, own))
            .collect();
        for (key, value) in entries {
            match known(&key.name, keys, own) {
                None => {
                    let slip = fields.unknown_key(key, keys, own, &there);
                    fields.slips.extend(slip);
                }
                Some(name) if fields.node(name).is_some() => {
                    reader.report(Code::RepeatedKey, &key.range, |d| d.with("key", &key.name));
                }
                Some(name) => fields.entries.push((name, value)),
            }
        }
        Some(fields)
    }

    /// Reports a key outside the list: where it belongs, or the nearest one. Returns the key that was
    /// surely meant.
    fn unknown_key(
        &self,
        key: &yaml::Key,
        keys: Keys,
        own: &[(&str, &str)],
        there: &[&str],
    ) -> Option<String> {
        let word = key.name.as_str();
        let below = keys.iter().find_map(|(name, others, form)| match form {
            Form::Map(inner) if known(word, inner, &[]).is_some() => Some((*name, *others)),
            _ => None,
        });
        // Named in the language in which the key is.
        let below = below.map(|(name, others)| match others.first() {
            Some(other) if !word.is_ascii() => *other,
            _ => name,
        });
        let names = keys
            .iter()
            .flat_map(|(name, others, _)| std::iter::once(*name).chain(others.iter().copied()));
        let names = names.chain(own.iter().flat_map(|(name, other)| [*name, *other]));
        // A key that is there already is not to be written a second time.
        let is_free =
            |name: &&str| known(name, keys, own).is_none_or(|name| !there.contains(&name));
        let above = known(word, self.outer, &[]).filter(|_| below.is_none());
        let names: Vec<&str> = match below.or(above) {
            Some(_) => Vec::new(),
            None => names.filter(is_free).collect(),
        };
        let meant = sure(word, names.iter().copied());
        self.reader.report(Code::UnknownKey, &key.range, |d| {
            d.with("key", word)
                .with_some("below", below)
                .with_some("above", above.map(|_| word))
                .with_some(
                    "foreign",
                    foreign(word).filter(|_| below.is_none() && above.is_none()),
                )
                .meant(word, names)
        });
        meant
            .and_then(|name| known(name, keys, own))
            .map(str::to_owned)
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
        let mut text = self.scalar(key, node)?;
        self.report_remark(&text);
        text.value = without_asides(text.value);
        Some(text)
    }

    /// Tells that words behind ` # ` are a remark and not shown, where the value is words of a page.
    fn report_remark(&self, text: &Spanned<String>) {
        let source = &self.reader.source;
        let (before, _) = source.text.split_at(text.span.range.start);
        let (_, behind) = source.text.split_at(text.span.range.end);
        let key = before.rsplit('\n').next().unwrap_or_default().trim();
        let remark = behind.split('\n').next().unwrap_or_default().trim();
        let is_page = matches!(source.path.extension(), "md" | "markdown");
        let is_plain = !source.text[text.span.range.start..].starts_with(['"', '\'']);
        if is_page && is_plain && remark.starts_with('#') && !text.value.is_ascii() {
            let at = text.span.range.end..text.span.range.end;
            self.reader.report(Code::RemarkBehindText, &at, |d| {
                d.with("remark", remark)
                    .with("line", format!("{key} \"{} {remark}\"", text.value))
            });
        }
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
        if self.slips.iter().any(|slip| slip == key) {
            return;
        }
        let start = self.range.start..self.range.start;
        self.reader.report(Code::MissingKey, &start, |d| {
            d.with("key", key).with("example", example)
        });
    }

    /// Reads a list of texts, or one text; `、` and commas part texts that are in no quotes.
    pub fn texts(&self, key: &str) -> Vec<Spanned<String>> {
        let one = |node: &Node| {
            let text = self.scalar(key, node);
            text.map_or_else(Vec::new, |text| self.split(text))
        };
        match self.node(key) {
            None => Vec::new(),
            Some(Node {
                value: Value::List(items),
                ..
            }) => items.iter().flat_map(one).collect(),
            Some(node) => one(node),
        }
    }

    /// Parts a text that is in no quotes.
    fn split(&self, text: Spanned<String>) -> Vec<Spanned<String>> {
        let typed = &self.reader.source.text[text.span.range.clone()];
        let parts = separated(&text.value);
        if parts.len() == 1 || typed.starts_with(['"', '\'']) {
            return vec![text];
        }
        let part = |range: Range<usize>| {
            let value = &text.value[range.clone()];
            let inner = value.trim_matches(|c: char| c.is_whitespace() || "［］".contains(c));
            // Where nothing vanished in reading, each part has its own place.
            let at = text.span.range.start + range.start + value.find(inner).unwrap_or(0);
            let own = self.reader.span(&(at..at + inner.len()));
            let span = if typed == text.value {
                own
            } else {
                text.span.clone()
            };
            (!inner.is_empty()).then(|| Spanned {
                value: inner.to_owned(),
                span,
            })
        };
        parts.into_iter().filter_map(part).collect()
    }

    /// Reads a date.
    pub fn date(&self, key: &'static str) -> Option<Date> {
        let node = self.node(key)?;
        let text = self.scalar(key, node)?;
        self.day(&text)
    }

    /// Reads a date out of `text`, reporting one that is none, and one of an odd year.
    pub fn day(&self, text: &Spanned<String>) -> Option<Date> {
        let DaysAs { zone, today } = &self.reader.days;
        let utc = TimeZone::UTC;
        let zone = zone.as_ref().unwrap_or(&utc);
        let range = &text.span.range;
        let Some(day) = without_remark(text, |text| values::day(text, zone)) else {
            let lacking = values::without_year(text).zip(*today);
            let example = lacking.and_then(|(day, today)| values::next_on(day, today));
            self.reader.report(Code::BadDate, range, |d| {
                d.with("value", &text.value).with_some("example", example)
            });
            return None;
        };
        let is_odd = |today: &Date| !(-30..=10).contains(&(day.year() - today.year()));
        if let Some(today) = today.filter(|today| is_odd(today)) {
            self.reader.report(Code::OddYear, range, |d| {
                d.with("value", &text.value)
                    .with("year", day.year())
                    .with("today", today.year())
            });
        }
        Some(day)
    }

    /// Reads a value by `parse`; where that gives nothing, says that `expected` was expected.
    pub fn parsed<T>(
        &self,
        key: &'static str,
        expected: impl Fills,
        example: impl Fills,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let node = self.node(key)?;
        let text = self.scalar(key, node)?;
        let value = without_remark(&text, parse);
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

    /// Reports where the file's form, under `format`, is newer than `known`.
    pub fn check_format(&self, known: i64) {
        let format = self.integer("format", 1..=1_000_000);
        if let Some(format) = format.filter(|format| *format > known) {
            let range = self.span("format").range;
            self.reader.report(Code::NewerFormat, &range, |d| {
                d.with("format", format).with("known", known)
            });
        }
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
            values::whole(text).filter(|number| allowed.contains(number))
        })
    }

    /// Reads a number of `allowed`; the name of a unit of `units` behind it is taken off.
    pub fn number(
        &self,
        key: &'static str,
        allowed: std::ops::RangeInclusive<f64>,
        units: &[&str],
    ) -> Option<f64> {
        let expected = words("number-from-to")
            .with("least", allowed.start())
            .with("most", allowed.end());
        let example = allowed.start().to_string();
        self.parsed(key, expected, example, |text| {
            let plain: String = text.chars().map(values::half_width).collect();
            let plain = plain.trim();
            let bare = units.iter().find_map(|unit| plain.strip_suffix(unit));
            let number = bare.unwrap_or(plain).trim().parse().ok();
            number.filter(|number| allowed.contains(number))
        })
    }

    /// Reads a length of `allowed`, in the unit that counts `unit` mm; other units are taken too.
    pub fn length(
        &self,
        key: &'static str,
        allowed: std::ops::RangeInclusive<f64>,
        unit: f64,
    ) -> Option<f64> {
        let expected = words("number-from-to")
            .with("least", allowed.start())
            .with("most", allowed.end());
        let example = allowed.start().to_string();
        self.parsed(key, expected, example, |text| {
            let length = values::length(text, unit, 0.0)? / unit;
            allowed.contains(&length).then_some(length)
        })
    }

    /// Reads a size.
    pub fn size(&self, key: &'static str) -> Option<Size> {
        self.parsed(key, words("a-size"), "A3", values::size)
    }

    /// Reads one of `words`.
    pub fn word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let node = self.node(key)?;
        let text = self.scalar(key, node)?;
        let found = without_remark(&text, |text| find_word(text, words));
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
        Fields::open_in(self.keys, self.reader, self.node(key)?, key, (keys, &[]))
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
                .filter_map(|it| Fields::open_in(self.keys, self.reader, it, key, (keys, &[])))
                .collect(),
            Some(node) => {
                self.bad_value(key, &node.range, show(&node.value), words("a-list"), "- …");
                Vec::new()
            }
        }
    }

    /// Returns the words of a value that only looks like a list or a mapping: `[紧急]`, or the
    /// entry `- 注意: 停水` of a list of texts.
    fn as_words(&self, node: &Node) -> Option<Spanned<String>> {
        let typed = self.reader.source.text[node.range.clone()].trim();
        let is_bracket = typed.starts_with(['[', '{']);
        let is_entry = !typed.is_ascii() && !typed.starts_with('-');
        if typed.contains('\n') || !(is_bracket || is_entry) {
            return None;
        }
        Some(Spanned {
            value: values::seen(typed),
            span: self.reader.span(&node.range),
        })
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

    /// Reads the text that `node`, the value of `key`, holds. One that is still to be filled in is
    /// not there yet; the site tells of all of these together.
    pub fn scalar(&self, key: &str, node: &Node) -> Option<Spanned<String>> {
        match &node.value {
            Value::Scalar(text) if blank::is_in(text) => None,
            Value::Scalar(text) => Some(Spanned {
                value: text.clone(),
                span: self.reader.span(&node.range),
            }),
            Value::Null => None,
            value => self.as_words(node).or_else(|| {
                self.bad_value(key, &node.range, show(value), words("a-text"), "");
                None
            }),
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

/// Takes remarks for colleagues, `<!-- … -->`, out of a value.
fn without_asides(mut text: String) -> String {
    while let Some(start) = text.find("<!--")
        && let Some(end) = text[start..].find("-->")
    {
        text.replace_range(start..start + end + "-->".len(), "");
        text.truncate(text.trim_end().len());
    }
    text
}
