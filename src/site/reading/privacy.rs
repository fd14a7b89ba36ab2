//! Numbers of persons that must not go out: identity cards, private mobiles, bank cards.
//!
//! They are looked for in all that is written, however they are split: by spaces and marks, over
//! lines, by tags, by characters that nobody sees. What is no number of a person by its check
//! figure, its length or its groups is let pass.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diag::{Code, Diagnostic, Diagnostics, Source, Span};
use crate::read::{Reader, values};
use crate::site::settings::Settings;

/// A number of a person's in a text.
pub(in crate::site) struct Private {
    /// Which kind it is.
    pub code: Code,
    /// Enough of it to find it, and too little to use it.
    pub shown: String,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// Finds the numbers of persons in `text`; the office's own telephone is none.
pub(in crate::site) fn private(text: &str, settings: &Settings) -> Vec<Private> {
    let office = settings.contact.phone.iter();
    let office: Vec<String> = office.flat_map(|it| find(it)).map(|it| it.number).collect();
    let is_private = |found: &Found| !office.contains(&found.number);
    let shown = |found: Found| Private {
        code: found.code,
        shown: masked(&found.number),
        range: found.range,
    };
    find(text)
        .into_iter()
        .filter(is_private)
        .map(shown)
        .collect()
}

/// Reports the numbers of persons in a file, none of them in full.
pub(super) fn check(reader: &Reader, settings: &Settings) {
    for found in private(&reader.source.text, settings) {
        reader.report(found.code, &found.range, |d| d.with("number", found.shown));
    }
}

/// Reports the numbers of persons in a file that is no page.
pub(in crate::site) fn check_source(source: &Arc<Source>, settings: &Settings) -> Diagnostics {
    let found = private(&source.text, settings).into_iter();
    let told = found.map(|it| {
        let at = Span::new(source, it.range);
        Diagnostic::new(it.code).at(at).with("number", it.shown)
    });
    told.collect()
}

/// A number that is a person's.
struct Found {
    code: Code,
    /// Its figures, without what stands between them or before them.
    number: String,
    range: Range<usize>,
}

/// Figures that stand together, the last of which may be the X of an identity card.
struct Group {
    text: String,
    range: Range<usize>,
    /// What parts it from the group before, each kind of sign once; `None` where that is more
    /// than a writer puts between the figures of one number.
    gap: Option<String>,
    /// Whether a letter stands right before or behind it, as in the name of a file.
    touches_letter: bool,
}

/// Finds the numbers in `text`, also those written in groups, such as `138 0013 8000`.
fn find(text: &str) -> Vec<Found> {
    let groups = groups(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < groups.len() {
        let hit = (1..=18).find_map(|n| Some((number(groups.get(at..at + n)?)?, n)));
        let Some(((code, number), taken)) = hit else {
            at += 1;
            continue;
        };
        let used = &groups[at..at + taken];
        found.push(Found {
            code,
            number,
            range: used[0].range.start..used[taken - 1].range.end,
        });
        at += taken;
    }
    found
}

fn groups(text: &str) -> Vec<Group> {
    let mut scanner = Scanner::default();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let (mark, length) = mark(&text[at..], c);
        scanner.take(mark, at..at + length);
        at += length;
    }
    scanner.groups
}

/// What a piece of text is to a number.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    /// A figure, or the X.
    Figure(char),
    /// Nothing that anyone sees between figures.
    Nothing,
    /// A sign that may stand between the figures of a number.
    Gap(char),
    /// A letter.
    Letter,
    /// Anything else: a number ends here.
    End,
}

/// Tells what stands at the start of `rest`, and of how many bytes it is.
fn mark(rest: &str, c: char) -> (Mark, usize) {
    const ENTITIES: [(&str, Mark); 7] = [
        ("&nbsp;", Mark::Gap(' ')),
        ("&ensp;", Mark::Gap(' ')),
        ("&emsp;", Mark::Gap(' ')),
        ("&thinsp;", Mark::Gap(' ')),
        ("&shy;", Mark::Nothing),
        ("&zwnj;", Mark::Nothing),
        ("&#8203;", Mark::Nothing),
    ];
    // Nearly all of a text.
    if ('\u{3041}'..='\u{9fff}').contains(&c) && c != '・' {
        return (Mark::End, c.len_utf8());
    }
    if let Some(end) = rest.strip_prefix("<!--").and_then(|it| it.find("-->")) {
        return (Mark::Nothing, "<!--".len() + end + "-->".len());
    }
    if let Some((mark, length)) = tag(rest) {
        return (mark, length);
    }
    if let Some((entity, mark)) = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity)) {
        return (*mark, entity.len());
    }
    let plain = values::half_width(c).to_ascii_uppercase();
    let mark = match plain {
        '0'..='9' | 'X' => Mark::Figure(plain),
        // Emphasis, an escape, and what nobody sees.
        '*' | '_' | '~' | '`' | '\\' | '\r' => Mark::Nothing,
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}' => Mark::Nothing,
        '\n' => Mark::Gap('\n'),
        c if c.is_whitespace() => Mark::Gap(' '),
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Mark::Gap('-'),
        '.' | '·' | '•' | '・' | '‧' => Mark::Gap('.'),
        '/' => Mark::Gap('/'),
        '>' => Mark::Gap('>'),
        'A'..='Z' => Mark::Letter,
        _ => Mark::End,
    };
    (mark, c.len_utf8())
}

/// Recognises a tag; one that breaks the line parts figures, one of a cell ends a number.
fn tag(rest: &str) -> Option<(Mark, usize)> {
    let inner = rest.strip_prefix('<')?;
    let end = inner
        .find(['>', '<', '\n'])
        .filter(|end| inner[*end..].starts_with('>'))?;
    let name = inner[..end].trim_start_matches('/');
    let name: String = name
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let mark = match name.to_ascii_lowercase().as_str() {
        "" => return None,
        "br" | "p" | "div" => Mark::Gap('\n'),
        "td" | "th" | "tr" | "li" => Mark::End,
        _ => Mark::Nothing,
    };
    Some((mark, end + 2))
}

/// Gathers groups of figures.
#[derive(Default)]
struct Scanner {
    groups: Vec<Group>,
    /// What stood since the last figure.
    gap: Option<String>,
    is_behind_letter: bool,
}

impl Scanner {
    fn take(&mut self, mark: Mark, range: Range<usize>) {
        let is_open = self.gap.as_deref() == Some("");
        match mark {
            Mark::Nothing => {}
            Mark::Figure('X') => match self.groups.last_mut().filter(|_| is_open) {
                Some(group) => {
                    group.text.push('X');
                    group.range.end = range.end;
                    self.gap = None;
                }
                None if self.gap.is_some() => self.groups.push(Group {
                    text: "X".to_owned(),
                    range,
                    gap: self.gap.take(),
                    touches_letter: false,
                }),
                None => self.take(Mark::Letter, range),
            },
            Mark::Figure(figure) => {
                match self.groups.last_mut().filter(|_| is_open) {
                    Some(group) => {
                        group.text.push(figure);
                        group.range.end = range.end;
                    }
                    None => self.groups.push(Group {
                        text: figure.into(),
                        range,
                        gap: self.gap.take(),
                        touches_letter: self.is_behind_letter,
                    }),
                }
                self.gap = Some(String::new());
                self.is_behind_letter = false;
            }
            Mark::Gap(sign) => {
                self.gap = self.gap.take().and_then(|gap| widened(gap, sign));
                self.is_behind_letter = false;
            }
            Mark::Letter => {
                if let Some(group) = self.groups.last_mut().filter(|_| is_open) {
                    group.touches_letter = true;
                }
                self.gap = None;
                self.is_behind_letter = true;
            }
            Mark::End => {
                self.gap = None;
                self.is_behind_letter = false;
            }
        }
    }
}

/// Adds a sign to what stands between figures; `None` where that is too much for one number, as
/// an empty line is.
fn widened(mut gap: String, sign: char) -> Option<String> {
    match sign {
        '\n' if gap.contains('\n') => return None,
        '\n' => gap.truncate(gap.trim_end().len()),
        // A quotation goes on.
        '>' if gap.ends_with('\n') => return Some(gap),
        '>' => return None,
        ' ' if gap.ends_with([' ', '\n']) => return Some(gap),
        _ => {}
    }
    gap.push(sign);
    (gap.chars().count() <= 3).then_some(gap)
}

/// Tells whose number the groups are together, and which.
fn number(groups: &[Group]) -> Option<(Code, String)> {
    let (first, rest) = groups.split_first()?;
    if !rest.iter().all(|group| group.gap.is_some()) {
        return None;
    }
    let text: String = groups.iter().map(|group| group.text.as_str()).collect();
    if is_identity_number(&text) {
        return Some((Code::IdentityNumber, text));
    }
    // Numbers of goods and files have letters beside them, and a check by chance is likely in
    // those below.
    let is_alike = rest.windows(2).all(|pair| pair[0].gap == pair[1].gap);
    if !is_alike || first.touches_letter || groups.last()?.touches_letter {
        return None;
    }
    let lengths: Vec<usize> = groups.iter().map(|group| group.text.len()).collect();
    let (short, short_lengths) = without_country(&text, &lengths);
    if is_mobile_form(short_lengths) && is_mobile(short) {
        return Some((Code::MobileNumber, short.to_owned()));
    }
    let in_fours = lengths.iter().rev().skip(1).all(|n| *n == 4);
    let is_card_form = in_fours || matches!(lengths[..], [6, 10..=13]);
    (is_card_form && is_bank_card(&text)).then_some((Code::BankCardNumber, text))
}

/// Takes the country's number off a telephone number: 86, +86 or 0086.
fn without_country<'a>(text: &'a str, lengths: &'a [usize]) -> (&'a str, &'a [usize]) {
    let rest = ["0086", "86"].iter().find_map(|it| text.strip_prefix(it));
    match (rest, lengths) {
        (Some(rest), [2 | 4, others @ ..]) if !others.is_empty() => (rest, others),
        (Some(rest), [13 | 15]) => (rest, &[11]),
        _ => (text, lengths),
    }
}

/// Tells whether people write a mobile number in groups like these; other groups are dates and
/// amounts that happen to stand side by side.
fn is_mobile_form(lengths: &[usize]) -> bool {
    matches!(
        lengths,
        [11] | [3, 8] | [7, 4] | [3, 4, 4] | [4, 4, 3] | [3, 3, 5] | [4, 3, 4]
    ) || lengths.len() == 11
}

/// Recognises the eighteen characters of an identity number: a place, a day of birth, a serial
/// number and a check character.
/// Source: 公民身份号码 GB 11643-1999.
fn is_identity_number(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let Some((figures, check)) = text.as_bytes().split_last_chunk::<1>() else {
        return false;
    };
    if figures.len() != WEIGHTS.len() || !figures.iter().all(u8::is_ascii_digit) {
        return false;
    }
    // Provinces are counted from 11 to 82; 83 and 91 are residents' permits.
    if !matches!(&text[..1], "1" | "2" | "3" | "4" | "5" | "6" | "8" | "9") {
        return false;
    }
    let sum: u32 = (figures.iter().zip(WEIGHTS))
        .map(|(figure, weight)| u32::from(figure - b'0') * weight)
        .sum();
    let expected = CHECKS[usize::try_from(sum % 11).unwrap_or(0)];
    expected == check[0] && is_birthday(&text[6..14])
}

fn is_birthday(text: &str) -> bool {
    let part = |range: Range<usize>| text.get(range).and_then(|part| part.parse::<i16>().ok());
    let small = |range| part(range).and_then(|n| i8::try_from(n).ok());
    let day = part(0..4)
        .zip(small(4..6).zip(small(6..8)))
        .and_then(|(year, (month, day))| Date::new(year, month, day).ok());
    day.is_some_and(|day| (1850..=2200).contains(&day.year()))
}

/// Recognises a mobile number of the mainland: eleven figures from 13 to 19.
fn is_mobile(text: &str) -> bool {
    text.len() == 11
        && text.starts_with('1')
        && matches!(text.as_bytes()[1], b'3'..=b'9')
        && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Recognises a bank card by its length, its first figures and its check figure (Luhn).
/// Source: GB/T 17989; cards issued in China begin with 3 to 6 or 9.
fn is_bank_card(text: &str) -> bool {
    let usable = (16..=19).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(text.as_bytes()[0], b'3'..=b'6' | b'9');
    let weigh = |(at, byte): (usize, u8)| {
        let figure = u32::from(byte - b'0') * if at % 2 == 1 { 2 } else { 1 };
        figure / 10 + figure % 10
    };
    usable && text.bytes().rev().enumerate().map(weigh).sum::<u32>() % 10 == 0
}

/// Shows enough of a number to find it, and too little to use it.
fn masked(number: &str) -> String {
    let end = number.len().saturating_sub(2);
    format!("{}…{}", &number[..3.min(end)], &number[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        let said = |found: Found| format!("{:?} {}", found.code, masked(&found.number));
        find(text)
            .into_iter()
            .map(said)
            .collect::<Vec<_>>()
            .join(", ")
    }

    #[test]
    fn identity_numbers_are_known_by_their_check() {
        // The examples of the standard.
        assert_eq!(found("身份证11010519491231002X。"), "IdentityNumber 110…2X");
        assert_eq!(
            found("４４０５２４１８８００１０１００１４"),
            "IdentityNumber 440…14"
        );
        assert_eq!(found("110105 19491231 002x"), "IdentityNumber 110…2X");
        for wrong in [
            "110105194912310021",
            "11010519491331002X",
            "11010519491231002",
        ] {
            assert_eq!(found(wrong), "", "{wrong}");
        }
    }

    #[test]
    fn mobiles_and_cards_are_known_in_groups_too() {
        assert_eq!(found("打 13800138000 找我"), "MobileNumber 138…00");
        assert_eq!(
            found("138 0013 8000、139-0013-9000"),
            "MobileNumber 138…00, MobileNumber 139…00"
        );
        assert_eq!(found("+86 13800138000"), "MobileNumber 138…00");
        assert_eq!(found("8613800138000"), "MobileNumber 138…00");
        assert_eq!(found("卡号 4111 1111 1111 1111"), "BankCardNumber 411…11");
        assert_eq!(found("6222020200112233448"), "");
    }

    #[test]
    fn dates_amounts_and_office_phones_pass() {
        for text in [
            "2026-11-03 至 2026-11-12",
            "5550 0116",
            "0571-88880000",
            "12345678901",
            "共 1380013 元，8000 户",
            "编号 20261103000000000001",
        ] {
            assert_eq!(found(text), "", "{text}");
        }
    }

    #[test]
    fn numbers_are_found_however_they_are_split() {
        for text in [
            "138\n0013\n8000",
            "138<br>0013<br/>8000",
            "1380013<br>8000",
            "138\u{200b}0013\u{200b}8000",
            "138**0013**8000",
            "1<b>38</b>00138000",
            "138.0013.8000",
            "138·0013·8000",
            "138\u{3000}0013\u{3000}8000",
            "138&nbsp;0013&nbsp;8000",
            "138 — 0013 — 8000",
            "138 00138000",
            "1 3 8 0 0 1 3 8 0 0 0",
            "１３８００１３８０００",
            "> 138\n> 0013\n> 8000",
            "138<!-- 王 -->00138000",
        ] {
            assert_eq!(found(text), "MobileNumber 138…00", "{text}");
        }
        for text in [
            "110105-19491231-002X",
            "110105 1949 1231 002X",
            "11010519491231\n002X",
            "110105<br>19491231002x",
            "1-1-0-1-0-5-1-9-4-9-1-2-3-1-0-0-2-X",
        ] {
            assert_eq!(found(text), "IdentityNumber 110…2X", "{text}");
        }
        assert_eq!(found("411111 1111111111"), "BankCardNumber 411…11");
        // An empty line, a cell and a word part numbers.
        for text in [
            "138\n\n00138000",
            "138 | 00138000",
            "138 户 00138000",
            "<td>138</td><td>00138000</td>",
        ] {
            assert_eq!(found(text), "", "{text}");
        }
    }

    #[test]
    fn numbers_of_things_pass() {
        for text in [
            "GB 19095-2019、GB/T 19095—2019、DB31/T 1127-2018",
            "ISBN 978-7-5086-4321-7",
            "12345、12369、95598、400-820-8820",
            "2026-11-01 08:00-10:30",
            "![](IMG_13800138000.jpg)",
            "订单 DD13800138000",
            "110105********002X",
            "138****8000",
            "6222 **** **** 3448",
            "<!-- 王师傅 13800138000 -->",
            "第 1500 2000 3000 号",
            "长 1380 宽 1380 高 13800",
            "开户行账号 31001234500050012345",
            "统一社会信用代码 91310115MA1K3XYZ00",
        ] {
            assert_eq!(found(text), "", "{text}");
        }
    }
}
