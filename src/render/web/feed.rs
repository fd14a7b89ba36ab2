//! `atom.xml`: what is new, for feed readers.
//!
//! Ids and dates come from content alone: a feed made tomorrow from the same pages is the same.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::build::{Base, Build, PageTargets};
use super::html::{self, escape};
use crate::site::Page;

/// Where the feed lies below the website's root.
pub(super) const PATH: &str = "atom.xml";
/// How many entries a feed holds.
const ENTRIES: usize = 40;
/// The authority of tag URIs where the website has no address of its own.
const NO_HOST: &str = "greenboard.invalid";

/// Returns the feed: the newest dated pages that have begun.
pub(super) fn atom(build: &Build) -> String {
    let settings = &build.site.settings;
    let mut pages: Vec<(Date, &Page)> = build
        .pages()
        .filter(|page| !page.is_section && page.board.is_none())
        .filter_map(|page| Some((page.date?, page)))
        .collect();
    pages.sort_by(|a, b| (b.0, &a.1.id).cmp(&(a.0, &b.1.id)));
    pages.truncate(ENTRIES);
    let updated = pages
        .first()
        .map_or(Date::constant(2000, 1, 1), |(date, _)| *date);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        escape(&settings.language)
    );
    element(&mut xml, "title", &settings.title);
    element(&mut xml, "subtitle", &settings.description);
    element(&mut xml, "id", &tag(build, "", "2000"));
    element(&mut xml, "updated", &midnight(updated, &settings.timezone));
    xml.push_str(&format!(
        "<author><name>{}</name></author>\n",
        escape(&settings.organisation)
    ));
    for (relation, file) in [("self", PATH), ("alternate", "index.html")] {
        let href = build.absolute(file).unwrap_or_else(|| file.to_owned());
        let href = escape(&href);
        xml.push_str(&format!("<link rel=\"{relation}\" href=\"{href}\"/>\n"));
    }
    for (date, page) in pages {
        entry(&mut xml, build, page, date);
    }
    xml.push_str("</feed>\n");
    xml
}

fn entry(xml: &mut String, build: &Build, page: &Page, date: Date) {
    let settings = &build.site.settings;
    let href = build
        .absolute(&page.url)
        .unwrap_or_else(|| page.url.clone());
    xml.push_str("<entry>\n");
    element(xml, "title", &page.title);
    element(xml, "id", &tag(build, &page.id, &date.year().to_string()));
    element(xml, "updated", &midnight(date, &settings.timezone));
    xml.push_str(&format!("<link href=\"{}\"/>\n", escape(&href)));
    for topic in &page.topics {
        xml.push_str(&format!("<category term=\"{}\"/>\n", escape(topic)));
    }
    element(xml, "summary", &page.summary);
    // Without an address of the website the links of a text would lead nowhere.
    if let Some(root) = build.base_url() {
        let base = Base::Absolute(root);
        let targets = PageTargets { build, page, base };
        let text = html::render(&page.body, &targets, &build.words).html;
        xml.push_str(&format!(
            "<content type=\"html\">{}</content>\n",
            escape(&text)
        ));
    }
    xml.push_str("</entry>\n");
}

fn element(xml: &mut String, name: &str, text: &str) {
    xml.push_str(&format!("<{name}>{}</{name}>\n", escape(text)));
}

/// Returns the tag URI of a page (RFC 4151), which stays when the page's address changes.
fn tag(build: &Build, id: &str, year: &str) -> String {
    let host = crate::render::host(&build.site.settings);
    let id = super::links::encode(&format!("{}{id}", super::languages::folder(build.site)));
    format!("tag:{},{year}:{id}", host.unwrap_or(NO_HOST))
}

/// Returns the beginning of a day in the site's time zone.
fn midnight(date: Date, zone: &TimeZone) -> String {
    let zoned = date.to_zoned_datetime(zone.clone());
    let moment = zoned.map(|zoned| zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    moment.unwrap_or_else(|_| format!("{date}T00:00:00Z"))
}
