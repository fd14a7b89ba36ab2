//! Topics: what a page is about, and what the one-per-board rule counts.

use crate::calendar::Season;
use crate::read::values::{fold, is_wide};

/// A topic.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Topic {
    /// Its name in files and data, such as `water`.
    pub id: String,
    /// Its name for people, such as 节水护水.
    pub title: String,
    /// When its guides are worth showing, where they do not say so themselves.
    #[serde(skip)]
    pub season: Option<Season>,
    /// How many percent of the days on the walls it should have in each quarter at least.
    #[serde(skip)]
    pub share: i64,
}

/// The least share of a topic that does not say so itself, in percent.
pub const LEAST_SHARE: i64 = 3;

/// The topics that every site has; each has a motif in the theme.
const BUILT_IN: [(&str, &str); 8] = [
    ("sorting", "垃圾分类"),
    ("water", "节水护水"),
    ("energy", "节能用电"),
    ("travel", "绿色出行"),
    ("trees", "绿化与生物"),
    ("air", "空气与楼道"),
    ("pests", "防病除害"),
    ("neighbours", "邻里与循环"),
];

/// Returns the topics that every site has.
pub fn built_in() -> Vec<Topic> {
    BUILT_IN
        .map(|(id, title)| Topic {
            id: id.into(),
            title: title.into(),
            season: None,
            share: LEAST_SHARE,
        })
        .to_vec()
}

/// Finds a topic by either of its names, or by part of its title where only one has it: 节水 is
/// 节水护水.
pub fn find<'a>(topics: &'a [Topic], word: &str) -> Option<&'a Topic> {
    let folded = fold(word);
    let is_called = |topic: &&Topic| fold(&topic.id) == folded || fold(&topic.title) == folded;
    let is_part = |topic: &&Topic| topic.title.contains(&folded);
    let only = || {
        let is_word = folded.chars().count() > 1 && folded.chars().all(is_wide);
        let mut found = topics.iter().filter(|_| is_word).filter(is_part);
        found.next().filter(|_| found.next().is_none())
    };
    topics.iter().find(is_called).or_else(only)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_found_by_what_people_call_them() {
        let topics = built_in();
        let id = |word| find(&topics, word).map(|topic| topic.id.as_str());
        for (word, topic) in [
            ("water", "water"),
            ("Ｗater", "water"),
            ("节水护水", "water"),
            ("“节水护水”", "water"),
            ("节水", "water"),
            ("分类", "sorting"),
            ("节能", "energy"),
            ("除害", "pests"),
        ] {
            assert_eq!(id(word), Some(topic), "{word}");
        }
        for word in ["与", "水", "wat", "", "护水节水"] {
            assert_eq!(id(word), None, "{word}");
        }
        let mut more = topics.clone();
        more.push(Topic {
            id: "packs".into(),
            title: "包装分类".into(),
            season: None,
            share: LEAST_SHARE,
        });
        assert_eq!(
            find(&more, "分类"),
            None,
            "two topics have it in their titles"
        );
    }
}
