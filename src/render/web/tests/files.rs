//! What is no page: search, short addresses, feeds, the sitemap, what screens read.

use super::*;

#[test]
fn the_index_holds_the_pages_that_are_on_the_web() {
    let site = TestSite::with_gate()
        .page("tap", "date: 2026-11-01", "关紧**水**龙头。")
        .page("later", "date: 2026-12-01", "还没开始的。")
        .page("review", "date: 2026-11-01\nstatus: review", "没有签发的。");
    let website = Website::of(site);
    let words: String = (website.files.iter())
        .filter(|(path, _)| path.starts_with("search/data/t"))
        .map(|(_, data)| data.as_str())
        .collect();
    assert!(
        words.contains(
            "[\"living/tap/index.html\",\"指南\",3,\"五分钟查马桶漏水\",\"\",\"关紧水龙头。\"]"
        ),
        "{words}"
    );
    assert!(
        !words.contains("还没开始") && !words.contains("没有签发"),
        "{words}"
    );
    assert!(!words.contains("\"q/"));
}

#[test]
fn what_is_switched_off_is_not_made() {
    let mut site = TestSite::with_gate()
        .page("tap", "date: 2026-11-01\naliases: [/old/tap/]", "")
        .build();
    site.settings.delivery.search = false;
    site.settings.delivery.short_addresses = false;
    let nothing = WebOptions::default();
    let website = Website::shown_by(&mut site, Plan::default(), nothing, |_| {});
    let made = |folder: &str| website.files.keys().any(|path| path.starts_with(folder));
    assert!(!made("search/") && !made("q/"));
    assert!(!website.file("index.html").contains("search/index.html"));
    let old = website.file("old/tap/index.html");
    assert!(old.contains("url=../../living/tap/index.html"), "{old}");
}

#[test]
fn what_a_theme_has_but_an_empty_page_for_is_not_made() {
    let mut site = TestSite::with_gate()
        .page("tap", "date: 2026-11-01", "")
        .build();
    let website = Website::shown_by(&mut site, Plan::default(), WebOptions::default(), |theme| {
        for empty in ["templates/search.html", "templates/short.html"] {
            let file = std::sync::Arc::<[u8]>::from(&b" \n"[..]);
            theme.files.insert(empty.to_owned(), file.into());
        }
    });
    let made = |folder: &str| website.files.keys().any(|path| path.starts_with(folder));
    assert!(!made("search/") && !made("q/"));
}

#[test]
fn a_page_where_search_is_gets_named() {
    let site = TestSite::with_gate().file("content/search/_index.md", "---\ntitle: 找\n---\n");
    let website = Website::of(site);
    insta::assert_snapshot!(website.said.join("\n"), @"this page has the same address as search/index.html: search/index.html");
}

#[test]
fn a_short_address_leads_on_to_its_page() {
    let website = Website::of(TestSite::with_gate().page("tap", "date: 2026-11-01", ""));
    let short = website
        .files
        .iter()
        .find(|(path, html)| path.starts_with("q/") && html.contains("living/tap"));
    let (_, html) = short.expect("the page has a short address");
    assert!(
        html.contains("content=\"0; url=../../living/tap/index.html\""),
        "{html}"
    );
    assert!(
        html.contains("<link rel=\"canonical\" href=\"https://wutongli.example/living/tap/\">")
    );
}

#[test]
fn feed_and_sitemap_hold_dates_of_content_alone() {
    let website = Website::of(TestSite::with_gate().page(
        "tap",
        "date: 2026-11-01\nsummary: 查漏水。",
        "见[栏](/boards/gate.md)。",
    ));
    insta::assert_snapshot!(website.part("atom.xml", "<entry>", "</entry>"), @r#"
    <entry>
    <title>五分钟查马桶漏水</title>
    <id>tag:wutongli.example,2026:living/tap</id>
    <updated>2026-11-01T00:00:00+08:00</updated>
    <link href="https://wutongli.example/living/tap/"/>
    <summary>查漏水。</summary>
    <content type="html">&lt;p&gt;见&lt;a href=&quot;https://wutongli.example/boards/gate/&quot; rel=&quot;external noopener&quot;&gt;栏&lt;/a&gt;。&lt;/p&gt;
    </content>
    </entry>
    "#);
    insta::assert_snapshot!(website.part("atom.xml", "<id>", "</updated>"), @"
    <id>tag:wutongli.example,2000:</id>
    <updated>2026-11-01T00:00:00+08:00</updated>
    ");
    insta::assert_snapshot!(website.part("sitemap.xml", "  <url><loc>https://wutongli.example/living/tap", "</url>"), @"  <url><loc>https://wutongli.example/living/tap/</loc><lastmod>2026-11-01</lastmod></url>");
    insta::assert_snapshot!(website.file("robots.txt"), @"
    User-agent: *
    Allow: /

    Sitemap: https://wutongli.example/sitemap.xml
    ");
}

#[test]
fn a_page_where_the_program_puts_its_own_is_reported() {
    let site = TestSite::with_gate().file("content/rotation/_index.md", "---\ntitle: 轮换\n---\n");
    let website = Website::of(site);
    assert_eq!(website.said.len(), 1, "{:?}", website.said);
    insta::assert_snapshot!(website.said[0], @"this page has the same address as rotation/index.html: rotation/index.html");
}

#[test]
fn screens_read_what_hangs_and_when_it_changes() {
    let site =
        TestSite::with_gate().page("tap", "topics: [water]\nposter: { layout: guide }", "水");
    let hanging = |from, to| Hanging {
        board: "gate".into(),
        slot: "1".into(),
        from,
        to,
        poster: "living/tap".into(),
        origin: Origin::Planned,
    };
    let plan = Plan {
        hangings: vec![
            hanging(date(2026, 11, 1), date(2026, 11, 12)),
            hanging(date(2026, 11, 20), date(2026, 12, 31)),
            hanging(date(2027, 1, 1), date(2027, 1, 31)),
        ],
        ..Plan::default()
    };
    let website = Website::with(site, plan, WebOptions::default());
    let boards: serde_json::Value =
        serde_json::from_str(website.file("boards.json")).expect("it is JSON");
    let board = &boards["boards"][0];
    assert_eq!(board["next_change"], "2026-11-13");
    let slot = &board["slots"][0];
    assert_eq!(slot["today"]["to"], "2026-11-12");
    assert_eq!(slot["today"]["url"], "living/tap/index.html");
    let next: Vec<_> = slot["next"].as_array().expect("a list").iter().collect();
    assert_eq!(next.len(), 1, "January is too far away");
    assert_eq!(next[0]["from"], "2026-11-20");
    assert!(
        website
            .file("calendar.ics")
            .contains("SUMMARY:更换：东门宣传栏\r\n")
    );
}
