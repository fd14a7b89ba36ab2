//! Pictures that a page names and does not hold: they lie beside it, as browsers, Word and the
//! makers of Markdown save them.

use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::model::Doc;

/// Returns the content of what lies beside a file, by its name from there, such as `图/1.jpg`; it is
/// never asked for what lies further up.
pub type Beside<'a> = &'a dyn Fn(&str) -> Option<Arc<[u8]>>;

/// The endings by which pictures are named in texts.
pub(super) const PICTURES: [&str; 11] = [
    "jpg", "jpeg", "png", "gif", "webp", "svg", "bmp", "tif", "tiff", "heic", "avif",
];
/// The longest name that is looked for, in bytes.
const LONGEST: usize = 400;

/// Returns the name, from the folder of the page, of what `address` leads to; `None` where it lies
/// elsewhere. Of a place on somebody's own disk, as Word writes it, only the file's name counts.
pub(super) fn name(address: &str) -> Option<String> {
    let address = address.trim();
    let address = address.split(['?', '#']).next().unwrap_or(address);
    let plain = percent_decode_str(address).decode_utf8().ok()?;
    let plain = plain.replace('\\', "/");
    let is_on_disk = plain.len() > 5 && plain.as_bytes()[..5].eq_ignore_ascii_case(b"file:");
    let path = match is_on_disk {
        true => plain.rsplit('/').next().unwrap_or_default(),
        false => plain.as_str(),
    };
    let parts: Vec<&str> = path
        .split('/')
        .filter(|it| !matches!(*it, "" | "."))
        .collect();
    let leads_out = path.starts_with('/') || path.contains([':', '\0']) || parts.contains(&"..");
    let name = parts.join("/");
    (!name.is_empty() && name.len() <= LONGEST && !leads_out).then_some(name)
}

/// Returns the names of pictures in a text in Markdown, each once.
pub(super) fn named(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let is_picture = |part: &str| {
        let ending = part.rsplit_once('.').map(|(_, ending)| ending);
        ending.is_some_and(|it| PICTURES.iter().any(|known| it.eq_ignore_ascii_case(known)))
    };
    for part in text.split(['(', ')', '[', ']', '"', '\'', '<', '>', '|', '\n', '\r']) {
        // A key of the front matter stands before it: `cover: a.jpg`.
        let part = part.rsplit(": ").next().unwrap_or(part).trim();
        if !is_picture(part) {
            continue;
        }
        if let Some(name) = name(part).filter(|it| !found.contains(it)) {
            found.push(name);
        }
    }
    found
}

/// Takes the pictures in that lie beside the page of `doc`.
pub(super) fn fill(doc: &mut Doc, beside: Beside) {
    for picture in doc.pictures.iter_mut().filter(|it| it.bytes.is_empty()) {
        let own = picture.address.as_deref().and_then(name);
        let names = picture.beside.iter().chain(own.iter());
        if let Some(bytes) = { names }.find_map(|name| beside(name)) {
            picture.bytes = bytes.to_vec();
            picture.address = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beside_a_page_is_named_from_there_and_nothing_else_is() {
        for (address, expected) in [
            ("picture-1.jpg", Some("picture-1.jpg")),
            ("./文章_files/640?wx_fmt=png", Some("文章_files/640")),
            ("%E5%9B%BE/1.png#a", Some("图/1.png")),
            ("a19.files\\image001.png", Some("a19.files/image001.png")),
            ("file:///C:/Users/li/清扫.jpg", Some("清扫.jpg")),
            ("https://a.example/1.jpg", None),
            ("//a.example/1.jpg", None),
            ("/etc/passwd", None),
            ("../1.jpg", None),
            ("C:\\1.jpg", None),
            ("", None),
        ] {
            assert_eq!(name(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn pictures_are_found_however_markdown_names_them() {
        let text = "---\ncover: 封面.JPG\n---\n![甲](图/1.png \"题\")\n<img src='./2.webp'>\n\
            ![[三.jpg|300]] ![](https://a.example/4.png) [乙](b.md)";
        assert_eq!(named(text), ["封面.JPG", "图/1.png", "2.webp", "三.jpg"]);
    }
}
