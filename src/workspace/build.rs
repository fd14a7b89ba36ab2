//! Website and prints as they shall be; where nothing changed, the last build's word for it.

use jiff::tz::TimeZone;

use super::issue::{Issued, Target};
use super::open::Workspace;
use super::told::Told;
use crate::diag::{Code, Diagnostics, Language};
use crate::pipeline::{Finish, Options, Outcome, Step};
use crate::read::Inputs;
use crate::write::{Before, State};

/// What a build is asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// Months, outputs and what the website shows.
    pub options: Options,
    /// Where each output goes.
    pub targets: Vec<Target>,
    /// The language in which it is told; the site's where absent.
    pub language: Option<Language>,
}

/// What came of a build.
#[derive(Debug)]
pub struct Built {
    /// What was made, and said of it; else what was wrong.
    pub told: Result<Told, Diagnostics>,
    /// Which state stands in the output folders.
    pub state: State,
    /// The site's language for messages, where the site could be read.
    pub language: Option<Language>,
    /// What the run made; `None` where it never began, as where nothing changed.
    pub outcome: Option<Outcome>,
}

impl Workspace {
    /// Makes website and prints and publishes them.
    pub fn build(&self, request: &Request, report: &dyn Fn(Step)) -> Built {
        let refused = self.check_targets(&request.targets);
        if refused.has_errors() {
            // Better said before the work than after it.
            return Built::refused(refused);
        }
        let folders = request.targets.iter().map(|it| it.folder.clone());
        let before = Before::look(self.root(), format!("{request:?}"), folders.collect());
        // What is not saved, no look at the disk can see.
        let last = before.last().filter(|_| self.is_saved());
        if let Some(told) = last.filter(|told| self.is_of_today(told)) {
            return Built::spared(told);
        }
        let options = Options {
            finish: Finish::Delivered,
            ..request.options.clone()
        };
        let issued = self.issue(&options, &request.targets, report);
        let told = Told::of(&issued, &options, request.language);
        match &told {
            Some(told) if self.is_lasting(&issued) => before.keep(told),
            Some(_) => before.forget(),
            None => {}
        }
        Built {
            told: told.ok_or(issued.diagnostics),
            state: issued.state,
            language: issued.language,
            outcome: issued.outcome,
        }
    }

    /// Tells whether the day is still the one on which that was told.
    fn is_of_today(&self, told: &Told) -> bool {
        let timezone = TimeZone::get(&told.timezone);
        timezone.is_ok_and(|timezone| self.saved().today(&timezone) == told.day)
    }

    /// Tells whether the next build may say the same as long as no file looks otherwise.
    fn is_lasting(&self, issued: &Issued) -> bool {
        // What was mended behind an earlier run is told once.
        let mut on_writing = issued.on_writing.iter();
        let is_told_again = on_writing.all(|it| it.code == Code::ForeignFile);
        // The machine's fonts are no files of the site, so nothing vouches for them.
        let site = issued.outcome.as_ref().and_then(|it| it.site.as_ref());
        let has_machine_fonts = site.is_none_or(|site| site.settings.machine_fonts);
        is_told_again && !has_machine_fonts && self.is_saved()
    }
}

impl Built {
    fn refused(diagnostics: Diagnostics) -> Self {
        Self {
            told: Err(diagnostics),
            state: State::Kept,
            language: None,
            outcome: None,
        }
    }

    /// Returns what the last build told as of one that found all files as they shall be.
    fn spared(mut told: Told) -> Self {
        for report in &mut told.reports {
            report.unchanged += std::mem::take(&mut report.written);
            report.removed = 0;
        }
        Self {
            state: State::New,
            language: Some(told.language),
            told: Ok(told),
            outcome: None,
        }
    }
}
