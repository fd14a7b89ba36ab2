//! Reading a board's file.

use super::people::person;
use super::slots::{self, position};
use crate::area::{Area, Size};
use crate::calendar::Cadence;
use crate::diag::{Code, Spanned, words};
use crate::read::yaml::{Node, Value};
use crate::read::{Fields, Form::*, Keys, find_word, values};
use crate::site::board::{Board, BoardKind, Header, Hours, Light, Make, Place, PrintWay};
use crate::site::given::Picture;
use crate::site::settings::Settings;

/// The keys that a board's file has besides those of every page.
pub(super) const KEYS: Keys = &[
    ("kind", &["类型"], Text),
    ("place", &["地点"], Text),
    ("address", &["地址"], Text),
    ("map", &["位置图"], Text),
    ("map_alt", &["位置图说明"], Text),
    ("seconds", &["每画面秒数", "停留秒数"], Number),
    ("hours", &["开屏时间"], Text),
    ("size", &["尺寸"], Text),
    ("width", &["宽度"], Text),
    ("distance", &["观看距离"], Number),
    ("light", &["光线"], Text),
    ("glass", &["玻璃"], Flag),
    ("keeper", &["管理人"], Text),
    ("area", &["片区"], Text),
    ("audience", &["人群"], Texts),
    ("period", &["周期", "更换周期"], Text),
    ("repeat_after", &["间隔期数"], Whole),
    ("print", &["打印"], Texts),
    ("material", &["材质", "材料"], Text),
    ("finish", &["工艺", "后道"], Texts),
    ("header", &["栏头"], Map(HEADER)),
    ("slots", &["版面"], Maps(slots::SLOT)),
    ("frame", &["边框"], Number),
    ("panels", &["分栏", "栏板"], Maps(slots::PANEL)),
    ("places", &["点位"], TextsOr(PLACE)),
];
const HEADER: Keys = &[
    ("at", &["位置"], Free),
    ("size", &["尺寸"], Text),
    ("title", &["名称", "标题"], Text),
    ("issue", &["期号"], Flag),
];
const PLACE: Keys = &[("id", &["编号"], Text), ("title", &["名称", "标题"], Text)];

/// How long a screen shows a picture that a passer-by is to read, in seconds.
const SECONDS: f64 = 12.0;

const KINDS: &[(&str, BoardKind)] = &[
    ("board", BoardKind::Board),
    ("宣传栏", BoardKind::Board),
    ("window", BoardKind::Window),
    ("橱窗", BoardKind::Window),
    ("screen", BoardKind::Screen),
    ("屏", BoardKind::Screen),
    ("电子屏", BoardKind::Screen),
];
const LIGHTS: &[(&str, Light)] = &[
    ("good", Light::Good),
    ("好", Light::Good),
    ("poor", Light::Poor),
    ("差", Light::Poor),
];
const PRINT_WAYS: &[(&str, PrintWay)] = &[
    ("shop", PrintWay::Shop),
    ("印刷店", PrintWay::Shop),
    ("打印店", PrintWay::Shop),
    ("tiles", PrintWay::Tiles),
    ("拼贴", PrintWay::Tiles),
    ("office", PrintWay::Office),
    ("省墨", PrintWay::Office),
    ("jpg", PrintWay::Jpg),
    ("图片", PrintWay::Jpg),
    ("tiff", PrintWay::Tiff),
    ("tif", PrintWay::Tiff),
    ("TIFF", PrintWay::Tiff),
    ("board", PrintWay::Board),
    ("整版", PrintWay::Board),
];
const CADENCES: &[(&str, Cadence)] = &[
    ("month", Cadence::Month),
    ("月", Cadence::Month),
    ("fortnight", Cadence::Fortnight),
    ("半月", Cadence::Fortnight),
    ("week", Cadence::Week),
    ("周", Cadence::Week),
];

/// What a board's file says beyond its page.
pub(in crate::site) struct BoardFile<'a> {
    /// The file's keys.
    pub fields: &'a Fields<'a>,
    /// The page's id.
    pub page: &'a str,
    /// The board's id.
    pub id: &'a str,
    /// Its name.
    pub title: &'a str,
    /// Its place on the walk.
    pub order: i64,
    /// A drawing of where it stands.
    pub map: Option<Picture>,
}

/// Reads the board; `None` where what is wrong leaves nothing to plan with.
pub(in crate::site) fn read_board(file: &BoardFile, settings: &Settings) -> Option<Board> {
    let fields = file.fields;
    let kind = fields.word("kind", KINDS).unwrap_or(BoardKind::Board);
    let (size, screen) = board_size(fields, kind);
    let header = header(fields);
    let laid = slots::lay(fields, size, (kind, screen), header.as_ref());
    let repeat_after = fields.integer("repeat_after", 0..=104);
    let board = Board {
        id: file.id.to_owned(),
        title: file.title.to_owned(),
        page: file.page.to_owned(),
        kind,
        place: fields
            .text("place")
            .map(|text| text.value)
            .unwrap_or_default(),
        address: fields.text("address").map(|text| text.value),
        map: file.map.clone(),
        order: file.order,
        size: laid.size?,
        distance: (fields.length("distance", 0.3..=50.0, 1000.0)).unwrap_or(1.0),
        light: fields.word("light", LIGHTS).unwrap_or_default(),
        glass: fields.flag("glass").unwrap_or(false),
        keeper: person(fields, "keeper", settings),
        area: fields.text("area").map(|text| text.value),
        audience: (fields.texts("audience").into_iter())
            .map(|text| text.value)
            .collect(),
        cadence: fields.word("period", CADENCES).unwrap_or_default(),
        repeat_after: repeat_after.map_or(settings.rotation.repeat_after, |k| {
            usize::try_from(k).unwrap_or(0)
        }),
        print: print_ways(fields),
        make: Make {
            material: fields.text("material").map(|text| text.value),
            finish: (fields.texts("finish").into_iter())
                .map(|text| text.value)
                .collect(),
        },
        header,
        panels: laid.panels,
        slots: laid.slots,
        places: places(fields, file),
        seconds: (fields.number("seconds", 3.0..=600.0, &["秒钟", "秒", "s"])).unwrap_or(SECONDS),
        hours: fields.parsed("hours", words("hours"), "7:00–21:30", hours),
        span: fields.span("slots"),
    };
    if board.slots.is_empty() {
        let said = ["slots", "panels"]
            .iter()
            .any(|key| match fields.node(key) {
                Some(node) => node.value != Value::List(Vec::new()),
                None => false,
            });
        if !said {
            let range = fields.span("slots").range;
            fields
                .reader()
                .report(Code::NoSlot, &range, |d| d.with("board", file.title));
        }
    }
    slots::check_placement(&board, fields);
    Some(board)
}

/// Reads the whole size in mm; for a screen its area too.
fn board_size(fields: &Fields, kind: BoardKind) -> (Option<Size>, Option<Area>) {
    if kind != BoardKind::Screen {
        return (fields.size("size"), None);
    }
    if fields.node("size").is_none() {
        fields.missing("size", "size: 1920x1080");
    }
    if fields.node("width").is_none() {
        fields.missing("width", "width: 3200mm");
    }
    let pixels = fields.parsed("size", words("screen-pixels"), "1920x1080", pixels);
    let width = fields.parsed(
        "width",
        words("screen-width"),
        "3200mm",
        values::millimetres,
    );
    let area = pixels
        .zip(width)
        .map(|((width_px, height_px), width)| Area::Screen {
            width_px,
            height_px,
            width,
        });
    (area.map(|area| area.size()), area)
}

/// Reads `7:00–21:30`, also with full-width signs, `至` or `到`, and `早上7点到晚上9点半`.
fn hours(text: &str) -> Option<Hours> {
    let plain: String = text.chars().map(values::half_width).collect();
    let (from, to) = plain.split_once(['-', '~', '～', '至', '到'])?;
    let minutes = |clock: &str| {
        let is_late = clock.contains(['晚', '下']);
        let clock = clock.trim_matches(|c: char| c.is_whitespace() || "早晚上中下午傍".contains(c));
        let (hour, minute) = clock.split_once([':', '点', '时'])?;
        let hour: u32 = hour.trim().parse().ok().filter(|hour| *hour <= 24)?;
        let hour = hour + if is_late && hour < 12 { 12 } else { 0 };
        let minute = minute.trim_end_matches('分').trim();
        let minute = match minute {
            "" | "整" => 0,
            "半" => 30,
            minute => minute.parse::<u32>().ok().filter(|minute| *minute < 60)?,
        };
        Some(hour * 60 + minute).filter(|minutes| *minutes <= 24 * 60)
    };
    let hours = Hours {
        from: minutes(from)?,
        to: minutes(to)?,
    };
    (hours.from != hours.to).then_some(hours)
}

/// Reads how its sheets are printed: `print: [shop, tiles]`.
fn print_ways(fields: &Fields) -> Option<Vec<PrintWay>> {
    fields.node("print")?;
    let way = |text: &Spanned<String>| {
        let known = find_word(text, PRINT_WAYS);
        if known.is_none() {
            fields.unknown_word("print", text, PRINT_WAYS.iter().map(|(word, _)| *word));
        }
        known
    };
    Some(fields.texts("print").iter().filter_map(way).collect())
}

fn pixels(text: &str) -> Option<(u32, u32)> {
    let plain: String = text
        .chars()
        .map(values::half_width)
        .collect::<String>()
        .to_ascii_lowercase();
    let plain = plain.trim().trim_end_matches("px").trim_end_matches("像素");
    let (width, height) = plain.split_once(['x', '×', '*', '乘'])?;
    let side = |text: &str| {
        text.trim()
            .parse()
            .ok()
            .filter(|px| (16..=16_384).contains(px))
    };
    Some((side(width)?, side(height)?))
}

/// Reads the banner: `header: { at: [70, 40], size: 2260x130mm, title: 绿色生活 }`.
fn header(fields: &Fields) -> Option<Header> {
    let header = fields.fields("header", HEADER)?;
    if header.node("size").is_none() {
        header.missing("size", "size: 2260x130mm");
    }
    Some(Header {
        at: position(&header)?,
        size: header.size("size")?,
        title: header.text("title").map(|text| text.value),
        issue: header.flag("issue").unwrap_or(false),
    })
}

/// Reads where the board stands: places with an id, or names that are ids too.
fn places(fields: &Fields, file: &BoardFile) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for (id, title) in named_places(fields) {
        if places.iter().any(|place| place.id == id.value) {
            (fields.reader()).report(Code::SameId, &id.span.range, |d| {
                d.with("id", &id.value).with("other", words("other-place"))
            });
            continue;
        }
        places.push(Place {
            title: title.unwrap_or_else(|| id.value.clone()),
            id: id.value,
        });
    }
    if places.is_empty() {
        places.push(Place {
            id: file.id.to_owned(),
            title: file.title.to_owned(),
        });
    }
    places
}

fn named_places(fields: &Fields) -> Vec<(Spanned<String>, Option<String>)> {
    let is_named = |node: &Node| match &node.value {
        Value::List(items) => !items.iter().any(|item| matches!(item.value, Value::Map(_))),
        Value::Scalar(_) => true,
        _ => false,
    };
    if fields.node("places").is_some_and(is_named) {
        let names = fields.texts("places").into_iter();
        return names.map(|name| (name, None)).collect();
    }
    let place = |place: &Fields| {
        let id = place.required_text("id", "id: 3-1");
        let title = place.text("title").map(|text| text.value);
        Some((id?, title))
    };
    let places = fields.list("places", PLACE);
    places.iter().filter_map(place).collect()
}
