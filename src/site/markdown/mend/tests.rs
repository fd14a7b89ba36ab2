//! Lines as they are typed in, trees out.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::super::dump::{dump, parsed};
use super::super::plain_text;

#[test]
fn headings_need_no_blank() {
    assert_snapshot!(dump("##怎么办\n提前储水。\n###高层##\n＃＃　注意\n#注意事项\n#3楼\n\n#节水# 我家"), @"
    h2 #怎么办: 怎么办
    p: 提前储水。
    h3 #高层: 高层
    h2 #注意: 注意
    h1 #注意事项: 注意事项
    p: #3楼
    p: #节水# 我家
    ");
    assert_snapshot!(dump("## 收费{暂定}\n## 又 {#you .big}\n## 甲 {乙} {.}"), @"
    h2 #收费暂定: 收费{暂定}
    h2 #you.big: 又
    h2 #甲-乙: 甲 {乙} {.}
    ");
}

#[test]
fn typed_numbers_stand_by_themselves_as_they_are() {
    assert_snapshot!(dump("做好三件事：\n1、关水；\n2、储水；\n请注意。\n\n一、时间：周六\n　　（一）一号楼\n①带证\n\n一、只有一条"), @"
    p: 做好三件事：
    list typed
      item
        p: 1、关水；
      item
        p: 2、储水；
    p: 请注意。
    list typed
      item
        p: 一、时间：周六
      item
        p: （一）一号楼
      item
        p: ①带证
    p: 一、只有一条
    ");
    assert_snapshot!(dump("- 外\n  （1）子\n  （2）丑\n- 内\n（3）寅\n\n**1、甲\n2、乙**"), @"
    list
      item
        p: 外
        list typed
          item
            p: （1）子
          item
            p: （2）丑
      item
        p: 内
    p: （3）寅
    p: <strong>1、甲<br>2、乙</strong>
    ");
}

#[test]
fn numbers_and_signs_need_no_blank() {
    assert_snapshot!(dump("请带：\n1.身份证\n2．水票\n\n-空桶\n•水票\n-　证件\n\n3.5米"), @"
    p: 请带：
    list from 1
      item
        p: 身份证
      item
        p: 水票
    list
      item
        p: 空桶
      item
        p: 水票
      item
        p: 证件
    p: 3.5米
    ");
}

#[test]
fn numbers_stay_as_typed() {
    assert_snapshot!(dump("摘录：\n3. 甲\n5. 乙\n\n8. 丙\n\n---\n\n1. 甲\n1. 乙\n1. 丙\n\n> 说\n> 28.停\n> 30.来"), @"
    p: 摘录：
    list from 3 loose
      item
        p: 甲
      item 5
        p: 乙
      item 8
        p: 丙
    rule
    list from 1
      item
        p: 甲
      item
        p: 乙
      item
        p: 丙
    quote
      p: 说
      list from 28
        item
          p: 停
        item 30
          p: 来
    ");
}

#[test]
fn boxes_are_ticked_as_people_tick() {
    assert_snapshot!(dump("- []甲\n- [√] 乙\n-[ ✓ ]丙\n【】丁\n[x]戊\n- [×] 己\n- [表](a.md)\n1. [ ]庚"), @r#"
    list
      item [ ]
        p: 甲
      item [x]
        p: 乙
      item [x]
        p: 丙
      item [ ]
        p: 丁
      item [x]
        p: 戊
      item
        p: [×] 己
      item
        p: <a a.md "">表</a>
    list from 1
      item [ ]
        p: 庚
    "#);
}

#[test]
fn an_indent_begins_a_paragraph_and_no_code() {
    assert_snapshot!(dump("    各位居民：\n    周六停水。\n\n\t请储水。\n\n住户：\n　　请关水。\n\t请转告。\n    1、带证\n    2、带票\n\n&nbsp;&emsp;完"), @"
    p: 各位居民：
    p: 周六停水。
    p: 请储水。
    p: 住户：
    p: 请关水。
    p: 请转告。
    list typed
      item
        p: 1、带证
      item
        p: 2、带票
    p: 完
    ");
    assert_snapshot!(dump("1. 甲\n\n        深\n\n> 　　引\n\n| 　甲 |\n|-|\n\n##题\n    段"), @"
    list from 1 loose
      item
        p: 甲
        p: 深
    quote
      p: 引
    table [None]
      甲
    h2 #题: 题
    p: 段
    ");
}

#[test]
fn a_line_below_a_sentence_is_a_rule() {
    assert_snapshot!(dump("请储水。\n---\n落款\n===\n> 引\n> ----\n\n一行\n--\n————\n末\n\n======\n\n~~~~~~\n\n完"), @"
    p: 请储水。
    rule
    p: 落款
    rule
    quote
      p: 引
      rule
    p: 一行 --
    rule
    p: 末
    rule
    rule
    p: 完
    ");
}

#[test]
fn code_that_never_ends_is_told() {
    assert_snapshot!(dump("段\n\n```\n码\n\n后"), @r#"
    p: 段
    code "" "码\n\n后"
    ! 3:1 G284 从这里到最后都成了程序代码，因为“```”没有收尾
      ? 代码的最后另起一行，再写一次“```”；不是代码，就删掉这一行
    "#);
    assert_snapshot!(dump("> ```\n> 码\n> ```\n\n~~~\n码\n~~~"), @r#"
    quote
      code "" "码\n"
    code "" "码\n"
    "#);
}

#[test]
fn a_colon_explains_a_term_alone() {
    assert_snapshot!(dump("请注意\n:明天停水\n\n湿垃圾\n: 厨余\n\n话很完整。\n: 不是解释"), @"
    p: 请注意 :明天停水
    definitions
      term: 湿垃圾
      means
        p: 厨余
    p: 话很完整。 : 不是解释
    ");
}

#[test]
fn lines_of_one_form_stand_below_each_other() {
    assert_snapshot!(dump("时间：周六\n地点：广场\n\n**时间：**周六\n**地点：**广场\n\n8:30 开门\n17:00 关门\n\n居委会\n2026年11月3日"), @"
    p: 时间：周六<br>地点：广场
    p: <strong>时间：</strong>周六<br><strong>地点：</strong>广场
    p: 8:30 开门<br>17:00 关门
    p: 居委会<br>2026年11月3日
    ");
}

#[test]
fn what_follows_a_break_of_html_is_text() {
    assert_snapshot!(dump("甲\n\n<br>\n电话：**5550**\n\n<BR/>\n<br />\n\n乙"), @"
    p: 甲
    p: 电话：<strong>5550</strong>
    p: 乙
    ");
}

/// Lines as offices write them, with marks in the wrong places.
fn office_soup() -> impl Strategy<Value = String> {
    let tokens = [
        "1、",
        "（1）",
        "①",
        "一、",
        "2.",
        "3. ",
        "-",
        "- ",
        "•",
        "　　",
        "    ",
        "\t",
        "##",
        "# ",
        "---",
        "===",
        "\n",
        "\n",
        "\n\n",
        "| ",
        "|",
        "｜",
        "|---|",
        "甲",
        "乙",
        "丙。",
        "时间：",
        "- [ ]",
        "[√]",
        "*",
        "**",
        "~",
        "5",
        "> ",
        "（a.md）",
        "![",
        "]",
        "\u{200B}",
    ];
    let token = prop::sample::select(tokens.to_vec());
    prop::collection::vec(token, 0..30).prop_map(|tokens| tokens.concat())
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(3_000)
    })]

    #[test]
    fn no_letter_is_lost(text in office_soup()) {
        let letters = |text: &str| text.chars().filter(|c| matches!(c, '甲' | '乙' | '丙')).collect::<String>();
        let (document, _) = parsed(&text);
        prop_assert_eq!(letters(&plain_text(&document)), letters(&text));
    }
}
