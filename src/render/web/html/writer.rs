//! A page's document tree as HTML.
//!
//! What the tree calls by source path is asked of [`Targets`], so that the same text can stand
//! on a page (relative addresses) and in a feed (whole ones). Raw HTML, which `site` has settled,
//! passes through with its addresses written as ours are; all else is escaped here, and no template
//! ever sees article text as a template.

use std::collections::BTreeMap;

use serde::Serialize;

use super::code;
use super::escape::escape;
use super::leaf::{mark_anchor, plain};
use crate::diag::Diagnostic;
use crate::render::web::text::words::Words;
use crate::site::markdown::{
    AlertKind, Alignment, Block, BlockKind, Definition, Document, Inline, InlineKind, ListItem,
};

/// How wide figures may be that stay on one line, in em: in a text, and in a table's cell.
const IN_TEXT: f64 = 9.5;
const IN_CELL: f64 = 8.0;

/// Where links and images of a text lead.
pub(in crate::render::web) trait Targets {
    /// Returns the address of the link `target`; `None` where its page is not on the web.
    fn link(&self, target: &str) -> Option<String>;

    /// Returns the image `target`.
    fn image(&self, target: &str) -> ImageSource;

    /// Returns the `:::` block `block` as HTML, where it is more here than its plain blocks;
    /// `writer` writes what it holds.
    fn shortcode(&self, block: &Block, writer: &mut Writer) -> Option<String> {
        let _ = (block, writer);
        None
    }
}

/// An image as a page cites it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render::web) struct ImageSource {
    /// Its address.
    pub src: String,
    /// Width and height in pixels, where the file says them.
    pub size: Option<(u32, u32)>,
}

/// A text as HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::render::web) struct Rendered {
    /// The HTML, footnotes included.
    pub html: String,
    /// Its headings of the three upper levels.
    pub headings: Vec<HeadingView>,
    /// What went wrong while its blocks were shown.
    pub faults: Vec<Diagnostic>,
}

/// A heading for the table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::render::web) struct HeadingView {
    /// 2 to 4.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its words.
    pub title: String,
}

/// Renders `document`.
pub(in crate::render::web) fn render(
    document: &Document,
    targets: &dyn Targets,
    words: &Words,
) -> Rendered {
    let mut writer = Writer {
        out: String::with_capacity(4096),
        headings: Vec::new(),
        faults: Vec::new(),
        targets,
        words,
        marks: BTreeMap::new(),
        room: IN_TEXT,
    };
    writer.blocks(&document.blocks);
    writer.footnotes(document);
    Rendered {
        html: writer.out,
        headings: writer.headings,
        faults: writer.faults,
    }
}

/// Renders `document` alone, its links and images as they are written; for the fuzzers.
pub(crate) fn bare_html(document: &Document) -> String {
    struct AsWritten;
    impl Targets for AsWritten {
        fn link(&self, target: &str) -> Option<String> {
            Some(target.to_owned())
        }

        fn image(&self, target: &str) -> ImageSource {
            ImageSource {
                src: target.to_owned(),
                size: None,
            }
        }
    }
    render(document, &AsWritten, &Words::new(serde_json::Value::Null)).html
}

/// Writes HTML, keeping what later parts must know.
pub(in crate::render::web) struct Writer<'a> {
    pub(super) out: String,
    headings: Vec<HeadingView>,
    faults: Vec<Diagnostic>,
    pub(super) targets: &'a dyn Targets,
    pub(super) words: &'a Words,
    /// How often each footnote was cited so far, by number.
    pub(super) marks: BTreeMap<usize, usize>,
    /// How wide figures may be that stay on one line, in em.
    pub(super) room: f64,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    /// Takes in what went wrong while a block was shown.
    pub(in crate::render::web) fn tell(&mut self, fault: Diagnostic) {
        self.faults.push(fault);
    }

    /// Returns `blocks` as HTML of their own.
    pub(in crate::render::web) fn apart(&mut self, blocks: &[Block]) -> String {
        let before = std::mem::take(&mut self.out);
        self.blocks(blocks);
        std::mem::replace(&mut self.out, before)
    }

    /// Returns an image as HTML of its own, without a title.
    pub(in crate::render::web) fn image_apart(&mut self, target: &str, alt: &str) -> String {
        let before = std::mem::take(&mut self.out);
        self.image(target, "", alt);
        std::mem::replace(&mut self.out, before)
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Heading {
                level,
                id,
                classes,
                inlines,
            } => self.heading(*level, id, classes, inlines),
            BlockKind::Paragraph { inlines } => self.paragraph(inlines),
            BlockKind::List {
                typed: true, items, ..
            } => self.typed_list(items),
            BlockKind::List {
                start,
                tight,
                items,
                ..
            } => self.list(*start, *tight, items),
            BlockKind::Quote { blocks } => {
                self.out.push_str("<blockquote>\n");
                self.blocks(blocks);
                self.out.push_str("</blockquote>\n");
            }
            BlockKind::Alert { kind, blocks } => self.alert(*kind, blocks),
            BlockKind::Code { language, text } => self.code_block(language, text),
            BlockKind::Table {
                alignments,
                head,
                rows,
            } => self.table(alignments, head, rows),
            BlockKind::Definitions { entries } => self.definitions(entries),
            BlockKind::Rule => self.out.push_str("<hr>\n"),
            BlockKind::Html { text } => {
                self.raw(text);
                self.out.push('\n');
            }
            BlockKind::Directive { blocks, .. } => {
                let targets = self.targets;
                match targets.shortcode(block, self) {
                    Some(html) => self.out.push_str(&html),
                    None => self.blocks(blocks),
                }
            }
        }
    }

    /// Writes a heading; a page's own title is its only heading of the first level.
    fn heading(&mut self, level: u8, id: &str, classes: &[String], inlines: &[Inline]) {
        let level = level.clamp(2, 6);
        let class = match classes.is_empty() {
            true => String::new(),
            false => format!(" class=\"{}\"", escape(&classes.join(" "))),
        };
        let id = escape(id);
        self.out.push_str(&format!("<h{level} id=\"{id}\"{class}>"));
        self.inlines(inlines);
        self.out.push_str(&format!("</h{level}>\n"));
        if level <= 4 {
            self.headings.push(HeadingView {
                level,
                id,
                title: plain(inlines),
            });
        }
    }

    /// Writes a paragraph; an image that stands alone becomes a figure.
    fn paragraph(&mut self, inlines: &[Inline]) {
        if let [only] = inlines
            && let InlineKind::Image { target, title, alt } = &only.kind
        {
            self.out.push_str("<figure>");
            self.image(target, "", alt);
            if !title.is_empty() {
                let caption = escape(title);
                self.out
                    .push_str(&format!("<figcaption>{caption}</figcaption>"));
            }
            self.out.push_str("</figure>\n");
            return;
        }
        self.out.push_str("<p>");
        self.inlines(inlines);
        self.out.push_str("</p>\n");
    }

    fn list(&mut self, start: Option<u64>, tight: bool, items: &[ListItem]) {
        let is_steps = items.iter().all(begins_strong);
        let is_tasks = items.iter().any(|item| item.task.is_some());
        let (tag, open) = match start {
            Some(1) if is_steps => ("ol", "<ol class=\"steps\">".to_owned()),
            Some(1) => ("ol", "<ol>".to_owned()),
            Some(first) => ("ol", format!("<ol start=\"{first}\">")),
            None if is_tasks => ("ul", "<ul class=\"tasks\">".to_owned()),
            None => ("ul", "<ul>".to_owned()),
        };
        self.out.push_str(&open);
        self.out.push('\n');
        let mut counted = start;
        for item in items {
            let own = item.number.filter(|number| Some(*number) != counted);
            counted = item.number.map(|number| number.saturating_add(1));
            match own {
                Some(number) => self.out.push_str(&format!("<li value=\"{number}\">")),
                None => self.out.push_str("<li>"),
            }
            if let Some(done) = item.task {
                self.tick(done);
            }
            self.item_blocks(&item.blocks, tight);
            self.out.push_str("</li>\n");
        }
        self.out.push_str(&format!("</{tag}>\n"));
    }

    /// Writes lines whose numbers or signs are among their words.
    fn typed_list(&mut self, items: &[ListItem]) {
        self.out.push_str("<ul class=\"typed\" role=\"list\">\n");
        for item in items {
            self.out.push_str("<li>");
            self.item_blocks(&item.blocks, true);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ul>\n");
    }

    /// Writes the box of a task: a picture with words, as nobody can tick it on a page.
    fn tick(&mut self, done: bool) {
        let (class, key) = match done {
            true => ("tick is-done", "task_done"),
            false => ("tick", "task_open"),
        };
        let label = escape(self.words.get(key));
        self.out.push_str(&format!(
            "<span class=\"{class}\" role=\"img\" aria-label=\"{label}\"></span> "
        ));
    }

    fn item_blocks(&mut self, blocks: &[Block], tight: bool) {
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph { inlines } if tight => self.inlines(inlines),
                _ => self.block(block),
            }
        }
    }

    fn alert(&mut self, kind: AlertKind, blocks: &[Block]) {
        let key = match kind {
            AlertKind::Note => "note",
            AlertKind::Tip => "tip",
            AlertKind::Important => "important",
            AlertKind::Warning => "warning",
            AlertKind::Caution => "caution",
        };
        let title = escape(self.words.get(&format!("alert_{key}")));
        self.out.push_str(&format!(
            "<div class=\"alert is-{key}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n"
        ));
        self.blocks(blocks);
        self.out.push_str("</div>\n");
    }

    fn code_block(&mut self, language: &str, text: &str) {
        let label = escape(self.words.get("code"));
        self.out.push_str(&format!(
            "<pre class=\"code\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\"><code>"
        ));
        match code::highlight(language, text) {
            Some(html) => self.out.push_str(&html),
            None => self.out.push_str(&escape(text)),
        }
        self.out.push_str("</code></pre>\n");
    }

    fn table(&mut self, alignments: &[Alignment], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        let label = escape(self.words.get("table"));
        self.out.push_str(&format!(
            "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\">\n<table>\n<thead>\n<tr>"
        ));
        for (at, cell) in head.iter().enumerate() {
            // A heading without words would be read out as nothing.
            let tag = if cell.is_empty() { "td" } else { "th" };
            let scope = if cell.is_empty() {
                ""
            } else {
                " scope=\"col\""
            };
            self.cell(tag, scope, alignments.get(at), cell);
        }
        self.out.push_str("</tr>\n</thead>\n<tbody>\n");
        for row in rows {
            self.out.push_str("<tr>");
            for (at, cell) in row.iter().enumerate() {
                self.cell("td", "", alignments.get(at), cell);
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody>\n</table>\n</div>\n");
    }

    fn cell(&mut self, tag: &str, scope: &str, alignment: Option<&Alignment>, cell: &[Inline]) {
        let class = match alignment {
            Some(Alignment::Center) => " class=\"is-center\"",
            Some(Alignment::Right) => " class=\"is-right\"",
            _ => "",
        };
        self.out.push_str(&format!("<{tag}{scope}{class}>"));
        self.room = IN_CELL;
        self.inlines(cell);
        self.room = IN_TEXT;
        self.out.push_str(&format!("</{tag}>"));
    }

    fn definitions(&mut self, entries: &[Definition]) {
        self.out.push_str("<dl>\n");
        for entry in entries {
            self.out.push_str("<dt>");
            self.inlines(&entry.term);
            self.out.push_str("</dt>\n");
            for blocks in &entry.definitions {
                self.out.push_str("<dd>");
                // A definition of one paragraph is set without its margins.
                self.item_blocks(blocks, blocks.len() == 1);
                self.out.push_str("</dd>\n");
            }
        }
        self.out.push_str("</dl>\n");
    }

    fn footnotes(&mut self, document: &Document) {
        if document.footnotes.is_empty() {
            return;
        }
        let label = escape(self.words.get("footnotes"));
        self.out.push_str(&format!(
            "<section class=\"footnotes\" aria-label=\"{label}\">\n<ol>\n"
        ));
        for (at, footnote) in document.footnotes.iter().enumerate() {
            let number = at + 1;
            self.out.push_str(&format!("<li id=\"fn-{number}\">"));
            self.item_blocks(&footnote.blocks, footnote.blocks.len() == 1);
            for cited in 1..=self.marks.get(&number).copied().unwrap_or(0) {
                self.back_link(number, cited);
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }

    fn back_link(&mut self, number: usize, cited: usize) {
        let label = self
            .words
            .fill("footnote_back", &[("number", &number.to_string())]);
        let (label, anchor) = (escape(&label), mark_anchor(number, cited));
        self.out.push_str(&format!(
            " <a class=\"back\" href=\"#{anchor}\" aria-label=\"{label}\">↩</a>"
        ));
    }
}

/// Tells whether a list item begins with a bold phrase, as the steps of a guide do.
fn begins_strong(item: &ListItem) -> bool {
    let Some(BlockKind::Paragraph { inlines }) = item.blocks.first().map(|block| &block.kind)
    else {
        return false;
    };
    matches!(inlines.first(), Some(first) if matches!(first.kind, InlineKind::Strong { .. }))
}
