//! The rules of rotation, shown on tiny sites.

mod edits;
mod join;
mod living;
mod person;
mod properties;
mod records;
mod replan;
mod several;
mod unhung;

use std::fmt::Write as _;

use insta::assert_snapshot;

use super::testing::{plan, plan_text, site};
use super::{Records, check};

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
    2026-10 east bins:14 15:leaves
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
    2026-10 east bins:14 15:leaves, -
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
    G401 “b”要在2026年3月挂上west，但是挂不上：同时要挂《a》、《d》和它一共 3 张，放得下它的只有 2 格
    G401 “c”要在2026年3月挂上east，但是挂不上：同时要挂《a》、《b》和它一共 3 张，放得下它的只有 2 格
    G401 “c”要在2026年3月挂上west，但是挂不上：同时要挂《a》、《d》和它一共 3 张，放得下它的只有 2 格
    ");
    let same_topic = plan_text(
        "board east 2 slots
         poster a sorting from=2026-03-01 to=2026-03-31 everywhere priority=3
         poster b sorting from=2026-03-09 to=2026-03-20 everywhere",
    );
    assert_snapshot!(only(&same_topic, &["2026-03"]), @"
    2026-03 east a, 9:b:20
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
         campaign pests 2026-01-05..2026-01-30",
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
