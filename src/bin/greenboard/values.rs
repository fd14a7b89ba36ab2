//! Values of the command line, read as people write them. The texts of the errors are examples
//! of what is right.

use greenboard::calendar::Period;
use greenboard::diag::Language;
use jiff::civil::Date;

/// Reads a day.
pub fn date(text: &str) -> Result<Date, &'static str> {
    greenboard::read::values::date(text).ok_or("2026-11-23")
}

/// Reads a period.
pub fn period(text: &str) -> Result<Period, &'static str> {
    let plain = text.replace(['/', '年'], "-");
    let plain = plain.trim_end_matches('月');
    let padded = match plain.split_once('-') {
        Some((year, month)) if month.len() == 1 => format!("{year}-0{month}"),
        _ => plain.to_owned(),
    };
    Period::parse(&padded).ok_or("2026-12")
}

/// Reads a month.
pub fn month(text: &str) -> Result<Period, &'static str> {
    period(text).and_then(|period| match period {
        Period::Month { .. } => Ok(period),
        _ => Err("2026-12"),
    })
}

/// Reads a year of four digits, also written 2026年.
pub fn year(text: &str) -> Result<i16, &'static str> {
    const EXAMPLE: &str = "2026";
    let digits = text.strip_suffix('年').unwrap_or(text);
    let plain = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let year = digits
        .parse()
        .ok()
        .filter(|year| plain && (1900..=2999).contains(year));
    year.ok_or(EXAMPLE)
}

/// Reads a language.
pub fn language(text: &str) -> Result<Language, &'static str> {
    Language::from_tag(text).ok_or("zh, en")
}

/// Reads a site's address; ends it with `/`.
pub fn url(text: &str) -> Result<String, &'static str> {
    const EXAMPLE: &str = "https://example.org/";
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let rest = rest.ok_or(EXAMPLE)?;
    let usable = |c: char| !c.is_whitespace() && !c.is_control() && !"?#\"'<>\\".contains(c);
    if rest.trim_matches('/').is_empty() || !rest.chars().all(usable) {
        return Err(EXAMPLE);
    }
    Ok(format!("{}/", text.trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_have_four_digits() {
        for text in ["2026", "2026年"] {
            assert_eq!(year(text), Ok(2026), "{text}");
        }
        for text in ["26", "二〇二六", "2026-11", "+2026", "0000", ""] {
            assert!(year(text).is_err(), "{text}");
        }
    }

    #[test]
    fn months_are_read_as_people_write_them() {
        for text in ["2026-12", "2026/12", "2026年12月", "2026-9", "2026年9月"] {
            assert!(month(text).is_ok(), "{text}");
        }
        for text in ["2026-12a", "2026-W49", "2026-13", "十二月", "12"] {
            assert!(month(text).is_err(), "{text}");
        }
    }
}
