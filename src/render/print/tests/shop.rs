//! What goes to a print shop.

use insta::assert_snapshot;

use super::{hanging, printed, printed_fresh, run, site};
use crate::render::Artifact;
use crate::site::PrintWay;
use crate::typeset::testing::{TestSite, fresh, grey_press};

#[test]
fn the_shops_sheet_says_where_it_is_cut_and_how_far_its_ground_goes() {
    let box_of = |pdf: &[u8], name: &[u8]| -> Vec<i64> {
        let document = lopdf::Document::load_mem(pdf).expect("it is a PDF");
        let (_, id) = document.get_pages().pop_first().expect("it has a page");
        let page = document.get_dictionary(id).expect("pages are dictionaries");
        let sides = page.get(name).and_then(lopdf::Object::as_array);
        let sides = sides.expect("the box is there").iter();
        #[expect(clippy::cast_possible_truncation, reason = "tenths of a millimetre")]
        let tenths = |side: &lopdf::Object| {
            (f64::from(side.as_float().expect("a number")) * 254.0 / 72.0).round() as i64
        };
        sides.map(tenths).collect()
    };
    let print = || {
        let artifacts = printed(&site(), vec![hanging("2", (1, 30))]);
        let shop = artifacts.into_iter().find(|it| it.path.contains("/shop/"));
        shop.expect("an A2 is for the shop").bytes()
    };
    let pdf = print();
    // 12 mm of marks and 3 mm of bleed lie round an A2.
    assert_eq!(box_of(&pdf, b"TrimBox"), [150, 150, 4350, 6090]);
    assert_eq!(box_of(&pdf, b"BleedBox"), [120, 120, 4380, 6120]);
    assert_eq!(box_of(&pdf, b"MediaBox"), [0, 0, 4500, 6240]);
    assert!(pdf == print(), "twice the same sheet, twice the same bytes");
}

#[test]
fn a_picture_for_the_shop_has_the_sheets_real_size() {
    let mut site = site();
    site.boards[0].print = Some(vec![PrintWay::Jpg]);
    let artifacts = printed(&site, vec![hanging("2", (1, 30))]);
    let is_jpeg = |it: &&Artifact| it.path.ends_with("/jpg/2-leak.jpg");
    let picture = artifacts.iter().find(is_jpeg).expect("it was asked for");
    let bytes = picture.bytes();
    let reader =
        image::ImageReader::with_format(std::io::Cursor::new(&bytes[..]), image::ImageFormat::Jpeg);
    let (width, height) = reader.into_dimensions().expect("it is a JPEG");
    // JFIF, pixels in an inch, twice.
    assert_eq!(bytes[13..18], [1, 0, 150, 0, 150]);
    let inches = |pixels: u32| f64::from(pixels) / 150.0 * 25.4;
    assert!((inches(width) - 420.0).abs() < 0.3, "{}", inches(width));
    assert!((inches(height) - 594.0).abs() < 0.3, "{}", inches(height));
}

#[test]
fn what_is_larger_than_the_offices_paper_goes_to_the_shop_and_into_tiles() {
    let site = TestSite::with_gate()
        .page(
            "leak",
            "poster: { layout: guide }",
            "1. 揭开水箱盖\n2. 滴色素",
        )
        .build();
    assert_snapshot!(printed_fresh(&site, vec![hanging("1", (1, 30)), hanging("2", (1, 30))]), @"
    2026-11/gate/1-leak.pdf
    2026-11/gate/2-leak.pdf
    2026-11/gate/shop/2-leak.pdf
    2026-11/gate/tiles/2-leak.pdf
    2026-11/gate/overview.pdf
    2026-11/gate/changeover-2026-11-01.pdf
    2026-11/gate/board.pdf
    2026-11/walk.pdf
    2026-11/round-2026-11-01.html
    2026-11/order.pdf
    2026-11/year.pdf
    2026-11/plan.xlsx
    2026-11/calendar.ics
    ");
}

/// The shop's sheet of a guide where `print:` in the settings says `said`.
fn shop_sheet(said: &str) -> Vec<u8> {
    let settings = format!(
        "format: 1\ntitle: 绿板\ndescription: 说明。\nbase_url: https://wutongli.example/\n\
         language: zh-CN\ntimezone: Asia/Shanghai\ntheme: fresh\nprint: {said}\n"
    );
    let site = TestSite::with_gate()
        .file("greenboard.yaml", settings)
        .file("profiles/grey.icc", grey_press())
        .page("leak", "poster: { layout: guide }", "1. 滴色素")
        .build();
    let printed = run(&site, fresh(), vec![hanging("2", (1, 30))]);
    let is_shops = |artifact: &&Artifact| artifact.path.contains("gate/shop/2-leak");
    let sheet = printed
        .value
        .iter()
        .find(is_shops)
        .expect("the shop has its sheet");
    sheet.bytes().to_vec()
}

#[test]
fn a_shop_gets_inks_and_its_profile() {
    let pdf = shop_sheet("{ colour: cmyk, profile: profiles/grey.icc }");
    let document = lopdf::Document::load_mem(&pdf).expect("it is a PDF");
    let page = *document.get_pages().get(&1).expect("it has a page");
    let content = document
        .get_and_decode_page_content(page)
        .expect("it can be read");
    let mut operators: Vec<_> = content.operations.iter().map(|it| &*it.operator).collect();
    operators.sort_unstable();
    operators.dedup();
    let colours: Vec<_> = operators
        .into_iter()
        .filter(|it| ["cs", "CS", "sc", "scn", "rg", "g", "k"].contains(it))
        .collect();
    assert_eq!(colours, ["k"]);
    let catalog = document.catalog().expect("it has a catalog");
    assert!(catalog.get(b"OutputIntents").is_ok());
}

#[test]
fn a_shop_that_takes_no_fonts_gets_outlines() {
    let fonts = |pdf: Vec<u8>| {
        String::from_utf8_lossy(&pdf)
            .matches("/FontDescriptor")
            .count()
    };
    let is_set = |pdf: &[u8]| {
        let document = lopdf::Document::load_mem(pdf).expect("it is a PDF");
        let page = *document.get_pages().get(&1).expect("it has a page");
        document.get_page_fonts(page).expect("it can be read").len()
    };
    assert!(is_set(&shop_sheet("{ outlines: false }")) > 0);
    let outlined = shop_sheet("{ outlines: true }");
    assert_eq!((is_set(&outlined), fonts(outlined)), (0, 0));
}
