//! Short addresses: `q/SHORTID/` is what a QR code carries, and leads on to the page.

use tera::Context;

use crate::render::links;
use crate::render::web::facts::website::Facts;
use crate::site::Page;

/// Returns the output file of a page's short address.
pub(in crate::render::web) fn url(page: &Page) -> String {
    format!("q/{}/index.html", page.short_id)
}

pub(in crate::render::web) fn fill(context: &mut Context, page: &Page, facts: &Facts) {
    context.insert("target", &links::relative(&url(page), &page.url));
    context.insert("canonical", &facts.absolute(&page.url));
}
