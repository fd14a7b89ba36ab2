//! `sitemap.xml` and `robots.txt`: what search engines read first.

use jiff::civil::Date;

use super::build::Build;
use super::feed;
use super::html::escape;
use super::terms::{self, Shelf};
use crate::site::Page;

/// Returns the sitemap: every page on the web with its date, and where it stands in other
/// languages; `None` without a website's address, as a sitemap holds whole addresses only.
pub(super) fn sitemap(build: &Build, generated: &[String]) -> Option<String> {
    build.base_url()?;
    let pages = build
        .pages()
        .filter(|page| !page.is_section || build.shows_section(&page.id))
        .map(|page| (page.id.as_str(), page.url.clone(), changed(page, build)));
    let generated = generated
        .iter()
        .map(|url| (url.as_str(), url.clone(), None))
        .chain(lists(build).map(|(url, date)| ("", url, date)));
    let mut urls: Vec<(String, String)> = pages
        .chain(generated)
        .filter_map(|(id, url, date)| {
            let date = date.map_or(String::new(), |date| format!("<lastmod>{date}</lastmod>"));
            let languages = in_other_languages(build, id, &url);
            Some((build.absolute(&url)?, format!("{date}{languages}")))
        })
        .collect();
    urls.sort();
    let namespace = match build.has_languages() {
        true => " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"",
        false => "",
    };
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"{namespace}>\n",
    );
    for (url, about) in urls {
        xml.push_str(&format!(
            "  <url><loc>{}</loc>{about}</url>\n",
            escape(&url)
        ));
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
fn lists<'b>(build: &'b Build) -> impl Iterator<Item = (String, Option<Date>)> + 'b {
    let newest = |shelf: &Shelf| shelf.pages().filter_map(|page| page.date).max();
    let taxonomies = build.terms.all().iter().map(move |taxonomy| {
        let date = taxonomy.terms.iter().filter_map(newest).max();
        (terms::url(taxonomy), date)
    });
    let shelves = build.terms.shelves();
    taxonomies.chain(shelves.map(move |shelf| (shelf.url(), newest(shelf))))
}

/// Returns the links of a sitemap's entry to the same page in all its languages.
fn in_other_languages(build: &Build, id: &str, url: &str) -> String {
    let alternates = build.languages.alternates(build, id, url);
    let link = |(tag, href): (&str, &str)| {
        format!(
            "<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{}\"/>",
            escape(href)
        )
    };
    let links = alternates
        .iter()
        .map(|it| (it.tag.as_str(), it.href.as_str()));
    links.map(link).collect()
}

/// Returns `robots.txt`: everything may be read.
pub(super) fn robots(build: &Build) -> String {
    let folders = build.languages.folders();
    let sitemaps = folders.filter_map(|folder| build.absolute(&format!("{folder}sitemap.xml")));
    let sitemaps: String = sitemaps.map(|url| format!("Sitemap: {url}\n")).collect();
    let gap = if sitemaps.is_empty() { "" } else { "\n" };
    format!("User-agent: *\nAllow: /\n{gap}{sitemaps}")
}
