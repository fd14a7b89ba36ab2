//! The board as one sheet: what hangs where, for the keeper.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::{Job, numbers};
use crate::calendar::Period;
use crate::diag::{Diagnostics, Language};
use crate::render::Artifact;
use crate::rotation::Hanging;
use crate::site::{Board, BoardKind, Panel, Size, Slot};
use crate::typeset::data::{Day, Qr, SiteData};
use crate::typeset::{Failure, Files};

/// The layout of the overview in the theme.
const LAYOUT: &str = "boards/overview.typ";
/// A slot that takes a third of the board's width or more is drawn large.
const LARGE_SHARE: f64 = 3.0;
/// The version of its data.
const VERSION: u32 = 1;

/// Sets what tells of a board in a period.
type SetPeriod = fn(&Job, &Board, Period) -> Result<Arc<[u8]>, Box<Failure>>;

/// Returns an overview of `board` for each of its periods in the month.
pub(super) fn overview(job: &Job, board: &Board, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    if !job.engine.theme().files.contains_key(LAYOUT) {
        return Vec::new();
    }
    each_period(job, board, (LAYOUT, "overview"), set, diagnostics)
}

/// Returns the periods of `board` that share a day with the month.
fn periods(month: Period, board: &Board) -> Vec<Period> {
    let mut period = Period::containing(board.cadence, month.first());
    let mut periods = Vec::new();
    while period.first() <= month.last() {
        periods.push(period);
        period = period.next();
    }
    periods
}

/// Sets a file of the theme's `layout` for each period of `board`, named `stem`, with the period
/// behind it where that is not the month.
pub(super) fn each_period(
    job: &Job,
    board: &Board,
    (layout, stem): (&str, &str),
    set: SetPeriod,
    diagnostics: &mut Diagnostics,
) -> Vec<Artifact> {
    let mut artifacts = Vec::new();
    for period in periods(job.month, board) {
        match set(job, board, period) {
            Ok(pdf) => {
                let name = match period == job.month {
                    true => format!("{stem}.pdf"),
                    false => format!("{stem}-{period}.pdf"),
                };
                artifacts.push(job.artifact(board, &name, &pdf));
            }
            Err(failure) => {
                diagnostics.push(failure.diagnostic(layout, None));
                return artifacts;
            }
        }
    }
    artifacts
}

fn set(job: &Job, board: &Board, period: Period) -> Result<Arc<[u8]>, Box<Failure>> {
    let (data, files) = data(job, board, period);
    let title = format!("{} {}", board.title, data.period.title);
    job.set(LAYOUT, &title, &data, &files)
}

/// What the layout is given.
#[derive(Serialize)]
struct OverviewData<'a> {
    version: u32,
    language: &'a str,
    tokens: &'a Value,
    phrases: Value,
    site: SiteData<'a>,
    board: BoardData<'a>,
    period: PeriodData,
    qr: Option<Qr>,
}

#[derive(Serialize)]
struct BoardData<'a> {
    id: &'a str,
    title: &'a str,
    kind: &'static str,
    place: &'a str,
    keeper: Option<&'a str>,
    size: Size,
    distance: f64,
    header: Option<HeaderData>,
    panels: &'a [Panel],
    slots: Vec<SlotData<'a>>,
    places: Vec<PlaceData<'a>>,
}

/// The banner over the board.
#[derive(Serialize)]
struct HeaderData {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    thumbnail: String,
}

/// What fills a slot in which nothing hangs.
#[derive(Serialize)]
struct FillerData {
    title: String,
    thumbnail: String,
    size_name: String,
    file: String,
}

#[derive(Serialize)]
struct SlotData<'a> {
    id: &'a str,
    title: Option<&'a str>,
    number: String,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    visible: Size,
    fixed: Option<&'a str>,
    /// What is drawn.
    hanging: Option<HangingData>,
    /// What is drawn where nothing hangs.
    filler: Option<FillerData>,
    /// What takes its place within the period, in the order of days.
    later: Vec<HangingData>,
}

#[derive(Serialize)]
struct HangingData {
    title: String,
    from: Day,
    to: Day,
    kind: Option<&'static str>,
    thumbnail: Option<String>,
    size_name: String,
    file: Option<String>,
}

#[derive(Serialize)]
struct PlaceData<'a> {
    id: &'a str,
    title: &'a str,
}

#[derive(Serialize)]
struct PeriodData {
    name: String,
    title: String,
    from: Day,
    to: Day,
}

/// Returns what the layout is given for `period`, and the pictures that it cites.
fn data<'a>(job: &Job<'a>, board: &'a Board, period: Period) -> (OverviewData<'a>, Files) {
    let site = job.site;
    let language = site.settings.message_language();
    let mut files = Files::new();
    let names = job.names(board);
    let numbers = numbers(board);
    let mut slots = Vec::new();
    for (slot, hangings) in job.hangings(board, period) {
        let shown = shown(&hangings, period);
        let rest = hangings
            .iter()
            .copied()
            .filter(|hanging| Some(*hanging) != shown);
        let mut told = |hanging| hanging_data(job, (board, slot), hanging, &names, &mut files);
        let hanging = shown.and_then(&mut told);
        let later: Vec<_> = rest.filter_map(told).collect();
        let number = numbers[slot.id.as_str()].clone();
        let filler = match hanging {
            Some(_) => None,
            None => filler(job, board, slot, &number, &mut files),
        };
        slots.push(SlotData {
            hanging,
            filler,
            later,
            ..slot_data(slot, number)
        });
    }
    let places = board.places.iter().map(|place| PlaceData {
        id: &place.id,
        title: &place.title,
    });
    let data = OverviewData {
        version: VERSION,
        language: &site.settings.language,
        tokens: &job.engine.theme().tokens,
        phrases: job.engine.theme().phrases_of("poster"),
        site: SiteData::of(&site.settings),
        board: BoardData {
            id: &board.id,
            title: &board.title,
            kind: match board.kind {
                BoardKind::Board => "board",
                BoardKind::Window => "window",
                BoardKind::Screen => "screen",
            },
            place: &board.place,
            keeper: board.keeper.as_deref(),
            size: board.size,
            distance: board.distance,
            header: header(job, board, &mut files),
            panels: &board.panels,
            slots,
            places: places.collect(),
        },
        period: PeriodData {
            name: period.to_string(),
            title: period_title(period, language),
            from: Day::of(period.first(), language),
            to: Day::of(period.last(), language),
        },
        qr: site
            .page(&board.page)
            .and_then(|page| Qr::of(site, page, board.glass)),
    };
    (data, files)
}

/// Chooses what is drawn where several posters follow each other in one slot: what hangs on
/// the first day of the period, or else what comes first.
pub(super) fn shown<'a>(hangings: &[&'a Hanging], period: Period) -> Option<&'a Hanging> {
    let first = period.first();
    let on_first_day = hangings
        .iter()
        .find(|hanging| hanging.from <= first && first <= hanging.to);
    on_first_day.or(hangings.first()).copied()
}

/// Describes a slot in which nothing hangs yet.
fn slot_data(slot: &Slot, number: String) -> SlotData<'_> {
    let size = slot.area.size();
    SlotData {
        id: &slot.id,
        title: slot.title.as_deref(),
        number,
        x: slot.at.0,
        y: slot.at.1,
        width: size.width,
        height: size.height,
        visible: slot.area.visible(),
        fixed: slot.fixed.as_deref(),
        hanging: None,
        filler: None,
        later: Vec::new(),
    }
}

fn header(job: &Job, board: &Board, files: &mut Files) -> Option<HeaderData> {
    let header = board.header.as_ref()?;
    let sheet = job.header(board)?;
    let thumbnail = "/preview/header.png".to_owned();
    files.insert(thumbnail.clone(), sheet.preview.clone());
    Some(HeaderData {
        x: header.at.0,
        y: header.at.1,
        width: header.size.width,
        height: header.size.height,
        thumbnail,
    })
}

fn filler(
    job: &Job,
    board: &Board,
    slot: &Slot,
    number: &str,
    files: &mut Files,
) -> Option<FillerData> {
    let filler = job.filler(board, slot)?;
    let thumbnail = format!("/preview/filler-{number}.png");
    files.insert(thumbnail.clone(), filler.sheet.preview.clone());
    Some(FillerData {
        title: filler.title().to_owned(),
        thumbnail,
        size_name: slot.area.size().to_string(),
        file: format!("{number}-filler.pdf"),
    })
}

fn hanging_data(
    job: &Job,
    (board, slot): (&Board, &Slot),
    hanging: &Hanging,
    names: &BTreeMap<&Hanging, String>,
    files: &mut Files,
) -> Option<HangingData> {
    let page = job.site.page(&hanging.poster)?;
    let language = job.site.settings.message_language();
    let poster = job.poster(hanging);
    let thumbnail = poster.map(|poster| {
        let path = format!("/preview/{}.png", poster.hash);
        // The thumbnail is sharp enough where a slot takes but a part of the sheet.
        let picture = match slot.area.size().width * LARGE_SHARE < board.size.width {
            true => &poster.thumbnail,
            false => &poster.preview,
        };
        files.insert(path.clone(), picture.clone());
        path
    });
    // A weekly period may begin before the month; its file then lies in the month before.
    let name = names.get(hanging).filter(|_| poster.is_some());
    Some(HangingData {
        title: job.title(hanging, page),
        from: Day::of(hanging.from, language),
        to: Day::of(hanging.to, language),
        kind: page.notice.as_ref().map(|notice| notice.kind.name()),
        thumbnail,
        size_name: slot.area.size().to_string(),
        file: name.map(|name| format!("{name}.pdf")),
    })
}

/// Names the period for people.
fn period_title(period: Period, language: Language) -> String {
    match (period, language) {
        (Period::Month { year, month }, Language::Chinese) => format!("{year}年{month}月"),
        (
            Period::Fortnight {
                year,
                month,
                second,
            },
            Language::Chinese,
        ) => {
            format!(
                "{year}年{month}月{}",
                if second { "下半月" } else { "上半月" }
            )
        }
        (Period::Week { year, week }, Language::Chinese) => format!("{year}年第{week}周"),
        (period, Language::English) => period.to_string(),
    }
}
