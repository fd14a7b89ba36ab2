//! What measuring says of tiny sites.

use insta::assert_snapshot;
use jiff::civil::Date;

use super::*;
use crate::cache::Cache;
use crate::diag::Code;
use crate::typeset::testing::{TestSite, engine, fresh, has, lines, paragraphs, pdf, set_body};

const NOVEMBER: (Date, Date) = (Date::constant(2026, 11, 1), Date::constant(2026, 11, 30));

fn measured(site: &Site) -> Warned<Fits> {
    measure(site, engine(), &Cache::default(), NOVEMBER)
}

/// Returns a line a slot that was looked at.
fn fits_text(fits: &Fits) -> String {
    let line = |((page, board, slot), fit): (&(String, String, String), &Fit)| {
        format!("{page} {board}/{slot}: {fit:?}\n")
    };
    fits.0.iter().map(line).collect()
}

fn long_text() -> String {
    "水费单上的数字比上个月高，先看看马桶。".repeat(90)
}

#[test]
fn a_poster_fits_where_there_is_room_and_fixed_slots_are_left_alone() {
    let mut site = TestSite::with_gate()
        .page("leak", "poster: { layout: plain }", "")
        .build();
    set_body(&mut site, "living/leak", paragraphs(&long_text()));
    let measured = measured(&site);
    assert_snapshot!(fits_text(&measured.value), @"
    living/leak gate/1: Fits
    living/leak gate/2: Fits
    ");
    assert!(
        measured.diagnostics.is_empty(),
        "{}",
        lines(measured.diagnostics)
    );
}

#[test]
fn too_long_for_every_slot_says_how_much_to_cut_at_the_loosest() {
    let mut site = TestSite::with_gate()
        .page("leak", "poster: { layout: plain }", "")
        .build();
    set_body(&mut site, "living/leak", paragraphs(&long_text().repeat(4)));
    assert_snapshot!(lines(measured(&site).diagnostics), @"error G303 content/living/leak.md:3:9 “五分钟查马桶漏水”在哪一块宣传栏都放不下：最宽松的是东门宣传栏第2格，也放不下：请删去约 1385 个字 [正文长的，把要紧的几句放在一行 <!-- poster --> 和一行 <!-- /poster --> 之间：海报只登这几句，全文在网页上；放不下的从“的数字比上个月高”开始; 不删字的话，A1 的版面排得下]");
}

#[test]
fn a_table_too_wide_is_named_with_how_many_columns_fit() {
    let row = |cell: &str| format!("|{}\n", format!(" {cell} |").repeat(20));
    let body = row("登记号码") + &row("---") + &row("WTL-2026").repeat(400);
    let site = TestSite::with_gate()
        .page("leak", "kind: 通知\nposter: { layout: notice }", &body)
        .build();
    let said = lines(measure(&site, fresh(), &Cache::default(), NOVEMBER).diagnostics);
    let wanted = "太宽的是表格：有 20 列";
    assert!(said.contains("G303") && said.contains(wanted), "{said}");
}

#[test]
fn a_demanded_board_must_have_room() {
    let window = "---\ntitle: 橱窗\nkind: window\nplace: 门内\nsize: 400x540mm\ndistance: 1\nslots:\n  \
        - { id: \"1\", at: [51, 70], size: A4, visible: 200x287mm }\n---\n";
    let build = |front: &str| {
        let site = TestSite::with_gate().file("content/boards/window.md", window);
        let mut site = site.page("leak", front, "").build();
        set_body(&mut site, "living/leak", paragraphs(&long_text()));
        site
    };
    let quiet = measured(&build("poster: { layout: plain }"));
    assert!(!has(&quiet.diagnostics, Code::TooLong));
    let loud = measured(&build("poster: { layout: plain, everywhere: true }"));
    assert_snapshot!(lines(loud.diagnostics), @"error G302 content/living/leak.md:3:9 “五分钟查马桶漏水”在橱窗第1格（A4，观看距离 1 米）放不下：请删去约 750 个字 [正文长的，把要紧的几句放在一行 <!-- poster --> 和一行 <!-- /poster --> 之间：海报只登这几句，全文在网页上；放不下的从“看看马桶。水费单”开始; 或者用 `size:`、`boards:` 换到大一些的版面; 不删字的话，A3 的版面排得下]");
}

#[test]
fn a_wished_size_rules_other_slots_out() {
    let site = TestSite::with_gate()
        .page("leak", "poster: { layout: plain, size: A2 }", "")
        .build();
    assert_snapshot!(fits_text(&measured(&site).value), @"
    living/leak gate/1: WrongSize
    living/leak gate/2: Fits
    ");
    let site = TestSite::with_gate()
        .page("leak", "poster: { layout: plain, size: A0 }", "")
        .build();
    assert_snapshot!(lines(measured(&site).diagnostics), @"error G310 content/living/leak.md:3:9 “五分钟查马桶漏水”要 A0，能挂的地方没有这样大小的版面 [能挂的版面有：A3、A2；去掉 `size:` 就挂到哪格排哪格的大小]");
}

#[test]
fn unknown_and_broken_layouts_are_named_with_their_place() {
    let site = TestSite::with_gate()
        .page("leak", "poster: { layout: plan }", "")
        .page("tap", "poster: { layout: broken }", "")
        .build();
    assert_snapshot!(lines(measured(&site).diagnostics), @"
    error G301 content/living/leak.md:3:19 没有名为 `plan` 的海报模板 [是不是想写 `plain`？; 可以写：broken、plain]
    error G305 content/living/tap.md:3:19 海报模板 `broken` 写得不对，排不出来 [把这一句给改模板的人看：`posters/broken.typ:3: panicked with: no`; 急用的，先把这一篇 `layout:` 换成别的模板]
    ");
}

#[test]
fn characters_that_no_font_has_are_named_where_they_stand() {
    let mut site = TestSite::with_gate()
        .page("leak", "poster: { layout: plain }", "看这里😀和😀。")
        .build();
    set_body(&mut site, "living/leak", paragraphs("看这里😀和😀。"));
    assert_snapshot!(lines(measured(&site).diagnostics), @"error G304 content/living/leak.md:5:4 字体里没有这个字：`😀`（U+1F600） [换一个字，或者把有这个字的字体放进网站的 fonts/ 文件夹]");
}

#[test]
fn a_finished_file_fits_slots_of_its_size() {
    let build = |bytes: Vec<u8>| {
        let site = TestSite::with_gate().file("content/living/district.pdf", bytes);
        site.page("leak", "poster: { file: district.pdf }", "")
            .build()
    };
    assert_snapshot!(fits_text(&measured(&build(pdf(297.0, 420.0, 1))).value), @"
    living/leak gate/1: Fits
    living/leak gate/2: WrongSize
    ");
    assert_snapshot!(lines(measured(&build(pdf(210.0, 297.0, 1))).diagnostics), @"error G306 content/living/leak.md:3:17 成品文件 `content/living/district.pdf` 是 210×297 mm，版面要的是 A3、A2 [请制作单位按 A3、A2 重新导出]");
    assert_snapshot!(lines(measured(&build(pdf(297.0, 420.0, 2))).diagnostics), @"error G307 content/living/leak.md:3:17 成品文件 `content/living/district.pdf` 用不了：有 2 页，应当只有一页 [只接受一页的 PDF、JPG 或 PNG]");
}

#[test]
fn what_cannot_hang_in_the_span_is_not_measured() {
    let site = TestSite::with_gate()
        .page(
            "past",
            "date: 2026-10-01\nexpires: 2026-10-31\nposter: { layout: plain }",
            "",
        )
        .page("draft", "status: draft\nposter: { layout: plain }", "")
        .page("later", "date: 2026-12-01\nposter: { layout: plain }", "")
        .build();
    assert_eq!(measured(&site).value, Fits::default());
}

#[test]
fn a_draft_is_previewed_in_the_first_slot_that_it_fits() {
    let build = |text: &str| {
        let front = "status: draft\nposter: { layout: plain, size: A2 }";
        let mut site = TestSite::with_gate().page("leak", front, "").build();
        set_body(&mut site, "living/leak", paragraphs(text));
        drafts(&site, engine(), &Cache::default())
    };
    let made = build("滴一滴色素。");
    let place = ("living/leak".into(), "gate".into(), "2".into());
    assert_eq!(made.value, [place]);
    assert!(made.diagnostics.is_empty());
    let made = build(&long_text().repeat(4));
    assert!(made.value.is_empty());
    assert_snapshot!(lines(made.diagnostics), @"warning G319 content/living/leak.md:4:9 “五分钟查马桶漏水”还没有签发，先提醒：东门宣传栏第2格（A2，观看距离 1 米）放不下，请删去约 1385 个字 [正文长的，把要紧的几句放在一行 <!-- poster --> 和一行 <!-- /poster --> 之间：海报只登这几句，全文在网页上；放不下的从“的数字比上个月高”开始; 不删字的话，A1 的版面排得下]");
}
