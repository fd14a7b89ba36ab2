//! Boards that were not renewed for too long: inspectors ask for something new every two months.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::gap::{Gap, GapKind};
use super::kept::{BoardKept, Evidence};
use super::words::day;
use crate::site::BoardKind;

/// Finds stretches in which nothing new was hung on a board for longer than the site allows.
///
/// Where the ledger knows nothing of whole periods, that is the gap, and no second one.
pub(super) fn find(evidence: &Evidence) -> Vec<Gap> {
    let most = evidence.site.settings.rotation.renew;
    let mut gaps = Vec::new();
    if most == 0 {
        return gaps;
    }
    for board in &evidence.boards {
        if board.board.is_none_or(|it| it.kind == BoardKind::Screen) {
            continue;
        }
        let mut days: BTreeSet<Date> = (evidence.records.iter())
            .filter(|record| record.hung.board == board.id)
            .map(|record| record.hung.from)
            .collect();
        if days.is_empty() {
            continue;
        }
        days.insert(evidence.until());
        let days: Vec<Date> = days.into_iter().collect();
        for pair in days.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let n = from.until(to).map_or(0, |span| span.get_days());
            if n > most && to >= evidence.from && is_known(board, from, to) {
                gaps.push(gap(evidence, board, (from, to), n));
            }
        }
    }
    gaps
}

/// Tells whether the ledger knows what hung in every period between two days.
fn is_known(board: &BoardKept, from: Date, to: Date) -> bool {
    let within = |it: &Date| from < *it && *it < to;
    let mut periods = board.periods.iter();
    periods.all(|it| {
        let is_between = within(&it.period.first()) && within(&it.period.last());
        !is_between || it.lines.iter().any(|line| line.hung.is_some())
    })
}

fn gap(evidence: &Evidence, board: &BoardKept, (from, to): (Date, Date), n: i32) -> Gap {
    let site = evidence.site;
    let page = board.board.and_then(|board| site.page(&board.page));
    let end = match to == evidence.until() {
        true => format!("到{}还没有换新的", day(to)),
        false => format!("到{}才换", day(to)),
    };
    Gap {
        kind: GapKind::Renewal,
        at: from,
        place: board.title.clone(),
        what: format!("{}换过以后，{end}，{n}天", day(from)),
        indicators: page.map_or_else(BTreeSet::new, |page| {
            page.indicators.iter().cloned().collect()
        }),
        board: Some(board.id.clone()),
        page: None,
    }
}
