//! Pages of content: guides, notices and campaigns.

use serde::Serialize;
use tera::{Context, Value};

use super::build::{Base, Build, PageTargets, is_guide};
use super::posting::{self, DayView};
use super::timeline::TimelineView;
use super::view::{self, State};
use super::wall::{Sheet, SheetView};
use super::{html, links, results};
use crate::site::Page;

/// From how many headings on a page has a table of contents.
const CONTENTS_FROM: usize = 3;
/// How many pages stand under "more of this".
const RELATED: usize = 5;

pub(super) fn fill(context: &mut Context, page: &Page, build: &Build) {
    let rendered = text(page, build);
    context.insert_value("card", build.card(&page.id).unwrap_or_else(Value::none));
    context.insert("content", &rendered.html);
    let headings = match rendered.headings.len() {
        few if few < CONTENTS_FROM => Vec::new(),
        _ => rendered.headings,
    };
    context.insert("headings", &headings);
    context.insert("formal", &FormalView::new(page, build));
    context.insert(
        "timeline",
        &TimelineView::new(page.campaign.as_ref(), build),
    );
    context.insert("figures", &results::figures(page));
    context.insert("duties", &results::duties(page, build));
    context.insert("hangs", &HangsView::new(page, build));
    context.insert_value("related", related(page, build));
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

/// Returns the guides of the same topic that come after this one, in a circle, so that each
/// guide is cited by others.
fn related(page: &Page, build: &Build) -> Value {
    let guides = page.topic().map_or(&[][..], |topic| build.guides(topic));
    let after = match is_guide(page) {
        true => guides
            .iter()
            .position(|guide| guide.id == page.id)
            .map_or(0, |at| at + 1),
        false => 0,
    };
    let ids = (0..guides.len())
        .map(|step| guides[(after + step) % guides.len()].id.as_str())
        .filter(|id| *id != page.id)
        .take(RELATED);
    build.cards(ids)
}

/// Returns the address of a page below the root, for views.
pub(super) fn address(page: &Page) -> String {
    links::encode(&page.url)
}
