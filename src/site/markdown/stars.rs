//! Signs that mean emphasis to Markdown and something else to those who type them: `60*40*30` is a
//! size, `138****5678` and `张*三` are hidden in part, `3~~5天` is a range, `____` is to be filled in.

use std::ops::Range;

use super::script::is_cjk;

/// What stands between a figure and a times sign: `60厘米*40厘米`.
const UNITS: &str = "米厘毫分寸尺里升毫克斤吨箱袋包瓶桶盒个张份本人次天元块套件层间格根条页mckgl";
/// Signs of which a size may be made: 长*宽*高.
const SIDES: &str = "长宽高厚深径";
/// Tells whether the run of `*`, `_` or `~` at `run` is to be shown as it is typed.
pub(super) fn is_literal(text: &str, run: &Range<usize>) -> bool {
    let (before, after) = (&text[..run.start], &text[run.end..]);
    let sign = text.as_bytes()[run.start];
    let longest = if sign == b'*' { 3 } else { 2 };
    if run.len() > longest {
        return true;
    }
    match sign {
        b'*' => is_times(before, after) || is_row_of_names(text, run),
        b'~' => ends_in_digit(before) && begins_with_digit(after),
        _ => false,
    }
}

/// Tells whether there is such a run in `text`.
#[cfg(test)]
pub(super) fn has_literal(text: &str) -> bool {
    [b'*', b'_', b'~'].iter().any(|sign| {
        let mut runs = runs(text, *sign);
        runs.any(|run| is_literal(text, &run))
    })
}

/// Finds the runs of `sign`.
fn runs(text: &str, sign: u8) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let bytes = text.as_bytes();
        let start = at + bytes[at..].iter().position(|it| *it == sign)?;
        let length = bytes[start..].iter().take_while(|it| **it == sign).count();
        at = start + length;
        Some(start..at)
    })
}

/// Tells whether the sign between means “times”.
fn is_times(before: &str, after: &str) -> bool {
    let last = before.chars().next_back();
    let is_side = |c: Option<char>| c.is_some_and(|c| SIDES.contains(c));
    if is_side(last) && is_side(after.chars().next()) {
        return true;
    }
    let figure = before.trim_end_matches(|c: char| UNITS.contains(c.to_ascii_lowercase()));
    let is_measured = before.len() - figure.len() <= 2 * '米'.len_utf8() && ends_in_digit(figure);
    begins_with_digit(after) && (is_measured || matches!(last, Some(')' | '）')))
}

/// Tells whether the sign hides a part of a name in a row of names: `张*三、李*，王**`. All alike of
/// the line must be such names, and of two signs all of the paragraph, for a bold phrase may end like
/// one.
fn is_row_of_names(text: &str, run: &Range<usize>) -> bool {
    let ends = if run.len() == 1 { "\n" } else { "\n\n" };
    let start = text[..run.start]
        .rfind(ends)
        .map_or(0, |at| at + ends.len());
    let end = text[run.end..]
        .find(ends)
        .map_or(text.len(), |at| run.end + at);
    let scope = &text[start..end];
    let mut alike = runs(scope, b'*').filter(|it| it.len() == run.len());
    is_name(&text[..run.start], run.len(), &text[run.end..])
        && alike.all(|run| {
            let (before, after) = (&scope[..run.start], &scope[run.end..]);
            is_name(before, run.len(), after) || is_times(before, after)
        })
}

fn is_name(before: &str, hidden: usize, after: &str) -> bool {
    let is_letter = |c: &char| is_cjk(*c) && c.is_alphanumeric();
    let family = before.chars().rev().take_while(is_letter).count();
    let given = after.chars().take_while(is_letter).count();
    let parts =
        |c: char| c.is_whitespace() || matches!(c, '、' | '，' | ',' | '；' | '：' | '。' | '|');
    let begins = |c: char| parts(c) || matches!(c, '（' | '(' | '*');
    let ends = |c: char| parts(c) || matches!(c, '）' | ')');
    matches!(family, 1..=3)
        && given <= usize::from(hidden == 1)
        && before.chars().rev().nth(family).is_none_or(begins)
        && after.chars().nth(given).is_none_or(ends)
}

fn ends_in_digit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

fn begins_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::dump::line;

    #[test]
    fn sizes_ranges_and_what_is_hidden_stay_as_typed() {
        for text in [
            "沙发 60*40*30厘米，柜子 80*50*40厘米",
            "每袋 5*10 公斤，每车 3*4 袋",
            "2*2米 和 3*3米",
            "60厘米*40厘米*30厘米，1.2m*0.8m*0.6m",
            "长*宽*高",
            "(3+2)*5 和 (1+2)*4",
            "电话 138****5678 和 139****1234",
            "证号 310101**********1234，310101**********5678",
            "中签：张*三、李*四、王**、欧阳*",
            "张*三 李*四 王*五",
            "王**、李**",
            "3~5天 到 6~8天，3~~5天 到 6~~8天",
            "姓名：____电话：____",
            "a_b_c 和 x_y_z",
        ] {
            assert_eq!(line(text), text);
        }
    }

    #[test]
    fn emphasis_beside_figures_stays_emphasis() {
        assert_eq!(
            line("共**60**元，第*3*天"),
            "共<strong>60</strong>元，第<em>3</em>天"
        );
        assert_eq!(line("请*务必*到场"), "请<em>务必</em>到场");
        assert_eq!(line("~~3天~~5天"), "<del>3天</del>5天");
        assert_eq!(
            line("**名单：**张*三、李*四"),
            "<strong>名单：</strong>张*三、李*四"
        );
        assert_eq!(
            line("**甲，乙：丙**，丁"),
            "<strong>甲，乙：丙</strong>，丁"
        );
    }
}
