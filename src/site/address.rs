//! Addresses on the website: what pages are called there, and where they stood before.

use unicode_normalization::UnicodeNormalization;

use super::website::Slugs;
use crate::spelling;

/// Makes the part of an address that names `title`; `None` where nothing of it can stand in one.
pub(super) fn slug(title: &str, slugs: Slugs) -> Option<String> {
    let slug = match slugs {
        Slugs::Pinyin => spelling::name(title),
        Slugs::File | Slugs::Characters => characters(title),
    };
    (!slug.is_empty()).then_some(slug)
}

/// Keeps letters, Chinese and figures; what stands between becomes `-`.
fn characters(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    for c in title.nfkc().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Returns a folder of content as it stands in addresses: as it is, or in Latin letters.
pub(super) fn folder(folder: &str, slugs: Slugs) -> String {
    if slugs != Slugs::Pinyin || folder.is_ascii() {
        return folder.to_owned();
    }
    let part = |part: &str| match part.is_ascii() {
        true => part.to_owned(),
        false => slug(part, slugs).unwrap_or_else(|| part.to_owned()),
    };
    folder.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Returns the output file that stood under an old address of this website, such as
/// `/tips/leak/`, `tips/leak.html` or a whole address below `base`; `None` for anything else.
pub(super) fn former(address: &str, base: Option<&str>) -> Option<String> {
    let path = match base.and_then(|base| address.strip_prefix(base)) {
        Some(path) => path,
        None if address.contains("://") || address.starts_with("//") => return None,
        None => address.strip_prefix('/').unwrap_or(address),
    };
    let path: String = super::links::decode(path).nfc().collect();
    let unusable = |c: char| c.is_control() || "\\?#<>\"|*:".contains(c);
    let trimmed = path.trim_end_matches('/');
    let is_part = |part: &str| !part.is_empty() && !part.starts_with('.') && part.trim() == part;
    if trimmed.contains(unusable) || !trimmed.split('/').all(is_part) {
        return None;
    }
    let is_file = !path.ends_with('/')
        && [".html", ".htm"]
            .iter()
            .any(|ending| trimmed.ends_with(ending));
    Some(match is_file {
        true => trimmed.to_owned(),
        false => format!("{trimmed}/index.html"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_pages_by_their_characters_or_their_sound() {
        let made = |title, slugs| slug(title, slugs).unwrap_or_default();
        let title = "84和洁厕灵：分开放！";
        assert_eq!(made(title, Slugs::Characters), "84和洁厕灵-分开放");
        assert_eq!(made(title, Slugs::Pinyin), "84-he-jieceling-fenkaifang");
        assert_eq!(slug("！？", Slugs::Characters), None);
        assert_eq!(slug("！？", Slugs::Pinyin), None);
    }

    #[test]
    fn folders_are_spelt_where_pages_are() {
        assert_eq!(folder("通知/2026-11", Slugs::Pinyin), "tongzhi/2026-11");
        assert_eq!(folder("通知/2026-11", Slugs::Characters), "通知/2026-11");
    }

    #[test]
    fn old_addresses_are_files_of_this_website() {
        let base = Some("https://wutongli.example/green/");
        for (address, file) in [
            ("/tips/leak/", "tips/leak/index.html"),
            ("tips/leak", "tips/leak/index.html"),
            ("/tips/leak.html", "tips/leak.html"),
            ("https://wutongli.example/green/old/", "old/index.html"),
            ("/%E6%B0%B4/", "水/index.html"),
            ("/?p=12", ""),
            ("/", ""),
            ("../x", ""),
            ("/a//b", ""),
            ("https://elsewhere.example/a", ""),
            ("//elsewhere.example/a", ""),
        ] {
            assert_eq!(former(address, base).unwrap_or_default(), file, "{address}");
        }
    }
}
