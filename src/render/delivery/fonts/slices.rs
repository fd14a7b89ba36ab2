//! Which characters go into a font together.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How many characters a slice holds: about 15 KB. Smaller ones would be fetched one after the
/// other, larger ones hold what a page does not need.
const SLICE: usize = 150;

/// Parts the characters that `pages` show and `font` has: first those of the page `home`, then
/// the others, those of most pages first, so that a page needs few slices.
pub(super) fn slices(
    pages: &BTreeMap<&str, &BTreeSet<char>>,
    home: &str,
    font: impl Fn(char) -> bool,
) -> Vec<BTreeSet<char>> {
    let empty = BTreeSet::new();
    let at_home = pages.get(home).copied().unwrap_or(&empty);
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for c in pages.values().copied().flatten().filter(|c| font(**c)) {
        *counts.entry(*c).or_default() += 1;
    }
    let (first, mut others): (Vec<_>, Vec<_>) =
        counts.into_iter().partition(|(c, _)| at_home.contains(c));
    others.sort_by_key(|(c, n)| (Reverse(*n), *c));
    // Of many characters of a long home page those go first that other pages show too.
    let mut first: Vec<(char, usize)> = first;
    first.sort_by_key(|(c, n)| (Reverse(*n), *c));
    let set = |part: &[(char, usize)]| part.iter().map(|(c, _)| *c).collect();
    let parts = first.chunks(2 * SLICE).chain(others.chunks(SLICE));
    parts.map(set).collect()
}

/// Writes characters as CSS does: `U+4e00-4e03, U+6c34`.
pub(super) fn ranges(characters: &BTreeSet<char>) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for code in characters.iter().map(|c| u32::from(*c)) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == code => *last = code,
            _ => runs.push((code, code)),
        }
    }
    let run = |(first, last): &(u32, u32)| match first == last {
        true => format!("U+{first:x}"),
        false => format!("U+{first:x}-{last:x}"),
    };
    runs.iter().map(run).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_home_page_comes_first_and_then_what_many_pages_show() {
        let (home, a, b) = ("绿板".chars(), "水绿电".chars(), "电😀".chars());
        let (home, a, b): (BTreeSet<_>, BTreeSet<_>, BTreeSet<_>) =
            (home.collect(), a.collect(), b.collect());
        let many: BTreeSet<char> = ('一'..='龥').take(2 * SLICE).collect();
        let pages = BTreeMap::from([
            ("a.html", &a),
            ("b.html", &b),
            ("index.html", &home),
            ("many.html", &many),
        ]);
        let slices = slices(&pages, "index.html", |c| c != '😀');
        let text = |at: usize| slices[at].iter().collect::<String>();
        assert_eq!(text(0), "板绿");
        assert!(slices[1].contains(&'电') && slices[1].len() == SLICE);
        assert_eq!(slices.len(), 4);
    }

    #[test]
    fn neighbours_are_written_as_a_range() {
        let set: BTreeSet<char> = "abc水电".chars().collect();
        assert_eq!(ranges(&set), "U+61-63, U+6c34, U+7535");
    }
}
