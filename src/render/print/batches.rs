//! What the office's printer prints for one day, in one file a paper: sheets in the order in which they
//! are hung, each as often as it is printed, and the tiles of large ones together.
//!
//! What goes to a shop stays a file a sheet: a shop asks for each at its own size.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::{Job, office, tiles};
use crate::diag::Diagnostics;
use crate::render::Artifact;
use crate::render::export::{Line, Maker, order};
use crate::rotation::carry::Kind;
use crate::site::{PrintWay, Size};
use crate::typeset::{Failure, Files};

/// The layout in the theme.
const LAYOUT: &str = "boards/batch.typ";
/// The version of its data.
const VERSION: u32 = 1;

/// What the layout is given.
#[derive(Serialize)]
struct BatchData<'a> {
    version: u32,
    language: &'a str,
    title: &'a str,
    sheets: Vec<SheetData>,
}

/// A file of which all pages are printed, so many times.
#[derive(Debug, Clone, Serialize)]
struct SheetData {
    file: String,
    pages: u32,
    copies: usize,
    /// What it says, for those who cannot see it.
    title: String,
}

/// A sheet to be printed, and where in the order of hanging.
struct Due<'j> {
    stay: usize,
    copies: usize,
    kind: Kind<'j>,
}

/// Returns the files of the month, by day and paper.
pub(super) fn batches(job: &Job, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    if !job.engine.theme().files.contains_key(LAYOUT) {
        return Vec::new();
    }
    let order = order(&job.deeds(), job.month);
    let lines: BTreeMap<Kind, &Line> = order.lines.iter().map(|line| (line.kind, line)).collect();
    let mut artifacts = Vec::new();
    let mut day = job.month.first();
    while day <= job.month.last() {
        for (paper, batch) in papers(job, &lines, day) {
            let name = format!("{paper}-{day}");
            match set(job, &name, &batch) {
                Ok(pdf) => artifacts.push(job.month_artifact(&format!("batch/{name}.pdf"), &pdf)),
                Err(failure) => {
                    diagnostics.push(failure.diagnostic(LAYOUT, None));
                    return artifacts;
                }
            }
        }
        day = day.saturating_add(1.day());
    }
    artifacts
}

/// The PDFs of one file, with what each says, its pages and its copies.
type Batch = Vec<(Arc<[u8]>, SheetData)>;

/// Returns what is printed for a day, by paper; a single sheet of a paper is its own file.
fn papers(job: &Job, lines: &BTreeMap<Kind, &Line>, day: Date) -> BTreeMap<String, Batch> {
    let mut due: Vec<Due> = Vec::new();
    for print in job.carriage.prints(day, day) {
        let kind = print.kind;
        let stays = print.stays.into_iter();
        due.extend(stays.map(|(stay, copies)| Due { stay, copies, kind }));
    }
    due.sort_by_key(|due| due.stay);
    let mut papers: BTreeMap<String, Batch> = BTreeMap::new();
    for due in due {
        let Some(line) = lines.get(&due.kind) else {
            continue;
        };
        if let Some((paper, pdf, pages)) = file(job, line) {
            let title = job.deeds().name(line.kind);
            let data = SheetData {
                file: String::new(),
                pages,
                copies: due.copies,
                title,
            };
            papers.entry(paper).or_default().push((pdf, data));
        }
    }
    papers.retain(|_, batch| batch.len() > 1 || batch.iter().any(|(_, it)| it.copies > 1));
    papers
}

/// Returns the paper of a line of the order, its file and how many pages that has; `None` for what only a
/// shop prints, or what is not approved.
fn file(job: &Job, line: &Line) -> Option<(String, Arc<[u8]>, u32)> {
    let (board, hanging) = (line.stay.board, line.stay.hanging);
    let poster = job.poster(hanging)?;
    let paper = &job.site.settings.printing.paper;
    let names = job.names(board);
    let name = names.get(hanging)?;
    if line.size.lies_on(paper) && line.maker == Maker::Office {
        let grey = board.prints(PrintWay::Office, &line.size, paper);
        let grey = grey.then(|| office::pdf(job, board, hanging).ok()?);
        let pdf = grey.flatten().unwrap_or_else(|| poster.pdf.clone());
        return Some((of_paper(&line.size), pdf, 1));
    }
    let (pdf, pages) = tiles::pdf(job, board, (hanging, name))?.ok()?;
    Some(("tiles".to_owned(), pdf, pages))
}

/// Names the paper in a file's name: `A3`, whichever way up, or `300x400mm`.
fn of_paper(size: &Size) -> String {
    let upright = Size::new(size.width.min(size.height), size.width.max(size.height));
    upright.to_string().replace('×', "x").replace(' ', "")
}

fn set(job: &Job, title: &str, batch: &Batch) -> Result<Arc<[u8]>, Box<Failure>> {
    let mut files = Files::new();
    let mut sheets = Vec::new();
    let mut known: Vec<&Arc<[u8]>> = Vec::new();
    for (pdf, sheet) in batch {
        let at = known.iter().position(|it| it == &pdf);
        let at = at.unwrap_or_else(|| {
            known.push(pdf);
            known.len() - 1
        });
        let path = format!("/sheet-{at}.pdf");
        files.insert(path.clone(), pdf.clone());
        sheets.push(SheetData {
            file: path,
            ..sheet.clone()
        });
    }
    let data = BatchData {
        version: VERSION,
        language: &job.site.settings.language,
        title,
        sheets,
    };
    job.set(LAYOUT, title, &data, &files)
}
