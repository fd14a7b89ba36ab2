//! Tiny sites for the tests of lists, addresses and changes.

use super::Website;
use crate::typeset::testing::TestSite;

const SETTINGS: &str = "format: 1\ntitle: 绿板\norganisation: 梧桐里社区居民委员会\n\
    base_url: https://wutongli.example/green/\n";

/// A site of these pages, each with its front matter below its title; no boards.
pub(super) fn site_of(settings: &str, pages: &[(&str, &str, &str)]) -> TestSite {
    let mut site = TestSite::with_gate()
        .file("greenboard.yaml", format!("{SETTINGS}{settings}"))
        .file(
            "content/living/_index.md",
            "---\ntitle: 指南\nsort: order\n---\n",
        );
    for (id, title, front) in pages {
        let text = format!("---\ntitle: {title}\n{front}\n---\n正文。\n");
        site = site.file(&format!("content/{id}.md"), text);
    }
    site
}

/// Returns the words of a page between its tags, in a line.
pub(super) fn words(html: &str) -> String {
    let mut words = String::new();
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        words.push_str(text.trim());
        words.push(' ');
        rest = tag.split_once('>').map_or("", |(_, rest)| rest);
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn main_words(website: &Website, path: &str) -> String {
    words(website.part(path, "<main", "</main>"))
}
