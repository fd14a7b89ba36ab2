//! Boards, slots, shops and screens that are wrong.

use insta::assert_snapshot;

use super::message_after;
use crate::test_site::TestSite;

#[test]
fn a_board_without_a_slot() {
    let spoil = |site: &TestSite| {
        site.edit(
            "content/boards/gate.md",
            "slots:\n  - { id: \"1\", at: [50, 50], size: A3 }\n",
            "",
        );
    };
    assert_snapshot!(message_after(spoil), @r#"
    错误 G209：宣传栏“大门宣传栏”没有版面
      → content/boards/gate.md:2:1
      提示：在 `slots:` 下面至少写一格：编号 id、左边和上边的毫米数 at、尺寸 size
    共 1 处错误。什么也没有写，原有的都还在。
    "#);
}

#[test]
fn an_unknown_board_is_named_with_those_that_there_are() {
    let said = message_after(|site| {
        site.edit(
            "content/living/tap.md",
            "layout: guide",
            "layout: guide\n  boards: [gaet]",
        );
    });
    assert_snapshot!(said, @"
    错误 G211：没有编号为 `gaet` 的宣传栏
      → content/living/tap.md:7:12
      提示：是不是想写 `gate`？
      提示：已有：gate
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn a_board_that_cannot_be_read_is_no_unknown_board() {
    let said = message_after(|site| {
        site.edit("content/boards/gate.md", "size: 500x600mm", "size: 大");
        site.edit(
            "content/living/tap.md",
            "layout: guide",
            "layout: guide\n  boards: [gate]",
        );
    });
    assert!(said.contains("G110") && !said.contains("G211"), "{said}");
}

#[test]
fn more_sheets_than_a_board_holds() {
    let spoil = |site: &TestSite| {
        let slots = "slots:\n  - { id: \"1\", at: [50, 50], size: A3 }\n";
        site.edit("content/boards/gate.md", slots, "slots: 30 x A3\n");
    };
    assert_snapshot!(message_after(spoil), @r#"
    错误 G110：`slots` 的值 `30 x A3` 不对，要写：放得下的张数：这里最多 1 张 A3
      → content/boards/gate.md:7:8
      提示：例如 `1 x A3`
    共 1 处错误。什么也没有写，原有的都还在。
    "#);
}

#[test]
fn a_slot_outside_its_panel() {
    let spoil = |site: &TestSite| {
        let slots = "slots:\n  - { id: \"1\", at: [50, 50], size: A3 }\n";
        let panel = "panels:\n  - title: 左扇\n    at: [0, 0]\n    size: 300x300mm\n    \
            slots: [{ id: \"9\", at: [10, 10], size: A3 }]\n";
        site.edit("content/boards/gate.md", slots, panel);
    };
    assert_snapshot!(message_after(spoil), @r#"
    错误 G210：第 9 格的位置不对：从栏板的左上角量，它的右边到 307 毫米、下边到 430 毫米，栏板只有 300×300 毫米
      → content/boards/gate.md:11:13
      提示：按毫米量好左边、上边的距离，再改 `at:`
    共 1 处错误。什么也没有写，原有的都还在。
    "#);
}

#[test]
fn a_press_profile_that_is_none() {
    let spoil = |site: &TestSite| {
        site.put("profiles/press.icc", "四色");
        let print = "print: { colour: cmyk, profile: profiles/press.icc }\n";
        let settings = format!("{}{print}", site.read("greenboard.yaml"));
        site.put("greenboard.yaml", settings);
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G315：印刷店的颜色文件 `profiles/press.icc` 不能用：它不是印刷店给的颜色文件（ICC）
      → greenboard.yaml:4:33
      提示：向印刷店要他们机器的 ICC 文件，放进 `profiles/`，写成 `profile: profiles/文件名.icc`；没有就删掉这一行
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn a_banner_over_a_slot() {
    let spoil = |site: &TestSite| {
        let header = "header: { at: [0, 0], size: 300x100mm }\nslots:";
        site.edit("content/boards/gate.md", "slots:", header);
    };
    assert_snapshot!(message_after(spoil), @r#"
    错误 G210：栏头的位置不对：它和第 1 格叠在一起
      → content/boards/gate.md:7:9
      提示：按毫米量好左边、上边的距离，再改 `at:`
    共 1 处错误。什么也没有写，原有的都还在。
    "#);
}

#[test]
fn an_area_that_no_board_has() {
    let spoil = |site: &TestSite| {
        let areas = "layout: guide\n  areas: [东片]";
        site.edit("content/living/tap.md", "layout: guide", areas);
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G226：没有哪块宣传栏的 `area` 是 `东片`
      → content/living/tap.md:7:11
      提示：或者在宣传栏的文件里加一行 `area: 东片`
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn a_price_that_is_none() {
    let spoil = |site: &TestSite| {
        let settings = site.read("greenboard.yaml");
        let print = "print: { prices: { A3: 两元 } }\nrotation: { weights: { empty: -1 } }\n";
        site.put("greenboard.yaml", format!("{settings}{print}"));
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G110：`A3` 的值 `两元` 不对，要写：元数，最多两位小数
      → greenboard.yaml:4:24
      提示：例如 `1.5`
    错误 G110：`empty` 的值 `-1` 不对，要写：0 到 100000 的整数
      → greenboard.yaml:5:31
      提示：例如 `0`
    共 2 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn hours_of_a_screen_that_are_none() {
    let spoil = |site: &TestSite| {
        let board = "---\ntitle: 屏\nkind: screen\nsize: 1920x1080\nwidth: 3m\nhours: 白天\nslots: 2\n---\n";
        site.put("content/boards/led.md", board.replace("3m", "3200mm"));
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G110：`hours` 的值 `白天` 不对，要写：从几点到几点
      → content/boards/led.md:6:8
      提示：例如 `7:00–21:30`
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}
