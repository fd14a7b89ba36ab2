//! What hangs on the boards now and next, as pictures.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use super::build::Build;
use super::links;
use super::view::{LinkView, PictureView, SpanView};
use crate::calendar::Period;
use crate::poster::{Poster, Posters, Variant};
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
    drafts: Vec<Draft<'a>>,
}

/// The poster of a page that nobody has approved yet, in a slot that it fits; only a preview
/// has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Draft<'a> {
    pub board: &'a Board,
    pub slot: &'a Slot,
    pub page: &'a Page,
    pub poster: &'a Arc<Poster>,
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
            drafts: drafts(site, posters),
        }
    }

    /// Returns what `board` shows.
    pub(super) fn of(&self, board: &str) -> Option<&Wall<'a>> {
        self.by_board.get(board)
    }

    /// Returns the posters that nobody has approved yet.
    pub(super) fn drafts(&self) -> &[Draft<'a>] {
        &self.drafts
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

fn drafts<'a>(site: &'a Site, posters: &'a Posters) -> Vec<Draft<'a>> {
    let draft = |(variant, poster): (&'a Variant, &'a Arc<Poster>)| {
        let page = site
            .page(&variant.page)
            .filter(|page| !page.is_approved())?;
        let board = site.board(&variant.board)?;
        let slot = board.slot(&variant.slot)?;
        Some(Draft {
            board,
            slot,
            page,
            poster,
        })
    };
    posters.0.iter().filter_map(draft).collect()
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
    format!(
        "posters/{}-{}.pdf",
        crate::site::file_part(&page.id),
        poster.hash
    )
}

/// Returns the path of a screen's picture at its own pixels, or of the preview where it has none.
pub(super) fn screen_path(poster: &Poster) -> String {
    match &poster.screen {
        Some(_) => format!("posters/{}-screen.png", poster.hash),
        None => preview_path(poster),
    }
}

/// A sheet for templates.
#[derive(Debug, Serialize)]
pub(super) struct SheetView {
    pub title: String,
    /// The page's address, where it is on the web.
    pub url: Option<String>,
    pub notice: Option<String>,
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
    /// Shows a poster that nobody has approved yet, as if it hung today.
    pub(super) fn of_draft(draft: &Draft, build: &Build) -> Self {
        let today = build.today();
        Self::of(
            (draft.page, draft.board, draft.slot),
            Some(draft.poster),
            (today, today),
            build,
        )
    }

    pub(super) fn new(sheet: &Sheet, build: &Build) -> Self {
        Self::of(
            (sheet.page, sheet.board, sheet.slot),
            sheet.poster,
            (sheet.hanging.from, sheet.hanging.to),
            build,
        )
    }

    fn of(
        (shown, board, slot): (&Page, &Board, &Slot),
        poster: Option<&Arc<Poster>>,
        (from, to): (Date, Date),
        build: &Build,
    ) -> Self {
        let page = build.page(&shown.id);
        // A page that is not on the web yet keeps its picture to itself as well.
        let poster = poster.filter(|_| page.is_some());
        let area = slot.area.visible();
        let alt = build.words.fill("poster_alt", &[("title", &shown.title)]);
        Self {
            title: shown.title.clone(),
            url: page.map(|page| links::encode(&page.url)),
            notice: (shown.notice.as_ref()).map(|notice| build.words.notice(notice.kind)),
            topic: shown.topic().map(str::to_owned),
            lead: shown.poster.as_ref().and_then(|poster| poster.lead.clone()),
            board: board_link(board, build),
            slot: slot.id.clone(),
            slot_title: slot.title.clone(),
            span: SpanView::new(from, to, &build.words, build.today()),
            picture: poster.map(|poster| PictureView {
                src: build.shared(&preview_path(poster)),
                alt,
                width: poster.preview_px.0,
                height: poster.preview_px.1,
            }),
            pdf: poster.map(|poster| links::encode(&build.shared(&pdf_path(shown, poster)))),
            size: slot.area.size().to_string(),
            landscape: area.is_landscape(),
            strip: slot.area.is_strip(),
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
