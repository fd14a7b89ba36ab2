//! What hung on a board in its earlier periods, by the ledger.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::calendar::Period;
use crate::render::web::facts::website::Facts;
use crate::render::web::text::words::DateView;
use crate::render::web::view::values;
use crate::render::web::view::wall::which;
use crate::rotation::{Hanging, Origin};
use crate::site::Board;

/// A year of a board's periods, the latest first.
#[derive(Debug, Serialize)]
pub(in crate::render::web) struct YearView {
    year: i16,
    periods: Vec<PeriodView>,
}

/// What hung in a period.
#[derive(Debug, Serialize)]
struct PeriodView {
    id: String,
    title: String,
    sheets: Vec<HungView>,
}

/// A poster that hung.
#[derive(Debug, Serialize)]
struct HungView {
    title: String,
    /// Its page, where it is on the web.
    url: Option<String>,
    notice: Option<&'static str>,
    slot: String,
    /// Which of several sheets it was, in words.
    which: Option<String>,
    first: DateView,
    label: String,
}

/// Returns the periods of `board` before the present one of which the ledger knows something.
pub(in crate::render::web) fn years(board: &Board, facts: &Facts) -> Vec<YearView> {
    let present = Period::containing(board.cadence, facts.today()).first();
    let hung: Vec<&Hanging> = facts
        .plan
        .hangings
        .iter()
        .filter(|it| it.board == board.id && it.origin == Origin::Ledger && it.from < present)
        .collect();
    // What hangs over several periods is told where it began.
    let mut periods: BTreeMap<Date, (Period, Vec<&Hanging>)> = BTreeMap::new();
    for hanging in hung {
        let period = Period::containing(board.cadence, hanging.from);
        let (_, found) = periods
            .entry(period.first())
            .or_insert((period, Vec::new()));
        found.push(hanging);
    }
    let mut years: Vec<YearView> = Vec::new();
    for (first, (period, mut found)) in periods.into_iter().rev() {
        let place = |it: &&Hanging| board.slots.iter().position(|slot| slot.id == it.slot);
        found.sort_by_key(|it| (place(it), it.from));
        let view = PeriodView {
            id: period.to_string(),
            // The year stands with it: the list reaches far back.
            title: facts.words.period(period, 0),
            sheets: found.into_iter().map(|it| sheet(it, facts)).collect(),
        };
        match years.last_mut().filter(|year| year.year == first.year()) {
            Some(year) => year.periods.push(view),
            None => years.push(YearView {
                year: first.year(),
                periods: vec![view],
            }),
        }
    }
    years
}

fn sheet(hanging: &Hanging, facts: &Facts) -> HungView {
    let page = facts.site.page(&hanging.poster);
    let public = facts.page(&hanging.poster);
    HungView {
        // A page that is gone since has its name no more.
        title: page.map_or_else(|| hanging.poster.clone(), |page| page.title.clone()),
        url: public.map(values::address),
        notice: page
            .and_then(|page| page.notice.as_ref())
            .map(|notice| notice.kind.name()),
        slot: hanging.slot.clone(),
        which: facts.portions.of(hanging).map(|it| which(it, facts)),
        first: facts.words.date(hanging.from),
        label: facts
            .words
            .span(hanging.from, hanging.to, hanging.from.year()),
    }
}
