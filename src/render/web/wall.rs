//! What hangs on the boards now and next, as pictures.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::build::Build;
use super::links;
use super::view::{LinkView, PictureView, SpanView};
use crate::calendar::Period;
use crate::poster::{Poster, Posters};
use crate::rotation::{Hanging, Plan};
use crate::site::{Board, Page, Site, Slot};

/// A poster in its slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub board: &'a Board,
    pub slot: &'a Slot,
    pub page: &'a Page,
    pub hanging: &'a Hanging,
    /// The poster, where it was set in this run.
    pub poster: Option<&'a Arc<Poster>>,
}

/// What one board shows.
#[derive(Debug, Default)]
pub(super) struct Wall<'a> {
    /// What hangs today.
    pub now: Vec<Sheet<'a>>,
    /// What hangs from the first day of the next period.
    pub next: Vec<Sheet<'a>>,
}

/// What all boards show.
#[derive(Debug, Default)]
pub(super) struct Walls<'a> {
    by_board: BTreeMap<&'a str, Wall<'a>>,
}

impl<'a> Walls<'a> {
    pub(super) fn new(site: &'a Site, plan: &'a Plan, posters: &'a Posters) -> Self {
        let wall = |board: &'a Board| {
            let next = Period::containing(board.cadence, site.today).next();
            let on = |day| {
                plan.on(board, day)
                    .into_iter()
                    .filter_map(|hanging| sheet(site, board, hanging, posters))
                    .collect()
            };
            (
                board.id.as_str(),
                Wall {
                    now: on(site.today),
                    next: on(next.first()),
                },
            )
        };
        Self {
            by_board: site.boards.iter().map(wall).collect(),
        }
    }

    /// Returns what `board` shows.
    pub(super) fn of(&self, board: &str) -> Option<&Wall<'a>> {
        self.by_board.get(board)
    }

    /// Returns all sheets that hang now, board by board in walking order.
    pub(super) fn now<'b>(&'b self, site: &'b Site) -> impl Iterator<Item = &'b Sheet<'a>> {
        site.boards
            .iter()
            .filter_map(|board| self.of(&board.id))
            .flat_map(|wall| &wall.now)
    }

    /// Returns all sheets, now and next.
    pub(super) fn all(&self) -> impl Iterator<Item = &Sheet<'a>> {
        self.by_board
            .values()
            .flat_map(|wall| wall.now.iter().chain(&wall.next))
    }
}

fn sheet<'a>(
    site: &'a Site,
    board: &'a Board,
    hanging: &'a Hanging,
    posters: &'a Posters,
) -> Option<Sheet<'a>> {
    Some(Sheet {
        board,
        slot: board.slot(&hanging.slot)?,
        page: site.page(&hanging.poster)?,
        hanging,
        poster: posters.get(&hanging.poster, &hanging.board, &hanging.slot),
    })
}

/// Returns the path of a poster's picture below the website's root.
pub(super) fn preview_path(poster: &Poster) -> String {
    format!("posters/{}.png", poster.hash)
}

/// Returns the path of a poster's PDF below the website's root.
pub(super) fn pdf_path(page: &Page, poster: &Poster) -> String {
    format!("posters/{}-{}.pdf", page.id.replace('/', "-"), poster.hash)
}

/// A sheet for templates.
#[derive(Debug, Serialize)]
pub(super) struct SheetView {
    pub title: String,
    /// The page's address, where it is on the web.
    pub url: Option<String>,
    pub notice: Option<&'static str>,
    pub topic: Option<String>,
    pub lead: Option<String>,
    pub board: LinkView,
    /// The slot's id and, where it has one, its name.
    pub slot: String,
    pub slot_title: Option<String>,
    /// From when to when it hangs.
    pub span: SpanView,
    pub picture: Option<PictureView>,
    pub pdf: Option<String>,
    /// The sheet, such as A3.
    pub size: String,
    /// Whether it is wider than high.
    pub landscape: bool,
    /// Whether it is a strip of a line or two.
    pub strip: bool,
    /// The sheet against an A3, for walls that show sheets in proportion: 1 to 4.
    pub scale: u8,
}

impl SheetView {
    pub(super) fn new(sheet: &Sheet, build: &Build) -> Self {
        let page = build.page(&sheet.page.id);
        // A page that is not on the web yet keeps its picture to itself as well.
        let poster = sheet.poster.filter(|_| page.is_some());
        let area = sheet.slot.area.visible();
        let alt = build
            .words
            .fill("poster_alt", &[("title", &sheet.page.title)]);
        Self {
            title: sheet.page.title.clone(),
            url: page.map(|page| links::encode(&page.url)),
            notice: sheet.page.notice.as_ref().map(|notice| notice.kind.name()),
            topic: sheet.page.topic().map(str::to_owned),
            lead: sheet
                .page
                .poster
                .as_ref()
                .and_then(|poster| poster.lead.clone()),
            board: board_link(sheet.board, build),
            slot: sheet.slot.id.clone(),
            slot_title: sheet.slot.title.clone(),
            span: SpanView::new(
                sheet.hanging.from,
                sheet.hanging.to,
                &build.words,
                build.today(),
            ),
            picture: poster.map(|poster| PictureView {
                src: preview_path(poster),
                alt,
                width: poster.preview_px.0,
                height: poster.preview_px.1,
            }),
            pdf: poster.map(|poster| links::encode(&pdf_path(sheet.page, poster))),
            size: sheet.slot.area.size().to_string(),
            landscape: area.is_landscape(),
            strip: sheet.slot.area.is_strip(),
            scale: scale(area.width, area.height),
        }
    }
}

/// Returns the link to a board's page.
pub(super) fn board_link(board: &Board, build: &Build) -> LinkView {
    let url = build.page(&board.page).map(|page| links::encode(&page.url));
    LinkView {
        id: board.id.clone(),
        title: board.title.clone(),
        url: url.unwrap_or_default(),
    }
}

/// An A4 counts 1, an A3 2, an A2 3, larger ones 4.
fn scale(width: f64, height: f64) -> u8 {
    match width * height {
        area if area < 90_000.0 => 1,
        area if area < 180_000.0 => 2,
        area if area < 350_000.0 => 3,
        _ => 4,
    }
}
