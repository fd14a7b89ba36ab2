//! What a page may load: what the website itself holds and nothing else; no script that stands in
//! a page runs.
//!
//! It is told twice, as no host can be counted on: in `_headers`, and in each page that a template
//! made. Only a header can say who may frame a page; only a page can be told on a disk, where
//! some browsers know no `'self'` and `file:` stands in for it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::Files;
use crate::render::web::public_path;
use crate::site::Site;
use crate::site::markdown::RawHtml;
use crate::site::markdown::markup::{Piece, pieces};

/// Where a page's own policy goes: behind what says how its letters are written.
const CHARSET: &str = "<meta charset=\"utf-8\">";

/// Returns the policy for a host.
pub(super) fn of_site(files: &Files) -> String {
    let mut hashes = BTreeSet::new();
    for (_, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        hashes.extend(hashes_of(&String::from_utf8_lossy(bytes)));
    }
    format!("{}; frame-ancestors 'self'", policy("", &hashes))
}

/// Tells pages of `site` what they may load.
///
/// Files that the site brings itself stay as they are, and so does everything where the site wants
/// its own HTML whole: what stands there may well be a map of somebody else's.
pub(super) struct Pages<'a> {
    wanted: bool,
    own: BTreeSet<&'a str>,
}

impl<'a> Pages<'a> {
    pub(super) fn of(site: &'a Site) -> Self {
        Self {
            wanted: site.settings.website.raw_html != RawHtml::Keep,
            own: (site.statics.keys().chain(site.assets.keys()))
                .map(public_path)
                .collect(),
        }
    }

    /// Returns the page `html` at `path` with its policy.
    pub(super) fn tell<'h>(&self, path: &str, html: Cow<'h, str>) -> Cow<'h, str> {
        let at = html.find(CHARSET).map(|at| at + CHARSET.len());
        let Some(at) = at.filter(|_| self.wanted && !self.own.contains(path)) else {
            return html;
        };
        let policy = policy(" file:", &hashes_of(&html));
        let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
        Cow::Owned([&html[..at], &meta, &html[at..]].concat())
    }
}

/// Writes the policy, with `more` places where the website lies; styles that a page brings along
/// are allowed by their hashes.
fn policy(more: &str, hashes: &BTreeSet<String>) -> String {
    let hashes: String = hashes.iter().map(|hash| format!(" {hash}")).collect();
    format!(
        "default-src 'self'{more}; style-src 'self'{more}{hashes}; img-src 'self'{more} data:; \
         object-src 'none'; base-uri 'self'{more}; form-action 'self'{more}"
    )
}

/// Names the styles that a page brings along.
fn hashes_of(html: &str) -> BTreeSet<String> {
    match html.contains("<style") {
        true => styles(html).map(|style| source(style.as_bytes())).collect(),
        false => BTreeSet::new(),
    }
}

fn styles(html: &str) -> impl Iterator<Item = &str> {
    let mut is_style = false;
    pieces(html).filter_map(move |piece| match piece {
        Piece::Tag(tag) => {
            is_style = tag.is("style") && !tag.is_end;
            None
        }
        Piece::Raw(text) => is_style.then_some(text),
        Piece::Text(_) | Piece::Comment(_) => None,
    })
}

/// Names a text as a policy does.
fn source(text: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut coded = String::new();
    for group in Sha256::digest(text).chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let digit = (bits >> (18 - 6 * at) & 63) as usize;
            coded.push(match at <= group.len() {
                true => char::from(DIGITS[digit]),
                false => '=',
            });
        }
    }
    format!("'sha256-{coded}'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_itself_what_it_may_load() {
        let pages = |wanted| Pages {
            wanted,
            own: BTreeSet::from(["old.html"]),
        };
        let html = "<head><meta charset=\"utf-8\"><style>p{}</style></head>";
        let told = |wanted, path| pages(wanted).tell(path, html.into()).into_owned();
        insta::assert_snapshot!(told(true, "a.html"), @r#"<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'self' file:; style-src 'self' file: 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='; img-src 'self' file: data:; object-src 'none'; base-uri 'self' file:; form-action 'self' file:"><style>p{}</style></head>"#);
        assert_eq!(told(true, "old.html"), html);
        assert_eq!(told(false, "a.html"), html);
    }
}
