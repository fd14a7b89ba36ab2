//! What is written in HTML or as a remark among the words: nothing of it breaks a page or leaves
//! the site unseen, and its links and pictures are the site's like all others.

use insta::assert_snapshot;

use crate::test_site::TestSite;

const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"><rect width=\"4\" height=\"3\"/></svg>";

/// A site with the page `content/living/a.md` of that text, and a picture one folder above it.
fn with(text: &str) -> TestSite {
    TestSite::minimal().write("content/a.svg", PICTURE).write(
        "content/living/a.md",
        format!("---\ntitle: 甲\ndate: 2026-01-02\n---\n{text}\n"),
    )
}

/// Builds the website of a page of that text, which must go well, and returns what is said.
fn warned(text: &str) -> (TestSite, String) {
    let site = with(text);
    let run = site.run(&["build", "--only", "web"]);
    assert_eq!(run.code, 0, "{}\n{}", run.stdout, run.stderr);
    let said = run.messages().to_owned();
    (site, said)
}

/// Returns what a check says of a page of that text that must not be built.
fn refused(text: &str) -> String {
    let run = with(text).run(&["check"]);
    assert_eq!(run.code, 1, "{}\n{}", run.stdout, run.stderr);
    run.messages().to_owned()
}

#[test]
fn remarks_never_leave_the_site() {
    let site = TestSite::minimal();
    site.edit(
        "content/living/tap.md",
        "1. **拧紧**每个水龙头。",
        "<!-- 内情：甲 -->\n\n<!-- 内情 -->**拧紧** <!-- 内情：乙 -->每个水龙头。\n\n<div><!-- 内情 --></div>\n",
    );
    site.build();
    for (path, bytes) in site.files("public").iter().chain(&site.files("print")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("内情"), "{path}");
    }
    assert!(
        site.main_of("living/tap/index.html")
            .contains("<strong>拧紧</strong>每个水龙头。")
    );
}

#[test]
fn a_remark_that_does_not_end_is_an_error_with_its_line() {
    assert_snapshot!(refused("停水。\n\n<!-- 先不发\n\n乙"), @"
    错误 G288：`<!--` 后面没有写结尾的 `-->`：后面的文字会一起不见，或者写给同事的话会被大家看到
      → content/living/a.md:7:1
      提示：写给同事看的备注，开头是 `<!--`，结尾是 `-->`，都用英文符号；备注里面不能再有 `<!--`
      提示：在备注的最后加上 `-->`
    共 1 处错误。
    ");
}

#[test]
fn links_and_pictures_of_raw_html_are_the_sites() {
    let (site, said) = warned(
        "<img src=\"../a.svg\" alt=\"图\">\n\n<p align=\"center\"><img src=\"/a.svg\" alt=\"图\" width=\"40\"></p>\n\n<a href=\"tap.md\">水</a>，<a href=\"#here\">下</a>。\n\n<a id=\"here\"></a>[上](#here)",
    );
    assert_eq!(said, "");
    let page = site.main_of("living/a/index.html");
    for part in [
        "src=\"../../a.svg\"",
        "width=\"40\"",
        "<a href=\"../tap/index.html\">水</a>",
        "<a href=\"#here\">下</a>",
        "<a id=\"here\"></a>",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let feed = site.read("public/atom.xml");
    for address in [
        "https://xiaoyuan.example/a.svg",
        "https://xiaoyuan.example/living/tap/",
    ] {
        assert!(feed.contains(address), "{address}");
    }
    assert!(site.root().join("public/a.svg").exists());
}

#[test]
fn links_and_pictures_of_raw_html_that_lead_nowhere_are_errors() {
    assert_snapshot!(refused("<img src=\"没有.png\" alt=\"无\">\n\n看<a href=\"tab.md\">水</a>和<a href=\"tap.md#没有\">乙</a>。"), @"
    错误 G205：找不到图片 `没有.png`
      → content/living/a.md:5:11
      提示：把图片放在这个文件旁边，名字写成一样（连大小写）
      提示：不要这张图了，把写着它的那一行删掉；下一行是 `picture_alt` 的，一起删
    错误 G203：链接 `tab.md` 找不到对应的文件
      → content/living/a.md:7:11
      提示：是不是想写 `tap.md`？
    错误 G204：`tap.md#没有` 那一页没有名为 `#没有` 的标题
      → content/living/a.md:7:34
    共 3 处错误。
    ");
}

#[test]
fn what_runs_is_taken_away_and_told() {
    let (site, said) = warned(
        "字\n\n<script>alert(1)</script>\n\n<img src=\"../a.svg\" alt=\"图\" onerror=\"x()\">",
    );
    assert_snapshot!(said, @"
    警告 G289：网页代码 `<script>` 去掉了：它会运行程序，或者把别的网站带进来
      → content/living/a.md:7:1
      提示：文字、图片、表格照常写；视频和附件用 ::视频 和 ::附件
      提示：确实要用、也信得过的，在 greenboard.yaml 里写 raw_html: keep
    警告 G290：网页代码 `<img>` 里的 `onerror` 去掉了
      → content/living/a.md:9:1
      提示：它会运行程序，或者网页上用不着；文字都还在，把这个词从 `<img>` 里删掉就不再提示
    ");
    let page = site.main_of("living/a/index.html");
    assert!(
        !page.contains("alert") && !page.contains("onerror"),
        "{page}"
    );
}

#[test]
fn raw_html_out_of_pairs_leaves_the_page_whole() {
    let (site, said) = warned(
        "<div align=\"center\">甲\n\n乙</div></div>\n\n<table><tr><td>丙\n\n- <b>丁\n- </section></main>戊",
    );
    assert_snapshot!(said, @"
    警告 G292：网页代码 `</div>` 没有和它成对的另一半，已略去
      → content/living/a.md:7:1
      提示：删掉它，或者补上另一半：表格的格子要写在 <tr> 里，<tr> 要写在 <table> 里
    警告 G291：网页代码 `<table>` 没有写结尾，已在这一段的最后补上
      → content/living/a.md:9:1
      提示：在它该结束的地方写 `</table>`
    警告 G291：网页代码 `<b>` 没有写结尾，已在这一段的最后补上
      → content/living/a.md:11:3
      提示：在它该结束的地方写 `</b>`
    警告 G292：网页代码 `</section>` 没有和它成对的另一半，已略去
      → content/living/a.md:12:3
      提示：删掉它，或者补上另一半：表格的格子要写在 <tr> 里，<tr> 要写在 <table> 里
    ");
    let page = site.read("public/living/a/index.html");
    for tag in ["main", "footer", "body", "div", "table", "b"] {
        let count = |start: &str| page.matches(start).count();
        let begun = count(&format!("<{tag}>")) + count(&format!("<{tag} "));
        assert_eq!(begun, count(&format!("</{tag}>")), "{tag} in {page}");
    }
}

#[test]
fn the_settings_may_keep_raw_html() {
    let site = with("<iframe src=\"https://a.example\"></iframe>");
    site.edit(
        "greenboard.yaml",
        "format: 1\n",
        "format: 1\n网页代码: 保留\n",
    );
    let run = site.run(&["check"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("G295"), "{}", run.stdout);
    site.build();
    assert!(
        site.main_of("living/a/index.html")
            .contains("<iframe src=\"https://a.example\"></iframe>")
    );
}

#[test]
fn pictures_of_other_websites_are_told() {
    let (_, said) =
        warned("![图](https://a.example/b.png)\n\n<img src=\"//a.example/b.png\" alt=\"图\">");
    assert_snapshot!(said, @"
    警告 G293：图片 `https://a.example/b.png` 在别的网站上：断网时看不见，海报印不出来，那个网站还会知道谁在看
      → content/living/a.md:5:1
      提示：把图片存到这个文件旁边，只写文件名，例如 ![一个拆平的纸箱](纸箱.jpg)；先看清楚能不能用
    警告 G293：图片 `//a.example/b.png` 在别的网站上：断网时看不见，海报印不出来，那个网站还会知道谁在看
      → content/living/a.md:7:11
      提示：把图片存到这个文件旁边，只写文件名，例如 ![一个拆平的纸箱](纸箱.jpg)；先看清楚能不能用
    ");
}

#[test]
fn links_of_no_use_to_others_are_errors() {
    assert_snapshot!(refused("[表](file:///C:/表.docx)、[空]()"), @r"
    错误 G299：链接 `file:///C:/表.docx` 在网页上不能用：它指着您自己电脑里的文件，或者会运行程序
      → content/living/a.md:5:1
      提示：要给大家下载的文件，放到这一篇旁边，用 ::附件 放上去
    错误 G203：链接 `[空]()` 找不到对应的文件
      → content/living/a.md:5:24
      提示：看看名字是不是写对了、文件在不在；不要了，就把它去掉
    共 2 处错误。
    ");
}

#[test]
fn an_address_without_its_beginning_is_told_with_the_whole_one() {
    let (site, said) = warned("来信请寄 <juwei@example.org>。");
    assert_eq!(said, "");
    assert!(
        site.main_of("living/a/index.html")
            .contains("<a href=\"mailto:juwei@example.org\">")
    );
    assert_snapshot!(refused("[邮箱](juwei@example.org)、[官网](www.example.org)、<a href=\"www.example.org\">官网</a>、[电话](55500116)"), @"
    错误 G294：链接 `juwei@example.org` 的开头不全，打不开
      → content/living/a.md:5:1
      提示：写成 `mailto:juwei@example.org`
    错误 G294：链接 `www.example.org` 的开头不全，打不开
      → content/living/a.md:5:25
      提示：写成 `https://www.example.org`
      这样的一共 2 处，还有：
      → content/living/a.md:5:56
    错误 G294：链接 `55500116` 的开头不全，打不开
      → content/living/a.md:5:80
      提示：写成 `tel:55500116`
    共 4 处错误。
    ");
}
