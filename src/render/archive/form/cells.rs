//! Names of cells, and attributes of elements.

use quick_xml::events::BytesStart;

/// A row and a column, both from 0.
pub(super) type At = (u32, u32);

/// Returns an attribute without its marks.
pub(super) fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let mut all = tag.attributes().flatten();
    let found = all.find(|it| it.key.local_name().as_ref() == name)?;
    quick_xml::escape::unescape(&found.value)
        .ok()
        .map(std::borrow::Cow::into_owned)
}

/// Reads `汇总!$B$5` and `'十月 汇总'!$B$5:$D$5`, of which the first cell counts.
pub(super) fn cell_of(text: &str) -> Option<(String, At)> {
    let (sheet, cells) = text.rsplit_once('!')?;
    let sheet = sheet.trim_matches('\'').replace("''", "'");
    let first = cells.split(':').next()?.replace('$', "");
    Some((sheet, at(&first)?))
}

/// Reads `B5`.
pub(super) fn at(text: &str) -> Option<At> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let mut column = 0u32;
    for letter in text[..letters].bytes() {
        column = column
            .checked_mul(26)?
            .checked_add(u32::from(letter - b'A') + 1)?;
    }
    let row: u32 = text[letters..].parse().ok()?;
    // As many as a sheet of Excel has.
    let is_there = row <= 1_048_576 && column <= 16_384;
    is_there.then_some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// Writes `B5`.
pub(super) fn name_of((row, column): At) -> String {
    let mut letters = Vec::new();
    let mut n = column + 1;
    while n > 0 {
        letters.push(b'A' + u8::try_from((n - 1) % 26).unwrap_or(0));
        n = (n - 1) / 26;
    }
    letters.reverse();
    format!("{}{}", String::from_utf8_lossy(&letters), row + 1)
}
