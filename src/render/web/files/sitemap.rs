//! `sitemap.xml` and `robots.txt`: what search engines read first.

use jiff::civil::Date;

use crate::render::web::facts::terms::{self, Shelf};
use crate::render::web::facts::website::Facts;
use crate::render::web::files::feed;
use crate::render::web::html::escape;
use crate::site::Page;

/// How many addresses a sitemap may hold. Source: sitemaps.org, protocol 0.9.
const MOST: usize = 50_000;

/// Returns the sitemap: every page on the web with its date, and where it stands in other
/// languages; in several files with a list of them where they are many. None without a website's
/// address, as a sitemap holds whole addresses only.
pub(in crate::render::web) fn sitemap(
    facts: &Facts,
    generated: &[String],
) -> Vec<(String, String)> {
    if facts.base_url().is_none() {
        return Vec::new();
    }
    let pages = facts
        .pages()
        .filter(|page| !page.is_section || facts.shows_section(&page.id))
        .map(|page| (page.id.as_str(), page.url.clone(), changed(page, facts)));
    let generated = generated
        .iter()
        .map(|url| (url.as_str(), url.clone(), None))
        .chain(lists(facts).map(|(url, date)| ("", url, date)));
    let mut urls: Vec<(String, String)> = pages
        .chain(generated)
        .filter_map(|(id, url, date)| {
            let date = date.map_or(String::new(), |date| format!("<lastmod>{date}</lastmod>"));
            let languages = in_other_languages(facts, id, &url);
            Some((facts.absolute(&url)?, format!("{date}{languages}")))
        })
        .collect();
    urls.sort();
    let namespace = match facts.has_languages() {
        true => " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"",
        false => "",
    };
    files(&urls, namespace, MOST, |path| {
        facts.absolute(path).unwrap_or_default()
    })
}

/// Writes `urls`, each with what is to be said of it, `most` to a file; `absolute` makes a file's
/// whole address.
fn files(
    urls: &[(String, String)],
    namespace: &str,
    most: usize,
    absolute: impl Fn(&str) -> String,
) -> Vec<(String, String)> {
    const MAIN: &str = "sitemap.xml";
    let list = |urls: &[(String, String)]| {
        let url = |(url, about): &(String, String)| format!("<loc>{}</loc>{about}", escape(url));
        xml("urlset", namespace, "url", urls.iter().map(url))
    };
    if urls.len() <= most {
        return vec![(MAIN.to_owned(), list(urls))];
    }
    let parts = urls.chunks(most).enumerate();
    let mut files: Vec<(String, String)> = parts
        .map(|(at, urls)| (format!("sitemap-{}.xml", at + 1), list(urls)))
        .collect();
    let part = |(path, _): &(String, String)| format!("<loc>{}</loc>", escape(&absolute(path)));
    let index = xml("sitemapindex", "", "sitemap", files.iter().map(part));
    files.push((MAIN.to_owned(), index));
    files
}

fn xml(root: &str, namespace: &str, item: &str, items: impl Iterator<Item = String>) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"{namespace}>\n",
    );
    for content in items {
        xml.push_str(&format!("  <{item}>{content}</{item}>\n"));
    }
    xml.push_str(&format!("</{root}>\n"));
    xml
}

/// Returns the day of a page; of a section, and of the home page, that of its newest page.
fn changed(page: &Page, facts: &Facts) -> Option<Date> {
    match facts.site.section(&page.id) {
        Some(section) if page.is_section => feed::newest_day(section, facts),
        _ => page.date,
    }
}

/// Returns the pages of taxonomies and terms, each with the day of its newest page.
fn lists<'b>(facts: &'b Facts) -> impl Iterator<Item = (String, Option<Date>)> + 'b {
    let newest = |shelf: &Shelf| shelf.pages().filter_map(|page| page.date).max();
    let taxonomies = facts.terms.all().iter().map(move |taxonomy| {
        let date = taxonomy.terms.iter().filter_map(newest).max();
        (terms::url(taxonomy), date)
    });
    let shelves = facts.terms.shelves();
    taxonomies.chain(shelves.map(move |shelf| (shelf.url(), newest(shelf))))
}

/// Returns the links of a sitemap's entry to the same page in all its languages.
fn in_other_languages(facts: &Facts, id: &str, url: &str) -> String {
    let alternates = facts.languages.alternates(facts, id, url);
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
pub(in crate::render::web) fn robots(facts: &Facts) -> String {
    let folders = facts.languages.folders();
    let sitemaps = folders.filter_map(|folder| facts.absolute(&format!("{folder}sitemap.xml")));
    let sitemaps: String = sitemaps.map(|url| format!("Sitemap: {url}\n")).collect();
    let gap = if sitemaps.is_empty() { "" } else { "\n" };
    format!("User-agent: *\nAllow: /\n{gap}{sitemaps}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_addresses_come_in_several_files_and_a_list_of_them() {
        let urls: Vec<(String, String)> = ["a&b", "c", "d"]
            .map(|url| (url.to_owned(), String::new()))
            .into();
        let files = files(&urls, "", 2, |path| format!("https://a.example/{path}"));
        let lines = |text: &str| text.lines().skip(2).collect::<Vec<_>>().join("\n");
        let said: Vec<String> = files
            .iter()
            .map(|(path, text)| format!("{path}\n{}", lines(text)))
            .collect();
        insta::assert_snapshot!(said.join("\n"), @r"
        sitemap-1.xml
          <url><loc>a&amp;b</loc></url>
          <url><loc>c</loc></url>
        </urlset>
        sitemap-2.xml
          <url><loc>d</loc></url>
        </urlset>
        sitemap.xml
          <sitemap><loc>https://a.example/sitemap-1.xml</loc></sitemap>
          <sitemap><loc>https://a.example/sitemap-2.xml</loc></sitemap>
        </sitemapindex>
        ");
    }
}
