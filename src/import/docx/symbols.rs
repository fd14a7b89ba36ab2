//! Signs of fonts that draw pictures in the place of letters, as characters that every font has.

/// Signs by font and code. Source: the fonts' own tables as Unicode maps them (Unicode 7.0, L2/11-052).
const WINGDINGS: [(u32, &str); 46] = [
    (0x22, "✂"),
    (0x28, "☎"),
    (0x29, "✆"),
    (0x2A, "✉"),
    (0x36, "⌛"),
    (0x41, "✌"),
    (0x45, "☜"),
    (0x46, "☞"),
    (0x4A, "☺"),
    (0x4C, "☹"),
    (0x51, "✈"),
    (0x52, "☼"),
    (0x54, "❄"),
    (0x6C, "●"),
    (0x6D, "❍"),
    (0x6E, "■"),
    (0x6F, "□"),
    (0x70, "□"),
    (0x71, "❑"),
    (0x72, "❒"),
    (0x74, "◆"),
    (0x75, "◆"),
    (0x76, "❖"),
    (0x77, "·"),
    (0x80, "⓪"),
    (0x81, "①"),
    (0x82, "②"),
    (0x83, "③"),
    (0x84, "④"),
    (0x85, "⑤"),
    (0x86, "⑥"),
    (0x87, "⑦"),
    (0x88, "⑧"),
    (0x89, "⑨"),
    (0x8A, "⑩"),
    (0x9F, "•"),
    (0xA1, "○"),
    (0xA7, "▪"),
    (0xA8, "☐"),
    (0xAB, "★"),
    (0xD8, "➢"),
    (0xE0, "→"),
    (0xFB, "✗"),
    (0xFC, "✓"),
    (0xFD, "☒"),
    (0xFE, "☑"),
];
const WINGDINGS_2: [(u32, &str); 14] = [
    (0x30, "📃"),
    (0x4F, "✗"),
    (0x50, "✓"),
    (0x51, "☒"),
    (0x52, "☑"),
    (0x53, "☒"),
    (0x54, "☒"),
    (0x98, "●"),
    (0xA3, "☐"),
    (0x97, "•"),
    (0x9E, "◎"),
    (0x6A, "①"),
    (0x6B, "②"),
    (0x6C, "③"),
];
const SYMBOL: [(u32, &str); 30] = [
    (0x61, "α"),
    (0x62, "β"),
    (0x67, "γ"),
    (0x64, "δ"),
    (0x6C, "λ"),
    (0x6D, "μ"),
    (0x70, "π"),
    (0x71, "θ"),
    (0x73, "σ"),
    (0x77, "ω"),
    (0x44, "Δ"),
    (0x53, "Σ"),
    (0x57, "Ω"),
    (0xA3, "≤"),
    (0xA5, "∞"),
    (0xA8, "♦"),
    (0xAE, "→"),
    (0xAC, "←"),
    (0xAD, "↑"),
    (0xAF, "↓"),
    (0xB0, "°"),
    (0xB1, "±"),
    (0xB3, "≥"),
    (0xB4, "×"),
    (0xB7, "•"),
    (0xB8, "÷"),
    (0xB9, "≠"),
    (0xBB, "≈"),
    (0xD6, "√"),
    (0x2D, "−"),
];
const WEBDINGS: [(u32, &str); 4] = [(0x61, "✓"), (0x72, "✗"), (0x63, "□"), (0x67, "■")];

/// Tells whether the letters of a font are signs.
pub(super) fn is_of_signs(font: &str) -> bool {
    table(font).is_some()
}

fn table(font: &str) -> Option<&'static [(u32, &'static str)]> {
    Some(match font.trim().to_lowercase().as_str() {
        "wingdings" => &WINGDINGS,
        "wingdings 2" => &WINGDINGS_2,
        "wingdings 3" => &[],
        "webdings" => &WEBDINGS,
        "symbol" => &SYMBOL,
        _ => return None,
    })
}

/// Returns the character for a sign of `font`; `None` where it is not known. Codes lie as letters do
/// or in the area of private use.
pub(super) fn sign(font: &str, code: u32) -> Option<String> {
    let low = if (0xF000..0xF100).contains(&code) {
        code - 0xF000
    } else {
        code
    };
    match table(font) {
        None if (0xE000..0xF900).contains(&code) => None,
        None => char::from_u32(code).map(String::from),
        // A blank, or a character that the font does not have and another shows.
        Some(_) if low == 0x20 => Some(" ".to_owned()),
        Some(_) if low > 0xFF => char::from_u32(code).map(String::from),
        Some(table) => {
            let found = table.iter().find(|(it, _)| *it == low);
            found.map(|(_, sign)| (*sign).to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_ticks_wherever_their_code_lies() {
        assert_eq!(sign("Wingdings", 0xF0FE).as_deref(), Some("☑"));
        assert_eq!(sign("Wingdings", 0xFE).as_deref(), Some("☑"));
        assert_eq!(sign("Wingdings 2", 0x52).as_deref(), Some("☑"));
        assert_eq!(sign("Wingdings", 0x30), None);
        assert_eq!(sign("宋体", 0x2611).as_deref(), Some("☑"));
    }
}
