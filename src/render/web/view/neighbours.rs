//! Where to go on from a page: the pages before and after it in its section, and guides that
//! share its terms.

use std::cmp::Reverse;

use rustc_hash::FxHashSet;
use tera::{Context, Value};

use super::card::Cards;
use crate::render::web::facts::guides::is_guide;
use crate::render::web::facts::terms::{Place, Traits};
use crate::render::web::facts::website::Facts;
use crate::site::Page;

/// How many pages stand under "more of this".
const RELATED: usize = 5;

/// How many guides of each term are weighed, so that a term of thousands costs no more.
const WEIGHED: usize = 48;

pub(in crate::render::web) fn fill(
    context: &mut Context,
    page: &Page,
    facts: &Facts,
    cards: &Cards,
) {
    let (before, after) = facts.neighbours(&page.id);
    let card = |id: Option<&str>| id.and_then(|id| cards.one(id)).unwrap_or_else(Value::none);
    context.insert_value("previous", card(before));
    context.insert_value("next", card(after));
    context.insert_value("related", cards.of(related(page, facts)));
}

/// Returns the guides that share most terms with `page`; of equals those that come after it in
/// their order, in a circle, so that each guide is cited by others.
fn related<'a>(page: &Page, facts: &Facts<'a>) -> Vec<&'a str> {
    let Some(own) = facts.terms.traits(page) else {
        return Vec::new();
    };
    let mut found: Vec<(u32, usize, &Page)> = Vec::new();
    let mut seen = FxHashSet::from_iter([own.number]);
    for shelf in facts.terms.of(page) {
        let start = after(&shelf.guides, page);
        let circle = (start..shelf.guides.len()).chain(0..start);
        for (step, at) in circle.take(WEIGHED).enumerate() {
            let other = &shelf.traits[at];
            if seen.insert(other.number) {
                found.push((shared(own, other), step, shelf.guides[at]));
            }
        }
    }
    found.sort_by_key(|(shared, step, guide)| (Reverse(*shared), *step, &*guide.id));
    let ids = found.into_iter().map(|(_, _, guide)| guide.id.as_str());
    ids.take(RELATED).collect()
}

/// Returns the place in `guides` that follows that of `page`.
fn after(guides: &[&Page], page: &Page) -> usize {
    let place = (page.order, page.id.as_str());
    match is_guide(page) {
        true => guides.partition_point(|guide| (guide.order, guide.id.as_str()) <= place),
        false => 0,
    }
}

/// Weighs what two pages share: a first topic thrice, any other term twice.
fn shared(own: &Traits, other: &Traits) -> u32 {
    let is_shared = |place: &&Place| other.places.contains(place);
    let count = own.places.iter().filter(is_shared).count();
    let first = u32::from(own.topic.is_some() && own.topic == other.topic);
    u32::try_from(count).unwrap_or(u32::MAX / 4) * 2 + first
}
