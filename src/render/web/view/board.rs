//! Board pages: where a board is, what hangs on it now, what comes next.

use serde::Serialize;
use tera::Context;

use crate::calendar::{Cadence, Period};
use crate::render::links;
use crate::render::web::facts::walls::Sheet;
use crate::render::web::facts::website::Facts;
use crate::render::web::view::values::{PictureView, SpanView, picture};
use crate::render::web::view::wall::{self, SheetView};
use crate::render::web::view::{past, screen};
use crate::site::{Area, Board, BoardKind, Page};

pub(in crate::render::web) fn fill(
    context: &mut Context,
    (page, board): (&Page, &Board),
    text: &str,
    facts: &Facts,
) {
    context.insert("content", text);
    context.insert("board", &BoardCard::new(board, facts));
    let sheets = |sheets: &[Sheet]| -> Vec<SheetView> {
        sheets
            .iter()
            .map(|sheet| SheetView::new(sheet, facts))
            .collect()
    };
    let wall = facts.walls.of(&board.id);
    let (now, next) = wall.map_or((&[][..], &[][..]), |wall| (&wall.now, &wall.next));
    context.insert("now", &sheets(now));
    context.insert("next", &sheets(&coming(now, next)));
    context.insert("this_period", &period(board, facts, Which::This));
    context.insert("next_period", &period(board, facts, Which::Next));
    let places: Vec<&str> = board
        .places
        .iter()
        .map(|place| place.title.as_str())
        .collect();
    context.insert("places", &places);
    context.insert("past", &past::years(board, facts));
    let map = board.map.as_ref();
    context.insert("area", &map.map(|map| picture(facts, &map.file, &map.alt)));
    let is_screen = board.kind == BoardKind::Screen;
    context.insert(
        "screen",
        &is_screen.then(|| links::encode(&facts.shared(&screen::url(page)))),
    );
}

/// Returns what is new in the next period: a sheet that simply stays hanging is no news.
fn coming<'a>(now: &[Sheet<'a>], next: &[Sheet<'a>]) -> Vec<Sheet<'a>> {
    let stays = |sheet: &&Sheet| {
        now.iter()
            .any(|old| std::ptr::eq(old.hanging, sheet.hanging))
    };
    next.iter().filter(|sheet| !stays(sheet)).copied().collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    This,
    Next,
}

fn period(board: &Board, facts: &Facts, which: Which) -> SpanView {
    let mut period = Period::containing(board.cadence, facts.today());
    if which == Which::Next {
        period = period.next();
    }
    SpanView::new(period.first(), period.last(), &facts.words, facts.today())
}

/// A board in a list, and in the head of its own page.
#[derive(Debug, Serialize)]
pub(in crate::render::web) struct BoardCard {
    id: String,
    title: String,
    url: String,
    summary: String,
    kind: &'static str,
    place: String,
    address: Option<String>,
    /// `month`, `fortnight` or `week`.
    cadence: &'static str,
    places: usize,
    /// Slots that the plan fills.
    free: usize,
    keeper: Option<String>,
    /// The whole board in mm.
    width: f64,
    height: f64,
    slots: Vec<SlotView>,
    /// The titles of what hangs, each once.
    showing: Vec<SheetView>,
}

/// A slot on the drawing of a board.
#[derive(Debug, Serialize)]
struct SlotView {
    id: String,
    title: Option<String>,
    /// What it is kept for.
    fixed: Option<String>,
    /// Left and top on the board, and the part that is seen, in mm.
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    /// The picture of what hangs there now.
    picture: Option<PictureView>,
}

impl BoardCard {
    pub(in crate::render::web) fn new(board: &Board, facts: &Facts) -> Self {
        let link = wall::board_link(board, facts);
        let page = facts.page(&board.page);
        let sheets = facts.walls.of(&board.id).map_or(&[][..], |wall| &wall.now);
        let named = facts.site.settings.publish_names;
        Self {
            id: board.id.clone(),
            title: link.title,
            url: link.url,
            summary: page.map(|page| page.summary.clone()).unwrap_or_default(),
            kind: kind(board.kind),
            place: board.place.clone(),
            address: board.address.clone(),
            cadence: cadence(board.cadence),
            places: board.places.len(),
            free: board.free_slots().count(),
            keeper: board.keeper.clone().filter(|_| named),
            width: board.size.width,
            height: board.size.height,
            slots: slots(board, sheets, facts),
            showing: sheets
                .iter()
                .filter(|sheet| sheet.leads())
                .map(|sheet| SheetView::new(sheet, facts))
                .collect(),
        }
    }
}

/// Returns the slots as they lie on the board; a screen's lie on top of each other, so that one
/// stands for all.
fn slots(board: &Board, sheets: &[Sheet], facts: &Facts) -> Vec<SlotView> {
    let most = match board.kind {
        BoardKind::Screen => 1,
        BoardKind::Board | BoardKind::Window => usize::MAX,
    };
    let view = |slot: &crate::site::Slot| {
        let (whole, visible) = (slot.area.size(), slot.area.visible());
        let sheet = sheets.iter().find(|sheet| sheet.slot.id == slot.id);
        let frame = match slot.area {
            Area::Sheet { .. } => slot.at,
            Area::Screen { .. } => (0.0, 0.0),
        };
        SlotView {
            id: slot.id.clone(),
            title: slot.title.clone(),
            fixed: slot.fixed.clone(),
            x: frame.0 + (whole.width - visible.width) / 2.0,
            y: frame.1 + (whole.height - visible.height) / 2.0,
            width: visible.width,
            height: visible.height,
            picture: sheet.and_then(|sheet| SheetView::new(sheet, facts).picture),
        }
    };
    board.slots.iter().take(most).map(view).collect()
}

fn kind(kind: BoardKind) -> &'static str {
    match kind {
        BoardKind::Board => "board",
        BoardKind::Window => "window",
        BoardKind::Screen => "screen",
    }
}

fn cadence(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Month => "month",
        Cadence::Fortnight => "fortnight",
        Cadence::Week => "week",
    }
}
