//! A poster on several sheets of one size that hang side by side, where one is too small for it; and words for
//! which their layout has no room in a plainer form, which may do with one.
//!
//! The theme's file sets the whole poster and gives as many pages as it takes at one size of type. Here the
//! largest size is found at which no more pages come out than sheets hang.

use super::super::data::Mode;
use super::super::{Compiled, Engine, Failure, FitReport, Portion, Setting, Spot};
use super::Manuscript;
use crate::area::Area;

/// The theme's file.
const SEVERAL: &str = "sheets/several.typ";
/// On more sheets than that nobody reads on.
const MOST_SHEETS: usize = 4;
/// The largest size of type: as many steps of 1.03 above the least, twice as large.
const MOST_STEPS: usize = 24;
/// The smallest sizes that are tried, in steps.
const FIRST_STEPS: [usize; 4] = [0, 1, 2, 4];

impl Manuscript<'_> {
    /// Says how it fits `spot` where its layout has no room for it, as `refused` says: in the plainer form on this
    /// one sheet, or on several like it.
    pub(super) fn relieved(
        &self,
        spot: &Spot,
        refused: FitReport,
    ) -> Result<FitReport, Box<Failure>> {
        if !self.has_other_form(spot) {
            return Ok(refused);
        }
        let Some((set, fit, _)) = self.least(spot, MOST_SHEETS)? else {
            return Ok(refused);
        };
        let n_pages = set.n_pages();
        if n_pages == 1 && !self.page.is_stamped() {
            return Ok(fit);
        }
        // A letter that one sheet is too small for may have room on one of these: it takes two, with larger type.
        let sheets = self.page.may_run_on().then_some(n_pages.max(2));
        Ok(FitReport { sheets, ..refused })
    }

    /// Sets it on one sheet in the plainer form, where its own has no room for it; `None` where that has none
    /// either.
    pub(super) fn plainer(
        &self,
        spot: &Spot,
    ) -> Result<Option<(Compiled, Option<FitReport>)>, Box<Failure>> {
        if self.page.is_stamped() || !self.has_other_form(spot) {
            return Ok(None);
        }
        let found = self.largest(spot, 1)?;
        Ok(found.map(|(set, fit)| (set, Some(fit))))
    }

    /// Sets one of several sheets, with type as large as they allow; `None` where the poster is no such,
    /// or one sheet is enough for it.
    pub(super) fn portion(
        &self,
        spot: &Spot,
        portion: Portion,
    ) -> Result<Option<(Compiled, Option<FitReport>)>, Box<Failure>> {
        let is_one = !self.has_other_form(spot) || !self.page.may_run_on();
        if is_one || self.fits_on_one(spot)? {
            return Ok(None);
        }
        // Where there are more sheets than hang, how much is too long is told of one.
        let Some((best, fit)) = self.largest(spot, portion.of)? else {
            return Ok(None);
        };
        if best.n_pages() == 1 && !self.page.is_stamped() {
            return Ok(None);
        }
        let fit = FitReport {
            sheets: Some(portion.of),
            ..fit
        };
        let at = portion.number.clamp(1, best.n_pages().max(1)) - 1;
        Ok(Some((best.only(at), Some(fit))))
    }

    /// Sets it on at most `of` sheets with type as large as they allow; `None` where they are too few.
    fn largest(
        &self,
        spot: &Spot,
        of: usize,
    ) -> Result<Option<(Compiled, FitReport)>, Box<Failure>> {
        let Some((mut best, mut best_fit, mut good)) = self.least(spot, of)? else {
            return Ok(None);
        };
        let mut bad = MOST_STEPS + 1;
        while bad - good > 1 {
            let step = usize::midpoint(good, bad);
            let tried = self.flow(spot, of, step)?;
            let fit = tried.fit()?;
            if fit.fits && tried.n_pages() <= of {
                (best, best_fit, good) = (tried, fit, step);
            } else {
                bad = step;
            }
        }
        Ok(Some((best, best_fit)))
    }

    /// Sets it on at most `of` sheets with the least type that does: the smallest, but where a table leaves too low
    /// a rest of a column for the end. Gives its step, too.
    fn least(
        &self,
        spot: &Spot,
        of: usize,
    ) -> Result<Option<(Compiled, FitReport, usize)>, Box<Failure>> {
        for step in FIRST_STEPS {
            let tried = self.flow(spot, of, step)?;
            let fit = tried.fit()?;
            if tried.n_pages() > of {
                break;
            }
            if fit.fits {
                return Ok(Some((tried, fit, step)));
            }
        }
        Ok(None)
    }

    /// Formal notices, and words, on paper, where the theme has a way to set them so.
    fn has_other_form(&self, spot: &Spot) -> bool {
        (self.page.is_stamped() || self.page.is_wordy())
            && matches!(&self.setting, Setting::Layout(_))
            && matches!(spot.area, Area::Sheet { .. })
            && self.engine.theme().files.contains_key(SEVERAL)
    }

    fn fits_on_one(&self, spot: &Spot) -> Result<bool, Box<Failure>> {
        let Setting::Layout(layout) = &self.setting else {
            return Ok(true);
        };
        let data = self.data(Mode::Measure, spot);
        let main = self.main(layout, spot);
        let set = self.engine.compile(&main, data, self.files())?;
        Ok(set.fit()?.fits)
    }

    /// Sets the whole notice with type of the size `step`, as many pages as that takes.
    fn flow(&self, spot: &Spot, of: usize, step: usize) -> Result<Compiled, Box<Failure>> {
        let data = self.portion_data(spot, of, step);
        let main = Engine::theme_path(SEVERAL);
        self.engine.compile(&main, data, self.files())
    }
}
