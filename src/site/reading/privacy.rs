//! Numbers of persons that must not hang on a wall: identity cards, private mobiles, bank cards.

use std::ops::Range;

use jiff::civil::Date;

use crate::diag::Code;
use crate::read::{Reader, values};
use crate::site::settings::Settings;

/// Reports the numbers of persons in the file of a public notice, none of them in full.
pub(super) fn check(reader: &Reader, settings: &Settings) {
    let office: Vec<String> = settings.contact.phone.iter().map(|it| digits(it)).collect();
    for found in find(&reader.source.text) {
        if found.code == Code::MobileNumber && office.contains(&digits(&found.number)) {
            continue;
        }
        reader.report(found.code, &found.range, |d| {
            d.with("number", masked(&found.number))
        });
    }
}

/// A number that is a person's.
struct Found {
    code: Code,
    /// Its figures, without what stands between them.
    number: String,
    range: Range<usize>,
}

/// Figures that stand together, the last of which may be the X of an identity card.
struct Group {
    text: String,
    range: Range<usize>,
    /// Whether a single space or hyphen parts it from the group before.
    joined: bool,
}

/// Finds the numbers in `text`, also those written in groups, such as `138 0013 8000`.
fn find(text: &str) -> Vec<Found> {
    let groups = groups(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < groups.len() {
        let (code, taken) = match (1..=6).find_map(|n| Some((number(groups.get(at..at + n)?)?, n)))
        {
            Some(hit) => hit,
            None => {
                at += 1;
                continue;
            }
        };
        let used = &groups[at..at + taken];
        found.push(Found {
            code,
            number: used.iter().map(|group| group.text.as_str()).collect(),
            range: used[0].range.start..used[taken - 1].range.end,
        });
        at += taken;
    }
    found
}

fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let plain = values::half_width(c).to_ascii_uppercase();
        match groups.last_mut() {
            Some(group) if open && (plain.is_ascii_digit() || plain == 'X') => {
                group.text.push(plain);
                group.range.end = end;
                open = plain != 'X';
            }
            last if plain.is_ascii_digit() => {
                let joined = last.is_some_and(|last| {
                    matches!(&text[last.range.end..at], " " | "-" | "－" | "\u{3000}")
                });
                groups.push(Group {
                    text: plain.into(),
                    range: at..end,
                    joined,
                });
                open = true;
            }
            _ => open = false,
        }
    }
    groups
}

/// Tells whose number the groups are together.
fn number(groups: &[Group]) -> Option<Code> {
    let (_, rest) = groups.split_first()?;
    if !rest.iter().all(|group| group.joined) {
        return None;
    }
    let text: String = groups.iter().map(|group| group.text.as_str()).collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.text.len()).collect();
    // A mobile is written whole or as 3, 4 and 4 figures, a card whole or in fours: other
    // groups are dates and amounts that happen to stand side by side.
    let is_mobile_form = matches!(lengths[..], [11 | 13] | [3, 4, 4] | [2, 11] | [2, 3, 4, 4]);
    let is_card_form = lengths.len() == 1 || lengths.iter().rev().skip(1).all(|n| *n == 4);
    let mobile = text.strip_prefix("86").filter(|rest| rest.len() == 11);
    if is_identity_number(&text) {
        Some(Code::IdentityNumber)
    } else if is_mobile_form && is_mobile(mobile.unwrap_or(&text)) {
        Some(Code::MobileNumber)
    } else if is_card_form && is_bank_card(&text) {
        Some(Code::BankCardNumber)
    } else {
        None
    }
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

fn digits(text: &str) -> String {
    let plain = text.chars().map(values::half_width);
    plain.filter(char::is_ascii_digit).collect()
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
        assert_eq!(found("+86 13800138000"), "MobileNumber 861…00");
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
}
