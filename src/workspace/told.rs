//! What a build has to say, kept for the next one that finds nothing changed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::issue::Issued;
use crate::diag::{Language, Rendered};
use crate::pipeline::{Options, Outcome};
use crate::render::Output;
use crate::render::web::{Change, Visibility, next_change};
use crate::write::{State, WriteReport};

/// What a build has to say.
#[derive(Debug, Serialize, Deserialize)]
pub struct Told {
    /// The language in which it is told.
    pub language: Language,
    /// The day of the build, in the site's time zone.
    pub day: Date,
    /// The name of that zone; empty where it has none, which is of no use to a later build.
    pub(super) timezone: String,
    /// What was worth knowing, in words.
    pub messages: Vec<Rendered>,
    /// What was made.
    pub made: Made,
    /// What was done to each folder.
    pub reports: Vec<WriteReport>,
}

/// What a build made, in numbers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Made {
    /// Pages of the website.
    pub n_pages: usize,
    /// Different posters.
    pub n_posters: usize,
    /// Boards.
    pub n_boards: usize,
    /// The months that are printed.
    pub months: Vec<String>,
    /// Which pages the website shows.
    pub visibility: Visibility,
    /// When the website changes by itself, where it was made.
    pub change: Option<Change>,
}

impl Told {
    /// Tells what was made, in `language` or the site's; `None` where errors stood in the way.
    pub(super) fn of(
        issued: &Issued,
        options: &Options,
        language: Option<Language>,
    ) -> Option<Self> {
        let is_well = issued.state == State::New && !issued.diagnostics.has_errors();
        let outcome = issued.outcome.as_ref().filter(|_| is_well)?;
        let site = outcome.site.as_ref()?;
        let language = language.unwrap_or(outcome.language);
        let timezone = site.settings.timezone.iana_name();
        Some(Self {
            language,
            day: site.today,
            timezone: timezone.unwrap_or_default().to_owned(),
            messages: issued.diagnostics.rendered(language),
            made: Made::count(outcome, options),
            reports: issued.reports.clone(),
        })
    }
}

impl Made {
    fn count(outcome: &Outcome, options: &Options) -> Self {
        let site = outcome.site.as_ref();
        let on_web = site.filter(|_| options.only != Some(Output::Print));
        let visibility = options.visibility;
        let is_page = |path: &str| path.ends_with(".html") && !path.starts_with("q/");
        let pages = outcome
            .artifacts
            .iter()
            .filter(|artifact| artifact.output == Output::Web && is_page(&artifact.path));
        Self {
            n_pages: pages.count(),
            n_posters: outcome.n_posters,
            n_boards: site.map_or(0, |site| site.boards.len()),
            months: outcome.months.iter().map(ToString::to_string).collect(),
            visibility,
            change: on_web.and_then(|site| next_change(site, &outcome.plan, visibility)),
        }
    }
}
