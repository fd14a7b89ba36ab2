//! `sitemap.xml` and `robots.txt`: what search engines read first.

use super::build::Build;
use super::html::escape;

/// Returns the sitemap: every page on the web with its date; `None` without a website's address,
/// as a sitemap holds whole addresses only.
pub(super) fn sitemap(build: &Build, generated: &[String]) -> Option<String> {
    build.base_url()?;
    let mut urls: Vec<(String, Option<String>)> = build
        .pages()
        .filter(|page| !page.is_section || build.shows_section(&page.id))
        .filter_map(|page| Some((build.absolute(&page.url)?, page.date.map(|d| d.to_string()))))
        .collect();
    urls.extend(
        generated
            .iter()
            .filter_map(|url| Some((build.absolute(url)?, None))),
    );
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

/// Returns `robots.txt`: everything may be read.
pub(super) fn robots(build: &Build) -> String {
    let sitemap = build.absolute("sitemap.xml");
    let sitemap = sitemap.map_or(String::new(), |url| format!("\nSitemap: {url}\n"));
    format!("User-agent: *\nAllow: /\n{sitemap}")
}
