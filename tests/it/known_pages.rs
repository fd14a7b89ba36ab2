//! Which pages a site has, and which of them anybody may know of.

use insta::assert_snapshot;

use crate::test_site::TestSite;

#[test]
fn a_site_without_a_home_page_gets_one() {
    let site = TestSite::minimal();
    site.edit(
        "greenboard.yaml",
        "title: 小院\n",
        "title: 小院\ndescription: 院里的事。\n",
    );
    site.remove("content/_index.md");
    site.remove("content/living/_index.md");
    site.build();
    let home = site.main_of("index.html");
    for part in [
        "<p>院里的事。</p>",
        "<a href=\"living/index.html\">living</a>",
    ] {
        assert!(home.contains(part), "{part} is not in {home}");
    }
    assert!(site.root().join("public/living/index.html").exists());
}

#[test]
fn a_page_before_its_day_is_nowhere_on_the_website() {
    let site = TestSite::minimal().write(
        "content/living/soon.md",
        "---\ntitle: 暗号\nid: living/geheim\nslug: geheim\ndate: 2026-11-20\ntopics: [air]\nposter:\n  layout: guide\n  priority: 3\n  everywhere: true\n---\n先不说。\n",
    );
    site.build();
    let plan = site.run(&["plan", "2026-12"]);
    assert!(
        plan.stdout.contains("暗号"),
        "it is planned: {}",
        plan.stdout
    );
    for (path, bytes) in site.files("public") {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("暗号") && !text.contains("geheim"), "{path}");
        assert!(!path.contains("geheim"), "{path}");
    }
}

#[test]
fn pages_and_boards_that_hung_and_are_gone_are_told() {
    let site = TestSite::minimal().write(
        "ledger/2026-10.yaml",
        "format: 1\nevents:\n- {v: 1, id: 2026-10-01/gates/1, kind: hung, board: gates, slot: \"1\", poster: living/taps, from: 2026-10-01, to: 2026-10-15, by: 陈立}\n",
    );
    let run = site.run(&["check"]);
    assert_snapshot!(run.messages(), @"
    警告 G297：台账里的宣传栏 `gates` 现在没有对应的文件，挂过什么都算不到它
      → ledger/2026-10.yaml:3:25
      提示：是不是改名成了 content/boards/gate.md？在它的信息栏里写：formerly: gates
      提示：改过名的，在新文件的信息栏里写：formerly: gates；拆掉了的，写在接替它的那一块里
    警告 G296：挂过的 `living/taps` 现在没有对应的文件：它挂过几次、多久不能再挂，都算不到了
      → ledger/2026-10.yaml:3:79
      提示：是不是改名成了 content/living/tap.md？在它的信息栏里写：formerly: living/taps
      提示：文件改过名或挪过地方的，在新文件的信息栏里写：formerly: living/taps；删掉了的，把文件找回来放回原处，写上 expires，它就不再上网、不再挂，台账还认得
    ");
    site.edit(
        "content/living/tap.md",
        "title:",
        "formerly: living/taps\ntitle:",
    );
    site.edit(
        "content/boards/gate.md",
        "title:",
        "formerly: gates\ntitle:",
    );
    let run = site.run(&["check"]);
    assert_eq!(run.messages(), "");
}

#[test]
fn two_pages_of_one_title_in_one_section_are_told() {
    let site = TestSite::minimal();
    let page = |title: &str| format!("---\ntitle: {title}\ndate: 2026-01-02\n---\n字。\n");
    site.put("content/living/a.md", page("关紧水龙头"));
    site.put("content/notices/b.md", page("关紧水龙头"));
    let run = site.run(&["check"]);
    assert_snapshot!(run.messages(), @"
    警告 G298：同一个栏目里有两篇都叫“关紧水龙头”，读的人分不清（另一篇是 content/living/a.md）
      → content/living/tap.md:2:8
      提示：在标题里写明不同之处，例如加上日期、地点；是多出来的副本就删掉一份
    ");
    site.put("content/living/a.md", page("\"\\u200B　\""));
    let run = site.run(&["check"]);
    assert!(run.messages().contains("G109"), "{}", run.stderr);
}
