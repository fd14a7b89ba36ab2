//! What ledger and published plan say together: days that are never planned anew.

use jiff::civil::Date;

use super::names::today_s_id;
use super::plan::{Hanging, Origin};
use super::{Records, ledger};
use crate::diag::Diagnostics;
use crate::site::Site;

/// Returns what is on record, ordered by board, slot and day, with ids as they are today; what
/// is wrong in the ledger is reported.
///
/// What hung overrules what was meant to hang, day by day in the slot. Only beyond today is the
/// last day of a ledger line no more than an intention: what the published plan begins there
/// after it takes its place.
pub(super) fn recorded(
    site: &Site,
    records: &Records,
    diagnostics: &mut Diagnostics,
) -> Vec<Hanging> {
    let mut hung = ledger::history(&records.ledger, diagnostics);
    let missed = ledger::missed(&records.ledger);
    let mut kept: Vec<Hanging> = Vec::new();
    for published in records.published.iter().flat_map(|plan| &plan.hangings) {
        let shares = |hung: &ledger::Hung| {
            hung.board == published.board
                && hung.slot == published.slot
                && hung.from <= published.to
                && published.from <= hung.to
        };
        let did_not_hang = |hung: &ledger::Hung| {
            shares(hung) && today_s_id(site, &hung.poster) == published.poster
        };
        if missed.iter().any(did_not_hang) {
            continue;
        }
        let mut sharing: Vec<&mut ledger::Record> = hung
            .iter_mut()
            .filter(|record| shares(&record.hung))
            .collect();
        if sharing
            .iter()
            .all(|record| gives_way(record, published.from, site.today))
        {
            for record in &mut sharing {
                let before = record.until_before(published.from);
                record.hung.to = before.unwrap_or(record.hung.to);
            }
            kept.push(published.clone());
        } else {
            let sharing: Vec<&ledger::Hung> = sharing.iter().map(|it| &it.hung).collect();
            kept.extend(rest(site, published, &sharing));
        }
    }
    kept.extend(hung.into_iter().map(|record| of_ledger(site, record.hung)));
    kept.sort();
    kept
}

/// Returns what is left of a published hanging once a notice that took its slot is over.
fn rest(site: &Site, published: &Hanging, hung: &[&ledger::Hung]) -> Option<Hanging> {
    let last = hung.iter().max_by_key(|hung| hung.to)?;
    let page = site.page(today_s_id(site, &last.poster))?;
    let is_over = page.last_day().is_some_and(|day| day <= last.to);
    let from = last.to.tomorrow().ok()?;
    (is_over && page.id != published.poster && from <= published.to).then(|| Hanging {
        from,
        ..published.clone()
    })
}

/// Tells whether the record ends where something begins on `from`: that day is today or still to come,
/// and nothing says that the poster came down on another.
fn gives_way(record: &ledger::Record, from: Date, today: Date) -> bool {
    today <= from && record.hung.from < from && !record.ended
}

fn of_ledger(site: &Site, hung: ledger::Hung) -> Hanging {
    Hanging {
        poster: today_s_id(site, &hung.poster).to_owned(),
        board: hung.board,
        slot: hung.slot,
        from: hung.from,
        to: hung.to,
        origin: Origin::Ledger,
    }
}
