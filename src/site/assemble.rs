//! Single files into one site: sections, order, and names that must not clash.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::diag::{Code, Diagnostic, Diagnostics, SitePath, Spanned, nearest};
use crate::read::Tree;
use crate::site::board::Board;
use crate::site::page::Page;
use crate::site::sorting::SortingItem;
use crate::site::website::Website;
use crate::site::{Section, Sort};
use crate::spelling::{folded, sort_key};

/// Reports pages with one id or one address, and boards with one id.
pub(super) fn clashes(pages: &[Page], boards: &[Board]) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let mut ids: FxHashMap<&str, &Page> = FxHashMap::default();
    let mut urls: FxHashMap<Cow<str>, &Page> = FxHashMap::default();
    ids.reserve(pages.len());
    urls.reserve(pages.len());
    for page in pages {
        // Windows and macOS keep one file for two names that differ in case only.
        if let Some(other) = urls.insert(folded(&page.url), page) {
            diagnostics.push(
                Diagnostic::new(Code::SameUrl)
                    .at(page.title_span.clone())
                    .with("other", &other.path)
                    .with("url", &page.url),
            );
        } else if let Some(other) = ids.get(page.id.as_str()) {
            diagnostics.push(
                Diagnostic::new(Code::SameId)
                    .at(page.title_span.clone())
                    .with("id", &page.id)
                    .with("other", &other.path),
            );
        }
        ids.insert(&page.id, page);
    }
    let mut board_ids: BTreeMap<&str, &Board> = BTreeMap::new();
    for board in boards {
        if let Some(other) = board_ids.insert(&board.id, board) {
            diagnostics.push(
                Diagnostic::new(Code::SameId)
                    .at(board.span.clone())
                    .with("id", &board.id)
                    .with("other", &other.title),
            );
        }
    }
    diagnostics
}

/// Reports pages that a list shows under one title: nobody can tell them apart.
pub(super) fn equal_titles(pages: &[Page]) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let mut titles: FxHashMap<(&str, Cow<str>), &Page> = FxHashMap::default();
    titles.reserve(pages.len());
    for page in pages.iter().filter(|page| !page.id.is_empty()) {
        let list = match page.is_section {
            true => page.id.rsplit_once('/').map_or("", |(up, _)| up),
            false => &page.section,
        };
        match titles.entry((list, letters(&page.title))) {
            Entry::Occupied(other) => diagnostics.push(
                Diagnostic::new(Code::SameTitle)
                    .at(page.title_span.clone())
                    .with("title", &page.title)
                    .with("other", &other.get().path),
            ),
            Entry::Vacant(free) => {
                free.insert(page);
            }
        }
    }
    diagnostics
}

/// Returns what of a title people tell it by: its letters, whether large or small.
fn letters(title: &str) -> Cow<'_, str> {
    if !title
        .chars()
        .any(|it| it.is_whitespace() || it.is_uppercase())
    {
        return Cow::Borrowed(title);
    }
    let letters = title.chars().filter(|it| !it.is_whitespace());
    Cow::Owned(letters.flat_map(char::to_lowercase).collect())
}

/// Fills in which pages and sections each section holds, in order, and adds sections for
/// folders that hold pages but no `_index.md`, so that no page is lost. They come ordered by id.
pub(super) fn sections(mut found: Vec<Section>, pages: &[Page], website: &Website) -> Vec<Section> {
    add_missing(&mut found, pages, website);
    found.sort_by(|a, b| a.id.cmp(&b.id));
    let places = found.iter().enumerate();
    let places: BTreeMap<String, usize> = places
        .map(|(at, section)| (section.id.clone(), at))
        .collect();
    let mut own: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
    for page in pages.iter().filter(|page| !page.is_section) {
        own.entry(&page.section).or_default().push(page);
    }
    let mut children: Vec<Vec<(i64, String, String)>> = vec![Vec::new(); found.len()];
    for section in &mut found {
        let own = own.remove(section.id.as_str()).unwrap_or_default();
        section.pages = in_order(own, section.sort);
        if let Some((parent, at)) = nearest_parent(&section.id, &places) {
            let key = (section.order, section.title.clone(), section.id.clone());
            children[at].push(key);
            section.parent = Some(parent.to_owned());
        }
    }
    for (section, mut own) in found.iter_mut().zip(children) {
        own.sort();
        section.sections = own.into_iter().map(|(_, _, id)| id).collect();
    }
    found
}

fn add_missing(found: &mut Vec<Section>, pages: &[Page], website: &Website) {
    let mut known: BTreeSet<String> = found.iter().map(|section| section.id.clone()).collect();
    for page in pages {
        if known.insert(page.section.clone()) {
            found.push(Section {
                id: page.section.clone(),
                title: page
                    .section
                    .rsplit('/')
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
                language: page.language.clone(),
                sort: Sort::default(),
                pagination: website.pagination,
                order: 0,
                parent: None,
                pages: Vec::new(),
                sections: Vec::new(),
            });
        }
    }
}

/// Finds the section above that is nearest.
fn nearest_parent<'s>(id: &str, sections: &'s BTreeMap<String, usize>) -> Option<(&'s str, usize)> {
    let mut up = id;
    while !up.is_empty() {
        up = up.rsplit_once('/').map_or("", |(up, _)| up);
        if let Some((known, at)) = sections.get_key_value(up) {
            return Some((known, *at));
        }
    }
    None
}

fn in_order(mut own: Vec<&Page>, sort: Sort) -> Vec<String> {
    match sort {
        Sort::Date => own.sort_by(|a, b| (b.date, &a.id).cmp(&(a.date, &b.id))),
        Sort::Oldest => own.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id))),
        Sort::Title => own.sort_by_cached_key(|page| (sort_key(&page.title), page.id.clone())),
        Sort::Order => own.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id))),
    }
    own.into_iter().map(|page| page.id.clone()).collect()
}

/// Takes the sorting items out of pages where there is no list of them, and says so once; a list
/// that cannot be read is reported by itself.
pub(super) fn forget_items(pages: &mut [Page], tree: &Tree, diagnostics: &mut Diagnostics) {
    let named = pages.iter_mut().filter(|page| !page.items.is_empty());
    let named: Vec<&mut Page> = named.collect();
    let first = named.first().map(|page| page.items[0].span.clone());
    let n_pages = named.len();
    for page in named {
        page.items.clear();
    }
    let is_broken = tree.unread.iter().any(|path| path.stem() == super::ITEMS);
    if let Some(at) = first.filter(|_| !is_broken) {
        let told = Diagnostic::new(Code::NoItems).at(at).with("n", n_pages);
        diagnostics.push(told);
    }
}

/// Checks that boards and sorting items which pages name exist.
pub(super) fn check_citations(
    pages: &[Page],
    boards: &[Board],
    items: Option<&[SortingItem]>,
    tree: &Tree,
    diagnostics: &mut Diagnostics,
) {
    // A board whose file is broken is reported once, not by every page that names it.
    let documents = tree.documents.iter().map(|file| &file.source.path);
    let files = tree.unread.iter().chain(documents);
    let files = files.filter(|path| path.is_below("content/boards"));
    let unread = files.map(SitePath::stem).filter(|stem| *stem != "_index");
    let board_ids: BTreeSet<&str> = boards
        .iter()
        .map(|board| board.id.as_str())
        .chain(unread)
        .collect();
    let item_names = || {
        items.into_iter().flatten().flat_map(|item| {
            std::iter::once(&item.name)
                .chain(&item.also)
                .map(String::as_str)
        })
    };
    for page in pages {
        for board in page.poster.iter().flat_map(|poster| &poster.boards) {
            if !board_ids.contains(board.value.as_str()) {
                diagnostics.push(
                    cited(Code::UnknownBoard, "board", board)
                        .one_of(board, board_ids.iter().copied()),
                );
            }
        }
        let groups = page.poster.iter().flat_map(|wish| {
            let areas = wish.areas.iter().map(|area| ("area", area));
            areas.chain(wish.audience.iter().map(|group| ("audience", group)))
        });
        for (key, group) in groups {
            diagnostics.extend(check_group(key, group, boards));
        }
        let pulled = page.campaign.iter().flat_map(|it| &it.pulls_pages);
        for pull in pulled.filter(|it| !pages.iter().any(|page| page.id == it.value)) {
            let unknown = cited(Code::UnknownWord, "value", pull).with("key", "pulls");
            let ids = pages.iter().filter(|page| page.poster.is_some());
            diagnostics.push(unknown.one_of(pull, ids.map(|page| page.id.as_str())));
        }
        for item in &page.items {
            if items.is_some_and(|items| !items.iter().any(|known| known.is_called(item))) {
                diagnostics.push(
                    cited(Code::UnknownItem, "item", item)
                        .with_some("nearest", nearest(item, item_names())),
                );
            }
        }
    }
}

/// Reports an area or an audience that no board names.
fn check_group(key: &'static str, group: &Spanned<String>, boards: &[Board]) -> Diagnostics {
    let known: BTreeSet<&str> = match key {
        "area" => boards.iter().filter_map(|it| it.area.as_deref()).collect(),
        _ => (boards.iter().flat_map(|it| &it.audience))
            .map(String::as_str)
            .collect(),
    };
    if known.contains(group.value.as_str()) {
        return Diagnostics::default();
    }
    let diagnostic = cited(Code::UnknownGroup, "value", group)
        .with("key", key)
        .one_of(group, known.iter().copied());
    Diagnostics::from_iter([diagnostic])
}

fn cited(code: Code, name: &'static str, text: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(code)
        .at(text.span.clone())
        .with(name, &text.value)
}
