//! Nobody is misled: what hangs nowhere is said, in one language, and the last line is true.

use insta::assert_snapshot;

use crate::test_site::TestSite;

/// A notice that must take turns with the guide of the minimal site.
const NOTICE: &str = "---\ntitle: 今晚停气\ndate: 2026-11-10\nexpires: 2026-11-12\nkind: 通知\ntopics: [water]\nposter:\n  layout: notice\n---\n今晚18时至次日6时停气。\n";

/// Says in `language` what is told, without the lines of time.
fn told(site: &TestSite, command: &[&str]) -> String {
    let run = site.run(command);
    format!("{}{}", run.stderr, run.stdout)
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// A site written in English with a mistake of many kinds.
fn faulty() -> TestSite {
    TestSite::empty()
        .write("greenboard.yaml", "format: 1\ntitle: Yard\nlanguage: en\nbase_url: yard\ntimezone: Nowhere\npagination: 0\n")
        .write("content/_index.md", "---\ntitle: Yard\n---\nWelcome.\n")
        .write("content/living/_index.md", "---\ntitle: Living\nsort: none\n---\nText.\n")
        .write("content/living/a.md", "---\ntitel: A\ndate: never\nposter: { layout: gide, size: big, priority: 9, posting: long, everywhere: maybe }\n---\n[x](b.md) ![y](z.png)\n\n:::box\n:::\n\n::table{data=fees}\n")
        .write("content/living/c.md", "---\ntitle: [C\n---\nText.\n")
        .write("content/living/d.md", "no front matter\n")
        .write("content/living/e.md", "---\ntitle: E\npicture: gone.png\nitems: [nothing]\nstatus: nearly\ntopics: watter\n---\nText.\n")
        .write("content/boards/_index.md", "---\ntitle: Boards\n---\nText.\n")
        .write("content/boards/gate.md", "---\ntitle: Gate\nkind: wall\nsize: 500x600mm\nslots: 40 x A3\n---\nText.\n")
        .write("content/boards/yard.md", "---\ntitle: Yard\nkind: board\nplace: Yard\nsize: 500x600mm\nslots:\n  - { id: \"1\", at: [400, 50], size: A3 }\n  - { id: \"1\", at: here, size: A3 }\n---\nText.\n")
        .write("data/fees.csv", "a,a\n1,2\n")
        .write("ledger/2026-10.yaml", "- {v: 1, id: a, kind: hung}\n- {v: 9, id: b}\n")
}

#[test]
fn messages_are_wholly_in_one_language() {
    let site = faulty();
    let english = told(&site, &["check", "--lang", "en"]);
    assert!(english.matches("error G").count() > 15, "{english}");
    assert_eq!(
        english
            .lines()
            .filter(|line| line.contains(is_chinese))
            .collect::<Vec<_>>(),
        Vec::<&str>::new()
    );
    let chinese = told(&site, &["check", "--lang", "zh"]);
    let plain = |line: &&str| !line.trim_start().starts_with('→') && !line.contains(is_chinese);
    assert_eq!(
        chinese.lines().filter(plain).collect::<Vec<_>>(),
        Vec::<&str>::new()
    );
}

#[test]
fn the_plan_is_told_in_the_language_that_is_asked_for() {
    let site = TestSite::empty()
        .write("greenboard.yaml", "format: 1\ntitle: Yard\nlanguage: zh-CN\n")
        .write("content/_index.md", "---\ntitle: Yard\n---\nText.\n")
        .write("content/a.md", "---\ntitle: Tap\ndate: 2026-01-01\nposter: { layout: guide }\n---\nClose it.\n")
        .write("content/boards/gate.md", "---\ntitle: Gate\nkind: board\nplace: Gate\nsize: 500x600mm\nslots: 1 x A3\n---\nText.\n");
    for command in [
        &["plan"][..],
        &["plan", "--why", "gate/1"],
        &["plan", "--insert", "content/a.md"],
        &["status"],
        &["status", "--on", "2026-11-01"],
    ] {
        let command = [command, &["--lang", "en"]].concat();
        let english = told(&site, &command);
        assert!(!english.contains(is_chinese), "{command:?}: {english}");
    }
}

#[test]
fn a_notice_that_hangs_nowhere_is_told_by_check_build_and_plan() {
    let site = TestSite::minimal()
        .write(
            "content/living/first.md",
            NOTICE
                .replace("今晚停气", "水管抢修")
                .replace("layout: notice", "layout: notice\n  everywhere: true"),
        )
        .write("content/living/gas.md", NOTICE);
    let commands = [&["check"][..], &["build"], &["plan", "2026-11"]];
    let said = commands.map(|command| {
        let run = site.run(command);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.messages().to_owned()
    });
    assert!(said.iter().all(|it| *it == said[0]), "{said:#?}");
    assert_snapshot!(said[0], @"
    警告 G405：“今晚停气”没有一块宣传栏挂它：大门宣传栏：放得下它的 1 格这几天都排给了别的宣传品
      → content/living/gas.md:8:3
      提示：放得下它的格子都挂着非挂不可的：改其中一张的日期，或者给宣传栏加一格
    ");
    let run = site.run(&["check"]);
    assert!(run.stdout.contains("1 条警告"), "{}", run.stdout);
}

#[test]
fn a_notice_without_an_end_is_asked_about() {
    let open = NOTICE.replace("expires: 2026-11-12\n", "");
    let site = TestSite::minimal().write("content/living/gas.md", &open);
    assert_snapshot!(site.run(&["check"]).messages(), @"
    警告 G408：《今晚停气》是通知一类，没有写挂到哪天；先从 2026-11-10 挂到 2026-12-09
      → content/living/gas.md:4:7
      提示：有期限的，加一行 `截止: 2026-12-09`（写真正的最后一天）
      提示：一直有用的，加一行 `截止: 常年`，就和别的常年内容轮着挂
    ");
    for line in ["expires: 2026-11-12", "截止：常年"] {
        site.put(
            "content/living/gas.md",
            open.replace("kind:", &format!("{line}\nkind:")),
        );
        let said = site.run(&["check"]);
        assert!(!said.stderr.contains("G408"), "{}", said.stderr);
    }
}

#[test]
fn all_that_is_too_long_is_told_at_once() {
    // Longer than any form has room for.
    let title = "关于梧桐里社区26号楼屋面排水管更换工程公共收益使用情况以及二次供水设施改造和加装电梯三项工程一并征求意见的再次公示".repeat(5);
    let text = "根据有关规定现将情况公示如下。".repeat(200);
    let page = format!(
        "---\ntitle: {title}\ndate: 2026-11-10\nexpires: 2026-11-30\nkind: 通知\nposter:\n  layout: notice\n---\n{text}\n"
    );
    let site = TestSite::minimal().write("content/living/long.md", page);
    let run = site.run(&["check"]);
    let said = run.messages();
    assert!(
        said.contains("标题请删去约") && said.contains("正文请删去约"),
        "{said}"
    );
}

#[test]
fn what_of_a_notice_is_too_long_for_paper_is_said_where_a_screen_takes_it() {
    let board = |title, rest| format!("---\ntitle: {title}\nplace: 大门\n{rest}\n---\n大门里。\n");
    let led = board(
        "条屏",
        "kind: screen\nsize: 320x32\nwidth: 3200mm\ndistance: 8\nslots: 1",
    );
    let gate = board(
        "大门宣传栏",
        // Two side by side would take it, on two sheets.
        "kind: board\nsize: 900x600mm\ndistance: 2.5\nslots: 1 x A3",
    );
    let title = "关于桂花巷社区二次供水设施清洗消毒及老旧管网改造期间停水的通知";
    let text = "根据有关规定现将情况公示如下。".repeat(200);
    let page = format!(
        "---\ntitle: {title}\ndate: 2026-11-10\nexpires: 2026-11-30\nkind: 通知\nposter:\n  layout: notice\n---\n{text}\n"
    );
    let site = TestSite::minimal()
        .write("content/boards/gate.md", gate)
        .write("content/boards/led.md", led)
        .write("content/living/long.md", page);
    let said = site.run(&["check"]).messages().to_owned();
    assert!(said.contains("警告 G406"), "{said}");
    assert!(said.contains("大门宣传栏："), "{said}");
    assert!(said.contains("太长，请删去约 "), "{said}");
}

#[test]
fn many_of_one_kind_are_one_message() {
    let mut site = TestSite::minimal();
    for n in 0..30 {
        site = site.write(
            &format!("content/living/p{n}.md"),
            format!("---\ntitle: 第{n}篇\ntopcis: [water]\n---\n字。\n"),
        );
    }
    let run = site.run(&["check"]);
    assert_eq!(
        run.messages().matches("错误 G107").count(),
        1,
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("这样的一共 30 处"), "{}", run.stderr);
    assert!(run.stderr.contains("共 30 处错误"), "{}", run.stderr);
    let json = site.run(&["check", "--json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(json["diagnostics"].as_array().map(Vec::len), Some(30));
}

/// Every key that a command's JSON has stands in its row of the guide.
#[test]
fn the_guide_names_all_that_json_holds() {
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/commands.md");
    let guide = std::fs::read_to_string(guide).expect("the guide is there");
    let commands: [&[&str]; 14] = [
        &["build"],
        &["check"],
        &["check", "--fix"],
        &["plan"],
        &["plan", "2026-11"],
        &["plan", "--why", "gate/1"],
        &["plan", "--insert", "content/living/tap.md"],
        &["post", "2026-11", "--by", "陈立"],
        &["status"],
        &["status", "--on", "2026-11-01"],
        &["report"],
        &["handover"],
        &["new", "notice", "停水"],
        &[
            "init",
            "new-site",
            "--name",
            "桂花巷社区",
            "--city",
            "绵阳市",
        ],
    ];
    let site = TestSite::minimal();
    for command in commands {
        let name = format!("`{}`", command[0]);
        let rows: Vec<&str> = (guide.lines())
            .filter(|line| {
                line.split('|')
                    .nth(1)
                    .is_some_and(|cell| cell.contains(&name))
            })
            .filter(|line| line.starts_with("| `"))
            .collect();
        assert_eq!(rows.len(), 1, "{rows:?}");
        let run = site.run(&[command, &["--json"]].concat());
        let json: serde_json::Value = serde_json::from_str(&run.stdout)
            .unwrap_or_else(|error| panic!("{command:?}: {error}\n{}{}", run.stdout, run.stderr));
        let usual = ["format", "ok", "diagnostics"];
        let keys = json.as_object().expect("an object").keys();
        for key in keys.filter(|key| !usual.contains(&key.as_str())) {
            assert!(
                rows[0].contains(&format!("`{key}`")),
                "{command:?} gives {key}: {}",
                rows[0]
            );
        }
    }
}

/// A folder that was lost breaks thousands of links; to look among thousands of pages for what each
/// meant would take minutes.
#[test]
fn many_broken_links_are_all_told_and_not_all_compared() {
    let links: String = (0..230)
        .map(|n| format!("[水](meter-reading-{n}.md)\n"))
        .collect();
    let page = format!("---\ntitle: 断链\ndate: 2026-01-01\n---\n{links}");
    let other = "---\ntitle: 抄表\ndate: 2026-01-01\n---\n抄表。\n";
    let site = TestSite::minimal()
        .write("content/living/broken.md", page)
        .write("content/living/meter-reading.md", other);
    let told: serde_json::Value =
        serde_json::from_str(&site.run(&["check", "--json"]).stdout).expect("it is JSON");
    let all = told["diagnostics"].as_array().expect("a list").iter();
    let broken: Vec<String> = all
        .filter(|it| it["code"] == "G203")
        .map(|it| it["hints"].to_string())
        .collect();
    assert_eq!(broken.len(), 230);
    let compared = broken
        .iter()
        .filter(|hints| hints.contains("meter-reading.md"));
    assert_eq!(compared.count(), 200, "{}", broken[0]);
}
