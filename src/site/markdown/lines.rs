//! How lines of Chinese office writing begin, and which of them stand by themselves.
//!
//! `1、` `（1）` `①` `一、` number clauses, `•` and `●` begin items, and nobody leaves a line empty
//! between. Markdown's grammar knows none of them; here they are recognised.

use super::cjk;

/// Signs that begin an item and mean nothing else: they become bullets.
const BULLETS: &str = "•·●◦▪‣∙・－–‐";
/// Signs that begin an item and may mean something: they stay as they are typed.
const SIGNS: &str = "■◆◇★☆▲△▼▶►▷◀※→➢➤➔✦✧✔✓√✗✘☑☒☐□○◎☎✆❖◉";
const NUMERALS: &str = "〇零一二三四五六七八九十百";
/// What follows a number that is no heading's: `1.5 米`.
const UNITS: [&str; 22] = [
    "米", "厘", "毫", "公", "平", "吨", "升", "克", "斤", "元", "万", "亿", "度", "℃", "倍",
    "小时", "分钟", "天", "年", "%", "m", "k",
];
/// The most characters of a heading with one mark and no blank.
const LONGEST_TITLE: usize = 20;
/// What a tick is written with.
const TICKS: &str = "√✓✔☑xXvV";

/// What a line begins with that is a letter or two away from Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// `##注意`.
    Heading {
        /// The bytes of its marks and of the blanks behind them.
        length: usize,
        level: usize,
    },
    /// `1.甲`, `1．甲` or `1. 甲`.
    Ordered {
        /// The bytes of number, point and blanks.
        length: usize,
        number: u64,
        /// Whether Markdown knows it for an item.
        is_proper: bool,
    },
    /// `-空桶`, `•空桶`, `-　空桶`.
    Bullet {
        /// The bytes of sign and blanks.
        length: usize,
    },
    /// `[]`, `[√]`, `-[ √ ]`.
    Task {
        /// The bytes of box and blanks, of a sign before them too.
        length: usize,
        is_done: bool,
    },
    /// A line of one sign: `=====`, `———`.
    Rule,
}

/// Reads how a line begins; `None` where it is plain text or Markdown of the right form.
pub(super) fn start(line: &str) -> Option<Start> {
    let line = line.trim_end();
    if is_rule(line) {
        return Some(Start::Rule);
    }
    heading(line)
        .or_else(|| task(line))
        .or_else(|| ordered(line))
        .or_else(|| bullet(line))
}

/// Tells whether a character is a blank, of whatever width.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

/// What people type for blanks that a browser must not swallow.
const BLANK_ENTITIES: [&str; 5] = ["&nbsp;", "&emsp;", "&ensp;", "&#12288;", "&#160;"];

/// Returns the bytes of the blanks that a line begins with, those written as entities among them.
pub(super) fn lead(line: &str) -> usize {
    let mut rest = line.trim_start_matches(is_blank);
    while let Some(behind) = BLANK_ENTITIES.iter().find_map(|it| rest.strip_prefix(it)) {
        rest = behind.trim_start_matches(is_blank);
    }
    line.len() - rest.len()
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_blank).len()
}

fn is_rule(line: &str) -> bool {
    let mut chars = line.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    let least = match first {
        '—' | '–' | '―' | '─' | '━' | '═' | '－' | '=' | '＝' | '＊' => 3,
        '·' | '•' | '～' | '~' => 5,
        _ => return false,
    };
    chars.clone().count() + 1 >= least && chars.all(|c| c == first)
}

fn heading(line: &str) -> Option<Start> {
    let marks = |c: char| matches!(c, '#' | '＃');
    let rest = line.trim_start_matches(marks);
    let marks = &line[..line.len() - rest.len()];
    let level = marks.chars().count();
    let words = rest.trim_start_matches(is_blank);
    let is_proper = marks.is_ascii() && rest.starts_with([' ', '\t']);
    if !(1..=6).contains(&level) || words.is_empty() || is_proper {
        return None;
    }
    // One mark alone begins a number (`#3楼`) or a tag (`#节水#`) as well.
    let is_title = words.starts_with(is_letter)
        && words.chars().count() <= LONGEST_TITLE
        && !words.contains(['#', '＃', '。']);
    let is_heading = level > 1 || rest.starts_with(is_blank) || is_title;
    is_heading.then_some(Start::Heading {
        length: line.len() - words.len(),
        level,
    })
}

fn task(line: &str) -> Option<Start> {
    let bare = line.trim_start_matches(['-', '*', '+']);
    let is_item = line.len() - bare.len() == 1;
    let bare = if is_item {
        bare.trim_start_matches(is_blank)
    } else {
        line
    };
    let close = match bare.chars().next()? {
        '[' => ']',
        '【' => '】',
        '［' => '］',
        _ => return None,
    };
    let (inner, rest) = bare[bare.chars().next()?.len_utf8()..].split_once(close)?;
    let inner = inner.trim();
    let is_done = inner.chars().count() == 1 && TICKS.contains(inner);
    let is_link = rest.starts_with(['(', '（', '[', ':', '：']);
    let words = rest.trim_start_matches(is_blank);
    if !(is_done || inner.is_empty()) || is_link || words.is_empty() {
        return None;
    }
    let length = line.len() - words.len();
    Some(Start::Task { length, is_done })
}

fn ordered(line: &str) -> Option<Start> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &line[..line.len() - rest.len()];
    if !(1..=3).contains(&digits.len()) {
        return None;
    }
    let words = rest.strip_prefix(['.', '．'])?;
    let text = words.trim_start_matches(is_blank);
    let first = text.chars().next()?;
    // `3.5米`, `1.docx` and `1..3` are no items.
    let is_item = words.starts_with(is_blank)
        || !(first.is_ascii_digit() || first.is_ascii_lowercase() || matches!(first, '.' | '．'));
    is_item.then_some(Start::Ordered {
        length: line.len() - text.len(),
        number: digits.parse().ok()?,
        is_proper: rest.starts_with('.') && words.starts_with([' ', '\t']),
    })
}

fn bullet(line: &str) -> Option<Start> {
    let sign = line.chars().next()?;
    let rest = &line[sign.len_utf8()..];
    let words = rest.trim_start_matches(is_blank);
    let first = words.chars().next()?;
    let length = line.len() - words.len();
    let is_apart = blanks(rest) > 0;
    let is_bullet = match sign {
        // With a blank of ordinary width it is Markdown's own.
        '-' | '*' | '+' if rest.starts_with([' ', '\t']) => false,
        '*' | '+' => is_apart,
        '-' | '－' | '–' | '‐' => {
            is_apart || !(first == sign || matches!(first, '-' | '>') || first.is_ascii_digit())
        }
        sign => BULLETS.contains(sign) && first != sign,
    };
    is_bullet.then_some(Start::Bullet { length })
}

/// Tells whether a line begins with a number or sign of which Markdown knows nothing, so that it
/// stands by itself as it is typed: `1、` `（1）` `①` `一、` `第一条` `A．` `※`.
pub(super) fn is_typed(line: &str) -> bool {
    let whole = line;
    let stars = line.trim_start_matches(['*', '_']);
    let line = match line.len() - stars.len() {
        1 if line.starts_with('*') => {
            return !stars.contains('*') && stars.starts_with(|c| !is_blank(c));
        }
        _ => stars,
    };
    let Some(first) = line.chars().next() else {
        return false;
    };
    let rest = &line[first.len_utf8()..];
    if rest.trim().is_empty() {
        return false;
    }
    match first {
        '（' | '(' | '〔' | '【' => is_in_brackets(rest),
        '—' => rest.starts_with('—'),
        '+' | '＋' => rest.starts_with(is_letter),
        '-' | '－' => is_signed_figure(rest),
        '第' => is_clause(rest),
        'A'..='Z' => follows(rest, &['、', '．', '）', ')']) || is_lettered(rest),
        'a'..='z' => follows(rest, &['、', '．', '）', ')']),
        first if is_enclosed(first) || SIGNS.contains(first) => true,
        first if first.is_ascii_digit() => {
            is_numbered(line) || (stars.len() < whole.len() && is_bold_number(line))
        }
        '０'..='９' => {
            let rest = line.trim_start_matches(|c| matches!(c, '０'..='９'));
            follows(rest, &['、', '．', '.', '）', ')'])
        }
        first if NUMERALS.contains(first) => {
            let rest = line.trim_start_matches(|c| NUMERALS.contains(c));
            line.len() - rest.len() <= 4 * '一'.len_utf8() && follows(rest, &['、', '．', '.'])
        }
        _ => false,
    }
}

/// Tells whether `line`, which follows the line `before` in one paragraph, begins anew there:
/// lines of one form below each other (`时间：` `地点：`, rows of a list whose words wide blanks set
/// apart), and a date that is a line.
pub(super) fn begins_anew(before: &str, line: &str) -> bool {
    let plain = |text: &str| text.trim().trim_start_matches(['*', '_']).to_owned();
    let (before, line) = (plain(before), plain(line));
    let both = |is: fn(&str) -> bool| is(&before) && is(&line);
    both(has_label) || both(has_hour) || both(is_row) || is_date(&line) || is_date(&before)
}

/// `1单元　赵桂兰　　2单元　李明`.
fn is_row(line: &str) -> bool {
    line.contains('\u{3000}')
}

fn is_letter(c: char) -> bool {
    cjk::is_cjk(c) && c.is_alphanumeric()
}

fn follows(text: &str, signs: &[char]) -> bool {
    text.strip_prefix(signs)
        .is_some_and(|rest| !rest.trim().is_empty())
}

/// `A.甲` and `A. 甲`.
fn is_lettered(rest: &str) -> bool {
    rest.strip_prefix('.')
        .is_some_and(|rest| rest.trim_start().starts_with(is_letter))
}

/// The number in a circle, in brackets or with a point that is one character.
fn is_enclosed(c: char) -> bool {
    matches!(u32::from(c),
        0x2460..=0x249B | 0x24EA..=0x24FF | 0x2776..=0x2793 | 0x3220..=0x3229 | 0x3251..=0x325F
        | 0x3280..=0x3289 | 0x32B1..=0x32BF)
}

fn is_in_brackets(rest: &str) -> bool {
    let end = rest.find(['）', ')', '〕', '】']);
    end.is_some_and(|end| {
        let inner = rest[..end].trim();
        let all = |is: fn(char) -> bool| inner.chars().all(is);
        let length = inner.chars().count();
        (1..=3).contains(&length)
            && (all(|c| c.is_ascii_digit())
                || all(|c| NUMERALS.contains(c))
                || (length == 1 && all(|c| c.is_ascii_alphabetic())))
    })
}

/// `1、` `1）` `1.1 ` and the like.
fn is_numbered(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if line.len() - rest.len() > 3 {
        return false;
    }
    if let Some(words) = rest.strip_prefix(['，', '：', '。']) {
        return words
            .trim_start()
            .starts_with(|c: char| !c.is_ascii_digit());
    }
    // `1.1 范围`, and not `1.5 米`: a unit is one or two characters.
    let levels = rest.strip_prefix('.').unwrap_or_default();
    let behind = levels.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let is_level = behind.len() < levels.len() && levels.starts_with(|c: char| c.is_ascii_digit());
    let words = behind.trim_start_matches(is_blank);
    let is_apart = words.len() < behind.len() && !UNITS.iter().any(|unit| words.starts_with(unit));
    follows(rest, &['、', '）', ')']) || (is_level && (behind.starts_with('、') || is_apart))
}

/// `**1.**关水`: the number of an item in bold, which Markdown takes for words.
fn is_bold_number(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let words = rest.strip_prefix(['.', '．']).unwrap_or_default();
    let begins = |c: char| is_letter(c) || matches!(c, '*' | '_' | ' ');
    line.len() - rest.len() <= 3 && words.starts_with(begins)
}

/// `-1号楼`, but not `-5℃`.
fn is_signed_figure(rest: &str) -> bool {
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    behind.len() < rest.len() && behind.starts_with(is_letter) && !behind.starts_with(['度', '℃'])
}

/// `第一条`, `第3步`.
fn is_clause(rest: &str) -> bool {
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit() || NUMERALS.contains(c));
    behind.len() < rest.len() && behind.starts_with(['条', '款', '项', '章', '节', '步', '点'])
}

/// `时间：周六`, `联系人：王老师`.
fn has_label(line: &str) -> bool {
    let Some((label, rest)) = line.split_once(['：', ':']) else {
        return false;
    };
    let label = label.trim_end_matches(['*', '_']);
    let is_word = |c: char| {
        c.is_alphanumeric() || matches!(c, '（' | '）' | '(' | ')' | '/' | '、' | ' ' | '　')
    };
    (1..=10).contains(&label.chars().count())
        && label.starts_with(|c: char| is_letter(c) || c.is_ascii_uppercase())
        && label.chars().all(is_word)
        && !rest.starts_with("//")
}

/// `8:30 开门`.
fn has_hour(line: &str) -> bool {
    let Some((hour, rest)) = line.split_once(['：', ':']) else {
        return false;
    };
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    hour.len() <= 2 && are_digits(hour) && rest.get(..2).is_some_and(are_digits)
}

/// `2026年11月3日` alone, in figures or in numerals.
fn is_date(line: &str) -> bool {
    let is_part = |c: char| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || NUMERALS.contains(c)
            || matches!(c, '年' | '月' | '日' | '○' | '*')
    };
    let line = line.trim_end_matches(['*', '_']);
    line.ends_with('日') && line.contains('年') && line.contains('月') && line.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_lack_a_blank_are_seen() {
        let begins = |line: &str| start(line).map(|it| format!("{it:?}")).unwrap_or_default();
        assert_eq!(begins("##注意"), "Heading { length: 2, level: 2 }");
        assert_eq!(begins("＃＃　注意"), "Heading { length: 9, level: 2 }");
        assert_eq!(begins("#注意事项"), "Heading { length: 1, level: 1 }");
        assert_eq!(
            begins("1.关水"),
            "Ordered { length: 2, number: 1, is_proper: false }"
        );
        assert_eq!(
            begins("12．关水"),
            "Ordered { length: 5, number: 12, is_proper: false }"
        );
        assert_eq!(
            begins("3. 关水"),
            "Ordered { length: 3, number: 3, is_proper: true }"
        );
        assert_eq!(begins("-　空桶"), "Bullet { length: 4 }");
        assert_eq!(begins("•空桶"), "Bullet { length: 3 }");
        assert_eq!(begins("-空桶"), "Bullet { length: 1 }");
        assert_eq!(begins("[ √ ] 带证"), "Task { length: 8, is_done: true }");
        assert_eq!(begins("-[]带证"), "Task { length: 3, is_done: false }");
        assert_eq!(begins("【】带证"), "Task { length: 6, is_done: false }");
        assert_eq!(begins("======"), "Rule");
        for line in [
            "## 注意",
            "#3楼",
            "#节水# 我家",
            "#######七",
            "3.5米",
            "1.docx",
            "2026.关",
            "- 空桶",
            "-5℃",
            "--",
            "->",
            "·····",
            "[x](a.md)",
            "[x]: a.md",
            "[注]",
            "——居委会",
            "*重点*",
            "",
        ] {
            let found = begins(line);
            assert!(found.is_empty() || line == "·····", "{line}: {found}");
        }
    }

    #[test]
    fn typed_numbers_and_signs_are_seen() {
        for line in [
            "1、关水",
            "（1）一号楼",
            "(2)二号楼",
            "①带证",
            "⑴带证",
            "一、时间",
            "（一）时间",
            "十二、其他",
            "第三条 不得",
            "第2步：关水",
            "A、灯管",
            "B.灯管",
            "1）关水",
            "1)关水",
            "1.1 范围",
            "2.3.1、范围",
            "※免费",
            "□已办",
            "★重点",
            "——居委会",
            "**一、时间**",
            "*注：以上",
            "-1号楼",
            "1：关水",
            "+水票",
            "**1.**关水",
            "**2.关水**",
            "１、关水",
            "１２．关水",
        ] {
            assert!(is_typed(line), "{line}");
        }
        for line in [
            "周六",
            "（见下）",
            "（2026）号",
            "3.5米",
            "1.5 米",
            "一二三",
            "三号楼",
            "第一批",
            "*重点*说明",
            "-5℃",
            "-5度",
            "**2.5米**宽",
            "1：30开会",
            "ABC、甲",
            "①",
            "8:30开门",
            "",
        ] {
            assert!(!is_typed(line), "{line}");
        }
    }

    #[test]
    fn lines_of_one_form_begin_anew() {
        assert!(begins_anew("时间：周六", "地点：广场"));
        assert!(begins_anew("**时间：**周六", "**联系人（白天）：**王老师"));
        assert!(begins_anew("8:30 开门", "17:00 关门"));
        assert!(begins_anew("1单元　赵桂兰　　2单元　李明", "3单元　王芳"));
        // An indent sets nothing apart.
        assert!(!begins_anew("　　春天来了，", "　　花都开了。"));
        assert!(begins_anew("石榴园社区居委会", "2026年11月3日"));
        assert!(begins_anew("石榴园社区居委会", "二〇二六年十一月三日"));
        for (before, line) in [
            ("他说", "“好”"),
            ("请带证件", "时间：周六"),
            ("见 https://a.example/b", "http://c.example"),
            ("11月3日", "停水"),
        ] {
            assert!(!begins_anew(before, line), "{before} {line}");
        }
    }
}
