//! The change-over sheets: what the keeper takes down, moves and hangs on one board on one day,
//! and the list of all ways of the month.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::{Job, numbers};
use crate::diag::{Diagnostics, Language};
use crate::render::Artifact;
use crate::render::export::Deeds;
use crate::render::round;
use crate::rotation::Hanging;
use crate::rotation::carry::{ChangeOver, Source, Stay};
use crate::site::{Board, BoardKind, Panel, Size};
use crate::typeset::data::{Day, Qr, SiteData};
use crate::typeset::{Failure, Files};

/// The theme's files of both.
const SHEET: &str = "sheets/changeover.typ";
const WALK: &str = "sheets/walk.typ";
/// The version of their data.
const VERSION: u32 = 1;

/// Returns the sheet of each change-over of `board` in the month.
pub(super) fn changeover(job: &Job, board: &Board, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    if !job.engine.theme().files.contains_key(SHEET) {
        return Vec::new();
    }
    let mut artifacts = Vec::new();
    for change in job.changes().filter(|change| change.board.id == board.id) {
        match set(job, change) {
            Ok(pdf) => {
                let name = format!("changeover-{}.pdf", change.day);
                artifacts.push(job.artifact(board, &name, &pdf));
            }
            Err(failure) => {
                diagnostics.push(failure.diagnostic(SHEET, None));
                return artifacts;
            }
        }
    }
    artifacts
}

fn set(job: &Job, change: &ChangeOver) -> Result<Arc<[u8]>, Box<Failure>> {
    let (data, files) = data(job, change);
    let what = job.deeds().pick("更换单", "change-over");
    let title = format!("{} {what} {}", change.board.title, change.day);
    job.set(SHEET, &title, &data, &files)
}

/// What the layout is given.
#[derive(Serialize)]
struct SheetData<'a> {
    version: u32,
    language: &'a str,
    tokens: &'a Value,
    phrases: Value,
    site: SiteData<'a>,
    board: BoardData<'a>,
    day: DayData,
    /// Whether the day lies within a period of the board.
    extra: bool,
    /// The keeper's place on the walk of the day, from 1, and how many boards it has.
    stop: usize,
    stops: usize,
    /// Where to go next.
    next: Option<StopName<'a>>,
    down: Vec<ItemData<'a>>,
    up: Vec<ItemData<'a>>,
    stays: Vec<ItemData<'a>>,
    qr: Option<Qr>,
    /// The code of the page that goes round.
    round: Option<Qr>,
}

#[derive(Serialize)]
struct StopName<'a> {
    title: &'a str,
    place: &'a str,
}

/// A day, and whether it is worked; `None` where the year's holidays are not known.
#[derive(Serialize)]
struct DayData {
    #[serde(flatten)]
    day: Day,
    works: Option<bool>,
}

#[derive(Serialize)]
struct BoardData<'a> {
    id: &'a str,
    title: &'a str,
    place: &'a str,
    keeper: Option<&'a str>,
    screen: bool,
    size: Size,
    panels: &'a [Panel],
    slots: Vec<SlotData<'a>>,
    places: Vec<&'a str>,
}

#[derive(Serialize)]
struct SlotData<'a> {
    number: String,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    fixed: Option<&'a str>,
    /// What is done: `swap`, `up`, `down`, `stays` or `none`.
    deed: &'static str,
}

/// A poster that comes down, goes up or stays.
#[derive(Serialize)]
struct ItemData<'a> {
    number: String,
    slot: Option<&'a str>,
    title: String,
    thumbnail: Option<String>,
    size_name: String,
    copies: usize,
    from: Day,
    to: Day,
    /// Where its copies come from or go to.
    ways: Vec<WayData>,
    /// Whether all of them were printed new.
    printed: bool,
    file: Option<String>,
}

#[derive(Serialize)]
struct WayData {
    words: String,
    copies: usize,
    /// What kind of way it is: `moved`, `stored`, `received`, `printed`, `missing`, `kept`,
    /// `done`.
    kind: &'static str,
}

fn data<'a>(job: &'a Job<'a>, change: &'a ChangeOver<'a>) -> (SheetData<'a>, Files) {
    let site = job.site;
    let board = change.board;
    let language = site.settings.message_language();
    let mut files = Files::new();
    let names = job.names(board);
    let mut items =
        |numbers: &[usize], ways: &dyn Fn(&Stay) -> Vec<WayData>| -> Vec<ItemData<'a>> {
            let stays = numbers.iter().map(|&number| &job.carriage.stays[number]);
            stays
                .map(|stay| item(job, stay, ways(stay), &names, &mut files))
                .collect()
        };
    let deeds = job.deeds();
    let down = items(&change.down, &|stay| onward(&deeds, stay));
    let up = items(&change.up, &|stay| sources(&deeds, stay));
    let stays = items(&change.stays, &|_| Vec::new());
    let today: Vec<&ChangeOver> = job.carriage.within(change.day, change.day).collect();
    let stop = today.iter().position(|other| other.board.id == board.id);
    let next = job.carriage.next_stop(change);
    let data = SheetData {
        version: VERSION,
        language: &site.settings.language,
        tokens: &job.engine.theme().tokens,
        phrases: job.engine.theme().phrases_of("poster"),
        site: SiteData::of(&site.settings),
        board: board_data(job, change),
        day: DayData {
            day: Day::of(change.day, language),
            works: site.calendar.holidays.is_working(change.day).ok(),
        },
        extra: change.is_extra(),
        stop: stop.map_or(1, |at| at + 1),
        stops: today.len(),
        next: next.map(|next| StopName {
            title: &next.board.title,
            place: &next.board.place,
        }),
        down,
        up,
        stays,
        qr: site
            .page(&board.page)
            .and_then(|page| Qr::of(site, page, board.glass)),
        round: round::address(site, job.engine.theme(), change.day, board)
            .and_then(|address| Qr::to(address, false)),
    };
    (data, files)
}

fn board_data<'a>(job: &'a Job, change: &'a ChangeOver<'a>) -> BoardData<'a> {
    let board = change.board;
    let mut numbers = numbers(board);
    let touched = |of: &[usize], slot: &str| {
        let mut stays = of.iter().map(|&number| &job.carriage.stays[number]);
        stays.any(|stay| stay.hanging.slot == slot)
    };
    let slots = board.slots.iter().map(|slot| {
        let size = slot.area.size();
        let (down, up) = (
            touched(&change.down, &slot.id),
            touched(&change.up, &slot.id),
        );
        SlotData {
            number: numbers.remove(slot.id.as_str()).unwrap_or_default(),
            x: slot.at.0,
            y: slot.at.1,
            width: size.width,
            height: size.height,
            fixed: slot.fixed.as_deref(),
            deed: match (down, up) {
                (true, true) => "swap",
                (false, true) => "up",
                (true, false) => "down",
                _ if touched(&change.stays, &slot.id) => "stays",
                _ => "none",
            },
        }
    });
    let places = board.places.iter().map(|place| place.title.as_str());
    BoardData {
        id: &board.id,
        title: &board.title,
        place: &board.place,
        keeper: board.keeper.as_deref(),
        screen: board.kind == BoardKind::Screen,
        size: board.size,
        panels: &board.panels,
        slots: slots.collect(),
        places: places.collect(),
    }
}

fn item<'a>(
    job: &Job<'a>,
    stay: &'a Stay<'a>,
    ways: Vec<WayData>,
    names: &BTreeMap<&Hanging, String>,
    files: &mut Files,
) -> ItemData<'a> {
    let site = job.site;
    let language = site.settings.message_language();
    let hanging = stay.hanging;
    let slot = stay.board.slot(&hanging.slot);
    let thumbnail = thumbnail(job, hanging, files);
    let ending = match stay.board.kind {
        BoardKind::Screen => "png",
        BoardKind::Board | BoardKind::Window => "pdf",
    };
    ItemData {
        number: job.deeds().number(stay),
        slot: slot.and_then(|slot| slot.title.as_deref()),
        title: job.deeds().name(stay.kind()),
        thumbnail,
        size_name: stay.kind().format.size().to_string(),
        copies: stay.copies,
        from: Day::of(stay.from(), language),
        to: Day::of(stay.to, language),
        printed: stay.copies > 0 && stay.copies_from(Source::Printed) == stay.copies,
        ways,
        file: names.get(hanging).map(|name| format!("{name}.{ending}")),
    }
}

/// Puts a small picture of the poster beside the sheet: of this hanging, or of another one of the
/// same page that was set in this run; what comes down may have been set in a month before.
fn thumbnail(job: &Job, hanging: &Hanging, files: &mut Files) -> Option<String> {
    let portion = job.portions.of(hanging);
    let alike = |other: &&Hanging| job.portions.of(other) == portion;
    let mut others = job.plan.of_poster(&hanging.poster).filter(alike);
    let poster = job
        .poster(hanging)
        .or_else(|| others.find_map(|other| job.poster(other)))?;
    let path = format!("/preview/{}.png", poster.hash);
    files.insert(path.clone(), poster.thumbnail.clone());
    Some(path)
}

fn sources(deeds: &Deeds, stay: &Stay) -> Vec<WayData> {
    let kinds = stay.sources.iter().map(|(source, _)| match source {
        Source::Moved(_) => "moved",
        Source::Stored(_) => "stored",
        Source::Received => "received",
        Source::Printed => "printed",
        Source::Missing => "missing",
    });
    let ways = deeds.sources(stay).into_iter().zip(kinds);
    ways.map(|((words, copies), kind)| WayData {
        words,
        copies,
        kind,
    })
    .collect()
}

fn onward(deeds: &Deeds, stay: &Stay) -> Vec<WayData> {
    use crate::rotation::carry::Onward;
    let kinds = stay.onward.iter().map(|(onward, _)| match onward {
        Onward::Moved(_) => "moved",
        Onward::Kept(_) => "kept",
        Onward::Done => "done",
    });
    let ways = deeds.onward(stay).into_iter().zip(kinds);
    ways.map(|((words, copies), kind)| WayData {
        words,
        copies,
        kind,
    })
    .collect()
}

/// Returns the pages that go round in the month, a file a day.
pub(super) fn rounds(job: &Job, _: &mut Diagnostics) -> Vec<Artifact> {
    let pages = round::of_month(job.site, job.engine.theme(), &job.carriage, job.month);
    let artifact = |(day, html): (_, String)| {
        let bytes: Arc<[u8]> = Arc::from(html.into_bytes());
        job.month_artifact(&format!("round-{day}.html"), &bytes)
    };
    pages.into_iter().map(artifact).collect()
}

/// Returns the list of all ways of the month.
pub(super) fn walk(job: &Job, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    let has_layout = job.engine.theme().files.contains_key(WALK);
    if !has_layout || job.changes().next().is_none() {
        return Vec::new();
    }
    let language = job.site.settings.message_language();
    let what = job.deeds().pick("更换路线", "walks");
    let data = WalkData {
        version: VERSION,
        language: &job.site.settings.language,
        tokens: &job.engine.theme().tokens,
        phrases: job.engine.theme().phrases_of("poster"),
        site: SiteData::of(&job.site.settings),
        period: job.month.title(),
        days: walk_days(job, language),
    };
    let title = format!("{what} {}", job.month);
    match job.set(WALK, &title, &data, &Files::new()) {
        Ok(pdf) => vec![job.month_artifact("walk.pdf", &pdf)],
        Err(failure) => {
            diagnostics.push(failure.diagnostic(WALK, None));
            Vec::new()
        }
    }
}

#[derive(Serialize)]
struct WalkData<'a> {
    version: u32,
    language: &'a str,
    tokens: &'a Value,
    phrases: Value,
    site: SiteData<'a>,
    period: String,
    days: Vec<WalkDay<'a>>,
}

#[derive(Serialize)]
struct WalkDay<'a> {
    day: DayData,
    stops: Vec<WalkStop<'a>>,
    /// Copies to take along: fresh from the printer, and out of the store.
    printed: usize,
    stored: usize,
}

#[derive(Serialize)]
struct WalkStop<'a> {
    title: &'a str,
    place: &'a str,
    keeper: Option<&'a str>,
    screen: bool,
    extra: bool,
    places: usize,
    /// The numbers of the slots.
    down: Vec<String>,
    moved: Vec<String>,
    stored: Vec<String>,
    printed: Vec<String>,
    /// Boards further on from which copies are fetched first.
    fetch: Vec<&'a str>,
}

fn walk_days<'a>(job: &'a Job<'a>, language: Language) -> Vec<WalkDay<'a>> {
    let mut days: Vec<WalkDay> = Vec::new();
    let mut last = None;
    for change in job.changes() {
        if last != Some(change.day) {
            last = Some(change.day);
            days.push(WalkDay {
                day: DayData {
                    day: Day::of(change.day, language),
                    works: job.site.calendar.holidays.is_working(change.day).ok(),
                },
                stops: Vec::new(),
                printed: 0,
                stored: 0,
            });
        }
        let day = days.last_mut().expect("one was just made");
        for &number in &change.up {
            for (source, n) in &job.carriage.stays[number].sources {
                match source {
                    Source::Printed | Source::Received => day.printed += n,
                    Source::Stored(_) => day.stored += n,
                    Source::Moved(_) | Source::Missing => {}
                }
            }
        }
        day.stops.push(walk_stop(job, change));
    }
    days
}

fn walk_stop<'a>(job: &'a Job<'a>, change: &'a ChangeOver<'a>) -> WalkStop<'a> {
    let board = change.board;
    let deeds = job.deeds();
    let stays = &job.carriage.stays;
    let all = |numbers: &[usize]| numbers.iter().map(|&it| deeds.number(&stays[it])).collect();
    let with = |wanted: &dyn Fn(&Source) -> bool| -> Vec<String> {
        let up = change.up.iter().map(|&number| &stays[number]);
        let of_kind = up.filter(|stay| stay.sources.iter().any(|(source, _)| wanted(source)));
        of_kind.map(|stay| deeds.number(stay)).collect()
    };
    let mut fetch: Vec<&str> = Vec::new();
    for &number in &change.up {
        for (source, _) in &stays[number].sources {
            if let Source::Moved(from) = *source
                && is_further_on(job, board, stays[from].board)
                && !fetch.contains(&stays[from].board.title.as_str())
            {
                fetch.push(&stays[from].board.title);
            }
        }
    }
    let screen = board.kind == BoardKind::Screen;
    WalkStop {
        title: &board.title,
        place: &board.place,
        keeper: board.keeper.as_deref(),
        screen,
        extra: change.is_extra(),
        places: board.places.len(),
        down: all(&change.down),
        moved: with(&|source| matches!(source, Source::Moved(_))),
        stored: with(&|source| matches!(source, Source::Stored(_))),
        printed: match screen {
            true => all(&change.up),
            false => with(&|source| {
                matches!(source, Source::Printed | Source::Received | Source::Missing)
            }),
        },
        fetch,
    }
}

/// Tells whether the keeper comes to `other` after `board`.
fn is_further_on(job: &Job, board: &Board, other: &Board) -> bool {
    let mut boards = job.site.boards.iter();
    let first = boards.find(|it| it.id == board.id || it.id == other.id);
    board.id != other.id && first.is_some_and(|it| it.id == board.id)
}
