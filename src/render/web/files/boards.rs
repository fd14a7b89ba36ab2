//! `boards.json`: what hangs on which board, for screens and for pages elsewhere.
//!
//! It reaches to the end of the next period, each hanging with its days, so that a screen that
//! reads it once a week shows the right thing on each day.

use jiff::civil::Date;
use serde::Serialize;

use crate::calendar::Period;
use crate::render::export::numbers;
use crate::render::links;
use crate::render::web::facts::walls;
use crate::render::web::facts::website::Facts;
use crate::rotation::{Carriage, Hanging};
use crate::site::{Board, BoardKind, Slot};
use crate::typeset::Portion;

/// Where it lies below the website's root.
pub(in crate::render::web) const PATH: &str = "boards.json";
/// The version of its form; names are only ever added within one.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Boards<'a> {
    version: u32,
    title: &'a str,
    /// The website's address, below which all others lie.
    base_url: Option<&'a str>,
    /// The day for which `today` is told.
    date: Date,
    boards: Vec<BoardView<'a>>,
}

#[derive(Serialize)]
struct BoardView<'a> {
    id: &'a str,
    title: &'a str,
    kind: &'static str,
    place: &'a str,
    /// Its page below the root.
    url: Option<String>,
    keeper: Option<&'a str>,
    /// How many places show the same.
    places: usize,
    /// The present period.
    period: PeriodView,
    /// The next day on which something changes.
    next_change: Option<Date>,
    slots: Vec<SlotView<'a>>,
}

#[derive(Serialize)]
struct PeriodView {
    id: String,
    from: Date,
    to: Date,
}

#[derive(Serialize)]
struct SlotView<'a> {
    id: &'a str,
    number: String,
    title: Option<&'a str>,
    fixed: Option<&'a str>,
    /// What hangs today.
    today: Option<HangingView<'a>>,
    /// What comes after it, to the end of the next period.
    next: Vec<HangingView<'a>>,
}

#[derive(Serialize)]
struct HangingView<'a> {
    id: &'a str,
    title: &'a str,
    topic: Option<&'a str>,
    notice: Option<&'static str>,
    from: Date,
    to: Date,
    /// Which of several sheets of one notice; absent where it is one sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<Portion>,
    /// Its page below the root, where it is on the web.
    url: Option<String>,
    /// Its picture below the root, where it is on the web.
    picture: Option<String>,
}

/// Returns the file.
pub(in crate::render::web) fn boards(facts: &Facts, carriage: &Carriage) -> String {
    let settings = &facts.site.settings;
    let boards = facts.site.boards.iter();
    let all = Boards {
        version: VERSION,
        title: &settings.title,
        base_url: settings.base_url.as_deref(),
        date: facts.today(),
        boards: boards.map(|board| view(facts, carriage, board)).collect(),
    };
    serde_json::to_string_pretty(&all).expect("only text, numbers and lists of them") + "\n"
}

fn view<'a>(facts: &'a Facts, carriage: &Carriage, board: &'a Board) -> BoardView<'a> {
    let today = facts.today();
    let period = Period::containing(board.cadence, today);
    let mut changes = carriage.changes.iter();
    let next = changes.find(|change| change.board.id == board.id && today < change.day);
    let named = facts.site.settings.publish_names;
    let mut numbers = numbers(board);
    let slot = |slot: &'a Slot| {
        let number = numbers.remove(slot.id.as_str()).unwrap_or_default();
        slot_view(facts, board, slot, number)
    };
    BoardView {
        id: &board.id,
        title: &board.title,
        kind: match board.kind {
            BoardKind::Board => "board",
            BoardKind::Window => "window",
            BoardKind::Screen => "screen",
        },
        place: &board.place,
        url: facts.page(&board.page).map(|page| links::encode(&page.url)),
        keeper: board.keeper.as_deref().filter(|_| named),
        places: board.places.len(),
        period: PeriodView {
            id: period.to_string(),
            from: period.first(),
            to: period.last(),
        },
        next_change: next.map(|change| change.day),
        slots: board.slots.iter().map(slot).collect(),
    }
}

fn slot_view<'a>(
    facts: &'a Facts,
    board: &'a Board,
    slot: &'a Slot,
    number: String,
) -> SlotView<'a> {
    let today = facts.today();
    let last = Period::containing(board.cadence, today).next().last();
    let coming = facts.plan.hangings.iter().filter(|hanging| {
        hanging.board == board.id
            && hanging.slot == slot.id
            && today <= hanging.to
            && hanging.from <= last
    });
    let (now, next): (Vec<_>, Vec<_>) = coming.partition(|hanging| hanging.from <= today);
    let view = |hanging: &&'a Hanging| hanging_view(facts, hanging);
    SlotView {
        id: &slot.id,
        number,
        title: slot.title.as_deref(),
        fixed: slot.fixed.as_deref(),
        today: now.iter().find_map(view),
        next: next.iter().filter_map(view).collect(),
    }
}

fn hanging_view<'a>(facts: &'a Facts, hanging: &'a Hanging) -> Option<HangingView<'a>> {
    let page = facts.site.page(&hanging.poster)?;
    let public = facts.page(&page.id);
    let mut shown = facts.walls.all().filter(|sheet| sheet.hanging == hanging);
    let poster = shown.find_map(|sheet| sheet.poster);
    Some(HangingView {
        id: &page.id,
        title: &page.title,
        topic: page.topic(),
        notice: page.notice.as_ref().map(|notice| notice.kind.name()),
        from: hanging.from,
        to: hanging.to,
        sheet: facts.portions.of(hanging),
        url: public.map(|page| links::encode(&page.url)),
        // A page that is not on the web yet keeps its picture to itself as well.
        picture: poster
            .filter(|_| public.is_some())
            .map(|poster| walls::preview_path(poster)),
    })
}
