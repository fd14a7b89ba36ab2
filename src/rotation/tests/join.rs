//! Trips of one keeper that join, and those that cannot.

use super::super::Records;
use super::super::testing::{plan, plan_text, show, site};

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
