//! Bytes into text: UTF-8 with or without a mark, UTF-16, GB18030.
//!
//! Notepad writes UTF-16 and the system's own encoding without saying so; what is assumed is
//! reported, so that a wrong guess is seen.

use std::borrow::Cow;

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// A file's text and the encoding that was assumed for it; `None` for UTF-8.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, its lines ended by `\n`.
    pub text: String,
    /// The encoding's name, where it was not UTF-8.
    pub assumed: Option<&'static str>,
}

/// The bytes are no text in any encoding that we know.
#[derive(Debug, PartialEq, Eq)]
pub struct NotText;

/// Decodes `bytes`.
///
/// # Errors
/// [`NotText`] where they are no text.
pub fn decode(bytes: &[u8]) -> Result<Decoded, NotText> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        let text = std::str::from_utf8(rest).map_err(|_| NotText)?;
        return finish(text.into(), None);
    }
    let wide = match bytes {
        [0xFF, 0xFE, rest @ ..] => Some((UTF_16LE, rest, "UTF-16")),
        [0xFE, 0xFF, rest @ ..] => Some((UTF_16BE, rest, "UTF-16")),
        _ => bare_utf16(bytes).map(|encoding| (encoding, bytes, "UTF-16")),
    };
    if let Some((encoding, rest, name)) = wide {
        let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
        return finish(text.ok_or(NotText)?, Some(name));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return finish(text.into(), None);
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    let text = text.filter(|text| reads_as_chinese(text)).ok_or(NotText)?;
    finish(text, Some("GB18030"))
}

/// Recognises UTF-16 without a mark: every ASCII character brings a zero byte, always on the
/// same side.
fn bare_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |start: usize| {
        bytes
            .iter()
            .skip(start)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let enough = bytes.len() / 40 + 1;
    // 一 (U+4E00) and a few others bring a zero on the other side.
    if odd >= enough && odd >= 4 * even {
        Some(UTF_16LE)
    } else if even >= enough && even >= 4 * odd {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Tells text in GB18030 from a picture that happens to decode: nearly everything beyond ASCII
/// is Chinese, and there are no control characters.
fn reads_as_chinese(text: &str) -> bool {
    let beyond = text.chars().filter(|c| !c.is_ascii()).count();
    let chinese = text.chars().filter(|c| is_chinese(*c)).count();
    chinese * 10 >= beyond * 9
}

/// Tells whether `c` is a Chinese character or full-width punctuation.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{3000}'..='\u{303F}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}' | '·' | '×' | '℃')
}

fn finish(text: Cow<'_, str>, assumed: Option<&'static str>) -> Result<Decoded, NotText> {
    let controls = text.chars().filter(|c| is_control(*c)).count();
    // Text that was copied from Word and PDF has a few; what has many, or was no UTF-8, is no text.
    let most = if assumed.is_some() {
        0
    } else {
        text.len() / 50
    };
    if controls > most || text.contains('\0') {
        return Err(NotText);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let keep = |c: &char| !is_control(*c) && *c != '\u{c}';
    Ok(Decoded {
        text: text.chars().filter(keep).collect(),
        assumed,
    })
}

/// Tells whether a character has no place in a text; Word breaks lines and pages with U+000B and
/// U+000C.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "---\ntitle: 五分钟查马桶漏水\n---\n滴一滴色素。\n";

    fn decoded(bytes: &[u8]) -> (String, Option<&'static str>) {
        let decoded = decode(bytes).expect("it is text");
        (decoded.text, decoded.assumed)
    }

    #[test]
    fn a_mark_and_windows_line_ends_vanish() {
        let bytes = format!("\u{feff}{}", TEXT.replace('\n', "\r\n"));
        assert_eq!(decoded(bytes.as_bytes()), (TEXT.to_owned(), None));
    }

    #[test]
    fn gb18030_is_read_and_said() {
        let (bytes, _, _) = GB18030.encode(TEXT);
        assert_eq!(decoded(&bytes), (TEXT.to_owned(), Some("GB18030")));
    }

    #[test]
    fn utf16_is_read_with_and_without_a_mark() {
        let units = |swap: bool| -> Vec<u8> {
            let bytes = |unit: u16| {
                if swap {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            };
            TEXT.encode_utf16().flat_map(bytes).collect()
        };
        for (mark, swap) in [
            (&b"\xFF\xFE"[..], false),
            (b"\xFE\xFF", true),
            (b"", false),
            (b"", true),
        ] {
            let bytes = [mark, &units(swap)].concat();
            assert_eq!(decoded(&bytes), (TEXT.to_owned(), Some("UTF-16")));
        }
    }

    #[test]
    fn a_few_control_characters_vanish_and_a_break_stays() {
        let text = format!("{TEXT}第二页\u{c}第三页\u{1}，第一行\u{b}第二行\u{7f}。");
        let read = format!("{TEXT}第二页第三页，第一行\u{b}第二行。");
        assert_eq!(decoded(text.as_bytes()), (read, None));
        assert_eq!(decode("\u{1}\u{2}字".as_bytes()), Err(NotText));
        assert_eq!(decode("字\0".repeat(99).as_bytes()), Err(NotText));
    }

    #[test]
    fn pictures_and_documents_are_no_text() {
        let png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10";
        let word = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00\x00\x00\x00";
        for bytes in [
            &png[..],
            word,
            b"PK\x03\x04\x14\x00\x06\x00",
            b"\xFF\xD8\xFF\xE0\x00\x10JFIF",
        ] {
            assert_eq!(decode(bytes), Err(NotText));
        }
    }
}
