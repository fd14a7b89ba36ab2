//! Pages of content: guides, notices and campaigns.

use serde::Serialize;
use tera::{Context, Value};

use crate::render::web::facts::on_web::OnWeb;
use crate::render::web::facts::walls::Sheet;
use crate::render::web::facts::website::Facts;
use crate::render::web::html::{HeadingView, Rendered};
use crate::render::web::view::card::Cards;
use crate::render::web::view::posting::{self, DayView};
use crate::render::web::view::timeline::TimelineView;
use crate::render::web::view::values::{self, State};
use crate::render::web::view::wall::SheetView;
use crate::render::web::view::{neighbours, results, sorting};
use crate::site::Page;

pub(in crate::render::web) fn fill(
    context: &mut Context,
    page: &Page,
    text: Rendered,
    facts: &Facts,
    cards: &Cards,
) {
    context.insert_value("card", cards.one(&page.id).unwrap_or_else(Value::none));
    context.insert("content", &text.html);
    context.insert("headings", &contents(page, text.headings, facts));
    context.insert("formal", &FormalView::new(page, facts));
    context.insert(
        "timeline",
        &TimelineView::new(page.campaign.as_ref(), facts),
    );
    context.insert("figures", &results::figures(page));
    context.insert("duties", &results::duties(page, facts));
    context.insert(
        "bin_items",
        &page.bin.map(|bin| sorting::items_of(bin, facts)),
    );
    context.insert("hangs", &HangsView::new(page, facts));
    super::terms::fill_page(context, page, facts);
    neighbours::fill(context, page, facts, cards);
}

/// Returns the table of contents: as the page says, else from as many headings on as the
/// settings say.
fn contents(page: &Page, mut headings: Vec<HeadingView>, on_web: &OnWeb) -> Vec<HeadingView> {
    let contents = on_web.site.settings.website.contents;
    headings.retain(|heading| heading.level < 2 + contents.levels);
    let is_wanted = match page.web.contents {
        Some(wanted) => wanted,
        None => contents.from.is_some_and(|from| headings.len() >= from),
    };
    if is_wanted { headings } else { Vec::new() }
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
    fn new(page: &Page, on_web: &OnWeb) -> Self {
        let notice = page.notice.as_ref();
        let organisation = &on_web.site.settings.organisation;
        Self {
            number: notice.and_then(|notice| notice.number.clone()),
            signed: notice.map(|notice| notice.signed.clone().unwrap_or(organisation.clone())),
            objections: notice.and_then(|notice| notice.objections.clone()),
            days: values::posting(page)
                .map(|posting| posting::days(posting, on_web.site))
                .unwrap_or_default(),
        }
    }
}

/// Where a page hangs now or next.
#[derive(Debug, Serialize)]
struct HangsView {
    /// The sheet to show, where one was set.
    sheet: Option<SheetView>,
    /// All sheets to show: several where the notice is too long for one.
    sheets: Vec<SheetView>,
    /// The poster where nobody has approved the page yet.
    draft: Option<SheetView>,
    /// The boards, each once.
    boards: Vec<SheetView>,
    /// Whether it hangs on any of them today.
    now: bool,
}

impl HangsView {
    fn new(page: &Page, facts: &Facts) -> Self {
        let mut sheets: Vec<&Sheet> = facts
            .walls
            .all()
            .filter(|sheet| sheet.page.id == page.id)
            .collect();
        sheets.sort_by_key(|sheet| {
            let state = State::of(sheet.hanging.from, sheet.hanging.to, facts.today());
            let number = sheet.portion.map(|portion| portion.number);
            let board = (sheet.board.order, &sheet.board.id);
            (state != State::Now, board, sheet.hanging.from, number)
        });
        let shown = shown(&sheets, facts);
        sheets.dedup_by_key(|sheet| &sheet.board.id);
        let boards: Vec<SheetView> = sheets
            .iter()
            .map(|sheet| SheetView::new(sheet, facts))
            .collect();
        let drafts = facts.walls.drafts().iter();
        let draft = drafts.into_iter().find(|draft| draft.page.id == page.id);
        Self {
            draft: draft.map(|draft| SheetView::of_draft(draft, facts)),
            sheet: shown.first().cloned(),
            sheets: shown,
            now: boards.iter().any(|sheet| sheet.span.state == State::Now),
            boards,
        }
    }
}

/// Returns the first sheet that was set, and what hangs beside it of the same notice.
fn shown(sheets: &[&Sheet], facts: &Facts) -> Vec<SheetView> {
    let set = || sheets.iter().filter(|sheet| sheet.poster.is_some());
    let Some(first) = set().find(|sheet| sheet.leads()).or(set().next()) else {
        return Vec::new();
    };
    let beside = |sheet: &&Sheet| {
        let of = |sheet: &Sheet| sheet.portion.map(|portion| portion.of);
        let meets =
            sheet.hanging.from <= first.hanging.to && first.hanging.from <= sheet.hanging.to;
        sheet.board.id == first.board.id && of(sheet) == of(first) && meets
    };
    let mut shown: Vec<&Sheet> = set().copied().filter(beside).collect();
    shown.dedup_by_key(|sheet| sheet.portion);
    shown
        .iter()
        .map(|sheet| SheetView::new(sheet, facts))
        .collect()
}
