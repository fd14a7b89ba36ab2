//! A text as it hung, in lines: its words without the marks of Markdown.

use crate::diag::{Diagnostics, SitePath, Source};
use crate::read::front_matter;
use crate::read::yaml::{self, Value};
use crate::site::markdown::markup::words;
use crate::site::markdown::{self, Block, BlockKind, Inline, plain};

/// Returns the words of a page's file behind its front matter, a line a block.
pub(super) fn lines(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    let start = front_matter::split(&text).map_or(0, |split| split.body.start);
    let source = Source::new(SitePath::fixed("text.md"), text);
    let range = start..source.text.len();
    let document = markdown::parse(&source, range, &mut Diagnostics::default());
    let mut lines = Vec::new();
    add(&document.blocks, &mut lines);
    for footnote in &document.footnotes {
        marked("注：", &footnote.blocks, &mut lines);
    }
    lines.retain(|line| !line.trim().is_empty());
    lines
}

/// Returns the title that a page's file had; `None` where it says none.
pub(super) fn title(text: &str) -> Option<String> {
    let split = front_matter::split(text).ok()?;
    let Value::Map(keys) = yaml::parse(text, split.front).ok()?.value else {
        return None;
    };
    let named = |(key, _): &&(yaml::Key, yaml::Node)| matches!(&*key.name, "title" | "标题");
    match &keys.iter().find(named)?.1.value {
        Value::Scalar(title) if !title.trim().is_empty() => Some(title.trim().to_owned()),
        _ => None,
    }
}

fn add(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { inlines, .. } => lines.push(format!("■ {}", plain(inlines))),
            BlockKind::Paragraph { inlines } => lines.push(plain(inlines)),
            BlockKind::List { typed, items, .. } => {
                for item in items {
                    let mark = match item.number {
                        Some(number) => format!("{number}. "),
                        None if *typed => String::new(),
                        None => "· ".to_owned(),
                    };
                    marked(&mark, &item.blocks, lines);
                }
            }
            BlockKind::Directive {
                attributes, blocks, ..
            } => {
                // What it stood for on that day nobody knows any more; what was written stays.
                let values = attributes.iter().filter_map(|it| it.value.as_deref());
                lines.push(values.collect::<Vec<_>>().join("｜"));
                add(blocks, lines);
            }
            BlockKind::Quote { blocks } | BlockKind::Alert { blocks, .. } => add(blocks, lines),
            BlockKind::Code { text, .. } => lines.extend(text.lines().map(str::to_owned)),
            BlockKind::Table { head, rows, .. } => {
                lines.push(cells(head));
                lines.extend(rows.iter().map(|row| cells(row)));
            }
            BlockKind::Definitions { entries } => {
                for entry in entries {
                    lines.push(plain(&entry.term));
                    entry
                        .definitions
                        .iter()
                        .for_each(|blocks| marked("　", blocks, lines));
                }
            }
            BlockKind::Html { text } => lines.extend(words(text).lines().map(str::to_owned)),
            BlockKind::Rule => {}
        }
    }
}

/// Adds blocks with a mark before their first line.
fn marked(mark: &str, blocks: &[Block], lines: &mut Vec<String>) {
    let at = lines.len();
    add(blocks, lines);
    if let Some(first) = lines.get_mut(at) {
        first.insert_str(0, mark);
    }
}

fn cells(row: &[Vec<Inline>]) -> String {
    row.iter()
        .map(|cell| plain(cell))
        .collect::<Vec<_>>()
        .join("｜")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_and_marks_go() {
        let text = "\u{feff}---\r\ntitle: 水\r\n---\r\n## 查漏\r\n\r\n1. **关**水，见[这里](tap.md)。\r\n5. 听\r\n\r\n\
            分工：\r\n（1）门岗\r\n（2）保洁\r\n\r\n\
            <!-- poster -->\r\n<!-- 内情 -->\r\n<center>周六</center>\r\n\r\n| 物品 | 桶 |\r\n|---|---|\r\n| 电池 | 红 |\r\n\r\n> 小心\r\n";
        let said = [
            "■ 查漏",
            "1. 关水，见这里。",
            "5. 听",
            "分工：",
            "（1）门岗",
            "（2）保洁",
            "周六",
            "物品｜桶",
            "电池｜红",
            "小心",
        ];
        assert_eq!(lines(text), said);
        assert_eq!(lines("没有信息栏"), ["没有信息栏"]);
        assert_eq!(lines("---\ntitle: 水\n---"), [""; 0]);
    }

    #[test]
    fn a_page_that_is_gone_keeps_its_title() {
        let title = |text: &str| title(text).unwrap_or_default();
        assert_eq!(
            title("---\ntitle: \"旧年的提示\"\ndate: 2026-01-01\n---\ntitle: 正文\n"),
            "旧年的提示"
        );
        assert_eq!(
            title("\u{feff}---\r\n标题：修水管\r\n---\r\n正文\r\n"),
            "修水管"
        );
        assert_eq!(title("title: 没有信息栏\n"), "");
    }
}
