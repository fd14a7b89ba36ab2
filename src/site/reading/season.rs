//! Reading seasons: on which days of each year something is worth saying.

use crate::calendar::{NamedSeason, Season};
use crate::diag::{Code, words};
use crate::read::{Fields, Form::*, Keys};
use crate::site::settings::Settings;

/// The keys of a season that a site names.
pub(super) const SEASON: Keys = &[("name", &["名称"], Text), ("days", &["日子"], Texts)];

/// Reads `season:` of a page or a topic; what is none is reported.
pub(super) fn season(fields: &Fields, own: &[NamedSeason]) -> Option<Season> {
    days(fields, "season", own)
}

/// Reads the names that a site gives to days of the year.
pub(super) fn named_seasons(fields: &Fields) -> Vec<NamedSeason> {
    let named = |own: &Fields| {
        let name = own.required_text("name", "name: 供暖期");
        let season = days(own, "days", &[]);
        if own.node("days").is_none() {
            own.missing("days", "days: 10-15 to 04-15");
        }
        Some(NamedSeason {
            name: name?.value,
            season: season?,
        })
    };
    let list = fields.list("seasons", SEASON);
    list.iter().filter_map(named).collect()
}

fn days(fields: &Fields, key: &'static str, own: &[NamedSeason]) -> Option<Season> {
    let texts = fields.texts(key);
    let mut seasons = Vec::new();
    for text in &texts {
        match Season::parse(text, own) {
            Some(season) => seasons.push(season),
            None => fields
                .reader()
                .report(Code::BadValue, &text.span.range, |d| {
                    d.with("key", key)
                        .with("value", &text.value)
                        .with("expected", words("a-season"))
                        .with("example", "10-15 to 03-31")
                }),
        }
    }
    Season::joined(seasons)
}

/// Tells whether `text` names a season.
pub(super) fn is_season(text: &str, settings: &Settings) -> bool {
    Season::parse(text, &settings.seasons).is_some()
}
