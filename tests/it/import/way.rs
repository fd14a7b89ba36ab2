//! The command as a person uses it: a dry run, the writing, the same again, another version.

use std::path::Path;

use insta::assert_snapshot;

use super::{files, packed};
use crate::post::photo;
use crate::test_site::TestSite;

fn case(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/it/import/docx")
        .join(name);
    packed(&files(&folder))
}

#[test]
fn a_notice_is_tried_written_and_never_overwritten() {
    let site = TestSite::minimal().write("来文.docx", case("12-seal"));
    let dry = site.run(&["import", "来文.docx", "--dry-run"]);
    assert_snapshot!(dry.stdout, @"
    来文.docx：
      通知公示《关于停水的通知》 → content/notices/2026-11/tingshui-de-tongzhi.md
      栏目的页面 → content/notices/_index.md
      栏目的页面 → content/notices/2026-11/_index.md
      G714 第 8 段“2026年11月20日”：有一枚像是公章的红色图章，没有导入
      提示：公章放到网上会被人盗用。确实要登的，加 --seal 再导入一次
    只是试一试，什么也没有写。去掉 --dry-run 就写。
    ");
    assert!(!site.root().join("content/notices").exists());
    let first = site.run(&["import", "来文.docx"]);
    assert_eq!(first.code, 0, "{}", first.stderr);
    assert!(
        first.stdout.ends_with(
            "建好了 content/notices/_index.md\n\
             建好了 content/notices/2026-11/_index.md\n\
             建好了 content/notices/2026-11/tingshui-de-tongzhi.md\n\
             打开看一遍，再运行 greenboard check。\n"
        ),
        "{}",
        first.stdout
    );
    // A notice without its last day is told; that is for its author to say.
    let check = site.run(&["check"]);
    assert_eq!(check.code, 0, "{}", check.stderr);
    assert_eq!(
        check.messages().matches(" G").count(),
        1,
        "{}",
        check.stderr
    );
    assert!(check.messages().starts_with("警告 G408"));
}

#[test]
fn a_second_import_shows_what_differs_and_changes_nothing() {
    let site = TestSite::minimal().write("来文.docx", case("12-seal"));
    assert_eq!(site.run(&["import", "来文.docx"]).code, 0);
    let page = "content/notices/2026-11/tingshui-de-tongzhi.md";
    let written = site.read(page);
    let again = site.run(&["import", "来文.docx"]);
    assert!(
        again
            .stdout
            .ends_with(&format!("  G717 `{page}` 以前导入过，内容一样\n"))
    );
    site.edit(page, "周六8:00", "周日8:00");
    let other = site.run(&["import", "来文.docx"]);
    let told: Vec<&str> = other.stdout.lines().skip(4).map(str::trim).collect();
    assert_snapshot!(told.join("\n"), @"
    G716 `content/notices/2026-11/tingshui-de-tongzhi.md` 已经有了，内容不一样，没有动它
    提示：要用新的：把不同的几行抄过去，或者先把旧文件移走再导入
    提示：两份都要：加 `--slug 新名字`，换个名字导入
    已有的文件第 12 行 - 周日8:00至12:00停水。
    新的 + 周六8:00至12:00停水。
    ");
    assert_eq!(site.read(page), written.replace("周六8:00", "周日8:00"));
    let named = site.run(&["import", "来文.docx", "--slug", "water-2", "--seal"]);
    assert_eq!(named.code, 0, "{}", named.stderr);
    let seal = site.root().join("content/notices/2026-11/water-2-1.png");
    assert!(seal.is_file());
}

#[test]
fn a_folder_comes_over_and_the_site_builds() {
    let tree = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/import/trees/01-hugo-blog");
    let site = TestSite::minimal();
    let run = site.run(&["import", &tree.to_string_lossy()]);
    assert_eq!(run.code, 0, "{}\n{}", run.stdout, run.stderr);
    site.build();
    // The home page that is there stays, and old addresses lead on.
    assert!(site.read("content/_index.md").contains("欢迎。"));
    assert!(site.read("public/_redirects").contains("/2024/rain.html"));
}

#[test]
fn keys_of_other_generators_lead_to_the_command() {
    let site = TestSite::minimal();
    for n in 1..=6 {
        site.put(
            &format!("content/living/p{n}.md"),
            format!("---\ntitle: 页{n}\ncategories: [a]\n---\n字。\n"),
        );
    }
    let check = site.run(&["check"]);
    assert_snapshot!(check.messages(), @"
    错误 G107：不认识 `categories` 这一项
      → content/living/p1.md:3:1
      提示：这是 Hugo、Hexo 的写法。整个网站搬过来，用 greenboard import 文件夹，会替您换好；只有这一篇的，删掉这一行
      这样的一共 6 处，还有：
      → content/living/p2.md:3:1
      → content/living/p3.md:3:1
      → content/living/p4.md:3:1
      → content/living/p5.md:3:1
      → content/living/p6.md:3:1
    共 6 处错误。
    ");
}

#[test]
fn what_an_archive_holds_comes_in_again() {
    let site = TestSite::minimal();
    let report = site.run(&["report", "--month", "2026-11"]);
    assert_eq!(report.code, 0, "{}", report.stderr);
    let run = site.run(&["import", "archive/2026-11/report.docx", "--as", "guide"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let pages = site.files("content/living");
    let page = pages.keys().find(|name| name.contains("yuebao"));
    let page = page.expect("the report is a page");
    let text = String::from_utf8_lossy(&pages[page]).into_owned();
    assert!(text.contains("## 一、宣传栏"), "{text}");
    assert!(text.contains("| **大门宣传栏** |"), "{text}");
}

#[test]
fn a_folder_of_documents_comes_in_one_by_one() {
    let site = TestSite::minimal()
        .write("街道发来的/来文.docx", case("12-seal"))
        .write("街道发来的/~$来文.docx", b"locked")
        .write("街道发来的/Thumbs.db", b"\xD0\xCF\x11\xE0")
        .write("街道发来的/照片/楼道.jpg", photo(200, "09:20:00"));
    let run = site.run(&["import", "街道发来的/"]);
    assert_eq!(run.code, 0, "{}\n{}", run.stdout, run.stderr);
    assert_snapshot!(run.stdout, @"
    街道发来的/来文.docx：
      通知公示《关于停水的通知》 → content/notices/2026-11/tingshui-de-tongzhi.md
      栏目的页面 → content/notices/_index.md
      栏目的页面 → content/notices/2026-11/_index.md
      G714 第 8 段“2026年11月20日”：有一枚像是公章的红色图章，没有导入
      提示：公章放到网上会被人盗用。确实要登的，加 --seal 再导入一次
    街道发来的/照片/楼道.jpg：
      图片，在内容里写 ![说明](/pictures/loudao.jpg) → content/pictures/loudao.jpg
      G713 街道发来的/照片/楼道.jpg：摆正了，去掉了里面的拍摄地点、时间这些
    建好了 content/notices/_index.md
    建好了 content/notices/2026-11/_index.md
    建好了 content/notices/2026-11/tingshui-de-tongzhi.md
    建好了 content/pictures/loudao.jpg
    打开看一遍，再运行 greenboard check。
    ");
}

#[test]
fn a_heading_below_a_picture_stays_a_heading() {
    let photo = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/photo/samples/progressive.jpg");
    let html = "<h1>大扫除</h1><p><img src=\"a.jpg\"></p><h2 style=\"text-align:center\">怎么报名</h2><p>打电话。</p>";
    let site = TestSite::minimal()
        .write("来文/a.html", html)
        .write("来文/a.jpg", std::fs::read(photo).expect("read"));
    let run = site.run(&["import", "来文/a.html", "--as", "guide"]);
    assert_eq!(run.code, 0, "{}\n{}", run.stdout, run.stderr);
    let pages = site.files("content/living");
    let page = pages
        .iter()
        .find(|(name, _)| name.contains("saochu") && name.ends_with(".md"));
    let (_, text) = page.unwrap_or_else(|| panic!("{:?}", pages.keys()));
    let text = String::from_utf8_lossy(text);
    assert!(text.contains("## 怎么报名"), "{text}");
}

#[test]
fn pictures_beside_an_article_come_along_once() {
    let html = "<h1>楼道清好了</h1><p>清之前：</p><p><img src=\"./%E6%96%87%E7%AB%A0_files/1.jpg\"></p>\
        <p><img data-src=\"https://mmbiz.example/2\" src=\"2.jpg\"></p><p><img src=\"3.jpg\"></p>";
    let site = TestSite::minimal()
        .write("来文/文章.html", html)
        .write("来文/文章_files/1.jpg", photo(60, "09:20:00"))
        .write("来文/2.jpg", photo(90, "09:21:00"));
    let run = site.run(&["import", "来文", "--as", "guide"]);
    assert_eq!(run.code, 0, "{}\n{}", run.stdout, run.stderr);
    let pages = site.files("content");
    let pictures: Vec<&String> = pages.keys().filter(|it| it.ends_with(".jpg")).collect();
    assert_eq!(pictures.len(), 2, "{pictures:?}");
    assert!(
        pictures.iter().all(|it| it.starts_with("living/")),
        "{pictures:?}"
    );
    assert!(
        run.stdout.contains("图片 3.jpg 没有和文件放在一起"),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains("mmbiz"), "{}", run.stdout);
}

#[test]
fn pictures_beside_a_page_in_markdown_come_along() {
    let text = "---\ntitle: 楼道\n---\n清好了。\n\n![清之后](图/1.jpg)\n";
    let site = TestSite::minimal()
        .write("来文/楼道.md", text)
        .write("来文/图/1.jpg", photo(60, "09:20:00"));
    let run = site.run(&["import", "来文/楼道.md"]);
    assert_eq!(run.code, 0, "{}\n{}", run.stdout, run.stderr);
    let pages = site.files("content");
    assert!(pages.contains_key("pages/图/1.jpg"), "{:?}", pages.keys());
    let page = String::from_utf8_lossy(&pages["pages/楼道.md"]).into_owned();
    assert!(page.contains("图/1.jpg"), "{page}");
}

#[test]
fn pictures_side_by_side_have_words_of_their_own() {
    let of = |caption: &str| {
        let html = format!(
            "<h1>楼道清好了</h1><p><img src=\"1.jpg\"><img src=\"2.jpg\"></p>\
             <p style=\"text-align:center;font-size:12px\">{caption}</p><p>18栋楼全部清完。</p>"
        );
        let site = TestSite::minimal()
            .write("文章.html", html)
            .write("1.jpg", photo(60, "09:20:00"))
            .write("2.jpg", photo(90, "09:21:00"));
        let run = site.run(&["import", "文章.html", "--as", "guide", "--slug", "clean"]);
        assert_eq!(run.code, 0, "{}\n{}", run.stdout, run.stderr);
        let page = site.read("content/living/clean.md");
        page.splitn(3, "---\n")
            .nth(2)
            .unwrap_or_default()
            .to_owned()
    };
    assert_snapshot!(of("图1 清扫前　　图2 清扫后"), @r#"
    ![清扫前](clean-1.jpg "图1 清扫前")

    ![清扫后](clean-2.jpg "图2 清扫后")

    18栋楼全部清完。
    "#);
    assert_snapshot!(of("图1 清扫前后"), @"
    ![清扫前后（1/2）](clean-1.jpg)![清扫前后（2/2）](clean-2.jpg)

    图1 清扫前后

    18栋楼全部清完。
    ");
}
