//! On which day the website changes by itself, and what it shows before its day.

use insta::assert_snapshot;
use jiff::civil::{Date, date};

use super::sites::site_of;
use super::*;
use crate::typeset::testing::TestSite;

/// The website's files on `day`, without those that tell the day itself.
fn on(site: TestSite, day: Date) -> (BTreeMap<String, String>, Option<Change>) {
    let mut site = site.build();
    site.today = day;
    let plan = Plan::default();
    let mut diagnostics = Diagnostics::default();
    let theme = Theme::load(&site.settings, &BTreeMap::new(), &mut diagnostics);
    let made = web(
        &site,
        &theme,
        &plan,
        &Posters::default(),
        &WebOptions::default(),
    );
    let text = |file: &Artifact| String::from_utf8_lossy(&file.bytes()).into_owned();
    let mut files: BTreeMap<String, String> = made
        .value
        .iter()
        .map(|file| (file.path.clone(), text(file)))
        .collect();
    files.remove(crate::render::web::files::boards::PATH);
    files.remove(crate::render::web::files::changes::PATH);
    files.remove(view::calendar::URL);
    (files, next_change(&site, &plan, Visibility::Published))
}

#[test]
fn the_website_stays_as_it_is_until_the_day_that_was_named() {
    let site = || {
        site_of(
            "",
            &[
                ("living/a", "甲", "date: 2026-11-12"),
                ("living/b", "乙", "expires: 2026-11-15"),
                (
                    "living/c",
                    "丙",
                    "kind: 活动\ndate: 2026-11-01\nevent: { date: 2026-11-20, until: 2026-11-21 }",
                ),
                (
                    "living/d",
                    "丁",
                    "from: 2026-11-23\nto: 2026-11-24\nstages: [{ title: 做, due: 2026-11-26, done: 2026-11-25 }]",
                ),
                ("living/e", "戊", "status: draft\ndate: 2026-11-13"),
                (
                    "living/f",
                    "己",
                    "kind: 活动\ndate: 2026-11-01\nevent: { date: 2026-12-29 }",
                ),
            ],
        )
    };
    let mut day = date(2026, 11, 10);
    let (mut files, mut change) = on(site(), day);
    let mut told = Vec::new();
    while day < date(2026, 12, 2) {
        day = day.tomorrow().expect("there is one");
        let named = change.clone().expect("something changes");
        let (files_then, change_then) = on(site(), day);
        if day < named.date {
            let other = |(path, text): &(&String, &String)| files_then.get(*path) != Some(*text);
            let changed: Vec<&String> = files.iter().filter(other).map(|(path, _)| path).collect();
            assert!(
                changed.is_empty() && files.len() == files_then.len(),
                "{changed:?} changed on {day}, {} was named",
                named.date
            );
        } else {
            let reasons = named.reasons.iter();
            let reasons: Vec<_> = reasons
                .map(|it| format!("{:?} {}", it.why, it.title))
                .collect();
            told.push(format!("{}: {}", named.date, reasons.join(", ")));
        }
        (files, change) = (files_then, change_then);
    }
    assert_snapshot!(told.join("\n"), @r"
    2026-11-12: Starts 甲
    2026-11-16: Expires 乙
    2026-11-22: Event 丙
    2026-11-23: Campaign 丁
    2026-11-24: Stage 丁
    2026-11-25: Campaign 丁, Stage 丁
    2026-11-26: Stage 丁
    2026-11-27: Stage 丁
    2026-11-28: Event 己
    2026-12-01: Board 东门宣传栏
    ");
}

#[test]
fn drafts_and_what_is_to_come_are_shown_on_request() {
    let shown = |visibility| {
        let site = site_of(
            "",
            &[
                ("living/a", "甲", "date: 2026-12-01"),
                ("living/b", "乙", "status: 待审"),
                ("living/c", "丙", "status: draft\ndate: 2026-12-01"),
            ],
        );
        let website = Website::with(
            site,
            Plan::default(),
            WebOptions {
                visibility,
                ..WebOptions::default()
            },
        );
        let pages = website
            .files
            .keys()
            .filter_map(|path| path.strip_prefix("living/"));
        let pages = pages.filter_map(|path| path.strip_suffix("/index.html"));
        pages.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(shown(Visibility::Published), "");
    assert_eq!(shown(Visibility::Drafts), "b");
    assert_eq!(shown(Visibility::Future), "a");
    assert_eq!(shown(Visibility::Preview), "a b c");
}
