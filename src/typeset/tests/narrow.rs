//! What little room does to words: in a narrow column, on a screen beside its large code, on a small ticket.

use super::layouts::set_for;
use super::*;

#[test]
fn one_date_too_wide_for_its_column_parts_no_other_figure_of_it() {
    let a2 = Size::new(594.0, 420.0);
    let wide = Spot {
        area: Area::Sheet {
            size: a2,
            visible: a2,
        },
        distance: 1.5,
        ..A3
    };
    let stage = |n: usize| {
        let words = "2026年12月15日前志愿者清运3号、5号、7号楼前的装修垃圾，请互相转告。";
        format!(
            "\n  - {{ title: 第{n}步, due: 2026-{:02}-15, text: {words} }}",
            5 + n
        )
    };
    let stages: String = (1..=5).map(stage).collect();
    let front = format!("from: 2026-05-06\nto: 2026-12-30\nstages:{stages}");
    for filler in 0..6 {
        let front = front.replace("志愿者", &format!("志愿者{}", "们".repeat(filler)));
        let text = set_for(&wide, TestSite::with_gate(), "plan", &front, "字。").text();
        let text = text.replace('\u{2060}', "");
        for whole in ["12月", "15日", "3号", "5号", "7号楼"] {
            // Runs of type end with their line.
            let found = text.split('\n').filter(|run| run.contains(whole)).count();
            assert!(found >= 5, "{filler}, {whole}: {text}");
        }
    }
}

#[test]
fn a_long_time_and_place_have_room_beside_the_code_of_a_screen_and_over_that_of_a_ticket() {
    let front = "kind: 活动\nevent: { date: 2026-12-28, time: 晚上7点到9点半，雨天顺延, \
        place: 党群服务中心一楼多功能厅（东门进门左手第二间） }";
    let sheet = |width: f64, height: f64, distance: f64| Spot {
        area: Area::Sheet {
            size: Size::new(width, height),
            visible: Size::new(width, height),
        },
        distance,
        ..A3
    };
    let screen = Spot {
        area: Area::Screen {
            width_px: 1920,
            height_px: 1080,
            width: 3200.0,
        },
        distance: 6.0,
        ..A3
    };
    let spots = [
        screen,
        sheet(148.0, 210.0, 0.5),
        sheet(297.0, 210.0, 0.7),
        A3,
    ];
    for spot in &spots {
        for layout in ["notice", "campaign"] {
            let compiled = set_for(spot, TestSite::with_gate(), layout, front, "一起来。");
            assert!(
                compiled.fit().expect("it says so").fits,
                "{layout}, {spot:?}"
            );
            let findings = compiled.findings(spot);
            assert!(findings.is_empty(), "{layout}, {spot:?}: {findings:?}");
            let text = compiled.text().replace(['\n', '\u{2060}'], "");
            assert!(text.contains("左手第二间"), "{layout}, {spot:?}: {text}");
        }
    }
}
