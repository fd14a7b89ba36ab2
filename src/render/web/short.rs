//! Short addresses: `q/SHORTID/` is what a QR code carries, and leads on to the page.

use tera::Context;

use super::build::Build;
use super::links;
use crate::site::Page;

/// Returns the output file of a page's short address.
pub(super) fn url(page: &Page) -> String {
    format!("q/{}/index.html", page.short_id)
}

pub(super) fn fill(context: &mut Context, page: &Page, build: &Build) {
    context.insert("target", &links::relative(&url(page), &page.url));
    context.insert("canonical", &build.absolute(&page.url));
}
