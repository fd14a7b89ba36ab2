//! Reading the topics that a file names.

use std::collections::BTreeSet;

use crate::diag::Spanned;
use crate::read::Fields;
use crate::site::topic::{self, Topic};

/// Reads `topics`, reporting those that do not exist.
pub(super) fn topics(fields: &Fields, known: &[Topic]) -> Vec<Spanned<String>> {
    named_topics(fields, "topics", known)
}

/// Reads the topics under `key`, each once, reporting those that do not exist.
pub(super) fn named_topics(
    fields: &Fields,
    key: &'static str,
    known: &[Topic],
) -> Vec<Spanned<String>> {
    let mut topics = Vec::new();
    for text in fields.texts(key) {
        match topic::find(known, &text) {
            Some(topic) => topics.push(Spanned {
                value: topic.id.clone(),
                span: text.span,
            }),
            None => {
                let names = known
                    .iter()
                    .flat_map(|topic| [topic.id.as_str(), &topic.title]);
                fields.unknown_word(key, &text, names);
            }
        }
    }
    let mut seen = BTreeSet::new();
    topics.retain(|topic| seen.insert(topic.value.clone()));
    topics
}
