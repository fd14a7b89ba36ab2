//! Old addresses: a page at each that leads to where the text stands now, and lines for hosts
//! that redirect by themselves.

use std::collections::BTreeSet;

use tera::Context;

use super::build::{Build, public_path};
use super::{Files, html, links};
use crate::diag::{Code, Diagnostic, Diagnostics, Spanned};
use crate::site::Page;

/// The file that Netlify, Cloudflare Pages and others read.
const LINES: &str = "_redirects";

pub(super) fn fill(context: &mut Context, page: &Page, alias: &str, build: &Build) {
    context.insert("target", &links::relative(alias, &page.url));
    context.insert("canonical", &build.absolute(&page.url));
}

/// Returns the page of an old address where the website has no template for such pages.
pub(super) fn plain(page: &Page, alias: &str) -> String {
    let target = html::escape(&links::relative(alias, &page.url));
    let (language, title) = (html::escape(&page.language), html::escape(&page.title));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={target}\">\n\
         <p><a href=\"{target}\">{title}</a></p>\n</html>\n"
    )
}

/// Reports old addresses at which the website has a page or file of its own.
pub(super) fn report_taken(build: &Build, own: &BTreeSet<String>, diagnostics: &mut Diagnostics) {
    for (_, alias) in all(build) {
        let asked = alias.to_lowercase();
        let statics = build.site.statics.keys();
        let mut statics = statics.map(public_path);
        let file = statics.find(|path| path.to_lowercase() == asked);
        let page = own.get(&asked).map(String::as_str);
        if let Some(other) = page.or(file) {
            diagnostics.push(
                Diagnostic::new(Code::SameAlias)
                    .at(alias.span.clone())
                    .with("alias", &alias.value)
                    .with("other", other),
            );
        }
    }
}

/// Adds a line an old address, after those that the site keeps itself.
pub(super) fn add_lines(build: &Build, files: &mut Files) {
    let root = build.base_url().and_then(|base| base.split_once("://"));
    let root = root.and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    let root = root.unwrap_or("/");
    let mut lines: Vec<String> = all(build)
        .map(|(page, alias)| {
            let (from, to) = (links::pretty(alias), links::pretty(&page.url));
            format!("{root}{from} {root}{to} 301\n")
        })
        .collect();
    if lines.is_empty() {
        return;
    }
    lines.sort();
    let mut text = match files.get(LINES) {
        Some(own) => format!("{}\n", String::from_utf8_lossy(own).trim_end()),
        None => String::new(),
    };
    text.extend(lines);
    files.insert(LINES.to_owned(), text.into_bytes().into());
}

/// Returns the old addresses of the pages on the web.
pub(super) fn all<'a>(build: &Build<'a>) -> impl Iterator<Item = (&'a Page, &'a Spanned<String>)> {
    let of = |page: &'a Page| page.web.aliases.iter().map(move |alias| (page, alias));
    build.pages().flat_map(of)
}
