//! Notices on several sheets: side by side, for the same days, or not at all.

use insta::assert_snapshot;

use super::only;
use crate::diag::{Diagnostics, SitePath, Source};
use crate::rotation::testing::{date, plan, plan_text, show, site};
use crate::rotation::{Hanging, Origin, Published, Records, ledger};

#[test]
fn a_notice_of_two_sheets_hangs_in_two_slots_side_by_side() {
    let plan = plan_text(
        "board east 3 slots repeat=1
         poster bins sorting
         poster lamps energy
         poster taps water
         poster costs neighbours posting=2026-03-09..2026-03-18
         several costs east 2",
    );
    assert_snapshot!(only(&plan, &["2026-03"]), @"2026-03 east 9:costs:18, 9:costs:18 19:bins, taps");
}

#[test]
fn what_may_move_makes_room_for_several_sheets() {
    let plan = plan_text(
        "board east 3 slots repeat=1
         poster a neighbours posting=2026-03-01..2026-03-31
         poster costs neighbours posting=2026-03-09..2026-03-18
         poster taps water
         several costs east 2",
    );
    assert_snapshot!(only(&plan, &["2026-03"]), @"2026-03 east a, 9:costs:18, 9:costs:18");
}

#[test]
fn several_sheets_hang_whole_or_not_at_all() {
    let plan = plan_text(
        "board east 2 slots repeat=1
         poster a neighbours posting=2026-03-01..2026-03-31
         poster costs neighbours posting=2026-03-09..2026-03-18
         several costs east 2",
    );
    assert_snapshot!(only(&plan, &["2026-03"]), @"
    2026-03 east a, -
    G401 “costs”要在2026年3月挂上east，但是挂不上：一张排不下，要 2 张挨着挂，挨着的 2 格在那几天没有都空出来
    ");
}

/// Plans the site of `text` with `costs` published in these slots of the board east.
fn with_costs_in(text: &str, slots: &[&str]) -> String {
    let (site, fits) = site(text);
    let on_record = |slot: &&str| Hanging {
        board: "east".into(),
        slot: (*slot).into(),
        from: date("2026-03-09"),
        to: date("2026-03-18"),
        poster: "costs".into(),
        origin: Origin::Published,
    };
    let records = Records {
        published: Some(Published {
            hangings: slots.iter().map(on_record).collect(),
            gone: Vec::new(),
        }),
        ..Records::default()
    };
    let planned = plan(&site, &fits, &records);
    only(&show(&site, &fits, &planned), &["2026-03"])
}

#[test]
fn a_published_notice_that_lost_a_sheet_is_planned_anew_as_a_whole() {
    let text = "today 2026-03-02
         board east 4 slots repeat=1
         poster costs neighbours posting=2026-03-09..2026-03-18
         several costs east 2";
    assert_snapshot!(with_costs_in(text, &["3"]), @"2026-03 east 9:costs:18, 9:costs:18, -, -");
}

#[test]
fn a_sheet_that_was_not_hung_is_asked_for_again() {
    let text = "today 2026-03-11
         board east 4 slots repeat=1
         poster costs neighbours posting=2026-03-09..2026-03-18
         several costs east 2";
    let (site, fits) = site(text);
    let hung = "format: 1\nevents:\n- {v: 1, id: a, kind: hung, board: east, slot: \"2\", \
                poster: costs, from: 2026-03-09, to: 2026-03-18}\n";
    let file = Source::new(SitePath::new("ledger/a.yaml").expect("a path"), hung);
    let records = Records {
        ledger: ledger::parse(&file, &mut Diagnostics::default()),
        ..Records::default()
    };
    let planned = plan(&site, &fits, &records);
    let shown = show(&site, &fits, &planned);
    assert_snapshot!(only(&shown, &["2026-03"]), @"2026-03 east 11:costs:18, 9:costs:18, -, -");
}

#[test]
fn a_notice_that_became_short_leaves_its_second_slot() {
    let text = "today 2026-03-02
         board east 2 slots repeat=1
         poster costs neighbours posting=2026-03-09..2026-03-18";
    assert_snapshot!(with_costs_in(text, &["1", "2"]), @"2026-03 east 9:costs:18, -");
}

#[test]
fn what_must_hang_comes_before_several_sheets_that_may() {
    let plan = plan_text(
        "board east 2 slots repeat=1
         poster a neighbours from=2026-03-01 to=2026-03-31
         poster b neighbours from=2026-03-01 to=2026-03-31 everywhere
         several a east 2",
    );
    assert_snapshot!(only(&plan, &["2026-03"]), @"2026-03 east b, -");
}

#[test]
fn a_published_notice_of_two_sheets_keeps_its_slots() {
    let text = "today 2026-03-02
         board east 4 slots repeat=1
         poster bins sorting
         poster costs neighbours posting=2026-03-09..2026-03-18
         several costs east 2";
    assert_snapshot!(with_costs_in(text, &["3", "4"]), @"2026-03 east bins, -, 9:costs:18, 9:costs:18");
}
