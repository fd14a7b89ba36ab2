//! What pages are called in their addresses, and the addresses that they had before.

use insta::assert_snapshot;

use super::sites::site_of;
use super::*;

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
