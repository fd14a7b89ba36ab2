//! Long words on screens: in plainer forms, smaller type, on several pictures that are shown in turn.

use super::official::{WISH, body, with_manuscript};
use super::*;

/// A screen over a gate.
const SCREEN: Spot = Spot {
    area: Area::Screen {
        width_px: 1920,
        height_px: 1080,
        width: 3200.0,
    },
    distance: 6.0,
    ..A3
};
/// What 54 pixels of it measure in mm: the least type where nothing has to give way.
const USUAL: f64 = 90.0;

fn measured(manuscript: &Manuscript, spot: &Spot) -> FitReport {
    let key = manuscript.measure_key(spot);
    let fit = manuscript.measure(spot, key, &Cache::default());
    fit.expect("it can be measured")
}

#[test]
fn short_words_keep_their_form_and_longer_ones_take_smaller_type() {
    let spot = SCREEN;
    for (n, usual) in [(1, true), (2, false)] {
        let wish = "notice";
        let words = "请在12月8日前关好楼道窗户，取走窗台上的花盆。".repeat(n * n * n);
        with_manuscript(wish, &words, |manuscript| {
            let fit = measured(manuscript, &spot);
            assert!(fit.fits, "{n}: {fit:?}");
            let set = manuscript.compile_for_test(&spot);
            let body = set.fit().expect("it says so").body;
            assert_eq!(body >= USUAL - 0.01, usual, "{n}: {body}");
            assert!(body >= 0.6 * USUAL - 0.01, "{n}: {body}");
            assert!(set.findings(&spot).is_empty());
        });
    }
}

#[test]
fn long_words_run_on_over_pictures_that_say_which_they_are_and_bear_the_code() {
    for (wish, n) in [
        (WISH, 6),
        ("notice, posting: 7 working days", 6),
        ("guide", 8),
        ("qa", 8),
    ] {
        let texts = with_manuscript(wish, &body(n), |manuscript| {
            let fit = measured(manuscript, &SCREEN);
            assert!(!fit.fits, "{wish}: {fit:?}");
            let of = fit
                .sheets
                .unwrap_or_else(|| panic!("{wish}: several are enough"));
            let one = |number: usize| {
                let portion = Some(Portion { number, of });
                let spot = Spot { portion, ..SCREEN };
                let compiled = manuscript.compile_for_test(&spot);
                assert_eq!(compiled.n_pages(), 1);
                let findings = compiled.findings(&spot);
                assert!(findings.is_empty(), "{wish}, {number}: {findings:?}");
                compiled.text().replace(['\u{2060}', '\n', ' '], "")
            };
            (1..=of).map(one).collect::<Vec<String>>()
        });
        let of = texts.len();
        for (number, text) in (1..).zip(&texts) {
            let which = format!("第{number}屏／共{of}屏");
            assert!(text.contains(&which), "{wish}: {text}");
            assert!(text.contains("扫码看全文"), "{wish}: {text}");
            assert_eq!(text.contains("接下屏"), number < of, "{wish}: {text}");
            assert!(!text.contains("骑"), "{wish}: {text}");
        }
        let all = texts.concat();
        assert_eq!(all.matches("82,990.00").count(), 7, "{wish}: {all}");
        assert_eq!(all.matches("期满无质量问题后支付").count(), n, "{wish}");
    }
}

#[test]
fn a_screen_of_few_pictures_takes_fewer_with_smaller_type() {
    with_manuscript(WISH, &body(6), |manuscript| {
        let fit = measured(manuscript, &SCREEN);
        let (sheets, fewest) = (fit.sheets.expect("several"), fit.fewest.expect("fewer"));
        assert!(fewest < sheets, "{fit:?}");
        let portion = Some(Portion {
            number: 1,
            of: fewest,
        });
        let set = manuscript.compile_for_test(&Spot { portion, ..SCREEN });
        assert!(set.text().contains(&format!("共{fewest}屏")));
    });
}

#[test]
fn a_strip_of_lamps_shows_the_title_alone() {
    let strip = Spot {
        area: Area::Screen {
            width_px: 320,
            height_px: 32,
            width: 3200.0,
        },
        ..SCREEN
    };
    with_manuscript("notice", &body(8), |manuscript| {
        assert_eq!(measured(manuscript, &strip).sheets, None);
    });
}
