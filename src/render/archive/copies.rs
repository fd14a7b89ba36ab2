//! Sheets that were printed, and what they cost by the site's prices.

use jiff::civil::Date;

use crate::render::export::funds;
use crate::rotation::carry::{Carriage, Print};
use crate::rotation::{Origin, Plan};
use crate::site::{Fen, Site, Size};

/// Sheets of one size that were printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Copies {
    /// The size.
    pub size: Size,
    /// How many different posters.
    pub posters: usize,
    /// How many sheets.
    pub sheets: usize,
    /// What they cost together.
    pub cost: Fen,
}

/// Counts the sheets that were printed for the days `from..=to`, the largest size first.
///
/// Reckoned from what hung where by the ledger: sheets move between boards, so that far fewer are printed than
/// hang. Bills may say otherwise.
pub fn printed(site: &Site, plan: &Plan, from: Date, to: Date) -> Vec<Copies> {
    let hung = hung(plan);
    let carriage = Carriage::new(site, &hung);
    let mut all: Vec<Copies> = Vec::new();
    for print in carriage.prints(from, to) {
        let size = print.kind.format.size();
        let sheets = print.copies;
        let cost = cost(site, &print);
        // The sheets of one notice are one poster.
        let posters = usize::from(print.kind.portion.is_none_or(|it| it.number == 1));
        match all.iter_mut().find(|copies| copies.size == size) {
            Some(copies) => {
                copies.posters += posters;
                copies.sheets += sheets;
                copies.cost = copies.cost.saturating_add(cost);
            }
            None => all.push(Copies {
                size,
                posters,
                sheets,
                cost,
            }),
        }
    }
    all
}

/// Says which money paid for them, with what of each where there are several.
pub fn paid(site: &Site, plan: &Plan, from: Date, to: Date) -> Option<String> {
    let hung = hung(plan);
    let carriage = Carriage::new(site, &hung);
    let prints = carriage.prints(from, to).into_iter();
    funds(
        prints.map(|print| (site.funds_of(print.kind.poster), cost(site, &print))),
        true,
    )
}

fn cost(site: &Site, print: &Print) -> Fen {
    let price = site.settings.printing.prices.of(&print.kind.format.size());
    price.saturating_mul(Fen::try_from(print.copies).unwrap_or(Fen::MAX))
}

/// Returns what hung by the ledger.
fn hung(plan: &Plan) -> Plan {
    Plan {
        hangings: plan
            .hangings
            .iter()
            .filter(|hanging| hanging.origin == Origin::Ledger)
            .cloned()
            .collect(),
        lost: plan.lost.clone(),
        changed: plan.changed.clone(),
        ..Plan::default()
    }
}
