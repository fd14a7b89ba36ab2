//! Days as staff write them.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use super::{chinese, plain};

/// Reads `2026-11-01`, `2026/11/1`, `2026.11.1`, `20261101`, `2026年11月1日` or `二〇二六年十一月一日`,
/// figures full-width too. A weekday or a time of day behind it may stay.
pub fn date(text: &str) -> Option<Date> {
    day(text, &TimeZone::UTC)
}

/// Reads a day as [`date`] does; a moment that names its own zone falls on a day of `zone`.
pub fn day(text: &str, zone: &TimeZone) -> Option<Date> {
    let plain = plain(text);
    let around = |c: char| "“”‘’\"'[]".contains(c);
    let (day, rest) = leading_day(plain.trim_matches(around))?;
    let rest = without_weekday(rest.trim_start_matches(',').trim());
    if rest.is_empty() {
        return Some(day);
    }
    let (time, offset) = time_and_offset(rest)?;
    let Some(offset) = offset else {
        return Some(day);
    };
    let moment = offset.to_timestamp(DateTime::from_parts(day, time)).ok()?;
    Some(zone.to_datetime(moment).date())
}

/// Reads the day with which `plain` begins, and what follows it.
fn leading_day(plain: &str) -> Option<(Date, &str)> {
    let (year, rest) = figures(plain);
    let year: i16 = match year.len() {
        4 => year.parse().ok()?,
        8 => {
            let part = |range: std::ops::Range<usize>| year.get(range)?.parse().ok();
            let day = Date::new(year[..4].parse().ok()?, part(4..6)?, part(6..8)?).ok()?;
            return Some((day, rest));
        }
        0 => {
            let end = plain.find('年')?;
            let year = (plain[..end].chars())
                .map(|c| chinese(&c.to_string()).filter(|n| *n < 10))
                .collect::<Option<Vec<u32>>>()
                .filter(|figures| figures.len() == 4)?;
            let (day, rest) = month_and_day(&plain[end..])?;
            let year = year.iter().fold(0, |year, figure| year * 10 + figure);
            return Some((
                Date::new(i16::try_from(year).ok()?, day.0, day.1).ok()?,
                rest,
            ));
        }
        _ => return None,
    };
    let ((month, day), rest) = month_and_day(rest)?;
    Some((Date::new(year, month, day).ok()?, rest))
}

/// Reads month and day behind a year, such as `-11-01` or `年11月1日`, and what follows them.
fn month_and_day(rest: &str) -> Option<((i8, i8), &str)> {
    let rest = rest.trim_start().strip_prefix(['-', '/', '.', '年'])?;
    let (month, rest) = number(rest.trim_start())?;
    let rest = rest.trim_start().strip_prefix(['-', '/', '.', '月'])?;
    let (day, rest) = number(rest.trim_start())?;
    let rest = rest.trim_start();
    let rest = rest.strip_prefix(['日', '号']).unwrap_or(rest);
    // More of the same signs: not a day but something else, such as a telephone number.
    if rest.starts_with(['-', '/', '.', '年', '月']) {
        return None;
    }
    Some(((month, day), rest))
}

fn figures(text: &str) -> (&str, &str) {
    text.split_at(
        text.find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len()),
    )
}

/// Reads one or two figures, or a number in Chinese.
fn number(text: &str) -> Option<(i8, &str)> {
    let (digits, rest) = figures(text);
    if !digits.is_empty() {
        return Some((digits.parse().ok().filter(|_| digits.len() <= 2)?, rest));
    }
    let is_chinese = |c: char| chinese(&c.to_string()).is_some();
    let end = text.find(|c| !is_chinese(c)).unwrap_or(text.len());
    let number = chinese(&text[..end])?;
    Some((i8::try_from(number).ok()?, &text[end..]))
}

/// Takes a weekday off: `星期五`, `(周五)`.
fn without_weekday(rest: &str) -> &str {
    let inner = rest.strip_prefix('(').unwrap_or(rest).trim_start();
    let named = ["星期", "礼拜", "周"]
        .iter()
        .find_map(|word| inner.strip_prefix(word));
    let Some(after) = named
        .and_then(|after| after.strip_prefix(['一', '二', '三', '四', '五', '六', '日', '天']))
    else {
        return rest;
    };
    after.trim_start().trim_start_matches(')').trim_start()
}

/// Reads a time of day, and how far its zone is from Greenwich where it says so.
fn time_and_offset(rest: &str) -> Option<(Time, Option<Offset>)> {
    let rest = rest.strip_prefix('t').unwrap_or(rest);
    let (half, rest) = [
        "凌晨", "清晨", "早上", "早晨", "上午", "中午", "下午", "傍晚", "晚上", "晚",
    ]
    .iter()
    .find_map(|word| Some((*word, rest.strip_prefix(word)?)))
    .unwrap_or(("", rest));
    let (hour, rest) = number(rest.trim_start())?;
    let (minute, rest) = match rest.strip_prefix([':', '点', '时']) {
        Some(rest) if rest.starts_with('半') => (30, &rest['半'.len_utf8()..]),
        Some(rest) => number(rest.trim_start()).unwrap_or((0, rest)),
        None => return None,
    };
    let rest = rest.trim_start_matches(['分', '整']);
    let rest = match rest.strip_prefix(':') {
        Some(rest) => number(rest)?.1,
        None => rest,
    };
    let rest = rest
        .strip_prefix('.')
        .map_or(rest, |rest| figures(rest).1)
        .trim();
    let (is_late, rest) = match rest {
        "am" => (false, ""),
        "pm" => (true, ""),
        rest => (matches!(half, "下午" | "傍晚" | "晚上" | "晚"), rest),
    };
    let hour = hour + if is_late && hour < 12 { 12 } else { 0 };
    let time = Time::new(hour % 24, minute, 0, 0)
        .ok()
        .filter(|_| hour <= 24)?;
    match rest {
        "" => Some((time, None)),
        "z" | "utc" | "gmt" => Some((time, Some(Offset::UTC))),
        rest => offset(rest).map(|offset| (time, Some(offset))),
    }
}

/// Reads `+08:00`, `+0800` or `-5`.
fn offset(rest: &str) -> Option<Offset> {
    let (sign, rest) = match rest.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    // A zone's name in brackets says no more than the figures.
    let rest = rest.split('[').next().unwrap_or_default();
    let digits: String = rest.chars().filter(|c| *c != ':').collect();
    let is_usable = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let (hours, minutes) = digits.split_at_checked(if digits.len() == 3 {
        1
    } else {
        2.min(digits.len())
    })?;
    let hours: i32 = hours.parse().ok().filter(|_| is_usable)?;
    let minutes: i32 = if minutes.is_empty() {
        0
    } else {
        minutes.parse().ok()?
    };
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

/// Returns month and day of a day that lacks its year: `11月1日`, `11-01`.
pub fn without_year(text: &str) -> Option<(i8, i8)> {
    let plain = format!("年{}", plain(text));
    let ((month, day), rest) = month_and_day(&plain)?;
    // 1月2日 with whatever behind; other signs only alone.
    let is_one = plain.contains('月') || rest.trim().is_empty();
    (is_one && Date::new(2024, month, day).is_ok()).then_some((month, day))
}

/// Returns the next day of that month and day, from `today` on.
pub fn next_on((month, day): (i8, i8), today: Date) -> Option<Date> {
    let years = today.year()..=today.year() + 8;
    let mut days = years.filter_map(|year| Date::new(year, month, day).ok());
    days.find(|day| *day >= today)
}

/// Splits `A to B`, `A 至 B`, `A到B`, `A～B` or `A—B`.
fn split_span(text: &str) -> Option<(&str, &str)> {
    let between = [" to ", "至", "到", "～", "~", "——", "—", "–", " - ", "--"];
    let found = between.iter().find_map(|word| text.split_once(word));
    // A hyphen parts two days only where it does not part their figures.
    let hyphen = || {
        let is_between = text.matches(['-', '－']).count() == 1 && text.contains(['月', '/', '.']);
        text.split_once(['-', '－']).filter(|_| is_between)
    };
    let (first, last) = found.or_else(hyphen)?;
    let last = last.trim_start_matches(['—', '-']);
    Some((first.trim(), last.trim()))
}

/// Reads two days: `2026-11-03 to 2026-11-12`, `自2026年11月3日起至11月12日止`, `11月3日—12日`; what the
/// second one lacks it has from the first, and `near` gives the year of the first where that lacks
/// it, or the first itself where it is `即日起`. `None` where `text` names no two days.
///
/// # Errors
/// Where they are not days.
pub fn days_between(text: &str, near: Option<Date>) -> Option<Result<(Date, Date), NotDays>> {
    let (first, last) = split_span(text)?;
    let first = first
        .trim_start_matches(['自', '从', '由', '公', '示', '期', '：'])
        .trim();
    let first = first.trim_end_matches('起').trim();
    let last = last
        .trim_end_matches("截止")
        .trim_end_matches("为止")
        .trim_end_matches(['止', '。'])
        .trim();
    Some(both(first, last, near).ok_or(NotDays))
}

/// What stands there are no days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotDays;

fn both(first: &str, last: &str, near: Option<Date>) -> Option<(Date, Date)> {
    let first = match first {
        "即日" | "今日" | "今天" | "发布之日" | "公示之日" | "公布之日" | "发文之日" => {
            near?
        }
        first => date(first).or_else(|| {
            let (month, day) = without_year(first)?;
            Date::new(near?.year(), month, day).ok()
        })?,
    };
    let last = date(last).or_else(|| {
        if let Some((month, day)) = without_year(last) {
            let same = Date::new(first.year(), month, day).ok();
            return same
                .filter(|last| first <= *last)
                .or_else(|| Date::new(first.year() + 1, month, day).ok());
        }
        let (day, rest) = number(last)?;
        let is_day = matches!(rest.trim(), "日" | "号");
        Date::new(first.year(), first.month(), day)
            .ok()
            .filter(|_| is_day)
    })?;
    Some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let day = Some(Date::constant(2026, 11, 1));
        for text in [
            "2026-11-01",
            "2026/11/1",
            "2026年11月1日",
            "2026.11.1",
            "２０２６－１１－０１",
            "2026年 11月 1日",
            "2026 年 11 月 1 号",
            "20261101",
            "二〇二六年十一月一日",
            "二零二六年十一月一日",
            "2026\u{2060}-11-\u{200b}01",
            "“2026-11-01”",
            "2026年11月1日（星期日）",
            "2026-11-01 周日",
            "2026-11-01 08:00",
            "2026-11-01 8:00:59",
            "2026-11-01T08:00:00",
            "2026年11月1日上午8点",
            "2026年11月1日（周日）下午3点半",
            "2026/11/1 8:30 PM",
            "2026-11-01 晚上7点",
        ] {
            assert_eq!(date(text), day, "{text}");
        }
        for text in [
            "2026-13-01",
            "2026-02-29",
            "11-01",
            "26-11-01",
            "20266-11-01",
            "明天",
            "2026-11-01-02",
            "2026-11-01 25:00",
            "2026-11-01 左右",
            "二六年十一月一日",
            "",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn a_moment_falls_on_a_day_of_the_site() {
        let shanghai = TimeZone::get("Asia/Shanghai").expect("it is bundled");
        for (text, expected) in [
            ("2026-01-02T00:00:00+08:00", "2026-01-02"),
            ("2026-01-01T16:00:00Z", "2026-01-02"),
            ("2026-01-01T15:59:59Z", "2026-01-01"),
            ("2026-01-01 23:30:00.123 -0500", "2026-01-02"),
            ("2026-01-02T00:00:00+09:00[Asia/Tokyo]", "2026-01-01"),
            ("2026-01-02 23:59", "2026-01-02"),
        ] {
            assert_eq!(day(text, &shanghai), expected.parse().ok(), "{text}");
        }
    }

    #[test]
    fn days_without_a_year_are_known_as_such() {
        for text in ["11月1日", "１１月１日上午", "11-01", "11/1", "十一月一日"] {
            assert_eq!(without_year(text), Some((11, 1)), "{text}");
        }
        for text in ["13月1日", "明天", "11", "2026-11-01"] {
            assert_eq!(without_year(text), None, "{text}");
        }
    }

    #[test]
    fn two_days_are_read_as_notices_write_them() {
        let near = Some(Date::constant(2026, 11, 3));
        let both = Ok((Date::constant(2026, 11, 3), Date::constant(2026, 11, 12)));
        for text in [
            "2026-11-03 to 2026-11-12",
            "2026-11-03 至 2026-11-12",
            "自2026年11月3日至2026年11月12日",
            "自2026年11月3日起至11月12日止",
            "2026年11月3日—12日",
            "2026.11.3-2026.11.12",
            "2026/11/3－2026/11/12",
            "2026-11-03～2026-11-12",
            "2026-11-03 - 2026-11-12",
            "11月3日至11月12日",
            "11月3日-11月12日",
            "即日起至2026年11月12日",
        ] {
            assert_eq!(days_between(text, near), Some(both), "{text}");
        }
        let over_new_year = days_between("2026年12月28日至1月8日", None);
        assert_eq!(
            over_new_year,
            Some(Ok((
                Date::constant(2026, 12, 28),
                Date::constant(2027, 1, 8)
            )))
        );
        assert_eq!(days_between("7个工作日", near), None);
        assert_eq!(days_between("月初到月底", near), Some(Err(NotDays)));
        assert_eq!(days_between("11月3日至12日", None), Some(Err(NotDays)));
    }
}
