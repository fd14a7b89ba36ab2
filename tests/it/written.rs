//! Text as staff type it and as it comes out on the web.

use std::path::Path;

use crate::test_site::TestSite;

/// Builds a site whose home page says `body` and returns what it shows.
#[track_caller]
fn shown(body: &str) -> String {
    let site = TestSite::minimal();
    site.edit("content/_index.md", "欢迎。", body);
    site.build();
    site.main_of("index.html")
}

#[test]
fn numbers_are_those_that_were_typed() {
    let html = shown("3. 甲\n5. 乙\n6. 丙");
    assert!(
        html.contains("<ol start=\"3\"><li>甲</li><li value=\"5\">乙</li><li>丙</li></ol>"),
        "{html}"
    );
    let html = shown("（1）甲\n（2）乙");
    assert!(html.contains("<li>（1）甲</li><li>（2）乙</li>"), "{html}");
}

#[test]
fn two_footnotes_at_one_place_are_two() {
    let html = shown("甲[^1][^2]\n\n[^1]: 一\n[^2]: 二");
    assert!(html.contains("</a></sup><sup>,</sup><sup><a"), "{html}");
}

#[test]
fn pictures_are_found_by_names_with_blanks_brackets_and_parted_accents() {
    let picture =
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("content/pictures/tap.svg"));
    let picture = picture.expect("the sample has it");
    let site = TestSite::minimal();
    for name in ["东门 照片.svg", "IMG (1).svg", "cafe\u{301}.svg"] {
        site.put(&format!("content/living/{name}"), &picture);
    }
    let body = "![门](东门 照片.svg)\n\n![箱](IMG (1).svg)\n\n![店](caf\u{e9}.svg)\n\n![店](cafe\u{301}.svg)";
    site.edit(
        "content/living/tap.md",
        "1. **拧紧**",
        &format!("{body}\n\n1. **拧紧**"),
    );
    site.build();
    let html = site.main_of("living/tap/index.html");
    assert_eq!(html.matches("<figure><img").count(), 4, "{html}");
    assert!(site.root().join("public/living/caf\u{e9}.svg").exists());
}

#[test]
fn feeds_hold_no_character_that_xml_forbids() {
    let site = TestSite::minimal();
    site.edit(
        "content/living/tap.md",
        "每个水龙头",
        "每个\u{c}水\u{1}龙\u{b}头",
    );
    site.build();
    let is_forbidden = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
    let files = site.files("public");
    let texts = files
        .iter()
        .filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".html"));
    let mut count = 0;
    for (name, bytes) in texts {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(is_forbidden), "{name}");
        count += 1;
    }
    assert!(count > 3 && site.main_of("living/tap/index.html").contains("水龙<br>头"));
}
