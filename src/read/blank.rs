//! What is still to be filled in: `【待填：物业电话】`, in any text that staff write.
//!
//! A mark that no Chinese text has by chance, that reads by itself and that any keyboard types.
//! Whatever holds one is not ready: its value counts as absent, its page as a draft.

/// What such a mark begins with.
const OPEN: &str = "【待填";
/// What it ends with.
const CLOSE: char = '】';

/// Tells whether `text` has something left to fill in.
pub fn is_in(text: &str) -> bool {
    text.contains(OPEN)
}

/// Returns the marks of `text`: the byte at which each begins, and what it asks for.
pub fn all(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices(OPEN).map(|(at, _)| {
        let rest = &text[at + OPEN.len()..];
        let line = rest.lines().next().unwrap_or_default();
        let asked = line.split(CLOSE).next().unwrap_or_default();
        (at, asked.trim_start_matches(['：', ':', ' ']).trim_end())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_says_what_it_asks_for() {
        let text = "打【待填：物业电话】，\n或到【待填: 地址 】。【待填】【待填：没有\n收尾";
        let asked: Vec<_> = all(text).map(|(_, asked)| asked).collect();
        assert_eq!(asked, ["物业电话", "地址", "", "没有"]);
        assert!(!is_in("【重要】请填表"));
    }
}
