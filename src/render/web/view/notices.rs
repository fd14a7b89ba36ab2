//! The public notices: what is posted now, with the days left, what comes and what was.

use serde::Serialize;
use tera::Context;

use crate::render::links;
use crate::render::web::facts::on_web::OnWeb;
use crate::render::web::facts::website::Facts;
use crate::render::web::view::card::Card;
use crate::render::web::view::posting::{self, DayView};
use crate::render::web::view::values::{LinkView, PostingView, State};
use crate::render::web::view::wall;
use crate::site::{Page, Posting};

/// The output file.
pub(in crate::render::web) const URL: &str = "notices/public/index.html";
/// The section that leads to it.
pub(in crate::render::web) const SECTION: &str = "notices";

/// Tells whether there is a public notice to list.
pub(in crate::render::web) fn has_any(on_web: &OnWeb) -> bool {
    on_web.pages().any(|page| posting_of(page).is_some())
}

pub(in crate::render::web) fn fill(context: &mut Context, facts: &Facts) {
    let today = facts.today();
    let mut found: Vec<(&Page, Posting)> = facts
        .pages()
        .filter_map(|page| Some((page, posting_of(page)?)))
        .collect();
    found.sort_by(|(a, x), (b, y)| (x.last, x.first, &a.id).cmp(&(y.last, y.first, &b.id)));
    let of = |wanted: State| {
        let in_state =
            move |(_, it): &&(&Page, Posting)| State::of(it.first, it.last, today) == wanted;
        found.iter().filter(in_state)
    };
    let views = |state| -> Vec<NoticeView> {
        of(state)
            .map(|(page, it)| NoticeView::new(page, it, facts))
            .collect()
    };
    context.insert("running", &views(State::Now));
    context.insert("coming", &views(State::Before));
    let mut years: Vec<YearView> = Vec::new();
    for (page, it) in of(State::Over).rev() {
        let (year, view) = (it.last.year(), NoticeView::new(page, it, facts));
        match years.last_mut().filter(|known| known.year == year) {
            Some(known) => known.notices.push(view),
            None => years.push(YearView {
                year,
                notices: vec![view],
            }),
        }
    }
    context.insert("past", &years);
}

/// Returns the days of a 公示: its posting period, or else from its date to its last day.
fn posting_of(page: &Page) -> Option<Posting> {
    if !page.is_public_notice() {
        return None;
    }
    let stated = page.notice.as_ref().and_then(|notice| notice.posting);
    stated.or_else(|| {
        Some(Posting {
            first: page.date?,
            last: page.expires?,
            working_days: None,
            calendar_days: None,
        })
    })
}

/// The notices that ended in a year, the latest first.
#[derive(Debug, Serialize)]
struct YearView {
    year: i16,
    notices: Vec<NoticeView>,
}

/// A public notice in the list.
#[derive(Debug, Serialize)]
struct NoticeView {
    #[serde(flatten)]
    card: Card,
    posting: PostingView,
    number: Option<String>,
    objections: Option<String>,
    /// The days of its posting period.
    days: Vec<DayView>,
    /// The boards on which it hangs now.
    boards: Vec<LinkView>,
}

impl NoticeView {
    fn new(page: &Page, posting: &Posting, facts: &Facts) -> Self {
        let notice = page.notice.as_ref();
        let mut boards: Vec<LinkView> = Vec::new();
        for sheet in facts
            .walls
            .now(facts.site)
            .filter(|sheet| sheet.page.id == page.id)
        {
            let link = wall::board_link(sheet.board, facts);
            if !boards.contains(&link) {
                boards.push(link);
            }
        }
        Self {
            card: Card::new(page, facts),
            posting: PostingView::new(posting, &facts.words, facts.today()),
            number: notice.and_then(|notice| notice.number.clone()),
            objections: notice.and_then(|notice| notice.objections.clone()),
            days: posting::days(posting, facts.site),
            boards,
        }
    }
}

/// Returns the link to the list.
pub(in crate::render::web) fn link(facts: &Facts) -> LinkView {
    LinkView {
        id: URL.to_owned(),
        title: facts.words.get("public_title").to_owned(),
        url: links::encode(URL),
    }
}
