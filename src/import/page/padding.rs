//! Blanks within words, typed so that short words end where longer ones do: 李　明 among names of three
//! characters, 时　　间： above 参加人员：. A blank between two words stays.

use std::ops::Range;

use crate::import::blanks::is_blank;
use crate::import::letters::{letters, put, take_out};
use crate::import::model::{Block, Doc, Piece, Table};

/// Surnames of one character: about 99 of 100 people have one of these.
/// Source: the 300 most frequent of the census of 2010, by its published order.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程\
魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔\
向常汤康易乔赖文代温牛连司古左庄涂谷耿季祝宁冉裴蓝符路葛滕卓盛舒娄焦储鲍齐欧娜梅包吉费卜缪解应洪邢倪翁申伍游\
兰殷聂章鲁岳鞠柳骆辛管安喻詹米芦单俞凌景纪尚牟阮关柯蒙凤艾饶甘翟华项苗臧计翟曲尤阎樊柴庞奚佟靳霍桑屈党祁佘\
成权花房裘仇池乌宗宣栾邬车沙褚全楼隋窦麦闵简席晏明时丛";
/// Words of one character that one is chosen of: they are no padded word.
const CHOICES: [&str; 11] = [
    "男女",
    "女男",
    "是否",
    "有无",
    "上下",
    "左右",
    "甲乙",
    "东西",
    "年月日",
    "年月",
    "月日",
];
/// How many characters a padded word has at most.
const LONGEST: usize = 6;

/// Takes them out of paragraphs and cells.
pub(super) fn unpad(doc: &mut Doc) {
    for block in &mut doc.blocks {
        unpad_block(block, false);
    }
}

fn unpad_block(block: &mut Block, is_cell: bool) {
    match block {
        Block::Paragraph(it) => unpad_pieces(&mut it.pieces, is_cell),
        Block::Table(table) => unpad_table(table),
        Block::Rule => {}
    }
}

fn unpad_table(table: &mut Table) {
    for block in table
        .rows
        .iter_mut()
        .flatten()
        .flat_map(|cell| &mut cell.blocks)
    {
        unpad_block(block, true);
    }
}

fn unpad_pieces(pieces: &mut Vec<Piece>, is_cell: bool) {
    let letters = letters(pieces);
    let mut gone = padding(&letters, is_cell);
    if let Some(gap) = gap_of_number(&letters) {
        // 1. 关水, but （1）关水.
        let keeps = letters[gap.start - 1].is_ascii();
        if keeps {
            put(pieces, gap.start, ' ');
        }
        gone.push(gap.start + usize::from(keeps)..gap.end);
    }
    if !gone.is_empty() {
        take_out(pieces, &gone);
    }
}

/// Finds the blanks behind the number with which a line begins: what a tab set apart.
fn gap_of_number(text: &[char]) -> Option<Range<usize>> {
    let start = text.iter().take_while(|c| is_blank(**c)).count();
    let is_part = |c: &char| c.is_ascii_digit() || "一二三四五六七八九十（）()".contains(*c);
    let n = text[start..].iter().take_while(|c| is_part(c)).count();
    let end = match text.get(start + n) {
        Some('.' | '．' | '、') if n > 0 => start + n + 1,
        Some('①'..='⑳') if n == 0 => start + 1,
        _ if n > 1 && matches!(text[start + n - 1], ')' | '）') => start + n,
        _ => return None,
    };
    let gap = end..end
        + text[end..]
            .iter()
            .take_while(|c| **c != '\n' && is_blank(**c))
            .count();
    let is_wide = gap.len() > 1
        || text
            .get(end)
            .is_some_and(|c| matches!(c, '\t' | '\u{3000}'));
    (is_wide && gap.end < text.len()).then_some(gap)
}

/// Tells whether a word is likely the name of a person.
pub(super) fn is_name(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let is_day = matches!(
        letters[..],
        ['周', '一' | '二' | '三' | '四' | '五' | '六' | '日' | '末']
    );
    let is_double = [
        "欧阳", "诸葛", "司徒", "司马", "上官", "夏侯", "东方", "皇甫", "慕容", "令狐",
    ];
    let is_double = is_double.iter().any(|it| word.starts_with(it));
    let most = if is_double { 4 } else { 3 };
    (2..=most).contains(&letters.len())
        && letters.iter().all(|c| is_han(*c))
        && (is_double || SURNAMES.contains(letters[0]))
        && !is_day
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' | '·')
}

/// A word: characters with no blank between.
type Word = Range<usize>;

/// Finds the blanks within words of `text`.
fn padding(text: &[char], is_cell: bool) -> Vec<Range<usize>> {
    let mut gone = Vec::new();
    for words in rows(text) {
        // 第一章　总　则: the number is no part of the word.
        let is_number = |it: &Word| text[it.start] == '第' && "章节条".contains(text[it.end - 1]);
        let words = match &words[..] {
            [first, rest @ ..] if is_number(first) => rest,
            all => all,
        };
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            continue;
        };
        let is_start = begins_line(&text[..first.start]);
        let next = text.get(last.end).copied();
        // 时　　间：
        let is_label = is_start && matches!(next, Some('：' | ':'));
        let is_whole = is_start && ends_line(&text[last.end..]);
        let all: String = words.iter().flat_map(|it| &text[it.clone()]).collect();
        let is_word = words.iter().all(|it| it.len() == 1)
            && (2..=LONGEST).contains(&words.len())
            && !CHOICES.contains(&all.as_str())
            && !all.chars().all(|c| "一二三四五六七八九十".contains(c));
        if is_word && (is_label || is_whole && (is_cell || is_even(words))) {
            gone.extend(gaps(words));
        } else {
            names(text, words, &mut gone);
        }
    }
    gone
}

/// Parts a text into rows of Chinese words with nothing but blanks between.
fn rows(text: &[char]) -> Vec<Vec<Word>> {
    let mut rows: Vec<Vec<Word>> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if !is_han(text[at]) {
            at += 1;
            continue;
        }
        let length = text[at..].iter().take_while(|c| is_han(**c)).count();
        let word = at..at + length;
        let before = rows.last_mut().filter(|row| {
            let end = row.last().map_or(0, |it| it.end);
            text[end..at].iter().all(|c| *c != '\n' && is_blank(*c))
        });
        match before {
            Some(row) => row.push(word),
            None => rows.push(vec![word]),
        }
        at += length;
    }
    rows.retain(|row| row.len() > 1);
    rows
}

/// Tells whether nothing but a number stands before it on its line.
fn begins_line(before: &[char]) -> bool {
    let is_number =
        |c: &char| c.is_ascii_digit() || "第章节条一二三四五六七八九十、.．（）()".contains(*c);
    let mut before = before.iter().rev().take_while(|c| **c != '\n');
    before.all(|c| is_blank(*c) || is_number(c))
}

/// Tells whether nothing stands behind it on its line.
fn ends_line(behind: &[char]) -> bool {
    let mut behind = behind.iter().take_while(|c| **c != '\n');
    behind.all(|c| is_blank(*c))
}

fn gaps(words: &[Word]) -> impl Iterator<Item = Range<usize>> {
    words.windows(2).map(|it| it[0].end..it[1].start)
}

fn is_even(words: &[Word]) -> bool {
    let mut lengths = gaps(words).map(|it| it.len());
    let first = lengths.next();
    lengths.all(|it| Some(it) == first)
}

/// Finds the blanks within names of a row: of single characters side by side two are a name where the
/// first is a surname, and where several names of two stand there, blanks between them are wider.
fn names(text: &[char], words: &[Word], gone: &mut Vec<Range<usize>>) {
    let wide = |gap: &Range<usize>| -> usize {
        let one = |c: &char| match c {
            '\t' => 8,
            '\u{3000}' => 2,
            _ => 1,
        };
        text[gap.clone()].iter().map(one).sum()
    };
    let is_surname = |word: &Word| SURNAMES.contains(text[word.start]);
    for run in words.chunk_by(|a, b| a.len() == 1 && b.len() == 1) {
        let pair = |two: &[Word]| is_surname(&two[0]).then(|| two[0].end..two[1].start);
        if run.len() == 2 {
            gone.extend(pair(run));
            continue;
        }
        let narrow = gaps(run).map(|gap| wide(&gap)).min().unwrap_or(0);
        if run.len() < 3 || gaps(run).all(|gap| wide(&gap) == narrow) {
            // 张　三　李　四 with one blank everywhere is two names where others show how it is typed.
            let pairs: Vec<_> = run.chunks(2).filter(|it| it.len() == 2).map(pair).collect();
            let is_clear = run.len() % 2 == 0 && run.len() < words.len();
            if is_clear && pairs.iter().all(Option::is_some) {
                gone.extend(pairs.into_iter().flatten());
            }
            continue;
        }
        let groups = run.chunk_by(|a, b| wide(&(a.end..b.start)) == narrow);
        for group in groups.filter(|it| (2..=3).contains(&it.len()) && is_surname(&it[0])) {
            gone.extend(gaps(group));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpadded(text: &str, is_cell: bool) -> String {
        let letters: Vec<char> = text.chars().collect();
        let gone = padding(&letters, is_cell);
        let is_kept = |at: &usize| !gone.iter().any(|it| it.contains(at));
        (0..letters.len())
            .filter(is_kept)
            .map(|at| letters[at])
            .collect()
    }

    #[test]
    fn names_lose_the_blank_within_and_keep_those_between() {
        for (typed, meant) in [
            (
                "王　芳　　王小明　　刘　洋　　孙　明",
                "王芳　　王小明　　刘洋　　孙明",
            ),
            ("王　芳　王小明　刘　洋", "王芳　王小明　刘洋"),
            ("丁　一\t马超群\t方　圆\t文　静", "丁一\t马超群\t方圆\t文静"),
            ("组长：周  海（社区书记）", "组长：周海（社区书记）"),
            ("李　强、王　芳", "李强、王芳"),
            ("张三　李四　王五", "张三　李四　王五"),
            ("张建军　　　赵　敏", "张建军　　　赵敏"),
            ("请带 身份证", "请带 身份证"),
            ("上　午", "上午"),
            ("第一章　总　则", "第一章　总则"),
            ("一、说　明", "一、说明"),
        ] {
            assert_eq!(unpadded(typed, false), meant, "{typed}");
        }
    }

    #[test]
    fn labels_and_cells_are_words() {
        for (typed, meant) in [
            ("时　　间：12月8日", "时间：12月8日"),
            ("主 持 人：周海", "主持人：周海"),
            ("时间：8点\n地　点：门口", "时间：8点\n地点：门口"),
        ] {
            assert_eq!(unpadded(typed, false), meant, "{typed}");
        }
        for (typed, meant) in [
            ("备　注", "备注"),
            ("服 务 时 长", "服务时长"),
            ("李　　明", "李明"),
            ("男　女", "男　女"),
            ("一　二　三", "一　二　三"),
        ] {
            assert_eq!(unpadded(typed, true), meant, "{typed}");
        }
    }
}
