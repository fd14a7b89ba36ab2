//! A feed as JSON Feed 1.1 (jsonfeed.org).

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::entry::Entry;
use super::entry::Feed;
use super::entry::JSON;
use super::entry::categories;
use super::entry::midnight;
use super::entry::tag;
use crate::render::web::facts::on_web::public_path;
use crate::render::web::facts::website::Facts;
use crate::site::Page;

#[derive(Serialize)]
struct FeedView<'a> {
    version: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    language: &'a str,
    authors: [Author<'a>; 1],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    title: &'a str,
    summary: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    /// An item has to have a text; the summary, where links would lead nowhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    date_published: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
}

pub(in crate::render::web) fn write(
    feed: &Feed,
    entries: &BTreeMap<&str, Entry>,
    facts: &Facts,
) -> String {
    let settings = &facts.site.settings;
    let pages = feed.pages.iter();
    let items = pages.map(|(date, page)| item(*date, page, entries, facts));
    let description = match feed.folder.is_empty() {
        true => settings.description.as_str(),
        false => "",
    };
    let view = FeedView {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: facts.absolute(&feed.page),
        feed_url: facts.absolute(&format!("{}{JSON}", feed.folder)),
        description,
        language: &settings.language,
        authors: [Author {
            name: &settings.organisation,
        }],
        items: items.collect(),
    };
    // Plain values always have a form in JSON.
    let mut text = serde_json::to_string_pretty(&view).unwrap_or_default();
    text.push('\n');
    text
}

fn item<'a>(
    date: Date,
    page: &'a Page,
    entries: &'a BTreeMap<&str, Entry>,
    facts: &'a Facts,
) -> Item<'a> {
    let entry = entries.get(page.id.as_str());
    let html = entry.and_then(|entry| entry.html.as_deref());
    let picture = page.picture.as_ref().map(|picture| &picture.file);
    Item {
        id: tag(facts, &page.id, &date.year().to_string()),
        url: facts.absolute(&page.url),
        title: &page.title,
        summary: &page.summary,
        content_html: html,
        content_text: html.is_none().then_some(&page.summary),
        image: picture.and_then(|file| facts.absolute(public_path(file))),
        date_published: midnight(date, &facts.site.settings.timezone),
        tags: categories(page, facts).collect(),
    }
}
