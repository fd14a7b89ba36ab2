//! Official notices: long titles, long words, a table, room for a seal.

use super::*;

const TITLE: &str = "关于梧桐里社区26号楼屋面排水管更换工程公共收益使用情况的公示";
const FRONT: &str = "date: 2026-11-20\nkind: 公示\nnumber: 梧社居〔2026〕23号\n\
                     objections: 居民委员会 5550 0116，居务监督委员会 5550 0118";
pub(super) const WISH: &str = "formal, posting: 7 working days";
const WORDS: &str = "经比选，三家单位分别报价12.86万元、13.40万元和14.95万元。按照总价合理、质保期不少于5年的原则，确定由报价12.86万元的单位承接，工期20个日历日，质保期5年，期满无质量问题后支付。";
const TABLE: &str =
    "| 项目 | 规格 | 数量 | 单价（元） | 合价（元） |\n| --- | --- | ---: | ---: | ---: |\n";
const ROW: &str = "| SBS改性沥青防水卷材 | 4 mm | 860平方米 | 96.50 | 82,990.00 |\n";

/// The body of a notice of about `n` hundred characters and a table of seven rows.
pub(super) fn body(n: usize) -> String {
    let words = |n| format!("{WORDS}\n\n").repeat(n);
    format!(
        "{}{TABLE}{}\n{}",
        words(n / 2),
        ROW.repeat(7),
        words(n - n / 2)
    )
}

fn sheet(width: f64, height: f64, distance: f64) -> Spot {
    let size = Size::new(width, height);
    Spot {
        area: Area::Sheet {
            size,
            visible: size,
        },
        distance,
        ..A3
    }
}

/// Sets a notice with `text` for `spot`; `wish` begins with its layout.
fn set(spot: &Spot, wish: &str, text: &str) -> Compiled {
    with_manuscript(wish, text, |manuscript| manuscript.compile_for_test(spot))
}

/// Does something with a notice that is ready to be set.
pub(super) fn with_manuscript<R>(wish: &str, text: &str, then: impl Fn(&Manuscript) -> R) -> R {
    let page = format!("---\ntitle: {TITLE}\n{FRONT}\nposter: {{ layout: {wish} }}\n---\n{text}\n");
    let site = TestSite::with_gate()
        .file("content/living/_index.md", "---\ntitle: 指南\n---\n")
        .file("content/living/leak.md", page)
        .build();
    let page = site.page("living/leak").expect("the page is there");
    let wish = page.poster.as_ref().expect("it has a poster");
    let manuscript = Manuscript::new(&site, fresh(), page, wish);
    then(&manuscript.unwrap_or_else(|_| panic!("it can be set")))
}

/// Sets a notice of about `n` hundred characters.
fn notice(spot: &Spot, wish: &str, n: usize) -> Compiled {
    set(spot, wish, &body(n))
}

#[test]
fn official_notices_of_every_length_are_set_and_nothing_touches() {
    let shapes = [
        ("A4", sheet(210.0, 297.0, 0.7), 9),
        ("A3", sheet(297.0, 420.0, 1.0), 12),
        ("A3 across", sheet(420.0, 297.0, 1.0), 9),
        ("A2", sheet(420.0, 594.0, 1.5), 15),
        ("600×900", sheet(600.0, 900.0, 2.0), 15),
        ("800×2000", sheet(800.0, 2000.0, 2.0), 15),
        ("2400×1200", sheet(2400.0, 1200.0, 3.0), 15),
    ];
    for (name, spot, most) in shapes {
        for n in [3, 6, 9, 12, 15] {
            let compiled = notice(&spot, WISH, n);
            let fit = compiled.fit().expect("it says so");
            if n <= most {
                assert!(fit.fits, "{name}, {n}: {fit:?}");
                let at = fit.distance.unwrap_or(spot.distance);
                assert!(
                    fit.body >= 5.5 * at - 0.01 || fit.body >= 3.5,
                    "{name}, {n}: {fit:?}"
                );
                let findings = compiled.findings(&spot);
                assert!(findings.is_empty(), "{name}, {n}: {findings:?}");
            }
        }
    }
}

#[test]
fn who_must_come_closer_is_told_so_on_the_sheet() {
    let spot = sheet(297.0, 420.0, 1.0);
    let far = notice(&spot, WISH, 3);
    assert_eq!(far.fit().expect("it says so").distance, None);
    assert!(!far.text().contains("请走近看"));
    let near = notice(&spot, WISH, 12);
    assert_eq!(near.fit().expect("it says so").distance, Some(0.8));
    assert!(near.text().contains("请走近看"));
}

#[test]
fn passers_by_read_the_kind_or_the_short_line() {
    let spot = sheet(297.0, 420.0, 1.0);
    let text = notice(&spot, WISH, 6).text();
    assert!(text.contains("公示"), "{text}");
    let short = format!("{WISH}, short: 26号楼换排水管");
    let compiled = notice(&spot, &short, 6);
    let text = compiled.text().replace(['\u{2060}', '\n'], "");
    assert!(compiled.fit().expect("it says so").fits);
    assert!(text.contains("26号楼换排水管"), "{text}");
    assert!(compiled.findings(&spot).is_empty());
}

#[test]
fn lists_headings_and_short_texts_stand_in_columns_too() {
    let spot = sheet(420.0, 297.0, 1.0);
    let list = (1..=12)
        .map(|n| format!("{n}. 第{n}户，已装好并验收合格。\n"))
        .collect::<String>();
    for lead in ["", "## 一、项目概况\n\n"] {
        let body = format!("{lead}{WORDS}\n\n{list}\n## 二、其他\n\n{WORDS}\n");
        let compiled = set(&spot, WISH, &body);
        assert!(compiled.fit().expect("it says so").fits);
        let findings = compiled.findings(&spot);
        assert!(findings.is_empty(), "{findings:?}");
        let text = compiled.text();
        assert!(text.contains("12"), "{text}");
    }
}

#[test]
fn what_one_sheet_is_too_small_for_runs_on_over_several() {
    let spot = sheet(210.0, 297.0, 1.0);
    for n in [12, 24] {
        let texts = with_manuscript(WISH, &body(n), |manuscript| {
            let key = manuscript.measure_key(&spot);
            let fit = manuscript.measure(&spot, key, &Cache::default());
            let fit = fit.expect("it can be measured");
            assert!(!fit.fits, "{n}");
            let of = fit.sheets.expect("several are enough");
            let one = |number: usize| {
                let portion = Some(Portion { number, of });
                let compiled = manuscript.compile_for_test(&Spot { portion, ..spot });
                assert_eq!(compiled.n_pages(), 1);
                let findings = compiled.findings(&spot);
                assert!(findings.is_empty(), "{n}, {number}: {findings:?}");
                compiled.text().replace(['\u{2060}', '\n', ' '], "")
            };
            (1..=of).map(one).collect::<Vec<String>>()
        });
        let of = texts.len();
        for (number, text) in (1..).zip(&texts) {
            assert!(text.contains(&format!("第{number}张／共{of}张")), "{text}");
            assert!(text.contains("骑") && text.contains("11月20日"), "{text}");
            assert_eq!(text.contains("下接右边一张"), number < of);
            assert_eq!(text.contains("异议受理"), number == of);
        }
        let all = texts.concat();
        assert_eq!(all.matches("82,990.00").count(), 7);
        assert_eq!(all.matches("期满无质量问题后支付").count(), n);
    }
}

#[test]
fn words_of_other_layouts_run_on_over_several_too() {
    let spot = sheet(148.0, 210.0, 0.7);
    for (wish, n) in [
        ("notice, posting: 7 working days", 10),
        ("guide", 14),
        ("qa", 14),
    ] {
        let texts = with_manuscript(wish, &body(n), |manuscript| {
            let key = manuscript.measure_key(&spot);
            let fit = manuscript.measure(&spot, key, &Cache::default());
            let of = fit.expect("it can be measured").sheets;
            let of = of.unwrap_or_else(|| panic!("{wish}: several are enough"));
            let one = |number: usize| {
                let portion = Some(Portion { number, of });
                let compiled = manuscript.compile_for_test(&Spot { portion, ..spot });
                assert_eq!(compiled.n_pages(), 1);
                let findings = compiled.findings(&spot);
                assert!(findings.is_empty(), "{wish}, {number}: {findings:?}");
                compiled.text().replace(['\u{2060}', '\n', ' '], "")
            };
            (1..=of).map(one).collect::<Vec<String>>()
        });
        for (number, text) in (1..).zip(&texts) {
            let which = format!("第{number}张／共{}张", texts.len());
            assert!(text.contains(&which), "{wish}: {text}");
        }
        let all = texts.concat();
        assert_eq!(all.matches("82,990.00").count(), 7, "{wish}: {all}");
        assert_eq!(all.matches("期满无质量问题后支付").count(), n, "{wish}");
    }
}

#[test]
fn the_cut_that_is_told_is_the_least_that_does() {
    // In the form that holds most: four sheets side by side, or the plainer one where there is one.
    let spot = sheet(148.0, 210.0, 1.0);
    for of in [4, 1] {
        let text = WORDS.repeat(if of == 1 { 8 } else { 30 });
        let portion = (of > 1).then_some(Portion { number: 1, of });
        let cut = |text: &str| {
            with_manuscript("notice, posting: 7 working days", text, |manuscript| {
                let fit =
                    manuscript.measure(&spot, manuscript.measure_key(&spot), &Cache::default());
                let fit = fit.expect("it can be measured");
                if fit.fits || fit.sheets.is_some_and(|n| n <= of) {
                    return 0;
                }
                let cuts = manuscript.cuts(&Spot { portion, ..spot }, &fit, &Cache::default());
                let [cut] = &cuts[..] else { panic!("{cuts:?}") };
                cut.characters
            })
        };
        let length = text.chars().count();
        let n = cut(&text);
        assert!(0 < n && n < length, "{of}: {n}");
        let without = |n: usize| text.chars().take(length - n).collect::<String>();
        assert_eq!(cut(&without(n + 40)), 0, "{of}: {n} of {length}");
        // The end is not parted, so that up to its height may stay free.
        assert!(cut(&without(n - n / 8 - 40)) > 0, "{of}: {n} of {length}");
    }
}

#[test]
fn a_short_notice_in_several_slots_stays_one_sheet() {
    let portion = Some(Portion { number: 2, of: 2 });
    let spot = Spot {
        portion,
        ..sheet(297.0, 420.0, 1.0)
    };
    let text = notice(&spot, WISH, 3).text();
    assert!(!text.contains("共2张"), "{text}");
}
