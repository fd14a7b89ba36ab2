//! Words and lists of words as people type them.

use std::ops::Range;

use super::form::Keys;
use super::values;

/// Returns what the key `word` is called here: widths, capitals and blanks do not count.
pub(super) fn known<'a>(word: &str, keys: Keys, own: &[(&'a str, &'a str)]) -> Option<&'a str> {
    let find = |is_it: &dyn Fn(&str) -> bool| {
        let built_in = keys
            .iter()
            .find(|(name, others, _)| is_it(name) || others.iter().any(|other| is_it(other)));
        let own = || own.iter().find(|(name, other)| is_it(name) || is_it(other));
        built_in
            .map(|(name, ..)| *name)
            .or_else(|| own().map(|(name, _)| *name))
    };
    // Most are written as they are called.
    find(&|name| name == word).or_else(|| {
        let folded = values::fold(word);
        find(&|name| values::fold(name) == folded)
    })
}

/// Finds a word among those that are known; widths, capitals, blanks and quotes do not count.
pub fn find_word<T: Copy>(text: &str, words: &[(&str, T)]) -> Option<T> {
    let folded = values::fold(text);
    let found = words.iter().find(|(word, _)| values::fold(word) == folded);
    found.map(|(_, value)| *value)
}

/// Parses a text, or what stands before ` #` in it, which may be a remark.
pub(super) fn without_remark<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
    let before = || parse(text.split_once(" #")?.0.trim_end());
    parse(text).or_else(before)
}

/// Finds the texts that `、`, commas or semicolons part, not those in brackets.
pub(super) fn separated(text: &str) -> Vec<Range<usize>> {
    const OPEN: &str = "（(“‘《「【[";
    const CLOSE: &str = "）)”’》」】]";
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, c) in text.char_indices() {
        depth += usize::from(OPEN.contains(c));
        depth -= usize::from(depth > 0 && CLOSE.contains(c));
        if depth == 0 && "、，,；;".contains(c) {
            parts.push(start..at);
            start = at + c.len_utf8();
        }
    }
    parts.push(start..text.len());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        let parts = separated(text).into_iter();
        parts.map(|part| text[part].trim()).collect()
    }

    #[test]
    fn texts_are_parted_as_chinese_writers_part_them() {
        assert_eq!(parts("分类、节水，节能"), ["分类", "节水", "节能"]);
        assert_eq!(parts("water, energy；trees"), ["water", "energy", "trees"]);
        assert_eq!(
            parts("纸板（湿、脏）、旧报纸"),
            ["纸板（湿、脏）", "旧报纸"]
        );
        assert_eq!(parts("ＡＡ 电池"), ["ＡＡ 电池"]);
        assert_eq!(parts("Older people"), ["Older people"]);
    }

    #[test]
    fn words_are_found_whatever_their_width_and_quotes() {
        let words = [("A6", 6), ("三折页", 3)];
        for text in ["a6", "Ａ６", "“A6”", " A6 "] {
            assert_eq!(find_word(text, &words), Some(6), "{text}");
        }
        assert_eq!(find_word("三折 页", &words), Some(3));
        assert_eq!(find_word("四折页", &words), None);
    }
}
