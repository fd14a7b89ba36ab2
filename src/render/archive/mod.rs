//! What an office above, an inspector and a new colleague ask for: 月报, 迎检材料, 交接单.
//!
//! [`gather`] finds the [`Evidence`] and names what is missing; `report`, `pack` and `handover`
//! decide what a [`Paper`] says; one file a format (`text`, `docx`, `pdf`, `xlsx`) gives it a
//! form. All are pure: bytes of photos and texts come through a [`Shelf`].
//!
//! Today decides what is overdue and so reaches these papers, unlike posters: each says up to
//! which day it counts. The same day and the same files give the same bytes.

mod copies;
mod docx;
mod evidence;
mod form;
mod gap;
mod gaps;
mod handover;
mod indicators;
mod keepsakes;
mod kept;
mod manifest;
mod manuscripts;
mod pack;
mod paper;
mod pdf;
mod photos;
mod places;
mod renewal;
mod report;
mod tables;
#[cfg(test)]
mod tests;
mod text;
mod words;
mod work;
mod xlsx;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

pub use evidence::gather;
pub use form::{Form, names as public_tables, public as public_table};
pub use gap::{Gap, GapKind};
pub use keepsakes::{Keepsakes, Shelf};
pub use kept::Evidence;
pub use paper::Paper;

use super::{Artifact, Output};
use crate::cache::Cache;
use crate::calendar::{Cadence, Period};
use crate::diag::{Code, Diagnostic, Diagnostics, SitePath, Value, Warned};
use crate::rotation::ledger::{self, Deed, Event};
use crate::rotation::{Plan, Records};
use crate::site::Site;
use crate::typeset::Engine;

/// A paper that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// 月报: the brief of a month; of the present one where absent.
    Report(Option<Period>),
    /// 迎检材料: the evidence of a year; of the present one where absent.
    Archive(Option<i16>),
    /// 交接单, for this colleague.
    Handover(Option<String>),
}

impl Wanted {
    /// Returns the folder below `archive/` that holds it.
    pub fn folder(&self, today: Date) -> String {
        match self {
            Self::Report(_) => self.month(today).to_string(),
            Self::Archive(_) => self.year(today).to_string(),
            Self::Handover(_) => "handover".to_owned(),
        }
    }

    fn month(&self, today: Date) -> Period {
        match self {
            Self::Report(Some(month)) => *month,
            _ => Period::containing(Cadence::Month, today),
        }
    }

    fn year(&self, today: Date) -> i16 {
        match self {
            Self::Archive(Some(year)) => *year,
            _ => today.year(),
        }
    }

    /// Returns the first and last day that it covers.
    fn span(&self, today: Date) -> (Date, Date) {
        let year = self.year(today);
        match self {
            Self::Report(_) => (self.month(today).first(), self.month(today).last()),
            Self::Archive(_) => (Date::constant(year, 1, 1), Date::constant(year, 12, 31)),
            Self::Handover(_) => (today.first_of_year(), today),
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, Default)]
pub struct Made {
    /// The files.
    pub artifacts: Vec<Artifact>,
    /// The paper as text.
    pub text: String,
    /// How many gaps it names.
    pub n_gaps: usize,
}

/// What papers are made from.
pub struct Sources<'a> {
    /// The site.
    pub site: &'a Site,
    /// Sets the PDF.
    pub engine: &'a Engine,
    /// What hangs and will hang.
    pub plan: &'a Plan,
    /// Ledger and published plan.
    pub records: &'a Records,
    /// The files of the ledger's folder.
    pub shelf: Shelf<'a>,
    /// What was set before.
    pub cache: &'a Cache,
    /// The office's own forms, to be filled beside a paper.
    pub forms: &'a [Form],
}

/// Makes the paper that is asked for. `None` where there is nothing to make it of; what is
/// missing is then an error.
pub fn make(sources: &Sources, wanted: &Wanted) -> Warned<Option<Made>> {
    let mut diagnostics = Diagnostics::default();
    let span = wanted.span(sources.site.today);
    let events = &sources.records.ledger;
    let cited: Vec<&Event> = events
        .iter()
        .filter(|event| is_within(event, span))
        .collect();
    if cited.is_empty() {
        diagnostics.extend(no_ledger(sources, wanted).into_iter().collect());
        if diagnostics.has_errors() {
            return Warned {
                value: None,
                diagnostics,
            };
        }
    }
    let keepsakes = match wanted {
        Wanted::Handover(_) => Keepsakes::default(),
        _ => {
            let diary = sources.records.diary.within(span.0, span.1);
            let attached = diary.attachments();
            Keepsakes::collect(cited.iter().copied(), &attached, sources.shelf)
        }
    };
    let mut evidence = gather(
        sources.site,
        sources.plan,
        sources.records,
        &keepsakes,
        span,
    );
    if let Wanted::Archive(_) = wanted {
        evidence.follow(form::wordings(sources.forms));
    }
    let mut job = Job {
        sources,
        wanted,
        evidence: &evidence,
        keepsakes: &keepsakes,
        artifacts: Vec::new(),
        diagnostics,
    };
    let text = job.run(&cited);
    Warned {
        value: Some(Made {
            artifacts: job.artifacts,
            text,
            n_gaps: match wanted {
                Wanted::Handover(_) => 0,
                _ => evidence.gaps.len(),
            },
        }),
        diagnostics: job.diagnostics,
    }
}

/// Tells whether an event tells of a day within the span.
fn is_within(event: &Event, (from, to): (Date, Date)) -> bool {
    match &event.deed {
        Deed::Hung(hung) | Deed::Corrected { hung, .. } | Deed::Missed(hung) => {
            hung.from <= to && from <= hung.to
        }
        Deed::Seen { on, .. } => from <= *on && *on <= to,
        Deed::Removed { last, .. } => last.is_some_and(|last| from <= last && last <= to),
        Deed::Absent(absent) => from <= absent.on && absent.on <= to,
        Deed::Lost(lost) => from <= lost.on && lost.on <= to,
    }
}

/// Says that the ledger knows nothing of the days asked for: an error for a year, of which nothing
/// could be shown; a warning for a month, whose brief then says so.
fn no_ledger(sources: &Sources, wanted: &Wanted) -> Option<Diagnostic> {
    let today = sources.site.today;
    let years: BTreeSet<String> =
        ledger::hangings(&sources.records.ledger, &mut Diagnostics::default())
            .iter()
            .map(|hung| hung.from.year().to_string())
            .collect();
    let known = (!years.is_empty()).then(|| Value::list(years));
    match wanted {
        Wanted::Archive(_) => Some(
            Diagnostic::new(Code::NoLedgerOfYear)
                .with("year", wanted.year(today))
                .with("example", Period::containing(Cadence::Month, today))
                .with_some("known", known),
        ),
        Wanted::Report(_) => Some(
            Diagnostic::new(Code::NoLedgerOfMonth)
                .with("month", wanted.month(today))
                .with("title", wanted.month(today).words()),
        ),
        Wanted::Handover(_) => None,
    }
}

/// A paper under way.
struct Job<'a> {
    sources: &'a Sources<'a>,
    wanted: &'a Wanted,
    evidence: &'a Evidence<'a>,
    keepsakes: &'a Keepsakes,
    artifacts: Vec<Artifact>,
    diagnostics: Diagnostics,
}

impl Job<'_> {
    /// Makes all files and returns the text.
    fn run(&mut self, cited: &[&Event]) -> String {
        let (stem, paper) = match self.wanted {
            Wanted::Report(_) => ("report", report::report(self.evidence, self.keepsakes)),
            Wanted::Archive(_) => ("evidence", pack::pack(self.evidence, self.keepsakes)),
            Wanted::Handover(to) => {
                let events = &self.sources.records.ledger;
                let history = ledger::history(events, &mut Diagnostics::default());
                let paper = handover::handover(self.evidence, &history, to.as_deref());
                ("handover", paper)
            }
        };
        let pictures = self.keepsakes.pictures();
        self.add(&format!("{stem}.docx"), docx::docx(&paper, &pictures));
        match pdf::pdf(self.sources.engine, self.sources.cache, &paper, &pictures) {
            Ok(bytes) => self.add(&format!("{stem}.pdf"), bytes),
            Err(failure) => self.diagnostics.push(failure.diagnostic(pdf::LAYOUT, None)),
        }
        for form in self.sources.forms {
            let Some(filled) = form::fill(form, self.evidence, &mut self.diagnostics) else {
                continue;
            };
            let stem = form.name.trim_end_matches(".xlsx").to_owned();
            self.add(&form.name, filled.bytes.into());
            if form.is_example {
                self.add(&format!("{stem}-空表.xlsx"), form.bytes.clone());
            }
            let sources = filled.sources.into_bytes().into();
            self.add(&format!("{stem}-依据.txt"), sources);
        }
        if let Wanted::Archive(_) = self.wanted {
            self.pack(cited);
        }
        text::text(&paper)
    }

    /// Adds the workbook, the ledger's own files, and the lists of hashes.
    fn pack(&mut self, cited: &[&Event]) {
        let book = xlsx::xlsx(self.evidence, self.keepsakes);
        self.add(
            "evidence.xlsx",
            book.expect("a year has fewer rows than a sheet"),
        );
        let mut files: BTreeSet<&SitePath> = cited.iter().map(|event| event.span.path()).collect();
        files.extend(self.evidence.diary.files());
        // What is no picture stands in no paper.
        let attached = self.keepsakes.attached.iter();
        files.extend(attached.filter_map(|(path, kept)| kept.copy.is_none().then_some(path)));
        let texts = self
            .keepsakes
            .texts
            .keys()
            .filter_map(|hash| ledger::text_path(hash));
        let files: Vec<SitePath> = files.into_iter().cloned().chain(texts).collect();
        for path in files {
            if let Some(bytes) = (self.sources.shelf)(&path) {
                self.add(path.as_str(), bytes);
            }
        }
        let originals = manifest::of_originals(self.keepsakes);
        if !originals.is_empty() {
            self.add("originals.txt", originals.into_bytes().into());
        }
        self.artifacts.sort_by(|a, b| a.path.cmp(&b.path));
        let folder = format!("{}/", self.folder());
        let list = manifest::of_pack(&self.artifacts, &folder);
        self.add("manifest.txt", list.into_bytes().into());
    }

    fn folder(&self) -> String {
        self.wanted.folder(self.sources.site.today)
    }

    fn add(&mut self, name: &str, bytes: Arc<[u8]>) {
        self.artifacts.push(Artifact {
            output: Output::Archive,
            path: format!("{}/{name}", self.folder()),
            content: bytes.into(),
        });
    }
}
