//! Addresses on the website: what pages are called there, and where they stood before.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

use super::website::Slugs;
use crate::diag::{Code, Diagnostic};
use crate::digest::short;
use crate::spelling;

/// Names that Windows keeps for its devices.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
/// The longest file name in bytes that all common file systems take.
const LONGEST: usize = 255;
/// How long the part of an output's name that names its page is at most, in bytes: a hash and an
/// ending have room behind it.
const LONGEST_ID: usize = 160;

/// What an address must not hold as it is; the other signs may stand in a path (RFC 3986).
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');
/// How long a name made of a title is at most, in bytes.
const LONGEST_SLUG: usize = 240;

/// Why a name can be none on some machine.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// Nothing, or one of the names of folders.
    Empty,
    /// Too many bytes.
    Long,
    /// A dot or blank at its end.
    Ending,
    /// A sign that Windows does not allow.
    Sign(char),
    /// A name that Windows keeps for a device.
    Device,
}

/// Returns `path` with everything that an address must not hold as it is in percent signs.
pub(crate) fn encode(path: &str) -> String {
    utf8_percent_encode(path, ENCODED).to_string()
}

/// Returns the address that a host serves `url` under: a folder instead of its `index.html`.
pub(crate) fn pretty(url: &str) -> String {
    encode(url.strip_suffix("index.html").unwrap_or(url))
}

/// Returns the first part of `path` that some machine cannot write, and why.
pub(crate) fn unusable(path: &str) -> Option<(&str, Unusable)> {
    let why = |part: &str| {
        let is_forbidden = |c: &char| c.is_control() || "<>:\"\\|?*".contains(*c);
        if part.is_empty() || part == "." || part == ".." {
            Some(Unusable::Empty)
        } else if part.len() > LONGEST {
            Some(Unusable::Long)
        } else if part.ends_with(['.', ' ']) {
            Some(Unusable::Ending)
        } else if let Some(sign) = part.chars().find(is_forbidden) {
            Some(Unusable::Sign(sign))
        } else {
            is_device(part).then_some(Unusable::Device)
        }
    };
    path.split('/').find_map(|part| Some((part, why(part)?)))
}

/// Says that `path` cannot be written where that is so, and why.
pub(crate) fn refused(path: &str) -> Option<Diagnostic> {
    let (part, why) = unusable(path)?;
    let bad = Diagnostic::new(Code::BadPath).with("path", path);
    Some(match why {
        Unusable::Empty => bad.with("raw", format!("{part:?}")),
        Unusable::Long => bad
            .with("long", part)
            .with("bytes", part.len())
            .with("most", LONGEST),
        Unusable::Ending => bad.with("ending", part),
        Unusable::Sign(sign) => bad.with("part", part).with("sign", sign.escape_debug()),
        Unusable::Device => bad.with("device", part),
    })
}

/// Tells whether Windows keeps this name for a device, with whatever ending.
pub(crate) fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device)
            .is_some_and(|rest| rest.chars().count() == 1 && "0123456789¹²³".contains(rest))
    };
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

/// Makes the part of an output's name that names the page `id`; a long one is cut, and told from
/// others by its hash.
pub(crate) fn file_part(id: &str) -> String {
    let name = id.replace('/', "-");
    if name.len() <= LONGEST_ID {
        return name;
    }
    let hash = short(id, 8);
    format!(
        "{}-{hash}",
        &name[..name.floor_char_boundary(LONGEST_ID - 9)]
    )
}

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
    slug.truncate(slug.floor_char_boundary(LONGEST_SLUG));
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
    let path: String = super::target::decode(path).nfc().collect();
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
    fn parts_that_some_machine_cannot_write_are_found() {
        let long = "长".repeat(86);
        for (path, part, why) in [
            ("/etc/passwd", "", Unusable::Empty),
            ("a/../b", "..", Unusable::Empty),
            ("a/./b", ".", Unusable::Empty),
            ("", "", Unusable::Empty),
            ("c:/b", "c:", Unusable::Sign(':')),
            ("a\\b", "a\\b", Unusable::Sign('\\')),
            ("living/aux/index.html", "aux", Unusable::Device),
            ("Nul.txt", "Nul.txt", Unusable::Device),
            ("COM1.pdf", "COM1.pdf", Unusable::Device),
            ("end./x", "end.", Unusable::Ending),
            (&long, &long, Unusable::Long),
        ] {
            assert_eq!(unusable(path), Some((part, why)), "{path}");
        }
        for path in [
            "index.html",
            ".nojekyll",
            "居务/通知 1.pdf",
            "console.css",
            "com10",
        ] {
            assert_eq!(unusable(path), None, "{path}");
        }
    }

    #[test]
    fn long_ids_are_cut_and_stay_apart() {
        assert_eq!(file_part("living/tap"), "living-tap");
        let long = |end: &str| file_part(&format!("notices/{}{end}", "关于停水的通知".repeat(11)));
        assert!(long("一").len() <= LONGEST_ID);
        assert_ne!(long("一"), long("二"));
        assert!(
            slug(&"停水".repeat(60), Slugs::Characters).is_some_and(|it| it.len() <= LONGEST_SLUG)
        );
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
