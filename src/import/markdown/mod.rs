//! What was read, written as the Markdown that staff would write.
//!
//! What is written is read again by our own reader: where a sign of the text would be taken for
//! Markdown, all signs of that paragraph are escaped, and where even that gives other words it is
//! told.

mod line;
mod tidy;

use std::sync::Arc;

use super::escape::{Care, escaped};
use super::losses::{Losses, Place, near, quoted};
use super::model::{Block, Paragraph, Piece, Role, words_of};
use crate::diag::{Diagnostics, SitePath, Source};
use crate::site::markdown;
use line::Line;
use tidy::{condensed, heard, tidied, without_number};

/// How wide an indented item stands behind its parent's number.
const STEP: &str = "   ";

/// How a picture is shown.
pub(super) struct Shown {
    /// Its file beside the page, where it came along.
    pub file: Option<String>,
    /// The words for those who cannot see it.
    pub alt: String,
    /// The words below it, or none.
    pub caption: String,
}

/// What blocks are written with.
pub(super) struct Writer<'a> {
    /// How the pictures are shown, by index.
    pub files: &'a [Shown],
    /// Where losses are listed.
    pub losses: &'a mut Losses,
    /// Of each note whether it says anything.
    pub has_note: Vec<bool>,
}

impl Writer<'_> {
    /// Writes blocks; headings and all else are what `blocks` say.
    pub fn blocks(&mut self, blocks: &[Block]) -> String {
        let mut out = String::new();
        let mut list: Vec<u8> = Vec::new();
        let mut before: Option<Kind> = None;
        let mut top = Sign::Bullet;
        for block in blocks {
            let (text, kind) = match block {
                Block::Rule => ("***".to_owned(), Kind::Other),
                Block::Table(table) => (self.table(table), Kind::Other),
                Block::Paragraph(it) if it.is_empty() => continue,
                Block::Paragraph(it) => self.paragraph(it, &mut list),
            };
            if text.is_empty() {
                continue;
            }
            if !matches!(kind, Kind::Item(_)) {
                list.clear();
            }
            if let Some(before) = before {
                // Items below others go on whatever their sign is.
                let joins = match (before, kind) {
                    (Kind::Item(_), Kind::Item(other)) => list.len() > 1 || other == top,
                    _ => false,
                };
                out.push_str(if joins { "\n" } else { "\n\n" });
            }
            if let Kind::Item(sign) = kind
                && list.len() == 1
            {
                top = sign;
            }
            out.push_str(&text);
            before = Some(kind);
        }
        out
    }

    fn paragraph(&mut self, it: &Paragraph, list: &mut Vec<u8>) -> (String, Kind) {
        let words = self.words(
            &it.pieces,
            &it.place,
            matches!(it.role, Role::Heading(_)),
            it.mark.is_some(),
        );
        if words.is_empty() {
            return (words, Kind::Other);
        }
        match (&it.mark, it.role) {
            (mark, Role::Heading(level)) => {
                let number = mark
                    .as_ref()
                    .filter(|it| !it.is_bullet)
                    .map(|it| spaced(&it.text));
                let signs = "#".repeat(usize::from(level.clamp(1, 6)));
                let words = words.replace("\\\n", " ");
                (
                    format!("{signs} {}{words}", number.unwrap_or_default()),
                    Kind::Other,
                )
            }
            (Some(mark), _) => {
                while list.last().is_some_and(|level| *level > mark.level) {
                    list.pop();
                }
                if list.last() != Some(&mark.level) {
                    list.push(mark.level);
                }
                let indent = STEP.repeat(list.len() - 1);
                let is_counted = mark.text.strip_suffix('.').is_some_and(is_figures);
                let sign = match () {
                    () if mark.is_bullet => "- ".to_owned(),
                    () if is_counted => format!("{} ", mark.text),
                    () => spaced(&mark.text),
                };
                let words = words.replace('\n', &format!("\n{indent}{STEP}"));
                let kind = Kind::Item(match () {
                    () if mark.is_bullet => Sign::Bullet,
                    () if is_counted => Sign::Counted,
                    () => Sign::Typed,
                });
                (format!("{indent}{sign}{words}"), kind)
            }
            (None, Role::Quote) => (format!("> {}", words.replace('\n', "\n> ")), Kind::Quote),
            (None, Role::Code) => {
                let mut text = String::new();
                words_of(&it.pieces, &mut text);
                (format!("```\n{}\n```", text.trim_end()), Kind::Other)
            }
            (None, _) => (words, Kind::Other),
        }
    }

    /// Writes pieces of one paragraph so that our reader reads the same words.
    pub fn words(
        &mut self,
        pieces: &[Piece],
        place: &Place,
        heading: bool,
        marked: bool,
    ) -> String {
        let pieces = tidied(pieces);
        let wanted = heard(&pieces);
        for care in [Care::Little, Care::Much, Care::Plain] {
            // Behind a number nothing can begin a block.
            let text = self.line(&pieces, care, heading, !marked && !heading);
            let bare = Bare {
                care,
                heading,
                starts: !marked && !heading,
            };
            if is_same(&bare.line(&pieces), &wanted) {
                return text;
            }
        }
        self.losses
            .changed(quoted("import-other-words", &wanted), place);
        self.line(&pieces, Care::Much, heading, true)
    }

    /// Returns the number of a note among those that say something.
    pub fn label(&self, at: usize) -> usize {
        self.has_note
            .iter()
            .take(at + 1)
            .filter(|has| **has)
            .count()
    }

    fn line(&self, pieces: &[Piece], care: Care, heading: bool, starts: bool) -> String {
        let picture = |at: usize| match self.files.get(at) {
            Some(shown) => shown.markdown(),
            None => String::new(),
        };
        let note = |at: usize| match self.has_note.get(at) {
            Some(true) => format!("[^{}]", self.label(at)),
            _ => String::new(),
        };
        Line {
            picture: &picture,
            note: &note,
            care,
            heading,
        }
        .write(pieces, starts)
    }
}

impl Shown {
    /// Writes it; of a picture that did not come along the words below it stay.
    fn markdown(&self) -> String {
        let Some(file) = &self.file else {
            return escaped(&self.caption, Care::Much, true);
        };
        let alt = escaped(&self.alt, Care::Much, false);
        let caption = escaped(&self.caption, Care::Much, false).replace('"', "\\\"");
        match caption.is_empty() {
            true => format!("![{alt}]({file})"),
            false => format!("![{alt}]({file} \"{caption}\")"),
        }
    }
}

/// What a paragraph became, as far as it matters for what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// An item of a list.
    Item(Sign),
    Quote,
    Other,
}

/// What stands before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Bullet,
    /// A number of Markdown.
    Counted,
    /// A number that only we know.
    Typed,
}

fn is_figures(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

/// Sets a blank behind a number that ends in a letter or figure, a wide one behind 第一条.
pub(super) fn spaced(number: &str) -> String {
    match number.chars().last() {
        Some(c) if c.is_ascii() => format!("{number} "),
        Some('条' | '章' | '节' | '款' | '编' | '篇' | '分') => format!("{number}\u{3000}"),
        _ => number.to_owned(),
    }
}

/// Writes a line for the trial: its words alone.
struct Bare {
    care: Care,
    heading: bool,
    starts: bool,
}

impl Bare {
    fn line(&self, pieces: &[Piece]) -> String {
        let nothing = |_: usize| String::new();
        let (care, heading) = (self.care, self.heading);
        let line = Line {
            picture: &nothing,
            note: &nothing,
            care,
            heading,
        };
        let text = line.write(pieces, self.starts);
        // Where a sign goes before it, a word does for the trial.
        if self.starts {
            text
        } else {
            format!("字{text}")
        }
    }
}

/// Tells whether `text` is read as the words `wanted`.
fn is_same(text: &str, wanted: &str) -> bool {
    let source = Source::new(SitePath::fixed("content/page.md"), text);
    let mut said = Diagnostics::default();
    let read = markdown::parse(&source, 0..text.len(), &mut said);
    let is_clean = said.iter().next().is_none();
    let read = condensed(&markdown::plain_text(&read));
    let read = read
        .strip_prefix('字')
        .filter(|_| !wanted.starts_with('字'))
        .unwrap_or(&read);
    is_clean && without_number(read) == without_number(&condensed(wanted))
}

/// Checks that the whole text `body` is read as all the words of its parts.
pub(super) fn check(body: &str, blocks: &[Block], losses: &mut Losses) {
    let source: Arc<Source> = Source::new(SitePath::fixed("content/page.md"), body);
    let read = markdown::parse(&source, 0..body.len(), &mut Diagnostics::default());
    let read = condensed(&markdown::plain_text(&read));
    // What was found already lies before what follows, but for tables and notes.
    let mut done = 0;
    let mut has = |words: &str| {
        let at = read[done..].find(words);
        done = at.map_or(done, |at| done + at + words.len());
        at.is_some() || read.contains(words)
    };
    for block in blocks {
        if let Block::Paragraph(it) = block {
            // Between its words stand what pictures and notes say.
            let pieces = tidied(&it.pieces);
            let parts = pieces.split(|piece| {
                matches!(
                    piece,
                    Piece::Picture(_) | Piece::Note(_) | Piece::Ruby { .. }
                )
            });
            let lost = parts
                .map(|it| condensed(&heard(it)))
                .find(|it| !has(without_number(it)));
            if let Some(words) = lost {
                losses.changed(quoted("import-other-words", &near(&words)), &it.place);
            }
        }
    }
}
