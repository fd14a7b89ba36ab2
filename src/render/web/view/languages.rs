//! What a list tells of pages that nobody has translated.

use serde::Serialize;

use crate::render::web::facts::website::Facts;
use crate::site::{Page, Section};

/// The pages of a list that nobody has translated.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(in crate::render::web) struct LentView {
    /// How many.
    pub n: usize,
    /// The main language, as the readers of this one call it.
    pub language: String,
    /// Its tag.
    pub tag: String,
    /// The list in the main language.
    pub url: String,
}

impl LentView {
    /// Counts the pages of `section` and below that only the main language has.
    pub(in crate::render::web) fn new(section: &Section, facts: &Facts) -> Option<Self> {
        let tag = facts.site.translated_from.clone()?;
        let inside = format!("{}/", section.id);
        let lies_there =
            |page: &&Page| page.section == section.id || page.section.starts_with(&inside);
        let n = facts.fallback_pages().filter(lies_there).count();
        let url = facts.section_url(section);
        let switch = facts.languages.switch(facts, &section.id, &url);
        let main = switch.into_iter().next()?;
        (n > 0).then(|| Self {
            n,
            language: facts.words.language(&tag).to_owned(),
            tag,
            url: main.url,
        })
    }
}
