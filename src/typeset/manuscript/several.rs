//! A formal notice on several sheets of one size that hang side by side, where one is too small for it.
//!
//! The theme's file sets the whole notice and gives as many pages as it takes at one size of type. Here the
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

impl Manuscript<'_> {
    /// Returns on how many sheets like that of `spot` it has room, where one is too small; `None` where
    /// several are out of the question.
    pub(super) fn sheets(&self, spot: &Spot) -> Result<Option<usize>, Box<Failure>> {
        if !self.may_be_several(spot) {
            return Ok(None);
        }
        let set = self.flow(spot, MOST_SHEETS, 0)?;
        let n_pages = set.n_pages();
        // What one sheet of the layout is too small for may have room on one of these: it takes two, with larger
        // type.
        let fits = set.fit()?.fits && n_pages <= MOST_SHEETS;
        Ok(fits.then_some(n_pages.max(2)))
    }

    /// Sets one of several sheets, with type as large as they allow; `None` where the notice is no such,
    /// or one sheet is enough for it.
    pub(super) fn portion(
        &self,
        spot: &Spot,
        portion: Portion,
    ) -> Result<Option<(Compiled, Option<FitReport>)>, Box<Failure>> {
        if !self.may_be_several(spot) || self.fits_on_one(spot)? {
            return Ok(None);
        }
        let mut best = self.flow(spot, portion.of, 0)?;
        if best.n_pages() > portion.of {
            // More sheets than hang: how much is too long is told of one.
            return Ok(None);
        }
        let (mut good, mut bad) = (0, MOST_STEPS + 1);
        while bad - good > 1 {
            let step = usize::midpoint(good, bad);
            let tried = self.flow(spot, portion.of, step)?;
            if tried.n_pages() <= portion.of && tried.fit()?.fits {
                (best, good) = (tried, step);
            } else {
                bad = step;
            }
        }
        let fit = best.fit()?;
        let fit = FitReport {
            fits: fit.fits && best.n_pages() <= portion.of,
            sheets: Some(portion.of),
            ..fit
        };
        let at = portion.number.clamp(1, best.n_pages().max(1)) - 1;
        Ok(Some((best.only(at), Some(fit))))
    }

    /// Formal notices on paper, where the theme has a way to set them so.
    fn may_be_several(&self, spot: &Spot) -> bool {
        self.page.is_stamped()
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
