//! What can be asked of a parsed text: its words, its summary, its headings, its length.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Serialize;

use super::walk::{own_inlines, walk_blocks, walk_raw};
use super::{Block, BlockKind, Document, Inline, InlineKind, cjk, footnote_id, markup};
use crate::site::sentences::{sentences, told};

/// The most characters of a summary.
const SUMMARY_LENGTH: usize = 60;
/// How many Chinese characters are read in a minute, unhurriedly.
const CHARACTERS_PER_MINUTE: usize = 400;
/// How many words in Latin letters are read in a minute by a reader of Chinese.
const WORDS_PER_MINUTE: usize = 200;

/// Returns the words of the whole document, a line a block, those of raw HTML among them.
pub fn plain_text(document: &Document) -> String {
    let mut lines = Vec::new();
    walk_blocks(document, &mut |block| match &block.kind {
        BlockKind::Code { text, .. } => lines.push(text.trim_end().to_owned()),
        BlockKind::Html { text } => lines.push(markup::words(text)),
        kind => {
            lines.extend(own_inlines(kind).into_iter().map(plain));
        }
    });
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// Returns the words of `inlines`: text, code and what images show.
pub fn plain(inlines: &[Inline]) -> String {
    let mut words = String::new();
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text { text } | InlineKind::Code { text } => words.push_str(text),
            InlineKind::Emphasis { inlines }
            | InlineKind::Strong { inlines }
            | InlineKind::Strikethrough { inlines }
            | InlineKind::Link { inlines, .. } => words.push_str(&plain(inlines)),
            InlineKind::Image { alt, .. } => words.push_str(alt),
            InlineKind::LineBreak => words.push(' '),
            InlineKind::FootnoteMark { .. } | InlineKind::Html { .. } => {}
        }
    }
    words
}

/// Cuts a summary of at most sixty characters from the first paragraphs, at a sentence's end
/// where there is one, else with `…`.
pub fn summary(document: &Document) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    for block in &document.blocks {
        match &block.kind {
            // Clauses are paragraphs in all but form.
            BlockKind::List {
                typed: true, items, ..
            } => {
                let blocks = items.iter().flat_map(|item| &item.blocks);
                paragraphs.extend(blocks.filter_map(paragraph));
            }
            _ => paragraphs.extend(paragraph(block)),
        }
    }
    if is_address(document) {
        paragraphs.remove(0);
    }
    if paragraphs.is_empty() {
        walk_blocks(document, &mut |block| paragraphs.extend(words(block)));
    }
    let mut text = String::new();
    for paragraph in paragraphs {
        join(&mut text, &paragraph);
        // What is announced says nothing in part: of 拟评60人，现将名单公示如下：赵桂兰、… it is 拟评60人。
        if let Some(said) = announced(&text) {
            return match said.chars().count() > SUMMARY_LENGTH {
                true => cut(&said),
                false => said,
            };
        }
        if text.chars().count() > SUMMARY_LENGTH {
            return cut(&text);
        }
    }
    text
}

/// Returns what a text says before it announces that more follows; `None` where it announces nothing, or
/// that alone with its reasons.
fn announced(text: &str) -> Option<String> {
    let end = text.find("如下：")? + "如下：".len();
    let said: String = sentences(&text[..end]).filter_map(told).collect();
    (!said.is_empty()).then_some(said)
}

/// Tells whether a text begins with whom it addresses: 各位居民： and then a paragraph.
fn is_address(document: &Document) -> bool {
    let [first, second, ..] = &document.blocks[..] else {
        return false;
    };
    let is_text = matches!(second.kind, BlockKind::Paragraph { .. }) && paragraph(second).is_some();
    let words = paragraph(first).filter(|_| is_text);
    words.is_some_and(|it| {
        it.ends_with(['：', ':']) && !it.contains('。') && it.chars().count() <= SUMMARY_LENGTH / 2
    })
}

/// Adds the words of the next block: behind a comma or semicolon of its own, where those before it
/// do not end themselves, so that the items of a list do not run into one another.
fn join(text: &mut String, words: &str) {
    let Some(last) = text.chars().next_back() else {
        return text.push_str(words);
    };
    let is_chinese = [Some(last), words.chars().next()];
    let is_chinese = is_chinese.into_iter().flatten().any(cjk::is_cjk);
    let has_ended = !last.is_alphanumeric() && !CLOSING.contains(&last);
    match (has_ended, is_chinese) {
        (true, true) => {}
        (false, true) => text.push('；'),
        (true, false) => text.push(' '),
        (false, false) => text.push_str("; "),
    }
    text.push_str(words);
}

/// Returns the words of a block of any kind that has some, those of a table's row in one.
fn words(block: &Block) -> Vec<String> {
    match &block.kind {
        BlockKind::Table { head, rows, .. } => {
            let line = |row: &Vec<Vec<Inline>>| {
                let cells = row.iter().map(|cell| plain(cell).trim().to_owned());
                let cells: Vec<String> = cells.filter(|cell| !cell.is_empty()).collect();
                cells.join("、")
            };
            let lines = std::iter::once(head).chain(rows).map(line);
            lines.filter(|line| !line.is_empty()).collect()
        }
        BlockKind::Html { text } => markup::words(text).lines().map(str::to_owned).collect(),
        BlockKind::Definitions { .. } => {
            let terms = own_inlines(&block.kind).into_iter().map(plain);
            terms.filter(|term| !term.is_empty()).collect()
        }
        // Where there is nothing else, what pictures show.
        BlockKind::Paragraph { inlines } => {
            let words = plain(inlines).trim().to_owned();
            Some(words)
                .filter(|it| !it.is_empty())
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Signs that close something and end no sentence.
const CLOSING: [char; 14] = [
    '）', ')', '”', '’', '」', '』', '》', '〉', '】', ']', '"', '℃', '%', '％',
];

/// Returns the words of a paragraph that has some besides those for its pictures.
fn paragraph(block: &Block) -> Option<String> {
    let BlockKind::Paragraph { inlines } = &block.kind else {
        return None;
    };
    let is_shown = |inline: &Inline| match &inline.kind {
        InlineKind::Image { .. } | InlineKind::LineBreak => true,
        InlineKind::Text { text } => text.trim().is_empty(),
        _ => false,
    };
    if inlines.iter().all(is_shown) {
        return None;
    }
    let words = plain(inlines).trim().to_owned();
    (!words.is_empty()).then_some(words)
}

fn cut(text: &str) -> String {
    let chars: Vec<char> = text.chars().take(SUMMARY_LENGTH + 1).collect();
    let is_end = |c: char| matches!(c, '。' | '！' | '？' | '；');
    let closes = |c: char| matches!(c, '”' | '’' | '」' | '』' | '）');
    let whole = &chars[..SUMMARY_LENGTH];
    if let Some(end) = whole.iter().rposition(|&c| is_end(c)) {
        let closing = whole[end + 1..].iter().take_while(|&&c| closes(c)).count();
        return whole[..=end + closing].iter().collect();
    }
    // The ellipsis takes the last place, and no Latin word is cut in two.
    let mut end = SUMMARY_LENGTH - 1;
    if chars[end].is_ascii_alphanumeric() {
        let word = chars[..end]
            .iter()
            .rev()
            .take_while(|c| c.is_ascii_alphanumeric());
        let length = word.count();
        end -= if length < end { length } else { 0 };
    }
    let words: String = chars[..end].iter().collect();
    format!(
        "{}…",
        words.trim_end_matches([' ', '，', '、', '：', ',', ':'])
    )
}

/// Returns the anchors of all headings and footnotes, and what raw HTML calls so: its ids, and the
/// names of its `<a>`.
pub fn anchors(document: &Document) -> BTreeSet<String> {
    let mut anchors: BTreeSet<String> = (1..=document.footnotes.len()).map(footnote_id).collect();
    walk_blocks(document, &mut |block| {
        if let BlockKind::Heading { id, .. } = &block.kind {
            anchors.insert(id.clone());
        }
    });
    walk_raw(document, &mut |tag, _| {
        anchors.extend(tag.attribute("id").map(Cow::into_owned));
        if tag.is("a") {
            anchors.extend(tag.attribute("name").map(Cow::into_owned));
        }
    });
    anchors
}

/// A heading in the table of contents, with those below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TocEntry {
    /// 1 to 6.
    pub level: u8,
    /// The heading's anchor.
    pub id: String,
    /// Its words.
    pub title: String,
    /// The deeper headings that follow it.
    pub children: Vec<TocEntry>,
}

/// Returns the headings of the document's own blocks as a tree by their levels.
pub fn table_of_contents(document: &Document) -> Vec<TocEntry> {
    let mut top: Vec<TocEntry> = Vec::new();
    for block in &document.blocks {
        let BlockKind::Heading {
            level, id, inlines, ..
        } = &block.kind
        else {
            continue;
        };
        let mut list = &mut top;
        while list.last().is_some_and(|last| last.level < *level) {
            let last = list.len() - 1;
            list = &mut list[last].children;
        }
        list.push(TocEntry {
            level: *level,
            id: id.clone(),
            title: plain(inlines),
            children: Vec::new(),
        });
    }
    top
}

/// Returns how many minutes reading takes, at least one.
pub fn reading_minutes(document: &Document) -> usize {
    let text = plain_text(document);
    let characters = text
        .chars()
        .filter(|&c| matches!(c, '\u{4E00}'..='\u{9FFF}') || cjk::is_cjk(c) && c.is_alphanumeric());
    let words = text
        .split(|c: char| cjk::is_cjk(c) || c.is_whitespace())
        .filter(|word| word.contains(char::is_alphanumeric));
    // In parts of a character's time, so that both kinds add up before rounding.
    let cost = characters.count() + words.count() * CHARACTERS_PER_MINUTE / WORDS_PER_MINUTE;
    cost.div_ceil(CHARACTERS_PER_MINUTE).max(1)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::super::dump::parsed;
    use super::*;

    const EVERYTHING: &str = "# 题 `码`\n\n段**粗[链](a)**![图](b.png)行  \n末<b>\n\n- 项\n  > 引\n\n\
        | 头 |\n|-|\n| 格 |\n\n词\n: 义\n\n> [!TIP]\n> 示\n\n:::note\n块[^1]\n:::\n\n```\n代码\n```\n\n<div>HTML</div>\n\n[^1]: 注";

    #[test]
    fn plain_text_has_the_words_of_every_block() {
        assert_snapshot!(plain_text(&parsed(EVERYTHING).0), @"
        题 码
        段粗链图行 末
        项
        引
        头
        格
        词
        义
        示
        块
        代码
        HTML
        注
        ");
    }

    #[test]
    fn the_walk_meets_every_inline_in_the_order_of_reading() {
        let mut words = String::new();
        crate::site::markdown::walk(&parsed(EVERYTHING).0, &mut |inline| match &inline.kind {
            InlineKind::Text { text } | InlineKind::Html { text } => words += &format!("{text} "),
            InlineKind::Code { text } => words += &format!("`{text}` "),
            InlineKind::Image { alt, .. } => words += &format!("!{alt} "),
            InlineKind::FootnoteMark { number, .. } => words += &format!("^{number} "),
            _ => words += "( ",
        });
        assert_snapshot!(words.trim_end(), @"题  `码` 段 ( 粗 ( 链 !图 行 ( 末 <b> 项 引 头 格 词 义 示 块 ^1 注");
    }

    #[test]
    fn the_anchors_are_those_of_headings_and_footnotes() {
        let (document, _) = parsed("# 甲\n> ## 乙\n\n字[^x]\n\n[^x]: 注");
        assert_eq!(Vec::from_iter(anchors(&document)), ["fn-1", "乙", "甲"]);
    }

    fn summary_of(text: &str) -> String {
        summary(&parsed(text).0)
    }

    #[test]
    fn a_short_text_is_its_own_summary() {
        assert_eq!(
            summary_of("# 题\n\n早晚关灯。\n\n- 项\n\n随手关水。"),
            "早晚关灯。随手关水。"
        );
        assert_eq!(
            summary_of("Turn it off.\n\nAnd on."),
            "Turn it off. And on."
        );
        assert_eq!(summary_of(""), "");
        assert_eq!(
            summary_of("请带：\n1、证件\n2、水票\n\n再见。"),
            "请带：1、证件；2、水票；再见。"
        );
    }

    #[test]
    fn what_stands_apart_stays_apart_in_a_summary() {
        for (text, expected) in [
            ("- 带身份证\n- 带户口本", "带身份证；带户口本"),
            ("1. 关阀门。\n2. 报修", "关阀门。报修"),
            ("- paper\n- glass", "paper; glass"),
            ("时间：周六\n\n地点：东门", "时间：周六；地点：东门"),
            (
                "温度不低于18℃\n\n湿度40%\n\n别关（总阀）\n\n好",
                "温度不低于18℃；湿度40%；别关（总阀）；好",
            ),
            ("| 楼 | 时间 |\n|-|-|\n| 1 | 9点 |", "楼、时间；1、9点"),
            ("<table><tr><td>甲<td>乙</table>", "甲；乙"),
            ("要带：\n\n- 水", "要带："),
            ("各位居民：\n\n周六停水。", "周六停水。"),
            ("词\n: 义", "词；义"),
            ("拆平。\n\n![拆平的纸箱](a.png)\n\n捆好。", "拆平。捆好。"),
            ("![拆平的纸箱](a.png)", "拆平的纸箱"),
            (
                "经评议，拟评60人。现将名单公示如下：\n\n赵桂兰、钱建国",
                "经评议，拟评60人。",
            ),
        ] {
            assert_eq!(summary_of(text), expected, "{text}");
        }
    }

    #[test]
    fn a_summary_ends_with_a_sentence_and_its_closing_quote() {
        let text = "他说：“请把纸箱拆平捆好。”然后".to_owned() + &"说".repeat(60) + "。";
        assert_eq!(summary_of(&text), "他说：“请把纸箱拆平捆好。”");
    }

    #[test]
    fn a_summary_without_a_sentence_end_says_that_more_follows() {
        let cut = summary_of(&"长".repeat(80));
        assert_eq!((cut.chars().count(), cut.ends_with("长…")), (60, true));
        let cut = summary_of(&("长".repeat(55) + "，Greenboard" + &"长".repeat(20)));
        assert!(cut.ends_with("长…") && cut.chars().count() == 56, "{cut}");
    }

    #[test]
    fn the_contents_follow_the_levels() {
        let contents = table_of_contents(&parsed("## 甲\n#### 乙\n### 丙\n## 丁\n# 戊").0);
        fn write(entries: &[TocEntry], depth: usize) -> String {
            let line = |entry: &TocEntry| {
                let below = write(&entry.children, depth + 1);
                format!(
                    "{}{} {}\n{below}",
                    "  ".repeat(depth),
                    entry.level,
                    entry.title
                )
            };
            entries.iter().map(line).collect()
        }
        assert_snapshot!(write(&contents, 0), @"
        2 甲
          4 乙
          3 丙
        2 丁
        1 戊
        ");
    }

    #[test]
    fn reading_takes_a_minute_for_400_characters_or_200_words() {
        let minutes = |text: &str| reading_minutes(&parsed(text).0);
        assert_eq!(minutes(""), 1);
        assert_eq!(minutes(&"字，".repeat(400)), 1);
        assert_eq!(minutes(&"字".repeat(401)), 2);
        assert_eq!(minutes(&"word ".repeat(200)), 1);
        assert_eq!(minutes(&("字".repeat(400) + &" word".repeat(200))), 2);
    }

    #[test]
    fn the_tree_is_written_as_data_with_its_kinds_named() {
        let (document, _) = parsed("字**粗**");
        let json = serde_json::to_string(&document).expect("a tree is plain data");
        assert_snapshot!(json, @r#"{"blocks":[{"type":"paragraph","inlines":[{"type":"text","text":"字"},{"type":"strong","inlines":[{"type":"text","text":"粗"}]}]}],"footnotes":[]}"#);
    }
}
