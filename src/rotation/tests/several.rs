//! Notices on several sheets: side by side, for the same days, or not at all.

use insta::assert_snapshot;

use super::only;
use crate::rotation::testing::{plan, plan_text, show, site};
use crate::rotation::{Origin, Published, Records};

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

#[test]
fn a_published_notice_of_two_sheets_keeps_its_slots() {
    let text = "today 2026-03-02
         board east 4 slots repeat=1
         poster bins sorting
         poster costs neighbours posting=2026-03-09..2026-03-18
         several costs east 2";
    let (site, fits) = site(text);
    let first = plan(&site, &fits, &Records::default());
    let mut records = Records::default();
    let mut published = first.value.clone();
    for hanging in &mut published.hangings {
        hanging.origin = Origin::Published;
        if hanging.poster == "costs" {
            let slot = if hanging.slot == "1" { "3" } else { "4" };
            hanging.slot = slot.into();
        }
    }
    published.hangings.retain(|it| it.poster == "costs");
    records.published = Some(Published {
        hangings: published.hangings,
        gone: Vec::new(),
    });
    let again = plan(&site, &fits, &records);
    assert_snapshot!(only(&show(&site, &fits, &again), &["2026-03"]), @"2026-03 east bins, -, 9:costs:18, 9:costs:18");
}
