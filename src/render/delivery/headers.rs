//! `_headers`: what a host tells browsers beside the files, in the form that Netlify and
//! Cloudflare Pages read.

use std::collections::BTreeSet;

use super::policy::Inline;
use super::stamp::Stamps;
use super::{Files, fonts, pictures};

/// Where it lies below the website's root.
const PATH: &str = "_headers";
/// What a browser may keep for a year without asking again.
const FOREVER: &str = "  Cache-Control: public, max-age=31536000, immutable\n";

/// Adds the file.
pub(super) fn add(files: &mut Files, stamps: &Stamps, inline: &Inline) {
    let mut text = format!(
        "/*\n  Content-Security-Policy: {}\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: strict-origin-when-cross-origin\n  \
         Permissions-Policy: camera=(), geolocation=(), microphone=()\n",
        inline.for_host()
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::policy::Pages;
    use super::*;

    #[test]
    fn a_host_is_told_what_pages_may_load_and_what_keeps() {
        let file = |path: &str, text: &str| (path.to_owned(), Arc::from(text.as_bytes()));
        let mut files = Files::from([
            file("assets/fonts/a.woff2", ""),
            file("assets/style.ab.css", ""),
        ]);
        let stamps = Stamps::from([("assets/style.css".into(), "assets/style.ab.css".into())]);
        let inline = Pages::default().inline("404.html", "<style>p{}</style>");
        add(&mut files, &stamps, &inline);
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
