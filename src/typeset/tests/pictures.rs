//! Pictures among the words of a sheet.

use super::layouts::set_for;
use super::*;

/// A picture of red pixels and nothing else.
fn red() -> Vec<u8> {
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(900, 600, image::Rgb([220, 20, 20]))
        .write_to(&mut png, image::ImageFormat::Png)
        .expect("it can be written");
    png.into_inner()
}

/// How much of the left half of a sheet is red, and of the right one.
fn red_halves(compiled: &Compiled) -> [f64; 2] {
    let drawn = compiled.draw_part((0.0, 0.0), A3.area.size(), 0.5);
    let drawn = drawn.unwrap_or_else(|failure| panic!("{failure:?}"));
    let pixels = drawn.rgba.len() / 4;
    let width = drawn.size.0 as usize;
    let mut halves = [0.0; 2];
    for (at, pixel) in drawn.rgba.chunks_exact(4).enumerate() {
        if pixel[0] > 190 && pixel[1] < 90 && pixel[2] < 90 {
            halves[usize::from(at % width > width / 2)] += 2.0 / pixels as f64;
        }
    }
    halves
}

/// Returns how much of a sheet is red.
fn redness(compiled: &Compiled) -> f64 {
    red_halves(compiled).iter().sum::<f64>() / 2.0
}

#[test]
fn photos_in_the_text_are_seen_in_every_layout() {
    let bodies = [
        "![新栏](red.png)\n\n两天换好。",
        "![新栏](red.png)\n两天换好。",
        "两天换好。![新栏](red.png)大家动手。",
        "[![新栏](red.png)](https://wutongli.example/)\n\n两天换好。",
    ];
    for layout in [
        "story",
        "notice",
        "guide",
        "qa",
        "checklist",
        "campaign",
        "formal",
    ] {
        for body in bodies {
            let site = TestSite::with_gate().file("content/living/red.png", red());
            let compiled = set_for(&A3, site, layout, "kind: 通知", body);
            let red = redness(&compiled);
            assert!(red > 0.02, "{layout}, {body}: {red}");
        }
        let body = "![新栏](red.png \"图1 换好的栏\")\n\n两天换好。";
        let site = TestSite::with_gate().file("content/living/red.png", red());
        let text = set_for(&A3, site, layout, "kind: 通知", body).text();
        assert!(text.contains("换好的栏"), "{layout}: {text}");
    }
    // Where it is the only one, it is the story's picture.
    let site = TestSite::with_gate().file("content/living/red.png", red());
    assert!(redness(&set_for(&A3, site, "story", "", bodies[0])) > 0.3);
}

#[test]
fn pictures_of_a_notice_stand_in_rows_that_fill_the_width() {
    let picture = "![新栏](red.png \"换好的栏\")\n\n";
    let told = ["东门：", "西门：", "北门："].map(|words| format!("{words}\n\n{picture}"));
    let bodies = [
        format!("三处都换好了。\n\n{}请看。", picture.repeat(3)),
        told.join(""),
    ];
    for body in bodies {
        let site = TestSite::with_gate().file("content/living/red.png", red());
        let compiled = set_for(&A3, site, "formal", "kind: 通知", &body);
        let [left, right] = red_halves(&compiled);
        assert!(left > 0.06 && right > 0.06, "{body}: {left}, {right}");
        assert!((left - right).abs() < 0.02, "{body}: {left}, {right}");
        let findings = compiled.findings(&A3);
        assert!(findings.is_empty(), "{body}: {findings:?}");
    }
}
