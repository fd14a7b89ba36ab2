//! Characters that count as one when somebody searches.

/// Returns a character as it is searched: full-width forms and capitals are the plain ones.
pub(in crate::render::web) fn fold(character: char) -> char {
    // Most are Chinese, which have neither width nor case.
    if ('\u{2E80}'..'\u{A000}').contains(&character) {
        return character;
    }
    let narrow = match character {
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character)
        }
        other => other,
    };
    let mut small = narrow.to_lowercase();
    match (small.next(), small.next()) {
        (Some(small), None) => small,
        _ => narrow,
    }
}
