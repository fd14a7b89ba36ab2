//! One poster and all slots that it may hang in.

use super::{Fit, Fits, Place, Results};
use crate::cache::{Cache, CacheKey};
use crate::diag::{Code, Diagnostic, Diagnostics, Spanned, Value};
use crate::site::{Board, Page, PosterWish, Site, Slot};
use crate::typeset::{
    Engine, FitReport, Manuscript, Outside, Part, Setting, Spot, fonts_left_out, missing_families,
    missing_glyphs, missing_in_drawings, unknown_layout,
};

/// How long a title may be before the check advises a shorter one.
const LONG_TITLE: usize = 24;

/// A poster to be measured.
pub(super) struct Trial<'a> {
    pub(super) manuscript: Manuscript<'a>,
    cache: &'a Cache,
    candidates: Vec<Candidate<'a>>,
    glyphs: Diagnostics,
}

/// A slot that the poster may hang in.
struct Candidate<'a> {
    board: &'a Board,
    slot: &'a Slot,
    /// What is to be measured; `None` where the size rules it out.
    trial: Option<(CacheKey, Spot)>,
}

impl Candidate<'_> {
    /// Says how the poster fits, from this slot on, where `report` may say that one sheet is too small for it;
    /// `None` where it does not.
    fn fit(&self, report: &FitReport) -> Option<Fit> {
        if report.fits {
            return Some(Fit::Fits);
        }
        let board = self.board;
        // A screen with too few pictures in a row takes smaller type.
        let has_run = |n: &usize| board.free_slots().any(|slot| board.run(slot, *n).is_some());
        let wanted = [report.sheets, report.fewest];
        match wanted.into_iter().flatten().find(has_run)? {
            1 => Some(Fit::Fits),
            n => (board.run(self.slot, n)).map(|_| Fit::Several(n)),
        }
    }
}

/// A slot that the poster is too long for.
type Refusal<'a> = (&'a Candidate<'a>, &'a FitReport);

impl<'a> Trial<'a> {
    pub(super) fn new(
        site: &'a Site,
        engine: &'a Engine,
        page: &'a Page,
        wish: &'a PosterWish,
        cache: &'a Cache,
    ) -> Result<Self, Box<Diagnostic>> {
        let layouts = &engine.theme().layouts;
        let is_ours = |layout: &&Spanned<String>| {
            let info = layouts.get(&layout.value);
            info.is_some_and(|info| info.unasked)
        };
        if let Some(layout) = wish.layout.as_ref().filter(is_ours) {
            return Err(Box::new(unknown_layout(engine, layout)));
        }
        let manuscript = Manuscript::new(site, engine, page, wish)?;
        let mut candidates = Vec::new();
        // Most slots of a site are alike, and a key is made of all that the sheet shows.
        let mut known: Vec<(CacheKey, Spot)> = Vec::new();
        for board in site.boards.iter().filter(|board| may_hang(wish, board)) {
            for slot in board.free_slots() {
                let spot = Spot::of(board, slot);
                let trial = has_size(&manuscript, slot).then(|| {
                    let alike = known.iter().find(|(_, other)| *other == spot);
                    alike.copied().unwrap_or_else(|| {
                        known.push((manuscript.measure_key(&spot), spot));
                        known[known.len() - 1]
                    })
                });
                candidates.push(Candidate { board, slot, trial });
            }
        }
        let glyphs = match manuscript.setting() {
            Setting::Layout(_) => {
                let mut missing = missing_glyphs(engine, &manuscript);
                missing.extend(missing_families(engine, &manuscript));
                missing.extend(missing_in_drawings(engine, &manuscript));
                missing
            }
            Setting::Outside(Outside::Pdf { .. }) => told_of_fonts(site, page, wish),
            Setting::Outside(_) | Setting::Received => Diagnostics::default(),
        };
        Ok(Self {
            manuscript,
            cache,
            candidates,
            glyphs,
        })
    }

    /// Returns the spots to be measured.
    pub(super) fn spots(&self) -> impl Iterator<Item = (CacheKey, Spot)> {
        self.candidates
            .iter()
            .filter_map(|candidate| candidate.trial)
    }

    /// Adds to `fits` and `diagnostics` what `results` say of this poster.
    pub(super) fn report(&self, results: &Results, fits: &mut Fits, diagnostics: &mut Diagnostics) {
        diagnostics.extend(self.glyphs.clone());
        self.report_title(diagnostics);
        let mut refusals: Vec<Refusal> = Vec::new();
        let mut fitting: Vec<&Board> = Vec::new();
        for candidate in &self.candidates {
            let trial = candidate.trial;
            let fit = match trial.map(|(key, spot)| (&results[&key], spot)) {
                None => Fit::WrongSize,
                Some((Ok(report), spot)) => match candidate.fit(report) {
                    Some(fit) => {
                        fitting.push(candidate.board);
                        fit
                    }
                    None => {
                        refusals.push((candidate, report));
                        let spot = Spot {
                            portion: Spot::at_most(candidate.board, candidate.slot).portion,
                            ..spot
                        };
                        Fit::TooLong(self.manuscript.cuts(&spot, report, self.cache))
                    }
                },
                Some((Err(failure), _)) => {
                    diagnostics.push(self.manuscript.failed(failure));
                    return;
                }
            };
            fits.0.insert(self.place(candidate), fit);
        }
        if fitting.is_empty() {
            self.report_nowhere(&refusals, diagnostics);
        } else {
            self.report_demanded(&refusals, &fitting, diagnostics);
        }
    }

    /// Returns the first slot that it fits; where there is none, warns of how much is too long.
    pub(super) fn preview(
        &self,
        results: &Results,
        diagnostics: &mut Diagnostics,
    ) -> Option<Place> {
        diagnostics.extend(self.glyphs.clone());
        let mut refusals: Vec<Refusal> = Vec::new();
        for candidate in &self.candidates {
            match candidate.trial.map(|(key, _)| &results[&key]) {
                None => {}
                Some(Ok(report)) if report.fits => return Some(self.place(candidate)),
                Some(Ok(report)) => refusals.push((candidate, report)),
                Some(Err(failure)) => {
                    diagnostics.push(self.manuscript.failed(failure));
                    return None;
                }
            }
        }
        if let Some((candidate, report)) = loosest(&refusals) {
            let (board, slot) = (candidate.board, candidate.slot);
            let too_long = Code::DraftTooLong;
            let too_long = (self.manuscript).too_long_as(too_long, board, slot, report, self.cache);
            diagnostics.push(too_long);
        }
        None
    }

    fn place(&self, candidate: &Candidate) -> Place {
        let page = self.manuscript.page().id.clone();
        (page, candidate.board.id.clone(), candidate.slot.id.clone())
    }

    fn report_title(&self, diagnostics: &mut Diagnostics) {
        let page = self.manuscript.page();
        let length = page.title.chars().count();
        let is_set = matches!(self.manuscript.setting(), Setting::Layout(_));
        if is_set && length > LONG_TITLE {
            let long = Diagnostic::new(Code::LongTitle).at(page.title_span.clone());
            diagnostics.push(long.with("length", length));
        }
    }

    /// Says why the poster can hang in no slot at all.
    fn report_nowhere(&self, refusals: &[Refusal], diagnostics: &mut Diagnostics) {
        if let Some((candidate, report)) = loosest(refusals) {
            let nowhere = Diagnostic::new(Code::FitsNowhere)
                .at(self.manuscript.wish().span.clone())
                .with("title", &self.manuscript.page().title)
                .with("board", &candidate.board.title)
                .with("slot", &candidate.slot.id);
            let spot = Spot::of(candidate.board, candidate.slot);
            diagnostics.push(self.manuscript.refused(&spot, report, nowhere, self.cache));
        } else if !self.candidates.is_empty() {
            diagnostics.push(self.wrong_size_everywhere());
        }
    }

    /// Says that no slot has the size that the poster has or wants.
    fn wrong_size_everywhere(&self) -> Diagnostic {
        let wish = self.manuscript.wish();
        let mut sizes: Vec<Value> = Vec::new();
        for candidate in &self.candidates {
            let size = candidate.slot.area.size().words();
            if !sizes.contains(&size) {
                sizes.push(size);
            }
        }
        let known = Value::list(sizes);
        match (self.manuscript.setting(), &wish.file) {
            (Setting::Outside(outside), Some(file)) => Diagnostic::new(Code::OutsideSize)
                .at(file.span.clone())
                .with("file", &file.value)
                .with("actual", outside)
                .with("wanted", known),
            _ => {
                let size = wish.size.map(|size| size.words());
                Diagnostic::new(Code::NoSlotOfSize)
                    .at(wish.span.clone())
                    .with("title", &self.manuscript.page().title)
                    .with_some("size", size)
                    .with("known", known)
            }
        }
    }

    /// Says on which boards the poster is demanded and too long for every slot.
    fn report_demanded(
        &self,
        refusals: &[Refusal],
        fitting: &[&Board],
        diagnostics: &mut Diagnostics,
    ) {
        let wish = self.manuscript.wish();
        if !wish.everywhere && wish.boards.is_empty() {
            return;
        }
        let mut boards: Vec<&str> = Vec::new();
        for (candidate, _) in refusals {
            let board = candidate.board.id.as_str();
            let fits = fitting.iter().any(|fitting| fitting.id == board);
            if !fits && !boards.contains(&board) {
                boards.push(board);
            }
        }
        for board in boards {
            let there = refusals
                .iter()
                .filter(|(candidate, _)| candidate.board.id == board);
            let there: Vec<Refusal> = there.copied().collect();
            if let Some((candidate, report)) = loosest(&there) {
                let (board, slot) = (candidate.board, candidate.slot);
                let too_long = self.manuscript.too_long(board, slot, report, self.cache);
                diagnostics.push(too_long);
            }
        }
    }
}

/// Returns the slot that wants the least cut, the first of equals; one where title and lead find
/// room before any where they do not, for what of the text finds none there is not known yet.
fn loosest<'r>(refusals: &[Refusal<'r>]) -> Option<Refusal<'r>> {
    let by_overflow = |a: &&Refusal, b: &&Refusal| {
        let head = |it: &Refusal| it.1.part != Part::Body;
        let by_head = head(a).cmp(&head(b));
        by_head.then(a.1.overflow.total_cmp(&b.1.overflow))
    };
    refusals.iter().min_by(by_overflow).copied()
}

fn may_hang(wish: &PosterWish, board: &Board) -> bool {
    wish.welcomes(board)
}

/// Tells whether the slot is of the size that the poster has or wants.
fn has_size(manuscript: &Manuscript, slot: &Slot) -> bool {
    let area = &slot.area;
    let wanted = manuscript.wish().size;
    wanted.is_none_or(|size| size.is_same_sheet(&area.size()))
        && match manuscript.setting() {
            Setting::Outside(outside) => outside.fits(area),
            Setting::Layout(_) | Setting::Received => true,
        }
}

/// Says which fonts a finished PDF does not carry.
fn told_of_fonts(site: &Site, page: &Page, wish: &PosterWish) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let file = wish.file.as_ref();
    let found = file.and_then(|file| Some((file, site.assets.get(&file.value)?)));
    let Some((file, asset)) = found else {
        return diagnostics;
    };
    let fonts = fonts_left_out(&file.value, asset);
    if !fonts.is_empty() {
        let left_out = Diagnostic::new(Code::FontLeftOut)
            .at(file.span.clone())
            .with("title", &page.title)
            .with("fonts", Value::list(fonts));
        diagnostics.push(left_out);
    }
    diagnostics
}
