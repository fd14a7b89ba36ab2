//! Themes as a volunteer makes them: a few files change the whole site, and a slip is named.

use insta::assert_snapshot;

use crate::test_site::TestSite;

/// A layout that fills the sheet with one colour of the tokens and sets nothing but the title.
const LAYOUT: &str = r#"
#import "/themes/fresh/posters/lib.typ": *
#let compose(data, g, c) = (
  fit: report(true, g.floor.body, picture: "none"),
  content: {
    fill-rect(0mm, 0mm, g.W, g.H, c.leaf)
    title-at(data, g, g.y, fit-title(data, g, g.w), white)
  },
)
#poster(metadata(json("/data.json")), compose)
"#;

/// Three files that extend `fresh`: colours, one template, one layout.
fn lane() -> TestSite {
    let site = TestSite::minimal()
        .write("themes/lane/tokens.yaml", "color: { leaf: \"#6A1B9A\" }\n")
        .write(
            "themes/lane/templates/page.html",
            "{% extends \"fresh/page.html\" %}\n{% block main %}<p class=\"lane\">巷子里</p>{{ super() }}{% endblock %}\n",
        )
        .write("themes/lane/posters/guide.typ", LAYOUT);
    site.edit("greenboard.yaml", "title:", "theme: lane\ntitle:");
    site
}

/// Returns the preview of the one poster that hangs, as colours.
fn preview(site: &TestSite) -> image::RgbImage {
    let files = site.files("public/posters");
    let (_, bytes) = files
        .iter()
        .find(|(name, _)| name.ends_with(".png"))
        .expect("a poster hangs");
    image::load_from_memory(bytes)
        .expect("it is a PNG")
        .to_rgb8()
}

/// Returns the website's style sheet, whose name tells what is in it.
#[track_caller]
fn style_of(site: &TestSite) -> String {
    let assets = std::fs::read_dir(site.root().join("public/assets")).expect("it is made");
    let mut names = assets.map(|entry| entry.expect("it can be listed").file_name());
    let is_style = |name: &std::ffi::OsString| name.to_string_lossy().starts_with("style.");
    let name = names.find(is_style).expect("there is a style sheet");
    site.read(&format!("public/assets/{}", name.to_string_lossy()))
}

#[test]
fn a_theme_of_three_files_changes_colours_a_template_and_a_layout() {
    let plain = TestSite::minimal();
    plain.build();
    assert!(!plain.main_of("living/tap/index.html").contains("巷子里"));

    let site = lane();
    site.build();
    assert!(style_of(&site).contains("--color-leaf:#6A1B9A;"));
    let page = site.main_of("living/tap/index.html");
    assert!(page.contains("<p class=\"lane\">巷子里</p>"));
    assert!(
        page.contains("拧紧"),
        "what the parent shows is still there"
    );
    let sheet = preview(&site);
    let ground = sheet.get_pixel(sheet.width() / 2, sheet.height() - 20);
    assert_eq!(ground.0, [0x6A, 0x1B, 0x9A], "the sheet has the new ground");
}

#[test]
fn the_site_lays_single_files_and_phrases_over_its_theme() {
    let site = lane()
        .write("theme/i18n/zh-CN.yaml", "web: { home: 回院里 }\n")
        .write("theme/static/mine.css", ".lane { color: red }\n")
        .write(
            "theme/templates/page.html",
            "{% extends \"lane/page.html\" %}\n{% block main %}{{ super() }}<p>到此为止</p>{% endblock %}\n",
        );
    site.build();
    let page = site.main_of("living/tap/index.html");
    assert!(page.contains("回院里") && page.contains("巷子里") && page.contains("到此为止"));
    assert!(style_of(&site).contains(".lane{color:red}"));
}

#[test]
fn the_second_theme_in_the_program_looks_different_in_all() {
    let site = TestSite::minimal();
    site.build();
    let (style, sheet) = (style_of(&site), preview(&site));
    site.edit(
        "greenboard.yaml",
        "title:",
        "theme: plain\ntheme_options: { motto: 街坊的事 }\ntitle:",
    );
    site.build();
    assert_ne!(style, style_of(&site));
    assert_ne!(sheet, preview(&site));
    let home = site.read("public/index.html");
    assert!(home.contains("<p class=\"masthead-line\">街坊的事</p>"));
}

#[test]
fn filing_numbers_stand_at_the_foot_of_every_page() {
    let site = TestSite::minimal();
    let filing = "备案: { ICP: 沪ICP备12345678号-1, 公安: 沪公网安备31010602000001号 }\ntitle:";
    site.edit("greenboard.yaml", "title:", filing);
    site.build();
    let links = [
        "<a href=\"https://beian.miit.gov.cn/\" rel=\"noopener noreferrer\">沪ICP备12345678号-1</a>",
        "<a href=\"https://beian.mps.gov.cn/#/query/webSearch?code=31010602000001\" rel=\"noopener noreferrer\">沪公网安备31010602000001号</a>",
    ];
    for page in [
        "index.html",
        "living/tap/index.html",
        "boards/gate/index.html",
        "404.html",
    ] {
        let html = site.read(&format!("public/{page}"));
        assert!(links.iter().all(|link| html.contains(link)), "{page}");
    }
    site.edit(
        "greenboard.yaml",
        "沪公网安备31010602000001号",
        "沪公网安备3101号",
    );
    let run = site.run(&["build"]);
    assert_snapshot!(run.messages(), @"
    错误 G110：`police` 的值 `沪公网安备3101号` 不对，要写：公安备案号，数字有 14 位
      → greenboard.yaml:2:34
      提示：例如 `沪公网安备31010602000001号`
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn a_printed_page_says_where_it_stands_on_the_web() {
    let site = TestSite::minimal();
    site.build();
    let html = site.read("public/living/tap/index.html");
    let paper = &html[html
        .find("class=\"on-paper\"")
        .expect("it has a foot for paper")..];
    assert!(paper.contains("<svg class=\"on-paper-code\""));
    assert!(paper.contains("https://xiaoyuan.example/q/"));
}

#[test]
fn slips_in_a_theme_are_named_with_file_and_line() {
    let site = lane();
    site.build();
    site.put(
        "themes/lane/templates/page.html",
        "{% extends \"frsh/page.html\" %}\n",
    );
    let run = site.run(&["build"]);
    assert_eq!(run.code, 1);
    assert_snapshot!(run.messages(), @"
    错误 G517：网页模板里用到的 `frsh/page.html` 找不到
      → themes/lane/templates/page.html:1:1
      提示：是不是想写 `fresh/page.html`？
    共 1 处错误。什么也没有写，原有的都还在。
    ");
    site.put(
        "themes/lane/templates/page.html",
        "{% extends \"page.html\" %}\n",
    );
    assert_snapshot!(site.run(&["build"]).messages(), @"
    错误 G518：网页模板绕成了圈：lane/page.html → lane/page.html
      → themes/lane/templates/page.html:1:1
      提示：要接着写父主题里同名的模板，写全名：`fresh/page.html`
    共 1 处错误。什么也没有写，原有的都还在。
    ");
    site.put("themes/lane/templates/page.html", "<p>\n{{ page.titel }}\n");
    // What else there is to ask for, the next line tells.
    let run = site.run(&["build"]);
    let said: Vec<&str> = run.messages().lines().take(3).collect();
    assert_snapshot!(said.join("\n"), @"
    错误 G519：网页模板里没有 `titel` 这个值
      → themes/lane/templates/page.html:2:1
      提示：是不是想写 `title`？
    ");
    site.put(
        "themes/lane/templates/page.html",
        "<p>\n\n{% include \"parts/heder.html\" %}\n",
    );
    assert_snapshot!(site.run(&["build"]).messages(), @"
    错误 G517：网页模板里用到的 `parts/heder.html` 找不到
      → themes/lane/templates/page.html:3:1
      提示：是不是想写 `parts/header.html`？
    共 1 处错误。什么也没有写，原有的都还在。
    ");
    site.put("themes/lane/templates/page.html", "<p>\n\n{% if %}\n");
    assert_snapshot!(site.run(&["build"]).messages(), @"
    错误 G502：网页模板写得不对，做不出网页
      → themes/lane/templates/page.html:3:1
      提示：把这一句给改模板的人看：`Found '%}' but expected one of: integer, float, string, bool, ident, '-', 'not', '<', '{', '[' or '('`
      提示：刚改过模板的，改回原来的样子；或者把 greenboard.yaml 里的 `theme:` 换成 fresh
    共 1 处错误。什么也没有写，原有的都还在。
    ");
    site.put(
        "themes/lane/templates/page.html",
        "{% extends \"fresh/page.html\" %}\n",
    );
    site.put(
        "themes/lane/posters/guide.typ",
        "\n#import \"/themes/frsh/posters/lib.typ\": *\n",
    );
    assert_snapshot!(site.run(&["build"]).messages(), @"
    错误 G305：海报模板 `guide` 写得不对，排不出来
      → content/living/tap.md:6:11
      提示：把这一句给改模板的人看：`posters/guide.typ:2: file not found (searched at /themes/frsh/posters/lib.typ)`
      提示：急用的，先把这一篇 `layout:` 换成别的模板
    共 1 处错误。什么也没有写，原有的都还在。
    ");
}

#[test]
fn a_new_theme_is_written_and_at_once_of_use() {
    let site = TestSite::minimal();
    let run = site.run(&["new", "theme", "槐树院"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_snapshot!(run.stdout, @"
    建好了 themes/huaishuyuan/theme.yaml
    建好了 themes/huaishuyuan/tokens.yaml
    建好了 themes/huaishuyuan/templates/page.html
    下一步：在 greenboard.yaml 里把 `theme:` 改成它的文件夹名；一边改一边看：greenboard serve
    ");
    site.edit("greenboard.yaml", "title:", "theme: huaishuyuan\ntitle:");
    site.build();
    assert!(style_of(&site).contains("--color-leaf:#1F5C7A;"));
}

/// That of endless ones, G523, is tried by the oracles, as it takes its time.
#[test]
fn a_template_that_grows_without_bounds_is_stopped_and_named() {
    let site = TestSite::minimal();
    let double = "{% set_global a = \"xxxxxxxx\" %}{% for i in range(end=60) %}{% set_global a = a ~ a %}{% endfor %}";
    site.put("theme/templates/home.html", double);
    let run = site.run(&["build"]);
    assert_eq!(run.code, 1);
    assert_snapshot!(run.messages(), @"
    错误 G524：主题的模板 `theme/templates/home.html` 越做越大，快把内存用完了，已经停下
      提示：它或它用到的模板里，有一段文字在循环里不断加长；最近改过这个主题的话，先改回去
      提示：不是自己写的主题，换一个：在 greenboard.yaml 里写 `theme: fresh`
    共 1 处错误。什么也没有写，原有的都还在。
    ");
    assert!(!site.root().join("public").exists());
}
