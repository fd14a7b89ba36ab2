//! Texts with raw HTML in, what stands on a page out.

use insta::assert_snapshot;

use super::super::dump::{parsed, source, tree};
use super::super::{plain_text, summary};
use super::*;
use crate::diag::Language;

/// Settles `text` and returns the tree in lines, and what was said, by lines.
fn settled_as(text: &str, wanted: RawHtml) -> String {
    let (document, said) = settle_text(text, wanted);
    let mut out = tree(&document);
    for diagnostic in said {
        let line = diagnostic.at.as_ref().map_or(0, |at| at.line_column().0);
        let args = diagnostic.args.iter();
        let args: Vec<String> = args
            .map(|(_, value)| value.say(Language::Chinese))
            .collect();
        let rendered = diagnostic.render(Language::Chinese);
        assert!(!rendered.message.contains('{'), "{}", rendered.message);
        out.push_str(&format!(
            "! {line} {:?} {}\n",
            diagnostic.code,
            args.join(" ")
        ));
    }
    out
}

fn settle_text(text: &str, wanted: RawHtml) -> (Document, Vec<Diagnostic>) {
    let (mut document, mut diagnostics) = parsed(text);
    settle(&mut document, &source(text), wanted, &mut diagnostics);
    (document, diagnostics.sorted())
}

fn settled(text: &str) -> String {
    settled_as(text, RawHtml::Clean)
}

fn kept(text: &str) -> String {
    settled_as(text, RawHtml::Keep)
}

#[test]
fn remarks_are_gone_wherever_they_stand() {
    let text = "周六停水。\n\n<!-- 甲 -->\n\n请储水 <!-- 乙 -->。\n\n- 项<!-- 丙 -->\n  <!-- 丁 -->\n\n\
                | 头<!-- 戊 --> |\n|-|\n| 格 |\n\n<div><!-- 己 -->看</div>\n\n> <!-- 庚\n> 辛 -->\n> 引\n";
    assert_snapshot!(settled(text), @r#"
    p: 周六停水。
    p: 请储水。
    list
      item
        p: 项
    table [None]
      头
      格
    html "<div>看</div>"
    quote
      p: 引
    "#);
    let (document, _) = settle_text(text, RawHtml::Clean);
    let all = plain_text(&document) + &summary(&document);
    assert!(
        !all.contains(['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛']),
        "{all}"
    );
}

#[test]
fn words_behind_a_remark_on_its_line_are_words() {
    assert_snapshot!(settled("<!-- 备注 -->请**提前**储水，\n下午恢复。\n\n<!-- a\nb --><!-- c --> 再见。"), @"
    p: 请<strong>提前</strong>储水，下午恢复。
    p: 再见。
    ");
}

#[test]
fn a_remark_that_does_not_end_is_told_with_its_line() {
    for (text, line, open) in [
        ("甲\n\n<!-- 先不发\n\n乙\n", 3, "<!--"),
        ("甲\n\n<!-- 先不发\n\n乙\n\n<!-- 备注 -->\n\n丙", 3, "<!--"),
        ("甲 <!-- 先不发\n\n乙", 1, "<!--"),
        ("> <!-- 先不发\n\n乙", 1, "<!--"),
        ("- <!-- 先不发\n\n乙", 1, "<!--"),
        ("<div>\n<!-- 先不发\n\n乙 -->\n</div>", 2, "<!--"),
        ("甲\n\n<!— 先不发 —>", 3, "<!—"),
        ("甲\n\n＜！-- 先不发 --＞", 3, "＜！--"),
        ("<script>\nalert(1)\n\n乙", 1, "<script>"),
        ("<?php\n\n乙", 1, "<?"),
    ] {
        let (_, said) = settle_text(text, RawHtml::Clean);
        let first = said
            .first()
            .unwrap_or_else(|| panic!("nothing said of {text}"));
        assert_eq!(first.code, Code::RemarkOpen, "{text}");
        let place = first.at.as_ref().map(|at| at.line_column().0);
        let said = first.args[0].1.say(Language::Chinese);
        assert_eq!((place, said.as_str()), (Some(line), open), "{text}");
    }
}

#[test]
fn a_poster_s_mark_off_a_line_of_its_own_is_told() {
    for (text, line) in [
        ("甲\n\n- <!-- poster -->\n- 乙", 3),
        ("<!-- poster --> 甲", 1),
        ("甲 <!--/海报-->", 1),
    ] {
        let (_, said) = settle_text(text, RawHtml::Clean);
        let told: Vec<_> = said
            .iter()
            .map(|it| (it.code, it.at.as_ref().map(|at| at.line_column().0)))
            .collect();
        assert_eq!(told, [(Code::PosterMark, Some(line))], "{text}");
    }
}

#[test]
fn what_only_looks_like_a_remark_stays() {
    for text in [
        "`<!-- 码 -->`",
        "```\n<!-- 码\n```",
        r"\<!-- 写法",
        "A --> B",
        "1 <! 2",
    ] {
        let (document, said) = settle_text(text, RawHtml::Clean);
        assert!(said.is_empty(), "{text}: {said:?}");
        assert!(!plain_text(&document).is_empty(), "{text}");
    }
}

#[test]
fn what_runs_or_calls_elsewhere_is_taken_away_and_told() {
    assert_snapshot!(settled("<script>alert(1)</script>\n\n甲<script>x()</script>乙\n\n\
        <img src=\"a.png\" alt=\"图\" onerror=\"x()\">\n\n[甲](a.md) <a href=\"javascript:x()\">乙</a>\n\n\
        <iframe src=\"https://a.cn\"></iframe>\n\n<form action=\"/\"><input name=a><b>名</b></form>\n\n\
        <style>\np { color: red }\n\nb { }\n</style>\n\n<svg onload=x()><script>y()</script></svg>\n"), @r#"
    p: 甲乙
    html "<img src=\"a.png\" alt=\"图\">"
    p: <a a.md "">甲</a> <a>乙</a>
    html "<b>名</b>"
    ! 1 TagTaken <script>
    ! 3 TagTaken <script>
    ! 5 AttributeTaken <img> onerror
    ! 7 AttributeTaken <a> href
    ! 9 TagTaken <iframe>
    ! 11 TagTaken <form>
    ! 11 TagTaken <input>
    ! 13 TagTaken <style>
    ! 19 TagTaken <svg>
    ! 19 TagTaken <script>
    "#);
}

#[test]
fn no_id_stands_twice_on_a_page() {
    let text = "## 题 {#a}\n\n甲<a id=\"a\">乙</a> <a id=\"b\">丙</a>\n\n\
        <a id=\"b\" href=\"#b\">丁</a>\n\n<a id=\"fn-1\"></a>戊[^1]\n\n## fn-1\n\n[^1]: 注\n";
    let settled = settled(text);
    for line in [3, 5, 7] {
        let said = format!("! {line} AttributeTaken <a> id");
        assert!(settled.contains(&said), "{settled}");
    }
    assert!(settled.contains("<a id=\"b\">丙"), "{settled}");
    let (document, _) = settle_text(text, RawHtml::Clean);
    let html = format!("{document:?}");
    assert!(html.contains("\"section-fn-1\""), "{html}");
}

#[test]
fn what_office_texts_need_stays() {
    for html in [
        "<u>重要</u>",
        "<font color=\"red\" size=\"4\">重要</font>",
        "水<sub>2</sub>",
        "<kbd>Ctrl</kbd>",
        "<ruby>绿<rt>lǜ</rt></ruby>",
        "<a id=\"here\"></a>",
        "<a href=\"b.md\" target=\"_blank\">乙</a>",
        "<center>通知</center>",
        "<p align=\"center\" style=\"text-align:center\">通知</p>",
        "<details open=\"\"><summary>问</summary>答</details>",
        "<table border=\"1\" width=\"100%\"><tbody><tr><td colspan=\"2\" bgcolor=\"#eee\">格</td></tr></tbody></table>",
    ] {
        let text = settled(html);
        assert!(!text.contains('!'), "{text}");
        let bare = |text: &str| {
            text.replace(['\\', ' ', ';'], "")
                .replace("open=\"\"", "open")
        };
        let left = bare(&text).replace("open=\"\"", "open");
        assert!(left.contains(&bare(html)), "{html} became {text}");
    }
}

#[test]
fn every_element_ends_where_it_began() {
    assert_snapshot!(settled("<div>甲\n\n乙\n\n- <div>丙\n- 丁</div>\n\n戊 <b>己\n\n## 庚 <i>辛\n"), @r#"
    html "<div>甲"
    p: 乙
    list
      item
        html "<div>丙"
        html "</div>"
      item
        p: 丁
    p: 戊 <b>己</b>
    h2 #庚-辛: 庚 <i>辛</i>
    html "</div>"
    ! 1 TagOpen <div> </div>
    ! 5 TagOpen <div> </div>
    ! 6 TagStray </div>
    ! 8 TagOpen <b> </b>
    ! 10 TagOpen <i> </i>
    "#);
    assert_snapshot!(settled("甲</div>\n\n</div>\n\n<b><i>乙</b></i>\n\n| 甲 <td> 乙 |\n|-|\n\n<li>丙\n"), @r#"
    p: 甲
    p: <b><i>乙</i></b>
    table [None]
      甲 乙
    html "丙"
    ! 1 TagStray </div>
    ! 3 TagStray </div>
    ! 5 TagOpen <i> </i>
    ! 5 TagStray </i>
    ! 7 TagStray <td>
    ! 10 TagStray <li>
    "#);
}

#[test]
fn an_element_may_hold_markdown() {
    assert_snapshot!(settled("<details>\n<summary>问</summary>\n\n**答**\n\n</details>\n\n<div align=\"center\">\n\n图</div>\n\n下\n"), @r#"
    html "<details>\n<summary>问</summary>"
    p: <strong>答</strong>
    html "</details>"
    html "<div align=\"center\">"
    p: 图
    html "</div>"
    p: 下
    "#);
}

#[test]
fn ends_that_may_be_left_out_are_written() {
    assert_snapshot!(settled("<table><tr><td>甲<td>乙<tr><td>丙</table>\n\n<ul><li>丁<li>戊</ul>\n\n<p>己<p>庚"), @r#"
    html "<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>"
    html "<ul><li>丁</li><li>戊</li></ul>"
    html "<p>己</p><p>庚"
    html "</p>"
    "#);
}

#[test]
fn a_forced_line_end_is_one() {
    assert_snapshot!(settled("甲<br>乙<br />丙"), @"p: 甲<br>乙<br>丙");
}

#[test]
fn by_the_settings_raw_html_stays_in_pairs_and_is_told_once() {
    assert_snapshot!(kept("<iframe src=\"https://a.cn\"></iframe>\n\n<!-- 备注 -->\n\n<script>\nx()\n</script>\n\n<div onclick='x()'>甲\n\n</body>\n"), @r#"
    html "<iframe src=\"https://a.cn\"></iframe>"
    html "<script>\nx()\n</script>"
    html "<div onclick='x()'>甲"
    html "</div>"
    ! 1 RawHtmlKept <iframe src="https://a.cn">
    ! 9 TagOpen <div> </div>
    "#);
}

#[test]
fn hostile_fragments_run_nothing() {
    for html in [
        "<img src=x onerror=alert(1)//",
        "<a title=it's onclick=x() href='a'>甲</a>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<<script>alert(1)</script>",
        "<a href=\"java&#115;cript:x()\">甲</a>",
        "<a href=\" javascript:x()\">甲</a>",
        "<p style=\"background:url(javascript:x())\">甲</p>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<textarea><script>alert(1)</script></textarea>",
        "<template><script>alert(1)</script></template>",
        "<!--><script>alert(1)</script>-->",
        "<img src=\"a.png\"onerror=\"x()\">",
        "<base href=\"https://a.cn\"><meta http-equiv=refresh content=0>",
    ] {
        let (document, _) = settle_text(&format!("甲 {html} 乙\n\n{html}\n"), RawHtml::Clean);
        super::super::walk_raw(&document, &mut |tag, _| {
            let runs = [
                "script", "style", "svg", "math", "base", "meta", "template", "noscript",
            ];
            assert!(
                !runs.iter().any(|name| tag.is(name)),
                "{html}: {}",
                tag.text
            );
            for (name, value) in tag.attributes() {
                let value = value.to_ascii_lowercase();
                let calls = name.starts_with("on") || value.contains("javascript");
                assert!(!calls, "{html}: {}", tag.text);
            }
        });
    }
}
