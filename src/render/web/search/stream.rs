//! All words of the website in one row of characters, in which every character has a place.
//!
//! White space counts only between letters or digits of alphabetic scripts (`18 W` stays apart
//! from `18W`); elsewhere it is shown and not searched, so that `PET瓶` finds `PET 瓶`. The script
//! that searches folds what is typed by the same rule as [`fold`].

/// Ends each block; nobody can type it, so no phrase runs over it.
pub(super) const END: char = '\n';
/// White space that is shown and has no place, in what [`Stream::shown`] returns.
const GAP: char = '\t';
/// The first character of the scripts that are written without spaces.
const FIRST_WIDE: char = '\u{2E80}';

/// The row of characters.
#[derive(Debug, Default)]
pub(super) struct Stream {
    characters: Vec<char>,
    /// The places before which white space is shown.
    gaps: Vec<usize>,
}

impl Stream {
    /// Adds a block of words; its white space must be single spaces inside it.
    pub(super) fn push(&mut self, block: &str) {
        let mut last = None;
        let mut characters = block.chars().peekable();
        while let Some(character) = characters.next() {
            if character == ' ' {
                let next = characters.peek().copied();
                match is_spaced(last) && is_spaced(next) {
                    true => self.characters.push(' '),
                    false => self.gaps.push(self.characters.len()),
                }
            } else {
                self.characters.push(character);
            }
            last = Some(character);
        }
        self.characters.push(END);
    }

    /// Returns how many places there are.
    pub(super) fn len(&self) -> usize {
        self.characters.len()
    }

    /// Returns the characters as they are searched.
    pub(super) fn folded(&self) -> impl ExactSizeIterator<Item = char> {
        self.characters.iter().copied().map(fold)
    }

    /// Returns the character at a place as it is searched.
    pub(super) fn at(&self, place: usize) -> char {
        self.characters.get(place).copied().map_or(END, fold)
    }

    /// Returns the characters of the places `from..to` as they are shown.
    pub(super) fn shown(&self, from: usize, to: usize) -> String {
        let (from, to) = (from.min(self.len()), to.min(self.len()));
        let mut out = String::with_capacity((to - from) * 3);
        let mut gaps = self.gaps[self.gaps.partition_point(|&gap| gap < from)..].iter();
        let mut gap = gaps.next();
        for place in from..to {
            if gap == Some(&place) {
                out.push(GAP);
                gap = gaps.next();
            }
            out.push(self.characters[place]);
        }
        out
    }
}

fn is_spaced(character: Option<char>) -> bool {
    character.is_some_and(|c| c.is_alphanumeric() && fold(c) < FIRST_WIDE)
}

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

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a block as it is searched, and as it is shown.
    fn both(block: &str) -> (String, String) {
        let mut stream = Stream::default();
        stream.push(block);
        let shown = stream.shown(0, stream.len());
        (stream.folded().collect(), shown)
    }

    #[test]
    fn white_space_beside_chinese_and_signs_is_not_searched() {
        assert_eq!(both("PET 瓶 投").0, "pet瓶投\n");
        assert_eq!(both("PET 瓶 投").1, "PET\t瓶\t投\n");
        assert_eq!(both("LED 18 W, 5550 0116").0, "led 18 w,5550 0116\n");
    }

    #[test]
    fn width_and_case_are_folded() {
        assert_eq!(both("ＡＢＣ１２ ａ！").0, "abc12 a!\n");
        assert_eq!(fold('Ä'), 'ä');
        assert_eq!(fold('İ'), 'İ', "what becomes two characters stays");
    }

    #[test]
    fn a_piece_keeps_its_places() {
        let mut stream = Stream::default();
        stream.push("一 二");
        stream.push("三 四");
        assert_eq!(stream.shown(1, 4), "\t二\n三");
        assert_eq!((stream.at(1), stream.at(99)), ('二', END));
    }
}
