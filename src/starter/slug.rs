//! File names from titles: 冬季取暖安全 becomes `dongji-qunuan-anquan`.

use pinyin::ToPinyin;

/// How long a name grows at most, in letters.
const LONGEST: usize = 60;

/// Makes a file name of lower-case letters, figures and hyphens; empty where the title has
/// nothing that could be spelt so.
///
/// Chinese has no spaces between words. Most words have two characters, so two syllables are
/// joined, and the odd one goes with the two before it.
pub fn slug(title: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut syllables: Vec<String> = Vec::new();
    let mut latin = String::new();
    for c in title.chars().chain(std::iter::once(' ')) {
        let syllable = c.to_pinyin().map(|pinyin| pinyin.plain().replace('ü', "v"));
        if syllable.is_none() {
            words.append(&mut pairs(&mut syllables));
        }
        if c.is_ascii_alphanumeric() {
            latin.push(c.to_ascii_lowercase());
        } else if !latin.is_empty() {
            words.push(std::mem::take(&mut latin));
        }
        syllables.extend(syllable);
    }
    let mut slug = String::new();
    for word in words {
        if !slug.is_empty() && slug.len() + 1 + word.len() > LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word);
    }
    slug
}

/// Joins syllables to words of two, the last of three where they are odd.
fn pairs(syllables: &mut Vec<String>) -> Vec<String> {
    let mut words = Vec::new();
    while !syllables.is_empty() {
        let length = if syllables.len() == 3 {
            3
        } else {
            2.min(syllables.len())
        };
        words.push(syllables.drain(..length).collect());
    }
    words
}

/// Tells whether a name given by the user can be a file's and an address's.
pub fn is_slug(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= LONGEST * 3
        && !name.starts_with(['-', '_'])
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        && !crate::write::is_device(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_names() {
        for (title, name) in [
            ("冬季取暖安全", "dongji-qunuan-anquan"),
            ("除四害", "chusihai"),
            ("五月除四害", "wuyue-chusihai"),
            ("绿色", "lvse"),
            ("树", "shu"),
            ("“六五”环境日（2026）", "liuwu-huanjingri-2026"),
            ("LED 屏怎么用", "led-pingzen-meyong"),
            ("Winter heating: safe?", "winter-heating-safe"),
            ("！？", ""),
        ] {
            assert_eq!(slug(title), name, "{title}");
        }
        assert!(slug(&"冬季取暖安全".repeat(20)).len() <= LONGEST);
    }

    #[test]
    fn names_that_no_file_can_have_are_refused() {
        for name in ["heat", "冬季", "a_b-2"] {
            assert!(is_slug(name), "{name}");
        }
        for name in [
            "", "_index", "-a", "a/b", "a b", "a.md", "CON", "lpt1", "..",
        ] {
            assert!(!is_slug(name), "{name}");
        }
    }
}
