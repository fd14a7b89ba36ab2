//! Papers that go with posters: the large-print edition of notices, the stamped one of formal
//! notices, and approval slips.

use std::sync::Arc;

use serde_json::json;

use super::Job;
use crate::diag::{Diagnostics, Language};
use crate::render::Artifact;
use crate::site::{Approval, Page, PosterWish, Size};
use crate::typeset::{Files, Manuscript, STAMPED, Setting, Spot};

/// The theme's files of each.
const LARGE: &str = "sheets/large.typ";
const SLIP: &str = "sheets/slip.typ";

/// A4 in the hand.
fn a4() -> Spot {
    Spot::in_hand(Size::new(210.0, 297.0))
}

/// Returns every notice that hangs in the month, in large print.
pub(super) fn large(job: &Job, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    let pages = job.hung().into_keys().filter_map(|id| job.site.page(id));
    let notices = pages.filter(|page| page.notice.is_some() && page.is_approved());
    let set = |page: &Page| paper(job, page, page.poster.as_ref()?, LARGE, &Files::new());
    let file = |page: &Page| format!("large/{}.pdf", crate::site::file_part(&page.id));
    collect(job, notices, file, set, diagnostics)
}

/// Returns every formal notice of the month in full, on A4 as offices file it: what hangs, and what finds no
/// room on any board too.
pub(super) fn official(job: &Job, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    let hung = job.hung();
    let (first, last) = (job.month.first(), job.month.last());
    let holds = |page: &Page| {
        page.date.is_some_and(|date| date <= last) && page.expires.is_some_and(|day| first <= day)
    };
    let pages = job.site.pages.iter();
    let formal = pages.filter(|page| page.is_stamped() && page.is_approved());
    let formal = formal.filter(|page| hung.contains_key(page.id.as_str()) || holds(page));
    let set = |page: &Page| {
        // What is stamped says all, not only what the poster shows.
        let wish = PosterWish {
            part: None,
            ..page.poster.clone()?
        };
        paper(job, page, &wish, STAMPED, &Files::new())
    };
    let file = |page: &Page| official_file(page);
    collect(job, formal, file, set, diagnostics)
}

/// Returns the file of the stamped edition in the month's folder.
pub(super) fn official_file(page: &Page) -> String {
    format!("official/{}-a4.pdf", crate::site::file_part(&page.id))
}

/// Returns the approval slip of every page that waits for approval.
///
/// What is approved has been signed; a page that waits shows what is to be signed.
pub(super) fn slips(job: &Job, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    let month = job.month;
    let begins = |page: &&Page| {
        let date = page.date;
        date.is_none_or(|date| date <= month.last())
            && page.expires.is_none_or(|day| month.first() <= day)
    };
    let waiting = job
        .site
        .pages
        .iter()
        .filter(|page| page.poster.is_some() && page.approval == Approval::Review);
    let set = |page: &Page| slip(job, page);
    let file = |page: &Page| format!("slips/{}.pdf", crate::site::file_part(&page.id));
    collect(job, waiting.filter(begins), file, set, diagnostics)
}

type Made = Option<Result<Arc<[u8]>, crate::diag::Diagnostic>>;

fn collect<'p>(
    job: &Job,
    pages: impl Iterator<Item = &'p Page>,
    file: impl Fn(&Page) -> String,
    set: impl Fn(&Page) -> Made + Sync,
    diagnostics: &mut Diagnostics,
) -> Vec<Artifact> {
    let pages: Vec<&Page> = pages.collect();
    let made = job.engine.each(&pages, |page| set(page));
    let mut artifacts = Vec::new();
    for (page, made) in pages.into_iter().zip(made) {
        match made {
            Some(Ok(pdf)) => artifacts.push(job.month_artifact(&file(page), &pdf)),
            Some(Err(diagnostic)) => diagnostics.push(diagnostic),
            None => {}
        }
    }
    artifacts
}

/// Sets the theme's file `main` for `page`; `None` where the theme has none or the page no words
/// of its own.
fn paper(job: &Job, page: &Page, wish: &PosterWish, main: &str, extra: &Files) -> Made {
    if !job.engine.theme().files.contains_key(main) {
        return None;
    }
    let manuscript = Manuscript::new(job.site, job.engine, page, wish).ok()?;
    if let Setting::Outside(_) | Setting::Received = manuscript.setting() {
        return None;
    }
    let made = manuscript.paper(main, &a4(), extra, job.cache);
    Some(
        made.map(|paper| paper.pdf.into())
            .map_err(|failure| manuscript.failed(&failure)),
    )
}

fn slip(job: &Job, page: &Page) -> Made {
    let language = job.site.settings.message_language();
    let wish = page.poster.as_ref()?;
    let manuscript = Manuscript::new(job.site, job.engine, page, wish).ok()?;
    let spot = Spot::in_hand(wish.size.unwrap_or(Size::new(297.0, 420.0)));
    let shown = manuscript.set(&spot, manuscript.set_key(&spot), job.cache);
    let preview = match shown {
        Ok(sheet) => sheet?.preview.clone(),
        Err(failure) => return Some(Err(manuscript.failed(&failure))),
    };
    let boards = job.site.boards.iter();
    let named = boards.filter(|board| wish.welcomes(board));
    let days = match (page.date, page.expires, language) {
        (Some(from), Some(to), _) => format!("{from} – {to}"),
        (Some(from), None, Language::Chinese) => format!("{from} 起"),
        (Some(from), None, Language::English) => format!("from {from}"),
        _ => "—".to_owned(),
    };
    let state = match language {
        Language::Chinese => "待审",
        Language::English => "waits for approval",
    };
    let layouts = &job.engine.theme().layouts;
    let layout = wish.layout.as_ref().map(|layout| {
        let info = layouts.get(&layout.value);
        let title = info.and_then(|info| info.title.get(&job.site.settings.language));
        title.unwrap_or(&layout.value).as_str()
    });
    let extra = json!({
        "layout": layout.unwrap_or("—"),
        "days": days,
        "places": named.map(|board| board.title.as_str()).collect::<Vec<_>>(),
        "state": state,
        "drafted": page.signatures.drafted,
        "reviewed": page.signatures.reviewed,
        "issued": page.signatures.issued,
    });
    let extra = serde_json::to_vec(&extra).expect("only text");
    let files = Files::from([
        ("/extra.json".to_owned(), extra.into()),
        ("/poster.png".to_owned(), preview),
    ]);
    paper(job, page, wish, SLIP, &files)
}
