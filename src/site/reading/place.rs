//! Where a page stands: its kind, its id and section by the path of its file, and its address.

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::address;
use crate::diag::{SitePath, words};
use crate::read::{CONTENT, Fields};
use crate::site::website::Slugs;

/// Which of the three kinds of Markdown files it is.
#[derive(PartialEq, Eq)]
pub(in crate::site) enum Kind {
    /// Any page.
    Page,
    /// A section's `_index.md`.
    Section,
    /// A board's file.
    Board,
}

/// What a file's path says.
pub(super) struct Location {
    /// Its id.
    pub(super) id: String,
    /// The section that it lies in, or is.
    pub(super) section: String,
    /// What kind of file it is.
    pub(super) kind: Kind,
}

impl Location {
    pub(super) fn of(path: &SitePath) -> Self {
        let below = path.strip(CONTENT).unwrap_or(path.as_str());
        let below = below.rsplit_once('.').map_or(below, |(stem, _)| stem);
        let below: String = below.nfc().collect();
        let folder = below
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
            .to_owned();
        if path.stem() == "_index" {
            return Self {
                id: folder.clone(),
                section: folder,
                kind: Kind::Section,
            };
        }
        let kind = if folder == "boards" {
            Kind::Board
        } else {
            Kind::Page
        };
        Self {
            id: below,
            section: folder,
            kind,
        }
    }
}

/// Makes the output path: the folder, then the slug, or what the site calls its pages.
pub(super) fn url(fields: &Fields, place: &Location, title: &str, slugs: Slugs) -> String {
    let slug = fields.parsed("slug", words("a-slug"), "winter-heating", |slug| {
        let usable = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        (!slug.is_empty() && slug.chars().all(usable)).then(|| slug.nfc().collect::<String>())
    });
    let folder = crate::site::address::folder(&place.section, slugs);
    let stem = place.id.rsplit('/').next().unwrap_or_default();
    let own = match (slug, &place.kind) {
        (Some(slug), Kind::Section) => parent(&folder).map_or(slug.clone(), |up| join(up, &slug)),
        (None, Kind::Section) => folder,
        (Some(slug), _) => join(&folder, &slug),
        // A board's short name stands on plans and papers too.
        (None, Kind::Board) => join(&folder, stem),
        (None, Kind::Page) => match address::of_title(fields, title, slugs) {
            Some(slug) => join(&folder, &slug),
            None => join(&folder, stem),
        },
    };
    join(&own, "index.html")
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

fn parent(folder: &str) -> Option<&str> {
    folder.rsplit_once('/').map(|(up, _)| up)
}

/// Makes seven characters that name a page, without those that are easily confused.
pub(super) fn short_id(id: &str) -> String {
    const LETTERS: &[u8; 30] = b"abcdefghjkmnpqrstuvwxyz2345679";
    let digest = Sha256::digest(id.as_bytes());
    let letter = |byte: &u8| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]);
    digest.iter().take(7).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_ids_never_change() {
        // They stand in QR codes on paper: whoever changes one leads readers nowhere.
        for (id, short) in [
            ("", "u5tgcp7"),
            ("a", "zbkvz6k"),
            ("living/tap", "qhfzquh"),
            ("living/toilet-leak", "zudv97r"),
            ("通知/停水", "7f3qau9"),
        ] {
            assert_eq!(short_id(id), short);
        }
    }
}
