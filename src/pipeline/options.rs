//! What a run is asked for, and how far it has come.

use std::sync::Arc;

use jiff::civil::Date;

use crate::calendar::{Cadence, Period};
use crate::cancel::Cancel;
use crate::read::Spool;
use crate::render::Output;
use crate::render::archive::{self, Wanted};
use crate::render::web::Visibility;
use crate::share;
use crate::site::Site;

/// From this day of a month on, a build prints the next month too.
const NEXT_MONTH_FROM: i8 = 20;

/// What a run is asked for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The months to print; the present one, and the next from the 20th, where empty.
    pub months: Vec<Period>,
    /// The only output to make; all where absent.
    pub only: Option<Output>,
    /// The one page whose sheets are printed, and nothing beside them; all where absent.
    pub alone: Option<Alone>,
    /// Which pages the website shows.
    pub visibility: Visibility,
    /// The last step to take; all where absent.
    pub last: Option<Step>,
    /// The paper to make in place of website and prints.
    pub paper: Option<Wanted>,
    /// The office's own forms, to be filled beside a paper.
    pub forms: Vec<archive::Form>,
    /// What to make for accounts, groups and screens in place of website and prints.
    pub share: Option<share::Wanted>,
    /// Whether the website is made ready for visitors or left plain.
    pub finish: Finish,
    /// Where files wait until all are made.
    pub spool: Spool,
    /// Looked at between the steps: where it is set, the run ends there and has made nothing.
    pub cancel: Cancel,
}

/// Finds one page of a site: its id.
pub type FindPage = dyn Fn(&Site) -> Option<String> + Send + Sync;

/// Finds the one page that is printed, once the site is read.
#[derive(Clone)]
pub struct Alone(pub Arc<FindPage>);

impl std::fmt::Debug for Alone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Alone")
    }
}

/// How a website leaves the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Finish {
    /// Plain, as a preview and a check want it.
    #[default]
    Plain,
    /// Ready for visitors: small pictures, cut fonts, short files.
    Delivered,
}

/// How far a run has come, for a progress line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Reading files.
    Read,
    /// Trying which poster fits where.
    Measure,
    /// Planning.
    Plan,
    /// Setting posters.
    Posters,
    /// Making pages and sheets.
    Render,
    /// Making photos small and fonts short.
    Deliver,
    /// Waiting for another run that writes the site.
    Wait,
    /// Writing.
    Write,
}

impl Options {
    /// Returns the months that are printed.
    pub(super) fn printed(&self, today: Date) -> Vec<Period> {
        if !self.months.is_empty() {
            return self.months.clone();
        }
        let present = Period::containing(Cadence::Month, today);
        if today.day() >= NEXT_MONTH_FROM {
            vec![present, present.next()]
        } else {
            vec![present]
        }
    }
}
