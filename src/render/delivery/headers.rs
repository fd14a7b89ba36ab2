//! `_headers`: what a host tells browsers beside the files, in the form that Netlify and
//! Cloudflare Pages read.
//!
//! The policy lets pages load what the website itself holds and nothing else, and run no script
//! that stands in a page.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::stamp::Stamps;
use super::{Files, fonts, pictures};
use crate::site::markdown::markup::{Piece, pieces};

/// Where it lies below the website's root.
const PATH: &str = "_headers";
/// What a browser may keep for a year without asking again.
const FOREVER: &str = "  Cache-Control: public, max-age=31536000, immutable\n";

/// Adds the file.
pub(super) fn add(files: &mut Files, stamps: &Stamps) {
    let mut text = format!(
        "/*\n  Content-Security-Policy: {}\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: strict-origin-when-cross-origin\n  \
         Permissions-Policy: camera=(), geolocation=(), microphone=()\n",
        policy(files)
    );
    let folders = [fonts::FOLDER, pictures::FOLDER];
    let below = |folder: &str| files.keys().any(|path| path.starts_with(folder));
    for folder in folders.iter().filter(|folder| below(folder)) {
        text.push_str(&format!("/{folder}/*\n{FOREVER}"));
    }
    for path in stamps.values().collect::<BTreeSet<_>>() {
        text.push_str(&format!("/{path}\n{FOREVER}"));
    }
    files.insert(PATH.to_owned(), text.into_bytes().into());
}

/// Returns the policy; styles that a page brings along are allowed by their hashes.
fn policy(files: &Files) -> String {
    let mut hashes = BTreeSet::new();
    for (_, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        if html.contains("<style") {
            hashes.extend(styles(&html).map(|style| source(style.as_bytes())));
        }
    }
    let hashes: String = hashes.iter().map(|hash| format!(" {hash}")).collect();
    format!(
        "default-src 'self'; style-src 'self'{hashes}; img-src 'self' data:; object-src 'none'; \
         base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )
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
    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_host_is_told_what_pages_may_load_and_what_keeps() {
        let file = |path: &str, text: &str| (path.to_owned(), Arc::from(text.as_bytes()));
        let mut files = Files::from([
            file("404.html", "<style>p{}</style>"),
            file("assets/fonts/a.woff2", ""),
            file("assets/style.ab.css", ""),
        ]);
        let stamps = Stamps::from([("assets/style.css".into(), "assets/style.ab.css".into())]);
        add(&mut files, &stamps);
        let text = String::from_utf8_lossy(&files[PATH]).into_owned();
        insta::assert_snapshot!(text, @r"
        /*
          Content-Security-Policy: default-src 'self'; style-src 'self' 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'
          X-Content-Type-Options: nosniff
          Referrer-Policy: strict-origin-when-cross-origin
          Permissions-Policy: camera=(), geolocation=(), microphone=()
        /assets/fonts/*
          Cache-Control: public, max-age=31536000, immutable
        /assets/style.ab.css
          Cache-Control: public, max-age=31536000, immutable
        ");
    }
}
