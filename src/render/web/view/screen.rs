//! Full-screen pages for the browsers of screens: what hangs, one slide after the other.
//!
//! A page holds its slides itself, so that it runs from a disk and without scripts. Beside it lies
//! `slides.js`, the same list as a script, which the page asks for every few minutes: a script
//! can be asked for from a disk too. `worker.js` keeps all of it for times without network.

use jiff::civil::Date;
use serde::Serialize;
use tera::Context;

use crate::digest::short;
use crate::render::links;
use crate::render::web::facts::on_web::OnWeb;
use crate::render::web::facts::walls;
use crate::render::web::facts::website::Facts;
use crate::render::web::view::wall;
use crate::rotation::Hanging;
use crate::site::markdown::plain_text;
use crate::site::{Area, Board, BoardKind, Page, Settings, Slot};
use crate::typeset::Portion;

/// What a script of slides calls when it is read.
const CALLBACK: &str = "greenboardSlides";
/// How many characters are read in a second.
const A_SECOND: f64 = 6.0;
/// Until a new picture is taken in, in seconds.
const LOOKING: f64 = 2.0;
/// Longer nobody stands before one picture, and others wait for their turn.
const LONGEST: f64 = 40.0;
/// The theme's worker, which must lie beside the page that it serves.
pub(in crate::render::web) const WORKER: &str = "static/screen-worker.js";

/// Returns the boards that have a full-screen page, each with the page about it.
pub(in crate::render::web) fn screens<'a>(
    on_web: &OnWeb<'a>,
) -> impl Iterator<Item = (&'a Board, &'a Page)> {
    let screens = on_web.site.boards.iter();
    // A player shows one page, whatever languages the website has.
    let is_main = on_web.site.translated_from.is_none();
    let screens = screens.filter(move |board| is_main && board.kind == BoardKind::Screen);
    screens.filter_map(|board| Some((board, on_web.page(&board.page)?)))
}

/// Returns the folder of a screen's files.
fn folder(page: &Page) -> String {
    let below = page.url.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{below}/screen")
}

/// Returns the output file of a screen's page.
pub(in crate::render::web) fn url(page: &Page) -> String {
    format!("{}/index.html", folder(page))
}

/// Returns where the list of slides lies.
pub(in crate::render::web) fn slides_url(page: &Page) -> String {
    format!("{}/slides.js", folder(page))
}

/// Returns where the worker lies.
pub(in crate::render::web) fn worker_url(page: &Page) -> String {
    format!("{}/worker.js", folder(page))
}

/// The slides of a screen.
#[derive(Debug, Serialize)]
struct Slides {
    /// Changes with everything that is shown.
    version: String,
    /// How long each slide stands, in seconds.
    seconds: f64,
    /// From when to when the screen is lit, in minutes from midnight; always where absent.
    hours: Option<(u32, u32)>,
    timezone: String,
    slides: Vec<Slide>,
}

/// One slide.
#[derive(Debug, Serialize)]
struct Slide {
    title: String,
    /// The picture as seen from the screen's page.
    src: String,
    from: Date,
    to: Date,
    width: u32,
    height: u32,
    /// How long it stands, in seconds, where that is longer than the others: long words take their time.
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<f64>,
}

pub(in crate::render::web) fn fill(
    context: &mut Context,
    board: &Board,
    page: &Page,
    facts: &Facts,
) {
    let slides = Slides::new(board, page, facts);
    let today = facts.today();
    let shown = |slide: &&Slide| slide.from <= today && today <= slide.to;
    let first = slides
        .slides
        .iter()
        .find(shown)
        .map(|slide| slide.src.clone());
    context.insert("first", &first);
    context.insert("screen", &slides);
    context.insert("board", &wall::board_link(board, facts));
}

/// Returns the list of slides as a script.
pub(in crate::render::web) fn script(board: &Board, page: &Page, facts: &Facts) -> String {
    let json = serde_json::to_string_pretty(&Slides::new(board, page, facts));
    let json = json.expect("only text, numbers and lists of them");
    format!("{CALLBACK}({json});\n")
}

impl Slides {
    fn new(board: &Board, page: &Page, facts: &Facts) -> Self {
        let from = url(page);
        let today = facts.today();
        let mut slides: Vec<Slide> = Vec::new();
        for slot in board.free_slots() {
            let here = |it: &&Hanging| it.board == board.id && it.slot == slot.id && today <= it.to;
            let hangings = facts.plan.hangings.iter().filter(here);
            slides
                .extend(hangings.filter_map(|hanging| slide(hanging, (board, slot), &from, facts)));
        }
        let settings = &facts.site.settings;
        let mut view = Self {
            version: String::new(),
            seconds: board.seconds,
            hours: board.hours.map(|hours| (hours.from, hours.to)),
            timezone: zone(settings),
            slides,
        };
        let json = serde_json::to_vec(&view).expect("only text, numbers and lists of them");
        view.version = short(&json, 12);
        view
    }
}

/// Returns the name of the site's time zone, by which a screen knows which day it is.
pub(in crate::render::web) fn zone(settings: &Settings) -> String {
    settings
        .timezone
        .iana_name()
        .unwrap_or("Asia/Shanghai")
        .to_owned()
}

/// Returns the slide of a hanging, where its page is on the web and its poster was set.
fn slide(
    hanging: &Hanging,
    (board, slot): (&Board, &Slot),
    from: &str,
    facts: &Facts,
) -> Option<Slide> {
    let page = facts.page(&hanging.poster)?;
    let portion = facts.portions.of(hanging);
    let mut sheets = facts.walls.all().filter(|sheet| sheet.hanging == hanging);
    let poster = sheets.find_map(|sheet| sheet.poster)?;
    let path = walls::screen_path(poster);
    let (width, height) = match (slot.area, &poster.screen) {
        (
            Area::Screen {
                width_px,
                height_px,
                ..
            },
            Some(_),
        ) => (width_px, height_px),
        _ => poster.preview_px,
    };
    Some(Slide {
        title: Portion::behind(portion, &page.title, facts.site.settings.message_language()),
        src: links::relative(from, &path),
        from: hanging.from,
        to: hanging.to,
        width,
        height,
        seconds: portion.and_then(|it| reading_time(page, it, board.seconds)),
    })
}

/// How many seconds one of several pictures of `page` stands for who reads it; `None` where `usual` is enough.
fn reading_time(page: &Page, portion: Portion, usual: f64) -> Option<f64> {
    let letters = plain_text(&page.body).chars().count() / portion.of.max(1);
    let letters = u32::try_from(letters).unwrap_or(u32::MAX);
    let time = (f64::from(letters) / A_SECOND + LOOKING)
        .ceil()
        .min(LONGEST);
    (time > usual).then_some(time)
}
