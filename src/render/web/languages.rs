//! The languages of the website: each is a whole website below a folder of its own, the main one
//! at the root; and what a page has in which of them.
//!
//! Pictures, posters and other files of content are shared: they lie with the main language.

use std::collections::BTreeMap;

use serde::Serialize;

use super::build::Build;
use super::links;
use super::words::Words;
use crate::site::{Page, Section, Site};

/// All languages, the main one first.
#[derive(Debug, Default)]
pub(super) struct Languages {
    all: Vec<Known>,
    /// The address of the main language's website.
    base_url: Option<String>,
}

/// One language and its pages.
#[derive(Debug)]
struct Known {
    tag: String,
    /// What its readers call it.
    name: String,
    /// The folder below the root, ending in `/`; empty for the main language.
    folder: String,
    /// Output files by the page's id, and by themselves.
    files: BTreeMap<String, String>,
}

/// A language to go to.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct LanguageView {
    pub tag: String,
    /// What its readers call it.
    pub name: String,
    /// This page in that language, or that language's home page; counted from the root of this
    /// page's own.
    pub url: String,
    /// Whether it is this page's.
    pub current: bool,
}

/// The pages of a list that nobody has translated.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct LentView {
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
    pub(super) fn new(section: &Section, build: &Build) -> Option<Self> {
        let tag = build.site.translated_from.clone()?;
        let inside = format!("{}/", section.id);
        let lies_there =
            |page: &&Page| page.section == section.id || page.section.starts_with(&inside);
        let n = build.lent_pages().filter(lies_there).count();
        let url = build.section_url(section);
        let switch = build.languages.switch(build, &section.id, &url);
        let main = switch.into_iter().next()?;
        (n > 0).then(|| Self {
            n,
            language: build.words.language(&tag).to_owned(),
            tag,
            url: main.url,
        })
    }
}

/// A page in one of its languages, for search engines.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct AlternateView {
    /// The tag, or `x-default` for readers of other languages.
    pub tag: String,
    pub href: String,
}

impl Languages {
    /// Gathers what each language has; `files` gives the output files of a build that the program
    /// itself chooses.
    pub(super) fn new<'b>(
        builds: &'b [Build<'b>],
        files: impl Fn(&Build<'b>) -> Vec<String>,
    ) -> Self {
        let known = |build: &Build<'b>| {
            let pages = build
                .pages()
                .map(|page| (page.id.clone(), page.url.clone()));
            let mut known: BTreeMap<String, String> = pages.collect();
            let urls: Vec<String> = known.values().cloned().chain(files(build)).collect();
            known.extend(urls.into_iter().map(|url| (url.clone(), url)));
            Known {
                tag: build.site.settings.language.clone(),
                name: build.words.get("language_name").to_owned(),
                folder: folder(build.site),
                files: known,
            }
        };
        Self {
            all: builds.iter().map(known).collect(),
            base_url: builds
                .first()
                .and_then(|main| main.base_url().map(str::to_owned)),
        }
    }

    /// Returns the ways from a page to the website's languages; none where there is one alone.
    pub(super) fn switch(&self, build: &Build, id: &str, url: &str) -> Vec<LanguageView> {
        let up = build.shared("");
        let view = |known: &Known| {
            let file = known.file(id, url).unwrap_or("index.html");
            LanguageView {
                tag: known.tag.clone(),
                name: known.name.clone(),
                url: format!("{up}{}{}", known.folder, links::encode(file)),
                current: known.tag == build.site.settings.language,
            }
        };
        match self.all.len() {
            0 | 1 => Vec::new(),
            _ => self.all.iter().map(view).collect(),
        }
    }

    /// Returns a page in all languages that have it, its own among them; none where that is one.
    pub(super) fn alternates(&self, build: &Build, id: &str, url: &str) -> Vec<AlternateView> {
        let href = |known: &Known| {
            let file = known.file(id, url)?;
            Some(match &self.base_url {
                Some(base) => format!("{base}{}{}", known.folder, links::pretty(file)),
                None => {
                    let (root, up) = (links::root(url), build.shared(""));
                    format!("{root}{up}{}{}", known.folder, links::encode(file))
                }
            })
        };
        let known = self.all.iter();
        let all: Vec<(&Known, String)> = known.filter_map(|it| Some((it, href(it)?))).collect();
        if all.len() < 2 {
            return Vec::new();
        }
        let main = all.iter().filter(|(known, _)| known.folder.is_empty());
        let default = main.map(|(_, href)| ("x-default", href));
        let tagged = all.iter().map(|(known, href)| (known.tag.as_str(), href));
        tagged
            .chain(default)
            .map(|(tag, href)| AlternateView {
                tag: tag.to_owned(),
                href: href.clone(),
            })
            .collect()
    }

    /// Returns the folders of all languages below the root, each ending in `/`; the main one's is
    /// empty.
    pub(super) fn folders(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|known| known.folder.as_str())
    }

    /// Returns the tag of the language to whose website the file `path` below the root belongs.
    pub(super) fn language_of(&self, path: &str) -> Option<&str> {
        let further = self.all.iter().filter(|known| !known.folder.is_empty());
        let mut all = further.chain(self.all.first());
        all.find(|known| path.starts_with(&known.folder))
            .map(|known| known.tag.as_str())
    }
}

impl Known {
    /// Finds the output file of the page `id`, or the file `url` itself.
    fn file(&self, id: &str, url: &str) -> Option<&str> {
        let file = self.files.get(id).or_else(|| self.files.get(url));
        file.map(String::as_str)
    }
}

/// Returns the folder of a language's website below the root, ending in `/`; nothing for the main
/// language.
pub(super) fn folder(site: &Site) -> String {
    match site.translated_from {
        Some(_) => format!("{}/", site.settings.language),
        None => String::new(),
    }
}

/// Returns the site in each of its further languages, topics called by the theme's words where the
/// site has none of its own.
pub(super) fn further(site: &Site, words: impl Fn(&str) -> Words) -> Vec<Site> {
    let languages = site.settings.languages.iter();
    languages
        .map(|language| {
            let mut own = site.in_language(language);
            let words = words(&language.tag);
            let named = |id: &str| language.topics.iter().any(|topic| topic.id == id);
            for topic in &mut own.settings.topics {
                if let Some(title) = words.topic(&topic.id).filter(|_| !named(&topic.id)) {
                    topic.title = title.to_owned();
                }
            }
            own
        })
        .collect()
}
