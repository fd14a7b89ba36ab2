//! Reading a `:::` block: its keys, and what it stands for.

use std::ops::Range;

use super::plain::{self, Plain};
use super::{Resolver, Shortcode, ShortcodeKind, keys};
use crate::diag::{Code, Fills, Spanned, Words, words};
use crate::read::yaml::{Key, Node, Value};
use crate::read::{Fields, Form};
use crate::site::markdown::{AlertKind, Attribute, Block};

/// A block as it is written.
pub(super) struct Written<'a> {
    /// Its name, one of those that exist.
    pub name: &'a str,
    pub attributes: &'a [Attribute],
    /// The bytes of all of it.
    pub range: Range<usize>,
}

const TONES: &[(&str, AlertKind)] = &[
    ("note", AlertKind::Note),
    ("说明", AlertKind::Note),
    ("tip", AlertKind::Tip),
    ("小办法", AlertKind::Tip),
    ("important", AlertKind::Important),
    ("要紧", AlertKind::Important),
    ("warning", AlertKind::Warning),
    ("当心", AlertKind::Warning),
    ("caution", AlertKind::Caution),
    ("危险", AlertKind::Caution),
];

impl Written<'_> {
    /// Tells whether all keys are those of the block.
    fn knows_all_keys(&self) -> bool {
        let known = keys::of(self.name);
        let is_known = |it: &Attribute| {
            let named = |(name, others, _): &crate::read::Key| {
                *name == it.key || others.contains(&it.key.as_str())
            };
            known.iter().any(named)
        };
        self.attributes.iter().all(is_known)
    }

    /// Returns the attributes as a mapping, so that they are read as front matter is.
    fn node(&self) -> Node {
        let known = keys::of(self.name);
        let is_flag = |key: &str| {
            let named =
                |(name, others, _): &&crate::read::Key| *name == key || others.contains(&key);
            let found = known.iter().find(named);
            matches!(found, Some((_, _, Form::Flag)))
        };
        let entry = |it: &Attribute| {
            let value = match &it.value {
                Some(value) if value.is_empty() => Value::Null,
                Some(value) => Value::Scalar(value.clone()),
                // A key alone says yes.
                None if is_flag(&it.key) => Value::Scalar("true".to_owned()),
                None => Value::Null,
            };
            let key = Key {
                name: it.key.clone(),
                range: it.key_range.clone(),
            };
            let range = it.value_range.clone();
            (key, Node { value, range })
        };
        Node {
            value: Value::Map(self.attributes.iter().map(entry).collect()),
            range: self.range.clone(),
        }
    }
}

/// The plain blocks of a block, and what it means where it can be understood.
pub(super) type Understood = (Vec<Block>, Option<Shortcode>);

/// A block that is being understood: its keys and the author's own blocks.
pub(super) struct Reading<'a, 'b> {
    pub fields: &'a Fields<'a>,
    pub written: &'a Written<'b>,
    pub title: Option<String>,
    pub own: Vec<Block>,
    pub plain: Plain,
}

impl Reading<'_, '_> {
    /// Puts plain blocks before and after the author's own.
    pub(super) fn around(
        self,
        before: Vec<Block>,
        after: Vec<Block>,
        kind: ShortcodeKind,
    ) -> Understood {
        let own = before.len()..before.len() + self.own.len();
        let blocks = before.into_iter().chain(self.own).chain(after).collect();
        let meaning = Shortcode {
            kind,
            title: self.title,
            own,
        };
        (blocks, Some(meaning))
    }

    /// Gives the author's own blocks alone, where the block cannot be understood.
    pub(super) fn nothing(self) -> Understood {
        (self.own, None)
    }

    /// Reads a text that must be there; `example` is a whole block to type.
    pub(super) fn required(
        &self,
        key: &'static str,
        example: impl Fills,
    ) -> Option<Spanned<String>> {
        let text = self.fields.text(key);
        // A key that is merely misspelt is reported already.
        if self.fields.node(key).is_none() && self.written.knows_all_keys() {
            let start = self.written.range.start..self.written.range.start;
            self.fields
                .reader()
                .report(Code::BlockKeyMissing, &start, |d| {
                    d.with("name", self.written.name)
                        .with("key", key)
                        .with("example", example)
                });
        }
        text
    }

    /// Reports that the block lacks `what`.
    fn empty(&self, what: Words, example: Words) {
        let start = self.written.range.start..self.written.range.start;
        self.fields.reader().report(Code::BlockEmpty, &start, |d| {
            d.with("name", self.written.name)
                .with("what", what)
                .with("example", example)
        });
    }

    /// Returns the title as a line of its own.
    pub(super) fn heading(&self) -> Vec<Block> {
        self.plain
            .heading(self.title.as_ref())
            .into_iter()
            .collect()
    }
}

impl Resolver<'_> {
    /// Understands a block that holds the author's `own` blocks.
    pub(super) fn understand(&self, written: &Written, own: Vec<Block>) -> Understood {
        let node = written.node();
        let Some(fields) = Fields::open(self.reader, &node, written.name, keys::of(written.name))
        else {
            return (own, None);
        };
        let has_title = keys::of(written.name)
            .iter()
            .any(|(key, ..)| *key == "title");
        let reading = Reading {
            title: has_title
                .then(|| fields.text("title"))
                .flatten()
                .map(|title| title.value),
            fields: &fields,
            own,
            plain: Plain::at(&(written.range.start..written.range.start)),
            written,
        };
        match written.name {
            "tip" => boxed(reading, AlertKind::Tip),
            "callout" => {
                let tone = reading.fields.word("kind", TONES);
                boxed(reading, tone.unwrap_or(AlertKind::Note))
            }
            "steps" => {
                let heading = reading.heading();
                reading.around(heading, Vec::new(), ShortcodeKind::Steps)
            }
            "columns" => columns(reading),
            "figure" => figure(reading),
            "gallery" => gallery(reading),
            "video" => self.video(reading),
            "attachment" => self.attachment(reading),
            "table" => self.table(reading),
            "qr" => self.qr(reading),
            "item" => self.item(reading),
            "board" => self.board(reading),
            "countdown" => countdown(reading),
            "timeline" => self.timeline(reading),
            _ => boxed(reading, AlertKind::Note),
        }
    }
}

fn boxed(reading: Reading, tone: AlertKind) -> Understood {
    let heading = reading.heading();
    reading.around(heading, Vec::new(), ShortcodeKind::Callout(tone))
}

fn columns(reading: Reading) -> Understood {
    if reading.own.is_empty() {
        reading.empty(words("text"), words("example-columns"));
    }
    let heading = reading.heading();
    reading.around(heading, Vec::new(), ShortcodeKind::Columns)
}

fn figure(reading: Reading) -> Understood {
    let is_wide = reading.fields.flag("wide").unwrap_or(false);
    let src = reading.fields.text("src");
    let alt = reading.fields.text("alt").map(|alt| alt.value);
    let shown = src.map(|src| {
        let plain = Plain::at(&src.span.range);
        plain.paragraph(vec![plain.image(&src.value, alt.unwrap_or_default())])
    });
    if shown.is_none() && !plain::has_image(&reading.own) {
        reading.empty(words("a-picture"), words("example-figure"));
    }
    let caption = reading.title.as_ref();
    let caption = caption.map(|title| reading.plain.paragraph(vec![reading.plain.text(title)]));
    let kind = ShortcodeKind::Figure {
        is_named: shown.is_some(),
        is_wide,
    };
    reading.around(
        shown.into_iter().collect(),
        caption.into_iter().collect(),
        kind,
    )
}

fn gallery(reading: Reading) -> Understood {
    if !plain::has_image(&reading.own) {
        reading.empty(words("pictures"), words("example-gallery"));
    }
    let heading = reading.heading();
    let own = reading
        .own
        .into_iter()
        .flat_map(plain::pictures_apart)
        .collect();
    let reading = Reading { own, ..reading };
    reading.around(heading, Vec::new(), ShortcodeKind::Gallery)
}

fn countdown(reading: Reading) -> Understood {
    if reading.required("to", words("example-countdown")).is_none() {
        return reading.nothing();
    }
    let Some(to) = reading.fields.date("to") else {
        return reading.nothing();
    };
    let plain = reading.plain.clone();
    let words = match &reading.title {
        Some(title) => vec![
            plain.strong(title),
            plain.text(format!("：{}", plain::day(to))),
        ],
        None => vec![plain.text(plain::day(to))],
    };
    let line = plain.paragraph(words);
    reading.around(vec![line], Vec::new(), ShortcodeKind::Countdown(to))
}
