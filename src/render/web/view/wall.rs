//! Posters in their slots, as pages show them.

use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use super::values::{LinkView, PictureView, SpanView};
use crate::poster::Poster;
use crate::render::links;
use crate::render::web::facts::on_web::OnWeb;
use crate::render::web::facts::walls::{Draft, Sheet, pdf_path, preview_path};
use crate::render::web::facts::website::Facts;
use crate::site::{Board, Page, Slot};
use crate::typeset::Portion;

/// A sheet for templates.
#[derive(Debug, Clone, Serialize)]
pub(in crate::render::web) struct SheetView {
    pub title: String,
    /// The page's address, where it is on the web.
    pub url: Option<String>,
    pub notice: Option<String>,
    pub topic: Option<String>,
    pub lead: Option<String>,
    pub board: LinkView,
    /// Which of several sheets it is, in words.
    pub which: Option<String>,
    /// The slot's id and, where it has one, its name.
    pub slot: String,
    pub slot_title: Option<String>,
    /// From when to when it hangs.
    pub span: SpanView,
    pub picture: Option<PictureView>,
    pub pdf: Option<String>,
    /// The sheet, such as A3.
    pub size: String,
    /// Whether it is wider than high.
    pub landscape: bool,
    /// Whether it is a strip of a line or two.
    pub strip: bool,
    /// The sheet against an A3, for walls that show sheets in proportion: 1 to 4.
    pub scale: u8,
}

impl SheetView {
    /// Shows a poster that nobody has approved yet, as if it hung today.
    pub(in crate::render::web) fn of_draft(draft: &Draft, facts: &Facts) -> Self {
        let today = facts.today();
        Self::of(
            (draft.page, draft.board, draft.slot),
            (Some(draft.poster), None),
            (today, today),
            facts,
        )
    }

    pub(in crate::render::web) fn new(sheet: &Sheet, facts: &Facts) -> Self {
        Self::of(
            (sheet.page, sheet.board, sheet.slot),
            (sheet.poster, sheet.portion),
            (sheet.hanging.from, sheet.hanging.to),
            facts,
        )
    }

    fn of(
        (shown, board, slot): (&Page, &Board, &Slot),
        (poster, portion): (Option<&Arc<Poster>>, Option<Portion>),
        (from, to): (Date, Date),
        facts: &Facts,
    ) -> Self {
        let page = facts.page(&shown.id);
        // A page that is not on the web yet keeps its picture to itself as well.
        let poster = poster.filter(|_| page.is_some());
        let area = slot.area.visible();
        let which = portion.map(|it| which(it, facts));
        let mut alt = facts.words.fill("poster_alt", &[("title", &shown.title)]);
        if let Some(which) = &which {
            alt.push_str(&format!(" {which}"));
        }
        Self {
            title: shown.title.clone(),
            url: page.map(|page| links::encode(&page.url)),
            notice: (shown.notice.as_ref()).map(|notice| facts.words.notice(notice.kind)),
            topic: shown.topic().map(str::to_owned),
            lead: shown.poster.as_ref().and_then(|poster| poster.lead.clone()),
            board: board_link(board, facts),
            which,
            slot: slot.id.clone(),
            slot_title: slot.title.clone(),
            span: SpanView::new(from, to, &facts.words, facts.today()),
            picture: poster.map(|poster| PictureView {
                src: facts.shared(&preview_path(poster)),
                alt,
                width: poster.preview_px.0,
                height: poster.preview_px.1,
            }),
            pdf: poster.map(|poster| links::encode(&facts.shared(&pdf_path(shown, poster)))),
            size: slot.area.size().to_string(),
            landscape: area.is_landscape(),
            strip: slot.area.is_strip(),
            scale: scale(area.width, area.height),
        }
    }
}

/// Says which of several sheets it is.
pub(in crate::render::web) fn which(portion: Portion, facts: &Facts) -> String {
    let (number, of) = (portion.number.to_string(), portion.of.to_string());
    let values = [("number", number.as_str()), ("of", of.as_str())];
    facts.words.fill("sheet_of", &values)
}

/// Returns the link to a board's page.
pub(in crate::render::web) fn board_link(board: &Board, on_web: &OnWeb) -> LinkView {
    let url = on_web
        .page(&board.page)
        .map(|page| links::encode(&page.url));
    LinkView {
        id: board.id.clone(),
        title: board.title.clone(),
        url: url.unwrap_or_default(),
    }
}

/// An A4 counts 1, an A3 2, an A2 3, larger ones 4.
fn scale(width: f64, height: f64) -> u8 {
    match width * height {
        area if area < 90_000.0 => 1,
        area if area < 180_000.0 => 2,
        area if area < 350_000.0 => 3,
        _ => 4,
    }
}
