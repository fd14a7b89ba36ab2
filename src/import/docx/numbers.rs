//! Automatic numbers, printed as Word prints them: 一、（一）1. ①, restarts and all.

use std::collections::BTreeMap;

use crate::import::model::Mark;
use crate::import::xml::Element;

/// How many levels a list has.
const LEVELS: usize = 9;

/// A level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// The text with `%1` for the number of the first level.
    text: String,
    /// After which level it begins anew: `None` after any above, 0 never.
    restart: Option<usize>,
    /// Whether all numbers in it are plain figures.
    is_legal: bool,
    /// The style that it belongs to.
    style: Option<String>,
}

/// The lists of a document and how far each has come.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// By the id of the abstract list.
    kinds: BTreeMap<u32, Vec<Level>>,
    /// By the id of the list: its kind, and levels that it changes, with a new start.
    lists: BTreeMap<u32, (u32, BTreeMap<usize, Change>)>,
    /// By kind: the number of each level, where it has one.
    counts: BTreeMap<u32, [Option<u32>; LEVELS]>,
    /// Lists that began anew already, by level.
    begun: Vec<(u32, usize)>,
    /// Formats that are not known, once each.
    pub unknown: Vec<String>,
}

#[derive(Debug, Default)]
struct Change {
    start: Option<u32>,
    level: Option<Level>,
}

impl Numbers {
    /// Reads the part.
    pub fn read(part: &Element) -> Self {
        let mut numbers = Self::default();
        let mut linked: Vec<(u32, String)> = Vec::new();
        let mut named: BTreeMap<String, u32> = BTreeMap::new();
        for kind in part.children.iter().filter(|it| &*it.name == "abstractNum") {
            let Some(id) = kind.number("abstractNumId") else {
                continue;
            };
            let mut levels = vec![Level::default(); LEVELS];
            for level in kind.children.iter().filter(|it| &*it.name == "lvl") {
                if let Some(at) = level.number::<usize>("ilvl").filter(|at| *at < LEVELS) {
                    levels[at] = Level::read(level);
                }
            }
            if let Some(style) = kind.value("styleLink") {
                named.insert(style.to_owned(), id);
            }
            if let Some(style) = kind.value("numStyleLink") {
                linked.push((id, style.to_owned()));
            }
            numbers.kinds.insert(id, levels);
        }
        for (id, style) in linked {
            if let Some(levels) = named.get(&style).and_then(|it| numbers.kinds.get(it)) {
                numbers.kinds.insert(id, levels.clone());
            }
        }
        for list in part.children.iter().filter(|it| &*it.name == "num") {
            let kind = list.child("abstractNumId").and_then(|it| it.number("val"));
            if let Some((id, kind)) = list.number("numId").zip(kind) {
                numbers.lists.insert(id, (kind, changes(list)));
            }
        }
        numbers
    }

    /// Finds the level of the list `list` that belongs to one of the styles `chain`.
    pub fn level_of(&self, list: u32, chain: &[String]) -> Option<u8> {
        let levels = self.kinds.get(&self.lists.get(&list)?.0)?;
        let is_of = |level: &Level| level.style.as_ref().is_some_and(|it| chain.contains(it));
        u8::try_from(levels.iter().position(is_of)?).ok()
    }

    /// Counts one paragraph more in the list `list` and returns what stands before it.
    pub fn next(&mut self, list: u32, level: u8) -> Option<Mark> {
        let at = usize::from(level).min(LEVELS - 1);
        let (kind, changes) = self.lists.get(&list)?;
        let kind = *kind;
        let mut levels = self.kinds.get(&kind)?.clone();
        let mut starts: [Option<u32>; LEVELS] = [None; LEVELS];
        for (changed, change) in changes {
            if let Some(level) = &change.level {
                levels[*changed] = level.clone();
            }
            starts[*changed] = change.start;
        }
        let counts = self.counts.entry(kind).or_default();
        if let Some(start) = starts[at]
            && !self.begun.contains(&(list, at))
        {
            self.begun.push((list, at));
            counts[at] = Some(start);
        } else {
            counts[at] = Some(counts[at].map_or(levels[at].start, |n| n.saturating_add(1)));
        }
        for above in 0..at {
            counts[above].get_or_insert(levels[above].start);
        }
        for below in at + 1..LEVELS {
            let again = levels[below].restart;
            if again.is_none_or(|after| after > at) {
                counts[below] = None;
            }
        }
        let counts = *counts;
        let text = self.text(&levels, at, &counts);
        Some(Mark {
            is_bullet: levels[at].format == "bullet",
            text,
            level,
        })
    }

    fn text(&mut self, levels: &[Level], at: usize, counts: &[Option<u32>; LEVELS]) -> String {
        let own = &levels[at];
        let mut text = String::new();
        let mut rest = own.text.chars().peekable();
        while let Some(c) = rest.next() {
            let which = rest.peek().and_then(|c| c.to_digit(10));
            let Some(which) = which.filter(|it| c == '%' && (1..=9).contains(it)) else {
                text.push(c);
                continue;
            };
            rest.next();
            let which = which as usize - 1;
            let n = counts[which].unwrap_or(levels[which].start);
            let is_plain = own.is_legal && levels[which].format != "bullet";
            let format = if is_plain {
                "decimal"
            } else {
                &levels[which].format
            };
            match printed(n, format) {
                Some(shown) => text.push_str(&shown),
                None => {
                    if !self.unknown.iter().any(|it| it == format) {
                        self.unknown.push(format.to_owned());
                    }
                    text.push_str(&n.to_string());
                }
            }
        }
        text.trim().to_owned()
    }
}

fn changes(list: &Element) -> BTreeMap<usize, Change> {
    let overrides = list.children.iter().filter(|it| &*it.name == "lvlOverride");
    let change = |it: &Element| {
        let at = it.number::<usize>("ilvl").filter(|at| *at < LEVELS)?;
        let start = it.child("startOverride").and_then(|it| it.number("val"));
        let level = it.child("lvl").map(Level::read);
        Some((at, Change { start, level }))
    };
    overrides.filter_map(change).collect()
}

impl Level {
    fn read(level: &Element) -> Self {
        // A format of its own stands beside the plain one that old programs read.
        let format = level.find("numFmt");
        let own = format.filter(|it| it.get("val") == Some("custom"));
        let format = match own.and_then(|it| it.get("format")) {
            Some("①, ②, ③, ...") => "decimalEnclosedCircle",
            Some(format) if format.starts_with("001") => "decimalZero",
            _ => format.and_then(|it| it.get("val")).unwrap_or("decimal"),
        };
        Self {
            start: level
                .child("start")
                .and_then(|it| it.number("val"))
                .unwrap_or(1),
            format: format.to_owned(),
            text: level.value("lvlText").unwrap_or_default().to_owned(),
            restart: level.child("lvlRestart").and_then(|it| it.number("val")),
            is_legal: level.flag("isLgl").unwrap_or(false),
            style: level.value("pStyle").map(str::to_owned),
        }
    }
}

/// Prints `n` in a format of ECMA-376, 17.18.59; `None` where that is not known.
fn printed(n: u32, format: &str) -> Option<String> {
    let nth = |signs: &str, times: u32| {
        let all: Vec<char> = signs.chars().collect();
        let count = u32::try_from(all.len()).ok()?;
        let at = n.checked_sub(1)?;
        let sign = all.get(usize::try_from(at % count).ok()?)?;
        let repeats = usize::try_from((at / count).min(times) + 1).ok()?;
        Some(sign.to_string().repeat(repeats))
    };
    let from = |first: char, most: u32| {
        let at = n.checked_sub(1).filter(|_| n <= most)?;
        char::from_u32(u32::from(first) + at).map(String::from)
    };
    let small = |text: Option<String>| text.map(|it| it.to_lowercase());
    match format {
        "decimal" | "decimalHalfWidth" | "numberInDash" => Some(n.to_string()),
        "decimalZero" => Some(format!("{n:02}")),
        "none" => Some(String::new()),
        "bullet" => Some(String::new()),
        "decimalFullWidth" | "decimalFullWidth2" => {
            let wide = |c: char| char::from_u32(u32::from(c) + 0xFEE0);
            n.to_string().chars().map(wide).collect()
        }
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => Some(chinese(n, false)),
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            Some(chinese(n, true))
        }
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
            let digit = |c: char| {
                c.to_digit(10)
                    .and_then(|d| "〇一二三四五六七八九".chars().nth(d as usize))
            };
            n.to_string().chars().map(digit).collect()
        }
        "ideographTraditional" => nth("甲乙丙丁戊己庚辛壬癸", 3),
        "ideographZodiac" => nth("子丑寅卯辰巳午未申酉戌亥", 3),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => from('①', 20)
            .or_else(|| {
                (21..=35)
                    .contains(&n)
                    .then(|| char::from_u32(0x3251 + n - 21))?
                    .map(String::from)
            })
            .or_else(|| Some(n.to_string())),
        "decimalEnclosedParen" => from('⑴', 20).or_else(|| Some(format!("({n})"))),
        "decimalEnclosedFullstop" => from('⒈', 20).or_else(|| Some(format!("{n}."))),
        "ideographEnclosedCircle" => from('㊀', 10).or_else(|| Some(chinese(n, false))),
        "upperLetter" => nth("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 4),
        "lowerLetter" => nth("abcdefghijklmnopqrstuvwxyz", 4),
        "upperRoman" => roman(n),
        "lowerRoman" => small(roman(n)),
        "ordinal" => Some(format!("{n}{}", ordinal(n))),
        _ => None,
    }
}

fn ordinal(n: u32) -> &'static str {
    match (n % 10, n % 100) {
        (1, it) if it != 11 => "st",
        (2, it) if it != 12 => "nd",
        (3, it) if it != 13 => "rd",
        _ => "th",
    }
}

fn roman(n: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = (n < 10_000).then_some(n)?;
    let mut text = String::new();
    for (worth, sign) in SIGNS {
        while rest >= worth {
            text.push_str(sign);
            rest -= worth;
        }
    }
    Some(text)
}

/// Writes `n` in Chinese: 一, 十, 二十一, 一百零五.
fn chinese(n: u32, legal: bool) -> String {
    let digits: Vec<char> = match legal {
        true => "零壹贰叁肆伍陆柒捌玖",
        false => "零一二三四五六七八九",
    }
    .chars()
    .collect();
    let units = match legal {
        true => ["", "拾", "佰", "仟"],
        false => ["", "十", "百", "千"],
    };
    if n == 0 || n > 9999 {
        return if n == 0 {
            digits[0].to_string()
        } else {
            n.to_string()
        };
    }
    let shown: Vec<usize> = (n.to_string().bytes())
        .map(|it| usize::from(it - b'0'))
        .collect();
    let mut text = String::new();
    let mut gap = false;
    for (at, digit) in shown.iter().enumerate() {
        if *digit == 0 {
            gap = true;
            continue;
        }
        if gap && !text.is_empty() {
            text.push(digits[0]);
        }
        gap = false;
        let unit = units[shown.len() - 1 - at];
        // 十一, not 一十一.
        if !(text.is_empty() && *digit == 1 && unit == "十") {
            text.push(digits[*digit]);
        }
        text.push_str(unit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_word_prints_them() {
        let shown = |n, format| printed(n, format).unwrap_or_default();
        let chinese: Vec<String> = [1, 10, 11, 20, 101, 110, 215]
            .map(|n| shown(n, "chineseCounting"))
            .into();
        assert_eq!(
            chinese.join(" "),
            "一 十 十一 二十 一百零一 一百一十 二百一十五"
        );
        assert_eq!(shown(3, "decimalEnclosedCircle"), "③");
        assert_eq!(shown(21, "decimalEnclosedCircle"), "㉑");
        assert_eq!(shown(28, "lowerLetter"), "bb");
        assert_eq!(shown(14, "upperRoman"), "XIV");
        assert_eq!(shown(12, "decimalFullWidth"), "１２");
        assert_eq!(shown(2, "ideographTraditional"), "乙");
        assert_eq!(printed(1, "koreanCounting"), None);
    }
}
