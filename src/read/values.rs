//! Values as staff write them: dates, yes and no, sheets and lengths, numbers in Chinese.

use crate::area::Size;

mod days;

pub use days::{NotDays, date, day, days_between, next_on, without_year};

/// Turns a full-width figure or letter into its usual form.
pub fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '—' | '–' => '-',
        c => crate::spelling::narrow(c),
    }
}

/// Tells whether `c` is a character that nobody sees: such come along with what is copied from a
/// chat or a web page. A joiner within an emoji is seen, by what it joins to `before`.
pub fn is_unseen(c: char, before: Option<char>) -> bool {
    match c {
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' => true,
        '\u{2060}'..='\u{2069}' | '\u{feff}' => true,
        '\u{200c}' | '\u{200d}' => before.is_none_or(|c| c.is_ascii() || is_wide(c)),
        _ => false,
    }
}

/// Returns what is seen of `text`.
pub fn seen(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    for c in text.chars() {
        if !is_unseen(c, seen.chars().next_back()) {
            seen.push(c);
        }
    }
    seen
}

/// Tells whether `c` is Chinese, or a sign that goes with Chinese: no blank parts such from others.
pub fn is_wide(c: char) -> bool {
    matches!(c, '\u{2014}' | '\u{2018}'..='\u{201d}' | '\u{2026}' | '\u{2e80}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{323af}')
}

/// Makes words alike that differ in width, capitals, blanks, or in quotes or brackets around them.
pub fn fold(text: &str) -> String {
    const AROUND: &str = "“”‘’「」『』《》〈〉【】〔〕\"'[]()";
    let plain: String = text.chars().map(half_width).collect();
    let plain = plain.trim().trim_matches(|c| AROUND.contains(c));
    let seen = plain
        .chars()
        .filter(|c| !c.is_whitespace() && !is_unseen(*c, None));
    seen.flat_map(char::to_lowercase).collect()
}

/// Returns a value in half width and small letters, without blanks at its ends.
fn plain(text: &str) -> String {
    let seen = text.chars().filter(|c| !is_unseen(*c, None));
    let plain: String = seen.map(half_width).collect();
    plain.trim().to_ascii_lowercase()
}

/// Reads yes and no.
pub fn flag(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "true" | "yes" | "on" | "y" | "是" | "是的" | "有" | "对" | "要" | "需要" | "开" | "√" => {
            Some(true)
        }
        "false" | "no" | "off" | "n" | "否" | "无" | "不" | "不是" | "没有" | "不要" | "不用"
        | "不需要" | "关" | "×" => Some(false),
        _ => None,
    }
}

/// Reads a whole number: `3`, `１，２００`, `三`, `二十`; a measure word behind it may stay.
pub fn whole(text: &str) -> Option<i64> {
    const MEASURES: &str = "个块份张期次天级篇处件户条组";
    let plain = plain(text);
    let number = plain.trim_end_matches(|c| MEASURES.contains(c)).trim_end();
    let number = if number.is_empty() { &plain } else { number };
    let figures = number.replace(',', "");
    figures
        .parse()
        .ok()
        .or_else(|| chinese(number).map(i64::from))
}

/// Reads a number up to 999 in Chinese: 七, 十二, 廿一, 一百二十, 两.
pub fn chinese(text: &str) -> Option<u32> {
    let figure = |c: char| {
        let at = "〇一二三四五六七八九".chars().position(|known| known == c);
        match c {
            '零' | '○' => Some(0),
            '两' => Some(2),
            _ => at.and_then(|at| u32::try_from(at).ok()),
        }
    };
    let (mut sum, mut last, mut is_empty) = (0, None, true);
    for c in text.chars() {
        is_empty = false;
        match c {
            '百' if sum == 0 => sum = last.take().unwrap_or(1) * 100,
            '十' if sum % 100 == 0 => sum += last.take().unwrap_or(1) * 10,
            '廿' if sum == 0 && last.is_none() => sum = 20,
            '卅' if sum == 0 && last.is_none() => sum = 30,
            // 一百零五: the naught only holds a place.
            '零' | '〇' if sum >= 100 && last.is_none() => {}
            c if last.is_none() => last = Some(figure(c)?),
            _ => return None,
        }
    }
    (!is_empty).then_some(sum + last.unwrap_or(0))
}

/// Units of length by their names, in mm; the longer names first.
const LENGTHS: [(&str, f64); 9] = [
    ("毫米", 1.0),
    ("厘米", 10.0),
    ("公分", 10.0),
    ("分米", 100.0),
    ("公尺", 1000.0),
    ("米", 1000.0),
    ("mm", 1.0),
    ("cm", 10.0),
    ("m", 1000.0),
];

/// Splits a number with a unit of length; the unit is in mm.
fn number_and_unit(text: &str) -> Option<(f64, Option<f64>)> {
    let text = text.trim();
    let unit = LENGTHS.iter().find(|(name, _)| text.ends_with(name));
    let number = unit.map_or(text, |(name, _)| &text[..text.len() - name.len()]);
    let number = number.trim();
    let is_number = number
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number = number.parse().ok().filter(|_| is_number)?;
    Some((number, unit.map(|(_, mm)| *mm)))
}

/// Reads a length in mm, of `least` mm at least and of 20 m at most; `unit`, in mm, is what a bare
/// number counts.
pub fn length(text: &str, unit: f64, least: f64) -> Option<f64> {
    let (number, own) = number_and_unit(&plain(text))?;
    // So that 0.6 m are 600 mm and not a hair less.
    let mm = (number * own.unwrap_or(unit) * 1000.0).round() / 1000.0;
    (least..=20_000.0).contains(&mm).then_some(mm)
}

/// Reads a length in mm: `60`, `60mm`, `6厘米`, `3.2米`; 1 mm at least.
pub fn millimetres(text: &str) -> Option<f64> {
    length(text, 1.0, 1.0)
}

/// Reads `A3`, `A3 横`, `横版A3纸`, `600x900mm`, `60×90cm`, `60厘米x90厘米`, `0.6x0.9米` or
/// `宽60厘米、高90厘米`; bare numbers are mm.
pub fn size(text: &str) -> Option<Size> {
    /// The longer side of a size in centimetres, where it has no unit: below that of an A5 sheet in
    /// millimetres.
    const CENTIMETRES: std::ops::Range<f64> = 20.0..210.0;
    let plain: String = plain(text).chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(size) = iso_size(&plain) {
        return Some(size);
    }
    let sides = plain.split_once(['x', '×', '*', '乘']);
    let (first, second) = match sides {
        Some(sides) => sides,
        None => plain.split_at(plain.rfind(['高', '宽'])?),
    };
    let label = ['宽', '高', '长', '为', ':', ',', '、', ';'];
    let is_turned = first.starts_with('高') || second.starts_with('宽');
    let bare = |side: &str| number_and_unit(side.trim_matches(label));
    let ((first, own), (second, other)) = (bare(first)?, bare(second)?);
    // Nobody makes a board or a poster of 60 × 90 millimetres.
    let unit = match CENTIMETRES.contains(&first.max(second)) {
        true => 10.0,
        false => 1.0,
    };
    let (own, other) = (own.or(other).unwrap_or(unit), other.or(own).unwrap_or(unit));
    let side = |number: f64, unit: f64| millimetres(&(number * unit).to_string());
    let (first, second) = (side(first, own)?, side(second, other)?);
    Some(match is_turned {
        true => Size::new(second, first),
        false => Size::new(first, second),
    })
}

/// Reads the name of a sheet of the A series, upright or lying.
fn iso_size(plain: &str) -> Option<Size> {
    let at = plain.find('a')?;
    let mut rest = plain[at + 1..].chars();
    let n = u8::try_from(rest.next()?.to_digit(10)?).ok()?;
    let size = Size::iso_a(n)?;
    let around = format!("{}{}", &plain[..at], rest.as_str());
    let way: String = around
        .chars()
        .filter(|c| !"纸张版向放的()（）-".contains(*c))
        .collect();
    match way.as_str() {
        "" | "竖" | "纵" | "portrait" => Some(size),
        "横" | "landscape" => Some(Size::new(size.height, size.width)),
        _ => None,
    }
}

/// Reads an amount of yuan in fen: `1`, `0.8`, `15元`, `￥2.50`; at most a million yuan.
pub fn fen(text: &str) -> Option<i64> {
    let plain: String = text.chars().map(half_width).collect();
    let plain = plain.trim().trim_start_matches(['¥', '￥']);
    let plain = plain.trim_end_matches('元').trim();
    let (yuan, rest) = plain.split_once('.').unwrap_or((plain, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if yuan.is_empty() || yuan.len() > 7 || rest.len() > 2 || !digits(yuan) || !digits(rest) {
        return None;
    }
    let fen = format!("{yuan}{rest:0<2}").parse().ok()?;
    (fen <= 100_000_000).then_some(fen)
}

/// Tells whether nobody sees `c`, although it is there: signs for joining and directing.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_to_the_fen() {
        let amounts = [
            ("1", 100),
            ("0.8", 80),
            ("15元", 1500),
            ("￥2.50", 250),
            ("１２．５", 1250),
        ];
        for (text, amount) in amounts {
            assert_eq!(fen(text), Some(amount), "{text}");
        }
        for text in ["", "-1", "1.234", "两元", ".5", "1e3", "99999999"] {
            assert_eq!(fen(text), None, "{text}");
        }
    }

    #[test]
    fn sheets_are_read_by_name_and_by_measure() {
        for (text, shown) in [
            ("A3", "A3"),
            ("a4 横", "A4 横"),
            ("Ａ３横", "A3 横"),
            ("横版A3纸", "A3 横"),
            ("A3（竖）", "A3"),
            ("A3横向", "A3 横"),
            ("420x297mm", "A3 横"),
            ("600×900", "600×900 mm"),
            ("600 x 900 毫米", "600×900 mm"),
            ("60厘米x90厘米", "600×900 mm"),
            ("60×90cm", "600×900 mm"),
            ("60cm*90", "600×900 mm"),
            ("0.6x0.9米", "600×900 mm"),
            ("0.6 m × 90 公分", "600×900 mm"),
            ("1.2米乘2.4米", "1200×2400 mm"),
            ("宽60厘米、高90厘米", "600×900 mm"),
            ("高 90cm 宽 60cm", "600×900 mm"),
            ("29.7x42cm", "A3"),
            ("0.1x0.3米", "100×300 mm"),
            // Nobody has a board of 6 by 9 centimetres.
            ("60x90", "600×900 mm"),
            ("120*80", "1200×800 mm"),
            ("148x210", "A5"),
        ] {
            assert_eq!(
                size(text).map(|size| size.to_string()),
                Some(shown.to_owned()),
                "{text}"
            );
        }
        for text in [
            "A9", "大", "600", "0x10", "-5x10", "1e9x2", "0.6x0.9", "8开", "A3方", "60厘米", "宽60",
        ] {
            assert_eq!(size(text), None, "{text}");
        }
    }

    #[test]
    fn lengths_are_read_in_the_units_that_people_measure_in() {
        for (text, mm) in [
            ("60", 60.0),
            ("60mm", 60.0),
            ("３２０厘米", 3200.0),
            ("3.2米", 3200.0),
            ("3.2 m", 3200.0),
            ("2.75m", 2750.0),
        ] {
            assert_eq!(millimetres(text), Some(mm), "{text}");
        }
        assert_eq!(length("1.5", 1000.0, 300.0), Some(1500.0));
        assert_eq!(length("150厘米", 1000.0, 300.0), Some(1500.0));
        for text in ["", "米", "0", "三米", "30千米", "1e3", "-2米"] {
            assert_eq!(millimetres(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_read_in_figures_and_in_chinese() {
        for (text, number) in [
            ("3", 3),
            ("-2", -2),
            ("２块", 2),
            ("1,200", 1200),
            ("１，２００户", 1200),
            ("三", 3),
            ("两次", 2),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("廿一", 21),
            ("一百零五", 105),
            ("一百二十", 120),
        ] {
            assert_eq!(whole(text), Some(number), "{text}");
        }
        for text in ["", "高", "一二", "三四十", "1.5", "十十", "3个月"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    #[test]
    fn yes_and_no_are_read_as_people_say_them() {
        for text in [
            "true",
            "Yes",
            "是",
            "ＴＲＵＥ",
            "“是”",
            "要",
            " 是的 ",
            "是\u{200b}",
        ] {
            assert_eq!(flag(text), Some(true), "{text}");
        }
        for text in ["false", "否", "不要", "没有", "Ｎｏ"] {
            assert_eq!(flag(text), Some(false), "{text}");
        }
        assert_eq!(flag("也许"), None);
    }

    #[test]
    fn characters_that_nobody_sees_vanish_but_not_those_of_an_emoji() {
        assert!(is_unseen('\u{200b}', Some('水')));
        assert!(is_unseen('\u{200d}', Some('水')));
        assert!(!is_unseen('\u{200d}', Some('👨')));
        assert_eq!(seen("水\u{200b}\u{feff}电👨\u{200d}👩"), "水电👨\u{200d}👩");
    }
}
