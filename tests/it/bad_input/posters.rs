//! Posters that cannot be set.

use insta::assert_snapshot;

use super::{message_after, warning_after};
use crate::test_site::TestSite;

#[test]
fn a_poster_too_long_for_its_slot() {
    let spoil = |site: &TestSite| {
        let long = "每天出门之前，先把厨房和卫生间的水龙头都看一遍。".repeat(120);
        site.edit(
            "content/living/tap.md",
            "1. **拧紧**每个水龙头。",
            &format!("1. {long}"),
        );
    };
    assert_snapshot!(message_after(spoil), @r#"
    错误 G303：“关紧水龙头”在哪一块宣传栏都放不下：最宽松的是大门宣传栏第1格，也放不下：请删去约 930 个字
      → content/living/tap.md:6:3
      提示：正文长的，把要紧的几句放在一行 <!-- poster --> 和一行 <!-- /poster --> 之间：海报只登这几句，全文在网页上；放不下的从“出门之前，先把厨”开始
      提示：不删字的话，A2 的版面排得下
    共 1 处错误。什么也没有写，原有的都还在。
    "#);
}

#[test]
fn unknown_layout() {
    assert_snapshot!(message_after(|site| site.edit("content/living/tap.md", "layout: guide", "layout: giude")), @r#"
    错误 G301：没有名为 `giude` 的海报模板
      → content/living/tap.md:6:11
      提示：是不是想写 `guide`？
      提示：可以写：guide、month、notice、plan、qa、story……（一共 11 个）
    共 1 处错误。什么也没有写，原有的都还在。
    "#);
}

#[test]
fn a_layout_that_no_page_asks_for() {
    let said =
        message_after(|site| site.edit("content/living/tap.md", "layout: guide", "layout: strip"));
    assert!(
        said.contains("错误 G301：没有名为 `strip` 的海报模板"),
        "{said}"
    );
}

#[test]
fn the_part_for_the_poster_has_no_end() {
    let spoil = |site: &TestSite| {
        site.edit(
            "content/living/tap.md",
            "1. **拧紧**",
            "<!-- poster -->\n\n1. **拧紧**",
        );
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G215：<!-- poster --> 没有成对
      → content/living/tap.md:9:1
      提示：海报内容之前写 <!-- poster -->，之后写 <!-- /poster -->，各占一行
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn a_title_for_a_book() {
    let site = TestSite::minimal();
    let title = "title: 出门前请大家都回头看一眼厨房和卫生间的水龙头有没有关紧";
    site.edit("content/living/tap.md", "title: 关紧水龙头", title);
    let run = site.run(&["check"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_snapshot!(run.stdout, @"
    提示 G309：标题有 27 个字，海报上只能排得很小 → content/living/tap.md:2:8
    没有发现要改的地方：5 页，1 块宣传栏
    ");
}

/// A sheet of A3 with a word in a font that is not in it.
const WITHOUT_FONT: &str = "%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 841.89 1190.55] /Contents 4 0 R
  /Resources <</Font <</F 5 0 R>>>>>> endobj
4 0 obj <</Length 41>> stream
BT /F 90 Tf 100 600 Td (Turn it off) Tj ET
endstream endobj
5 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj
trailer <</Root 1 0 R>>
%%EOF
";

#[test]
fn a_finished_sheet_without_its_font() {
    let spoil = |site: &TestSite| {
        site.put("content/living/tap.pdf", WITHOUT_FONT);
        site.edit(
            "content/living/tap.md",
            "  layout: guide\n  lead: 出门前看一眼\n",
            "  file: tap.pdf\n",
        );
    };
    assert_snapshot!(warning_after(spoil), @"
    警告 G316：“关紧水龙头”的成品 PDF 里没有带上字体：Helvetica
      → content/living/tap.md:6:9
      提示：印刷店没有这些字体，印出来会换成别的字：请做海报的人导出时选“嵌入字体”或“转曲”
    ");
}

#[test]
fn a_page_without_title_is_told_that_alone() {
    let titled = |title: &str| {
        message_after(|site| site.edit("content/living/tap.md", "title: 关紧水龙头\n", title))
    };
    assert_eq!(titled(""), titled("title: \"\"\n"));
    assert_snapshot!(titled(""), @r#"
    错误 G109：缺少 `title`
      → content/living/tap.md:2:1
      提示：加一行 `title: 冬季取暖安全`
    共 1 处错误。什么也没有写，原有的都还在。
    "#);
}
