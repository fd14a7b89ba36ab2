//! Tables as they are typed: rows with more cells than the head, bars and hyphens of full width, no
//! line below the head.

use super::mends::{Line, Mends};

/// Returns how many cells a line of a table has; none where it has no bar.
pub(super) fn cells(line: &str) -> usize {
    parts(line, |c| c == '|')
}

fn parts(line: &str, is_bar: impl Fn(char) -> bool) -> usize {
    let line = line.trim();
    let mut bars = Vec::new();
    let mut is_escaped = false;
    for (at, c) in line.char_indices() {
        if is_bar(c) && !is_escaped {
            bars.push(at);
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    let Some(last) = bars.last() else {
        return 0;
    };
    let bar_length = |at: usize| line[at..].chars().next().map_or(0, char::len_utf8);
    let begins = usize::from(bars[0] == 0);
    let ends = usize::from(last + bar_length(*last) == line.len() && bars.len() > begins);
    (bars.len() + 1 - begins - ends).max(1)
}

/// Gives the table whose head begins at `head` as many columns `more`.
pub(super) fn widen(text: &str, head: usize, more: usize, mends: &mut Mends) {
    if more == 0 {
        return;
    }
    let mut at = head;
    for (line, cell) in text[head..]
        .split_inclusive('\n')
        .take(2)
        .zip(["  |", "---|"])
    {
        let content = line.trim_end();
        let closing = if content.ends_with('|') { "" } else { " |" };
        let end = at + content.len();
        mends.replace(end..end, format!("{closing}{}", cell.repeat(more)));
        at += line.len();
    }
}

/// Mends a paragraph that is meant as a table; tells whether it was one.
pub(super) fn mend(text: &str, lines: &[Line], mends: &mut Mends) -> bool {
    let contents: Vec<&str> = lines.iter().map(|line| &text[line.range.clone()]).collect();
    let below = contents
        .windows(2)
        .position(|pair| is_bar_line(pair[1]) && parts(pair[0], is_bar) > 1);
    if let Some(head) = below {
        let is_wide = !contents[head].contains('|') || !contents[head + 1].contains('|');
        let bar = |c: char| if is_wide { is_bar(c) } else { c == '|' };
        let columns = parts(contents[head], bar);
        for (at, line) in lines.iter().enumerate().skip(head) {
            let range = line.range.clone();
            if at == head + 1 {
                mends.replace(range, delimiter(contents[at], columns));
            } else if is_wide && contents[at].contains('｜') {
                mends.replace(range, contents[at].replace('｜', "|"));
            }
        }
        return true;
    }
    no_delimiter(text, lines, &contents, mends)
}

/// Puts the line below the head of rows that have none.
fn no_delimiter(text: &str, lines: &[Line], contents: &[&str], mends: &mut Mends) -> bool {
    let columns = |line: &&str| {
        let line = line.trim();
        let is_row = line.chars().count() > 2 && line.starts_with(is_bar) && line.ends_with(is_bar);
        is_row
            .then(|| parts(line, is_bar))
            .filter(|columns| *columns > 1)
    };
    let Some(head) = contents.iter().position(|line| columns(line).is_some()) else {
        return false;
    };
    let rows = contents[head..].iter().map_while(columns).count();
    if rows < 2 {
        return false;
    }
    let start = lines[head].range.start;
    let before = &text[text[..start].rfind('\n').map_or(0, |at| at + 1)..start];
    let marks: String = before
        .chars()
        .map(|c| if matches!(c, '>' | '\t') { c } else { ' ' })
        .collect();
    for (line, content) in lines[head..].iter().zip(&contents[head..]).take(rows) {
        let mut with = content.replace('｜', "|");
        if line.range.start == start {
            let delimiter = "---|".repeat(columns(content).unwrap_or(1));
            with.push_str(&format!("\n{marks}|{delimiter}"));
        }
        if with != **content {
            mends.replace(line.range.clone(), with);
        }
    }
    true
}

fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜')
}

/// Tells whether a line parts head and rows, with signs of whatever width.
fn is_bar_line(line: &str) -> bool {
    let is_part = |c: char| is_bar(c) || is_dash(c) || matches!(c, ':' | '：') || c.is_whitespace();
    line.contains(is_bar) && line.contains(is_dash) && line.chars().all(is_part)
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '－' | '—' | '–' | '─' | '━')
}

/// Writes the line below the head for so many columns, each aligned as `line` has it.
fn delimiter(line: &str, columns: usize) -> String {
    let line = line.trim().trim_matches(is_bar);
    let given: Vec<&str> = line.split(is_bar).map(str::trim).collect();
    let cell = |at: usize| {
        let cell = given.get(at).copied().unwrap_or_default();
        let colon = |is: bool| if is { ":" } else { "" };
        let (left, right) = (cell.starts_with([':', '：']), cell.ends_with([':', '：']));
        format!("{}---{}|", colon(left), colon(right))
    };
    format!("|{}", (0..columns).map(cell).collect::<String>())
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::super::dump::dump;
    use super::*;

    #[test]
    fn cells_are_counted_as_markdown_does() {
        let counts = [
            "| a | b |",
            "a | b",
            "|a|b",
            "a|b|",
            "a \\| b",
            "| a |",
            "|",
            "||",
            "甲",
            "| a | b | c",
        ]
        .map(cells);
        assert_eq!(counts, [2, 2, 2, 2, 0, 1, 1, 1, 0, 3]);
    }

    #[test]
    fn cells_beyond_the_head_stay_and_are_told() {
        assert_snapshot!(dump("| 物品 | 桶 |\n| --- | --- |\n| 电池|灯管 | 红桶 |\n| 大骨头 |\n| 床垫 | 预约 | 5550 | 周六 |"), @r"
        table [None, None, None, None]
          物品 | 桶 |  |
          电池 | 灯管 | 红桶 |
          大骨头 |  |  |
          床垫 | 预约 | 5550 | 周六
        ! 3:1 G280 这一行有 3 格，表头只有 2 格；多出来的排在没有名字的列里
          ? 格里要写竖线，就写成 \| 或者全角的 ｜
          ? 真要多一列，就在表头和下面那行 --- 里也加一格
        ! 5:1 G280 这一行有 4 格，表头只有 2 格；多出来的排在没有名字的列里
          ? 格里要写竖线，就写成 \| 或者全角的 ｜
          ? 真要多一列，就在表头和下面那行 --- 里也加一格
        ");
        assert_snapshot!(dump("> 物品 | 桶\n> --- | ---\n> 电池 | 红 | 甲"), @r"
        quote
          table [None, None, None]
            物品 | 桶 |
            电池 | 红 | 甲
        ! 3:3 G280 这一行有 3 格，表头只有 2 格；多出来的排在没有名字的列里
          ? 格里要写竖线，就写成 \| 或者全角的 ｜
          ? 真要多一列，就在表头和下面那行 --- 里也加一格
        ");
    }

    #[test]
    fn a_line_without_a_bar_ends_the_table() {
        assert_snapshot!(dump("| 物品 | 桶 |\n|--|--|\n| 电池 | 红 |\n电话：5550 0116"), @"
        table [None, None]
          物品 | 桶
          电池 | 红
        p: 电话：5550 0116
        ");
    }

    #[test]
    fn tables_of_full_width_and_without_a_second_line_are_tables() {
        assert_snapshot!(dump("收费如下：\n｜物品｜桶｜\n｜－－－｜：－－：｜\n｜电池｜红｜"), @"
        p: 收费如下：
        table [None, Center]
          物品 | 桶
          电池 | 红
        ");
        assert_snapshot!(dump("| 物品 | 桶 | 备注 |\n| --- | --- |\n| 电池 | 红 | 包好 |"), @"
        table [None, None, None]
          物品 | 桶 | 备注
          电池 | 红 | 包好
        ");
        assert_snapshot!(dump("| 物品 | 桶 |\n| 电池 | 红 |\n| 灯管 | 红 |"), @"
        table [None, None]
          物品 | 桶
          电池 | 红
          灯管 | 红
        ");
        assert_snapshot!(dump("| ｜ |\n|---|\n| 好｜坏 |"), @"
        table [None]
          ｜
          好｜坏
        ");
        assert_snapshot!(dump("甲 | 乙\n丙 | 丁"), @"p: 甲 | 乙丙 | 丁");
    }
}
