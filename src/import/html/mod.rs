//! Web pages and what they put on the clipboard: WeChat articles, Word, WPS, mail.
//!
//! What a browser shows is read, the rest is left out and listed. Addresses are never fetched: a
//! picture comes along only where its bytes do.

mod account;
mod dom;
mod lists;
mod looks;
mod tables;

use super::beside;
use super::blanks::is_blank;
use super::losses::{Place, near, quoted};
use super::model::{Align, Block, Doc, Look, Paragraph, Picture, Piece, Role, Run};
use super::refusal::Refused;
use crate::diag::words;
use dom::{Id, Page};
use lists::List;

/// How deep elements may lie.
const DEEPEST: usize = 220;

/// Reads a page, or a part of one.
///
/// # Errors
/// Where it goes beyond the bounds.
pub(super) fn read(text: &str) -> Result<Doc, Refused> {
    // The clipboard of Windows has a head of its own.
    let text = match text.starts_with("Version:") {
        true => &text[text.find('<').unwrap_or(0)..],
        false => text,
    };
    let page = Page::read(text)?;
    let mut walk = Walk {
        page: &page,
        doc: Doc::default(),
        blocks: Vec::new(),
        open: Paragraph::default(),
        n_paragraphs: 0,
        n_tables: 0,
        lists: Vec::new(),
        depth: 0,
        in_cell: None,
        is_article: false,
    };
    let is = |id: &str| {
        let id = id.to_owned();
        page.find(move |page, it| page.get(it, "id") == Some(&id))
    };
    let article = is("js_content");
    walk.is_article = article.is_some();
    let day = is("publish_time").filter(|_| article.is_some());
    walk.doc.day = day.and_then(|it| account::day(&page.words(it)));
    if let Some(title) = is("activity-name").filter(|_| article.is_some()) {
        let text = page
            .words(title)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        walk.title(&text);
    }
    let start = article.or_else(|| page.find(|page, it| page.name(it) == Some("body")));
    let start = start.unwrap_or(page.root());
    walk.children(start, &Around::default())?;
    walk.flush();
    let mut doc = walk.doc;
    doc.blocks = walk.blocks;
    Ok(doc)
}

/// What stands around an element.
#[derive(Debug, Clone, Default)]
struct Around {
    look: Look,
    /// In points.
    size: f32,
    align: Align,
    role: Role,
    is_pre: bool,
    indent: f32,
    /// Whether some colour may lie under the letters: a ground, or a look that a sheet of styles gives.
    has_ground: bool,
    /// Whether the letters are white.
    is_white: bool,
}

struct Walk<'p> {
    page: &'p Page,
    doc: Doc,
    blocks: Vec<Block>,
    /// The paragraph that is being read.
    open: Paragraph,
    n_paragraphs: usize,
    n_tables: usize,
    lists: Vec<List>,
    depth: usize,
    in_cell: Option<Place>,
    /// Whether it is an article of a public account.
    is_article: bool,
}

impl Walk<'_> {
    fn title(&mut self, text: &str) {
        let pieces = vec![Piece::Text(Run {
            text: text.to_owned(),
            ..Run::default()
        })];
        self.blocks.push(Block::Paragraph(Paragraph {
            role: Role::Title,
            pieces,
            ..Paragraph::default()
        }));
    }

    /// Ends the open paragraph.
    fn flush(&mut self) {
        let mut open = std::mem::take(&mut self.open);
        if open.is_empty() {
            return;
        }
        self.n_paragraphs += 1;
        if self.is_article && account::is_call(&open) {
            let text = open.words();
            let place = self.place(&text);
            self.doc
                .losses
                .left_out(quoted("import-around", &text), &place);
            return;
        }
        open.place = self.place(&open.words());
        for at in open.pictures() {
            self.doc.pictures[at].place = open.place.clone();
        }
        self.blocks.push(Block::Paragraph(open));
    }

    fn place(&self, text: &str) -> Place {
        match &self.in_cell {
            Some(cell) => cell.clone(),
            None => Place::Paragraph(self.n_paragraphs.max(1), near(text)),
        }
    }

    fn children(&mut self, id: Id, around: &Around) -> Result<(), Refused> {
        if self.depth > DEEPEST {
            return Err(Refused::Deep);
        }
        self.depth += 1;
        for child in self.page.children(id) {
            self.node(*child, around)?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn node(&mut self, id: Id, around: &Around) -> Result<(), Refused> {
        if let Some(text) = self.page.text(id) {
            self.say(text, around);
            return Ok(());
        }
        let Some(name) = self.page.name(id).map(str::to_owned) else {
            return Ok(());
        };
        if self.is_left_out(id, &name) {
            return Ok(());
        }
        let inner = self.inner(id, &name, around);
        match name.as_str() {
            "br" => self.open.pieces.push(Piece::Break),
            "hr" => {
                self.flush();
                self.blocks.push(Block::Rule);
            }
            "img" => self.picture(id),
            "a" => self.link(id, &inner)?,
            "ruby" => self.ruby(id),
            "table" => self.table(id, &inner)?,
            "ul" | "ol" | "menu" => self.list(id, &name, &inner)?,
            "li" => self.item(id, &inner)?,
            _ if self.is_mark(id) => self.mark(id),
            _ if is_block(&name) || self.page.style(id, "display").as_deref() == Some("block") => {
                self.flush();
                self.open.role = inner.role;
                self.children(id, &inner)?;
                self.flush();
            }
            _ => self.children(id, &inner)?,
        }
        Ok(())
    }

    /// Tells whether an element holds nothing of the text, and lists it where it has words.
    fn is_left_out(&mut self, id: Id, name: &str) -> bool {
        let silent = [
            "script", "style", "head", "template", "noscript", "link", "meta", "title", "colgroup",
            "param", "source", "o:p",
        ];
        if silent.contains(&name) {
            return true;
        }
        let page = self.page;
        let text = page.words(id);
        let place = self.place(&text);
        let lost = [
            "iframe",
            "video",
            "audio",
            "object",
            "embed",
            "canvas",
            "svg",
            "mpvoice",
            "mp-common-videosnap",
            "mp-miniprogram",
            "mp-common-profile",
            "qqmusic",
            "mpvideosnap",
        ];
        if lost.contains(&name) {
            let what = page
                .get(id, "title")
                .or_else(|| page.get(id, "data-title"))
                .unwrap_or_default();
            self.doc.losses.lost(
                words("import-no-medium")
                    .with("kind", name)
                    .with("near", near(what)),
                &place,
            );
            return true;
        }
        let around = [
            "nav", "footer", "aside", "form", "button", "select", "input", "textarea",
        ];
        if around.contains(&name) {
            if !text.trim().is_empty() {
                self.doc
                    .losses
                    .left_out(quoted("import-around", &text), &place);
            }
            return true;
        }
        // WeChat shows its article once a script has run.
        let is_article = page.get(id, "id") == Some("js_content");
        let style = |key: &str, is: &[&str]| {
            page.style(id, key)
                .is_some_and(|it| is.contains(&it.as_str()))
        };
        let is_hidden = page.get(id, "hidden").is_some()
            || style("display", &["none"])
            || style("visibility", &["hidden"])
            || style("opacity", &["0"])
            || style("font-size", &["0", "0px", "0pt"])
            || style("mso-hide", &["all"]);
        if is_hidden && !is_article {
            if text.chars().any(|c| !is_blank(c)) {
                self.doc
                    .losses
                    .left_out(quoted("import-hidden", &text), &place);
            }
            return true;
        }
        false
    }

    fn say(&mut self, text: &str, around: &Around) {
        if around.is_pre {
            for (at, line) in text.split('\n').enumerate() {
                if at > 0 {
                    self.open.pieces.push(Piece::Break);
                }
                self.run(line, around);
            }
            return;
        }
        let mut plain = String::new();
        for c in text.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                    if !plain.ends_with(' ') {
                        plain.push(' ');
                    }
                }
                c => plain.push(c),
            }
        }
        let starts = self.open.pieces.is_empty()
            || matches!(self.open.pieces.last(), Some(Piece::Break))
            || matches!(self.open.pieces.last(), Some(Piece::Text(run)) if run.text.ends_with(' '));
        let plain = if starts {
            plain.trim_start_matches(' ')
        } else {
            &plain
        };
        // A line end between Chinese characters is no blank.
        let wide = |c: char| crate::read::values::is_wide(c);
        let mut out = String::new();
        let chars: Vec<char> = plain.chars().collect();
        for (at, c) in chars.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| chars[at]);
            let joins = *c == ' '
                && text.contains('\n')
                && before.is_some_and(wide)
                && chars.get(at + 1).copied().is_some_and(wide);
            if !joins {
                out.push(*c);
            }
        }
        self.run(&out, around);
    }

    fn run(&mut self, text: &str, around: &Around) {
        if text.is_empty() {
            return;
        }
        if around.is_white && !around.has_ground && !text.trim().is_empty() {
            let place = self.place(&self.open.words());
            self.doc
                .losses
                .left_out(quoted("import-white", text), &place);
            return;
        }
        let open = &mut self.open;
        if !text.trim().is_empty() {
            open.size = open.size.max(around.size);
            open.align = around.align;
            open.indent = around.indent;
            if open.role == Role::Body {
                open.role = around.role;
            }
        }
        match open.pieces.last_mut() {
            Some(Piece::Text(last)) if last.look == around.look => last.text.push_str(text),
            _ => open.pieces.push(Piece::Text(Run {
                text: text.to_owned(),
                look: around.look,
            })),
        }
    }

    fn link(&mut self, id: Id, inner: &Around) -> Result<(), Refused> {
        let target = self
            .page
            .get(id, "href")
            .unwrap_or_default()
            .trim()
            .to_owned();
        let lower = target.to_ascii_lowercase();
        let goes = ["http://", "https://", "mailto:", "tel:"]
            .iter()
            .any(|it| lower.starts_with(it));
        let (before, n_blocks) = (self.open.pieces.len(), self.blocks.len());
        self.children(id, inner)?;
        // A link around blocks is none of words.
        if goes && self.blocks.len() == n_blocks && before <= self.open.pieces.len() {
            let pieces = self.open.pieces.split_off(before);
            let has_words = pieces.iter().any(|it| !matches!(it, Piece::Break));
            match has_words {
                true => self.open.pieces.push(Piece::Link { target, pieces }),
                false => self.open.pieces.extend(pieces),
            }
        }
        Ok(())
    }

    fn ruby(&mut self, id: Id) {
        let (mut base, mut sound) = (String::new(), String::new());
        for child in self.page.children(id) {
            match self.page.name(*child) {
                Some("rt") => sound.push_str(&self.page.words(*child)),
                Some("rp") => {}
                _ => base.push_str(&self.page.words(*child)),
            }
        }
        self.open.pieces.push(Piece::Ruby { base, sound });
    }

    fn picture(&mut self, id: Id) {
        let get = |key: &str| self.page.get(id, key).filter(|it| !it.trim().is_empty());
        let source = get("data-src")
            .or_else(|| get("src"))
            .unwrap_or_default()
            .to_owned();
        let is_dot = ["width", "height"]
            .iter()
            .any(|key| get(key).is_some_and(|it| matches!(it.trim(), "0" | "1")));
        if source.is_empty() || is_dot {
            return;
        }
        let bytes = looks::data(&source);
        // Browsers save an article with the address that its script would load, and the picture.
        let beside = get("src").and_then(beside::name);
        let picture = Picture {
            address: bytes.is_none().then(|| source.clone()),
            beside,
            bytes: bytes.unwrap_or_default(),
            alt: get("alt").unwrap_or_default().to_owned(),
            place: self.place(&self.open.words()),
            ..Picture::default()
        };
        self.open
            .pieces
            .push(Piece::Picture(self.doc.pictures.len()));
        self.doc.pictures.push(picture);
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "pre"
            | "center"
            | "figure"
            | "figcaption"
            | "dl"
            | "dt"
            | "dd"
            | "address"
            | "details"
            | "summary"
            | "fieldset"
            | "legend"
            | "body"
            | "html"
            | "tr"
            | "td"
            | "caption"
    )
}
