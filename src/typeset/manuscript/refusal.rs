//! What keeps a poster off a slot, and what would help: words to cut, or a larger sheet.

use super::super::cut::{Cut, Shown, sentences, tell};
use super::super::setting::STAMPED;
use super::super::{Files, FitReport, Part, Spot};
use super::{Manuscript, Setting};
use crate::cache::Cache;
use crate::diag::{Code, Diagnostic};
use crate::site::markdown::plain_text;
use crate::site::{Area, Board, Page, PosterWish, Size, Slot};

/// The sheets of paper that boards usually take, in mm, from small to large.
const USUAL: [(f64, f64); 5] = [
    (210.0, 297.0),
    (297.0, 420.0),
    (420.0, 594.0),
    (594.0, 841.0),
    (600.0, 900.0),
];
const A4: Size = Size::new(210.0, 297.0);
/// How often a poster is tried with a shorter title or lead.
const TRIES: usize = 8;

impl Manuscript<'_> {
    /// Returns about how many characters must go for it to fit.
    pub fn cut(&self, report: &FitReport) -> Cut {
        Cut::of(self.part(report.part), report)
    }

    /// Says that the poster is too long for `slot` of `board`.
    pub fn too_long(
        &self,
        board: &Board,
        slot: &Slot,
        report: &FitReport,
        cache: &Cache,
    ) -> Diagnostic {
        self.too_long_as(Code::TooLong, board, slot, report, cache)
    }

    /// Says so in the words of `code`.
    pub fn too_long_as(
        &self,
        code: Code,
        board: &Board,
        slot: &Slot,
        report: &FitReport,
        cache: &Cache,
    ) -> Diagnostic {
        let too_long = Diagnostic::new(code)
            .at(self.wish.span.clone())
            .with("title", &self.page.title)
            .with("board", &board.title)
            .with("slot", &slot.id)
            .with("size", slot.area.size().words())
            .with("distance", board.distance);
        self.refused(&Spot::at_most(board, slot), report, too_long, cache)
    }

    /// Fills in all that keeps it off `spot`, where `report` says what is too long, and what helps.
    pub fn refused(
        &self,
        spot: &Spot,
        report: &FitReport,
        diagnostic: Diagnostic,
        cache: &Cache,
    ) -> Diagnostic {
        let cuts = self.cuts(spot, report, cache);
        let of_text = cuts.iter().find(|cut| cut.part == Part::Body);
        let sentences = of_text.and_then(|cut| sentences(&plain_text(&self.body), cut.characters));
        let diagnostic = diagnostic
            .with_some("larger", self.larger(spot, cache).map(|it| it.words()))
            .with_some("sentences", sentences)
            .with_some("pages", self.stamped_pages(cache));
        self.tell(&cuts, diagnostic)
    }

    /// Returns how many pages its stamped edition on A4 has; `None` where it has none.
    fn stamped_pages(&self, cache: &Cache) -> Option<usize> {
        if !self.page.is_stamped() {
            return None;
        }
        // What is stamped says all, not only what the poster shows.
        let wish = PosterWish {
            part: None,
            ..self.wish.clone()
        };
        let whole = Manuscript::new(self.site, self.engine, self.page, &wish).ok()?;
        let paper = whole.paper(STAMPED, &Spot::in_hand(A4), &Files::new(), cache);
        paper.ok().map(|paper| paper.n_pages)
    }

    /// Fills in what must go.
    pub fn tell(&self, cuts: &[Cut], diagnostic: Diagnostic) -> Diagnostic {
        let shown = match self.wish.part {
            Some(_) => Shown::Part,
            None => Shown::All,
        };
        tell(cuts, shown, diagnostic)
    }

    /// Returns all that must go for it to fit `spot`, where `report` says what is too long: what it says first, but
    /// where it has a form that holds more, on as many sheets as there may be.
    ///
    /// A title that finds no room hides what of the text finds none: the poster is tried with the
    /// title that would just fit, and so on, so that nobody shortens one to hear of the other.
    pub fn cuts(&self, spot: &Spot, report: &FitReport, cache: &Cache) -> Vec<Cut> {
        let report = &self.told(spot, report, cache);
        let mut cuts = vec![self.cut(report)];
        let (mut page, mut wish) = (self.page.clone(), self.wish.clone());
        for _ in 0..TRIES {
            let Some(last) = cuts.iter().rfind(|cut| cut.part != Part::Body) else {
                break;
            };
            let shorter = |text: &str| {
                let left = text.chars().count().saturating_sub(last.characters);
                text.chars().take(left.max(1)).collect::<String>()
            };
            match last.part {
                Part::Title => page.title = shorter(&self.page.title),
                _ => wish.lead = self.wish.lead.as_deref().map(shorter),
            }
            let Some(next) = self
                .tried(&page, &wish, spot, cache)
                .filter(|next| !next.fits)
            else {
                break;
            };
            let (more, text) = (self.cut_of(&page, &wish, &next), self.part(next.part));
            match cuts.iter_mut().find(|cut| cut.part == next.part) {
                Some(cut) if next.part != Part::Body => cut.and(more, text),
                _ => {
                    cuts.push(more);
                    if next.part == Part::Body {
                        break;
                    }
                }
            }
        }
        cuts
    }

    /// Says what is too long in the form that holds most, where `report` tells of its layout's own.
    fn told(&self, spot: &Spot, report: &FitReport, cache: &Cache) -> FitReport {
        let best = self.in_best_form(spot, cache).filter(|best| {
            report.part != best.part && best.part == Part::Body
                || report.part == best.part && best.overflow < report.overflow
        });
        match best {
            Some(best) => FitReport {
                table: best.table.or(report.table),
                ..best
            },
            None => report.clone(),
        }
    }

    /// Returns the smallest usual sheet larger than that of `spot` that it would fit, read from as far.
    fn larger(&self, spot: &Spot, cache: &Cache) -> Option<Size> {
        let spot = &spot.alone();
        let Area::Sheet { size, .. } = spot.area else {
            return None;
        };
        let larger = USUAL.map(|(short, long)| match size.width <= size.height {
            true => Size::new(short, long),
            false => Size::new(long, short),
        });
        let larger = larger.into_iter().filter(|it| {
            it.width >= size.width && it.height >= size.height && !it.is_same_sheet(&size)
        });
        larger.into_iter().find(|size| {
            let area = Area::Sheet {
                size: *size,
                visible: *size,
            };
            let tried = self.tried(self.page, self.wish, &Spot { area, ..*spot }, cache);
            tried.is_some_and(|fit| fit.fits)
        })
    }

    /// Tries another page with this one's text.
    fn tried(
        &self,
        page: &Page,
        wish: &PosterWish,
        spot: &Spot,
        cache: &Cache,
    ) -> Option<FitReport> {
        let other = Manuscript::new(self.site, self.engine, page, wish).ok()?;
        let Setting::Layout(_) = &other.setting else {
            return None;
        };
        let alone = spot.alone();
        let fit = other
            .measure(&alone, other.measure_key(&alone), cache)
            .ok()?;
        let of = spot.portion.map_or(1, |portion| portion.of);
        Some(match fit.fits || fit.sheets.is_some_and(|n| n <= of) {
            true => FitReport { fits: true, ..fit },
            false => other.told(spot, &fit, cache),
        })
    }

    /// Returns the words of a part.
    fn part(&self, part: Part) -> &str {
        match part {
            Part::Body => &self.text,
            Part::Title => &self.page.title,
            Part::Lead => self.wish.lead.as_ref().unwrap_or(&self.text),
        }
    }

    fn cut_of(&self, page: &Page, wish: &PosterWish, report: &FitReport) -> Cut {
        let text = match report.part {
            Part::Body => &self.text,
            Part::Title => &page.title,
            Part::Lead => wish.lead.as_ref().unwrap_or(&self.text),
        };
        Cut::of(text, report)
    }
}
