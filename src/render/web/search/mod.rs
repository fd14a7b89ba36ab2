//! Search: an index of what the built pages show, and of the sorting items by name and pinyin.
//!
//! The index is a folder of small scripts that hand data over, because a page that was opened
//! from a disk can load scripts and nothing else. None is asked for before somebody searches.

mod index;
mod number;
mod stream;
mod tag;
mod things;
mod visible;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use tera::Context;

use super::build::Build;
use super::{Files, section, sorting};
use crate::site::Page;
use index::Doc;
pub(super) use stream::fold;

/// The output file of the page on which one searches.
pub(super) const URL: &str = "search/index.html";
/// The folder of the index.
const FOLDER: &str = "search/data";
/// The function that takes the data in.
const TAKES: &str = "greenboardFound";

/// What a hit is worth, by the page that it is on.
mod weight {
    /// A page that says something of its own.
    pub(super) const CONTENT: usize = 8;
    /// The same, run out.
    pub(super) const EXPIRED: usize = 4;
    /// A page that lists others.
    pub(super) const LIST: usize = 2;
}

/// Adds the index of the pages in `files`; returns its version, which changes with its content.
pub(super) fn add_index(build: &Build, files: &mut Files) -> String {
    let docs = docs(build, files);
    let mut data = index::files(&docs);
    data.push(("things".to_owned(), things::data(build.site)));
    let mut version = Sha256::new();
    for (name, data) in data {
        version.update(&data);
        let script = format!("{TAKES}(\"{name}\",{data});\n");
        files.insert(
            format!("{FOLDER}/{name}.js"),
            Arc::from(script.into_bytes()),
        );
    }
    let version = version.finalize();
    version
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Fills the page on which one searches; without scripts it leads to everything by hand.
pub(super) fn fill(context: &mut Context, build: &Build, version: &str) {
    context.insert("version", version);
    context.insert("sections", &section::all(build));
    context.insert("marks", &sorting::marks(&build.words));
}

/// Returns the pages to be searched: all that readers are meant to come to.
fn docs(build: &Build, files: &Files) -> Vec<Doc> {
    let pages: BTreeMap<&str, &Page> = build
        .pages()
        .map(|page| (page.url.as_str(), page))
        .collect();
    let built: Vec<(&str, &[u8])> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), &**bytes))
        .collect();
    built
        .par_iter()
        .filter_map(|(path, bytes)| {
            let html = std::str::from_utf8(bytes).ok()?;
            is_read(html).then(|| doc(path, html, pages.get(path).copied(), build))
        })
        .collect()
}

/// Tells whether a page is one to come to: what search engines are told to leave out is none.
fn is_read(html: &str) -> bool {
    let head = html.split("</head>").next().unwrap_or_default();
    !head.contains("noindex")
}

fn doc(url: &str, html: &str, page: Option<&Page>, build: &Build) -> Doc {
    let visible = visible::visible(html);
    let title = match (page, visible.title.first()) {
        (Some(page), _) => page.title.clone(),
        (None, Some(title)) => title.clone(),
        (None, None) => visible.name.clone(),
    };
    let expired = page.is_some_and(|page| page.expires.is_some_and(|last| last < build.today()));
    let weight = match page {
        Some(page) if page.is_section => weight::LIST,
        Some(_) if expired => weight::EXPIRED,
        Some(_) => weight::CONTENT,
        None => weight::LIST,
    };
    Doc {
        url: url.to_owned(),
        title,
        label: label(page, expired, build),
        weight,
        visible,
    }
}

/// Says in a word or two what kind of page it is.
fn label(page: Option<&Page>, expired: bool, build: &Build) -> String {
    let kind = page.map_or("", |page| {
        if page.is_section {
            build.words.get("search_list")
        } else if page.board.is_some() {
            build.words.get("search_board")
        } else if let Some(notice) = &page.notice {
            notice.kind.name()
        } else {
            let section = build.site.section(&page.section);
            section.map_or("", |section| &section.title)
        }
    });
    match expired {
        true => format!("{kind} · {}", build.words.get("expired")),
        false => kind.to_owned(),
    }
}

#[cfg(test)]
mod tests;
