//! Feeds: what is new on the website, in each section and under each term, as Atom and as
//! JSON Feed.
//!
//! Ids and dates come from content alone: a feed made tomorrow from the same pages is the same.

mod atom;
mod json;

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use serde::Serialize;

use super::Files;
use super::build::{Base, Build, PageTargets};
use super::{html, links};
use crate::site::{Page, Section};

/// The Atom feed's name in its folder.
const ATOM: &str = "atom.xml";
/// The JSON feed's name in its folder.
const JSON: &str = "feed.json";
/// How many entries a feed holds.
const ENTRIES: usize = 40;
/// The authority of tag URIs where the website has no address of its own.
const NO_HOST: &str = "greenboard.invalid";

/// A feed.
struct Feed<'a> {
    /// Its folder below the website's root, ending in `/`; empty for the whole website.
    folder: String,
    title: String,
    /// The output file that shows the same to people.
    page: String,
    /// The newest pages with their days.
    pages: Vec<(Date, &'a Page)>,
}

/// A feed in the head of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct FeedLink {
    title: String,
    url: String,
    #[serde(rename = "type")]
    kind: &'static str,
}

/// The text of a page for feeds.
struct Entry {
    /// As HTML with whole addresses; `None` where the website has no address, as links would
    /// lead nowhere.
    html: Option<String>,
}

/// Adds all feeds.
pub(super) fn add(build: &Build, files: &mut Files) {
    let feeds = feeds(build);
    let mut pages: BTreeMap<&str, &Page> = BTreeMap::new();
    for (_, page) in feeds.iter().flat_map(|feed| &feed.pages) {
        pages.insert(&page.id, page);
    }
    // Several feeds hold the same pages: each text is made once.
    let pages: Vec<&Page> = pages.into_values().collect();
    let entries: BTreeMap<&str, Entry> = pages
        .par_iter()
        .map(|page| (page.id.as_str(), entry(page, build)))
        .collect();
    for feed in &feeds {
        let texts = [
            (ATOM, atom::write(feed, &entries, build)),
            (JSON, json::write(feed, &entries, build)),
        ];
        for (name, text) in texts {
            files.insert(format!("{}{name}", feed.folder), text.into_bytes().into());
        }
    }
}

/// Returns the links to the website's own feeds.
pub(super) fn links_of_site(build: &Build) -> Vec<FeedLink> {
    links_of("", &build.site.settings.title)
}

/// Returns the links to a section's feeds, where it has some.
pub(super) fn links_of_section(section: &Section, build: &Build) -> Vec<FeedLink> {
    let folder = folder(section, build);
    match pages_of_section(section, build).next() {
        Some(_) if !folder.is_empty() => links_of(&folder, &section.title),
        _ => Vec::new(),
    }
}

/// Returns the links to the feeds of a folder of that title.
pub(super) fn links_of(folder: &str, title: &str) -> Vec<FeedLink> {
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
pub(super) fn newest_day(section: &Section, build: &Build) -> Option<Date> {
    let pages = pages_of_section(section, build);
    pages.filter_map(|page| page.date).max()
}

fn feeds<'a>(build: &Build<'a>) -> Vec<Feed<'a>> {
    let settings = &build.site.settings;
    let mut feeds = vec![Feed {
        folder: String::new(),
        title: settings.title.clone(),
        page: "index.html".to_owned(),
        pages: newest(build.pages()),
    }];
    let titled = |title: &str| format!("{title} · {}", settings.title);
    for section in build.site.sections.iter().filter(|it| !it.id.is_empty()) {
        feeds.push(Feed {
            folder: folder(section, build),
            title: titled(&section.title),
            page: build.section_url(section),
            pages: newest(pages_of_section(section, build)),
        });
    }
    for shelf in build.terms.shelves() {
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

fn folder(section: &Section, build: &Build) -> String {
    let url = build.section_url(section);
    url.strip_suffix("index.html").unwrap_or(&url).to_owned()
}

/// Returns the pages of a section and of those below it that a feed can hold.
fn pages_of_section<'a>(section: &Section, build: &Build<'a>) -> impl Iterator<Item = &'a Page> {
    let is_within = |page: &&Page| {
        let rest = page.section.strip_prefix(&section.id);
        let is_below = |rest: &str| rest.is_empty() || rest.starts_with('/');
        is_news(page) && (section.id.is_empty() || rest.is_some_and(is_below))
    };
    build.pages().filter(is_within)
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

fn entry(page: &Page, build: &Build) -> Entry {
    let html = build.base_url().map(|root| {
        let base = Base::Absolute(root);
        let targets = PageTargets { build, page, base };
        html::render(&page.body, &targets, &build.words).html
    });
    Entry { html }
}

/// Returns the titles of the topics and terms of a page.
fn categories<'b>(page: &'b Page, build: &'b Build) -> impl Iterator<Item = &'b str> {
    build.terms.of(page).map(|shelf| shelf.title)
}

/// Returns the tag URI of a page (RFC 4151), which stays when the page's address changes.
fn tag(build: &Build, id: &str, year: &str) -> String {
    let host = crate::render::host(&build.site.settings);
    let id = links::encode(&format!("{}{id}", super::languages::folder(build.site)));
    format!("tag:{},{year}:{id}", host.unwrap_or(NO_HOST))
}

/// Returns the beginning of a day in the site's time zone.
fn midnight(date: Date, zone: &TimeZone) -> String {
    let zoned = date.to_zoned_datetime(zone.clone());
    let moment = zoned.map(|zoned| zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    moment.unwrap_or_else(|_| format!("{date}T00:00:00Z"))
}
