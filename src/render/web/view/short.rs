//! Short addresses: `q/SHORTID/` is what a QR code carries, and leads on to the page.

use tera::Context;

use crate::render::links;
use crate::render::web::facts::on_web::OnWeb;
use crate::site::Page;

/// Returns the output file of a page's short address.
pub(in crate::render::web) fn url(page: &Page) -> String {
    format!("q/{}/index.html", page.short_id)
}

pub(in crate::render::web) fn fill(context: &mut Context, page: &Page, on_web: &OnWeb) {
    context.insert("target", &links::relative(&url(page), &page.url));
    context.insert("canonical", &on_web.absolute(&page.url));
}
