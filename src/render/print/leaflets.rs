//! Leaflets: a page on A4, twice, four times, or folded.

use std::sync::Arc;

use serde::Serialize;

use super::Job;
use crate::diag::{Code, Diagnostic, Diagnostics, Fills, Value, words};
use crate::render::Artifact;
use crate::site::{Leaflet, Page, Size};
use crate::typeset::{Files, Finding, FitReport, Manuscript, Spot};

/// The theme's files: several on a sheet, and the three-fold.
const UP: &str = "sheets/up.typ";
const FOLD: &str = "sheets/fold.typ";

/// Sets the leaflets that pages of the month ask for.
pub(super) fn leaflets(job: &Job, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    let mut artifacts = Vec::new();
    for (page, form) in asked(job) {
        match leaflet(job, page, form) {
            Some(Ok((pdf, fault))) => {
                artifacts.push(job.month_artifact(&file(page, form), &pdf));
                diagnostics.extend(fault.into_iter().collect());
            }
            Some(Err(diagnostic)) => diagnostics.push(*diagnostic),
            None => {}
        }
    }
    artifacts
}

/// Returns the leaflets that pages of the month ask for.
pub(super) fn asked<'a>(job: &Job<'a>) -> impl Iterator<Item = (&'a Page, Leaflet)> {
    let month = job.month;
    let pages = job.site.pages.iter().filter(move |page| {
        page.is_public(month.last()) && page.expires.is_none_or(|day| month.first() <= day)
    });
    pages.flat_map(|page| {
        let forms = page.poster.iter().flat_map(|wish| &wish.leaflets);
        forms.map(move |form| (page, *form))
    })
}

/// Returns where a leaflet lies below the month's folder.
pub(super) fn file(page: &Page, form: Leaflet) -> String {
    format!(
        "leaflets/{}-{}.pdf",
        crate::site::file_part(&page.id),
        name(form)
    )
}

/// What is given to lay several on a sheet.
#[derive(Serialize)]
struct UpData<'a> {
    title: &'a str,
    columns: u32,
    rows: u32,
    landscape: bool,
}

/// A leaflet, and what is wrong with it.
type Made = (Arc<[u8]>, Option<Diagnostic>);

fn leaflet(job: &Job, page: &Page, form: Leaflet) -> Option<Result<Made, Box<Diagnostic>>> {
    let main = match form {
        Leaflet::ThreeFold => FOLD,
        Leaflet::A5 | Leaflet::A6 => UP,
    };
    if !job.engine.theme().files.contains_key(main) {
        return None;
    }
    let mut wish = page.poster.clone()?;
    if form == Leaflet::ThreeFold {
        // Six panels hold the whole text, not only what the poster shows.
        wish.part = None;
    }
    let wish = &wish;
    // What is wrong with the page was said when it was measured.
    let manuscript = Manuscript::new(job.site, job.engine, page, wish).ok()?;
    let failed = |failure: Box<crate::typeset::Failure>| Box::new(manuscript.failed(&failure));
    let too_long = |fit: &FitReport| Box::new(too_long(&manuscript, form, fit));
    let set = || match form {
        Leaflet::ThreeFold => {
            let spot = Spot::in_hand(Size::new(297.0, 210.0));
            let paper = manuscript
                .paper(main, &spot, &Files::new(), job.cache)
                .map_err(failed)?;
            match paper.fit.filter(|fit| !fit.fits) {
                Some(fit) => Err(too_long(&fit)),
                None => Ok((paper.pdf.into(), fault(&manuscript, form, &paper.findings))),
            }
        }
        Leaflet::A5 | Leaflet::A6 => {
            let (size, columns, rows) = match form {
                Leaflet::A5 => (Size::new(148.5, 210.0), 2, 1),
                _ => (Size::new(105.0, 148.5), 2, 2),
            };
            let spot = Spot::in_hand(size);
            let fit = manuscript.measure(&spot, manuscript.measure_key(&spot), job.cache);
            let fit = fit.map_err(failed)?;
            if !fit.fits {
                return Err(too_long(&fit));
            }
            let sheet = manuscript.set(&spot, manuscript.set_key(&spot), job.cache);
            let sheet = sheet.map_err(failed)?;
            let findings = (sheet.as_ref()).map_or(&[][..], |sheet| &sheet.findings);
            let fault = fault(&manuscript, form, findings);
            let one = sheet.as_ref().map(|sheet| sheet.pdf.clone());
            let one = one.unwrap_or_default();
            let files = Files::from([("/leaflet.pdf".to_owned(), one)]);
            let data = UpData {
                title: &page.title,
                columns,
                rows,
                landscape: form == Leaflet::A5,
            };
            let pdf = job.set(UP, &page.title, &data, &files).map_err(failed)?;
            Ok((pdf, fault))
        }
    };
    Some(set())
}

fn name(form: Leaflet) -> &'static str {
    match form {
        Leaflet::A5 => "A5",
        Leaflet::A6 => "A6",
        Leaflet::ThreeFold => "three-fold",
    }
}

/// Says what the print shop would find on a leaflet; one message, whatever how much it is.
fn fault(manuscript: &Manuscript, form: Leaflet, findings: &[Finding]) -> Option<Diagnostic> {
    // How fine a photo must be is said of the poster.
    let mut findings = findings
        .iter()
        .filter(|it| !matches!(it, Finding::Coarse { .. }));
    let first = findings.next()?;
    let fault = Diagnostic::new(Code::LeafletPreflight)
        .at(manuscript.wish().span.clone())
        .with("title", &manuscript.page().title)
        .with("form", spoken(form))
        .with("cause", first.words());
    Some(fault)
}

/// The form's name as a reader of messages knows it.
fn spoken(form: Leaflet) -> Value {
    match form {
        Leaflet::ThreeFold => words("leaflet-three-fold").value(),
        form => name(form).value(),
    }
}

fn too_long(manuscript: &Manuscript, form: Leaflet, fit: &FitReport) -> Diagnostic {
    let too_long = Diagnostic::new(Code::LeafletTooLong)
        .at(manuscript.wish().span.clone())
        .with("title", &manuscript.page().title)
        .with("form", spoken(form));
    manuscript.tell(&[manuscript.cut(fit)], too_long)
}
