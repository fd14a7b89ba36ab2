//! Words within a block as HTML.

use super::escape::escape;
use super::leaf::{leaves, mark_anchor};
use super::writer::Writer;
use crate::render::whole::parts;
use crate::site::markdown::{Inline, InlineKind};

impl Writer<'_> {
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        let is_mark = |inline: &Inline| matches!(inline.kind, InlineKind::FootnoteMark { .. });
        for (at, inline) in inlines.iter().enumerate() {
            // Else footnotes 1 and 2 would read as footnote 12.
            if is_mark(inline)
                && at
                    .checked_sub(1)
                    .is_some_and(|before| is_mark(&inlines[before]))
            {
                self.out.push_str("<sup>,</sup>");
            }
            self.inline(&inline.kind);
        }
    }

    fn inline(&mut self, kind: &InlineKind) {
        match kind {
            InlineKind::Text { text } => self.text(text),
            InlineKind::Emphasis { inlines } => self.wrapped("em", inlines),
            InlineKind::Strong { inlines } => self.wrapped("strong", inlines),
            InlineKind::Strikethrough { inlines } => self.wrapped("del", inlines),
            InlineKind::Code { text } => {
                let text = escape(text);
                self.out.push_str(&format!("<code>{text}</code>"));
            }
            InlineKind::Link {
                target,
                title,
                inlines,
            } => self.link(target, title, inlines),
            InlineKind::Image { target, title, alt } => self.image(target, title, alt),
            InlineKind::FootnoteMark { number, .. } => self.mark(*number),
            InlineKind::LineBreak => self.out.push_str("<br>\n"),
            InlineKind::Html { text } => self.raw(text),
        }
    }

    /// Writes words; figures stay on one line with what they count.
    fn text(&mut self, text: &str) {
        for part in parts(text, self.room) {
            let words = escape(part.text);
            match part.is_whole {
                true => self
                    .out
                    .push_str(&format!("<span class=\"whole\">{words}</span>")),
                false => self.out.push_str(&words),
            }
        }
    }

    fn wrapped(&mut self, tag: &str, inlines: &[Inline]) {
        self.out.push_str(&format!("<{tag}>"));
        self.inlines(inlines);
        self.out.push_str(&format!("</{tag}>"));
    }

    /// Writes a link; its words alone where its page is not on the web yet or any more.
    fn link(&mut self, target: &str, title: &str, inlines: &[Inline]) {
        let Some(href) = self.targets.link(target) else {
            return self.inlines(inlines);
        };
        let rel = match leaves(&href) {
            true => " rel=\"external noopener\"",
            false => "",
        };
        let href = escape(&href);
        self.out.push_str(&format!("<a href=\"{href}\"{rel}"));
        self.title(title);
        self.out.push('>');
        self.inlines(inlines);
        self.out.push_str("</a>");
    }

    pub(super) fn image(&mut self, target: &str, title: &str, alt: &str) {
        let source = self.targets.image(target);
        let (src, alt) = (escape(&source.src), escape(alt));
        self.out
            .push_str(&format!("<img src=\"{src}\" alt=\"{alt}\""));
        if let Some((width, height)) = source.size {
            self.out
                .push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        self.title(title);
        self.out.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            let title = escape(title);
            self.out.push_str(&format!(" title=\"{title}\""));
        }
    }

    fn mark(&mut self, number: usize) {
        let cited = self.marks.entry(number).or_default();
        *cited += 1;
        let anchor = mark_anchor(number, *cited);
        let label = self
            .words
            .fill("footnote", &[("number", &number.to_string())]);
        let label = escape(&label);
        self.out.push_str(&format!(
            "<sup><a id=\"{anchor}\" href=\"#fn-{number}\" aria-label=\"{label}\">{number}</a></sup>"
        ));
    }
}
