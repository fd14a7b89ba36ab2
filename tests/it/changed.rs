//! What is written when something is edited: which files of the outputs change, by kind of edit.

use std::collections::{BTreeMap, BTreeSet};

use insta::assert_snapshot;

use crate::test_site::TestSite;

/// A site of twenty guides, two notices and a board, with a website's address.
fn site() -> TestSite {
    let mut site = TestSite::minimal();
    site.edit(
        "greenboard.yaml",
        "title: 小院",
        "title: 小院\ntaxonomies:\n  - { id: readers, title: 写给谁 }",
    );
    // A theme of its own, as a first file of one sets all sheets anew.
    site = site.write("theme/i18n/zh-CN.yaml", "web:\n  home: 回院里\n");
    for n in 0..20 {
        site = site.write(
            &format!("content/living/guide-{n:02}.md"),
            format!(
                "---\ntitle: 指南{n}号\ndate: 2026-01-{:02}\nsummary: 第{n}篇的摘要。\ntopics: [{}]\nreaders: [居民{}]\n---\n第{n}篇说的第一句。第二句是{}。\n",
                n + 1,
                ["water", "energy", "sorting"][n % 3],
                n % 4,
                "多说几个字".repeat(n + 1),
            ),
        );
    }
    site
}

/// Returns what differs, its hashes and numbers of versions as `#`, each with `+`, `-` or nothing.
fn differences(
    before: &BTreeMap<String, Vec<u8>>,
    after: &BTreeMap<String, Vec<u8>>,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in before.keys().chain(after.keys()) {
        let sign = match (before.get(path), after.get(path)) {
            (Some(before), Some(after)) if before == after => continue,
            (Some(_), Some(_)) => "",
            (None, _) => "+",
            (_, None) => "-",
        };
        found.insert(format!("{sign}{}", without_hashes(path)));
    }
    // A file that changed its name with its content is one that changed.
    let renamed: Vec<String> = found
        .iter()
        .filter_map(|path| path.strip_prefix('+'))
        .filter(|path| found.contains(&format!("-{path}")))
        .map(str::to_owned)
        .collect();
    for path in renamed {
        found.remove(&format!("+{path}"));
        found.remove(&format!("-{path}"));
        found.insert(path);
    }
    found
}

/// Writes `#` for runs of eight hexadecimal digits or more.
fn without_hashes(path: &str) -> String {
    let parts = path.split_inclusive(|c: char| !c.is_ascii_hexdigit());
    let short = parts.map(|part| {
        let digits = part.trim_end_matches(|c: char| !c.is_ascii_hexdigit());
        match digits.len() >= 8 {
            true => part.replacen(digits, "#", 1),
            false => part.to_owned(),
        }
    });
    short.collect()
}

/// Edits a built site and tells which files the next build writes or takes away.
#[track_caller]
fn written(edit: impl FnOnce(&TestSite), args: &[&str]) -> String {
    let site = site();
    site.build();
    let outputs = |folder| site.files(folder);
    let before = ["public", "print"].map(outputs);
    edit(&site);
    let run = site.run(&[&["build"], args].concat());
    assert_eq!(run.code, 0, "{}\n{}", run.stdout, run.stderr);
    let after = ["public", "print"].map(outputs);
    let mut all = Vec::new();
    for (folder, (before, after)) in ["public", "print"].iter().zip(before.iter().zip(&after)) {
        let paths = differences(before, after).into_iter();
        all.extend(paths.map(|path| format!("{folder}/{path}")));
    }
    grouped(&all)
}

/// Lists paths, those of a folder that are many as one line with their number.
fn grouped(paths: &[String]) -> String {
    let group = |path: &String| {
        let part = |part: &'static str| path.contains(part).then_some(part);
        part("/living/guide-")
            .or_else(|| part("/q/"))
            .or_else(|| part("/search/data/"))
    };
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    for path in paths {
        let line = match group(path) {
            Some(group) if paths.iter().filter(|path| path.contains(group)).count() > 5 => {
                format!("{}{group}…", path.split(group).next().unwrap_or_default())
            }
            _ => path.clone(),
        };
        *lines.entry(line).or_default() += 1;
    }
    let line = |(line, n): (String, usize)| match n {
        1 => line,
        n => format!("{line} ×{n}"),
    };
    lines.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

const GUIDE: &str = "content/living/guide-07.md";

#[test]
fn a_sentence() {
    let edit = |site: &TestSite| site.edit(GUIDE, "第一句", "第一句话");
    assert_snapshot!(written(edit, &[]), @r"
    public/atom.xml
    public/feed.json
    public/living/atom.xml
    public/living/feed.json
    public/living/guide-07/index.html
    public/readers/居民3/atom.xml
    public/readers/居民3/feed.json
    public/search/data/t19.js
    public/search/data/w0.js
    public/search/data/w1.js
    public/search/data/w6.js
    public/search/index.html
    public/topics/energy/atom.xml
    public/topics/energy/feed.json
    ");
}

#[test]
fn a_title() {
    let edit = |site: &TestSite| site.edit(GUIDE, "指南7号", "新指南7号");
    assert_snapshot!(written(edit, &[]), @r"
    public/assets/fonts.css
    public/assets/fonts/title-900-2.#.woff2
    public/assets/share/energy-#.png
    public/atom.xml
    public/feed.json
    public/index.html
    public/living/atom.xml
    public/living/feed.json
    public/living/guide-… ×8
    public/living/index.html
    public/q/4kqqa9k/index.html
    public/readers/index.html
    public/readers/居民3/atom.xml
    public/readers/居民3/feed.json
    public/readers/居民3/index.html
    public/search/data/… ×6
    public/search/index.html
    public/topics/energy/atom.xml
    public/topics/energy/feed.json
    public/topics/energy/index.html
    public/topics/index.html
    ");
}

#[test]
fn a_summary() {
    let edit = |site: &TestSite| site.edit(GUIDE, "第7篇的摘要", "第7篇的新摘要");
    assert_snapshot!(written(edit, &[]), @r"
    public/atom.xml
    public/feed.json
    public/living/atom.xml
    public/living/feed.json
    public/living/guide-07/index.html
    public/living/index.html
    public/readers/居民3/atom.xml
    public/readers/居民3/feed.json
    public/readers/居民3/index.html
    public/topics/energy/atom.xml
    public/topics/energy/feed.json
    public/topics/energy/index.html
    ");
}

#[test]
fn a_term() {
    let edit = |site: &TestSite| site.edit(GUIDE, "居民3", "居民2");
    assert_snapshot!(written(edit, &[]), @r"
    public/atom.xml
    public/feed.json
    public/living/atom.xml
    public/living/feed.json
    public/living/guide-07/index.html
    public/living/guide-10/index.html
    public/living/guide-19/index.html
    public/readers/index.html
    public/readers/居民2/atom.xml
    public/readers/居民2/feed.json
    public/readers/居民2/index.html
    public/readers/居民3/atom.xml
    public/readers/居民3/feed.json
    public/readers/居民3/index.html
    public/topics/energy/atom.xml
    public/topics/energy/feed.json
    ");
}

#[test]
fn a_date() {
    let edit = |site: &TestSite| site.edit(GUIDE, "2026-01-08", "2026-02-08");
    assert_snapshot!(written(edit, &[]), @r"
    public/atom.xml
    public/feed.json
    public/living/atom.xml
    public/living/feed.json
    public/living/guide-06/index.html
    public/living/guide-07/index.html
    public/living/guide-08/index.html
    public/living/guide-19/index.html
    public/living/index.html
    public/readers/居民3/atom.xml
    public/readers/居民3/feed.json
    public/search/data/… ×30
    public/search/index.html
    public/sitemap.xml
    public/topics/energy/atom.xml
    public/topics/energy/feed.json
    ");
}

#[test]
fn a_slot_of_a_board() {
    let edit = |site: &TestSite| site.edit("content/boards/gate.md", "size: A3", "size: A4");
    assert_snapshot!(written(edit, &[]), @r"
    print/2026-11/gate/1-tap.pdf
    print/2026-11/gate/changeover-2026-11-01.pdf
    print/2026-11/gate/overview.pdf
    print/2026-11/order.pdf
    print/2026-11/plan.xlsx
    print/2026-11/year.pdf
    public/assets/pictures/#-240.#.webp
    public/assets/pictures/#-400.#.webp
    public/assets/pictures/#-720.#.webp
    public/boards.json
    public/boards/gate/index.html
    public/boards/index.html
    public/index.html
    public/living/tap/index.html
    public/posters/#.png
    public/posters/living-tap-#.pdf
    ");
}

#[test]
fn a_template() {
    let edit = |site: &TestSite| {
        let page = "{% extends \"fresh/calendar.html\" %}{% block main %}{{ super() }}<p>院</p>{% endblock %}";
        site.put("theme/templates/calendar.html", page);
    };
    assert_snapshot!(written(edit, &[]), @"public/calendar/index.html");
}

#[test]
fn a_colour() {
    let edit = |site: &TestSite| site.put("theme/tokens.yaml", "dark:\n  leaf: \"#8CC8E6\"\n");
    assert_snapshot!(written(edit, &[]), @"
    print/2026-11/gate/1-tap.pdf
    print/2026-11/gate/changeover-2026-11-01.pdf
    print/2026-11/gate/overview.pdf
    print/2026-11/order.pdf
    print/2026-11/round-2026-11-01.html
    print/2026-11/walk.pdf
    print/2026-11/year.pdf
    public/404.html
    public/_headers
    public/assets/pictures/#-240.#.webp
    public/assets/pictures/#-400.#.webp
    public/assets/pictures/#-720.#.webp
    public/assets/style.#.css
    public/boards.json
    public/boards/gate/index.html
    public/boards/index.html
    public/calendar/index.html
    public/index.html
    public/living/guide-… ×20
    public/living/index.html
    public/living/tap/index.html
    public/posters/#.png
    public/posters/living-tap-#.pdf
    public/q/… ×25
    public/r/2026-11-01/index.html
    public/readers/index.html
    public/readers/居民0/index.html
    public/readers/居民1/index.html
    public/readers/居民2/index.html
    public/readers/居民3/index.html
    public/rotation/index.html
    public/search/index.html
    public/topics/energy/index.html
    public/topics/index.html
    public/topics/sorting/index.html
    public/topics/water/index.html
    ");
}

#[test]
fn a_word_of_the_theme() {
    let edit = |site: &TestSite| {
        site.put(
            "theme/i18n/zh-CN.yaml",
            "web:\n  home: 回院里\n  calendar_title: 院历\n",
        )
    };
    assert_snapshot!(written(edit, &[]), @r"
    public/404.html
    public/assets/fonts.css
    public/assets/fonts/title-900-2.#.woff2
    public/assets/share/page-#.png
    public/boards/gate/index.html
    public/boards/index.html
    public/calendar/index.html
    public/index.html
    public/living/guide-… ×20
    public/living/index.html
    public/living/tap/index.html
    public/readers/index.html
    public/readers/居民0/index.html
    public/readers/居民1/index.html
    public/readers/居民2/index.html
    public/readers/居民3/index.html
    public/rotation/index.html
    public/search/index.html
    public/topics/energy/index.html
    public/topics/index.html
    public/topics/sorting/index.html
    public/topics/water/index.html
    ");
}

#[test]
fn the_day() {
    assert_snapshot!(written(|_| {}, &["--today", "2026-11-11"]), @r"
    public/boards.json
    public/calendar/index.html
    ");
}
