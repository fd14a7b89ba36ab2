//! The page at an old address, which leads to where the text stands now.

use tera::Context;

use crate::render::links;
use crate::render::web::facts::on_web::OnWeb;
use crate::render::web::html;
use crate::site::Page;

pub(in crate::render::web) fn fill(
    context: &mut Context,
    page: &Page,
    alias: &str,
    on_web: &OnWeb,
) {
    context.insert("target", &links::relative(alias, &page.url));
    context.insert("canonical", &on_web.absolute(&page.url));
}

/// Returns the page of an old address where the website has no template for such pages.
pub(in crate::render::web) fn plain(page: &Page, alias: &str) -> String {
    let target = html::escape(&links::relative(alias, &page.url));
    let (language, title) = (html::escape(&page.language), html::escape(&page.title));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={target}\">\n\
         <p><a href=\"{target}\">{title}</a></p>\n</html>\n"
    )
}
