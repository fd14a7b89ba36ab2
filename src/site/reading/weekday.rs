//! Days that texts name with their weekday, and whether the two agree: `12月5日（星期五）`.

use std::ops::Range;

use jiff::civil::{Date, Weekday};

use crate::diag::Code;
use crate::read::{MarkdownFile, Reader, values};

/// The weekdays by the last character of their names, from Monday.
const NAMES: &str = "一二三四五六日";

/// Reports the days in `file` whose weekday is another; a day without its year is the one nearest
/// to `near`.
pub(super) fn check(reader: &Reader, file: &MarkdownFile, near: Date) {
    let front = file.front.range.clone();
    for range in [front, file.body.clone()] {
        let text = &file.source.text[range.clone()];
        for found in find(text, near) {
            let place = range.start + found.range.start..range.start + found.range.end;
            let name = NAMES
                .chars()
                .nth(usize::try_from(found.right.to_monday_zero_offset()).unwrap_or(0));
            let shown = &text[found.range.clone()];
            reader.report(Code::WrongWeekday, &place, |d| {
                d.with("text", shown)
                    .with("date", found.date)
                    .with_some("weekday", name)
            });
        }
    }
}

/// A day whose weekday is another.
struct Found {
    range: Range<usize>,
    date: Date,
    right: Weekday,
}

fn find(text: &str, near: Date) -> Vec<Found> {
    let judge = |(at, _): (usize, &str)| {
        let (weekday, length) = weekday(&text[at..])?;
        let before = text[..at].trim_end_matches([' ', '\u{3000}', '(', '（', ',', '，', '、']);
        // Only what stands right before it: 周五前12月5日 is another thing.
        let start = day_start(before)?;
        let date = date(&before[start..], &text[..start], near)?;
        let end = at + length;
        let close = text[end..]
            .chars()
            .next()
            .filter(|c| matches!(c, ')' | '）'));
        (date.weekday() != weekday).then(|| Found {
            range: start..end + close.map_or(0, char::len_utf8),
            date,
            right: date.weekday(),
        })
    };
    let weekdays = text.match_indices(['星', '礼', '周']);
    weekdays.filter_map(judge).collect()
}

/// Reads the weekday with which `text` begins: 星期五, 礼拜五, 周五.
fn weekday(text: &str) -> Option<(Weekday, usize)> {
    let word = ["星期", "礼拜", "周"]
        .into_iter()
        .find(|word| text.starts_with(word))?;
    let name = text[word.len()..].chars().next()?;
    let at = NAMES
        .chars()
        .position(|known| known == name || (name == '天' && known == '日'))?;
    // 周一至周五, 周六日: more than one day.
    let behind = text[word.len() + name.len_utf8()..].trim_start();
    if behind.starts_with([
        '周', '星', '至', '到', '-', '—', '～', '~', '、', '/', '和', '及', '或', '一', '二', '三',
        '四', '五', '六', '日',
    ]) {
        return None;
    }
    let weekday = Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()?;
    Some((weekday, word.len() + name.len_utf8()))
}

/// Finds where the day begins with which `text` ends: `2026年12月5日`, `12月5号`, `2026-12-05`.
fn day_start(text: &str) -> Option<usize> {
    let is_part = |c: char| c.is_ascii_digit() || "年月日号-/. ０１２３４５６７８９".contains(c);
    let start = text.rfind(|c| !is_part(c)).map_or(0, |at| {
        at + text[at..].chars().next().map_or(0, char::len_utf8)
    });
    let day = text[start..].trim_start_matches(|c: char| !c.is_numeric());
    (!day.is_empty()).then_some(text.len() - day.len())
}

/// Reads a day that stands behind `before`.
fn date(day: &str, before: &str, near: Date) -> Option<Date> {
    if let Some(date) = values::date(day) {
        return Some(date);
    }
    let (month, day) = values::without_year(day).filter(|_| day.contains('月'))?;
    let year = near.year();
    let named = [
        ("去年", -1),
        ("上年", -1),
        ("前年", -2),
        ("今年", 0),
        ("本年", 0),
        ("明年", 1),
    ];
    let named = named.iter().find(|(word, _)| before.ends_with(word));
    if let Some((_, years)) = named {
        return Date::new(year + years, month, day).ok();
    }
    let around = [year - 1, year, year + 1].into_iter();
    let days = around.filter_map(|year| Date::new(year, month, day).ok());
    days.min_by_key(|day| (*day - near).get_days().abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        let near = Date::constant(2026, 11, 20);
        let shown = |it: &Found| format!("{} is {:?}", &text[it.range.clone()], it.right);
        find(text, near)
            .iter()
            .map(shown)
            .collect::<Vec<_>>()
            .join(", ")
    }

    #[test]
    fn a_weekday_that_disagrees_is_found() {
        for (text, said) in [
            (
                "定于12月5日（星期五）停水。",
                "12月5日（星期五） is Saturday",
            ),
            ("2026年12月5日 周日", "2026年12月5日 周日 is Saturday"),
            ("12月5号礼拜天", "12月5号礼拜天 is Saturday"),
            ("2026-12-05（周五）", "2026-12-05（周五） is Saturday"),
            (
                "２０２６年１２月５日(周五)",
                "２０２６年１２月５日(周五) is Saturday",
            ),
            // The day nearest to the page's own.
            ("1月2日（周五）", "1月2日（周五） is Saturday"),
            ("去年12月5日（周六）", "12月5日（周六） is Friday"),
            (
                "日期：2026年12月5日（星期五）上午9点",
                "2026年12月5日（星期五） is Saturday",
            ),
        ] {
            assert_eq!(found(text), said, "{text}");
        }
    }

    #[test]
    fn what_agrees_or_says_something_else_passes() {
        for text in [
            "定于12月5日（星期六）停水。",
            "1月2日（周六）",
            "去年12月5日（周五）",
            "每月5日（周五）",
            "12月5日、6日（周六、周日）",
            "12月5日（周末）",
            "12月1日至5日，周一至周五",
            "12月5日（周围停水）",
            "周五前，12月5日起",
            "第49周一共五天",
            "2月30日（周一）",
        ] {
            assert_eq!(found(text), "", "{text}");
        }
    }
}
