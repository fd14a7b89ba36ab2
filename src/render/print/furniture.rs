//! What a board has beside its posters: the banner over it, and fillers for slots that the plan
//! leaves empty.
//!
//! Both are set by layouts like posters, from a page that stands in for the board's own.

use std::sync::Arc;

use serde_json::Value;

use super::{Job, numbers};
use crate::calendar::{Period, solar_term_between};
use crate::diag::{Code, Diagnostic, Diagnostics, Language, Spanned};
use crate::render::Artifact;
use crate::render::days::month_day;
use crate::site::{Area, Bin, Board, BoardKind, Page, PageContent, PosterWish, PrintWay, Slot};
use crate::typeset::{Failure, FitReport, Look, Manuscript, Sheet, Spot};

/// The layouts of banner, slogans and bins in the theme.
const HEADER: &str = "header";
const SLOGAN: &str = "campaign";
const BINS: &str = "sorting";
/// How many items a filler shows of each bin.
const ITEMS: usize = 3;

/// A kind of filler: the page that stands in, out of a blank one, by the turn it is.
type Kind = fn(&Job, &Page, usize) -> Option<Page>;

/// A filler for an empty slot.
pub(super) struct Filler {
    /// The page that stands in.
    page: Page,
    /// The sheet.
    pub sheet: Arc<Sheet>,
}

impl Filler {
    /// Returns what it says.
    pub(super) fn title(&self) -> &str {
        &self.page.title
    }
}

/// Returns the banner and the fillers of `board`.
pub(super) fn furniture(job: &Job, board: &Board, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    let mut artifacts = header_files(job, board, diagnostics);
    let numbers = numbers(board);
    for slot in board.free_slots() {
        let periods = Period::overlapping(board.cadence, job.month.first(), job.month.last());
        let is_empty = |period: &Period| {
            let mut hangings = job.plan.in_period(&board.id, &slot.id, *period);
            hangings.next().is_none()
        };
        if !periods.iter().any(is_empty) {
            continue;
        }
        if let Some(filler) = job.filler(board, slot) {
            let name = format!("{}-filler.pdf", numbers[slot.id.as_str()]);
            artifacts.push(job.artifact(board, &name, &filler.sheet.pdf));
            let spot = Spot::of(board, slot);
            artifacts.extend(shop_file(
                job,
                board,
                (&filler.page, &spot),
                &name,
                diagnostics,
            ));
        }
    }
    artifacts
}

fn header_files(job: &Job, board: &Board, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    let mut artifacts = Vec::new();
    let (Some(page), Some(spot)) = (header_page(job, board), header_spot(board)) else {
        return artifacts;
    };
    let Some(sheet) = job.sheet(&page, &spot, diagnostics) else {
        return artifacts;
    };
    if let Some(fit) = sheet.fit.as_ref().filter(|fit| !fit.fits) {
        diagnostics.push(long_header(job, board, &page, fit));
        return artifacts;
    }
    artifacts.push(job.artifact(board, "header.pdf", &sheet.pdf));
    artifacts.extend(shop_file(
        job,
        board,
        (&page, &spot),
        "header.pdf",
        diagnostics,
    ));
    artifacts
}

/// Says that the banner's words are too long for it.
fn long_header(job: &Job, board: &Board, page: &Page, fit: &FitReport) -> Diagnostic {
    let size = header_spot(board).map(|spot| spot.area.size().words());
    let long = Diagnostic::new(Code::LongHeader)
        .at(page.span.clone())
        .with("title", &page.title)
        .with("board", &board.title)
        .with_some("size", size)
        .with("distance", board.distance);
    match job.stand_in(page) {
        Some(manuscript) => manuscript.tell(&[manuscript.cut(fit)], long),
        None => long,
    }
}

/// Returns the sheet of a page that stands in as the shop takes it, where the board's go there.
fn shop_file(
    job: &Job,
    board: &Board,
    (page, spot): (&Page, &Spot),
    name: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Artifact> {
    let size = spot.area.size();
    let printing = &job.site.settings.printing;
    if !board.prints(PrintWay::Shop, &size, &printing.paper) {
        return None;
    }
    let bled = spot.with(Look {
        bleed: printing.bleed,
        ..Look::default()
    });
    let (width, height) = (size.width, size.height);
    let mut slug = format!("{}　{}　{width}×{height} mm", board.title, page.title);
    if let Some(make) = job.deeds().make(&board.make) {
        slug.push_str(&format!("　{make}"));
    }
    let manuscript = job.stand_in(page)?;
    match manuscript.shop(&bled, &slug, &job.press, job.cache) {
        Ok(pdf) => Some(job.artifact(board, &format!("shop/{name}"), &pdf?)),
        Err(failure) => {
            diagnostics.push(manuscript.failed(&failure));
            None
        }
    }
}

impl Job<'_> {
    /// Returns the banner of `board`, set; `None` where it has none.
    pub(super) fn header(&self, board: &Board) -> Option<Arc<Sheet>> {
        let page = header_page(self, board)?;
        self.fitting(&page, &header_spot(board)?)
    }

    /// Returns what fills `slot` where nothing hangs: a slogan, the month's solar term or the
    /// bins, by board, slot and month; what does not fit gives way to the next.
    pub(super) fn filler(&self, board: &Board, slot: &Slot) -> Option<Filler> {
        if board.kind == BoardKind::Screen || slot.fixed.is_some() {
            return None;
        }
        let own = self.site.page(&board.page)?;
        let spot = Spot::of(board, slot);
        let mut page = blank(own);
        page.id = format!("{}#{}-{}", board.page, slot.id, self.month);
        let kinds: [Kind; 3] = [slogan, term, bins];
        let at = board.slots.iter().position(|it| it.id == slot.id)?;
        let turn = at + usize::try_from(self.month.ordinal()).unwrap_or(0);
        (0..kinds.len()).find_map(|more| {
            let page = kinds[(turn + more) % kinds.len()](self, &page, turn)?;
            let sheet = self.fitting(&page, &spot)?;
            Some(Filler { page, sheet })
        })
    }

    /// Returns the banner of `board` with outlines in the place of type, where the press wants that.
    pub(super) fn outlined_header(&self, board: &Board) -> Result<Option<Arc<[u8]>>, Box<Failure>> {
        match (header_page(self, board), header_spot(board)) {
            (Some(page), Some(spot)) => self.outlined(&page, &spot),
            _ => Ok(None),
        }
    }

    /// Returns a filler so.
    pub(super) fn outlined_filler(
        &self,
        filler: &Filler,
        board: &Board,
        slot: &Slot,
    ) -> Result<Option<Arc<[u8]>>, Box<Failure>> {
        self.outlined(&filler.page, &Spot::of(board, slot))
    }

    fn outlined(&self, page: &Page, spot: &Spot) -> Result<Option<Arc<[u8]>>, Box<Failure>> {
        let manuscript = self.stand_in(page).filter(|_| self.press.outlines());
        match manuscript {
            Some(manuscript) => manuscript.outlined(spot, self.cache),
            None => Ok(None),
        }
    }

    /// Returns a page that stands in, ready to be set; `None` where the theme lacks its layout.
    fn stand_in<'p>(&'p self, page: &'p Page) -> Option<Manuscript<'p>> {
        let wish = page.poster.as_ref()?;
        Manuscript::new(self.site, self.engine, page, wish).ok()
    }

    /// Sets a page that stands in.
    fn sheet(&self, page: &Page, spot: &Spot, diagnostics: &mut Diagnostics) -> Option<Arc<Sheet>> {
        let manuscript = self.stand_in(page)?;
        match manuscript.set(spot, manuscript.set_key(spot), self.cache) {
            Ok(sheet) => sheet,
            Err(failure) => {
                diagnostics.push(manuscript.failed(&failure));
                None
            }
        }
    }

    /// Sets a page that stands in; `None` where it does not fit.
    fn fitting(&self, page: &Page, spot: &Spot) -> Option<Arc<Sheet>> {
        // What goes wrong is said once, where the files are made.
        let sheet = self.sheet(page, spot, &mut Diagnostics::default())?;
        let fits = sheet.fit.as_ref().is_none_or(|fit| fit.fits);
        fits.then_some(sheet)
    }

    /// Returns the theme's words for fillers.
    fn filler_words(&self, key: &str) -> Value {
        let phrases = self.engine.theme().phrases_of("poster");
        phrases["fillers"][key].clone()
    }
}

fn header_spot(board: &Board) -> Option<Spot> {
    let size = board.header.as_ref()?.size;
    Some(Spot {
        area: Area::Sheet {
            size,
            visible: size,
        },
        distance: board.distance,
        light: board.light,
        glass: board.glass,
        look: Look::default(),
        design: None,
        portion: None,
    })
}

fn header_page(job: &Job, board: &Board) -> Option<Page> {
    let header = board.header.as_ref()?;
    let blank = blank(job.site.page(&board.page)?);
    let issue = header.issue.then(|| issue(job));
    let mut page = with_layout(blank, HEADER, issue.as_deref());
    page.title = header.title.as_ref().unwrap_or(&board.title).clone();
    Some(page)
}

/// Says which issue of the year it is, of which month, and who made it: what inspectors look for on
/// a board.
fn issue(job: &Job) -> String {
    let settings = &job.site.settings;
    let (month, maker) = (job.month.first(), &settings.organisation);
    let (year, number) = (month.year(), month.month());
    match settings.message_language() {
        Language::Chinese => format!("{year}年第{number}期　{number}月　{maker}制"),
        Language::English => format!("No. {number}, {}, {maker}", job.month.title()),
    }
}

fn slogan(job: &Job, page: &Page, turn: usize) -> Option<Page> {
    let slogans = job.filler_words("slogans");
    let slogans = slogans.as_array().filter(|list| !list.is_empty())?;
    let slogan = &slogans[turn % slogans.len()];
    let topic = slogan["topic"].as_str().map(str::to_owned);
    let mut page = with_layout(page.clone(), SLOGAN, slogan["lead"].as_str());
    page.title = slogan["title"].as_str()?.to_owned();
    page.topics = topic.into_iter().collect();
    Some(page)
}

/// The solar term of the month: its first in even turns, its second in odd ones.
fn term(job: &Job, page: &Page, turn: usize) -> Option<Page> {
    let (first, last) = (job.month.first(), job.month.last());
    let middle = first.with().day(16).build().ok()?;
    let (from, to) = match turn.is_multiple_of(2) {
        true => (first, middle.yesterday().ok()?),
        false => (middle, last),
    };
    let (name, day) = solar_term_between(from, to)?;
    let words = &job.filler_words("terms")[name];
    let date = month_day(day, job.site.settings.message_language());
    let lead = match job.site.settings.message_language() {
        Language::Chinese => format!("{date}，{}", words["lead"].as_str()?),
        Language::English => format!("{date}: {}", words["lead"].as_str()?),
    };
    let mut page = with_layout(page.clone(), SLOGAN, Some(&lead));
    page.title = words["title"].as_str()?.to_owned();
    page.topics = vec!["trees".to_owned()];
    Some(page)
}

fn bins(job: &Job, page: &Page, turn: usize) -> Option<Page> {
    let words = job.filler_words("bins");
    let mut items = Vec::new();
    for bin in Bin::FOUR {
        let of_bin = job.site.items.iter().filter(|item| item.bin == bin);
        let of_bin: Vec<_> = of_bin.collect();
        if of_bin.len() < ITEMS {
            return None;
        }
        let chosen = (0..ITEMS).map(|at| of_bin[(turn * ITEMS + at) % of_bin.len()]);
        items.extend(chosen.map(|item| Spanned {
            value: item.name.clone(),
            span: page.span.clone(),
        }));
    }
    let mut page = with_layout(page.clone(), BINS, words["lead"].as_str());
    page.title = words["title"].as_str()?.to_owned();
    page.topics = vec!["sorting".to_owned()];
    page.items = items;
    Some(page)
}

/// A page with nothing on it but the address of `own`.
fn blank(own: &Page) -> Page {
    let blank = PageContent {
        picture: None,
        poster: None,
        notice: None,
        event: None,
        campaign: None,
        items: Vec::new(),
        figures: Vec::new(),
        indicators: Vec::new(),
        duties: Vec::new(),
        topics: Vec::new(),
        body: Arc::default(),
        ..(**own).clone()
    };
    blank.into()
}

fn with_layout(mut page: Page, layout: &str, lead: Option<&str>) -> Page {
    let span = page.span.clone();
    let wish = PosterWish {
        layout: Some(Spanned {
            value: layout.to_owned(),
            span: span.clone(),
        }),
        file: None,
        received: None,
        lead: lead.map(str::to_owned),
        short: None,
        figure: None,
        code: None,
        funds: None,
        options: Vec::new(),
        leaflets: Vec::new(),
        size: None,
        priority: 0,
        everywhere: false,
        at_least: 0,
        areas: Vec::new(),
        audience: Vec::new(),
        boards: Vec::new(),
        part: None,
        span,
    };
    page.poster = Some(wish);
    page
}
