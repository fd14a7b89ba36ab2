//! A feed and what it holds, whichever form it is written in.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::render::links;
use crate::render::web::facts::on_web::OnWeb;
use crate::render::web::facts::website::Facts;
use crate::site::Page;

/// The Atom feed's name in its folder.
pub(super) const ATOM: &str = "atom.xml";

/// The JSON feed's name in its folder.
pub(super) const JSON: &str = "feed.json";

/// The authority of tag URIs where the website has no address of its own.
pub(super) const NO_HOST: &str = "greenboard.invalid";

/// A feed.
pub(super) struct Feed<'a> {
    /// Its folder below the website's root, ending in `/`; empty for the whole website.
    pub folder: String,
    pub title: String,
    /// The output file that shows the same to people.
    pub page: String,
    /// The newest pages with their days.
    pub pages: Vec<(Date, &'a Page)>,
}

/// The text of a page for feeds.
pub(super) struct Entry {
    /// As HTML with whole addresses; `None` where the website has no address, as links would
    /// lead nowhere.
    pub html: Option<String>,
}

/// Returns the titles of the topics and terms of a page.
pub(super) fn categories<'b>(page: &'b Page, facts: &'b Facts) -> impl Iterator<Item = &'b str> {
    facts.terms.of(page).map(|shelf| shelf.title)
}

/// Returns the tag URI of a page (RFC 4151), which stays when the page's address changes.
pub(super) fn tag(on_web: &OnWeb, id: &str, year: &str) -> String {
    let host = links::host(&on_web.site.settings);
    let id = links::encode(&format!("{}{id}", on_web.folder()));
    format!("tag:{},{year}:{id}", host.unwrap_or(NO_HOST))
}

/// Returns the beginning of a day in the site's time zone.
pub(super) fn midnight(date: Date, zone: &TimeZone) -> String {
    let zoned = date.to_zoned_datetime(zone.clone());
    let moment = zoned.map(|zoned| zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    moment.unwrap_or_else(|_| format!("{date}T00:00:00Z"))
}
