//! Which feeds there are, and what stands in them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;

use super::entry::{ATOM, Entry, Feed, JSON};
use super::{atom, json};
use crate::render::links;
use crate::render::web::facts::on_web::OnWeb;
use crate::render::web::facts::website::Facts;
use crate::render::web::html;
use crate::render::web::html::targets::{Base, PageTargets};
use crate::render::web::output::Files;
use crate::site::{Page, Section};

/// How many entries a feed holds.
const ENTRIES: usize = 40;

/// A feed in the head of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::render::web) struct FeedLink {
    title: String,
    url: String,
    #[serde(rename = "type")]
    kind: &'static str,
}

/// Adds all feeds.
pub(in crate::render::web) fn add(facts: &Facts, files: &mut Files) {
    let feeds = feeds(facts);
    let mut pages: BTreeMap<&str, &Page> = BTreeMap::new();
    for (_, page) in feeds.iter().flat_map(|feed| &feed.pages) {
        pages.insert(&page.id, page);
    }
    // Several feeds hold the same pages: each text is made once.
    let pages: Vec<&Page> = pages.into_values().collect();
    let entries: BTreeMap<&str, Entry> = pages
        .par_iter()
        .map(|page| (page.id.as_str(), entry(page, facts)))
        .collect();
    for feed in &feeds {
        let texts = [
            (ATOM, atom::write(feed, &entries, facts)),
            (JSON, json::write(feed, &entries, facts)),
        ];
        for (name, text) in texts {
            files.insert(format!("{}{name}", feed.folder), text.into_bytes().into());
        }
    }
}

/// Returns the links to the website's own feeds.
pub(in crate::render::web) fn links_of_site(on_web: &OnWeb) -> Vec<FeedLink> {
    links_of("", &on_web.site.settings.title)
}

/// Returns the links to a section's feeds, where it has some.
pub(in crate::render::web) fn links_of_section(section: &Section, on_web: &OnWeb) -> Vec<FeedLink> {
    let folder = folder(section, on_web);
    match pages_of_section(section, on_web).next() {
        Some(_) if !folder.is_empty() => links_of(&folder, &section.title),
        _ => Vec::new(),
    }
}

/// Returns the links to the feeds of a folder of that title.
pub(in crate::render::web) fn links_of(folder: &str, title: &str) -> Vec<FeedLink> {
    let link = |(name, kind)| FeedLink {
        title: title.to_owned(),
        url: links::encode(&format!("{folder}{name}")),
        kind,
    };
    let kinds = [
        (ATOM, "application/atom+xml"),
        (JSON, "application/feed+json"),
    ];
    kinds.map(link).into()
}

/// Returns the day of the newest page of a section and of those below it.
pub(in crate::render::web) fn newest_day(section: &Section, on_web: &OnWeb) -> Option<Date> {
    let pages = pages_of_section(section, on_web);
    pages.filter_map(|page| page.date).max()
}

fn feeds<'a>(facts: &Facts<'a>) -> Vec<Feed<'a>> {
    let settings = &facts.site.settings;
    let mut feeds = vec![Feed {
        folder: String::new(),
        title: settings.title.clone(),
        page: "index.html".to_owned(),
        pages: newest(facts.pages()),
    }];
    let titled = |title: &str| format!("{title} · {}", settings.title);
    for section in facts.site.sections.iter().filter(|it| !it.id.is_empty()) {
        feeds.push(Feed {
            folder: folder(section, facts),
            title: titled(&section.title),
            page: facts.section_url(section),
            pages: newest(pages_of_section(section, facts)),
        });
    }
    for shelf in facts.terms.shelves() {
        feeds.push(Feed {
            folder: shelf.folder(),
            title: titled(shelf.title),
            page: shelf.url(),
            pages: newest(shelf.pages()),
        });
    }
    let mut first = true;
    feeds.retain(|feed| std::mem::take(&mut first) || !feed.pages.is_empty());
    feeds
}

fn folder(section: &Section, on_web: &OnWeb) -> String {
    let url = on_web.section_url(section);
    url.strip_suffix("index.html").unwrap_or(&url).to_owned()
}

/// Returns the pages of a section and of those below it that a feed can hold.
fn pages_of_section<'a>(section: &Section, on_web: &OnWeb<'a>) -> impl Iterator<Item = &'a Page> {
    let is_within = |page: &&Page| {
        let rest = page.section.strip_prefix(&section.id);
        let is_below = |rest: &str| rest.is_empty() || rest.starts_with('/');
        is_news(page) && (section.id.is_empty() || rest.is_some_and(is_below))
    };
    on_web.pages().filter(is_within)
}

fn is_news(page: &Page) -> bool {
    !page.is_section && page.board.is_none() && page.date.is_some()
}

fn newest<'a>(pages: impl Iterator<Item = &'a Page>) -> Vec<(Date, &'a Page)> {
    let dated = |page: &'a Page| Some((page.date?, page));
    let mut pages: Vec<(Date, &Page)> = pages.filter(|it| is_news(it)).filter_map(dated).collect();
    pages.sort_by(|a, b| (b.0, &a.1.id).cmp(&(a.0, &b.1.id)));
    pages.truncate(ENTRIES);
    pages
}

fn entry(page: &Page, facts: &Facts) -> Entry {
    let html = facts.base_url().map(|root| {
        let base = Base::Absolute(root);
        let targets = PageTargets {
            on_web: facts,
            page,
            base,
        };
        html::render(&page.body, &targets, &facts.words).html
    });
    Entry { html }
}
