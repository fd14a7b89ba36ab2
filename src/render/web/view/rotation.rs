//! The year's rotation: months by boards.

use serde::Serialize;
use tera::Context;

use crate::calendar::{Cadence, Period};
use crate::render::web::facts::website::Facts;
use crate::render::web::view::values::{self, LinkView};
use crate::render::web::view::wall;
use crate::site::Board;

/// The output file.
pub(in crate::render::web) const URL: &str = "rotation/index.html";

/// How many posters a cell lists at once.
const LINES: usize = 7;

pub(in crate::render::web) fn fill(context: &mut Context, facts: &Facts) {
    let boards = &facts.site.boards;
    let months: Vec<MonthView> = months(facts)
        .into_iter()
        .map(|month| MonthView::new(month, boards, facts))
        .collect();
    let links: Vec<LinkView> = boards
        .iter()
        .map(|board| wall::board_link(board, facts))
        .collect();
    context.insert("months", &months);
    context.insert("boards", &links);
    context.insert("year", &facts.today().year());
}

/// Returns the months that the plan covers, from the beginning of this year on; this month alone
/// where there is no plan.
fn months(facts: &Facts) -> Vec<Period> {
    let today = facts.today();
    let (first, last) = facts.plan.span().unwrap_or((today, today));
    let january = today.first_of_year();
    let mut month = Period::containing(Cadence::Month, first.max(january));
    let end = last.max(today);
    let mut months = Vec::new();
    while month.first() <= end {
        months.push(month);
        month = month.next();
    }
    months
}

/// A month with what hangs on each board.
#[derive(Debug, Serialize)]
struct MonthView {
    /// `2026-11`.
    id: String,
    title: String,
    is_now: bool,
    cells: Vec<CellView>,
}

/// What hangs on one board in a month.
#[derive(Debug, Serialize)]
struct CellView {
    board: LinkView,
    posters: Vec<PosterLine>,
    /// What found no room among the first lines: a screen shows many in a month.
    more: Vec<PosterLine>,
}

#[derive(Debug, PartialEq, Serialize)]
struct PosterLine {
    title: String,
    url: Option<String>,
    notice: Option<String>,
}

impl MonthView {
    fn new(month: Period, boards: &[Board], facts: &Facts) -> Self {
        let today = facts.today();
        let cell = |board: &Board| {
            let mut posters = posters(month, board, facts);
            let more = posters.split_off(posters.len().min(LINES));
            CellView {
                board: wall::board_link(board, facts),
                posters,
                more,
            }
        };
        Self {
            id: month.to_string(),
            title: facts.words.period(month, today.year()),
            is_now: month.first() <= today && today <= month.last(),
            cells: boards.iter().map(cell).collect(),
        }
    }
}

/// Returns what hangs on `board` in `month`, slot by slot, each poster once.
fn posters(month: Period, board: &Board, facts: &Facts) -> Vec<PosterLine> {
    let mut lines = Vec::new();
    for slot in &board.slots {
        for hanging in facts.plan.in_period(&board.id, &slot.id, month) {
            let Some(page) = facts.site.page(&hanging.poster) else {
                continue;
            };
            let public = facts.page(&page.id);
            let line = PosterLine {
                title: page.title.clone(),
                url: public.map(values::address),
                notice: (page.notice.as_ref()).map(|notice| facts.words.notice(notice.kind)),
            };
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines
}
