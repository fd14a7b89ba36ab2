//! What ledger and published plan say stays, whatever is written later.

use insta::assert_snapshot;

use super::only;
use crate::diag::{Diagnostics, SitePath, Source};
use crate::rotation::testing::{date, plan, plan_text, show, site};
use crate::rotation::{Fits, Origin, Records, Site, ledger, published};

/// A site with what is on record, from the lines of its ledger and of its published plan.
fn recorded(text: &str, ledger: &str, lock: &str) -> (Site, Fits, Records) {
    let (site, fits) = site(text);
    let mut diagnostics = Diagnostics::default();
    let file = |path, text: &str| Source::new(SitePath::new(path).expect("a path"), text);
    let ledger_file = file("ledger/a.yaml", &format!("format: 1\nevents:\n{ledger}"));
    let lock_file = file("plan.lock.yaml", &format!("format: 1\nhangings:\n{lock}"));
    let records = Records {
        ledger: ledger::parse(&ledger_file, &mut diagnostics),
        published: Some(published::read(&lock_file, &site, &mut diagnostics)),
        diary: crate::rotation::diary::Diary::default(),
        changes: Vec::new(),
    };
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    (site, fits, records)
}

const LEDGER: &str = "- {v: 1, id: a, kind: hung, board: east, slot: \"1\", poster: gone, from: 2026-03-01, to: 2026-03-31}
- {v: 1, id: b, kind: hung, board: east, slot: \"2\", poster: old-bins, from: 2026-03-01, to: 2026-03-31}
";
const LOCK: &str = "- {board: east, slot: \"1\", from: 2026-04-01, to: 2026-04-30, poster: taps}\n";

#[test]
fn what_is_on_record_stays_and_counts_for_returns() {
    let (site, fits, records) = recorded(
        "today 2026-04-10
         board east 2 slots repeat=1
         poster bins sorting formerly=old-bins
         poster lamps energy
         poster taps water
         poster doors air",
        LEDGER,
        LOCK,
    );
    let plan = plan(&site, &fits, &records);
    let shown = show(&site, &fits, &plan);
    assert_snapshot!(only(&shown, &["2026-03", "2026-04", "2026-05"]), @"
    2026-03 east gone, bins
    2026-04 east taps, doors
    2026-05 east lamps, bins
    ");
}

#[test]
fn a_ledger_line_gives_way_to_what_is_published_for_days_to_come() {
    let text = "today 2026-03-20
         board east 2 slots repeat=1
         poster bins sorting
         poster lamps energy
         poster taps water
         poster doors air";
    // Slot 1 was meant to hang on into April; slot 2 came down, and the published plan's first
    // sheet there, which began by today, never hung.
    let ledger = "- {v: 1, id: a, kind: hung, board: east, slot: \"1\", poster: bins, from: 2026-03-01, to: 2026-04-30}
- {v: 1, id: b, kind: missed, board: east, slot: \"2\", poster: doors, from: 2026-03-01, to: 2026-03-31}
- {v: 1, id: c, kind: hung, board: east, slot: \"2\", poster: lamps, from: 2026-03-05, to: 2026-04-10}
- {v: 1, id: d, kind: removed, of: c, to: 2026-04-02}
";
    let lock = "- {board: east, slot: \"1\", from: 2026-04-01, to: 2026-04-30, poster: taps}
- {board: east, slot: \"2\", from: 2026-03-01, to: 2026-03-04, poster: doors}
- {board: east, slot: \"2\", from: 2026-04-01, to: 2026-04-30, poster: doors}\n";
    let (site, _, records) = recorded(text, ledger, lock);
    let mut diagnostics = Diagnostics::default();
    let told = crate::rotation::recorded::recorded(&site, &records, &mut diagnostics);
    let told = told.iter().map(|hanging| {
        format!(
            "{} {}..{} {}",
            hanging.slot, hanging.from, hanging.to, hanging.poster
        )
    });
    assert_snapshot!(told.collect::<Vec<_>>().join("\n"), @"
    1 2026-03-01..2026-03-31 bins
    1 2026-04-01..2026-04-30 taps
    2 2026-03-05..2026-04-02 lamps
    ");
}

#[test]
fn what_past_lines_of_the_plan_cite_and_is_gone_is_told_once() {
    let text = "today 2026-04-10\n board east 1 slots\n poster taps water";
    let lock = "- {board: east, slot: \"1\", from: 2026-02-01, to: 2026-02-28, poster: tapz}
- {board: east, slot: \"1\", from: 2026-03-01, to: 2026-03-31, poster: tapz}\n";
    let (site, _, records) = recorded(text, "", lock);
    let gone = &records.published.expect("it is read").gone;
    assert_eq!(gone.len(), 2);
    let mut diagnostics = Diagnostics::default();
    crate::rotation::gone::report(&site, &[], gone, &mut diagnostics);
    assert_eq!(diagnostics.iter().count(), 1);
}

#[test]
fn a_new_guide_changes_nothing_that_is_on_record() {
    let text = "today 2026-04-10
         board east 2 slots repeat=1
         poster bins sorting formerly=old-bins
         poster lamps energy
         poster taps water";
    let lock = "- {board: east, slot: \"2\", from: 2026-04-01, to: 2026-04-30, poster: lamps}\n";
    let lock = format!("{LOCK}{lock}");
    let before = recorded(text, LEDGER, &lock);
    let more = "\nposter alarm air priority=3";
    let after = recorded(&format!("{text}{more}"), LEDGER, &lock);
    let month = |(site, fits, records): &(Site, Fits, Records)| {
        let plan = plan(site, fits, records);
        only(&show(site, fits, &plan), &["2026-03", "2026-04"])
    };
    assert_eq!(month(&before), month(&after));
}

#[test]
fn a_file_dated_later_changes_no_earlier_period() {
    let text = "board east 2 slots repeat=1
         board led 2 slots week screen
         poster bins sorting
         poster lamps energy
         poster taps water
         poster doors air
         poster trees trees";
    let before = plan_text(text);
    let after = plan_text(&format!(
        "{text}
         poster new travel from=2026-08-01 priority=3
         poster swap travel from=2026-08-05 to=2026-08-20 everywhere"
    ));
    let until_july = |text: &str| {
        let early = |line: &&str| {
            line.starts_with("2026-0") && *line < "2026-08" || line.starts_with("2026-W2")
        };
        text.lines().filter(early).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(until_july(&before), until_july(&after));
    assert_ne!(before, after);
}

#[test]
fn a_published_plan_reads_back_as_written() {
    let (site, fits) = site("board east 2 slots repeat=0\nposter bins sorting\nposter taps water");
    let plan = plan(&site, &fits, &Records::default()).value;
    let text = published::write(&plan.hangings);
    assert_snapshot!(text.lines().take(4).collect::<Vec<_>>().join("\n"), @r#"
    format: 1
    hangings:
    - {board: east, slot: "1", from: 2026-01-01, to: 2026-01-31, poster: bins}
    - {board: east, slot: "1", from: 2026-02-01, to: 2026-02-28, poster: bins}
    "#);
    let file = Source::new(SitePath::fixed("plan.lock.yaml"), text);
    let mut diagnostics = Diagnostics::default();
    let mut read = published::read(&file, &site, &mut diagnostics);
    for hanging in &mut read.hangings {
        hanging.origin = Origin::Planned;
    }
    assert!(diagnostics.is_empty());
    assert_eq!(read.hangings, plan.hangings);
}

#[test]
fn a_published_plan_that_names_what_is_gone_says_so_for_days_to_come() {
    let (site, _) = site("today 2026-04-10\nboard east 1 slots\nposter bins sorting");
    let file = Source::new(
        SitePath::fixed("plan.lock.yaml"),
        "format: 1
hangings:
- {board: east, slot: \"1\", from: 2026-03-01, to: 2026-03-31, poster: gone}
- {board: east, slot: \"1\", from: 2026-04-01, to: 2026-04-30, poster: gone}
- {board: east, slot: \"9\", from: 2026-04-01, to: 2026-04-30, poster: bins}
- {board: west, slot: \"1\", from: 2026-04-01, to: 2026-04-30, poster: bins}
",
    );
    let mut diagnostics = Diagnostics::default();
    let read = published::read(&file, &site, &mut diagnostics);
    assert_eq!(read.hangings.len(), 1);
    let said: Vec<_> = diagnostics
        .sorted()
        .iter()
        .map(|diagnostic| {
            let said = diagnostic.render(crate::diag::Language::Chinese);
            format!("{} {} {}", said.code, said.line.unwrap_or(0), said.message)
        })
        .collect();
    assert_snapshot!(said.join("\n"), @"
    G403 4 定稿里的宣传品 `gone` 已经不存在
    G403 5 定稿里的版面 `9` 已经不存在
    G403 6 定稿里的宣传栏 `west` 已经不存在
    ");
}

/// Two slots, of which the first has a posting that came down and one that is to come.
fn between_postings(today: &str) -> Vec<String> {
    let (site, fits, records) = recorded(
        &format!(
            "today {today}
             board east 2 slots repeat=1
             poster bins sorting
             poster doors air
             poster lamps energy
             poster taps water
             poster bus travel
             poster moths pests
             poster trees green
             poster talk neighbours
             poster costs - posting=2026-11-03..2026-11-12 boards=east
             poster points - posting=2026-12-07..2026-12-14 boards=east"
        ),
        "- {v: 1, id: a, kind: hung, board: east, slot: \"1\", poster: costs, from: 2026-11-03, to: 2026-11-12}\n",
        "- {board: east, slot: \"1\", from: 2026-12-07, to: 2026-12-14, poster: points}
- {board: east, slot: \"2\", from: 2026-11-01, to: 2026-11-30, poster: bins}\n",
    );
    let plan = plan(&site, &fits, &records).value;
    let slot = plan.hangings.iter().filter(|it| it.slot == "1");
    let between = slot.filter(|it| it.from > date("2026-11-12") && it.from < date("2026-12-07"));
    between
        .map(|it| format!("{}..{}", it.from, it.to))
        .collect()
}

#[test]
fn a_week_over_the_end_of_a_month_is_not_left_bare() {
    assert_eq!(between_postings("2026-11-13"), ["2026-11-13..2026-12-06"]);
    // One day of November and six of December, neither of which is worth a walk by itself.
    assert_eq!(between_postings("2026-11-30"), ["2026-11-30..2026-12-06"]);
    // Once November is over, the six days of December are a gap by themselves: the board's own
    // change-over on the 1st is waited for.
    assert_eq!(between_postings("2026-12-04"), ["2026-12-01..2026-12-06"]);
}

/// Of days gone by the plan says what is on record, or nothing: nobody hung what nobody decided.
#[test]
fn a_gap_is_filled_from_today_on() {
    assert_eq!(between_postings("2026-11-14"), ["2026-11-14..2026-12-06"]);
    assert_eq!(between_postings("2026-11-24"), ["2026-11-24..2026-12-06"]);
    assert_eq!(between_postings("2026-11-28"), ["2026-11-28..2026-12-06"]);
}

/// What nobody entered is said to be so, in the plan as in the status.
#[test]
fn the_plan_says_what_is_not_on_record() {
    let (mut site, fits, records) = recorded(
        "today 2026-04-10
         board east 3 slots repeat=0
         poster bins sorting
         poster lamps energy
         poster taps water",
        "- {v: 1, id: a, kind: hung, board: east, slot: \"1\", poster: bins, from: 2026-04-01, to: 2026-04-30}\n",
        "- {board: east, slot: \"2\", from: 2026-04-01, to: 2026-04-30, poster: taps}
- {board: east, slot: \"2\", from: 2026-05-01, to: 2026-05-31, poster: lamps}\n",
    );
    site.boards[0].title = "东门".into();
    let plan = plan(&site, &fits, &records).value;
    let spoken = crate::rotation::text::Spoken::of(&site);
    let month = |month| {
        let month = crate::calendar::Period::parse(month).expect("a month");
        crate::rotation::text::period(&spoken, &plan, month)
    };
    assert_snapshot!(month("2026-04"), @"
    东门 (east)
      1  04-01–12-31  bins   已挂
      2  04-01–04-30  taps   定稿，台账还没有记
      3  04-01–04-30  lamps  安排，台账还没有记
    ");
    assert_snapshot!(month("2026-05"), @"
    东门 (east)
      1  04-01–12-31  bins   已挂
      2  05-01–05-31  lamps  定稿
      3  05-01–05-31  taps
    ");
}
