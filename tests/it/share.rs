//! What goes to accounts, groups and screens, as the program writes it.

use insta::assert_snapshot;

use crate::test_site::TestSite;

fn files(site: &TestSite) -> String {
    let files: Vec<String> = site.files("share").into_keys().collect();
    files.join("\n")
}

#[test]
fn each_way_out_has_its_folder_and_leaves_the_rest() {
    let site = TestSite::minimal().write("share/2026-11/tap/我的.txt", "别人的");
    let run = site.run(&["share", "all", "living/tap"]);
    assert_eq!(run.code, 0, "{}\n{}", run.stdout, run.stderr);
    assert_snapshot!(files(&site), @"
    2026-11/tap/cover/cover.png
    2026-11/tap/led/led.gbk.txt
    2026-11/tap/led/led.txt
    2026-11/tap/long/long-1.png
    2026-11/tap/message/long.txt
    2026-11/tap/message/short.txt
    2026-11/tap/qr/qr.png
    2026-11/tap/qr/qr.svg
    2026-11/tap/screen/slide-1920x1080.jpg
    2026-11/tap/wechat/article.html
    2026-11/tap/wechat/cover-200x200.jpg
    2026-11/tap/wechat/cover-900x383.jpg
    2026-11/tap/我的.txt
    2026-11/tap/说明.txt
    ");
    let before = site.files("share");
    let again = site.run(&["share", "message", "content/living/tap.md"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(
        before == site.files("share"),
        "the same bytes, and nothing else is gone"
    );
}

#[test]
fn the_website_is_one_archive_that_unpacks_to_its_root() {
    let site = TestSite::minimal();
    let run = site.run(&["share", "zip"]);
    assert_eq!(run.code, 0, "{}\n{}", run.stdout, run.stderr);
    let bytes = &site.files("share")["2026-11/website/website.zip"];
    let archive = zip::ZipArchive::new(std::io::Cursor::new(bytes.as_slice()));
    let mut archive = archive.expect("it is an archive");
    for name in ["index.html", "living/tap/index.html"] {
        assert!(archive.by_name(name).is_ok(), "{name}");
    }
    let list = site.read("share/2026-11/website/说明.txt");
    assert!(list.contains("https://xiaoyuan.example/"), "{list}");
}

#[test]
fn what_is_asked_for_wrongly_is_said() {
    let site = TestSite::minimal();
    let run = site.run(&["share", "message"]);
    assert_eq!(run.code, 2);
    assert!(run.messages().contains("要发哪一篇"), "{}", run.messages());
    let run = site.run(&["share", "message", "living/tab"]);
    assert_eq!(run.code, 1);
    assert_snapshot!(run.messages(), @"
    错误 G661：没有 `living/tab` 这一篇
      提示：是不是想写 `living/tap`？
      提示：写 `content/` 里的文件名，例如 `greenboard share message notices/2026-12/flue`
    共 1 处错误。什么也没有写，原有的都还在。
    ");
    let run = site.run(&["share", "all", "living/tap", "--out", "content"]);
    assert_eq!(run.code, 1);
    assert_eq!(site.files("share").len(), 0, "nothing was written");
}
