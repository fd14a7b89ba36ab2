//! What is printed for tiny sites.

mod shop;

use std::collections::BTreeSet;
use std::sync::Arc;

use insta::assert_snapshot;
use jiff::civil::Date;

use super::*;
use crate::cache::Cache;
use crate::poster::{Variant, render};
use crate::rotation::Origin;
use crate::site::Approval;
use crate::theme::Theme;
use crate::typeset::Spot;
use crate::typeset::testing::{TestSite, engine, fresh, lines, paragraphs, set_body};

const NOVEMBER: Period = Period::Month {
    year: 2026,
    month: 11,
};

fn hanging(slot: &str, days: (i8, i8)) -> Hanging {
    Hanging {
        board: "gate".into(),
        slot: slot.into(),
        from: Date::constant(2026, 11, days.0),
        to: Date::constant(2026, 11, days.1),
        poster: "living/leak".into(),
        origin: Origin::Planned,
    }
}

fn site() -> Site {
    let mut site = TestSite::with_gate()
        .page("leak", "poster: { layout: plain }", "")
        .build();
    set_body(&mut site, "living/leak", paragraphs("滴一滴色素。"));
    site
}

/// Prints what `hangings` say, with the layouts of `engine`.
fn run(site: &Site, engine: &Engine, hangings: Vec<Hanging>) -> Warned<Vec<Artifact>> {
    let cache = Cache::default();
    let plan = Plan {
        hangings,
        ..Plan::default()
    };
    let portions = plan.portions(site);
    let variants = plan.hangings.iter().map(|it| Variant::of(it, &portions));
    let wanted: BTreeSet<Variant> = variants.collect();
    let posters = render(site, engine, &wanted, &cache);
    print(
        site,
        engine,
        (&plan, &posters.value),
        (NOVEMBER, Extent::Month),
        &cache,
        &Cancel::default(),
    )
}

fn printed(site: &Site, hangings: Vec<Hanging>) -> Vec<Artifact> {
    let printed = run(site, engine(), hangings);
    assert!(
        printed.diagnostics.is_empty(),
        "{}",
        lines(printed.diagnostics)
    );
    printed.value
}

fn paths(artifacts: &[Artifact]) -> String {
    let paths: Vec<_> = artifacts.iter().map(|it| it.path.as_str()).collect();
    paths.join("\n")
}

#[test]
fn a_month_has_each_poster_and_an_overview_a_board() {
    let artifacts = printed(&site(), vec![hanging("1", (1, 30)), hanging("2", (1, 30))]);
    assert_snapshot!(paths(&artifacts), @"
    2026-11/gate/1-leak.pdf
    2026-11/gate/2-leak.pdf
    2026-11/gate/shop/2-leak.pdf
    2026-11/gate/overview.pdf
    2026-11/plan.xlsx
    2026-11/calendar.ics
    ");
}

#[test]
fn posters_that_follow_each_other_in_a_slot_carry_their_first_day() {
    let artifacts = printed(&site(), vec![hanging("1", (1, 9)), hanging("1", (10, 30))]);
    assert_snapshot!(paths(&artifacts), @"
    2026-11/gate/1-leak-2026-11-01.pdf
    2026-11/gate/1-leak-2026-11-10.pdf
    2026-11/gate/overview.pdf
    2026-11/plan.xlsx
    2026-11/calendar.ics
    ");
}

#[test]
fn what_hangs_in_another_month_is_not_printed() {
    let mut december = hanging("1", (1, 30));
    december.from = Date::constant(2026, 12, 1);
    december.to = Date::constant(2026, 12, 31);
    let artifacts = printed(&site(), vec![december]);
    assert_snapshot!(paths(&artifacts), @"
    2026-11/gate/overview.pdf
    2026-11/plan.xlsx
    2026-11/calendar.ics
    ");
}

#[test]
fn a_theme_without_an_overview_prints_the_posters_alone() {
    let site = site();
    let mut theme = Theme::clone(engine().theme());
    theme.files.remove("boards/overview.typ");
    let bare = Engine::new(Arc::new(theme));
    let plan = Plan {
        hangings: vec![hanging("1", (1, 30))],
        ..Plan::default()
    };
    let cache = Cache::default();
    let printed = print(
        &site,
        &bare,
        (&plan, &Posters::default()),
        (NOVEMBER, Extent::Month),
        &cache,
        &Cancel::default(),
    );
    assert_snapshot!(paths(&printed.value), @"
    2026-11/plan.xlsx
    2026-11/calendar.ics
    ");
    assert!(printed.diagnostics.is_empty());
}

#[test]
fn each_day_on_which_something_changes_has_a_sheet() {
    let site = TestSite::with_gate()
        .page("leak", "poster: { layout: guide }", "1. 滴色素")
        .page("tap", "poster: { layout: guide }", "1. 关水")
        .build();
    let tap = Hanging {
        poster: "living/tap".into(),
        ..hanging("1", (10, 30))
    };
    let made = printed_fresh(&site, vec![hanging("1", (1, 9)), tap]);
    let sheets: Vec<&str> = made
        .lines()
        .filter(|it| it.contains("changeover"))
        .collect();
    assert_snapshot!(sheets.join("\n"), @"
    2026-11/gate/changeover-2026-11-01.pdf
    2026-11/gate/changeover-2026-11-10.pdf
    ");
}

/// Prints with the theme that travels in the binary and returns the paths and what was said.
fn printed_fresh(site: &Site, hangings: Vec<Hanging>) -> String {
    let printed = run(site, fresh(), hangings);
    format!("{}\n{}", paths(&printed.value), lines(printed.diagnostics))
}

#[test]
fn what_the_office_prints_for_a_day_is_one_file() {
    let steps = "1. 揭开水箱盖\n2. 滴色素";
    let mut site = TestSite::with_gate()
        .page("leak", "poster: { layout: guide }", steps)
        .build();
    let place = |n: usize| crate::site::Place {
        id: n.to_string(),
        title: n.to_string(),
    };
    site.boards[0].places = (1..=3).map(place).collect();
    let printed = run(
        &site,
        fresh(),
        vec![hanging("1", (1, 30)), hanging("2", (9, 30))],
    );
    let pages = |path: &str| {
        let batch = printed.value.iter().find(|it| it.path == path);
        let pdf = batch.expect("it is printed").bytes();
        let document = lopdf::Document::load_mem(&pdf).expect("it is a PDF");
        document.get_pages().len()
    };
    // One sheet for each place; of the large one a plan and four tiles for each.
    assert_eq!(pages("2026-11/batch/A3-2026-11-01.pdf"), 3);
    assert_eq!(pages("2026-11/batch/tiles-2026-11-09.pdf"), 15);
}

#[test]
fn notices_come_in_large_print_and_leaflets_where_they_are_asked_for() {
    let front = "date: 2026-11-02\nkind: 通知\n\
                 poster: { layout: notice, leaflet: [A5, A6, 三折页] }";
    let site = TestSite::with_gate()
        .page("leak", front, "周六停水。")
        .build();
    assert_snapshot!(printed_fresh(&site, vec![hanging("1", (2, 30))]), @"
    2026-11/gate/1-leak.pdf
    2026-11/gate/2-filler.pdf
    2026-11/gate/shop/2-filler.pdf
    2026-11/gate/overview.pdf
    2026-11/gate/changeover-2026-11-02.pdf
    2026-11/gate/board.pdf
    2026-11/large/living-leak.pdf
    2026-11/leaflets/living-leak-A5.pdf
    2026-11/leaflets/living-leak-A6.pdf
    2026-11/leaflets/living-leak-three-fold.pdf
    2026-11/walk.pdf
    2026-11/round-2026-11-02.html
    2026-11/order.pdf
    2026-11/year.pdf
    2026-11/plan.xlsx
    2026-11/calendar.ics
    ");
}

#[test]
fn a_leaflet_too_small_for_its_text_says_what_to_cut() {
    let front = "date: 2026-11-02\nposter: { layout: guide, leaflet: A6 }";
    let text = "水表不走就算修好，走了就再查一遍。".repeat(60);
    let site = TestSite::with_gate().page("leak", front, &text).build();
    let said = printed_fresh(&site, Vec::new());
    assert!(said.contains("G314") && said.contains("请删去约"), "{said}");
}

#[test]
fn a_leaflet_with_letters_on_letters_is_told() {
    let front = "date: 2026-11-02\nposter: { layout: guide, leaflet: 三折页 }";
    let site = TestSite::with_gate()
        .page("leak", front, "水表不走就算修好。")
        .build();
    let fold = "#set page(width: 297mm, height: 210mm)\n#set text(font: \"Noto Sans SC\")\n\
        #place(top + left, dx: 20mm, dy: 20mm)[周六]\n#place(top + left, dx: 20mm, dy: 20mm)[停水]";
    let path = crate::diag::SitePath::new("theme/sheets/fold.typ").expect("a path");
    let files = BTreeMap::from([(path, Arc::from(fold.as_bytes()))]);
    let mut diagnostics = Diagnostics::default();
    let theme = crate::theme::Theme::load(&site.settings, &files, &mut diagnostics);
    let printed = run(&site, &Engine::new(Arc::new(theme)), Vec::new());
    let said = lines(printed.diagnostics);
    let wanted = "的传单（三折页）排得不对：“停水”叠在“周六”上";
    assert!(said.contains("G321") && said.contains(wanted), "{said}");
}

#[test]
fn a_wide_table_on_a_leaflet_becomes_blocks_or_is_named() {
    let front = "date: 2026-11-02\nkind: 通知\nposter: { layout: notice, leaflet: 三折页 }";
    let heads = "| 楼号 | 日期 | 时段 | 恢复 | 单元 | 电话 |\n|---|---|---|---|---|---|\n";
    let row = "| 12号楼 | 12月10日 | 下午1点至6点 | 当晚8点前 | 2单元至5单元 | 5550 0199 |\n";
    let site = |rows: usize| {
        let body = format!("{heads}{}", row.repeat(rows));
        TestSite::with_gate().page("leak", front, &body).build()
    };
    let said = printed_fresh(&site(4), Vec::new());
    assert!(
        said.contains("three-fold.pdf") && !said.contains("G3"),
        "{said}"
    );
    let said = printed_fresh(&site(60), Vec::new());
    assert!(
        said.contains("G314") && said.contains("太宽的是表格：有 6 列"),
        "{said}"
    );
}

#[test]
fn what_waits_for_approval_gets_a_slip() {
    let front = "date: 2026-11-02\nstatus: review\nposter: { layout: guide }";
    let site = TestSite::with_gate()
        .page("leak", front, "1. 滴色素")
        .build();
    assert_snapshot!(printed_fresh(&site, Vec::new()), @"
    2026-11/gate/1-filler.pdf
    2026-11/gate/2-filler.pdf
    2026-11/gate/shop/2-filler.pdf
    2026-11/gate/overview.pdf
    2026-11/gate/board.pdf
    2026-11/slips/living-leak.pdf
    2026-11/plan.xlsx
    2026-11/calendar.ics
    ");
}

#[test]
fn a_board_has_its_banner_and_its_empty_slots_are_filled() {
    let gate = "---\ntitle: 东门宣传栏\nplace: 东门\nsize: 1400x700mm\ndistance: 1\nprint: [shop, 整版]\n\
        header: { at: [20, 20], size: 1360x100mm, title: 绿色生活 }\nslots:\n  \
        - { id: \"1\", at: [20, 150], size: A3 }\n  \
        - { id: \"2\", at: [400, 150], size: A3, fixed: 党建 }\n---\n";
    let site = TestSite::with_gate()
        .file("content/boards/gate.md", gate)
        .build();
    assert_snapshot!(printed_fresh(&site, Vec::new()), @"
    2026-11/gate/header.pdf
    2026-11/gate/shop/header.pdf
    2026-11/gate/1-filler.pdf
    2026-11/gate/shop/1-filler.pdf
    2026-11/gate/overview.pdf
    2026-11/gate/board.pdf
    2026-11/plan.xlsx
    2026-11/calendar.ics
    ");
}

#[test]
fn a_banner_too_long_for_its_size_is_refused() {
    let title = "绿色生活从我做起".repeat(6);
    let gate = format!(
        "---\ntitle: 东门宣传栏\nplace: 东门\nsize: 1400x700mm\ndistance: 3\n\
         header: {{ at: [20, 20], size: 600x60mm, title: {title} }}\nslots: 2 x A3\n---\n"
    );
    let site = TestSite::with_gate()
        .file("content/boards/gate.md", gate)
        .build();
    let said = printed_fresh(&site, Vec::new());
    assert!(said.contains("G317") && said.contains("请删去约"), "{said}");
    assert!(!said.contains("header.pdf"), "{said}");
}

#[test]
fn a_screen_and_a_full_board_have_no_fillers() {
    let hangings = vec![hanging("1", (1, 30)), hanging("2", (1, 30))];
    let made = paths(&printed(&site(), hangings));
    assert!(!made.contains("filler"), "{made}");
}

#[test]
fn a_strip_gets_its_lamps_and_its_words() {
    let strip = "---\ntitle: 门头条屏\nkind: screen\nplace: 大门\nsize: 160x16\nwidth: 1600mm\n\
        distance: 8\nslots: 1\n---\n";
    let site = TestSite::with_gate()
        .file("content/boards/gate.md", strip)
        .page(
            "leak",
            "poster: { layout: guide, lead: 滴色素 }",
            "1. 滴色素",
        )
        .build();
    let printed = run(&site, fresh(), vec![hanging("1", (1, 30))]).value;
    let file = |name: &str| {
        let made = printed.iter().find(|it| it.path.ends_with(name));
        made.expect("it is made").bytes()
    };
    let words = String::from_utf8_lossy(&file("1-leak.txt")).into_owned();
    assert_eq!(
        words,
        "\u{FEFF}五分钟查马桶漏水　滴色素　梧桐里社区居民委员会\r\n"
    );
    let bitmap = image_size(&file("1-leak.bmp"));
    assert_eq!(bitmap, (160, 16, 1));
    let lit: u32 = file("1-leak.bmp")[62..]
        .iter()
        .map(|byte| byte.count_ones())
        .sum();
    assert!((200..1200).contains(&lit), "{lit} lamps are on");
}

/// Width, height and bits a pixel, as a bitmap's header says.
fn image_size(bitmap: &[u8]) -> (u32, u32, u16) {
    let number = |at: usize| bitmap[at..at + 4].try_into().map(u32::from_le_bytes);
    let bits = u16::from_le_bytes([bitmap[28], bitmap[29]]);
    (
        number(18).expect("four bytes"),
        number(22).expect("four bytes"),
        bits,
    )
}

#[test]
fn a_title_too_long_for_a_strip_is_refused() {
    let strip = "---\ntitle: 门头条屏\nkind: screen\nplace: 大门\nsize: 64x16\nwidth: 640mm\n\
        distance: 8\nslots: 1\n---\n";
    let site = TestSite::with_gate()
        .file("content/boards/gate.md", strip)
        .page("leak", "poster: { layout: guide }", "1. 滴色素")
        .build();
    let engine = fresh();
    let page = site.page("living/leak").expect("it is there");
    let wish = page.poster.as_ref().expect("it has a poster");
    let manuscript = Manuscript::new(&site, engine, page, wish).expect("it is ready");
    let board = &site.boards[0];
    let spot = Spot::of(board, &board.slots[0]);
    let report = manuscript.measure(&spot, manuscript.measure_key(&spot), &Cache::default());
    let report = report.expect("it can be measured");
    assert!(!report.fits && manuscript.cut(&report).characters > 0);
}

#[test]
fn what_nobody_has_approved_is_not_printed() {
    let mut site = site();
    site.pages
        .iter_mut()
        .for_each(|page| page.approval = Approval::Review);
    let printed = run(&site, engine(), vec![hanging("2", (1, 30))]);
    assert_snapshot!(paths(&printed.value), @"
    2026-11/gate/overview.pdf
    2026-11/plan.xlsx
    2026-11/calendar.ics
    ");
    assert_snapshot!(lines(printed.diagnostics), @"warning G320 content/living/leak.md:2:8 “五分钟查马桶漏水”排进了这个月，但是还没有签发，不打印 [签发以后，把 `status:` 那一行改成 `status: approved`，或者删掉; 这个月不挂了，从 `plan.lock.yaml` 里删掉它]");
}
