//! Front matter as people type it, and what is told of it.

use insta::assert_snapshot;

use super::{message_after, warning_after};
use crate::test_site::TestSite;

const TAP: &str = "content/living/tap.md";

/// Puts `front` in the place of the guide's title and date.
fn with_front(front: &str) -> impl FnOnce(&TestSite) {
    move |site| site.edit(TAP, "title: 关紧水龙头\ndate: 2026-01-01\n", front)
}

#[test]
fn quotes_and_brackets_without_partners() {
    let front = "title: \"关紧水龙头”\ndate: 2026-01-01\nitems: [纸箱、旧衣\n";
    assert_snapshot!(message_after(with_front(front)), @r#"
    错误 G120：这个引号没有成对
      → content/living/tap.md:2:8
      提示：这一行写成：title: "关紧水龙头"
    错误 G121：`[` 没有和它成对的 `]`
      → content/living/tap.md:4:8
      提示：想写几项，这一行写成：items: [纸箱、旧衣]
      提示：要把 `[` 照样印出来，整个加引号：items: "[纸箱、旧衣"
    共 2 处错误。什么也没有写，原有的都还在。
    "#);
}

#[test]
fn lines_that_are_no_key_or_stand_too_far_right() {
    let front =
        "title: 关紧水龙头\n　　date: 2026-01-01\n　　order: 1\nsummary: 拧紧，\n再听一听。\n";
    assert_snapshot!(message_after(with_front(front)), @"
    错误 G123：这一行前面多了空格：上一行已经写完了
      → content/living/tap.md:3:3
      提示：去掉这一行开头的空格，和上一行左边对齐
      提示：如果是接着上一行的话，就接到上一行末尾，写成一行
    错误 G122：这一行不是“名称: 内容”的样子
      → content/living/tap.md:6:1
      提示：是单独一项的，写成 `名称: 内容`，中间要有冒号
      提示：是接着上一行的话的，接到上一行末尾，或者在这一行前面空两格
    共 2 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn levels_that_do_not_agree() {
    let spoil = |site: &TestSite| site.edit(TAP, "poster:", "- 水\nposter:");
    assert_snapshot!(message_after(spoil), @"
    错误 G104：从这里起读不懂
      → content/living/tap.md:5:3
      提示：看看这一行和上一行：同一级的要左边对齐，下一级的要多空两格，括号和引号要成对
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn a_key_that_belongs_below_another() {
    let front = "title: 关紧水龙头\ndate: 2026-01-01\n公示期：七个工作日\n";
    assert_snapshot!(message_after(with_front(front)), @"
    错误 G107：不认识 `公示期` 这一项
      → content/living/tap.md:4:1
      提示：`公示期` 要写在 `海报:` 下面，前面空两格
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn a_key_that_belongs_above_another() {
    let front = "title: 关紧水龙头\ndate: 2026-01-01\nevent:\n  date: 2026-01-05\n  文种: 通知\n";
    assert_snapshot!(message_after(with_front(front)), @"
    错误 G107：不认识 `文种` 这一项
      → content/living/tap.md:6:3
      提示：`文种` 不归在这一项下面：往外挪一层，和这一项的名字对齐
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn a_day_without_its_year() {
    let front = "title: 关紧水龙头\ndate: 1月2日\n";
    assert_snapshot!(message_after(with_front(front)), @"
    错误 G111：`1月2日` 不是一个日期
      → content/living/tap.md:3:7
      提示：没有写哪一年：写成 2027-01-02
      提示：日期这样写：2026-11-01、2026/11/1 或 2026年11月1日
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn odd_years_wrong_weekdays_and_words_behind_a_remark() {
    let front = "title: 12月5日（星期四）关紧水龙头\ndate: 2026-01-01\nexpires: 2062-11-30\nsummary: 拧紧 # 3号楼先拧\n";
    assert_snapshot!(warning_after(with_front(front)), @r#"
    警告 G126：日期和星期对不上：12月5日（星期四）
      → content/living/tap.md:2:8
      提示：2025-12-05 是星期五：日期和星期改对一个
    警告 G125：2062 年离今年（2026 年）太远了：`2062-11-30`
      → content/living/tap.md:4:10
      提示：看看年份是不是打错了；一直有效的，不用写截止
    警告 G124：`# 3号楼先拧` 当作说明，不会印出来
      → content/living/tap.md:5:12
      提示：要印出来，整个加引号：summary: "拧紧 # 3号楼先拧"
      提示：是给自己看的说明，请单独写一行，`#` 开头
    "#);
}

#[test]
fn a_date_left_from_the_file_that_was_copied() {
    let site = TestSite::minimal();
    site.put(
        "content/notices/2026-11/tap.md",
        "---\ntitle: 停水\ndate: 2025-11-01\n---\n停。\n",
    );
    // A note is told with the summary.
    let run = site.run(&["check"]);
    let said = run.stdout + &run.stderr;
    assert!(said.contains("G127"), "{said}");
    assert!(
        said.contains("文件在 2026-11 的文件夹里，日期却是 2025-11-01"),
        "{said}"
    );
}

#[test]
fn names_that_no_machine_can_write() {
    let spoil = |site: &TestSite| {
        site.put("content/living/con.md", "---\ntitle: 会议\n---\n会。\n");
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G115：名字 `living/con/index.html` 不能用
      → content/living/con.md:1:1
      提示：`con` 是 Windows 保留的名字，做不成文件：给这个文件或文件夹换个名字，如 `1-con`
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn a_page_under_a_long_name_is_built() {
    let site = TestSite::minimal();
    let name = "关于停水的通知".repeat(11);
    let tap = site.read(TAP);
    site.put(
        &format!("content/living/{name}.md"),
        tap.replace("关紧水龙头", "停水"),
    );
    site.build();
}

#[test]
fn dates_with_a_time_fall_on_days_of_the_site() {
    let site = TestSite::minimal();
    for (name, date) in [
        ("a", "2026-01-02 08:00:00"),
        ("b", "2026-01-02T08:00:00+08:00"),
        ("c", "2026-01-01T16:00:00Z"),
        ("d", "2026年1月2日 上午8:30"),
        ("e", "\u{200e}2026/1/2 8:00"),
    ] {
        let text = format!("---\ntitle: 通知{name}\ndate: {date}\n---\n正文。\n");
        site.put(&format!("content/living/{name}.md"), text);
    }
    site.build();
    for name in ["a", "b", "c", "d", "e"] {
        let page = site.read(&format!("public/living/{name}/index.html"));
        assert!(page.contains("2026-01-02"), "{page}");
    }
}

#[test]
fn titles_come_out_as_they_were_typed() {
    let site = TestSite::minimal();
    let titles = [
        "[紧急]停水",
        "@全体居民：停水",
        "注意: 停水",
        "*紧急*停水",
        "停水 #3楼先停",
        "[紧急]",
    ];
    for (at, title) in titles.iter().enumerate() {
        let text = format!("---\ntitle: {title}\n---\n正文。\n");
        site.put(&format!("content/living/t{at}.md"), text);
    }
    site.build();
    for (at, title) in titles.iter().enumerate() {
        let main = site.main_of(&format!("living/t{at}/index.html"));
        assert!(main.contains(&format!("{title}</h1>")), "{title}: {main}");
    }
}
