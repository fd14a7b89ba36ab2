//! Blocks of the text as the editor keeps them.

use super::article::{Writer, escape};
use super::look::{LINE, PARAGRAPH};
use crate::site::markdown::{AlertKind, Block, BlockKind, Inline, InlineKind, ListItem, plain};
use crate::site::{Shortcode, ShortcodeKind};

/// How deep one list stands in another, in em.
const STEP: f64 = 1.5;

impl Writer<'_> {
    pub fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block, 0);
        }
    }

    fn block(&mut self, block: &Block, depth: usize) {
        match &block.kind {
            BlockKind::Heading { level, inlines, .. } => self.heading(*level, inlines),
            BlockKind::Paragraph { inlines } => self.paragraph(inlines),
            BlockKind::List {
                start,
                typed,
                tight,
                items,
            } => self.list(*start, *typed, *tight, items, depth),
            BlockKind::Quote { blocks } => {
                let (line, soft) = (&self.look.line, &self.look.soft);
                let style = format!(
                    "margin:18px 0;padding:2px 0 2px 14px;border-left:4px solid {line};color:{soft};"
                );
                self.within(&style, blocks);
            }
            BlockKind::Alert { kind, blocks } => self.alert(*kind, None, blocks),
            BlockKind::Code { text, .. } => {
                let style = format!(
                    "{}font-family:monospace;font-size:14px;line-height:1.6;",
                    self.look.panel(&self.look.line)
                );
                let lines: Vec<String> = text.trim_end().lines().map(kept).collect();
                self.push(&format!("<section style=\"{style}\">"));
                self.paragraph_of(LINE, &lines.join("<br>"));
                self.push("</section>\n");
            }
            BlockKind::Table {
                alignments,
                head,
                rows,
            } => self.table(alignments, head, rows),
            BlockKind::Definitions { entries } => {
                for entry in entries {
                    let term = self.inlines(&entry.term);
                    let style = format!("margin:0 0 2px;color:{};", self.look.pine);
                    self.paragraph_of(&style, &format!("<strong>{term}</strong>"));
                    for blocks in &entry.definitions {
                        self.within("margin:0;padding-left:1.5em;", blocks);
                    }
                }
            }
            BlockKind::Rule => {
                let line = &self.look.line;
                let style =
                    format!("margin:24px 0;border-top:1px solid {line};font-size:0;line-height:0;");
                self.push(&format!("<section style=\"{style}\">&nbsp;</section>\n"));
            }
            BlockKind::Html { .. } => {}
            BlockKind::Directive { blocks, .. } => {
                let code = self.page.shortcodes.get(&block.range.start).cloned();
                match code {
                    Some(code) => self.directive(&code, blocks),
                    None => self.blocks(blocks),
                }
            }
        }
    }

    fn within(&mut self, style: &str, blocks: &[Block]) {
        self.push(&format!("<section style=\"{style}\">"));
        self.blocks(blocks);
        self.push("</section>\n");
    }

    fn heading(&mut self, level: u8, inlines: &[Inline]) {
        let words = self.inlines(inlines);
        let (pine, sun, leaf) = (&self.look.pine, &self.look.sun, &self.look.leaf);
        let html = match level {
            0..=2 => format!(
                "<section style=\"margin:32px 0 12px;padding-left:10px;border-left:5px solid {sun};\">\
                 <p style=\"margin:0;font-size:20px;line-height:1.4;color:{pine};\">\
                 <strong>{words}</strong></p></section>\n"
            ),
            _ => format!(
                "<p style=\"margin:20px 0 8px;font-size:17px;line-height:1.5;color:{leaf};\">\
                 <strong>{words}</strong></p>\n"
            ),
        };
        self.push(&html);
    }

    /// Writes a paragraph; pictures in it stand by themselves.
    fn paragraph(&mut self, inlines: &[Inline]) {
        let is_image = |inline: &Inline| matches!(inline.kind, InlineKind::Image { .. });
        if !inlines.iter().any(is_image) {
            let words = self.inlines(inlines);
            return self.paragraph_of(PARAGRAPH, &words);
        }
        for part in inlines.chunk_by(|a, b| !is_image(a) && !is_image(b)) {
            match part {
                [
                    Inline {
                        kind: InlineKind::Image { target, title, alt },
                        ..
                    },
                ] => self.image(target, alt, title),
                words if plain(words).trim().is_empty() => {}
                words => {
                    let words = self.inlines(words);
                    self.paragraph_of(PARAGRAPH, &words);
                }
            }
        }
    }

    /// Writes a list as paragraphs with their marks: the editor tears nested lists apart, and shows
    /// numbers as it likes.
    fn list(
        &mut self,
        start: Option<u64>,
        typed: bool,
        tight: bool,
        items: &[ListItem],
        depth: usize,
    ) {
        let gap = if tight { 6 } else { 12 };
        let wide = match start {
            Some(first) if first + items.len() as u64 > 10 => 2.0,
            _ => STEP,
        };
        let last = items.len().saturating_sub(1);
        for (at, item) in items.iter().enumerate() {
            let number = item.number.or(start.map(|first| first + at as u64));
            let mark = match (typed, item.task, number) {
                (true, ..) => None,
                (_, Some(done), _) => Some(if done { "☑" } else { "☐" }.to_owned()),
                (_, _, Some(number)) if start.is_some() => Some(format!("{number}.")),
                _ => Some("•".to_owned()),
            };
            let left = STEP * (depth as f64) + if mark.is_some() { wide } else { 0.0 };
            let below = match (at == last, depth) {
                (true, 0) => 18,
                _ => gap,
            };
            let mut is_first = true;
            for block in &item.blocks {
                match &block.kind {
                    BlockKind::Paragraph { inlines } => {
                        let words = self.inlines(inlines);
                        let mark = mark.as_ref().filter(|_| is_first);
                        let indent = if mark.is_some() { wide } else { 0.0 };
                        let mark = mark.map_or(String::new(), |mark| self.mark(mark, wide));
                        let style = format!(
                            "margin:0 0 {below}px;padding-left:{left}em;text-indent:-{indent}em;"
                        );
                        self.paragraph_of(&style, &format!("{mark}{words}"));
                    }
                    _ => self.block(block, depth + 1),
                }
                is_first = false;
            }
        }
    }

    fn mark(&self, mark: &str, wide: f64) -> String {
        let colour = match mark {
            "•" => &self.look.leaf,
            _ => &self.look.pine,
        };
        format!(
            "<span style=\"display:inline-block;width:{wide}em;text-indent:0;color:{colour};\">{mark}&nbsp;</span>"
        )
    }

    fn alert(&mut self, kind: AlertKind, title: Option<&str>, blocks: &[Block]) {
        let (key, edge) = match kind {
            AlertKind::Note => ("alert_note", &self.look.leaf),
            AlertKind::Tip => ("alert_tip", &self.look.leaf),
            AlertKind::Important => ("alert_important", &self.look.sun),
            AlertKind::Warning => ("alert_warning", &self.look.clay),
            AlertKind::Caution => ("alert_caution", &self.look.clay),
        };
        let title = escape(title.unwrap_or(self.words.web(key)));
        // On a quiet ground clay is too pale for words.
        let colour = &self.look.pine;
        let head = format!("<strong style=\"color:{colour};\">{title}</strong>");
        let style = self.look.panel(edge);
        self.push(&format!("<section style=\"{style}\">"));
        self.paragraph_of("margin:0 0 4px;", &head);
        self.in_box(blocks);
        self.push("</section>\n");
    }

    /// Writes blocks in a box, whose last line has no gap below it.
    fn in_box(&mut self, blocks: &[Block]) {
        let from = self.out.len();
        self.blocks(blocks);
        let is_paragraph = |html: &str| html.trim_end().ends_with("</p>");
        if is_paragraph(&self.out[from..])
            && let Some(at) = self.out[from..].rfind("<p style=\"margin:0 0 ")
        {
            let at = from + at + "<p style=\"margin:0 0 ".len();
            if let Some(end) = self.out[at..].find("px;") {
                self.out.replace_range(at..at + end, "0");
            }
        }
    }

    fn directive(&mut self, code: &Shortcode, blocks: &[Block]) {
        let own = blocks.get(code.own.clone()).unwrap_or_default();
        match &code.kind {
            ShortcodeKind::Callout(kind) => self.alert(*kind, code.title.as_deref(), own),
            ShortcodeKind::Item(names) => self.items(names),
            ShortcodeKind::Qr { target } => self.code(target, &title_of(blocks)),
            ShortcodeKind::Video(_) => self.elsewhere("share-video", blocks),
            ShortcodeKind::Attachment { .. } => self.elsewhere("share-attachment", blocks),
            ShortcodeKind::Board(_) | ShortcodeKind::Countdown(_) | ShortcodeKind::Timeline(_) => {
                let style = self.look.panel(&self.look.leaf);
                self.push(&format!("<section style=\"{style}\">"));
                self.in_box(blocks);
                self.push("</section>\n");
            }
            _ => self.blocks(blocks),
        }
    }

    /// Writes what stands for something that stays on the website.
    fn elsewhere(&mut self, key: &'static str, blocks: &[Block]) {
        self.left_out.insert(key);
        let style = self.look.panel(&self.look.line);
        self.push(&format!("<section style=\"{style}\">"));
        self.in_box(blocks);
        self.push("</section>\n");
    }

    /// Writes what goes into which bin.
    pub fn items(&mut self, names: &[String]) {
        let items: Vec<_> = names
            .iter()
            .filter_map(|name| self.site.item(name))
            .collect();
        if items.is_empty() {
            return;
        }
        self.push("<table style=\"width:100%;margin:18px 0;border-collapse:collapse;font-size:15px;line-height:1.5;\"><tbody>\n");
        for item in items {
            let ground = self.look.bin(item.bin.key()).to_owned();
            let (line, soft) = (&self.look.line, &self.look.soft);
            let bin = escape(self.site.settings.bin_name(item.bin));
            let name = escape(&item.name);
            let first = item.first.as_deref().map_or(String::new(), |first| {
                format!(
                    "<br><span style=\"font-size:14px;color:{soft};\">{}</span>",
                    escape(first)
                )
            });
            let row = format!(
                "<tr><td style=\"padding:8px;border:1px solid {line};\"><strong>{name}</strong>{first}</td>\
                 <td style=\"width:5.5em;padding:8px;border:1px solid {line};background-color:{ground};\
                 color:#ffffff;text-align:center;font-weight:bold;\">{bin}</td></tr>\n"
            );
            self.push(&row);
        }
        self.push("</tbody></table>\n");
    }
}

/// Returns the first words of plain blocks, for the line below a code.
fn title_of(blocks: &[Block]) -> String {
    let mut words = String::new();
    crate::site::markdown::walk_of(blocks.get(..1).unwrap_or_default(), &mut |inline| {
        if let InlineKind::Text { text } = &inline.kind {
            words.push_str(text);
        }
    });
    words
}

/// Returns a line of code whose blanks stay.
fn kept(line: &str) -> String {
    escape(line).replace(' ', "&nbsp;")
}
