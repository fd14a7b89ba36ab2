//! When and where something takes place, in the lines that say so: 活动时间：12月5日上午9:00—11:00,
//! 二、活动地点, with the answer behind the colon or in the next paragraph.

use jiff::civil::Date;

use super::headings::leading;
use super::signature::day_near;
use super::{paragraph, solid};
use crate::import::model::{Doc, Paragraph};

/// What takes place.
const WHAT: [&str; 9] = [
    "活动", "举办", "举行", "开展", "会议", "培训", "讲座", "集合", "比赛",
];
/// How many characters a place, or an hour, may have.
const LONGEST: usize = 30;
/// Signs between the days of a span.
const TO: [char; 7] = ['至', '到', '—', '–', '-', '～', '~'];

/// When and where.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::import) struct Event {
    pub date: Date,
    pub until: Option<Date>,
    pub time: Option<String>,
    pub place: Option<String>,
}

/// Finds it; a day without a year is the one next to `near`.
pub(super) fn event(doc: &Doc, near: Date) -> Option<Event> {
    let Some((when, is_own)) = told(doc, "时间") else {
        return decided(doc, near);
    };
    let place = told(doc, "地点");
    // 时间 alone may be any: of a stop of water, of a sale.
    if !is_own && place.is_none() {
        return None;
    }
    // What is said behind it, of rain or of a way in, stays with the text.
    let place = place.and_then(|(text, _)| Some(text.split(['，', '（', '(']).next()?.to_owned()));
    let place = place.filter(|it| !it.is_empty() && it.chars().count() <= LONGEST);
    let (date, until, time) = days(&when, near)?;
    Some(Event {
        date,
        until,
        time,
        place,
    })
}

/// What takes place at a place, in a sentence that decides it.
const VERBS: [&str; 7] = ["召开", "举行", "举办", "开展", "集中", "集合", "进行"];

/// Finds 定于12月9日（星期三）晚上7点在社区会议室召开居民代表会议.
fn decided(doc: &Doc, near: Date) -> Option<Event> {
    let texts = doc.blocks.iter().filter_map(paragraph);
    let mut texts = texts.map(|it| solid(&it.text()));
    texts.find_map(|text| {
        let (_, rest) = text.split_once("定于")?;
        let clause = rest.split(['。', '；', '，']).next()?;
        let (when, rest) = clause.split_once('在')?;
        let end = VERBS.iter().filter_map(|verb| rest.find(verb)).min()?;
        let place = &rest[..end];
        let (date, until, time) = days(when, near)?;
        let is_place = !place.is_empty() && place.chars().count() <= LONGEST;
        is_place.then(|| Event {
            date,
            until,
            time,
            place: Some(place.to_owned()),
        })
    })
}

/// Returns the first sentence of what stands behind the label `what`, and whether the label says of
/// what it is.
fn told(doc: &Doc, what: &str) -> Option<(String, bool)> {
    let mut texts = (doc.blocks.iter().filter_map(paragraph))
        .map(Paragraph::text)
        .flat_map(|text| text.lines().map(solid).collect::<Vec<_>>())
        .filter(|text| !text.is_empty());
    while let Some(text) = texts.next() {
        let Some((label, rest)) = labelled(&text, what) else {
            continue;
        };
        let said = match rest.is_empty() {
            true => texts.next().filter(|next| leading(next).is_none())?,
            false => rest.to_owned(),
        };
        let end = said.find(['。', '；', ';']).unwrap_or(said.len());
        let said = said[..end].trim_matches(['，', ',', '.']).to_owned();
        return (!said.is_empty()).then_some((said, !label.is_empty()));
    }
    None
}

/// Parts a line that begins with such a label, its number before it or none: what stands before `what`,
/// and what behind the colon.
fn labelled<'t>(text: &'t str, what: &str) -> Option<(&'static str, &'t str)> {
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十（）()、.．".contains(c);
    let bare = text.trim_start_matches(is_number);
    let labels = WHAT.into_iter().chain([""]);
    let (label, rest) = labels
        .filter_map(|label| Some((label, bare.strip_prefix(label)?.strip_prefix(what)?)))
        .next()?;
    match rest.strip_prefix(['：', ':']) {
        Some(said) => Some((label, said)),
        None => (rest.is_empty() && bare.len() < text.len()).then_some((label, "")),
    }
}

/// Reads the day, the last of several, and the hours behind them.
fn days(text: &str, near: Date) -> Option<(Date, Option<Date>, Option<String>)> {
    let (date, rest) = day_of(text, near)?;
    let rest = without_weekday(rest);
    if let Some(last) = rest.strip_prefix(TO) {
        let last = last.trim_start_matches(TO);
        // 12月5日至6日: the second has its month from the first.
        let whole = match last.find('月').is_some_and(|at| at <= 3) || last.starts_with("20") {
            true => last.to_owned(),
            false => format!("{}月{last}", date.month()),
        };
        let (until, rest) = day_of(&whole, date)?;
        return Some((date, Some(until), time_of(without_weekday(rest))));
    }
    Some((date, None, time_of(rest)))
}

fn day_of(text: &str, near: Date) -> Option<(Date, &str)> {
    let end = text.find(['日', '号'])? + '日'.len_utf8();
    let (day, rest) = text.split_at(end);
    Some((day_near(day, near)?, rest))
}

fn without_weekday(text: &str) -> &str {
    let bare = text.trim_start_matches(['（', '(']);
    let names = ["星期", "周"];
    let day = names.iter().find_map(|name| bare.strip_prefix(name));
    let day = day.and_then(|it| it.strip_prefix(['一', '二', '三', '四', '五', '六', '日', '天']));
    let rest = day.map_or(text, |it| it.trim_start_matches(['）', ')']));
    rest.trim_start_matches(['，', ','])
}

/// Returns what says hours: 上午9:00—11:00, 全天.
fn time_of(text: &str) -> Option<String> {
    let end = text.find(['（', '(', '，', ',']).unwrap_or(text.len());
    let time = text[..end].trim();
    let says_hours = time.contains(|c: char| c.is_ascii_digit())
        || ["午", "晚", "全天", "点", "早"]
            .iter()
            .any(|it| time.contains(it));
    (says_hours && time.chars().count() <= LONGEST).then(|| time.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_hours_are_read_as_offices_write_them() {
        let near = Date::constant(2026, 11, 20);
        let day = |month, day| Date::constant(2026, month, day);
        for (text, expected) in [
            (
                "2026年12月5日（星期六）上午9:00—11:00",
                (day(12, 5), None, Some("上午9:00—11:00")),
            ),
            (
                "12月5日周六，下午2点半",
                (day(12, 5), None, Some("下午2点半")),
            ),
            (
                "12月5日至6日每天9:00",
                (day(12, 5), Some(day(12, 6)), Some("每天9:00")),
            ),
            (
                "2026年11月25日—12月3日",
                (day(11, 25), Some(day(12, 3)), None),
            ),
        ] {
            let (first, last, time) = expected;
            let time = time.map(str::to_owned);
            assert_eq!(days(text, near), Some((first, last, time)), "{text}");
        }
        assert_eq!(days("每周六上午", near), None);
    }

    #[test]
    fn labels_are_known_with_their_numbers() {
        assert_eq!(labelled("一、活动时间", "时间"), Some(("活动", "")));
        assert_eq!(labelled("时间：12月5日", "时间"), Some(("", "12月5日")));
        assert_eq!(
            labelled("（二）集合地点：东门", "地点"),
            Some(("集合", "东门"))
        );
        assert_eq!(labelled("停水时间：12月5日", "时间"), None);
        assert_eq!(labelled("活动时间安排表", "时间"), None);
    }
}
