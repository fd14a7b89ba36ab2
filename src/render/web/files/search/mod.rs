//! Search: an index of what the pages say themselves, and of the sorting items by name and pinyin.
//!
//! The index is a folder of small scripts that hand data over, because a page that was opened
//! from a disk can load scripts and nothing else. None is asked for before somebody searches.

mod bits;
mod index;
mod text;
mod things;
mod words;

use sha2::{Digest, Sha256};
use tera::Context;

use crate::digest::hex;
use crate::render::web::facts::on_web::OnWeb;
use crate::render::web::facts::website::Facts;
use crate::render::web::view::{section, sorting};
use crate::site::Page;
use index::Doc;
use words::Words;

/// The output file of the page on which one searches.
pub(in crate::render::web) const URL: &str = "search/index.html";
/// The folder of the index.
const FOLDER: &str = "search/data";
/// The function that takes the data in.
const TAKES: &str = "greenboardFound";

/// What a hit is worth, by the page that it is on.
mod weight {
    /// A page that says something of its own.
    pub(in crate::render::web) const CONTENT: u8 = 3;
    /// The same, run out.
    pub(in crate::render::web) const EXPIRED: u8 = 2;
    /// A page that leads to others.
    pub(in crate::render::web) const LIST: u8 = 1;
}

/// Returns the output file of the search, where the website has one.
pub(in crate::render::web) fn url(on_web: &OnWeb) -> Option<&'static str> {
    on_web.delivery().search.then_some(URL)
}

/// Hands the files of the index of the pages on the web to `take`, one by one; returns its version,
/// which changes with its content.
pub(in crate::render::web) fn add_index(
    facts: &Facts,
    take: &mut dyn FnMut(String, String),
) -> String {
    let docs = facts.pages().map(|page| doc(page, facts)).collect();
    let mut version = Sha256::new();
    let mut add = |name: String, data: String| {
        version.update(&data);
        let script = format!("{TAKES}(\"{name}\",{data});\n");
        take(format!("{FOLDER}/{name}.js"), script);
    };
    index::files(docs, &mut add);
    add("things".to_owned(), things::data(facts.site));
    hex(&version.finalize()[..4])
}

/// Fills the page on which one searches; without scripts it leads to everything by hand.
pub(in crate::render::web) fn fill(context: &mut Context, facts: &Facts, version: &str) {
    context.insert("version", version);
    context.insert("sections", &section::all(facts));
    context.insert("marks", &sorting::marks(&facts.words));
}

fn doc(page: &Page, facts: &Facts) -> Doc {
    let expired = page.expires.is_some_and(|last| last < facts.today());
    let weight = match (page.is_section, expired) {
        (true, _) => weight::LIST,
        (false, true) => weight::EXPIRED,
        (false, false) => weight::CONTENT,
    };
    Doc {
        url: page.url.clone(),
        label: label(page, expired, facts),
        weight,
        date: page.date.filter(|_| !page.is_section),
        words: Words::of(page),
    }
}

/// Says in a word or two what kind of page it is.
fn label(page: &Page, expired: bool, facts: &Facts) -> String {
    let kind = if page.is_section {
        facts.words.get("search_list")
    } else if page.board.is_some() {
        facts.words.get("search_board")
    } else if let Some(notice) = &page.notice {
        notice.kind.name()
    } else {
        let section = facts.site.section(&page.section);
        section.map_or("", |section| &section.title)
    };
    match expired {
        true => format!("{kind} · {}", facts.words.get("expired")),
        false => kind.to_owned(),
    }
}

#[cfg(test)]
mod tests;
