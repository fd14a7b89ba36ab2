//! What a site generator does, on tiny sites: lists of several pages, topics and taxonomies,
//! feeds, the way on from a page, old addresses, linked data, and the next change.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use jiff::civil::{Date, date};
use serde_json::Value;

use super::tests::Website;
use super::*;
use crate::typeset::testing::TestSite;

const SETTINGS: &str = "format: 1\ntitle: 绿板\norganisation: 梧桐里社区居民委员会\n\
    base_url: https://wutongli.example/green/\n";

/// A site of these pages, each with its front matter below its title; no boards.
fn site_of(settings: &str, pages: &[(&str, &str, &str)]) -> TestSite {
    let mut site = TestSite::with_gate()
        .file("greenboard.yaml", format!("{SETTINGS}{settings}"))
        .file(
            "content/living/_index.md",
            "---\ntitle: 指南\nsort: order\n---\n",
        );
    for (id, title, front) in pages {
        let text = format!("---\ntitle: {title}\n{front}\n---\n正文。\n");
        site = site.file(&format!("content/{id}.md"), text);
    }
    site
}

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

/// Returns the words of a page between its tags, in a line.
fn words(html: &str) -> String {
    let mut words = String::new();
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        words.push_str(text.trim());
        words.push(' ');
        rest = tag.split_once('>').map_or("", |(_, rest)| rest);
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn main_words(website: &Website, path: &str) -> String {
    words(website.part(path, "<main", "</main>"))
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
    assert_snapshot!(main_words(&website, "tools/index.html"), @"首页 用到的 塑料桶 2篇 乙 丙 Ｐ 钳 1篇 乙");
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
fn old_addresses_lead_to_their_page() {
    let page = ("living/tap", "水龙头", "aliases: [/old/tap/, /水.html]");
    let site = site_of("", &[page]).file("static/_redirects", "/x /y 302\n");
    let website = Website::of(site);
    assert_snapshot!(website.file("_redirects"), @r"
    /x /y 302
    /green/%E6%B0%B4.html /green/living/tap/ 301
    /green/old/tap/ /green/living/tap/ 301
    ");
    let html = website.file("old/tap/index.html");
    let target = "../../living/tap/index.html";
    assert!(
        html.contains(&format!("content=\"0; url={target}\"")),
        "{html}"
    );
    assert!(
        html.contains(&format!("<a href=\"{target}\">水龙头</a>")),
        "{html}"
    );
    assert!(
        html.contains(
            "<link rel=\"canonical\" href=\"https://wutongli.example/green/living/tap/\">"
        )
    );
    assert!(
        website
            .file("水.html")
            .contains("url=living/tap/index.html")
    );
}

#[test]
fn an_old_address_must_not_be_one_of_the_program_s_own() {
    for taken in ["/topics/water/", "/rotation", "/notes.html"] {
        let front = format!("topics: [water]\naliases: {taken}");
        let site = site_of("", &[("living/tap", "水龙头", &front)]).file("static/notes.html", "");
        let website = Website::of(site);
        assert_eq!(website.said.len(), 1, "{taken}: {:?}", website.said);
        assert!(
            website.said[0].starts_with("the old address"),
            "{:?}",
            website.said
        );
    }
}

#[test]
fn pages_are_called_as_the_site_likes() {
    let urls = |slugs: &str| {
        let pages = [
            ("living/tap", "关紧水龙头", ""),
            ("living/bag", "用布袋（别用塑料袋）", "slug: cloth"),
        ];
        let site = site_of(&format!("slugs: {slugs}\n"), &pages).build();
        let urls = site.pages.iter().map(|page| page.url.clone());
        urls.filter(|url| url.starts_with("living/"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_snapshot!(urls("file"), @"living/index.html living/cloth/index.html living/tap/index.html");
    assert_snapshot!(urls("汉字"), @"living/index.html living/cloth/index.html living/关紧水龙头/index.html");
    assert_snapshot!(urls("拼音"), @"living/index.html living/cloth/index.html living/guanjin-shuilongtou/index.html");
}

#[test]
fn contents_are_as_deep_as_the_settings_say() {
    let body = "## 甲\n\n字。\n\n### 乙\n\n字。\n\n#### 丙\n\n字。\n";
    let toc = |settings: &str, front: &str| {
        let site = site_of(settings, &[]).file(
            "content/living/tap.md",
            format!("---\ntitle: 水\n{front}---\n{body}"),
        );
        let website = Website::of(site);
        let html = website.file("living/tap/index.html");
        html.contains("class=\"toc\"").then(|| {
            words(website.part(
                "living/tap/index.html",
                "<details class=\"toc\"",
                "</details>",
            ))
        })
    };
    assert_eq!(toc("", ""), None);
    assert_snapshot!(toc("", "toc: 是\n").unwrap_or_default(), @"这一页里 甲 乙");
    assert_snapshot!(toc("目录: { 几个起: 1, 层数: 3 }\n", "").unwrap_or_default(), @"这一页里 甲 乙 丙");
    assert_eq!(toc("toc: { from: 1 }\n", "toc: false\n"), None);
    assert_eq!(toc("toc: { show: 否, from: 1 }\n", ""), None);
}

/// Returns the linked data of a page, by type.
fn linked(website: &Website, path: &str) -> BTreeMap<String, Value> {
    let html = website.file(path);
    let (_, rest) = html
        .split_once("<script type=\"application/ld+json\">")
        .expect("it has data");
    let (json, _) = rest.split_once("</script>").expect("it ends");
    let data: Value = serde_json::from_str(json).expect("it is JSON");
    assert_eq!(data["@context"], "https://schema.org");
    let graph = data["@graph"].as_array().expect("it is a graph").iter();
    graph
        .map(|one| {
            (
                one["@type"].as_str().unwrap_or_default().to_owned(),
                one.clone(),
            )
        })
        .collect()
}

#[test]
fn pages_say_what_they_are_to_search_engines() {
    let event =
        "kind: 活动\ndate: 2026-11-01\nevent: { date: 2026-11-21, time: 上午8:30, place: 2号楼前 }";
    let site = site_of("", &[("living/sweep", "扫</script>楼道 & 院子", event)]).file(
        "content/living/ask.md",
        "---\ntitle: 借工具\nposter:\n  layout: qa\n---\n先说。\n\n<!-- poster -->\n## 怎么借？\n\n看[这里](sweep.md)。\n\n<!-- /poster -->\n\n## 还有\n\n别的。\n",
    );
    let website = Website::of(site);
    let data = linked(&website, "living/sweep/index.html");
    assert_eq!(
        data.keys().collect::<Vec<_>>(),
        ["Article", "BreadcrumbList", "Event"]
    );
    assert_eq!(data["Article"]["headline"], "扫</script>楼道 & 院子");
    assert_snapshot!(format!("{:#}", data["Event"]), @r#"
    {
      "@type": "Event",
      "name": "扫</script>楼道 & 院子",
      "description": "正文。",
      "startDate": "2026-11-21",
      "endDate": "2026-11-21",
      "eventStatus": "https://schema.org/EventScheduled",
      "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
      "location": {
        "@type": "Place",
        "name": "2号楼前",
        "address": "2号楼前"
      },
      "url": "https://wutongli.example/green/living/sweep/",
      "organizer": {
        "@type": "Organization",
        "name": "梧桐里社区居民委员会",
        "url": "https://wutongli.example/green/"
      }
    }
    "#);
    let crumbs = data["BreadcrumbList"]["itemListElement"]
        .as_array()
        .expect("a list");
    let crumbs: Vec<String> = crumbs
        .iter()
        .map(|item| format!("{} {} {}", item["position"], item["name"], item["item"]))
        .collect();
    assert_snapshot!(crumbs.join("\n"), @r#"
    1 "首页" "https://wutongli.example/green/"
    2 "指南" "https://wutongli.example/green/living/"
    3 "扫</script>楼道 & 院子" null
    "#);
    let data = linked(&website, "living/ask/index.html");
    assert_snapshot!(format!("{:#}", data["FAQPage"]), @r#"
    {
      "@type": "FAQPage",
      "mainEntity": [
        {
          "@type": "Question",
          "name": "怎么借？",
          "acceptedAnswer": {
            "@type": "Answer",
            "text": "<p>看<a href=\"https://wutongli.example/green/living/sweep/\" rel=\"external noopener\">这里</a>。</p>\n"
          }
        }
      ]
    }
    "#);
    let data = linked(&website, "index.html");
    assert_eq!(data["WebSite"]["publisher"]["@type"], "Organization");
}

/// The website's files on `day`, without those that tell the day itself.
fn on(site: TestSite, day: Date) -> (BTreeMap<String, String>, Option<Change>) {
    let mut site = site.build();
    site.today = day;
    let plan = Plan::default();
    let mut diagnostics = Diagnostics::default();
    let theme = Theme::load(&site.settings, &BTreeMap::new(), &mut diagnostics);
    let made = web(
        &site,
        &theme,
        &plan,
        &Posters::default(),
        &WebOptions::default(),
    );
    let text = |file: &Artifact| String::from_utf8_lossy(&file.bytes).into_owned();
    let mut files: BTreeMap<String, String> = made
        .value
        .iter()
        .map(|file| (file.path.clone(), text(file)))
        .collect();
    files.remove(screens::PATH);
    files.remove(changes::PATH);
    files.remove(calendar::URL);
    (files, next_change(&site, &plan, Visibility::Published))
}

#[test]
fn the_website_stays_as_it_is_until_the_day_that_was_named() {
    let site = || {
        site_of(
            "",
            &[
                ("living/a", "甲", "date: 2026-11-12"),
                ("living/b", "乙", "expires: 2026-11-15"),
                (
                    "living/c",
                    "丙",
                    "kind: 活动\ndate: 2026-11-01\nevent: { date: 2026-11-20, until: 2026-11-21 }",
                ),
                (
                    "living/d",
                    "丁",
                    "from: 2026-11-23\nto: 2026-11-24\nstages: [{ title: 做, due: 2026-11-26, done: 2026-11-25 }]",
                ),
                ("living/e", "戊", "status: draft\ndate: 2026-11-13"),
                (
                    "living/f",
                    "己",
                    "kind: 活动\ndate: 2026-11-01\nevent: { date: 2026-12-29 }",
                ),
            ],
        )
    };
    let mut day = date(2026, 11, 10);
    let (mut files, mut change) = on(site(), day);
    let mut told = Vec::new();
    while day < date(2026, 12, 2) {
        day = day.tomorrow().expect("there is one");
        let named = change.clone().expect("something changes");
        let (files_then, change_then) = on(site(), day);
        if day < named.date {
            let other = |(path, text): &(&String, &String)| files_then.get(*path) != Some(*text);
            let changed: Vec<&String> = files.iter().filter(other).map(|(path, _)| path).collect();
            assert!(
                changed.is_empty() && files.len() == files_then.len(),
                "{changed:?} changed on {day}, {} was named",
                named.date
            );
        } else {
            let reasons = named.reasons.iter();
            let reasons: Vec<_> = reasons
                .map(|it| format!("{:?} {}", it.why, it.title))
                .collect();
            told.push(format!("{}: {}", named.date, reasons.join(", ")));
        }
        (files, change) = (files_then, change_then);
    }
    assert_snapshot!(told.join("\n"), @r"
    2026-11-12: Starts 甲
    2026-11-16: Expires 乙
    2026-11-22: Event 丙
    2026-11-23: Campaign 丁
    2026-11-24: Stage 丁
    2026-11-25: Campaign 丁, Stage 丁
    2026-11-26: Stage 丁
    2026-11-27: Stage 丁
    2026-11-28: Event 己
    2026-12-01: Board 东门宣传栏
    ");
}

#[test]
fn drafts_and_what_is_to_come_are_shown_on_request() {
    let shown = |visibility| {
        let site = site_of(
            "",
            &[
                ("living/a", "甲", "date: 2026-12-01"),
                ("living/b", "乙", "status: 待审"),
                ("living/c", "丙", "status: draft\ndate: 2026-12-01"),
            ],
        );
        let website = Website::with(site, Plan::default(), WebOptions { visibility });
        let pages = website
            .files
            .keys()
            .filter_map(|path| path.strip_prefix("living/"));
        let pages = pages.filter_map(|path| path.strip_suffix("/index.html"));
        pages.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(shown(Visibility::Published), "");
    assert_eq!(shown(Visibility::Drafts), "b");
    assert_eq!(shown(Visibility::Future), "a");
    assert_eq!(shown(Visibility::Preview), "a b c");
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
