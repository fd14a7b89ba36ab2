//! The languages of a site: which file translates which, and the site as the readers of a
//! further language see it.
//!
//! Planner, boards, print and ledger know the main language alone. The website is made once a
//! language, each time of a whole [`Site`]; what nobody has translated stands in it as a page
//! that falls back to the main language, to be linked to and not to be made again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::assemble;
use super::settings::{FurtherLanguage, Settings};
use super::website::{Taxonomy, Term};
use super::{Board, Page, Section, Site};
use crate::diag::{Code, Diagnostic, Diagnostics, SitePath, Source, Span, nearest};

/// The pages of each further language, by its tag.
pub type Translations = BTreeMap<String, Vec<Translation>>;

/// A page in a further language.
#[derive(Debug, Clone)]
pub struct Translation {
    /// The page, with the id of the one that it translates.
    pub page: Page,
    /// Where the board stands that it describes, in that language.
    pub place: Option<String>,
}

/// What a file's name says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// The path without the language: `living/water.md` of `living/water.en.md`.
    pub original: SitePath,
    /// The language.
    pub language: Named,
}

/// The language that a file's name gives.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// The main one: by its tag, or by none.
    Main,
    /// A further one, by its tag.
    Further(String),
    /// One that the settings do not list.
    Unlisted(String),
}

impl Name {
    /// Reads a path. Only two letters, as `en` or `zh-Hant`, are taken for a language that is
    /// not listed: `report.old.md` is a page.
    pub(super) fn of(path: &SitePath, settings: &Settings) -> Self {
        let whole = |language| Self {
            original: path.clone(),
            language,
        };
        let Some((stem, tag)) = path.stem().rsplit_once('.') else {
            return whole(Named::Main);
        };
        let further = settings.languages.iter().map(|language| &language.tag);
        let language = match further.into_iter().find(|it| it.eq_ignore_ascii_case(tag)) {
            Some(tag) => Named::Further(tag.clone()),
            None if settings.language.eq_ignore_ascii_case(tag) => Named::Main,
            None if is_tag(tag) => Named::Unlisted(tag.to_owned()),
            None => return whole(Named::Main),
        };
        let file = format!("{stem}.{}", path.extension());
        match path.parent().join(&file) {
            Some(original) => Self { original, language },
            None => whole(language),
        }
    }

    /// Reports a language that the settings do not list.
    pub(super) fn unlisted(source: &Arc<Source>, tag: &str, settings: &Settings) -> Diagnostic {
        let tags = || settings.languages.iter().map(|it| it.tag.as_str());
        let all: Vec<&str> = tags().chain([tag]).collect();
        Diagnostic::new(Code::LanguageUnlisted)
            .at(Span::file(source))
            .with("tag", tag)
            .with_some("nearest", nearest(tag, tags()))
            .with("example", format!("languages: [{}]", all.join(", ")))
    }
}

/// Tells whether `text` looks like a language: two letters, and what may follow behind hyphens.
fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let letters = |part: &str| part.len() == 2 && part.chars().all(|c| c.is_ascii_alphabetic());
    let follows = |part: &str| {
        (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    };
    parts.next().is_some_and(letters) && parts.all(follows)
}

/// Returns the name by which a link leads to a page in another language than its own.
pub fn across(id: &str, tag: &str) -> String {
    format!("{id}.{tag}")
}

/// Reports further languages without a home page, pages of one address, and folders of pages
/// that lie where a language's website goes.
pub(super) fn check(
    settings: &Settings,
    pages: &[Page],
    translations: &Translations,
    diagnostics: &mut Diagnostics,
) {
    for language in &settings.languages {
        let own = translations
            .get(&language.tag)
            .map_or(&[][..], Vec::as_slice);
        if !own.iter().any(|it| it.page.id.is_empty()) {
            let missing = Diagnostic::new(Code::LanguageWithoutHome)
                .at(language.span.clone())
                .with("tag", &language.tag);
            diagnostics.push(missing.with("file", format!("content/_index.{}.md", language.tag)));
        }
        let own: Vec<Page> = own.iter().map(|it| it.page.clone()).collect();
        diagnostics.extend(assemble::clashes(&own, &[]));
        let folder = format!("{}/", language.tag.to_lowercase());
        let lies_there = |page: &&Page| page.url.to_lowercase().starts_with(&folder);
        if let Some(page) = pages.iter().find(lies_there) {
            let taken = Diagnostic::new(Code::SameUrl)
                .at(page.title_span.clone())
                .with("url", &page.url);
            diagnostics.push(taken.with("other", format!("languages: [{}]", language.tag)));
        }
    }
}

impl Site {
    /// Returns the site as the readers of `language` see it: its own pages where there are
    /// translations, all others as fallbacks to the main language; lists hold its own alone.
    pub fn in_language(&self, language: &FurtherLanguage) -> Site {
        let own = self.translations.get(&language.tag);
        let own = own.into_iter().flatten();
        let own = Own(own.map(|it| (it.page.id.as_str(), it)).collect());
        let mut pages: Vec<Page> = own.0.values().map(|it| it.page.clone()).collect();
        // A section with pages of its own is listed in this language even where its own page is
        // not translated: then under its title alone.
        let stays_out = |page: &Page| own.has(&page.id) || (page.is_section && own.fills(&page.id));
        let others = self.pages.iter().filter(|page| !stays_out(page));
        pages.extend(others.map(fallback));
        for page in &mut pages {
            for taxonomy in &language.taxonomies {
                if let Some(terms) = page.web.terms.get_mut(&taxonomy.id) {
                    name_terms(terms, taxonomy);
                }
            }
        }
        let sections = own.sections(self, &pages, &language.tag);
        pages.sort_by(|a, b| a.id.cmp(&b.id));
        Site {
            settings: settings_in(&self.settings, language),
            pages,
            sections,
            boards: self.boards.iter().map(|board| own.board(board)).collect(),
            items: self.items.clone(),
            calendar: self.calendar.clone(),
            data: self.data.clone(),
            assets: self.assets.clone(),
            statics: self.statics.clone(),
            translations: self.translations.clone(),
            translated_from: Some(self.settings.language.clone()),
            today: self.today,
        }
    }
}

/// The pages that a further language has of its own, by id.
struct Own<'a>(BTreeMap<&'a str, &'a Translation>);

impl Own<'_> {
    fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// Tells whether the section, or one below it, holds a page of this language.
    fn fills(&self, section: &str) -> bool {
        let inside = format!("{section}/");
        let below = |page: &Page| page.section == section || page.section.starts_with(&inside);
        section.is_empty() || self.0.values().any(|it| below(&it.page))
    }

    fn title(&self, id: &str, original: &str) -> String {
        let own = self.0.get(id).map(|it| &it.page.title);
        own.map_or(original, String::as_str).to_owned()
    }

    /// Returns the sections, those that this language fills with its own pages alone.
    fn sections(&self, original: &Site, pages: &[Page], tag: &str) -> Vec<Section> {
        let found = original.sections.iter().map(|section| Section {
            title: self.title(&section.id, &section.title),
            language: match self.fills(&section.id) {
                true => tag.to_owned(),
                false => section.language.clone(),
            },
            ..section.clone()
        });
        let mut sections = assemble::sections(found.collect(), pages, &original.settings.website);
        for section in sections.iter_mut().filter(|it| it.language == tag) {
            section.pages.retain(|id| self.has(id));
        }
        sections
    }

    fn board(&self, board: &Board) -> Board {
        let own = self.0.get(board.page.as_str());
        let place = own.and_then(|it| it.place.clone());
        Board {
            title: self.title(&board.page, &board.title),
            place: place.unwrap_or_else(|| board.place.clone()),
            ..board.clone()
        }
    }
}

/// Returns a page of the main language as a link from a further one's website sees it.
fn fallback(page: &Page) -> Page {
    let mut fallback = page.clone();
    fallback.url = format!("../{}", page.url);
    fallback
}

/// Calls the terms as `own` calls them.
fn name_terms(terms: &mut [Term], own: &Taxonomy) {
    for term in terms {
        if let Some(named) = own.terms.iter().find(|named| named.id == term.id) {
            term.title.clone_from(&named.title);
        }
    }
}

/// Returns the settings with what `language` says laid over them; its website's address is that
/// of its folder.
fn settings_in(main: &Settings, language: &FurtherLanguage) -> Settings {
    let mut settings = main.clone();
    let lay = |under: &mut String, over: &Option<String>| {
        if let Some(over) = over {
            under.clone_from(over);
        }
    };
    lay(&mut settings.title, &language.title);
    if main.organisation == main.title {
        lay(&mut settings.organisation, &language.title);
    }
    lay(&mut settings.organisation, &language.organisation);
    lay(&mut settings.description, &language.description);
    let either = |over: &Option<String>, under: Option<String>| over.clone().or(under);
    settings.city = either(&language.city, settings.city);
    settings.contact.address = either(&language.address, settings.contact.address);
    settings.contact.hours = either(&language.hours, settings.contact.hours);
    for topic in &mut settings.topics {
        let own = language.topics.iter().find(|own| own.id == topic.id);
        if let Some(own) = own {
            topic.title.clone_from(&own.title);
        }
    }
    for taxonomy in &mut settings.website.taxonomies {
        let own = language.taxonomies.iter().find(|own| own.id == taxonomy.id);
        if let Some(own) = own {
            taxonomy.title.clone_from(&own.title);
            name_terms(&mut taxonomy.terms, own);
        }
    }
    settings.base_url = settings
        .base_url
        .map(|url| format!("{url}{}/", language.tag));
    settings.language.clone_from(&language.tag);
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_letters_are_a_language_and_other_words_are_not() {
        for tag in ["en", "zh-Hant", "zh-TW", "pt-BR", "EN"] {
            assert!(is_tag(tag), "{tag}");
        }
        for other in ["old", "v2", "12", "", "e", "en-", "en_US", "final"] {
            assert!(!is_tag(other), "{other}");
        }
    }
}
