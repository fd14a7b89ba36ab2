//! Reading topics: those that the settings define, and those that a file names.

use std::collections::BTreeSet;

use super::season;
use crate::calendar::NamedSeason;
use crate::diag::{Span, Spanned, words};
use crate::read::{Fields, Form::*, Keys};
use crate::site::topic::{self, LEAST_SHARE, Topic};

/// The keys of a topic.
pub(super) const TOPIC: Keys = &[
    ("id", &["编号"], Text),
    ("title", &["名称", "标题"], Text),
    ("season", &["季节", "当季"], Texts),
    ("share", &["份额"], Whole),
];

/// Reads `topics`, reporting those that do not exist.
pub(super) fn topics(fields: &Fields, known: &[Topic]) -> Vec<Spanned<String>> {
    find_topics(fields, "topics", &fields.texts("topics"), known)
}

/// Reads the topics under `key`, each once, reporting those that do not exist.
pub(super) fn find_topics(
    fields: &Fields,
    key: &'static str,
    texts: &[Spanned<String>],
    known: &[Topic],
) -> Vec<Spanned<String>> {
    let mut topics = Vec::new();
    let mut add = |topic: &Topic, span: &Span| {
        topics.push(Spanned {
            value: topic.id.clone(),
            span: span.clone(),
        });
    };
    for text in texts {
        // 分类 节水: blanks part topics too, as none has one in its name.
        let words = || text.split_whitespace().map(|word| topic::find(known, word));
        match topic::find(known, text) {
            Some(topic) => add(topic, &text.span),
            None if words().count() > 1 && words().all(|topic| topic.is_some()) => {
                words().flatten().for_each(|topic| add(topic, &text.span));
            }
            None => {
                let names = known
                    .iter()
                    .flat_map(|topic| [topic.id.as_str(), &topic.title]);
                fields.unknown_word(key, text, names);
            }
        }
    }
    let mut seen = BTreeSet::new();
    topics.retain(|topic| seen.insert(topic.value.clone()));
    topics
}

/// Reads topics with their names.
pub(super) fn defined_topics(fields: &Fields, seasons: &[NamedSeason]) -> Vec<Topic> {
    let topic = |own: &Fields| {
        let id = own.required_text("id", "id: health");
        let title = own.required_text("title", words("example-topic"));
        let (id, title) = id.zip(title)?;
        Some(Topic {
            id: id.value,
            title: title.value,
            season: season::season(own, seasons),
            share: own.integer("share", 0..=100).unwrap_or(LEAST_SHARE),
        })
    };
    let topics = fields.list("topics", TOPIC);
    topics.iter().filter_map(topic).collect()
}
