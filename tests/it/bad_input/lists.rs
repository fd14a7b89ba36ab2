//! Lists, addresses and blocks that are wrong.

use insta::assert_snapshot;

use super::message_after;
use crate::test_site::TestSite;

#[test]
fn a_term_outside_its_taxonomy() {
    let spoil = |site: &TestSite| {
        let own = "title: 小院\ntaxonomies:\n  - id: readers\n    title: 写给谁\n    terms: [{ id: elders, title: 老年人 }]";
        site.edit("greenboard.yaml", "title: 小院", own);
        site.edit(
            "content/living/tap.md",
            "topics:",
            "写给谁: [老年入]\ntopics:",
        );
    };
    assert_snapshot!(message_after(spoil), @r"
    错误 G112：`写给谁` 里没有 `老年入` 这一项
      → content/living/tap.md:4:7
      提示：是不是想写 `老年人`？
      提示：可以写：老年人
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn an_old_address_where_a_page_stands() {
    let spoil = |site: &TestSite| {
        site.edit(
            "content/_index.md",
            "title: 小院",
            "title: 小院\n旧网址: [/living/tap/, 'https://bieren.example/']",
        );
    };
    assert_snapshot!(message_after(spoil), @r"
    错误 G242：旧网址 `living/tap/index.html` 上已经有 content/living/tap.md
      → content/_index.md:3:7
      提示：一个网址只能到一个地方：把这一行删掉，或者给那一页换个 `slug`
    错误 G241：`https://bieren.example/` 不是这个网站以前的网址
      → content/_index.md:3:21
      提示：写域名后面的那一段，例如 `aliases: [/old/tap/]`；不能带 ?、#，也不能是首页或别的网站
    共 2 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn an_old_address_where_the_program_puts_a_page() {
    let spoil = |site: &TestSite| {
        site.edit(
            "content/living/tap.md",
            "topics:",
            "aliases: [/topics/water/]\ntopics:",
        );
    };
    assert_snapshot!(message_after(spoil), @r"
    错误 G242：旧网址 `topics/water/index.html` 上已经有 topics/water/index.html
      → content/living/tap.md:4:11
      提示：一个网址只能到一个地方：把这一行删掉，或者给那一页换个 `slug`
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn settings_of_lists_and_addresses() {
    let spoil = |site: &TestSite| {
        site.edit(
            "greenboard.yaml",
            "title: 小院",
            "title: 小院\npagination: 许多\nslugs: pinying\ntoc: { level: 2 }",
        );
    };
    assert_snapshot!(message_after(spoil), @r"
    错误 G110：`pagination` 的值 `许多` 不对，要写：0 到 500 的整数
      → greenboard.yaml:3:13
      提示：例如 `0`
    错误 G112：`slugs` 里没有 `pinying` 这一项
      → greenboard.yaml:4:8
      提示：是不是想写 `pinyin`？
      提示：可以写：file、文件名、characters、汉字、pinyin、拼音
    错误 G107：不认识 `level` 这一项
      → greenboard.yaml:5:8
      提示：是不是想写 `levels`？
    共 3 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn a_block_that_names_what_is_not_there() {
    let spoil = |site: &TestSite| {
        site.put("data/fees.csv", "东西,元\n沙发,30,多\n");
        site.edit(
            "content/living/tap.md",
            "1. **拧紧**",
            "::board{编号=gat}\n\n::itm{name=电池}\n\n1. **拧紧**",
        );
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G211：没有编号为 `gat` 的宣传栏
      → content/living/tap.md:9:12
      提示：是不是想写 `gate`？
      提示：已有：gate
    错误 G206：没有名为 `:::itm` 的块
      → content/living/tap.md:11:1
      提示：是不是想写 `:::item`？
      提示：可以写：item、tip、note、说明、小办法、提示框……（一共 31 个）
    错误 G273：这个数据文件从这里起读不懂
      → data/fees.csv:2:1
      提示：这一行比表头多：表头只有 2 列；格子里的逗号要用引号括起来
    共 3 处错误。什么也没有写，原有的都还在。
    ");
}
