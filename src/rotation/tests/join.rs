//! Trips of one keeper that join, and those that cannot.

use super::super::testing::{date, plan, plan_text, show, site};
use super::super::{Hanging, Records, Standing, replan};

/// Lists the days on which a slot's sheets begin, of the lines of one board.
fn lines(text: &str, board: &str) -> Vec<String> {
    let lines = text
        .lines()
        .filter(|line| line.split(' ').nth(1) == Some(board));
    lines.map(str::to_owned).collect()
}

const YARD: &str = "today 2026-01-01
     board east 2 slots fortnight repeat=0
     poster bins sorting
     poster taps water
     poster doors air
     poster lamps energy
     poster fair news from=2026-01-01 to=2026-01-17 everywhere";

#[test]
fn a_fortnight_s_change_waits_for_the_end_of_a_notice() {
    let plan = plan_text(YARD);
    let january = &lines(&plan, "east")[..2];
    // The guide of the 16th comes on the 18th, when the notice comes down.
    assert!(january[1].contains("18:"), "{january:?}");
    assert!(!january[1].contains(", 16:"), "{january:?}");
    let changes: Vec<&str> = january[1].split(", ").collect();
    assert!(
        changes.iter().all(|slot| slot.contains("18:")),
        "{january:?}"
    );
}

#[test]
fn what_is_mended_joins_the_trips_of_what_came() {
    let (before, fits_before) = site(
        &YARD
            .lines()
            .filter(|line| !line.contains("fair"))
            .collect::<Vec<_>>()
            .join("\n"),
    );
    let records = Records::default();
    let standing = Standing::new(&before, &fits_before, &records).value;
    let (after, fits) = site(&YARD.replace("from=2026-01-01", "from=2026-01-08"));
    let mended = replan(&after, &fits, &records, &standing).value;
    let begins = |slot: &str| {
        let mut hangings = mended.standing.plan.hangings.iter();
        let begins = |it: &&Hanging| it.slot == slot && it.from > date("2026-01-15");
        hangings.find(begins).map(|it| it.from.to_string())
    };
    // Who takes the notice down on the 18th changes the other sheet, too, and comes once.
    assert_eq!(begins("1").as_deref(), Some("2026-01-18"));
    assert_eq!(begins("2").as_deref(), Some("2026-01-18"));
    let again = replan(&after, &fits, &records, &mended.standing).value;
    assert_eq!(again.moved, []);
}

/// The sheet that comes up a day later could not come sooner by itself: on that day one of its topic
/// hangs beside it, which changes with it.
#[test]
fn a_slot_is_not_left_empty_for_a_day_where_both_may_change() {
    let text = "today 2026-03-01
         board east 2 slots fortnight repeat=0
         poster bins sorting priority=3
         poster jars sorting
         poster taps water
         poster fair news from=2026-03-01 to=2026-03-14 everywhere
         misfit jars east 2
         misfit taps east 1
         misfit bins east 1";
    let (site, fits) = site(text);
    let plan = plan(&site, &fits, &Records::default()).value;
    let begin: Vec<String> = (plan.hangings.iter())
        .filter(|it| it.from > date("2026-03-14") && it.from < date("2026-03-20"))
        .map(|it| format!("{} {}", it.slot, it.from))
        .collect();
    assert_eq!(begin, ["1 2026-03-15", "2 2026-03-15"]);
}

#[test]
fn too_far_apart_nothing_waits() {
    let plan = plan_text(&YARD.replace("2026-01-17", "2026-01-21"));
    let january = &lines(&plan, "east")[..2];
    let waits = january[1].split(", ").filter(|slot| slot.contains("22:"));
    assert_eq!(waits.count(), 1, "{january:?}");
}

#[test]
fn where_nothing_is_to_join_nothing_waits() {
    let (mut site, fits) = site(YARD);
    for (days, n_waiting) in [(0, 1), (1, 1), (2, 2)] {
        site.settings.rotation.join = days;
        let shown = show(&site, &fits, &plan(&site, &fits, &Records::default()));
        let january = &lines(&shown, "east")[..2];
        // What follows the notice comes when it is down; the other guide only where it waits.
        let n = january[1].matches("18:").count();
        assert_eq!(n, n_waiting, "{days}: {january:?}");
    }
}
