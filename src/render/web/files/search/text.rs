//! Words as they are searched and as they are shown.
//!
//! White space counts only between letters or digits of alphabetic scripts (`18 W` stays apart
//! from `18W`); elsewhere it is shown and not searched, so that `PET瓶` finds `PET 瓶`. The script
//! that searches folds what is typed by the same rule as [`fold`].

use crate::render::web::text::fold::fold;

/// White space that is shown and not searched.
const GAP: char = '\t';
/// The first character of the scripts that are written without spaces.
const FIRST_WIDE: char = '\u{2E80}';

/// Returns a block of words as it is shown: in one line, each run of white space one space, or
/// [`GAP`] where it is not searched.
pub(in crate::render::web) fn shown(block: &str) -> String {
    let mut out = String::with_capacity(block.len());
    let mut last = None;
    let mut spaced = false;
    for character in block.chars().filter(|&c| !is_nothing(c)) {
        if character.is_whitespace() {
            spaced = last.is_some();
            continue;
        }
        if spaced {
            let counts = is_spaced(last) && is_spaced(Some(character));
            out.push(if counts { ' ' } else { GAP });
            spaced = false;
        }
        out.push(character);
        last = Some(character);
    }
    out
}

/// Returns the characters of a block, as [`shown`] returns it, as they are searched.
pub(in crate::render::web) fn searched(shown: &str) -> impl Iterator<Item = char> {
    shown.chars().filter(|&c| c != GAP).map(fold)
}

fn is_spaced(character: Option<char>) -> bool {
    character.is_some_and(|c| c.is_alphanumeric() && fold(c) < FIRST_WIDE)
}

/// Tells whether a character shows nothing and parts nothing.
fn is_nothing(character: char) -> bool {
    let is_sign = matches!(
        character,
        '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}'
    );
    is_sign || (character.is_control() && !character.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(block: &str) -> String {
        searched(&shown(block)).collect()
    }

    #[test]
    fn white_space_beside_chinese_and_signs_is_not_searched() {
        assert_eq!(found(" PET 瓶  投\n"), "pet瓶投");
        assert_eq!(shown(" PET 瓶  投\n"), "PET\t瓶\t投");
        assert_eq!(found("LED 18 W, 5550 0116"), "led 18 w,5550 0116");
    }

    #[test]
    fn width_and_case_are_folded() {
        assert_eq!(found("ＡＢＣ１２ ａ！"), "abc12 a!");
        assert_eq!(fold('Ä'), 'ä');
        assert_eq!(fold('İ'), 'İ', "what becomes two characters stays");
    }

    #[test]
    fn what_shows_nothing_parts_nothing() {
        assert_eq!(found("见\u{200B}到\u{7F}了"), "见到了");
    }
}
