//! Stage 2: sources into the typed [`Site`], everything checked.
//!
//! In: the [`Tree`] of files. Out: pages, sections, boards, sorting items and
//! the calendar as typed values that cite each other by id, and all that was wrong with them.
//! Nothing here knows how a page looks or where a poster hangs.

mod about;
pub(crate) mod address;
mod aliases;
mod assemble;
mod blanks;
mod block;
pub mod board;
mod due;
pub mod duty;
pub(crate) mod gist;
mod given;
pub mod language;
#[cfg(test)]
mod language_tests;
mod links;
pub mod markdown;
mod near;
pub mod page;
mod pictures;
mod poster_wish;
mod reading;
mod remembered;
pub(crate) mod sentences;
pub mod settings;
pub mod shortcode;
pub mod sorting;
mod strays;
mod target;
pub mod topic;
pub mod website;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

pub use crate::area::{Area, Millimetres, Size};
pub(crate) use address::{file_part, is_device, refused};
pub use block::{Shortcode, ShortcodeKind, Video};
pub use board::{Board, BoardKind, Header, Hours, Light, Make, Panel, Place, PrintWay, Slot};
pub use duty::{Done, Duty, Every};
pub use given::{Focus, GivenOption, Picture};
pub use language::{Translation, Translations};
pub use page::{
    Approval, Campaign, Event, Figure, LinkTarget, Notice, NoticeKind, Page, PageContent, Posting,
    Stage,
};
pub use pictures::refused_picture;
pub use poster_wish::{Leaflet, PosterWish};
pub use reading::{Schema, schema};
pub use remembered::KnownPages;
pub use settings::{
    Delivery, Fen, Filing, FurtherLanguage, Material, Person, Prices, Printing, Profile, Settings,
    Shop, WebFonts, Weights,
};
pub use sorting::{Bin, BinLook, Colour, SortingItem};
pub use website::{Contents, Slugs, Taxonomy, Term, WebWish, Website};

use crate::cache::CacheKey;
use crate::calendar::Calendar;
use crate::diag::{Diagnostic, Diagnostics, SitePath, Source, Span, Warned};
use crate::read::data::Data;
use crate::read::{Asset, MarkdownFile, Tree, Use};
use about::Resolved;
use language::{Name, Named};
use remembered::ReadPage;

/// What the list of things that people look up is called, whatever its ending.
const ITEMS: &str = "items";

/// Reports the numbers of persons in data files that templates of the site's own show.
fn shown_data(tree: &Tree, settings: &Settings) -> Diagnostics {
    let templates = tree.theme_files.iter();
    let templates: Vec<String> = templates
        .filter(|(path, _)| path.extension() == "html")
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    let is_shown = |name: &str| {
        let top = format!("data.{}", name.split('.').next().unwrap_or(name));
        templates.iter().any(|it| it.contains(&top))
    };
    let files = tree.values.files.iter();
    let shown = files.filter(|(name, _)| is_shown(name));
    let told = shown.flat_map(|(name, path)| {
        let mut words = String::new();
        if let Some(value) = tree.values.get(name) {
            gather(value, &mut words);
        }
        let source = Source::new(path.clone(), "");
        reading::private(&words, settings)
            .into_iter()
            .map(move |it| {
                let told = Diagnostic::new(it.code).at(Span::file(&source));
                told.with("number", it.shown)
            })
    });
    told.collect()
}

/// Gathers all words and numbers of a value, each apart from the others.
fn gather(value: &serde_json::Value, words: &mut String) {
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|it| gather(it, words)),
        serde_json::Value::Object(map) => map.values().for_each(|it| gather(it, words)),
        serde_json::Value::String(text) => *words += &format!("{text}\n\n"),
        serde_json::Value::Number(number) => *words += &format!("{number}\n\n"),
        _ => {}
    }
}

/// Understands the files of a site.
pub fn site(tree: &Tree) -> Warned<Site> {
    site_with(tree, None)
}

/// Understands the files of a site of which an earlier run of the same program `known` the pages:
/// one is read again where it, or what reading it needs, has changed.
pub fn site_with(tree: &Tree, known: Option<&KnownPages>) -> Warned<Site> {
    let mut diagnostics = Diagnostics::default();
    let (settings, found) = reading::read_settings(&tree.settings, &tree.theme_files);
    diagnostics.extend(found);
    let mut calendar = Calendar::default();
    for (path, file) in &tree.data {
        if path.stem() == "calendar" {
            let found = reading::read_calendar(file, &settings, tree.today, &mut calendar);
            diagnostics.extend(found);
            diagnostics.extend(reading::check_privacy(&file.source, &settings));
        }
    }
    diagnostics.extend(shown_data(tree, &settings));
    let (items, knows_items, found) = items(tree, &settings);
    diagnostics.extend(found);
    let mut pages = Vec::new();
    let mut found_sections = Vec::new();
    let mut boards = Vec::new();
    let mut foreign = Vec::new();
    let context = |file: &MarkdownFile| reading::Context {
        settings: &settings,
        today: tree.today,
        calendar: &calendar,
        assets: &tree.assets,
        folder: file.source.path.parent(),
    };
    let mut own = Vec::new();
    for file in &tree.documents {
        let name = Name::of(&file.place, &settings);
        match name.language {
            Named::Main => own.push((file, name.original)),
            Named::Further(tag) => foreign.push((file, name.original, tag)),
            Named::Unlisted(tag) => {
                diagnostics.push(Name::unlisted(&file.source, &tag, &settings));
            }
        }
    }
    let around = known.map(|known| (known, reading_key(tree)));
    let read = own.par_iter().map(|(file, original)| {
        let key = around.as_ref().zip(file.key).map(|((_, around), key)| {
            let parts = [&around.0, &key.0, original.as_str().as_bytes()];
            CacheKey::of(&parts)
        });
        let found = || known?.read.find(&file.source.path, key?);
        found().unwrap_or_else(|| {
            let read = ReadPage::of(file, original, key, &context(file));
            if let Some((known, key)) = known.zip(key) {
                known.read.keep(&file.source.path, key, read.clone());
            }
            read
        })
    });
    let mut read: Vec<_> = read.collect();
    if let Some(known) = known {
        known.keep_only(tree.documents.iter().map(|file| &file.source.path));
    }
    let is_home = |read: &ReadPage| read.page.as_ref().is_some_and(|it| it.page.id.is_empty());
    if !read.iter().any(is_home) {
        let home = reading::home(&settings);
        let path = &home.source.path;
        read.push(ReadPage::of(&home, path, None, &context(&home)));
    }
    pages.reserve_exact(read.len());
    let mut abouts = Vec::with_capacity(read.len());
    for ReadPage { page, found, about } in read {
        diagnostics.extend(found);
        if let Some(read) = page {
            pages.push(read.page);
            abouts.push(about);
            found_sections.extend(read.section);
            boards.extend(read.board);
        }
    }
    let (clashes, equal) = rayon::join(
        || assemble::clashes(&pages, &boards),
        || assemble::equal_titles(&pages),
    );
    diagnostics.extend(clashes);
    diagnostics.extend(equal);
    aliases::report_clashes(&pages, &mut diagnostics);
    let is_list = |path: &SitePath| path.stem() == ITEMS;
    if tree.lists.is_empty() && !tree.data.keys().any(is_list) {
        assemble::forget_items(&mut pages, tree, &mut diagnostics);
    }
    // Where the list of items is broken, those that seem to be missing may be there.
    let known_items = knows_items.then_some(&*items);
    assemble::check_citations(&pages, &boards, known_items, tree, &mut diagnostics);
    blanks::report(tree, &mut diagnostics);
    due::check(&pages, tree.today, &mut diagnostics);
    let mut translations = match foreign.is_empty() {
        true => Translations::new(),
        false => {
            let originals = reading::Originals::new(&pages, &tree.documents, &settings);
            translations(foreign, &originals, &context, &mut diagnostics)
        }
    };
    language::check(&settings, &pages, &translations, &mut diagnostics);
    let places = || links::Places::new(&pages, &abouts, &translations, &settings);
    let (places, resolved) = match known {
        None => (places().into(), None),
        Some(known) => {
            let translated = translations.iter();
            let translated =
                translated.flat_map(|(tag, own)| own.iter().map(|it| (&**tag, &it.page)));
            let key = about::places_key(&abouts, translated, tree);
            let resolved = Resolved::new(&known.resolved, key);
            (known.places(key, places), Some(resolved))
        }
    };
    let targets = links::Targets::new(places, &translations, tree, &settings);
    let around = shortcode::Around {
        targets: &targets,
        tree,
        settings: &settings,
        boards: &boards,
        items: &items,
        knows_items,
    };
    let told = &mut diagnostics;
    shortcode::resolve(&mut pages, &abouts, &mut translations, &around, told);
    let resolved = resolved.as_ref();
    links::resolve(
        &mut pages,
        &abouts,
        &mut translations,
        &targets,
        resolved,
        told,
    );
    pictures::check(&pages, &translations, &boards, tree, &mut diagnostics);
    strays::report(&pages, &translations, tree, &mut diagnostics);
    let sections = assemble::sections(found_sections, &pages, &settings.website);
    pages.sort_by(|a, b| a.id.cmp(&b.id));
    boards.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    let site = Site {
        settings,
        pages,
        sections,
        boards,
        items,
        calendar,
        assets: published(&tree.assets),
        statics: published(&tree.statics),
        translations: translations.into(),
        translated_from: None,
        data: tree.values.clone(),
        today: tree.today,
    };
    Warned {
        value: site,
        diagnostics,
    }
}

/// Returns the key of all that a page is read with, but its file: what a [`reading::Context`] is
/// made of.
fn reading_key(tree: &Tree) -> CacheKey {
    let calendars = tree.data.iter();
    let calendars = calendars.filter(|(path, _)| path.stem() == "calendar");
    let texts = calendars.map(|(_, file)| file.source.text.as_bytes());
    let today = tree.today.to_string();
    let mut parts = vec![tree.settings.source.text.as_bytes(), today.as_bytes()];
    parts.extend(texts);
    for (path, bytes) in &tree.theme_files {
        parts.extend([path.as_str().as_bytes(), bytes]);
    }
    parts.extend(tree.assets.keys().map(|path| path.as_str().as_bytes()));
    CacheKey::of(&parts)
}

/// Reads the lists of items, however they are kept; tells whether all of them could be read.
fn items(tree: &Tree, settings: &Settings) -> (Vec<SortingItem>, bool, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let mut items = Vec::new();
    let files = tree
        .data
        .values()
        .filter(|it| it.source.path.stem() == ITEMS);
    let lists = files.map(reading::ItemList::of_file);
    for list in lists.chain(tree.lists.iter().map(reading::ItemList::of_table)) {
        let (read, found) = reading::read_items(&list, settings);
        items.extend(read);
        diagnostics.extend(found);
    }
    diagnostics.extend(reading::check_items(&items));
    let is_list =
        |path: &SitePath| matches!(Use::of(path), Use::Data | Use::List) && path.stem() == ITEMS;
    let knows_all = !diagnostics.has_errors() && !tree.unread.iter().any(is_list);
    (items, knows_all, diagnostics)
}

/// A file in a further language: the path of its original and the language's tag.
type Foreign<'a> = (&'a MarkdownFile, SitePath, String);

fn translations<'a>(
    files: Vec<Foreign<'a>>,
    originals: &reading::Originals,
    context: &dyn Fn(&MarkdownFile) -> reading::Context<'a>,
    diagnostics: &mut Diagnostics,
) -> Translations {
    let mut translations = Translations::new();
    for (file, original, tag) in files {
        let ctx = context(file);
        let (read, found) = reading::read_translation(file, &original, &tag, originals, &ctx);
        diagnostics.extend(found);
        translations.entry(tag).or_default().extend(read);
    }
    translations
}

/// Returns the files as everyone may see them: without what they tell of their maker.
fn published(files: &BTreeMap<SitePath, Asset>) -> BTreeMap<SitePath, Asset> {
    let clean = |(path, file): (&SitePath, &Asset)| (path.clone(), file.cleaned());
    files.iter().map(clean).collect()
}

/// All that the user has said, understood.
#[derive(Debug)]
pub struct Site {
    /// `greenboard.yaml`.
    pub settings: Settings,
    /// All pages, sections' own pages among them, ordered by id.
    pub pages: Vec<Page>,
    /// All sections, ordered by id.
    pub sections: Vec<Section>,
    /// All boards in walking order.
    pub boards: Vec<Board>,
    /// The things people look up, in the file's order.
    pub items: Vec<SortingItem>,
    /// Environmental days, local days and legal holidays.
    pub calendar: Calendar,
    /// Files that are neither text nor data: pictures and finished posters, by path.
    pub assets: BTreeMap<SitePath, Asset>,
    /// Files to be copied into the website, by path below the site; without what they tell of their maker.
    pub statics: BTreeMap<SitePath, Asset>,
    /// The pages of the further languages.
    pub translations: Arc<Translations>,
    /// The main language, where this is the site in a further one: pages of that language are
    /// fallbacks, and their addresses leave this language's website.
    pub translated_from: Option<String>,
    /// What the files below `data/` say.
    pub data: Data,
    /// The day of the build.
    pub today: Date,
}

/// A folder of pages.
#[derive(Debug, Clone)]
pub struct Section {
    /// The folder below `content/`; the home page's is the empty text.
    pub id: String,
    /// Its page, which is among [`Site::pages`] under the same id.
    pub title: String,
    /// The language tag of its list; see [`Site::translated_from`].
    pub language: String,
    /// How its pages are ordered.
    pub sort: Sort,
    /// How many pages its list holds before it goes on with a second page; all where absent.
    pub pagination: Option<usize>,
    /// Place among its siblings; smaller comes first.
    pub order: i64,
    /// The section above; `None` for the home page.
    pub parent: Option<String>,
    /// Ids of the pages directly in it, sorted; without its own page.
    pub pages: Vec<String>,
    /// Ids of the sections directly in it, sorted.
    pub sections: Vec<String>,
}

/// The order of a section's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Newest first.
    #[default]
    Date,
    /// Oldest first.
    Oldest,
    /// By title, Chinese by its sound.
    Title,
    /// By the pages' `order`.
    Order,
}

impl Site {
    /// Finds a page by its id.
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.pages
            .binary_search_by(|page| page.id.as_str().cmp(id))
            .ok()
            .map(|at| &self.pages[at])
    }

    /// Returns which money pays for a poster: what its page names, or the site.
    pub fn funds_of(&self, poster: &str) -> Option<&str> {
        let wish = self.page(poster).and_then(|page| page.poster.as_ref());
        let own = wish.and_then(|wish| wish.funds.as_deref());
        own.or(self.settings.printing.funds.as_deref())
    }

    /// Finds a section by its id.
    pub fn section(&self, id: &str) -> Option<&Section> {
        let found = (self.sections).binary_search_by(|section| section.id.as_str().cmp(id));
        found.ok().map(|at| &self.sections[at])
    }

    /// Finds a board by its id.
    pub fn board(&self, id: &str) -> Option<&Board> {
        self.boards.iter().find(|board| board.id == id)
    }

    /// Finds a sorting item by its name or one of its other names.
    pub fn item(&self, name: &str) -> Option<&SortingItem> {
        self.items.iter().find(|item| item.is_called(name))
    }
}
