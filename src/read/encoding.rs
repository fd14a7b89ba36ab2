//! Bytes into text: UTF-8 with or without a mark, UTF-16, GB18030.
//!
//! Notepad writes UTF-16 and the system's own encoding without saying so; what is assumed is
//! reported, so that a wrong guess is seen.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::diag::apply;

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

/// How a file's text is written: the bytes of the mark before it, and the encoding.
struct Written {
    mark: usize,
    encoding: &'static Encoding,
}

impl Written {
    fn of(bytes: &[u8]) -> Self {
        let (mark, encoding) = match bytes {
            [0xEF, 0xBB, 0xBF, ..] => (3, UTF_8),
            [0xFF, 0xFE, ..] => (2, UTF_16LE),
            [0xFE, 0xFF, ..] => (2, UTF_16BE),
            _ => match bare_utf16(bytes) {
                Some(encoding) => (0, encoding),
                None if std::str::from_utf8(bytes).is_ok() => (0, UTF_8),
                None => (0, GB18030),
            },
        };
        Self { mark, encoding }
    }

    /// Returns the text as it stands there, marks and line ends included.
    fn text<'b>(&self, bytes: &'b [u8]) -> Result<Cow<'b, str>, NotText> {
        let rest = &bytes[self.mark..];
        let text = self
            .encoding
            .decode_without_bom_handling_and_without_replacement(rest);
        let is_sure = self.encoding != GB18030;
        text.filter(|text| is_sure || reads_as_chinese(text))
            .ok_or(NotText)
    }

    /// Writes `text` in this encoding; `None` where it cannot hold it.
    fn bytes(&self, text: &str) -> Option<Vec<u8>> {
        if self.encoding == UTF_16LE {
            return Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        }
        if self.encoding == UTF_16BE {
            return Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
        }
        let (bytes, _, unmappable) = self.encoding.encode(text);
        (!unmappable).then(|| bytes.into_owned())
    }

    fn name(&self) -> Option<&'static str> {
        match self.encoding {
            it if it == UTF_8 => None,
            it if it == GB18030 => Some("GB18030"),
            _ => Some("UTF-16"),
        }
    }
}

/// Decodes `bytes`.
///
/// # Errors
/// [`NotText`] where they are no text.
pub fn decode(bytes: &[u8]) -> Result<Decoded, NotText> {
    let written = Written::of(bytes);
    finish(written.text(bytes)?, written.name())
}

/// Returns `bytes` with `edits` made in the text that they decode to, in the order of the text.
/// All else stays to the byte: mark, encoding, line ends, whatever decoding passes over. `None`
/// where that cannot be.
pub fn edited(bytes: &[u8], edits: &[(Range<usize>, &str)]) -> Option<Vec<u8>> {
    let written = Written::of(bytes);
    let raw = written.text(bytes).ok()?;
    let text = decode(bytes).ok()?.text;
    let wanted = apply(&text, edits.iter().cloned())?;
    // What the encoding writes in two ways would not stay as it was.
    if written.bytes(&raw)? != bytes[written.mark..] {
        return None;
    }
    let places = places(&raw, &text)?;
    let end = if raw.contains("\r\n") { "\r\n" } else { "\n" };
    let new: Vec<String> = edits
        .iter()
        .map(|(_, new)| new.replace('\n', end))
        .collect();
    let moved = edits
        .iter()
        .map(|(at, _)| Some(*places.get(at.start)?..*places.get(at.end)?));
    let moved: Vec<Range<usize>> = moved.collect::<Option<_>>()?;
    let raw = apply(&raw, moved.into_iter().zip(new.iter().map(String::as_str)))?;
    let mut out = bytes[..written.mark].to_vec();
    out.extend(written.bytes(&raw)?);
    let is_right = decode(&out).is_ok_and(|decoded| decoded.text == wanted);
    is_right.then_some(out)
}

/// Returns `bytes` with `text` as their text: the words between what both begin and end with are
/// put in the place of the others, as [`edited`] does. `None` where that cannot be.
pub fn rewritten(bytes: &[u8], text: &str) -> Option<Vec<u8>> {
    let before = decode(bytes).ok()?.text;
    let text = text.replace("\r\n", "\n");
    let same = |(a, b): &(char, char)| a == b;
    let head = before.chars().zip(text.chars()).take_while(same);
    let head: usize = head.map(|(c, _)| c.len_utf8()).sum();
    let (old, new) = (&before[head..], &text[head..]);
    let tail = old.chars().rev().zip(new.chars().rev()).take_while(same);
    let tail: usize = tail.map(|(c, _)| c.len_utf8()).sum();
    let new = &new[..new.len() - tail];
    edited(bytes, &[(head..before.len() - tail, new)])
}

/// Returns for each byte of the decoded `text` the byte of the `raw` one that it came from, and
/// the last for its end; `None` where decoding did more than leave something out.
fn places(raw: &str, text: &str) -> Option<Vec<usize>> {
    let mut places = vec![0; text.len() + 1];
    let mut at = 0;
    for (place, wanted) in text.char_indices() {
        loop {
            let rest = &raw[at..];
            let length = match rest.chars().next()? {
                '\r' if wanted == '\n' => 1 + usize::from(rest.starts_with("\r\n")),
                found if found == wanted => found.len_utf8(),
                left_out => {
                    at += left_out.len_utf8();
                    continue;
                }
            };
            places[place..place + wanted.len_utf8()].fill(at);
            at += length;
            break;
        }
    }
    places[text.len()] = at;
    Some(places)
}

/// Recognises UTF-16 without a mark: every ASCII character brings a zero byte, always on the
/// same side.
fn bare_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
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
    let mut text = match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n"),
        false => text.into_owned(),
    };
    text.retain(|c| !is_control(c) && c != '\u{c}');
    // A text is held as long as its page.
    text.shrink_to_fit();
    Ok(Decoded { text, assumed })
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

    #[test]
    fn an_edit_leaves_all_else_to_the_byte() {
        let windows = TEXT.replace('\n', "\r\n");
        let utf16: Vec<u8> = windows.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (gb18030, _, _) = GB18030.encode(&windows);
        let marked = [b"\xEF\xBB\xBF", windows.as_bytes()].concat();
        let wide = [b"\xFF\xFE", &utf16[..]].concat();
        for bytes in [windows.as_bytes(), &marked, &wide, &gb18030] {
            let key = TEXT.find("title").expect("it is there");
            let edits = [(key..key + 5, "标题"), (TEXT.len()..TEXT.len(), "看一看\n")];
            let new = edited(bytes, &edits).expect("it can be edited");
            let old = Written::of(bytes);
            let text = old.text(&new).expect("it is text");
            let expected = format!("{}看一看\r\n", windows.replace("title", "标题"));
            assert_eq!(text, expected);
            assert_eq!(new[..old.mark], bytes[..old.mark]);
        }
    }

    #[test]
    fn a_text_rewritten_is_written_as_it_was() {
        let windows = format!("\u{feff}{}", TEXT.replace('\n', "\r\n"));
        let new = TEXT.replace("一滴", "两滴\n再").replace("五分钟", "十分钟");
        let wanted = format!("\u{feff}{}", new.replace('\n', "\r\n"));
        let written = rewritten(windows.as_bytes(), &new);
        assert_eq!(written.as_deref(), Some(wanted.as_bytes()));
        let (gb18030, _, _) = GB18030.encode(TEXT);
        let (wanted, _, _) = GB18030.encode(&new);
        assert_eq!(rewritten(&gb18030, &new).as_deref(), Some(&*wanted));
        assert_eq!(rewritten(&gb18030, TEXT).as_deref(), Some(&*gb18030));
    }

    #[test]
    fn what_cannot_stay_is_not_edited() {
        assert_eq!(edited(b"a\x00\x00b\x01", &[(0..1, "b")]), None);
        assert_eq!(edited("水".as_bytes(), &[(1..2, "b")]), None);
    }
}
