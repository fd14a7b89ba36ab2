//! What goes to the printer and the wall, a folder a month.
//!
//! Each `Way` of printing makes its own files out of the same `Job`; a new one is a file
//! here and a line in one of the lists below.

mod batches;
mod changeover;
mod exports;
mod furniture;
mod leaflets;
mod office;
mod order;
mod overview;
mod papers;
mod pictures;
mod sheets;
mod shop;
mod strip;
#[cfg(test)]
mod tests;
mod tiles;
mod whole;
mod year;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::Artifact;
use super::export::{Deeds, numbers};
use crate::cache::{Cache, CacheKey};
use crate::calendar::Period;
use crate::cancel::Cancel;
use crate::diag::{Code, Diagnostic, Diagnostics, Warned};
use crate::poster::{Poster, Posters};
use crate::render::Output;
use crate::rotation::carry::ChangeOver;
use crate::rotation::{Carriage, Hanging, Plan, Portions};
use crate::site::{Board, Page, Site, Slot};
use crate::typeset::{Engine, Failure, Files, Manuscript, Portion, Press, Spot};

/// A way of printing: what it makes of one board.
type Way = fn(&Job, &Board, &mut Diagnostics) -> Vec<Artifact>;

/// All ways of printing a sheet.
const SHEET_WAYS: [Way; 7] = [
    sheets::sheets,
    office::office,
    shop::shop,
    tiles::tiles,
    pictures::jpg,
    pictures::tiff,
    strip::strip,
];

/// What a board takes besides its sheets.
const BOARD_WAYS: [Way; 4] = [
    furniture::furniture,
    overview::overview,
    changeover::changeover,
    whole::whole,
];

/// A way of printing what belongs to no one board: what it makes of the month.
type MonthWay = fn(&Job, &mut Diagnostics) -> Vec<Artifact>;

/// All of these.
const MONTH_WAYS: [MonthWay; 11] = [
    batches::batches,
    papers::large,
    papers::official,
    papers::slips,
    leaflets::leaflets,
    changeover::walk,
    changeover::rounds,
    order::order_sheet,
    year::year,
    exports::workbook,
    exports::calendar,
];

/// How much is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All that a month takes.
    Month,
    /// The sheets themselves.
    Sheets,
}

/// What is made at a time.
enum Task<'a> {
    Board(Way, &'a Board),
    Month(MonthWay),
}

/// Makes the files to be printed for a month: board by board the posters at full size, an
/// overview and the change-over sheets; for the month its order, its walks and the plan. Once `cancel` is
/// set, what has not been begun is left out.
pub fn print(
    site: &Site,
    engine: &Engine,
    (plan, posters): (&Plan, &Posters),
    (month, extent): (Period, Extent),
    cache: &Cache,
    cancel: &Cancel,
) -> Warned<Vec<Artifact>> {
    let job = Job {
        carriage: Carriage::new(site, plan),
        portions: plan.portions(site),
        site,
        engine,
        plan,
        posters,
        month,
        cache,
        press: Press::new(&site.settings.printing, &engine.theme().tokens),
    };
    let of_boards = site
        .boards
        .iter()
        .flat_map(|board| SHEET_WAYS.map(|way| Task::Board(way, board)));
    let mut tasks: Vec<Task> = of_boards.collect();
    if extent == Extent::Month {
        let beside = site.boards.iter();
        tasks.extend(beside.flat_map(|board| BOARD_WAYS.map(|way| Task::Board(way, board))));
        tasks.extend(MONTH_WAYS.map(Task::Month));
    }
    let done = engine.each(&tasks, |task| {
        let mut diagnostics = Diagnostics::default();
        let artifacts = match task {
            _ if cancel.is_set() => Vec::new(),
            Task::Board(way, board) => way(&job, board, &mut diagnostics),
            Task::Month(way) => way(&job, &mut diagnostics),
        };
        (artifacts, diagnostics)
    });
    let mut printed = Warned {
        value: Vec::new(),
        diagnostics: not_approved(&job),
    };
    for (artifacts, diagnostics) in done {
        printed.value.extend(artifacts);
        printed.diagnostics.extend(diagnostics);
    }
    printed
}

/// Says which pages are to hang in the month and are not printed because nobody has approved
/// them, or no longer.
fn not_approved(job: &Job) -> Diagnostics {
    let pages = job.hung().into_keys().filter_map(|id| job.site.page(id));
    let waiting = pages.filter(|page| !page.is_approved());
    let say = |page: &Page| {
        Diagnostic::new(Code::NotApproved)
            .at(page.title_span.clone())
            .with("title", &page.title)
    };
    waiting.map(say).collect()
}

/// A month to be printed.
struct Job<'a> {
    carriage: Carriage<'a>,
    /// Which of several sheets hangs where.
    portions: Portions,
    site: &'a Site,
    engine: &'a Engine,
    plan: &'a Plan,
    posters: &'a Posters,
    month: Period,
    cache: &'a Cache,
    press: Press,
}

impl<'a> Job<'a> {
    /// Returns words for what is done.
    fn deeds(&self) -> Deeds<'_> {
        Deeds {
            site: self.site,
            carriage: &self.carriage,
        }
    }

    /// Returns the change-overs of the month.
    fn changes(&self) -> impl Iterator<Item = &ChangeOver<'a>> {
        self.carriage.within(self.month.first(), self.month.last())
    }

    /// Returns what hangs on `board` within `period`, slot by slot in the board's order.
    fn hangings(&self, board: &'a Board, period: Period) -> Vec<(&'a Slot, Vec<&'a Hanging>)> {
        let hangings = |slot: &'a Slot| self.plan.in_period(&board.id, &slot.id, period).collect();
        let slots = board.slots.iter();
        slots.map(|slot| (slot, hangings(slot))).collect()
    }

    /// Returns the page of `hanging` made ready to be set; what is wrong with it was said when its
    /// poster was set.
    fn manuscript(&self, hanging: &Hanging) -> Option<Manuscript<'a>> {
        let page = self.site.page(&hanging.poster)?;
        let wish = page.poster.as_ref().filter(|_| page.is_approved())?;
        Manuscript::new(self.site, self.engine, page, wish).ok()
    }

    fn poster(&self, hanging: &Hanging) -> Option<&'a Poster> {
        let page = self.site.page(&hanging.poster)?;
        let posters = page.is_approved().then_some(self.posters)?;
        let poster = posters.get(hanging, &self.portions);
        poster.map(std::convert::AsRef::as_ref)
    }

    /// Describes the place of `hanging`, with its design there and the one of several sheets that it is.
    fn spot(&self, hanging: &Hanging, board: &Board, slot: &Slot) -> Spot {
        Spot {
            portion: self.portions.of(hanging),
            ..self.engine.spot(&hanging.poster, board, slot)
        }
    }

    /// Returns a sheet as a part of what a print shop's press takes, where that wants it otherwise.
    fn for_press(
        &self,
        hanging: &Hanging,
        (board, slot): (&Board, &Slot),
    ) -> Result<Option<Arc<[u8]>>, Box<Failure>> {
        let manuscript = self.manuscript(hanging).filter(|_| self.press.outlines());
        let Some(manuscript) = manuscript else {
            return Ok(None);
        };
        manuscript.outlined(&self.spot(hanging, board, slot), self.cache)
    }

    /// Names what hangs: the title of `page`, and which of its sheets where it has several.
    fn title(&self, hanging: &Hanging, page: &Page) -> String {
        let language = self.site.settings.message_language();
        Portion::behind(self.portions.of(hanging), &page.title, language)
    }

    /// Sets `data` with the theme's file `layout`, `files` beside it, as a PDF titled `title`.
    fn set(
        &self,
        layout: &str,
        title: &str,
        data: &impl Serialize,
        files: &Files,
    ) -> Result<Arc<[u8]>, Box<Failure>> {
        let json = serde_json::to_vec(data).expect("only text, numbers and lists of them");
        let mut parts: Vec<&[u8]> = vec![self.engine.fingerprint(), layout.as_bytes()];
        parts.extend([title.as_bytes(), &json]);
        for (path, bytes) in files {
            parts.extend([path.as_bytes(), bytes]);
        }
        let key = CacheKey::of(&parts);
        self.cache.bytes(key, || {
            let main = Engine::theme_path(layout);
            let mut compiled = self.engine.compile(&main, json.clone(), files)?;
            compiled.pdf(title, &key.short())
        })
    }

    /// Sets `data` like [`Job::set`], as a print shop's press takes it.
    fn set_for_press(
        &self,
        layout: &str,
        title: &str,
        data: &impl Serialize,
        files: &Files,
    ) -> Result<Arc<[u8]>, Box<Failure>> {
        if !self.press.asks() {
            return self.set(layout, title, data, files);
        }
        let json = serde_json::to_vec(data).expect("only text, numbers and lists of them");
        let mut parts: Vec<&[u8]> = vec![self.engine.fingerprint(), b"press", layout.as_bytes()];
        parts.extend([self.press.name(), title.as_bytes(), &json]);
        for (path, bytes) in files {
            parts.extend([path.as_bytes(), bytes]);
        }
        let key = CacheKey::of(&parts);
        self.cache.bytes(key, || {
            let main = Engine::theme_path(layout);
            let compiled = self.engine.compile(&main, json.clone(), files)?;
            self.press.printed(compiled, title, &key.short())
        })
    }

    /// Returns the pages that hang anywhere in the month, by id, with where they hang.
    fn hung(&self) -> BTreeMap<&'a str, Vec<&'a Hanging>> {
        let mut hung: BTreeMap<&str, Vec<&Hanging>> = BTreeMap::new();
        let hangings = self.plan.hangings.iter();
        for hanging in hangings.filter(|it| self.month.overlaps(it.from, it.to)) {
            hung.entry(&hanging.poster).or_default().push(hanging);
        }
        hung
    }

    /// Returns a file of the month that belongs to no one board.
    fn month_artifact(&self, name: &str, bytes: &Arc<[u8]>) -> Artifact {
        Artifact {
            output: Output::Print,
            path: format!("{}/{name}", self.month),
            content: bytes.clone().into(),
        }
    }

    fn artifact(&self, board: &Board, name: &str, bytes: &Arc<[u8]>) -> Artifact {
        Artifact {
            output: Output::Print,
            path: format!("{}/{}/{name}", self.month, board.id),
            content: bytes.clone().into(),
        }
    }

    /// Returns the file names, without ending, of all posters that hang on `board` in the month:
    /// the slot's number and the page's own name, and the first day where one slot holds several.
    fn names(&self, board: &'a Board) -> BTreeMap<&'a Hanging, String> {
        let numbers = numbers(board);
        let mut names = BTreeMap::new();
        for (slot, hangings) in self.hangings(board, self.month) {
            let number = &numbers[slot.id.as_str()];
            for hanging in &hangings {
                let stem = hanging.poster.rsplit('/').next().unwrap_or_default();
                let mut name = format!("{number}-{stem}");
                if hangings.len() > 1 {
                    name = format!("{name}-{}", hanging.from);
                }
                names.insert(*hanging, name);
            }
        }
        names
    }
}
