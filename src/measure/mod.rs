//! Stage 3: which poster can be set legibly in which kind of slot.
//!
//! In: the [`Site`] and the theme. Out: [`Fits`]. It runs before the planner,
//! so that a plan never holds a sheet that cannot be set.

mod poster;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::cache::{Cache, CacheKey};
use crate::diag::{Diagnostics, Warned};
use crate::site::{Page, PosterWish, Site};
use crate::typeset::{Cut, Engine, Failure, FitReport, missing_in_settings};
use poster::Trial;

/// Measures every approved poster that can hang within the days `first..=last` for every free
/// slot that it may hang in.
pub fn measure(
    site: &Site,
    engine: &Engine,
    cache: &Cache,
    (first, last): (Date, Date),
) -> Warned<Fits> {
    let mut diagnostics = missing_in_settings(engine, &site.settings);
    let can_hang = |(page, _): &(&Page, _)| {
        page.date.is_none_or(|date| date <= last) && page.expires.is_none_or(|day| first <= day)
    };
    let pages = posters(site, Page::is_approved).filter(can_hang);
    let trials = trials(site, engine, pages, cache, &mut diagnostics);
    let results = run(engine, &trials, cache);
    let mut fits = Fits::default();
    for trial in &trials {
        trial.report(&results, &mut fits, &mut diagnostics);
    }
    Warned {
        value: fits,
        diagnostics,
    }
}

/// A page in a slot of a board, each by its id.
pub type Place = (String, String, String);

/// Finds for every poster that nobody has approved yet a slot to preview it in: the first that
/// it fits. One that fits nowhere is warned of.
pub fn drafts(site: &Site, engine: &Engine, cache: &Cache) -> Warned<Vec<Place>> {
    let mut diagnostics = Diagnostics::default();
    let pages = posters(site, |page| !page.is_approved());
    let trials = trials(site, engine, pages, cache, &mut diagnostics);
    let results = run(engine, &trials, cache);
    let places = trials.iter();
    let places = places.filter_map(|trial| trial.preview(&results, &mut diagnostics));
    Warned {
        value: places.collect(),
        diagnostics,
    }
}

/// What came out, by the key of what went in.
type Results = BTreeMap<CacheKey, Result<FitReport, Box<Failure>>>;

/// Measures equal poster and spot once.
fn run(engine: &Engine, trials: &[Trial], cache: &Cache) -> Results {
    let mut jobs = BTreeMap::new();
    for trial in trials {
        for (key, spot) in trial.spots() {
            jobs.entry(key).or_insert((trial, spot));
        }
    }
    let jobs: Vec<_> = jobs.into_iter().collect();
    engine
        .each(&jobs, |(key, (trial, spot))| {
            (*key, trial.manuscript.measure(spot, *key, cache))
        })
        .into_iter()
        .collect()
}

/// Returns the pages that ask for a poster and are `wanted`.
fn posters(
    site: &Site,
    wanted: impl Fn(&Page) -> bool,
) -> impl Iterator<Item = (&Page, &PosterWish)> {
    let pages = site.pages.iter().filter(move |page| wanted(page));
    pages.filter_map(|page| Some((page, page.poster.as_ref()?)))
}

/// Makes `pages` ready to be measured.
fn trials<'a>(
    site: &'a Site,
    engine: &'a Engine,
    pages: impl Iterator<Item = (&'a Page, &'a PosterWish)>,
    cache: &'a Cache,
    diagnostics: &mut Diagnostics,
) -> Vec<Trial<'a>> {
    let pages: Vec<_> = pages.collect();
    let ready = engine.each(&pages, |(page, wish)| {
        Trial::new(site, engine, page, wish, cache)
    });
    let mut trials = Vec::new();
    for ready in ready {
        match ready {
            Ok(trial) => trials.push(trial),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    trials
}

/// Which poster fits which slot.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fits(pub BTreeMap<(String, String, String), Fit>);

/// How a poster fits a slot.
#[derive(Debug, Clone, PartialEq)]
pub enum Fit {
    /// It can be set at the floor or above.
    Fits,
    /// It is too long for one sheet: it takes so many, in this slot and those right of it.
    Several(usize),
    /// It is too long: all that must go, of title, lead and text.
    TooLong(Vec<Cut>),
    /// It wants another size of sheet, or is a finished file of another size.
    WrongSize,
}

impl Fits {
    /// Tells whether the page `poster` can hang in slot `slot` of board `board`.
    pub fn fits(&self, poster: &str, board: &str, slot: &str) -> bool {
        self.get(poster, board, slot) == Some(&Fit::Fits)
    }

    /// Returns how the page `poster` fits slot `slot` of board `board`; `None` where it was not
    /// measured because page or slot rule each other out.
    pub fn get(&self, poster: &str, board: &str, slot: &str) -> Option<&Fit> {
        self.0
            .get(&(poster.to_owned(), board.to_owned(), slot.to_owned()))
    }
}
