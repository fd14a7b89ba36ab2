//! A website in several languages.

use super::Website;
use crate::rotation::Plan;
use crate::typeset::testing::TestSite;

/// A site in Chinese, English and traditional characters: `tap` in all, `lamp` in Chinese alone.
fn site() -> TestSite {
    let settings = "format: 1\ntitle: 绿板\norganisation: 居委会\nbase_url: https://wutongli.example/\n\
        languages:\n  - { tag: en, title: Green Board, organisation: Committee }\n  - zh-Hant\n";
    let front = "date: 2026-11-01\ntopics: [water]\nkind: 提示";
    TestSite::with_gate()
        .file("greenboard.yaml", settings)
        .file("content/_index.en.md", "---\ntitle: Green Board\n---\nHello.\n")
        .file("content/_index.zh-Hant.md", "---\ntitle: 綠板\n---\n你好。\n")
        .page("tap", front, "看[英文版](tap.en.md#steps)。")
        .page("lamp", front, "换灯。")
        .file("content/living/_index.en.md", "---\ntitle: Living\n---\n")
        .file(
            "content/living/tap.en.md",
            "---\ntitle: The tap\n---\n## Steps\n\nSee [the lamp](lamp.md) at 东门宣传栏, and ![a tap](/tap.svg).\n",
        )
        .file(
            "content/living/tap.zh-Hant.md",
            "---\ntitle: 水龍頭\n---\n見[換燈](lamp.md)。\n",
        )
        .file("content/tap.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 240 180'/>")
}

/// Returns the text of a page as it was written.
#[track_caller]
fn prose<'w>(website: &'w Website, path: &str) -> &'w str {
    let begin = "<div class=\"prose\">";
    let part = website.part(path, begin, "</div>");
    part[begin.len()..].trim_end_matches("</div>").trim()
}

#[test]
fn a_translation_lies_in_its_languages_folder_and_links_find_what_is_not_translated() {
    let website = Website::of(site());
    insta::assert_snapshot!(prose(&website, "en/living/tap/index.html"), @r#"
    <h2 id="steps">Steps</h2>
    <p>See <a href="../../../living/lamp/index.html" hreflang="zh-CN">the lamp</a> at <span lang="zh-CN">东门宣传栏</span>, and <img src="../../../tap.svg" alt="a tap" width="240" height="180" loading="lazy" decoding="async">.</p>
    "#);
    assert!(website.files.contains_key("tap.svg"), "pictures are shared");
    assert!(!website.files.contains_key("en/tap.svg"));
    assert!(!website.files.contains_key("en/living/lamp/index.html"));
    insta::assert_snapshot!(prose(&website, "living/tap/index.html"), @r##"<p>看<a href="../../en/living/tap/index.html#steps" hreflang="en">英文版</a>。</p>"##);
    insta::assert_snapshot!(prose(&website, "zh-Hant/living/tap/index.html"), @r#"<p>見<a href="../../../living/lamp/index.html" hreflang="zh-CN">換燈</a>。</p>"#);
}

#[test]
fn each_page_leads_to_itself_in_other_languages_or_to_their_home_page() {
    let website = Website::of(site());
    let switch = |path| {
        website
            .part(path, "<nav class=\"languages\"", "</nav>")
            .to_owned()
    };
    insta::assert_snapshot!(switch("en/living/tap/index.html"), @r#"
    <nav class="languages" aria-label="Language">
          <ul>
            <li><a href="../../../living/tap/index.html" lang="zh-CN" hreflang="zh-CN">简体</a></li>
            <li><span lang="en" aria-current="true">English</span></li>
            <li><a href="../../../zh-Hant/living/tap/index.html" lang="zh-Hant" hreflang="zh-Hant">繁體</a></li>
          </ul>
        </nav>
    "#);
    let lamp = switch("living/lamp/index.html");
    assert!(lamp.contains("href=\"../../en/index.html\""), "{lamp}");
    let rotation = switch("en/rotation/index.html");
    assert!(
        rotation.contains("href=\"../../rotation/index.html\""),
        "{rotation}"
    );
}

#[test]
fn search_engines_are_told_the_languages_of_a_page() {
    let website = Website::of(site());
    insta::assert_snapshot!(website.part("zh-Hant/living/tap/index.html", "<link rel=\"canonical\"", "x-default\" href=\"https://wutongli.example/living/tap/\">"), @r#"
    <link rel="canonical" href="https://wutongli.example/zh-Hant/living/tap/">
      <link rel="alternate" hreflang="zh-CN" href="https://wutongli.example/living/tap/">
      <link rel="alternate" hreflang="en" href="https://wutongli.example/en/living/tap/">
      <link rel="alternate" hreflang="zh-Hant" href="https://wutongli.example/zh-Hant/living/tap/">
      <link rel="alternate" hreflang="x-default" href="https://wutongli.example/living/tap/">
    "#);
    assert!(
        !website
            .file("living/lamp/index.html")
            .contains("hreflang=\"x-default\"")
    );
    let map = website.part(
        "en/sitemap.xml",
        "  <url><loc>https://wutongli.example/en/living/tap",
        "</url>",
    );
    assert!(map.contains("<xhtml:link rel=\"alternate\" hreflang=\"zh-CN\" href=\"https://wutongli.example/living/tap/\"/>"), "{map}");
    let robots = website.file("robots.txt");
    assert!(
        robots.contains("Sitemap: https://wutongli.example/en/sitemap.xml\n"),
        "{robots}"
    );
    assert!(!website.files.contains_key("en/robots.txt"));
}

#[test]
fn a_language_has_its_own_words_lists_and_feed() {
    let website = Website::of(site());
    let home = website.file("en/index.html");
    assert!(home.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    assert!(
        home.contains("The tap") && !home.contains("五分钟查马桶漏水"),
        "{home}"
    );
    let kind = website.part("en/living/index.html", "<span class=\"kind\">", "</span>");
    assert_eq!(kind, "<span class=\"kind\">Reminder</span>");
    let more = website.part("en/living/index.html", "<p class=\"more-in\">", "</p>");
    insta::assert_snapshot!(more, @r#"<p class="more-in"><a href="../../living/index.html" hreflang="zh-CN">1 more page in Chinese</a></p>"#);
    insta::assert_snapshot!(website.part("en/atom.xml", "<entry>", "<link"), @"
    <entry>
    <title>The tap</title>
    <id>tag:wutongli.example,2026:en/living/tap</id>
    <updated>2026-11-01T00:00:00+08:00</updated>
    <link
    ");
}

#[test]
fn sections_that_are_not_translated_are_linked_to_as_they_are() {
    let website = Website::of(site());
    let nav = website.part(
        "zh-Hant/living/tap/index.html",
        "<nav class=\"nav\"",
        "</nav>",
    );
    insta::assert_snapshot!(nav, @r#"
    <nav class="nav" aria-label="欄目">
          <ul>
            <li><a href="../../../boards/index.html" hreflang="zh-CN" lang="zh-CN">宣传栏</a></li>
            <li><a href="../../living/index.html" aria-current="true">指南</a></li>
          </ul>
        </nav>
    "#);
    let nav = website.part("en/index.html", "<nav class=\"nav\"", "</nav>");
    assert!(nav.contains("<a href=\"../boards/index.html\" hreflang=\"zh-CN\"><span lang=\"zh-CN\">宣传栏</span></a>"), "{nav}");
}

#[test]
fn codes_on_posters_lead_to_the_main_language() {
    let website = Website::of(site());
    assert!(website.files.keys().any(|path| path.starts_with("q/")));
    assert!(!website.files.keys().any(|path| path.starts_with("en/q/")));
}

#[test]
fn a_draft_of_a_translation_is_seen_in_a_preview_alone() {
    let draft = || {
        let text = "---\ntitle: The tap\nstatus: draft\n---\n## Steps\n";
        site().file("content/living/tap.en.md", text)
    };
    let website = Website::of(draft());
    assert!(!website.files.contains_key("en/living/tap/index.html"));
    insta::assert_snapshot!(prose(&website, "living/tap/index.html"), @"<p>看英文版。</p>");
    let preview = super::WebOptions {
        visibility: super::Visibility::Preview,
        ..super::WebOptions::default()
    };
    let website = Website::with(draft(), Plan::default(), preview);
    assert!(
        website
            .file("en/living/tap/index.html")
            .contains("Draft, not published")
    );
}

#[test]
fn one_language_alone_has_no_switch_and_no_marks() {
    let website = Website::of(TestSite::with_gate().page("tap", "date: 2026-11-01", "水。"));
    let page = website.file("living/tap/index.html");
    assert!(
        !page.contains("hreflang") && !page.contains("languages"),
        "{page}"
    );
    assert!(!website.file("sitemap.xml").contains("xhtml"));
}

#[test]
fn a_language_that_the_theme_does_not_speak_is_reported() {
    let settings = "format: 1\ntitle: 绿板\nlanguages: [eo]\n";
    let website = Website::of(
        TestSite::with_gate()
            .file("greenboard.yaml", settings)
            .file("content/_index.eo.md", "---\ntitle: Tabulo\n---\n"),
    );
    insta::assert_snapshot!(website.said[0], @"the theme has no words in the language `eo`");
}
