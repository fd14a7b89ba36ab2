//! How content stands on sheets that the layouts of the theme set.

use super::*;

#[test]
fn a_photo_taken_upright_stands_upright_on_a_sheet() {
    use img_parts::ImageEXIF;
    // A camera on its side: the picture's left is up.
    let picture = image::RgbImage::from_fn(40, 20, |x, _| match x < 20 {
        true => image::Rgb([255, 0, 0]),
        false => image::Rgb([0, 0, 255]),
    });
    let mut jpeg = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut jpeg)
        .encode_image(&picture)
        .expect("it can be written");
    let mut jpeg = img_parts::jpeg::Jpeg::from_bytes(jpeg.into()).expect("it is a JPEG");
    let turned = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    jpeg.set_exif(Some(turned.to_vec().into()));
    let photo = crate::photo::without_metadata(&jpeg.encoder().bytes().to_vec().into());
    let files = Files::from([("/a.jpg".to_owned(), photo)]);
    let text =
        "#set page(width: 100mm, height: 200mm, margin: 0mm)\n#image(\"/a.jpg\", width: 100mm)";
    let sheet = engine().compile_own("/test.typ", text, Vec::new(), &files);
    let sheet = sheet.unwrap_or_else(|failure| panic!("{failure:?}"));
    let drawn = sheet.draw_part((0.0, 0.0), Size::new(100.0, 200.0), 1.0);
    let drawn = drawn.unwrap_or_else(|failure| panic!("{failure:?}"));
    let pixel = |x: usize, y: usize| &drawn.rgba[4 * (y * 100 + x)..][..3];
    let (up, down) = (pixel(50, 30), pixel(50, 170));
    assert!(up[0] > 200 && up[2] < 80, "above: {up:?}");
    assert!(down[2] > 200 && down[0] < 80, "below: {down:?}");
}

/// Sets `living/leak` of a site as `wish` says, which begins with a layout of the theme.
fn set_by(wish: &str, front: &str, body: &str) -> Compiled {
    set_for(&A3, TestSite::with_gate(), wish, front, body)
}

/// Sets `living/leak`, added to `site`, for `spot`.
pub(super) fn set_for(
    spot: &Spot,
    site: TestSite,
    wish: &str,
    front: &str,
    body: &str,
) -> Compiled {
    let front = format!("{front}\nposter: {{ layout: {wish} }}");
    let site = site.page("leak", &front, body).build();
    let page = site.page("living/leak").expect("the page is there");
    let wish = page.poster.as_ref().expect("it has a poster");
    let manuscript = Manuscript::new(&site, fresh(), page, wish);
    let manuscript = manuscript.unwrap_or_else(|_| panic!("it can be set"));
    manuscript.compile_for_test(spot)
}

#[test]
fn footnotes_stand_on_every_layout_that_carries_running_text() {
    let body = "1. **看**，滴一滴[^水务]。\n\n[^水务]: 澜州市水务局的数。";
    let layouts = [
        ("guide", ""),
        ("notice", "kind: 通知"),
        ("notice, posting: 2026-11-03 to 2026-11-12", "kind: 公示"),
        ("formal, posting: 2026-11-03 to 2026-11-12", "kind: 公示"),
        ("qa", ""),
        ("checklist", ""),
        ("story", ""),
        ("campaign", ""),
        ("sorting", "bin: 厨余垃圾"),
    ];
    for (layout, front) in layouts {
        let compiled = set_by(layout, front, body);
        assert!(compiled.fit().expect("it says so").fits, "{layout}");
        assert!(compiled.text().contains("澜州市水务局的数。"), "{layout}");
        let findings = compiled.findings(&A3);
        assert!(findings.is_empty(), "{layout}: {findings:?}");
    }
}

#[test]
fn lines_and_numbers_stand_on_a_sheet_as_they_are_typed() {
    let body = "请带：\n3. 甲\n5. 乙\n\n（1）丙\n（2）丁\n\n四类[^1][^2]，60*40*30。\n\n[^1]: 戊\n[^2]: 己";
    for layout in ["notice", "formal"] {
        let text = set_by(layout, "kind: 通知", body).text();
        let text = text.replace('\u{2060}', "");
        // Runs of type end with their line.
        for run in ["3", "甲", "5", "乙", "（1）丙", "（2）丁", "60*40*30"] {
            assert!(
                text.split('\n').any(|it| it.contains(run)),
                "{layout}, {run}: {text}"
            );
        }
        assert!(
            !text.contains("丙（2）") && !text.contains("12"),
            "{layout}: {text}"
        );
    }
}

#[test]
fn dates_times_and_amounts_are_never_broken_over_two_lines() {
    let whole = ["2026年11月13日", "上午8:30–11:30", "10.4万元"];
    for layout in ["formal", "notice", "qa"] {
        for before in 0..14 {
            let filler = "换".repeat(before);
            let [day, hours, sum] = whole;
            let body = format!("{filler}公示从{day}起，每天{hours}受理，余{sum}退回。\n").repeat(2);
            let text = set_by(layout, "kind: 通知", &body).text();
            let text = text.replace('\u{2060}', "");
            for words in whole {
                // Runs of type end with their line.
                let found = text.split('\n').filter(|run| run.contains(words)).count();
                assert!(found > 0, "{layout}, {before}: {text}");
            }
        }
    }
}

#[test]
fn a_family_goes_by_any_of_its_names() {
    let engine = fresh();
    assert_eq!(engine.family("noto SANS sc"), Some("Noto Sans SC"));
    assert_eq!(engine.family("方正小标宋简体"), None);
    let site = TestSite::with_gate()
        .page(
            "leak",
            "kind: 通知\nposter: { layout: formal, options: { title-font: noto serif sc, body-font: 仿宋_GB2312 } }",
            "",
        )
        .build();
    let page = site.page("living/leak").expect("the page is there");
    let wish = page.poster.as_ref().expect("it has a poster");
    let manuscript = Manuscript::new(&site, engine, page, wish);
    let manuscript = manuscript.unwrap_or_else(|_| panic!("it can be set"));
    let options = &manuscript.data_for_test(&A3)["options"];
    assert_eq!(options["title-font"], "Noto Serif SC");
    assert_snapshot!(lines(missing_families(engine, &manuscript)), @"warning G318 content/living/leak.md:4:76 没有叫“仿宋_GB2312”的字体，先用自带的代替 [把字体文件（.ttf、.otf）放进网站的 `fonts/`；名字照字体自己的写，如 `仿宋_GB2312`; 这台电脑上装了这种字体的，在 `greenboard.yaml` 里写一行 `fonts:`，下一行缩进写 `system: true`]");
}

#[test]
fn fonts_of_the_machine_are_asked_for_what_is_missing_alone() {
    let site = |text: &str| TestSite::with_gate().page("leak", "poster: { layout: plain }", text);
    assert!(wanted_fonts(fresh(), &site("滴一滴色素。").build()).is_empty());
    let wanted = wanted_fonts(fresh(), &site("看😀和😀。").build());
    assert_eq!(wanted.characters.into_iter().collect::<String>(), "😀");
    assert!(wanted.families.is_empty());
}

#[test]
fn blocks_say_on_a_sheet_what_they_stand_for() {
    let body = "::countdown{to=2027-01-01 title=离元旦}\n\n::table{data=fees}\n\n\
        :::tip{title=小心}\n别混用\n:::";
    let site = TestSite::with_gate()
        .file("data/fees.csv", "东西,元\n沙发,30\n")
        .page("leak", "poster: { layout: plain }", body)
        .build();
    let text = manuscript(&site).text().to_owned();
    assert_snapshot!(text, @"离元旦：2027年1月1日东西元沙发30小心别混用");
}

/// About `n` characters in paragraphs of two sentences.
fn notice_of(n: usize) -> String {
    let sentence = "物业周四上午换水泵，三到九号楼停水两小时。";
    let count = n / sentence.chars().count();
    let sentences = vec![sentence; count];
    let paragraphs = sentences.chunks(2).map(<[&str]>::concat);
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

#[test]
fn an_ordinary_notice_reads_with_ease_and_no_smaller_from_nearer() {
    let size_from = |n: usize, distance: f64| {
        let spot = Spot { distance, ..A3 };
        let site = TestSite::with_gate();
        let wish = "notice, lead: 周四上午停水";
        let compiled = set_for(&spot, site, wish, "kind: 通知", &notice_of(n));
        compiled.fit().expect("it says so").body
    };
    for n in [60, 120, 190, 260] {
        let sizes = [0.8, 1.0, 1.2, 1.5].map(|distance| size_from(n, distance));
        assert!(sizes[1] >= 7.5, "{n}: {sizes:?}");
        assert!(sizes.is_sorted_by(|a, b| a >= b), "{n}: {sizes:?}");
    }
}

#[test]
fn typed_indents_give_way_to_those_of_the_layout() {
    let body = "　　周六停水。\n\n　　请先储水。<br>　　当晚恢复。\n\n- 　特此通知";
    let site = TestSite::with_gate()
        .page("leak", "poster: { layout: plain }", body)
        .build();
    let data = manuscript(&site).data_for_test(&A3);
    let text = serde_json::to_string(&data["body"]).expect("it is JSON");
    assert!(!text.contains('　'), "{text}");
}

#[test]
fn addresses_break_after_their_marks_and_can_be_copied() {
    let address = "https://www.lanzhou-shequ.example.cn/banshi/gongkai/2026/tongzhi/index.html";
    let mail = "wutongli-juweihui@lanzhou-shequ.example.cn";
    let body = format!("办事请到 {address} 填表，或者写信到 {mail} 报名。");
    for layout in ["notice", "qa", "formal"] {
        let compiled = set_by(layout, "kind: 通知", &body);
        let text = compiled.text();
        assert!(
            !text.contains(['\u{200b}', '\u{2060}']),
            "{layout}: {text:?}"
        );
        let whole = text.replace('\n', "");
        assert!(
            whole.contains(address) && whole.contains(mail),
            "{layout}: {text}"
        );
        for line in text.lines().filter(|line| address.contains(*line)) {
            let ends = line.ends_with(|it: char| !it.is_alphanumeric());
            assert!(ends || address.ends_with(line), "{layout}: {text}");
        }
    }
}

#[test]
fn long_numbers_and_dates_stay_in_their_column() {
    let texts = [
        "卡号6217003810012345678 电话0931-88880123转6602 网址b.cn。",
        "“先到先得”的原则不变。2026年12月15日前有效。",
        "热点 WTL_Guest_5G_FLOOR2，房号 A-1203/B-1204/C-1205。",
    ];
    let tall = Spot {
        area: Area::Sheet {
            size: Size::new(800.0, 2000.0),
            visible: Size::new(800.0, 2000.0),
        },
        distance: 2.0,
        ..A3
    };
    for spot in [A3, tall] {
        for text in texts {
            for layout in ["notice", "campaign", "checklist", "story"] {
                let site = TestSite::with_gate();
                let compiled = set_for(&spot, site, layout, "kind: 通知", text);
                let findings = compiled.findings(&spot);
                assert!(findings.is_empty(), "{layout}, {text}: {findings:?}");
            }
        }
    }
}

#[test]
fn long_numbers_stay_in_their_column_wherever_they_stand() {
    let number = "汇到6222020200112233445看一眼";
    let bodies = [
        format!("## {number}\n\n字。"),
        format!("1. **{number}**\n2. **关水**，慢慢来。"),
        format!("1. **{number}**，{number}。\n2. 关水。"),
        format!("{number}\n: 看一眼"),
        format!("```\n{number}6222020200112233445622202020011223344562220202001122\n```"),
        format!("> {number}"),
    ];
    for layout in ["guide", "notice", "campaign", "checklist", "story", "qa"] {
        for body in &bodies {
            let site = TestSite::with_gate();
            let compiled = set_for(&A3, site, layout, "kind: 通知", body);
            let findings = compiled.findings(&A3);
            assert!(findings.is_empty(), "{layout}, {body}: {findings:?}");
        }
    }
}

/// A table of `columns` and `rows` as notices have them.
fn table_of(columns: usize, rows: usize) -> String {
    let heads = [
        "楼号",
        "停气日期",
        "停气时段",
        "恢复时间",
        "涉及单元",
        "联系电话",
        "金额（元）",
        "备注",
    ];
    let cells = [
        "12号楼",
        "12月10日",
        "下午1点至6点",
        "当晚8点前",
        "2单元至5单元",
        "5550 0199",
        "12,860.50",
        "已完工，质保2年",
    ];
    let row = |cells: &[&str]| {
        let cells = (0..columns).map(|at| cells[at % cells.len()]);
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    row(&heads) + &row(&["---"]) + &row(&cells).repeat(rows)
}

#[test]
fn tables_are_never_printed_over_whatever_their_columns() {
    let sheet = |width, height, distance| Spot {
        area: Area::Sheet {
            size: Size::new(width, height),
            visible: Size::new(width, height),
        },
        distance,
        ..A3
    };
    let spots = [
        A3,
        sheet(800.0, 2000.0, 2.0),
        sheet(1200.0, 2400.0, 3.0),
        sheet(2400.0, 1200.0, 3.0),
    ];
    for spot in &spots {
        for (layout, columns) in [("notice", 3), ("notice", 6), ("formal", 8), ("story", 8)] {
            let site = TestSite::with_gate();
            let table = table_of(columns, 4);
            let compiled = set_for(spot, site, layout, "kind: 通知", &table);
            assert!(
                compiled.fit().expect("it says so").fits,
                "{layout} {columns}"
            );
            let findings = compiled.findings(spot);
            assert!(findings.is_empty(), "{layout} {columns}: {findings:?}");
            let text = compiled.text().replace('\n', "");
            assert_eq!(
                text.matches("下午1点至6点").count(),
                4,
                "{layout} {columns}: {text}"
            );
        }
    }
}
