//! `sitemap.xml` and `robots.txt`: what search engines read first.

use jiff::civil::Date;

use super::build::Build;
use super::feed;
use super::html::escape;
use super::terms::{self, Shelf};
use crate::site::Page;

/// Returns the sitemap: every page on the web with its date; `None` without a website's address,
/// as a sitemap holds whole addresses only.
pub(super) fn sitemap(build: &Build, generated: &[&str]) -> Option<String> {
    build.base_url()?;
    let mut urls: Vec<(String, Option<String>)> = build
        .pages()
        .filter(|page| !page.is_section || build.shows_section(&page.id))
        .filter_map(|page| {
            let date = changed(page, build).map(|date| date.to_string());
            Some((build.absolute(&page.url)?, date))
        })
        .collect();
    urls.extend(
        generated
            .iter()
            .filter_map(|url| Some((build.absolute(url)?, None))),
    );
    urls.extend(lists(build));
    urls.sort();
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (url, date) in urls {
        let date = date.map_or(String::new(), |date| format!("<lastmod>{date}</lastmod>"));
        xml.push_str(&format!("  <url><loc>{}</loc>{date}</url>\n", escape(&url)));
    }
    xml.push_str("</urlset>\n");
    Some(xml)
}

/// Returns the day of a page; of a section, and of the home page, that of its newest page.
fn changed(page: &Page, build: &Build) -> Option<Date> {
    match build.site.section(&page.id) {
        Some(section) if page.is_section => feed::newest_day(section, build),
        _ => page.date,
    }
}

/// Returns the pages of taxonomies and terms, each with the day of its newest page.
fn lists(build: &Build) -> Vec<(String, Option<String>)> {
    let newest = |shelf: &Shelf| shelf.pages().filter_map(|page| page.date).max();
    let dated = |url: &str, date: Option<Date>| {
        let date = date.map(|date| date.to_string());
        build.absolute(url).map(|url| (url, date))
    };
    let taxonomies = build.terms.all().iter().filter_map(|taxonomy| {
        let date = taxonomy.terms.iter().filter_map(newest).max();
        dated(&terms::url(taxonomy), date)
    });
    let shelves = build.terms.shelves();
    let shelves = shelves.filter_map(|shelf| dated(&shelf.url(), newest(shelf)));
    taxonomies.chain(shelves).collect()
}

/// Returns `robots.txt`: everything may be read.
pub(super) fn robots(build: &Build) -> String {
    let sitemap = build.absolute("sitemap.xml");
    let sitemap = sitemap.map_or(String::new(), |url| format!("\nSitemap: {url}\n"));
    format!("User-agent: *\nAllow: /\n{sitemap}")
}
