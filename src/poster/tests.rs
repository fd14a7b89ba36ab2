//! What the sheets of tiny sites are.

use super::*;
use crate::cache::Cache;
use crate::cache::testing::Drawer;
use crate::typeset::testing::{TestSite, engine, fresh, has, lines, paragraphs, pdf, set_body};

fn variant(page: &str, board: &str, slot: &str) -> Variant {
    Variant {
        page: page.into(),
        board: board.into(),
        slot: slot.into(),
        portion: None,
    }
}

fn rendered(site: &Site, slot: &str) -> Warned<Posters> {
    let wanted = BTreeSet::from([variant("living/leak", "gate", slot)]);
    render(site, engine(), &wanted, &Cache::default())
}

fn site_with(text: &str) -> Site {
    let mut site = TestSite::with_gate()
        .page("leak", "poster: { layout: plain }", "")
        .build();
    set_body(&mut site, "living/leak", paragraphs(text));
    site
}

#[track_caller]
fn only(posters: &Warned<Posters>) -> &Poster {
    assert!(
        !posters.diagnostics.has_errors(),
        "{}",
        lines(posters.diagnostics.clone())
    );
    posters.value.0.values().next().expect("there is a poster")
}

fn open(poster: &Poster) -> lopdf::Document {
    lopdf::Document::load_mem(&poster.pdf).expect("the PDF can be read")
}

fn page_size_mm(pdf: &lopdf::Document) -> (f32, f32) {
    let page = *pdf.get_pages().values().next().expect("there is a page");
    let page = pdf.get_dictionary(page).expect("the page is a dictionary");
    let media = page.get(b"MediaBox").and_then(lopdf::Object::as_array);
    let media: Vec<f32> = media
        .expect("a page has a size")
        .iter()
        .map(|length| length.as_float().expect("lengths are numbers"))
        .collect();
    let mm = |points: f32| points * 25.4 / 72.0;
    (mm(media[2] - media[0]), mm(media[3] - media[1]))
}

/// Returns the base names of all fonts, and whether each is embedded.
fn fonts(pdf: &lopdf::Document) -> Vec<(String, bool)> {
    let descriptors = pdf.objects.values().filter_map(|object| {
        let dictionary = object.as_dict().ok()?;
        dictionary.has_type(b"FontDescriptor").then_some(dictionary)
    });
    descriptors
        .map(|font| {
            let name = font.get(b"FontName").and_then(lopdf::Object::as_name);
            let name = String::from_utf8_lossy(name.expect("a font has a name"));
            (
                name.into_owned(),
                font.has(b"FontFile2") || font.has(b"FontFile3"),
            )
        })
        .collect()
}

#[test]
fn a_poster_is_one_page_of_its_slots_whole_size() {
    for (slot, width, height) in [("1", 297.0, 420.0), ("2", 420.0, 594.0)] {
        let posters = rendered(&site_with("滴一滴色素，等五分钟。"), slot);
        let pdf = open(only(&posters));
        assert_eq!(pdf.get_pages().len(), 1);
        let size = page_size_mm(&pdf);
        assert!((size.0 - width).abs() < 0.1, "{size:?}");
        assert!((size.1 - height).abs() < 0.1, "{size:?}");
    }
}

#[test]
fn fonts_are_embedded_and_cut_to_what_is_used() {
    let posters = rendered(&site_with("滴一滴色素，等五分钟。"), "1");
    let poster = only(&posters);
    let fonts = fonts(&open(poster));
    assert!(!fonts.is_empty());
    for (name, embedded) in fonts {
        assert!(embedded, "{name}");
        // Six letters and a plus sign mark a subset (ISO 32000-1, 9.6.4).
        assert_eq!(name.find('+'), Some(6), "{name}");
    }
    assert!(poster.pdf.len() < 100_000, "{} bytes", poster.pdf.len());
}

#[test]
fn equal_input_gives_equal_bytes_and_a_changed_word_another_hash() {
    let first = rendered(&site_with("滴一滴色素。"), "1");
    let again = rendered(&site_with("滴一滴色素。"), "1");
    let (first, again) = (only(&first), only(&again));
    assert!(first.pdf == again.pdf && first.preview == again.preview);
    assert_eq!(first.hash, again.hash);
    let other = rendered(&site_with("滴两滴色素。"), "1");
    assert_ne!(only(&other).hash, first.hash);
}

#[test]
fn the_preview_shows_the_visible_part() {
    let posters = rendered(&site_with("滴一滴色素。"), "1");
    let poster = only(&posters);
    // 277 × 400 mm behind the frame.
    assert_eq!(poster.preview_px, (720, 1040));
    assert_eq!(&poster.preview[1..4], b"PNG");
    assert_eq!(poster.screen, None);
}

#[test]
fn a_screen_has_a_picture_of_its_own_pixels() {
    let led = "---\ntitle: 电子屏\nkind: screen\nplace: 广场\nsize: 1920x1080\nwidth: 3200mm\n\
        distance: 1\nslots:\n  - { id: \"1\" }\n---\n";
    let mut site = TestSite::with_gate()
        .file("content/boards/led.md", led)
        .page("leak", "poster: { layout: plain }", "")
        .build();
    set_body(&mut site, "living/leak", paragraphs("滴一滴色素。"));
    let wanted = BTreeSet::from([variant("living/leak", "led", "1")]);
    let posters = render(&site, engine(), &wanted, &Cache::default());
    let screen = only(&posters).screen.as_ref().expect("a screen has one");
    // Width and height of a PNG stand at fixed places of its head.
    assert_eq!(screen[16..20], 1920_u32.to_be_bytes());
    assert_eq!(screen[20..24], 1080_u32.to_be_bytes());
}

#[test]
fn a_finished_file_becomes_one_page_of_the_slots_size() {
    let site = TestSite::with_gate()
        .file("content/living/district.pdf", pdf(297.4, 420.2, 1))
        .page("leak", "poster: { file: district.pdf }", "")
        .build();
    let posters = rendered(&site, "1");
    let poster = only(&posters);
    assert_eq!(poster.body_height, None);
    let size = page_size_mm(&open(poster));
    assert!(
        (size.0 - 297.0).abs() < 0.1 && (size.1 - 420.0).abs() < 0.1,
        "{size:?}"
    );
}

#[test]
fn what_came_as_copies_needs_no_sheet() {
    let site = TestSite::with_gate()
        .page("leak", "poster: { received: 20, layout: plain }", "")
        .build();
    let mut site = site;
    let page = site.pages.iter_mut().find(|page| page.id == "living/leak");
    let wish = page
        .and_then(|page| page.poster.as_mut())
        .expect("it has a poster");
    wish.layout = None;
    let posters = rendered(&site, "1");
    assert!(posters.value.0.is_empty() && posters.diagnostics.is_empty());
}

#[test]
fn small_body_type_is_noted_and_too_long_a_text_refused() {
    let line = "水费单上的数字比上个月高，先看看马桶。";
    let small = rendered(&site_with(&line.repeat(60)), "1");
    assert!(
        has(&small.diagnostics, Code::SmallBody),
        "{}",
        lines(small.diagnostics)
    );
    let long = rendered(&site_with(&line.repeat(900)), "1");
    assert!(has(&long.diagnostics, Code::TooLong));
}

#[test]
fn a_sheet_set_by_an_earlier_run_is_not_set_again() {
    let site = site_with("滴一滴色素。");
    let wanted = BTreeSet::from([variant("living/leak", "gate", "1")]);
    let drawer = Drawer::default();
    let run = || render(&site, engine(), &wanted, &Cache::with(drawer.clone()));
    let first = run();
    for entry in drawer.entries().values_mut() {
        // Whatever is made from now on is kept anew and would lose this mark.
        entry.push(b'!');
    }
    let spoilt = run();
    assert_eq!(
        only(&first).pdf,
        only(&spoilt).pdf,
        "made anew, it is the same"
    );
    let kept: Vec<_> = drawer.entries().keys().copied().collect();
    assert_eq!(kept.len(), 1, "one sheet");
    let before = drawer.entries().clone();
    let again = run();
    assert_eq!(only(&first).preview, only(&again).preview);
    assert_eq!(*drawer.entries(), before);
}

#[test]
fn every_layout_of_the_theme_sets_sheets_and_screens() {
    let steps =
        "1. **滴色素**，水箱里滴一滴。\n2. **等五分钟**，别冲水。\n3. **看桶底**，有颜色就是漏。";
    let led = "---\ntitle: 电子屏\nkind: screen\nplace: 广场\nsize: 1920x1080\nwidth: 3200mm\n\
        distance: 6\nslots:\n  - { id: \"1\" }\n---\n";
    let items = "- { name: 旧报纸, bin: 可回收物, do: 捆好 }\n- { name: 大骨头, bin: 其他垃圾 }\n";
    for front in [
        "topics: [water]\nposter: { layout: guide, lead: 滴一滴色素 }",
        "date: 2026-11-03\nkind: 公示\nposter: { layout: notice, posting: 7 working days }",
        "items: [旧报纸, 大骨头]\nposter: { layout: sorting }",
        "bin: 厨余垃圾\nposter: { layout: sorting }",
        "poster: { layout: checklist }",
        "poster: { layout: qa }",
        "event: { date: 2026-11-21, time: 上午8:30, place: 2号楼前 }\nposter: { layout: campaign }",
        "from: 2026-11-20\nto: 2026-12-05\nposter: { layout: campaign }",
        "from: 2026-05-01\nto: 2026-12-05\nstages: [{ title: 制定方案, due: 2026-05-31 }]\n\
         poster: { layout: plan, options: { stage: 1 } }",
        "figures: [{ label: 修好漏水, value: 137, unit: 户, before: 92 }]\n\
         poster: { layout: numbers }",
        "poster: { layout: story, lead: 滴一滴色素 }",
        "date: 2026-11-03\nposter: { layout: month }",
        "date: 2026-11-03\nkind: 公示\nposter: { layout: formal, posting: 7 working days }",
    ] {
        let site = TestSite::with_gate()
            .file("content/boards/led.md", led)
            .file("content/sorting/items.yaml", items)
            .page("leak", front, steps)
            .build();
        let wanted = BTreeSet::from([
            variant("living/leak", "gate", "1"),
            variant("living/leak", "gate", "2"),
            variant("living/leak", "led", "1"),
        ]);
        let posters = render(&site, fresh(), &wanted, &Cache::default());
        let said = lines(posters.diagnostics.clone());
        assert!(!posters.diagnostics.has_errors(), "{front}\n{said}");
        assert_eq!(posters.value.0.len(), 3, "{front}");
        for poster in posters.value.0.values() {
            let (width, height) = page_size_mm(&open(poster));
            assert!(
                (f64::from(width) - poster.size.width).abs() < 0.1,
                "{front}: {width}"
            );
            assert!(
                (f64::from(height) - poster.size.height).abs() < 0.1,
                "{front}: {height}"
            );
        }
    }
}
