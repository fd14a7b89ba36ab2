//! Lines of colons in, blocks out.

use insta::assert_snapshot;

use super::super::dump::dump;

#[test]
fn a_block_holds_markdown() {
    assert_snapshot!(dump("前\n:::note\n**注意：**请\n- 甲\n:::\n后"), @"
    p: 前
    :::note
      p: <strong>注意：</strong>请
      list
        item
          p: 甲
    p: 后
    ");
}

#[test]
fn attributes_are_read_with_and_without_quotes() {
    assert_snapshot!(dump(":::figure{src=a.png title=\"有 空格\" 说明=“中文 引号” wide}\n图\n:::"), @r#"
    :::figure src="a.png" title="有 空格" 说明="中文 引号" wide=""
      p: 图
    "#);
}

#[test]
fn blocks_nest_with_more_colons_or_as_many() {
    assert_snapshot!(dump("::::columns\n:::note\n甲\n:::\n:::tip\n乙\n:::\n::::\n丙"), @"
    :::columns
      :::note
        p: 甲
      :::tip
        p: 乙
    p: 丙
    ");
    assert_snapshot!(dump(":::columns\n:::note\n甲\n:::\n:::"), @"
    :::columns
      :::note
        p: 甲
    ");
}

#[test]
fn blocks_stay_within_quotations_and_items() {
    assert_snapshot!(dump("> :::note\n> 甲\n> :::\n\n- 乙\n  :::tip\n  丙\n  :::\n- 丁"), @"
    quote
      :::note
        p: 甲
    list
      item
        p: 乙
        :::tip
          p: 丙
      item
        p: 丁
    ");
}

#[test]
fn full_width_colons_are_meant_alike() {
    assert_snapshot!(dump("：：：note\n甲\n：：："), @"
    :::note
      p: 甲
    ");
}

#[test]
fn code_and_html_show_the_lines_as_written() {
    assert_snapshot!(dump("```\n:::note\n中\n:::\n```\n\n<div>\n:::\n</div>\n\n字"), @r#"
    code "" ":::note\n中\n:::\n"
    html "<div>\n:::\n</div>"
    p: 字
    "#);
    assert_snapshot!(dump("<!--\n:::note\n:::\n-->\n\n> ```\n> :::note{a=b}\n> ```"), @r#"
    html "<!--\n:::note\n:::\n-->"
    quote
      code "" ":::note{a=b}\n"
    "#);
}

#[test]
fn containers_of_other_programs_are_boxes() {
    assert_snapshot!(dump("::: tip 小贴士\n甲\n:::\n\n:::warning\n乙\n:::\n\n::: 注意 当心 地滑\n丙\n:::\n\n:::info[说明]\n丁\n:::"), @r#"
    :::tip title="小贴士"
      p: 甲
    :::callout kind="warning"
      p: 乙
    :::callout title="当心 地滑" kind="warning"
      p: 丙
    :::callout title="说明" kind="note"
      p: 丁
    "#);
}

#[test]
fn an_unknown_name_is_reported_and_its_text_kept() {
    assert_snapshot!(dump("字\n\n:::nota\n甲\n:::"), @"
    p: 字
    p: 甲
    ! 3:1 G206 没有名为 `:::nota` 的块
      ? 是不是想写 `:::note`？
      ? 可以写：note、说明、tip、小办法、提示框、步骤……（一共 31 个）
    ");
}

#[test]
fn blocks_have_chinese_names_and_a_form_of_one_line() {
    assert_snapshot!(dump("字\n::物品{名称=电池}\n：：qr{to=https://a.example/?b=c ｝\n:::说明\n甲\n:::\nstd::qr ::a\n::qr"), @r#"
    p: 字
    :::item 名称="电池"
    :::qr to="https://a.example/?b=c"
    :::note
      p: 甲
    p: std::qr ::a
    :::qr
    "#);
    assert_snapshot!(dump("::itm{name=a}\n\n::item{name=}\n\n字::qr"), @"
    p: 字::qr
    ! 1:1 G206 没有名为 `:::itm` 的块
      ? 是不是想写 `:::item`？
      ? 可以写：item、tip、note、说明、小办法、提示框……（一共 31 个）
    ! 3:1 G224 这一行 `:::` 的写法不对：`::item{name=}`
      ? 三个冒号后只写块的名字，例如 :::note；块里的话另起一行写
      ? 大括号里写“名称=内容”，如 name=电池；内容里有空格的，用引号括起来
    ");
}

#[test]
fn lines_without_a_partner_are_reported() {
    assert_snapshot!(dump(":::note\n甲"), @"
    :::note
      p: 甲
    ! 1:1 G207 `:::` 没有成对
      ? 块的最后另起一行，只写 :::；前面没有块的，把多出来的 ::: 删掉
    ");
    assert_snapshot!(dump("甲\n:::\n乙"), @"
    p: 甲
    p: 乙
    ! 2:1 G207 `:::` 没有成对
      ? 块的最后另起一行，只写 :::；前面没有块的，把多出来的 ::: 删掉
    ");
    assert_snapshot!(dump("> :::note\n> 甲\n\n:::"), @"
    quote
      :::note
        p: 甲
    ! 1:3 G207 `:::` 没有成对
      ? 块的最后另起一行，只写 :::；前面没有块的，把多出来的 ::: 删掉
    ! 4:1 G207 `:::` 没有成对
      ? 块的最后另起一行，只写 :::；前面没有块的，把多出来的 ::: 删掉
    ");
    assert_snapshot!(dump(":::note\n::::tip\n甲\n:::"), @"
    :::note
      :::tip
        p: 甲
    ! 2:1 G207 `:::` 没有成对
      ? 块的最后另起一行，只写 :::；前面没有块的，把多出来的 ::: 删掉
    ");
}

#[test]
fn a_line_of_the_wrong_form_is_reported_once() {
    assert_snapshot!(dump(":::note 提醒 {大家}\n甲\n:::\n:::figure{a=}\n:::\n:::{a=b}\n:::"), @"
    p: 甲
    ! 1:1 G224 这一行 `:::` 的写法不对：`:::note 提醒 {大家}`
      ? 三个冒号后只写块的名字，例如 :::note；块里的话另起一行写
      ? 大括号里写“名称=内容”，如 name=电池；内容里有空格的，用引号括起来
    ! 4:1 G224 这一行 `:::` 的写法不对：`:::figure{a=}`
      ? 三个冒号后只写块的名字，例如 :::note；块里的话另起一行写
      ? 大括号里写“名称=内容”，如 name=电池；内容里有空格的，用引号括起来
    ! 6:1 G224 这一行 `:::` 的写法不对：`:::{a=b}`
      ? 三个冒号后只写块的名字，例如 :::note；块里的话另起一行写
      ? 大括号里写“名称=内容”，如 name=电池；内容里有空格的，用引号括起来
    ");
}

#[test]
fn footnotes_and_references_reach_into_blocks() {
    assert_snapshot!(dump(":::note\n甲[^1]乙[a]\n:::\n\n[^1]: 注\n\n[a]: /b"), @r#"
    :::note
      p: 甲<fn 1=1>乙<a /b "">a</a>
    [^1]
      p: 注
    "#);
}
