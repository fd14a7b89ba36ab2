//! The article itself: facts first, then the text, then what links and notes say.

use std::collections::BTreeSet;

use super::super::Job;
use super::super::words::Words;
use super::drawn::{Drawer, Drawn};
use super::look::{LINE, Look, PARAGRAPH};
use crate::render::whole::parts;
use crate::site::markdown::{Document, Inline, InlineKind};
use crate::site::{LinkTarget, Page, Site};
use crate::typeset::data::address;

/// How wide figures may be that stay on one line, in em: in a text, and in a cell of a telephone's table.
const IN_TEXT: f64 = 9.5;
pub(super) const IN_CELL: f64 = 7.5;

/// What the article has become.
pub(super) struct Article {
    /// The HTML that goes into the editor.
    pub html: String,
    /// Its pictures in the order of their numbers.
    pub pictures: Vec<Drawn>,
    /// Keys of words for what it could not hold.
    pub left_out: BTreeSet<&'static str>,
}

/// Writes the article of the job's page.
pub(super) fn article(job: &Job) -> Article {
    let look = Look::of(&job.engine.theme().tokens);
    let mut writer = Writer {
        site: job.site,
        page: job.page,
        words: &job.words,
        drawer: Drawer::new(job),
        look: &look,
        out: String::new(),
        links: Vec::new(),
        pictures: Vec::new(),
        left_out: BTreeSet::new(),
        room: IN_TEXT,
    };
    writer.whole();
    Article {
        html: writer.out,
        pictures: writer.pictures,
        left_out: writer.left_out,
    }
}

pub(super) struct Writer<'a> {
    pub site: &'a Site,
    pub page: &'a Page,
    pub words: &'a Words,
    drawer: Drawer<'a>,
    pub look: &'a Look,
    pub out: String,
    /// The words of links with their addresses, in the order of their numbers.
    links: Vec<(String, String)>,
    pictures: Vec<Drawn>,
    pub left_out: BTreeSet<&'static str>,
    /// How wide figures may be that stay on one line.
    room: f64,
}

impl Writer<'_> {
    fn whole(&mut self) {
        let style = self.look.whole();
        self.push(&format!("<section style=\"{style}\">"));
        // What the cursor stands in when it is pasted is not the article's first box.
        self.push("<p style=\"margin:0;font-size:0;line-height:0;\">&nbsp;</p>");
        self.picture_of_page();
        self.facts_above();
        let body = &self.page.body;
        self.blocks(&body.blocks);
        self.facts_below();
        self.notes(body);
        self.list_links();
        self.push("<p style=\"margin:0;font-size:0;line-height:0;\">&nbsp;</p></section>\n");
    }

    pub fn push(&mut self, html: &str) {
        self.out.push_str(html);
    }

    /// Writes `html` as a paragraph of that style.
    pub fn paragraph_of(&mut self, style: &str, html: &str) {
        self.push(&format!("<p style=\"{style}\">{html}</p>\n"));
    }

    /// Shows the page's own picture where its text does not and its page on the website does.
    fn picture_of_page(&mut self) {
        let page = self.page;
        let Some(picture) = page.picture.as_ref().filter(|_| page.notice.is_none()) else {
            return;
        };
        if page.images.values().all(|file| *file != picture.file) {
            let drawn = self.drawer.file(&picture.file, &picture.alt);
            self.show(drawn, &picture.alt, "");
        }
    }

    /// Shows a picture, or its words where there is none.
    pub fn show(&mut self, drawn: Option<Drawn>, alt: &str, caption: &str) {
        let Some(drawn) = drawn else {
            if !alt.is_empty() {
                self.paragraph_of(PARAGRAPH, &escape(alt));
            }
            return;
        };
        self.pictures.push(drawn);
        let number = self.pictures.len();
        let drawn = &self.pictures[number - 1];
        // A drawing wider than high is a plan or a chart, whose words want room.
        let is_wide = drawn.size.0 * 10 > drawn.size.1 * 13;
        let most = match (drawn.is_drawing && !is_wide, drawn.size.0 < 600) {
            (true, _) => "60%".to_owned(),
            (false, true) => format!("{}px", drawn.size.0 / 2),
            (false, false) => "100%".to_owned(),
        };
        let (name, alt) = (super::name(number), escape(alt));
        self.push(&format!(
            "<p style=\"margin:18px 0 {};text-align:center;\"><img src=\"{name}\" alt=\"{alt}\" \
             style=\"width:{most};height:auto;vertical-align:top;\"></p>\n",
            if caption.is_empty() { "18px" } else { "6px" }
        ));
        if !caption.is_empty() {
            let style = format!(
                "margin:0 0 18px;font-size:14px;line-height:1.6;text-align:center;color:{};",
                self.look.soft
            );
            self.paragraph_of(&style, &escape(caption));
        }
    }

    /// Shows an image of the text.
    pub fn image(&mut self, target: &str, alt: &str, caption: &str) {
        let file = self.page.images.get(target).cloned();
        let drawn = file.and_then(|file| self.drawer.file(&file, alt));
        self.show(drawn, alt, caption);
    }

    /// Shows the code of an address.
    pub fn code(&mut self, target: &str, caption: &str) {
        let drawn = self
            .address_of(target)
            .and_then(|url| self.drawer.code(url));
        self.show(drawn, "", caption);
    }

    /// Returns words within a block as HTML.
    pub fn inlines(&mut self, inlines: &[Inline]) -> String {
        let mut html = String::new();
        for inline in inlines {
            self.inline(&inline.kind, &mut html);
        }
        html
    }

    /// Returns the words of a table's cell as HTML.
    pub fn cell(&mut self, inlines: &[Inline]) -> String {
        let room = std::mem::replace(&mut self.room, IN_CELL);
        let html = self.inlines(inlines);
        self.room = room;
        html
    }

    fn inline(&mut self, kind: &InlineKind, html: &mut String) {
        let wrapped =
            |style: &str, inner: String| format!("<span style=\"{style}\">{inner}</span>");
        match kind {
            InlineKind::Text { text } => html.push_str(&whole_in(text, self.room)),
            InlineKind::Strong { inlines } => {
                let inner = self.inlines(inlines);
                let pine = &self.look.pine;
                html.push_str(&format!("<strong style=\"color:{pine};\">{inner}</strong>"));
            }
            InlineKind::Emphasis { inlines } => {
                let style = format!("border-bottom:2px dotted {};", self.look.leaf);
                html.push_str(&wrapped(&style, self.inlines(inlines)));
            }
            InlineKind::Strikethrough { inlines } => {
                html.push_str(&wrapped(
                    "text-decoration:line-through;",
                    self.inlines(inlines),
                ));
            }
            InlineKind::Code { text } => {
                let style = format!(
                    "padding:1px 4px;background-color:{};font-family:monospace;",
                    self.look.dew
                );
                html.push_str(&wrapped(&style, escape(text)));
            }
            InlineKind::Link {
                target, inlines, ..
            } => self.link(target, inlines, html),
            // An image in a line becomes its words; one alone is a block.
            InlineKind::Image { alt, .. } => html.push_str(&escape(alt)),
            InlineKind::FootnoteMark { number, .. } => {
                html.push_str(&self.raised(&format!("〔{number}〕")));
            }
            InlineKind::LineBreak => html.push_str("<br>"),
            InlineKind::Html { .. } => {}
        }
    }

    /// Sets a mark small and high.
    fn raised(&self, mark: &str) -> String {
        format!(
            "<span style=\"font-size:12px;vertical-align:super;line-height:1;color:{};\">{mark}</span>",
            self.look.soft
        )
    }

    /// Writes the words of a link with its number; the address stands at the end, as the editor
    /// takes none that leads out of WeChat.
    fn link(&mut self, target: &str, inlines: &[Inline], html: &mut String) {
        let inner = self.inlines(inlines);
        let words = crate::site::markdown::plain(inlines);
        let Some(url) = self.address_of(target) else {
            return html.push_str(&inner);
        };
        let known = self.links.iter().position(|(_, known)| *known == url);
        let number = known.unwrap_or_else(|| {
            self.links.push((words.clone(), url.clone()));
            self.links.len() - 1
        }) + 1;
        let link = &self.look.link;
        html.push_str(&format!("<span style=\"color:{link};\">{inner}</span>"));
        html.push_str(&self.raised(&format!("[{number}]")));
    }

    /// Returns the whole address of a link; `None` where it has none that leads anywhere, or the
    /// words say it all.
    fn address_of(&self, target: &str) -> Option<String> {
        match self.page.links.get(target) {
            Some(LinkTarget::Page { id, .. }) => {
                let page = self.site.page(id)?;
                let is_there = page.is_public(self.site.today);
                is_there.then(|| address(self.site, page)).flatten()
            }
            Some(LinkTarget::File(file)) => {
                let base = self.site.settings.base_url.as_deref()?;
                let path = file.as_str();
                let path = path
                    .strip_prefix("content/")
                    .or_else(|| path.strip_prefix("static/"));
                let path = crate::site::address::encode(path.unwrap_or(file.as_str()));
                Some(format!("{}/{path}", base.trim_end_matches('/')))
            }
            None => {
                let is_web = target.starts_with("http://") || target.starts_with("https://");
                is_web.then(|| target.to_owned())
            }
        }
    }

    fn notes(&mut self, body: &Document) {
        if body.footnotes.is_empty() {
            return;
        }
        self.small_head("notes");
        for (at, note) in (1..).zip(&body.footnotes) {
            let mut text = String::new();
            for block in &note.blocks {
                if let crate::site::markdown::BlockKind::Paragraph { inlines } = &block.kind {
                    text.push_str(&self.inlines(inlines));
                }
            }
            self.small(&format!("〔{at}〕{text}"));
        }
    }

    fn list_links(&mut self) {
        if self.links.is_empty() {
            return;
        }
        self.small_head("links");
        for (at, (words, url)) in (1..).zip(std::mem::take(&mut self.links)) {
            let (words, url) = (escape(&words), escape(&url));
            let line = match words == url {
                true => format!("[{at}] {url}"),
                false => format!("[{at}] {words}：{url}"),
            };
            self.small(&line);
        }
    }

    fn small_head(&mut self, key: &str) {
        let style = format!(
            "margin:28px 0 6px;padding-top:12px;border-top:1px solid {};font-size:14px;color:{};",
            self.look.line, self.look.soft
        );
        let words = escape(self.words.get(key));
        self.paragraph_of(&style, &format!("<strong>{words}</strong>"));
    }

    fn small(&mut self, html: &str) {
        let style = format!(
            "{LINE}font-size:14px;line-height:1.6;color:{};word-break:break-all;",
            self.look.soft
        );
        self.paragraph_of(&style, html);
    }
}

/// Returns `text` as HTML whose figures stay on one line with what they count, spans of hours and days
/// and telephone numbers too.
pub(super) fn whole(text: &str) -> String {
    whole_in(text, IN_TEXT)
}

fn whole_in(text: &str, room: f64) -> String {
    let parts = parts(text, room).into_iter();
    let html = parts.map(|part| match part.is_whole {
        true => format!(
            "<span style=\"white-space:nowrap;\">{}</span>",
            escape(part.text)
        ),
        false => escape(part.text),
    });
    html.collect()
}

/// Returns `text` with everything escaped that means something in HTML; several blanks stay several.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            ' ' if blank => out.push_str("&nbsp;"),
            c if c.is_control() && c != '\n' => {}
            other => out.push(other),
        }
        blank = character == ' ';
    }
    out
}
