//! What hangs on the boards now and next, as pictures.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::Period;
use crate::poster::{Poster, Posters, Variant};
use crate::rotation::{Hanging, Plan, Portions};
use crate::site::{Board, Page, Site, Slot};
use crate::typeset::Portion;

/// A poster in its slot.
#[derive(Debug, Clone, Copy)]
pub(in crate::render::web) struct Sheet<'a> {
    pub board: &'a Board,
    pub slot: &'a Slot,
    pub page: &'a Page,
    pub hanging: &'a Hanging,
    /// Which of several sheets of the poster.
    pub portion: Option<Portion>,
    /// The poster, where it was set in this run.
    pub poster: Option<&'a Arc<Poster>>,
}

impl Sheet<'_> {
    /// Tells whether it stands for its poster: it is its only sheet, or the first of several.
    pub(in crate::render::web) fn leads(&self) -> bool {
        self.portion.is_none_or(|portion| portion.number == 1)
    }
}

/// What one board shows.
#[derive(Debug, Default)]
pub(in crate::render::web) struct Wall<'a> {
    /// What hangs today.
    pub now: Vec<Sheet<'a>>,
    /// What hangs from the first day of the next period.
    pub next: Vec<Sheet<'a>>,
}

/// What all boards show.
#[derive(Debug, Default)]
pub(in crate::render::web) struct Walls<'a> {
    by_board: BTreeMap<&'a str, Wall<'a>>,
    drafts: Vec<Draft<'a>>,
}

/// The poster of a page that nobody has approved yet, in a slot that it fits; only a preview
/// has it.
#[derive(Debug, Clone, Copy)]
pub(in crate::render::web) struct Draft<'a> {
    pub board: &'a Board,
    pub slot: &'a Slot,
    pub page: &'a Page,
    pub poster: &'a Arc<Poster>,
}

impl<'a> Walls<'a> {
    pub(in crate::render::web) fn new(
        site: &'a Site,
        plan: &'a Plan,
        portions: &Portions,
        posters: &'a Posters,
    ) -> Self {
        let wall = |board: &'a Board| {
            let next = Period::containing(board.cadence, site.today).next();
            let on = |day| {
                plan.on(board, day)
                    .into_iter()
                    .filter_map(|hanging| sheet(site, board, hanging, (posters, portions)))
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
    pub(in crate::render::web) fn of(&self, board: &str) -> Option<&Wall<'a>> {
        self.by_board.get(board)
    }

    /// Returns the posters that nobody has approved yet.
    pub(in crate::render::web) fn drafts(&self) -> &[Draft<'a>] {
        &self.drafts
    }

    /// Returns all sheets that hang now, board by board in walking order.
    pub(in crate::render::web) fn now<'b>(
        &'b self,
        site: &'b Site,
    ) -> impl Iterator<Item = &'b Sheet<'a>> {
        site.boards
            .iter()
            .filter_map(|board| self.of(&board.id))
            .flat_map(|wall| &wall.now)
    }

    /// Returns all sheets, now and next.
    pub(in crate::render::web) fn all(&self) -> impl Iterator<Item = &Sheet<'a>> {
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
    (posters, portions): (&'a Posters, &Portions),
) -> Option<Sheet<'a>> {
    Some(Sheet {
        board,
        slot: board.slot(&hanging.slot)?,
        page: site.page(&hanging.poster)?,
        hanging,
        portion: portions.of(hanging),
        poster: posters.get(hanging, portions),
    })
}

/// Returns the path of a poster's picture below the website's root.
pub(in crate::render::web) fn preview_path(poster: &Poster) -> String {
    format!("posters/{}.png", poster.hash)
}

/// Returns the path of a poster's PDF below the website's root.
pub(in crate::render::web) fn pdf_path(page: &Page, poster: &Poster) -> String {
    format!(
        "posters/{}-{}.pdf",
        crate::site::file_part(&page.id),
        poster.hash
    )
}

/// Returns the path of a screen's picture at its own pixels, or of the preview where it has none.
pub(in crate::render::web) fn screen_path(poster: &Poster) -> String {
    match &poster.screen {
        Some(_) => format!("posters/{}-screen.png", poster.hash),
        None => preview_path(poster),
    }
}
