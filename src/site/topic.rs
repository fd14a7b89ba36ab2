//! Topics: what a page is about, and what the one-per-board rule counts.

/// A topic.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Topic {
    /// Its name in files and data, such as `water`.
    pub id: String,
    /// Its name for people, such as 节水护水.
    pub title: String,
}

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
        })
        .to_vec()
}

/// Finds a topic by either of its names.
pub fn find<'a>(topics: &'a [Topic], word: &str) -> Option<&'a Topic> {
    topics
        .iter()
        .find(|topic| topic.id == word || topic.title == word)
}
