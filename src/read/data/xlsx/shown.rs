//! Cells as an office program shows them: their number formats, as staff in China have them.
//!
//! The crate `ssfmt` knows the format codes of the standard. What Chinese programs add is put
//! into those first: 上午/下午, `aaaa` for the day of the week, `!` before a sign, `G/通用格式`,
//! the built-in codes whose meaning follows the country, and figures as 一二三.

use std::collections::BTreeMap;

use serde_json::Value;
use ssfmt::{DateSystem, FormatOptions, NumberFormat};

use super::figures;

/// The longest code that an office program takes.
const LONGEST: usize = 255;

/// The formats of a workbook, each understood once.
pub(super) struct Formats {
    codes: BTreeMap<String, Option<Prepared>>,
    system: DateSystem,
}

/// A value as it is shown.
#[derive(Debug, PartialEq)]
pub(super) struct Shown {
    pub(super) value: Value,
    /// Whether it is the bare number, because its format is beyond us.
    pub(super) is_bare: bool,
}

impl Formats {
    /// Starts with days counted from 1904, as old Macs did, or from 1900.
    pub(super) fn new(from_1904: bool) -> Self {
        let system = match from_1904 {
            true => DateSystem::Date1904,
            false => DateSystem::Date1900,
        };
        Self {
            codes: BTreeMap::new(),
            system,
        }
    }

    /// Shows a number in a format.
    pub(super) fn number(&mut self, number: f64, code: &str) -> Shown {
        if is_general(code) {
            return general(number);
        }
        let shown = self.prepared(code).and_then(|it| it.number(number));
        match shown {
            Some(text) => Shown {
                value: Value::String(text),
                is_bare: false,
            },
            None => Shown {
                is_bare: true,
                ..general(number)
            },
        }
    }

    /// Shows words in a format, which may add to them or hide them.
    pub(super) fn words(&mut self, words: &str, code: &str) -> String {
        let parts = sections(code);
        let code = match parts[..] {
            [one] if one.contains('@') && one.trim() != "@" => format!(";;;{one}"),
            [_, _, _, ""] => return String::new(),
            [_, _, _, _] => code.to_owned(),
            _ => return words.to_owned(),
        };
        let shown = self.prepared(&code);
        let shown = shown.map(|it| it.format.format_text(words, &it.options));
        shown.map_or_else(|| words.to_owned(), |text| text.trim().to_owned())
    }

    fn prepared(&mut self, code: &str) -> Option<&Prepared> {
        if !self.codes.contains_key(code) {
            let prepared = Prepared::new(code, self.system);
            self.codes.insert(code.to_owned(), prepared);
        }
        self.codes.get(code)?.as_ref()
    }
}

/// Returns the code that a style has, by its number where the file leaves it to the country.
/// Source: ECMA-376-1:2016, 18.8.30, the codes for zh-cn.
pub(super) fn code_of(id: Option<u32>, code: &str) -> &str {
    let is_written = id.is_none_or(|id| id > 58)
        || !matches!(code, "General" | "") && !matches!(id, Some(14 | 22 | 37..=44));
    if is_written {
        return code;
    }
    match id.unwrap_or(0) {
        5 => "¥#,##0;¥-#,##0",
        6 => "¥#,##0;[Red]¥-#,##0",
        7 => "¥#,##0.00;¥-#,##0.00",
        8 => "¥#,##0.00;[Red]¥-#,##0.00",
        14 if code == "mm-dd-yy" => "yyyy/m/d",
        22 if code == "m/d/yy h:mm" => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy年m月",
        28 | 29 | 51 | 53 | 54 | 58 => "m月d日",
        30 => "m-d-yy",
        31 => "yyyy年m月d日",
        32 => "h时mm分",
        33 => "h时mm分ss秒",
        34 | 55 => "上午/下午h时mm分",
        35 | 56 => "上午/下午h时mm分ss秒",
        37 | 38 if code.starts_with("#,##0 ;") => "#,##0;-#,##0",
        39 | 40 if code.starts_with("#,##0.00;(") => "#,##0.00;-#,##0.00",
        41 if code.starts_with("_(") => "#,##0;-#,##0;-",
        42 if code.starts_with("_($") => "¥#,##0;¥-#,##0;¥-",
        43 if code.starts_with("_(") => "#,##0.00;-#,##0.00;-",
        44 if code.starts_with("_($") => "¥#,##0.00;¥-#,##0.00;¥-",
        _ => code,
    }
}

fn is_general(code: &str) -> bool {
    matches!(code.trim(), "" | "@" | "G/通用格式" | "G/General")
        || code.trim().eq_ignore_ascii_case("general")
}

/// Shows a number without a format: whole ones whole, others with at most eleven figures.
fn general(number: f64) -> Shown {
    let plain = |value| Shown {
        value,
        is_bare: false,
    };
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return plain(Value::from(number as i64));
    }
    if number.fract() == 0.0 && number.abs() < 1e21 {
        // More figures than the program keeps: the last ones are noughts whatever was typed.
        return Shown {
            value: Value::String(fifteen(number)),
            is_bare: true,
        };
    }
    let text = ssfmt::format_default(number, "General").unwrap_or_else(|_| number.to_string());
    let exact = text.parse::<f64>().ok().filter(|_| !text.contains('E'));
    plain(exact.map_or(Value::String(text), Value::from))
}

/// Writes a large whole number as offices keep it: fifteen figures, then noughts.
fn fifteen(number: f64) -> String {
    let whole = format!("{:.0}", number.abs());
    let kept = whole.bytes().take(15).map(char::from);
    let rest = std::iter::repeat_n('0', whole.len().saturating_sub(15));
    let sign = if number < 0.0 { "-" } else { "" };
    sign.chars().chain(kept).chain(rest).collect()
}

/// Tells whether a code shows a time of day and no day.
pub(super) fn is_clock(code: &str) -> bool {
    let code = code.to_ascii_lowercase();
    code.contains('h') && !code.contains(['y', 'd'])
}

/// A code in a form that can be applied.
struct Prepared {
    format: NumberFormat,
    options: FormatOptions,
    /// The parts of the code, for positive numbers, negative ones, nought and words.
    parts: Vec<String>,
    is_day: bool,
    /// Figures as 一二三 (1) or 壹贰叁 (2), with whether the number is read out.
    figures: Option<(u8, bool)>,
}

impl Prepared {
    fn new(code: &str, system: DateSystem) -> Option<Self> {
        if code.len() > LONGEST || code.contains(&"0".repeat(16)) {
            return None;
        }
        let mut options = FormatOptions {
            date_system: system,
            ..FormatOptions::default()
        };
        let mut figures = None;
        let mut parts = Vec::new();
        for part in sections(code) {
            let mut translator = Translator::default();
            parts.push(translator.part(part)?);
            if translator.is_chinese {
                options.locale = chinese(options.locale, translator.is_short);
            }
            figures = figures.or(translator.figures.map(|it| (it, part.contains("General"))));
        }
        let format = NumberFormat::parse(&parts.join(";")).ok()?;
        let is_day = format.is_date_format();
        Some(Self {
            format,
            options,
            parts,
            is_day,
            figures,
        })
    }

    fn number(&self, number: f64) -> Option<String> {
        let of_sign = match number {
            number if number > 0.0 || self.parts.len() == 1 => 0,
            number if number < 0.0 => 1,
            _ if self.parts.len() > 2 => 2,
            _ => 0,
        };
        // A part without anything shows nothing: so people hide noughts, or all.
        if self.parts.len() > 1 && self.parts.get(of_sign).is_some_and(String::is_empty) {
            return Some(String::new());
        }
        // Offices round what they show of a number, to fifteen figures: 1.005 is 1.01.
        let nudged = match self.is_day || self.format.has_condition() {
            true => number,
            false => number * (1.0 + 2.0 * f64::EPSILON),
        };
        let text = self.format.try_format(nudged, &self.options).ok()?;
        let text = text.trim().to_owned();
        if self.is_day && text.is_empty() {
            // A day before the calendar begins shows as ####.
            return None;
        }
        match self.figures {
            None => Some(text),
            Some((kind, is_read)) => figures::han(&text, kind, is_read || self.is_day),
        }
    }
}

/// Cuts a code at the semicolons between its parts.
fn sections(code: &str) -> Vec<&str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (at, c) in code.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '\\' | '!' | '_' | '*' => is_escaped = true,
            ';' => {
                parts.push(&code[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&code[start..]);
    parts
}

/// Puts one part of a code into the standard's words.
#[derive(Default)]
struct Translator {
    is_chinese: bool,
    /// Whether days of the week are 一 and not 周一.
    is_short: bool,
    figures: Option<u8>,
}

impl Translator {
    fn part(&mut self, part: &str) -> Option<String> {
        let mut out = String::new();
        let mut rest = part;
        while let Some(c) = rest.chars().next() {
            let after = &rest[c.len_utf8()..];
            let second = after.chars().next().map_or(0, char::len_utf8);
            rest = match c {
                '"' => {
                    let end = after.find('"').map_or(after.len(), |end| end + 1);
                    out.push_str(&rest[..1 + end]);
                    &after[end..]
                }
                // `!` is the Chinese programs' backslash.
                '!' => {
                    out.push('\\');
                    out.push_str(&after[..second]);
                    &after[second..]
                }
                '\\' => {
                    out.push_str(&rest[..1 + second]);
                    &after[second..]
                }
                // Room as wide as a character, and a character repeated to fill the cell.
                '_' | '*' => &after[second..],
                '[' => {
                    let end = after.find(']')?;
                    match self.bracket(&after[..end], &mut out)? {
                        Bracket::Part(whole) => return Some(whole.to_owned()),
                        Bracket::Done => &after[end + 1..],
                    }
                }
                _ => self.word(rest, &mut out).unwrap_or_else(|| {
                    out.push(c);
                    after
                }),
            };
        }
        Some(out)
    }

    /// Takes a word of more letters than one; gives what follows it.
    fn word<'a>(&mut self, rest: &'a str, out: &mut String) -> Option<&'a str> {
        const WORDS: [(&str, &str); 9] = [
            ("上午/下午", "AM/PM"),
            ("G/通用格式", "General"),
            ("通用格式", "General"),
            ("General", "General"),
            ("AM/PM", "AM/PM"),
            ("am/pm", "AM/PM"),
            ("aaaa", "dddd"),
            ("aaa", "ddd"),
            ("AAAA", "dddd"),
        ];
        let (word, standard) = WORDS.iter().find(|(word, _)| rest.starts_with(word))?;
        self.is_chinese |= matches!(*word, "上午/下午" | "aaaa" | "aaa" | "AAAA");
        self.is_short |= *word == "aaa";
        out.push_str(standard);
        Some(&rest[word.len()..])
    }

    /// Understands what stands in brackets: a language, a currency, a colour, a condition.
    fn bracket(&mut self, inner: &str, out: &mut String) -> Option<Bracket> {
        let upper = inner.to_ascii_uppercase();
        if let Some(kind) = ["DBNUM", "NATNUM"]
            .iter()
            .find_map(|it| upper.strip_prefix(it))
        {
            self.figures = Some(kind.parse().ok().filter(|kind| matches!(kind, 1 | 2))?);
            return Some(Bracket::Done);
        }
        match upper.strip_prefix('$') {
            // The long date and the time as the system shows them.
            Some("-F800") => return Some(Bracket::Part("yyyy\"年\"m\"月\"d\"日\"")),
            Some("-F400") => return Some(Bracket::Part("h:mm:ss")),
            Some(_) => {
                let (sign, language) = inner[1..].split_once('-').unwrap_or((&inner[1..], ""));
                if sign == "RMB" {
                    return None;
                }
                let language = language.to_ascii_lowercase();
                self.is_chinese |=
                    language.starts_with("zh") || language.ends_with("04") && language.len() >= 3;
                if !sign.is_empty() {
                    out.push_str(&format!("\"{}\"", sign.replace('"', "")));
                }
            }
            None => out.push_str(&format!("[{inner}]")),
        }
        Some(Bracket::Done)
    }
}

/// What brackets came to.
enum Bracket {
    /// They stand in what was written, or nowhere.
    Done,
    /// They stand for the whole part of the code.
    Part(&'static str),
}

fn chinese(mut locale: ssfmt::Locale, is_short: bool) -> ssfmt::Locale {
    locale.am_string = "上午";
    locale.pm_string = "下午";
    locale.day_names_full = [
        "星期日",
        "星期一",
        "星期二",
        "星期三",
        "星期四",
        "星期五",
        "星期六",
    ];
    locale.day_names_short = match is_short {
        true => ["日", "一", "二", "三", "四", "五", "六"],
        false => ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
    };
    locale.month_names_full = [
        "一月",
        "二月",
        "三月",
        "四月",
        "五月",
        "六月",
        "七月",
        "八月",
        "九月",
        "十月",
        "十一月",
        "十二月",
    ];
    locale.month_names_short = [
        "1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月",
    ];
    locale
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(number: f64, code: &str) -> String {
        let Shown { value, is_bare } = Formats::new(false).number(number, code);
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        format!("{text}{}", if is_bare { " (bare)" } else { "" })
    }

    #[test]
    fn numbers_money_and_shares_are_as_in_the_office_program() {
        for (number, code, expected) in [
            (30.5, "0.00", "30.50"),
            (1234.5, "#,##0.00", "1,234.50"),
            (30.5, "\"¥\"#,##0.00", "¥30.50"),
            (-30.5, "¥#,##0.00;[Red]¥-#,##0.00", "¥-30.50"),
            (
                30.5,
                "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* \"-\"??_ ;_ @_ ",
                "¥30.50",
            ),
            (
                0.0,
                "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* \"-\"??_ ;_ @_ ",
                "¥-",
            ),
            (30.5, "[$¥-804]#,##0.00", "¥30.50"),
            (0.356, "0%", "36%"),
            (0.356, "0.0%", "35.6%"),
            (1.005, "0.00", "1.01"),
            (7.0, "000", "007"),
            (17.0, "\"第\"000\"号\"", "第017号"),
            (123_456.0, "0!.0,\"万\"", "12.3万"),
            (5_550_116.0, "000\\ 0000", "555 0116"),
            (12.0, "G/通用格式\"元\"", "12元"),
            (12.0, "General", "12"),
            (0.1 + 0.2, "General", "0.3"),
            (1.0 / 3.0, "General", "0.333333333"),
            (0.0, "0;-0;;@", ""),
            (5.0, ";;;", ""),
            (1.0, "[=1]\"是\";[=0]\"否\";General", "是"),
            (
                110_101_199_003_071_000.0,
                "General",
                "110101199003071000 (bare)",
            ),
            (12.5, "[DBNum2][$RMB]General", "12.5 (bare)"),
        ] {
            assert_eq!(shown(number, code), expected, "{number} {code}");
        }
    }

    #[test]
    fn days_and_hours_are_as_in_the_office_program() {
        let day = 46_327.0;
        for (number, code, expected) in [
            (day, "yyyy-mm-dd;@", "2026-11-01"),
            (day, "yyyy\"年\"m\"月\"d\"日\";@", "2026年11月1日"),
            (
                day,
                "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
                "2026年11月1日",
            ),
            (day, "aaaa", "星期日"),
            (day, "[$-804]aaa;@", "日"),
            (day, "[$-804]dddd", "星期日"),
            (day, "m月d日 aaaa", "11月1日 星期日"),
            (
                day,
                "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@",
                "二〇二六年十一月一日",
            ),
            (7.0 / 12.0, "[$-804]上午/下午h\"时\"mm\"分\"", "下午2时00分"),
            (7.0 / 12.0, "[$-804]AM/PMh\"时\"mm\"分\";@", "下午2时00分"),
            (7.0 / 12.0, "h:mm AM/PM", "2:00 PM"),
            (7.0 / 12.0, "[$-F400]h:mm:ss\\ AM/PM", "14:00:00"),
            (1.25, "[h]:mm", "30:00"),
            (day + 0.5, "yyyy/m/d h:mm", "2026/11/1 12:00"),
        ] {
            assert_eq!(shown(number, code), expected, "{number} {code}");
        }
        assert_eq!(code_of(Some(14), "mm-dd-yy"), "yyyy/m/d");
        assert_eq!(code_of(Some(58), "General"), "m月d日");
        assert_eq!(code_of(Some(31), "yyyy.m.d"), "yyyy.m.d");
        assert_eq!(code_of(Some(2), "0.00"), "0.00");
    }

    #[test]
    fn words_follow_their_part_of_the_code() {
        let mut formats = Formats::new(false);
        assert_eq!(formats.words("甲", "@"), "甲");
        assert_eq!(formats.words("甲", "@\"楼\""), "甲楼");
        assert_eq!(formats.words("甲", "0;0;0;\"第\"@"), "第甲");
        assert_eq!(formats.words("甲", ";;;"), "");
    }
}
