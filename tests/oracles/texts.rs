//! Three hundred generated texts over all layouts: each is set well on one page or refused with
//! what to cut.

use greenboard::cache::Cache;
use greenboard::diag::{Diagnostics, Severity};
use greenboard::read::{MemoryInputs, read};
use greenboard::site::{Area, Light, Site, Size, site};
use greenboard::theme::Theme;
use greenboard::typeset::{Edition, Engine, Finding, Look, Manuscript, Spot};
use jiff::civil::Date;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// Layouts with the front matter that each needs.
const LAYOUTS: [(&str, &str); 14] = [
    ("guide", "topics: [water]"),
    ("notice", "kind: 公示\nobjections: 居委会 5550 0116"),
    (
        "notice",
        "kind: 活动\nevent: { date: 2026-11-21, time: 上午8:30, place: 2号楼前空地 }",
    ),
    ("notice", "kind: 通知"),
    ("formal", "kind: 公告\nnumber: 梧社居〔2026〕12号"),
    ("sorting", "bin: 厨余垃圾"),
    ("checklist", "topics: [energy]"),
    ("qa", "topics: [sorting]"),
    ("campaign", "from: 2026-11-20\nto: 2026-12-10"),
    ("campaign", "event: { date: 2026-11-01, place: 东门 }"),
    (
        "plan",
        "from: 2026-05-06\nto: 2026-12-30\nstages:\n  - { title: 制定方案, due: 2026-05-31, text: 定做法和每项的人。, done: 2026-05-28 }\n  - { title: 检查验收, due: 2026-11-30 }",
    ),
    (
        "numbers",
        "figures:\n  - { label: 修好漏水, value: \"1,137\", unit: 户, before: 920, source: 登记本 }\n  - { label: 满意, value: 92% }",
    ),
    ("story", "topics: [trees]"),
    ("month", "topics: [neighbours]"),
];
/// Width and height in mm, what a frame hides, distance in m.
const SHAPES: [(f64, f64, f64, f64); 8] = [
    (148.0, 210.0, 0.0, 0.5),
    (210.0, 297.0, 0.0, 0.7),
    (297.0, 420.0, 10.0, 1.0),
    (594.0, 420.0, 10.0, 1.5),
    (600.0, 900.0, 0.0, 1.5),
    (800.0, 2000.0, 0.0, 2.0),
    (2400.0, 1200.0, 0.0, 3.0),
    (1200.0, 2400.0, 0.0, 3.0),
];
const DRAWING: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 30 20'>\
    <rect width='30' height='20' fill='#23764A'/></svg>";

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let site = built("---\ntitle: 一\n---\n").expect("a plain page is right");
    let mut diagnostics = Diagnostics::default();
    let theme = Theme::load(&site.settings, &BTreeMap::new(), &mut diagnostics);
    Engine::new(Arc::new(theme))
});

/// Builds a site of one page; `None` where the site itself refuses it.
fn built(page: &str) -> Option<Site> {
    let settings = "format: 1\ntitle: 绿板\norganisation: 梧桐里社区居民委员会\n\
        base_url: https://a.example/\ncontact: { phone: 5550 0116, address: 梧桐路18号 }\n";
    let inputs = MemoryInputs::new(Date::constant(2026, 11, 5))
        .with("greenboard.yaml", settings)
        .with("content/_index.md", "---\ntitle: 绿板\n---\n")
        .with("content/a.svg", DRAWING)
        .with("content/page.md", page);
    let built = site(&read(&inputs).value?);
    let broken = built
        .diagnostics
        .sorted()
        .iter()
        .any(|it| it.severity() == Severity::Error);
    (!broken).then_some(built.value)
}

/// Words of several scripts, with the marks that notices use.
fn words(length: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[一-龥]{1,6}",
        2 => "[a-zA-Z]{1,12}",
        1 => "[0-9]{1,4}(月|日|元|号楼|%|:30| 户)",
        1 => Just("，".to_owned()),
        1 => Just("。".to_owned()),
        1 => "（[一-龥]{1,4}）|“[一-龥]{1,3}”|《[一-龥]{2,5}》",
        1 => Just("https://wutongli.example/living/toilet-leak/".to_owned()),
        1 => Just("……".to_owned()),
    ];
    (prop::collection::vec(piece, 1..400), length).prop_map(|(pieces, length)| {
        // Only what the fonts have: the rest is refused elsewhere, by name.
        let all = pieces.concat();
        let known = all.chars().filter(|c| ENGINE.has_glyph(*c));
        let text: String = known.take(length).collect();
        if text.trim().is_empty() {
            "一".to_owned()
        } else {
            text
        }
    })
}

fn block() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => words(1..300).prop_map(|text| format!("{text}\n\n")),
        2 => (prop::collection::vec(words(1..40), 1..9), any::<bool>()).prop_map(|(items, numbered)| {
            let line = |(n, item): (usize, &String)| match numbered {
                true => format!("{}. {item}\n", n + 1),
                false => format!("- {item}\n"),
            };
            items.iter().enumerate().map(line).collect::<String>() + "\n"
        }),
        1 => prop::collection::vec(words(1..30), 1..6)
            .prop_map(|items| items.iter().map(|it| format!("- [ ] {it}\n")).collect::<String>() + "\n"),
        1 => words(2..20).prop_map(|text| format!("## {text}\n\n")),
        1 => (1_usize..13, 1_usize..5, words(1..8)).prop_map(|(rows, columns, word)| {
            let word = word.replace('|', "");
            let row = format!("|{}\n", format!(" {word} |").repeat(columns));
            format!("{row}|{}\n{}\n", " --- |".repeat(columns), row.repeat(rows))
        }),
        1 => Just("![图](a.svg)\n\n".to_owned()),
        1 => words(1..60).prop_map(|text| format!("> {text}\n\n")),
    ]
}

/// A page, a shape and an edition.
fn case() -> impl Strategy<Value = (String, usize, bool)> {
    let layout = prop::sample::select(LAYOUTS.to_vec());
    let lead = prop::option::of(words(4..30));
    let body = prop::collection::vec(block(), 0..7);
    let rest = (any::<bool>(), 0..SHAPES.len(), prop::bool::weighted(0.2));
    (layout, words(1..42), lead, body, rest).prop_map(
        |((layout, front), title, lead, body, (picture, shape, office))| {
            let quote = |text: &str| text.replace(['\'', '\n'], "");
            let mut page = format!(
                "---\ntitle: '{}'\ndate: 2026-11-03\n{front}\n",
                quote(&title)
            );
            if picture {
                page += "picture: a.svg\npicture_alt: 图\n";
            }
            page += &format!("poster:\n  layout: {layout}\n");
            if let Some(lead) = lead {
                page += &format!("  lead: '{}'\n", quote(&lead));
            }
            (page + "---\n" + &body.concat(), shape, office)
        },
    )
}

#[test]
fn every_text_is_set_well_or_refused_with_the_cut() {
    let config = Config {
        cases: 300,
        failure_persistence: None,
        ..Config::default()
    };
    let mut n_set = 0;
    let mut runner = TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    let counted = std::cell::Cell::new(0);
    let result = runner.run(&case(), |(page, shape, office)| {
        let Some(site) = built(&page) else {
            return Ok(());
        };
        let page = site.page("page").expect("it is there");
        let wish = page.poster.as_ref().expect("it has a poster");
        let manuscript = match Manuscript::new(&site, &ENGINE, page, wish) {
            Ok(manuscript) => manuscript,
            Err(diagnostic) => return Err(TestCaseError::fail(format!("{diagnostic:?}"))),
        };
        let (width, height, hidden, distance) = SHAPES[shape];
        let spot = Spot {
            area: Area::Sheet {
                size: Size::new(width, height),
                visible: Size::new(width - 2.0 * hidden, height - 2.0 * hidden),
            },
            distance,
            light: Light::Good,
            glass: false,
            design: None,
            portion: None,
            look: Look {
                bleed: 0.0,
                edition: if office {
                    Edition::Office
                } else {
                    Edition::Colour
                },
            },
        };
        let cache = Cache::default();
        let fit = manuscript.measure(&spot, manuscript.measure_key(&spot), &cache);
        let fit = fit.map_err(|failure| TestCaseError::fail(format!("{failure:?}")))?;
        if !fit.fits {
            prop_assert!(manuscript.cut(&fit).characters > 0);
            return Ok(());
        }
        let sheet = manuscript.set(&spot, manuscript.set_key(&spot), &cache);
        let sheet = sheet.map_err(|failure| TestCaseError::fail(format!("{failure:?}")))?;
        let sheet = sheet.expect("a layout sets");
        prop_assert!(
            sheet.fit.as_ref().is_some_and(|fit| fit.fits),
            "it was measured to fit"
        );
        let faults: Vec<&Finding> = sheet.findings.iter().collect();
        prop_assert!(faults.is_empty(), "{faults:?}");
        counted.set(counted.get() + 1);
        Ok(())
    });
    n_set += counted.get();
    result.unwrap_or_else(|error| panic!("{error}"));
    assert!(n_set > 100, "only {n_set} of the texts were set");
}
