//! The text of a drawing, whatever it is written in, and what in it names a file.

use std::collections::BTreeMap;
use std::io::Read;

use encoding_rs::{Encoding, UTF_8};
use flate2::read::GzDecoder;

/// No drawing is longer once it is unpacked.
const LONGEST: u64 = 64 << 20;
/// How far the beginning reaches in which a drawing must begin.
const BEGINNING: usize = 4096;

/// Returns the text of `bytes` where they are a drawing: one whose first element is `svg`.
pub(super) fn of(bytes: &[u8]) -> Option<String> {
    let unpacked;
    let bytes = match bytes.starts_with(&[0x1F, 0x8B]) {
        true => {
            let head = inflated(bytes, BEGINNING as u64)?;
            is_drawing(&String::from_utf8_lossy(&head)).then_some(())?;
            unpacked = inflated(bytes, LONGEST)?;
            &unpacked
        }
        false => bytes,
    };
    let head = &bytes[..bytes.len().min(BEGINNING)];
    let encoding = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = encoding.or_else(|| named_encoding(head)).unwrap_or(UTF_8);
    let (head, ..) = encoding.decode(head);
    is_drawing(&head).then_some(())?;
    let (text, _, is_damaged) = encoding.decode(bytes);
    (!is_damaged).then(|| text.into_owned())
}

fn inflated(packed: &[u8], most: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let done = GzDecoder::new(packed).take(most).read_to_end(&mut bytes);
    done.ok().map(|_| bytes)
}

/// Returns the encoding that the first line names.
fn named_encoding(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head);
    let (line, _) = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?;
    let (_, value) = line.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next()?;
    Encoding::for_label(value[1..].split(quote).next()?.as_bytes())
}

/// Tells whether the first element is `svg`.
fn is_drawing(head: &str) -> bool {
    let mut rest = head.trim_start_matches('\u{FEFF}').trim_start();
    loop {
        let (end, behind) = match rest {
            it if it.starts_with("<!--") => ("-->", it),
            it if it.starts_with("<?") => ("?>", it),
            it if it.starts_with("<!DOCTYPE") => {
                let inner = it.find('[').filter(|at| Some(*at) < it.find('>'));
                (if inner.is_some() { "]" } else { ">" }, it)
            }
            it => {
                let it = it.trim_start_matches(['>', ' ', '\n', '\r', '\t']);
                let name = it.strip_prefix('<').unwrap_or_default();
                let name = name.split(|c: char| c.is_whitespace() || c == '>' || c == '/');
                let name = name.into_iter().next().unwrap_or_default();
                return name == "svg" || name.ends_with(":svg");
            }
        };
        match behind.split_once(end) {
            Some((_, behind)) => rest = behind.trim_start(),
            None => return false,
        }
    }
}

/// Returns the short names that a document type gives to texts, as Illustrator does for long
/// addresses. One that calls for another is left out, so that none can grow.
pub(super) fn entities(document_type: &str) -> BTreeMap<String, String> {
    let declared = document_type.split("<!ENTITY").skip(1).take(200);
    let entity = |text: &str| {
        let (name, rest) = text.trim_start().split_once(char::is_whitespace)?;
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let value = rest[1..].split(quote).next()?;
        let is_short = value.len() < 1000 && !value.contains(['&', '%', '<']);
        is_short.then(|| (name.to_owned(), value.to_owned()))
    };
    declared.filter_map(entity).collect()
}

/// Tells whether `text` names a file of somebody's machine.
pub(super) fn is_path(text: &str) -> bool {
    let marks = ["file:", "/Users/", "/home/", "/Volumes/"];
    let letters = text.as_bytes();
    let drive = letters
        .windows(3)
        .any(|it| it[0].is_ascii_alphabetic() && it[1] == b':' && it[2] == b'\\');
    drive || text.starts_with("\\\\") || marks.iter().any(|mark| text.contains(mark))
}

/// Returns what of an address can be told: a file's own name, not the folders of its author.
pub(super) fn name(address: &str) -> String {
    match is_path(address) {
        false => address.chars().take(80).collect(),
        true => {
            let name = address.rsplit(['/', '\\']).next().unwrap_or_default();
            name.chars().take(80).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_are_known_by_their_first_element() {
        for drawing in [
            "<svg/>",
            "\u{FEFF}<?xml version='1.0'?>\n<!-- a -->\n<!DOCTYPE svg PUBLIC \"a\" \"b\">\n<svg>",
            "<!DOCTYPE svg [ <!ENTITY a \"b\"> ]>\n<s:svg xmlns:s='x'>",
        ] {
            assert!(is_drawing(drawing), "{drawing}");
        }
        for other in ["", "<html><svg/></html>", "<!-- <svg> -->", "svg", "<svgs>"] {
            assert!(!is_drawing(other), "{other}");
        }
    }

    #[test]
    fn drawings_of_chinese_programs_are_read() {
        let (bytes, ..) =
            encoding_rs::GBK.encode("<?xml version=\"1.0\" encoding=\"GB2312\"?><svg>门</svg>");
        assert!(of(&bytes).is_some_and(|text| text.contains('门')));
        assert_eq!(of(b"<svg>\xC3\xC5</svg>"), None);
    }

    #[test]
    fn names_of_texts_cannot_grow() {
        let named = entities(" svg [<!ENTITY a \"b\"> <!ENTITY c '&a;&a;'> <!ENTITY % d \"e\">]");
        assert_eq!(
            named.into_iter().collect::<Vec<_>>(),
            [("a".to_owned(), "b".to_owned())]
        );
    }

    #[test]
    fn files_of_a_machine_are_told_without_their_folders() {
        assert_eq!(name("file:///C:/Users/wang/门.png"), "门.png");
        assert_eq!(name("C:\\Users\\wang\\a.png"), "a.png");
        assert_eq!(name("https://a.example/b.png"), "https://a.example/b.png");
        assert!(!is_path("M 0 0 L 5:5"));
    }
}
