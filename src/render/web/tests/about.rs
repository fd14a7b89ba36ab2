//! What a page tells of itself: its contents, and linked data for search engines.

use insta::assert_snapshot;
use serde_json::Value;

use super::sites::{site_of, words};
use super::*;

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
