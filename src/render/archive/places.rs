//! What hung of each topic in which place, counted: inspectors ask how many posters of a theme there
//! are, and where.

use std::collections::BTreeSet;

use super::kept::Evidence;
use super::paper::{Cell, Table};
use crate::site::Page;

/// What hung of a topic on a board.
pub(super) struct InPlace<'e> {
    /// The topic's name.
    pub topic: &'e str,
    /// The board's name.
    pub board: &'e str,
    /// Where it is.
    pub place: &'e str,
    /// In how many places it stands.
    pub spots: usize,
    /// How many different posters hung.
    pub posters: usize,
    /// How often one was hung or hung on.
    pub times: usize,
}

/// Counts what hung within the span, by topic and board.
pub(super) fn counted<'e>(evidence: &'e Evidence) -> Vec<InPlace<'e>> {
    let mut found = Vec::new();
    for topic in &evidence.topics {
        for board in &evidence.boards {
            let here = evidence.records.iter().filter(|record| {
                let page = evidence.site.page(&record.hung.poster);
                record.hung.board == board.id && page.and_then(Page::topic) == Some(topic.id)
            });
            let posters: Vec<&str> = here.map(|record| record.hung.poster.as_str()).collect();
            if posters.is_empty() {
                continue;
            }
            found.push(InPlace {
                topic: topic.title,
                board: &board.title,
                place: board.board.map_or("", |board| &board.place),
                spots: board.board.map_or(1, |board| board.places.len().max(1)),
                times: posters.len(),
                posters: posters.into_iter().collect::<BTreeSet<_>>().len(),
            });
        }
    }
    found
}

/// Returns a line a topic.
pub(super) fn table(evidence: &Evidence) -> Table {
    let mut table = Table::new(&[("主题", 20), ("张次", 12), ("在哪里，几种", 88)]);
    let counted = counted(evidence);
    for of_topic in counted.chunk_by(|a, b| a.topic == b.topic) {
        let sheets: usize = of_topic.iter().map(|it| it.times * it.spots).sum();
        let places = of_topic.iter().map(|it| match it.spots {
            1 => format!("{}{}种", it.board, it.posters),
            spots => format!("{}（{spots}处）各{}种", it.board, it.posters),
        });
        table.row([
            Cell::strong(of_topic[0].topic),
            sheets.to_string().into(),
            places.collect::<Vec<_>>().join("，").into(),
        ]);
    }
    table
}
