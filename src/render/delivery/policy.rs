//! What a page may load: what the website itself holds and nothing else; no script that stands in
//! an attribute runs.
//!
//! It is told twice, as no host can be counted on: in `_headers`, and in each page that a template
//! made. Only a header can say who may frame a page; only a page can be told on a disk, where
//! some browsers know no `'self'` and `file:` stands in for it.
//!
//! Scripts that stand in a page as elements are its template's, as texts are cleaned of theirs. The
//! page lets them all run, for they may be added to; the header those that were there when it was
//! written.

use std::borrow::Cow;
use std::collections::BTreeSet;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::render::web::public_path;
use crate::site::Site;
use crate::site::markdown::RawHtml;
use crate::site::markdown::markup::{Piece, Tag, pieces};

/// Where a page's own policy goes: behind what says how its letters are written.
const CHARSET: &str = "<meta charset=\"utf-8\">";
/// What lets a page's own scripts run, but those in attributes.
const ANY_SCRIPT: &str = "'unsafe-inline'";
/// How many scripts a header names one by one: some hosts take lines of 2,000 characters at most.
const MOST: usize = 16;

/// Tells pages of a site, and its host, what they may load.
///
/// Files that the site brings itself stay as they are, and so does everything where the site wants
/// its own HTML whole: what stands there may well be a map of somebody else's.
#[derive(Default)]
pub(super) struct Pages<'a> {
    kept: bool,
    own: BTreeSet<&'a str>,
}

impl<'a> Pages<'a> {
    pub(super) fn of(site: &'a Site) -> Self {
        Self {
            kept: site.settings.website.raw_html == RawHtml::Keep,
            own: (site.statics.keys().chain(site.assets.keys()))
                .map(public_path)
                .collect(),
        }
    }

    fn is_ours(&self, path: &str) -> bool {
        !self.kept && !self.own.contains(path)
    }

    /// Returns what stands in the page `html` at `path`; scripts of the site's own files are none of
    /// ours to allow.
    pub(super) fn inline(&self, path: &str, html: &str) -> Inline {
        Inline {
            styles: hashes_of(html, "style"),
            scripts: match self.is_ours(path) {
                true => hashes_of(html, "script"),
                false => BTreeSet::new(),
            },
        }
    }

    /// Returns the page `html` at `path` with its policy.
    pub(super) fn tell<'h>(&self, path: &str, html: Cow<'h, str>) -> Cow<'h, str> {
        let at = html.find(CHARSET).map(|at| at + CHARSET.len());
        let Some(at) = at.filter(|_| self.is_ours(path)) else {
            return html;
        };
        let policy = policy(" file:", &hashes_of(&html, "style"));
        let meta = format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}; \
             script-src-elem 'self' file: {ANY_SCRIPT}\">"
        );
        Cow::Owned([&html[..at], &meta, &html[at..]].concat())
    }
}

/// The styles and scripts that stand in pages, by their hashes.
#[derive(Debug, Default)]
pub(super) struct Inline {
    styles: BTreeSet<String>,
    scripts: BTreeSet<String>,
}

impl Inline {
    /// Adds those of another page.
    pub(super) fn extend(&mut self, other: Self) {
        self.styles.extend(other.styles);
        self.scripts.extend(other.scripts);
    }

    /// Returns the policy of a website with these for a host.
    pub(super) fn for_host(&self) -> String {
        let scripts = match self.scripts.len() {
            0 => String::new(),
            n if n > MOST => format!("; script-src-elem 'self' {ANY_SCRIPT}"),
            _ => format!("; script-src 'self'{}", listed(&self.scripts)),
        };
        let policy = policy("", &self.styles);
        format!("{policy}{scripts}; frame-ancestors 'self'")
    }
}

/// Writes the policy, with `more` places where the website lies; styles that a page brings along
/// are allowed by their hashes.
fn policy(more: &str, styles: &BTreeSet<String>) -> String {
    format!(
        "default-src 'self'{more}; style-src 'self'{more}{}; img-src 'self'{more} data:; \
         object-src 'none'; base-uri 'self'{more}; form-action 'self'{more}",
        listed(styles)
    )
}

fn listed(hashes: &BTreeSet<String>) -> String {
    hashes.iter().map(|hash| format!(" {hash}")).collect()
}

/// Names the styles or scripts, elements called `name`, that a page brings along.
fn hashes_of(html: &str, name: &str) -> BTreeSet<String> {
    match html.contains(&format!("<{name}")) {
        true => texts(html, name).map(hash).collect(),
        false => BTreeSet::new(),
    }
}

fn texts<'h>(html: &'h str, name: &str) -> impl Iterator<Item = &'h str> {
    let mut is_wanted = false;
    pieces(html).filter_map(move |piece| match piece {
        Piece::Tag(tag) => {
            is_wanted = tag.is(name) && !tag.is_end && !is_data(&tag);
            None
        }
        Piece::Raw(text) => is_wanted.then_some(text),
        Piece::Text(_) | Piece::Comment(_) => None,
    })
}

/// Tells whether a script holds data for machines, which browsers don't run.
fn is_data(tag: &Tag) -> bool {
    let kind = tag.attribute("type");
    kind.is_some_and(|kind| kind.to_ascii_lowercase().ends_with("json"))
}

/// Names a text as a policy does.
fn hash(text: &str) -> String {
    let hash = BASE64_STANDARD.encode(Sha256::digest(text));
    format!("'sha256-{hash}'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_itself_what_it_may_load() {
        let pages = |kept| Pages {
            kept,
            own: BTreeSet::from(["old.html"]),
        };
        let html = "<head><meta charset=\"utf-8\"><style>p{}</style></head>";
        let told = |kept, path| pages(kept).tell(path, html.into()).into_owned();
        insta::assert_snapshot!(told(false, "a.html"), @r#"<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'self' file:; style-src 'self' file: 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='; img-src 'self' file: data:; object-src 'none'; base-uri 'self' file:; form-action 'self' file:; script-src-elem 'self' file: 'unsafe-inline'"><style>p{}</style></head>"#);
        assert_eq!(told(false, "old.html"), html);
        assert_eq!(told(true, "a.html"), html);
    }

    #[test]
    fn a_host_lets_scripts_of_templates_run_and_no_others() {
        let pages = Pages {
            kept: false,
            own: BTreeSet::from(["old.html"]),
        };
        let policy = |pages: &Pages, path: &str, html: &str| {
            let policy = pages.inline(path, html).for_host();
            let scripts = policy
                .split("; ")
                .filter(|part| part.starts_with("script-"));
            scripts.collect::<String>()
        };
        let html = "<script src=\"a.js\"></script><script>go()</script>\
                    <script type=\"application/ld+json\">{}</script>";
        insta::assert_snapshot!(policy(&pages, "a.html", html), @"script-src 'self' 'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='");
        assert_eq!(policy(&pages, "old.html", html), "");
        let kept = Pages {
            kept: true,
            ..Pages::default()
        };
        assert_eq!(policy(&kept, "a.html", html), "");
        let many: String = (0..=MOST)
            .map(|n| format!("<script>go({n})</script>"))
            .collect();
        insta::assert_snapshot!(policy(&pages, "a.html", &many), @"script-src-elem 'self' 'unsafe-inline'");
    }
}
