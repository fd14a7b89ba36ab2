//! Figures in Chinese: 一二三, and numbers read out with tens and hundreds.

/// Writes the figures of `text` in Chinese: one by one, or, where the number `is_read` out and is
/// no year, with tens and hundreds. `None` for numbers that are not whole.
pub(super) fn han(text: &str, kind: u8, is_read: bool) -> Option<String> {
    if is_read && text.contains(['.', 'E']) {
        return None;
    }
    let mut out = String::new();
    let mut figures = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            figures.push(c);
            continue;
        }
        let is_year = figures.len() == 4 && c == '年';
        match is_read && !is_year {
            true if !figures.is_empty() => out.push_str(&read_out(&figures, kind)?),
            _ => out.extend(figures.bytes().map(|it| figure(it - b'0', kind, true))),
        }
        figures.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    Some(out)
}

fn figure(digit: u8, kind: u8, alone: bool) -> char {
    const PLAIN: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const FORMAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
    match (kind, digit) {
        (1, 0) if alone => '〇',
        (1, digit) => PLAIN[usize::from(digit)],
        (_, digit) => FORMAL[usize::from(digit)],
    }
}

/// Reads a whole number below a trillion out: 120 is 一百二十.
fn read_out(figures: &str, kind: u8) -> Option<String> {
    let number: u64 = figures
        .parse()
        .ok()
        .filter(|number| *number < 1_000_000_000_000)?;
    if number == 0 {
        return Some("零".to_owned());
    }
    let units: [&str; 4] = match kind {
        1 => ["", "十", "百", "千"],
        _ => ["", "拾", "佰", "仟"],
    };
    let digits = number.to_string();
    let mut out = String::new();
    let mut gap = false;
    for (at, byte) in digits.bytes().enumerate() {
        let place = digits.len() - 1 - at;
        match byte {
            b'0' => gap = true,
            _ => {
                if std::mem::take(&mut gap) && !out.is_empty() {
                    out.push('零');
                }
                out.push(figure(byte - b'0', kind, false));
                out.push_str(units[place % 4]);
            }
        }
        if place.is_multiple_of(4) && place > 0 {
            let group = number / 10_u64.pow(u32::try_from(place).unwrap_or(0)) % 10_000;
            if group > 0 {
                out.push_str(["", "万", "亿"][place / 4]);
            }
        }
    }
    Some(match kind {
        1 => out
            .strip_prefix("一十")
            .map_or(out.clone(), |rest| format!("十{rest}")),
        _ => out,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_out_and_others_told_figure_by_figure() {
        for (number, expected) in [
            ("0", "零"),
            ("5", "五"),
            ("10", "十"),
            ("15", "十五"),
            ("120", "一百二十"),
            ("205", "二百零五"),
            ("10010", "一万零一十"),
            ("30000500", "三千万零五百"),
            ("2026年11月30日", "二〇二六年十一月三十日"),
        ] {
            assert_eq!(han(number, 1, true).as_deref(), Some(expected));
        }
        assert_eq!(han("1203", 2, true).as_deref(), Some("壹仟贰佰零叁"));
        assert_eq!(han("305", 1, false).as_deref(), Some("三〇五"));
        assert_eq!(han("1.5", 1, true), None);
    }
}
