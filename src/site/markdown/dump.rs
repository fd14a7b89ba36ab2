//! The tree as a compact text, for tests.

use std::sync::Arc;

use super::{Block, BlockKind, Document, Inline, InlineKind, parse};
use crate::diag::{Diagnostics, Language, SitePath, Source};

/// Parses a text of one paragraph and returns what it holds.
pub(super) fn line(text: &str) -> String {
    dump(text).trim_end().trim_start_matches("p: ").to_owned()
}

/// Parses all of `text` and writes the tree, then what there was to report.
pub(super) fn dump(text: &str) -> String {
    let (document, diagnostics) = parsed(text);
    let mut out = Dump {
        text: tree(&document),
        depth: 0,
    };
    for diagnostic in diagnostics.sorted() {
        let words = diagnostic.render(Language::Chinese);
        let (line, column) = (words.line.unwrap_or(0), words.column.unwrap_or(0));
        out.line(&format!(
            "! {line}:{column} {} {}",
            words.code, words.message
        ));
        for hint in words.hints {
            out.line(&format!("  ? {hint}"));
        }
    }
    out.text
}

/// Writes the tree alone.
pub(super) fn tree(document: &Document) -> String {
    let mut out = Dump::default();
    out.blocks(&document.blocks);
    for footnote in &document.footnotes {
        out.line(&format!("[^{}]", footnote.label));
        out.nested(|out| out.blocks(&footnote.blocks));
    }
    out.text
}

/// Parses all of `text`.
pub(super) fn parsed(text: &str) -> (Document, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let document = parse(&source(text), 0..text.len(), &mut diagnostics);
    (document, diagnostics)
}

/// Holds `text` as a page.
pub(super) fn source(text: &str) -> Arc<Source> {
    Source::new(SitePath::fixed("content/page.md"), text)
}

/// Writes inlines in one line.
pub(super) fn inlines(words: &[Inline]) -> String {
    let write = |inline: &Inline| match &inline.kind {
        InlineKind::Text { text } => text.clone(),
        InlineKind::Emphasis { inlines: inner } => format!("<em>{}</em>", inlines(inner)),
        InlineKind::Strong { inlines: inner } => format!("<strong>{}</strong>", inlines(inner)),
        InlineKind::Strikethrough { inlines: inner } => format!("<del>{}</del>", inlines(inner)),
        InlineKind::Code { text } => format!("<code>{text}</code>"),
        InlineKind::Link {
            target,
            title,
            inlines: inner,
        } => format!("<a {target} {title:?}>{}</a>", inlines(inner)),
        InlineKind::Image { target, title, alt } => format!("<img {target} {title:?} {alt:?}>"),
        InlineKind::FootnoteMark { label, number } => format!("<fn {label}={number}>"),
        InlineKind::LineBreak => "<br>".to_owned(),
        InlineKind::Html { text } => text.clone(),
    };
    words.iter().map(write).collect()
}

#[derive(Default)]
struct Dump {
    text: String,
    depth: usize,
}

impl Dump {
    fn line(&mut self, line: &str) {
        self.text.push_str(&"  ".repeat(self.depth));
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn nested(&mut self, write: impl FnOnce(&mut Self)) {
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(&block.kind);
        }
    }

    fn block(&mut self, kind: &BlockKind) {
        match kind {
            BlockKind::Heading {
                level,
                id,
                classes,
                inlines: words,
            } => {
                let classes: String = classes.iter().map(|class| format!(".{class}")).collect();
                self.line(&format!("h{level} #{id}{classes}: {}", inlines(words)));
            }
            BlockKind::Paragraph { inlines: words } => self.line(&format!("p: {}", inlines(words))),
            BlockKind::List {
                start,
                typed,
                tight,
                items,
            } => {
                let start = start
                    .map(|start| format!(" from {start}"))
                    .unwrap_or_default();
                self.line(&format!(
                    "list{start}{}{}",
                    if *typed { " typed" } else { "" },
                    if *tight { "" } else { " loose" }
                ));
                let mut counted = items.first().and_then(|item| item.number);
                for item in items {
                    let task = match item.task {
                        None => "",
                        Some(true) => " [x]",
                        Some(false) => " [ ]",
                    };
                    let number = item.number.filter(|_| item.number != counted);
                    let number = number
                        .map(|number| format!(" {number}"))
                        .unwrap_or_default();
                    counted = item.number.map(|number| number + 1);
                    self.nested(|out| {
                        out.line(&format!("item{number}{task}"));
                        out.nested(|out| out.blocks(&item.blocks));
                    });
                }
            }
            BlockKind::Quote { blocks } => self.holder("quote", blocks),
            BlockKind::Alert { kind, blocks } => self.holder(&format!("alert {kind:?}"), blocks),
            BlockKind::Code { language, text } => self.line(&format!("code {language:?} {text:?}")),
            BlockKind::Table {
                alignments,
                head,
                rows,
            } => {
                self.line(&format!("table {alignments:?}"));
                for row in std::iter::once(head).chain(rows) {
                    let cells: Vec<String> = row.iter().map(|cell| inlines(cell)).collect();
                    self.nested(|out| out.line(cells.join(" | ").trim_end()));
                }
            }
            BlockKind::Definitions { entries } => {
                self.line("definitions");
                for entry in entries {
                    self.nested(|out| {
                        out.line(&format!("term: {}", inlines(&entry.term)));
                        for blocks in &entry.definitions {
                            out.holder("means", blocks);
                        }
                    });
                }
            }
            BlockKind::Rule => self.line("rule"),
            BlockKind::Html { text } => self.line(&format!("html {text:?}")),
            BlockKind::Directive {
                name,
                attributes,
                blocks,
                ..
            } => {
                let attributes: String = attributes
                    .iter()
                    .map(|it| format!(" {}={:?}", it.key, it.value.as_deref().unwrap_or_default()))
                    .collect();
                self.holder(&format!(":::{name}{attributes}"), blocks);
            }
        }
    }

    fn holder(&mut self, line: &str, blocks: &[Block]) {
        self.line(line);
        self.nested(|out| out.blocks(blocks));
    }
}
