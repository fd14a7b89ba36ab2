//! What users get wrong: a Chinese message with file and line, exit 1, the last good output
//! untouched.

use insta::assert_snapshot;

use crate::test_site::TestSite;

/// Builds a good site, spoils it, and returns what a second build says.
#[track_caller]
fn message_after(spoil: impl FnOnce(&TestSite)) -> String {
    let site = TestSite::minimal();
    site.build();
    let before = (site.files("public"), site.files("print"));
    spoil(&site);
    let run = site.run(&["build"]);
    assert_eq!(run.code, 1, "{}\n{}", run.stdout, run.stderr);
    assert!(
        before == (site.files("public"), site.files("print")),
        "the old output was touched"
    );
    run.messages().to_owned()
}

#[test]
fn unknown_key() {
    assert_snapshot!(message_after(|site| site.edit("content/living/tap.md", "topics:", "topcs:")), @"");
}

#[test]
fn bad_date() {
    assert_snapshot!(message_after(|site| site.edit("content/living/tap.md", "2026-01-01", "2026-02-30")), @"");
}

#[test]
fn missing_image() {
    let spoil = |site: &TestSite| site.edit("content/_index.md", "欢迎。", "![水龙头](tap.png)");
    assert_snapshot!(message_after(spoil), @"");
}

#[test]
fn broken_link() {
    let spoil =
        |site: &TestSite| site.edit("content/_index.md", "欢迎。", "见[水](living/tab.md)。");
    assert_snapshot!(message_after(spoil), @"");
}

#[test]
fn two_pages_with_one_address() {
    let spoil = |site: &TestSite| {
        site.put(
            "content/living/drip.md",
            "---\ntitle: 滴水\nslug: tap\n---\n听。\n",
        );
    };
    assert_snapshot!(message_after(spoil), @"");
}

#[test]
fn a_board_without_a_slot() {
    let spoil = |site: &TestSite| {
        site.edit(
            "content/boards/gate.md",
            "slots:\n  - { id: \"1\", at: [50, 50], size: A3 }\n",
            "",
        );
    };
    assert_snapshot!(message_after(spoil), @"");
}

#[test]
fn a_poster_too_long_for_its_slot() {
    let spoil = |site: &TestSite| {
        let long = "每天出门之前，先把厨房和卫生间的水龙头都看一遍。".repeat(60);
        site.edit(
            "content/living/tap.md",
            "1. **拧紧**每个水龙头。",
            &format!("1. {long}"),
        );
    };
    assert_snapshot!(message_after(spoil), @"");
}

#[test]
fn unknown_layout() {
    assert_snapshot!(message_after(|site| site.edit("content/living/tap.md", "layout: guide", "layout: giude")), @"");
}

#[test]
fn broken_yaml() {
    assert_snapshot!(message_after(|site| site.edit("content/living/tap.md", "topics: [water]", "topics: [water")), @"");
}

#[test]
fn a_file_that_is_no_text() {
    let spoil = |site: &TestSite| {
        site.put(
            "content/living/photo.md",
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        )
    };
    assert_snapshot!(message_after(spoil), @"");
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
    assert_snapshot!(message_after(spoil), @"");
}
