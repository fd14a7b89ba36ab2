//! Keys of other generators, which nobody writes by a slip.

use crate::diag::Value as Said;

/// Keys that pages of other generators have, and whose they are.
const FOREIGN: [(&str, &str); 24] = [
    ("tags", "Hugo, Hexo"),
    ("tag", "Hexo"),
    ("categories", "Hugo, Hexo"),
    ("category", "Hexo"),
    ("draft", "Hugo"),
    ("lastmod", "Hugo"),
    ("updated", "Hexo"),
    ("weight", "Hugo"),
    ("url", "Hugo"),
    ("permalink", "Hexo, Jekyll"),
    ("layout", "Hugo, Hexo, Jekyll"),
    ("author", "Hugo, Hexo"),
    ("authors", "Hugo"),
    ("description", "Hugo, Hexo"),
    ("keywords", "Hugo, Hexo"),
    ("cover", "Hexo"),
    ("thumbnail", "Hexo"),
    ("comments", "Hexo"),
    ("featured_image", "Hugo"),
    ("expiryDate", "Hugo"),
    ("publishDate", "Hugo"),
    ("redirect_from", "Jekyll"),
    ("sidebar", "VitePress"),
    ("outline", "VitePress"),
];

/// Names the generators that have the key `word`, which nobody writes by a slip.
pub(super) fn foreign(word: &str) -> Option<Said> {
    let found = FOREIGN.iter().find(|(key, _)| *key == word);
    found.map(|(_, whose)| Said::list(whose.split(", ")))
}
