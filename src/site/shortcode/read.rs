//! Reading a `:::` block: its keys, and what it stands for.

use std::ops::Range;

use super::plain::{self, Plain};
use super::{Resolver, Shortcode, ShortcodeKind, Video, keys, table};
use crate::diag::{Code, Diagnostic, Spanned, nearest};
use crate::read::yaml::{Key, Node, Value};
use crate::read::{CONTENT, Fields, Form};
use crate::site::links::is_external;
use crate::site::markdown::{AlertKind, Attribute, Block, Inline};
use crate::site::page::Page;

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
/// The endings of films that browsers play.
const FILMS: [&str; 3] = ["mp4", "webm", "m4v"];

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
type Understood = (Vec<Block>, Option<Shortcode>);

/// A block that is being understood: its keys and the author's own blocks.
struct Reading<'a, 'b> {
    fields: &'a Fields<'a>,
    written: &'a Written<'b>,
    title: Option<String>,
    own: Vec<Block>,
    plain: Plain,
}

impl Reading<'_, '_> {
    /// Puts plain blocks before and after the author's own.
    fn around(self, before: Vec<Block>, after: Vec<Block>, kind: ShortcodeKind) -> Understood {
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
    fn nothing(self) -> Understood {
        (self.own, None)
    }

    /// Reads a text that must be there; `example` is a whole block to type.
    fn required(&self, key: &'static str, example: &str) -> Option<Spanned<String>> {
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
    fn empty(&self, what: &str, example: &str) {
        let start = self.written.range.start..self.written.range.start;
        self.fields.reader().report(Code::BlockEmpty, &start, |d| {
            d.with("name", self.written.name)
                .with("what", what)
                .with("example", example)
        });
    }

    /// Returns the title as a line of its own.
    fn heading(&self) -> Vec<Block> {
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

    fn video(&self, reading: Reading) -> Understood {
        let example = "::video{src=filter.mp4 captions=filter.vtt title=洗滤网}";
        let Some(src) = reading.required("src", example) else {
            return reading.nothing();
        };
        if self.lies_outside(&src, "video") {
            return reading.nothing();
        }
        let ending = src
            .rsplit('.')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        if !FILMS.contains(&ending.as_str()) {
            self.reader.report(Code::VideoKind, &src.span.range, |d| {
                d.with("file", &src.value)
            });
        }
        let captions = self.captions(&reading, &src);
        let picture = reading.fields.text("picture");
        let alt = reading.fields.text("alt").map(|alt| alt.value);
        let alt = alt.or_else(|| reading.title.clone()).unwrap_or_default();
        let name = reading.title.clone().unwrap_or_else(|| file_name(&src));
        let shown = picture.as_ref().map(|picture| {
            let plain = Plain::at(&picture.span.range);
            plain.paragraph(vec![plain.image(&picture.value, alt)])
        });
        let plain = Plain::at(&src.span.range);
        let words = vec![plain.link(&src.value, name), plain.text("（视频）")];
        let before = shown.into_iter().chain([plain.paragraph(words)]).collect();
        match self.known.file(&self.page.path.parent(), &src) {
            // The link in the plain blocks is reported as broken.
            None => (before, None),
            Some(file) => {
                let video = Video {
                    file,
                    picture: picture.map(|picture| picture.value),
                    captions,
                };
                reading.around(before, Vec::new(), ShortcodeKind::Video(video))
            }
        }
    }

    /// Finds a film's captions, or reports that it has none.
    fn captions(&self, reading: &Reading, src: &Spanned<String>) -> Option<crate::diag::SitePath> {
        let silent = reading.fields.flag("silent").unwrap_or(false);
        let Some(captions) = reading.fields.text("captions") else {
            if !silent {
                let range = &src.span.range;
                self.reader
                    .report(Code::NoCaptions, range, |d| d.with("file", &src.value));
            }
            return None;
        };
        let file = self.known.file(&self.page.path.parent(), &captions);
        if file.is_none() {
            let range = &captions.span.range;
            self.reader
                .report(Code::BrokenLink, range, |d| d.with("link", &captions.value));
        }
        file
    }

    /// Reports a file of another host.
    fn lies_outside(&self, file: &Spanned<String>, name: &str) -> bool {
        let outside = is_external(file);
        if outside {
            self.reader
                .report(Code::FileOutside, &file.span.range, |d| {
                    d.with("name", name).with("file", &file.value)
                });
        }
        outside
    }

    fn attachment(&self, reading: Reading) -> Understood {
        let Some(src) = reading.required("src", "::attachment{src=form.pdf title=报名表}")
        else {
            return reading.nothing();
        };
        if self.lies_outside(&src, "attachment") {
            return reading.nothing();
        }
        let plain = Plain::at(&src.span.range);
        let name = reading.title.clone().unwrap_or_else(|| file_name(&src));
        let mut words = vec![plain.link(&src.value, name)];
        let Some(file) = self.known.file(&self.page.path.parent(), &src) else {
            return (vec![plain.paragraph(words)], None);
        };
        let size = self.known.bytes(&file).map_or(0, <[u8]>::len);
        let kind = file.extension().to_uppercase();
        words.push(plain.text(format!("（{kind}，{}）", plain::size(size))));
        let line = plain.paragraph(words);
        reading.around(
            vec![line],
            Vec::new(),
            ShortcodeKind::Attachment { file, size },
        )
    }

    fn table(&self, reading: Reading) -> Understood {
        let Some(name) = reading.required("data", "::table{data=fees title=收费}") else {
            return reading.nothing();
        };
        let data = self.around.data();
        let columns = reading.fields.text("columns");
        let Some(value) = data.get(&name) else {
            let names: Vec<&str> = data.files.keys().map(String::as_str).collect();
            let known = (!names.is_empty()).then(|| names.join("、"));
            self.reader
                .report(Code::UnknownData, &name.span.range, |d| {
                    d.with("name", &name.value)
                        .with_some("nearest", nearest(&name, names.iter().copied()))
                        .with_some("known", known)
                });
            return reading.nothing();
        };
        match table::table(value, &name, columns.as_ref(), &reading.plain) {
            Ok(table) => {
                let heading = reading.heading();
                reading.around(heading, vec![table], ShortcodeKind::Table)
            }
            Err(diagnostic) => {
                self.reader.push(*diagnostic);
                reading.nothing()
            }
        }
    }

    fn qr(&self, reading: Reading) -> Understood {
        let to = reading.fields.text("to");
        let plain = to
            .as_ref()
            .map_or(reading.plain.clone(), |to| Plain::at(&to.span.range));
        // A code without an address is the page's own.
        let target = to.map_or("#".to_owned(), |to| to.value);
        let words = match (&reading.title, target.as_str()) {
            (Some(title), _) => title.clone(),
            (None, "#") => self.page.title.clone(),
            (None, target) => self.title_of(target).unwrap_or_else(|| target.to_owned()),
        };
        let line = plain.paragraph(vec![plain.link(&target, words)]);
        reading.around(vec![line], Vec::new(), ShortcodeKind::Qr { target })
    }

    fn title_of(&self, link: &str) -> Option<String> {
        self.linked(link).map(|page| page.title.clone())
    }

    /// Finds the page behind a link of this text.
    fn linked(&self, link: &str) -> Option<&Page> {
        let file = link.split('#').next().unwrap_or(link);
        let id = self.known.page(&self.page.path.parent(), file)?;
        self.pages.iter().find(|page| page.id == id)
    }

    fn item(&self, reading: Reading) -> Understood {
        let Some(names) = reading.required("name", "::item{name=电池}") else {
            return reading.nothing();
        };
        let items = self.around.items;
        let mut found = Vec::new();
        let mut lines = Vec::new();
        let plain = Plain::at(&names.span.range);
        for name in names
            .split(['、', ',', '，'])
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            let Some(item) = items.iter().find(|item| item.is_called(name)) else {
                let all = items
                    .iter()
                    .flat_map(|it| std::iter::once(&it.name).chain(&it.also));
                self.reader
                    .report(Code::UnknownItem, &names.span.range, |d| {
                        d.with("item", name)
                            .with_some("nearest", nearest(name, all.map(String::as_str)))
                    });
                continue;
            };
            let said = [item.first.as_ref(), item.why.as_ref()];
            let said: String = said.into_iter().flatten().map(|it| sentence(it)).collect();
            let words = format!("：{}。{said}", item.bin.name());
            lines.push(vec![plain.strong(&item.name), plain.text(words)]);
            found.push(item.name.clone());
        }
        let before = match lines.len() {
            0 => Vec::new(),
            1 => lines
                .into_iter()
                .map(|line| plain.paragraph(line))
                .collect(),
            _ => vec![plain.list(lines)],
        };
        reading.around(before, Vec::new(), ShortcodeKind::Item(found))
    }

    fn board(&self, reading: Reading) -> Understood {
        let Some(id) = reading.required("id", "::board{id=east-gate}") else {
            return reading.nothing();
        };
        let boards = self.around.boards;
        let Some(board) = boards.iter().find(|board| board.id == id.value) else {
            let known = || boards.iter().map(|board| board.id.as_str());
            let unknown = Diagnostic::new(Code::UnknownBoard)
                .at(id.span.clone())
                .with("board", &id.value)
                .with_some("nearest", nearest(&id, known()))
                .with("known", known().collect::<Vec<_>>().join("、"));
            self.reader.push(unknown);
            return reading.nothing();
        };
        let plain = Plain::at(&id.span.range);
        let page = self.pages.iter().find(|page| page.id == board.page);
        let name = reading.title.as_ref().unwrap_or(&board.title);
        let mut words: Vec<Inline> = vec![match page.and_then(|page| page.path.strip(CONTENT)) {
            Some(path) => plain.link(format!("/{path}"), name),
            None => plain.strong(name),
        }];
        if !board.place.is_empty() {
            words.push(plain.text(format!("：{}", board.place)));
        }
        let line = plain.paragraph(words);
        reading.around(vec![line], Vec::new(), ShortcodeKind::Board(id.value))
    }

    fn timeline(&self, reading: Reading) -> Understood {
        let named = reading.fields.text("page");
        let page = match &named {
            None => Some(self.page),
            Some(link) => self.linked(link),
        };
        let plain = named
            .as_ref()
            .map_or(reading.plain.clone(), |it| Plain::at(&it.span.range));
        let mut before = reading.heading();
        if let Some(link) = &named {
            let words = page.map_or(&link.value, |page| &page.title);
            before.push(plain.paragraph(vec![plain.link(&link.value, words)]));
        }
        let Some(page) = page else {
            // The link in the plain blocks is reported as broken.
            return (before, None);
        };
        let stages = page.campaign.iter().flat_map(|campaign| &campaign.stages);
        let line = |stage: &crate::site::Stage| {
            vec![
                plain.strong(&stage.title),
                plain.text(format!("：{}前", plain::day(stage.due))),
            ]
        };
        let lines: Vec<Vec<Inline>> = stages.map(line).collect();
        if lines.is_empty() {
            self.reader.report(Code::NoStages, &plain.range, |d| {
                d.with("page", &page.title)
            });
            return reading.nothing();
        }
        before.push(plain.list(lines));
        reading.around(before, Vec::new(), ShortcodeKind::Timeline(page.id.clone()))
    }
}

fn boxed(reading: Reading, tone: AlertKind) -> Understood {
    let heading = reading.heading();
    reading.around(heading, Vec::new(), ShortcodeKind::Callout(tone))
}

fn columns(reading: Reading) -> Understood {
    if reading.own.is_empty() {
        reading.empty(
            "文字",
            "分栏的内容写在 :::columns 和 ::: 之间，两栏之间另起一行写 ***",
        );
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
        reading.empty(
            "图片",
            "::figure{src=tap.jpg alt=拧紧的水龙头 title=每晚看一眼}",
        );
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
        reading.empty("图片", "两行之间每行写一张 ![说明](a.jpg)");
    }
    let heading = reading.heading();
    reading.around(heading, Vec::new(), ShortcodeKind::Gallery)
}

fn countdown(reading: Reading) -> Understood {
    if reading
        .required("to", "::countdown{to=2027-01-01 title=离元旦}")
        .is_none()
    {
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

/// Ends words with a full stop where they have none.
fn sentence(words: &str) -> String {
    match words.ends_with(['。', '！', '？', '.', '；']) {
        true => words.to_owned(),
        false => format!("{words}。"),
    }
}

fn file_name(link: &str) -> String {
    link.rsplit('/').next().unwrap_or(link).to_owned()
}
