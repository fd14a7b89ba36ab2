//! What the templates of `:::` blocks read.

use jiff::civil::Date;
use serde::Serialize;

use super::holder::Holder;
use crate::diag::SitePath;
use crate::render::links;
use crate::render::web::facts::on_web::public_path;
use crate::render::web::html::{Targets, Writer, escape};
use crate::render::web::text::words::DateView;
use crate::render::web::view::board::BoardCard;
use crate::render::web::view::sorting;
use crate::render::web::view::timeline::TimelineView;
use crate::render::web::view::values::{self, LinkView, days_between};
use crate::site::markdown::{AlertKind, Alignment, Block, BlockKind, Inline, InlineKind, plain};
use crate::site::shortcode::size_words;
use crate::site::{LinkTarget, Video};
use crate::typeset::data::Qr;

#[derive(Serialize)]
pub(in crate::render::web) struct Callout {
    /// `note`, `tip`, `important`, `warning` or `caution`.
    tone: &'static str,
}

impl Callout {
    pub(in crate::render::web) fn new(tone: AlertKind) -> Self {
        let tone = match tone {
            AlertKind::Note => "note",
            AlertKind::Tip => "tip",
            AlertKind::Important => "important",
            AlertKind::Warning => "warning",
            AlertKind::Caution => "caution",
        };
        Self { tone }
    }
}

#[derive(Serialize)]
pub(in crate::render::web) struct Columns {
    /// The columns as HTML.
    cells: Vec<String>,
}

#[derive(Serialize)]
pub(in crate::render::web) struct Figure {
    /// The picture as HTML, where the block names one.
    picture: Option<String>,
    wide: bool,
}

impl Figure {
    pub(in crate::render::web) fn new(picture: Option<String>, wide: bool) -> Self {
        Self { picture, wide }
    }
}

#[derive(Serialize)]
pub(in crate::render::web) struct Gallery {
    pictures: Vec<Shot>,
}

#[derive(Serialize)]
struct Shot {
    /// The picture as HTML.
    html: String,
    caption: Option<String>,
}

#[derive(Serialize)]
pub(in crate::render::web) struct VideoView {
    src: String,
    /// Such as `video/mp4`.
    mime: &'static str,
    poster: Option<String>,
    /// Width and height of its picture, so that the page keeps room.
    width: u32,
    height: u32,
    captions: Option<String>,
    language: String,
}

#[derive(Serialize)]
pub(in crate::render::web) struct Attachment {
    href: String,
    name: String,
    /// Such as `PDF`.
    kind: String,
    /// Such as `1.2 MB`.
    size: String,
}

#[derive(Serialize)]
pub(in crate::render::web) struct Table {
    head: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Serialize)]
struct Cell {
    text: String,
    /// The same with the line breaks of the cell.
    html: String,
    /// Whether it holds figures.
    right: bool,
}

/// Sets a piece of a cell: words, or the break between its lines.
fn line_of(inline: &Inline) -> String {
    match &inline.kind {
        InlineKind::LineBreak => "<br>".to_owned(),
        _ => escape(&plain(std::slice::from_ref(inline))),
    }
}

#[derive(Serialize)]
pub(in crate::render::web) struct QrView {
    href: String,
    words: String,
    /// Modules a side with the quiet zone; none where the site has no address to lead to.
    size: Option<usize>,
    /// The dark modules as the path of a drawing.
    path: Option<String>,
}

#[derive(Serialize)]
pub(in crate::render::web) struct Items {
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    name: String,
    bin: &'static str,
    bin_name: String,
    first: Option<String>,
    why: Option<String>,
    /// Its place in the sorting guide, below the root.
    url: String,
}

#[derive(Serialize)]
pub(in crate::render::web) struct BoardView {
    board: BoardCard,
}

#[derive(Serialize)]
pub(in crate::render::web) struct Countdown {
    date: DateView,
    /// Days from today; less than none where it is over.
    days: i32,
}

#[derive(Serialize)]
pub(in crate::render::web) struct Timeline {
    page: LinkView,
    timeline: TimelineView,
}

impl Holder<'_> {
    /// Sets the author's blocks side by side: parted by rules, or each by itself.
    pub(in crate::render::web) fn columns(&self, writer: &mut Writer) -> Columns {
        let is_rule = |block: &Block| block.kind == BlockKind::Rule;
        let own = self.own();
        let cells: Vec<&[Block]> = match own.iter().any(is_rule) {
            true => own.split(is_rule).collect(),
            false => own.chunks(1).collect(),
        };
        let cells = cells.into_iter().filter(|cell| !cell.is_empty());
        Columns {
            cells: cells.map(|cell| writer.apart(cell)).collect(),
        }
    }

    /// Returns the picture that the block names.
    pub(in crate::render::web) fn first_image(&self, writer: &mut Writer) -> Option<String> {
        let mut images = Vec::new();
        self.blocks
            .iter()
            .take(1)
            .for_each(|block| images_of(block, &mut images));
        let (target, alt, _) = images.first()?;
        Some(writer.image_apart(target, alt))
    }

    pub(in crate::render::web) fn gallery(&self, writer: &mut Writer) -> Gallery {
        let mut images = Vec::new();
        self.own()
            .iter()
            .for_each(|block| images_of(block, &mut images));
        let shot = |(target, alt, title): (&str, &str, &str)| Shot {
            html: writer.image_apart(target, alt),
            caption: (!title.is_empty()).then(|| title.to_owned()),
        };
        Gallery {
            pictures: images.into_iter().map(shot).collect(),
        }
    }

    pub(in crate::render::web) fn video(&self, video: &Video) -> VideoView {
        let facts = self.facts;
        let way = |file: &SitePath| links::relative(self.url, public_path(file));
        let picture = video
            .picture
            .as_ref()
            .map(|picture| self.targets.image(picture));
        let size = picture.as_ref().and_then(|picture| picture.size);
        let (width, height) = size.unwrap_or((16, 9));
        VideoView {
            src: way(&video.file),
            mime: match video.file.extension().to_ascii_lowercase().as_str() {
                "webm" => "video/webm",
                _ => "video/mp4",
            },
            poster: picture.map(|picture| picture.src),
            width,
            height,
            captions: video.captions.as_ref().map(way),
            language: facts.site.settings.language.clone(),
        }
    }

    pub(in crate::render::web) fn attachment(&self, file: &SitePath, size: usize) -> Attachment {
        Attachment {
            href: links::relative(self.url, public_path(file)),
            name: file.file_name().to_owned(),
            kind: file.extension().to_uppercase(),
            size: size_words(size),
        }
    }

    pub(in crate::render::web) fn table(&self) -> Option<Table> {
        let BlockKind::Table {
            alignments,
            head,
            rows,
        } = &self.blocks.last()?.kind
        else {
            return None;
        };
        let row = |cells: &Vec<Vec<Inline>>| -> Vec<Cell> {
            let cell = |(at, cell): (usize, &Vec<Inline>)| Cell {
                text: plain(cell),
                html: cell.iter().map(line_of).collect(),
                right: alignments.get(at) == Some(&Alignment::Right),
            };
            cells.iter().enumerate().map(cell).collect()
        };
        Some(Table {
            head: row(head),
            rows: rows.iter().map(row).collect(),
        })
    }

    /// Returns the code of an address, or of a page's short one; `None` where the page is not on
    /// the web.
    pub(in crate::render::web) fn qr(&self, target: &str) -> Option<QrView> {
        let (facts, page) = (self.facts, self.targets.page);
        let href = self.targets.link(target)?;
        let code = match page.links.get(target) {
            Some(LinkTarget::Page { id, .. }) => Qr::of(facts.site, facts.page(id)?, false),
            Some(LinkTarget::File(file)) => {
                let whole = facts.absolute(public_path(file));
                whole.and_then(|url| Qr::to(url, false))
            }
            None => Qr::to(target.to_owned(), false),
        };
        let mut words = String::new();
        crate::site::markdown::walk_of(self.blocks.get(..1)?, &mut |inline| {
            if let InlineKind::Text { text } = &inline.kind {
                words.push_str(text);
            }
        });
        Some(QrView {
            href,
            words,
            size: code.as_ref().map(|code| code.size + 2 * QUIET),
            path: code.map(|code| path_of(&code)),
        })
    }

    pub(in crate::render::web) fn items(&self, names: &[String]) -> Items {
        let site = self.facts.site;
        let item = |name: &String| {
            let item = site.item(name)?;
            Some(Item {
                name: item.name.clone(),
                bin: item.bin.key(),
                bin_name: self.facts.words.bin(item.bin),
                first: item.first.clone(),
                why: item.why.clone(),
                url: format!("{}#{}", sorting::URL, links::encode(&sorting::anchor(item))),
            })
        };
        Items {
            items: names.iter().filter_map(item).collect(),
        }
    }

    pub(in crate::render::web) fn board(&self, id: &str) -> Option<BoardView> {
        let facts = self.facts;
        let board = facts.site.board(id)?;
        // A draft's page is not on the web.
        facts.page(&board.page)?;
        Some(BoardView {
            board: BoardCard::new(board, facts),
        })
    }

    pub(in crate::render::web) fn countdown(&self, day: Date) -> Countdown {
        let facts = self.facts;
        Countdown {
            date: facts.words.date(day),
            days: days_between(facts.today(), day),
        }
    }

    pub(in crate::render::web) fn timeline(&self, id: &str) -> Option<Timeline> {
        let facts = self.facts;
        let page = facts.page(id)?;
        Some(Timeline {
            page: LinkView {
                id: page.id.clone(),
                title: page.title.clone(),
                url: values::address(page),
            },
            timeline: TimelineView::new(page.campaign.as_ref(), facts)?,
        })
    }
}

/// Modules of white around a code.
const QUIET: usize = 4;

/// Draws the dark modules: a row of them is one flat rectangle.
fn path_of(code: &Qr) -> String {
    let mut path = String::new();
    for (y, row) in code.modules.iter().enumerate() {
        let mut x = 0;
        while let Some(start) = row[x..].find('1').map(|at| x + at) {
            let length = row[start..].find('0').unwrap_or(row.len() - start);
            path.push_str(&format!(
                "M{} {}h{length}v1h-{length}z",
                start + QUIET,
                y + QUIET
            ));
            x = start + length;
        }
    }
    path
}

/// Gathers the images of a block and of blocks within it: address, words, title.
fn images_of<'a>(block: &'a Block, found: &mut Vec<(&'a str, &'a str, &'a str)>) {
    match &block.kind {
        BlockKind::Paragraph { inlines } => {
            for inline in inlines {
                if let InlineKind::Image { target, title, alt } = &inline.kind {
                    found.push((target, alt, title));
                }
            }
        }
        BlockKind::List { items, .. } => {
            let blocks = items.iter().flat_map(|item| &item.blocks);
            blocks.for_each(|block| images_of(block, found));
        }
        _ => {}
    }
}
