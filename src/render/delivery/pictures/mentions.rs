//! Pictures that something else than a page's `<img>` calls for: feeds, data for search engines,
//! scripts.

use std::collections::{BTreeMap, BTreeSet};

use super::Picture;
use crate::render::delivery::Files;
use crate::render::delivery::references::resolve;

/// Files that may name pictures.
const TEXTS: [&str; 6] = [".xml", ".json", ".js", ".css", ".txt", ".webmanifest"];
/// How pictures' names end.
const ENDINGS: [&str; 8] = ["jpg", "jpeg", "jfif", "png", "webp", "bmp", "tif", "tiff"];
/// What may stand around an address.
const BORDERS: &[char] = &[
    '"', '\'', '<', '>', '&', '\\', ' ', '(', ')', ',', ';', '\n',
];

/// Returns the names of all pictures that the texts among `files` mention, as [`name`] has them.
pub(in crate::render::delivery) fn mentioned(files: &Files) -> BTreeSet<String> {
    let texts = files
        .iter()
        .filter(|(path, _)| TEXTS.iter().any(|ending| path.ends_with(ending)))
        .filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok());
    texts.flat_map(names).map(plain).collect()
}

/// Returns the names of pictures that the page `html` mentions; none where there are no `pictures`
/// that it could.
pub(in crate::render::delivery) fn mentions(
    html: &str,
    pictures: &BTreeMap<String, Picture>,
) -> BTreeSet<String> {
    match pictures.is_empty() {
        true => BTreeSet::new(),
        false => names(html).map(plain).collect(),
    }
}

/// Undoes what addresses do to a name.
fn plain(name: &str) -> String {
    let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
    name.to_lowercase()
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('.').filter_map(|(at, _)| {
        let ending = &text[at + 1..];
        let length = ending.find(|c: char| !c.is_ascii_alphanumeric());
        let ending = &ending[..length.unwrap_or(ending.len())];
        let is_picture = ENDINGS
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known));
        let from = text[..at].rfind(|c| c == '/' || c == '=' || BORDERS.contains(&c));
        let from = from.map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        });
        is_picture.then(|| &text[from..at + 1 + ending.len()])
    })
}

/// Returns a file's name in small letters.
pub(super) fn name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_lowercase()
}

/// Returns `text` with the usual version of each picture in place of its whole address, which
/// begins with `base`; `None` where there is none.
pub(in crate::render::delivery) fn readdressed(
    text: &str,
    base: Option<&str>,
    pictures: &BTreeMap<String, Picture>,
) -> Option<String> {
    let base = base?;
    let mut out = String::new();
    let mut done = 0;
    for (at, _) in text.match_indices(base) {
        let rest = &text[at..];
        let address = &rest[..rest.find(BORDERS).unwrap_or(rest.len())];
        let picture = resolve("", address, Some(base)).and_then(|file| pictures.get(&file));
        if let Some(picture) = picture.filter(|_| at >= done) {
            out.push_str(&text[done..at]);
            out.push_str(base);
            out.push_str(picture.usual());
            done = at + address.len();
        }
    }
    (done > 0).then(|| out + &text[done..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_wherever_they_stand() {
        let text =
            "{\"a\":\"https:\\/\\/x\\/p\\/B.JPG\"} url(c.png) d.jpgs <img src=../p/%E9%97%A8.webp>";
        assert_eq!(
            names(text).collect::<Vec<_>>(),
            ["B.JPG", "c.png", "%E9%97%A8.webp"]
        );
        assert_eq!(plain("%E9%97%A8.WEBP"), name("p/门.webp"));
    }

    #[test]
    fn feeds_show_the_usual_version() {
        let pictures = BTreeMap::from([(
            "p/门.jpg".to_owned(),
            Picture {
                size: (4, 3),
                files: vec![("assets/pictures/picture-4.a.webp".to_owned(), 4)],
            },
        )]);
        let base = Some("https://a.example/");
        let feed = "&lt;img src=&quot;https://a.example/p/%E9%97%A8.jpg&quot;&gt; https://a.example/p/b.jpg";
        let expected = "&lt;img src=&quot;https://a.example/assets/pictures/picture-4.a.webp&quot;&gt; https://a.example/p/b.jpg";
        assert_eq!(
            readdressed(feed, base, &pictures).as_deref(),
            Some(expected)
        );
        assert_eq!(
            readdressed("https://a.example/p/b.jpg", base, &pictures),
            None
        );
        assert_eq!(readdressed(feed, None, &pictures), None);
    }
}
