//! Where a board's slots lie: listed in mm, or arranged out of words like `8 x A3`; on the board
//! itself or on its panels.

use super::arrangement::{Arrangement, arrange, arrangement};
use crate::area::{Area, Size};
use crate::diag::{Code, Fills, Value as Said, Words, words};
use crate::read::yaml::{Node, Value};
use crate::read::{Fields, Form::*, Keys, values};
use crate::site::board::{Board, BoardKind, Header, Panel, Slot};

pub(super) const SLOT: Keys = &[
    ("id", &["编号"], Text),
    ("title", &["名称", "标题"], Text),
    ("at", &["位置"], Free),
    ("size", &["尺寸"], Text),
    ("visible", &["可见尺寸"], Text),
    ("fixed", &["固定"], Text),
];
pub(super) const PANEL: Keys = &[
    ("title", &["名称", "标题"], Text),
    ("at", &["位置"], Free),
    ("size", &["尺寸"], Text),
    ("slots", &["版面"], Maps(SLOT)),
];

/// What lies on a board.
pub(super) struct Laid {
    /// The board's size: as its file says, or as large as what lies on it.
    pub size: Option<Size>,
    /// Its leaves.
    pub panels: Vec<Panel>,
    /// Its slots, measured from the board's corner.
    pub slots: Vec<Slot>,
}

/// Part of a board on which slots lie.
#[derive(Clone, Copy)]
struct Room {
    /// Its upper left corner on the board, in mm.
    at: (f64, f64),
    /// How far down the banner reaches in it, in mm.
    top: f64,
    /// Its size, where known.
    size: Option<Size>,
    /// What a frame hides of each edge of a sheet, in mm.
    frame: f64,
    /// What each slot shows on a screen.
    screen: Option<Area>,
}

/// Reads slots and panels of a board of `size`.
pub(super) fn lay(
    fields: &Fields,
    size: Option<Size>,
    (kind, screen): (BoardKind, Option<Area>),
    header: Option<&Header>,
) -> Laid {
    let room = Room {
        at: (0.0, 0.0),
        top: header.map_or(0.0, |header| header.at.1 + header.size.height),
        size,
        frame: fields.length("frame", 0.0..=100.0, 1.0).unwrap_or(0.0),
        screen,
    };
    let mut laid = Laid {
        size,
        panels: Vec::new(),
        slots: Vec::new(),
    };
    let taken = room.lay(fields, &mut laid.slots);
    for panel_fields in fields.list("panels", PANEL) {
        if let Some(panel) = panel(&panel_fields, room, &mut laid.slots) {
            laid.panels.push(panel);
        }
    }
    if kind != BoardKind::Screen {
        laid.size = size.or(taken).or_else(|| around(&laid.panels));
        if laid.size.is_none() && fields.node("size").is_none() {
            fields.missing("size", "size: 2400x1200mm");
        }
    }
    laid
}

/// The size of what holds all `panels`.
fn around(panels: &[Panel]) -> Option<Size> {
    let far = |edge: fn(&Panel) -> f64| panels.iter().map(edge).reduce(f64::max);
    Some(Size::new(
        far(|panel| panel.at.0 + panel.size.width)?,
        far(|panel| panel.at.1 + panel.size.height)?,
    ))
}

/// Reads a panel: `{ title: 左扇, at: [0, 0], size: 1200x1200mm, slots: 4 x A3 }`; its slots are
/// measured from its own corner.
fn panel(fields: &Fields, board: Room, slots: &mut Vec<Slot>) -> Option<Panel> {
    let at = position(fields)?;
    let room = Room {
        at,
        top: (board.top - at.1).max(0.0),
        size: fields.size("size"),
        ..board
    };
    let first = slots.len();
    let size = room.lay(fields, slots);
    if size.is_none() && fields.node("size").is_none() {
        fields.missing("size", "size: 1200x1200mm");
    }
    let size = size?;
    for slot in &slots[first..] {
        let sheet = slot.area.size();
        let (right, bottom) = (
            slot.at.0 - at.0 + sheet.width,
            slot.at.1 - at.1 + sheet.height,
        );
        if right > size.width + 0.1 || bottom > size.height + 0.1 {
            let cause = words("leaves-panel")
                .with("right", right)
                .with("bottom", bottom)
                .with("width", size.width)
                .with("height", size.height);
            (fields.reader()).report(Code::SlotPlacement, &slot.span.range, |d| {
                d.with("slot", slot_named(&slot.id)).with("cause", cause)
            });
        }
    }
    Some(Panel {
        at,
        size,
        title: fields.text("title").map(|text| text.value),
    })
}

impl Room {
    /// Reads the slots under `slots:` into `slots`; returns the room's size, where it is known or
    /// follows from the slots.
    fn lay(&self, fields: &Fields, slots: &mut Vec<Slot>) -> Option<Size> {
        let Some(Node {
            value: Value::Scalar(_),
            ..
        }) = fields.node("slots")
        else {
            self.listed(fields, slots);
            return self.size;
        };
        match self.screen {
            Some(area) => self.pictures(fields, area, slots),
            None => self.arranged(fields, slots),
        }
    }

    fn listed(&self, fields: &Fields, slots: &mut Vec<Slot>) {
        for slot_fields in fields.list("slots", SLOT) {
            let Some(slot) = self.slot(&slot_fields) else {
                continue;
            };
            if slots.iter().any(|other| other.id == slot.id) {
                (slot_fields.reader()).report(Code::SameId, &slot.span.range, |d| {
                    d.with("id", &slot.id).with("other", words("other-slot"))
                });
                continue;
            }
            slots.push(slot);
        }
    }

    fn slot(&self, fields: &Fields) -> Option<Slot> {
        let id = fields.required_text("id", "id: \"1\"");
        let area = match self.screen {
            Some(area) => Some(area),
            None => sheet(fields, self.frame),
        };
        let at = match self.screen {
            Some(_) => Some((0.0, 0.0)),
            None => position(fields),
        };
        Some(Slot {
            title: fields.text("title").map(|text| text.value),
            at: self.on_board(at?),
            area: area?,
            fixed: fields.text("fixed").map(|text| text.value),
            span: (fields.reader()).span(&(fields.range.start..fields.range.start)),
            id: id?.value,
        })
    }

    /// Reads how many pictures a screen plays: `slots: 3`.
    fn pictures(&self, fields: &Fields, area: Area, slots: &mut Vec<Slot>) -> Option<Size> {
        let count = fields.integer("slots", 1..=60)?;
        let count = usize::try_from(count).ok()?;
        self.number(fields, slots, vec![((0.0, 0.0), area); count]);
        self.size
    }

    /// Reads sheets of one size, spread evenly: `slots: 8 x A3`.
    fn arranged(&self, fields: &Fields, slots: &mut Vec<Slot>) -> Option<Size> {
        let text = fields.text("slots")?;
        let (expected, example) = (words("sheets-of"), "8 x A3");
        let Arrangement { count, sheet } =
            fields.parsed("slots", expected, example, arrangement)?;
        let visible = framed(sheet, self.frame);
        let room = self
            .size
            .map(|size| Size::new(size.width, size.height - self.top));
        match arrange(count, sheet, room) {
            Ok((size, places)) => {
                let area = Area::Sheet {
                    size: sheet,
                    visible: visible.unwrap_or(sheet),
                };
                let below = |(x, y): (f64, f64)| ((x, y + self.top), area);
                self.number(fields, slots, places.into_iter().map(below).collect());
                Some(Size::new(size.width, size.height + self.top))
            }
            Err(most) => {
                let expected = words("fewer-sheets")
                    .with("most", most)
                    .with("sheet", sheet.words());
                let example = words("sheets-example")
                    .with("n", most.max(1))
                    .with("sheet", sheet.words());
                fields.bad_value("slots", &text.span.range, &text.value, expected, example);
                None
            }
        }
    }

    /// Adds slots and numbers them on from those that are there.
    fn number(&self, fields: &Fields, slots: &mut Vec<Slot>, places: Vec<((f64, f64), Area)>) {
        for (at, area) in places {
            slots.push(Slot {
                id: (slots.len() + 1).to_string(),
                title: None,
                at: self.on_board(at),
                area,
                fixed: None,
                span: fields.span("slots"),
            });
        }
    }

    fn on_board(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.at.0 + x, self.at.1 + y)
    }
}

/// What a frame leaves to see of a sheet; `None` where it hides all of it.
fn framed(sheet: Size, frame: f64) -> Option<Size> {
    let visible = Size::new(sheet.width - 2.0 * frame, sheet.height - 2.0 * frame);
    (visible.width > 0.0 && visible.height > 0.0).then_some(visible)
}

fn sheet(fields: &Fields, frame: f64) -> Option<Area> {
    if fields.node("size").is_none() {
        fields.missing("size", "size: A3");
    }
    let size = fields.size("size")?;
    let visible = fields
        .size("visible")
        .or(framed(size, frame))
        .unwrap_or(size);
    if visible.width > size.width || visible.height > size.height {
        let span = fields.span("visible");
        fields.bad_value(
            "visible",
            &span.range,
            visible.words(),
            words("smaller-size"),
            "277x400mm",
        );
        return None;
    }
    Some(Area::Sheet { size, visible })
}

/// Reads `at: [60, 80]` or `at: 60, 80`.
pub(super) fn position(fields: &Fields) -> Option<(f64, f64)> {
    if fields.node("at").is_none() {
        fields.missing("at", "at: [60, 80]");
        return None;
    }
    let texts = fields.texts("at");
    let parts: Vec<&str> = match texts.as_slice() {
        [one] => one.value.split([',', '，', '、']).collect(),
        several => several.iter().map(|text| text.value.as_str()).collect(),
    };
    let length = |text: &&str| values::length(text, 1.0, 0.0);
    match parts
        .iter()
        .map(length)
        .collect::<Option<Vec<_>>>()
        .as_deref()
    {
        Some([left, top]) => Some((*left, *top)),
        _ => {
            let span = fields.span("at");
            fields.bad_value(
                "at",
                &span.range,
                parts.join(", "),
                words("left-and-top"),
                "[60, 80]",
            );
            None
        }
    }
}

/// Reports slots that leave the board or lie on each other; a screen's share one place.
pub(super) fn check_placement(board: &Board, fields: &Fields) {
    if board.kind == BoardKind::Screen {
        return;
    }
    let slots = board.slots.iter().map(|slot| Rect {
        name: slot_named(&slot.id).value(),
        range: slot.span.range.clone(),
        at: slot.at,
        size: slot.area.size(),
    });
    let header = board.header.iter().map(|header| Rect {
        name: words("banner").value(),
        range: fields.span("header").range,
        at: header.at,
        size: header.size,
    });
    let rects: Vec<Rect> = slots.chain(header).collect();
    let report = |rect: &Rect, cause: Words| {
        fields
            .reader()
            .report(Code::SlotPlacement, &rect.range, |d| {
                d.with("slot", rect.name.clone()).with("cause", cause)
            });
    };
    for (index, rect) in rects.iter().enumerate() {
        let (left, top, right, bottom) = rect.edges();
        if right > board.size.width + 0.1 || bottom > board.size.height + 0.1 {
            report(
                rect,
                words("leaves-board")
                    .with("right", right)
                    .with("bottom", bottom)
                    .with("width", board.size.width)
                    .with("height", board.size.height),
            );
        }
        for other in &rects[..index] {
            let (l, t, r, b) = other.edges();
            if left < r && l < right && top < b && t < bottom {
                report(
                    rect,
                    words("overlaps-slot").with("other", other.name.clone()),
                );
            }
        }
    }
}

/// Names a slot in a message.
fn slot_named(id: &str) -> Words {
    words("slot-named").with("slot", id)
}

/// Where something lies on a board.
struct Rect {
    name: Said,
    range: std::ops::Range<usize>,
    at: (f64, f64),
    size: Size,
}

impl Rect {
    /// Returns its left, upper, right and lower edge.
    fn edges(&self) -> (f64, f64, f64, f64) {
        let (x, y) = self.at;
        (x, y, x + self.size.width, y + self.size.height)
    }
}
