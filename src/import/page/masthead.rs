//! The head of a bulletin (简报): its name, its issue, who makes it and the day.

use jiff::civil::Date;

use super::signature::{day_near, gap_before_day};
use super::solid;
use crate::import::letters::letters;
use crate::import::model::{Align, Paragraph};

/// How a bulletin calls itself.
const NAMES: [&str; 4] = ["简报", "快报", "动态", "信息专报"];
/// The least size of the letters of its name, in points.
const NAME: f32 = 20.0;
/// What stands behind who makes it.
const MAKES: [&str; 6] = ["主办单位", "编印", "编制", "主办", "印发", "编"];

/// Tells whether a line is the name of a bulletin, large over all.
pub(super) fn is_name(it: &Paragraph) -> bool {
    let text = solid(&it.words());
    it.align == Align::Centre && it.size >= NAME && NAMES.iter().any(|name| text.ends_with(name))
}

/// Tells whether a line only says which issue it is: 第12期, 2026年第12期（总第45期）.
pub(super) fn is_issue(text: &str) -> bool {
    let text = text.trim_matches(['（', '）', '(', ')', '【', '】', '〔', '〕']);
    let Some((year, rest)) = text.split_once('第') else {
        return false;
    };
    let is_year = year.is_empty() || year.ends_with('年') && year.chars().count() <= 5;
    let n = rest.split('期').next().unwrap_or_default();
    let is_number = |c: char| c.is_ascii_digit() || "〇一二三四五六七八九十".contains(c);
    let behind = &rest[n.len()..].trim_start_matches('期');
    is_year
        && !n.is_empty()
        && n.chars().all(is_number)
        && n.len() < rest.len()
        && (behind.is_empty() || behind.starts_with(['（', '(']) && behind.chars().count() <= 10)
}

/// Tells whether a line only says who makes it: 石榴园社区居民委员会编.
pub(super) fn is_maker(text: &str) -> bool {
    text.chars().count() <= 30
        && !text.contains(['。', '，'])
        && MAKES.iter().any(|word| text.ends_with(word))
}

/// Reads the line of who makes it and the day, with a wide blank between.
pub(super) fn issued(it: &Paragraph, today: Date) -> Option<Date> {
    let text = it.text();
    let makes = |text: &str| MAKES.iter().any(|word| text.contains(word));
    let all = letters(&it.pieces);
    if let Some(gap) = gap_before_day(&all, today, makes) {
        let day: String = all[gap..].iter().collect();
        return day_near(&day, today);
    }
    // The day alone.
    (text.chars().count() < 20)
        .then(|| day_near(&text, today))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_makes_it_is_known_by_the_last_word() {
        assert!(is_maker("石榴园社区居民委员会编") && is_maker("街道办事处主办"));
        assert!(!is_maker("三天清走楼道杂物四吨"));
    }

    #[test]
    fn issues_are_known_in_any_form() {
        for text in [
            "第12期",
            "（第十二期）",
            "2026年第3期（总第45期）",
            "第3期(总第45期)",
        ] {
            assert!(is_issue(text), "{text}");
        }
        for text in ["第12期培训班通知", "第二届居民代表大会", "关于第3期课程"]
        {
            assert!(!is_issue(text), "{text}");
        }
    }
}
