//! Boards: real places that show posters.

use serde::Serialize;

use super::given::Picture;
use super::{Area, Millimetres, Size};
use crate::calendar::Cadence;
use crate::diag::Span;

/// A board, a window or a screen.
#[derive(Debug, Clone)]
pub struct Board {
    /// The file's stem, or `id:`.
    pub id: String,
    /// Its name, such as 东门宣传栏.
    pub title: String,
    /// The id of its page.
    pub page: String,
    /// What kind of thing it is.
    pub kind: BoardKind,
    /// Where it stands, in words.
    pub place: String,
    /// Its address, for those who look for it.
    pub address: Option<String>,
    /// A drawing of where it stands.
    pub map: Option<Picture>,
    /// Its place on the keeper's walk.
    pub order: i64,
    /// The whole board in mm.
    pub size: Size,
    /// How far away people stand, in metres; 1 where the board does not say.
    pub distance: f64,
    /// How well it is lit.
    pub light: Light,
    /// Whether it is behind glass.
    pub glass: bool,
    /// Who changes it. Not published unless the site says so.
    pub keeper: Option<String>,
    /// The area that it belongs to, such as 东片.
    pub area: Option<String>,
    /// Who passes by, such as 家长; everyone where empty.
    pub audience: Vec<String>,
    /// How often it changes.
    pub cadence: Cadence,
    /// In how many periods after it came down a poster may not return; the site's where absent.
    pub repeat_after: usize,
    /// How its sheets are printed beside the plain way; by their size where absent.
    pub print: Option<Vec<PrintWay>>,
    /// What its sheets are made of.
    pub make: Make,
    /// The banner over it.
    pub header: Option<Header>,
    /// Its leaves, where it has several.
    pub panels: Vec<Panel>,
    /// The spots for posters, in the file's order.
    pub slots: Vec<Slot>,
    /// The spots where it stands; one of the board's own title where it stands in one.
    pub places: Vec<Place>,
    /// How long a screen shows each of its pictures, in seconds.
    pub seconds: f64,
    /// From when to when a screen is lit; always where absent.
    pub hours: Option<Hours>,
    /// Where its file begins.
    pub span: Span,
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// Its beginning in minutes from midnight.
    pub from: u32,
    /// Its end; before its beginning where it lies in the next morning.
    pub to: u32,
}

impl Board {
    /// Finds a slot by its id.
    pub fn slot(&self, id: &str) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.id == id)
    }

    /// Tells whether a sheet of `size` is printed in this way too, where `paper` is the largest
    /// of the office's printer: as the board says, or else for the shop and in tiles if it is
    /// larger than that.
    pub fn prints(&self, way: PrintWay, size: &Size, paper: &Size) -> bool {
        match &self.print {
            Some(ways) => ways.contains(&way),
            None => way.is_usual() && !size.lies_on(paper),
        }
    }

    /// Returns how many of its slots are read as one, at most `most`.
    pub fn longest_run(&self, most: usize) -> usize {
        let runs = |n: &usize| self.free_slots().any(|slot| self.run(slot, *n).is_some());
        (2..=most).rev().find(runs).unwrap_or(1)
    }

    /// Returns the slots that the plan may fill.
    pub fn free_slots(&self) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(|slot| slot.fixed.is_none())
    }

    /// Returns `n` free slots of one size side by side in a row, from `first` to the right, or of a screen one
    /// after the other; `None` where there are not so many.
    pub fn run(&self, first: &Slot, n: usize) -> Option<Vec<&Slot>> {
        if self.kind == BoardKind::Screen {
            let from = self.free_slots().skip_while(|slot| slot.id != first.id);
            let run: Vec<&Slot> = from.take(n).collect();
            return (run.len() == n).then_some(run);
        }
        let mut run = vec![self.free_slots().find(|slot| slot.id == first.id)?];
        while run.len() < n {
            let last = run[run.len() - 1];
            let right = self.free_slots().filter(|slot| last.is_before(slot));
            run.push(right.min_by(|a, b| a.at.0.total_cmp(&b.at.0))?);
        }
        Some(run)
    }
}

/// What sheets are made of and how they are finished, in the words of the shop.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Make {
    /// What they are printed on, such as KT板 or 灯箱片; plain paper where absent.
    pub material: Option<String>,
    /// What is done with them then, such as 覆哑膜.
    pub finish: Vec<String>,
}

impl Make {
    /// Says it for the shop: `KT板，覆哑膜`; `None` where nothing is asked for.
    pub fn words(&self, comma: &str) -> Option<String> {
        let parts = self.material.iter().chain(&self.finish);
        let parts: Vec<&str> = parts.map(String::as_str).collect();
        (!parts.is_empty()).then(|| parts.join(comma))
    }
}

/// What kind of thing a board is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BoardKind {
    /// 宣传栏: a printed board.
    Board,
    /// 橱窗: a display window.
    Window,
    /// 屏: a screen; its slots are a play list.
    Screen,
}

/// A way of printing beside the plain PDF at real size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintWay {
    /// 印刷店: bleed and marks.
    Shop,
    /// 拼贴: sheets of an office printer, to be glued together.
    Tiles,
    /// 省墨: white ground and little ink, right in black and white.
    Office,
    /// JPG: a picture at real size, cut into pieces where a material is not wide enough.
    Jpg,
    /// TIFF: the same, true to the pixel.
    Tiff,
    /// 整版: the whole board as one file.
    Board,
}

impl PrintWay {
    /// Returns the folder of its files below that of the board; none where they lie in that itself.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Shop => "shop",
            Self::Tiles => "tiles",
            Self::Office => "office",
            Self::Jpg => "jpg",
            Self::Tiff => "tiff",
            Self::Board => "",
        }
    }

    /// Whether large sheets, or large boards, are printed so without being asked.
    fn is_usual(self) -> bool {
        matches!(self, Self::Shop | Self::Tiles | Self::Board)
    }
}

/// How well a board is lit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Light {
    /// Daylight or a lamp.
    #[default]
    Good,
    /// Shade, or dark in the evening.
    Poor,
}

/// One physical spot of a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Given, never renumbered.
    pub id: String,
    /// Its name, such as 3号楼1单元.
    pub title: String,
}

/// 栏头: the banner over a board, printed once and left.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Its upper left corner on the board, in mm.
    pub at: (Millimetres, Millimetres),
    /// Its size.
    pub size: Size,
    /// What it says; the board's name where absent.
    pub title: Option<String>,
    /// Whether it says the month's issue, the month and who made it.
    pub issue: bool,
}

/// A leaf of a board: a door, a wing, a frame of its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Panel {
    /// Its upper left corner on the board, in mm.
    pub at: (Millimetres, Millimetres),
    /// Its size.
    pub size: Size,
    /// What it is called.
    pub title: Option<String>,
}

/// A spot on a board for one poster.
#[derive(Debug, Clone)]
pub struct Slot {
    /// Given, never renumbered.
    pub id: String,
    /// Its name, where it has one.
    pub title: Option<String>,
    /// Left and top of the whole sheet on the board in mm; a screen's are 0, 0.
    pub at: (Millimetres, Millimetres),
    /// What is set for it.
    pub area: Area,
    /// What it is kept for, such as 党建; the plan never touches such a slot.
    pub fixed: Option<String>,
    /// Where it is written.
    pub span: Span,
}

/// Slots farther apart than this share of their width are not read as one.
const APART: f64 = 0.5;

impl Slot {
    /// Tells whether `other` is of the same size and lies right of it in the same row, with little between.
    fn is_before(&self, other: &Slot) -> bool {
        let (own, its) = (self.area, other.area);
        let (size, seen) = (own.size(), own.visible());
        let gap = other.at.0 - self.at.0 - size.width;
        let lower = (other.at.1 - self.at.1).abs();
        size.is_alike(&its.size())
            && seen.is_alike(&its.visible())
            && self.id != other.id
            && (0.0..=APART * size.width).contains(&gap)
            && lower <= 0.1 * size.height
    }
}
