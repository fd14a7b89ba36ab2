//! The end of a notice: the office and the day, what stands below them, and how long it hangs.

use jiff::civil::Date;

use super::{Head, day, paragraph, remove, solid};
use crate::import::blanks::is_blank;
use crate::import::letters::{letters, take_out};
use crate::import::losses::quoted;
use crate::import::model::{Align, Block, Doc, Paragraph, Piece, Role};
use crate::read::values;

/// Parts a paragraph whose last line is a day: the office and the day with a forced line end between.
pub(super) fn part_days(doc: &mut Doc, today: Date) {
    part_sides(doc, today);
    let ends_in_day = |it: &Paragraph| {
        let text = it.words();
        let lines: Vec<&str> = text.lines().collect();
        (2..=4).contains(&lines.len()) && lines.last().is_some_and(|last| day(last).is_some())
    };
    let mut blocks = Vec::with_capacity(doc.blocks.len());
    for block in std::mem::take(&mut doc.blocks) {
        match block {
            Block::Paragraph(it) if it.role == Role::Body && ends_in_day(&it) => {
                let lines = it.pieces.split(|piece| matches!(piece, Piece::Break));
                blocks.extend(lines.map(|pieces| {
                    Block::Paragraph(Paragraph {
                        pieces: pieces.to_vec(),
                        ..it.clone()
                    })
                }));
            }
            block => blocks.push(block),
        }
    }
    doc.blocks = blocks;
}

/// Parts a line at the right that says both, the office and behind a wide blank the day.
fn part_sides(doc: &mut Doc, today: Date) {
    let mut blocks = Vec::with_capacity(doc.blocks.len());
    for block in std::mem::take(&mut doc.blocks) {
        let gap = paragraph(&block)
            .filter(|it| it.role == Role::Body && it.align == Align::Right)
            .and_then(|it| gap_before_day(&letters(&it.pieces), today, names_office));
        let (Some(gap), Block::Paragraph(it)) = (gap, &block) else {
            blocks.push(block);
            continue;
        };
        let (mut office, mut day) = (it.clone(), it.clone());
        let all = letters(&it.pieces).len();
        take_out(&mut office.pieces, std::slice::from_ref(&(gap..all)));
        take_out(&mut day.pieces, std::slice::from_ref(&(0..gap)));
        blocks.extend([Block::Paragraph(office), Block::Paragraph(day)]);
    }
    doc.blocks = blocks;
}

/// Finds where on a line the last words are a day and those before them an office, as `names` knows
/// it.
pub(super) fn gap_before_day(
    text: &[char],
    today: Date,
    names: impl Fn(&str) -> bool,
) -> Option<usize> {
    let gaps = (1..text.len()).filter(|at| is_blank(text[*at]) && !is_blank(text[at - 1]));
    gaps.into_iter().find(|at| {
        let (office, last): (String, String) =
            (text[..*at].iter().collect(), text[*at..].iter().collect());
        let is_office = !office.trim().is_empty() && day_near(&office, today).is_none();
        is_office && names(office.trim()) && day_near(&last, today).is_some()
    })
}

/// Reads a day that a line says and nothing else; of one without a year the one that is nearest to `near`.
pub(super) fn day_near(text: &str, near: Date) -> Option<Date> {
    day(text).or_else(|| {
        let plain: String = text.chars().filter(|c| !is_blank(*c)).collect();
        let is_all = plain.ends_with(['日', '号']) && plain.chars().count() <= 6;
        let (month, day) = values::without_year(&plain).filter(|_| is_all)?;
        let years = [near.year() - 1, near.year(), near.year() + 1].into_iter();
        let days = years.filter_map(|year| Date::new(year, month, day).ok());
        days.min_by_key(|it| (*it - near).get_days().abs())
    })
}

/// Returns the first whole day that the text says, next to which others are meant.
fn first_day(doc: &Doc, today: Date) -> Date {
    let texts = doc
        .blocks
        .iter()
        .filter_map(paragraph)
        .map(Paragraph::words);
    let found = texts.filter_map(|text| {
        let at = text.find("20")?;
        let end = at + text[at..].find('日')? + '日'.len_utf8();
        values::date(&text[at..end].split_whitespace().collect::<String>())
    });
    { found }.next().unwrap_or(today)
}

/// Takes the office and the day at the end; of several notices in one document those of the first.
pub(super) fn take_signature(doc: &mut Doc, head: &mut Head, today: Date) {
    let near = first_day(doc, today);
    let days: Vec<usize> = (0..doc.blocks.len())
        .filter(|at| {
            paragraph(&doc.blocks[*at]).is_some_and(|it| {
                it.role == Role::Body && it.mark.is_none() && day_near(&it.words(), near).is_some()
            })
        })
        .collect();
    let signed = days.into_iter().find_map(|at| {
        let (first, offices) = offices(doc, at);
        let it = paragraph(&doc.blocks[at])?;
        // A day without its year may be any.
        let is_sure = !offices.is_empty() && is_right(it);
        let is_one = match day(&it.words()) {
            Some(_) => !offices.is_empty() || is_right(it),
            None => is_sure,
        };
        is_one.then_some((at, first, offices))
    });
    let Some((at, first, offices)) = signed else {
        return;
    };
    head.date = paragraph(&doc.blocks[at]).and_then(|it| day_near(&it.words(), near));
    head.signed = (!offices.is_empty()).then(|| offices.join("、"));
    // Pictures between, such as a seal, are judged on their own.
    let mut index = 0;
    doc.blocks.retain(|block| {
        let here = index;
        index += 1;
        let is_of_it = (first..=at).contains(&here);
        !is_of_it || paragraph(block).is_none_or(|it| !it.pictures().is_empty())
    });
    strip_words_of_pictures(&mut doc.blocks, first, &offices);
}

/// Tells whether a paragraph stands at the right, however that was done.
fn is_right(it: &Paragraph) -> bool {
    let text = it.text();
    let blanks = text.chars().take_while(|c| is_blank(*c));
    let wide = blanks.clone().filter(|c| matches!(c, '\u{3000}' | '\t'));
    let (blanks, wide) = (blanks.clone().count(), wide.count());
    it.align == Align::Right || it.indent > 150.0 || blanks > 12 || wide > 4
}

/// Finds the offices that sign above the day `at`, and the first block of theirs.
fn offices(doc: &Doc, at: usize) -> (usize, Vec<String>) {
    // Of plain text nothing stands at the right: there a day that ends it will do.
    let rest = doc.blocks[at + 1..].iter();
    let is_last = { rest }.all(|block| paragraph(block).is_some_and(Paragraph::is_empty));
    let day_is_right = is_last || paragraph(&doc.blocks[at]).is_some_and(is_right);
    let (mut offices, mut first) = (Vec::new(), at);
    for before in (0..at).rev() {
        let Some(it) = paragraph(&doc.blocks[before]) else {
            break;
        };
        let text = it.words();
        if text.is_empty() && it.pictures().is_empty() {
            continue;
        }
        let ends = ['。', '；', '，', '：', '！', '.', '!'];
        let is_line = !text.is_empty() && text.chars().count() <= 40 && !text.ends_with(ends);
        let is_office = is_line
            && it.mark.is_none()
            && it.role == Role::Body
            && (is_right(it) || day_is_right && offices.is_empty() && names_office(&text));
        if !is_office || offices.len() >= 6 {
            break;
        }
        offices.insert(0, bare(&solid(&text.replace('\n', "、"))));
        first = before;
    }
    (first, offices)
}

/// Returns the name of an office without what asks for its seal: （盖章）.
fn bare(office: &str) -> String {
    let marks = [
        "（章）",
        "（盖章）",
        "（公章）",
        "（印章）",
        "(章)",
        "(盖章)",
        "(公章)",
    ];
    let mark = marks.iter().find_map(|mark| office.strip_suffix(mark));
    mark.unwrap_or(office).to_owned()
}

/// Of a signature that holds a picture only the picture stays.
pub(super) fn strip_words_of_pictures(blocks: &mut [Block], first: usize, offices: &[String]) {
    for block in blocks.iter_mut().skip(first) {
        if let Block::Paragraph(it) = block
            && !it.pictures().is_empty()
            && (offices.contains(&bare(&solid(&it.words()))) || day(&it.words()).is_some())
        {
            it.pieces.retain(|piece| matches!(piece, Piece::Picture(_)));
        }
    }
}

pub(super) fn names_office(text: &str) -> bool {
    let ends = [
        "委员会",
        "居委会",
        "办事处",
        "公司",
        "中心",
        "社区",
        "派出所",
        "街道",
        "管委会",
        "业委会",
        "委",
        "局",
        "办公室",
        "政府",
        "支部",
        "党委",
        "队",
        "站",
        "院",
        "校",
        "筹备组",
        "物管会",
    ];
    let text = text.trim_end_matches(['）', ')', '章', '（', '(', '盖']);
    ends.iter().any(|end| text.ends_with(end))
}

/// Among how many paragraphs at the end the form sets 主题词 and 印发.
const COLOPHON: usize = 4;

/// Leaves out what the form sets below all: 抄送, 印发.
pub(super) fn take_colophon(doc: &mut Doc) {
    let mut gone: Vec<(usize, _, String)> = Vec::new();
    let last = doc.blocks.len().saturating_sub(COLOPHON);
    for (at, block) in doc.blocks.iter().enumerate() {
        let Some(it) = paragraph(block) else {
            continue;
        };
        let text = solid(&it.words());
        // For those who pass the paper on; attachments may follow.
        let inner = text
            .trim_start_matches(['（', '('])
            .trim_end_matches(['）', ')']);
        let is_remark = ["此件公开发布", "此件主动公开", "此件依申请公开"].contains(&inner);
        let is_copy = text.starts_with("抄送：") || text.starts_with("抄报：");
        // A bulletin says whom it goes to.
        let goes_to = text.starts_with("报：") || text.starts_with("送：");
        // Elsewhere a sentence may end so, or a line begin so.
        let is_low = at >= last || gone.last().is_some_and(|(before, ..)| before + 1 == at);
        let is_print = text.starts_with("主题词：")
            || text.ends_with("印发") && text.contains('年') && text.chars().count() < 50;
        if is_remark || is_copy || (is_print || goes_to) && is_low {
            gone.push((at, it.place.clone(), text));
        }
    }
    for (_, place, text) in &gone {
        doc.losses.left_out(quoted("import-colophon", text), place);
    }
    let gone: Vec<usize> = gone.into_iter().map(|(at, ..)| at).collect();
    remove(doc, &gone);
}

/// Finds how long a public notice hangs, in the words of the text. A paragraph that says nothing else
/// goes: the notice says it in its own place.
pub(super) fn posting(doc: &mut Doc, near: Option<Date>) -> Option<String> {
    let texts = doc
        .blocks
        .iter()
        .map(|block| paragraph(block).map(Paragraph::words));
    let found = texts.enumerate().find_map(|(at, text)| {
        let text = text?;
        let (plain, is_all) = span_of(&text, near)?;
        Some((at, plain, is_all))
    });
    let (at, plain, is_all) = found?;
    if is_all {
        doc.blocks.remove(at);
    }
    Some(plain)
}

/// Reads the days or the number of days behind 公示期; tells whether the text says nothing else.
fn span_of(text: &str, near: Option<Date>) -> Option<(String, bool)> {
    let marks = ["公示期限", "公示时间", "公示期", "公示时限"];
    let (before, rest) = marks.iter().find_map(|mark| text.split_once(mark))?;
    let rest = rest.trim_start_matches(|c: char| "为是限：:，自从 　".contains(c));
    let end = rest
        .find(['。', '；', '，', '（', '(', '\n'])
        .unwrap_or(rest.len());
    let plain: String = rest[..end].chars().filter(|c| !is_blank(*c)).collect();
    let is_days = matches!(values::days_between(&plain, near), Some(Ok(_)));
    let is_count = plain.ends_with('天')
        || plain.ends_with("工作日")
        || plain.ends_with('日') && !plain.contains('月');
    let has_number = plain
        .chars()
        .any(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let is_it = is_days || is_count && has_number && plain.chars().count() <= 12;
    // 7个工作日（12月1日至12月9日）: the days say more.
    let inner = rest[end..].strip_prefix(['（', '(']);
    let inner = inner.and_then(|it| it.split_once(['）', ')']));
    if let Some((inner, rest)) = inner.filter(|_| is_it && !is_days) {
        let days: String = inner.chars().filter(|c| !is_blank(*c)).collect();
        if matches!(values::days_between(&days, near), Some(Ok(_))) {
            let is_all = before.trim().is_empty() && rest.trim_matches('。').trim().is_empty();
            return Some((days, is_all));
        }
    }
    let is_all = before.trim().is_empty() && rest[end..].trim_matches('。').trim().is_empty();
    is_it.then_some((plain, is_all))
}
