//! A feed as Atom (RFC 4287).

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::entry::ATOM;
use super::entry::Entry;
use super::entry::Feed;
use super::entry::categories;
use super::entry::midnight;
use super::entry::tag;
use crate::render::web::facts::website::Facts;
use crate::render::web::html::escape;
use crate::site::Page;

pub(in crate::render::web) fn write(
    feed: &Feed,
    entries: &BTreeMap<&str, Entry>,
    facts: &Facts,
) -> String {
    let settings = &facts.site.settings;
    let first = feed.pages.first();
    let updated = first.map_or(Date::constant(2000, 1, 1), |(date, _)| *date);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        escape(&settings.language)
    );
    element(&mut xml, "title", &feed.title);
    if feed.folder.is_empty() {
        element(&mut xml, "subtitle", &settings.description);
    }
    element(&mut xml, "id", &tag(facts, &feed.folder, "2000"));
    element(&mut xml, "updated", &midnight(updated, &settings.timezone));
    xml.push_str(&format!(
        "<author><name>{}</name></author>\n",
        escape(&settings.organisation)
    ));
    let own = format!("{}{ATOM}", feed.folder);
    for (relation, file) in [("self", &own), ("alternate", &feed.page)] {
        let href = facts.absolute(file).unwrap_or_else(|| file.clone());
        let href = escape(&href);
        xml.push_str(&format!("<link rel=\"{relation}\" href=\"{href}\"/>\n"));
    }
    for (date, page) in &feed.pages {
        let html = entries.get(page.id.as_str());
        let html = html.and_then(|entry| entry.html.as_deref());
        entry(&mut xml, facts, page, *date, html);
    }
    xml.push_str("</feed>\n");
    xml
}

fn entry(xml: &mut String, facts: &Facts, page: &Page, date: Date, html: Option<&str>) {
    let settings = &facts.site.settings;
    let href = facts
        .absolute(&page.url)
        .unwrap_or_else(|| page.url.clone());
    xml.push_str("<entry>\n");
    element(xml, "title", &page.title);
    element(xml, "id", &tag(facts, &page.id, &date.year().to_string()));
    element(xml, "updated", &midnight(date, &settings.timezone));
    xml.push_str(&format!("<link href=\"{}\"/>\n", escape(&href)));
    for title in categories(page, facts) {
        xml.push_str(&format!("<category term=\"{}\"/>\n", escape(title)));
    }
    element(xml, "summary", &page.summary);
    if let Some(html) = html {
        xml.push_str(&format!(
            "<content type=\"html\">{}</content>\n",
            escape(html)
        ));
    }
    xml.push_str("</entry>\n");
}

fn element(xml: &mut String, name: &str, text: &str) {
    xml.push_str(&format!("<{name}>{}</{name}>\n", escape(text)));
}
