//! Pages of content: guides, notices and campaigns.

use serde::Serialize;
use tera::{Context, Value};

use super::build::{Base, Build, PageTargets};
use super::html::HeadingView;
use super::posting::{self, DayView};
use super::timeline::TimelineView;
use super::view::{self, State};
use super::wall::{Sheet, SheetView};
use super::{html, links, neighbours, results, sorting, terms};
use crate::site::Page;

pub(super) fn fill(context: &mut Context, page: &Page, build: &Build) {
    let rendered = text(page, build);
    context.insert_value("card", build.card(&page.id).unwrap_or_else(Value::none));
    context.insert("content", &rendered.html);
    context.insert("headings", &contents(page, rendered.headings, build));
    context.insert("formal", &FormalView::new(page, build));
    context.insert(
        "timeline",
        &TimelineView::new(page.campaign.as_ref(), build),
    );
    context.insert("figures", &results::figures(page));
    context.insert("duties", &results::duties(page, build));
    context.insert(
        "bin_items",
        &page.bin.map(|bin| sorting::items_of(bin, build)),
    );
    context.insert("hangs", &HangsView::new(page, build));
    terms::fill_page(context, page, build);
    neighbours::fill(context, page, build);
}

/// Returns the table of contents: as the page says, else from as many headings on as the
/// settings say.
fn contents(page: &Page, mut headings: Vec<HeadingView>, build: &Build) -> Vec<HeadingView> {
    let contents = build.site.settings.website.contents;
    headings.retain(|heading| heading.level < 2 + contents.levels);
    let is_wanted = match page.web.contents {
        Some(wanted) => wanted,
        None => contents.from.is_some_and(|from| headings.len() >= from),
    };
    if is_wanted { headings } else { Vec::new() }
}

/// Renders the text of a page for its own place.
pub(super) fn text(page: &Page, build: &Build) -> html::Rendered {
    let base = Base::Page(&page.url);
    let targets = PageTargets { build, page, base };
    html::render(&page.body, &targets, &build.words)
}

/// What a formal notice says besides its text.
#[derive(Debug, Serialize)]
struct FormalView {
    number: Option<String>,
    signed: Option<String>,
    objections: Option<String>,
    /// The days of its posting period.
    days: Vec<DayView>,
}

impl FormalView {
    fn new(page: &Page, build: &Build) -> Self {
        let notice = page.notice.as_ref();
        let organisation = &build.site.settings.organisation;
        Self {
            number: notice.and_then(|notice| notice.number.clone()),
            signed: notice.map(|notice| notice.signed.clone().unwrap_or(organisation.clone())),
            objections: notice.and_then(|notice| notice.objections.clone()),
            days: view::posting(page)
                .map(|posting| posting::days(posting, build.site))
                .unwrap_or_default(),
        }
    }
}

/// Where a page hangs now or next.
#[derive(Debug, Serialize)]
struct HangsView {
    /// The sheet to show, where one was set.
    sheet: Option<SheetView>,
    /// The poster where nobody has approved the page yet.
    draft: Option<SheetView>,
    /// The boards, each once.
    boards: Vec<SheetView>,
    /// Whether it hangs on any of them today.
    now: bool,
}

impl HangsView {
    fn new(page: &Page, build: &Build) -> Self {
        let mut sheets: Vec<&Sheet> = build
            .walls
            .all()
            .filter(|sheet| sheet.page.id == page.id)
            .collect();
        sheets.sort_by_key(|sheet| {
            let state = State::of(sheet.hanging.from, sheet.hanging.to, build.today());
            (state != State::Now, sheet.board.order, &sheet.board.id)
        });
        sheets.dedup_by_key(|sheet| &sheet.board.id);
        let shown = sheets.iter().find(|sheet| sheet.poster.is_some());
        let boards: Vec<SheetView> = sheets
            .iter()
            .map(|sheet| SheetView::new(sheet, build))
            .collect();
        let drafts = build.walls.drafts().iter();
        let draft = drafts.into_iter().find(|draft| draft.page.id == page.id);
        Self {
            draft: draft.map(|draft| SheetView::of_draft(draft, build)),
            sheet: shown.map(|sheet| SheetView::new(sheet, build)),
            now: boards.iter().any(|sheet| sheet.span.state == State::Now),
            boards,
        }
    }
}

/// Returns the address of a page below the root, for views.
pub(super) fn address(page: &Page) -> String {
    links::encode(&page.url)
}
