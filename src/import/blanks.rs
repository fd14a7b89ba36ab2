//! Blanks of any kind: what shows nothing between words.

/// Tells whether a character is a blank of any kind, one without width too.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}'
        )
}
