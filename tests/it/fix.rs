//! `check --fix`: what can be mended without asking is mended, and nothing else is touched.

use insta::assert_snapshot;

use crate::test_site::TestSite;

/// A page with a mistake of each kind, as Notepad writes it.
const PAGE: &str = "\u{feff}---\r\n# 注释留着\r\ntitel: 停水 \r\ndate: 2026-11-10\r\ntopics: [watre]\r\nposter:\r\n  layout: gudie   # 版式\r\n---\r\n看[水龙头](tab.md)和[这里](#重电)。\r\n\r\n## 重点\r\n\r\n:::calout\r\n字\r\n:::\r\n";

#[test]
fn what_is_sure_is_mended_and_the_rest_stays_to_the_byte() {
    let site = TestSite::minimal().write("content/living/off.md", PAGE);
    let before = site.files("content");
    let shown = site.run(&["check", "--fix", "--dry-run"]);
    assert!(site.files("content") == before, "something was written");
    assert!(
        shown.stdout.contains("现在什么也没有写"),
        "{}",
        shown.stdout
    );
    let run = site.run(&["check", "--fix"]);
    assert_snapshot!(run.stdout, @"
    content/living/off.md 第 3 行
      - titel: 停水 
      + title: 停水
    content/living/off.md 第 5 行
      - topics: [watre]
      + topics: [water]
    content/living/off.md 第 7 行
      -   layout: gudie   # 版式
      +   layout: guide   # 版式
    content/living/off.md 第 9 行
      - 看[水龙头](tab.md)和[这里](#重电)。
      + 看[水龙头](tap.md)和[这里](#重点)。
    content/living/off.md 第 13 行
      - :::calout
      + :::callout
    改了 5 处
    没有发现要改的地方：6 页，1 块宣传栏
    ");
    let after = site.files("content");
    let expected = PAGE
        .replace("titel", "title")
        .replace("watre", "water")
        .replace("gudie", "guide")
        .replace("tab.md", "tap.md")
        .replace("重电", "重点")
        .replace("calout", "callout");
    assert_eq!(String::from_utf8_lossy(&after["living/off.md"]), expected);
    for (path, bytes) in before.iter().filter(|(path, _)| *path != "living/off.md") {
        assert!(after[path] == *bytes, "{path} was touched");
    }
    let again = site.run(&["check", "--fix"]);
    assert!(again.stdout.contains("没有能自动改的"), "{}", again.stdout);
}

#[test]
fn other_encodings_stay() {
    let page = PAGE.trim_start_matches('\u{feff}');
    let (bytes, _, _) = encoding_rs::GB18030.encode(page);
    let site = TestSite::minimal().write("content/living/off.md", &*bytes);
    let _ = site.run(&["check", "--fix"]);
    let after = site.files("content");
    let (text, _, _) = encoding_rs::GB18030.decode(&after["living/off.md"]);
    assert!(text.contains("title: 停水 \r\n"), "{text}");
    assert_eq!(text.matches("\r\n").count(), page.matches("\r\n").count());
}

#[test]
fn pages_that_notepad_named_get_their_names_back() {
    let page = "---\ntitle: 停气\n---\n停。\n";
    let site = TestSite::minimal()
        .write("content/living/gas.md.txt", page)
        .write("content/living/power.md.txt", page)
        .write("content/living/power.md", "---\ntitle: 停电\n---\n停。\n")
        .write("content/living/form.md.txt", page)
        .write(
            "content/living/off.md",
            "---\ntitle: 停水\n---\n[表](form.md.txt)\n",
        );
    let run = site.run(&["check", "--fix", "--dry-run"]);
    assert!(run.stdout.contains("会改 1 处"), "{}", run.stdout);
    let run = site.run(&["check", "--fix"]);
    assert!(
        run.stdout
            .contains("content/living/gas.md.txt 改名为 gas.md\n改了 1 处"),
        "{}",
        run.stdout
    );
    assert_eq!(site.read("content/living/gas.md"), page);
    let after = site.files("content");
    assert!(!after.contains_key("living/gas.md.txt"));
    assert_eq!(after["living/power.md.txt"], page.as_bytes());
    assert_eq!(after["living/form.md.txt"], page.as_bytes());
}

#[test]
fn values_that_cannot_be_read_get_their_quotes() {
    let site = TestSite::minimal().write(
        "content/living/off.md",
        "---\ntitle: @全体居民 停水\nsummary: \"今晚\ndate: 2026-11-10\n---\n字。\n",
    );
    let run = site.run(&["check", "--fix"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_snapshot!(site.read("content/living/off.md"), @r#"
    ---
    title: @全体居民 停水
    summary: "今晚"
    date: 2026-11-10
    ---
    字。
    "#);
}

#[test]
fn what_is_in_doubt_is_left_alone() {
    let site = TestSite::minimal()
        .write(
            "greenboard.yaml",
            "format: 1\ntitle: 小院\npeople:\n  - name: 陈立\n  - name: 陈力\n",
        )
        .write("content/living/a1.md", "---\ntitle: 甲\n---\n字。\n")
        .write("content/living/a2.md", "---\ntitle: 乙\n---\n字。\n")
        .write(
            "content/living/off.md",
            "---\ntitle: 停水\nfoo: 1\n---\n[看](a3.md)\n",
        );
    let before = site.files("content");
    let run = site.run(&["check", "--fix"]);
    assert_eq!(run.code, 1);
    assert!(site.files("content") == before, "{}", run.stdout);
}

#[test]
fn remedies_are_in_json() {
    let site = TestSite::minimal().write("content/living/off.md", "---\ntitel: 停水\n---\n字。\n");
    let json = site.run(&["check", "--json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let fixes = json["diagnostics"].as_array().expect("a list");
    let fix = fixes
        .iter()
        .find_map(|one| one["fix"].as_array())
        .expect("a fix");
    assert_eq!(
        fix[0],
        serde_json::json!({
            "file": "content/living/off.md", "line": 2, "column": 1, "end_line": 2, "end_column": 6, "text": "title"
        })
    );
}
