//! Texts, front matter and links that are wrong.

use insta::assert_snapshot;

use super::{message_after, warning_after};
use crate::test_site::TestSite;

#[test]
fn unknown_key() {
    assert_snapshot!(message_after(|site| site.edit("content/living/tap.md", "topics:", "topcs:")), @r#"
    错误 G107：不认识 `topcs` 这一项
      → content/living/tap.md:4:1
      提示：是不是想写 `topics`？
    共 1 处错误。什么也没有写，原有的都还在。
    "#);
}

#[test]
fn bad_date() {
    assert_snapshot!(message_after(|site| site.edit("content/living/tap.md", "2026-01-01", "2026-02-30")), @r#"
    错误 G111：`2026-02-30` 不是一个日期
      → content/living/tap.md:3:7
      提示：日期这样写：2026-11-01、2026/11/1 或 2026年11月1日
    共 1 处错误。什么也没有写，原有的都还在。
    "#);
}

#[test]
fn missing_image() {
    let spoil = |site: &TestSite| site.edit("content/_index.md", "欢迎。", "![水龙头](tap.png)");
    assert_snapshot!(message_after(spoil), @r#"
    错误 G205：找不到图片 `tap.png`
      → content/_index.md:4:1
      提示：把图片放在这个文件旁边，名字写成一样（连大小写）
      提示：不要这张图了，把写着它的那一行删掉；下一行是 `picture_alt` 的，一起删
    共 1 处错误。什么也没有写，原有的都还在。
    "#);
}

#[test]
fn broken_link() {
    let spoil =
        |site: &TestSite| site.edit("content/_index.md", "欢迎。", "见[水](living/tab.md)。");
    assert_snapshot!(message_after(spoil), @r#"
    错误 G203：链接 `living/tab.md` 找不到对应的文件
      → content/_index.md:4:2
      提示：是不是想写 `living/tap.md`？
    共 1 处错误。什么也没有写，原有的都还在。
    "#);
}

#[test]
fn two_pages_with_one_address() {
    let spoil = |site: &TestSite| {
        site.put(
            "content/living/drip.md",
            "---\ntitle: 滴水\nslug: tap\n---\n听。\n",
        );
    };
    assert_snapshot!(message_after(spoil), @r#"
    错误 G201：这一页与 content/living/drip.md 的网址相同：living/tap/index.html
      → content/living/tap.md:2:8
      提示：给其中一页改文件名，或写 `slug: 另一个名字`
    共 1 处错误。什么也没有写，原有的都还在。
    "#);
}

#[test]
fn a_file_that_is_no_text() {
    let spoil = |site: &TestSite| {
        site.put(
            "content/living/photo.md",
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        )
    };
    assert_snapshot!(message_after(spoil), @r#"
    错误 G102：这个文件不是文字，读不出来
      → content/living/photo.md:1:1
      提示：如果是 Word 或 WPS 文档，把它移到别处，用 greenboard import 导入；如果是图片或 PDF，请换回它原来的扩展名
    共 1 处错误。什么也没有写，原有的都还在。
    "#);
}

#[test]
fn all_mistakes_are_told_at_once() {
    let spoil = |site: &TestSite| {
        site.edit(
            "content/living/tap.md",
            "layout: guide",
            "layout: giude\n  prioritty: 9",
        );
        site.edit("content/boards/gate.md", "size: 500x600mm", "size: 大");
        site.edit("content/_index.md", "欢迎。", "![](a.png)[b](b.md)");
    };
    assert_snapshot!(message_after(spoil), @r#"
    错误 G205：找不到图片 `a.png`
      → content/_index.md:4:1
      提示：把图片放在这个文件旁边，名字写成一样（连大小写）
      提示：不要这张图了，把写着它的那一行删掉；下一行是 `picture_alt` 的，一起删
    错误 G203：链接 `b.md` 找不到对应的文件
      → content/_index.md:4:11
      提示：看看名字是不是写对了、文件在不在；不要了，就把它去掉
    错误 G110：`size` 的值 `大` 不对，要写：纸张名，或宽x高（如 60x90厘米）
      → content/boards/gate.md:5:7
      提示：例如 `A3`
    错误 G301：没有名为 `giude` 的海报模板
      → content/living/tap.md:6:11
      提示：是不是想写 `guide`？
      提示：可以写：guide、month、notice、plan、qa、story……（一共 11 个）
    错误 G107：不认识 `prioritty` 这一项
      → content/living/tap.md:7:3
      提示：是不是想写 `priority`？
    共 5 处错误。什么也没有写，原有的都还在。
    "#);
}

#[test]
fn front_matter_that_is_missing_or_never_ends() {
    let spoil = |site: &TestSite| {
        site.put("content/living/a.md", "今天院里收旧衣。\n");
        site.put(
            "content/living/b.md",
            "---\ntitle: 旧衣\n今天院里收旧衣。\n",
        );
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G106：文件开头缺少信息栏
      → content/living/a.md:1:1
      提示：第一行写 ---，然后写“标题: …”，再写一行 ---
    错误 G105：文件开头的信息栏没有结束
      → content/living/b.md:1:1
      提示：在信息栏最后另起一行，写三个减号 ---
    共 2 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn a_heading_that_the_page_does_not_have() {
    let spoil = |site: &TestSite| {
        site.edit("content/_index.md", "欢迎。", "见[水](living/tap.md#听)。");
        site.edit(
            "content/living/tap.md",
            "1. **拧紧**",
            "## 听水\n\n1. **拧紧**",
        );
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G204：`living/tap.md#听` 那一页没有名为 `#听` 的标题
      → content/_index.md:4:2
      提示：是不是想写 `#听水`？
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn no_site_at_all() {
    let run = TestSite::empty().run(&["build"]);
    assert_eq!(run.code, 1);
    assert_snapshot!(run.messages(), @"
    错误 G113：这个文件夹里没有 greenboard.yaml，不是一个绿板网站
      提示：新建一个网站：greenboard init 文件夹名
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn a_format_of_years_to_come() {
    let spoil = |site: &TestSite| {
        site.edit("greenboard.yaml", "format: 1", "format: 9");
        site.put("ledger/2026.yaml", "format: 9\nevents: []\n");
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G114：这个文件的格式版本是 9，本程序只认识到 1
      → greenboard.yaml:1:9
      提示：请换用新版的 greenboard
      这样的一共 2 处，还有：
      → ledger/2026.yaml:1:1
    错误 G404：台账这一行有问题：每一行应当写成 `- {v: 1, id: …}`
      → ledger/2026.yaml:2:1
    共 3 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn a_language_without_words() {
    let spoil = |site: &TestSite| {
        let settings = site.read("greenboard.yaml");
        site.put("greenboard.yaml", format!("{settings}language: eo\n"));
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G254：主题没有语言 `eo` 的界面文字
      → greenboard.yaml:4:11
      提示：是不是想写 `en`？
      提示：有这几种：en、zh-CN、zh-Hant
      提示：别的语言，先给主题加上 i18n/eo.yaml
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn two_versions_that_nobody_joined() {
    let text =
        "---\ntitle: 停水\n---\n周六\n<<<<<<< HEAD\n九点\n=======\n十点\n>>>>>>> main\n停水。\n";
    assert_snapshot!(message_after(|site| site.put("content/living/a.md", text)), @"
    错误 G282：这里留着两份没有合到一起的文字
      → content/living/a.md:5:1
      提示：<<<<<<< 到 ======= 是一份，======= 到 >>>>>>> 是另一份：留下要的，把另一份和这三行都删掉
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn writing_whose_direction_turns() {
    let turned = "电话 \u{202D}5550 0116\u{202C}，\u{202E}6110 0555\u{202C}。";
    let spoil = |site: &TestSite| site.edit("content/_index.md", "欢迎。", turned);
    assert_snapshot!(warning_after(spoil), @"
    警告 G283：这里有一个看不见的符号，会把后面的字倒过来排
      → content/_index.md:4:4
      提示：多半是从通讯录或网页复制来的：把“5550 0116，61”这几个字删掉，重新打一遍
      提示：这个文件里还有 1 个
    ");
}

#[test]
fn a_row_with_too_many_cells() {
    let table = "| 物品 | 桶 |\n| --- | --- |\n| 电池|灯管 | 红桶 |";
    let spoil = |site: &TestSite| site.edit("content/_index.md", "欢迎。", table);
    assert_snapshot!(warning_after(spoil), @r"
    警告 G280：这一行有 3 格，表头只有 2 格；多出来的排在没有名字的列里
      → content/_index.md:6:1
      提示：格里要写竖线，就写成 \| 或者全角的 ｜
      提示：真要多一列，就在表头和下面那行 --- 里也加一格
    ");
}

#[test]
fn a_file_saved_in_an_old_encoding() {
    let spoil = |site: &TestSite| {
        // 下水道 in GB 18030.
        let text = b"---\ntitle: \xcf\xc2\xcb\xae\xb5\xc0\ndate: 2026-01-01\n---\n";
        site.put("content/living/pipe.md", text);
    };
    assert_snapshot!(warning_after(spoil), @"
    警告 G103：这个文件不是用 UTF-8 编码存的，先按 GB18030 读了
      → content/living/pipe.md:1:1
      提示：在记事本里“另存为”，编码选 UTF-8，就不再提示
    ");
}
