//! How much of the walls each topic has, quarter by quarter.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Hanging, Plan};
use crate::site::Site;

/// A topic's share of the days on which something hangs in a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The topic's name for people.
    pub topic: String,
    /// In percent, by quarter, in the order of [`Shares::quarters`].
    pub percent: Vec<i64>,
}

/// All topics' shares.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shares {
    /// Year and quarter, 1 to 4.
    pub quarters: Vec<(i16, i8)>,
    /// In the order of the site's topics, those without a page left out.
    pub topics: Vec<Share>,
}

/// Counts the shares of all topics in the planned days.
pub fn shares(site: &Site, plan: &Plan) -> Shares {
    let Some((first, last)) = plan.span() else {
        return Shares::default();
    };
    let quarters = quarters(first, last);
    let mut days: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    let mut all = vec![0; quarters.len()];
    for hanging in &plan.hangings {
        let topic = site.page(&hanging.poster).and_then(|page| page.topic());
        for (at, quarter) in quarters.iter().enumerate() {
            let n = days_in(hanging, *quarter, (first, last));
            all[at] += n;
            if let Some(topic) = topic {
                days.entry(topic).or_insert_with(|| vec![0; quarters.len()])[at] += n;
            }
        }
    }
    let topics = site.settings.topics.iter().filter(|topic| {
        let mut pages = site.pages.iter().filter(|page| page.poster.is_some());
        pages.any(|page| page.topic() == Some(&*topic.id))
    });
    let share = |topic: &crate::site::topic::Topic| Share {
        topic: topic.title.clone(),
        percent: (0..quarters.len())
            .map(|at| {
                let own = days.get(&*topic.id).map_or(0, |days| days[at]);
                (own * 100 + all[at] / 2) / all[at].max(1)
            })
            .collect(),
    };
    Shares {
        topics: topics.map(share).collect(),
        quarters,
    }
}

fn quarters(first: Date, last: Date) -> Vec<(i16, i8)> {
    let quarter = |day: Date| (day.year(), (day.month() - 1) / 3 + 1);
    let mut found = vec![quarter(first)];
    while let Some(&(year, n)) = found.last().filter(|it| **it < quarter(last)) {
        found.push(if n == 4 { (year + 1, 1) } else { (year, n + 1) });
    }
    found
}

fn days_in(hanging: &Hanging, (year, quarter): (i16, i8), (first, last): (Date, Date)) -> i64 {
    let begin = Date::constant(year, quarter * 3 - 2, 1);
    let end = Date::constant(year, quarter * 3, 1).last_of_month();
    let from = hanging.from.max(begin).max(first);
    let to = hanging.to.min(end).min(last);
    i64::from((to - from).get_days() + 1).max(0)
}
