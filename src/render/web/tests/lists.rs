//! Lists of several pages, topics and taxonomies, feeds, the sitemap and the way on from a page.

use insta::assert_snapshot;
use serde_json::Value;

use super::sites::{main_words, site_of, words};
use super::*;

/// Seven notices, the newest first in lists.
fn notices(section: &str) -> TestSite {
    let titles = ["一", "二", "三", "四", "五", "六", "七"];
    let mut site = site_of("", &[]).file(
        "content/notices/_index.md",
        format!("---\ntitle: 通知\nsort: date\n{section}---\n开头的话。\n"),
    );
    for (at, title) in titles.iter().enumerate() {
        let month = if at < 4 { "2026-10" } else { "2026-09" };
        site = site
            .file(
                &format!("content/notices/{month}/_index.md"),
                format!("---\ntitle: {month}\nsort: date\n---\n"),
            )
            .file(
                &format!("content/notices/{month}/n{at}.md"),
                format!(
                    "---\ntitle: {title}\nkind: 通知\ndate: {month}-{:02}\n---\n字。\n",
                    20 - at
                ),
            );
    }
    site
}

#[test]
fn a_list_goes_on_over_several_pages() {
    let website = Website::of(notices("pagination: 3\n"));
    let first = main_words(&website, "notices/index.html");
    assert_snapshot!(first, @"首页 通知 开头的话。 2026-10 20 10月 星期二 一 通知 字。 19 10月 星期一 二 通知 字。 18 10月 星期日 三 通知 字。 1 2 3 下一页 Atom 订阅 通知 JSON 订阅 通知");
    assert_snapshot!(main_words(&website, "notices/page/2/index.html"), @"首页 通知 通知（第2页） 2026-10 17 10月 星期六 四 通知 字。 2026-09 16 9月 星期三 五 通知 字。 15 9月 星期二 六 通知 字。 上一页 1 2 3 下一页 Atom 订阅 通知 JSON 订阅 通知");
    assert_snapshot!(main_words(&website, "notices/page/3/index.html"), @"首页 通知 通知（第3页） 2026-09 14 9月 星期一 七 通知 字。 上一页 1 2 3 Atom 订阅 通知 JSON 订阅 通知");
    assert!(!website.files.contains_key("notices/page/4/index.html"));
    let head = website.part("notices/page/2/index.html", "<title>", "</head>");
    let links = head.lines().filter(|line| {
        line.contains("rel=\"prev\"")
            || line.contains("rel=\"next\"")
            || line.contains("canonical")
            || line.contains("<title>")
    });
    assert_snapshot!(links.collect::<Vec<_>>().join("\n"), @r#"
    <title>通知（第2页） · 绿板</title>
      <link rel="canonical" href="https://wutongli.example/green/notices/page/2/">
      <link rel="prev" href="../../../notices/index.html">
      <link rel="next" href="../../../notices/page/3/index.html">
    "#);
}

#[test]
fn lists_are_cut_where_the_settings_say_and_not_where_a_section_does_not_want_it() {
    let settings = "pagination: 2\n";
    let pages = [
        ("living/a", "甲", "topics: [water]"),
        ("living/b", "乙", "topics: [water]"),
        ("living/c", "丙", "topics: [water]"),
    ];
    let website = Website::of(site_of(settings, &pages));
    assert!(website.files.contains_key("living/page/2/index.html"));
    assert!(website.files.contains_key("topics/water/page/2/index.html"));
    let whole = site_of(settings, &pages).file(
        "content/living/_index.md",
        "---\ntitle: 指南\npagination: 0\n---\n",
    );
    let website = Website::of(whole);
    assert!(!website.files.contains_key("living/page/2/index.html"));
}

const READERS: &str = "taxonomies:\n  - id: readers\n    title: 写给谁\n    terms:\n      \
    - { id: elders, title: 老人 }\n      - { id: parents, title: 家长 }\n      - { id: pets, title: 养宠物的 }\n  \
    - { id: tools, title: 用到的 }\n";

fn filed() -> TestSite {
    let pages = [
        (
            "living/a",
            "甲",
            "date: 2026-01-02\ntopics: [water, energy]\n写给谁: [家长, 老人]",
        ),
        (
            "living/b",
            "乙",
            "topics: [water]\n写给谁: 老人\ntools: [塑料桶, Ｐ 钳]",
        ),
        ("living/c", "丙", "topics: [energy]\ntools: 塑料桶"),
        (
            "living/d",
            "丁",
            "date: 2027-01-01\ntopics: [air]\n写给谁: 养宠物的",
        ),
    ];
    site_of(READERS, &pages)
}

#[test]
fn topics_and_the_site_s_own_taxonomies_have_pages() {
    let website = Website::of(filed());
    assert_snapshot!(main_words(&website, "topics/index.html"), @"首页 主题 节水护水 2篇 甲 乙 节能用电 2篇 甲 丙");
    assert_snapshot!(main_words(&website, "readers/index.html"), @"首页 写给谁 老人 2篇 甲 乙 家长 1篇 甲");
    assert_snapshot!(main_words(&website, "tools/index.html"), @"首页 用到的 Ｐ 钳 1篇 乙 塑料桶 2篇 乙 丙");
    assert_snapshot!(main_words(&website, "readers/elders/index.html"), @"首页 写给谁 老人 2篇 长期有用的 甲 正文。 乙 正文。 Atom 订阅 老人 JSON 订阅 老人");
    let lists: Vec<&String> = website
        .files
        .keys()
        .filter(|path| path.starts_with("readers/") || path.starts_with("tools/"))
        .collect();
    // What is to come has no page yet, and so has its term.
    assert_eq!(
        lists,
        [
            "readers/elders/atom.xml",
            "readers/elders/feed.json",
            "readers/elders/index.html",
            "readers/index.html",
            "readers/parents/atom.xml",
            "readers/parents/feed.json",
            "readers/parents/index.html",
            "tools/index.html",
            "tools/p-钳/index.html",
            "tools/塑料桶/index.html",
        ]
    );
    let side = website.part(
        "living/a/index.html",
        "<section class=\"side-terms\"",
        "</section>",
    );
    assert_snapshot!(words(side), @"归类 主题 节水护水 节能用电 写给谁 家长 老人");
}

#[test]
fn a_page_names_its_neighbours_and_what_shares_its_terms() {
    let website = Website::of(filed());
    let around = website.part("living/b/index.html", "<nav class=\"around\"", "</nav>");
    assert_snapshot!(words(around), @"上一篇 甲 下一篇 丙");
    let related = |path: &str| {
        let html = website.part(path, "<h2 id=\"related\">", "</ul>");
        words(html)
    };
    assert_snapshot!(related("living/a/index.html"), @"相关的事 乙 丙");
    assert_snapshot!(related("living/c/index.html"), @"相关的事 甲 乙");
}

#[test]
fn every_list_has_its_feeds() {
    let website = Website::of(filed());
    let json: Value = serde_json::from_str(website.file("topics/water/feed.json")).expect("JSON");
    assert_snapshot!(format!("{json:#}"), @r#"
    {
      "version": "https://jsonfeed.org/version/1.1",
      "title": "节水护水 · 绿板",
      "home_page_url": "https://wutongli.example/green/topics/water/",
      "feed_url": "https://wutongli.example/green/topics/water/feed.json",
      "language": "zh-CN",
      "authors": [
        {
          "name": "梧桐里社区居民委员会"
        }
      ],
      "items": [
        {
          "id": "tag:wutongli.example,2026:living/a",
          "url": "https://wutongli.example/green/living/a/",
          "title": "甲",
          "summary": "正文。",
          "content_html": "<p>正文。</p>\n",
          "date_published": "2026-01-02T00:00:00+08:00",
          "tags": [
            "节水护水",
            "节能用电",
            "家长",
            "老人"
          ]
        }
      ]
    }
    "#);
    let atom = website.file("readers/parents/atom.xml");
    let head: Vec<&str> = atom.lines().take_while(|line| *line != "<entry>").collect();
    assert_snapshot!(head.join("\n"), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">
    <title>家长 · 绿板</title>
    <id>tag:wutongli.example,2000:readers/parents/</id>
    <updated>2026-01-02T00:00:00+08:00</updated>
    <author><name>梧桐里社区居民委员会</name></author>
    <link rel="self" href="https://wutongli.example/green/readers/parents/atom.xml"/>
    <link rel="alternate" href="https://wutongli.example/green/readers/parents/"/>
    "#);
    let links = website.part("readers/parents/index.html", "<title>", "</head>");
    let links = links.lines().filter(|line| line.contains("alternate"));
    assert_snapshot!(links.collect::<Vec<_>>().join("\n"), @r#"
    <link rel="alternate" href="../../atom.xml" type="application/atom+xml" title="绿板">
    <link rel="alternate" href="../../feed.json" type="application/feed+json" title="绿板">
    <link rel="alternate" href="../../readers/parents/atom.xml" type="application/atom+xml" title="家长">
    <link rel="alternate" href="../../readers/parents/feed.json" type="application/feed+json" title="家长">
    "#);
}

#[test]
fn the_sitemap_has_lists_with_the_day_of_their_newest_page() {
    let website = Website::of(filed());
    assert_snapshot!(website.file("sitemap.xml"), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      <url><loc>https://wutongli.example/green/</loc><lastmod>2026-01-02</lastmod></url>
      <url><loc>https://wutongli.example/green/boards/</loc></url>
      <url><loc>https://wutongli.example/green/boards/gate/</loc></url>
      <url><loc>https://wutongli.example/green/calendar/</loc></url>
      <url><loc>https://wutongli.example/green/living/</loc><lastmod>2026-01-02</lastmod></url>
      <url><loc>https://wutongli.example/green/living/a/</loc><lastmod>2026-01-02</lastmod></url>
      <url><loc>https://wutongli.example/green/living/b/</loc></url>
      <url><loc>https://wutongli.example/green/living/c/</loc></url>
      <url><loc>https://wutongli.example/green/readers/</loc><lastmod>2026-01-02</lastmod></url>
      <url><loc>https://wutongli.example/green/readers/elders/</loc><lastmod>2026-01-02</lastmod></url>
      <url><loc>https://wutongli.example/green/readers/parents/</loc><lastmod>2026-01-02</lastmod></url>
      <url><loc>https://wutongli.example/green/rotation/</loc></url>
      <url><loc>https://wutongli.example/green/tools/</loc></url>
      <url><loc>https://wutongli.example/green/tools/%E5%A1%91%E6%96%99%E6%A1%B6/</loc></url>
      <url><loc>https://wutongli.example/green/tools/p-%E9%92%B3/</loc></url>
      <url><loc>https://wutongli.example/green/topics/</loc><lastmod>2026-01-02</lastmod></url>
      <url><loc>https://wutongli.example/green/topics/energy/</loc><lastmod>2026-01-02</lastmod></url>
      <url><loc>https://wutongli.example/green/topics/water/</loc><lastmod>2026-01-02</lastmod></url>
    </urlset>
    "#);
}
