//! Boards as they hang, day by day, and where the wall rule is not kept on them: neighbours of one
//! skeleton or on one ground, more than half of the sheets paper-white, none dark, none bright, more than
//! three colourways.
//!
//! The rule is a wish: what offices say in their own name and sheets that show bins are plain whatever
//! hangs beside them, what hung stays as it hung, and a page looks the same on every board. Where it
//! cannot be kept this is said, once for each board.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::diag::{Code, Diagnostic, Diagnostics, Value, Words, words};
use crate::site::Site;
use crate::theme::Theme;
use crate::typeset::{Design, Ground, Shade};

/// So many colourways, the grounds for certain days and campaigns, may be on a board.
pub const COLOURWAYS: usize = 3;
/// So many breaks of the rule are named for each board.
const NAMED: usize = 3;

/// A board of paper as it hangs from a day on.
#[derive(Debug, Clone)]
pub struct Hung {
    /// The board's id.
    pub board: String,
    /// The first day.
    pub from: Date,
    /// The last day, before something else comes up or comes down.
    pub to: Date,
    /// Its sheets, in the order of its slots.
    pub sheets: Vec<HungSheet>,
    /// Pairs of neighbours among them.
    pub near: Vec<(usize, usize)>,
    /// Whether it stands behind glass, where nothing full is dark.
    pub glass: bool,
}

/// A sheet of such a board.
#[derive(Debug, Clone)]
pub struct HungSheet {
    /// The page's id.
    pub page: String,
    /// The slot's id.
    pub slot: String,
    /// What it has; `None` where it is plain.
    pub design: Option<Design>,
    /// The skeletons and grounds that it might have.
    pub skeletons: Vec<u8>,
    /// See `skeletons`.
    pub grounds: Vec<u8>,
    /// Whether it hung or was published before, and stays as it was.
    pub is_settled: bool,
    /// How it stands to the rule.
    pub manner: Manner,
    /// Its layout.
    pub layout: String,
}

/// How a sheet stands to the wall rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// It has a design as the rule wants it.
    Free,
    /// Its layout has one skeleton of its own, and colours as the rule wants them.
    Calm,
    /// An official notice or a sheet that shows bins: paper-white, and alike as it may be.
    Plain,
    /// A finished file from outside: nobody here knows its colours.
    Finished,
}

/// How the rule is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Two neighbours, by their places among the sheets, have one skeleton.
    Skeleton(usize, usize),
    /// Two neighbours have one ground.
    Ground(usize, usize),
    /// So many sheets are paper-white, which is more than half.
    White(usize),
    /// None is dark.
    NoDark,
    /// None is bright.
    NoBright,
    /// There are so many colourways.
    Colourways(usize),
}

impl HungSheet {
    fn ground<'a>(&self, grounds: &'a [Ground]) -> Option<&'a Ground> {
        grounds.get(usize::from(self.design?.ground))
    }

    fn is_white(&self, grounds: &[Ground]) -> bool {
        match self.manner {
            Manner::Plain => true,
            Manner::Finished => false,
            _ => (self.ground(grounds)).is_none_or(|it| it.shade == Shade::White),
        }
    }

    /// Whether the rule asks something of it: it has a design, and no rule of its own.
    pub fn is_free(&self) -> bool {
        matches!(self.manner, Manner::Free | Manner::Calm) && self.design.is_some()
    }
}

impl Hung {
    /// Where the rule is broken.
    pub fn faults(&self, theme: &Theme) -> Vec<Fault> {
        let grounds = Ground::all(&theme.tokens);
        let mut faults = self.alike();
        let n = self.sheets.len();
        if n < 2 {
            return faults;
        }
        let free = self.sheets.iter().filter(|it| it.is_free());
        let free: Vec<_> = free.filter_map(|it| it.ground(&grounds)).collect();
        // Where all are plain by rule, as those of a notice of several sheets, nothing is asked.
        if free.is_empty() {
            return faults;
        }
        let whites = (self.sheets.iter())
            .filter(|it| it.is_white(&grounds))
            .count();
        if whites * 2 > n {
            faults.push(Fault::White(whites));
        }
        // A finished file may well be dark or bright: that cannot be known.
        let is_known = (self.sheets.iter()).all(|it| it.manner != Manner::Finished);
        let has = |shade: Shade| !is_known || free.iter().any(|it| it.shade == shade);
        let lacks_dark = !self.glass && !has(Shade::Dark);
        match free.len() {
            // One sheet is dark or bright, as it may be.
            1 if self.glass || !has(Shade::Bright) && lacks_dark => {
                faults.extend((!has(Shade::Bright)).then_some(Fault::NoBright));
            }
            1 => {}
            _ => {
                faults.extend(lacks_dark.then_some(Fault::NoDark));
                faults.extend((!has(Shade::Bright)).then_some(Fault::NoBright));
            }
        }
        let colourways = free.iter().filter(|it| !it.for_days.is_empty());
        let colourways: BTreeSet<&str> = colourways.map(|it| it.name.as_str()).collect();
        if colourways.len() > COLOURWAYS {
            faults.push(Fault::Colourways(colourways.len()));
        }
        faults
    }

    /// Neighbours that are alike. Those of a notice of several sheets belong together.
    fn alike(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for &(a, b) in &self.near {
            let (one, other) = (&self.sheets[a], &self.sheets[b]);
            let both = one.design.zip(other.design);
            let Some((design, its)) = both.filter(|_| one.is_free() && other.is_free()) else {
                continue;
            };
            if one.page == other.page {
                continue;
            }
            // Layouts of one skeleton have it each in its own way.
            let calm = one.manner == Manner::Calm || other.manner == Manner::Calm;
            if design.skeleton == its.skeleton && (!calm || one.layout == other.layout) {
                faults.push(Fault::Skeleton(a, b));
            }
            if design.ground == its.ground {
                faults.push(Fault::Ground(a, b));
            }
        }
        faults
    }

    /// Says what is broken, of this board from this day on.
    fn said(&self, fault: Fault, site: &Site) -> Words {
        let title = |at: usize| {
            let page = &self.sheets[at].page;
            site.page(page)
                .map_or(page.clone(), |page| page.title.clone())
        };
        let said = match fault {
            Fault::Skeleton(a, b) => words("wall-same-skeleton")
                .with("title", title(a))
                .with("other", title(b)),
            Fault::Ground(a, b) => words("wall-same-ground")
                .with("title", title(a))
                .with("other", title(b)),
            Fault::White(n) => words("wall-white")
                .with("n", n)
                .with("all", self.sheets.len()),
            Fault::NoDark => words("wall-no-dark"),
            Fault::NoBright => words("wall-no-bright"),
            Fault::Colourways(n) => words("wall-colourways").with("n", n),
        };
        said.with("day", self.from)
    }

    /// What a fault is about, whatever the numbers of its sheets here.
    fn key(&self, fault: Fault) -> (u8, String) {
        let pair = |a: usize, b: usize| format!("{}\0{}", self.sheets[a].page, self.sheets[b].page);
        match fault {
            Fault::Skeleton(a, b) => (0, pair(a, b)),
            Fault::Ground(a, b) => (1, pair(a, b)),
            Fault::White(_) => (2, String::new()),
            Fault::NoDark => (3, String::new()),
            Fault::NoBright => (4, String::new()),
            Fault::Colourways(_) => (5, String::new()),
        }
    }
}

/// Says for each board where the rule is not kept from today on, in the order of days.
pub fn told(site: &Site, theme: &Theme, walls: &[Hung]) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for board in &site.boards {
        let walls = walls.iter().filter(|it| it.board == board.id);
        // What goes on for several turns of the board is one break.
        let mut known = BTreeSet::new();
        let mut named = Vec::new();
        for wall in walls.filter(|it| it.to >= site.today) {
            let mut now = BTreeSet::new();
            for fault in wall.faults(theme) {
                let what = wall.key(fault);
                if !known.contains(&what) {
                    named.push(Value::Words(wall.said(fault, site)));
                }
                now.insert(what);
            }
            known = now;
        }
        if named.is_empty() {
            continue;
        }
        let more = named.len().saturating_sub(NAMED);
        named.truncate(NAMED);
        let said = Diagnostic::new(Code::WallRule)
            .at(board.span.clone())
            .with("board", &board.title)
            .with("what", Value::List { named, more });
        diagnostics.push(said);
    }
    diagnostics
}
