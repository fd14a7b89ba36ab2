//! What a public account sets round its articles: when they went out, and what asks readers to follow.

use jiff::civil::Date;

use crate::import::model::Paragraph;
use crate::read::values;

/// Reads the day of `2026年11月28日 17:20`.
pub(super) fn day(text: &str) -> Option<Date> {
    values::date(text.split_whitespace().next()?)
}

/// What accounts say round their articles.
const CALLS: [&str; 14] = [
    "扫码关注",
    "扫一扫关注",
    "长按识别",
    "长按二维码",
    "长按扫码",
    "点击上方",
    "点击蓝字",
    "点击关注",
    "关注我们",
    "点击阅读原文",
    "阅读原文",
    "点个在看",
    "点赞在看",
    "分享点赞",
];

/// Tells whether a line only asks readers to follow the account, or says that the article ends.
pub(super) fn is_call(it: &Paragraph) -> bool {
    let is_sign = |c: &char| c.is_alphanumeric();
    let text: String = it.words().chars().filter(is_sign).collect();
    let is_end = ["END", "THEEND", "完"].contains(&&*text.to_uppercase());
    let calls = text.chars().count() <= 20 && CALLS.iter().any(|call| text.starts_with(call));
    it.pictures().is_empty() && (is_end || calls)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_an_article_stands_before_its_hour() {
        let expected = Some(Date::constant(2026, 11, 28));
        assert_eq!(day(" 2026年11月28日 17:20 "), expected);
        assert_eq!(day("2026-11-28 17:20"), expected);
        assert_eq!(day("昨天"), None);
    }
}
