//! The languages of the website: each is a whole website below a folder of its own, the main one
//! at the root; and what a page has in which of them.
//!
//! Pictures, posters and other files of content are shared: they lie with the main language.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::on_web::OnWeb;
use crate::render::links;
use crate::render::web::text::words::Words;
use crate::site::Site;

/// All languages, the main one first.
#[derive(Debug, Default)]
pub(in crate::render::web) struct Languages {
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
    /// Output files by the page's id, and by themselves; none where there is one language alone, of
    /// which nobody asks.
    files: FxHashMap<String, String>,
}

/// A language to go to.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(in crate::render::web) struct LanguageView {
    pub tag: String,
    /// What its readers call it.
    pub name: String,
    /// This page in that language, or that language's home page; counted from the root of this
    /// page's own.
    pub url: String,
    /// Whether it is this page's.
    pub current: bool,
}

/// A page in one of its languages, for search engines.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(in crate::render::web) struct AlternateView {
    /// The tag, or `x-default` for readers of other languages.
    pub tag: String,
    pub href: String,
}

impl Languages {
    /// Gathers what each language has; `all` gives of each what is on the web, its words, and the
    /// output files that the program itself chooses.
    pub(in crate::render::web) fn new<'b>(
        all: impl IntoIterator<Item = (&'b OnWeb<'b>, &'b Words, Vec<String>)>,
    ) -> Self {
        let mut languages = Self::default();
        for (on_web, words, files) in all {
            if languages.all.is_empty() {
                languages.base_url = on_web.base_url().map(str::to_owned);
            }
            let mut known = FxHashMap::default();
            if on_web.has_languages() {
                for page in on_web.pages() {
                    known.insert(page.url.clone(), page.url.clone());
                }
                known.extend(files.into_iter().map(|url| (url.clone(), url)));
                let pages = on_web.pages();
                known.extend(pages.map(|page| (page.id.clone(), page.url.clone())));
            }
            languages.all.push(Known {
                tag: on_web.site.settings.language.clone(),
                name: words.get("language_name").to_owned(),
                folder: on_web.folder(),
                files: known,
            });
        }
        languages
    }

    /// Returns the ways from a page to the website's languages; none where there is one alone.
    pub(in crate::render::web) fn switch(
        &self,
        on_web: &OnWeb,
        id: &str,
        url: &str,
    ) -> Vec<LanguageView> {
        let up = on_web.shared("");
        let view = |known: &Known| {
            let file = known.file(id, url).unwrap_or("index.html");
            LanguageView {
                tag: known.tag.clone(),
                name: known.name.clone(),
                url: format!("{up}{}{}", known.folder, links::encode(file)),
                current: known.tag == on_web.site.settings.language,
            }
        };
        match self.all.len() {
            0 | 1 => Vec::new(),
            _ => self.all.iter().map(view).collect(),
        }
    }

    /// Returns a page in all languages that have it, its own among them; none where that is one.
    pub(in crate::render::web) fn alternates(
        &self,
        on_web: &OnWeb,
        id: &str,
        url: &str,
    ) -> Vec<AlternateView> {
        let href = |known: &Known| {
            let file = known.file(id, url)?;
            Some(match &self.base_url {
                Some(base) => format!("{base}{}{}", known.folder, links::pretty(file)),
                None => {
                    let (root, up) = (links::root(url), on_web.shared(""));
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
    pub(in crate::render::web) fn folders(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|known| known.folder.as_str())
    }

    /// Returns the tag of the language to whose website the file `path` below the root belongs.
    pub(in crate::render::web) fn language_of(&self, path: &str) -> Option<&str> {
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

/// Returns the site in each of its further languages, topics called by the theme's words where the
/// site has none of its own.
pub(in crate::render::web) fn further(site: &Site, words: impl Fn(&str) -> Words) -> Vec<Site> {
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
