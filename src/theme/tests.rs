//! Few files in, one theme out; and what a volunteer reads who wrote them wrong.

mod grounds;

use insta::assert_snapshot;
use jiff::civil::date;

use super::*;
use crate::diag::{Diagnostics, Language};
use crate::read::MemoryInputs;

/// A theme read from a site of a few files.
struct Read {
    theme: Theme,
    said: Vec<String>,
}

/// Reads the theme of a site with `settings` under its title.
fn read(settings: &str, files: &[(&str, &str)]) -> Read {
    let settings = format!("format: 1\ntitle: 小院\n{settings}");
    let mut inputs = MemoryInputs::new(date(2026, 11, 5))
        .with("greenboard.yaml", settings)
        .with("content/_index.md", "---\ntitle: 小院\n---\n");
    for (path, text) in files {
        inputs = inputs.with(path, text);
    }
    let tree = crate::read::read(&inputs).value.expect("it has settings");
    let site = crate::site::site(&tree);
    let mut diagnostics = Diagnostics::default();
    diagnostics.extend(site.diagnostics);
    let theme = Theme::load(&site.value.settings, &tree.theme_files, &mut diagnostics);
    let said = diagnostics.sorted();
    let said = said.iter().map(|one| {
        let rendered = one.render(Language::Chinese);
        let (line, _) = one.at.as_ref().map_or((0, 0), |at| at.line_column());
        let path = one.at.as_ref().map(|at| at.path().to_string());
        let hints = rendered.hints.join("；");
        format!(
            "{}:{line} {}（{hints}）",
            path.unwrap_or_default(),
            rendered.message
        )
    });
    Read {
        theme,
        said: said.collect(),
    }
}

#[track_caller]
fn good(settings: &str, files: &[(&str, &str)]) -> Theme {
    let read = read(settings, files);
    assert!(read.said.is_empty(), "{:#?}", read.said);
    read.theme
}

#[track_caller]
fn said(settings: &str, files: &[(&str, &str)]) -> String {
    read(settings, files).said.join("\n")
}

fn text<'a>(theme: &'a Theme, path: &str) -> &'a str {
    std::str::from_utf8(&theme.files[path]).expect("a test's file is text")
}

#[test]
fn every_theme_in_the_binary_is_sound_in_every_language() {
    for name in built_in::NAMES {
        for language in ["zh-CN", "en"] {
            let settings = format!("theme: {name}\nlanguage: {language}\n");
            let theme = good(&settings, &[]);
            assert!(theme.files.contains_key("templates/page.html"), "{name}");
            assert!(!theme.layouts.is_empty(), "{name}");
        }
    }
}

/// The contrast of two colours by the formula of WCAG 2.2.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| {
        let channel = |at: usize| {
            let value = u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour");
            let value = f64::from(value) / 255.0;
            match value <= 0.04045 {
                true => value / 12.92,
                false => ((value + 0.055) / 1.055).powf(2.4),
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    };
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn type_of_every_theme_can_be_read_in_every_mode() {
    let type_on = [
        ("ink", "paper"),
        ("soft", "paper"),
        ("leaf", "paper"),
        ("link", "paper"),
        ("clay", "paper"),
        ("ink", "dew"),
        ("ink", "white"),
        ("on-pine", "pine"),
        ("on-sun", "sun"),
    ];
    for name in built_in::NAMES {
        let tokens = good(&format!("theme: {name}\n"), &[]).tokens;
        for (mode, least) in [
            (&["color"][..], 4.5),
            (&["dark", "color"], 4.5),
            (&["strong", "color"], 7.0),
            (&["strong-dark", "dark", "color"], 7.0),
        ] {
            let colour = |name: &str| {
                let mut parts = mode.iter();
                let found = parts.find_map(|part| tokens[*part][name].as_str());
                found.unwrap_or_else(|| panic!("no colour {name}"))
            };
            for (type_, ground) in type_on {
                let ratio = contrast(colour(type_), colour(ground));
                assert!(
                    ratio >= least,
                    "{name}, {}: {type_} on {ground} is {ratio:.1}",
                    mode[0]
                );
            }
        }
    }
}

#[test]
fn a_site_changes_one_token_one_phrase_and_one_file_of_its_theme() {
    let theme = good(
        "",
        &[
            (
                "theme/tokens.yaml",
                "color: { leaf: \"#0B6\" }\nown: { mark: 3 }\n",
            ),
            ("theme/i18n/zh-CN.yaml", "web: { home: 院里 }\n"),
            ("theme/templates/404.html", "没有"),
        ],
    );
    assert_eq!(theme.tokens["color"]["leaf"], "#0B6");
    assert_eq!(theme.tokens["color"]["pine"], "#0F4A36");
    assert_eq!(theme.tokens["own"]["mark"], 3);
    assert_eq!(theme.phrases["web"]["home"], "院里");
    assert_eq!(theme.phrases["web"]["menu"], "栏目");
    assert_eq!(text(&theme, "templates/404.html"), "没有");
    assert!(text(&theme, "templates/page.html").contains("extends"));
}

#[test]
fn themes_extend_themes_and_the_site_lies_over_all() {
    let theme = good(
        "theme: lane\n",
        &[
            ("themes/lane/theme.yaml", "extends: street\n"),
            ("themes/lane/tokens.yaml", "color: { leaf: \"#222222\" }\n"),
            ("themes/street/theme.yaml", "继承: plain\n"),
            (
                "themes/street/tokens.yaml",
                "color: { leaf: \"#111111\", sun: \"#333333\" }\n",
            ),
            ("theme/tokens.yaml", "color: { sun: \"#444444\" }\n"),
        ],
    );
    let names: Vec<&str> = theme
        .layers
        .iter()
        .map(|layer| layer.name.as_str())
        .collect();
    assert_eq!(names, ["fresh", "plain", "street", "lane", "site"]);
    assert_eq!(theme.tokens["color"]["leaf"], "#222222");
    assert_eq!(theme.tokens["color"]["sun"], "#444444");
}

#[test]
fn style_sheets_come_parents_first_and_a_namesake_takes_the_place_of_its_own() {
    let theme = good(
        "theme: lane\n",
        &[
            ("themes/lane/static/a.css", "a"),
            ("themes/lane/static/print.css", "b"),
            ("theme/static/a.css", "c"),
        ],
    );
    let styles = theme.below_by_layer("static");
    let styles: Vec<_> = styles
        .filter(|(path, _)| path.ends_with(".css"))
        .map(|(path, bytes)| (path, bytes.len()))
        .collect();
    let own: Vec<_> = styles.iter().filter(|(_, length)| *length == 1).collect();
    assert_eq!(own, [&("static/print.css", 1), &("static/a.css", 1)]);
    assert_eq!(styles.last().map(|(path, _)| *path), Some("static/a.css"));
}

#[test]
fn options_have_defaults_and_a_child_may_change_them() {
    let manifest = "options:\n  - { name: accent, type: 颜色, default: \"#123456\" }\n  \
        - { name: columns, type: integer, default: 2 }\n  \
        - { name: masthead, type: choice, values: [wide, narrow], default: wide }\n";
    let files = [("themes/lane/theme.yaml", manifest)];
    let theme = good("theme: lane\n主题设置: { columns: 3 }\n", &files);
    assert_eq!(theme.options["accent"], "#123456");
    assert_eq!(theme.options["columns"], 3);
    assert_eq!(theme.options["masthead"], "wide");
    assert_eq!(theme.tokens["option"]["columns"], 3);
}

#[test]
fn a_topic_of_the_sites_own_gets_its_colours() {
    let theme = good(
        "",
        &[(
            "theme/tokens.yaml",
            "topic: { health: { deep: \"#223344\", mid: \"#445566\", light: \"#8899AA\" } }\n\
             dark: { on-sun: \"#000000\" }\n",
        )],
    );
    assert_eq!(theme.tokens["topic"]["health"]["deep"], "#223344");
    assert_eq!(theme.tokens["dark"]["on-sun"], "#000000");
}

#[test]
fn tokens_that_are_unknown_or_of_another_form_are_named() {
    let tokens = "color:\n  leef: \"#112233\"\n  pine: green\nweb:\n  measure: weit\n\
        radius: 4\ncmyk:\n  ink: [0, 0, 1]\n";
    assert_snapshot!(said("", &[("theme/tokens.yaml", tokens)]), @"
    theme/tokens.yaml:2 主题没有 `color.leef` 这一项样式，写了不起作用（是不是想写 `leaf`？；自己模板里才用的，写在 `own` 下面）
    theme/tokens.yaml:3 `color.pine` 的值 `green` 不对，要写：颜色，如 '#0F4A36'，两边要有引号（主题里是 `#0F4A36`）
    theme/tokens.yaml:5 `web.measure` 的值 `weit` 不对，要写：数字（主题里是 `34`）
    theme/tokens.yaml:6 `radius` 的值 `4` 不对，要写：几行“名称: 内容”（）
    theme/tokens.yaml:8 `cmyk.ink` 的值 `[…]` 不对，要写：4 项的列表（主题里是 `[0,0,0,100]`）
    ");
}

#[test]
fn phrases_that_are_unknown_or_have_strange_blanks_are_named() {
    let phrases = "web:\n  hom: 院里\n  posting_until: 到{day}为止\n  weekdays: [一, 二]\n";
    assert_snapshot!(said("", &[("theme/i18n/zh-CN.yaml", phrases)]), @"
    theme/i18n/zh-CN.yaml:2 主题没有 `web.hom` 这句用语，写了不起作用（是不是想写 `home`？；自己模板里才用的，写在 `own` 下面）
    theme/i18n/zh-CN.yaml:3 `web.posting_until` 的值 `到{day}为止` 不对，要写：没有 {day} 的话（主题里是 `公示到{date}`）
    theme/i18n/zh-CN.yaml:4 `web.weekdays` 的值 `[…]` 不对，要写：7 项的列表（主题里是 `[\"星期一\",\"星期二\",\"星期三\",\"星期四\",\"星期五\",\"星期六\",\"星期日\"]`）
    ");
}

#[test]
fn themes_that_are_not_there_or_go_in_a_circle_are_named() {
    assert_snapshot!(said("theme: frsh\n", &[]), @"greenboard.yaml:3 没有名为 `frsh` 的主题（是不是想写 `fresh`？；能用的主题：fresh、plain）");
    let files = [
        ("themes/a/theme.yaml", "name: a\nextends: b\n"),
        ("themes/b/theme.yaml", "extends: a\n"),
    ];
    assert_snapshot!(said("theme: a\n", &files), @"themes/b/theme.yaml:1 主题继承绕成了圈：a → b → a（改掉其中一个 theme.yaml 里的 `extends`；最里面的一个写 `extends: fresh`）");
    let files = [("themes/a/theme.yaml", "extends: plian\n")];
    assert_snapshot!(said("theme: a\n", &files), @"themes/a/theme.yaml:1 没有名为 `plian` 的主题（是不是想写 `plain`？；能用的主题：a、fresh、plain）");
    let files = [("themes/site/theme.yaml", "extends: fresh\n")];
    assert_snapshot!(said("theme: site\n", &files), @"greenboard.yaml:3 主题不能叫 `site`，模板里这个名字指网站自己的 theme 文件夹（给 themes 里的这个文件夹换个名字）");
}

#[test]
fn options_of_the_wrong_name_or_form_are_named() {
    let manifest = "options:\n  - { name: accent, type: colour, default: \"#123456\" }\n  \
        - { name: masthead, type: choice, values: [wide, narrow], default: wide }\n";
    let files = [("themes/lane/theme.yaml", manifest)];
    let settings =
        "theme: lane\ntheme_options:\n  acent: \"#000000\"\n  accent: red\n  masthead: wied\n";
    assert_snapshot!(said(settings, &files), @"
    greenboard.yaml:5 主题 `lane` 没有 `acent` 这个选项（是不是想写 `accent`？；它有：accent、masthead）
    greenboard.yaml:6 `accent` 的值 `red` 不对，要写：颜色，如 '#0F4A36'，两边要有引号（例如 `#123456`）
    greenboard.yaml:7 `masthead` 里没有 `wied` 这一项（是不是想写 `wide`？；可以写：wide、narrow）
    ");
    let settings = "theme: lane\ntheme_options: wide\n";
    assert_snapshot!(said(settings, &files), @"greenboard.yaml:4 `theme_options` 的值 `wide` 不对，要写：几行“名称: 内容”（例如 `{ motifs: 否 }`）");
}

#[test]
fn a_theme_that_says_of_itself_what_cannot_be_is_named() {
    let manifest = "extend: fresh\noptions:\n  - { name: accent, type: colr, default: \"#123456\" }\n  \
        - { name: big, type: bool, default: vielleicht }\n  - { name: two, type: integer }\n";
    let files = [("themes/lane/theme.yaml", manifest)];
    assert_snapshot!(said("theme: lane\n", &files), @"
    themes/lane/theme.yaml:1 不认识 `extend` 这一项（是不是想写 `extends`？）
    themes/lane/theme.yaml:3 `type` 里没有 `colr` 这一项（是不是想写 `color`？；可以写：color、colour、bool、font、text、choice……（一共 13 个））
    themes/lane/theme.yaml:4 `default` 的值 `vielleicht` 不对，要写：是或否（例如 `否`）
    themes/lane/theme.yaml:5 缺少 `default`（加一行 `default: 0`）
    ");
    let own = [("theme/theme.yaml", "extends: plain\n")];
    assert_snapshot!(said("", &own), @"theme/theme.yaml:1 不认识 `extends` 这一项（）");
    let broken = [("theme/tokens.yaml", "color: 1\n- leaf\n")];
    assert_snapshot!(said("", &broken), @"theme/tokens.yaml:2 从这里起读不懂（看看这一行和上一行：同一级的要左边对齐，下一级的要多空两格，括号和引号要成对）");
}

#[test]
fn files_without_effect_are_named() {
    let files = [
        ("theme/page.html", "x"),
        ("theme/templates/pgae.html", "x"),
        ("theme/templates/parts/mine.html", "x"),
        (
            "theme/templates/home.html",
            "{% include \"parts/mine.html\" %}",
        ),
        ("theme/posters/mine.typ", "x"),
        ("theme/LIESMICH.txt", "x"),
    ];
    assert_snapshot!(said("", &files), @"
    theme/page.html:1 这个主题文件不起作用：没有哪一页用到它（要改主题里的那一个，就改名为 `theme/templates/page.html`）
    theme/templates/pgae.html:1 这个主题文件不起作用：没有哪一页用到它（要改主题里的那一个，就改名为 `theme/templates/page.html`）
    ");
}

#[test]
fn a_language_of_the_site_s_own_lacks_nothing() {
    let words = "web:\n  weekdays: [lundo]\nposter: {}\n";
    let said = said("language: eo\n", &[("theme/i18n/eo.yaml", words)]);
    let lacking = said.lines().filter(|line| line.contains("缺少"));
    assert!(lacking.count() > 100, "{said}");
    assert_snapshot!(said.lines().take(2).collect::<Vec<_>>().join("\n"), @"
    theme/i18n/eo.yaml:1 主题的 i18n/eo.yaml 里缺少 `poster.address`（在那个文件里补上这一句；或者在 greenboard.yaml 里把 `language:` 写成 zh-CN）
    theme/i18n/eo.yaml:1 主题的 i18n/eo.yaml 里缺少 `poster.approved_by`（在那个文件里补上这一句；或者在 greenboard.yaml 里把 `language:` 写成 zh-CN）
    ");
}
