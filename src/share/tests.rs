//! What goes out, on tiny sites.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use jiff::civil::Date;

use super::{Made, Of, Sources, Wanted, What, make};
use crate::cache::Cache;
use crate::calendar::Period;
use crate::diag::{Code, Diagnostics, Language};
use crate::site::Site;
use crate::typeset::testing::{TestSite, fresh, has};

fn share(site: &Site, what: &[What], of: Of) -> (Made, Diagnostics) {
    let sources = Sources {
        site,
        engine: fresh(),
        cache: &Cache::default(),
        website: &[],
    };
    let wanted = Wanted {
        what: BTreeSet::from_iter(what.iter().copied()),
        of,
    };
    let made = make(&sources, &wanted);
    (made.value, made.diagnostics)
}

fn one(site: &Site, what: What) -> (Made, Diagnostics) {
    share(site, &[what], Of::Page("living/a".to_owned()))
}

/// Returns a file that was made, as text.
#[track_caller]
fn text(made: &Made, name: &str) -> String {
    let of_name = |it: &&crate::render::Artifact| it.path.ends_with(name);
    let found = made.artifacts.iter().find(of_name);
    let bytes = found.unwrap_or_else(|| panic!("no {name}")).bytes();
    let text = String::from_utf8(bytes.to_vec()).expect("it is text");
    text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n")
}

fn paths(made: &Made) -> String {
    let paths: Vec<&str> = made.artifacts.iter().map(|it| it.path.as_str()).collect();
    paths.join("\n")
}

fn said(diagnostics: &Diagnostics) -> String {
    let sorted = diagnostics.clone().sorted().into_iter();
    let line = |it: crate::diag::Diagnostic| it.render(Language::Chinese).message;
    sorted.map(line).collect::<Vec<_>>().join("\n")
}

/// The lines of the article, without the page round it.
fn article(site: &Site) -> String {
    let (made, _) = one(site, What::Wechat);
    let page = text(&made, "article.html");
    let (_, rest) = page
        .split_once("<div id=\"js_content\">\n")
        .expect("it begins");
    rest.split_once("</div>\n</main>")
        .expect("it ends")
        .0
        .to_owned()
}

fn page(front: &str, body: &str) -> TestSite {
    TestSite::with_gate().page("a", front, body)
}

const EVENT: &str = "date: 2026-11-01\nsummary: 五分钟查一查马桶漏不漏水，工具社区出。\n\
    event: { date: 2026-11-21, time: 上午9:00, place: 中心广场 }";

#[test]
fn a_message_says_what_when_where_and_where_to_read_on() {
    let body = "水费涨了，龙头都不滴，多半是马桶。\n\n- 带一瓶浓红茶\n- 带水费单";
    let (made, told) = one(&page(EVENT, body).build(), What::Message);
    assert_eq!(said(&told), "");
    assert_snapshot!(paths(&made), @"
    2026-11/a/message/short.txt
    2026-11/a/message/long.txt
    2026-11/a/说明.txt
    ");
    let short = text(&made, "short.txt");
    assert!(short.trim_end().chars().count() <= 120, "{short}");
    assert_snapshot!(short, @"
    【五分钟查马桶漏水】
    五分钟查一查马桶漏不漏水，工具社区出。
    时间：11月21日 星期六 上午9:00
    地点：中心广场
    详情：https://wutongli.example/q/zaqgzcd/
    ");
    assert_snapshot!(text(&made, "long.txt"), @"
    【五分钟查马桶漏水】
    五分钟查一查马桶漏不漏水，工具社区出。
    时间：11月21日 星期六 上午9:00
    地点：中心广场
    水费涨了，龙头都不滴，多半是马桶。
    · 带一瓶浓红茶
    · 带水费单
    详情：https://wutongli.example/q/zaqgzcd/
    ");
}

#[test]
fn a_campaign_says_its_days_beside_the_day_that_opens_it() {
    let days = "date: 2026-11-01\nfrom: 2026-11-15\nto: 2026-11-30\n";
    let event = "event: { date: 2026-11-21, time: 上午9:00, place: 中心广场 }";
    let both = page(&format!("{days}{event}"), "人人动手。").build();
    let short = text(&one(&both, What::Message).0, "short.txt");
    assert!(short.contains("时间：11月21日 星期六 上午9:00"), "{short}");
    assert!(short.contains("活动期间：11月15日"), "{short}");
    assert!(article(&both).contains("活动期间：11月15日"));
    let alone = page(days, "人人动手。").build();
    let short = text(&one(&alone, What::Message).0, "short.txt");
    assert!(short.contains("时间：11月15日"), "{short}");
    assert!(article(&alone).contains(">11月15日"));
    let strip = text(&one(&alone, What::Led).0, "led.txt");
    assert!(strip.contains("11月15日至11月30日"), "{strip}");
}

#[test]
fn a_message_calls_nobody_and_keeps_what_only_looks_like_a_call() {
    let body = "各居民委员会，各物业服务企业：\n\n12月起各楼道清理的时间安排为：\n\n- 1号楼周一";
    let (made, _) = one(&page(EVENT, body).build(), What::Message);
    let long = text(&made, "long.txt");
    assert!(!long.contains("各居民委员会"), "{long}");
    assert!(long.contains("12月起各楼道清理的时间安排为"), "{long}");
}

#[test]
fn a_message_says_what_is_to_happen_rather_than_why() {
    let front = "date: 2026-11-01\nposter:\n  layout: guide\n  lead: 一分钟看四处";
    let body = "入冬以来，用火用电增多。\n\n经居民推荐，共60人达标，现将名单公示如下。";
    let (made, _) = one(&page(front, body).build(), What::Message);
    let short = text(&made, "short.txt");
    assert!(short.contains("\n一分钟看四处。\n"), "{short}");
    let long = text(&made, "long.txt");
    assert!(long.contains("经居民推荐，共60人达标。"), "{long}");
    assert!(!long.contains("如下"), "{long}");
}

#[test]
fn a_message_says_nothing_twice_for_its_reasons() {
    let front = "date: 2026-11-01\nsummary: 街道决定12月5日至20日集中清理楼道。";
    let body = "为消除火灾隐患，街道决定12月5日至20日集中清理楼道，现将有关事项通知如下。\n\n先告知，后清理。";
    let (made, _) = one(&page(front, body).build(), What::Message);
    let long = text(&made, "long.txt");
    assert_eq!(long.matches("集中清理楼道").count(), 1, "{long}");
    assert!(long.contains("先告知，后清理。"), "{long}");
}

#[test]
fn a_box_says_its_title_with_its_first_words_and_clauses_their_heading() {
    let body = ":::提示框{类型=当心 标题=投药那天}\n门窗关好，人出门。\n:::\n\n\
        ## 一、范围\n\n（一）楼道。\n\n（二）车棚。\n\n## 二、要求\n\n（一）每天查。";
    let (made, _) = one(
        &page("date: 2026-11-01\nsummary: 统一投药。", body).build(),
        What::Message,
    );
    let long = text(&made, "long.txt");
    assert!(long.contains("投药那天：门窗关好，人出门。"), "{long}");
    assert!(
        long.contains("\n范围：（一）楼道。\n（二）车棚。"),
        "{long}"
    );
    assert!(long.contains("\n要求：（一）每天查。"), "{long}");
}

#[test]
fn a_list_that_a_message_cannot_hold_says_how_long_it_is() {
    let names = "- 3号楼2单元　赵桂兰\n".repeat(60);
    let front = "date: 2026-11-01\nsummary: 拟评60名志愿者。";
    let (made, _) = one(&page(front, &names).build(), What::Message);
    let long = text(&made, "long.txt");
    assert!(!long.contains("赵桂兰"), "{long}");
    assert!(long.contains("\n所列共60项，见详情\n"), "{long}");
    let steps =
        "- 先把总阀关上，再拧松压盖，垫一块旧毛巾，免得划伤，水也不会溅到墙上去\n".repeat(12);
    let (made, _) = one(&page(front, &steps).build(), What::Message);
    let long = text(&made, "long.txt");
    assert!(
        long.contains("· 先把总阀关上") && long.contains("\n……共12项\n"),
        "{long}"
    );
    assert!(long.trim_end().chars().count() <= 300, "{long}");
}

#[test]
fn a_summary_that_was_cut_off_is_not_said_as_it_is() {
    let body = "根据管理办法，经业主申请，现将加装电梯方案公示如下：\n\n\
        一层两户不分摊，由施工单位负责更换被占用的二米四雨水管，恢复绿化十二平方米，完工后清理现场。";
    let (made, _) = one(&page("date: 2026-11-01", body).build(), What::Message);
    let long = text(&made, "long.txt");
    assert!(!long.contains('…') && !long.contains("如下"), "{long}");
}

#[test]
fn a_strip_says_what_a_notice_without_a_line_is_about() {
    let front = "date: 2026-11-01\nsummary: 11月28日8时至12时停水，请提前存水。";
    let strip = text(&one(&page(front, "正文。").build(), What::Led).0, "led.txt");
    assert!(
        strip.contains("五分钟查马桶漏水　11月28日8时至12时停水，请提前存水。"),
        "{strip}"
    );
}

#[test]
fn telephone_numbers_and_hours_stay_on_one_line_of_an_article() {
    let html = article(&page("date: 2026-11-01", "打028-8555 0137，9:00—17:00。").build());
    for figure in ["028-8555 0137", "9:00—17:00"] {
        let whole = format!("<span style=\"white-space:nowrap;\">{figure}</span>");
        assert!(html.contains(&whole), "{html}");
    }
}

#[test]
fn a_message_is_never_longer_than_it_may_be_but_for_what_must_be_said() {
    let long = "一句话说了又说，".repeat(40) + "完。";
    let front = format!("date: 2026-11-01\nsummary: {long}");
    let (made, told) = one(&page(&front, &long).build(), What::Message);
    assert_eq!(said(&told), "");
    for (name, most) in [("short.txt", 120), ("long.txt", 300)] {
        let text = text(&made, name);
        assert!(text.trim_end().chars().count() <= most, "{text}");
    }
    let place = "一处说不清在哪里的地方".repeat(12);
    let front = format!("date: 2026-11-01\nevent: {{ date: 2026-11-21, place: {place} }}");
    let (made, told) = one(&page(&front, "正文。").build(), What::Message);
    assert!(has(&told, Code::LongMessage), "{}", said(&told));
    assert!(text(&made, "short.txt").contains(&place));
}

#[test]
fn an_article_is_made_of_what_the_editor_keeps() {
    let body = "先看[国家标准](https://std.example/a)，再看[宣传栏](../boards/gate.md)。[^1]\n\n\
        ## 怎么做\n\n1. **揭盖**，滴几滴。\n   - 浓红茶\n   - 色素\n2. 等五分钟。\n\n\
        > [!WARNING]\n> 别用漂白水。\n\n| 栋 | 日子 |\n| --- | --: |\n| 1号楼 | 3日 |\n\n\
        [^1]: 漏水量按每秒一滴算。";
    let html = article(&page("date: 2026-11-01", body).build());
    for dropped in [
        "class=",
        " id=",
        "href",
        "position",
        "url(",
        "<a",
        "<ul",
        "<ol",
        "<li",
        "<h2",
        "<div",
        "<style",
        "<script",
        "background-image",
    ] {
        assert!(!html.contains(dropped), "{dropped}: {html}");
    }
    let plain = html
        .replace("</p>", "\n")
        .replace("</td>", " | ")
        .replace("</th>", " | ");
    let mut words = String::new();
    let mut is_tag = false;
    for c in plain.chars() {
        match c {
            '<' => is_tag = true,
            '>' => is_tag = false,
            c if !is_tag => words.push(c),
            _ => {}
        }
    }
    let lines: Vec<&str> = words
        .lines()
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .collect();
    let words = lines.join("\n").replace("&nbsp;", " ");
    assert_snapshot!(words.trim(), @"
    先看国家标准[1]，再看宣传栏[2]。〔1〕
    怎么做
    1. 揭盖，滴几滴。
    • 浓红茶
    • 色素
    2. 等五分钟。
    当心
    别用漂白水。
    栋 | 日子 |
    1号楼 | 3日 |
    注释
    〔1〕漏水量按每秒一滴算。
    链接
    [1] 国家标准：https://std.example/a
    [2] 宣传栏：https://wutongli.example/q/scwn2ka/
    ");
}

#[test]
fn what_an_article_cannot_hold_is_told() {
    let title = "很长的标题".repeat(14);
    let site = TestSite::with_gate().file("content/living/_index.md", "---\ntitle: 指南\n---\n");
    let site = site.file(
        "content/living/a.md",
        format!("---\ntitle: {title}\ndate: 2026-11-01\n---\n正文。\n"),
    );
    let (_, told) = one(&site.build(), What::Wechat);
    assert!(has(&told, Code::LongWechatTitle), "{}", said(&told));
}

#[test]
fn a_long_picture_comes_in_parts_that_phones_show() {
    let rows: String = (1..=180)
        .map(|n| format!("| {n} | 张三 | {n}号楼 |\n"))
        .collect();
    let body =
        format!("名单如下。\n\n| 序号 | 姓名 | 楼栋 |\n| --: | --- | --- |\n{rows}\n到此为止。");
    let (made, told) = one(&page("date: 2026-11-01", &body).build(), What::Long);
    assert_eq!(said(&told), "");
    let parts: Vec<_> = made
        .artifacts
        .iter()
        .filter(|it| it.path.contains("/long/"))
        .collect();
    assert!(parts.len() >= 2, "{}", paths(&made));
    let mut heights = Vec::new();
    for part in &parts {
        let picture = image::load_from_memory(&part.bytes()).expect("it is a picture");
        assert_eq!(picture.width(), 1080);
        heights.push(picture.height());
        assert!(part.bytes().len() < 1 << 20, "{} bytes", part.bytes().len());
    }
    assert!(heights.iter().all(|height| *height <= 9000), "{heights:?}");
    // All about as high.
    let (least, most) = (heights.iter().min(), heights.iter().max());
    assert!(
        least.zip(most).is_some_and(|(a, b)| a * 2 > *b),
        "{heights:?}"
    );
}

#[test]
fn a_short_page_is_one_picture() {
    let (made, _) = one(&page(EVENT, "一段话。").build(), What::Long);
    assert_snapshot!(paths(&made), @"
    2026-11/a/long/long-1.png
    2026-11/a/说明.txt
    ");
}

#[test]
fn codes_are_pictures_and_drawings_or_told() {
    let (made, _) = one(&page("date: 2026-11-01", "正文。").build(), What::Qr);
    assert!(text(&made, "qr.svg").starts_with("<svg"));
    let png = made.artifacts.iter().find(|it| it.path.ends_with("qr.png"));
    let png = image::load_from_memory(&png.expect("it is there").bytes()).expect("a picture");
    assert!(png.width() >= 300 && png.width() == png.height());
    let settings = "format: 1\ntitle: 绿板\norganisation: 居委会\nlanguage: zh-CN\n";
    let site = page("date: 2026-11-01", "正文。").file("greenboard.yaml", settings);
    let (_, told) = one(&site.build(), What::Qr);
    assert_eq!(said(&told), "网站没有地址，做不了二维码");
}

#[test]
fn strips_get_two_texts_and_a_warning_for_what_their_cards_lack() {
    let site = page(
        "date: 2026-11-01\nposter:\n  layout: guide\n  lead: 找王玥领〇号章",
        "1. **看**表。",
    );
    let (made, told) = one(&site.build(), What::Led);
    assert_eq!(said(&told), "条屏的字库里没有这些字：〇玥");
    assert_eq!(
        text(&made, "led/led.txt"),
        "五分钟查马桶漏水　找王玥领〇号章　梧桐里社区居民委员会\n"
    );
    let gbk = made
        .artifacts
        .iter()
        .find(|it| it.path.ends_with("led.gbk.txt"));
    assert!(
        gbk.expect("it is there")
            .bytes()
            .starts_with(b"\xCE\xE5\xB7\xD6")
    );
}

#[test]
fn a_strip_too_small_for_the_title_gets_no_picture() {
    let strip = |size: &str| {
        let board = format!(
            "---\ntitle: 门口条屏\nkind: screen\nplace: 门口\nsize: {size}\nwidth: 2000mm\n\
             distance: 6\nslots: [{{ id: \"1\" }}]\n---\n"
        );
        let site = page(
            "date: 2026-11-01\nposter:\n  layout: guide",
            "1. **看**表。",
        );
        let (made, told) = one(
            &site.file("content/boards/led.md", board).build(),
            What::Led,
        );
        (said(&told), paths(&made).contains(".bmp"))
    };
    let too_long = "标题太长，门口条屏（64x16）放不下，没有做图".to_owned();
    assert_eq!(strip("64x16"), (too_long, false));
    assert_eq!(strip("320x32"), (String::new(), true));
}

#[test]
fn slides_need_a_poster_that_fits() {
    let (made, told) = one(&page("date: 2026-11-01", "正文。").build(), What::Screen);
    assert_eq!(said(&told), "这一篇没有海报，做不了屏上的一页");
    assert!(made.folders.contains("2026-11/a/screen"));
    let poster = "date: 2026-11-01\nposter:\n  layout: guide";
    let (made, told) = one(
        &page(poster, "1. **看**一看表。\n2. **听**一听水声。").build(),
        What::Screen,
    );
    assert_eq!(said(&told), "");
    assert!(paths(&made).contains("slide-1920x1080.jpg"));
    let long = format!("1. **看**一看表。\n\n{}", "说了很多很多的话。".repeat(300));
    let (_, told) = one(&page(poster, &long).build(), What::Screen);
    assert!(has(&told, Code::TooLongForSlide), "{}", said(&told));
}

#[test]
fn only_what_is_approved_goes_out() {
    let of = || Of::Page("living/a".to_owned());
    for (state, words) in [
        ("draft", "“五分钟查马桶漏水”还是草稿，不能发出去"),
        ("review", "“五分钟查马桶漏水”还没有签发，不能发出去"),
    ] {
        let site = page(&format!("date: 2026-11-01\nstatus: {state}"), "正文。").build();
        let (made, told) = share(&site, &[What::Message], of());
        assert_eq!((said(&told).as_str(), paths(&made).as_str()), (words, ""));
    }
    let site = page("date: 2026-12-01", "正文。").build();
    let (made, told) = share(&site, &[What::Message], of());
    assert!(has(&told, Code::SharedEarly) && !made.artifacts.is_empty());
    let site = page("date: 2026-10-01\nexpires: 2026-10-31", "正文。").build();
    let (_, told) = share(&site, &[What::Message], of());
    assert!(has(&told, Code::SharedLate), "{}", said(&told));
}

#[test]
fn pages_go_by_many_names_and_a_wrong_one_by_its_nearest() {
    let site = page("date: 2026-11-01", "正文。").build();
    let title = site.page("living/a").expect("it is there").title.clone();
    for name in [
        "living/a",
        "living/a.md",
        "content/living/a.md",
        ".\\content\\living\\a.md",
        "a",
        "a.md",
        &title,
    ] {
        let (made, told) = share(&site, &[What::Message], Of::Page(name.to_owned()));
        assert_eq!((said(&told).as_str(), made.pages.len()), ("", 1), "{name}");
    }
    let (_, told) = share(&site, &[What::Message], Of::Page("living/b".to_owned()));
    assert!(has(&told, Code::NothingToShare));
    let other = "---\ntitle: 别的\n---\n正文。\n";
    let site = page("date: 2026-11-01", "正文。")
        .file("content/sorting/_index.md", other)
        .file("content/sorting/a.md", other);
    let (_, told) = share(&site.build(), &[What::Message], Of::Page("a".to_owned()));
    assert!(has(&told, Code::NothingToShare), "there are two of them");
}

#[test]
fn a_month_is_all_that_is_new_in_it() {
    let other =
        |date: &str, more: &str| format!("---\ntitle: 别的\ndate: {date}\n{more}---\n正文。\n");
    let site = page("date: 2026-11-01", "正文。")
        .file("content/living/b.md", other("2026-11-30", ""))
        .file("content/living/c.md", other("2026-10-31", ""))
        .file(
            "content/living/d.md",
            other("2026-11-03", "status: draft\n"),
        );
    let site = site.build();
    let month = |month| {
        Of::Month(Period::containing(
            crate::calendar::Cadence::Month,
            Date::constant(2026, month, 1),
        ))
    };
    let (made, told) = share(&site, &[What::Message], month(11));
    assert_eq!(made.pages, ["living/a", "living/b"]);
    assert!(has(&told, Code::LeftOutOfShare), "{}", said(&told));
    let (made, told) = share(&site, &[What::Message], month(12));
    assert!(made.artifacts.is_empty() && has(&told, Code::NothingNew));
}
