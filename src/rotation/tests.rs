//! The rules of rotation, shown on tiny sites.

use std::fmt::Write as _;

use insta::assert_snapshot;
use proptest::prelude::*;

use super::testing::{plan, plan_text, show, site};
use super::{Fits, Origin, Published, Records, Site, check, ledger, published};
use crate::diag::{Code, Diagnostics, SitePath, Source};

/// Keeps the lines of the periods that start with one of `periods`, and all messages.
fn only(text: &str, periods: &[&str]) -> String {
    let kept = |line: &&str| {
        !line.starts_with("20") || periods.iter().any(|period| line.starts_with(period))
    };
    text.lines().filter(kept).collect::<Vec<_>>().join("\n")
}

#[test]
fn two_boards_swap_posters_monthly() {
    let plan = plan_text(
        "board east 1 slots repeat=1
         board west 1 slots repeat=1
         poster bins sorting
         poster lamps energy",
    );
    assert_snapshot!(only(&plan, &["2026-01", "2026-02", "2026-12"]), @"
    2026-01 east bins
    2026-02 east lamps
    2026-12 east lamps
    2026-01 west lamps
    2026-02 west bins
    2026-12 west bins
    ");
}

#[test]
fn a_notice_takes_its_slot_from_its_date_on_and_an_evergreen_follows() {
    let plan = plan_text(
        "board east 2 slots repeat=0
         poster bins sorting
         poster lamps energy
         poster taps water
         poster swap neighbours from=2026-03-10 to=2026-03-20
         poster late pests from=2026-03-10 to=2026-03-27 boards=west",
    );
    assert_snapshot!(only(&plan, &["2026-03", "2026-04"]), @"
    2026-03 east lamps:9 10:swap:20 21:taps, bins
    2026-04 east lamps, taps
    ");
}

#[test]
fn a_notice_keeps_its_slot_into_the_next_period() {
    let plan = plan_text(
        "board east 1 slots
         poster bins sorting
         poster lamps energy
         poster leaves trees from=2026-10-15 to=2026-11-30",
    );
    assert_snapshot!(only(&plan, &["2026-10", "2026-11", "2026-12"]), @"
    2026-10 east 15:leaves
    2026-11 east leaves
    2026-12 east lamps
    ");
}

#[test]
fn an_important_notice_takes_over_from_one_that_hangs() {
    let plan = plan_text(
        "board east 2 slots
         poster leaves trees from=2026-10-15 to=2026-11-30
         poster flue air from=2026-11-01 to=2026-11-30 everywhere
         poster visit neighbours from=2026-11-09 to=2026-11-26 priority=3
         poster bins sorting",
    );
    assert_snapshot!(only(&plan, &["2026-10", "2026-11"]), @"
    2026-10 east 15:leaves, -
    2026-11 east flue, 9:visit:26
    ");
}

#[test]
fn a_notice_gives_way_to_what_must_hang() {
    let plan = plan_text(
        "board east 1 slots
         poster leaves trees from=2026-10-15 to=2026-11-30
         poster flue air from=2026-11-01 to=2026-11-30 everywhere",
    );
    assert_snapshot!(only(&plan, &["2026-10", "2026-11", "2026-12"]), @"
    2026-10 east 15:leaves
    2026-11 east flue
    2026-12 east -
    ");
}

#[test]
fn a_public_notice_hangs_from_first_to_last_day_across_months() {
    let plan = plan_text(
        "board east 2 slots repeat=0
         board west 2 slots repeat=0
         poster points neighbours posting=2026-02-24..2026-03-03 boards=east
         poster help neighbours from=2026-03-01 to=2026-03-31 priority=3
         poster bins sorting",
    );
    assert_snapshot!(only(&plan, &["2026-02", "2026-03"]), @"
    2026-02 east 24:points, bins
    2026-03 east points:3 4:bins, help
    2026-02 west bins, -
    2026-03 west help, bins
    ");
}

#[test]
fn what_must_hang_moves_others_aside() {
    let plan = plan_text(
        "board east 2 slots
         poster first sorting from=2026-03-01 to=2026-03-31 everywhere priority=3
         poster second water from=2026-03-01 to=2026-03-31 everywhere
         misfit second east 2",
    );
    assert_snapshot!(only(&plan, &["2026-03"]), @"2026-03 east second, first");
}

#[test]
fn too_many_demands_name_each_other() {
    let plan = plan_text(
        "board east 2 slots
         poster a sorting from=2026-03-01 to=2026-03-31 everywhere
         poster b water from=2026-03-01 to=2026-03-31 everywhere
         poster c energy from=2026-03-09 to=2026-03-20 everywhere
         poster d energy posting=2026-03-02..2026-03-10 boards=west
         board west 2 slots",
    );
    assert_snapshot!(only(&plan, &["2026-03"]), @"
    2026-03 east a, b
    2026-03 west 2:d:10, a
    G401 “b”要在2026年3月挂上west，但是挂不上：同时要挂《a》《d》和它一共 3 张，放得下它的只有 2 格
    G401 “c”要在2026年3月挂上east，但是挂不上：同时要挂《a》《b》和它一共 3 张，放得下它的只有 2 格
    G401 “c”要在2026年3月挂上west，但是挂不上：同时要挂《a》《d》和它一共 3 张，放得下它的只有 2 格
    ");
    let same_topic = plan_text(
        "board east 2 slots
         poster a sorting from=2026-03-01 to=2026-03-31 everywhere priority=3
         poster b sorting from=2026-03-09 to=2026-03-20 everywhere",
    );
    assert_snapshot!(only(&same_topic, &["2026-03"]), @"
    2026-03 east a, -
    G401 “b”要在2026年3月挂上east，但是挂不上：同一期已经要挂《a》，主题都是 sorting，一块栏一期一个主题只挂一张
    ");
}

#[test]
fn what_is_past_is_no_mistake_any_more() {
    let plan = plan_text(
        "today 2026-04-01
         board east 1 slots
         poster a sorting from=2026-03-01 to=2026-03-31 everywhere
         poster b water from=2026-03-01 to=2026-03-31 everywhere",
    );
    assert_snapshot!(only(&plan, &["2026-03"]), @"2026-03 east a");
}

#[test]
fn days_at_the_end_of_the_calendar_are_no_trouble() {
    let plan = plan_text(
        "board led 1 slots week screen
         board east 1 slots
         poster costs neighbours posting=2026-12-03..9999-12-31 boards=led
         poster bins sorting from=0001-01-01 to=9999-12-31 everywhere",
    );
    assert_snapshot!(only(&plan, &["2026-01 ", "2026-W01", "2026-W50"]), @"
    2026-W01 led bins
    2026-W50 led costs
    2026-01 east bins
    ");
}

#[test]
fn campaigns_pull_their_topics_forward() {
    let plan = plan_text(
        "board east 1 slots
         poster bins sorting priority=2
         poster rats pests
         campaign pests 2026-01-10..2026-01-20",
    );
    assert_snapshot!(only(&plan, &["2026-01"]), @"2026-01 east rats");
}

#[test]
fn posters_hang_only_in_their_areas_and_before_those_they_are_for() {
    let plan = plan_text(
        "board east 1 slots repeat=0 area=东片
         board school 1 slots repeat=0 area=西片 for=家长
         board west 1 slots repeat=0 area=西片
         poster bins sorting priority=0
         poster bus travel priority=2 areas=西片 for=家长
         poster gate air priority=3 areas=东片
         poster old neighbours priority=3 for=老人 boards=school",
    );
    assert_snapshot!(only(&plan, &["2026-01"]), @"
    2026-01 east gate
    2026-01 school bus
    2026-01 west bus
    ");
}

#[test]
fn an_evergreen_for_everywhere_hangs_on_each_board_once_at_least() {
    let text = "board east 1 slots repeat=0
         board west 1 slots repeat=0
         poster bins sorting priority=3
         poster lamps energy priority=3
         poster rats pests priority=0 everywhere";
    let (site, fits) = site(text);
    let plan = plan(&site, &fits, &Records::default());
    assert_eq!(check::unmet(&site, &fits, &plan.value), []);
}

#[test]
fn six_slots_with_four_guides_each_of_eight_topics_never_starve() {
    for guides in [3, 4] {
        let mut text = String::from("board east 6 slots\nboard west 6 slots week\n");
        for topic in 0..8 {
            for guide in 0..guides {
                let priority = (topic + guide) % 4;
                writeln!(text, "poster p{topic}{guide} t{topic} priority={priority}")
                    .expect("a text takes all");
            }
        }
        let (site, fits) = site(&text);
        let plan = plan(&site, &fits, &Records::default());
        assert_eq!(check::empty_slots(&site, &plan.value), [], "{guides}");
        assert_eq!(check::breaches(&site, &fits, &plan.value), [""; 0]);
    }
}

fn recorded(text: &str, ledger: &str, lock: &str) -> (Site, Fits, Records) {
    let (site, fits) = site(text);
    let mut diagnostics = Diagnostics::default();
    let file = |path, text: &str| Source::new(SitePath::new(path).expect("a path"), text);
    let ledger_file = file("ledger/a.yaml", &format!("format: 1\nevents:\n{ledger}"));
    let lock_file = file("plan.lock.yaml", &format!("format: 1\nhangings:\n{lock}"));
    let records = Records {
        ledger: ledger::parse(&ledger_file, &mut diagnostics),
        published: Some(published::read(&lock_file, &site, &mut diagnostics)),
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
    let told = super::recorded::recorded(&site, &records, &mut diagnostics);
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
fn a_new_file_changes_nothing_that_is_on_record() {
    let text = "today 2026-04-10
         board east 2 slots repeat=1
         poster bins sorting formerly=old-bins
         poster lamps energy
         poster taps water";
    let lock = "- {board: east, slot: \"2\", from: 2026-04-01, to: 2026-04-30, poster: lamps}\n";
    let lock = format!("{LOCK}{lock}");
    let before = recorded(text, LEDGER, &lock);
    let more = "\nposter alarm air priority=3\nposter swap trees from=2026-04-05 to=2026-04-20";
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
    G403 4 定稿里的 宣传品 `gone` 已经不存在
    G403 5 定稿里的 版面 `9` 已经不存在
    G403 6 定稿里的 宣传栏 `west` 已经不存在
    ");
}

/// One random poster's line.
fn any_poster(number: usize) -> impl Strategy<Value = String> {
    let day = 1..=28_u32;
    let when = prop_oneof![
        5 => Just(String::new()),
        2 => (1..=12_u32, day.clone(), 1..=70_i64).prop_map(|(month, day, days)| {
            let (from, to) = from_to(month, day, days);
            format!("from={from} to={to}")
        }),
        1 => (1..=12_u32, day.clone(), 3..=20_i64).prop_map(|(month, day, days)| {
            let (from, to) = from_to(month, day, days);
            format!("posting={from}..{to}")
        }),
        1 => (1..=12_u32, day).prop_map(|(month, day)| format!("from=2026-{month:02}-{day:02}")),
    ];
    let everywhere = prop_oneof![6 => Just(""), 1 => Just("everywhere"), 1 => Just("boards=b0")];
    (0..6_usize, when, everywhere, 0..4_u8).prop_map(move |(topic, when, everywhere, priority)| {
        let topic = if topic == 0 {
            "-".to_owned()
        } else {
            format!("t{topic}")
        };
        format!("poster p{number:02} {topic} {when} {everywhere} priority={priority}")
    })
}

fn from_to(month: u32, day: u32, days: i64) -> (jiff::civil::Date, jiff::civil::Date) {
    let from = super::testing::date(&format!("2026-{month:02}-{day:02}"));
    (from, from + jiff::ToSpan::days(days - 1))
}

fn any_site() -> impl Strategy<Value = Vec<String>> {
    let board = (
        1..5_usize,
        prop::sample::select(vec!["", "fortnight", "week screen"]),
        0..4_u8,
    );
    let boards = prop::collection::vec(board, 1..4).prop_map(|boards| {
        let line = |(at, (slots, kind, repeat)): (usize, (usize, &str, u8))| {
            format!("board b{at} {slots} slots {kind} repeat={repeat} fixed=4")
        };
        boards.into_iter().enumerate().map(line).collect::<Vec<_>>()
    });
    let posters = (1..18_usize).prop_flat_map(|n| (0..n).map(any_poster).collect::<Vec<_>>());
    let misfit = (0..18_usize, 0..3_usize, 1..5_usize)
        .prop_map(|(poster, board, slot)| format!("misfit p{poster:02} b{board} {slot}"));
    let misfits = prop::collection::vec(misfit, 0..25);
    let today = (1..=12_u32).prop_map(|month| vec![format!("today 2026-{month:02}-10")]);
    (boards, posters, misfits, today).prop_map(|(boards, posters, misfits, today)| {
        [
            today,
            boards,
            posters,
            misfits,
            vec!["campaign t1 2026-04-01..2026-04-30".into()],
        ]
        .concat()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// A topic serves a board in `repeat_after + 1` periods running as often as it has guides,
    /// and at most once in each; so many slots can be filled, and must be, for ever.
    #[test]
    fn no_slot_is_empty_where_guides_suffice(
        guides in prop::collection::vec(prop::collection::vec(0..4_u8, 1..6), 1..9),
        repeat in 0..4_usize,
        screen in prop::bool::ANY,
    ) {
        let window = repeat + 1;
        let supply: usize = guides.iter().map(|topic| topic.len().min(window)).sum();
        let slots = supply / window;
        prop_assume!(slots > 0);
        let kind = if screen { "week screen" } else { "" };
        let mut text = format!("board east {slots} slots {kind} repeat={repeat}\ncampaign t0 2026-04-01..2026-05-15\n");
        for (topic, priorities) in guides.iter().enumerate() {
            for (guide, priority) in priorities.iter().enumerate() {
                writeln!(text, "poster p{topic}{guide} t{topic} priority={priority}").expect("a text takes all");
            }
        }
        let (site, fits) = site(&text);
        let plan = plan(&site, &fits, &Records::default()).value;
        prop_assert_eq!(check::empty_slots(&site, &plan), []);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_hard_rule_is_ever_broken(lines in any_site()) {
        let (site, fits) = site(&lines.join("\n"));
        let planned = plan(&site, &fits, &Records::default());
        prop_assert_eq!(check::breaches(&site, &fits, &planned.value), [""; 0]);
        let refused: Vec<(String, String)> = planned
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.code == Code::CannotHang)
            .map(|diagnostic| {
                let word = |name| diagnostic.args.iter().find(|(known, _)| *known == name);
                let word = |name| word(name).map(|(_, value)| value.clone()).unwrap_or_default();
                (word("poster"), word("board"))
            })
            .collect();
        for (poster, board) in check::unmet(&site, &fits, &planned.value) {
            let page = site.page(&poster).expect("a page");
            let posting = page.notice.as_ref().and_then(|notice| notice.posting);
            let past = posting.map(|posting| posting.last).or(page.expires);
            let past = past.is_some_and(|last| last < site.today);
            let said = refused.iter().any(|(known, at)| {
                *known == poster && (*at == board || posting.is_some())
            });
            prop_assert!(past || said, "{} on {} unmet in silence", poster, board);
        }
    }

    #[test]
    fn shuffled_input_gives_an_equal_plan(
        (lines, shuffled) in any_site().prop_flat_map(|lines| {
            (Just(lines.clone()), Just(lines).prop_shuffle())
        })
    ) {
        let (one, fits) = site(&lines.join("\n"));
        let (mut other, other_fits) = site(&shuffled.join("\n"));
        for board in &mut other.boards {
            board.order = one.board(&board.id).expect("the same boards").order;
        }
        other.pages.reverse();
        let plan_of_one = plan(&one, &fits, &Records::default()).value;
        let plan_of_other = plan(&other, &other_fits, &Records::default()).value;
        prop_assert_eq!(plan_of_one, plan_of_other);
    }

    #[test]
    fn a_plan_published_in_part_is_kept_and_breaks_no_rule(lines in any_site(), part in 0..7_usize) {
        let (site, fits) = site(&lines.join("\n"));
        let first = plan(&site, &fits, &Records::default()).value;
        let mut hangings = first.hangings.clone();
        let mut at = 0;
        hangings.retain(|_| { at += 1; at % 7 < part });
        for hanging in &mut hangings {
            hanging.origin = Origin::Published;
        }
        let records = Records {
            ledger: Vec::new(),
            published: Some(Published { hangings: hangings.clone() }),
        };
        let second = plan(&site, &fits, &records).value;
        prop_assert_eq!(check::breaches(&site, &fits, &second), [""; 0]);
        let kept: Vec<_> = second
            .hangings
            .iter()
            .filter(|hanging| hanging.origin == Origin::Published)
            .cloned()
            .collect();
        prop_assert_eq!(kept, hangings);
    }
}

#[test]
fn what_hung_only_in_the_last_days_of_the_year_before_is_still_owed() {
    // The first week begins on 29 December; a notice takes its days of January.
    let text = "today 2026-07-10\nboard b0 1 slots week screen repeat=0\n\
        poster p1 t1 posting=2026-01-01..2026-01-04\nposter p2 t2 everywhere priority=0\n\
        poster p3 t3 priority=3\nposter p4 t4 priority=3\nposter p5 t5 priority=3";
    let (site, fits) = site(text);
    let planned = plan(&site, &fits, &Records::default()).value;
    assert_eq!(check::unmet(&site, &fits, &planned), []);
}
