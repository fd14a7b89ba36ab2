//! What a page's poster wants to be, and where it wants to hang.

use super::given::GivenOption;
use super::{Board, Size};
use crate::diag::{SitePath, Span, Spanned};

/// A form of leaflets, all printed on A4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaflet {
    /// Two A5 on a sheet.
    A5,
    /// Four A6 on a sheet.
    A6,
    /// 三折页: two sides, folded twice.
    ThreeFold,
}

/// What a page's poster wants to be.
#[derive(Debug, Clone)]
pub struct PosterWish {
    /// The layout's name; `None` for a finished file.
    pub layout: Option<Spanned<String>>,
    /// A finished file from outside.
    pub file: Option<Spanned<SitePath>>,
    /// How many copies came finished from outside.
    pub received: Option<u32>,
    /// One line, read standing.
    pub lead: Option<String>,
    /// The title in a few words, for passers-by, where a layout sets the whole title small.
    pub short: Option<String>,
    /// A number with its unit, to be set as large as a picture.
    pub figure: Option<String>,
    /// Settings of the layout; the theme's defaults for those not named.
    pub options: Vec<GivenOption>,
    /// Where its code leads, such as to a questionnaire elsewhere; to the page where absent.
    pub code: Option<String>,
    /// Which money pays for printing it; the site's where absent.
    pub funds: Option<String>,
    /// The leaflets that are made of it too.
    pub leaflets: Vec<Leaflet>,
    /// The sheet that it wants; any slot it fits where absent.
    pub size: Option<Size>,
    /// 0 to 3; 1 where absent.
    pub priority: u8,
    /// Whether it must hang on every board that can take it.
    pub everywhere: bool,
    /// On how many boards it must hang at least, within the planned days.
    pub at_least: usize,
    /// The areas whose boards it may hang on; all where empty.
    pub areas: Vec<Spanned<String>>,
    /// Whom it is for: only boards that such people pass, or that name nobody; all where empty.
    pub audience: Vec<Spanned<String>>,
    /// The boards that it may hang on; all where empty.
    pub boards: Vec<Spanned<String>>,
    /// The bytes of the page's text that the poster shows; all where absent.
    pub part: Option<std::ops::Range<usize>>,
    /// Where it is written.
    pub span: Span,
}

impl PosterWish {
    /// Tells whether the poster may hang on `board`: it names the board or none, and the board's
    /// area and those who pass by are among those that it is for.
    pub fn welcomes(&self, board: &Board) -> bool {
        let named = |wanted: &[Spanned<String>], found: &str| {
            wanted.is_empty() || wanted.iter().any(|it| it.value == found)
        };
        let for_them = self.audience.is_empty()
            || board.audience.is_empty()
            || self
                .audience
                .iter()
                .any(|it| board.audience.contains(&it.value));
        named(&self.boards, &board.id)
            && named(&self.areas, board.area.as_deref().unwrap_or_default())
            && for_them
    }
}
