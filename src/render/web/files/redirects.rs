//! Old addresses: a page at each that leads to where the text stands now, and lines for hosts
//! that redirect by themselves.

use rustc_hash::FxHashSet;

use crate::diag::{Code, Diagnostic, Diagnostics, Spanned};
use crate::render::links;
use crate::render::web::facts::on_web::OnWeb;
use crate::render::web::facts::on_web::public_path;
use crate::render::web::output::Files;
use crate::site::Page;

/// The file that Netlify, Cloudflare Pages and others read.
const LINES: &str = "_redirects";

/// Reports old addresses at which the website has a page or file of its own.
pub(in crate::render::web) fn report_taken(
    on_web: &OnWeb,
    own: &FxHashSet<String>,
    diagnostics: &mut Diagnostics,
) {
    for (_, alias) in all(on_web) {
        let asked = alias.to_lowercase();
        let statics = on_web.site.statics.keys();
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
pub(in crate::render::web) fn add_lines(on_web: &OnWeb, files: &mut Files) {
    let root = on_web.base_url().and_then(|base| base.split_once("://"));
    let root = root.and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    let root = root.unwrap_or("/");
    let mut lines: Vec<String> = all(on_web)
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
pub(in crate::render::web) fn all<'a>(
    on_web: &OnWeb<'a>,
) -> impl Iterator<Item = (&'a Page, &'a Spanned<String>)> {
    let of = |page: &'a Page| page.web.aliases.iter().map(move |alias| (page, alias));
    on_web.pages().flat_map(of)
}
