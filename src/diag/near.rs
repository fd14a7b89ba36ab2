//! The known word that was meant.

use pinyin::ToPinyin;

/// Returns the known word nearest to `word`, near enough to be what was meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .filter(|candidate| is_near(word, candidate))
        .map(|candidate| (distance(word, candidate), candidate))
        .min()
        .map(|(_, candidate)| candidate)
}

/// Returns the known word that was meant, where there is no doubt: no other is as near.
pub fn sure<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .filter(|candidate| is_near(word, candidate) && is_slip(word, candidate))
        .map(|candidate| (distance(word, candidate), candidate))
        .collect();
    near.sort_unstable();
    near.dedup();
    match near[..] {
        [(_, one)] => Some(one),
        [(least, one), (next, _), ..] if least < next => Some(one),
        _ => None,
    }
}

/// Tells whether `path` may have been written for `candidate`: a file of that name, or one that
/// differs by a slip. Folders and endings that many files share say nothing.
pub(super) fn is_path(path: &str, candidate: &str) -> bool {
    let (name, other) = (stem(path), stem(candidate));
    let same = name.to_lowercase() == other.to_lowercase();
    same || (distance(name, other) == 1 && is_near(name, other) && is_slip(name, other))
}

/// Returns the name of a file without folders and ending; a section's is its folder's.
fn stem(path: &str) -> &str {
    let path = path.strip_suffix("/_index.md").unwrap_or(path);
    let name = path
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or(path);
    name.split_once('.')
        .map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
}

/// Counts the characters that differ, two that changed places as one.
pub(super) fn distance(one: &str, other: &str) -> usize {
    strsim::osa_distance(&one.to_lowercase(), &other.to_lowercase())
}

/// Tells whether one word is the other with a slip of the hand: a letter, or what an input method
/// gives for the same sound. Another figure is another thing: p1.jpg is not p2.jpg.
fn is_slip(word: &str, candidate: &str) -> bool {
    let figures = |word: &str| {
        word.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    if figures(word) != figures(candidate) {
        return false;
    }
    if word.is_ascii() && candidate.is_ascii() {
        return word.len() >= 3 && distance(word, candidate) <= 1 + word.len() / 8;
    }
    let sorted = |word: &str| {
        let mut characters: Vec<char> = word.chars().collect();
        characters.sort_unstable();
        characters
    };
    let sound = |c: char| c.to_pinyin().map(pinyin::Pinyin::plain);
    let alike = |(a, b): (char, char)| a == b || (sound(a).is_some() && sound(a) == sound(b));
    let sounds = word.chars().count() == candidate.chars().count()
        && word.chars().zip(candidate.chars()).all(alike);
    let long = word.chars().count() >= 4 && distance(word, candidate) == 1;
    sounds || long || sorted(word) == sorted(candidate)
}

fn is_near(word: &str, candidate: &str) -> bool {
    let length = word.chars().count();
    let distance = distance(word, candidate);
    distance <= (length / 3).max(1) && distance < length.max(candidate.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_meant_only_where_it_is_near() {
        assert_eq!(nearest("titel", ["title", "lead"]), Some("title"));
        assert_eq!(nearest("标提", ["标题", "主题"]), Some("标题"));
        assert_eq!(nearest("Title", ["title"]), Some("title"));
        assert_eq!(nearest("水", ["电", "气"]), None);
        assert_eq!(nearest("north", ["gate"]), None);
    }

    #[test]
    fn there_is_no_doubt_where_one_is_nearest() {
        assert_eq!(sure("titel", ["title", "tides"]), Some("title"));
        assert_eq!(sure("主提", ["主题", "主提人", "主体"]), None);
        assert_eq!(sure("标提", ["标题", "主题"]), Some("标题"));
        // A word of one's own that shares a character is no slip.
        assert_eq!(sure("日程", ["日期", "标题"]), None);
        assert_eq!(nearest("日程", ["日期", "标题"]), Some("日期"));
    }

    #[test]
    fn a_path_is_meant_by_its_name() {
        assert!(!is_path(
            "../living/old-clothes.md",
            "../living/ac-filter.md"
        ));
        assert!(is_path("tap.md", "../living/tap.md"));
        assert!(is_path("../living/tab.md", "../living/tap.md"));
        assert!(is_path("IMG_1.JPG", "img_1.jpg"));
        assert!(is_path("../soring/_index.md", "../sorting/_index.md"));
        assert!(is_path("水龙头.jpg", "../水龙头.jpg"));
        assert!(!is_path("p1.jpg", "p2.jpg"));
    }
}
