//! A build in which nothing changed does nothing and says the same; whatever changed is noticed.

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use crate::test_site::{Run, TestSite};

const LAST: &str = ".greenboard/last.json";

/// Tells whether the run found that there was nothing to do, by a mark in its note that a run that
/// builds would write over.
fn is_spared(site: &TestSite, run: impl Fn() -> Run) -> bool {
    let note = site.read(LAST);
    site.put(LAST, format!("{} ", note.trim_end()));
    let run = run();
    assert_eq!(run.code, 0, "{}", run.stderr);
    let note = site.files(".greenboard").remove("last.json");
    note.is_some_and(|note| note.ends_with(b" "))
}

fn build(site: &TestSite) -> Run {
    site.run(&["build"])
}

/// Makes all files of the site too old to be looked into.
fn age(site: &TestSite) {
    let long_ago = SystemTime::now() - Duration::from_secs(3600);
    for path in site.files(".").into_keys() {
        let file = File::options().append(true).open(site.root().join(path));
        file.expect("opened").set_modified(long_ago).expect("set");
    }
}

#[test]
fn a_build_without_a_change_says_the_same_and_writes_nothing() {
    let site = TestSite::minimal();
    // A warning: a page without a date.
    site.put(
        "content/living/bare.md",
        "---\ntitle: 没有日期\n---\n一句。\n",
    );
    let first = build(&site);
    let files = site.files("public");
    assert!(is_spared(&site, || build(&site)));
    let second = build(&site);
    assert_eq!(first.stderr, second.stderr);
    let lines = |run: &Run| -> Vec<String> {
        let lines = run.stdout.lines();
        let kept = lines.filter(|line| !line.contains("个文件") && !line.contains("用时"));
        kept.map(str::to_owned).collect()
    };
    assert_eq!(lines(&first), lines(&second));
    assert!(second.stdout.contains("0 个文件换新"), "{}", second.stdout);
    let json =
        |run: Run| -> serde_json::Value { serde_json::from_str(&run.stdout).expect("it is JSON") };
    let spared = json(site.run(&["build", "--json"]));
    site.remove(LAST);
    assert_eq!(spared, json(site.run(&["build", "--json"])));
    assert!(files == site.files("public"));
}

#[test]
fn whatever_a_build_reads_or_wrote_is_watched() {
    let site = TestSite::minimal();
    age(&site);
    site.build();
    assert!(is_spared(&site, || build(&site)));
    type Change<'a> = (&'a str, &'a dyn Fn(&TestSite));
    let changes: [Change; 9] = [
        ("a sentence", &|it| {
            it.edit("content/_index.md", "欢迎。", "你好。")
        }),
        ("a new file", &|it| it.put("data/numbers.csv", "a,b\n1,2\n")),
        ("a renamed file", &|it| {
            let name = |name: &str| it.root().join("content/living").join(name);
            fs::rename(name("tap.md"), name("taps.md")).expect("renamed");
        }),
        ("a file gone", &|it| it.remove("data/numbers.csv")),
        ("an empty folder", &|it| {
            fs::create_dir(it.root().join("content/empty")).expect("made");
        }),
        ("the ledger", &|it| {
            it.put("ledger/2026-10.yaml", "format: 1\nevents:\n")
        }),
        ("a page of the website", &|it| {
            it.put("public/index.html", "mine")
        }),
        ("a sheet that went", &|it| {
            it.remove("print/2026-11/gate/overview.pdf")
        }),
        ("what is ours", &|it| it.remove(".greenboard/manifest.json")),
    ];
    for (what, change) in changes {
        change(&site);
        assert!(!is_spared(&site, || build(&site)), "{what} was not noticed");
        site.build();
        assert!(is_spared(&site, || build(&site)), "after {what}");
    }
    for args in [
        ["build", "--today", "2026-11-11"],
        ["build", "--month", "2026-12"],
        ["build", "--lang", "en"],
        ["build", "--only", "web"],
    ] {
        assert!(!is_spared(&site, || site.run(&args)), "{args:?}");
    }
}

/// The times of a file may be put back, and a file system may count in seconds.
#[test]
fn a_file_of_the_same_size_and_time_is_another() {
    let site = TestSite::minimal();
    let home = site.root().join("content/_index.md");
    let time = || {
        fs::metadata(&home)
            .and_then(|it| it.modified())
            .expect("it has a time")
    };
    let swap = |from, to| {
        let before = time();
        site.edit("content/_index.md", from, to);
        let file = File::options().append(true).open(&home).expect("opened");
        file.set_modified(before).expect("set");
    };
    site.build();
    swap("欢迎。", "你好。");
    assert!(!is_spared(&site, || build(&site)));
    assert!(site.read("public/index.html").contains("你好。"));
}

/// A message that was true once is not told again.
#[test]
fn what_an_earlier_run_left_is_told_once() {
    let site = TestSite::minimal();
    site.build();
    site.put("public/index.html", "mine");
    let told = |run: Run| run.stderr.matches("G607").count();
    assert_eq!(
        [told(build(&site)), told(build(&site)), told(build(&site))],
        [1, 0, 0]
    );
}
