//! What the cards of LED strips (条屏) take: a bitmap of the lamps, and words that their fonts have.

use std::collections::BTreeSet;
use std::io::Cursor;

use encoding_rs::GBK;
use jiff::civil::Date;

use crate::diag::Language;
use crate::site::{Page, Site, gist};

/// How light a pixel must be for its lamp to be on, of 255.
const ON: u8 = 110;
/// How many characters of what a page is about scroll by, where it has no line for posters.
const GIST: usize = 60;
/// How long the header of a bitmap of two colours is, in bytes.
const HEADER: usize = 62;
/// What stands for a character that a text for old programs cannot hold.
const LACKING: char = '□';

/// Reads a screen's PNG and writes its lamps as a bitmap; `None` where it is none.
pub(crate) fn bitmap_of(png: &[u8]) -> Option<Vec<u8>> {
    let picture = image::ImageReader::with_format(Cursor::new(png), image::ImageFormat::Png);
    let picture = picture.decode().ok()?.into_luma8();
    let width = usize::try_from(picture.width()).ok()?;
    let lamps = picture.into_raw().into_iter().map(|light| light >= ON);
    Some(bitmap(width, &lamps.collect::<Vec<bool>>()))
}

/// Writes a BMP of one bit a pixel, black and white, row by row from below.
///
/// Source: BITMAPFILEHEADER and BITMAPINFOHEADER of Windows 3.
fn bitmap(width: usize, lamps: &[bool]) -> Vec<u8> {
    let rows = lamps.chunks(width);
    // Rows fill whole words of four bytes.
    let row_bytes = width.div_ceil(32) * 4;
    let height = rows.len();
    let mut file = Vec::with_capacity(HEADER + row_bytes * height);
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
    file.extend(b"BM");
    file.extend(number(HEADER + row_bytes * height));
    file.extend([0; 4]);
    file.extend(number(HEADER));
    file.extend(number(40));
    file.extend(number(width));
    file.extend(number(height));
    // One plane of one bit, not compressed.
    file.extend([1, 0, 1, 0, 0, 0, 0, 0]);
    file.extend(number(row_bytes * height));
    // 72 dpi; two colours.
    file.extend(number(2835));
    file.extend(number(2835));
    file.extend(number(2));
    file.extend(number(2));
    file.extend([0, 0, 0, 0, 255, 255, 255, 0]);
    for row in rows.rev() {
        let mut bytes = vec![0_u8; row_bytes];
        for (at, _) in row.iter().enumerate().filter(|(_, on)| **on) {
            bytes[at / 8] |= 0x80 >> (at % 8);
        }
        file.extend(bytes);
    }
    file
}

/// Returns what scrolls by: title, lead, when and where, who speaks, in one line.
pub(crate) fn words(site: &Site, page: &Page) -> String {
    let lead = page.poster.as_ref().and_then(|wish| wish.lead.as_deref());
    let event = page.event.as_ref();
    let language = site.settings.message_language();
    let days = match (event, &page.campaign) {
        (Some(event), _) => Some(days(event.date, event.until, language)),
        (None, Some(campaign)) => Some(days(campaign.from, Some(campaign.to), language)),
        (None, None) => None,
    };
    // A title alone says of many notices no more than that there is one.
    let about = match lead {
        Some(_) => None,
        None => gist::about(page, GIST).filter(|about| !about.contains(&page.title)),
    };
    let posting = page.notice.as_ref().and_then(|notice| notice.posting);
    let posting = posting.map(|it| {
        let days = self::days(it.first, Some(it.last), language);
        match language {
            Language::Chinese => format!("公示期{days}"),
            Language::English => format!("posted {days}"),
        }
    });
    let parts = [
        Some(page.title.as_str()),
        lead.or(about.as_deref()),
        posting.as_deref(),
        days.as_deref(),
        event.and_then(|event| event.time.as_deref()),
        event.and_then(|event| event.place.as_deref()),
        Some(site.settings.organisation.as_str()),
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    // The short dash of spans of days is in no card's font; the long one stands for it in print too.
    parts.join("　").replace('–', "—")
}

/// Says a day, or the first and the last of several.
fn days(first: Date, last: Option<Date>, language: Language) -> String {
    let day = |date| super::days::month_day(date, language);
    match last.filter(|last| *last != first) {
        Some(last) if language == Language::Chinese => format!("{}至{}", day(first), day(last)),
        Some(last) => format!("{}–{}", day(first), day(last)),
        None => day(first),
    }
}

/// Returns the words as programs of today read them: with the mark by which they know UTF-8, and
/// the line end of Windows.
pub(crate) fn utf8(words: &str) -> Vec<u8> {
    format!("\u{FEFF}{words}\r\n").into_bytes()
}

/// Returns the words as old programs of cards read them, in GBK; □ stands for what it lacks.
pub(crate) fn gbk(words: &str) -> Vec<u8> {
    let lacks = |c: char| GBK.encode(c.encode_utf8(&mut [0; 4])).2;
    let known: String = words
        .chars()
        .map(|c| if lacks(c) { LACKING } else { c })
        .collect();
    let line = format!("{known}\r\n");
    GBK.encode(&line).0.into_owned()
}

/// Returns the characters of `words` that the fonts of cards lack, each once.
pub(crate) fn lacking(words: &str) -> BTreeSet<char> {
    words.chars().filter(|c| !is_common(*c)).collect()
}

/// Tells whether GB 2312 has the character: what the fonts of cards hold.
fn is_common(character: char) -> bool {
    if character.is_ascii() {
        return !character.is_ascii_control();
    }
    let mut buffer = [0; 4];
    let (bytes, _, failed) = GBK.encode(character.encode_utf8(&mut buffer));
    let &[lead, trail] = bytes.as_ref() else {
        return false;
    };
    // GBK holds GB 2312 at its places, and has put signs of its own between them.
    let row_has = |last: u8| (0xA1..=last).contains(&trail);
    !failed
        && match lead {
            0xA1 | 0xA3 | 0xB0..=0xD6 | 0xD8..=0xF7 => row_has(0xFE),
            0xA2 => {
                let is_number = (0xB1..=0xE2).contains(&trail) || (0xE5..=0xEE).contains(&trail);
                is_number || (0xF1..=0xFC).contains(&trail)
            }
            0xA4 => row_has(0xF3),
            0xA5 => row_has(0xF6),
            0xA6 => (0xA1..=0xB8).contains(&trail) || (0xC1..=0xD8).contains(&trail),
            0xA7 => (0xA1..=0xC1).contains(&trail) || (0xD1..=0xF1).contains(&trail),
            0xA8 => (0xA1..=0xBA).contains(&trail) || (0xC5..=0xE9).contains(&trail),
            0xA9 => (0xA4..=0xEF).contains(&trail),
            0xD7 => row_has(0xF9),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bitmap_has_a_bit_for_each_lamp() {
        let lamps = [true, false, true, false, false, true];
        let bitmap = bitmap(3, &lamps);
        assert_eq!(bitmap.len(), HEADER + 2 * 4);
        assert_eq!(&bitmap[..2], b"BM");
        // The lower row comes first.
        assert_eq!(bitmap[HEADER], 0b0010_0000);
        assert_eq!(bitmap[HEADER + 4], 0b1010_0000);
    }

    #[test]
    fn cards_have_the_6763_characters_of_gb_2312_and_its_682_signs() {
        let beyond_ascii = ('\u{80}'..=char::MAX).filter(|c| is_common(*c));
        let (han, signs): (Vec<char>, Vec<char>) =
            beyond_ascii.partition(|c| ('\u{4E00}'..='\u{9FFF}').contains(c));
        assert_eq!((han.len(), signs.len()), (6763, 682));
    }

    #[test]
    fn names_with_rare_characters_are_told() {
        let lacking: String = lacking("王玥、李堃、朱镕，〇号楼 3–5日（—）")
            .into_iter()
            .collect();
        assert_eq!(lacking, "–〇堃玥镕");
    }

    #[test]
    fn a_text_for_old_programs_is_gbk() {
        assert_eq!(gbk("啊A"), b"\xB0\xA1A\r\n");
        // Not in any Chinese code of two bytes.
        assert_eq!(gbk("😀"), b"\xA1\xF5\r\n");
    }
}
