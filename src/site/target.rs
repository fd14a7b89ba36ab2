//! The targets of links as text.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::diag::SitePath;

/// Writes `path` as a link from a file of `folder`.
pub(super) fn relative(folder: &SitePath, path: &SitePath) -> String {
    let from: Vec<&str> = folder
        .as_str()
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    let to: Vec<&str> = path.as_str().split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let ups = "../".repeat(from.len() - shared);
    format!("{ups}{}", to[shared..].join("/"))
}

/// Tells whether a link leaves the site: it has a scheme, or begins with `//`.
pub(super) fn is_external(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |scheme: &str| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    target.starts_with("//") || scheme.is_some_and(is_scheme)
}

/// Undoes `%E6%B0%B4` in links that an editor has encoded.
pub(super) fn decode(link: &str) -> String {
    let decoded = percent_decode_str(link).decode_utf8();
    decoded.map_or_else(|_| link.to_owned(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_links_are_read_as_meant() {
        assert_eq!(decode("%E6%B0%B4.md"), "水.md");
        assert_eq!(decode("100%.md"), "100%.md");
    }

    #[test]
    fn schemes_leave_the_site() {
        assert!(
            is_external("https://example.org") && is_external("tel:5550") && is_external("//x")
        );
        assert!(!is_external("../water.md") && !is_external("#a") && !is_external("水：一.md"));
    }

    #[test]
    fn links_are_written_from_the_folder_of_the_file() {
        let folder = SitePath::fixed("content/living");
        assert_eq!(
            relative(&folder, &SitePath::fixed("content/sorting/a.md")),
            "../sorting/a.md"
        );
        assert_eq!(
            relative(&folder, &SitePath::fixed("content/living/b.md")),
            "b.md"
        );
    }
}
