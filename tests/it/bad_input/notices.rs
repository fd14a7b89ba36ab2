//! Public notices, people and figures that are wrong.

use insta::assert_snapshot;

use super::message_after;
use crate::test_site::TestSite;

/// Makes the page of the minimal site a public notice with these lines.
fn public_notice(site: &TestSite, lines: &str) {
    site.edit(
        "content/living/tap.md",
        "topics: [water]\n",
        &format!("topics: [water]\nkind: 公示\n{lines}"),
    );
}

#[test]
fn unknown_person() {
    let spoil = |site: &TestSite| {
        let settings = site.read("greenboard.yaml");
        let people = "people: [{ name: 林晓芸 }, { name: 陈立 }]\n";
        site.put("greenboard.yaml", format!("{settings}{people}"));
        site.edit(
            "content/boards/gate.md",
            "place: 大门",
            "place: 大门\nkeeper: 林小芸",
        );
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G225：名单里没有“林小芸”这个人
      → content/boards/gate.md:5:9
      提示：是不是想写“林晓芸”？
      提示：名单里有：林晓芸、陈立
      提示：是新来的，就在 greenboard.yaml 的 people 下面加一行 `- name: 林小芸`
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn an_identity_card_number_in_a_public_notice() {
    let spoil = |site: &TestSite| {
        public_notice(site, "");
        site.edit(
            "content/living/tap.md",
            "报修",
            "张某（11010519491231002X）报修",
        );
    };
    let said = message_after(spoil);
    assert!(!said.contains("19491231"), "{said}");
    assert_snapshot!(said, @"
    警告 G408：《关紧水龙头》是通知一类，没有写挂到哪天；先从 2026-01-01 挂到 2026-01-30
      → content/living/tap.md:5:7
      提示：有期限的，加一行 `截止: 2026-01-30`（写真正的最后一天）
      提示：一直有用的，加一行 `截止: 常年`，就和别的常年内容轮着挂
    错误 G229：这里有身份证号（110…2X），会登在网上、挂在墙上
      → content/living/tap.md:12:9
      提示：删掉它；要分清同名的人，写出生年份，或者中间用 * 遮住
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn a_posting_period_that_ends_before_it_begins() {
    let spoil = |site: &TestSite| {
        public_notice(site, "");
        let posting = "layout: guide\n  posting: 2026-11-12 to 2026-11-03";
        site.edit("content/living/tap.md", "layout: guide", posting);
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G214：结束的日期 2026-11-03 早于开始的日期 2026-11-12
      → content/living/tap.md:8:12
      提示：看看两个日期是不是写反了，年份是不是打错了
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn a_document_number_of_the_wrong_form() {
    let spoil = |site: &TestSite| public_notice(site, "number: 小社居[2026]第012号\n");
    assert_snapshot!(message_after(spoil), @"
    警告 G408：《关紧水龙头》是通知一类，没有写挂到哪天；先从 2026-01-01 挂到 2026-01-30
      → content/living/tap.md:5:7
      提示：有期限的，加一行 `截止: 2026-01-30`（写真正的最后一天）
      提示：一直有用的，加一行 `截止: 常年`，就和别的常年内容轮着挂
    错误 G217：文号 `小社居[2026]第012号` 的写法不对
      → content/living/tap.md:6:9
      提示：这样写：梧社居〔2026〕12号（六角括号，不写“第”，序号前不加 0）
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn working_days_in_a_year_without_a_table() {
    let spoil = |site: &TestSite| {
        public_notice(site, "");
        site.edit("content/living/tap.md", "2026-01-01", "2029-02-08");
        site.edit(
            "content/living/tap.md",
            "layout: guide",
            "layout: guide\n  posting: 7个工作日",
        );
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G220：2029 年的法定节假日和调休还没有数据，算不出工作日
      → content/living/tap.md:8:12
      提示：等国务院办公厅发布后，照通知写进 content/calendar.yaml：`holidays: { 2029: { off: [2029-01-01], work: [] } }`
      提示：或者自己数好，直接写起止日期：`2029-02-08 to …`
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn a_figure_that_contradicts_itself() {
    let spoil = |site: &TestSite| {
        let figure = "figures: [{ label: 满意率, value: 95%, numerator: 265, denominator: 288 }]\n";
        site.edit(
            "content/living/tap.md",
            "topics:",
            &format!("{figure}topics:"),
        );
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G228：“满意率”写的是 95%，按分子 265、分母 288 算是 92%
      → content/living/tap.md:4:32
      提示：改成 `value: 92%`，或者改分子、分母
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn a_posting_period_longer_than_its_page() {
    let spoil = |site: &TestSite| {
        public_notice(site, "expires: 2026-11-10\n");
        let posting = "layout: notice\n  posting: 2026-11-03 to 2026-11-12";
        site.edit("content/living/tap.md", "layout: guide", posting);
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G221：公示期到 2026-11-12 为止，晚于这一页的截止日期 2026-11-10
      → content/living/tap.md:6:10
      提示：把 expires 改到 2026-11-12 或以后
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn a_notice_that_has_a_title_and_no_text() {
    let spoil = |site: &TestSite| {
        site.put(
            "content/notices/2026-11/off.md",
            "---\ntitle: 停水\ndate: 2026-11-10\nexpires: 2026-11-12\nkind: 通知\n---\n\n",
        );
    };
    let site = TestSite::minimal();
    spoil(&site);
    assert_snapshot!(site.run(&["check"]).messages(), @"
    警告 G287：《停水》只有标题，没有正文
      → content/notices/2026-11/off.md:2:8
      提示：在最上面那一栏的 --- 下面，写上要说的话
    ");
}

#[test]
fn settings_of_which_a_second_file_is_not_read() {
    let site = TestSite::minimal().write("greenboard.yml", "format: 1\ntitle: 别院\n");
    let said = site.run(&["check"]);
    assert!(
        said.messages().contains("G119") && said.messages().contains("greenboard.yml"),
        "{}",
        said.messages()
    );
}
