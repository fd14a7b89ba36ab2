//! Values as staff write them: dates, yes and no, sheets and lengths.

use jiff::civil::Date;

use crate::area::Size;

/// Reads `2026-11-01`, `2026/11/1`, `2026.11.1` or `2026年11月1日`, figures full-width too.
pub fn date(text: &str) -> Option<Date> {
    let plain: String = text.chars().map(half_width).collect();
    let plain = plain.trim().trim_end_matches('日');
    let mut parts = plain.split(['-', '/', '.', '年', '月']).map(str::trim);
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    if parts.next().is_some() {
        return None;
    }
    Date::new(year, month, day).ok()
}

/// Turns a full-width figure or letter into its usual form.
pub fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        '—' | '–' => '-',
        c => c,
    }
}

/// Reads yes and no.
pub fn flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "是" | "有" | "对" => Some(true),
        "false" | "no" | "off" | "否" | "无" | "不" => Some(false),
        _ => None,
    }
}

/// Reads `A3`, `A3 横`, `600x900mm` or `600×900`.
pub fn size(text: &str) -> Option<Size> {
    let plain: String = text
        .chars()
        .map(half_width)
        .collect::<String>()
        .to_ascii_lowercase();
    if let Some(rest) = plain.trim().strip_prefix('a') {
        let mut rest = rest.chars();
        let n = u8::try_from(rest.next()?.to_digit(10)?).ok()?;
        let size = Size::iso_a(n)?;
        return match rest.as_str().trim() {
            "" | "竖" | "portrait" => Some(size),
            "横" | "landscape" => Some(Size::new(size.height, size.width)),
            _ => None,
        };
    }
    let plain = plain.replace("毫米", "mm");
    let (width, height) = plain.split_once(['x', '×', '*'])?;
    let size = Size::new(millimetres(width)?, millimetres(height)?);
    Some(size)
}

/// Reads a length in mm: `60`, `60mm`, `60毫米`; more than nothing and at most 20 m.
pub fn millimetres(text: &str) -> Option<f64> {
    let plain: String = text
        .chars()
        .map(half_width)
        .collect::<String>()
        .to_ascii_lowercase();
    let number = plain
        .trim()
        .trim_end_matches("mm")
        .trim_end_matches("毫米")
        .trim();
    number
        .parse()
        .ok()
        .filter(|mm| (1.0..=20_000.0).contains(mm))
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
    fn dates_are_read_as_people_write_them() {
        let day = Some(Date::constant(2026, 11, 1));
        for text in [
            "2026-11-01",
            "2026/11/1",
            "2026年11月1日",
            "2026.11.1",
            "２０２６－１１－０１",
            "2026年 11月 1日",
        ] {
            assert_eq!(date(text), day, "{text}");
        }
        for text in [
            "2026-13-01",
            "2026-02-29",
            "11-01",
            "26-11-01",
            "明天",
            "2026-11-01-02",
            "",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

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
            ("420x297mm", "A3 横"),
            ("600×900", "600×900 mm"),
            ("600 x 900 毫米", "600×900 mm"),
        ] {
            assert_eq!(
                size(text).map(|size| size.to_string()),
                Some(shown.to_owned()),
                "{text}"
            );
        }
        for text in ["A9", "大", "600", "0x10", "-5x10", "1e9x2"] {
            assert_eq!(size(text), None, "{text}");
        }
    }
}
