//! What a span of days left behind, as it was gathered.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::gap::Gap;
use super::work::{CampaignKept, DutyKept, FigureKept};
use crate::calendar::{Cadence, Period};
use crate::diag::Language;
use crate::rotation::diary::{Diary, Score};
use crate::rotation::ledger::{Event, Hung, Photo, Record};
use crate::rotation::{Plan, Portions};
use crate::site::{Board, Notice, Page, Posting, Site, Stage};
use crate::typeset::Portion;

/// What a span of days left behind.
pub struct Evidence<'a> {
    /// The site.
    pub site: &'a Site,
    /// The plan.
    pub plan: &'a Plan,
    /// Which of several sheets hung where, by the plan and by what it has of the ledger.
    pub portions: Portions,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// All boards in walking order, then those that only the ledger knows.
    pub boards: Vec<BoardKept<'a>>,
    /// The titles of pages that are gone, as their texts had them when they hung.
    pub titles: BTreeMap<String, String>,
    /// What hung within the span, each once, by board, slot and day.
    pub records: Vec<Record>,
    /// The public notices and other notices with a posting period that shares a day with the span.
    pub notices: Vec<NoticeKept<'a>>,
    /// Campaigns and staged work plans that share a day with the span.
    pub campaigns: Vec<CampaignKept<'a>>,
    /// Duties that come round within the span.
    pub duties: Vec<DutyKept<'a>>,
    /// Activities, counts and problems of these days.
    pub diary: Diary,
    /// Figures that pages report.
    pub figures: Vec<FigureKept<'a>>,
    /// How often each topic hung in each month of the span.
    pub topics: Vec<TopicKept<'a>>,
    /// What the office's scoring tables say, by number.
    pub wordings: BTreeMap<String, Wording>,
    /// All numbers of indicators, with what serves each.
    pub indicators: Vec<Indicator<'a>>,
    /// What is missing, by kind and day.
    pub gaps: Vec<Gap>,
}

/// A board with its periods.
pub struct BoardKept<'a> {
    /// Its id.
    pub id: String,
    /// Its name; the id where the board is gone.
    pub title: String,
    /// The board, where it is still there.
    pub board: Option<&'a Board>,
    /// Its periods that have begun, in order.
    pub periods: Vec<PeriodKept<'a>>,
}

/// One period of a board.
pub struct PeriodKept<'a> {
    /// The period.
    pub period: Period,
    /// Slot by slot: what was planned and what hung.
    pub lines: Vec<Line>,
    /// Remarks of the period's days that belong to no slot, such as what a screen showed.
    pub notes: Vec<(Date, String)>,
    /// The photos of the period, each with the line that names it.
    pub photos: Vec<(&'a Event, &'a Photo)>,
}

/// A slot in a period.
#[derive(Debug, Clone)]
pub struct Line {
    /// The slot's id.
    pub slot: String,
    /// The slot's name for people.
    pub name: String,
    /// The titles of what was planned, in the order of days.
    pub planned: Vec<String>,
    /// What hung.
    pub hung: Option<Record>,
    /// Whether a line of the ledger says that what was planned did not hang.
    pub missed: bool,
}

/// A notice with a posting period.
pub struct NoticeKept<'a> {
    /// Its page.
    pub page: &'a Page,
    /// What makes it a notice.
    pub notice: &'a Notice,
    /// Its posting period.
    pub posting: Posting,
    /// Where and when it hung, by board and day.
    pub records: Vec<Record>,
}

/// A topic over the months of a span.
pub struct TopicKept<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub title: &'a str,
    /// How many posters of it were hung, month by month.
    pub months: Vec<usize>,
}

impl Evidence<'_> {
    /// Returns the title of a page; of one that is gone the last that hung, or its id.
    pub fn title<'t>(&'t self, page: &'t str) -> &'t str {
        title(self.site, &self.titles, page)
    }

    /// Names what hung: its page's title, and which of its sheets where it has several.
    pub fn hung(&self, hung: &Hung) -> String {
        let portion = (self.portions).at(&hung.board, &hung.slot, &hung.poster, hung.from);
        Portion::behind(portion, self.title(&hung.poster), Language::Chinese)
    }

    /// Returns the name of a board, or its id where it is gone.
    pub fn board_title<'t>(&'t self, board: &'t str) -> &'t str {
        let known = self.site.board(board);
        known.map_or(board, |board| &board.title)
    }

    /// Returns how many periods have begun and how many of them the ledger knows.
    pub fn periods(&self) -> (usize, usize) {
        let periods = || self.boards.iter().flat_map(|board| &board.periods);
        let known = |period: &&PeriodKept| period.lines.iter().any(|line| line.hung.is_some());
        (periods().count(), periods().filter(known).count())
    }

    /// Returns how many photos there are.
    pub fn n_photos(&self) -> usize {
        let periods = self.boards.iter().flat_map(|board| &board.periods);
        let photos = periods.flat_map(|period| &period.photos);
        let different: BTreeSet<_> = photos.map(|(_, photo)| &photo.path).collect();
        different.len()
    }

    /// Returns the months of the span, in order.
    pub fn months(&self) -> Vec<Period> {
        Period::overlapping(Cadence::Month, self.from, self.to)
    }

    /// Returns the last day of the span that is not still to come.
    pub fn until(&self) -> Date {
        self.to.min(self.site.today)
    }
}

/// Returns the title of a page; of one that is gone the last that hung, or its id.
pub(super) fn title<'t>(
    site: &'t Site,
    gone: &'t BTreeMap<String, String>,
    page: &'t str,
) -> &'t str {
    let known = site.page(page).map(|page| page.title.as_str());
    let title = known.or_else(|| gone.get(page).map(String::as_str));
    title.unwrap_or(page)
}

/// A number of the inspector's list with all that serves it.
#[derive(Default)]
pub struct Indicator<'a> {
    /// The number, such as `2.3`.
    pub number: String,
    /// Pages that carry it, with how often each was hung.
    pub pages: Vec<(&'a Page, usize)>,
    /// Boards whose pages carry it, by their place among the evidence's boards: periods that have
    /// begun, and those that the ledger knows.
    pub boards: Vec<(String, usize, usize)>,
    /// Stages, with the page of their plan.
    pub stages: Vec<(&'a Page, &'a Stage)>,
    /// Duties: title, what they came to, whether that was too little.
    pub duties: Vec<(String, String, bool)>,
    /// Figures: what they say.
    pub figures: Vec<String>,
    /// Activities: what they say.
    pub activities: Vec<String>,
    /// What was wrong, and how it ended.
    pub problems: Vec<String>,
    /// The files and lines that all this is known from.
    pub lines: BTreeSet<(String, usize)>,
    /// The places of its gaps among the evidence's.
    pub gaps: Vec<usize>,
    /// What the office's table says of it.
    pub wording: Option<Wording>,
    /// What one gives oneself, with its reason, and who mends what lacks till when.
    pub score: Option<Score>,
}

/// What the office's scoring table says of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Wording {
    /// What is asked.
    pub asked: String,
    /// How many points there are, as written.
    pub points: String,
    /// How it is looked at.
    pub method: String,
}
