//! What of a text stays on one line: figures with what they count, days, hours and spans of them,
//! telephone numbers, the names of a list. Browsers break Chinese between any two characters,
//! 1.5万／元 and 赵桂／兰 among them.

use std::ops::Range;

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part<'t> {
    pub text: &'t str,
    /// Whether no line ends within it, though a browser could end one there.
    pub is_whole: bool,
}

/// What stands before a figure and goes with it.
const BEFORE: [&str; 8] = ["上午", "下午", "中午", "晚上", "早上", "凌晨", "傍晚", "第"];
/// What is counted, the longer names first.
const UNITS: [&str; 24] = [
    "个工作日",
    "个自然日",
    "平方公里",
    "平方米",
    "立方米",
    "个小时",
    "千瓦时",
    "个月",
    "年度",
    "月份",
    "号楼",
    "单元",
    "公里",
    "公斤",
    "千克",
    "千瓦",
    "小时",
    "分钟",
    "毫升",
    "毫米",
    "厘米",
    "公分",
    "公顷",
    "摄氏度",
];
/// And those of one character.
const SIGNS: &str = "月日年号元分点时天次人户棵项份本件米名楼层岁度周克斤升瓦桶只个栋条张家期块页届批倍亩台支\
辆处种套吨秒幢盏样步间位座筐袋瓶站级组口面片根颗粒扇把滴车角课顿餐%％℃";
/// Numbers behind figures, before what is counted: 1.5万元.
const SCALES: &str = "百千万亿";
/// What follows days and hours: 12月10日前, 12月21日全天.
const BEHIND: &str = "前后内起止";
const ALL_DAY: &str = "全天";
/// What stands between the ends of a span.
const TO: &str = "-–—～~至×";

/// From so many on, names or short words between the same signs are a list.
const LIST: usize = 5;

/// Parts `text`; what stays whole is at most `most` em wide, longer spans part behind their sign.
pub(crate) fn parts(text: &str, most: f64) -> Vec<Part<'_>> {
    let mut whole = figures(text, most);
    whole.extend(listed(text));
    whole.sort_unstable_by_key(|it| it.start);
    let mut parts = Vec::with_capacity(2 * whole.len() + 1);
    let mut at = 0;
    let mut push = |range: Range<usize>, is_whole| {
        if !range.is_empty() {
            parts.push(Part {
                text: &text[range],
                is_whole,
            });
        }
    };
    for range in whole {
        push(at..range.start, false);
        at = range.end;
        push(range, true);
    }
    push(at..text.len(), false);
    parts
}

/// Finds figures with what they count.
fn figures(text: &str, most: f64) -> Vec<Range<usize>> {
    let mut whole = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(|c: char| c.is_ascii_digit()) {
        let figure = at + found;
        let start = figure - head(&text[at..figure]).len();
        let ends = ends(&text[start..]);
        let fits = |end: &&usize| em(&text[start..start + **end]) <= most;
        let fitting = ends.iter().rfind(fits).map(|end| start + *end);
        let end = fitting.unwrap_or_else(|| start + ends.first().copied().unwrap_or(1));
        if fitting.is_some() && breaks(&text[start..end]) {
            whole.push(start..end);
        }
        at = end.max(figure + 1);
    }
    whole
}

/// Finds the names, or words as short, of lists of them: no line's end parts 赵桂兰、钱建国.
fn listed(text: &str) -> Vec<Range<usize>> {
    let (mut whole, mut run) = (Vec::new(), Vec::new());
    let mut start = 0;
    for (end, c) in text.char_indices().chain([(text.len(), '\0')]) {
        let is_han = ('\u{3400}'..='\u{9FFF}').contains(&c) || c == '·';
        if is_han {
            continue;
        }
        let is_name = (2..=4).contains(&text[start..end].chars().count());
        if is_name {
            run.push(start..end);
        }
        // Two blanks in a row part as one does.
        let goes_on = matches!(c, '、' | '\u{3000}') && (is_name || start == end);
        if !goes_on {
            if run.len() >= LIST {
                whole.append(&mut run);
            }
            run.clear();
        }
        start = end + c.len_utf8();
    }
    whole
}

/// Returns what at the end of `before` goes with the figure behind it.
fn head(before: &str) -> &str {
    let found = BEFORE.iter().find(|word| before.ends_with(**word));
    &before[before.len() - found.map_or(0, |word| word.len())..]
}

/// Finds where what begins with a figure may end, each end further on than the one before.
fn ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut at = head_of(text);
    loop {
        at += number(&text[at..]);
        let counted = unit(&text[at..]);
        at += counted;
        ends.push(at);
        let rest = &text[at..];
        // 11 月 28 日, typed with blanks.
        let blank = usize::from(counted > 0 && rest.starts_with(' '));
        let next = blank + head_of(&rest[blank..]);
        if rest[next..].starts_with(|c: char| c.is_ascii_digit()) {
            at += next;
            continue;
        }
        let sign = &rest[..rest.len() - rest.trim_start_matches(|c| TO.contains(c)).len()];
        let behind = &rest[sign.len()..];
        let next = head_of(behind);
        let goes_on = behind[next..].starts_with(|c: char| c.is_ascii_digit());
        if sign.is_empty() || sign.chars().count() > 2 || !goes_on {
            return ends;
        }
        at += sign.len();
        ends.push(at);
        at += next;
    }
}

/// Returns the length of the word that goes with a figure, with which `text` begins.
fn head_of(text: &str) -> usize {
    let found = BEFORE.iter().find(|word| text.starts_with(**word));
    found.map_or(0, |word| word.len())
}

/// Returns the length of the number with which `text` begins: 1,200.5, 8:30, 5550 0199.
fn number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    let mut blanks = 0;
    loop {
        while is_digit(at) {
            at += 1;
        }
        let joins = match bytes.get(at) {
            Some(b'.' | b',' | b':') => true,
            // Of a telephone number; two figures side by side in a table are typed with more.
            Some(b' ') if at >= 3 => {
                blanks += 1;
                blanks == 1
                    && bytes[at + 1..]
                        .iter()
                        .take_while(|b| b.is_ascii_digit())
                        .count()
                        >= 3
            }
            _ => false,
        };
        if !joins || !is_digit(at + 1) {
            return at;
        }
        at += 1;
    }
}

/// Returns the length of what is counted, with which `text` begins.
fn unit(text: &str) -> usize {
    if let Some(rest) = text.strip_prefix(' ') {
        let unit = if rest.starts_with(' ') { 0 } else { unit(rest) };
        return unit + usize::from(unit > 0);
    }
    let one = |text: &str, of: &str| {
        let first = text.chars().next().filter(|c| of.contains(*c));
        first.map_or(0, char::len_utf8)
    };
    let long = |text: &str| UNITS.into_iter().find(|word| text.starts_with(word));
    // 3千瓦时 counts 千瓦时, 3千元 thousands.
    let scale = match long(text) {
        Some(_) => 0,
        None => one(text, SCALES),
    };
    let rest = &text[scale..];
    let long = long(rest);
    let unit = long.map_or_else(|| one(rest, SIGNS), |word| word.len());
    let end = scale + unit;
    match unit > 0 && text[end..].starts_with(ALL_DAY) {
        true => end + ALL_DAY.len(),
        false if unit > 0 => end + one(&text[end..], BEHIND),
        false => end,
    }
}

/// Tells whether a browser could end a line within.
fn breaks(text: &str) -> bool {
    text.contains(|c: char| !c.is_ascii() || c == '-' || c == ' ')
}

/// Returns about how wide a text is.
pub(crate) fn em(text: &str) -> f64 {
    let wide = |c: char| if c.is_ascii() { 0.56 } else { 1.0 };
    text.chars().map(wide).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what stays whole of `text`, a stroke between.
    fn kept(text: &str, most: f64) -> String {
        let parts = parts(text, most);
        assert_eq!(parts.iter().map(|it| it.text).collect::<String>(), text);
        let whole = parts.iter().filter(|it| it.is_whole).map(|it| it.text);
        whole.collect::<Vec<_>>().join("／")
    }

    #[test]
    fn figures_stay_with_what_they_count() {
        for (text, expected) in [
            ("每户1.5万元，共6.5平方米", "1.5万元／6.5平方米"),
            ("3号楼2单元的5个工作日", "3号楼2单元／5个工作日"),
            ("2026年12月5日前搬走", "2026年12月5日前"),
            ("打5550 0199或者12345。", "5550 0199"),
            ("5分12345", "5分12345"),
            ("A4纸，H7N9", ""),
            ("11 月 28 日停水", "11 月 28 日"),
            ("第3期，约58.6%", "第3期"),
        ] {
            assert_eq!(kept(text, 12.0), expected, "{text}");
        }
    }

    #[test]
    fn names_of_a_list_are_not_parted() {
        let names = "名单：赵桂兰、钱建国、孙丽华、李明、周颖。另有两人。";
        let expected = "赵桂兰／钱建国／孙丽华／李明／周颖";
        assert_eq!(kept(names, 9.0), expected);
        assert_eq!(
            kept("赵桂兰　李明　　周颖　王芳　严丽", 9.0),
            "赵桂兰／李明／周颖／王芳／严丽"
        );
        assert_eq!(kept("纸箱、花盆、鞋柜", 9.0), "");
        assert_eq!(kept("先关灯，再关水，最后关门，然后走，别回头", 9.0), "");
    }

    #[test]
    fn spans_stay_whole_as_far_as_there_is_room() {
        for (text, most, expected) in [
            ("12月15日—20日", 12.0, "12月15日—20日"),
            ("12月6日上午8:30—11:30", 12.0, "12月6日上午8:30—11:30"),
            ("12月6日上午8:30—11:30", 9.0, "12月6日上午8:30—"),
            ("12月6日下午13:30—17:00", 7.5, "12月6日／下午13:30—"),
            (
                "2026年12月1日—2027年1月31日",
                10.0,
                "2026年12月1日—／2027年1月31日",
            ),
            ("028-8555 0137", 12.0, "028-8555 0137"),
            ("1—6号楼", 12.0, "1—6号楼"),
            ("12月5日至20日", 12.0, "12月5日至20日"),
        ] {
            assert_eq!(kept(text, most), expected, "{text}");
        }
    }
}
