//! Translations as staff write them, and what is said where they are wrong.

use insta::assert_snapshot;

use super::{Site, site};
use crate::diag::Language;
use crate::read::{MemoryInputs, read};

/// A site of these `languages`, with one page and the files `files`; with what was said of it.
fn read_site(languages: &str, files: &[(&str, &str)]) -> (Site, String) {
    let mut inputs = MemoryInputs::new("2026-11-10".parse().expect("a day"))
        .with("greenboard.yaml", format!("format: 1\ntitle: 小院\n{languages}"))
        .with("content/_index.md", "---\ntitle: 小院\n---\n")
        .with("content/living/_index.md", "---\ntitle: 生活\n---\n")
        .with(
            "content/living/tap.md",
            "---\ntitle: 水龙头\ndate: 2026-11-01\ntopics: [water]\nevent: { date: 2026-11-21, place: 大门 }\nposter: { layout: guide, lead: 拧紧 }\n---\n## 怎么拧\n\n拧紧。\n",
        );
    for (path, text) in files {
        inputs = inputs.with(path, *text);
    }
    let tree = read(&inputs).value.expect("the site has settings");
    let understood = site(&tree);
    let line = |it: crate::diag::Diagnostic| {
        let said = it.render(Language::Chinese);
        let place = said.file.zip(said.line);
        let place = place.map_or("?".into(), |(file, line)| format!("{file}:{line}"));
        format!("{} {place} {}\n", said.code, said.message)
    };
    let said = understood.diagnostics.sorted().into_iter().map(line);
    let said = said.collect();
    (understood.value, said)
}

const HOME: (&str, &str) = ("content/_index.en.md", "---\ntitle: Court\n---\n");

#[test]
fn a_translation_follows_its_original_in_all_but_words() {
    let tap = "---\ntitle: The tap\nevent: { place: Gate }\nposter: { lead: Tight }\n---\nTurn it. See [how](tap.md#how).\n\n## How\n";
    let files = [HOME, ("content/living/tap.en.md", tap)];
    let (site, said) = read_site("languages: [en]\n", &files);
    assert_eq!(said, "");
    let ids: Vec<&str> = site.pages.iter().map(|page| page.id.as_str()).collect();
    assert_eq!(
        ids,
        ["", "living", "living/tap"],
        "planner and print see one language"
    );
    let english = site.in_language(&site.settings.languages[0]);
    let page = english.page("living/tap").expect("it is there");
    assert_eq!(
        (page.title.as_str(), page.url.as_str()),
        ("The tap", "living/tap/index.html")
    );
    assert_eq!(page.date, site.pages[2].date);
    assert_eq!(page.topics, ["water"]);
    let event = page.event.as_ref().expect("it has an event");
    assert_eq!(event.place.as_deref(), Some("Gate"));
    assert_eq!(event.date.to_string(), "2026-11-21");
    assert_eq!(
        page.poster.as_ref().and_then(|it| it.lead.as_deref()),
        Some("Tight")
    );
    assert_eq!(page.summary, "Turn it. See how.");
}

#[test]
fn lists_hold_what_is_translated_and_links_find_the_rest() {
    let other = ("content/living/other.md", "---\ntitle: 别的\n---\n");
    let tap = (
        "content/living/tap.en.md",
        "---\ntitle: The tap\n---\n[x](other.md)\n",
    );
    let (site, said) = read_site("languages: [en]\n", &[HOME, other, tap]);
    assert_eq!(said, "");
    let english = site.in_language(&site.settings.languages[0]);
    let section = english.section("living").expect("it is there");
    assert_eq!(section.pages, ["living/tap"]);
    assert_eq!(section.language, "en");
    assert_eq!(section.title, "生活", "its own page is not translated");
    let fallback = english.page("living/other").expect("it falls back");
    assert_eq!(
        (fallback.url.as_str(), fallback.language.as_str()),
        ("../living/other/index.html", "zh-CN")
    );
}

#[test]
fn the_main_language_may_be_named_too() {
    let files = [
        (
            "content/living/door.zh-CN.md",
            "---\ntitle: 门\n---\n[水](tap.md)\n",
        ),
        (
            "content/living/bell.md",
            "---\ntitle: 铃\n---\n[门](door.md)\n",
        ),
    ];
    let (site, said) = read_site("", &files);
    assert_eq!(said, "");
    assert_eq!(
        site.page("living/door").map(|page| page.url.as_str()),
        Some("living/door/index.html")
    );
}

#[test]
fn a_translation_may_wait_for_approval_by_itself() {
    let tap = (
        "content/living/tap.en.md",
        "---\ntitle: The tap\nstatus: review\n---\n",
    );
    let (site, said) = read_site("languages: en\n", &[HOME, tap]);
    assert_eq!(said, "");
    let english = site.in_language(&site.settings.languages[0]);
    assert!(
        !english
            .page("living/tap")
            .expect("it is there")
            .is_approved()
    );
    assert!(site.page("living/tap").expect("it is there").is_approved());
}

#[test]
fn a_language_that_is_not_listed_is_named() {
    let files = [
        ("content/living/tap.en.md", "---\ntitle: The tap\n---\n"),
        ("content/living/tap.zh-TW.md", "---\ntitle: 水龍頭\n---\n"),
        ("content/living/tap.v2.md", "---\ntitle: 新水龙头\n---\n"),
    ];
    assert_snapshot!(read_site("", &files).1, @"
    G250 content/living/tap.en.md:1 文件名里的 `en` 不在 greenboard.yaml 的 `languages` 里
    G250 content/living/tap.zh-TW.md:1 文件名里的 `zh-TW` 不在 greenboard.yaml 的 `languages` 里
    ");
}

#[test]
fn a_translation_that_says_other_than_its_original_is_reported() {
    let tap = "---\ntitle: The tap\ndate: 2026-11-02\ntopics: [water]\ntitel: x\nstages: [{ title: One }]\n---\n[gone](gone.md)\n";
    let files = [HOME, ("content/living/tap.en.md", tap)];
    assert_snapshot!(read_site("languages: [en]\n", &files).1, @"
    G251 content/living/tap.en.md:3 译文的 `date` 和原文不一样，以原文为准
    G107 content/living/tap.en.md:5 不认识 `titel` 这一项
    G251 content/living/tap.en.md:6 译文的 `stages` 和原文不一样，以原文为准
    G203 content/living/tap.en.md:8 链接 `gone.md` 找不到对应的文件
    ");
}

#[test]
fn a_page_of_one_further_language_alone_is_told_and_kept() {
    let files = [
        HOME,
        (
            "content/living/visitors.en.md",
            "---\ntitle: Visitors\ndate: 2026-11-01\n---\n",
        ),
    ];
    let (site, said) = read_site("languages: [en]\n", &files);
    assert_snapshot!(said, @"G252 content/living/visitors.en.md:1 没有原文 `visitors.md`，这一页只在 en 的网页上有，不上宣传栏");
    assert!(site.page("living/visitors").is_none());
    let english = site.in_language(&site.settings.languages[0]);
    assert_eq!(
        english.section("living").map(|it| it.pages.clone()),
        Some(vec!["living/visitors".to_owned()])
    );
}

#[test]
fn languages_are_tags_each_once_with_a_home_page() {
    assert_snapshot!(read_site("languages: [en, EN, zh-CN, 英文, zh_TW]\n", &[]).1, @"
    G253 greenboard.yaml:3 语言 `en` 还没有首页
    G202 greenboard.yaml:3 编号 `EN` 已经用在 languages 的前面
    G202 greenboard.yaml:3 编号 `zh-CN` 已经用在 language
    G110 greenboard.yaml:3 `languages` 的值 `英文` 不对，要写：语言代码
    G110 greenboard.yaml:3 `languages` 的值 `zh_TW` 不对，要写：语言代码
    ");
    assert_snapshot!(read_site("languages: [{ tag: en, titel: Court }, { title: 庭院 }]\n", &[HOME]).1, @"
    G107 greenboard.yaml:3 不认识 `titel` 这一项
    G109 greenboard.yaml:3 缺少 `tag`
    ");
}

#[test]
fn a_folder_where_a_language_goes_is_reported() {
    let page = ("content/en/door.md", "---\ntitle: 门\n---\n");
    assert_snapshot!(read_site("languages: [en]\n", &[HOME, page]).1, @"G201 content/en/door.md:2 这一页与 languages: [en] 的网址相同：en/door/index.html");
}

const READERS: &str =
    "taxonomies: [{ id: readers, title: 写给谁, terms: [{ id: elders, title: 老人 }] }]\n";

#[test]
fn taxonomies_and_their_terms_have_names_in_every_language() {
    let other = "---\ntitle: 水管\n写给谁: [老人]\n---\n";
    let files = [
        HOME,
        ("content/living/other.md", other),
        ("content/living/other.en.md", "---\ntitle: Other\n---\n"),
    ];
    let named = "languages:\n  - tag: en\n    taxonomies: [{ id: readers, title: For whom, terms: [{ id: elders, title: Elders }] }]\n";
    let (site, said) = read_site(&format!("{READERS}{named}"), &files);
    assert_eq!(said, "");
    let english = site.in_language(&site.settings.languages[0]);
    assert_eq!(english.settings.website.taxonomies[0].title, "For whom");
    let page = english.page("living/other").expect("it is there");
    assert_eq!(page.web.terms["readers"][0].title, "Elders");
    let original = site.page("living/other").expect("it is there");
    assert_eq!(original.web.terms["readers"][0].title, "老人");
}

#[test]
fn a_taxonomy_that_the_site_does_not_have_is_not_named() {
    let named = "languages:\n  - tag: en\n    taxonomies:\n      - { id: raeders, title: For whom }\n      - { id: readers, terms: [{ id: eldres, title: Elders }] }\n";
    let (_, said) = read_site(&format!("{READERS}{named}"), &[HOME]);
    assert_snapshot!(said, @r"
    G112 greenboard.yaml:7 `taxonomies` 里没有 `raeders` 这一项
    G112 greenboard.yaml:8 `写给谁` 里没有 `eldres` 这一项
    ");
}
