//! Markdown in, trees out.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::super::containers::MAX_DEPTH;
use super::super::dump::{dump, parsed, source};
use super::super::{Block, walk, walk_blocks};
use super::*;

#[test]
fn tight_items_hold_a_paragraph_then_their_blocks() {
    assert_snapshot!(dump("3. 甲\n   - 乙\n   - **丙**丁\n4. 戊"), @"
        list from 3
          item
            p: 甲
            list
              item
                p: 乙
              item
                p: <strong>丙</strong>丁
          item
            p: 戊
        ");
}

#[test]
fn a_list_with_empty_lines_between_is_loose() {
    assert_snapshot!(dump("- 甲\n\n- 乙"), @"
        list loose
          item
            p: 甲
          item
            p: 乙
        ");
}

#[test]
fn task_items_know_whether_they_are_ticked() {
    assert_snapshot!(dump("- [x] 关水\n- [ ] 关灯\n- 关门"), @"
        list
          item [x]
            p: 关水
          item [ ]
            p: 关灯
          item
            p: 关门
        ");
}

#[test]
fn line_ends_vanish_between_chinese_only() {
    assert_snapshot!(dump("垃圾\n分类，\n从我\nABC\n做起\nin two\nlines"), @"p: 垃圾分类，从我 ABC 做起 in two lines");
    assert_snapshot!(dump("**甲**\n**乙**\n`丙`\n[丁](a)\n*b*\n한국\n말 戊 \n己"), @r#"p: <strong>甲</strong><strong>乙</strong><code>丙</code><a a "">丁</a> <em>b</em> 한국 말 戊己"#);
    assert_snapshot!(dump("他说\n“好”\n“行”\n然后——\n走，“OK”\nthen “OK”\n“no”"), @"p: 他说“好”“行”然后——走，“OK” then “OK” “no”");
    assert_snapshot!(dump("甲[^1]\n乙<b>\n丙</b>\n![图](a.png)\n丁\n\n[^1]: 注"), @r#"
        p: 甲<fn 1=1>乙<b>丙</b> <img a.png "" "图"> 丁
        [^1]
          p: 注
        "#);
}

#[test]
fn forced_line_ends_stay() {
    assert_snapshot!(dump("甲  \n乙\\\n丙"), @"p: 甲<br>乙<br>丙");
}

#[test]
fn comments_on_their_own_line_are_their_own_blocks() {
    assert_snapshot!(dump("上文\n<!-- poster -->\n正文\n<!-- /poster -->\n下文"), @r#"
        p: 上文
        html "<!-- poster -->"
        p: 正文
        html "<!-- /poster -->"
        p: 下文
        "#);
    assert_snapshot!(dump("<!-- a -->\n<!-- b -->\n\n- 甲\n<!-- c -->\n> 乙\n<!-- d -->"), @r#"
        html "<!-- a -->"
        html "<!-- b -->"
        list
          item
            p: 甲
        html "<!-- c -->"
        quote
          p: 乙
        html "<!-- d -->"
        "#);
}

#[test]
fn raw_html_is_kept() {
    assert_snapshot!(dump("<div class=\"a\">\n<p>一</p>\n</div>\n\n甲<br>乙<!-- 丙 -->"), @r#"
        html "<div class=\"a\">\n<p>一</p>\n</div>"
        p: 甲<br>乙<!-- 丙 -->
        "#);
}

#[test]
fn quotations_and_alerts() {
    assert_snapshot!(dump("> 甲\n> > 乙\n\n> [!WARNING]\n> 小心：\n> 地滑"), @"
        quote
          p: 甲
          quote
            p: 乙
        alert Warning
          p: 小心：地滑
        ");
}

#[test]
fn code_keeps_its_language_and_lines() {
    assert_snapshot!(dump("```rust title=x\nfn a() {}\n\n```\n\n    缩进\n    两行"), @r#"
        code "rust" "fn a() {}\n\n"
        p: 缩进
        p: 两行
        "#);
}

#[test]
fn tables_have_a_head_rows_and_alignments() {
    assert_snapshot!(dump("| 桶 | 色 |\n|:-|-:|\n| **厨余：**湿 | 绿 \\| 棕 |\n| 可回收 |"), @"
        table [Left, Right]
          桶 | 色
          <strong>厨余：</strong>湿 | 绿 | 棕
          可回收 |
        ");
}

#[test]
fn definition_lists() {
    assert_snapshot!(dump("厨余垃圾\n: 易腐的\n: 又叫**湿垃圾**\n\n其他垃圾\n\n: 干的\n\n  - 纸巾"), @"
        definitions
          term: 厨余垃圾
          means
            p: 易腐的
          means
            p: 又叫<strong>湿垃圾</strong>
          term: 其他垃圾
          means
            p: 干的
            list
              item
                p: 纸巾
        ");
}

#[test]
fn links_images_and_rules() {
    assert_snapshot!(dump("[见*甲*](../a.md \"题\")、![一*只*桶](b.png)、<https://c.d>、[e]\n\n---\n\n[e]: f.md"), @r#"
        p: <a ../a.md "题">见<em>甲</em></a>、<img b.png "" "一只桶">、<a https://c.d "">https://c.d</a>、<a f.md "">e</a>
        rule
        "#);
}

#[test]
fn quotes_and_dollars_stay_as_typed() {
    assert_snapshot!(dump("\"a\" -- $b$ ~c~ H~2~O"), @r#"p: "a" -- $b$ ~c~ H~2~O"#);
}

#[test]
fn headings_get_anchors_that_work_for_chinese() {
    let text = "# 一、Use Water 节水！\n## 节水\n## 节水\n### 别名 {#节水-2 .big}\n## ！\n## 又\n又\n---\n## A-b_c **粗**";
    assert_snapshot!(dump(text), @"
        h1 #一use-water-节水: 一、Use Water 节水！
        h2 #节水: 节水
        h2 #节水-3: 节水
        h3 #节水-2.big: 别名
        h2 #section: ！
        h2 #又: 又
        p: 又
        rule
        h2 #a-bc-粗: A-b_c <strong>粗</strong>
        ");
}

#[test]
fn a_chosen_anchor_given_twice_is_numbered() {
    assert_snapshot!(dump("# 甲 {#a}\n# 乙 {#a}"), @"
        h1 #a: 甲
        h1 #a-2: 乙
        ");
}

#[test]
fn ranges_count_in_the_whole_source() {
    let text = "---\ntitle: 甲\n---\n文**：字**内\n\n# 题\n";
    let source = source(text);
    let start = text.find('文').unwrap_or_default();
    let document = super::super::parse(&source, start..text.len(), &mut Diagnostics::default());
    let mut pieces = Vec::new();
    walk(&document, &mut |inline| {
        pieces.push(&text[inline.range.clone()])
    });
    assert_eq!(pieces, ["文", "**：字**", "：字", "内", "题"]);
    let mut pieces = Vec::new();
    walk_blocks(&document, &mut |block| {
        pieces.push(&text[block.range.clone()])
    });
    assert_eq!(pieces, ["文**：字**内\n", "# 题\n"]);
}

#[test]
fn deep_nesting_is_flattened_and_keeps_its_words() {
    for text in [
        ">".repeat(20_000) + "底",
        "- ".repeat(2_000) + "底",
        (0..2_000).map(|_| ":::note\n").collect::<String>() + "底",
        "*a ".repeat(5_000) + "底" + &"*".repeat(5_000),
        "[".repeat(5_000) + "底" + &"](a)".repeat(5_000),
        "![".repeat(2_000) + "底" + &"](a)".repeat(2_000),
        "**底：**".repeat(5_000),
    ] {
        let (document, _) = parsed(&text);
        assert!(super::super::plain_text(&document).contains('底'));
        assert!(depth(&document.blocks) <= MAX_DEPTH + 2);
    }
}

fn depth(blocks: &[Block]) -> usize {
    let inner = |block: &Block| match &block.kind {
        BlockKind::Quote { blocks }
        | BlockKind::Alert { blocks, .. }
        | BlockKind::Directive { blocks, .. } => depth(blocks),
        BlockKind::List { items, .. } => {
            1 + items
                .iter()
                .map(|item| depth(&item.blocks))
                .max()
                .unwrap_or(0)
        }
        _ => 0,
    };
    1 + blocks.iter().map(inner).max().unwrap_or(0)
}

/// Bits of Markdown that like to meet in the wrong place.
fn soup() -> impl Strategy<Value = String> {
    const TOKENS: &str = r"⏎ ⏎ ⏎⏎ ␣␣␣␣ -␣ 1.␣ >␣ #␣ ``` ~~~ :::note ::: :::: x{a=b} ：：： | |-| \
            ⏎|-|⏎ :␣ [^1] [^1]:␣ [ ]( ) ![ ]:␣/a * ** _ ~~ ` <!-- --> <div> <? ?> <b > \ &amp; \
            {#a␣.b} 中 。 「 」 a ␣ ␉ 😀 ⠁ NUL BOM VS [␣]␣ [!NOTE] ---⏎ ===⏎ CR";
    let written = [
        ("⏎", "\n"),
        ("␣", " "),
        ("␉", "\t"),
        ("NUL", "\0"),
        ("BOM", "\u{FEFF}"),
        ("VS", "\u{FE00}"),
        ("CR", "\r\n"),
    ];
    let token = |token: &str| {
        let replace = |token: String, (from, to): &(&str, &str)| token.replace(from, to);
        written.iter().fold(token.to_owned(), replace)
    };
    let tokens: Vec<String> = TOKENS.split_whitespace().map(token).collect();
    let token = prop::sample::select(tokens);
    prop::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat())
}

fn check_ranges(before: &str, text: &str) {
    let whole = format!("{before}{text}");
    let source = source(&whole);
    let range = before.len()..whole.len();
    let mut diagnostics = Diagnostics::default();
    let document = super::super::parse(&source, range.clone(), &mut diagnostics);
    let lies_within = |place: &Range<usize>| {
        assert!(
            range.start <= place.start
                && place.end <= range.end
                && whole.get(place.clone()).is_some(),
            "{place:?} of {whole:?}"
        );
    };
    walk_blocks(&document, &mut |block| lies_within(&block.range));
    walk(&document, &mut |inline| lies_within(&inline.range));
    for diagnostic in diagnostics.iter() {
        lies_within(&diagnostic.at.as_ref().expect("each has a place").range());
    }
    if !text.contains('\u{2801}') {
        assert!(
            !format!("{document:?}").contains('\u{2801}'),
            "a mark is left of {text:?}"
        );
    }
    super::super::plain_text(&document);
    super::super::summary(&document);
    super::super::table_of_contents(&document);
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(4_000)
    })]

    #[test]
    fn markdown_soup_gives_places_within_the_source(text in soup()) {
        check_ranges("题\n", &text);
    }

    #[test]
    fn any_text_gives_places_within_the_source(text in "\\PC{0,60}") {
        check_ranges("", &text);
    }
}
