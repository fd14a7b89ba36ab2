//! A poster on several sheets of one size that hang side by side, or several pictures of a screen that are shown
//! in turn, where one is too small for it; and words for which their layout has no room in a plainer form, which
//! may do with one.
//!
//! The theme's file sets the whole poster and gives as many pages as it takes at one size of type. Here the
//! largest size is found at which no more pages come out than sheets hang.

use super::super::data::Mode;
use super::super::spot::MOST_SHEETS;
use super::super::{Compiled, Engine, Failure, FitReport, Portion, Setting, Spot};
use super::Manuscript;
use crate::area::Area;
use crate::cache::Cache;

/// The theme's file.
const SEVERAL: &str = "sheets/several.typ";
/// The largest size of type: as many steps of 1.03 above the least, twice as large.
const MOST_STEPS: usize = 24;
/// The smallest sizes that are tried on paper, in steps.
const FIRST_STEPS: [usize; 4] = [0, 1, 2, 4];
/// The same on a screen: first the size that serves readers at 0.8 of its distance, on as many pictures as that
/// takes, for nobody walks up to a screen.
const FIRST_ON_SCREEN: [usize; 6] = [10, 5, 0, 1, 2, 4];

/// A last sheet that is less full is bare.
const LITTLE: f64 = 0.4;
/// The shares of the sheets' height that are tried then.
const LOWER: [f64; 6] = [0.9, 0.82, 0.75, 0.69, 0.64, 0.6];

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
        let most = match self.page.may_run_on() {
            true => MOST_SHEETS,
            false => 1,
        };
        let Some((set, fit, step)) = self.least(spot, most)? else {
            return Ok(refused);
        };
        let n_pages = set.n_pages();
        if n_pages == 1 && self.has_plainer(spot) {
            return Ok(fit);
        }
        // A letter that one sheet is too small for may have room on one of these: it takes two, with larger type.
        let sheets = self.page.may_run_on().then_some(n_pages.max(2));
        let fewest = match sheets {
            Some(n) if step > 0 => self.fewest(spot, n)?,
            _ => None,
        };
        Ok(FitReport {
            sheets,
            fewest,
            ..refused
        })
    }

    /// Says how much of it is too long for as many sheets as the portion of `spot` says, in the form that holds most;
    /// `None` where its own is that.
    pub(super) fn in_best_form(&self, spot: &Spot, cache: &Cache) -> Option<FitReport> {
        let of = match spot.portion {
            Some(portion) if self.page.may_run_on() => portion.of,
            _ => 1,
        };
        let spot = &spot.alone();
        if !self.has_other_form(spot) || of == 1 && !self.has_plainer(spot) {
            return None;
        }
        let key = self.key(&self.portion_data(spot, of, (0, 1.0)));
        let fit = cache.value(key, || self.flow(spot, of, (0, 1.0))?.fit());
        // A table may take a little larger type.
        fit.ok().filter(|fit| !fit.fits)
    }

    /// Returns on how few pictures of a screen it can be shown, with the least type; `None` where they are no
    /// fewer than `n`.
    fn fewest(&self, spot: &Spot, n: usize) -> Result<Option<usize>, Box<Failure>> {
        let tried = self.flow(spot, n, (0, 1.0))?;
        let fewest = tried.fit()?.fits.then(|| tried.n_pages());
        Ok(fewest.filter(|fewest| *fewest < n))
    }

    /// Sets it on one sheet in the plainer form, where its own has no room for it; `None` where that has none
    /// either.
    pub(super) fn plainer(
        &self,
        spot: &Spot,
    ) -> Result<Option<(Compiled, Option<FitReport>)>, Box<Failure>> {
        if !self.has_plainer(spot) || !self.has_other_form(spot) {
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
        if best.n_pages() == 1 && self.has_plainer(spot) {
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
            let tried = self.flow(spot, of, (step, 1.0))?;
            let fit = tried.fit()?;
            if fit.fits && tried.n_pages() <= of {
                (best, best_fit, good) = (tried, fit, step);
            } else {
                bad = step;
            }
        }
        self.balanced(spot, of, good, (best, best_fit)).map(Some)
    }

    /// Ends the words of all sheets higher up where the last one would be left with little: a table may forbid the
    /// larger type that would fill it.
    fn balanced(
        &self,
        spot: &Spot,
        of: usize,
        step: usize,
        mut best: (Compiled, FitReport),
    ) -> Result<(Compiled, FitReport), Box<Failure>> {
        let is_bare = best.1.last.is_some_and(|last| last < LITTLE);
        if !is_bare || best.0.n_pages() < 2 || best.0.n_pages() < of {
            return Ok(best);
        }
        for low in LOWER {
            let tried = self.flow(spot, of, (step, low))?;
            let fit = tried.fit()?;
            if !fit.fits || tried.n_pages() > of {
                break;
            }
            best = (tried, fit);
        }
        Ok(best)
    }

    /// Sets it on at most `of` sheets with the least type that does: the smallest, but where a table leaves too low
    /// a rest of a column for the end. Gives its step, too.
    fn least(
        &self,
        spot: &Spot,
        of: usize,
    ) -> Result<Option<(Compiled, FitReport, usize)>, Box<Failure>> {
        let steps = match spot.area {
            Area::Sheet { .. } => &FIRST_STEPS[..],
            Area::Screen { .. } => &FIRST_ON_SCREEN[..],
        };
        for &step in steps {
            let tried = self.flow(spot, of, (step, 1.0))?;
            let fit = tried.fit()?;
            if tried.n_pages() > of {
                // On a screen smaller type comes next, and takes fewer.
                if step == 0 || matches!(spot.area, Area::Sheet { .. }) {
                    break;
                }
                continue;
            }
            if fit.fits {
                return Ok(Some((tried, fit, step)));
            }
        }
        Ok(None)
    }

    /// Whether it has a plainer form on one sheet: a formal notice has none on paper, where it makes room by itself.
    fn has_plainer(&self, spot: &Spot) -> bool {
        !self.page.is_stamped() || matches!(spot.area, Area::Screen { .. })
    }

    /// Formal notices, and words, where the theme has a way to set them so; a strip of lamps shows a title alone.
    fn has_other_form(&self, spot: &Spot) -> bool {
        let Setting::Layout(layout) = &self.setting else {
            return false;
        };
        let theme = self.engine.theme();
        let info = theme.layouts.get(layout);
        (self.page.is_stamped() || info.is_some_and(|info| info.runs_on))
            && !spot.area.is_strip()
            && theme.files.contains_key(SEVERAL)
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

    /// Sets the whole notice with type of the size `step`, on a share of the sheets' height, as many pages as that
    /// takes.
    fn flow(&self, spot: &Spot, of: usize, step: (usize, f64)) -> Result<Compiled, Box<Failure>> {
        let data = self.portion_data(spot, of, step);
        let main = Engine::theme_path(SEVERAL);
        self.engine.compile(&main, data, self.files())
    }
}
