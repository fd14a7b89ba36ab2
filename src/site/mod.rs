//! Stage 2: sources into the typed [`Site`], everything checked.
//!
//! In: the [`Tree`](crate::read::Tree) of files. Out: pages, sections, boards, sorting items and
//! the calendar as typed values that cite each other by id, and all that was wrong with them.
//! Nothing here knows how a page looks or where a poster hangs.

pub mod board;
pub mod markdown;
pub mod page;
pub mod settings;
pub mod sorting;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

pub use crate::area::{Area, Millimetres, Size};
pub use board::{Board, BoardKind, Light, Place, Slot};
pub use page::{Approval, Campaign, Event, Notice, NoticeKind, Page, PosterWish, Posting, Stage};
pub use settings::Settings;
pub use sorting::{Bin, SortingItem};

use crate::calendar::Calendar;
use crate::diag::SitePath;

/// All that the user has said, understood.
#[derive(Debug)]
pub struct Site {
    /// `greenboard.yaml`.
    pub settings: Settings,
    /// All pages, sections' own pages among them, ordered by id.
    pub pages: Vec<Page>,
    /// All sections, ordered by id.
    pub sections: Vec<Section>,
    /// All boards in walking order.
    pub boards: Vec<Board>,
    /// The things people look up, in the file's order.
    pub items: Vec<SortingItem>,
    /// Environmental days, local days and legal holidays.
    pub calendar: Calendar,
    /// Files that are neither text nor data: pictures and finished posters, by path.
    pub assets: BTreeMap<SitePath, Arc<[u8]>>,
    /// The day of the build.
    pub today: Date,
}

/// A folder of pages.
#[derive(Debug, Clone)]
pub struct Section {
    /// The folder below `content/`; the home page's is the empty text.
    pub id: String,
    /// Its page, which is among [`Site::pages`] under the same id.
    pub title: String,
    /// How its pages are ordered.
    pub sort: Sort,
    /// Place among its siblings; smaller comes first.
    pub order: i64,
    /// The section above; `None` for the home page.
    pub parent: Option<String>,
    /// Ids of the pages directly in it, sorted; without its own page.
    pub pages: Vec<String>,
    /// Ids of the sections directly in it, sorted.
    pub sections: Vec<String>,
}

/// The order of a section's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Newest first.
    #[default]
    Date,
    /// By title.
    Title,
    /// By the pages' `order`.
    Order,
}

impl Site {
    /// Finds a page by its id.
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.pages
            .binary_search_by(|page| page.id.as_str().cmp(id))
            .ok()
            .map(|at| &self.pages[at])
    }

    /// Finds a section by its id.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// Finds a board by its id.
    pub fn board(&self, id: &str) -> Option<&Board> {
        self.boards.iter().find(|board| board.id == id)
    }

    /// Finds a sorting item by its name or one of its other names.
    pub fn item(&self, name: &str) -> Option<&SortingItem> {
        self.items.iter().find(|item| item.is_called(name))
    }
}
